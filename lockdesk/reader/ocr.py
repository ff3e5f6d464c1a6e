"""Reading the picture of a page: made straight and even, then Tesseract in this very process.

Runs in the cage. The engine and its Indonesian data are loaded before the cage closes (`prepare`); no file
is written and no program started.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from PIL import Image, ImageOps

from lockdesk.desk.values.facts import Word
from lockdesk.reader.grid import Rule, rules_in
from lockdesk.reader.straightening import (
    IDENTITY,
    Map,
    even_light,
    flattened,
    level,
    lies_sideways,
    sheet_in,
    through,
    turned,
)
from lockdesk.reader.ticks import with_marks
from lockdesk.resource import resource

LANGUAGE = "ind"
PAGE_PIXELS = 2480
"""The width of a page for the engine: 300 dpi on A4, about 1.5 times what scanners are usually set to."""
_LEAST_CONFIDENCE = 5.0
_READABLE = 62.0
"""The mean confidence, in per cent, of a page that stands on its feet; one on its head stays below."""
_LEAST_WORDS = 8
_FIGURES = re.compile(r"[0-9A-Fa-f:.+\-/()]+")
_MOST_LOOKS = 40
_SCALES = (1.4, 0.8, 2.0)
"""The sizes at which a value is read again; a further one is tried where those before differ."""
_AGREED, _DIFFERING = 88.0, 60.0
"""What two readings of one word make of its confidence, in per cent."""


@cache
def prepare() -> Any:
    """The engine, loaded once from the shipped data. Raises ImportError, OSError or RuntimeError."""
    import tesserocr

    folder = resource(f"ocr/{LANGUAGE}.traineddata").parent
    # Sparse text: every piece with its place. Where lines and columns are is found from the places, while
    # the engine's own idea of columns tears labels from their values.
    engine = tesserocr.PyTessBaseAPI(path=str(folder), lang=LANGUAGE, psm=tesserocr.PSM.SPARSE_TEXT)
    engine.SetVariable("load_system_dawg", "1")
    engine.SetVariable("tessedit_do_invert", "0")  # letters are dark on light
    engine.SetVariable("debug_file", "")  # else its diagnostics open /dev/null, and in the cage that is the end
    return engine


def read_picture(picture: Image.Image, number: int) -> tuple[list[Word], Map, tuple[Rule, ...]]:
    """The words of a page in the straightened picture's coordinates (0 to 1), the way back to the page, and the rules
    drawn on it.

    A page that lies on its side or stands on its head is turned: read the other ways where the first makes no sense.
    """
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
    words = with_marks(_looked_at_again(read), lambda: read.straight)
    return words, through(back, read.way), rules_in(read.straight)


@dataclass(frozen=True, slots=True)
class _Reading:
    """What was read of a picture that was turned and made level, and the way back from it."""

    straight: Image.Image
    words: list[Word]
    way: Map


def _looked_at_again(read: _Reading) -> list[Word]:
    """The words with those that matter digit by digit read a second time, each value alone and larger. Two readings
    that agree are surer than one, and where they differ neither is sure."""
    engine = prepare()
    runs = [run for run in _runs(read.words) if sum(_matters(word) for word in run)]
    runs.sort(key=lambda run: min(word.confidence for word in run))
    again: dict[int, Word] = {}
    for run in runs[:_MOST_LOOKS]:
        again |= _second(engine, read.straight, run)
    return [again.get(id(word), word) for word in read.words]


def _runs(words: list[Word]) -> Iterator[list[Word]]:
    """Words that follow each other on a line as the groups of one number or the halves of one address do; every other
    word alone."""
    run: list[Word] = []
    for word in words:
        follows = (
            run and _belong(run[-1].text, word.text)
            and abs(word.middle - run[-1].middle) < word.height / 2 and 0 <= word.left - run[-1].right < 2 * word.height
        )  # fmt: skip
        if run and not follows:
            yield run
            run = []
        run.append(word)
    if run:
        yield run


def _belong(one: str, other: str) -> bool:
    """Whether two words may be one value: groups of figures, or the two halves of an address."""
    return bool(_FIGURES.fullmatch(one) and _FIGURES.fullmatch(other)) or "@" in (one[-1:], other[:1])


def _matters(word: Word) -> bool:
    return sum(map(str.isdigit, word.text)) >= 3 or "@" in word.text


def _second(engine: Any, straight: Image.Image, run: list[Word]) -> dict[int, Word]:
    """The words of a run by their identity, with the confidence that the other readings leave them."""
    top, bottom = min(word.top for word in run), max(word.bottom for word in run)
    pad = (bottom - top) * 0.25 * straight.height
    box = (
        max(int(run[0].left * straight.width - pad), 0), max(int(top * straight.height - pad), 0),
        min(int(run[-1].right * straight.width + pad), straight.width),
        min(int(bottom * straight.height + pad), straight.height),
    )  # fmt: skip
    if box[2] - box[0] < 8 or box[3] - box[1] < 8:
        return {}
    said = _core("".join(word.text for word in run))
    agree = any(_core(_line(engine, straight.crop(box), scale)) == said for scale in _SCALES)
    sure = (max(word.confidence, _AGREED) if agree else min(word.confidence, _DIFFERING) for word in run)
    return {id(word): replace(word, confidence=confidence) for word, confidence in zip(run, sure, strict=True)}


def _line(engine: Any, crop: Image.Image, scale: float) -> str:
    """What stands in a crop, read as one line at another size."""
    import tesserocr

    size = (max(round(crop.width * scale), 1), max(round(crop.height * scale), 1))
    engine.SetPageSegMode(tesserocr.PSM.SINGLE_LINE)
    try:
        engine.SetImage(ImageOps.expand(crop.resize(size, Image.Resampling.LANCZOS), 24, 255))
        return str(engine.GetUTF8Text())
    finally:
        engine.Clear()
        engine.SetPageSegMode(tesserocr.PSM.SPARSE_TEXT)


def _core(text: str) -> str:
    """What counts when two readings are compared; the plus of a telephone number is read as all sorts of letters."""
    return re.sub(r"^[A-Za-z](?=628)", "", re.sub(r"[^0-9A-Za-z@]", "", text))


def _read_turned(grey: Image.Image, quarter: int, number: int) -> _Reading:
    upright, back = turned(grey, quarter)
    if upright.width < PAGE_PIXELS:
        upright = upright.resize((PAGE_PIXELS, upright.height * PAGE_PIXELS // upright.width), Image.Resampling.BICUBIC)
    straight, way = level(upright)
    engine = prepare()
    try:
        engine.SetImage(straight)
        engine.SetSourceResolution(round(straight.width / 8.27))
        table = engine.GetTSVText(0)
    finally:
        engine.Clear()
    return _Reading(straight, words_from_table(table, straight.size, number), through(back, way))


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
    for line in table.splitlines():
        cells = line.split("\t")
        if len(cells) < 12 or cells[0] != "5" or not cells[11].strip():
            continue
        confidence = float(cells[10])
        if confidence < _LEAST_CONFIDENCE:
            continue
        x, y, across, down = (int(cell) for cell in cells[6:10])
        box = (x / width, y / height, (x + across) / width, (y + down) / height)
        left, top, right, bottom = (min(max(edge, 0.0), 1.0) for edge in box)
        found.append(Word(number, cells[11].strip(), left, top, right, bottom, min(max(confidence, 0.0), 100.0)))
    return found
