"""Pictures of paper made straight: perspective, turned sheets, skew, uneven light; and the way back to the page.

A way back is a projective map (nine numbers, row by row) from a point of the straightened picture to the page as it
is shown, both as fractions of width and height.
"""

import math
from itertools import pairwise

from PIL import Image, ImageChops, ImageFilter, ImageOps

Map = tuple[float, ...]
IDENTITY: Map = (1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0)
Corners = tuple[tuple[float, float], ...]
Box = tuple[float, float, float, float]
_MOST_SKEW = 7.0
_SAMPLE_WIDTH = 700
_CORNER_WIDTH = 220
_LEAST_STEP = 25
_LEAST_PAPER = 0.35
"""A sheet that takes up less of the photo than this was not found."""


def through(one: Map, other: Map) -> Map:
    """`one` after `other`."""
    return tuple(
        sum(one[3 * row + k] * other[3 * k + column] for k in range(3)) for row in range(3) for column in range(3)
    )


def shown(point: tuple[float, float], back: Map) -> tuple[float, float]:
    """A point of the straightened picture on the page as it is shown."""
    x, y = point
    depth = back[6] * x + back[7] * y + back[8] or 1e-9
    return (back[0] * x + back[1] * y + back[2]) / depth, (back[3] * x + back[4] * y + back[5]) / depth


def shown_box(box: Box, back: Map) -> Box:
    """The upright box around a box of the straightened picture, on the page as it is shown."""
    if back == IDENTITY:
        return box
    corners = [shown((x, y), back) for x in (box[0], box[2]) for y in (box[1], box[3])]
    across, down = [x for x, _y in corners], [y for _x, y in corners]
    left, top, right, bottom = (min(max(edge, 0.0), 1.0) for edge in (min(across), min(down), max(across), max(down)))
    return left, top, right, bottom


def quarters(back: Map) -> int:
    """By how many quarters, clockwise, the page as it is shown must be turned so that its lines run to the right."""
    (x, y), (u, v) = shown((0.3, 0.5), back), shown((0.7, 0.5), back)
    if abs(u - x) >= abs(v - y):
        return 0 if u >= x else 2
    return 3 if v > y else 1


