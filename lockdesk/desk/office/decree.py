"""Closed days and where they come from: the program's own calendar, and the joint decree (SKB) as a sheet of dates and
names."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from lockdesk.core.letter_dates import parse_letter_date
from lockdesk.desk.ports import Reader
from lockdesk.desk.values.facts import Cell, SheetProblem
from lockdesk.desk.values.office import ClosedDay
from lockdesk.errors import Declined
from lockdesk.records import dataclass
from lockdesk.words import DAYS, _

_EPOCH = date(1899, 12, 30)
"""Day 0 of a spreadsheet's dates."""
_EARLIEST, _LATEST = date(2000, 1, 1), date(2100, 1, 1)
_MOST_DAYS, _LONGEST_NAME = 400, 120
_WEEKDAY = re.compile(rf"^(?:{'|'.join(DAYS)}),?\s+", re.IGNORECASE)
_CLOCK = re.compile(r"[T ]00:00(?::00)?$")


@dataclass(frozen=True, slots=True)
class Decree:
    """The days of a decree with their names, and the rows (as the sheet counts them) whose date nobody could read."""

    name: str
    days: tuple[tuple[date, str], ...]
    unread: tuple[int, ...]


def national_days(year: int) -> Mapping[date, str]:
    """Public holidays and joint leave, as far as the program's calendar knows them."""
    import holidays

    return holidays.country_holidays("ID", categories=("public", "government"), years=year, language="id")


def is_leave(reason: str) -> bool:
    return "cuti bersama" in reason.casefold()


def knows_leave(days: Iterable[ClosedDay]) -> bool:
    """Whether the closed days of a year are known for good: a decree was imported, or joint leave is among them."""
    return any(closed.source or is_leave(closed.reason) for closed in days)


def read_decree(reader: Reader, content: bytes, name: str) -> Decree:
    """Reads a CSV or XLSX. Raises Declined where it holds no day, Unreachable when files cannot be opened safely."""
    sheet = reader.read_sheet(content)
    days: dict[date, str] = {}
    unread: list[int] = []
    if sheet.problem is SheetProblem.NONE:
        for row in (row for table in sheet.tables for row in table.rows):
            found = [day for cell in row.cells if (day := _day(cell)) is not None]
            words = [" ".join(cell.split()) for cell in row.cells if isinstance(cell, str) and _is_name(cell)]
            if found and words:
                days[found[0]] = max(words, key=len)[:_LONGEST_NAME]
            elif any(isinstance(cell, str) and any(mark.isdigit() for mark in cell) for cell in row.cells):
                unread.append(row.number)
    if not days or len(days) > _MOST_DAYS:
        raise Declined(
            _("Berkas {name} tidak memuat daftar hari tutup.").format(name=name),
            _("Pilih CSV atau XLSX yang setiap barisnya berisi tanggal dan nama hari libur."),
            code="calendar.decree",
        )
    return Decree(name, tuple(sorted(days.items())), tuple(unread))


def _day(cell: Cell) -> date | None:
    if isinstance(cell, float):
        found: date | None = _EPOCH + timedelta(days=int(cell)) if 36526 <= cell < 73051 else None
    else:
        found = parse_letter_date(_CLOCK.sub("", _WEEKDAY.sub("", cell.strip())))
    return found if found is not None and _EARLIEST <= found < _LATEST else None


def _is_name(cell: str) -> bool:
    """No date, no number, no day of the week."""
    text = cell.strip()
    letters = sum(mark.isalpha() for mark in text)
    return letters > 3 and _day(cell) is None and not _WEEKDAY.fullmatch(f"{text} ")
