"""What many secretaries write: who forgot and how it is said, labels over two rows, officials, cells of two values."""

import re
from collections.abc import Sequence
from dataclasses import replace

import pytest

from lockdesk.core.findings import Verdict
from lockdesk.desk.checks.letter.purpose import check_purpose
from lockdesk.desk.values.facts import HiddenText, StatementFacts, StatementFields, StatementProblem, Word
from lockdesk.reader.documents.scans import hidden_text, read_scanned
from lockdesk.reader.letter.reading import read_letter
from tests.helpers.papers.typed_letters import HEAD, WRITER, read, roles, written

TITLE = "SURAT PERNYATAAN LUPA PASSPHRASE"
NUMBER = "199002152019032999"
ASKED = "Mohon sertifikat elektronik saya dicabut dan diterbitkan sertifikat baru."


@pytest.mark.parametrize(
    "said",
    [
        f"Sejak pulang cuti saya selalu salah memasukkan passphrase. {ASKED}",
        f"Passphrase TTE tidak kunjung cocok. Saya yakin telah melupakannya. {ASKED}",
        f"Passphrase yang saya masukkan ditolak terus. Saya sudah tidak ingat yang benar. {ASKED}",
        f"Passphrase sertifikat itu luput dari ingatan saya. {ASKED}",
        f"Pejabat kami kehilangan ingatan akan passphrase. {ASKED}",
        "Sebabnya passphrase terlupa. Kami berharap sertifikat elektronik itu dicabut.",
        "Masalah: passphrase tidak diingat. Yang diminta: sertifikat dicabut dan diterbitkan yang baru.",
        "Dengan hormat kami mohonkan layanan lupa passphrase bagi pegawai kami. Layanan itu pencabutan.",
        "Saya melapor bahwa passphrase TTE saya terlupa. Harapan saya TTE itu ditutup dengan pencabutan.",
        "Passphrase TTE telah saya lupakan. Saya mohon sertifikat dinonaktifkan lewat pencabutan dan diterbitkan "
        "sertifikat elektronik baru.",
        "Frasa sandi telah saya lupakan. Saya minta sertifikat dihapuskan keberlakuannya, lalu diberi sertifikat baru.",
        "Awalnya saya kira cukup mengganti kata sandi aplikasi, ternyata yang terlupa adalah passphrase sertifikat. "
        + ASKED,
        "Sampai saat nota ini dibuat, pegawai berikut belum ingat kembali passphrase-nya. " + ASKED,
        "Saya menyatakan alpa akan passphrase sertifikat elektronik saya. " + ASKED,
        "Data pemilik sertifikat yang lupa passphrase. Keinginan pemilik: sertifikatnya dicabut dan diterbitkan ulang.",
        "Pegawai kami telah melupakan passphrase sertifikatnya, karenanya dimohonkan pencabutan.",
        "Pejabat kami lupa passphrase sertifikat elektroniknya. Diusulkan sertifikat dicabut dan diterbitkan kembali.",
        "Passphrase-nya sudah tidak saya ketahui karena lupa. " + ASKED,
        "Saya lupa passphrase. Berikut keterangan untuk mencabut dan menerbitkan ulang sertifikat saya.",
        "Saya telah lalai mengingat passphrase. " + ASKED,
        "Saya tidak hafal lagi passphrase TTE itu. " + ASKED,
        "Passphrase tersebut tidak saya ketahui lagi. " + ASKED,
        "Saya lupa PIN/passphrase sertifikat elektronik. " + ASKED,
        "Pegawai di atas melapor kepada kami bahwa ia lupa passphrase. Kami ajukan supaya sertifikatnya dicabut.",
        "Permohonan ini saya ajukan lantaran ketika hendak dipakai passphrase-nya sudah tidak saya ingat. " + ASKED,
        "Passphrase untuk tanda tangan elektronik (TTE) atas nama saya di kantor ini sudah saya lupakan. " + ASKED,
        f"Bersama surat ini kami teruskan pernyataan: “Saya menyatakan passphrase saya terlupa. {ASKED}”",
    ],
)
def test_it_is_this_service_however_it_is_said(said: str) -> None:
    facts = read("SURAT PERMOHONAN", *WRITER, *re.split(r"(?<=[.:]) (?=[A-Z“])", said))
    assert check_purpose(facts).verdict is Verdict.PASS


