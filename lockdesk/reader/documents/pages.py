"""The pages of a letter, whatever it came as: what is painted on them, what is hidden, and whether they are pictures.

Runs in the cage, one thread. A photo is a letter of one page, a TIFF one of several, and so are photos of its pages
together.
"""

import ctypes
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image, ImageOps, ImageSequence

from lockdesk.desk.values.facts import MOST_PAGES, Word
from lockdesk.pki.containers import is_archive
from lockdesk.words import well_formed

MOST_SIDE = 4000
_MOST_PIXELS = 60_000_000
_MOST_CHARACTERS = 60_000
_MOST_OBJECTS = 4_000
_GRID = 100_000
_SQUARE = 1000.0
_PICTURE_SHARE = 0.5
"""A picture of at least this share of the page is the page."""
_LARGE_SHARE = 0.2
_MAY_HOLD_PICTURES = frozenset({pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_FORM})
_MAY_HOLD_RULES = frozenset({pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_SHADING, pdfium.FPDF_PAGEOBJ_FORM})
_SHORTEST_RULE, _THICKEST_RULE = 60.0, 5.0
"""In points."""
_LEAST_STROKES = 3
_QUIET_ANNOTATIONS = frozenset({pdfium.FPDF_ANNOT_LINK, pdfium.FPDF_ANNOT_POPUP})
_NO_WIDTH = frozenset({0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF})
"""Where words may be parted, and the like: nothing of them is seen."""
_WHITE = 245
_NO_PICTURE = (OSError, ValueError, SyntaxError, IndexError, MemoryError, EOFError, RuntimeError)
"""What the formats raise where a file is none of them, or is broken."""
_INVISIBLE = frozenset({pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP})


def _without_system_fonts() -> Any:
    """Has pdfium use its own faces for what a letter does not embed.

    It would pick one that is installed, and find in the cage that no file can be opened: letters without any height,
    colons that are gone, and another reading on every computer.
    """
    none = pdfium.FPDF_SYSFONTINFO(version=1)
    pdfium.FPDF_SetSystemFontInfo(none)
    return none


_KEPT = _without_system_fonts()
"""pdfium keeps a pointer to it."""


@dataclass(frozen=True, slots=True)
class PageText:
    """The words of a page with their boxes as fractions of the page as it is shown. `hidden` are those that nobody
    sees: not painted, painted in the paper's colour, or under a picture. `picture`: whether a picture fills the page;
    then what is typed on it besides is a footer or a watermark."""

    words: tuple[Word, ...]
    hidden: tuple[Word, ...] = ()
    picture: bool = False


def prepare() -> None:
    """Loads the picture formats. Raises ImportError."""
    Image.init()
    Image.MAX_IMAGE_PIXELS = _MOST_PIXELS
    for kind in ("JPEG", "PNG", "WEBP", "TIFF"):
        with suppress(OSError, KeyError, ValueError):
            file = BytesIO()
            Image.new("RGB", (24, 32), "white").save(file, kind)
            open_letter(file.getvalue()).close()


def prepare_heif() -> None:
    """Loads the decoder of telephones' pictures, which runs in a thread of its own. Raises ImportError or OSError."""
    import pi_heif

    pi_heif.register_heif_opener(thumbnails=False)


def is_pdf(content: bytes) -> bool:
    """Whether the bytes are a PDF, and not an archive with one; else they may be a picture."""
    return b"%PDF-" in content[:1024] and not is_archive(content)


def open_letter(content: bytes) -> Any:
    """The letter as a document with pages, its form fields filled in. Raises PdfiumError."""
    document = pypdfium2.PdfDocument(content if is_pdf(content) else _as_pdf(content))
    if document.get_formtype() != pdfium.FORMTYPE_NONE:
        document.init_forms()
    return document


