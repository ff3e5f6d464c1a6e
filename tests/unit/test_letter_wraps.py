"""Numbers that break anywhere, sentences that begin large, labels set apart: as offices' own papers have them."""

import pytest

from lockdesk.core.findings import Verdict
from lockdesk.desk.checks.letter.purpose import check_purpose
from lockdesk.reader.documents.scans import read_scanned
from tests.helpers.papers.typed_letters import HEAD, WRITER, read, roles, written

TITLE = "SURAT PERNYATAAN LUPA PASSPHRASE"
KEY = "53C7705B9A8E0FAD98D0CAA989F986A9A126592A85380A19457A9BB9BEA965F4"
COLONS = ":".join(KEY[n : n + 2] for n in range(0, 64, 2))


@pytest.mark.parametrize(
    "rows",
    [
        (f"Sidik jari CSR  : {KEY[:55]}", f"{KEY[55:]}"),
        (f"Sidik jari CSR  : {KEY[:54]} {KEY[54:]}",),
        (f"Sidik jari CSR  : {COLONS[:61]}", COLONS[61:]),
        ("CSR saya buat sendiri, dengan sidik jari kunci publik:", "", COLONS[:73], COLONS[73:]),
    ],
)
def test_a_fingerprint_is_whole_wherever_it_breaks(rows: tuple[str, ...]) -> None:
    fields = read(TITLE, *WRITER, *rows, "Demikian surat ini dibuat.").fields
    assert fields.key_fingerprint.replace(":", "").replace(" ", "").upper() == KEY
    assert not fields.serial


def test_rows_that_do_not_make_a_whole_key_are_not_put_together() -> None:
    facts = read(TITLE, *WRITER, f"Sidik jari CSR  : {KEY[:40]}", f"Nomor seri  : {KEY[:16]}")
    assert len(facts.fields.key_fingerprint) < 64 and facts.fields.serial == KEY[:16]


@pytest.mark.parametrize("opening", ["Berkenaan dengan itu, saya memohon", "Sehubungan dengan itu, saya mohon"])
def test_a_sentence_begins_with_no_name(opening: str) -> None:
    facts = read(
        TITLE, "Yang bertanda tangan di bawah ini saya, Sekar Contohwati, S.I.Pust., NIP 199002152019032999,",
        "lupa passphrase sertifikat elektronik.", "", f"{opening} agar sertifikat elektronik saya dicabut.",
        "Pekalongan, 14 Juli 2026", "Hormat saya,", "", "Sekar Contohwati, S.STP.,", "M.A.P.",
    )  # fmt: skip
    assert [person.role for person in facts.people] == ["applicant"]
    assert facts.fields.nip == "199002152019032999"


def test_a_kind_of_servant_is_no_name() -> None:
    facts = read(TITLE, "Saya Calon Pegawai Negeri Sipil dengan identitas:", *WRITER, "lupa passphrase.")
    assert roles(facts) == {"Sekar Contohwati, S.I.Pust.": "applicant"}


@pytest.mark.parametrize("name", ["I Gusti Ngurah Adi Contoh, S.Kom.", "Joni Pranata Contoh, S.Kom."])
def test_a_name_behind_its_label_is_whole(name: str) -> None:
    assert read(TITLE, f"Nama  : {name}", WRITER[1]).fields.name == name


def test_a_label_in_justified_text_is_one_label() -> None:
    facts = read(TITLE, *WRITER, "5. Unit Kerja  : Kelurahan Contoh Selatan")
    assert facts.fields.agency == "Kelurahan Contoh Selatan"


@pytest.mark.parametrize("label", ["Tempat bertugas", "Lokasi kerja", "Penempatan"])
def test_where_somebody_serves_is_the_unit(label: str) -> None:
    assert read(TITLE, *WRITER, f"{label}  : UPTD Puskesmas Contoh").fields.agency == "UPTD Puskesmas Contoh"


def test_numbers_that_the_writer_calls_his_own_are_his() -> None:
    fields = read(
        "Yang bertanda tangan di bawah ini saya Surya Contoh Panjaitan (NIP 199002152019031999),",
        "Pemeriksa Pajak Pertama pada BPKAD Kota Contoh, lupa passphrase sertifikat elektronik.", "",
        "NIK saya 3375991502900009, e-mail surya@contoh.go.id", "HP 081530941787.", "", "Hormat saya,",
        "", "Surya Contoh Panjaitan",
    ).fields  # fmt: skip
    assert (fields.nik, fields.phone) == ("3375991502900009", "081530941787")


def test_what_ocr_adds_beside_a_colon_or_a_sign_hides_nothing() -> None:
    page = written(
        "SURAT PERMOHONAN LUPA PASSPHRASE", "Kami yang bertanda tangan di bawah ini:", *HEAD,
        "selaku atasan langsung dari pegawai: 5", "Nama  : Joko Umpama, S.E.", "NIP  : 199002152019031999",
        "HP  : t6281530941787", "lupa passphrase sertifikat elektroniknya.",
    )  # fmt: skip
    facts = read_scanned((page,))
    assert facts.fields.nip == "199002152019031999" and facts.fields.phone == "+6281530941787"


COVER = (
    "Nomor : 005/211/KY/2026", "Perihal : Pengantar pernyataan lupa passphrase", "Kepada Yth. Kepala Dinas",
    "Bersama ini kami kirimkan surat pernyataan lupa passphrase atas nama Sekar Contohwati.", "Demikian.",
    "LURAH CONTOH", "Umpama Besar",
)  # fmt: skip
STATEMENT = ("SURAT PERNYATAAN", "Saya yang bertanda tangan di bawah ini:", *WRITER, "menyatakan lupa passphrase TTE.")


def test_a_statement_behind_its_covering_letter_is_one() -> None:
    assert check_purpose(read(*COVER)).verdict is Verdict.FAIL
    assert check_purpose(read(*COVER, *STATEMENT)).verdict is Verdict.PASS
    assert check_purpose(read(*COVER, "SURAT PERNYATAAN", "terlampir.")).verdict is Verdict.FAIL


@pytest.mark.parametrize(
    "sentence",
    [
        "pada saat ini yang bersangkutan lupa passphrase sertifikat elektroniknya",
        "saya tidak dapat mengingat kembali passphrase sertifikat elektronik saya",
        "passphrase yang saya buat ketika aktivasi pada tahun yang lalu itu tidak tercatat dan tidak saya ingat",
        "menyatakan hilang ingatan atas passphrase sertifikat elektronik",
        "menyatakan lupa passphrase TTE. Mohon TTE saya dihapus / dicabut dan dibuatkan lagi yang baru",
    ],
)
def test_that_it_is_forgotten_is_understood(sentence: str) -> None:
    facts = read("SURAT PERNYATAAN", *WRITER, "Telepon  : 0853 6212 188", f"Bahwa {sentence}.", "Mohon dicabut.")
    assert check_purpose(facts).verdict is Verdict.PASS


def test_what_may_happen_some_day_is_not_what_happened() -> None:
    facts = read("PANDUAN", *WRITER, "Pada saat pegawai lupa passphrase, mohon hubungi kami.")
    assert check_purpose(facts).verdict is not Verdict.PASS
