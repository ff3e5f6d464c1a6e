"""Pictures of paper made straight: perspective, turned sheets, skew, uneven light; and the way back to the page.

A way back is a projective map (nine numbers, row by row) from a point of the straightened picture to the page as it
is shown, both as fractions of width and height.
"""

import math
from itertools import pairwise

from PIL import Image, ImageChops, ImageFilter, ImageOps

from lockdesk.reader.drawing.sheet import Corners

Map = tuple[float, ...]
IDENTITY: Map = (1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0)
Box = tuple[float, float, float, float]
_MOST_SKEW = 7.0
_SAMPLE_WIDTH = 700


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


def drawn(picture: Image.Image, size: tuple[int, int], back: Map) -> Image.Image:
    """A picture of `size` pixels whose points lie where `back` leads to."""
    from_pixels: Map = (1 / size[0], 0.0, 0.0, 0.0, 1 / size[1], 0.0, 0.0, 0.0, 1.0)
    to_pixels: Map = (picture.width, 0.0, 0.0, 0.0, picture.height, 0.0, 0.0, 0.0, 1.0)
    way = through(to_pixels, through(back, from_pixels))
    numbers = [number / way[8] for number in way[:8]]
    return picture.transform(size, Image.Transform.PERSPECTIVE, numbers, Image.Resampling.BICUBIC, fillcolor=255)


# ── light ──
def even_light(grey: Image.Image) -> Image.Image:
    """Shadows and yellowed paper taken away: each point against the paper around it."""
    small = grey.resize((max(grey.width // 8, 1), max(grey.height // 8, 1)), Image.Resampling.BOX)
    paper = small.filter(ImageFilter.MaxFilter(5)).filter(ImageFilter.GaussianBlur(6)).resize(grey.size)
    ink = ImageChops.subtract(paper, grey)
    return ImageOps.autocontrast(ImageOps.invert(ink), cutoff=(0.1, 30))


# ── perspective ──
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
