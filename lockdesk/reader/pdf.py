"""Letters in PDF: words with their places, risks, pictures of pages. Runs in the cage, one thread."""

import ctypes
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from functools import partial
from io import BytesIO
from typing import Any

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image

from lockdesk.desk.values.facts import (
    MOST_PAGES,
    MOST_SCANNED_PAGES,
    Line,
    PagePixels,
    StatementFacts,
    StatementFields,
    StatementProblem,
    Word,
)
from lockdesk.pki.containers import looks_like_private_key
from lockdesk.reader.kinds import KEY_IN_LETTER
from lockdesk.reader.letter.reading import Letter, read_letter
from lockdesk.reader.limits import MOST_LETTER_TEXT, MOST_PAGE_WORDS, MOST_WORDS
from lockdesk.reader.risks import scan_risks
from lockdesk.reader.scans import ScannedPage, read_scanned, shown_lines
from lockdesk.reader.words import lines_of
from lockdesk.words import well_formed

MOST_SIDE = 4000
PICTURE_WIDTH, PICTURE_HEIGHT = 32, 48
_MOST_CHARACTERS = 60_000
_ODD_POINTS = (70.0, 3400.0)  # a page side outside of this is no letter (A4: 595 x 842)
_GRID = 100_000
_SQUARE = 1000.0


def read_statement(content: bytes) -> StatementFacts:
    """The facts of a letter. A file that cannot be opened is a problem in the facts, not an exception."""
    if not content.strip(b"\0 \t\r\n"):
        return StatementFacts(StatementProblem.EMPTY)
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        problem = StatementProblem.EMPTY if _has_no_pages(content) else _problem(error)
        return StatementFacts(problem, detail=str(error)[:200])
    pages = len(document)
    if pages == 0:
        return StatementFacts(StatementProblem.EMPTY)
    opened = list(_pages(document))
    odd = any(not _ODD_POINTS[0] <= side <= _ODD_POINTS[1] for _n, page in opened for side in page.get_size())
    scan = scan_risks(content)
    words = [word for number, page in opened for word in page_words(page, number)]
    facts = _facts(read_letter(words), (*scan.risks, *(("odd_page_size",) if odd else ())))
    picture = "" if facts.has_text else picture_of(document)
    return replace(facts, pages=pages, signature_fields=scan.signature_fields, picture=picture)


def own_words(document: Any) -> list[Word]:
    """The words of a PDF's own text, page after page."""
    return [word for number, page in _pages(document) for word in page_words(page, number)]


def _pages(document: Any) -> Iterator[tuple[int, Any]]:
    """The pages that open, with their numbers."""
    for number in range(min(len(document), MOST_PAGES)):
        with suppress(pypdfium2.PdfiumError):
            yield number, document[number]


def _facts(letter: Letter, risks: tuple[str, ...]) -> StatementFacts:
    """What a letter says; of one with a private key in its text nothing is handed on."""
    if looks_like_private_key(letter.text.encode("utf-8", "replace")):
        return StatementFacts(StatementProblem.NONE, risks=(*risks, KEY_IN_LETTER))
    return StatementFacts(
        StatementProblem.NONE, 0, letter.text[:MOST_LETTER_TEXT], letter.fields, letter.places, risks,
        doubted=letter.doubted, evidence=letter.evidence, people=letter.people,
    )  # fmt: skip


def scan_page(content: bytes, number: int) -> ScannedPage | None:
    """The words of one page: its own text where it has some, else what OCR finds. None behind the end, and of
    a page with more words than any letter has."""
    from lockdesk.reader.ocr import PAGE_PIXELS, read_picture

    try:
        document = pypdfium2.PdfDocument(content)
        if not 0 <= number < min(len(document), MOST_SCANNED_PAGES):
            return None
        page = document[number]
    except pypdfium2.PdfiumError:
        return None
    words = page_words(page, number)
    across, down = page.get_size()
    if words or across <= 0 or down <= 0:
        return ScannedPage(tuple(words), 0.0, 1.0) if len(words) <= MOST_PAGE_WORDS else None
    scale = min(PAGE_PIXELS / across, MOST_SIDE / down)
    picture = page.render(scale=scale, grayscale=True, draw_annots=True).to_pil()
    found, angle = read_picture(picture, number)
    if len(found) > MOST_PAGE_WORDS:
        return None
    return ScannedPage(tuple(found), angle, picture.height / picture.width)


def scanned_facts(pages: tuple[ScannedPage, ...], whole: bool) -> StatementFacts:
    """The text, fields and places of scanned pages; the rest of the facts is known already.

    Where they are not the whole letter and the statement has not begun, whom they name may be whoever signed the
    covering letter: a number must end in "not found", never in somebody else's.
    """
    letter = read_scanned(pages)
    if not (whole or letter.titled):
        letter = replace(letter, fields=StatementFields(), places=())
    facts = replace(_facts(letter, ()), ocr=True)
    return facts if KEY_IN_LETTER in facts.risks else replace(facts, lines=shown_lines(pages))


def read_lines(content: bytes) -> tuple[Line, ...]:
    """The lines of a PDF's own text with their places; of one with a private key in its text nothing."""
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError:
        return ()
    words = own_words(document)[:MOST_WORDS]
    if looks_like_private_key(" ".join(word.text for word in words).encode("utf-8", "replace")):
        return ()
    return tuple(lines_of(words))


