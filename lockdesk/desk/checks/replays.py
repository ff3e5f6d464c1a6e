"""Has this letter or this CSR been here before? The same rule as for keys (DOMAIN section 8)."""

from collections.abc import Sequence

from lockdesk.core.cases import FINAL_STATES, CaseState
from lockdesk.core.findings import Finding, Place, Verdict
from lockdesk.desk.casebook import MarkUse
from lockdesk.desk.checks.csr.file import of_csr
from lockdesk.desk.checks.evidence import Evidence
from lockdesk.desk.checks.letter.statement import of_letter
from lockdesk.desk.checks.spec import CSR, LETTER, CheckSpec, titles
from lockdesk.desk.values.marks import same_picture
from lockdesk.pki.values import CsrFacts
from lockdesk.words import N_, _

_HOW = {
    "letter": N_("berkasnya sama persis"),
    "text": N_("isinya sama"),
    "picture": N_("gambarnya sama"),
}


def _statement(evidence: Evidence) -> Finding:
    """Unknown without a casebook."""
    check, place = "statement.replayed", Place("statement")
    if not evidence.known:
        words = _("Surat terdahulu hanya diketahui di dalam aplikasi.")
        return Finding(check, Verdict.UNKNOWN, words, place=place)
    exact = [use for use in evidence.marks if use.mark.kind in {"letter", "text"}]
    pictures = [use for use in evidence.marks if _pictured(use, evidence.facts.statement.picture)]
    worst = _worst(evidence, exact)
    if worst is None and pictures:
        words = _words(pictures[0], "picture")
        remedy = _("Bandingkan kedua surat; buat surat baru bila ini surat lama.")
        return Finding(check, Verdict.WARN, words, remedy, place)
    if worst is None:
        return Finding(check, Verdict.PASS, _("Surat ini belum pernah diterima."), place=place)
    use, verdict = worst
    return Finding(check, verdict, _words(use, use.mark.kind), _("Buat surat pernyataan baru."), place)


def _pictured(use: MarkUse, picture: str) -> bool:
    return use.mark.kind.startswith("picture") and same_picture(use.mark.whole, picture)


def _words(use: MarkUse, kind: str) -> str:
    words = _("Surat ini pernah diterima pada kasus {no}: {own_how}.")
    return words.format(no=use.number, own_how=_(_HOW[kind]))


def _csr(evidence: Evidence, _facts: CsrFacts) -> Finding:
    check, place = "csr.replayed", Place("csr")
    if not evidence.known:
        words = _("CSR terdahulu hanya diketahui di dalam aplikasi.")
        return Finding(check, Verdict.UNKNOWN, words, place=place)
    worst = _worst(evidence, [use for use in evidence.marks if use.mark.kind == "csr"])
    if worst is None:
        return Finding(check, Verdict.PASS, _("CSR ini belum pernah diterima."), place=place)
    use, verdict = worst
    words = _("CSR ini pernah diterima pada kasus {no}.").format(no=use.number)
    return Finding(check, verdict, words, _("Buat kunci baru dan kirim CSR baru."), place)


def _worst(evidence: Evidence, uses: Sequence[MarkUse]) -> tuple[MarkUse, Verdict] | None:
    """The first use that stops the case, else the first at all."""
    for use in uses:
        if _stops(evidence, use):
            return use, Verdict.FAIL
    return (uses[0], Verdict.WARN) if uses else None


def _stops(evidence: Evidence, use: MarkUse) -> bool:
    """Somebody else's, of a case still open, or used up in a completed one; a rejected or withdrawn
    request of the same person may come again."""
    applicant = evidence.applicant
    same_person = (bool(use.nip) and use.nip == applicant.nip) or (bool(use.nik) and use.nik == applicant.nik)
    return not same_person or use.state not in FINAL_STATES or use.state is CaseState.COMPLETED


CHECKS = (
    CheckSpec(
        "statement.replayed",
        of_letter(_statement),
        titles(
            N_("Surat belum pernah diterima"),
            N_("Surat yang sama pernah diterima"),
            N_("Surat ini mirip dengan surat pada kasus terdahulu"),
            N_("Surat terdahulu belum dapat dibandingkan"),
        ),
        N_("surat baru"),
        ((LETTER, ""),),
        {Verdict.PASS, Verdict.WARN},
        hard_stop=True,
        asked={Verdict.WARN: N_("Buat surat pernyataan baru untuk permohonan ini.")},
    ),
    CheckSpec(
        "csr.replayed",
        of_csr(_csr),
        titles(
            N_("CSR belum pernah diterima"),
            N_("CSR yang sama pernah diterima"),
            N_("CSR yang sama pernah diajukan pemohon ini"),
            N_("CSR terdahulu belum dapat dibandingkan"),
        ),
        N_("CSR baru"),
        ((CSR, "file"),),
        {Verdict.PASS, Verdict.WARN},
        hard_stop=True,
    ),
)
