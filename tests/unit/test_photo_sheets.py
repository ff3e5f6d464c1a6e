"""Photos of letters: the sheet on any desk, under any shadow; lines that run together; words read by two engines."""

import io
import math

import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFilter
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from lockdesk.desk.values.facts import Word
from lockdesk.reader.drawing.sheet import sheet_in
from lockdesk.reader.ocr.seconding import with_second_opinion
from lockdesk.reader.sealed import SealedReader

pytestmark = pytest.mark.usefixtures("each_page_read_once")

ROWS = (
    ("Nama", "Sekar Contohwati, S.I.Pust."),
    ("NIP", "19900215 201903 2 999"),
    ("NIK", "3375995502900001"),
    ("Jabatan", "Pustakawan Ahli Muda"),
    ("Unit kerja", "Dinas Perpustakaan Contoh"),
    ("E-mail", "sekar.contohwati@pekalongankota.go.id"),
    ("Nomor HP", "0815-9900-2233"),
)
Corners = tuple[tuple[float, float], ...]
LEANING: Corners = ((0.12, 0.10), (0.05, 0.93), (0.97, 0.98), (0.86, 0.05))
"""From the upper left against the clock."""


def letter() -> Image.Image:
    file = io.BytesIO()
    page = Canvas(file, A4)
    page.setFont("Helvetica-Bold", 13)
    page.drawCentredString(297, 770, "SURAT PERNYATAAN LUPA PASSPHRASE")
    page.setFont("Helvetica", 11)
    page.drawString(70, 735, "Yang bertanda tangan di bawah ini:")
    for n, (name, value) in enumerate(ROWS):
        page.drawString(70, 712 - 17 * n, name)
        page.drawString(300, 712 - 17 * n, f": {value}")
    page.drawString(70, 575, "menyatakan lupa passphrase sertifikat elektronik dan memohon pencabutan serta")
    page.drawString(70, 558, "penerbitan sertifikat elektronik yang baru untuk pekerjaan sehari-hari di kantor.")
    page.drawString(340, 520, "Pekalongan, 23 November 2026")
    page.save()
    drawn: Image.Image = pypdfium2.PdfDocument(file.getvalue())[0].render(scale=3).to_pil()
    return drawn.convert("L")


def _coefficients(target: Corners, size: tuple[int, int], flat: tuple[int, int]) -> list[float]:
    """What the picture's transform needs to lay the page's corners on `target`."""
    rows: list[list[float]] = []
    sides: list[float] = []
    corners = ((0, 0), (0, flat[1]), (flat[0], flat[1]), (flat[0], 0))
    for (across, down), (u, v) in zip(target, corners, strict=True):
        x, y = across * size[0], down * size[1]
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        sides += [float(u), float(v)]
    for column in range(8):
        pivot = max(range(column, 8), key=lambda row: abs(rows[row][column]))
        rows[column], rows[pivot] = rows[pivot], rows[column]
        sides[column], sides[pivot] = sides[pivot], sides[column]
        for row in range(8):
            if row != column:
                factor = rows[row][column] / rows[column][column]
                rows[row] = [a - factor * b for a, b in zip(rows[row], rows[column], strict=True)]
                sides[row] -= factor * sides[column]
    return [sides[n] / rows[n][n] for n in range(8)]


def photo(desk: Image.Image, target: Corners = LEANING) -> Image.Image:
    """The letter lying on a desk."""
    page = letter()
    way = _coefficients(target, desk.size, page.size)
    laid = page.transform(desk.size, Image.Transform.PERSPECTIVE, way, Image.Resampling.BICUBIC)
    mask = Image.new("L", page.size, 255).transform(desk.size, Image.Transform.PERSPECTIVE, way)
    return Image.composite(laid, desk, mask)


def plain(size: tuple[int, int], level: int) -> Image.Image:
    return Image.new("L", size, level)


def patched(size: tuple[int, int]) -> Image.Image:
    """A dark desk with something bright at two of its edges."""
    desk = Image.new("L", size, 90)
    draw = ImageDraw.Draw(desk)
    draw.rectangle((0, size[1] * 0.4, size[0] * 0.02, size[1]), fill=250)
    draw.ellipse((size[0] * 0.9, -size[1] * 0.03, size[0] * 1.1, size[1] * 0.03), fill=255)
    return desk