def test_a_report_that_is_a_request_too_is_one() -> None:
    rows = (*WRITER, "Masalah: Passphrase tidak diingat", "Yang diminta: sertifikat lama dicabut, terbitkan yang baru")
    assert check_purpose(read("LAPORAN DAN PERMOHONAN PEMILIK TTE", *rows)).verdict is Verdict.PASS
    assert check_purpose(read("LAPORAN KEGIATAN", *rows)).verdict is Verdict.FAIL


@pytest.mark.parametrize(
    "said",
    [
        "Passphrase adalah rahasia. Apabila lupa, pegawai dapat memohon pencabutan sertifikat.",
        "Saya tidak lupa passphrase. Mohon sertifikat dinonaktifkan karena saya pensiun.",
        "Kami mohon akun dan sertifikat pegawai yang pensiun dihapus.",
        "Bersama ini kami teruskan surat pernyataan pegawai kami yang lupa passphrase. Mohon diproses.",
        "Saya mohon kata sandi aplikasi diganti. Passphrase saya tidak lupa.",
    ],
)
def test_words_of_it_alone_do_not_make_a_request(said: str) -> None:
    facts = read("SURAT PERMOHONAN", *WRITER, *re.split(r"(?<=[.:]) (?=[A-Z“])", said))
    assert check_purpose(facts).verdict is not Verdict.PASS


def test_a_cover_that_is_a_statement_too_is_one() -> None:
    rows = (*WRITER, "Pegawai tersebut lupa passphrase. Dimohon sertifikat elektroniknya dicabut.")
    assert check_purpose(read("SURAT PENGANTAR DAN PERNYATAAN", *rows)).verdict is Verdict.PASS
    assert check_purpose(read("SURAT PENGANTAR", *rows)).verdict is Verdict.FAIL


def test_a_profession_behind_the_titles_belongs_to_the_name() -> None:
    rows = ("Nama  : R. Bambang Umpama, S.Psi., M.Psi., Psikolog", WRITER[1], "Jabatan  : Asesor Ahli Muda")
    fields = read(TITLE, *rows).fields
    assert (fields.name, fields.position) == ("R. Bambang Umpama, S.Psi., M.Psi., Psikolog", "Asesor Ahli Muda")


def test_labels_that_go_on_in_the_next_row_part_nobody() -> None:
    left, right = 0.1, 0.4
    rows = [
        ("Nama lengkap dan", ": Sekar Contohwati, S.I.Pust."), ("gelar", ""), ("Nomor Induk", f": {NUMBER}"),
        ("Pegawai", ""), ("No. KTP", ": 3375995502900001"), ("Jabatan", ": Pustakawan Ahli Muda"),
    ]  # fmt: skip
    words = _placed([["SURAT PERNYATAAN"], ["Yang membuat pernyataan ini adalah:"], *rows], left, right)
    letter = read_letter(words)
    fields = letter.fields
    assert (fields.name, fields.nip, fields.nik) == ("Sekar Contohwati, S.I.Pust.", NUMBER, "3375995502900001")
    assert fields.position == "Pustakawan Ahli Muda" and len(letter.people) == 1


def _placed(rows: Sequence[Sequence[str]], left: float, right: float) -> list[Word]:
    words = []
    for number, row in enumerate(rows):
        for column, piece in zip((left, right), row, strict=False):
            words += _row(piece, column, number)
    return words


