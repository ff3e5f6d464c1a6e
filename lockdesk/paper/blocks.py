"""The parts of longer documents: sections of paragraphs, tables that go on over pages, bar charts, framed places."""

import re
from collections.abc import Callable, Sequence
from typing import Any

from reportlab.graphics.shapes import Drawing, Line, Rect, String
from reportlab.lib.colors import HexColor, white
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import CondPageBreak, Flowable, HRFlowable, KeepTogether, LongTable, Paragraph, Spacer, Table

from lockdesk.desk.values.sheets import Box, Chart, Grid, Section
from lockdesk.paper.fonts import BOLD, SANS
from lockdesk.paper.texts import GREY, HAIR, INK, in_lines, markup, paragraph, style, text
from lockdesk.words import number_words

HEAD = HexColor("#EDEDED")
BAR_HEIGHT, BAR_GAP, ROW_HEIGHT = 6.5, 1.2, 19.0
"""Of a chart, in points at 100 %."""
LABEL_SHARE, MOST_LABEL_SHARE = 0.34, 0.5
MOST_BOXED, _LINE = 30, 80
"""Lines, and their letters, that a frame holds."""
_PIECE = re.compile(r"\d+(?: \d+)+|\S+")
"""What stays on one line: a word, or a number written in groups."""
_HEADED, _BENEATH = 30, 64
"""Points at 100 %: a section's heading, and what is left beneath one at least: a table's title, head and some rows."""
_KEPT_ROWS = 2
"""How many of a table's last rows stay with what follows on it."""
Size = Callable[[float], float]


class Whole(KeepTogether):  # type: ignore[misc]
    """What is never divided. `parts`: for standing whole together with something else, since one of these within
    another passes for endless."""

    def __init__(self, parts: list[Flowable]) -> None:
        super().__init__(parts)
        self.parts = parts


class Rows(LongTable):  # type: ignore[misc]
    """A table that goes on over pages. Where `ends_with` has no room on the last of them, some rows go on with it."""

    ends_with: Sequence[Flowable] = ()

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        wide, high = super().wrap(width, height)
        beneath = sum(part.getSpaceBefore() + part.wrap(width, height)[1] for part in self.ends_with)
        return wide, high if high + beneath <= height else high + beneath

    @property
    def few(self) -> bool:
        """Whether all of it goes on with what it ends with."""
        return bool(len(self._cellvalues) <= self.repeatRows + _KEPT_ROWS)

    def split(self, width: float, height: float) -> list[Flowable]:
        parts: list[Flowable] = super().split(width, height)
        if parts == [self]:
            parts = super().split(width, sum(self._rowHeights[:-_KEPT_ROWS]))
            if not parts and self._frame._atTop:  # so few and so high rows that nothing is gained by another page
                self.ends_with = ()
                return [self]
        if parts:
            parts[-1].ends_with = self.ends_with
        return parts


def section_flowables(section: Section, width: float, size: Size) -> list[Flowable]:
    """One section with its heading, which never stands alone at the foot of a page."""
    parts: list[Flowable] = []
    if section.cut:
        parts.append(HRFlowable("100%", 0.8, color=GREY, spaceBefore=size(8), spaceAfter=0, dash=(4, 3)))
    if section.title:
        heading = text(section.title, BOLD, size(10.2))
        heading.keepWithNext = True
        parts += [CondPageBreak(size(_HEADED + _BENEATH)), Spacer(1, size(8)), heading, Spacer(1, size(3))]
    for block in section.blocks:
        if isinstance(block, str):
            parts += _paragraphs(block, size)
        elif isinstance(block, Grid):
            parts += _grid(block, width, size)
        elif isinstance(block, Chart):
            parts += [Whole(_chart(block, width, size))]
        else:
            parts += _box(block, width, size)
        parts.append(Spacer(1, size(5)))
    return parts


