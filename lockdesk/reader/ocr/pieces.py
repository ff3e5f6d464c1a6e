"""Pieces of a page's picture, read one by one."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from PIL import Image, ImageOps

from lockdesk.desk.values.facts import Word
from lockdesk.reader.drawing.strokes import Box, within_letters, without_rules
from lockdesk.records import dataclass

_BORDER = 24
"""Pixels of paper around a piece: letters at its very edge are not read."""
_LEAST_CONFIDENCE = 5.0


@dataclass(frozen=True, slots=True)
class Page:
    """The picture of a page, and the engine to read pieces of it; the second one learnt from other texts, and errs
    elsewhere."""

    engine: Any
    second: Any
    picture: Image.Image

    def box(self, words: Sequence[Word]) -> Box:
        """The pixels in which words of one line stand."""
        width, height = self.picture.size
        return within_letters(self.picture, (
            round(min(word.left for word in words) * width), round(min(word.top for word in words) * height),
            round(max(word.right for word in words) * width), round(max(word.bottom for word in words) * height),
        ))  # fmt: skip

    def between(self, one: Word, other: Word) -> Box:
        """The pixels between two words of a line."""
        _left, top, left, bottom = self.box([one])
        return left, top, self.box([other])[0], bottom

    def gap(self, one: Word, other: Word) -> float:
        """How far two words of a line stand apart, in heights of the line."""
        height = max(one.height, other.height) * self.picture.height
        return (other.left - one.right) * self.picture.width / max(height, 1.0)

    def without(self, boxes: Sequence[Box]) -> "Page":
        """The page with boxes of it painted over."""
        picture = self.picture.copy() if boxes else self.picture
        for box in boxes:
            picture.paste(255, box)
        return Page(self.engine, self.second, picture)

    def text(self, line: Image.Image, scale: float, letters: str = "", seconding: bool = False) -> str:
        """What a piece says, read as one line at another size; of `letters` only, where they are given."""
        engine = self.second if seconding else self.engine
        engine.SetVariable("tessedit_char_whitelist", letters)
        try:
            return str(_read(engine, line, scale, engine.GetUTF8Text)).strip()
        finally:
            engine.SetVariable("tessedit_char_whitelist", "")

    def words(self, box: Box, scale: float, number: int) -> list[Word]:
        """The words in a box, read as one line at another size, where they stand on the page."""
        line = without_rules(self.picture, box)
        table = str(_read(self.engine, line, scale, lambda: self.engine.GetTSVText(0)))
        across, down = scale * self.picture.width, scale * self.picture.height
        left, top = box[0] / self.picture.width, box[1] / self.picture.height
        return [
            Word(number, text, left + (x - _BORDER) / across, top + (y - _BORDER) / down,
                 left + (x + wide - _BORDER) / across, top + (y + high - _BORDER) / down, confidence)
            for text, (x, y, wide, high), confidence in words_in(table)
        ]  # fmt: skip


def _read(engine: Any, line: Image.Image, scale: float, said: Callable[[], object]) -> object:
    import tesserocr

    size = (max(round(line.width * scale), 1), max(round(line.height * scale), 1))
    engine.SetPageSegMode(tesserocr.PSM.SINGLE_LINE)
    try:
        engine.SetImage(ImageOps.expand(line.resize(size, Image.Resampling.LANCZOS), _BORDER, 255))
        return said()
    finally:
        engine.Clear()
        engine.SetPageSegMode(tesserocr.PSM.SPARSE_TEXT)


AGREED, DIFFERING = 88.0, 60.0
"""What several readings of one value make of its confidence, in per cent."""


def matters(word: Word) -> bool:
    """Whether every letter of a word counts: a number's, an address's."""
    return sum(map(str.isdigit, word.text)) >= 3 or "@" in word.text


def replaced(words: Sequence[Word], again: Iterable[tuple[Sequence[Word], Sequence[Word]]]) -> list[Word]:
    """The words with others in place of some: pairs of words that stand together, and of what they are now."""
    new = {id(word): now if word is olds[0] else () for olds, now in again for word in olds}
    return [item for word in words for item in new.get(id(word), (word,))]


def words_in(table: str) -> list[tuple[str, Box, float]]:
    """The words in Tesseract's tab-separated table (level 5) as text, (left, top, width, height) and confidence,
    without specks that are none."""
    rows = (line.split("\t") for line in table.splitlines())
    return [
        (cells[11].strip(), (int(cells[6]), int(cells[7]), int(cells[8]), int(cells[9])), float(cells[10]))
        for cells in rows
        if len(cells) >= 12 and cells[0] == "5" and cells[11].strip() and float(cells[10]) >= _LEAST_CONFIDENCE
    ]
