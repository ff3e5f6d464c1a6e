"""Ways in which offices set their papers: two columns, units and agencies, forms, sentences that go on below."""

import pytest

from lockdesk.core.findings import Verdict
from lockdesk.desk.checks.letter.purpose import check_purpose
from lockdesk.desk.values.facts import Word
from lockdesk.reader.letter.reading import read_letter
from tests.helpers.papers.typed_letters import HEAD, WRITER, read, roles
from tests.letters.__main__ import HERE, read_all

TITLE = "SURAT PERNYATAAN LUPA PASSPHRASE"
KEY = "62580f61 ec268cf7 821e7c13 a75db092 c3863fae 376b8f35 95d0ebba 16c07bfc"


def _beside(left: list[str], right: list[str]) -> list[Word]:
    """Two columns whose rows stand on the same lines."""
    words = []
    for start, rows in ((0.08, left), (0.52, right)):
        for number, row in enumerate(rows):
            at = start
            for text in row.split():
                top = 0.2 + 0.03 * number
                words.append(Word(0, text, at, top, at + 0.009 * len(text), top + 0.012, 100.0))
                at += 0.009 * len(text) + 0.005
    return words


def test_labels_beside_running_text_keep_their_values() -> None:
    left = [
        "Nama", "Sekar Contohwati, S.I.Pust.", "NIP", "199002152019032999", "Jabatan", "Pustakawan Ahli Muda",
        "Unit kerja", "Dinas Contoh Umum",
    ]  # fmt: skip
    right = [
        "menyatakan bahwa saya pemegang sertifikat", "elektronik dan saat ini lupa akan",
        "passphrase yang pernah saya buat.", "Saya mohon kepada Dinas Kominfo dan",
        "Informatika agar sertifikat itu dicabut", "dan saya mendapatkan yang baru.",
        "Saya menjamin bahwa permohonan ini", "saya ajukan sendiri dengan benar.",
    ]  # fmt: skip
    letter = read_letter(_beside(left, right))
    fields = letter.fields
    assert (fields.name, fields.nip) == ("Sekar Contohwati, S.I.Pust.", "199002152019032999")
    assert (fields.position, fields.agency) == ("Pustakawan Ahli Muda", "Dinas Contoh Umum")
    assert "lupa akan\npassphrase" in letter.text


@pytest.mark.parametrize(
    "rows",
    [
        ("Instansi  : Pemerintah Kota Contoh", "Unit kerja  : UPT Puskesmas Contoh"),
        ("Unit kerja  : UPT Puskesmas Contoh", "Instansi  : Dinas Kesehatan"),
        ("Perangkat daerah  : Dinas Kesehatan", "Tempat tugas  : UPT Puskesmas Contoh"),
    ],
)
def test_the_unit_goes_before_the_agency_that_it_is_a_part_of(rows: tuple[str, str]) -> None:
    assert read(TITLE, *WRITER, *rows).fields.agency == "UPT Puskesmas Contoh"


@pytest.mark.parametrize("office", ["DINAS PENDIDIKAN", "Dinas Pendidikan"])
def test_an_office_whose_name_has_a_labels_word_is_a_value(office: str) -> None:
    assert read(TITLE, *WRITER, f"INSTANSI   {office}", "EMAIL   sekar@contoh.id").fields.agency == office


def test_a_kind_of_servant_is_no_title() -> None:
    fields = read(
        TITLE, "Saya, Sekar Contohwati, S.T., CPNS dengan NIP 199002152019032999",
        "dan NIK 3375995502900001, Penata Laksana Barang Terampil pada Badan",
        "Pengelolaan Aset Contoh, lupa passphrase.",
    ).fields  # fmt: skip
    assert (fields.name, fields.nip) == ("Sekar Contohwati, S.T.", "199002152019032999")


@pytest.mark.parametrize("named", ["dengan sidik jari SHA-256", "bernomor sidik jari"])
def test_a_number_may_stand_in_the_row_below_its_name(named: str) -> None:
    facts = read(TITLE, *WRITER, f"CSR dikirim lewat surel kelurahan {named}", KEY, "Atas perhatiannya terima kasih.")
    assert facts.fields.key_fingerprint == KEY


def test_a_number_is_kept_whose_label_was_lost() -> None:
    fields = read(TITLE, WRITER[0], "Ne 19900215.201903.2.999", "Na 3375995502900001", "Jabatan  : Pustakawan").fields
    assert (fields.nip, fields.nik) == ("19900215.201903.2.999", "3375995502900001")


def test_a_paper_that_is_all_letterhead_is_read() -> None:
    assert read("Kantor Contoh, telepon (0285) 421243, surel kantor@contoh.id").fields.name == ""


@pytest.mark.parametrize(
    "said",
    [
        "Frasa sandi (passphrase) sertifikat elektronik tidak saya ingat lagi. Saya meminta sertifikat itu dicabut. "
        "Saya memahami bahwa sertifikat yang telah dicabut tidak dapat dipulihkan.",
        "Sehubungan dengan terlupanya passphrase sertifikat elektronik saya, saya memohon pencabutan.",
    ],
)
def test_more_ways_to_say_that_it_is_forgotten(said: str) -> None:
    facts = read("SURAT PERNYATAAN", *WRITER, *said.split(". "))
    assert check_purpose(facts).verdict is Verdict.PASS
    assert roles(facts) == {"Sekar Contohwati, S.I.Pust.": "applicant"}


def test_a_certificate_that_was_revoked_is_no_request() -> None:
    facts = read("SURAT", *WRITER, "Passphrase saya lupa, dan sertifikat sudah dicabut. Mohon diketahui.")
    assert check_purpose(facts).verdict is not Verdict.PASS


def test_running_text_may_stand_at_the_left_as_well() -> None:
    (letter,) = read_all(HERE / "desks", ["e-born-13.pdf"])
    assert [(item.field, item.how) for item in letter.outcomes if item.how != "right"] == []


def test_the_superior_says_first_who_he_is() -> None:
    facts = read(
        "SURAT PERMOHONAN", "Yang bertanda tangan di bawah ini:", *HEAD, "Jabatan  : Camat Contoh",
        "selaku atasan langsung dari:", *WRITER, "Jabatan  : Pengadministrasi Perkantoran",
        "mengajukan pencabutan dan penerbitan ulang dengan alasan lupa passphrase.",
    )  # fmt: skip
    assert facts.fields.nip == "199002152019032999"
    assert roles(facts)["Drs. Umpama Besar, M.Si."] == "superior"


def test_a_row_of_the_fingerprint_is_no_serial() -> None:
    rows = (" ".join(KEY.split()[:4]), " ".join(KEY.split()[4:]))
    fields = read(TITLE, *WRITER, "Sidik jari SHA-256", *rows, "Saya lupa passphrase. Mohon dicabut.").fields
    assert not fields.serial


def test_a_position_may_name_its_subject() -> None:
    fields = read(TITLE, "Saya, Sekar Contohwati, S.Pd., Guru Ahli Pertama - Penjasorkes di SD Negeri Contoh 06,",
                  "NIP 199002152019032999, lupa passphrase.").fields  # fmt: skip
    assert fields.position == "Guru Ahli Pertama - Penjasorkes"


def test_a_name_may_be_signed_with_initials() -> None:
    facts = read(TITLE, "Nama  : Raden Mas Umpama Contohnegoro Andai, S.E.", WRITER[1], "lupa passphrase.",
                 "Pemohon,", "", "R.M. Umpama Contohnegoro A.")  # fmt: skip
    assert list(roles(facts)) == ["Raden Mas Umpama Contohnegoro Andai, S.E."]
