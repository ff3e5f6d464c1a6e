"""What an import would do, known before anything is written: who is new, who changes, which rows are refused and why,
and where two entries may be one person, which nobody but the officer decides."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum

from lockdesk.desk.register.heads import Heads, is_numbering
from lockdesk.desk.register.numbers import SpoiltCell, field_text, name_and_nip, written
from lockdesk.desk.values.facts import Cell, SheetTable
from lockdesk.desk.values.people import RegisterEntry
from lockdesk.desk.values.person_fields import BY_NAME
from lockdesk.desk.values.register import Origin, RegisterPerson, changes_in, namesake_key
from lockdesk.pki.values import parse_serial, serial_hex
from lockdesk.records import dataclass
from lockdesk.words import N_, _

SLICE = 1000
"""So many people are looked up, or written, at a time: nothing else waits for longer."""
_IDENTITY = ("nip", "nik")
_FEW = 3
"""So many NIKs ending in 0 are no chance any more."""

Find = Callable[[Sequence[str], Sequence[str], Sequence[str]], Sequence[RegisterEntry]]
"""NIPs, NIKs and keys of namesakes → the entries that carry one of them, retired ones too."""
Follow = Callable[[int, int], bool]
"""Told how many of how many are done, on the working thread; False stops."""


def unfollowed(_done: int, _all: int) -> bool:
    """The Follow of work that nobody follows or stops."""
    return True


class Stopped(Exception):
    """The officer stopped before anything was written."""


@dataclass(frozen=True, slots=True)
class Remark:
    """A row that is not imported (`refused`), or only without one of its fields."""

    row: int
    column: str
    reason: str
    refused: bool

    @property
    def words(self) -> str:
        """ "Baris 12, NIP: …"."""
        where = _("Baris {row}, {column}") if self.column else _("Baris {row}")
        return f"{where.format(row=self.row, column=self.column)}: {self.reason}"


class Alike(StrEnum):
    """Why two entries may be one person."""

    NIP = "nip"
    NIK = "nik"
    NAMESAKE = "namesake"


@dataclass(frozen=True, slots=True)
class SheetPerson:
    """A row that says enough of a person."""

    row: int
    person: RegisterPerson
    keys: tuple[tuple[Alike, str], ...]
    """By what the person may be known again. Read once: it is asked for several times and takes long."""

    def text(self, name: str) -> str:
        return self.person.fields.get(name, "")


ALIKE_WORDS = {
    Alike.NIP: N_("NIP sama"),
    Alike.NIK: N_("NIK sama, NIP berbeda"),
    Alike.NAMESAKE: N_("Nama dan tanggal lahir sama"),
}


class Choice(StrEnum):
    """What the officer decides on two rows, or on an entry of the register (the first) and a row."""

    FIRST = "first"
    SECOND = "second"
    NEITHER = "neither"
    BOTH = "both"
    """They are two people: only where no number is the same."""


def differing(one: SheetPerson | RegisterEntry, other: SheetPerson | RegisterEntry) -> tuple[str, ...]:
    """The fields in which two entries differ, in the order of the fields."""
    return tuple(name for name in BY_NAME if name != "serial" and one.text(name) != other.text(name))


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Two entries that may be one person. The first is a row, or an entry of the register."""

    alike: Alike
    first: SheetPerson | RegisterEntry
    second: SheetPerson

    @property
    def choices(self) -> tuple[Choice, ...]:
        """An entry of the register stays when neither is taken, which is the same as taking it."""
        known = (Choice.FIRST, Choice.SECOND)
        left_out = () if isinstance(self.first, RegisterEntry) else (Choice.NEITHER,)
        return (*known, *left_out, *((Choice.BOTH,) if self.alike is Alike.NAMESAKE else ()))


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What an import would do. `new` and `changed` hold nobody of whom the officer still decides; `unchanged` counts
    those to whom nothing is new."""

    new: tuple[SheetPerson, ...]
    changed: tuple[SheetPerson, ...]
    unchanged: int
    remarks: tuple[Remark, ...]
    duplicates: tuple[Duplicate, ...]
    known: int = 0
    """How many people the register has already."""

    @property
    def rows(self) -> int:
        """How many rows say something of people."""
        return len(self.new) + len(self.changed) + self.unchanged + self.refused + len(self.duplicates)

    @property
    def refused(self) -> int:
        return len({remark.row for remark in self.remarks if remark.refused})

    def people(self, decided: Sequence[Choice]) -> tuple[RegisterPerson, ...]:
        """Whom to write, once the officer has decided on every duplicate in its order."""
        out, onto = {remark.row for remark in self.remarks if remark.refused}, dict[int, int]()
        for pair, choice in zip(self.duplicates, decided, strict=True):
            first = pair.first
            if isinstance(first, SheetPerson) and choice in {Choice.SECOND, Choice.NEITHER}:
                out.add(first.row)
            if choice in {Choice.FIRST, Choice.NEITHER}:
                out.add(pair.second.row)
            if isinstance(first, RegisterEntry) and choice is Choice.SECOND:
                onto[pair.second.row] = first.id
        doubtful = {item.row: item for pair in self.duplicates for item in (pair.first, pair.second)
                    if isinstance(item, SheetPerson)}  # fmt: skip
        kept = [*self.new, *self.changed, *(item for row, item in sorted(doubtful.items()) if row not in out)]
        return tuple(
            replace(item.person, entry_id=onto[item.row]) if item.row in onto else item.person for item in kept
        )


def read_people(
    table: SheetTable, heads: Heads, mapping: Mapping[str, int], follow: Follow = unfollowed
) -> tuple[list[SheetPerson], list[Remark]]:
    """The people of a sheet, and what is wrong with its rows: the first half of the work. Raises Stopped."""
    people, remarks = list[SheetPerson](), list[Remark]()
    rows, shared = table.rows[heads.rows :], mapping.get("name", -1) == mapping.get("nip", -2)
    for place, row in enumerate(rows):
        if place % SLICE == 0 and not follow(place, 2 * len(rows)):
            raise Stopped
        cells = {name: row.cells[column] for name, column in mapping.items() if column < len(row.cells)}
        if shared and cells:
            cells |= name_and_nip(cells["name"])
        if not any(written(cell).strip() for cell in cells.values()) or (place == 0 and is_numbering(row)):
            continue
        fields, spoilt = _fields(cells)
        remarks += [_remark(row.number, name, spoilt[name], name in _IDENTITY) for name in spoilt]
        if spoilt.keys() & set(_IDENTITY):
            continue
        missing = _missing(fields)
        if missing:
            remarks.append(Remark(row.number, "", missing, refused=True))
            continue
        serials = serials_in(fields.pop("serial", ""))
        people.append(SheetPerson(row.number, RegisterPerson(fields, serials), _keys(fields)))
    return _without_lost_digits(people, remarks)


def _fields(cells: Mapping[str, Cell]) -> tuple[dict[str, str], dict[str, str]]:
    """What the cells say, and why the others say nothing."""
    fields, spoilt = dict[str, str](), dict[str, str]()
    for name, cell in cells.items():
        try:
            text = field_text(name, cell)
        except SpoiltCell as reason:
            spoilt[name] = str(reason)
        else:
            if text:
                fields[name] = text
    return fields, spoilt


def _missing(fields: Mapping[str, str]) -> str:
    if not fields.get("name"):
        return _("Nama kosong.")
    return "" if fields.get("nip") or fields.get("nik") else _("Tidak ada NIP maupun NIK.")


def _remark(row: int, name: str, reason: str, refused: bool) -> Remark:
    left_out = "" if refused else _("Diimpor tanpa isian ini.")
    return Remark(row, _(BY_NAME[name].label), f"{reason} {left_out}".strip(), refused)


def serials_in(text: str) -> tuple[str, ...]:
    """The serial numbers, in hex, that a cell or a field lists."""
    parts = (parse_serial(part) for part in re.split(r"[,;\n]+", text) if part)
    return tuple({serial_hex(max(part)) for part in parts if part})


def _without_lost_digits(people: list[SheetPerson], remarks: list[Remark]) -> tuple[list[SheetPerson], list[Remark]]:
    """A CSV that Excel wrote shows no number any more that was typed as one: every NIK of it ends in 0."""
    niks = [item.text("nik") for item in people if item.text("nik")]
    if len(niks) < _FEW or not all(nik.endswith("0") for nik in niks):
        return people, remarks
    reason = _("Semua NIK pada kolom ini berakhir 0; digit terakhirnya hilang.")
    lost = [_remark(item.row, "nik", reason, True) for item in people if item.text("nik")]
    return [item for item in people if not item.text("nik")], sorted([*remarks, *lost], key=lambda item: item.row)


def plan(people: Sequence[SheetPerson], remarks: Sequence[Remark], origin: Origin, find: Find, follow: Follow
         ) -> ImportPlan:  # fmt: skip
    """Compares the people of a sheet with each other and with the register: the second half. Raises Stopped."""
    kept, pairs = _among_themselves(people)
    doubtful = {item.row for pair in pairs for item in pair}
    sorting = _Sorting(origin, doubtful, [*remarks])
    for begin in range(0, len(kept), SLICE):
        if not follow(len(kept) + begin, 2 * len(kept)):
            raise Stopped
        part = kept[begin : begin + SLICE]
        known = _Known(find(*(_all(part, alike) for alike in Alike)))
        for item in part:
            sorting.take(item, known)
    return sorting.plan(pairs)


class _Sorting:
    """Row by row: where each belongs."""

    def __init__(self, origin: Origin, doubtful: set[int], remarks: list[Remark]) -> None:
        self._origin, self._doubtful, self._remarks = origin, doubtful, remarks
        self._new, self._changed, self._unchanged = list[SheetPerson](), list[SheetPerson](), 0
        self._duplicates, self._placed = list[Duplicate](), dict[int, SheetPerson]()

    def take(self, item: SheetPerson, known: "_Known") -> None:
        entry, alike = known.of(item)
        other = known.with_its_nik(item, entry)
        if entry is not None and alike is None:
            item = replace(item, person=replace(item.person, entry_id=entry.id))
        self._placed[item.row] = item
        if other is not None:
            reason = _("NIK ini milik {name} dengan NIP lain. Perbaiki atau gabungkan dahulu di data kepegawaian.")
            self._remarks.append(_remark(item.row, "nik", reason.format(name=other.text("name")), True))
        elif entry is not None and entry.retired_at is not None:
            self._remarks.append(Remark(item.row, "", _("Sudah ditandai tidak lagi bertugas."), refused=True))
        elif entry is not None and alike is not None:
            self._duplicates.append(Duplicate(alike, entry, item))
        elif item.row in self._doubtful:
            return
        elif entry is None:
            self._new.append(item)
        else:
            self._take_known(item, entry)

    def _take_known(self, item: SheetPerson, entry: RegisterEntry) -> None:
        changes = changes_in(entry, item.person, self._origin)
        if any(text != entry.text(name) and name not in changes for name, text in item.person.fields.items()):
            self._remarks.append(Remark(item.row, "", _("Data yang sudah ada lebih baru; tidak diganti."), False))
        if changes or not set(item.person.serials) <= set(entry.serials):
            self._changed.append(item)
        else:
            self._unchanged += 1

    def plan(self, pairs: Sequence[tuple[SheetPerson, SheetPerson]]) -> ImportPlan:
        among = [Duplicate(_alike(one, other), self._placed[one.row], self._placed[other.row]) for one, other in pairs]
        return ImportPlan(
            tuple(self._new), tuple(self._changed), self._unchanged,
            tuple(sorted(self._remarks, key=lambda item: item.row)), (*among, *self._duplicates),
        )  # fmt: skip


def _nip(item: SheetPerson | RegisterEntry) -> str:
    return item.text("nip")


def _nik(item: SheetPerson | RegisterEntry) -> str:
    return item.text("nik")


def _keys(fields: Mapping[str, str]) -> tuple[tuple[Alike, str], ...]:
    name, nip, nik = (fields.get(field, "") for field in ("name", "nip", "nik"))
    known = ((Alike.NIP, nip), (Alike.NIK, nik), (Alike.NAMESAKE, namesake_key(name, nip, nik)))
    return tuple((alike, key) for alike, key in known if key)


def _all(people: Sequence[SheetPerson], wanted: Alike) -> list[str]:
    return list({key for item in people for alike, key in item.keys if alike is wanted})


def _among_themselves(people: Sequence[SheetPerson]) -> tuple[list[SheetPerson], list[tuple[SheetPerson, SheetPerson]]]:
    """The rows, and the pairs of them that may be one person; a row that repeats another one word by word says
    nothing new."""
    first = dict[tuple[Alike, str], SheetPerson]()
    kept, pairs = list[SheetPerson](), list[tuple[SheetPerson, SheetPerson]]()
    for item in people:
        same = next((first[key] for key in item.keys if key in first), None)
        if same is not None and same.person == item.person:
            continue
        kept.append(item)
        if same is not None:
            pairs.append((same, item))
        for key in item.keys:
            first.setdefault(key, item)
    return kept, pairs


def _alike(one: SheetPerson, other: SheetPerson) -> Alike:
    return next(alike for alike, key in other.keys if (alike, key) in one.keys)


class _Known:
    """Entries of the register, found by what they may be known again by."""

    def __init__(self, entries: Sequence[RegisterEntry]) -> None:
        self._by = dict[tuple[Alike, str], list[RegisterEntry]]()
        for entry in entries:
            for key in _keys({name: value.text for name, value in entry.fields.items()}):
                self._by.setdefault(key, []).append(entry)

    def of(self, item: SheetPerson) -> tuple[RegisterEntry | None, Alike | None]:
        """Whose entry the row is about; with a reason where it only may be: the officer decides."""
        for alike, text in item.keys:
            found = self._by.get((alike, text), [])
            if found:
                entry = found[0]
                same = alike is Alike.NIP or (alike is Alike.NIK and (not _nip(item) or not _nip(entry)))
                return entry, None if same and len(found) == 1 else alike
        return None, None

    def with_its_nik(self, item: SheetPerson, entry: RegisterEntry | None) -> RegisterEntry | None:
        """Somebody else than `entry` who has the row's NIK: the row is about neither for certain."""
        if entry is None or _nip(item) != _nip(entry):
            return None
        found = self._by.get((Alike.NIK, _nik(item)), [])
        return next((other for other in found if other.id != entry.id), None)
