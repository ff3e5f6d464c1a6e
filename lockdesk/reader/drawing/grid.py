"""Drawn tables: the rules of a page's picture, the cells between them, and words that a cell has wrapped.

A cell says what belongs together better than any distance: a name in two rows beside a number in one, a label with its
translation under it. The words of a row of cells are put on one line, so that whoever looks for what stands beside or
under each other finds it; each keeps the place at which it is shown.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from PIL import Image, ImageChops

from lockdesk.desk.values.facts import Line, Word
from lockdesk.reader.letter.labels import label_of
from lockdesk.reader.letter.marks import marks_of
from lockdesk.reader.words import MovedWord, lines_of
from lockdesk.records import dataclass

_WIDTH = 827
"""Pixels of a page's width when rules are looked for: 100 dpi on A4."""
_DARK = 205
"""A thin rule that falls between two pixels is grey."""
_ACROSS, _DOWN = 11, 6
"""Pixels along a rule that are looked at together."""
_INK = 0xD8
_DRAWN = re.compile(rb"[\xd8-\xff]{3,}")
"""Three such pieces or more, nearly all of them dark, are a rule; letters and their stems are shorter."""
MOST_RULES = 400
_NEAR = 0.006
"""A share of the page: rules nearer than this meet."""
_PAD = 0.009
"""What stays free at both sides of a cell, so that two cells stand clearly apart."""
_STRIP = 0.02
"""What stays free between two columns that no upright rule parts."""
_MOST_ROWS = 5
_TALLEST = 0.16
_CLOSE = 1.1
"""The rows of one wrapped text are parted by less than this share of their height; where a signature goes, by more."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line, level or upright: a share of the page in both directions."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def is_level(self) -> bool:
        return self.right - self.left > self.bottom - self.top


def with_cells(words: list[Word], rules: Sequence[Rule]) -> list[Word]:
    """The words of one page, those in cells on their rows' lines."""
    level = [rule for rule in rules if rule.is_level and not _is_text(rule, words)]
    upright = [rule for rule in rules if not rule.is_level]
    bands: dict[_Band, list[Word]] = {}
    for word in words:
        band = _band_of(word, level)
        if band is not None:
            bands.setdefault(band, []).append(word)
    moved: dict[int, Word] = {}
    for band, inside in bands.items():
        moved |= _on_one_line(_cells(band, inside, upright), band)
    return [moved.get(id(word), word) for word in words]


# ── rules ──
def rules_in(picture: Image.Image) -> tuple[Rule, ...]:
    """The rules of a page; none where there are more than in any table."""
    size = (_WIDTH, max(round(picture.height * _WIDTH / picture.width), 1))
    small = picture.convert("L").resize(size, Image.Resampling.BOX)
    ink = small.point([255 if value < _DARK else 0 for value in range(256)])
    level = [_of(run, size) for run in _runs(ink, _ACROSS)]
    upright = [_of(run, size[::-1]) for run in _runs(ink.transpose(Image.Transpose.TRANSPOSE), _DOWN)]
    found = (*level, *(Rule(rule.top, rule.left, rule.bottom, rule.right) for rule in upright))
    return found if len(found) <= MOST_RULES else ()


@dataclass(slots=True)
class _Run:
    left: int
    right: int
    top: int
    bottom: int


def _of(run: _Run, size: tuple[int, int]) -> Rule:
    return Rule(run.left / size[0], run.top / size[1], run.right / size[0], run.bottom / size[1])


