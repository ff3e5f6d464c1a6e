"""Tables that set people side by side: a column for each role, a row for each field."""

from collections.abc import Mapping, Sequence

from lockdesk.desk.values.facts import Line, Word
from lockdesk.reader.letter.labels import MOST_LABEL_WORDS, label_of
from lockdesk.reader.letter.mentions import PERSON_FIELDS, Mention
from lockdesk.reader.letter.pairs import value_of

_ROLES: Mapping[str, str] = {
    "pemohon": "about", "pemilik": "about", "atasan": "superior", "pimpinan": "superior", "pejabat": "superior",
    "verifikator": "verifier", "admin": "verifier",
}  # fmt: skip
"""The first word of a column's head, and what it says of the person below."""
_MOST_HEAD_WORDS = 8


def people_beside(lines: Sequence[Line]) -> tuple[list[Mention], set[int]]:
    """The people of every such table, and the indices of its lines."""
    found: list[Mention] = []
    taken: set[int] = set()
    for number, line in enumerate(lines):
        heads = _heads(line)
        rows = _rows(lines, number, heads[0][0].left) if heads else {}
        if "name" in rows.values():
            found += [_person(lines, rows, heads, place) for place in range(len(heads))]
            taken |= {number, *rows}
    return [person for person in found if person.names_somebody], taken


def _heads(line: Line) -> list[tuple[Word, str]]:
    """The first word of each column's head with its role; none for a line that is no such head."""
    said = [(word, _ROLES.get(word.text.casefold().strip(".,"), "")) for word in line.words]
    heads = [(word, role) for word, role in said if role]
    several = len({role for _word, role in heads}) >= 2
    plain = len(line.words) <= _MOST_HEAD_WORDS and not any(":" in word.text or "," in word.text for word in line.words)
    return heads if several and plain and line.words[0] is not heads[0][0] else []


def _rows(lines: Sequence[Line], head: int, left: float) -> dict[int, str]:
    """The lines below, each with the field that its label names, as long as they begin with one."""
    rows: dict[int, str] = {}
    for number in range(head + 1, len(lines)):
        words = [word for word in lines[number].words if word.left < left - 0.01][:MOST_LABEL_WORDS]
        label = label_of(" ".join(word.text for word in words)) if words else None
        if label is None or lines[number].page != lines[head].page:
            break
        rows[number] = label[0]
    return rows


def _person(lines: Sequence[Line], rows: Mapping[int, str], heads: list[tuple[Word, str]], place: int) -> Mention:
    word, role = heads[place]
    end = heads[place + 1][0].left - 0.01 if place + 1 < len(heads) else 2.0
    mention = Mention(hints={role})
    for number, field in rows.items():
        inside = [item for item in lines[number].words if word.left - 0.01 <= item.left < end]
        value = value_of(field, inside, "column") if field in PERSON_FIELDS and inside else None
        if value is not None:
            mention.add(value)
    return mention
