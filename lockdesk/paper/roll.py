"""The 80 mm roll of a receipt printer: one column, as long as it needs to be."""

from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, HRFlowable, Paragraph, Spacer

from lockdesk.desk.values.facts import PagePixels
from lockdesk.desk.values.sheets import Sheet, SheetRow, join_words
from lockdesk.paper.fonts import BOLD, MONO, SANS
from lockdesk.paper.layout import signed_name
from lockdesk.paper.page_frame import draw_arms, marks_of
from lockdesk.paper.qr import draw_qr
from lockdesk.paper.texts import INK, WriteOn, style, text
from lockdesk.words import _, number_words

WIDTH, MARGIN, QR_SIDE, ARMS_HEIGHT = 80 * mm, 4 * mm, 34 * mm, 13 * mm
MAX_HEIGHT = 3000 * mm


class QrFlowable(Flowable):  # type: ignore[misc]
    """The QR code, centred."""

    def __init__(self, content: str) -> None:
        super().__init__()
        self._content = content

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        self._available = width
        return width, QR_SIDE

    def draw(self) -> None:
        draw_qr(self.canv, self._content, (self._available - QR_SIDE) / 2, 0, QR_SIDE)


class ArmsFlowable(Flowable):  # type: ignore[misc]
    """The office's arms, centred."""

    def __init__(self, arms: PagePixels) -> None:
        super().__init__()
        self._arms = arms

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        self._available = width
        return width, ARMS_HEIGHT + 3

    def draw(self) -> None:
        width = min(ARMS_HEIGHT * self._arms.width / self._arms.height, self._available)
        draw_arms(self.canv, self._arms, (self._available - width) / 2, ARMS_HEIGHT + 3, ARMS_HEIGHT, self._available)


def _centred(words: str, face: str, size: float) -> Paragraph:
    return Paragraph(escape(words), ParagraphStyle("centred", style(face, size), alignment=1))


def _rule() -> HRFlowable:
    return HRFlowable("100%", 0.6, color=INK, spaceBefore=4, spaceAfter=4)


def flowables(sheet: Sheet) -> list[Flowable]:
    """Everything on the strip, top to bottom."""
    parts: list[Flowable] = [
        *_head(sheet),
        _centred(sheet.title, BOLD, 11),
        *([_centred(sheet.number, BOLD, 13)] if sheet.number else []),
        Spacer(1, 4),
    ]
    for row in sheet.rows:
        parts += _row(row)
    if sheet.box is not None:
        parts += [_rule(), _centred(sheet.box[0], SANS, 8), _centred(sheet.box[1], BOLD, 9.5), _rule()]
    parts += [part for line in sheet.paragraphs for part in _paragraph(line)]
    parts += [part for note in sheet.notes for part in (text(note, SANS, 7.2), Spacer(1, 2))]
    if sheet.warning:
        parts.append(text(sheet.warning, BOLD, 7.6))
    for block in sheet.signatures:
        parts.append(Spacer(1, 6))
        parts += [text(line, SANS, 8) for line in block.above]
        name = text(signed_name(block), BOLD, 8) if block.name else WriteOn(11)
        parts += [Spacer(1, 26), name, text(block.under or "\u00a0", SANS, 8)]
    return [*parts, *_foot(sheet)]


def _head(sheet: Sheet) -> list[Flowable]:
    marks, head = marks_of(sheet), sheet.letterhead
    parts: list[Flowable] = [_centred(marks, BOLD, 8)] if marks else []
    if head is None:
        return parts
    if head.arms is not None:
        parts.append(ArmsFlowable(head.arms))
    return [
        *parts,
        _centred(head.government, SANS, 8),
        _centred(head.unit, BOLD, 9.5),
        _centred(head.contact, SANS, 6.5),
        _rule(),
    ]


def _row(row: SheetRow) -> list[Flowable]:
    face = BOLD if row.strong else MONO if row.digits else SANS
    parts: list[Flowable] = [text(row.label, SANS, 7, colour="#333333")]
    if row.text:
        parts.append(text(row.text, face, 8 if row.digits else 8.6))
    parts += [WriteOn(16) for _line in range(row.blank)]
    if row.second:
        parts.append(text(row.second, SANS, 8))
    return [*parts, Spacer(1, 3)]


def _paragraph(line: str) -> list[Flowable]:
    if line.startswith("# "):
        return [Spacer(1, 3), text(line.removeprefix("# "), BOLD, 8)]
    return [text(line.strip(), SANS, 8), Spacer(1, 2)]


def _foot(sheet: Sheet) -> list[Flowable]:
    footer = sheet.footer
    entry = _("Catatan {entry}, sidik catatan {head}")
    return [
        _rule(),
        QrFlowable(footer.qr),
        _centred(_("Periksa keaslian: pindai kode ini atau ketik"), SANS, 7),
        _centred(footer.code, MONO, 9),
        _centred(entry.format(entry=number_words(footer.sequence), head=footer.head_words), SANS, 6.6),
        _centred(footer.printed, SANS, 6.6),
        Spacer(1, 3),
        text(_("Pengaduan: {channels}").format(channels=footer.complaints), SANS, 6.6),
    ]


def _height(part: Flowable) -> float:
    return float(part.wrap(WIDTH - 2 * MARGIN, MAX_HEIGHT)[1] + part.getSpaceBefore() + part.getSpaceAfter())


def _strips(parts: list[Flowable]) -> list[list[Flowable]]:
    """One strip as a rule; more where a PDF's page cannot be that long."""
    strips: list[list[Flowable]] = [[]]
    waiting, room = parts[::-1], MAX_HEIGHT
    while waiting:
        part = waiting.pop()
        if _height(part) > room:
            first, *rest = part.split(WIDTH - 2 * MARGIN, room) or (None, part)
            strips[-1] += [first] if first is not None else []
            waiting += rest[::-1]
            strips.append([])
            room = MAX_HEIGHT
        else:
            strips[-1].append(part)
            room -= _height(part)
    return strips


def build_roll(sheet: Sheet, file: Any) -> None:
    """Measures each strip first, then draws it on a page of exactly that length."""
    strips = _strips(flowables(sheet))
    canvas = Canvas(file, invariant=1, lang="id")
    canvas.setTitle(join_words((sheet.title, sheet.number), " "))
    for number, strip in enumerate(strips, 1):
        if number > 1:
            strip.insert(0, _centred(join_words((sheet.title, sheet.number, _("lanjutan"))), SANS, 7))
        strip.append(_centred(_("halaman {n}/{total}").format(n=number, total=len(strips)), SANS, 6.6))
        y = sum(map(_height, strip)) + MARGIN
        canvas.setPageSize((WIDTH, y + MARGIN))
        for part in strip:
            y -= _height(part)
            part.drawOn(canvas, MARGIN, y + part.getSpaceAfter())
        canvas.showPage()
    canvas.save()
