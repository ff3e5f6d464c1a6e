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


@pytest.mark.parametrize(
    "name", ["I Gusti Ngurah Adi Contoh, S.Kom.", "Joni Pranata Contoh, S.Kom.", "Wa Ode Contohwati, S.P."]
)
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


def test_a_caption_is_of_what_stands_over_it_or_of_nothing() -> None:
    fields = read(
        "PERNYATAAN", "Dengan ini saya", "Bagus Umpamanto", "(nama lengkap)", "198209092009011012", "(NIP)", "P. :",
        "(jabatan)", "Kecamatan Contoh Selatan", "(unit kerja)", "menyatakan lupa passphrase.",
    ).fields  # fmt: skip
    assert (fields.position, fields.agency) == ("", "Kecamatan Contoh Selatan")


@pytest.mark.parametrize("position", ["Pranata Hubungan Masyarakat Ahli", "Kepala Seksi Tata Usaha dan"])
def test_a_position_whose_last_row_is_lost_is_doubted(position: str) -> None:
    facts = read_scanned((written(TITLE, *WRITER, f"Jabatan  : {position}"),))
    assert not facts.fields.position and dict(facts.doubted)["position"] == position


@pytest.mark.parametrize(
    ("label", "field", "value"),
    [
        ("Nama dokter", "name", "dr. Made Contoh Saraswati, Sp.PK."),
        ("Nama bidan", "name", "Nurlaila Contoh Nisa', S.Si.T."),
        ("Nama", "name", "Slamet Contoh bin Rasimun"),
        ("Kantor", "agency", "Kelurahan Contoh"),
        ("Sekolah", "agency", "SD Negeri Contoh 04"),
        ("Puskesmas", "agency", "UPTD Puskesmas Contoh"),
        ("Dinas/Instansi", "agency", "Dinas Arsip Contoh"),
        ("Unit Pelaksana", "agency", "UPTD Contoh"),
        ("Gawai", "phone", "+62 878-6699-743"),
    ],
)
def test_labels_of_schools_clinics_and_villages(label: str, field: str, value: str) -> None:
    rows = (f"{label}  : {value}", *(WRITER[1:] if field == "name" else WRITER))
    assert getattr(read(TITLE, "Yang bertanda tangan di bawah ini:", *rows).fields, field) == value


def test_an_office_is_not_cut_by_its_own_first_word() -> None:
    assert read(TITLE, *WRITER, "bertugas pada", "Dinas  Penanaman Modal dan").fields.agency != "Penanaman Modal dan"


@pytest.mark.parametrize(
    ("first", "second"),
    [("Atasan:", "mendukung permintaan bawahan:"), ("Diteruskan oleh:", "permintaan dari penyuluh:")],
)
def test_whose_request_a_superior_passes_on_is_the_applicant(first: str, second: str) -> None:
    facts = read("SURAT DUKUNGAN", first, *HEAD, second, *WRITER, "lupa passphrase.")
    assert roles(facts) == {"Drs. Umpama Besar, M.Si.": "superior", "Sekar Contohwati, S.I.Pust.": "applicant"}


def test_a_place_before_a_date_is_nobody() -> None:
    facts = read(
        "LEMBAR PERMINTAAN", "Yang mengajukan:", *WRITER, "lupa passphrase.", "Pegawai Pekalongan, 12 Mei 2026"
    )
    assert facts.fields.name == "Sekar Contohwati, S.I.Pust." and len(facts.people) == 1


@pytest.mark.parametrize("position", ["Teknik Jalan dan Jembatan Ahli Muda", "Adyatama Kepariwisataan Ahli Muda"])
def test_a_position_is_known_by_its_grade(position: str) -> None:
    facts = read(TITLE, f"Saya Sekar Contohwati, S.I.Pust., {position}, NIP 199002152019032999, lupa passphrase.")
    assert facts.fields.position == position


def test_a_position_that_somebody_holds_is_his() -> None:
    text = "Auditor bernama Sekar Contohwati, S.H. dengan NIP 199002152019032999, menjabat Auditor Ahli Muda, lupa"
    assert read(TITLE, text, "passphrase.").fields.position == "Auditor Ahli Muda"


