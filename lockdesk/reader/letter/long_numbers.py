"""Where a long number goes on: in the rows under its beginning, or wherever they make a whole SHA-256 of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from lockdesk.core.identity import digits
from lockdesk.desk.values.facts import Line, Word
from lockdesk.reader.letter import shapes
from lockdesk.reader.letter.layout import Segment
from lockdesk.reader.letter.marks import Mark
from lockdesk.reader.letter.mentions import Value

_ALIGNED = 0.014
"""A share of the page's width, within which the rows of a number begin."""
_LABELS_APART = 0.02
"""A share of the page's width, within which labels begin in one column."""


def digits_go_on(
    lines: Sequence[Line],
    marks: Mapping[int, list[Mark]],
    number: int,
    first: Sequence[Word],
    begins: Word,
    label: Word,
    field: str,
) -> list[Word]:
    """The rows in which a long number goes on, a serial or a fingerprint by `field`, of which `first` stands beside
    `label`: under its beginning `begins`, whatever stands left of them but another label, or anywhere where they make
    a whole SHA-256 of it."""
    under, whole, key = list[Word](), list[Word](), field == "key_fingerprint"
    for following in range(number + 1, min(number + 4, len(lines))):
        line = lines[following]
        others = [mark for mark in marks[following] if mark.colon or mark.field != field]
        if others or line.page != lines[number].page:  # "CSR (SHA-256)" may be the rest of the label
            break
        whole += line.words
        if key and _completes(first, whole):
            return whole
        row = [word for word in line.words if word.left >= begins.left - _ALIGNED]
        labelled = line.words[0] not in row and abs(line.words[0].left - label.left) < _LABELS_APART
        fits = not labelled or (key and _completes((*first, *under), row))
        if row and fits and abs(row[0].left - begins.left) <= _ALIGNED and _goes_on((*first, *under), row):
            under += row
        elif shapes.HEX_ROW.fullmatch(_said(line.words)) is None and not marks[following]:
            break  # where a mark stands it is the rest of the label
    return under


def rest_of_number(lines: Sequence[Line], number: int, last: Word, length: int) -> list[Word]:
    """The digits of a number that a narrow cell has wrapped: they begin under its own, and fill it up exactly."""
    for line in lines[number + 1 : number + 2]:
        words = [word for word in line.words if abs(word.left - last.left) < 0.02 and word.text.isdigit()]
        if line.page == last.page and words and len(digits(last.text)) + len(words[0].text) == length:
            return words[:1]
    return []


def more_digits(item: Segment, segments: Sequence[Segment]) -> Iterator[Word]:
    """The rows in which a long number under its label goes on."""
    last, rows = item, item.words
    for other in segments:
        under = other.page == last.page and 0 < other.top - last.top < 2.2 * max(last.height, 0.008)
        if under and abs(other.left - item.left) < 0.01 and _goes_on(rows, other.words):
            last, rows = other, (*rows, *other.words)
            yield from other.words


def with_rows_above(value: Value, segments: Sequence[Segment]) -> Value:
    """A fingerprint whose label stands at the middle of its rows, beside none of them: those above are a part of it.
    Where all of them make no whole one, something is wrong with it."""
    rows, top = value.rows, value.rows[0][0]
    firsts = [item for one, item in pairwise((None, *segments)) if item and (one is None or one.line != item.line)]
    if not any(item.words[0] is top for item in firsts):
        return value
    for item in reversed(firsts):
        over = item.page == top.page and 0 < top.top - item.top < 3.2 * max(top.height, 0.008)
        if over and abs(item.left - top.left) < _ALIGNED and shapes.HEX.fullmatch(_said(item.words)):
            rows, top = (item.words, *rows), item.words[0]
    text = " ".join(word.text for row in rows for word in row)
    if rows is value.rows or len(shapes.hex_digits(text)) > shapes.WHOLE_KEY:
        return value
    return replace(value, text=text, rows=rows, partial=len(shapes.hex_digits(text)) < shapes.WHOLE_KEY)


def _goes_on(before: Sequence[Word], row: Sequence[Word]) -> bool:
    """Whether a number goes on in a row: a long one by itself, a short one where it completes a SHA-256."""
    return shapes.HEX.fullmatch(_said(row)) is not None or _completes(before, row)


def _completes(before: Sequence[Word], row: Sequence[Word]) -> bool:
    whole = "".join(shapes.hex_digits(word.text) for word in (*before, *row))
    return shapes.HEX_ROW.fullmatch(_said(row)) is not None and len(whole) == shapes.WHOLE_KEY


def _said(row: Sequence[Word]) -> str:
    return " ".join(word.text for word in row).strip(" .,;")
