"""A sheet of paper in a photo: its four sides, each the longest straight step from bright paper to darker ground.

A side is sought by itself, so that a shadow over a part of the paper or a bright desk on one side costs nothing: their
edges are soft, or crooked, or short.
"""

import math
from collections import Counter

from PIL import Image, ImageFilter

Point = tuple[float, float]
Corners = tuple[Point, Point, Point, Point]

_WIDTH = 220
"""Pixels across in which sides are sought: letters are gone, sides are not."""
_REACH, _BEYOND = 3, 9
"""Pixels to either side of a step, and how far the ground goes on at least: behind a thick rule is paper again."""
_LEAST_STEP = 12
"""Levels of grey between paper and ground."""
_SLOPES = tuple(step / 50 for step in range(-35, 36))
"""How far a side may lean: up to a sheet that lies half turned."""
_LEAST_SIDE = 0.35
"""Share of the picture's height or width along which a side must be seen."""
_ALIKE = (0.7, 1.0)
"""Share of the longest line that one further out must have to be taken instead, tried in turn: what is printed may
form a line inside the sheet, and what it lies on one outside."""
_NEAR = 2.5
_SHAPES = (1.15, 1.75)
"""Longer to shorter side of A4, F4 and letter paper, upright or lying, with what perspective does to them."""
_LEAST_PAPER = 0.3

_Side = tuple[float, float]
"""Slope and offset: of x over y for a side that stands, of y over x for one that lies."""


def sheet_in(grey: Image.Image) -> Corners | None:
    """The corners of a sheet on a darker ground, from the upper left against the clock, as fractions of width and
    height; None where not all four sides are seen, or where they are no sheet's."""
    height = max(grey.height * _WIDTH // max(grey.width, 1), 1)
    small = grey.resize((_WIDTH, height), Image.Resampling.BOX).filter(ImageFilter.MedianFilter(5))
    upright = [list(small.tobytes()[y * _WIDTH : (y + 1) * _WIDTH]) for y in range(height)]
    lying = [list(column) for column in zip(*upright, strict=True)]
    found = (_between(upright, lying, alike) for alike in _ALIKE)
    return next((corners for corners in found if corners is not None and _is_sheet(corners, height / _WIDTH)), None)


def _between(upright: list[list[int]], lying: list[list[int]], alike: float) -> Corners | None:
    left, right = _side(upright, alike), _far_side(upright, alike)
    top, bottom = _side(lying, alike), _far_side(lying, alike)
    if left is None or right is None or top is None or bottom is None:
        return None
    met = [_meeting(stands, lies) for stands, lies in ((left, top), (left, bottom), (right, bottom), (right, top))]
    one, two, three, four = (((x + 0.5) / len(lying), (y + 0.5) / len(upright)) for x, y in met)
    return one, two, three, four


def _far_side(rows: list[list[int]], alike: float) -> _Side | None:
    side = _side([row[::-1] for row in rows], alike)
    return None if side is None else (-side[0], len(rows[0]) - 1 - side[1])


def _side(rows: list[list[int]], alike: float) -> _Side | None:
    """The side at which rows become brighter along a straight line: the outermost of those that are about as long as
    the longest."""
    points = [(number, place) for number, row in enumerate(rows) for place in _steps(row)]
    votes = {
        slope: Counter(math.floor(place - slope * number) + bin_ for number, place in points for bin_ in (0, 1))
        for slope in _SLOPES
    }
    most = max((max(found.values()) for found in votes.values() if found), default=0)
    if most < _LEAST_SIDE * len(rows):
        return None
    side: _Side = min(
        ((slope, offset) for slope, found in votes.items() for offset, count in found.items() if count >= alike * most),
        key=lambda line: line[1] + line[0] * len(rows) / 2,
    )
    for near in (_NEAR, _NEAR / 2):
        side = _line_through(
            [(number, place) for number, place in points if abs(place - side[0] * number - side[1]) <= near]
        )
    return side


def _steps(row: list[int]) -> list[int]:
    """Where a row becomes brighter most steeply, within its neighbourhood."""
    rises = [
        min(row[place + _REACH] - row[place - _REACH], row[place + _REACH] - row[max(place - _BEYOND, 0)])
        for place in range(_REACH, len(row) - _REACH)
    ]
    return [
        place + _REACH
        for place, rise in enumerate(rises)
        if rise >= _LEAST_STEP and rise == max(rises[max(place - _REACH, 0) : place + _REACH + 1])
    ]


def _line_through(points: list[tuple[int, int]]) -> _Side:
    """The line of least squares."""
    middle = sum(number for number, _place in points) / len(points)
    height = sum(place for _number, place in points) / len(points)
    spread = sum((number - middle) ** 2 for number, _place in points)
    slope = sum((number - middle) * (place - height) for number, place in points) / max(spread, 1e-9)
    return slope, height - slope * middle


def _meeting(stands: _Side, lies: _Side) -> Point:
    """Where x = a y + b meets y = c x + d."""
    (a, b), (c, d) = stands, lies
    x = (a * d + b) / (1 - a * c)
    return x, c * x + d


def _is_sheet(corners: Corners, shape: float) -> bool:
    def side(one: Point, other: Point) -> float:
        return math.hypot(one[0] - other[0], (one[1] - other[1]) * shape)

    down = side(corners[0], corners[1]) + side(corners[3], corners[2])
    across = side(corners[0], corners[3]) + side(corners[1], corners[2])
    longer, shorter = max(down, across), max(min(down, across), 1e-6)
    return _SHAPES[0] < longer / shorter < _SHAPES[1] and down * across / 4 >= _LEAST_PAPER * shape
