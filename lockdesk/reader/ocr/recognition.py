"""Reading the picture of a page: made straight and even, then Tesseract in this very process.

Runs in the cage. The engine and its Indonesian data are loaded before the cage closes (`prepare`); no file
is written and no program started.
"""

from dataclasses import replace
from functools import cache
from typing import Any

from PIL import Image

from lockdesk.desk.values.facts import Word
from lockdesk.reader.drawing.convergence import laid_by_lines
from lockdesk.reader.drawing.grid import Rule, rules_in
from lockdesk.reader.drawing.sheet import sheet_in
from lockdesk.reader.drawing.straightening import (
    IDENTITY,
    Map,
    drawn,
    even_light,
    flattened,
    level,
    lies_sideways,
    through,
    turned,
)
from lockdesk.reader.drawing.ticks import with_marks
from lockdesk.reader.ocr.pieces import Page, words_in
from lockdesk.reader.ocr.rereading import read_again
from lockdesk.reader.ocr.seconding import with_second_opinion
from lockdesk.reader.ocr.wholelines import with_lost_words
from lockdesk.records import dataclass
from lockdesk.resource import resource

LANGUAGE, SECOND = "ind", "eng"
PAGE_PIXELS = 2480
"""The width of a page for the engine: 300 dpi on A4, about 1.5 times what scanners are usually set to."""
_READABLE = 62.0
"""The mean confidence, in per cent, of a page that stands on its feet; one on its head stays below."""
_LEAST_WORDS = 8
_AS_MUCH = 0.85
_MOST_LAYINGS = 3
"""The words of strongly slanting lines tell their slope roughly, those of nearly level ones exactly."""


def prepare() -> None:
    """Loads both engines from the shipped data. Raises ImportError, OSError or RuntimeError."""
    for language in (LANGUAGE, SECOND):
        engine_of(language)


@cache
def engine_of(language: str) -> Any:
    """The engine for a language's data."""
    import tesserocr

    folder = resource(f"ocr/{language}.traineddata").parent
    # Sparse text: every piece with its place. Where lines and columns are is found from the places, while
    # the engine's own idea of columns tears labels from their values.
    engine = tesserocr.PyTessBaseAPI(path=str(folder), lang=language, psm=tesserocr.PSM.SPARSE_TEXT)
    engine.SetVariable("load_system_dawg", "1")
    engine.SetVariable("tessedit_do_invert", "0")  # letters are dark on light
    engine.SetVariable("debug_file", "")  # else its diagnostics open /dev/null, and in the cage that is the end
    return engine


def read_picture(picture: Image.Image, number: int) -> tuple[list[Word], Map, tuple[Rule, ...]]:
    """The words of a page in the straightened picture's coordinates (0 to 1), the way back to the page, and the rules
    drawn on it.

    A page that lies on its side or stands on its head is turned: read the other ways where the first makes no sense.
    """
    read = _first_reading(picture, number)
    page = page_of(read.straight)
    words = read_again(page, with_lost_words(page, read.words))
    words = with_second_opinion(words, _recognised(read.straight, number, SECOND))
    words = with_marks(words, lambda: read.straight)
    return words, read.way, rules_in(read.straight)


def page_of(picture: Image.Image) -> Page:
    """A level picture with what reads pieces of it."""
    return Page(engine_of(LANGUAGE), engine_of(SECOND), picture)


def _first_reading(picture: Image.Image, number: int) -> "_Reading":
    grey, back = picture.convert("L"), IDENTITY
    corners = sheet_in(grey)
    if corners is not None:
        grey, back = flattened(grey, corners, PAGE_PIXELS)
    grey = even_light(grey)
    quarter = 90 if lies_sideways(grey) else 0
    read = _read_turned(grey, quarter, number)
    for other in (quarter + 180, 90 - quarter, 270 - quarter):
        if _makes_sense(read.words):
            break
        read = max(read, _read_turned(grey, other, number), key=lambda item: _sense(item.words))
    read = _laid_by_lines(grey, read, number)
    return replace(read, way=through(back, read.way))


@dataclass(frozen=True, slots=True)
class _Reading:
    """What was read of a picture that was turned and made level, and the way back from it."""

    straight: Image.Image
    words: list[Word]
    way: Map


def _read_turned(grey: Image.Image, quarter: int, number: int) -> _Reading:
    upright, back = turned(grey, quarter)
    if upright.width < PAGE_PIXELS:
        upright = upright.resize((PAGE_PIXELS, upright.height * PAGE_PIXELS // upright.width), Image.Resampling.BICUBIC)
    straight, way = level(upright)
    return _Reading(straight, _recognised(straight, number), through(back, way))


def _laid_by_lines(grey: Image.Image, read: _Reading, number: int) -> _Reading:
    """Read again with its lines parallel, as long as they were not and as that makes about as much sense."""
    for _round in range(_MOST_LAYINGS):
        laid = laid_by_lines(read.straight.size, read.words)
        if laid is None:
            break
        size, way = laid
        back = through(read.way, way)
        straight = drawn(grey, size, back)  # from the first picture: each drawing blurs
        again = _Reading(straight, _recognised(straight, number), back)
        if _sense(again.words) < _AS_MUCH * _sense(read.words):
            break
        read = again
    return read


def _recognised(straight: Image.Image, number: int, language: str = LANGUAGE) -> list[Word]:
    engine = engine_of(language)
    try:
        engine.SetImage(straight)
        engine.SetSourceResolution(round(straight.width / 8.27))
        table = engine.GetTSVText(0)
    finally:
        engine.Clear()
    return words_from_table(table, straight.size, number)


def _makes_sense(words: list[Word]) -> bool:
    long = [word.confidence for word in words if len(word.text) >= 3]
    return len(long) >= _LEAST_WORDS and sum(long) / len(long) >= _READABLE


def _sense(words: list[Word]) -> float:
    """How many letters were read, each as far as the engine is sure of it beyond mere chance."""
    return sum(max(word.confidence - 40.0, 0.0) * len(word.text) for word in words if len(word.text) >= 3)


def words_from_table(table: str, size: tuple[int, int], number: int) -> list[Word]:
    """The words in Tesseract's tab-separated table (level 5), without specks that are none."""
    found = []
    width, height = size
    for text, (x, y, across, down), confidence in words_in(table):
        box = (x / width, y / height, (x + across) / width, (y + down) / height)
        left, top, right, bottom = (min(max(edge, 0.0), 1.0) for edge in box)
        found.append(Word(number, text, left, top, right, bottom, min(max(confidence, 0.0), 100.0)))
    return found
