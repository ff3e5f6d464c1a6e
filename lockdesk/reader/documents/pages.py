"""The pages of a letter, whatever it came as: what is painted on them, what is hidden, and whether they are pictures.

Runs in the cage, one thread. A photo is a letter of one page, a TIFF one of several, and so are photos of its pages
together.
"""

import ctypes
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import partial
from io import BytesIO
from itertools import islice, pairwise
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image, ImageChops, ImageOps, ImageSequence

from lockdesk.desk.values.facts import MOST_PAGES, Word
from lockdesk.pki.containers import is_archive
from lockdesk.records import dataclass
from lockdesk.words import well_formed

MOST_SIDE = 4000
_MOST_PIXELS = 60_000_000
_MOST_CHARACTERS = 60_000
_MOST_OBJECTS = 20_000
_MOST_DEPTH = 6
_GRID = 100_000
_SQUARE = 1000.0
_PICTURE_SHARE = 0.5
"""A picture of at least this share of the page is the page."""
_MAY_HOLD_PICTURES = frozenset({pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_FORM})
_MAY_HOLD_RULES = frozenset({pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_SHADING, pdfium.FPDF_PAGEOBJ_FORM})
_SHORTEST_RULE, _THICKEST_RULE = 60.0, 5.0
"""In points."""
_LEAST_STROKES = 3
_QUIET_ANNOTATIONS = frozenset({pdfium.FPDF_ANNOT_LINK, pdfium.FPDF_ANNOT_POPUP})
_NO_WIDTH = frozenset({0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF})
"""Where words may be parted, and the like: nothing of them is seen."""
_BLANK = frozenset({0, 0xFFFE, *(code for code in range(0x3001) if chr(code).isspace())})
"""Blanks; of pdfium also a gap, and a hyphen at a line's end."""
_SEEN = 32
"""How much darker or lighter than without it a letter is that somebody sees, of 255."""
_LEAST_POINTS = 2.0
_LEAST_LETTERS = 6
_NARROW = 3.0
"""Points."""
_GAP, _GAP_OVER, _LEAST_GAP = 0.7, 1.6, 2.0
"""What may be without ink in a word: letters' widths, or points."""
_OVERLAP, _LIKE_SIZE, _MOST_OVER = 0.3, 1.6, 40
_DARK = 128
_NO_PICTURE = (OSError, ValueError, SyntaxError, IndexError, MemoryError, EOFError, RuntimeError)
"""What the formats raise where a file is none of them, or is broken."""


_Box = tuple[float, float, float, float]


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


def _picture_share(page: Any) -> float:
    """The share of the page that pictures cover."""
    across, down = page.get_size()
    items = [pdfium.FPDFPage_GetObject(page, n) for n in range(min(pdfium.FPDFPage_CountObjects(page), _MOST_OBJECTS))]
    kinds = [(item, pdfium.FPDFPageObj_GetType(item)) for item in items]
    return sum(
        _covered(item, across, down) for item, kind in kinds if kind in _MAY_HOLD_PICTURES and _has_image(item, kind)
    )


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


def page_text(page: Any, number: int) -> PageText:
    """The words of a page, those that are seen apart from those that are not."""
    text = page.get_textpage()
    count = min(pdfium.FPDFText_CountChars(text), _MOST_CHARACTERS)
    codes = [pdfium.FPDFText_GetUnicode(text, index) for index in range(count)]
    turning = _turning(page)
    blanks = [-1, *(index for index, code in enumerate(codes) if code in _BLANK), count]
    words = [
        (
            Word(number, _letters(codes[before + 1 : after]), *_box(text, before + 1, after - 1, turning)),
            range(before + 1, after),
        )
        for before, after in pairwise(blanks)
        if after - before > 1
    ]
    seen, hidden = _parted(page, text, words, turning)
    return PageText(seen, hidden, _picture_share(page) >= _PICTURE_SHARE)


def _letters(codes: Sequence[int]) -> str:
    # a font's ToUnicode may name halves of pairs, alone or in twos
    return well_formed("".join(chr(code) for code in codes if code >= 32 and code not in _NO_WIDTH))


