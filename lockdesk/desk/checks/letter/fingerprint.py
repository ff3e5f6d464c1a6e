"""statement.fingerprint: the digits of the key that the letter names against the CSR's; csr.confirmed: a key that it
does not name against what the applicant says in a call."""

import re
import unicodedata
from difflib import SequenceMatcher

from lockdesk.core.findings import Finding, Verdict
from lockdesk.desk.checks.csr.file import of_csr
from lockdesk.desk.checks.evidence import Evidence
from lockdesk.desk.checks.letter.statement import of_letter, place_of
from lockdesk.desk.checks.spec import CSR, LETTER, CheckSpec, titles
from lockdesk.pki.values import CsrFacts
from lockdesk.words import N_, _

_HEX_RUNS = re.compile(
    r"(?<![0-9a-z])(?:[0-9a-f]{2}(?:[\s:.\-]+[0-9a-f]{2}){3,31}|[0-9a-f]{4}(?:[\s:.\-]*[0-9a-f]{4}){1,15})(?![0-9a-z])"
)
_OMISSION = re.compile(r"…|\.{2,}")
_PREFIX = re.compile(r"sha[\s-]?256|0x")


def fingerprint_runs(text: str) -> tuple[str, ...]:
    """The hex digits of every fingerprint in `text` (whole, first or last digits; colons, spaces, hyphens).

    Runs of at least eight digits only: less would fit by chance.
    """
    plain = unicodedata.normalize("NFKC", _OMISSION.sub(" | ", text)).casefold()
    plain = _PREFIX.sub(" ", plain)
    runs = (re.sub(r"[^0-9a-f]", "", found) for found in _HEX_RUNS.findall(plain))
    return tuple(run for run in runs if len(run) >= 8)


def _nearly(run: str, whole: str) -> bool:
    """Whether OCR may have made `run` of an end of `whole`: it misreads, drops or adds a digit or two of eight.

    Of another key's eight digits six stand in order by chance once in 15,000, five once in 300 (simulated).
    """
    ends = whole[: len(run)], whole[-len(run) :]
    found = (SequenceMatcher(None, run, end, False).get_matching_blocks() for end in ends)
    return 4 * max(sum(block.size for block in blocks) for blocks in found) >= 3 * len(run)


def _digest_of_another(evidence: Evidence, runs: tuple[str, ...]) -> str:
    """What else of this CSR the letter's digits are the digest of: then they name this very CSR all the same."""
    file, csr = evidence.facts.csr_file, evidence.facts.csr.facts
    digests = {
        file.sha256 if file is not None else "": _("berkas CSR"),
        csr.der_sha256 if csr is not None else "": _("isi CSR"),
        csr.key.modulus_sha256 if csr is not None else "": _("modulus kunci"),
    }
    return next(
        (words for whole, words in digests.items()
         if whole and all(whole.startswith(run) or whole.endswith(run) for run in runs)), "",
    )  # fmt: skip


def _fingerprint(evidence: Evidence) -> Finding:
    """Different fails, absent is unknown; what a machine may have misread warns."""
    statement, csr = evidence.facts.statement, evidence.facts.csr.facts
    runs = fingerprint_runs(statement.fields.key_fingerprint)
    place = place_of(statement, "key_fingerprint")
    if csr is None and runs:
        words = _("Surat menyebut sidik jari kunci; CSR untuk dibandingkan tidak ada.")
        return Finding("statement.fingerprint", Verdict.UNKNOWN, words, _("Kirim CSR bersama suratnya."), place)
    if not runs or csr is None:
        return Finding(
            "statement.fingerprint",
            Verdict.UNKNOWN,
            _("Sidik jari kunci publik tidak ditemukan dalam surat."),
            _("Cantumkan delapan digit terakhir sidik jari kunci publik CSR dalam surat."),
            place,
            absent="key_fingerprint" not in dict(statement.doubted),
        )
    whole = csr.key.sha256
    other = _digest_of_another(evidence, runs)
    if other:
        words = _("Surat menyebut sidik jari {own_what}, bukan sidik jari kunci publiknya.").format(own_what=other)
        remedy = _("Sepakati {n} digit terakhir sidik jari kunci saat konfirmasi telepon.").format(n=8)
        return Finding("statement.fingerprint", Verdict.WARN, words, remedy, place)
    wrong = next((run for run in runs if not (whole.startswith(run) or whole.endswith(run))), "")
    if not wrong:
        return Finding("statement.fingerprint", Verdict.PASS, " … ".join(runs), place=place)
    misread = statement.ocr and _nearly(wrong, whole)
    return Finding(
        "statement.fingerprint",
        Verdict.WARN if misread else Verdict.FAIL,
        _("Surat menyebut …{written}, CSR berakhir …{actual}.").format(written=wrong[-8:], actual=whole[-8:]),
        _("Kirim CSR yang sidik jarinya disebut dalam surat, atau buat surat baru."),
        place,
    )


def _confirmed(evidence: Evidence, csr: CsrFacts) -> Finding | None:
    """A key that the letter does not name may be anybody's, until the applicant recognises this very CSR."""
    if fingerprint_runs(evidence.facts.statement.fields.key_fingerprint):
        return None
    named = [call.csr for call in evidence.confirming if call.csr is not None and call.csr.sha256 == csr.der_sha256]
    if not named:
        words = _("Surat tidak menyebut kunci CSR ini, dan pemohon belum membenarkannya.")
        remedy = _("Saat konfirmasi telepon, bacakan waktu, nama berkas, dan digit terakhir sidik jari CSR ini.")
        return Finding("csr.confirmed", Verdict.WARN, words, remedy)
    words = _("{file}, sidik jari kunci berakhiran {tail}.")
    words = words.format(file=named[0].file or _("Isi e-mail"), tail=named[0].tail)
    return Finding("csr.confirmed", Verdict.PASS, words)


CHECKS = (
    CheckSpec(
        "statement.fingerprint",
        of_letter(_fingerprint),
        titles(
            N_("Sidik jari kunci pada surat sama dengan CSR"),
            N_("Sidik jari kunci pada surat berbeda dengan CSR"),
            N_("Sidik jari kunci pada surat perlu dibandingkan"),
            N_("Surat tidak menyebut sidik jari kunci"),
        ),
        N_("sidik jari dalam surat"),
        ((LETTER, "key_fingerprint"), (CSR, "fingerprint")),
        {Verdict.FAIL, Verdict.WARN, Verdict.PASS},
        hard_stop=True,
        decide_unknown=True,
        demand="fingerprint",
        asked={Verdict.WARN: N_("Cantumkan delapan digit terakhir sidik jari kunci publik CSR dalam surat.")},
    ),
    CheckSpec(
        "csr.confirmed",
        of_csr(_confirmed),
        titles(
            N_("Pemohon membenarkan CSR ini lewat telepon"),
            N_("CSR ini belum dibenarkan pemohon lewat telepon"),
        ),
        N_("CSR dibenarkan"),
        ((CSR, "fingerprint"),),
        {Verdict.PASS},
        by_call=True,
        asked={Verdict.WARN: N_("Petugas akan menelepon untuk memastikan CSR yang dikirim.")},
    ),
)
