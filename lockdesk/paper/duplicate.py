"""Marks every page of a print that is printed once more: what was handed out first stays the only one of its kind."""

import io

import pikepdf
from reportlab.lib.colors import black, white
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from lockdesk.paper.fonts import BOLD, SANS, register_fonts
from lockdesk.paper.printable import printable
from lockdesk.words import _

_STRIP = 9 * mm
"""What a strip of the roll, which has no margin above its text, is lengthened by."""
_NARROW = 100 * mm
_SIZE, _LABEL = 6.4, 8.0


def marked(pdf: bytes, words: str) -> bytes:
    """The PDF with the mark above its text on each page, in the margin or, on the roll, on a longer strip."""
    register_fonts()
    file = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for page in document.pages:
            left, bottom, right, top = (float(value) for value in page.mediabox)
            if right - left < _NARROW:
                top += _STRIP
                page.mediabox = pikepdf.Array([left, bottom, right, top])
            with pikepdf.open(io.BytesIO(_mark(right - left, top - bottom, words))) as overlay:
                page.add_overlay(overlay.pages[0], pikepdf.Rectangle(left, bottom, right, top))
        document.save(file, deterministic_id=True)
    return file.getvalue()


def _mark(width: float, height: float, words: str) -> bytes:
    """White on black, so that no printer and no copier loses it."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(width, height), invariant=1)
    label, told = _("SALINAN"), printable(words)
    edge, top = 5 * mm, height - 4.6 * mm
    box = canvas.stringWidth(label, BOLD, _LABEL) + 8
    canvas.setFillColor(black)
    canvas.rect(edge, top - _LABEL - 1, box, _LABEL + 4, stroke=0, fill=1)
    canvas.setFillColor(white)
    canvas.setFont(BOLD, _LABEL)
    canvas.drawString(edge + 4, top - _LABEL + 2, label)
    canvas.setFillColor(black)
    room = width - 2 * edge - box - 5
    size = min(_SIZE, _SIZE * room / canvas.stringWidth(told, SANS, _SIZE))
    canvas.setFont(SANS, size)
    canvas.drawString(edge + box + 5, top - _LABEL + 2, told)
    canvas.save()
    return file.getvalue()