def _paragraphs(words: str, size: Size) -> list[Flowable]:
    if words.startswith("# "):
        heading = text(words[2:], BOLD, size(8.6))
        heading.keepWithNext = True
        return [heading]
    return [paragraph(line.strip(), SANS, size(8.4), 1.4) for line in words.splitlines() if line.strip()]


def _grid(grid: Grid, width: float, size: Size) -> list[Flowable]:
    columns = grid.columns
    small = size(6.4 if grid.counted else 7.0)
    places = {True: ParagraphStyle("right", style(SANS, small, 1.25), alignment=2), False: style(SANS, small, 1.25)}
    heads: list[list[Any]] = [[_head(column.label, small, column.right) for column in columns]]
    shares = [column.share for column in columns]
    if grid.counted:
        shares.insert(0, 0.45)
    widths = _widths([width * share / sum(shares) for share in shares], _needs(grid, small, size(7)))
    rooms = widths[-len(columns) :]
    body: list[list[Any]] = [
        [
            _cell(words, places[column.right], room - size(6))
            for words, column, room in zip(row, columns, rooms, strict=True)
        ]
        for row in grid.rows
    ]
    if grid.counted:
        heads[0].insert(0, _head("No.", small, right=True))
        heads.append([_head(f"({n})", size(6.2), right=False, centred=True) for n in range(1, len(columns) + 2)])
        for n, row in enumerate(body, 1):
            row.insert(0, number_words(n))
    rights = [*([True] if grid.counted else []), *(column.right for column in columns)]
    table = Rows([*heads, *body], colWidths=widths, repeatRows=len(heads), splitInRow=1)
    table.setStyle(
        [
            ("FONT", (0, 0), (-1, -1), SANS, small, small * 1.25),
            *(("ALIGN", (n, 0), (n, -1), "RIGHT") for n, right in enumerate(rights) if right),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("BACKGROUND", (0, 0), (-1, len(heads) - 1), HEAD),
            ("LINEBELOW", (0, 0), (-1, -1), 0.4, HAIR),
            ("LINEBELOW", (0, len(heads) - 1), (-1, len(heads) - 1), 0.8, INK),
            ("LINEABOVE", (0, 0), (-1, 0), 0.8, INK),
            ("LEFTPADDING", (0, 0), (-1, -1), size(3)),
            ("RIGHTPADDING", (0, 0), (-1, -1), size(3)),
            ("TOPPADDING", (0, 0), (-1, -1), size(2)),
            ("BOTTOMPADDING", (0, 0), (-1, -1), size(2.6)),
        ]
    )
    if not grid.title:
        return [table]
    title = text(grid.title, BOLD, size(8.6))
    title.keepWithNext = True
    return [CondPageBreak(size(_BENEATH)), title, Spacer(1, size(2)), table]


def _needs(grid: Grid, points: float, beside: float) -> list[float]:
    """Of each column what its longest word takes, so that no number or date is broken."""
    columns = zip([column.label for column in grid.columns], *grid.rows, strict=True)
    longest = [max((piece for cell in cells for piece in _PIECE.findall(cell)), key=len) for cells in columns]
    if grid.counted:
        longest.insert(0, max("No.", number_words(len(grid.rows)), key=len))
    return [stringWidth(piece, BOLD, points) + beside for piece in longest]


def _widths(shares: list[float], needs: list[float]) -> list[float]:
    """The columns' shares of the page; those that need more get it from what the others can spare."""
    spare = [max(share - need, 0) for share, need in zip(shares, needs, strict=True)]
    wanted = [max(need - share, 0) for share, need in zip(shares, needs, strict=True)]
    if sum(wanted) > sum(spare):
        return shares
    given = sum(wanted) / (sum(spare) or 1)
    return [share + more - free * given for share, more, free in zip(shares, wanted, spare, strict=True)]