def _parted(
    page: Any, text: Any, words: list[tuple[Word, range]], turning: "_Turning"
) -> tuple[tuple[Word, ...], tuple[Word, ...]]:
    """The words that are seen and those that are not, of which a few letters are no text at all.

    What stands in a word's middle or at its end may be hidden too: where ink is missing each letter is looked at.
    """
    if not words:
        return (), ()
    ink = _Ink(drawn(page), _without(page, list(_text_objects(page))))
    across, down = page.get_size()
    over = _over_each_other([word for word, _span in words])
    seen: list[Word] = []
    hidden: list[Word] = []
    for word, span in words:
        if min(word.left, word.top) <= 0 or max(word.right, word.bottom) >= 1:
            continue  # what runs over the page's edge is not whole, and no part of the paper
        width, height = (word.right - word.left) * across, (word.bottom - word.top) * down
        flat = (max if len(span) == 1 else min)(width, height) < _LEAST_POINTS
        # what shows through another word is that word's ink: only its own counts
        gap_in = partial(_gap_alone, page, _objects_of(text, span)) if word in over else ink.longest_gap
        gap = -1 if flat else gap_in((word.left, word.top, word.right, word.bottom))
        is_seen = gap >= 0
        most = _GAP_OVER if word in over else _GAP  # letters may share their ink with what they lie on
        if gap > _LEAST_GAP and gap * len(span) > most * max(width, height):
            letters = (_middle(_box(text, index, index, turning), across) for index in span if _is_letter(text, index))
            is_seen = all(gap_in(box) >= 0 for box in letters)
        (seen if is_seen else hidden).append(word)
    said = sum(letter.isalnum() for word in hidden for letter in word.text)
    return tuple(seen), tuple(hidden) if said >= _LEAST_LETTERS else ()


def _middle(box: _Box, across: float) -> _Box:
    """The middle of a letter: at its edges stands its neighbour's ink. Of a narrow one all of it."""
    left, top, right, bottom = box
    inset = max(right - left - _NARROW / max(across, 1), 0) / 3
    return left + inset, top, right - inset, bottom


def _is_letter(text: Any, index: int) -> bool:
    return chr(pdfium.FPDFText_GetUnicode(text, index)).isalnum()


class _Ink:
    """Where a page, or a part of it, looks otherwise without some text.

    However a word is hidden (no paint, the paper's colour, under a picture or a bar, cut off, transparent, in a layer
    that is off), the page looks the same without it. Text makes a page darker, or lighter where the ground is dark:
    light letters over a dark line only cut holes in it.
    """

    def __init__(self, painted: Image.Image, bare: Image.Image) -> None:
        self._painted, self._bare = painted, bare
        self._darker = _more(bare, painted)

    def longest_gap(self, box: _Box) -> int:
        """The pixels in a row, along the longer side of a box, on which no ink stands; -1 where there is none."""
        left, top, right, bottom = box
        across, down = self._bare.size
        edges = int(left * across), int(top * down), int(right * across) + 1, int(bottom * down) + 1
        gap = _longest_gap(self._darker.crop(edges))
        if gap < 0 and (ground := self._bare.crop(edges).tobytes()) and sum(ground) < _DARK * len(ground):
            gap = _longest_gap(_more(self._painted.crop(edges), self._bare.crop(edges)))
        return gap


def _more(one: Image.Image, other: Image.Image) -> Image.Image:
    """Where one picture is lighter than the other by as much as somebody sees; elsewhere 0."""
    return ImageChops.subtract(one, other, 1.0, 1 - _SEEN)


def _longest_gap(ink: Image.Image) -> int:
    across, down = ink.getprojection()
    profile = bytes(across if len(across) >= len(down) else down)
    return max(map(len, profile.split(b"\1"))) if any(profile) else -1


def _gap_alone(page: Any, items: Sequence[Any], box: _Box) -> int:
    """The longest gap in some text alone. Only what is about its box is drawn: there may be much of it."""
    across, down = page.get_size()
    left, top, right, bottom = box[0] * across, box[1] * down, (1 - box[2]) * across, (1 - box[3]) * down
    around = tuple(max(0.0, edge - 1) for edge in (left, bottom, right, top))
    return _Ink(drawn(page, crop=around), _without(page, items, around)).longest_gap((0.0, 0.0, 1.0, 1.0))


