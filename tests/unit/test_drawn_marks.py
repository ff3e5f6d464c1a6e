"""Ticks and strokes that are drawn on a form for several services: certain ones count, unclear ones stay unknown."""

import io
from collections.abc import Callable

import pypdfium2
import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from lockdesk.core.findings import Finding, Verdict
from lockdesk.desk.checks.letter.purpose import check_purpose
from lockdesk.reader.documents.pdf import read_statement
from lockdesk.reader.sealed import SealedReader

SERVICES = (
    "Pendaftaran sertifikat baru",
    "Perpanjangan masa berlaku sertifikat",
    "Reset passphrase sertifikat elektronik",
)
Draw = Callable[[Canvas, float, float], None]
SIDE = 11


def nothing(_page: Canvas, _x: float, _y: float) -> None:
    pass


def cross(page: Canvas, x: float, y: float) -> None:
    page.setLineWidth(1.4)
    page.line(x + 1, y + 1, x + SIDE - 1, y + SIDE - 1)
    page.line(x + 1, y + SIDE - 1, x + SIDE - 1, y + 1)


def tick(page: Canvas, x: float, y: float) -> None:
    """By hand: it stands out over its box."""
    page.setLineWidth(1.6)
    page.line(x + 2, y + 5, x + 5, y + 1)
    page.line(x + 5, y + 1, x + SIDE + 4, y + SIDE + 5)


def speck(page: Canvas, x: float, y: float) -> None:
    page.circle(x + SIDE / 2, y + SIDE / 2, 0.9, fill=1)


def through(page: Canvas, x: float, y: float) -> None:
    """A stroke across box and words: nobody can say what it means."""
    page.setLineWidth(1.2)
    page.line(x - 4, y + SIDE / 2, x + 200, y + SIDE / 2)


def dot(page: Canvas, x: float, y: float) -> None:
    page.circle(x + SIDE / 2, y + SIDE / 2, 0.27 * SIDE, fill=1)


def form(
    marks: tuple[Draw, ...], round_ones: bool = False, services: tuple[str, ...] = SERVICES, below: str = ""
) -> bytes:
    """A form with a drawn box, or a ring, before each of its services, and a sentence below."""
    file = io.BytesIO()
    page = Canvas(file, A4)
    page.setFont("Helvetica-Bold", 13)
    page.drawString(140, 780, "FORMULIR LAYANAN SERTIFIKAT ELEKTRONIK")
    page.setFont("Helvetica", 11)
    page.drawString(60, 740, "Nama : Sekar Contohwati")
    page.drawString(60, 722, "NIP : 199002152019032999")
    page.drawString(60, 690, "Jenis layanan yang dimohon:")
    for n, (service, draw) in enumerate(zip(services, marks, strict=True)):
        y = 664 - 24 * n
        page.setLineWidth(0.9)
        if round_ones:
            page.circle(64 + SIDE / 2, y - 2 + SIDE / 2, SIDE / 2)
        else:
            page.rect(64, y - 2, SIDE, SIDE)
        page.drawString(84, y, service)
        page.saveState()
        draw(page, 64, y - 2)
        page.restoreState()
    page.drawString(60, 580, below)
    page.drawString(60, 560, "Pekalongan, 23 November 2026")
    page.save()
    return file.getvalue()


def pictured(pdf: bytes) -> bytes:
    """The same, as a scanner at 200 dpi gives it."""
    file = io.BytesIO()
    picture = pypdfium2.PdfDocument(pdf)[0].render(scale=200 / 72).to_pil().convert("L").rotate(0.7, fillcolor=255)
    picture.save(file, "JPEG", quality=80)
    return file.getvalue()


MARKS = [
    ((nothing, nothing, cross), Verdict.PASS),
    ((nothing, nothing, tick), Verdict.PASS),
    ((nothing, tick, nothing), Verdict.FAIL),
    ((cross, nothing, nothing), Verdict.FAIL),
    ((nothing, cross, cross), Verdict.UNKNOWN),
    ((nothing, nothing, nothing), Verdict.UNKNOWN),
    ((nothing, nothing, speck), Verdict.UNKNOWN),
    ((nothing, speck, cross), Verdict.UNKNOWN),
    ((nothing, through, cross), Verdict.UNKNOWN),
    ((nothing, nothing, through), Verdict.UNKNOWN),
]
NAMES = ["-".join(draw.__name__ for draw in marks) for marks, _verdict in MARKS]


def judged(pdf: bytes) -> Finding:
    return check_purpose(read_statement(pdf))


@pytest.mark.parametrize(("marks", "verdict"), MARKS, ids=NAMES)
def test_what_is_ticked_in_drawn_boxes_counts(marks: tuple[Draw, ...], verdict: Verdict) -> None:
    assert judged(form(marks)).verdict is verdict


