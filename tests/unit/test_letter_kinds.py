"""Ways of writing that letters by other hands use: each was misread, or not read, before it stood here."""

from datetime import date

import pytest

from lockdesk.core.findings import Verdict
from lockdesk.core.letter_dates import parse_letter_date
from lockdesk.desk.checks.letter.purpose import check_purpose
from lockdesk.desk.values.facts import Word
from lockdesk.reader.documents.scans import ScannedPage, read_scanned
from lockdesk.reader.letter.reading import read_letter
from tests.helpers.papers.typed_letters import HEAD, WRITER, read, roles, written

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


def test_people_set_side_by_side_keep_apart() -> None:
    rows = (
        ("Keterangan", "Pemohon", "Atasan langsung"),
        ("Nama", "Sekar Contohwati", "Umpama Besar"),
        ("NIP", "199002152019032999", "196805121994031004"),
        ("Jabatan", "Pustakawan Ahli Muda", "Kepala Dinas"),
    )
    words = []
    for place, cells in enumerate(rows):
        top = 0.2 + 0.03 * place
        for left, cell in zip((0.1, 0.3, 0.65), cells, strict=True):
            words += [Word(0, part, left + 0.09 * n, top, left + 0.09 * n + 0.08, top + 0.012)
                      for n, part in enumerate(cell.split())]  # fmt: skip
    letter = read_letter(words)
    assert (letter.fields.name, letter.fields.nip) == ("Sekar Contohwati", "199002152019032999")
    assert letter.fields.position == "Pustakawan Ahli Muda"


@pytest.mark.parametrize(
    "rows",
    [
        ("nama=Sekar Contohwati", "nip=199002152019032999", "jabatan=Pustakawan Ahli Muda"),
        ("[nama] Sekar Contohwati", "[NIP] 199002152019032999", "[jabatan] Pustakawan Ahli Muda"),
        ("* Nama Sekar Contohwati", "* NIP 199002152019032999", "* Jabatan Pustakawan Ahli Muda"),
        ("Nama terang  : Sekar Contohwati", "NIP / NRK  : 1990 0215 2019 0329 99", "Jab.  : Pustakawan Ahli Muda"),
        ("1. Pemilik: Sekar Contohwati (NIP 199002152019032999)", "2. Jabatan: Pustakawan Ahli Muda"),
    ],
)
def test_labels_glued_bracketed_listed_and_shortened(rows: tuple[str, ...]) -> None:
    fields = read(TITLE, *rows, "Saya lupa passphrase.").fields
    assert (fields.name, fields.position) == ("Sekar Contohwati", "Pustakawan Ahli Muda")
    assert fields.nip.replace(" ", "") == "199002152019032999"


@pytest.mark.parametrize(
    "rows",
    [
        ("Admin kami Budi Umpama selaku admin meneruskan permintaan rekan kami dengan data:", *WRITER),
        (*WRITER, "Narahubung administrasi kami: Sdri. Wening Umpama (0285-999456)."),
        (*WRITER, "mohon menghubungi staf kami Sdr. Galang Umpama (NIP 196805121994031004)."),
    ],
)
def test_who_only_brings_or_answers_for_a_letter_is_not_its_applicant(rows: tuple[str, ...]) -> None:
    assert read(TITLE, *rows).fields.nip == "199002152019032999"


@pytest.mark.parametrize(
    "rows",
    [
        ("Tata cara apabila lupa passphrase", "Unduh format surat pernyataan lupa passphrase, isi, dan kirim.",
         "Jika sesuai, sertifikat dicabut dengan alasan lupa passphrase."),
        ("Awas Surel Palsu Lupa Passphrase", "Pegawai yang lupa passphrase harus membuat surat pernyataan."),
        ("NOTULEN RAPAT", "Jumlah pegawai yang lupa passphrase sampai Oktober sebanyak 61 orang.",
         "Peserta mengusulkan surat pernyataan lupa passphrase cukup satu halaman."),
        ("PENGADUAN PELAYANAN", "Saya sudah mengirim surat pernyataan lupa passphrase dan meminta sertifikat dicabut.",
         "Saya mengadukan lambatnya pelayanan ini."),
        ("Hal: Pengembalian berkas permohonan",
         "Surat pernyataan lupa passphrase yang Saudara kirimkan telah kami terima.",
         "Permohonan pencabutan belum dapat diproses."),
    ],
)  # fmt: skip
def test_a_paper_that_only_talks_of_it_never_passes(rows: tuple[str, ...]) -> None:
    assert check_purpose(read(*rows)).verdict in {Verdict.FAIL, Verdict.WARN}


