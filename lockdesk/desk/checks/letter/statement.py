"""Checks of the statement letter: is it there, can it be read, does it say what it must."""

from collections.abc import Callable

from lockdesk.core.findings import Finding, Place, Verdict
from lockdesk.core.letter_dates import parse_letter_date
from lockdesk.desk.checks.evidence import Evidence
from lockdesk.desk.checks.spec import DOCUMENTS, EVERY, LETTER, CheckSpec, Run, titles
from lockdesk.desk.values.facts import AttachmentKind, StatementFacts, StatementProblem
from lockdesk.desk.values.person_fields import LETTER_LABELS
from lockdesk.words import N_, _, date_words, number_words

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
    StatementProblem.OFFICE: (
        N_("Surat dikirim sebagai berkas pengolah kata dan tidak dibuka."),
        N_("Buka berkasnya, simpan sebagai PDF, lalu kirim PDF itu."),
    ),
}
PICTURE_PROBLEMS = PROBLEM_WORDS | {
    StatementProblem.EMPTY: (
        N_("Berkas gambar kosong."),
        N_("Foto atau pindai surat sekali lagi, lalu kirim ulang."),
    ),
    StatementProblem.DAMAGED: (
        N_("Berkas gambar rusak dan tidak dapat dibuka."),
        N_("Foto atau pindai surat sekali lagi, lalu kirim ulang."),
    ),
    StatementProblem.TOO_LARGE: (
        N_("Berkas gambar melebihi batas ukuran."),
        N_("Kirim gambar yang lebih kecil, paling besar 20 MB."),
    ),
    StatementProblem.TIMED_OUT: (
        N_("Berkas gambar terlalu lama dibuka dan dihentikan."),
        N_("Kirim gambar dengan ukuran yang lebih kecil."),
    ),
}
"""The same of a photo or a scan that came as a picture."""
RISK_WORDS = {
    "javascript": N_("JavaScript"),
    "open_action": N_("tindakan otomatis saat dibuka"),
    "launch": N_("perintah menjalankan program"),
    "embedded_file": N_("berkas tersemat"),
    "uri": N_("tautan luar"),
    "xfa": N_("formulir XFA dinamis yang tidak dapat ditampilkan"),
    "viewer_command": N_("perintah kepada penampil PDF saat dibuka"),
    "portfolio": N_("portofolio PDF"),
    "passphrase": N_("passphrase dalam kata-kata"),
    "odd_page_size": N_("ukuran halaman tidak lazim"),
    "private_key": N_("kunci privat"),
    "unreadable_structure": N_("susunan berkas tidak terbaca"),
}
EARLIER_RISK_WORDS = (N_("formulir XFA dinamis"), N_("yang tidak dapat ditampilkan"))
"""What findings that an earlier version kept say of a risk, as far as it is not said so any more."""
_ACTIVE = {"javascript", "open_action", "launch", "embedded_file", "private_key", "passphrase"}


def of_letter(check: Callable[[Evidence], Finding | None]) -> Run:
    """The check where there is a letter that could be opened."""

    def run(evidence: Evidence) -> Finding | None:
        return check(evidence) if evidence.facts.statement.problem is StatementProblem.NONE else None

    return run


def _present(evidence: Evidence) -> Finding:
    statement = evidence.facts.statement
    if statement.problem is not StatementProblem.NONE:
        file = evidence.facts.statement_file
        picture = file is not None and file.kind is AttachmentKind.IMAGE
        words, remedy = (PICTURE_PROBLEMS if picture else PROBLEM_WORDS)[statement.problem]
        missing = statement.problem is StatementProblem.MISSING
        return Finding("statement.present", Verdict.FAIL, _(words), _(remedy), absent=missing)
    words = _("Surat {own_name}, {count} halaman.").format(own_name=_file_name(evidence), count=statement.pages)
    return Finding("statement.present", Verdict.PASS, words)


