"""Ticks and strokes that somebody drew on a form: boxes before the services that it offers, words that are struck out.

Looked for in the page's picture, drawn or scanned alike, and only where a line names a service beside others. What is
certain becomes a sign before the words, as a typed box would be one; what is not becomes the sign for unclear.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from math import cos, pi, sin

from PIL import Image

from lockdesk.desk.checks.letter.services import EMPTY_BOX, STRUCK, TICKED_BOX, UNCLEAR_BOX, is_marked, service_of
from lockdesk.desk.values.facts import Line, Word
from lockdesk.reader.words import lines_of
from lockdesk.records import dataclass

_UNIT = 24
"""Pixels of a word's height in the piece of the picture that is looked at."""
_REACH, _OVER = 3.2, 0.6
"""How far left of its words a box may begin, and how far it may stand out above and below, in heights of them."""
_DARK = 150
_SMALLEST, _LARGEST = 11, 46
_SIDE, _INSET = 0.8, 0.24
"""The share of a box's side that must be drawn, and what is left out on every side when its inside is looked at."""
_SAME = 6
"""Pixels within which two outlines end at the same place."""
_RADII = (7, 17)
_OFF_LINE = 5
"""Pixels by which a ring's middle may stand off that of its line."""
_AROUND = [(cos(turn * pi / 12), sin(turn * pi / 12)) for turn in range(24)]
_MOST_GAPS = 2
_MOST_LIGHT = 0.06
"""The share of a stroke that may be light."""
_BLANK, _FILLED = 0.02, 0.1
"""Ink inside a box, as a share of it: less is empty, more is ticked, between is unclear."""
_LEAST_SPREAD = 0.55
"""A mark reaches over this share of the box in both directions; a line across it and a speck do not."""
_MOST_OPTIONS = 40
_RINGED = re.compile(r"[@©®](?=[A-Z][a-z]{3})")
_RING = 1.2
"""What a ring and the blank behind it take of the page's width, in heights of a word as a share of the page's."""
_SENTENCE_BEGINS = frozenset({"Saya", "Dengan", "Demikian", "Bahwa", "Yang", "Sehubungan", "Mohon"})
_ALIGNED = 0.03
"""A share of the page's width: options under each other begin at the same place."""
_SHORT = 3
"""Letters of what OCR makes of a box."""


@dataclass(frozen=True, slots=True)
class _Box:
    left: int
    top: int
    right: int
    bottom: int


@dataclass(slots=True)
class _Piece:
    """A part of the picture, black on white; `left` and `top` in the picture's pixels, `scale` of it to them."""

    cells: bytes
    width: int
    height: int
    left: float
    top: float
    scale: float

    def dark(self, x: int, y: int) -> bool:
        return 0 <= x < self.width and 0 <= y < self.height and self.cells[y * self.width + x] < _DARK

    def share(self, across: range, down: range) -> float:
        inside = len(across) * len(down)
        return sum(self.dark(x, y) for y in down for x in across) / inside if inside else 0.0


def with_marks(words: list[Word], picture: Callable[[], Image.Image]) -> list[Word]:
    """The words of one page with signs for what is drawn at them. The picture is asked for only where the page offers
    several services."""
    lines = lines_of([_without_ring(word) for word in words])
    options = [option for line in lines for option in _options(line)][:_MOST_OPTIONS]
    listed = [line for line in lines if len(_listed(line)) > 1]
    if not listed and len({service for service, _words in options}) < 2:
        return words
    page = picture().convert("L")
    words = [word for line in lines for word in line.words]
    marked: dict[int, Word] = {}
    for line in listed:
        struck = [word for word in line.words if _is_struck(word, page)]
        marked |= {id(word): replace(word, text=word.text + STRUCK) for word in struck}
    boxes = [(option, _box_before(option, page)) for _service, option in options]
    found = [(sign, place) for _option, (sign, place) in boxes if sign]
    if not found:
        return [marked.get(id(word), word) for word in words]
    edges = [option[0].left for option, (sign, _place) in boxes if sign]
    signs = [
        Word(option[0].page, sign or UNCLEAR_BOX, *place, confidence=100.0)
        for option, (sign, place) in boxes
        if sign or any(abs(option[0].left - edge) < _ALIGNED for edge in edges)  # else it answers another question
    ]
    return signs + [marked.get(id(word), word) for word in words if not any(_is_within(word, sign) for sign in signs)]


