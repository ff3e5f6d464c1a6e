"""What a CSR says and asks for: whose name, which extensions, which attributes."""

from lockdesk.core.findings import Finding, Place, Verdict
from lockdesk.core.identity import NameMatch
from lockdesk.desk.checks.csr.file import of_csr
from lockdesk.desk.checks.evidence import Evidence
from lockdesk.desk.checks.holders import compare_holder, known_person
from lockdesk.desk.checks.spec import COMPARISON, CSR, EVERY, LETTER, CheckSpec, titles
from lockdesk.pki.csr import CHALLENGE, EMPTY_CHALLENGE
from lockdesk.pki.values import CsrFacts
from lockdesk.words import N_, _


def _attributes(_evidence: Evidence, facts: CsrFacts) -> Finding:
    """A password in a CSR is readable by everybody whom it passes: it is neither stored nor sent on."""
    place, remedy = Place("csr", anchor="extensions"), _("Buat ulang CSR tanpa challengePassword.")
    if CHALLENGE in facts.attributes:
        words = _("CSR memuat challengePassword yang terisi; CSR tidak disimpan.")
        return Finding("csr.attributes", Verdict.FAIL, words, remedy, place)
    words = ", ".join(facts.attributes)
    if EMPTY_CHALLENGE in facts.attributes:
        return Finding("csr.attributes", Verdict.WARN, f"{words}.", remedy, place)
    return Finding("csr.attributes", Verdict.PASS, words or _("Tidak ada atribut lain."), place=place)


def _subject(evidence: Evidence, facts: CsrFacts) -> Finding:
    """The CSR's subject against the register (or, without an entry, the applicant as stated): by an identifier that
    it holds, and by its name. It stops only where it is positively somebody else's."""
    place, subject, entry = Place("csr", anchor="subject"), facts.subject, evidence.register_entry
    known = known_person(evidence.applicant, evidence.register_entry)
    holder = compare_holder(subject, known)
    if holder.conflicting:
        return _other_person(_("Nomor identitas atau e-mail pada CSR bukan milik pemohon."), place)
    unnamed = not known["name"] and bool(subject.common_name)
    if unnamed or (not holder.name and not holder.agreeing):
        words = _("CSR tidak menyebut nama yang dapat dibandingkan.")
        if unnamed:
            words = _("CSR menyebut {csr}; pemohon belum diketahui.").format(csr=subject.common_name)
        return Finding("csr.subject", Verdict.UNKNOWN, words, place=place)
    words = _("CSR: {csr}; pemohon: {known}.").format(csr=subject.common_name, known=known["name"].rstrip("."))
    if holder.name == NameMatch.DIFFERENT:
        return _other_person(words, place)
    if holder.name not in {"", NameMatch.SAME}:
        return Finding("csr.subject", Verdict.WARN, words, _("Pastikan nama lengkap saat konfirmasi telepon."), place)
    if entry is None:
        return Finding("csr.subject", Verdict.UNKNOWN, words, place=place)
    return Finding("csr.subject", Verdict.PASS, subject.text, place=place)


def _other_person(words: str, place: Place) -> Finding:
    return Finding(
        "csr.subject", Verdict.FAIL, words, _("Buat CSR atas nama pemohon sendiri, lalu kirim ulang."), place
    )


_USUAL = ("keyUsage", "basicConstraints CA:FALSE", "subjectKeyIdentifier", "1.3.6.1.4.1.311.")
_USUAL_PURPOSES = frozenset({"clientAuth", "emailProtection", "documentSigning", "1.3.6.1.4.1.311.10.3.12"})
_CA_USAGES = ("keyCertSign", "cRLSign")


def _extensions(evidence: Evidence, facts: CsrFacts) -> Finding:
    """CA rights fail; purposes other than signing, and names of servers or strangers, warn."""
    place = Place("csr", anchor="extensions")
    asked_ca = [item for item in facts.extensions if _asks_for_ca(item)]
    if asked_ca:
        remedy = _("Buat ulang CSR tanpa meminta hak CA.")
        return Finding("csr.extensions", Verdict.FAIL, ", ".join(asked_ca), remedy, place)
    odd = [item for item in facts.extensions if not _is_usual(item, evidence)]
    if odd:
        remedy = _("Buat ulang CSR tanpa ekstensi tambahan.")
        return Finding("csr.extensions", Verdict.WARN, "; ".join(odd), remedy, place)
    words = ", ".join(facts.extensions) or _("Tidak ada ekstensi.")
    return Finding("csr.extensions", Verdict.PASS, words, place=place)


def _asks_for_ca(words: str) -> bool:
    if words.startswith("keyUsage"):
        return any(usage in words for usage in _CA_USAGES)
    return "CA:TRUE" in words.upper().replace(" ", "")


def _is_usual(words: str, evidence: Evidence) -> bool:
    """Whether an extension is what a person's signing certificate asks for; of alternative names only the
    applicant's own address."""
    kind, _space, value = words.partition(" ")
    asked = {item.strip() for item in value.split(",") if item.strip()}
    if kind == "extendedKeyUsage":
        return asked <= _USUAL_PURPOSES
    if kind == "subjectAltName":
        entry = evidence.register_entry
        own = {evidence.applicant.email, entry.text("email") if entry is not None else ""} - {""}
        return {item.casefold() for item in asked} <= {item.casefold() for item in own}
    return words.startswith(_USUAL)


CHECKS = (
    CheckSpec(
        "csr.subject",
        of_csr(_subject),
        titles(
            N_("Nama pada CSR sama dengan pemohon"),
            N_("Nama pada CSR berbeda dengan pemohon"),
            N_("Nama pada CSR perlu diperiksa"),
            N_("Nama pada CSR belum dapat dibandingkan"),
        ),
        N_("nama pada CSR"),
        ((CSR, "subject"), (LETTER, "name"), (COMPARISON, "name")),
        hard_stop=True,
        decide_unknown=True,
        asked={Verdict.WARN: N_("Tuliskan nama lengkap pada CSR seperti pada data kepegawaian.")},
    ),
    CheckSpec(
        "csr.extensions",
        of_csr(_extensions),
        titles(
            N_("CSR tidak meminta ekstensi yang tidak lazim"),
            N_("CSR meminta ekstensi yang tidak diizinkan"),
            N_("CSR meminta ekstensi yang tidak lazim"),
        ),
        N_("ekstensi CSR"),
        ((CSR, "extensions"),),
        {Verdict.FAIL, Verdict.PASS},
    ),
    CheckSpec(
        "csr.attributes",
        of_csr(_attributes),
        titles(
            N_("CSR tidak memuat kata sandi"),
            N_("CSR memuat kata sandi"),
            N_("CSR memuat atribut kata sandi yang kosong"),
        ),
        N_("atribut CSR"),
        ((CSR, "extensions"),),
        EVERY,
        hard_stop=True,
    ),
)
