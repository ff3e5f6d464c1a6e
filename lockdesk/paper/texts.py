"""Ink and paragraphs, the same on every print."""

import re
from functools import cache
from itertools import chain
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Flowable, Paragraph

_NUMBER = re.compile(r"(\d{1,2}\.|[a-z]\.|–) ")
_LONG = re.compile(r"\S{22,}")
_BEHIND_SIGN = re.compile(r"(?<=[@=./:_?&-])(?![@=./:_?&-])")
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


def in_lines(words: str, face: str, size: float, room: float) -> str:
    """`words` with line breaks (\\n) in each address or number that is longer than a line of `room` points: it begins a
    line and goes on behind a sign of its own; within a word only where that alone is longer than a line."""

    def parted(found: re.Match[str]) -> str:
        word, lines = found.group(), [""]
        if stringWidth(word, face, size) <= room:
            return word
        parts = _BEHIND_SIGN.split(word)
        for part in chain.from_iterable(part if stringWidth(part, face, size) > room else (part,) for part in parts):
            if lines[-1] and stringWidth(lines[-1] + part, face, size) > room:
                lines.append("")
            lines[-1] += part
        begun = words[: found.start()].endswith(" ") and len(lines) > 1
        return "\n" * begun + "\n".join(lines)

    return re.sub(" \n", "\n", _LONG.sub(parted, words))


def markup(words: str) -> str:
    """Escaped, since reportlab opens files named in markup."""
    return escape(words).replace("\n", "<br/>")


class _Plain(Paragraph):  # type: ignore[misc]
    """Plain text whose long words are broken once the width is known; split off parts are laid out already."""

    words = shown = ""

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        shape = self.style
        broken = in_lines(self.words, shape.fontName, shape.fontSize, width - shape.leftIndent - shape.rightIndent)
        if broken != self.shown:
            super().__init__(markup(broken), shape)
            self.shown = broken
        size: tuple[float, float] = super().wrap(width, height)
        return size


def text(words: str, face: str, size: float, leading: float = 1.35, colour: str = "#111111") -> Paragraph:
    """A paragraph of plain text."""
    made = _Plain(markup(words), style(face, size, leading, colour))
    made.words = made.shown = words
    return made


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
