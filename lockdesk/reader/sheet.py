"""Spreadsheets into rows of text. The child opens them; what comes over the pipe is plain CSV of bounded size."""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from lockdesk.desk.values.facts import SheetFacts, SheetProblem
from lockdesk.pki.subjects import one_line
from lockdesk.resource import resource

MOST_BYTES = 16 * 1024 * 1024
"""Of the file, and of the text that its cells hold together."""
MOST_INFLATED = 64 * 1024 * 1024
MOST_MEMBERS = 500
MOST_ROWS = 50_000
MOST_COLUMNS = 64
"""What stands in columns behind is not read: no staff register has so many."""
MOST_CELLS = 1_000_000
MOST_CELL = 400
_Row = Sequence[object]


class _TooLarge(Exception):
    pass


@dataclass(frozen=True, slots=True)
class PackedSheet:
    """What a child answers: the rows as CSV in UTF-8."""

    problem: SheetProblem
    rows: bytes


def prepare() -> None:
    """Loads what the library loads late, on a sheet of our own. Raises ImportError."""
    read_sheet(resource("samples/register.xlsx").read_bytes())


def read_sheet(content: bytes) -> PackedSheet:
    """All rows of an XLSX (first sheet) or CSV file; the first one is the header. Never raises."""
    if len(content) > MOST_BYTES:
        return PackedSheet(SheetProblem.TOO_LARGE, b"")
    try:
        return PackedSheet(SheetProblem.NONE, _packed(_xlsx(content) if content[:2] == b"PK" else _csv(content)))
    except (_TooLarge, MemoryError):
        return PackedSheet(SheetProblem.TOO_LARGE, b"")
    except Exception:  # the libraries raise as their many formats do
        return PackedSheet(SheetProblem.UNREADABLE, b"")


def _packed(rows: Iterable[_Row]) -> bytes:
    """The rows that hold anything. Raises _TooLarge."""
    text, cells, count = io.StringIO(), 0, 0
    write = csv.writer(text).writerow
    for row in rows:
        kept = ["" if cell is None else one_line(str(cell)) for cell in row[:MOST_COLUMNS]]
        while kept and not kept[-1]:
            kept.pop()
        if not kept:
            continue
        count, cells = count + 1, cells + len(kept)
        if count > MOST_ROWS or cells > MOST_CELLS or text.tell() > MOST_BYTES:
            raise _TooLarge
        write(kept)
    return text.getvalue().encode()


def _xlsx(content: bytes) -> Iterator[_Row]:
    """Raises _TooLarge for an archive that would inflate beyond all measure, before it is."""
    from openpyxl import load_workbook

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = archive.infolist()
        if len(members) > MOST_MEMBERS or sum(item.file_size for item in members) > MOST_INFLATED:
            raise _TooLarge
    book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    yield from book.worksheets[0].iter_rows(max_col=MOST_COLUMNS, values_only=True)


def _csv(content: bytes) -> Iterator[_Row]:
    text = content.decode("utf-8-sig")
    dialect = csv.Sniffer().sniff(text[:4096], delimiters=",;\t")
    yield from csv.reader(io.StringIO(text), dialect)


def unpacked(packed: PackedSheet) -> SheetFacts:
    """The rows of an answer. What is not as a child of ours packs it is unreadable."""
    found: list[tuple[str, ...]] = []
    try:
        for row in csv.reader(io.StringIO(packed.rows.decode()), strict=True):
            if len(found) == MOST_ROWS or len(row) > MOST_COLUMNS or any(len(cell) > MOST_CELL for cell in row):
                return SheetFacts(SheetProblem.UNREADABLE)
            found.append(tuple(row))
    except (csv.Error, UnicodeDecodeError):
        return SheetFacts(SheetProblem.UNREADABLE)
    return SheetFacts(packed.problem, tuple(found))
