"""Register books as files for other programs: XLSX and CSV in which no cell can become a formula.

What complainants and letters bring may begin with = + - @: a spreadsheet would run it (OWASP, CSV injection). In XLSX
every cell is stored as text and marked as such, so that it stays text when it is edited; in CSV, where nothing can be
marked, an apostrophe stands before it, also where a program with another separator would begin a cell.
"""

import csv
import io
import re
import unicodedata

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from lockdesk.desk.values.reports import Book, BookFormat
from lockdesk.words import well_formed

CHARS_PER_SHARE = 14
"""How wide a column of share 1 is, in characters."""
LONGEST = 32_000
"""Characters in a cell; a spreadsheet holds 32,767."""
_STARTS = re.compile(r"(^|[,;|\t])(\s*)(?=[=+\-@＝＋－＠])")


def export(book: Book, form: BookFormat) -> bytes:
    """The book as a file: its heads, then its rows."""
    rows = [[column.label for column in book.columns], *book.rows]
    cleaned = [[_clean(words) for words in row] for row in rows]
    return _xlsx(book, cleaned) if form is BookFormat.XLSX else _csv(cleaned)


def _clean(words: str) -> str:
    """On one line, without characters that a file of cells cannot hold."""
    line = " ".join(well_formed(words).split())
    return "".join(char for char in line if unicodedata.category(char) not in {"Cc", "Cf", "Cs"})[:LONGEST]


def _csv(rows: list[list[str]]) -> bytes:
    """UTF-8 with a mark and semicolons, as an Indonesian spreadsheet program expects them; every cell is quoted."""
    file = io.StringIO()
    writer = csv.writer(file, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerows([[_STARTS.sub(r"\1\2'", words) for words in row] for row in rows])
    return file.getvalue().encode("utf-8-sig")


def _xlsx(book: Book, rows: list[list[str]]) -> bytes:
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet(book.title[:31])
    sheet.freeze_panes = "A2"
    for n, column in enumerate(book.columns, 1):
        sheet.column_dimensions[get_column_letter(n)].width = CHARS_PER_SHARE * column.share
    head, wrapped = Font(bold=True), Alignment(vertical="top", wrap_text=True)
    for n, row in enumerate(rows):
        cells = []
        for words in row:
            cell = WriteOnlyCell(sheet, words)
            cell.data_type = "s"
            cell.quotePrefix = True
            cell.alignment = wrapped
            if n == 0:
                cell.font = head
            cells.append(cell)
        sheet.append(cells)
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()
