"""The 80 mm roll of a receipt printer: one column, as long as it needs to be."""

from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, HRFlowable, Paragraph, Spacer

from lockdesk.desk.values.sheets import Sheet
from lockdesk.paper.fonts import BOLD, MONO, SANS
from lockdesk.paper.layout import signed_name
from lockdesk.paper.qr import draw_qr
from lockdesk.paper.texts import INK, style, text
from lockdesk.words import _, number_words

WIDTH, MARGIN, QR_SIDE = 80 * mm, 4 * mm, 34 * mm
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


def _centred(words: str, face: str, size: float) -> Paragraph:
    return Paragraph(escape(words), ParagraphStyle("centred", style(face, size), alignment=1))


def _rule() -> HRFlowable:
    return HRFlowable("100%", 0.6, color=INK, spaceBefore=4, spaceAfter=4)


def flowables(sheet: Sheet) -> list[Flowable]:
    """Everything on the strip, top to bottom."""
    head, footer = sheet.letterhead, sheet.footer
    parts: list[Flowable] = []
    if sheet.practice:
        parts.append(_centred(_("PELATIHAN – BUKAN DOKUMEN RESMI"), BOLD, 8))
    parts += [
        _centred(head.government, SANS, 8),
        _centred(head.unit, BOLD, 9.5),
        _centred(head.contact, SANS, 6.5),
        _rule(),
        _centred(sheet.title, BOLD, 11),
        _centred(sheet.number, BOLD, 13),
        Spacer(1, 4),
    ]
    for row in sheet.rows:
        face = BOLD if row.strong else MONO if row.digits else SANS
        parts += [text(row.label, SANS, 7, colour="#333333"), text(row.text, face, 8 if row.digits else 8.6)]
        if row.second:
            parts.append(text(row.second, SANS, 8))
        parts.append(Spacer(1, 3))
    if sheet.box is not None:
        parts += [_rule(), _centred(sheet.box[0], SANS, 8), _centred(sheet.box[1], BOLD, 9.5), _rule()]
    parts += [text(line.removeprefix("# "), BOLD if line.startswith("# ") else SANS, 8) for line in sheet.paragraphs]
    parts += [text(note, SANS, 7.2) for note in sheet.notes]
    if sheet.warning:
        parts.append(text(sheet.warning, BOLD, 7.6))
    for block in sheet.signatures:
        parts.append(Spacer(1, 6))
        parts += [text(line, SANS, 8) for line in block.above]
        parts += [Spacer(1, 26), text(signed_name(block), BOLD, 8), text(block.under or "\u00a0", SANS, 8)]
    parts += [
        _rule(),
        QrFlowable(footer.qr),
        _centred(_("Periksa keaslian: pindai kode ini atau ketik"), SANS, 7),
        _centred(footer.code, MONO, 9),
        _centred(
            _("Catatan {entry}, sidik catatan {head}").format(
                entry=number_words(footer.sequence), head=footer.head_words
            ),
            SANS,
            6.6,
        ),
        Spacer(1, 3),
        text(_("Pengaduan: {channels}").format(channels=footer.complaints), SANS, 6.6),
    ]
    return parts


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
    canvas.setTitle(f"{sheet.title} {sheet.number}")
    for number, strip in enumerate(strips, 1):
        strip.append(_centred(_("halaman {n}/{total}").format(n=number, total=len(strips)), SANS, 6.6))
        y = sum(map(_height, strip)) + MARGIN
        canvas.setPageSize((WIDTH, y + MARGIN))
        for part in strip:
            y -= _height(part)
            part.drawOn(canvas, MARGIN, y + part.getSpaceAfter())
        canvas.showPage()
    canvas.save()
