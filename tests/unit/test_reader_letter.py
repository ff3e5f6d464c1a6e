"""Statement letters in layouts that the shipped samples do not have."""

import io
from collections.abc import Callable

import pytest
from reportlab.pdfgen.canvas import Canvas

from lockdesk.desk.values.facts import StatementFacts
from lockdesk.reader.documents.pdf import read_statement, render_page

FACTS = {
    "name": "Maria F. Seumpama, S.Pd.",
    "nip": "19880312 201201 2 007",
    "nik": "3375995203880004",
    "position": "Guru Ahli Muda",
    "agency": "Dinas Pendidikan Contoh",
    "email": "maria.seumpama@contoh.pekalongankota.go.id",
    "phone": "0812-0000-0044",
    "serial": "4A:7F:00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD",
}
Layout = Callable[[Canvas], None]


def head(page: Canvas) -> int:
    for y, text in (
        (800, "DINAS PENDIDIKAN CONTOH"),
        (786, "Telepon : (0285) 421000 Surel : dinas@contoh.example"),
    ):
        page.drawString(70, y, text)
    page.drawString(150, 760, "SURAT PERNYATAAN LUPA PASSPHRASE")
    page.drawString(180, 745, "Nomor: 045.2/117/2026")
    page.drawString(70, 720, "Yang bertanda tangan di bawah ini:")
    return 700


def tail(page: Canvas, y: int) -> None:
    page.drawString(70, y, "dengan sidik jari kunci publik (SHA-256) berakhir 4be1 90c2 sesuai CSR terlampir.")
    page.drawString(330, y - 40, "Pekalongan, 20 November 2026")
    page.drawString(70, y - 55, "Mengetahui,")
    page.drawString(330, y - 55, "Yang membuat pernyataan,")
    page.drawString(70, y - 120, "Drs. Atasan Contoh, M.Si.")
    page.drawString(70, y - 134, "NIP 19700101 199503 1 001")
    page.drawString(330, y - 134, "NIP 19880312 201201 2 007")


def rows(labels: dict[str, str], draw: Callable[[Canvas, int, str, str], None], step: int = 18) -> Layout:
    def layout(page: Canvas) -> None:
        y = head(page)
        for field, label in labels.items():
            draw(page, y, label, FACTS[field])
            y -= step
        tail(page, y - 10)

    return layout


def one_run(page: Canvas, y: int, label: str, value: str) -> None:
    page.drawString(80, y, f"{label} : {value}")


def apart(page: Canvas, y: int, label: str, value: str) -> None:
    page.drawString(80, y, label)
    page.drawString(210, y + 0.6, ":")
    page.drawString(222, y - 0.4, value)


def no_colon(page: Canvas, y: int, label: str, value: str) -> None:
    page.drawString(80, y, label)
    page.drawString(260, y, value)


def below(page: Canvas, y: int, label: str, value: str) -> None:
    page.drawString(80, y, label)
    page.drawString(80, y - 14, value)


def numbered(page: Canvas, y: int, label: str, value: str) -> None:
    page.drawString(80, y, "1.")
    page.drawString(94, y, f"{label}:")
    page.drawString(240, y, value)


def two_columns(page: Canvas) -> None:
    y = head(page)
    fields = iter((("name", "Nama"), ("nip", "NIP"), ("nik", "NIK"), ("position", "Jabatan"),
                   ("phone", "No. WA"), ("agency", "OPD")))  # fmt: skip
    page.setFont("Helvetica", 9)
    for (left, left_label), (right, right_label) in zip(fields, fields, strict=True):
        page.drawString(60, y, f"{left_label} : {FACTS[left]}")
        page.drawString(330, y, f"{right_label} : {FACTS[right]}")
        y -= 18
    page.drawString(60, y, f"Surel dinas : {FACTS['email']}")
    page.drawString(60, y - 18, f"Nomor seri sertifikat : {FACTS['serial']}")
    tail(page, y - 40)


def wrapped(page: Canvas) -> None:
    y = head(page)
    for field, label in LABELS.items():
        words = FACTS[field].split()
        if field in ("position", "agency"):
            apart(page, y, label, " ".join(words[:2]))
            page.drawString(222, y - 14, " ".join(words[2:]))
            y -= 32
        else:
            apart(page, y, label, FACTS[field])
            y -= 18
    tail(page, y - 10)


def prose(page: Canvas) -> None:
    y = head(page)
    for field, label in list(LABELS.items())[:-1]:
        one_run(page, y, label, FACTS[field])
        y -= 18
    page.drawString(70, y, "adalah pemilik sertifikat elektronik dengan nomor seri")
    page.drawString(70, y - 14, f"{FACTS['serial']} yang saya lupa passphrase-nya")
    tail(page, y - 40)


