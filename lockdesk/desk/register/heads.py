"""Where the heads of a sheet's columns stand, and which column is which field."""

import re
from collections.abc import Mapping, Sequence

from lockdesk.desk.register.numbers import written
from lockdesk.desk.values.facts import Cell, SheetRow, SheetTable
from lockdesk.desk.values.person_fields import PERSON_FIELDS
from lockdesk.records import dataclass

_TOGETHER = re.compile(r"[/,&+]|\b(?:dan|dengan)\b")
_SEARCHED = 30
"""Titles, addresses and dates above the heads take fewer rows than that."""


@dataclass(frozen=True, slots=True)
class Heads:
    """The heads of the columns, how many of the sheet's rows they and what is above them take, and the column proposed
    for each field (field → column number)."""

    names: tuple[str, ...]
    rows: int
    mapping: Mapping[str, int]

    @property
    def of_people(self) -> bool:
        return "name" in self.mapping and not {"nip", "nik"}.isdisjoint(self.mapping)


def proposed_mapping(heads: Sequence[str]) -> Mapping[str, int]:
    """Field → column by the head's words."""
    return _mapping([(head,) for head in heads])


def find_heads(rows: Sequence[SheetRow]) -> Heads:
    """The row, or the two rows one over the other, that name the most fields; the first row where none names any."""
    found = [_heads(rows, place, height) for height in (1, 2) for place in range(min(len(rows), _SEARCHED))]
    return max(found, key=lambda heads: (heads.of_people, len(heads.mapping)))


def people_in(tables: Sequence[SheetTable]) -> int:
    """Which of a workbook's sheets is proposed: the longest one whose heads are those of people."""
    known = [(find_heads(table.rows).of_people, len(table.rows), -place) for place, table in enumerate(tables)]
    return -max(known)[2]


def _heads(rows: Sequence[SheetRow], place: int, height: int) -> Heads:
    lower = [_name(cell) for cell in rows[min(place + height, len(rows)) - 1].cells]
    upper = [_name(cell) for cell in rows[place].cells] if height == 2 else []
    width = max(len(lower), len(upper))
    upper += [""] * (width - len(upper))
    lower += [""] * (width - len(lower))
    choices, above = list[tuple[str, ...]](), ""
    for head, below in zip(upper, lower, strict=True):
        above = head or above  # a merged head stands in the first of its cells
        choices.append((below, f"{above} {below}".strip()) if below else (head,))
    # What is shown of merged heads is the whole of them.
    return Heads(tuple(names[-1] for names in choices), place + height, _mapping(choices))


def _name(cell: Cell) -> str:
    return " ".join(written(cell).split())


def _mapping(choices: Sequence[Sequence[str]]) -> Mapping[str, int]:
    normal = [{re.sub(r"[\s_]+", " ", name.casefold()).strip(" .:*") for name in names} for names in choices]
    found: dict[str, int] = {}
    for field in PERSON_FIELDS:
        for index, names in enumerate(normal):
            if not names.isdisjoint(field.heads) and index not in found.values():
                found[field.name] = index
                break
    return {**found, **_shared(normal, found)}


def _shared(normal: Sequence[set[str]], found: Mapping[str, int]) -> Mapping[str, int]:
    """Name and NIP in one column, as lists of rank have them: "Nama / NIP"."""
    if "name" in found or "nip" in found:
        return {}
    fields = {field.name: field.heads for field in PERSON_FIELDS if field.name in {"name", "nip"}}
    for index, names in enumerate(normal):
        parts = {part.strip() for name in names for part in _TOGETHER.split(name)}
        if all(not parts.isdisjoint(heads) for heads in fields.values()):
            return dict.fromkeys(fields, index)
    return {}


def is_numbering(row: SheetRow) -> bool:
    """The row beneath the heads that only counts the columns: (1), (2), (3)."""
    cells = [written(cell).strip(" ()") for cell in row.cells]
    return [cell for cell in cells if cell] == [str(number) for number in range(1, len(cells) + 1)]
