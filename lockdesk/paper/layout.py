"""One grid for every print: letterhead, title, number, rows, box, notes, signatures, footer with the QR.

Measures are in points and scale with the paper; the roll of 80 mm has a layout of its own in `roll.py`.
"""

from dataclasses import dataclass
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor, black
from reportlab.lib.pagesizes import A4, A5, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    KeepTogether,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
)

from lockdesk.desk.values.sheets import PaperSize, Sheet, SheetRow, Signature
from lockdesk.paper.blocks import section_flowables
from lockdesk.paper.fonts import BOLD, MONO, SANS
from lockdesk.paper.qr import draw_qr
from lockdesk.paper.texts import GREY, HAIR, INK, style, text
from lockdesk.words import _, number_words

MANY_ROWS = 8
LONGEST_SIGNED = 160


@dataclass(frozen=True, slots=True)
class Measure:
    """A paper's measures: page, margin, scale of the type, height of the footer."""

    page: tuple[float, float]
    margin: float
    scale: float
    footer: float


MEASURES = {
    PaperSize.A4: Measure(A4, 20 * mm, 1.15, 28 * mm),
    PaperSize.A5: Measure(A5, 12 * mm, 1.0, 25 * mm),
}
LANDSCAPE = Measure(landscape(A4), 13 * mm, 1.15, 21 * mm)


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
        parts: list[Flowable] = [
            text(sheet.title, BOLD, size(12.5)),
            Spacer(1, size(1)),
            text(sheet.number, BOLD, size(17 if not sheet.landscape else 13), 1.2),
            Spacer(1, size(9)),
        ]
        if sheet.rows:
            parts.append(self._rows())
        if sheet.box is not None:
            parts += [Spacer(1, size(9)), self._box(*sheet.box)]
        if sheet.paragraphs:
            parts += [Spacer(1, size(8)), *self._paragraphs()]
        for section in sheet.sections:
            parts += section_flowables(section, self.width, size)
        parts += [Spacer(1, size(9)), *self._notes()]
        if sheet.signatures:
            parts += [Spacer(1, size(10)), KeepTogether([self._signatures()])]
        return parts

    def _rows(self) -> Table:
        cells = [[self._label(row), self._value(row)] for row in self.sheet.rows]
        label = self.width * 0.29
        # A receipt belongs on one page: many rows stand closer.
        density = 1.0 if len(cells) <= MANY_ROWS else 0.45
        # A complaint may be longer than a page: its row goes on upon the next one.
        table = Table(cells, colWidths=[label, self.width - label], splitInRow=1)
        table.setStyle(
            [
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("LINEBELOW", (0, 0), (-1, -1), 0.5, HAIR),
                ("LEFTPADDING", (0, 0), (-1, -1), 0),
                ("RIGHTPADDING", (0, 0), (-1, -1), 0),
                ("TOPPADDING", (0, 0), (-1, -1), self.size(3.6) * density),
                ("BOTTOMPADDING", (0, 0), (-1, -1), self.size(4.4) * density),
            ]
        )
        return table

    def _label(self, row: SheetRow) -> Paragraph:
        return text(row.label, SANS, self.size(8.6), colour="#4A4A4A")

    def _value(self, row: SheetRow) -> list[Paragraph]:
        face = BOLD if row.strong else MONO if row.digits else SANS
        lines = [text(row.text, face, self.size(8.2 if row.digits else 8.6))]
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
        for line in self.sheet.paragraphs:
            if line.startswith("# "):
                heading = text(line[2:], BOLD, self.size(8.8))
                heading.keepWithNext = True
                parts += [Spacer(1, self.size(4)), heading]
                continue
            indent = len(line) - len(line.lstrip())
            paragraph = text(line.strip(), SANS, self.size(8.6), 1.4)
            if indent:
                paragraph.style = ParagraphStyle("indented", paragraph.style, leftIndent=self.size(10))
            parts += [paragraph, Spacer(1, self.size(2))]
        return parts

    def _notes(self) -> list[Flowable]:
        words = [escape(note) for note in self.sheet.notes]
        if self.sheet.warning:
            words.append(f'<font name="{BOLD}">{escape(self.sheet.warning)}</font>')
        return [Paragraph(" ".join(words), style(SANS, self.size(7.4), 1.4, "#333333"))] if words else []

    def _signatures(self) -> Table:
        blocks = list(self.sheet.signatures)
        cells: list[Any] = [self._signature(block) for block in blocks]
        if len(cells) == 1:
            cells = ["", cells[0]]
        table = Table([cells], colWidths=[self.width * 0.53, self.width * 0.47])
        table.setStyle(
            [
                ("VALIGN", (0, 0), (-1, -1), "BOTTOM"),
                ("LEFTPADDING", (0, 0), (-1, -1), 0),
                ("RIGHTPADDING", (0, 0), (-1, -1), 0),
            ]
        )
        return table

    def _signature(self, block: Signature) -> list[Flowable]:
        size = self.size
        name = Paragraph(f"<u>{escape(signed_name(block))}</u>", style(BOLD, size(8.6)))
        # A block without a number keeps its line, so that both names stand on one height.
        under = text(block.under or "\u00a0", SANS, size(8.6))
        above: list[Flowable] = [text(line, SANS, size(8.6)) for line in block.above]
        return [*above, Spacer(1, size(30 if len(self.sheet.rows) <= MANY_ROWS else 22)), name, under]


