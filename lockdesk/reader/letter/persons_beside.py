"""Tables that set people side by side: a column for each role, a row for each field."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

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
_MOST_INDENT = 0.03


def people_beside(lines: Sequence[Line]) -> tuple[list[Mention], set[int]]:
    """The people of every such table, and the indices of its lines."""
    found: list[Mention] = []
    taken: set[int] = set()
    for number, line in enumerate(lines[:-1]):
        roles = _roles(line, lines[number + 1])
        columns = _columns(lines[number + 1], len(roles)) if roles else []
        rows = _rows(lines, number, columns[0]) if columns else {}
        if "name" in {field for field, _words in rows.values()}:
            found += [_person(rows, role, *edges) for role, edges in zip(roles, pairwise([*columns, 2.0]), strict=True)]
            taken |= {number, *rows}
    return [person for person in found if person.names_somebody], taken


def _roles(line: Line, below: Line) -> list[str]:
    """What the heads of a line say of the people below; none for a line that is no such head. Over the labels stands
    either nothing or what is no role."""
    said = [_ROLES.get(word.text.casefold().strip(".,"), "") for word in line.words]
    inside = below.words[0].left < line.words[0].left - _MOST_INDENT
    roles = [role for role in said if role]
    plain = len(said) <= _MOST_HEAD_WORDS and not any(":" in word.text or "," in word.text for word in line.words)
    return roles if len(set(roles)) >= 2 and plain and (inside or not said[0]) else []


def _columns(line: Line, count: int) -> list[float]:
    """Where the values of `count` people begin on the first row: behind its label, each behind a wide gap."""
    gaps = [word.left for n, word in enumerate(line.words) if n and line.wide_gap_before(n)]
    return gaps[-count:] if len(gaps) >= count else []


def _rows(lines: Sequence[Line], head: int, left: float) -> dict[int, tuple[str, list[Word]]]:
    """The lines below, as long as they begin with a label or go on in the columns: each row's field and words, under
    the number of its line; a line that goes on has its words with the row before."""
    rows: dict[int, tuple[str, list[Word]]] = {}
    field, words = "", list[Word]()
    for number in range(head + 1, len(lines)):
        line = lines[number]
        before = [word for word in line.words if word.left < left - 0.01]
        label = label_of(" ".join(word.text for word in before[:MOST_LABEL_WORDS])) if before else None
        goes_on = not before and bool(rows) and line.top - lines[number - 1].top < 2.4 * line.words[0].height
        if line.page != lines[head].page or not (label or goes_on):
            break
        if label is not None:
            field, words = label[0], []
        words += [word for word in line.words if word.left >= left - 0.01]
        rows[number] = (field, words)
    return rows


def _person(rows: Mapping[int, tuple[str, list[Word]]], role: str, left: float, right: float) -> Mention:
    mention = Mention(hints={role})
    for field, words in rows.values():
        inside = [word for word in words if left - 0.01 <= word.left < right - 0.01]
        value = value_of(field, inside, "column") if field in PERSON_FIELDS and inside else None
        if value is not None:
            mention.add(value)
    return mention
