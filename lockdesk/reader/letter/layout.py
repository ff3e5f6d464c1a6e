"""Where words stand to each other: segments of a line, what is under and over them, running text."""

import re
from collections.abc import Sequence

from lockdesk.desk.values.facts import Line, Word
from lockdesk.records import dataclass

Rows = tuple[tuple[Word, ...], ...]


@dataclass(frozen=True, slots=True)
class Segment:
    """Words of one line without a wide gap between them."""

    words: tuple[Word, ...]
    line: int
    """The index of its line."""

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def page(self) -> int:
        return self.words[0].page

    @property
    def left(self) -> float:
        return self.words[0].left

    @property
    def right(self) -> float:
        return max(word.right for word in self.words)

    @property
    def top(self) -> float:
        return min(word.top for word in self.words)

    @property
    def bottom(self) -> float:
        return max(word.bottom for word in self.words)

    @property
    def height(self) -> float:
        return max(word.height for word in self.words)

    def overlap(self, other: "Segment") -> float:
        """How much of the narrower one stands over or under the other, 0 to 1."""
        shared = min(self.right, other.right) - max(self.left, other.left)
        return max(0.0, shared) / max(min(self.right - self.left, other.right - other.left), 1e-6)


def segments_of(lines: Sequence[Line]) -> list[Segment]:
    """The segments of all lines, from top to bottom and from left to right."""
    found = []
    for number, line in enumerate(lines):
        begins = [index for index in range(len(line.words)) if line.wide_gap_before(index)]
        ends = [*begins[1:], len(line.words)]
        found += [Segment(line.words[a:b], number) for a, b in zip(begins, ends, strict=True)]
    return found


def stacks_of(segments: Sequence[Segment]) -> list[list[Segment]]:
    """Segments under each other, each list one column from top to bottom: what stands beside it is another's."""
    stacks: list[list[Segment]] = []
    open_ones: list[list[Segment]] = []
    for item in sorted(segments, key=lambda segment: (segment.page, segment.top)):
        fitting = [stack for stack in open_ones if _continues(stack[-1], item)]
        if fitting:
            best = max(fitting, key=lambda stack: (stack[-1].overlap(item), stack[-1].bottom))
            best.append(item)
        else:
            open_ones.append([item])
            stacks.append(open_ones[-1])
    return stacks


def _continues(last: Segment, item: Segment) -> bool:
    """The space for a signature and a stamp is at most about a seventh of a page; running text ends a column."""
    near = item.page == last.page and item.top - last.top >= -0.002 and item.top - last.bottom < 0.14
    if not near or last.line == item.line:
        return False
    aligned = abs(item.left - last.left) < 0.03 or abs(item.left + item.right - last.left - last.right) < 0.05
    wide = max(item.right - item.left, last.right - last.left) > 0.62
    return (aligned or last.overlap(item) > 0.5) and not (wide and item.top - last.bottom > 0.02)


@dataclass(frozen=True, slots=True)
class Running:
    """Words as running text: where each begins in `text`."""

    text: str
    words: tuple[Word, ...]
    starts: tuple[int, ...]

    def rows(self, span: tuple[int, int]) -> Rows:
        """The words that a part of the text touches, line by line."""
        inside = [
            word
            for word, start in zip(self.words, self.starts, strict=True)
            if start < span[1] and start + len(word.text) > span[0]
        ]
        return rows_of(inside)


def running(words: Sequence[Word]) -> Running:
    """The words, in their order, as one text with a blank between them."""
    starts, length = [], 0
    for word in words:
        starts.append(length)
        length += len(word.text) + 1
    return Running(" ".join(word.text for word in words), tuple(words), tuple(starts))


def rows_of(words: Sequence[Word]) -> Rows:
    """Words of a value by the lines on which they stand."""
    rows: list[list[Word]] = []
    for word in words:
        last = rows[-1][-1] if rows else None
        same = last is not None and last.page == word.page and abs(last.middle - word.middle) < word.height / 2
        if same and last is not None and word.left >= last.left:
            rows[-1].append(word)
        else:
            rows.append([word])
    return tuple(tuple(row) for row in rows)


_OPENING = re.compile(r"^\W*(?:yth|kepada|nomor|hal|perihal|lampiran|sifat|tembusan|demikian)\b", re.IGNORECASE)


def paragraphs_of(lines: Sequence[Line]) -> list[Running]:
    """Lines that follow each other closely, as running text. Where the first word would still have fitted on the line
    before, a new paragraph begins."""
    margins = {page: _margin([line for line in lines if line.page == page]) for page in {n.page for n in lines}}
    found: list[list[Word]] = []
    before: Line | None = None
    for line in lines:
        height = max(word.height for word in line.words)
        close = before is not None and before.page == line.page and line.top - before.top < 2.4 * max(height, 0.008)
        if close and before is not None and _fills(before, line, margins[line.page]) and not _OPENING.match(line.text):
            found[-1].extend(line.words)
        else:
            found.append(list(line.words))
        before = line
    return [running(words) for words in found]


_TITLES = re.compile(r"(?:[A-Z][A-Za-z]{0,5}\.[A-Za-z.]{0,12},?\s?){1,4}")
"""Nothing but titles: the rest of a name on the line before."""


def _margin(lines: Sequence[Line]) -> float:
    """Where running text ends at the right; a speck or a page number beside it is no text."""
    running = [line for line in lines if len(line.words) > 4] or lines
    return max(line.words[-1].right for line in running)


def _fills(before: Line, line: Line, margin: float) -> bool:
    first, last = line.words[0], before.words[-1]
    named_on = last.text.endswith(",") and _TITLES.fullmatch(line.text) is not None
    return named_on or last.right + (first.right - first.left) > margin - 0.05