@pytest.mark.parametrize(
    ("row", "field", "value"),
    [
        ("Posisi/jabatan  Pengelola Barang Milik Daerah", "position", "Pengelola Barang Milik Daerah"),
        ("Alamat kerja  : Kelurahan Contoh", "agency", "Kelurahan Contoh"),
        ("Alamat kerja  : Jalan Contoh Nomor 7", "agency", ""),
        ("Instalasi/instansi  : RSUD Contoh", "agency", "RSUD Contoh"),
        ("Kelurahan  : Kelurahan Contoh", "agency", "Kelurahan Contoh"),
        ("Kelurahan  : Bendan Kergon", "agency", ""),
        ("Bidang  : Bidang Pemadam Contoh", "agency", "Bidang Pemadam Contoh"),
        ("Telepon  : (0285) 421990 ext. 14", "phone", "(0285) 421990 ext. 14"),
        ("SHA-256 kunci pengganti  : " + "ab12" * 16, "key_fingerprint", "ab12" * 16),
        ("Sidik jari CSR (SHA-  : " + "ab12" * 16, "key_fingerprint", "ab12" * 16),
        ("Unit kerja  : Dinas Contoh (Example Office)", "agency", "Dinas Contoh (Example Office)"),
        ("Kesatuan  : Satpol Contoh", "agency", "Satpol Contoh"),
        ("Bidang/UPTD  : UPTD Contoh", "agency", "UPTD Contoh"),
        ("Work unit / Unit kerja  UPTD Contoh", "agency", "UPTD Contoh"),
        ("Mobile / Nomor HP  0812 3456 7890", "phone", "0812 3456 7890"),
        ("Jabatannya  : Pustakawan", "position", "Pustakawan"),
        ("Nomor HP-nya  : 0812 3456 7890", "phone", "0812 3456 7890"),
        ("Tempat bekerja: UPTD Contoh. Sertifikat lama mohon dicabut", "agency", "UPTD Contoh"),
        ("Rumah sakit  : RSUD Contoh", "agency", "RSUD Contoh"),
        ("Berdinas di  : Dinas Contoh", "agency", "Dinas Contoh"),
        ("Nomor yang bisa dihubungi  : 0812 3456 7890", "phone", "0812 3456 7890"),
        ("Kotak surat dinas  : sekar@contoh.go.id", "email", "sekar@contoh.go.id"),
        ("SN  : 3AA70184DD194BDC", "serial", "3AA70184DD194BDC"),
        ("Kunci publik (SHA-256)  : " + "ab12" * 16, "key_fingerprint", "ab12" * 16),
        ("Hash kunci publik  : " + "ab12" * 16, "key_fingerprint", "ab12" * 16),
        ("Jabatan  : CPNS", "position", ""),
        ("Tertanggal  : 12 Juni 2026", "letter_date", "12 Juni 2026"),
        ("1. Nomor seri yang diminta dicabut: 3AA70184DD194BDC", "serial", "3AA70184DD194BDC"),
    ],
)
def test_what_a_field_may_be_called(row: str, field: str, value: str) -> None:
    assert getattr(read(TITLE, *WRITER, row, "lupa passphrase.").fields, field) == value


@pytest.mark.parametrize("name", ["Drs. Suwito", "Lim Mei Hwa, S.E., Ak.", "Ir. Andi"])
def test_short_names_and_those_with_a_months_name_are_names(name: str) -> None:
    row = f"Dengan hormat, perkenankan saya {name}, NIP {NUMBER}, Sekretaris Kecamatan pada Kecamatan Contoh, lapor."
    fields = read("PERMOHONAN", row).fields
    assert (fields.name, fields.nip, fields.agency) == (name, NUMBER, "Kecamatan Contoh")


def test_a_position_in_a_sentence_may_have_an_and_in_it() -> None:
    said = f"pegawai atas nama Asep Umpama, S.IP. (NIP {NUMBER}), jabatan Kepala Subbagian Umum dan Kepegawaian"
    assert read("PERMOHONAN", f"{said} di lingkungan Dinas Contoh.").fields.position == (
        "Kepala Subbagian Umum dan Kepegawaian"
    )


def test_an_office_goes_on_behind_a_comma_though_it_begins_like_a_label() -> None:
    words = _placed(
        [("Unit kerja", ": Bidang Contoh,"), ("", "Dinas Lingkungan Contoh"), ("HP", ": 0812 3456 7890")], 0.1, 0.4
    )
    first = next(word for word in words if word.text == "Bidang")
    moved = [
        replace(w, left=first.left, right=first.left + w.right - w.left) if w.text == "Dinas" else w for w in words
    ]
    fields = read_letter(
        [*_row("SURAT PERNYATAAN", 0.1, -3), *_row(WRITER[0], 0.1, -2), *_row(WRITER[1], 0.1, -1), *moved]
    )
    assert fields.fields.agency == "Bidang Contoh, Dinas Lingkungan Contoh"


