"""Ink and paragraphs, the same on every print."""

import re
from functools import cache
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Flowable, Paragraph

_NUMBER = re.compile(r"(\d{1,2}\.|[a-z]\.|–) ")
INK, GREY, HAIR = HexColor("#111111"), HexColor("#4A4A4A"), HexColor("#CFCFCF")


@cache
def style(face: str, size: float, leading: float = 1.35, colour: str = "#111111") -> ParagraphStyle:
    """A paragraph style by its face and size."""
    return ParagraphStyle(
        f"{face}-{size}-{colour}",
        fontName=face,
        fontSize=size,
        leading=size * leading,
        textColor=HexColor(colour),
    )


def text(words: str, face: str, size: float, leading: float = 1.35, colour: str = "#111111") -> Paragraph:
    """A paragraph of plain text: escaped, since reportlab opens files named in markup."""
    return Paragraph(escape(words).replace("\n", "<br/>"), style(face, size, leading, colour))


def paragraph(words: str, face: str, size: float, leading: float = 1.35, indent: float = 0) -> Paragraph:
    """A line of a longer text; one that begins with its number goes on beneath its own words."""
    made, number = text(words, face, size, leading), _NUMBER.match(words)
    hanging = stringWidth(number.group(), face, size) if number is not None else 0
    if indent or hanging:
        made.style = ParagraphStyle("hanging", made.style, leftIndent=indent + hanging, firstLineIndent=-hanging)
    return made


class WriteOn(Flowable):  # type: ignore[misc]
    """A dotted line to write on, with room above it."""

    def __init__(self, room: float) -> None:
        super().__init__()
        self._room = room

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        self._width = width
        return width, self._room

    def draw(self) -> None:
        self.canv.setStrokeColor(GREY)
        self.canv.setLineWidth(0.7)
        self.canv.setDash(1, 2)
        self.canv.line(0, 2, self._width, 2)