def _as_pdf(content: bytes) -> bytes:
    """A picture, each frame upright as its camera noted, as the pages of a PDF. Raises PdfiumError."""
    file = BytesIO()
    try:
        with Image.open(BytesIO(content)) as picture:
            frames = [
                _page_of(frame) for _n, frame in zip(range(MOST_PAGES), ImageSequence.Iterator(picture), strict=False)
            ]
        frames[0].save(file, "PDF", save_all=True, append_images=frames[1:], resolution=150, quality=90)
    except (*_NO_PICTURE, Image.DecompressionBombError) as error:
        raise pypdfium2.PdfiumError(f"no picture ({type(error).__name__})") from error
    return file.getvalue()


def bound(pictures: Sequence[bytes]) -> bytes:
    """Pictures as the pages of one PDF, one of them open at a time. Raises PdfiumError."""
    import pikepdf

    file = BytesIO()
    with pikepdf.new() as together:
        for content in pictures:
            with pikepdf.open(BytesIO(_as_pdf(content))) as one:
                together.pages.extend(one.pages)
        together.save(file)
    return file.getvalue()


def _page_of(frame: Image.Image) -> Image.Image:
    upright = ImageOps.exif_transpose(frame)
    if max(upright.size) > MOST_SIDE:
        upright.thumbnail((MOST_SIDE, MOST_SIDE), Image.Resampling.BICUBIC)
    if upright.mode in {"RGBA", "LA", "P", "PA"}:
        paper = Image.new("RGB", upright.size, "white")
        layer = upright.convert("RGBA")
        paper.paste(layer, mask=layer.getchannel("A"))
        return paper
    return upright if upright.mode in {"L", "RGB"} else upright.convert("RGB")


def pages_of(document: Any) -> Iterator[tuple[int, Any]]:
    """The pages that open, with their numbers."""
    for number in range(min(len(document), MOST_PAGES)):
        with suppress(pypdfium2.PdfiumError):
            yield number, page_of(document, number)


def page_of(document: Any, number: int) -> Any:
    """A page with what was typed onto it made a part of it: form values and annotations. Raises PdfiumError."""
    page = document[number]
    if _is_typed_on(page) and pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY) == pdfium.FLATTEN_SUCCESS:
        page.close()
        page = document[number]
    return page


def may_have_table(page: Any) -> bool:
    """Whether enough is drawn on a page for a table: several level strokes, or something as high as its rows. A
    letterhead's one stroke and underlines are not worth a look at the page's picture."""
    edges = [ctypes.c_float() for _ in range(4)]
    strokes = 0
    for index in range(min(pdfium.FPDFPage_CountObjects(page), _MOST_OBJECTS)):
        item = pdfium.FPDFPage_GetObject(page, index)
        if pdfium.FPDFPageObj_GetType(item) not in _MAY_HOLD_RULES or not pdfium.FPDFPageObj_GetBounds(item, *edges):
            continue
        left, bottom, right, top = (edge.value for edge in edges)
        if right - left >= _SHORTEST_RULE:
            strokes += 1 if top - bottom < _THICKEST_RULE else _LEAST_STROKES
        if strokes >= _LEAST_STROKES:
            return True
    return False


def _is_typed_on(page: Any) -> bool:
    for index in range(min(pdfium.FPDFPage_GetAnnotCount(page), _MOST_OBJECTS)):
        annotation = pdfium.FPDFPage_GetAnnot(page, index)
        kind = pdfium.FPDFAnnot_GetSubtype(annotation)
        pdfium.FPDFPage_CloseAnnot(annotation)
        if kind not in _QUIET_ANNOTATIONS:
            return True
    return False


def _pictures(page: Any) -> tuple[float, dict[int, int]]:
    """The share of the page that pictures cover, and the place in the painting order of every object before the last
    large one (its address as the key)."""
    across, down = page.get_size()
    share, last = 0.0, -1
    items = [pdfium.FPDFPage_GetObject(page, n) for n in range(min(pdfium.FPDFPage_CountObjects(page), _MOST_OBJECTS))]
    for index, item in enumerate(items):
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind in _MAY_HOLD_PICTURES and _has_image(item, kind):
            covered = _covered(item, across, down)
            share += covered
            last = index if covered >= _LARGE_SHARE else last
    return share, {_address(item): index for index, item in enumerate(items[: max(last, 0)])}


