"""What stands on a print, as a value: the paper only lays it out.

Sources: DOMAIN section 6 (printed things); the standard of service for letterhead, fee and channels.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from enum import StrEnum

from lockdesk.desk.values.facts import PagePixels
from lockdesk.records import dataclass
from lockdesk.words import N_

PagesTold = Callable[[int], bool]
"""Told how many pages are laid out, on the working thread; False stops."""


def untold(_pages: int) -> bool:
    """The PagesTold of a print that nobody waits for in sight of it."""
    return True


class LayoutStopped(Exception):
    """Nobody wants the print any more."""


SLIP = "completion"
"""The kind of the print that a completed case ends with."""
SENT, SAVED = "print.sent", "print.saved"
LEFT = (SENT, SAVED)
"""The journal's entries that a print left the program: made alone it is on no paper, since its queue may refuse it."""


class PaperSize(StrEnum):
    A4 = "A4"
    A5 = "A5"
    ROLL80 = "80 mm"


@dataclass(frozen=True, slots=True)
class Letterhead:
    """`arms` is the office's picture as the sealed child drew it; without one the letterhead begins at the margin."""

    government: str
    unit: str
    contact: str
    arms: PagePixels | None = None


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One line of the grid. `strong`: the text in SemiBold; `digits`: in the mono face; both: in large mono, for a code
    that is typed from the paper. `blank`: how many dotted lines to write on stand under the text."""

    label: str
    text: str = ""
    second: str = ""
    strong: bool = False
    digits: bool = False
    blank: int = 0


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature block: words above, the name underlined, a line under it ("NIP …"). Without a name there is a
    dotted line to write it on."""

    above: tuple[str, ...]
    name: str
    under: str = ""


@dataclass(frozen=True, slots=True)
class Footer:
    """The QR's text, what can be typed instead, the journal entry and head, where to complain, and when and by whom
    it was printed."""

    qr: str
    code: str
    sequence: int
    head_words: str
    complaints: str
    printed: str


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
    """A titled part of a longer document; a text is a paragraph (line breaks kept). `cut`: it is cut off along a line
    above it."""

    title: str
    blocks: tuple["str | Grid | Chart | Box", ...]
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """One print. `paragraphs` are plain text; "# " starts a heading, two spaces indent. `mark`: what it must not be
    taken for; without `letterhead` it is no letter of the office."""

    number: str
    rows: tuple[SheetRow, ...]
    footer: Footer
    title: str = ""
    letterhead: Letterhead | None = None
    box: tuple[str, str] | None = None
    paragraphs: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    landscape: bool = False
    """A4 only."""
    notes: tuple[str, ...] = ()
    warning: str = ""
    signatures: tuple[Signature, ...] = ()
    practice: bool = False
    mark: str = ""
    size: PaperSize = PaperSize.A5
    following: tuple["Sheet", ...] = ()
    """Sheets of their own that are printed with it."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A finished print. `head` are the 64 hex digits of the print's own journal entry; the ids say what it is about."""

    kind: str
    number: str
    file_name: str
    pdf: bytes
    sequence: int
    head: str
    print_id: int = 0
    size: PaperSize = PaperSize.A4
    case_id: int | None = None
    complaint_id: int | None = None


@dataclass(frozen=True, slots=True)
class EarlierPrint:
    """A print that is kept, as it was handed out. `sequence` is its journal entry, `number` what it is about."""

    print_id: int
    kind: str
    number: str
    size: PaperSize
    sequence: int
    made_at: datetime


@dataclass(frozen=True, slots=True)
class PrintEntry:
    """A print as the journal holds it. `kind` is one of DOCUMENTS or "recovery", `number` what it is about ("": no case
    and no complaint), `digest` that of its entry (hex), `again`: a duplicate, `kept`: its pages can be shown."""

    sequence: int
    kind: str
    number: str
    made_at: datetime
    officer: str
    digest: str
    again: bool
    kept: bool
    case_id: int | None = None
    person: str = ""
    """Who applied, as the case says now; "" where it is no case's."""


class CodePart(StrEnum):
    """What a print says of itself; the last three only where it is signed."""

    NUMBER = "number"
    ENTRY = "entry"
    DIGITS = "digits"
    KIND = "kind"
    TIME = "time"
    SIGNATURE = "signature"


CODE_PART_LABELS: dict[CodePart, str] = {
    CodePart.KIND: N_("Jenis"),
    CodePart.NUMBER: N_("Nomor"),
    CodePart.TIME: N_("Dicetak"),
    CodePart.ENTRY: N_("nomor\x04Catatan"),
    CodePart.DIGITS: N_("Sidik catatan"),
    CodePart.SIGNATURE: N_("Tanda tangan"),
}
"""In the order in which a print shows them."""


@dataclass(frozen=True, slots=True)
class Compared:
    """One value: as a print's code says it ("" where it does not), and as it is stored."""

    label: str
    said: str
    stored: str
    differs: bool = False
    digits: bool = False
    """Read digit by digit."""


@dataclass(frozen=True, slots=True)
class CheckedPrint:
    """The print that a code belongs to, and what on it was changed. Without a print more than one part does not agree
    with any; where that is the entry, the journal has not come so far: it is forged, or the data was put back.

    `signed`: whether our key signed the code; None for one that bears no signature."""

    entry: PrintEntry | None
    changed: tuple[CodePart, ...] = ()
    signed: bool | None = None
    beside: tuple[Compared, ...] = ()

    @property
    def genuine(self) -> bool:
        return self.entry is not None and not self.changed

    @property
    def put_back(self) -> bool:
        """The journal does not have what its own key signed: older data was put in its place."""
        return bool(self.signed) and self.entry is None


class JobState(StrEnum):
    """What became of a print in the queue. `LEFT`: the queue keeps no history, so only the paper can tell."""

    SENT = "sent"
    WAITING = "waiting"
    PRINTED = "printed"
    DROPPED = "dropped"
    LEFT = "left"


UNDER_WAY = frozenset({JobState.SENT, JobState.WAITING})


@dataclass(frozen=True, slots=True)
class PrintJob:
    """A print handed to a queue; `identifier` is the queue's own."""

    identifier: str
    printer: str
    printed: Printed


@dataclass(frozen=True, slots=True)
class JobStatus:
    """`reason`: why it waits or was dropped, in the words of the queue or its keeper; "" where it gives none."""

    state: JobState
    reason: str = ""


def join_words(parts: Sequence[str], separator: str = " · ") -> str:
    """The parts that are not empty, joined."""
    return separator.join(part for part in parts if part)