LABELS = {
    "name": "Nama lengkap",
    "nip": "NIP",
    "nik": "NIK",
    "position": "Jabatan",
    "agency": "Perangkat daerah",
    "email": "E-mail dinas",
    "phone": "Nomor HP",
    "serial": "Nomor seri sertifikat",
}
OTHER = {
    "name": "Nama",
    "nip": "N I P".replace(" ", ""),
    "nik": "No. KTP",
    "position": "Jabatan",
    "agency": "Unit kerja / Instansi",
    "email": "Alamat surel",
    "phone": "Nomor telepon/WA",
    "serial": "Serial sertifikat",
}
LAYOUTS: dict[str, Layout] = {
    "one_run": rows(LABELS, one_run),
    "one_run_other": rows(OTHER, one_run),
    "apart": rows(LABELS, apart),
    "apart_other": rows(OTHER, apart),
    "no_colon": rows(LABELS, no_colon),
    "below": rows(LABELS, below, 34),
    "numbered": rows(OTHER, numbered),
    "two_columns": two_columns,
    "wrapped": wrapped,
    "prose": prose,
}


def read(layout: Layout, rotate: int = 0) -> StatementFacts:
    buffer = io.BytesIO()
    page = Canvas(buffer, invariant=1)
    page.setFont("Helvetica", 11)
    layout(page)
    page.setPageRotation(rotate)
    page.save()
    return read_statement(buffer.getvalue())


@pytest.mark.parametrize("name", sorted(LAYOUTS))
def test_every_field_is_found_in_every_layout(name: str) -> None:
    facts = read(LAYOUTS[name])
    fields = facts.fields
    found = {field: getattr(fields, field) for field in FACTS}
    assert found == FACTS
    assert fields.letter_number == "045.2/117/2026"
    assert fields.letter_date == "20 November 2026"
    assert fields.key_fingerprint == "4be1 90c2"


def test_places_lie_on_the_page_where_the_words_are() -> None:
    facts = read(LAYOUTS["apart"])
    places = dict(facts.places)
    left, top, right, bottom = places["name"].boxes[0]
    assert 222 / 595 - 0.01 < left < right < 0.75
    assert abs(top - (842 - 711) / 842) < 0.02 and 0 < bottom - top < 0.03


def test_a_turned_page_has_its_places_as_it_is_shown() -> None:
    places = dict(read(LAYOUTS["apart"], 90).places)
    assert all(0 <= edge <= 1 for place in places.values() for box in place.boxes for edge in box)


def test_the_superior_s_name_and_nip_are_not_the_applicant_s() -> None:
    def only_signatures(page: Canvas) -> None:
        y = head(page)
        one_run(page, y, "Nama", FACTS["name"])
        tail(page, y - 30)

    fields = read(only_signatures).fields
    assert (fields.name, fields.nip, fields.phone, fields.email) == (FACTS["name"], "", "", "")


@pytest.mark.parametrize("digits", ["0887 1870", "0865 0493", "9feb 9198", "1e12 0300"])
def test_last_digits_are_a_key_s_whatever_else_they_look_like(digits: str) -> None:
    """Before the number of the next item they look like a telephone number, or like a day by themselves."""

    def items(page: Canvas) -> None:
        y = head(page)
        page.drawString(70, y, "3. Saya memohon pencabutan sertifikat elektronik dengan alasan lupa passphrase, dan")
        page.drawString(
            70, y - 14, f"penerbitan kembali berdasarkan CSR terlampir, dengan sidik jari berakhir {digits}."
        )
        page.drawString(70, y - 28, "4. Saya memahami bahwa sertifikat yang dicabut tidak dapat digunakan lagi.")

    assert read(items).fields.key_fingerprint == digits


@pytest.mark.parametrize(
    ("sentence", "serial"),
    [
        ("Nomor seri sertifikat yang berakhir 31 Desember 2026: 4A3B2C1D5E6F7788.", "4A3B2C1D5E6F7788"),
        ("Nomor seri sertifikat yang berakhir 31.12.2026: 4A3B2C1D5E6F7788.", "4A3B2C1D5E6F7788"),
        ("Fingerprint kunci ada pada CSR, telepon terakhir 0887 1870 4444.", ""),
        ("Sidik jari kunci ada pada CSR, yang berakhir 0887 1870 4444.", ""),
        ("Sidik jari kunci ada pada CSR (nomor HP terakhir: 081234567890).", ""),
        ("Sidik jari kunci ada pada CSR dari pegawai terakhir 19900215 201903 2 999.", ""),
    ],
)
def test_what_ends_is_not_always_a_key(sentence: str, serial: str) -> None:
    def layout(page: Canvas) -> None:
        page.drawString(70, head(page), sentence)

    fields = read(layout).fields
    assert (fields.serial, fields.key_fingerprint) == (serial, "")


def test_a_letter_without_text_has_no_fields_and_still_renders() -> None:
    facts = read(lambda page: page.circle(100, 100, 50))
    assert not facts.has_text and facts.places == ()
    buffer = io.BytesIO()
    page = Canvas(buffer)
    page.circle(100, 100, 50)
    page.save()
    pixels = render_page(buffer.getvalue(), 0, 400)
    assert pixels is not None and abs(pixels.width - 400) <= 1
    assert len(pixels.pixels) == pixels.stride * pixels.height
    assert render_page(buffer.getvalue(), 5, 400) is None
