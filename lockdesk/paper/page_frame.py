"""What stands around the text of every page: letterhead, number on a continued page, footer with the QR, page x/y."""

from typing import Any
from xml.sax.saxutils import escape

from PIL import Image
from reportlab.lib.colors import HexColor, black
from reportlab.lib.pagesizes import A4, A5, landscape
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Paragraph

from lockdesk.desk.values.facts import PagePixels
from lockdesk.desk.values.sheets import Letterhead, PaperSize, Sheet, join_words
from lockdesk.paper.fonts import BOLD, MONO, SANS
from lockdesk.paper.qr import draw_qr
from lockdesk.paper.texts import GREY, HAIR, INK, style
from lockdesk.records import dataclass
from lockdesk.words import _, number_words

_FOOTER_SIZES = (6.4, 6.0, 5.6, 5.2, 4.8, 4.2, 3.6)


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
LANDSCAPE = Measure(landscape(A4), 13 * mm, 1.15, 24 * mm)


class Decoration:
    """Letterhead on the first page, number and title on those that continue, footer on every page."""

    def __init__(self, sheet: Sheet, measure: Measure) -> None:
        self.sheet = sheet
        self.measure = measure

    @property
    def head_height(self) -> float:
        """Nothing where the sheet is no letter of the office."""
        return float(21 * mm * self.measure.scale) if self.sheet.letterhead is not None else 0.0

    @property
    def continued_height(self) -> float:
        return float(8 * mm * self.measure.scale)

    def first(self, canvas: Canvas, _document: BaseDocTemplate) -> None:
        if self.sheet.letterhead is not None:
            self._letterhead(canvas, self.sheet.letterhead)
        self._everywhere(canvas)

    def later(self, canvas: Canvas, _document: BaseDocTemplate) -> None:
        self._continued(canvas)
        self._everywhere(canvas)

    def _everywhere(self, canvas: Canvas) -> None:
        marks = marks_of(self.sheet)
        if marks:
            m = self.measure
            canvas.setFillColor(INK)
            canvas.setFont(BOLD, 8 * m.scale)
            canvas.drawCentredString(m.page[0] / 2, m.page[1] - m.margin * 0.62, marks)
        self._footer(canvas)

    def _continued(self, canvas: Canvas) -> None:
        m = self.measure
        top, right = m.page[1] - m.margin, m.page[0] - m.margin
        canvas.setFillColor(GREY)
        canvas.setFont(SANS, 7.4 * m.scale)
        canvas.drawString(m.margin, top - 7 * m.scale, join_words((self.sheet.title, self.sheet.number)))
        canvas.drawRightString(right, top - 7 * m.scale, _("lanjutan"))
        canvas.setStrokeColor(HAIR)
        canvas.setLineWidth(0.5)
        canvas.line(m.margin, top - 11 * m.scale, right, top - 11 * m.scale)

    def _letterhead(self, canvas: Canvas, head: Letterhead) -> None:
        m = self.measure
        scale, left, top, right = m.scale, m.margin, m.page[1] - m.margin, m.page[0] - m.margin
        x, height = left, 13.8 * mm * scale
        if head.arms is not None:
            x += draw_arms(canvas, head.arms, left, top, height, 18 * mm * scale) + 5 * mm * scale
        canvas.setFillColor(INK)
        for words, face, size, drop in (
            (head.government, SANS, 8.6, 9),
            (head.unit, BOLD, 10.4, 22.5),
            (head.contact, SANS, 6.6, 34),
        ):
            canvas.setFont(face, _fitting(canvas, words, face, size * scale, right - x))
            canvas.drawString(x, top - drop * scale, words)
        rule = top - height - 5 * scale
        canvas.setStrokeColor(black)
        canvas.setLineWidth(2.2)
        canvas.line(left, rule, right, rule)
        canvas.setLineWidth(0.6)
        canvas.line(left, rule - 2.6, right, rule - 2.6)

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
            + f" {escape(footer.printed)}"
            + f'<br/><font name="{BOLD}">{_("Pengaduan:")}</font> {escape(footer.complaints)}'
        )
        x = m.margin + side + 4 * mm
        width, room = m.page[0] - m.margin - x, top - 2.5 * mm - m.margin * 0.55 - 8 * m.scale
        paragraph, height = _fitted(words, width, room, m.scale)
        paragraph.drawOn(canvas, x, top - 2.5 * mm - height)


def marks_of(sheet: Sheet) -> str:
    """What a print must not be taken for."""
    marks = [sheet.mark] if sheet.mark else []
    return " – ".join([_("PELATIHAN – BUKAN DOKUMEN RESMI"), *marks] if sheet.practice else marks)


def draw_arms(canvas: Canvas, arms: PagePixels, left: float, top: float, height: float, widest: float) -> float:
    """Draws the picture below `top`, right of `left`, in its own proportions; gives the width that it takes."""
    scale = min(height / arms.height, widest / arms.width)
    width, tall = arms.width * scale, arms.height * scale
    picture = Image.frombytes("RGB", (arms.width, arms.height), arms.pixels, "raw", "BGRX", arms.stride)
    canvas.drawImage(ImageReader(picture), left, top - (height + tall) / 2, width, tall)
    return width


def _fitted(words: str, width: float, room: float, scale: float) -> tuple[Paragraph, float]:
    """The footer's text at the largest size at which all of it has room."""
    for size in _FOOTER_SIZES:
        paragraph = Paragraph(words, style(SANS, size * scale, 1.4, "#333333"))
        _width, height = paragraph.wrap(width, room)
        if height <= room:
            break
    return paragraph, float(height)


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
