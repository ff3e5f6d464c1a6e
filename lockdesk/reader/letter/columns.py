"""Pages set in two columns, labels and values beside running text: read one after the other."""

from collections.abc import Sequence
from dataclasses import replace

from lockdesk.desk.values.facts import Line

_LEAST_LINES = 5
"""Lines of running text under each other that make a column."""
_ALIGNED = 0.012
"""A share of the page's width, within which lines begin at the same place."""
_MIDDLE = 0.45
"""A share of the page's width: a line that begins behind it has nothing of the column at its left."""
_TEXT_WORDS = 4
_LEAST_SMALL = 3
"""Lines of a column that begin in the middle of a sentence."""
_MOST_CROSSING = 2
"""Lines with words on both sides of an edge and no more than a blank there that speak against a column."""


def in_columns(lines: Sequence[Line]) -> list[Line]:
    """The lines; where running text stands in a column beside others, the left column first and then the right."""
    found: list[Line] = []
    for page in sorted({line.page for line in lines}):
        own = [line for line in lines if line.page == page]
        edge = _edge_of_text(own)
        edge = _edge_beside_text(own) if edge is None else edge
        found += own if edge is None else _parted(own, edge)
    return found


def _starts(line: Line) -> list[int]:
    return [n for n in range(1, len(line.words)) if line.wide_gap_before(n)]


def _edge_of_text(lines: Sequence[Line]) -> float | None:
    """Where a column of running text begins beside another: the left edge that most of its lines share."""
    texts: list[tuple[float, bool]] = []
    for line in lines:
        starts = _starts(line)
        rest = line.words[starts[-1] if starts else 0 :]
        beside = bool(starts) or rest[0].left > _MIDDLE
        if beside and len(rest) >= _TEXT_WORDS and not any(word.text in {":", "="} for word in rest):
            texts.append((rest[0].left, rest[0].text[:1].islower()))
    edges = [[other for other in texts if abs(other[0] - left) < _ALIGNED] for left, _small in texts]
    most = max(edges, key=len, default=[])
    small = sum(is_small for _left, is_small in most)
    return min(left for left, _small in most) if len(most) >= _LEAST_LINES and small >= _LEAST_SMALL else None


def _edge_beside_text(lines: Sequence[Line]) -> float | None:
    """Where a column of short lines begins at the right of running text."""
    lasts = [line.words[starts[-1]].left for line in lines if (starts := _starts(line))]
    edge = max(lasts, key=lambda left: sum(abs(left - other) < _ALIGNED for other in lasts), default=0.0)
    beside = [
        line for line in lines if any(abs(line.words[start].left - edge) < _ALIGNED for start in (0, *_starts(line)))
    ]
    if len(beside) < _LEAST_LINES or sum(bool(_starts(line)) for line in beside) < _LEAST_SMALL:
        return None
    if any(line.words[starts[-1] - 1].text.endswith((":", "=")) for line in beside if (starts := _starts(line))):
        return None  # labels at the left, values at the right
    top, bottom = min(line.top for line in beside), max(line.top for line in beside)
    if sum(top <= line.top <= bottom and _crosses(line, edge) for line in lines) >= _MOST_CROSSING:
        return None  # sentences run over it
    left = [tuple(word for word in line.words if word.right < edge) for line in lines if top <= line.top <= bottom]
    small = sum(len(words) >= _TEXT_WORDS and words[0].text[:1].islower() for words in left)
    return edge if small >= _LEAST_SMALL else None


def _crosses(line: Line, edge: float) -> bool:
    """Whether a line goes on over the edge as a sentence does."""
    first = next((n for n, word in enumerate(line.words) if word.right > edge), 0)
    return first > 0 and not any(abs(line.words[start].left - edge) < _ALIGNED for start in _starts(line))


def _parted(lines: Sequence[Line], edge: float) -> list[Line]:
    """Between the first and the last line that the column shares, what stands left of its edge goes first."""
    shared = [
        number
        for number, line in enumerate(lines)
        if any(abs(line.words[start].left - edge) < _ALIGNED for start in _starts(line))
    ]
    first, last = min(shared), max(shared)
    while last + 1 < len(lines) and _is_beside(lines[last + 1], edge):
        last += 1
    left, right = [], []
    for line in lines[first : last + 1]:
        before = tuple(word for word in line.words if word.left < edge - _ALIGNED)
        behind = tuple(word for word in line.words if word.left >= edge - _ALIGNED)
        left += [replace(line, words=before)] if before else []
        right += [replace(line, words=behind)] if behind else []
    return [*lines[:first], *left, *right, *lines[last + 1 :]]


def _is_beside(line: Line, edge: float) -> bool:
    """Whether a line stands whole in one of the two columns."""
    return all(word.left >= edge - _ALIGNED for word in line.words) or all(word.right < edge for word in line.words)
