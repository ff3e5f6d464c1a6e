"""What stands on a print, as a value: the paper only lays it out.

Sources: DOMAIN section 6 (printed things); the standard of service for letterhead, fee and channels.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class PaperSize(StrEnum):
    A4 = "A4"
    A5 = "A5"
    ROLL80 = "80 mm"


@dataclass(frozen=True, slots=True)
class Letterhead:
    """`arms` is a user-supplied picture file's bytes; empty leaves the place blank."""

    government: str
    unit: str
    contact: str
    arms: bytes = b""


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One line of the grid. `strong`: the text in SemiBold; `digits`: in the mono face."""

    label: str
    text: str
    second: str = ""
    strong: bool = False
    digits: bool = False


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature block: words above, the name underlined, a line under it ("NIP …")."""

    above: tuple[str, ...]
    name: str
    under: str = ""


@dataclass(frozen=True, slots=True)
class Footer:
    """The QR's text, what can be typed instead, the journal entry and head, and where to complain."""

    qr: str
    code: str
    sequence: int
    head_words: str
    complaints: str


@dataclass(frozen=True, slots=True)
class GridColumn:
    """A column of a table: its head and its share of the width."""

    label: str
    share: float = 1.0
    right: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table that goes on over pages with its head. `counted`: a first column with the rows' numbers, and under the
    head a line with the columns' numbers, as register books have them."""

    columns: tuple[GridColumn, ...]
    rows: tuple[tuple[str, ...], ...]
    title: str = ""
    counted: bool = False


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a chart and the one before it; `words` is what stands beside it."""

    label: str
    value: float
    before: float
    words: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Horizontal bars: filled for now, outlined for before, so that they are told apart in black and white."""

    title: str
    bars: tuple[Bar, ...]
    legend: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Box:
    """A framed place with words, or with empty lines to write on."""

    title: str
    words: str = ""
    lines: int = 0


@dataclass(frozen=True, slots=True)
class Section:
    """A titled part of a longer document; a text is a paragraph (line breaks kept)."""

    title: str
    blocks: tuple["str | Grid | Chart | Box", ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One print. `paragraphs` are plain text; "# " starts a heading, two spaces indent."""

    number: str
    rows: tuple[SheetRow, ...]
    footer: Footer
    title: str = ""
    letterhead: Letterhead = Letterhead("", "", "")
    box: tuple[str, str] | None = None
    paragraphs: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    landscape: bool = False
    """A4 only."""
    notes: tuple[str, ...] = ()
    warning: str = ""
    signatures: tuple[Signature, ...] = ()
    practice: bool = False
    size: PaperSize = PaperSize.A5


@dataclass(frozen=True, slots=True)
class Printed:
    """A finished print. `head` are the 64 hex digits of the print's own journal entry."""

    kind: str
    number: str
    file_name: str
    pdf: bytes
    sequence: int
    head: str
    print_id: int = 0


def join_words(parts: Sequence[str], separator: str = " · ") -> str:
    """The parts that are not empty, joined."""
    return separator.join(part for part in parts if part)
