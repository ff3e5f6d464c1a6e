"""One grid for every print: letterhead, title, number, rows, box, notes, signatures, footer with the QR.

Measures are in points and scale with the paper; the roll of 80 mm has a layout of its own in `roll.py`.
"""

from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import (
    BaseDocTemplate,
    CondPageBreak,
    Flowable,
    Frame,
    KeepTogether,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
)

from lockdesk.desk.values.sheets import LayoutStopped, PagesTold, Sheet, SheetRow, Signature, join_words, untold
from lockdesk.paper.blocks import Rows, Whole, section_flowables
from lockdesk.paper.fonts import BOLD, MONO, SANS
from lockdesk.paper.page_frame import LANDSCAPE, MEASURES, Decoration, Measure, NumberedCanvas
from lockdesk.paper.texts import HAIR, INK, WriteOn, paragraph, style, text

MANY_ROWS = 8
LONGEST_SIGNED = 160
_KEPT_ROWS, _KEPT_HEIGHT = 2, 90.0
"""How many of the last rows stay with the signatures, and how high they may be together."""

_LONG_ROW = 600
"""Letters of a row that may need more than what is left of a page."""


class Form:
    """Builds the flowables of one sheet."""

    def __init__(self, sheet: Sheet, measure: Measure) -> None:
        self.sheet = sheet
        self.measure = measure
        self.width = measure.page[0] - 2 * measure.margin

    def size(self, points: float) -> float:
        return round(points * self.measure.scale, 2)

    def flowables(self) -> list[Flowable]:
        sheet, size = self.sheet, self.size
        kept, large = self._kept_rows(), size(13 if sheet.landscape else 17)
        opening, last = sheet.rows[: len(sheet.rows) - kept], sheet.rows[len(sheet.rows) - kept :]
        parts: list[Flowable] = [
            text(sheet.title, BOLD, size(12.5)),
            *([Spacer(1, size(1)), text(sheet.number, BOLD, large, 1.2)] if sheet.number else []),
            Spacer(1, size(9)),
            *([self._rows(opening)] if opening else []),
        ]
        closing: list[Flowable] = [self._rows(last)] if last else []
        if sheet.box is not None:
            closing += [Spacer(1, size(9)), self._box(*sheet.box)]
        if sheet.paragraphs:
            *before, end, space = self._paragraphs()
            parts += [*closing, Spacer(1, size(8)), *before]
            closing = [end, space]
        for section in sheet.sections:
            parts += [*closing, *section_flowables(section, self.width, size)]
            closing = _last_words(parts) if sheet.signatures and section is sheet.sections[-1] else []
        closing += [Spacer(1, size(9)), *self._notes()]
        if sheet.signatures:
            closing += [Spacer(1, size(10)), self._signatures()]
            # Signatures alone on a page could stand under anything.
            self._let_end(parts, closing)
            return [*parts, KeepTogether(closing)]
        return [*parts, *closing]

    def _let_end(self, parts: list[Flowable], closing: list[Flowable]) -> None:
        """Where a table is what was said last, its last rows stay with the closing; all of a short one, with its
        heading."""
        last = next((place for place in reversed(range(len(parts))) if not isinstance(parts[place], Spacer)), 0)
        if not parts or not isinstance(parts[last], Rows):
            return
        ending = [*parts[last + 1 :], *closing]
        if parts[last].few:
            place, most = _headed(parts, last), self.measure.page[1] / 2
            height = sum(part.wrap(self.width, most)[1] for part in (*parts[place : last + 1], *ending))
            if height < most:
                parts.insert(place, CondPageBreak(height))
                last += 1
        parts[last].ends_with = ending

    def _kept_rows(self) -> int:
        """How many of the last rows stay with the signatures."""
        if not self.sheet.signatures:
            return 0
        kept, room = 0, self.size(_KEPT_HEIGHT)
        for row in self.sheet.rows[: -_KEPT_ROWS - 1 : -1]:
            room -= self._rows((row,)).wrap(self.width, room)[1]
            if room < 0:
                break
            kept += 1
        return kept

    def _rows(self, rows: tuple[SheetRow, ...]) -> Table:
        cells = [[self._label(row), self._value(row)] for row in rows]
        label = self.width * 0.29
        # A receipt belongs on one page: many rows stand closer.
        density = 1.0 if len(self.sheet.rows) <= MANY_ROWS else 0.45
        # A complaint may be longer than a page: its row goes on upon the next one. A short one stays together.
        long = any(len(row.text) + len(row.second) > _LONG_ROW for row in rows)
        table = Table(cells, colWidths=[label, self.width - label], splitInRow=int(long))
        ruled = [("LINEBELOW", (0, n), (-1, n), 0.5, HAIR) for n, row in enumerate(rows) if not row.blank]
        table.setStyle(
            [
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                *[("VALIGN", (0, n), (0, n), "BOTTOM") for n, row in enumerate(rows) if row.blank == 1],
                *ruled,
                ("LEFTPADDING", (0, 0), (-1, -1), 0),
                ("RIGHTPADDING", (0, 0), (-1, -1), 0),
                ("TOPPADDING", (0, 0), (-1, -1), self.size(3.6) * density),
                ("BOTTOMPADDING", (0, 0), (-1, -1), self.size(4.4) * density),
            ]
        )
        return table

    def _label(self, row: SheetRow) -> Paragraph:
        return text(row.label, SANS, self.size(8.6), colour="#4A4A4A")

    def _value(self, row: SheetRow) -> list[Flowable]:
        face = MONO if row.digits else BOLD if row.strong else SANS
        points = 12 if row.digits and row.strong else 8.2 if row.digits else 8.6
        lines: list[Flowable] = [text(row.text, face, self.size(points))] if row.text else []
        lines += [WriteOn(self.size(17)) for _line in range(row.blank)]
        if row.second:
            lines.append(text(row.second, SANS, self.size(8.6)))
        return lines

    def _box(self, label: str, value: str) -> Table:
        table = Table(
            [[text(label, SANS, self.size(8.6)), _right(value, self.size(10))]],
            colWidths=[self.width * 0.36, self.width * 0.64],
        )
        table.setStyle(
            [
                ("BOX", (0, 0), (-1, -1), 0.8, INK),
                ("ROUNDEDCORNERS", [4, 4, 4, 4]),
                ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
                ("TOPPADDING", (0, 0), (-1, -1), self.size(6)),
                ("BOTTOMPADDING", (0, 0), (-1, -1), self.size(7)),
            ]
        )
        return table

    def _paragraphs(self) -> list[Flowable]:
        parts: list[Flowable] = []
        lines = self.sheet.paragraphs
        for line, following in zip(lines, (*lines[1:], ""), strict=True):
            if line.startswith("# "):
                heading = text(line[2:], BOLD, self.size(8.8))
                heading.keepWithNext = True
                parts += [Spacer(1, self.size(4)), heading]
                continue
            indent = len(line) - len(line.lstrip())
            shown = paragraph(line.strip(), SANS, self.size(8.6), 1.4, self.size(10) if indent else 0)
            space = Spacer(1, self.size(2))
            # What announces a list is not left behind by it.
            shown.keepWithNext = space.keepWithNext = following.startswith(" ") and not indent
            parts += [shown, space]
        return parts

    def _notes(self) -> list[Flowable]:
        words = [escape(note) for note in self.sheet.notes]
        if self.sheet.warning:
            words.append(f'<font name="{BOLD}">{escape(self.sheet.warning)}</font>')
        return [Paragraph(" ".join(words), style(SANS, self.size(7.4), 1.4, "#333333"))] if words else []

    def _signatures(self) -> Table:
        """Who signs stands on one height, and so do the names, however many lines they take."""
        blocks, size = list(self.sheet.signatures), self.size
        cells: list[list[Any]] = [[self._as_whom(block) for block in blocks], [self._signed(block) for block in blocks]]
        if len(blocks) == 1:
            cells = [["", *row] for row in cells]
        columns = len(cells[0])
        shares = (0.53, 0.47) if columns == 2 else (1 / columns,) * columns
        table = Table(cells, colWidths=[self.width * share for share in shares])
        table.setStyle(
            [
                ("VALIGN", (0, 0), (-1, 0), "BOTTOM"),
                ("VALIGN", (0, 1), (-1, 1), "TOP"),
                ("BOTTOMPADDING", (0, 0), (-1, 0), 0),
                ("TOPPADDING", (0, 1), (-1, 1), size(30 if len(self.sheet.rows) <= MANY_ROWS else 22)),
                ("LEFTPADDING", (0, 0), (-1, -1), 0),
                ("RIGHTPADDING", (0, 0), (-2, -1), size(24 if columns == 2 else 8)),
                ("RIGHTPADDING", (-1, 0), (-1, -1), 0),
                ("NOSPLIT", (0, 0), (-1, -1)),
            ]
        )
        return table

    def _as_whom(self, block: Signature) -> list[Flowable]:
        return [text(shortened(line), SANS, self.size(8.6)) for line in block.above]

    def _signed(self, block: Signature) -> list[Flowable]:
        signed = f"<u>{escape(signed_name(block))}</u>"
        name = Paragraph(signed, style(BOLD, self.size(8.6))) if block.name else WriteOn(self.size(11.6))
        return [name, text(shortened(block.under), SANS, self.size(8.6))]