def signed_name(block: Signature) -> str:
    """The name under a signature; one that would need more than its place is whole in the rows above."""
    return block.name if len(block.name) <= LONGEST_SIGNED else block.name[: LONGEST_SIGNED - 1] + "…"


def _right(words: str, size: float) -> Paragraph:
    return Paragraph(escape(words), ParagraphStyle("right", style(BOLD, size), alignment=2))


class Decoration:
    """Letterhead on the first page, footer and page number on every page."""

    def __init__(self, sheet: Sheet, measure: Measure) -> None:
        self.sheet = sheet
        self.measure = measure

    @property
    def head_height(self) -> float:
        return float(21 * mm * self.measure.scale)

    def first(self, canvas: Canvas, document: BaseDocTemplate) -> None:
        self._letterhead(canvas)
        self.later(canvas, document)

    def later(self, canvas: Canvas, _document: BaseDocTemplate) -> None:
        if self.sheet.practice:
            self._practice(canvas)
        self._footer(canvas)

    def _place_of_arms(self, canvas: Canvas, left: float, top: float, arms: float) -> None:
        scale = self.measure.scale
        canvas.setStrokeColor(HexColor("#9A9A9A"))
        canvas.setLineWidth(0.5)
        canvas.setDash(2, 2)
        canvas.rect(left, top - arms * 1.15, arms, arms * 1.15)
        canvas.setDash()
        canvas.setFillColor(HexColor("#6A6A6A"))
        canvas.setFont(SANS, 5.6 * scale)
        canvas.drawCentredString(left + arms / 2, top - arms * 0.55, _("lambang"))
        canvas.drawCentredString(left + arms / 2, top - arms * 0.55 - 7 * scale, _("daerah"))

    def _letterhead(self, canvas: Canvas) -> None:
        m, head = self.measure, self.sheet.letterhead
        scale, left, top = m.scale, m.margin, m.page[1] - m.margin
        arms = 12 * mm * scale
        if head.arms:
            picture = ImageReader(BytesIO(head.arms))
            canvas.drawImage(picture, left, top - arms * 1.15, arms, arms * 1.15, None, True, "c")
        else:
            self._place_of_arms(canvas, left, top, arms)
        x = left + arms + 5 * mm * scale
        canvas.setFillColor(INK)
        for words, face, size, drop in (
            (head.government, SANS, 8.6, 9),
            (head.unit, BOLD, 10.4, 22.5),
            (head.contact, SANS, 6.6, 34),
        ):
            canvas.setFont(face, _fitting(canvas, words, face, size * scale, m.page[0] - m.margin - x))
            canvas.drawString(x, top - drop * scale, words)
        rule = top - arms * 1.15 - 5 * scale
        canvas.setStrokeColor(black)
        canvas.setLineWidth(2.2)
        canvas.line(left, rule, m.page[0] - m.margin, rule)
        canvas.setLineWidth(0.6)
        canvas.line(left, rule - 2.6, m.page[0] - m.margin, rule - 2.6)

    def _practice(self, canvas: Canvas) -> None:
        m = self.measure
        canvas.saveState()
        canvas.setFillColor(INK)
        canvas.setFont(BOLD, 8 * m.scale)
        canvas.drawCentredString(m.page[0] / 2, m.page[1] - m.margin * 0.62, _("PELATIHAN – BUKAN DOKUMEN RESMI"))
        canvas.restoreState()

    def _footer(self, canvas: Canvas) -> None:
        m, footer = self.measure, self.sheet.footer
        top = m.margin * 0.75 + m.footer
        canvas.setStrokeColor(HexColor("#9A9A9A"))
        canvas.setLineWidth(0.5)
        canvas.line(m.margin, top, m.page[0] - m.margin, top)
        side = m.footer - 2.5 * mm
        draw_qr(canvas, footer.qr, m.margin, top - side - 2 * mm, side)
        words = (
            f'<font name="{BOLD}">{_("Periksa keaslian:")}</font> '
            + _("pindai kode ini atau ketik {code} di loket. Catatan {entry}, sidik catatan {head}.").format(
                code=f'<font name="{MONO}">{escape(footer.code)}</font>',
                entry=number_words(footer.sequence),
                head=escape(footer.head_words),
            )
            + f'<br/><font name="{BOLD}">{_("Pengaduan:")}</font> {escape(footer.complaints)}'
        )
        x = m.margin + side + 4 * mm
        paragraph = Paragraph(words, style(SANS, 6.4 * m.scale, 1.4, "#333333"))
        _width, height = paragraph.wrap(m.page[0] - m.margin - x, m.footer)
        paragraph.drawOn(canvas, x, top - 2.5 * mm - height)