@pytest.mark.parametrize(
    "words",
    ["passphrase TTE saya itu kelalen babar blas", "karena kelupaan, passphrase sertifikat kami tidak dapat dipulihkan",
     "kata sandi (passphrase) sertifikat elektronik saya tidak saya ingat lagi", "I forgot my passphrase",
     "telah terlupakannya passphrase sertifikat elektronik"],
)  # fmt: skip
def test_forgetting_has_many_words(words: str) -> None:
    facts = read("SURAT PERMOHONAN", f"Dengan hormat, {words}.", "Mohon sertifikat dicabut dan diterbitkan ulang.")
    assert check_purpose(facts).verdict is Verdict.PASS


@pytest.mark.parametrize("serial", ["7C17 FD5A 7118 E696 20F6 5467 3D54", "D3:D3:3C:DE:E9:F3:C7:3F:F9:40:5C"])
def test_a_serial_of_which_ocr_lost_a_group_is_no_fact(serial: str) -> None:
    letter = read_scanned((_page((TITLE, 95.0), ("Nama : Sekar Contohwati", 95.0), (f"Nomor seri : {serial}", 95.0)),))
    assert letter.fields.serial == ""


@pytest.mark.parametrize("heads", [("PEMOHON", "ATASAN"), ("ATASAN", "PEMOHON"), ()])
def test_two_people_with_their_labels_side_by_side_keep_their_own_numbers(heads: tuple[str, ...]) -> None:
    people = [("Sekar Contohwati", "199002152019032999"), ("Umpama Besar", "196805121994031004")]
    rows = [
        heads,
        *(tuple(f"{label} : {person[place]}" for person in people) for place, label in ((0, "Nama"), (1, "NIP"))),
    ]
    words = [Word(0, TITLE.replace(" ", "_"), 0.1, 0.1, 0.5, 0.112)]
    for place, cells in enumerate(row for row in rows if row):
        top = 0.2 + 0.03 * place
        for left, cell in zip((0.1, 0.55), cells, strict=True):
            words += [Word(0, part, left + 0.07 * n, top, left + 0.07 * n + 0.06, top + 0.012)
                      for n, part in enumerate(cell.split())]  # fmt: skip
    letter = read_letter(words)
    assert {(item.fields.name, item.fields.nip) for item in letter.people} == set(people)
    found = {person.role: person.fields.name for person in letter.people}
    if heads:
        asking = people[heads.index("PEMOHON")]
        assert (letter.fields.name, letter.fields.nip) == asking and found["superior"] != asking[0]
    else:
        assert letter.fields.name == "" and set(found) == {"candidate"}


@pytest.mark.parametrize(
    "sentence",
    ["Saya lupa passphrase. Mohon dibantu oleh operator kami, Sdr. Anto.",
     "Saya lupa passphrase. Hormat kami, Bapak Anto.",
     "Saya lupa passphrase. Surat ini diketik oleh staf saya Sdri. Rina."],
)  # fmt: skip
def test_a_courtesy_title_alone_makes_nobody_the_applicant(sentence: str) -> None:
    facts = read(TITLE, *WRITER, sentence, "Pekalongan, 19 November 2026")
    assert (facts.fields.name, facts.fields.nip) == ("Sekar Contohwati, S.I.Pust.", "199002152019032999")
    assert not any("Pekalongan" in name for name in roles(facts))


def test_of_two_who_sign_together_neither_is_taken() -> None:
    facts = read(TITLE, "Kami yang bertanda tangan di bawah ini:", *WRITER, *HEAD, "menyatakan lupa passphrase.")
    assert facts.fields.name == "" and set(roles(facts).values()) == {"candidate"}


@pytest.mark.parametrize(
    "sentence",
    ["Passphrase pernah saya beritahukan kepada staf saya, Sdr. Anto Wijaya.",
     "HP saya yang menyimpan passphrase dicuri.",
     "Passphrase saya diketahui juga oleh sekretaris saya.", "Token saya hilang di pasar.",
     "Selama ini ajudan saya, Sdr. Anto, yang memegang dan memakainya."],
)  # fmt: skip
def test_a_passphrase_in_other_hands_is_no_plain_forgetting(sentence: str) -> None:
    finding = check_purpose(read(TITLE, *WRITER, "Saya lupa passphrase sertifikat elektronik saya.", sentence))
    assert finding.verdict is Verdict.WARN and "diketahui orang lain" in finding.title


@pytest.mark.parametrize("title", ["BERITA ACARA SERAH TERIMA", "BERITAACARA SERAHTERIMA", "TANDATERIMA"])
def test_a_receipt_asks_for_nothing(title: str) -> None:
    finding = check_purpose(
        read(title, *WRITER, "telah menerima sertifikat elektronik baru setelah sebelumnya lupa passphrase.")
    )
    assert finding.verdict is not Verdict.PASS