def test_a_title_is_no_part_of_the_office_above_it() -> None:
    rows = ("OPD : DINAS CONTOH KOTA", "LAPORAN LUPA PASSPHRASE", *WRITER, "lupa passphrase.")
    placed = [word for n, row in enumerate(rows) for word in _row(row, 0.165 if n == 1 else 0.1, n)]
    assert read_letter(placed).fields.agency == "DINAS CONTOH KOTA"


def test_a_statement_may_follow_its_covering_letter_on_one_page() -> None:
    facts = read(
        "Hal : Pengantar permohonan", "Bersama ini kami hadapkan berkas pernyataan tenaga kesehatan kami.",
        "Mohon bantuan pencabutan.", "Terima kasih.", "Direktur Contoh", "dr. Umpama Besar", "NIP 196805121994031004",
        "Lembar pernyataan",
        "Saya :", *WRITER, "tidak ingat lagi passphrase sertifikat di atas, karena itu meminta pencabutan.",
    )  # fmt: skip
    assert check_purpose(facts).verdict is Verdict.PASS


@pytest.mark.parametrize("said", ["Saya yang mengajukan surat ini adalah", "Surat ini dibuat oleh"])
def test_a_name_in_the_middle_of_a_sentence_is_known_by_its_number(said: str) -> None:
    row = f"{said} Prof. Dr. Ir. Umpama Prawirodirjo, M.Sc., Ph.D. (NIP {NUMBER}), Staf Ahli Wali Kota"
    fields = read("PERMOHONAN", f"{row} pada Sekretariat Daerah Contoh, lupa passphrase.").fields
    assert (fields.nip, fields.position, fields.agency) == (NUMBER, "Staf Ahli Wali Kota", "Sekretariat Daerah Contoh")


@pytest.mark.parametrize(
    "label",
    ["Nama sesuai KTP", "Nama CPNS", "Pemegang sertifikat", "Nama pelapor", "Nama tenaga kesehatan", "Yang mengajukan"],
)
def test_a_name_may_be_asked_for_in_other_words(label: str) -> None:
    fields = read("PERMOHONAN", f"{label}  : Umpama Andaikan", WRITER[1], "lupa passphrase.").fields
    assert (fields.name, fields.nip) == ("Umpama Andaikan", NUMBER)


def test_a_number_may_stand_below_a_sentence_that_says_so() -> None:
    rows = ("Hash kunci publik CSR (SHA-256) tercantum di bawah ini.", "ab12" * 16, "Terima kasih.")
    assert read(TITLE, *WRITER, *rows).fields.key_fingerprint == "ab12" * 16


def test_a_serial_takes_no_row_of_a_fingerprint() -> None:
    rows = (
        "Serial number  580E6C4A583A3BC3",
        "Fingerprint CSR  " + " ".join(["76b33568"] * 6),
        " ".join(["aad1cd55"] * 2),
    )
    fields = read(TITLE, *WRITER, *rows).fields
    assert fields.serial == "580E6C4A583A3BC3"


def test_the_day_may_stand_before_the_place() -> None:
    said = "Isi tabel di atas dibuat sesuai keadaan sebenarnya pada 31 Agustus 2026 di Pekalongan."
    assert read(TITLE, *WRITER, said).fields.letter_date == "31 Agustus 2026"


def test_who_says_that_he_is_the_superior_is_no_applicant() -> None:
    facts = read(
        "SURAT PERSETUJUAN ATASAN", "Saya selaku atasan:", *HEAD, "menyetujui pengajuan bawahan saya:", *WRITER,
        "yang minta dicabut sertifikatnya lantaran passphrase terlupakan.",
    )  # fmt: skip
    assert facts.fields.nip == NUMBER and roles(facts)["Drs. Umpama Besar, M.Si."] == "superior"


def test_a_number_whose_label_is_torn_parts_nobody() -> None:
    fields = read(
        "PERNYATAAN", WRITER[0], "NP  19900215 201903 2 999", "Jabatan  : Pustakawan", "lupa passphrase"
    ).fields
    assert (fields.name, fields.nip, fields.position) == (
        "Sekar Contohwati, S.I.Pust.", "19900215 201903 2 999", "Pustakawan",
    )  # fmt: skip


def test_a_sentence_that_ends_with_a_labels_word_has_no_value_below() -> None:
    fields = read(
        "Kami laporkan identitas kepala sekolah:", *WRITER, "Jabatan  : Kepala Sekolah", "lupa passphrase"
    ).fields
    assert (fields.name, fields.agency) == ("Sekar Contohwati, S.I.Pust.", "")


