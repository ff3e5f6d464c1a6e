"""Marks every page of a print that is printed once more: what was handed out first stays the only one of its kind."""

import io

import pikepdf
from reportlab.lib.colors import black, white
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from lockdesk.paper.fonts import BOLD, SANS, register_fonts
from lockdesk.paper.printable import printable
from lockdesk.paper.texts import text
from lockdesk.words import _

STRIP = 15 * mm
"""What a strip of the roll, which has no margin above its text, is lengthened by."""
_NARROW = 100 * mm
_SIZE, _LABEL, _EDGE = 5.8, 8.0, 5 * mm
_BESIDE_NUMBER = 24 * mm
"""Room of the page's own number at the lower right."""


def marked(pdf: bytes, words: str) -> bytes:
    """The PDF with the mark above its text on each page and the words below it; on the roll, which is lengthened for
    them, both above."""
    register_fonts()
    file = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for page in document.pages:
            left, bottom, right, top = (float(value) for value in page.mediabox)
            if right - left < _NARROW:
                top += STRIP
                page.mediabox = pikepdf.Array([left, bottom, right, top])
            with pikepdf.open(io.BytesIO(_mark(right - left, top - bottom, words))) as overlay:
                page.add_overlay(overlay.pages[0], pikepdf.Rectangle(left, bottom, right, top))
        document.save(file, deterministic_id=True)
    return file.getvalue()


def _mark(width: float, height: float, words: str) -> bytes:
    """White on black, so that no printer and no copier loses it."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(width, height), invariant=1)
    label, top = _("SALINAN"), height - 4.6 * mm
    box = canvas.stringWidth(label, BOLD, _LABEL) + 8
    canvas.setFillColor(black)
    canvas.rect(_EDGE, top - _LABEL - 1, box, _LABEL + 4, stroke=0, fill=1)
    canvas.setFillColor(white)
    canvas.setFont(BOLD, _LABEL)
    canvas.drawString(_EDGE + 4, top - _LABEL + 2, label)
    narrow = width < _NARROW
    told = text(printable(words), SANS, _SIZE, 1.2)
    room = width - 2 * _EDGE - (0 if narrow else _BESIDE_NUMBER)
    _width, tall = told.wrap(room, height)
    told.drawOn(canvas, _EDGE, top - _LABEL - 5 - tall if narrow else _EDGE - 2)
    canvas.save()
    return file.getvalue()