def _head(words: str, points: float, right: bool, centred: bool = False) -> Paragraph:
    alignment = 1 if centred else 2 if right else 0
    shown = text(words, BOLD, points, 1.2)
    shown.style = ParagraphStyle("head", shown.style, alignment=alignment)
    return shown


def _cell(words: str, shape: ParagraphStyle, room: float) -> str | Paragraph:
    """The first line of several is what the others explain. What fits on one line is no paragraph: a book of thousands
    of rows is laid out in a fifth of the time."""
    if "\n" not in words and stringWidth(words, SANS, shape.fontSize) <= room:
        return words
    lines = (in_lines(line, SANS, shape.fontSize, room) for line in words.split("\n"))
    first, *rest = map(markup, lines)
    return Paragraph("<br/>".join((f'<font name="{BOLD}">{first}</font>', *rest)) if rest else first, shape)


def _box(box: Box, width: float, size: Size) -> list[Flowable]:
    """A frame on one page; without the frame where the words may need more than one."""
    inner: list[Flowable] = [text(box.title, BOLD, size(8.6)), Spacer(1, size(3))]
    inner += [text(line, SANS, size(8.4), 1.4) for line in box.words.splitlines()]
    inner.append(Spacer(1, size(15) * box.lines))
    if sum(1 + len(line) // _LINE for line in box.words.splitlines()) > MOST_BOXED:
        return inner
    table = Table([[inner]], colWidths=[width])
    table.setStyle([("BOX", (0, 0), (-1, -1), 0.8, INK), ("BOTTOMPADDING", (0, 0), (-1, -1), size(5))])
    return [Whole([table])]


def _chart(chart: Chart, width: float, size: Size) -> list[Flowable]:
    row = size(ROW_HEIGHT)
    drawing = Drawing(width, row * len(chart.bars) + size(4))
    height, points, beside = size(BAR_HEIGHT), size(7.2), size(34)
    named = max((stringWidth(bar.label, SANS, points) + size(8) for bar in chart.bars), default=0.0)
    label = min(max(width * LABEL_SHARE, named), width * MOST_LABEL_SHARE)
    room = width - label - beside
    longest = max((max(bar.value, bar.before) for bar in chart.bars), default=0) or 1
    for n, bar in enumerate(chart.bars):
        top = drawing.height - n * row - size(3)
        drawing.add(String(0, top - height - size(2), _fitted(bar.label, points, label - size(8)), fontName=SANS,
                           fontSize=points, fillColor=INK))  # fmt: skip
        for share, y, fill in (
            (bar.value / longest, top - height, INK),
            (bar.before / longest, top - 2 * height - size(BAR_GAP), white),
        ):
            if share:
                drawing.add(Rect(label, y, room * share, height, fillColor=fill, strokeColor=INK, strokeWidth=0.6))
        drawing.add(String(label + room * bar.value / longest + size(4), top - height + size(0.8), bar.words,
                           fontName=SANS, fontSize=points, fillColor=INK))  # fmt: skip
    drawing.add(Line(label, 0, label, drawing.height, strokeColor=GREY, strokeWidth=0.5))
    return [text(chart.title, BOLD, size(8.6)), _legend(chart, width, size), drawing]


def _legend(chart: Chart, width: float, size: Size) -> Drawing:
    drawing, x, points = Drawing(width, size(12)), 0.0, size(7.2)
    for words, fill in zip(chart.legend, (INK, white), strict=True):
        drawing.add(Rect(x, size(3), size(9), size(6), fillColor=fill, strokeColor=INK, strokeWidth=0.6))
        drawing.add(String(x + size(12), size(3.2), words, fontName=SANS, fontSize=points, fillColor=INK))
        x += size(24) + stringWidth(words, SANS, points)
    return drawing


def _fitted(words: str, points: float, room: float) -> str:
    if stringWidth(words, SANS, points) <= room:
        return words
    while words and stringWidth(words + "…", SANS, points) > room:
        words = words[:-1]
    return words.rstrip() + "…"
