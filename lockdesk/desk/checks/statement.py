"""Checks of the statement letter: is it there, can it be read, does it say what it must."""

import re
import unicodedata
from datetime import date
from difflib import SequenceMatcher

from lockdesk.core.findings import Finding, Place, Verdict
from lockdesk.core.identity import NameMatch, compare_names, digits, normal_phone
from lockdesk.desk.checks.evidence import Evidence
from lockdesk.desk.checks.field_words import FIELD_WORDS, shown
from lockdesk.desk.checks.purpose import check_hidden_text, check_letter_person, check_purpose
from lockdesk.desk.checks.signature import check_signature
from lockdesk.desk.checks.unread import lost_words
from lockdesk.desk.values.facts import StatementFacts, StatementProblem
from lockdesk.desk.values.people import RegisterEntry
from lockdesk.pki.values import parse_serial
from lockdesk.words import MONTHS, N_, _, date_words

PROBLEM_WORDS = {
    StatementProblem.MISSING: (
        N_("Permohonan tidak disertai surat pernyataan PDF."),
        N_("Lampirkan surat pernyataan yang sudah ditandatangani sebagai PDF."),
    ),
    StatementProblem.EMPTY: (
        N_("Berkas PDF kosong, tidak memuat halaman."),
        N_("Kirim ulang surat pernyataan; pastikan berkasnya dapat dibuka."),
    ),
    StatementProblem.ENCRYPTED: (
        N_("Berkas PDF terkunci kata sandi."),
        N_("Kirim ulang surat tanpa kata sandi. Jangan mengirim kata sandinya."),
    ),
    StatementProblem.DAMAGED: (
        N_("Berkas PDF rusak dan tidak dapat dibuka."),
        N_("Kirim ulang surat pernyataan; pastikan berkasnya dapat dibuka."),
    ),
    StatementProblem.TOO_LARGE: (
        N_("Berkas PDF melebihi batas ukuran."),
        N_("Pindai ulang surat pada 200 dpi, paling besar 20 MB."),
    ),
    StatementProblem.TIMED_OUT: (
        N_("Berkas PDF terlalu lama dibuka dan dihentikan."),
        N_("Cetak ulang surat ke PDF sederhana, lalu kirim ulang."),
    ),
}
RISK_WORDS = {
    "javascript": N_("JavaScript"),
    "open_action": N_("tindakan otomatis saat dibuka"),
    "launch": N_("perintah menjalankan program"),
    "embedded_file": N_("berkas tersemat"),
    "uri": N_("tautan luar"),
    "xfa": N_("formulir XFA dinamis, yang tidak dapat ditampilkan"),
    "viewer_command": N_("perintah kepada penampil PDF saat dibuka"),
    "portfolio": N_("portofolio PDF"),
    "passphrase": N_("passphrase dalam kata-kata"),
    "odd_page_size": N_("ukuran halaman tidak lazim"),
    "private_key": N_("kunci privat"),
    "unreadable_structure": N_("susunan berkas tidak terbaca"),
}
_ACTIVE = {"javascript", "open_action", "launch", "embedded_file", "private_key", "passphrase"}
IDENTITY_FIELDS = ("name", "nip", "nik", "position", "agency", "email", "phone")
_MUST_AGREE = {"name", "nip", "nik"}


def check_statement(evidence: Evidence) -> list[Finding]:
    """All checks of the letter; only `statement.present` when it could not be opened."""
    statement = evidence.facts.statement
    if statement.problem is not StatementProblem.NONE:
        words, remedy = PROBLEM_WORDS[statement.problem]
        return [Finding("statement.present", Verdict.FAIL, _(words), _(remedy))]
    return [
        Finding(
            "statement.present",
            Verdict.PASS,
            _("{name}, {count} halaman.").format(name=_file_name(evidence), count=statement.pages),
        ),
        _readable(statement),
        _risks(statement),
        *check_signature(statement),
        _age(evidence),
        check_purpose(statement),
        check_letter_person(statement),
        *check_hidden_text(statement),
        check_identity(evidence),
        _fingerprint(evidence),
    ]


def _file_name(evidence: Evidence) -> str:
    file = evidence.facts.statement_file
    return file.name if file is not None else _("Surat")


def place_of(statement: StatementFacts, field: str) -> Place | None:
    """Where a field stands in the letter."""
    return dict(statement.places).get(field)


def _readable(statement: StatementFacts) -> Finding:
    if statement.ocr:
        found = sum(1 for field, _place in statement.places if field in FIELD_WORDS)
        words = _("Hasil pindai dibaca mesin (OCR): {n} isian ditemukan. Bandingkan dengan gambarnya.").format(n=found)
        remedy = _("Bila memungkinkan, kirim surat sebagai PDF asli, bukan hasil pindai.")
        words = " ".join(filter(None, (words, lost_words(statement))))
        return Finding("statement.readable", Verdict.WARN, words, remedy)
    if statement.has_text:
        return Finding("statement.readable", Verdict.PASS, _("Isi surat terbaca sebagai teks."))
    return Finding(
        "statement.readable",
        Verdict.UNKNOWN,
        _("Surat berupa gambar hasil pindai. Bandingkan isinya sendiri dengan data kepegawaian."),
        _("Bila memungkinkan, kirim surat sebagai PDF asli, bukan hasil pindai."),
    )


