"""Ways of writing that letters by other hands use: each was misread, or not read, before it stood here."""

from datetime import date

import pytest

from lockdesk.core.findings import Verdict
from lockdesk.core.letter_dates import parse_letter_date
from lockdesk.desk.checks.letter.purpose import check_purpose
from lockdesk.desk.values.facts import Word
from lockdesk.reader.letter.reading import read_letter
from lockdesk.reader.scans import ScannedPage, read_scanned
from tests.unit.test_letter_people import HEAD, WRITER, read, roles
from tests.unit.test_reader_scans import written

TITLE = "SURAT PERNYATAAN LUPA PASSPHRASE"


@pytest.mark.parametrize(
    "text",
    [
        "24 November 2026", "24-11-2026", "24/11/26", "24.11.2026", "24 Nop. 2026", "24-Nov-2026", "2026-11-24",
        "November 24, 2026", "dua puluh empat November dua ribu dua puluh enam",
        "Dua Puluh Empat bulan November tahun Dua Ribu Dua Puluh Enam",
    ],
)  # fmt: skip
def test_a_date_is_read_however_it_is_spelt(text: str) -> None:
    assert parse_letter_date(text) == date(2026, 11, 24)
    facts = read(TITLE, *WRITER, f"Pekalongan, tanggal {text}")
    assert parse_letter_date(facts.fields.letter_date) == date(2026, 11, 24)


@pytest.mark.parametrize("text", ["31 Februari 2026", "abad ke-20", "7/2026", "199002152019032999", ""])
def test_what_is_no_date_is_none(text: str) -> None:
    assert parse_letter_date(text) is None


@pytest.mark.parametrize(
    "rows",
    [
        ("Name / Nama  : Sekar Contohwati, S.I.Pust.", "Employee ID / NIP  : 199002152019032999",
         "Position / Jabatan  : Pustakawan Ahli Muda", "Work Unit / Unit Kerja  : Dinas Arsip Contoh"),
        ("Dari  : Sekar Contohwati, S.I.Pust.", "NIP  : 199002152019032999", "Jabatan  : Pustakawan Ahli Muda",
         "Unit  : Dinas Arsip Contoh"),
        ("Nama  Sekar Contohwati, S.I.Pust.", "NIP 199002152019032999", "Jabatan Pustakawan Ahli Muda",
         "Unit kerja Dinas Arsip Contoh"),
        ("a.n.  : Sekar Contohwati, S.I.Pust.", "NIP  : 199002152019032999", "Tugas sebagai  : Pustakawan Ahli Muda",
         "Tempat tugas  : Dinas Arsip Contoh"),
        ("Nama  : Sekar Contohwati, S.I.Pust.", "NIP  : 199002152019032999",
         "Jabatan  : Pustakawan Ahli Muda pada Dinas Arsip Contoh"),
        ("Dengan ini saya Sekar Contohwati, S.I.Pust., NIP 199002152019032999, Pustakawan Ahli Muda pada Dinas Arsip",
         "Contoh, menyatakan lupa passphrase."),
    ],
)  # fmt: skip
def test_person_position_and_office_are_found_under_other_words(rows: tuple[str, ...]) -> None:
    fields = read(TITLE, *rows).fields
    assert fields.name == "Sekar Contohwati, S.I.Pust." and fields.nip == "199002152019032999"
    assert fields.position == "Pustakawan Ahli Muda" and fields.agency.startswith("Dinas Arsip")


def test_an_office_with_an_enumeration_in_its_name_is_whole() -> None:
    office = "Dinas Pemberdayaan Masyarakat, Perempuan, Perlindungan Anak dan Keluarga Berencana"
    facts = read(TITLE, f"Saya Sekar Contohwati, NIP 199002152019032999, bertugas di {office}.")
    assert facts.fields.agency == office


def test_the_superior_named_in_a_sentence_is_not_the_applicant() -> None:
    facts = read(
        "Perkenalkan, nama saya Sekar Contohwati, S.I.Pust. NIP saya 199002152019032999. Saya lupa passphrase.",
        "Atasan saya, Drs. Umpama Besar, M.Si. (NIP 196805121994031004), sudah mengetahui hal ini.",
        "Hormat kami,", "Sekar Contohwati, S.I.Pust.",
    )  # fmt: skip
    assert facts.fields.nip == "199002152019032999"
    assert roles(facts)["Drs. Umpama Besar, M.Si."] == "superior"


def test_a_person_in_charge_with_the_same_labels_is_not_the_applicant() -> None:
    facts = read(
        "I. DATA PEJABAT PENANGGUNG JAWAB", *HEAD, "II. DATA PEMOHON", *WRITER, "III. ALASAN",
        "Pemohon lupa passphrase sertifikat elektroniknya.", "IV. PERMINTAAN", "Pencabutan sertifikat.",
    )  # fmt: skip
    assert facts.fields.nip == "199002152019032999"


