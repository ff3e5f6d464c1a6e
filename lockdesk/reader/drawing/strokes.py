"""Strokes on a page that the engine takes for letters, or for nothing: a table's upright rules, and underscores."""

import re
from collections.abc import Iterator, Sequence
from enum import IntEnum

from PIL import Image, ImageChops

Box = tuple[int, int, int, int]
_INK = 170
_SOLID, _THROUGH = 0.85, 0.78
"""A share of a line's height with some room, or of its width: letters leave more blank."""
_APART = 0.25
_BLANK = 0.8
_LEAST_HIGH = 0.5
_STEM, _THIN, _WIDER = 0.6, 0.06, 0.5
_OVER = 0.5
_LETTER = 0.6
_EDGE = 3
"""Pixels beside a rule that are grey."""
_LOW = 0.64
"""A share of a line's height, from the top: a stroke that begins above this is a hyphen or a letter."""
_WIDE = 0.33, 1.1
"""How long an underscore is, in heights of its line: less is a dot, more an underline."""
_BELOW = 0.2
_SPECKS = 0.025
_THICK = 0.25
_SLOPE = 0.15


def alone(picture: Image.Image, around: Box, letters: Box) -> Image.Image:
    """A line of text, whose letters stand in `letters`, with the room around it; without the upright rules that cross
    it, and without what stands beside it: either is read as a letter of it."""
    line = without_rules(picture, around)
    height = letters[3] - letters[1]
    inked = bytes(value > 0 for value in _columns(_ink(line)))
    blank = b"\0" * max(round(_APART * height), 1)
    before = inked.rfind(blank, 0, letters[0] - around[0] + len(blank) // 2)
    behind = inked.find(blank, max(letters[2] - around[0] - len(blank) // 2, 0))
    if before >= 0:
        line.paste(255, (0, 0, before + 1, line.height))
    if behind >= 0:
        line.paste(255, (behind, 0, line.width, line.height))
    return line


def has_gap(picture: Image.Image, box: Box) -> bool:
    """Whether a blank that parts two columns lies in a piece of a line."""
    return b"\0" * max(round(_BLANK * (box[3] - box[1])), 1) in _inked(picture, box)


def text_around(picture: Image.Image, box: Box, left: int, right: int) -> Box:
    """The box of a line's letters, widened to both sides between the columns `left` and `right` as far as more of the
    line goes on without a blank that parts it."""
    left, right = min(left, box[0]), max(right, box[2])
    inked = _inked(picture, (left, box[1], right, box[3]))
    blank = b"\0" * max(round(_BLANK * (box[3] - box[1])), 1)
    before = inked.rfind(blank, 0, box[0] - left)
    behind = inked.find(blank, box[2] - left)
    start = before + len(blank) if before >= 0 else 0
    end = behind if behind >= 0 else len(inked)
    return min(left + start, box[0]), box[1], max(left + end, box[2]), box[3]


def letters_in(picture: Image.Image, box: Box) -> list[Box]:
    """The boxes of a line's letters, as far as blank columns part them; dots and colons are none."""
    found = []
    for left, right in _stretches(_inked(picture, box)):
        part = _ink(picture.crop((box[0] + left, box[1], box[0] + right, box[3])))
        high = part.getbbox()
        if high is not None and high[3] - high[1] > _LETTER * part.height and not _is_colon(part):
            found.append((box[0] + left, box[1] + high[1], box[0] + right, box[1] + high[3]))
    return found


def _is_colon(part: Image.Image) -> bool:
    """Whether a piece of ink is two dots: rows between them are blank."""
    rows = part.resize((1, part.height), Image.Resampling.BOX).tobytes().strip(b"\0")
    return b"\0" in rows


class Lost(IntEnum):
    """What stands in a line besides its words."""

    NOTHING = 0
    MARKS = 1
    """Perhaps no more than a colon."""
    LETTERS = 2


def lost_in(picture: Image.Image, box: Box, covered: Sequence[tuple[int, int]]) -> Lost:
    """What stands in a line outside the columns that its words cover."""
    height = box[3] - box[1]
    inked = bytearray(_inked(picture, box))
    for left, right in covered:
        start, end = max(left - box[0] - _EDGE, 0), min(right - box[0] + _EDGE, len(inked))
        inked[start:end] = bytes(max(end - start, 0))
    found = Lost.NOTHING
    for left, right in _stretches(bytes(inked)):
        part = _ink(picture.crop((box[0] + left, box[1], box[0] + right, box[3])))
        high = part.getbbox()
        if high is not None and right - left > _THIN * height and high[3] - high[1] >= _LEAST_HIGH * height:
            stem = max(_columns(part)) > 255 * _STEM
            found = max(found, Lost.LETTERS if stem or right - left > _WIDER * height else Lost.MARKS)
    return found


def _inked(picture: Image.Image, box: Box) -> bytes:
    """1 for every column of a line with ink in it that is no rule's."""
    ink = _ink(picture.crop(box))
    columns = _columns(ink)
    rules = _rules(picture, box)
    return bytes(value > 0 and not rule for value, rule in zip(columns, rules, strict=True))


def _rules(picture: Image.Image, box: Box) -> bytes:
    """1 for every column of a line in which an upright rule stands: it goes on above and below, a little askew."""
    over = round(_OVER * (box[3] - box[1]))
    ink = _ink(picture.crop((box[0], max(box[1] - over, 0), box[2], min(box[3] + over, picture.height))))
    for askew in (1, -2):
        ink = ImageChops.lighter(ink, ImageChops.offset(ink, askew, 0))
    columns = _columns(ink)
    return bytes(value > 255 * _THROUGH for value in columns)


def without_rules(picture: Image.Image, box: Box) -> Image.Image:
    """A line of text without the upright rules that cross it: either is read as a letter of it."""
    line = picture.crop(box)
    for left, right in _stretches(_rules(picture, box)):
        line.paste(255, (max(left - 1, 0), 0, right + 1, line.height))
    return line


def _columns(ink: Image.Image) -> bytes:
    """How much of each column is ink."""
    return ink.resize((max(ink.width, 1), 1), Image.Resampling.BOX).tobytes()


def _ink(picture: Image.Image) -> Image.Image:
    return picture.point([255 if value < _INK else 0 for value in range(256)])


def within_letters(picture: Image.Image, box: Box) -> Box:
    """The box of a line without a cell's edge, and without the rows at its top and foot in which there are but
    specks."""
    ink = _ink(picture.crop(box))
    rows = ink.resize((1, ink.height), Image.Resampling.BOX).tobytes() if min(ink.size) > 0 else b""
    between = max(_stretches(bytes(value <= 255 * _SOLID for value in rows)), key=lambda s: s[1] - s[0], default=(0, 0))
    most = max(rows[slice(*between)], default=0)
    inked = [y for y in range(*between) if rows[y] > _SPECKS * most]
    return (box[0], box[1] + inked[0], box[2], box[1] + inked[-1] + 1) if inked else box


def underscores_in(picture: Image.Image, box: Box) -> list[Box]:
    """The underscores in a line of text whose letters stand in `box`: level strokes at its foot with nothing above
    them. An underline goes on under the letters beside it."""
    left, top, right, bottom = box
    height = bottom - top
    crop = picture.crop((left, top, right, min(bottom + round(_BELOW * height), picture.height)))
    ink = crop.point([1 if value < _INK else 0 for value in range(256)])
    cells = ink.tobytes()
    first = [cells[x :: ink.width].find(1) for x in range(ink.width)]
    low = bytes(y >= _LOW * height for y in first)
    found = []
    for start, end in _stretches(low):
        rows = first[start + 1 : end - 1] or first[start:end]
        row = sorted(rows)[len(rows) // 2]
        thick = cells[row * ink.width + (start + end) // 2 :: ink.width].find(0)
        if (
            0 < start < end < ink.width
            and _WIDE[0] * height <= end - start <= _WIDE[1] * height
            and max(rows) - min(rows) <= _SLOPE * height
            and thick <= max(_THICK * height, 4)
            and not _goes_on(cells, ink.width, row, start, end, height)
        ):
            found.append((left + start, top + row - 1, left + end, bottom + round(_BELOW * height)))
    return found


def _stretches(flags: bytes) -> Iterator[tuple[int, int]]:
    return (match.span() for match in re.finditer(rb"\x01+", flags))


def _goes_on(cells: bytes, width: int, row: int, start: int, end: int, height: int) -> bool:
    """Whether a stroke goes on to both sides at one side by a letter's width."""
    reach = round(0.5 * height)
    near = cells[max(row - 1, 0) * width : (row + 4) * width]
    columns = [any(near[x::width]) for x in range(max(start - reach, 0), min(end + reach, width))]
    before, behind = columns[: min(reach, start)], columns[len(columns) - min(reach, width - end) :]
    return any(len(side) == reach and all(side) for side in (before, behind))