def _fitting(canvas: Canvas, words: str, face: str, size: float, width: float) -> float:
    """The size at which a line fits: an address may be longer than the paper is wide."""
    needed = float(canvas.stringWidth(words, face, size))
    return size if needed <= width else float(size * width / needed)


class NumberedCanvas(Canvas):  # type: ignore[misc]
    """Writes "halaman x/y" once the number of pages is known."""

    def __init__(self, *args: Any, measure: Measure, **options: Any) -> None:
        super().__init__(*args, **options)
        self._measure = measure
        self._pages: list[dict[str, Any]] = []

    def showPage(self) -> None:
        self._pages.append(dict(self.__dict__))
        self._startPage()

    def save(self) -> None:
        m = self._measure
        for number, page in enumerate(self._pages, 1):
            self.__dict__.update(page)
            self.setFont(SANS, 6.8 * m.scale)
            self.setFillColor(GREY)
            words = _("halaman {n}/{total}").format(n=number, total=len(self._pages))
            self.drawRightString(m.page[0] - m.margin, m.margin * 0.55, words)
            super().showPage()
        super().save()


def build(sheet: Sheet, file: Any) -> None:
    """Lays a sheet out on A4 or A5 into `file`."""
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
        title=f"{sheet.title} {sheet.number}",
        author=sheet.letterhead.unit,
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
            PageTemplate("later", [frame(measure.margin)], onPage=decoration.later),
        ]
    )
    document.build(
        Form(sheet, measure).flowables(),
        canvasmaker=lambda *args, **options: NumberedCanvas(*args, measure=measure, **options),
    )