def lost_words(statement: StatementFacts) -> str:
    """Which pages were not read; "" when all of them were."""
    words = []
    if statement.unread:
        pages = ", ".join(number_words(page + 1) for page in statement.unread)
        words.append(_("Halaman {pages} surat tidak terbaca mesin.").format(pages=pages))
    if statement.pages > statement.pages_read:
        behind = _("Surat terdiri atas {pages} halaman; halaman setelah halaman {read} tidak dibaca mesin.")
        read = number_words(statement.pages_read)
        words.append(behind.format(pages=number_words(statement.pages), read=read))
    return " ".join(words)


def _file_name(evidence: Evidence) -> str:
    file = evidence.facts.statement_file
    return file.name if file is not None else _("tanpa nama")


def place_of(statement: StatementFacts, field: str) -> Place | None:
    """Where a field stands in the letter."""
    return dict(statement.places).get(field)


def _readable(evidence: Evidence) -> Finding:
    statement = evidence.facts.statement
    if statement.ocr:
        found = sum(1 for field, _place in statement.places if field in LETTER_LABELS)
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


def _risks(evidence: Evidence) -> Finding:
    statement = evidence.facts.statement
    if not statement.risks:
        return Finding("statement.risks", Verdict.PASS, _("Tidak ada skrip, berkas tersemat, atau tautan."))
    active = bool(_ACTIVE & set(statement.risks))
    words = ", ".join(_(RISK_WORDS.get(risk, risk)) for risk in statement.risks)
    return Finding(
        "statement.risks",
        Verdict.FAIL if active else Verdict.WARN,
        _("Ditemukan: {own_words}.").format(own_words=words),
        _("Cetak surat ke PDF biasa atau pindai, lalu kirim ulang."),
    )


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


def _number(evidence: Evidence) -> Finding:
    statement = evidence.facts.statement
    number, place = statement.fields.letter_number, place_of(statement, "letter_number")
    if number:
        return Finding("statement.number", Verdict.PASS, number, place=place)
    words, remedy = _("Nomor surat tidak ditemukan."), _("Cantumkan nomor surat.")
    return Finding("statement.number", Verdict.WARN, words, remedy, place, absent=True)


CHECKS = (
    CheckSpec(
        "statement.present",
        _present,
        titles(
            N_("Surat pernyataan ada"),
            N_("Surat pernyataan tidak ada atau tidak dapat dibuka"),
            unknown=N_("Surat pernyataan tidak disertakan"),
        ),
        N_("surat ada"),
        ((DOCUMENTS, ""),),
        EVERY,
        hard_stop=True,
        demand="letter",
    ),
    CheckSpec(
        "statement.readable",
        of_letter(_readable),
        titles(
            N_("Teks surat dapat dibaca"),
            N_("Surat tidak dapat dibaca"),
            N_("Surat berupa hasil pindai; isinya dibaca mesin"),
            N_("Surat berupa gambar; isinya belum dibaca sistem"),
        ),
        N_("teks surat"),
        ((LETTER, ""),),
        decide_unknown=True,
    ),
    CheckSpec(
        "statement.risks",
        of_letter(_risks),
        titles(
            N_("Surat tidak memuat isi aktif"),
            N_("Surat memuat isi aktif"),
            N_("Surat memuat isi yang tidak lazim"),
        ),
        N_("tanpa isi aktif"),
        ((LETTER, ""),),
        {Verdict.FAIL, Verdict.WARN},
    ),
    CheckSpec(
        "statement.age",
        of_letter(_age),
        titles(
            N_("Tanggal surat masih berlaku saat diterima"),
            N_("Surat terlalu lama saat diterima"),
            N_("Tanggal surat tidak wajar"),
            N_("Tanggal surat tidak terbaca"),
        ),
        N_("tanggal surat"),
        ((LETTER, "letter_date"),),
    ),
    CheckSpec(
        "statement.number",
        of_letter(_number),
        titles(
            N_("Surat bernomor"),
            N_("Surat tidak bernomor"),
            unknown=N_("Surat tidak bernomor"),
        ),
        N_("nomor surat"),
        ((LETTER, "letter_number"),),
        {Verdict.PASS},
        demand="letter_number",
    ),
)