@pytest.mark.parametrize("beside", ["lagi untuk menandatangani.", "– Dokumen lama tetap sah."])
def test_notes_in_another_column_are_no_part_of_a_value(beside: str) -> None:
    row = f"Unit kerja : Sekretariat Contoh    {beside}"
    assert read(TITLE, *WRITER, row).fields.agency == "Sekretariat Contoh"


def test_an_office_that_sends_a_memo_is_nobody() -> None:
    facts = read("Dari  : Perpustakaan Contoh", "Pokok surat  : lupa passphrase", *WRITER)
    assert roles(facts) == {"Sekar Contohwati, S.I.Pust.": "applicant"}


def test_a_value_goes_on_under_its_label_where_its_line_was_full() -> None:
    full = "Unit kerja : Dinas Kependudukan dan Pencatatan"
    assert _close(*WRITER, full, "Sipil").agency == "Dinas Kependudukan dan Pencatatan Sipil"
    short = (*WRITER, "Unit kerja : Dinas Contoh", "Sipil", full.replace("Unit", "Nomor"))
    assert _close(*short).agency == "Dinas Contoh"


def test_a_block_without_labels_is_read_from_its_number_on() -> None:
    fields = _close(
        "Berikut permohonan staf kami, yaitu pemohon:", "Sekar Contohwati, S.Pd.", f"NIP. {NUMBER}", "Guru Ahli Muda",
        "SD Negeri Contoh 04", "yang memohon sertifikatnya dicabut akibat lupa passphrase.",
    )  # fmt: skip
    assert (fields.name, fields.position, fields.agency) == (
        "Sekar Contohwati, S.Pd.", "Guru Ahli Muda", "SD Negeri Contoh 04",
    )  # fmt: skip


@pytest.mark.parametrize("name", ["I Gede Umpama", "I Made Contoh, S.Kom."])
def test_the_i_of_a_balinese_name_is_no_stroke(name: str) -> None:
    assert read_scanned((written("SURAT PERNYATAAN", f"Nama  : {name}", WRITER[1]),)).fields.name == name


def test_what_a_stamp_left_before_the_place_takes_no_date_away() -> None:
    page = written("SURAT PERNYATAAN", *WRITER, "lupa passphrase.", "TA -Pekalongan, 9 Februari 2026", "Pemohon,")
    assert read_scanned((page,)).fields.letter_date == "9 Februari 2026"


def test_a_letter_among_the_figures_of_an_office_is_doubted() -> None:
    letter = read_scanned((written("SURAT PERNYATAAN", *WRITER, "Unit kerja  : SD Negeri Klego O1"),))
    assert not letter.fields.agency and dict(letter.doubted)["agency"] == "SD Negeri Klego O1"


def test_who_says_i_behind_a_label_is_the_applicant() -> None:
    fields = read(TITLE, "Saya  : Sekar Contohwati", WRITER[1], "Saya lupa passphrase-nya. " + ASKED).fields
    assert (fields.name, fields.nip) == ("Sekar Contohwati", NUMBER)


def test_the_number_of_the_next_item_is_no_part_of_a_serial() -> None:
    rows = ("Nomor seri yang dicabut ialah 3AA7-0184-DD19-4BDC-1178-E100-EDFF-1ABC", "2. Sidik jari menyusul")
    assert read(TITLE, *WRITER, *rows).fields.serial == "3AA7-0184-DD19-4BDC-1178-E100-EDFF-1ABC"


def test_an_official_of_whom_a_superior_writes_is_the_applicant() -> None:
    facts = read(
        "SURAT KETERANGAN", "Kepala Bidang Contoh, Umpama Besar, S.E., menerangkan pejabat di bawah ini lupa",
        "passphrase sertifikat elektronik.", "Nama Pejabat  : Sekar Contohwati, S.I.Pust.", WRITER[1],
        "Jabatan  : Kepala Subbidang Contoh", "Untuk itu dimohonkan pencabutan sertifikatnya.",
    )  # fmt: skip
    assert (facts.fields.name, facts.fields.nip) == ("Sekar Contohwati, S.I.Pust.", NUMBER)


