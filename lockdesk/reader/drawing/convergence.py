"""What perspective is left in a picture whose lines of text were made level as a whole: seen from the words.

Lines that are parallel on paper run towards one point in a photo. Where the sheet's edges were not found (a shadow, a
bright desk, a sheet larger than the picture), the baselines still tell that point; sent to infinity, they are level.
"""

import re
from collections.abc import Sequence
from statistics import median

from lockdesk.desk.values.facts import Word
from lockdesk.reader.drawing.straightening import Map, through
from lockdesk.records import dataclass

_STANDS_ON_LINE = re.compile(r"[^gjpqy,;()/_|Q@]*[A-Za-z0-9][^gjpqy,;()/_|Q@]*")
"""A word of which nothing reaches below its baseline."""
_LEAST_STEPS = 12
"""Pairs of neighbouring words without which nothing is concluded."""
_LEAST_BEND = 0.01
"""The steepest slope of a page's lines that is left alone: a third of a line's height from a label to its value."""
_MOST_BEND = 0.35
_FAR_OFF = 0.05
"""By this much or more a step's slope is another line's."""
_EXPLAINED = 0.95
"""The share of the steps' unevenness that may stay, or it is none of the page."""
_OUTLIERS = 3.0
_ROUNDING = 0.004
"""What a pixel up or down makes of the slope between two short words."""
_FARTHEST = 2.5
"""Heights between neighbours: across a wider gap the next line's word may look nearer than the line's own."""


@dataclass(frozen=True, slots=True)
class _Step:
    """From a word's baseline to its neighbour's: where (fractions of the width, from the page's middle), the slope,
    and how far apart, which is what the slope is worth."""

    x: float
    y: float
    slope: float
    weight: float


def laid_by_lines(size: tuple[int, int], words: Sequence[Word]) -> tuple[tuple[int, int], Map] | None:
    """How large a picture is on which the lines of text are level and parallel, and the way back from it; None where
    they are, or where too few words tell. `size` is that of the picture with the words, in pixels."""
    shape = size[1] / size[0]
    steps = _steps(words, shape)
    found = _fit(steps)
    if found is None or _unexplained(steps, *found) > _EXPLAINED * _unexplained(steps, 0.0, 0.0):
        return None  # words that stand too high or too low bend no page
    lean, bend = found
    if not _LEAST_BEND < abs(lean) + abs(bend) * shape / 2 < _MOST_BEND:
        return None
    return _laid(size, lean, bend)


def _steps(words: Sequence[Word], shape: float) -> list[_Step]:
    sound = sorted(
        (word for word in words if len(word.text) >= 2 and _STANDS_ON_LINE.fullmatch(word.text)),
        key=lambda word: word.left,
    )
    found = []
    for number, word in enumerate(sound):
        height = (word.bottom - word.top) * shape
        near = (
            other
            for other in sound[number + 1 :]
            if 0 < other.left - word.right < _FARTHEST * height
            and abs(other.bottom - word.bottom) * shape < 0.6 * height
            and 0.7 < (other.bottom - other.top) * shape / height < 1.4
        )
        other = next(near, None)
        if other is None:
            continue
        middles = [(one.left + one.right) / 2 - 0.5 for one in (word, other)]
        apart = middles[1] - middles[0]
        rise = (other.bottom - word.bottom) * shape
        lower = ((word.bottom + other.bottom) / 2 - 0.5) * shape
        found.append(_Step(sum(middles) / 2, lower, rise / apart, apart))
    return found


def _fit(steps: list[_Step]) -> tuple[float, float] | None:
    """Lean and bend so that slope * (1 - bend * x) = lean - bend * y for every step: lines through the point
    (1, lean, bend) in homogeneous coordinates. Steps that fit no such point (two lines taken for one) are left out."""
    kept = steps
    for _round in range(4):
        if len(kept) < _LEAST_STEPS:
            return None
        lean, bend = _least_squares(kept)
        off = [_away(step, lean, bend) for step in kept]
        usual = max(median(off), _ROUNDING)
        still = [step for step, away in zip(kept, off, strict=True) if away <= _OUTLIERS * usual]
        if len(still) == len(kept):
            break
        kept = still
    return lean, bend


def _unexplained(steps: list[_Step], lean: float, bend: float) -> float:
    """How far the steps are from lines through one point; whatever is far off counts alike."""
    return sum(step.weight * min(_away(step, lean, bend), _FAR_OFF) for step in steps)


def _away(step: _Step, lean: float, bend: float) -> float:
    return abs(step.slope * (1 - bend * step.x) - lean + bend * step.y)


def _least_squares(steps: list[_Step]) -> tuple[float, float]:
    across = [(step.x * step.slope - step.y, step.slope, step.weight) for step in steps]
    total = sum(weight for _a, _s, weight in across)
    mean_a = sum(a * weight for a, _s, weight in across) / total
    mean_s = sum(s * weight for _a, s, weight in across) / total
    spread = sum(weight * (a - mean_a) ** 2 for a, _s, weight in across)
    shared = sum(weight * (a - mean_a) * (s - mean_s) for a, s, weight in across)
    bend = shared / spread if spread > 1e-9 else 0.0
    return mean_s - bend * mean_a, bend


def _laid(size: tuple[int, int], lean: float, bend: float) -> tuple[tuple[int, int], Map]:
    """The point that the lines run to is sent to infinity: x' = x / (1 - bend x), y' = (y - lean x) / (1 - bend x),
    about the picture's middle and in its widths."""
    width, height = size
    shape = height / width
    corners = [_forward(x, y, lean, bend) for x in (-0.5, 0.5) for y in (-shape / 2, shape / 2)]
    left, right = min(x for x, _y in corners), max(x for x, _y in corners)
    top, bottom = min(y for _x, y in corners), max(y for _x, y in corners)
    from_fractions: Map = (right - left, 0.0, left, 0.0, bottom - top, top, 0.0, 0.0, 1.0)
    back: Map = (1.0, 0.0, 0.0, lean, 1.0, 0.0, bend, 0.0, 1.0)
    to_fractions: Map = (1.0, 0.0, 0.5, 0.0, 1 / shape, 0.5, 0.0, 0.0, 1.0)
    way = through(to_fractions, through(back, from_fractions))
    return (round((right - left) * width), round((bottom - top) * width)), way


def _forward(x: float, y: float, lean: float, bend: float) -> tuple[float, float]:
    depth = 1 - bend * x
    return x / depth, (y - lean * x) / depth
