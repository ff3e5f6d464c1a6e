"""Spreadsheets that attack: opened in the cage, with caps, and the program's own memory stays where it was."""

import io
import resource
import zipfile
from collections.abc import Callable, Iterator
from xml.sax.saxutils import escape

import pytest

from lockdesk.app import OpenProfile
from lockdesk.desk.values.facts import SheetProblem
from lockdesk.errors import Declined
from lockdesk.reader.files.sheet import MOST_CELL, MOST_COLUMNS, MOST_ROWS
from lockdesk.reader.sealed import SealedReader

GROWTH_BYTES = 200 << 20
_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
    '<Override PartName="/xl/sharedStrings.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>'
)
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SHEETS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def _relations(*targets: tuple[str, str]) -> str:
    found = "".join(
        f'<Relationship Id="r{n}" Type="{_RELATIONS}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets)
    )
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{found}</Relationships>'
    )


def workbook(rows: str, strings: str = "", doctype: str = "", dimension: str = "A1:B2") -> bytes:
    """An XLSX whose first sheet holds the given rows, as XML."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr("_rels/.rels", _relations(("officeDocument", "xl/workbook.xml")))
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{_SHEETS}" xmlns:r="{_RELATIONS}"><sheets>'
            '<sheet name="a" sheetId="1" r:id="r0"/></sheets></workbook>',
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            _relations(("worksheet", "worksheets/sheet1.xml"), ("sharedStrings", "sharedStrings.xml")),
        )
        archive.writestr(
            "xl/worksheets/sheet1.xml",
            f'<?xml version="1.0"?>{doctype}<worksheet xmlns="{_SHEETS}"><dimension ref="{dimension}"/>'
            f"<sheetData>{rows}</sheetData></worksheet>",
        )
        archive.writestr("xl/sharedStrings.xml", f'<sst xmlns="{_SHEETS}">{strings}</sst>')
    return made.getvalue()


def row(number: int, *cells: str) -> str:
    inside = "".join(f'<c t="inlineStr"><is><t>{escape(cell)}</t></is></c>' for cell in cells)
    return f'<row r="{number}">{inside}</row>'


HEAD = row(1, "Nama", "NIP")
PERSON = row(2, "Contoh Baru", "199001012015011001")
_LAUGHS = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))

ATTACKS: dict[str, Callable[[], bytes]] = {
    "cells": lambda: workbook(HEAD + row(2, *["x"] * 2_000_000)),
    "rows": lambda: workbook(HEAD + "".join(row(n, "x") for n in range(2, MOST_ROWS + 10))),
    "a wide row far out": lambda: workbook(HEAD + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>' * 2000),
    "shared strings": lambda: workbook(HEAD, "<si><t>x</t></si>" * 3_000_000),
    "one long string": lambda: workbook(HEAD + row(2, "x" * 300_000_000)),
    "entities": lambda: workbook(row(1, "a") + '<row r="2"><c t="str"><v>&e11;</v></c></row>',
                                 doctype=f'<!DOCTYPE a [<!ENTITY e0 "ha">{_LAUGHS}]>'),
    "depth": lambda: workbook("<row>" * 200_000),
    "many members": lambda: _with_members(20_000),
    "long csv line": lambda: b"Nama;NIP\n" + b"x" * 10_000_000,
    "wide csv": lambda: b"Nama;NIP\n" + b";" * 10_000_000,
    "csv rows": lambda: b"Nama;NIP\n" + b"x;1\n" * 2_000_000,
    "large csv": lambda: b"Nama;NIP\n" + b"x" * (17 << 20),
}  # fmt: skip


def _with_members(count: int) -> bytes:
    made = io.BytesIO(workbook(HEAD + PERSON))
    with zipfile.ZipFile(made, "a") as archive:
        for number in range(count):
            archive.writestr(f"xl/media/{number}.png", b"")
    return made.getvalue()


@pytest.fixture(scope="module")
def reader() -> Iterator[SealedReader]:
    with SealedReader() as sealed:
        yield sealed


@pytest.mark.parametrize("name", ATTACKS)
def test_a_sheet_that_swells_does_so_in_the_cage(reader: SealedReader, name: str) -> None:
    content = ATTACKS[name]()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    facts = reader.read_sheet(content)
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024 < GROWTH_BYTES
    assert facts.problem is not SheetProblem.NONE or sum(len(table.rows) for table in facts.tables) <= 3
    assert reader.read_sheet(workbook(HEAD + PERSON)).tables[0].rows[1].cells == ("Contoh Baru", "199001012015011001")


def test_what_stands_in_a_cell_is_one_clean_line(reader: SealedReader) -> None:
    facts = reader.read_sheet(workbook(HEAD + row(2, "Con\u202etoh\n Baru" + "x" * 1000, *["y"] * 200)))
    assert facts.problem is SheetProblem.NONE
    (_head, found) = facts.tables[0].rows
    assert str(found.cells[0]).startswith("Contoh Baruxxx") and len(str(found.cells[0])) == MOST_CELL
    assert len(found.cells) == MOST_COLUMNS


def test_a_register_of_ten_thousand_people_is_read(reader: SealedReader) -> None:
    people = "".join(row(n, f"Contoh Pegawai {n}", f"{n:018d}", "Jabatan", "Unit", "a@b.id") for n in range(2, 10_002))
    facts = reader.read_sheet(workbook(HEAD + people, dimension="A1:E10001"))
    assert facts.problem is SheetProblem.NONE and len(facts.tables[0].rows) == 10_001


def test_the_officer_is_told_that_a_sheet_is_too_large(profile: OpenProfile) -> None:
    with pytest.raises(Declined) as told:
        profile.desk.register.open_sheet(ATTACKS["cells"](), "pegawai.xlsx")
    assert told.value.code == "register.too_large" and told.value.remedy