def _without_ring(word: Word) -> Word:
    """A word without the ring before it that OCR took for its first letter: "@Reset"."""
    if not _RINGED.match(word.text):
        return word
    return replace(word, text=word.text[1:], left=min(word.left + _RING * word.height, word.right))


def _options(line: Line) -> Iterator[tuple[str, Sequence[Word]]]:
    """The parts of a line that name a service and have no sign of their own yet; "Alasan: …" is no option."""
    starts = [n for n in range(len(line.words)) if line.wide_gap_before(n)] + [len(line.words)]
    for start, end in pairwise(starts):
        words = line.words[start:end]
        if is_marked(" ".join(word.text for word in words)) or _is_label(words) or words[0].text in _SENTENCE_BEGINS:
            continue
        while len(words) > 1 and len(words[0].text) <= _SHORT and not service_of(words[0].text):
            words = words[1:]
        text = " ".join(word.text for word in words)
        service = service_of(text)
        if service:
            yield service, words


def _is_label(words: Sequence[Word]) -> bool:
    """Whether the words begin with a label, and with no service's own name: "Alasan: …", but "Lupa passphrase: …"."""
    ends = next((n for n, word in enumerate(words[:2], 1) if word.text.endswith(":")), 0)
    return ends > 0 and not service_of(" ".join(word.text for word in words[:ends]))


def _listed(line: Line) -> set[str]:
    """The services that a line names between strokes, of which all but one are to be struck out."""
    return {service for part in line.text.split("/") if (service := service_of(part))} if "/" in line.text else set()


def _box_before(option: Sequence[Word], page: Image.Image) -> tuple[str, tuple[float, float, float, float]]:
    """The sign for the box before an option, and where it stands; no sign where there is no box."""
    word = option[0]
    height = word.height * page.height
    left, top = word.left * page.width - _REACH * height, word.top * page.height - _OVER * height
    piece = _piece(page, left, top, word.left * page.width - left, (1 + 2 * _OVER) * height, _UNIT / max(height, 1.0))
    box = _box_in(piece) or _ring_in(piece)
    if box is None:
        edge = word.left - 0.8 * height / page.width
        return "", (max(edge, 0.0), word.top, max(word.left - 0.001, 0.0), word.bottom)
    corners = (
        (piece.left + box.left / piece.scale) / page.width, (piece.top + box.top / piece.scale) / page.height,
        (piece.left + box.right / piece.scale) / page.width, (piece.top + box.bottom / piece.scale) / page.height,
    )  # fmt: skip
    x0, _y0, x1, _y1 = (min(max(edge, 0.0), 1.0) for edge in corners)
    return _sign(piece, box), (x0, word.top, x1, word.bottom)  # on the words' own line, whatever its size


def _piece(page: Image.Image, left: float, top: float, width: float, height: float, scale: float) -> _Piece:
    corner = (max(round(left), 0), max(round(top), 0))
    crop = page.crop((*corner, max(round(left + width), corner[0] + 1), max(round(top + height), corner[1] + 1)))
    size = (max(round(crop.width * scale), 1), max(round(crop.height * scale), 1))
    return _Piece(crop.resize(size, Image.Resampling.BILINEAR).tobytes(), *size, *corner, scale)