def _last_words(parts: list[Flowable]) -> list[Flowable]:
    """Takes away what was said last, with its heading, to stay with the signatures; of a table its last rows stay by
    themselves."""
    place = len(parts)
    while place and isinstance(parts[place - 1], Spacer):
        place -= 1
    if not place or not isinstance(parts[place - 1], Paragraph | Whole):
        return []
    place -= 1
    place = _headed(parts, place)
    taken = parts[place:]
    del parts[place:]
    return [part for whole in taken for part in (whole.parts if isinstance(whole, Whole) else [whole])]


def _headed(parts: list[Flowable], place: int) -> int:
    """Where the heading begins under which this one stands."""
    while place and (isinstance(parts[place - 1], Spacer) or parts[place - 1].getKeepWithNext()):
        place -= 1
    return place


def signed_name(block: Signature) -> str:
    """The name under a signature; one that would need more than its place is whole in the rows above."""
    return shortened(block.name)


def shortened(words: str) -> str:
    """What stands in a signature's block, which no page divides."""
    return words if len(words) <= LONGEST_SIGNED else words[: LONGEST_SIGNED - 1] + "…"


def _right(words: str, size: float) -> Paragraph:
    return Paragraph(escape(words), ParagraphStyle("right", style(BOLD, size), alignment=2))


