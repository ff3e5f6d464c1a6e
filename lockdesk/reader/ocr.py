"""Reading the picture of a page: made straight and even, then Tesseract in this very process.

Runs in the cage. The engine and its Indonesian data are loaded before the cage closes (`prepare`); no file
is written and no program started.
"""

import math
from functools import cache
from itertools import pairwise
from typing import Any

from PIL import Image, ImageChops, ImageFilter, ImageOps

from lockdesk.desk.values.facts import Word
from lockdesk.resource import resource

LANGUAGE = "ind"
PAGE_PIXELS = 2480
"""The width of a page for the engine: 300 dpi on A4, about 1.5 times what scanners are usually set to."""
_MOST_SKEW = 7.0
_LEAST_CONFIDENCE = 5.0
_SAMPLE_WIDTH = 700


@cache
def prepare() -> Any:
    """The engine, loaded once from the shipped data. Raises ImportError, OSError or RuntimeError."""
    import tesserocr

    folder = resource(f"ocr/{LANGUAGE}.traineddata").parent
    # Sparse text: every piece with its place. Where lines and columns are is found from the places, while
    # the engine's own idea of columns tears labels from their values.
    engine = tesserocr.PyTessBaseAPI(path=str(folder), lang=LANGUAGE, psm=tesserocr.PSM.SPARSE_TEXT)
    engine.SetVariable("load_system_dawg", "1")
    engine.SetVariable("tessedit_do_invert", "0")  # letters are dark on light
    return engine


def read_picture(picture: Image.Image, number: int) -> tuple[list[Word], float]:
    """The words of a page in the straightened picture's coordinates (0 to 1), and its skew in degrees."""
    grey = even_light(picture.convert("L"))
    angle = skew_of(grey)
    if abs(angle) > 0.05:
        grey = grey.rotate(angle, Image.Resampling.BICUBIC, fillcolor=255)
    engine = prepare()
    try:
        engine.SetImage(grey)
        engine.SetSourceResolution(round(grey.width / 8.27))
        table = engine.GetTSVText(0)
    finally:
        engine.Clear()
    return words_from_table(table, grey.size, number), angle


def even_light(grey: Image.Image) -> Image.Image:
    """Shadows and yellowed paper taken away: each point against the paper around it."""
    small = grey.resize((max(grey.width // 8, 1), max(grey.height // 8, 1)), Image.Resampling.BOX)
    paper = small.filter(ImageFilter.MaxFilter(5)).filter(ImageFilter.GaussianBlur(6)).resize(grey.size)
    ink = ImageChops.subtract(paper, grey)
    return ImageOps.autocontrast(ImageOps.invert(ink), cutoff=(0.1, 30))


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
    turned = sample.rotate(angle, Image.Resampling.NEAREST)
    rows = turned.resize((1, turned.height), Image.Resampling.BOX).tobytes()
    return sum((one - other) ** 2 for one, other in pairwise(rows))


def words_from_table(table: str, size: tuple[int, int], number: int) -> list[Word]:
    """The words in Tesseract's tab-separated table (level 5), without specks that are none."""
    found = []
    width, height = size
    for line in table.splitlines():
        cells = line.split("\t")
        if len(cells) < 12 or cells[0] != "5" or not cells[11].strip():
            continue
        if float(cells[10]) < _LEAST_CONFIDENCE:
            continue
        left, top, across, down = (int(cell) for cell in cells[6:10])
        box = (left / width, top / height, (left + across) / width, (top + down) / height)
        found.append(Word(number, cells[11].strip(), *(min(max(edge, 0.0), 1.0) for edge in box)))
    return found


def turned_back(
    box: tuple[float, float, float, float], angle: float, shape: float
) -> tuple[float, float, float, float]:
    """A box of the straightened picture on the page as it is shown; `shape` is its height over its width."""
    turn = math.radians(angle)
    corners = [_turn((x - 0.5), (y - 0.5) * shape, turn) for x in (box[0], box[2]) for y in (box[1], box[3])]
    across = [x + 0.5 for x, _y in corners]
    down = [y / shape + 0.5 for _x, y in corners]
    kept = (min(across), min(down), max(across), max(down))
    left, top, right, bottom = (min(max(edge, 0.0), 1.0) for edge in kept)
    return left, top, right, bottom


def _turn(x: float, y: float, turn: float) -> tuple[float, float]:
    """Clockwise on a page whose y grows downwards: the way back from a counter-clockwise turn."""
    cosine, sine = math.cos(turn), math.sin(turn)
    return x * cosine - y * sine, x * sine + y * cosine