def _box_in(piece: _Piece) -> _Box | None:
    """The rightmost outline beside the middle of the line: four sides, each drawn for the most part; where boxes stand
    close under each other, the squarest."""
    runs = [(y, *run) for y in range(piece.height) for run in _runs(piece, y)]
    found: list[tuple[int, int, _Box]] = []
    for top, left, right in runs:
        side = right - left
        for bottom, low_left, low_right in runs:
            fits = 0.7 * side <= bottom - top <= 1.4 * side and top < piece.height / 2 < bottom
            if not fits or abs(low_left - left) > 3 or abs(low_right - right) > 3:
                continue
            down = range(top, bottom + 1)
            sides = (max(piece.share(range(x + d, x + d + 1), down) for d in (-2, -1, 0, 1, 2)) for x in (left, right))
            if min(sides) >= _SIDE:
                found.append((right // _SAME, -abs(bottom - top - side), _Box(left, top, right, bottom)))
    return max(found, key=lambda item: item[:2])[2] if found else None


def _ring_in(piece: _Piece) -> _Box | None:
    """The rightmost round outline, as forms for a choice of one have it: dark all around, light outside of that."""
    middle = piece.height // 2
    for x in range(piece.width - _RADII[0], _RADII[0], -1):
        for y in range(middle - _OFF_LINE, middle + _OFF_LINE + 1):
            for radius in range(*_RADII):
                if _is_ring(piece, x, y, radius) and not _is_ring(piece, x, y, radius + 4):
                    return _Box(x - radius, y - radius, x + radius, y + radius)
    return None


def _is_ring(piece: _Piece, x: int, y: int, radius: int) -> bool:
    """Whether the outline is drawn, but for a few gaps."""
    gaps = 0
    for across, down in _AROUND:
        near = (piece.dark(round(x + across * (radius + d)), round(y + down * (radius + d))) for d in (0, -1, 1))
        if not any(near):
            gaps += 1
            if gaps > _MOST_GAPS:
                return False
    return True


def _runs(piece: _Piece, y: int) -> Iterator[tuple[int, int]]:
    """The dark stretches of a row that may be a box's upper or lower side."""
    start = -1
    for x in range(piece.width + 1):
        if piece.dark(x, y):
            start = x if start < 0 else start
        elif start >= 0:
            if _SMALLEST <= x - start <= _LARGEST:
                yield start, x - 1
            start = -1


def _sign(piece: _Piece, box: _Box) -> str:
    across, down = box.right - box.left, box.bottom - box.top
    inside = range(round(box.left + _INSET * across), round(box.right - _INSET * across) + 1)
    rows = range(round(box.top + _INSET * down), round(box.bottom - _INSET * down) + 1)
    ink = piece.share(inside, rows)
    if ink < _BLANK:
        return EMPTY_BOX
    down_it = sum(any(piece.dark(x, y) for x in inside) for y in rows) / max(len(rows), 1)
    across_it = sum(any(piece.dark(x, y) for y in rows) for x in inside) / max(len(inside), 1)
    return TICKED_BOX if ink > _FILLED and min(down_it, across_it) > _LEAST_SPREAD else UNCLEAR_BOX


def _is_struck(word: Word, page: Image.Image) -> bool:
    """Whether one straight line goes through a whole word, level or aslant: letters alone leave gaps there."""
    if sum(map(str.isalpha, word.text)) < 3:
        return False
    height, width = word.height * page.height, (word.right - word.left) * page.width
    piece = _piece(page, word.left * page.width, word.top * page.height, width, height, _UNIT / max(height, 1.0))
    heights = range(round(0.15 * piece.height), round(0.9 * piece.height))
    return any(_is_drawn(piece, left, right) for left in heights for right in heights)


def _is_drawn(piece: _Piece, left: int, right: int) -> bool:
    """Whether a line from one height at the left edge to another at the right is dark all along."""
    gaps = 0
    for x in range(piece.width):
        if not piece.dark(x, round(left + (right - left) * x / max(piece.width - 1, 1))):
            gaps += 1
            if gaps > _MOST_LIGHT * piece.width:
                return False
    return True


def _is_within(word: Word, sign: Word) -> bool:
    """Whether a word is only what OCR made of a box."""
    middle = (word.left + word.right) / 2
    return len(word.text) <= _SHORT and sign.left <= middle <= sign.right and sign.top <= word.middle <= sign.bottom
