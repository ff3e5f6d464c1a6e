"""Sheets of people, and their way into the staff register."""

from collections.abc import Sequence
from datetime import date
from io import BytesIO

import openpyxl

from lockdesk.desk.desk import Desk
from lockdesk.desk.register.heads import find_heads
from lockdesk.desk.register.planning import Choice, ImportPlan
from lockdesk.desk.register.register import Terms
from lockdesk.desk.values.facts import SheetRow, SheetTable
from lockdesk.desk.values.people import RegisterEntry

LISTED = date(2026, 11, 2)
Rows = Sequence[Sequence[object]]


def workbook(*sheets: Rows) -> bytes:
    """An XLSX with the given sheets."""
    book, file = openpyxl.Workbook(), BytesIO()
    book.remove(book.worksheets[0])
    for number, rows in enumerate(sheets, start=1):
        sheet = book.create_sheet(f"Lembar {number}")
        for row in rows:
            sheet.append(list(row))
    book.save(file)
    return file.getvalue()


def table(*rows: Sequence[str | float]) -> SheetTable:
    """A sheet as the reader hands it over."""
    return SheetTable("", tuple(SheetRow(number, tuple(row)) for number, row in enumerate(rows, start=1)))


def planned(desk: Desk, content: bytes, terms: Terms) -> ImportPlan:
    """What importing the proposed sheet of a file would do, by the columns proposed."""
    opened = desk.register.open_sheet(content, "pegawai")
    chosen = opened.tables[opened.proposed]
    heads = find_heads(chosen.rows)
    return desk.register.plan(chosen, heads, heads.mapping, terms)


def import_register(
    desk: Desk,
    content: bytes,
    as_of: date = LISTED,
    source: str = "BKPSDM",
    whole_office: bool = False,
    decided: Sequence[Choice] = (),
) -> ImportPlan:
    """Imports a file as the window does, with the officer's decisions on what is there twice."""
    terms = Terms(source, as_of, whole_office)
    plan = planned(desk, content, terms)
    desk.register.import_people(plan.people(decided), terms)
    return plan


def entry_of(desk: Desk, text: str) -> RegisterEntry:
    """The one entry that is found by `text`."""
    (entry,) = desk.reading.register_page(text).rows
    return entry
