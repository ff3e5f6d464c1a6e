"""statement.identity: the letter against the staff register, field by field."""

from lockdesk.core.findings import Finding, Verdict
from lockdesk.demands import Demand
from lockdesk.desk.checks.evidence import Evidence
from lockdesk.desk.checks.letter.statement import of_letter, place_of
from lockdesk.desk.checks.spec import COMPARISON, DIFFERING, LETTER, CheckSpec, titles
from lockdesk.desk.values.facts import StatementFacts
from lockdesk.desk.values.people import RegisterEntry
from lockdesk.desk.values.person_fields import BY_NAME, LETTER_LABELS, PERSON_FIELDS, REQUEST_FIELDS, compared
from lockdesk.words import N_, _

IDENTITY_FIELDS = tuple(field.name for field in REQUEST_FIELDS if field.compared)
_MUST_AGREE = {field.name for field in PERSON_FIELDS if field.must_agree}


def _identity(evidence: Evidence) -> Finding:
    """The letter against the staff register, field by field. Without an entry: unknown, never pass."""
    statement, entry = evidence.facts.statement, evidence.register_entry
    if entry is None:
        return Finding("statement.identity", Verdict.UNKNOWN, _no_entry(evidence))
    differing = _differing(statement, entry)
    if not any(getattr(statement.fields, field) for field in IDENTITY_FIELDS):
        return Finding("statement.identity", Verdict.UNKNOWN, _("Identitas pada surat belum terbaca."))
    if not differing:
        missing = [field for field in _MUST_AGREE if not getattr(statement.fields, field) and entry.text(field)]
        if "name" in missing or len(missing) > 1:
            # A name and no number leaves it open all the same; only what is asked for is called missing.
            asked = {field for field in missing if field != "nik" or evidence.demands.nik is not Demand.NOT_ASKED}
            words = ", ".join(_(LETTER_LABELS[field]) for field in sorted(asked))
            return Finding(
                "statement.identity",
                Verdict.UNKNOWN,
                _("Belum terbaca pada surat: {own_words}.").format(own_words=words),
            )
        return Finding("statement.identity", Verdict.PASS, _("Sama dengan data kepegawaian."))
    return _difference(statement, entry, differing)


def _no_entry(evidence: Evidence) -> str:
    if len(evidence.register) > 1:
        return _("Ada lebih dari satu orang yang cocok dalam data kepegawaian.")
    return _("Pemohon tidak ada dalam data kepegawaian.")


def _differing(statement: StatementFacts, entry: RegisterEntry) -> dict[str, str]:
    found = {}
    for field in IDENTITY_FIELDS:
        written, known = getattr(statement.fields, field), entry.text(field)
        if written and known:
            how = BY_NAME[field].differs(written, known)
            if how:
                found[field] = how
    return found


def _difference(statement: StatementFacts, entry: RegisterEntry, differing: dict[str, str]) -> Finding:
    fatal = [field for field, how in differing.items() if field in _MUST_AGREE and how == "different"]
    # A misread letter is no forger's: what OCR found is put before the officer, who must decide.
    failing = bool(fatal) and not statement.ocr
    parts = [
        _("{own_field} pada surat: {written}; data kepegawaian: {known}.").format(
            own_field=_(LETTER_LABELS[field]),
            written=compared(field, getattr(statement.fields, field)),
            known=compared(field, entry.text(field)).rstrip("."),
        )
        for field in differing
    ]
    first = next(iter(fatal or differing))
    title = (
        _("{own_field} di surat berbeda dengan data kepegawaian").format(own_field=_(LETTER_LABELS[first]))
        if len(differing) == 1
        else ""
    )
    return Finding(
        "statement.identity",
        Verdict.FAIL if failing else Verdict.WARN,
        " ".join(parts),
        _("Perbaiki surat pernyataan, atau minta bagian kepegawaian memutakhirkan data."),
        place_of(statement, first),
        title,
    )


CHECKS = (
    CheckSpec(
        "statement.identity",
        of_letter(_identity),
        titles(
            N_("Identitas pada surat sama dengan data kepegawaian"),
            N_("Identitas pada surat berbeda dengan data kepegawaian"),
            N_("Sebagian identitas pada surat berbeda dengan data kepegawaian"),
            N_("Identitas belum dapat dibandingkan dengan data kepegawaian"),
        ),
        N_("identitas surat"),
        ((LETTER, "name"), (COMPARISON, DIFFERING)),
        {Verdict.FAIL, Verdict.WARN},
        hard_stop=True,
        decide_unknown=True,
    ),
)