def shadowed(picture: Image.Image) -> Image.Image:
    """The shadow of a hand over the lower half, darker than the desk is elsewhere."""
    light = Image.new("L", picture.size, 255)
    ImageDraw.Draw(light).polygon(
        [(0, picture.height * 0.55), (picture.width, picture.height * 0.35), picture.size, (0, picture.height)], fill=95
    )
    return ImageChops.multiply(picture, light.filter(ImageFilter.GaussianBlur(picture.width / 12)))


SIZE = (1800, 2500)
DESKS = {
    "dark": lambda: photo(plain(SIZE, 70)),
    "bright": lambda: photo(plain(SIZE, 215)),
    "patched": lambda: photo(patched(SIZE)),
    "shadow": lambda: shadowed(photo(plain(SIZE, 120))),
    "patched and shadow": lambda: shadowed(photo(patched(SIZE))),
}


@pytest.mark.parametrize("desk", DESKS)
def test_the_sheet_is_found_on_any_desk(desk: str) -> None:
    found = sheet_in(DESKS[desk]())
    assert found is not None
    apart = [math.dist(one, other) for one, other in zip(found, LEANING, strict=True)]
    assert max(apart) < 0.012, apart


def test_a_scan_that_is_all_paper_has_no_sheet_in_it() -> None:
    assert sheet_in(letter()) is None


def read(reader: SealedReader, picture: Image.Image) -> dict[str, str]:
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=88)
    fields = reader.read_scan(file.getvalue()).fields
    return {"name": fields.name, "nip": fields.nip, "position": fields.position, "agency": fields.agency}


WANTED = {
    "name": "Sekar Contohwati, S.I.Pust.",
    "nip": "19900215 201903 2 999",
    "position": "Pustakawan Ahli Muda",
    "agency": "Dinas Perpustakaan Contoh",
}


@pytest.mark.parametrize("desk", ["patched and shadow"])
def test_labels_keep_their_own_values_on_a_sheet_that_leans(reader: SealedReader, desk: str) -> None:
    assert read(reader, DESKS[desk]()) == WANTED


@pytest.mark.parametrize(
    "target",
    [
        ((0.02, 0.00), (0.00, 1.00), (1.00, 1.08), (0.98, -0.06)),
        ((0.00, -0.06), (0.02, 1.05), (0.98, 0.97), (1.00, 0.02)),
    ],
)
def test_lines_that_run_together_are_laid_parallel_where_no_edge_is_seen(reader: SealedReader, target: Corners) -> None:
    assert read(reader, photo(plain(SIZE, 255), target)) == WANTED


def word(text: str, left: float, confidence: float = 95.0, top: float = 0.2) -> Word:
    return Word(0, text, left, top, left + 0.01 * len(text), top + 0.012, confidence)


def test_a_word_that_two_engines_read_otherwise_is_in_doubt() -> None:
    one, two = word("Ourrota", 0.3), word("A'yun", 0.38)
    found = with_second_opinion([one, two], [word("Qurrota", 0.3), word("A’yun", 0.38)])
    assert [item.confidence < 80 for item in found] == [True, False]


def test_a_digit_that_looks_like_its_letter_is_no_other_reading() -> None:
    (found,) = with_second_opinion([word("S.I.Pust.", 0.3)], [word("S.1.Pust.", 0.3)])
    assert found.confidence > 80


def test_a_letter_before_a_name_that_only_one_engine_saw_is_there_and_in_doubt() -> None:
    found = with_second_opinion([word("Ketut", 0.3)], [word("I", 0.28), word("Ketut", 0.3)])
    assert {item.text: item.confidence < 80 for item in found} == {"Ketut": False, "I": True}


def test_where_one_engine_only_guessed_the_others_word_stands_in_doubt() -> None:
    guesses = [word("7'7", 0.35, 8.0), word("merah", 0.38)]
    (found,) = with_second_opinion(guesses, [word("Batik77merah", 0.3)])
    assert found.text == "Batik77merah" and found.confidence < 80
