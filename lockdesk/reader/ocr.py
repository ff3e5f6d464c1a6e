"""Reading the picture of a page: made straight and even, then Tesseract in this very process.

Runs in the cage. The engine and its Indonesian data are loaded before the cage closes (`prepare`); no file
is written and no program started.
"""

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from PIL import Image, ImageOps

from lockdesk.desk.values.facts import Word
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
from lockdesk.resource import resource

LANGUAGE = "ind"
PAGE_PIXELS = 2480
"""The width of a page for the engine: 300 dpi on A4, about 1.5 times what scanners are usually set to."""
_LEAST_CONFIDENCE = 5.0
_READABLE = 62.0
"""The mean confidence, in per cent, of a page that stands on its feet; one on its head stays below."""
_LEAST_WORDS = 8
_MOST_LOOKS = 40
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


def read_picture(picture: Image.Image, number: int) -> tuple[list[Word], Map]:
    """The words of a page in the straightened picture's coordinates (0 to 1), and the way back to the page.

    A page that lies on its side or stands on its head is turned: read both ways where the first makes no sense.
    """
    grey, back = picture.convert("L"), IDENTITY
    corners = sheet_in(grey)
    if corners is not None:
        grey, back = flattened(grey, corners, PAGE_PIXELS)
    grey = even_light(grey)
    quarter = 90 if lies_sideways(grey) else 0
    read = _read_turned(grey, quarter, number)
    if not _makes_sense(read.words):
        read = max(read, _read_turned(grey, quarter + 180, number), key=lambda item: _sense(item.words))
    return _looked_at_again(read), through(back, read.way)


@dataclass(frozen=True, slots=True)
class _Reading:
    """What was read of a picture that was turned and made level, and the way back from it."""

    straight: Image.Image
    words: list[Word]
    way: Map


def _looked_at_again(read: _Reading) -> list[Word]:
    """The words with those that matter digit by digit read a second time, each alone and larger. Two readings that
    agree are surer than one, and where they differ neither is sure."""
    engine = prepare()
    weak = sorted((word for word in read.words if _matters(word)), key=lambda word: word.confidence)
    again = {id(word): _second(engine, read.straight, word) for word in weak[:_MOST_LOOKS]}
    return [again.get(id(word), word) for word in read.words]


def _matters(word: Word) -> bool:
    return sum(map(str.isdigit, word.text)) >= 3 or "@" in word.text


def _second(engine: Any, straight: Image.Image, word: Word) -> Word:
    import tesserocr

    pad = (word.bottom - word.top) * 0.25
    box = (
        int(word.left * straight.width - pad * straight.height), int((word.top - pad) * straight.height),
        int(word.right * straight.width + pad * straight.height), int((word.bottom + pad) * straight.height),
    )  # fmt: skip
    crop = straight.crop((max(box[0], 0), max(box[1], 0), min(box[2], straight.width), min(box[3], straight.height)))
    if crop.width < 8 or crop.height < 8:
        return word
    larger = ImageOps.expand(
        crop.resize((crop.width * 7 // 5, crop.height * 7 // 5), Image.Resampling.LANCZOS), 24, 255
    )
    engine.SetPageSegMode(tesserocr.PSM.SINGLE_LINE)
    try:
        engine.SetImage(larger)
        text, sure = engine.GetUTF8Text(), float(engine.MeanTextConf())
    finally:
        engine.Clear()
        engine.SetPageSegMode(tesserocr.PSM.SPARSE_TEXT)
    agree = _core(text) == _core(word.text)
    confidence = max(word.confidence, sure, _AGREED) if agree else min(word.confidence, _DIFFERING)
    return replace(word, confidence=min(confidence, 100.0))


def _core(text: str) -> str:
    return re.sub(r"[^0-9A-Za-z@]", "", text)


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