def picture_of(document: Any) -> str:
    """The first page as 32 by 48 cells, a bit each: darker than the page on the whole. In hex.

    The same picture packed or compressed anew differs in a few bits, another sheet in many.
    """
    page = document[0]
    across, down = page.get_size()
    if across <= 0 or down <= 0:
        return ""
    scale = min(PICTURE_WIDTH * 16 / across, MOST_SIDE / down)
    small = page.render(scale=scale, grayscale=True).to_pil()
    cells = small.resize((PICTURE_WIDTH, PICTURE_HEIGHT), Image.Resampling.BOX).tobytes()
    paper, mean = sorted(cells)[len(cells) * 9 // 10], sum(cells) / len(cells)
    if paper - mean < 2:
        return ""
    bits = "".join("1" if cell < mean else "0" for cell in cells)
    return f"{int(bits, 2):0{len(cells) // 4}x}"


def _has_no_pages(content: bytes) -> bool:
    """A sound file without a page, which pdfium does not tell from a broken one."""
    try:
        with pikepdf.open(BytesIO(content)) as document:
            return len(document.pages) == 0
    except (pikepdf.PdfError, pikepdf.PasswordError, ValueError, RuntimeError):
        return False


def _problem(error: pypdfium2.PdfiumError) -> StatementProblem:
    code = getattr(error, "err_code", None)
    locked = code in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY) or "password" in str(error).lower()
    return StatementProblem.ENCRYPTED if locked else StatementProblem.DAMAGED


def page_words(page: Any, number: int) -> list[Word]:
    """The words of a page, each with its box as fractions of the page as it is shown."""
    text = page.get_textpage()
    count = min(pdfium.FPDFText_CountChars(text), _MOST_CHARACTERS)
    codes = [pdfium.FPDFText_GetUnicode(text, index) for index in range(count)]
    shown = _turning(page)
    words: list[Word] = []
    start = -1
    for index, code in enumerate([*codes, 32]):
        blank = code in (0, 9, 10, 13, 32, 160, 0xFFFE)
        if blank and start >= 0:
            # a font's ToUnicode may name halves of pairs, alone or in twos
            letters = well_formed("".join(chr(item) for item in codes[start:index] if item >= 32))
            words.append(Word(number, letters, *_box(text, start, index - 1, shown)))
            start = -1
        elif not blank and start < 0:
            start = index
    return words


_Turning = tuple[float, float, float, float, float, float]


def _turning(page: Any) -> _Turning:
    """How a page's points become fractions of the page as it is shown: x = a·x + c·y + e, y = b·x + d·y + f.

    Asked of pdfium at three corners of a large square, once a page: asking for every word took longer than
    reading it.
    """
    x, y = ctypes.c_int(), ctypes.c_int()
    corners = []
    for left, top in ((0, 0), (_SQUARE, 0), (0, _SQUARE)):
        pdfium.FPDF_PageToDevice(page, 0, 0, _GRID, _GRID, 0, left, top, x, y)
        corners.append((x.value / _GRID, y.value / _GRID))
    (e, f), (right_x, right_y), (up_x, up_y) = corners
    return (
        (right_x - e) / _SQUARE, (right_y - f) / _SQUARE, (up_x - e) / _SQUARE, (up_y - f) / _SQUARE, e, f,
    )  # fmt: skip


def _box(text: Any, first: int, last: int, turning: _Turning) -> tuple[float, float, float, float]:
    """The box around two characters of one line, turned as the page is turned, 0 to 1."""
    a, b, c, d, e, f = turning
    across, down = [], []
    rectangle = pdfium.FS_RECTF()
    for index in (first, last):
        pdfium.FPDFText_GetLooseCharBox(text, index, rectangle)
        for x, y in ((rectangle.left, rectangle.top), (rectangle.right, rectangle.bottom)):
            # in this order of arguments a coordinate that is no number becomes 0
            across.append(round(min(1.0, max(0.0, a * x + c * y + e)), 5))
            down.append(round(min(1.0, max(0.0, b * x + d * y + f)), 5))
    return min(across), min(down), max(across), max(down)


def render_page(content: bytes, number: int, width: int, canvas: Any = None) -> PagePixels | None:
    """One page as pixels; None when it cannot be opened. Both sides are kept within 4000 pixels.

    With a `canvas` (shared memory for the largest page) the pixels are painted there, and `pixels` is b"".
    """
    try:
        document = pypdfium2.PdfDocument(content)
        if not 0 <= number < len(document):
            return None
        page = document[number]
    except pypdfium2.PdfiumError:
        return None
    across, down = page.get_size()
    if across <= 0 or down <= 0:
        return None
    scale = min(max(width, 1) / across, MOST_SIDE / across, MOST_SIDE / down)
    # pdfium rounds sides up: stay one pixel below the limit
    scale = min(scale, (MOST_SIDE - 1) / max(across, down))
    buffer = None if canvas is None else (ctypes.c_ubyte * len(canvas)).from_buffer(canvas)
    maker = partial(pypdfium2.PdfBitmap.new_native, buffer=buffer)
    bitmap = page.render(scale=scale, prefer_bgrx=True, draw_annots=True, bitmap_maker=maker)
    pixels = bytes(bitmap.buffer) if canvas is None else b""
    return PagePixels(number, bitmap.width, bitmap.height, bitmap.stride, pixels)
