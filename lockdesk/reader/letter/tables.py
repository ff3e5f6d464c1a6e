"""Tables of people: a row of column heads over one or several rows, whose cells may be wrapped."""

import re
from collections.abc import Sequence
from itertools import pairwise

from lockdesk.core.identity import digits
from lockdesk.desk.values.facts import Line, Word
from lockdesk.reader.letter import shapes
from lockdesk.reader.letter.labels import also_named, label_of
from lockdesk.reader.letter.marks import LIST_NUMBER, TYPED, marks_of
from lockdesk.reader.letter.mentions import Mention, Value
from lockdesk.reader.letter.pairs import value_of
from lockdesk.reader.words import lines_of, shown_word
from lockdesk.records import dataclass

_LEGIBLE = 60.0
"""Confidence of OCR, in per cent, below which a word among column heads may be any."""
_LONG = 10
"""Digits of what is a number of its own, and no part of a name, a position or an office."""
_IDENTIFYING = {"nip", "nik", "email", "phone"}
_FORGOT = re.compile(r"\blupa\b|\bpass\s?phrase\b|\breset\b", re.IGNORECASE)
"""What a remark says of the one of a list who asks."""
_HAS_UNIT = re.compile(r"\b(?:unit|instansi|opd|kantor|dinas)\b", re.IGNORECASE)
_COLUMN_WORDS = {
    "no",
    "no.",
    "nomor",
    "nama",
    "ket",
    "ket.",
    "keterangan",
    "pangkat/gol",
    "pangkat",
    "golongan",
    "tanda",
    "tangan",
}


