"""What the evaluation of a quarter and the register books are made of, and what they say."""

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from lockdesk.core.cases import CaseState, Route
from lockdesk.core.complaints import Channel, ComplaintKind, ComplaintState, Satisfaction
from lockdesk.core.quarters import Quarter
from lockdesk.core.service_hours import Pause
from lockdesk.desk.values.cases import CallRecord, IntakeChannel
from lockdesk.desk.values.office import ClosedDay
from lockdesk.records import dataclass
from lockdesk.words import N_

if TYPE_CHECKING:
    from fractions import Fraction

    from lockdesk.core.survey import Survey


@dataclass(frozen=True, slots=True)
class CaseFact:
    """What a figure needs of a case. `again`: a reapplication (linked to an earlier case); `known`: the same person
    had a case before."""

    id: int
    number: str
    state: CaseState
    route: Route
    channel: IntakeChannel
    agency: str
    received_at: datetime
    complete_at: datetime | None
    due_at: datetime | None
    closed_at: datetime | None
    on_time: bool | None
    again: bool = False
    known: bool = False
    reasons: tuple[str, ...] = ()
    pauses: tuple[Pause, ...] = ()


@dataclass(frozen=True, slots=True)
class ComplaintFact:
    """What a figure needs of a complaint; nothing that says whose it is."""

    id: int
    number: str
    kind: ComplaintKind
    channel: Channel
    state: ComplaintState
    received_at: datetime
    resolved_at: datetime | None
    on_time: bool | None
    satisfaction: Satisfaction = Satisfaction.UNKNOWN


@dataclass(frozen=True, slots=True)
class BookCase:
    """A case as its register book lists it."""

    fact: CaseFact
    name: str
    nip: str
    nik: str


@dataclass(frozen=True, slots=True)
class BookCall:
    """A call that is to be sampled, with the case whose applicant it confirmed."""

    case_id: int
    number: str
    name: str
    agency: str
    call: CallRecord


class Subject(StrEnum):
    """What a figure counts, and so what its list shows."""

    CASE = "case"
    COMPLAINT = "complaint"


LIST_NAMES: Mapping[str, str] = {Subject.CASE: N_("daftar kasus"), Subject.COMPLAINT: N_("daftar pengaduan")}


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: its value (None where there is nothing to reckon from), what was counted, and of how many.

    `members` are the ids of exactly what was counted: of a mean all that went into it, of a share its numerator.
    """

    value: "Fraction | None"
    members: tuple[int, ...] = ()
    of: int = 0


@dataclass(frozen=True, slots=True)
class BreakdownRow:
    """One group: its name (in Indonesian, translated where it is shown) and a figure for each column."""

    label: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Breakdown:
    """Figures by group, the largest group first; `columns` are names of figures."""

    name: str
    subject: Subject
    columns: tuple[str, ...]
    rows: tuple[BreakdownRow, ...]

    def row(self, label: str) -> BreakdownRow | None:
        return next((row for row in self.rows if row.label == label), None)


@dataclass(frozen=True, slots=True)
class LateCase:
    """A case that was not done in time. Minutes are those of the service clock."""

    case_id: int
    number: str
    agency: str
    due_at: datetime
    closed_at: datetime | None
    """None: still running at the end of the quarter."""
    service_minutes: int
    """From the complete file to the end, without the pauses."""
    applicant_minutes: int
    ca_minutes: int


@dataclass(frozen=True, slots=True)
class QuarterFigures:
    """What is known of a quarter. `until` is its end, or now where it is not over."""

    quarter: Quarter
    until: datetime
    over: bool
    figures: Mapping[str, Figure]
    breakdowns: Mapping[str, Breakdown]
    late: tuple[LateCase, ...]
    closed_days: tuple[ClosedDay, ...]
    """Days on which the office would have been open."""


@dataclass(frozen=True, slots=True)
class QuarterReport:
    """A quarter beside the one before it, with the office's own words."""

    now: QuarterFigures
    before: QuarterFigures
    survey: "Survey"
    survey_before: "Survey"
    parts: Mapping[str, str] = field(default_factory=dict)
    """By the names of ReportPart and of the causes of late cases; what nobody has written yet is its proposal."""
    written: frozenset[str] = frozenset()
    """The names of those that somebody has written."""


class BookKind(StrEnum):
    CASES = "cases"
    COMPLAINTS = "complaints"
    SAMPLES = "samples"
    """Calls in which somebody else confirmed for the applicant: whoever heads the office samples them."""


@dataclass(frozen=True, slots=True)
class BookFilter:
    """Which part of a register book: a year, one of its quarters (1 to 4) or months (1 to 12), or all of it (0), and
    a state of BOOK_STATES ("" for all)."""

    kind: BookKind
    year: int
    quarter: int = 0
    month: int = 0
    state: str = ""


class BookFormat(StrEnum):
    XLSX = "xlsx"
    CSV = "csv"


@dataclass(frozen=True, slots=True)
class BookColumn:
    """A column of a register book: its head, its share of the width, whether it holds numbers."""

    label: str
    share: float
    right: bool = False


@dataclass(frozen=True, slots=True)
class Book:
    """A register book as it is shown, printed and exported: texts only, nothing to be reckoned from them."""

    title: str
    period: str
    columns: tuple[BookColumn, ...]
    rows: tuple[tuple[str, ...], ...]
    ids: tuple[int, ...] = ()
    """What each row is about."""
    closed: str = ""
    """How the year's book was closed, in words; "" while it is open, and of a part of it."""


@dataclass(frozen=True, slots=True)
class BookClosing:
    """A year's book as it was when it was closed: its rows, how many of them were still open, and the last number."""

    kind: BookKind
    year: int
    at: datetime
    rows: int
    open: int
    last: str