def _runs(ink: Image.Image, piece: int) -> Iterator[_Run]:
    """The dark stretches, those of neighbouring rows of pixels taken together. A filled bar is none."""
    width = ink.width // piece
    ink = ImageChops.lighter(ink, ImageChops.offset(ink, 0, 1))  # a scan's rules are never quite level
    shrunk = ink.resize((width, ink.height), Image.Resampling.BOX, (0, 0, width * piece, ink.height))
    cells = shrunk.tobytes()
    open_ones: list[_Run] = []
    for y in _worth_a_look(shrunk):
        yield from (run for run in open_ones if run.bottom < y - 1 and _is_thin(run))
        open_ones = [run for run in open_ones if run.bottom >= y - 1]
        for found in _DRAWN.finditer(cells[y * width : (y + 1) * width]):
            left, right = found.start() * piece, found.end() * piece
            near = next((run for run in open_ones if run.left - piece <= right and left <= run.right + piece), None)
            if near is None:
                open_ones.append(_Run(left, right, y, y + 1))
            else:
                near.left, near.right, near.bottom = min(near.left, left), max(near.right, right), y + 1
    yield from (run for run in open_ones if _is_thin(run))


def _worth_a_look(cells: Image.Image) -> list[int]:
    """The rows in which three dark pieces follow each other: few of a page's, and told without a loop over all."""
    one, two, three = (
        cells.crop((n, 0, cells.width - 2 + n, cells.height)).point([255 * (value >= _INK) for value in range(256)])
        for n in range(3)
    )
    _across, down = ImageChops.darker(ImageChops.darker(one, two), three).getprojection()
    return [y for y, found in enumerate(down) if found]


def _is_thin(run: _Run) -> bool:
    return (run.bottom - run.top) * 6 < run.right - run.left


# ── cells ──
@dataclass(slots=True)
class _Cell:
    left: float
    right: float
    words: list[Word]


def _is_text(rule: Rule, words: Sequence[Word]) -> bool:
    """Whether a level rule is the underline of words, or the feet of their letters."""
    over = [
        word for word in words
        if word.left < rule.right and rule.left < word.right
        and word.top < rule.top < word.bottom + 0.35 * word.height
    ]  # fmt: skip
    return (
        bool(over)
        and min(word.left for word in over) < rule.left + _NEAR
        and (max(word.right for word in over) > rule.right - _NEAR)
    )


@dataclass(frozen=True, slots=True)
class _Band:
    """What lies between two level rules. `listed`: a third rule is just as long, as in a list without upright rules."""

    top: float
    bottom: float
    listed: bool


def _band_of(word: Word, level: Sequence[Rule]) -> _Band | None:
    """The two level rules between which a word stands, where they are a table's row apart and as long as each other.
    The first and last row of a ruled list may lack the outer one: they are taken to be as high as their neighbours."""
    x = (word.left + word.right) / 2
    over = sorted((rule for rule in level if rule.left - _NEAR <= x <= rule.right + _NEAR), key=lambda rule: rule.top)
    above, below = [rule for rule in over if rule.top < word.middle], [rule for rule in over if rule.top > word.middle]
    next_to = above[-1] if above else below[0] if below else None
    alike = [rule for rule in over if next_to is not None and _are_alike(rule, next_to)]
    top = above[-1].top if above else _outer([rule.top for rule in below])
    bottom = below[0].top if below else _outer([rule.top for rule in above[::-1]])
    if top is None or bottom is None or not top < word.middle < bottom or bottom - top > _TALLEST:
        return None
    if above and below and not _are_alike(above[-1], below[0]):
        return None
    return _Band(round(top / _NEAR) * _NEAR, round(bottom / _NEAR) * _NEAR, len(alike) > 2)


def _are_alike(one: Rule, other: Rule) -> bool:
    shared = min(one.right, other.right) - max(one.left, other.left)
    return shared > 0.6 * max(one.right - one.left, other.right - other.left)


def _outer(rules: Sequence[float]) -> float | None:
    """Where the rule before the first would be, of several as far from each other."""
    apart = [other - one for one, other in pairwise(rules[:4])]
    even = len(apart) == 3 and max(map(abs, apart)) < 1.3 * min(map(abs, apart))
    return rules[0] - apart[0] if even else None