RINGS = [
    ((nothing, nothing, dot), Verdict.PASS),
    ((nothing, nothing, tick), Verdict.PASS),
    ((nothing, dot, nothing), Verdict.FAIL),
    ((dot, nothing, dot), Verdict.UNKNOWN),
    ((nothing, nothing, nothing), Verdict.UNKNOWN),
]
RING_NAMES = ["-".join(draw.__name__ for draw in marks) for marks, _verdict in RINGS]


@pytest.mark.parametrize(("marks", "verdict"), RINGS, ids=RING_NAMES)
def test_what_is_marked_in_rings_counts(marks: tuple[Draw, ...], verdict: Verdict) -> None:
    assert judged(form(marks, round_ones=True)).verdict is verdict


@pytest.mark.parametrize(("marks", "verdict"), [RINGS[0], RINGS[2]], ids=[RING_NAMES[0], RING_NAMES[2]])
def test_rings_of_a_scan(reader: SealedReader, marks: tuple[Draw, ...], verdict: Verdict) -> None:
    assert check_purpose(reader.read_scan(pictured(form(marks, round_ones=True)))).verdict is verdict


@pytest.mark.parametrize(("marks", "verdict"), MARKS, ids=NAMES)
def test_the_same_of_a_scan(reader: SealedReader, marks: tuple[Draw, ...], verdict: Verdict) -> None:
    found = check_purpose(reader.read_scan(pictured(form(marks)))).verdict
    crossed_out = marks == (nothing, through, cross)  # OCR reads no word of what is struck through: this is left
    assert found in {verdict, Verdict.UNKNOWN} or (crossed_out and found is Verdict.PASS)
    if marks in {(nothing, nothing, cross), (nothing, tick, nothing), (cross, nothing, nothing)}:
        assert found is verdict


def struck(which: tuple[int, ...], slope: float = 0.0) -> bytes:
    """A line of services of which some are struck out, as the note beneath asks."""
    file = io.BytesIO()
    page = Canvas(file, A4)
    page.setFont("Helvetica-Bold", 13)
    page.drawString(140, 780, "FORMULIR LAYANAN SERTIFIKAT ELEKTRONIK")
    page.setFont("Helvetica", 11)
    page.drawString(60, 740, "Nama : Sekar Contohwati")
    page.drawString(60, 722, "NIP : 199002152019032999")
    x = 60.0
    page.drawString(x, 690, "Layanan: ")
    x += page.stringWidth("Layanan: ", "Helvetica", 11)
    for n, service in enumerate(("Pendaftaran", "Perpanjangan", "Reset passphrase")):
        words = service + (" / " if n < 2 else " *)")
        width = page.stringWidth(service, "Helvetica", 11)
        page.drawString(x, 690, words)
        if n in which:
            page.line(x - 1, 694 - slope, x + width + 1, 694 + slope)
        x += page.stringWidth(words, "Helvetica", 11)
    page.drawString(60, 670, "*) coret yang tidak perlu")
    page.drawString(60, 560, "Pekalongan, 23 November 2026")
    page.save()
    return file.getvalue()


@pytest.mark.parametrize(
    ("pdf", "verdict"),
    [
        (struck((0, 1)), Verdict.PASS),
        (struck((0, 2)), Verdict.FAIL),
        (struck((1, 2)), Verdict.FAIL),
        (struck((0,)), Verdict.UNKNOWN),
        (struck(()), Verdict.UNKNOWN),
        (struck((0, 1), slope=4), Verdict.PASS),
        (struck((1, 2), slope=-4), Verdict.FAIL),
        (struck((0, 1), slope=14), Verdict.UNKNOWN),
        (struck((0, 1, 2)), Verdict.UNKNOWN),
    ],
    ids=[
        "this",
        "renewal",
        "registration",
        "one left too many",
        "none",
        "aslant",
        "aslant, another",
        "crossed out of its line",
        "all",
    ],
)
def test_what_is_struck_out_is_not_asked_for(pdf: bytes, verdict: Verdict) -> None:
    assert judged(pdf).verdict is verdict


def test_an_option_that_explains_itself_is_one() -> None:
    services = ("Pendaftaran baru", "Lupa passphrase: pencabutan dan penerbitan ulang", "Penghapusan akun")
    assert judged(form((nothing, cross, nothing), services=services)).verdict is Verdict.PASS


def test_a_sentence_below_the_boxes_is_no_option() -> None:
    below = "Saya menyatakan lupa passphrase dan bertanggung jawab."
    assert judged(form((nothing, nothing, cross), below=below)).verdict is Verdict.PASS
