"""Cells of a form that are more than a line high: their text stands over and under the line of their label."""

from collections.abc import Iterator, Mapping, Sequence

from lockdesk.desk.values.facts import Line, Word
from lockdesk.reader.letter.labels import label_of
from lockdesk.reader.letter.marks import LIST_NUMBER, Mark
from lockdesk.reader.letter.mentions import PERSON_FIELDS

_REACH = 5
"""Lines over and under a label that may belong to its cell."""
_CLOSE = 0.75
"""Rows of one cell are parted by less than this share of their height, cells by more."""


def cell_beside(lines: Sequence[Line], marks: Mapping[int, list[Mark]], number: int, mark: Mark) -> list[Word]:
    """The words of the cell beside a label, where it has several rows around the label's own; else nothing."""
    line = lines[number]
    label = line.words[mark.start : mark.after]
    if not label:  # it stands over and under this line
        return []
    following = next((item for item in marks[number] if item.start >= mark.after), None)
    left, right = label[-1].right, line.words[following.start].left if following is not None else 2.0
    window = range(max(0, number - _REACH), min(len(lines), number + _REACH + 1))
    rows = []
    for near in window:
        inside = tuple(word for word in lines[near].words if word.left >= left - 0.005 and word.left < right)
        if lines[near].page == line.page and inside and inside[-1].right <= right + 0.005:
            rows.append((near, inside))
    block = _around(rows, label[0].middle)
    others = {near for near, _words in block if near != number}
    own = (_labels_here(marks[near], lines[near], left, right) for near in others)
    if not others or not _centred(block, label[0]) or any(own):
        return []
    return [word for _near, words in block for word in words]


def _around(rows: list[tuple[int, tuple[Word, ...]]], middle: float) -> list[tuple[int, tuple[Word, ...]]]:
    """The rows that stand close under each other with `middle` between the first and the last."""
    blocks: list[list[tuple[int, tuple[Word, ...]]]] = []
    for row in sorted(rows, key=lambda item: item[1][0].top):
        bottom = max((word.bottom for word in blocks[-1][-1][1]), default=-1.0) if blocks else -1.0
        height = max(word.height for word in row[1])
        if blocks and row[1][0].top - bottom < _CLOSE * height:
            blocks[-1].append(row)
        else:
            blocks.append([row])
    fitting = (item for item in blocks if item[0][1][0].top < middle < item[-1][1][0].bottom)
    return next(fitting, [])


def _centred(block: list[tuple[int, tuple[Word, ...]]], label: Word) -> bool:
    """Whether the rows begin under each other, and the label's line runs through their middle."""
    lefts = [words[0].left for _near, words in block]
    middle = (block[0][1][0].top + block[-1][1][0].bottom) / 2
    return max(lefts) - min(lefts) < 0.014 and abs(middle - label.middle) < 0.5 * label.height


def _labels_here(marks: Sequence[Mark], line: Line, left: float, right: float) -> bool:
    """Whether a label on another row has its value in the same column, or stands in it."""
    return any(line.words[item.start].left < right for item in marks if item.apart) and any(
        word.left >= left - 0.005 for word in line.words
    )


def wrapped_labels(lines: Sequence[Line], marks: Mapping[int, list[Mark]]) -> dict[int, list[Mark]]:
    """The marks with those of labels that stand in two rows, over and under the line of their colon."""
    found = dict(marks)
    for number, line in enumerate(lines):
        start = 1 if LIST_NUMBER.fullmatch(line.words[0].text) or line.words[0].text.isdigit() else 0
        if marks[number] or start >= len(line.words):
            continue
        colon = line.words[start].text.startswith(":")
        above, below = (_beside(lines, number, start, step) for step in (-1, 1))
        whole = label_of(" ".join(word.text for word in (*above, *below)))
        if above and whole is not None and (colon or below):
            found[number] = [Mark(whole[0], whole[1], start, start + colon, True, True)]
            found[number - 1] = []
            if below:
                found[number + 1] = []
    return found


_SOLID = {
    "nip": "nip", "ni pppk": "nip", "nipppk": "nip", "jabatan": "position", "unit": "agency", "unit kerja": "agency",
    "instansi": "agency", "opd": "agency", "skpd": "agency", "perangkat daerah": "agency", "tempat tugas": "agency",
}  # fmt: skip
"""Labels that are no words of a value."""
_NO_NUMBER = {"name", "position", "agency"}
"""A signature's NIP stands without a colon too, and next to it may stand another number."""


def plain_labels(lines: Sequence[Line], marks: Mapping[int, list[Mark]]) -> dict[int, list[Mark]]:
    """The marks with those of labels that neither a colon nor a gap parts from their value ("Jabatan Camat"): next to
    a line with another label they are one, in running text they are not."""
    found = dict(marks)
    order = range(len(lines))
    for numbers, step in ((order, -1), (reversed(order), 1)):
        for number in numbers:
            near = {item.field for item in found.get(number + step, []) + found[number] if item.apart}
            if near & set(PERSON_FIELDS):
                own = (
                    item for item in _plain(lines[number], found[number]) if item.field != "nip" or near & _NO_NUMBER
                )
                found[number] = sorted([*found[number], *own], key=lambda item: item.start)
    return found


def _plain(line: Line, marks: Sequence[Mark]) -> Iterator[Mark]:
    taken = {word for mark in marks for word in range(mark.start, max(mark.after, mark.start + 1))}
    for start in range(len(line.words)):
        bullet = start == 1 and LIST_NUMBER.fullmatch(line.words[0].text) is not None
        if start in taken or not (line.wide_gap_before(start) or bullet):
            continue
        for after in (start + 2, start + 1):
            field = _SOLID.get(" ".join(word.text for word in line.words[start:after]).casefold().rstrip("."))
            if field is None or after >= len(line.words) or line.wide_gap_before(after):
                continue
            first = line.words[after].text[:1]
            if first.isdigit() if field == "nip" else first.isupper():
                yield Mark(field, "", start, after, False, True)
            break


def _beside(lines: Sequence[Line], number: int, start: int, step: int) -> tuple[Word, ...]:
    """The words of the next line up or down, where all of them stand left of this line's colon and close to it."""
    if not 0 <= number + step < len(lines):
        return ()
    line, other = lines[number], lines[number + step]
    near = other.page == line.page and abs(other.top - line.top) < 1.1 * max(word.height for word in line.words)
    return other.words if near and other.words[-1].right <= line.words[start].left else ()