def _without(page: Any, items: Sequence[Any], crop: tuple[float, ...] = (0, 0, 0, 0)) -> Image.Image:
    """The page as it is seen when some of its text is not painted."""
    modes = [pdfium.FPDFTextObj_GetTextRenderMode(item) for item in items]
    for item in items:
        pdfium.FPDFTextObj_SetTextRenderMode(item, pdfium.FPDF_TEXTRENDERMODE_INVISIBLE)
    bare = drawn(page, crop=crop)
    for item, mode in zip(items, modes, strict=True):
        pdfium.FPDFTextObj_SetTextRenderMode(item, mode)
    return bare


def _objects_of(text: Any, span: range) -> list[Any]:
    """What paints the letters of a word."""
    items = (pdfium.FPDFText_GetTextObject(text, index) for index in span)
    return list({ctypes.cast(item, ctypes.c_void_p).value: item for item in items if item}.values())


def _text_objects(page: Any) -> Iterator[Any]:
    """What paints text on a page, also within forms."""
    holders = [(partial(pdfium.FPDFPage_GetObject, page), pdfium.FPDFPage_CountObjects(page), 0)]
    left = _MOST_OBJECTS
    while holders and left > 0:
        get, count, depth = holders.pop()
        for index in range(min(count, left)):
            left -= 1
            item = get(index)
            kind = pdfium.FPDFPageObj_GetType(item)
            if kind == pdfium.FPDF_PAGEOBJ_TEXT:
                yield item
            elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _MOST_DEPTH:
                inner = partial(pdfium.FPDFFormObj_GetObject, item)
                holders.append((inner, pdfium.FPDFFormObj_CountObjects(item), depth + 1))


def _over_each_other(words: list[Word]) -> set[Word]:
    """Words that lie on others which say different things; of two of unlike size the larger one."""
    found: set[Word] = set()
    said = (word for word in words if any(letter.isalnum() for letter in word.text))
    ordered = sorted(said, key=lambda word: word.top)
    for index, word in enumerate(ordered):
        for other in islice(ordered, index + 1, None):
            if other.top > word.bottom:
                break
            apart = other.left >= word.right or other.right <= word.left
            if not apart and word.text != other.text and len(found) < _MOST_OVER:
                found |= _upper(word, other)
    return found


def _upper(one: Word, other: Word) -> set[Word]:
    width = min(one.right, other.right) - max(one.left, other.left)
    height = min(one.bottom, other.bottom) - max(one.top, other.top)
    if width * height <= _OVERLAP * min((word.right - word.left) * (word.bottom - word.top) for word in (one, other)):
        return set()
    low, high = sorted((one, other), key=lambda word: word.bottom - word.top)
    return {high} if high.bottom - high.top > _LIKE_SIZE * (low.bottom - low.top) else {low, high}


def drawn(page: Any, scale: float = 1.0, crop: tuple[float, ...] = (0, 0, 0, 0)) -> Image.Image:
    """A page as it is seen, `scale` pixels to the point, as far as that is not too large; without so many points at its
    left, bottom, right and top as `crop` says."""
    most = min(scale, MOST_SIDE / max(*page.get_size(), 1))
    picture: Image.Image = page.render(scale=most, grayscale=True, crop=crop).to_pil()
    return picture if picture.mode == "L" else picture.convert("L")


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
    rectangle = pdfium.FS_RECTF()
    pdfium.FPDFText_GetLooseCharBox(text, first, rectangle)
    left, right, low, high = rectangle.left, rectangle.right, rectangle.bottom, rectangle.top
    if last != first:
        pdfium.FPDFText_GetLooseCharBox(text, last, rectangle)
        left, right = min(left, rectangle.left), max(right, rectangle.right)
        low, high = min(low, rectangle.bottom), max(high, rectangle.top)
    # pages are turned by quarters: two opposite corners stay opposite
    one, other = _fraction(a * left + c * low + e), _fraction(a * right + c * high + e)
    top, bottom = _fraction(b * right + d * high + f), _fraction(b * left + d * low + f)
    return min(one, other), min(top, bottom), max(one, other), max(top, bottom)


def _fraction(value: float) -> float:
    # in this order of arguments a coordinate that is no number becomes 0
    return round(min(1.0, max(0.0, value)), 5)