def build(sheet: Sheet, file: Any, told: PagesTold = untold) -> None:
    """Lays a sheet out on A4 or A5 into `file`. Raises LayoutStopped."""
    measure = LANDSCAPE if sheet.landscape else MEASURES[sheet.size]
    decoration = Decoration(sheet, measure)
    bottom = measure.margin * 0.75 + measure.footer + 3 * mm
    width = measure.page[0] - 2 * measure.margin

    def frame(top: float) -> Frame:
        return Frame(
            measure.margin, bottom, width, measure.page[1] - top - bottom, 0, 0, 0, 0
        )  # fmt: skip

    document = BaseDocTemplate(
        file,
        pagesize=measure.page,
        title=join_words((sheet.title, sheet.number), " "),
        author=sheet.letterhead.unit if sheet.letterhead is not None else "",
        invariant=1,
        lang="id",
    )
    document.addPageTemplates(
        [
            PageTemplate(
                "first",
                [frame(measure.margin + decoration.head_height)],
                onPage=decoration.first,
                autoNextPageTemplate="later",
            ),
            PageTemplate("later", [frame(measure.margin + decoration.continued_height)], onPage=decoration.later),
        ]
    )

    def follow(what: str, page: int) -> None:
        if what == "PAGE" and not told(page):
            raise LayoutStopped

    document.setProgressCallBack(follow)
    document.build(
        Form(sheet, measure).flowables(),
        canvasmaker=lambda *args, **options: NumberedCanvas(*args, measure=measure, **options),
    )