@pytest.mark.parametrize(
    "sentence",
    [
        "TTE saya tidak terpakai lantaran lupa passphrase; saya mengharapkan TTE baru",
        "pemohon tidak sanggup lagi mengingat passphrase dan menghendaki pencabutan",
        "passphrase telah dilupakan, maka kami mengusulkan pencabutan",
        "ingatan saya akan passphrase sudah hilang. Silakan sertifikat ini dicabut",
        "saya lupa passphrase maka mohon sertifikat lama dinonaktifkan (dicabut)",
        "pelayanan loket terkendala karena passphrase TTE saya lupa. Saya minta TTE dicabut",
    ],
)
def test_that_it_is_forgotten_is_understood_in_other_words(sentence: str) -> None:
    assert check_purpose(read("PERMINTAAN PEGAWAI", *WRITER, f"Bahwa {sentence}.")).verdict is Verdict.PASS


@pytest.mark.parametrize(
    "sentence", ["bukan karena lupa passphrase", "tidak lupa passphrase", "agar tidak lupa passphrase"]
)
def test_what_is_denied_stays_denied(sentence: str) -> None:
    facts = read("PERMINTAAN PEGAWAI", *WRITER, f"Saya mohon pencabutan {sentence}.")
    assert check_purpose(facts).verdict is not Verdict.PASS


def test_the_services_of_a_form_may_be_called_by_what_happened() -> None:
    rows = ("☐ Sertifikat pertama kali", "☑ Lupa passphrase: pencabutan", "☐ Sertifikat kedaluwarsa")
    assert check_purpose(read("PERMOHONAN PELAYANAN", *rows, *WRITER)).verdict is Verdict.PASS
    ticked = ("☑ Sertifikat pertama kali", "☐ Lupa passphrase: pencabutan", "☐ Sertifikat kedaluwarsa")
    assert check_purpose(read("PERMOHONAN PELAYANAN", *ticked, *WRITER)).verdict is Verdict.FAIL


def test_the_head_to_whom_a_letter_goes_is_not_its_writer() -> None:
    facts = read(
        "Yang terhormat", "Kepala Dinas Contoh", "di Tempat", "Dengan hormat,", "Bersama surat ini saya:", *WRITER,
        "memohon pencabutan karena lupa passphrase.",
    )  # fmt: skip
    assert roles(facts) == {"Sekar Contohwati, S.I.Pust.": "applicant"}


def test_of_whom_a_head_states_something_is_the_applicant() -> None:
    facts = read(
        "SURAT PERNYATAAN", "Yang bertanda tangan di bawah ini Kepala SD Negeri Contoh", *HEAD,
        "menyatakan bahwa guru kami", *WRITER, "telah lupa passphrase TTE miliknya.",
    )  # fmt: skip
    assert facts.fields.name == "Sekar Contohwati, S.I.Pust."


def test_a_value_ends_where_the_other_column_s_sentence_begins() -> None:
    fields = read(
        TITLE, *WRITER, "Jabatan: Psikolog Klinis Ahli Pertama ulang.", "Instansi: RSUD Contoh Saya tidak pernah lupa",
    ).fields  # fmt: skip
    assert (fields.position, fields.agency) == ("Psikolog Klinis Ahli Pertama", "RSUD Contoh")


def test_a_serial_does_not_go_on_in_the_row_of_another_label() -> None:
    serial, rest = "326B-63F2-6D55-F6AD-7CCE-4979", "6f96a38196cd5776 5536942fffaee70b 109c761c6ac56f67"
    fields = read(TITLE, *WRITER, f"Nomor seri / Serial no  : {serial}", f"Tanda milik kunci xxxxx  : {rest}").fields
    assert fields.serial == serial


def test_a_certificate_that_has_not_expired_is_no_renewal() -> None:
    words = "Saya lupa passphrase. Sertifikatnya belum kedaluwarsa. Saya mengajukan pencabutan dan penerbitan baru."
    assert check_purpose(read("SURAT PERMOHONAN", *WRITER, words)).verdict is Verdict.PASS
