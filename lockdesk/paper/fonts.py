"""The bundled faces, registered once, and the check that every character printed exists in its face."""

from functools import cache

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from lockdesk.errors import Declined
from lockdesk.resource import resource
from lockdesk.words import _

SANS, BOLD, MONO = "IBMPlexSans-Regular", "IBMPlexSans-SemiBold", "IBMPlexMono-Regular"


@cache
def _face(name: str) -> TTFont:
    font = TTFont(name, str(resource(f"fonts/{name}.ttf")))
    pdfmetrics.registerFont(font)
    return font


def register_fonts() -> None:
    """Makes the three faces known to reportlab; quick the second time."""
    for name in (SANS, BOLD, MONO):
        _face(name)


def require_glyphs(text: str, face: str) -> None:
    """Raises Declined when `face` lacks a character: reportlab would leave it blank without a word."""
    known = _face(face).face.charToGlyph
    missing = sorted({char for char in text if char not in "\n\t" and ord(char) not in known})
    if missing:
        raise Declined(
            _("Aksara {chars} tidak dapat dicetak.").format(chars=" ".join(missing)),
            _("Koreksi data yang memuat aksara tersebut."),
            detail=", ".join(f"U+{ord(char):04X}" for char in missing),
            code="print.glyph",
        )
