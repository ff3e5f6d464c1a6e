"""Spreadsheets into rows of cells. The child opens them; what comes over the pipe is plain CSV of bounded size, in
which a number stands without quotation marks: whether a cell was typed as a number decides what its digits are worth.
"""

import codecs
import csv
import io
import math
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from lockdesk.desk.values.facts import Cell, SheetFacts, SheetProblem, SheetRow, SheetTable
from lockdesk.pki.subjects import one_line
from lockdesk.records import dataclass
from lockdesk.resource import resource

MOST_BYTES = 32 * 1024 * 1024
"""Of the file, and of the text that its cells hold together."""
MOST_INFLATED = 128 * 1024 * 1024
MOST_MEMBERS = 500
MOST_SHEETS = 100
MOST_ROWS = 120_000
"""Of all sheets together, empty ones apart; a city has some ten thousand civil servants, a province a hundred."""
MOST_COLUMNS = 64
"""What stands in columns behind is not read: no staff register has so many."""
MOST_CELLS = 2_000_000
MOST_CELL = 400
_DELIMITERS = ";,\t"
_Row = Sequence[object]


class _TooLarge(Exception):
    pass


@dataclass(frozen=True, slots=True)
class PackedTable:
    """One sheet: its rows as CSV in UTF-8, each with its number in front."""

    name: str
    rows: bytes


@dataclass(frozen=True, slots=True)
class PackedSheet:
    """What a child answers."""

    problem: SheetProblem
    tables: tuple[PackedTable, ...] = ()


def prepare() -> None:
    """Loads what the library loads late, on a sheet of our own. Raises ImportError."""
    read_sheet(resource("samples/register.xlsx").read_bytes())


def read_sheet(content: bytes) -> PackedSheet:
    """All rows of all sheets of an XLSX, or of a CSV file. Never raises."""
    if len(content) > MOST_BYTES:
        return PackedSheet(SheetProblem.TOO_LARGE)
    try:
        return PackedSheet(SheetProblem.NONE, _packed(_xlsx(content) if content[:2] == b"PK" else _csv(content)))
    except (_TooLarge, MemoryError):
        return PackedSheet(SheetProblem.TOO_LARGE)
    except Exception:  # the libraries raise as their many formats do
        return PackedSheet(SheetProblem.UNREADABLE)


def _packed(sheets: Iterable[tuple[str, Iterable[_Row]]]) -> tuple[PackedTable, ...]:
    """The rows that hold anything, of the sheets that do. Raises _TooLarge."""
    packed, count, cells, size = list[PackedTable](), 0, 0, 0
    for name, rows in sheets:
        text = io.StringIO()
        write = csv.writer(text, quoting=csv.QUOTE_NONNUMERIC).writerow
        for number, row in enumerate(rows, start=1):
            kept = [_cell(value) for value in row[:MOST_COLUMNS]]
            while kept and kept[-1] == "":
                kept.pop()
            if not kept:
                continue
            count, cells = count + 1, cells + len(kept)
            if count > MOST_ROWS or cells > MOST_CELLS or size + text.tell() > MOST_BYTES:
                raise _TooLarge
            write([number, *kept])
        size += text.tell()
        if text.tell() and len(packed) < MOST_SHEETS:
            packed.append(PackedTable(one_line(name), text.getvalue().encode()))
    return tuple(packed)


def _cell(value: object) -> Cell:
    if isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value):
        return float(value)
    return "" if value is None else one_line(str(value))


def _xlsx(content: bytes) -> Iterator[tuple[str, Iterable[_Row]]]:
    """Raises _TooLarge for an archive that would inflate beyond all measure, before it is."""
    from openpyxl import load_workbook

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = archive.infolist()
        if len(members) > MOST_MEMBERS or sum(item.file_size for item in members) > MOST_INFLATED:
            raise _TooLarge
    book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    for sheet in book.worksheets:
        sheet.reset_dimensions()  # what a file says of its size is not to be believed
        yield sheet.title, sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True)


def _csv(content: bytes) -> Iterator[tuple[str, Iterable[_Row]]]:
    text = _decoded(content)
    yield "", csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))


def _decoded(content: bytes) -> str:
    """UTF-8 where it is that, UTF-16 where a mark says so, else what Excel writes on a Windows machine here."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = content.decode("utf-16")
    else:
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = content.decode("cp1252")
    if "\0" in text:
        raise ValueError("no text")
    return text


def _delimiter(text: str) -> str:
    """The one that parts most of the first rows into equally many cells. Raises ValueError where none parts any."""
    lines = text[:65_536].splitlines()[:50]

    def evenness(delimiter: str) -> int:
        widths = Counter(len(row) for row in csv.reader(lines, delimiter=delimiter))
        return max(((width - 1) * count for width, count in widths.items()), default=0)

    chosen = max(_DELIMITERS, key=evenness)
    if not evenness(chosen):
        raise ValueError("no table")
    return chosen


def unpacked(packed: PackedSheet) -> SheetFacts:
    """The rows of an answer. What is not as a child of ours packs it is unreadable."""
    tables, left = list[SheetTable](), MOST_ROWS
    try:
        for table in packed.tables:
            tables.append(SheetTable(table.name, _rows(table.rows, left)))
            left -= len(tables[-1].rows)
    except (csv.Error, ValueError, OverflowError):
        return SheetFacts(SheetProblem.UNREADABLE)
    return SheetFacts(packed.problem, tuple(tables))


def _rows(text: bytes, most: int) -> tuple[SheetRow, ...]:
    """Raises ValueError for what no child of ours has packed."""
    found = list[SheetRow]()
    for row in csv.reader(io.StringIO(text.decode(), newline=""), quoting=csv.QUOTE_NONNUMERIC, strict=True):
        # Typed as texts, yet each is a number where it stood without quotation marks.
        number, *cells = list[Cell](row)
        if len(found) == most or len(cells) > MOST_COLUMNS or not isinstance(number, float):
            raise ValueError("no row")
        if any(len(cell) > MOST_CELL if isinstance(cell, str) else not math.isfinite(cell) for cell in cells):
            raise ValueError("no cell")
        found.append(SheetRow(int(number), tuple(cells)))
    return tuple(found)