def test_for_an_official_is_about_him() -> None:
    facts = read(
        "Yang bertanda tangan di bawah ini:", *HEAD,
        "dengan ini mengajukan permohonan pencabutan sertifikat elektronik untuk pejabat:", *WRITER,
        "Jabatan  : Kepala Bidang Contoh", "yang lupa passphrase.",
    )  # fmt: skip
    assert facts.fields.nip == NUMBER and roles(facts)["Drs. Umpama Besar, M.Si."] == "superior"


@pytest.mark.parametrize(
    "said",
    [
        f"Staf kami Sekar Contohwati dengan NIP {NUMBER}, Pengelola Kepegawaian pada Sekretariat DPRD Contoh.",
        f"Yang bertanda tangan pada akhir surat ini Sekar Contohwati, S.Kom., NIP {NUMBER}, Pengelola Kepegawaian "
        "di Sekretariat DPRD Contoh, menyatakan lupa passphrase.",
        f"Telah lapor pegawai atas nama Sekar Contohwati, S.Sos. (NIP {NUMBER}), Pengelola Kepegawaian, "
        "Sekretariat DPRD Contoh, bahwa passphrase terlupa.",
        f"Dari  Sekar Contohwati, S.I.Kom.\nPengirim memo ini ber-NIP {NUMBER}, menjabat Pengelola Kepegawaian "
        "di Sekretariat DPRD Contoh. Passphrase pengirim terlupa.",
    ],
)
def test_sentences_name_person_position_and_office(said: str) -> None:
    fields = read("SURAT PERMOHONAN", *said.split("\n")).fields
    assert fields.name.startswith("Sekar Contohwati") and fields.nip == NUMBER
    assert (fields.position, fields.agency) == ("Pengelola Kepegawaian", "Sekretariat DPRD Contoh")


def test_where_somebody_works_may_be_said_before_the_name() -> None:
    rows = (
        "Saya perawat di Puskesmas Contoh. Nama saya Sri Umpama, S.Kep., NIP 197607071998032004.",
        "lupa passphrase.",
    )
    assert read("PERMOHONAN", *rows).fields.agency == "Puskesmas Contoh"


def test_a_justified_sentence_under_a_right_hand_column_is_one() -> None:
    """The words behind a blank that happens to stand where the address began are no column."""
    words = []
    head = [("Nomor : 042", "Pekalongan, 14 April"), ("Lampiran : 1", "Kepada Yth."), ("Hal : Pencabutan", "Kepala"),
            ("", "Dinas Contoh"), ("", "di Pekalongan")]  # fmt: skip
    for number, (one, other) in enumerate(head):
        words += _row(one, 0.1, number) + _row(other, 0.565, number)
    body = [
        (f"Bersama ini saya, Sekar Contohwati, NIP {NUMBER[:8]}", 0.1, f"{NUMBER[8:]}, jabatan"),
        ("passphrase sertifikat elektronik atas nama", 0.1, "saya tidak dapat saya ingat lagi"),
        ("dan saya mohon sertifikat saya", 0.1, "dicabut serta diterbitkan lagi"),
        ("berdasarkan berkas yang saya", 0.1, "kirimkan bersama surat ini juga"),
    ]
    for number, (one, left, other) in enumerate(body, len(head) + 1):
        first = _row(one, left, number)
        wide = number == len(head) + len(body)
        words += first + _row(other, 0.565 if wide else first[-1].right + 0.006, number)
    letter = read_letter(words)
    assert "elektronik atas nama saya tidak dapat saya ingat lagi" in letter.text.replace("\n", " ")


def _close(*rows: str) -> StatementFields:
    """Rows as close as those of one text."""
    return read_letter([word for number, row in enumerate(rows) for word in _row(row, 0.1, number)]).fields


def _row(text: str, left: float, number: int) -> list[Word]:
    words = []
    for piece in text.split():
        top = 0.1 + 0.02 * number
        words.append(Word(0, piece, left, top, left + 0.0088 * len(piece), top + 0.012, 100.0))
        left += 0.0088 * len(piece) + 0.005
    return words


@pytest.mark.parametrize("figures", ["081222333444", "20261123", "3375991502900002", "199002152019032999"])
def test_figures_alone_are_never_surely_a_fingerprint(figures: str) -> None:
    letter = read_letter(list(written(*HEAD, *WRITER, f"Sidik jari kunci : {figures}", ASKED).words))
    assert letter.fields.key_fingerprint == "" and ("key_fingerprint", figures) in letter.doubted