# ── light ──
def even_light(grey: Image.Image) -> Image.Image:
    """Shadows and yellowed paper taken away: each point against the paper around it."""
    small = grey.resize((max(grey.width // 8, 1), max(grey.height // 8, 1)), Image.Resampling.BOX)
    paper = small.filter(ImageFilter.MaxFilter(5)).filter(ImageFilter.GaussianBlur(6)).resize(grey.size)
    ink = ImageChops.subtract(paper, grey)
    return ImageOps.autocontrast(ImageOps.invert(ink), cutoff=(0.1, 30))


# ── perspective ──
def sheet_in(grey: Image.Image) -> Corners | None:
    """The corners of a bright sheet on a darker ground, from the upper left against the clock, as fractions; None
    where the sheet fills the picture or none is seen."""
    width = _CORNER_WIDTH
    height = max(grey.height * width // max(grey.width, 1), 1)
    small = grey.resize((width, height), Image.Resampling.BOX).filter(ImageFilter.MedianFilter(5))
    cells = small.tobytes()
    parting = _parting(small.histogram())
    if parting is None:
        return None
    # a shadow over a part of the sheet is darker than the rest of it, and the ground darker still
    found = (_corners(cells, width, height, round(parting * share)) for share in (1.0, 0.85, 0.7, 0.55))
    return next((corners for corners in found if corners is not None and _is_sheet(corners, height / width)), None)


def _corners(cells: bytes, width: int, height: int, level: int) -> Corners | None:
    edge = [cells[x] for x in range(width)] + [cells[-1 - x] for x in range(width)]
    edge += [cells[y * width] for y in range(height)] + [cells[(y + 1) * width - 1] for y in range(height)]
    bright = [(n % width, n // width) for n, value in enumerate(cells) if value > level]
    if len(bright) < _LEAST_PAPER * len(cells) or sum(value > level for value in edge) > 0.6 * len(edge):
        return None
    picks = (min(bright, key=sum), min(bright, key=lambda p: p[0] - p[1]),
             max(bright, key=sum), max(bright, key=lambda p: p[0] - p[1]))  # fmt: skip
    corners = tuple(((x + 0.5) / width, (y + 0.5) / height) for x, y in picks)
    filled = len(bright) / len(cells) / max(_area(corners), 1e-6)
    sound = _area(corners) >= _LEAST_PAPER and 0.75 < filled < 1.15
    return corners if sound and _has_edges(cells, width, height, corners) else None


def _has_edges(cells: bytes, width: int, height: int, corners: Corners) -> bool:
    """Whether every side of the sheet that lies inside the picture is a step from bright to dark: a shadow across the
    paper ends gradually."""
    middle = (sum(x for x, _y in corners) / 4, sum(y for _x, y in corners) / 4)
    for (x, y), (u, v) in zip(corners, corners[1:] + corners[:1], strict=True):
        steps = []
        for part in range(2, 19):
            at = (x + (u - x) * part / 20, y + (v - y) * part / 20)
            inner, outer = (
                (at[0] + (middle[0] - at[0]) * away, at[1] + (middle[1] - at[1]) * away) for away in (0.06, -0.06)
            )
            if 0 <= outer[0] < 1 and 0 <= outer[1] < 1:
                bright, dark = (cells[int(b * height) * width + int(a * width)] for a, b in (inner, outer))
                steps.append(bright - dark)
        steps.sort()
        if steps and steps[len(steps) // 2] < _LEAST_STEP:
            return False
    return True


def _is_sheet(corners: Corners, shape: float) -> bool:
    """Whether the sides are to each other as those of A4, F4 or letter paper, upright or lying."""

    def side(one: tuple[float, float], other: tuple[float, float]) -> float:
        return math.hypot(one[0] - other[0], (one[1] - other[1]) * shape)

    down = side(corners[0], corners[1]) + side(corners[3], corners[2])
    across = side(corners[0], corners[3]) + side(corners[1], corners[2])
    longer, shorter = max(down, across), max(min(down, across), 1e-6)
    return 1.15 < longer / shorter < 1.75


def _parting(histogram: list[int]) -> int | None:
    """Otsu's level between dark ground and bright paper; None where the two are no two."""
    total, whole = sum(histogram), sum(level * count for level, count in enumerate(histogram))
    best, chosen, below, below_sum = 0.0, 0, 0, 0
    gap = 0.0
    for level in range(256):
        below += histogram[level]
        below_sum += level * histogram[level]
        if 0 < below < total:
            low, high = below_sum / below, (whole - below_sum) / (total - below)
            spread = below * (total - below) * (high - low) ** 2
            if spread > best:
                best, chosen, gap = spread, level, high - low
    return chosen if gap > 35 else None


def _area(corners: Corners) -> float:
    pairs = zip(corners, corners[1:] + corners[:1], strict=True)
    return abs(sum(x * v - u * y for (x, y), (u, v) in pairs)) / 2


def flattened(grey: Image.Image, corners: Corners, width: int) -> tuple[Image.Image, Map]:
    """The sheet between the corners as an upright picture `width` pixels wide, and the way back."""
    down = max(_length(corners[0], corners[1], grey), _length(corners[3], corners[2], grey))
    across = max(_length(corners[0], corners[3], grey), _length(corners[1], corners[2], grey))
    size = (width, max(1, min(round(width * down / max(across, 1.0)), 2 * width)))
    seen = [(x * grey.width, y * grey.height) for x, y in corners]
    flat = [(0.0, 0.0), (0.0, float(size[1])), (float(size[0]), float(size[1])), (float(size[0]), 0.0)]
    way = _projection(flat, seen)
    laid = grey.transform(size, Image.Transform.PERSPECTIVE, way[:8], Image.Resampling.BICUBIC, fillcolor=255)
    return laid, _projection([(x / size[0], y / size[1]) for x, y in flat], list(corners))


def _length(one: tuple[float, float], other: tuple[float, float], grey: Image.Image) -> float:
    return math.hypot((one[0] - other[0]) * grey.width, (one[1] - other[1]) * grey.height)


def _projection(source: list[tuple[float, float]], target: list[tuple[float, float]]) -> Map:
    """The projective map that brings four points to four others (eight linear equations)."""
    rows: list[list[float]] = []
    for (x, y), (u, v) in zip(source, target, strict=True):
        rows.append([x, y, 1, 0, 0, 0, -u * x, -u * y, u])
        rows.append([0, 0, 0, x, y, 1, -v * x, -v * y, v])
    for column in range(8):
        pivot = max(range(column, 8), key=lambda row: abs(rows[row][column]))
        rows[column], rows[pivot] = rows[pivot], rows[column]
        for row in range(8):
            if row != column and rows[column][column]:
                factor = rows[row][column] / rows[column][column]
                rows[row] = [a - factor * b for a, b in zip(rows[row], rows[column], strict=True)]
    return (*(rows[n][8] / (rows[n][n] or 1e-9) for n in range(8)), 1.0)


# ── turned sheets ──
_GUESSES = (-2.0, -1.0, 0.0, 1.0, 2.0)
"""Degrees of skew at which the way of the lines is guessed."""
_QUARTERS = {
    0: IDENTITY,
    90: (0.0, -1.0, 1.0, 1.0, 0.0, 0.0, 0.0, 0.0, 1.0),
    180: (-1.0, 0.0, 1.0, 0.0, -1.0, 1.0, 0.0, 0.0, 1.0),
    270: (0.0, 1.0, 0.0, -1.0, 0.0, 1.0, 0.0, 0.0, 1.0),
}
"""The ways back from a picture that was turned counter-clockwise by so many degrees."""


def turned(grey: Image.Image, quarter: int) -> tuple[Image.Image, Map]:
    """The picture turned counter-clockwise by 0, 90, 180 or 270 degrees, and the way back."""
    ways = {90: Image.Transpose.ROTATE_90, 180: Image.Transpose.ROTATE_180, 270: Image.Transpose.ROTATE_270}
    return (grey.transpose(ways[quarter]) if quarter else grey), _QUARTERS[quarter]


def lies_sideways(grey: Image.Image) -> bool:
    """Whether the lines of text run from top to bottom: a guess, by which way ink and paper part more sharply."""
    side = _SAMPLE_WIDTH
    sample = ImageOps.invert(grey.resize((side, side), Image.Resampling.BOX)).point(
        lambda value: 255 if value > 70 else 0
    )
    edge = side // 20  # a scanner's dark margin is the sharpest line of all
    sample = sample.crop((edge, edge, side - edge, side - edge))
    box = sample.getbbox()
    inked = sample.crop(box) if box is not None else sample
    across, down = (
        max(_levelness(way, angle) / max(way.height, 1) for angle in _GUESSES)
        for way in (inked, inked.transpose(Image.Transpose.ROTATE_90))
    )
    return down > 1.6 * across


# ── skew ──
def level(grey: Image.Image) -> tuple[Image.Image, Map]:
    """The picture with its lines made level, and the way back."""
    angle = skew_of(grey)
    if abs(angle) <= 0.05:
        return grey, IDENTITY
    turn, shape = math.radians(angle), grey.height / grey.width
    cosine, sine = math.cos(turn), math.sin(turn)
    # about the middle; clockwise on a page whose y grows downwards
    back = (cosine, -sine * shape, 0.5 - 0.5 * cosine + 0.5 * sine * shape,
            sine / shape, cosine, 0.5 - 0.5 * sine / shape - 0.5 * cosine, 0.0, 0.0, 1.0)  # fmt: skip
    return grey.rotate(angle, Image.Resampling.BICUBIC, fillcolor=255), back


def skew_of(grey: Image.Image) -> float:
    """The angle, counter-clockwise in degrees, that turns the lines of text level; 0 for a blank page."""
    height = max(grey.height * _SAMPLE_WIDTH // grey.width, 1)
    sample = ImageOps.invert(grey.resize((_SAMPLE_WIDTH, height), Image.Resampling.BOX))
    sample = sample.point(lambda value: 255 if value > 70 else 0)
    best, step = 0.0, 1.0
    span = [index * step for index in range(-int(_MOST_SKEW), int(_MOST_SKEW) + 1)]
    for finer in (0.25, 0.05, 0.0):
        best = max(span, key=lambda angle: (_levelness(sample, angle), -abs(angle)))
        span = [best + finer * index for index in range(-4, 5)]
    return best


def _levelness(sample: Image.Image, angle: float) -> int:
    """How sharply rows of ink and rows of paper part: the sum of squared steps from row to row."""
    level_sample = sample.rotate(angle, Image.Resampling.NEAREST)
    rows = level_sample.resize((1, level_sample.height), Image.Resampling.BOX).tobytes()
    return sum((one - other) ** 2 for one, other in pairwise(rows))