def _risks(statement: StatementFacts) -> Finding:
    if not statement.risks:
        return Finding("statement.risks", Verdict.PASS, _("Tidak ada skrip, berkas tersemat, atau tautan."))
    active = bool(_ACTIVE & set(statement.risks))
    words = ", ".join(_(RISK_WORDS.get(risk, risk)) for risk in statement.risks)
    return Finding(
        "statement.risks",
        Verdict.FAIL if active else Verdict.WARN,
        _("Ditemukan: {words}.").format(words=words),
        _("Cetak surat ke PDF biasa atau pindai, lalu kirim ulang."),
    )


def parse_letter_date(text: str) -> date | None:
    """ "23 November 2026", "23-11-2026", "2026-11-23"; None for anything else."""
    lowered = text.casefold()
    for index, month in enumerate(MONTHS, 1):
        found = re.search(rf"(\d{{1,2}})\s+{month.casefold()[:3]}\w*\s+(\d{{4}})", lowered)
        if found:
            return _date(int(found[2]), index, int(found[1]))
    found = re.search(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})", lowered)
    if found:
        return _date(int(found[3]), int(found[2]), int(found[1]))
    found = re.search(r"(\d{4})-(\d{2})-(\d{2})", lowered)
    return _date(int(found[1]), int(found[2]), int(found[3])) if found else None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _age(evidence: Evidence) -> Finding:
    statement = evidence.facts.statement
    written = parse_letter_date(statement.fields.letter_date)
    place = place_of(statement, "letter_date")
    if written is None:
        return Finding("statement.age", Verdict.UNKNOWN, _("Tanggal surat tidak ditemukan."), place=place)
    days = (evidence.received_on - written).days
    words = _("Surat bertanggal {day}, {n} hari saat diterima.").format(day=date_words(written), n=days)
    if days < 0:
        later = _("Surat bertanggal {day}, sesudah hari diterima.").format(day=date_words(written))
        return Finding("statement.age", Verdict.WARN, later, _("Perbaiki tanggal surat."), place)
    if days > evidence.statement_max_age_days:
        remedy = _("Buat surat baru; surat berlaku {n} hari.").format(n=evidence.statement_max_age_days)
        return Finding("statement.age", Verdict.FAIL, words, remedy, place)
    return Finding("statement.age", Verdict.PASS, words, place=place)


def field_differs(field: str, written: str, known: str) -> str:
    """ "" when the same, "abbreviated" for a known short form of a name, else "different"."""
    if field == "name":
        match = compare_names(written, known)
        return "" if match == NameMatch.SAME else match
    if field == "serial":
        return "" if parse_serial(written) & parse_serial(known) else "different"
    if field in {"nip", "nik"}:
        return "" if digits(written) == digits(known) else "different"
    if field == "phone":
        return "" if normal_phone(written) == normal_phone(known) else "different"
    same = " ".join(written.split()).casefold() == " ".join(known.split()).casefold()
    return "" if same else "different"


def check_identity(evidence: Evidence) -> Finding:
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
            words = ", ".join(_(FIELD_WORDS[field]) for field in sorted(missing))
            return Finding(
                "statement.identity",
                Verdict.UNKNOWN,
                _("Belum terbaca pada surat: {words}.").format(words=words),
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
            how = field_differs(field, written, known)
            if how:
                found[field] = how
    return found


def _difference(statement: StatementFacts, entry: RegisterEntry, differing: dict[str, str]) -> Finding:
    fatal = [field for field, how in differing.items() if field in _MUST_AGREE and how == "different"]
    # A misread letter is no forger's: what OCR found is put before the officer, who must decide.
    failing = bool(fatal) and not statement.ocr
    parts = [
        _("{field} pada surat: {written}; data kepegawaian: {known}.").format(
            field=_(FIELD_WORDS[field]),
            written=shown(field, getattr(statement.fields, field)),
            known=shown(field, entry.text(field)).rstrip("."),
        )
        for field in differing
    ]
    first = next(iter(fatal or differing))
    title = (
        _("{field} di surat berbeda dengan data kepegawaian").format(field=_(FIELD_WORDS[first]))
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
    """Whether OCR may have made `run` of an end of `whole`: it misreads, drops or adds some digits, never most of
    them. Of another key's digits about a quarter stand in order by chance."""
    ends = whole[: len(run)], whole[-len(run) :]
    found = (SequenceMatcher(None, run, end, False).get_matching_blocks() for end in ends)
    return 2 * max(sum(block.size for block in blocks) for blocks in found) > len(run)


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
        )
    whole = csr.key.sha256
    other = _digest_of_another(evidence, runs)
    if other:
        words = _("Surat menyebut sidik jari {what}, bukan sidik jari kunci publiknya.").format(what=other)
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