def _cells(band: _Band, words: list[Word], upright: Sequence[Rule]) -> list[_Cell]:
    """The cells of a row: between its upright rules, and in a ruled list between the strips where no word stands."""
    edges = sorted(
        (rule.left + rule.right) / 2
        for rule in upright
        if rule.top <= band.top + 2 * _NEAR and band.bottom - 2 * _NEAR <= rule.bottom
    )
    found: dict[tuple[float, float], _Cell] = {}
    for word in sorted(words, key=lambda item: item.left):
        x = (word.left + word.right) / 2
        left, right = max((n for n in edges if n < x), default=-1.0), min((n for n in edges if n > x), default=2.0)
        cell = found.setdefault((left, right), _Cell(left, right, []))
        cell.words.append(word)
    return list(found.values()) if edges else _columns(words) if band.listed else []


def _columns(words: list[Word]) -> list[_Cell]:
    found: list[_Cell] = []
    for word in sorted(words, key=lambda item: item.left):
        if found and word.left - found[-1].right < _STRIP:
            found[-1].right = max(found[-1].right, word.right)
            found[-1].words.append(word)
        else:
            found.append(_Cell(word.left, word.right, [word]))
    return [
        _Cell(one.left - _PAD, (other.left if other is not None else 1.0) - _PAD, one.words)
        for one, other in zip(found, [*found[1:], None], strict=True)
    ]


def _on_one_line(cells: Sequence[_Cell], band: _Band) -> dict[int, Word]:
    """The words of a row of cells by their identity, each cell's on one line. Nothing where all have one already, or
    where one holds more than a wrapped text."""
    texts = [(cell, lines_of(cell.words)) for cell in cells]
    wrapped = any(len(lines) > 1 for _cell, lines in texts)
    if len(cells) < 2 or not wrapped or not all(_is_one_text(lines) for _cell, lines in texts):
        return {}
    moved: dict[int, Word] = {}
    for cell, lines in texts:
        moved |= _laid_out(lines, cell, (band.top + band.bottom) / 2)
    return moved


def _is_one_text(lines: Sequence[Line]) -> bool:
    """Whether the lines of a cell are one text that was wrapped: close to each other, no label with a value."""
    if len(lines) > _MOST_ROWS or any(mark.colon for line in lines for mark in marks_of(line)):
        return False
    said = {label_of(line.text) for line in lines} - {None}
    if len(said) > 1 or (said and label_of(" ".join(line.text for line in lines)) is None):
        return False  # two labels, or one over its value
    heights = [max(word.height for word in line.words) for line in lines]
    gaps = (
        other.top - max(word.bottom for word in one.words) < _CLOSE * height
        for (one, other), height in zip(pairwise(lines), heights, strict=False)
    )
    edges = [(line.words[0].left, line.words[-1].right) for line in lines]
    sides = ([left for left, _right in edges], [right for _left, right in edges], [sum(edge) / 2 for edge in edges])
    aligned = any(max(side) - min(side) < _STRIP for side in sides)
    return (
        aligned and all(gaps) and not any(line.wide_gap_before(n) for line in lines for n in range(1, len(line.words)))
    )


def _laid_out(lines: Sequence[Line], cell: _Cell, middle: float) -> dict[int, Word]:
    """The words of a cell one behind the other, as narrow as the cell makes them."""
    words = [word for line in lines for word in line.words]
    space = 0.3 * max(word.height for word in words)
    length = sum(word.right - word.left for word in words) + space * (len(words) - 1)
    start = max(min(word.left for word in words), cell.left + _PAD)
    scale = min(1.0, max(min(cell.right, 1.0) - _PAD - start, 0.001) / length)
    moved: dict[int, Word] = {}
    for word in words:
        end, half = start + (word.right - word.left) * scale, word.height / 2
        moved[id(word)] = MovedWord(
            word.page, word.text, start, max(middle - half, 0.0), min(end, 1.0), min(middle + half, 1.0),
            word.confidence, origin=word,
        )  # fmt: skip
        start = min(end + space * scale, 1.0)
    return moved
