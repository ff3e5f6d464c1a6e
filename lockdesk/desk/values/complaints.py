"""A complaint as it is listed, written and shown."""

from dataclasses import dataclass
from datetime import date, datetime

from lockdesk.core.complaints import Channel, ComplaintClass, ComplaintKind, ComplaintState
from lockdesk.desk.values.cases import HistoryLine, Message


@dataclass(frozen=True, slots=True)
class ComplaintRow:
    id: int
    number: str
    name: str
    confidential: bool
    channel: Channel
    state: ComplaintState
    due_on: date
    received_at: datetime
    resolved_at: datetime | None
    on_time: bool | None = None


@dataclass(frozen=True, slots=True)
class ComplaintPage:
    """A page of the list, the nearest limit first, and the key to ask for the next one (None: the end)."""

    rows: tuple[ComplaintRow, ...]
    next_key: tuple[date, int] | None


@dataclass(frozen=True, slots=True)
class ComplaintNote:
    """One thing that happened to a complaint: a response, an escalation, a resolution."""

    at: datetime
    actor: str
    step: str
    text: str


@dataclass(frozen=True, slots=True)
class ComplaintForm:
    """What is written down when a complaint arrives."""

    channel: Channel
    kind: ComplaintKind
    complaint_class: ComplaintClass
    name: str
    contact: str
    confidential: bool
    description: str
    wanted: str
    place: str = ""
    evidence: str = ""
    case_number: str = ""


@dataclass(frozen=True, slots=True)
class ComplaintView:
    id: int
    number: str
    state: ComplaintState
    form: ComplaintForm
    received_at: datetime
    due_on: date
    resolved_at: datetime | None
    officer: str
    notes: tuple[ComplaintNote, ...]
    history: tuple[HistoryLine, ...]
    messages: tuple[Message, ...] = ()