@dataclass(frozen=True, slots=True)
class _Column:
    field: str
    words: tuple[Word, ...]

    @property
    def said(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def middle(self) -> float:
        return (self.words[0].left + max(word.right for word in self.words)) / 2


def tables_in(lines: Sequence[Line]) -> tuple[list[Mention], set[int]]:
    """The people of every table, and the indices of its lines."""
    mentions: list[Mention] = []
    taken: set[int] = set()
    for number, line in enumerate(lines):
        columns = _heads(line) if number not in taken else []
        if "name" in {item.field for item in columns}:
            body = _body(lines, number)
            people = _people(columns, [lines[index] for index in body])
            if any(person.values.keys() & _IDENTIFYING for person in people):
                mentions += people
                taken |= {number, *body}
    return mentions, taken


def _heads(line: Line) -> list[_Column]:
    """The column heads that a line consists of; none for any other line."""
    line = Line(line.page, tuple(word for word in line.words if any(map(str.isalnum, word.text))), line.space)
    columns: list[_Column] = []
    index = 0
    while index < len(line.words):
        best = 0
        field = ""
        for length in range(1, 6):
            words = line.words[index : index + length]
            if len(words) < length or any(":" in word.text for word in words):
                break
            inner = length > 1 and line.wide_gap_before(index + length - 1)
            if inner:
                break
            label = label_of(" ".join(word.text for word in words))
            if length > 1 and words[0].text.casefold().rstrip(".") == "no" and label_of(words[1].text) == ("name", ""):
                break  # the rows' numbers have a column of their own, however narrow
            if length == 1 and not inner and words[0].text.casefold() == "pegawai":
                best, field = 1, "name"
            if label is not None:
                text = " ".join(word.text for word in words)
                best, field = length, "name" if "name" in also_named(text) else label[0]
        if not best:
            word = line.words[index]
            head = word.text.casefold() in _COLUMN_WORDS or word.confidence < _LEGIBLE
            if columns and not line.wide_gap_before(index) and not head:
                return []
            best, field = 1, "other"
        columns.append(_Column(field, line.words[index : index + best]))
        index += best
    known = [item for item in columns if item.field != "other"]
    return columns if len(known) >= 2 and len(known) * 2 >= len(columns) and len(columns) >= 3 else []


def _body(lines: Sequence[Line], head: int) -> list[int]:
    """The lines of a table's rows: until a sentence, or a space wider than any between rows."""
    first = lines[head]
    left = min(word.left for word in first.words)
    body: list[int] = []
    bottom = max(word.bottom for word in first.words)
    height = max(word.height for word in first.words)
    for number in range(head + 1, len(lines)):
        line = lines[number]
        whole = not any(line.wide_gap_before(n) for n in range(1, len(line.words)))
        goes_on = abs(line.words[0].left - left) < 0.01 and line.words[0].text.islower()  # the sentence of the table
        sentence = whole and len(line.words) > (2 if goes_on else 6)
        if (
            shapes.PLACE_DATE.search(line.text)
            or line.page != first.page
            or any(mark.colon and mark.start == 0 for mark in marks_of(line))
            or min(word.top for word in map(shown_word, line.words)) - bottom > 4.5 * max(height, 0.009)
            or sentence
        ):
            break
        numbered = LIST_NUMBER.fullmatch(line.words[0].text) is not None
        if (line.words[0].left < left - 0.03 and not numbered) or re.match(
            r"(?:demikian|atas|untuk|hormat|mengetahui|pegawai\s+(?:tersebut|dimaksud)|yang\s+bersangkutan)\b",
            line.text,
            re.I,
        ):
            break
        body.append(number)
        bottom = max(bottom, *(word.bottom for word in map(shown_word, line.words)))
    return body


def _people(columns: list[_Column], body: list[Line]) -> list[Mention]:
    words = [word for line in body for word in line.words]
    if not words:
        return []
    borders = _borders(columns, words)
    cells: dict[int, list[Word]] = {}
    for word in words:
        place = sum((word.left + word.right) / 2 > border for border in borders)
        cells.setdefault(place, []).append(word)
    found: list[Mention] = []
    said: list[bool] = []
    for group in _rows(columns, cells):
        mention = Mention(hints={"row"})
        row = " ".join(word.text for inside in cells.values() for word in inside if group[0] <= word.middle < group[1])
        for place, column in enumerate(columns):
            inside = [word for word in cells.get(place, ()) if group[0] <= word.middle < group[1]]
            value = _cell(column.field, inside)
            if value is not None:
                mention.add(value)
            for other in {"phone": ("email",), "email": ("phone",)}.get(column.field, ()):
                also = _cell(other, inside)  # "Kontak" is both
                if also is not None:
                    mention.add(also)
        _take_number(mention, cells, group)
        if any(column.field == "position" and _HAS_UNIT.search(column.said) for column in columns):
            _take_office(mention)
        if mention.names_somebody:
            found.append(mention)
            said.append(_FORGOT.search(row) is not None)
    if len(found) > 1 and sum(said) == 1:
        found[said.index(True)].hints.add("about")
    return found


def _take_number(mention: Mention, cells: dict[int, list[Word]], group: tuple[float, float]) -> None:
    """The NIP or NIK of a row whose column has no head that could be read: nothing else looks like one."""
    words = [word for inside in cells.values() for word in inside if group[0] <= word.middle < group[1]]
    taken = " ".join(value.text for value in mention.values.values())
    numbers = [word for word in words if word.text.isdigit() and word.text not in taken]
    for field, valid in (("nip", shapes.valid_nip), ("nik", shapes.valid_nik)):
        alone = [word for word in numbers if valid(word.text)]
        if field not in mention.values and len(alone) == 1:
            mention.add(Value(field, alone[0].text, (tuple(alone),), "column"))


def _take_office(mention: Mention) -> None:
    """The office of a column that has it under the position: "Jabatan dan unit"."""
    position = mention.values.get("position")
    if position is None or "agency" in mention.values:
        return
    for row in range(1, len(position.rows)):
        before, behind = (" ".join(word.text for part in rows for word in part)
                          for rows in (position.rows[:row], position.rows[row:]))  # fmt: skip
        if shapes.OFFICE.match(behind):
            mention.values["position"] = Value("position", before, position.rows[:row], position.evidence)
            mention.add(Value("agency", behind, position.rows[row:], position.evidence))
            return


def _borders(columns: list[_Column], words: list[Word]) -> list[float]:
    """Between two neighbouring heads: the middle of the widest strip where no word stands."""
    borders = []
    for one, other in pairwise(columns):
        low, high = one.words[0].left, max(word.right for word in other.words)
        spans = sorted((word.left, word.right) for word in (*words, *one.words, *other.words))
        best, edge = (0.0, (one.middle + other.middle) / 2), low
        for left, right in spans:
            if right < low:
                continue
            if left > high:
                break
            reach = min(left, high)
            middle = (edge + reach) / 2
            if reach > edge and one.words[0].left < middle < max(word.right for word in other.words):
                best = max(best, (reach - edge, middle))
            edge = max(edge, right)
        borders.append(best[1])
    return borders


def _rows(columns: list[_Column], cells: dict[int, list[Word]]) -> list[tuple[float, float]]:
    """The heights between which each person's cells lie, told by what every row has once."""
    anchors: list[float] = []
    for place, column in enumerate(columns):
        inside = cells.get(place, [])
        if column.field in {"nip", "nik", "phone", "name"}:
            whole = [word for word in inside if len(digits(word.text)) >= 10]
            anchors = [word.middle for word in whole] if len(whole) > len(anchors) else anchors
        elif column.field == "letter_number":
            numbered = [word.middle for word in inside if re.fullmatch(r"\d{1,3}[.)]?", word.text)]
            anchors = numbered if len(numbered) > len(anchors) else anchors
    if len(anchors) < 2:
        return [(-1.0, 9.0)]
    anchors.sort()
    words = [word for inside in cells.values() for word in inside]
    parts = [_widest_gap(words, one, other) for one, other in pairwise(anchors)]
    return list(zip([-1.0, *parts], [*parts, 9.0], strict=True))


def _widest_gap(words: list[Word], above: float, below: float) -> float:
    """Between two rows: the middle of the widest strip that no cell reaches into."""
    edge, best = above, (0.0, (above + below) / 2)
    for word in sorted(words, key=lambda item: item.top):
        if word.bottom < above or word.top > below:
            continue
        best = max(best, (word.top - edge, (word.top + edge) / 2))
        edge = max(edge, word.bottom)
    return best[1]


def _cell(field: str, words: list[Word]) -> Value | None:
    """A cell's value. What is no sentence is wrapped anywhere, so its pieces belong together without a blank."""
    words = [word for word in words if any(map(str.isalnum, word.text)) or word.text == ","]
    if field in {"other", "letter_number"} or not words:
        return None
    rows = _rows_of_cell(words)
    if field in TYPED and field != "letter_date":
        glued = "".join("".join(word.text for word in row) for row in rows)
        whole = value_of(field, words, "column")
        joined = value_of(field, [_joined_word(words, glued)], "column")
        best = joined or whole
        return None if best is None else Value(field, best.text, rows, "column", best.partial)
    text = ""
    rows = tuple(tuple(word for word in row if len(digits(word.text)) < _LONG) for row in rows)
    for row in rows:
        piece = " ".join(word.text for word in row)
        glue = (field == "name" and piece[:1].islower()) or piece[:1] in ",."
        text = text + piece if glue else f"{text} {piece}".strip()
    value = value_of(field, [_joined_word(words, text)], "column")
    return None if value is None else Value(field, value.text, rows, "column", value.partial)


def _rows_of_cell(words: list[Word]) -> tuple[tuple[Word, ...], ...]:
    """The words as their cell has wrapped them."""
    shown = {id(shown_word(word)): word for word in words}
    return tuple(tuple(shown[id(word)] for word in line.words) for line in lines_of([*map(shown_word, words)]))


def _joined_word(words: list[Word], text: str) -> Word:
    return Word(words[0].page, text, words[0].left, words[0].top, words[0].right, words[0].bottom)