def _has_image(item: Any, kind: int, depth: int = 3) -> bool:
    if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
        return True
    for index in range(min(pdfium.FPDFFormObj_CountObjects(item), 40) if depth else 0):
        inner = pdfium.FPDFFormObj_GetObject(item, index)
        inner_kind = pdfium.FPDFPageObj_GetType(inner)
        if inner_kind in _MAY_HOLD_PICTURES and _has_image(inner, inner_kind, depth - 1):
            return True
    return False


def _covered(item: Any, across: float, down: float) -> float:
    edges = [ctypes.c_float() for _ in range(4)]
    if across <= 0 or down <= 0 or not pdfium.FPDFPageObj_GetBounds(item, *edges):
        return 0.0
    left, bottom, right, top = (edge.value for edge in edges)
    return max(0.0, min(right, across) - max(left, 0)) * max(0.0, min(top, down) - max(bottom, 0)) / (across * down)


def _address(item: Any) -> int:
    return ctypes.cast(item, ctypes.c_void_p).value or 0


def page_text(page: Any, number: int) -> PageText:
    """The words of a page, those that are seen apart from those that are not."""
    text = page.get_textpage()
    count = min(pdfium.FPDFText_CountChars(text), _MOST_CHARACTERS)
    codes = [pdfium.FPDFText_GetUnicode(text, index) for index in range(count)]
    shown, (share, covered) = _turning(page), _pictures(page)
    seen: list[Word] = []
    hidden: list[Word] = []
    pale: list[Word] = []
    start = -1
    for index, code in enumerate([*codes, 32]):
        blank = code in (0, 9, 10, 13, 32, 160, 0xFFFE)
        if blank and start >= 0:
            # a font's ToUnicode may name halves of pairs, alone or in twos
            seen_ones = (chr(item) for item in codes[start:index] if item >= 32 and item not in _NO_WIDTH)
            letters = well_formed("".join(seen_ones))
            word = Word(number, letters, *_box(text, start, index - 1, shown))
            {"": seen, "hidden": hidden, "pale": pale}[_hiding(text, start, covered)].append(word)
            start = -1
        elif not blank and start < 0:
            start = index
    if pale:
        picture = drawn(page)
        for word in pale:
            (seen if _is_dark_behind(picture, word) else hidden).append(word)
    return PageText(tuple(seen), tuple(hidden), share >= _PICTURE_SHARE)


def _hiding(text: Any, index: int, covered: dict[int, int]) -> str:
    """How the word at a character hides: "hidden", "pale" (painted in white), or "" when it does not."""
    item = pdfium.FPDFText_GetTextObject(text, index)
    if not item:
        return ""
    if pdfium.FPDFTextObj_GetTextRenderMode(item) in _INVISIBLE or (covered and _address(item) in covered):
        return "hidden"
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not pdfium.FPDFText_GetFillColor(text, index, red, green, blue, alpha):
        return ""
    if alpha.value < 10:
        return "hidden"
    return "pale" if min(red.value, green.value, blue.value) >= _WHITE else ""


def drawn(page: Any, scale: float = 1.0) -> Image.Image:
    """A page as it is seen, `scale` pixels to the point, as far as that is not too large."""
    across, down = page.get_size()
    picture: Image.Image = page.render(scale=min(scale, MOST_SIDE / max(across, down, 1)), grayscale=True).to_pil()
    return picture.convert("L")


def _is_dark_behind(picture: Image.Image, word: Word) -> bool:
    """White letters are seen on a dark bar: the page is looked at where they stand."""
    box = (
        int(word.left * picture.width), int(word.top * picture.height),
        int(word.right * picture.width) + 1, int(word.bottom * picture.height) + 1,
    )  # fmt: skip
    cells = picture.crop(box).tobytes()
    return bool(cells) and sum(cells) / len(cells) < 200


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
