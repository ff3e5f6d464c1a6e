"""The bundled faces, registered once, and the characters that they have."""

from functools import cache

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from lockdesk.resource import resource

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


@cache
def repertoire() -> frozenset[int]:
    """The code points that can be printed in any of the three faces."""
    return frozenset.intersection(*(frozenset(_face(name).face.charToGlyph) for name in (SANS, BOLD, MONO)))
