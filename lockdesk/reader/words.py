"""The lines that words on a page form, by where they stand and not by their order in the file."""

from dataclasses import field
from itertools import pairwise

from lockdesk.desk.values.facts import Line, Word
from lockdesk.records import dataclass

_SENTENCE_WORDS = 7


@dataclass(frozen=True, slots=True)
class MovedWord(Word):
    """A word put where what belongs together stands beside each other; `origin` is the word as it is shown."""

    origin: Word = field(kw_only=True)


def shown_word(word: Word) -> Word:
    """The word where it stands on the page."""
    return word.origin if isinstance(word, MovedWord) else word


def lines_of(words: list[Word]) -> list[Line]:
    """The lines of all pages, from top to bottom."""
    found: list[Line] = []
    for page in sorted({word.page for word in words}):
        rows: list[list[Word]] = []
        for word in sorted((item for item in words if item.page == page), key=lambda item: item.middle):
            if rows and _same_line(rows[-1], word):
                rows[-1].append(word)
            else:
                rows.append([word])
        lines = [tuple(sorted(row, key=lambda item: item.left)) for row in rows]
        space = _space(lines)
        found.extend(Line(page, line, space) for line in lines)
    return found


def _space(lines: list[tuple[Word, ...]]) -> float:
    """Half as much again as most gaps in the sentences of a page; 0 where it has too few."""
    gaps = sorted(
        other.left - word.right for line in lines if len(line) >= _SENTENCE_WORDS for word, other in pairwise(line)
    )
    return min(max(round(1.6 * gaps[len(gaps) // 2], 5), 0.0), 1.0) if len(gaps) >= 2 * _SENTENCE_WORDS else 0.0


def _same_line(row: list[Word], word: Word) -> bool:
    """The middles lie within 45 % of a line's height (a scan's slope, a smaller type)."""
    height = max(min(word.height, row[-1].height), 0.004)
    return abs(row[-1].middle - word.middle) < 0.45 * height


def box_of(words: tuple[Word, ...]) -> tuple[float, float, float, float]:
    """The box around words of one line."""
    return (
        min(word.left for word in words),
        min(word.top for word in words),
        max(word.right for word in words),
        max(word.bottom for word in words),
    )