def scanned_over(*rows: str) -> tuple[bool, set[str]]:
    """What the hidden words are against the painted letter: alike, and where they differ."""
    page = replace(written(TITLE, *WRITER, ASKED), hidden=written(TITLE, *rows, ASKED).words)
    found = hidden_text((page,), read_scanned((page,)))
    assert found is not None
    return found.alike, set(found.differing)


def test_the_same_wording_about_somebody_else_is_another_letter() -> None:
    assert scanned_over(*WRITER) == (True, set())
    assert scanned_over("Nama  : Budi Andaikan", "NIP  : 198501012010011999") == (False, {"name", "nip"})
    assert scanned_over("Nama  : Sekat Contohwati", "NIP  : 199002152019032991") == (True, {"name", "nip"})


def hidden_alone(*rows: str) -> HiddenText:
    page = replace(written(TITLE, *WRITER, ASKED), hidden=written(*rows).words)
    found = hidden_text((page,), read_scanned((page,)))
    assert found is not None
    return found


def test_what_only_the_hidden_words_say_is_told() -> None:
    assert scanned_over(*WRITER, "Nomor seri sertifikat : 5a1b2c3d4e5f60718293a4b5") == (True, {"serial"})
    assert not hidden_alone("199107072015031002").alike
    watermark = hidden_alone("SALINAN SESUAI ASLINYA")
    assert (watermark.alike, watermark.besides) == (True, "SALINAN SESUAI ASLINYA")


@pytest.mark.parametrize(
    ("field", "rows"),
    [
        ("key_fingerprint", (f"Sidik jari kunci : {'ab' * 32}", f"Sidik jari kunci : {'cd' * 32}")),
        ("letter_date", ("Tanggal surat : 1 November 2026", "Tanggal surat : 9 November 2026")),
        ("letter_number", ("Nomor surat : 800/12/2026", "Nomor surat : 800/13/2026")),
        ("letter_number", ("Nomor surat : Jalan Mataram 1/2",)),
        ("nik", ("NIK : 3375995502900001", "No. KTP : 3375995502900002")),
    ],
)
def test_two_values_under_one_label_are_both_in_doubt(field: str, rows: tuple[str, ...]) -> None:
    whole = ("Yang bertanda tangan di bawah ini:", *WRITER, *rows, ASKED)
    letter = read_letter(list(written(*whole).words))
    assert getattr(letter.fields, field) == "" and field in dict(letter.doubted)
    assert letter.fields.nip == "199002152019032999"


@pytest.mark.parametrize("date", ["23/11/2026", "23 November 2026"])
def test_a_date_glued_to_its_place_is_read(date: str) -> None:
    letter = read_letter(
        list(written("Yang bertanda tangan di bawah ini:", *WRITER, ASKED, f"Pekalongan,{date}").words)
    )
    assert letter.fields.letter_date == date


@pytest.mark.parametrize("said", ["Pengelola Kepegawaian d.", "Perencana Ahli 200901 2 017 Muda"])
def test_what_ocr_took_into_a_position_leaves_it_in_doubt(said: str) -> None:
    rows = ("Yang bertanda tangan di bawah ini:", *WRITER, f"Jabatan  : {said}", ASKED)
    letter = read_letter(list(written(*rows).words), ocr=True)
    assert letter.fields.position == "" and dict(letter.doubted)["position"] == said


def test_a_recommendation_is_for_whom_its_short_line_leads_to() -> None:
    rows = ("Yang bertanda tangan di bawah ini:", *HEAD, "merekomendasikan pegawai:", *WRITER, ASKED)
    facts = read(*rows)
    assert facts.fields.nip == "199002152019032999"


ADDRESSED = {
    "in the opening": (
        "Yth. Ibu Rini Astuti, S.T. (NIP 198801012010012001)", "Mohon bantuan reset passphrase TTE saya karena lupa.",
        "ttd", "Sekar Ayu Wulandari", "NIP 199002152019032999",
    ),
    "under the opening": (
        "Kepada Yth.", "Bapak Joko Susilo, S.Kom", "di tempat", "Yang bertanda tangan di bawah ini:",
        "Nama : Sekar Ayu Wulandari", "NIP : 199002152019032999", ASKED,
    ),
    "in a memorandum": (
        "NOTA DINAS", "Kepada : Joko Susilo, S.Kom", "NIP : 198501012010011997", "Dari : Sekar Ayu Wulandari",
        "NIP : 199002152019032999", "Perihal : Lupa passphrase", ASKED,
    ),
}  # fmt: skip