@pytest.mark.parametrize("remark", [("aktif", "lupa passphrase", "aktif"), ("aktif", "aktif", "aktif")])
def test_one_of_a_list_is_the_applicant_only_where_the_letter_picks_one_out(remark: tuple[str, ...]) -> None:
    people = ("Budi Umpama", "Sekar Contohwati", "Rini Andaikan")
    numbers = ("198001012005011001", "199002152019032999", "198503142010012013")
    rows = [("No", "Nama", "NIP", "Ket."), *zip("123", people, numbers, remark, strict=True)]
    words = []
    for place, cells in enumerate(rows):
        top = 0.2 + 0.03 * place
        for left, cell in zip((0.1, 0.2, 0.5, 0.75), cells, strict=True):
            words += [Word(0, part, left + 0.08 * n, top, left + 0.08 * n + 0.07, top + 0.012)
                      for n, part in enumerate(cell.split())]  # fmt: skip
    letter = read_letter(words)
    assert letter.fields.nip == ("199002152019032999" if "lupa passphrase" in remark else "")
    assert len(letter.people) == 3


def test_a_torn_address_is_put_together_or_left_out_but_never_cut() -> None:
    beside = Word(0, "d", 0.3, 0.26, 0.31, 0.272)
    words = [*written("Nama  : Sekar Contohwati", "E-mail  : sekar@contoh.pekalongankota.go.i").words]
    facts = read_letter([*words, beside])
    assert facts.fields.email in {"", "sekar@contoh.pekalongankota.go.id"}


@pytest.mark.parametrize(
    ("rows", "verdict"),
    [
        (("PERNYATAAN", "Saya menyatakan tidak mengajukan pencabutan maupun penerbitan ulang sertifikat elektronik.",
          "Isu bahwa saya lupa passphrase adalah tidak benar."), {Verdict.FAIL, Verdict.WARN}),
        (("PERNYATAAN", "Saya mohon maaf; kabar bahwa saya lupa passphrase adalah tidak benar."),
         {Verdict.FAIL, Verdict.WARN}),
        (("SURAT PERNYATAAN", "Dengan ini saya membatalkan permohonan saya karena lupa passphrase tempo hari."),
         {Verdict.FAIL, Verdict.WARN}),
        (("BERITA ACARA LUPA PASSPHRASE SERTIFIKAT ELEKTRONIK", "Pemegang lupa passphrase.",
          "Pemegang memohon penerbitan ulang dengan kunci baru."), {Verdict.PASS}),
        (("BERITA ACARA SOSIALISASI", "Peserta diberi tahu tata cara bila lupa passphrase."), {Verdict.FAIL}),
        (("FORM LAYANAN", "[ ] Pendaftaran baru", "[ x ] Lupa passphrase - pencabutan dan penerbitan ulang sertifikat",
          "[ ] Penghapusan akun", "Alasan  : Lupa passphrase"), {Verdict.PASS}),
        (("Saya mau lapor kalau passphrase TTE saya lupa.", "Saya minta tolong sertifikat saya dicabut."),
         {Verdict.PASS}),
    ],
)  # fmt: skip
def test_what_the_paper_asks_for_in_other_words(rows: tuple[str, ...], verdict: set[Verdict]) -> None:
    finding = check_purpose(read(*rows))
    assert finding.verdict in verdict, (finding.title, finding.evidence)


def _page(*rows: tuple[str, float]) -> ScannedPage:
    """Rows of words with the confidence that OCR has in each."""
    words = []
    for number, (text, confidence) in enumerate(rows):
        for place, word in enumerate(text.split()):
            left = 0.1 + 0.09 * place
            words.append(Word(0, word, left, 0.1 + 0.02 * number, left + 0.08, 0.112 + 0.02 * number, confidence))
    return ScannedPage(tuple(words))


def test_what_ocr_makes_of_a_dotted_line_is_nobody() -> None:
    page = _page((TITLE, 95.0), ("Nama : Sekar Contohwati", 95.0), ("Kana UN ANA Bean Koo", 11.0),
                 ("NIP : 199002152019032999", 95.0))  # fmt: skip
    letter = read_scanned((page,))
    assert letter.fields.nip == "199002152019032999" and len(letter.people) == 1


def test_a_year_in_words_that_may_go_on_is_doubted() -> None:
    page = _page((TITLE, 95.0), ("Pekalongan, tanggal dua puluh empat November dua ribu dua puluh", 95.0))
    letter = read_scanned((page,))
    assert letter.fields.letter_date == "" and dict(letter.doubted)["letter_date"]
