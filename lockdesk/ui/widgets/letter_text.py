"""A document's text by where it stands: the word under a point, what lies between two words, what is sought."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import groupby

from lockdesk.desk.values.facts import Line, Word
from lockdesk.records import dataclass

Box = tuple[float, float, float, float]
Boxes = tuple[Box, ...]
Span = tuple[int, int]
"""The first and the last of some words, by their numbers in the document."""


@dataclass(frozen=True, slots=True)
class Match:
    """One place where the sought text stands: a box for each line it runs over, as parts of the page."""

    page: int
    boxes: Boxes


class LetterText:
    """The words of a document in reading order, numbered from 0."""

    def __init__(self, lines: Sequence[Line] = ()) -> None:
        numbered = [(number, word) for number, line in enumerate(lines) for word in line.words]
        self._words: tuple[Word, ...] = tuple(word for _number, word in numbered)
        self._lines = tuple(number for number, _word in numbered)
        self._pages: dict[int, list[int]] = {}
        for number, word in enumerate(self._words):
            self._pages.setdefault(word.page, []).append(number)

    def __bool__(self) -> bool:
        return bool(self._words)

    def page_span(self, page: int) -> Span | None:
        """All words of a page; None where it has none."""
        numbers = self._pages.get(page)
        return (numbers[0], numbers[-1]) if numbers else None

    def word_at(self, page: int, x: float, y: float) -> int | None:
        """The word that covers a point of the upright page (0 to 1)."""
        found = self.nearest(page, x, y)
        return found if found is not None and _distance(self._words[found], x, y) == (0, 0) else None

    def nearest(self, page: int, x: float, y: float) -> int | None:
        """The word nearest to a point, in the nearest line; None on a page without words."""
        numbers = self._pages.get(page, ())
        return min(numbers, key=lambda number: _distance(self._words[number], x, y), default=None)

    def boxes(self, span: Span, page: int) -> Boxes:
        """A box for each line of the span on one page."""
        numbers = range(span[0], span[1] + 1)
        return self._boxes(number for number in numbers if self._words[number].page == page)

    def copied(self, span: Span) -> str:
        """The words as they are copied: a space between words, a line for each line."""
        rows = groupby(range(span[0], span[1] + 1), key=lambda number: self._lines[number])
        return "\n".join(" ".join(self._words[number].text for number in row) for _line, row in rows)

    def find(self, sought: str) -> tuple[Match, ...]:
        """Every place of a text, from the top: upper or lower case, accents and line ends make no difference."""
        pattern = _pattern(sought)
        if pattern is None:
            return ()
        plain, owners = self._plain
        found = pattern.finditer(plain)
        return tuple(self._match(dict.fromkeys(owners[hit.start() : hit.end()])) for hit in found)

    @cached_property
    def _plain(self) -> tuple[str, tuple[int, ...]]:
        """All words folded, a space behind each, and for every letter whose word it is."""
        letters = [folded(word.text) + " " for word in self._words]
        owners = (number for number, plain in enumerate(letters) for _letter in plain)
        return "".join(letters), tuple(owners)

    def _match(self, numbers: Iterable[int]) -> Match:
        kept = list(numbers)
        page = self._words[kept[0]].page
        return Match(page, self._boxes(number for number in kept if self._words[number].page == page))

    def _boxes(self, numbers: Iterable[int]) -> Boxes:
        rows = groupby(numbers, key=lambda number: self._lines[number])
        return tuple(_around([self._words[number] for number in row]) for _line, row in rows)


class Search:
    """The places of a sought text, one of which is the current one."""

    def __init__(self) -> None:
        self.found: tuple[Match, ...] = ()
        self._at = -1

    def begin(self, found: tuple[Match, ...], page: int) -> None:
        """The current place is the first on this page or behind it."""
        self.found = found
        ahead = (number for number, match in enumerate(found) if match.page >= page)
        self._at = next(ahead, 0) if found else -1

    def step(self, by: int) -> None:
        """Goes on to another place, behind the last to the first again."""
        self._at = (self._at + by) % len(self.found) if self.found else -1

    @property
    def current(self) -> Match | None:
        return self.found[self._at] if self.found else None

    @property
    def number(self) -> int:
        """Which of the places is the current one, from 1; 0 when there is none."""
        return self._at + 1

    def others_on(self, page: int) -> Boxes:
        """The places on a page without the current one."""
        here = (match for match in self.found if match.page == page and match is not self.current)
        return tuple(box for match in here for box in match.boxes)

    def current_on(self, page: int) -> Boxes:
        return self.current.boxes if self.current is not None and self.current.page == page else ()


def folded(text: str) -> str:
    """A text without its accents and in one case, for comparing only."""
    parts = unicodedata.normalize("NFKD", text)
    return "".join(part for part in parts if not unicodedata.combining(part)).casefold()


def _pattern(sought: str) -> re.Pattern[str] | None:
    """Words may be any white space apart, and digits too: a NIP is written with gaps and sought without."""
    pieces = folded(sought).split()
    if not pieces:
        return None
    gaps = [re.sub(r"(?<=\d)(?=\d)", r"\\s?", re.escape(piece)) for piece in pieces]
    return re.compile(r"\s+".join(gaps))


def _distance(word: Word, x: float, y: float) -> tuple[float, float]:
    """How far a point is from a word: first down to its line, then along it."""
    return max(word.top - y, y - word.bottom, 0.0), max(word.left - x, x - word.right, 0.0)


def _around(words: Sequence[Word]) -> Box:
    return (
        min(word.left for word in words),
        min(word.top for word in words),
        max(word.right for word in words),
        max(word.bottom for word in words),
    )