@pytest.mark.parametrize("where", ADDRESSED)
def test_whom_a_letter_is_sent_to_is_nobody_in_it(where: str) -> None:
    facts = read(*ADDRESSED[where])
    assert (facts.fields.name, facts.fields.nip) == ("Sekar Ayu Wulandari", "199002152019032999")
    assert {person.fields.name for person in facts.people} == {"Sekar Ayu Wulandari"}


@pytest.mark.parametrize("label", ["Email atasan", "Email operator", "Email admin OPD", "Surel bendahara"])
def test_somebody_elses_address_is_not_the_applicants(label: str) -> None:
    rows = ("Yang bertanda tangan di bawah ini:", *WRITER, f"{label} : lain@contoh.go.id", ASKED)
    letter = read_letter(list(written(*rows).words))
    assert letter.fields.email == "" and "email" not in dict(letter.doubted)
    assert letter.fields.nip == "199002152019032999"


@pytest.mark.parametrize(
    ("field", "rows"),
    [
        ("phone", ("No. HP lama : 081100000001", "No. HP baru : 081200000002")),
        ("email", ("Email lama : a@contoh.go.id", "Email : b@contoh.go.id")),
        ("email", ("Email pribadi : a@surel.co.id", "Email dinas : b@contoh.go.id")),
    ],
)
def test_of_two_addresses_none_is_certain(field: str, rows: tuple[str, ...]) -> None:
    whole = ("Yang bertanda tangan di bawah ini:", *WRITER, *rows, ASKED)
    letter = read_letter(list(written(*whole).words))
    assert getattr(letter.fields, field) == "" and field in dict(letter.doubted)


STRIKE = "\u0336"
ASKING = "SURAT PERMOHONAN\nSaya lupa passphrase sertifikat elektronik dan mohon dicabut dan diterbitkan ulang.\n"


def struck(words: str) -> str:
    return " ".join(word + STRIKE for word in words.split())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (ASKING + "Layanan : Baru / Perpanjangan / Reset passphrase *) coret yang tidak perlu", Verdict.UNKNOWN),
        (ASKING + "pendaftaran / pembaharuan / reset passphrase *", Verdict.UNKNOWN),
        (ASKING + "Jenis: Baru/Reset Passphrase/Hapus (coret salah satu)", Verdict.UNKNOWN),
        (ASKING + f"{struck('Lupa passphrase')} / Pencabutan *)", Verdict.UNKNOWN),
        (ASKING + f"{struck('Baru')} / {struck('Reset Passphrase')} / Hapus *)", Verdict.UNKNOWN),
        (ASKING + f"{struck('Baru')} / Reset Passphrase / {struck('Hapus')} *)", Verdict.PASS),
        ("FORMULIR\nLupa passphrase : Tidak\nPerpanjangan : Ya", Verdict.UNKNOWN),
        (
            "SURAT REKOMENDASI\nMemberikan rekomendasi kepada Sekar Contohwati untuk mengajukan permohonan karena lupa "
            "passphrase sertifikat elektronik.",
            Verdict.WARN,
        ),
        (ASKING, Verdict.PASS),
    ],
)
def test_what_a_paper_leaves_open_or_only_recommends_does_not_pass(text: str, expected: Verdict) -> None:
    assert check_purpose(StatementFacts(StatementProblem.NONE, 1, text)).verdict is expected


@pytest.mark.parametrize("said", ["memakai laptop S/N 5CD1234ABCDE", "komputer HP ProBook S/N 5CD1234ABCDE"])
def test_a_machine_s_serial_is_no_certificate_s(said: str) -> None:
    rows = ("Yang bertanda tangan di bawah ini:", *WRITER, f"Saya {said} dan lupa passphrase.", ASKED)
    letter = read_letter(list(written(*rows).words))
    assert letter.fields.serial == "" and "serial" not in dict(letter.doubted)
