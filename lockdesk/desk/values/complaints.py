"""A complaint as it is listed, written and shown.

Where the complainant asked for confidentiality, everything that is read is concealed already: name, contact and related
case are empty, and running texts name nobody. Only `Complaints.identity` tells more, and the journal keeps that it did.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime

from lockdesk.core.complaints import (
    Channel,
    ComplaintClass,
    ComplaintKind,
    ComplaintLimit,
    ComplaintState,
    LimitKind,
    Satisfaction,
)
from lockdesk.core.concealment import CONCEALED, concealed
from lockdesk.core.journal import Fact
from lockdesk.core.secrets import Prose
from lockdesk.core.service_hours import DayRun
from lockdesk.desk.values.cases import HistoryLine, Message
from lockdesk.desk.values.facts import AttachmentKind
from lockdesk.desk.values.listing import Key
from lockdesk.records import dataclass
from lockdesk.words import _


@dataclass(frozen=True, slots=True)
class LimitDays:
    """The last days on which a complaint is verified, first answered and resolved."""

    verify_on: date | None
    """None, and `respond_on` too, of one recorded before there were such limits."""
    respond_on: date | None
    due_on: date


@dataclass(frozen=True, slots=True)
class ComplaintRow:
    """`next_on`: the nearest limit that is not met yet (`next_limit` says which), `due_on` that of the resolution.
    `matter`: how its description begins."""

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
    next_on: date = date.max
    matter: str = ""
    next_limit: LimitKind = LimitKind.RESOLVE


@dataclass(frozen=True, slots=True)
class ComplaintPage:
    """A page of the list, the nearest limit first, and the key to ask for the next one (None: the end)."""

    rows: tuple[ComplaintRow, ...]
    next_key: Key | None


@dataclass(frozen=True, slots=True)
class ComplaintNote:
    """One thing that happened to a complaint: a response, an escalation (to `addressee`), a resolution."""

    at: datetime
    actor: str
    step: str
    text: str
    addressee: str = ""


@dataclass(frozen=True, slots=True)
class EvidenceFile:
    """A file that was handed in with a complaint. `stored` is False where its bytes must not be kept; `withheld` says
    why (see facts.Attachment)."""

    id: int
    name: str
    kind: AttachmentKind
    size: int
    sha256: str
    stored: bool
    withheld: str
    added_at: datetime


@dataclass(frozen=True, slots=True)
class ComplaintForm:
    """What is written down when a complaint arrives."""

    channel: Channel
    kind: ComplaintKind
    complaint_class: ComplaintClass
    name: str
    contact: str
    confidential: bool
    description: Prose
    wanted: Prose
    place: Prose = ""
    evidence: Prose = ""
    case_number: str = ""

    def secrets(self, *others: str) -> tuple[str, ...]:
        """What must stand nowhere where the complainant is confidential."""
        return (self.name, self.contact, *others)

    def concealed(self, secrets: Iterable[str]) -> "ComplaintForm":
        """As it may be shown to anybody."""
        told = tuple(secrets)
        return replace(
            self,
            name="",
            contact="",
            case_number="",
            description=concealed(self.description, told),
            wanted=concealed(self.wanted, told),
            place=concealed(self.place, told),
            evidence=concealed(self.evidence, told),
        )


@dataclass(frozen=True, slots=True)
class ComplaintView:
    """`related`: the applicant of the related case. `asked_at`: since when a reply waits for the complainant's;
    `close_on`: until when it waits."""

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
    verify_on: date | None = None
    respond_on: date | None = None
    verified_at: datetime | None = None
    responded_at: datetime | None = None
    asked_at: datetime | None = None
    close_on: date | None = None
    satisfaction: Satisfaction = Satisfaction.UNKNOWN
    related: str = ""
    destroyed_at: datetime | None = None
    """When its personal data was destroyed: nothing more is written of it."""
    files: tuple[EvidenceFile, ...] = ()

    @property
    def limits(self) -> tuple[ComplaintLimit, ...]:
        """In the order in which they are to be met; one recorded before there were such limits has fewer."""
        found = (
            (LimitKind.VERIFY, self.verify_on, self.verified_at),
            (LimitKind.RESPOND, self.respond_on, self.responded_at),
            (LimitKind.RESOLVE, self.due_on, self.resolved_at),
            (LimitKind.CLOSE, self.close_on, None),
        )
        return tuple(ComplaintLimit(kind, on, met) for kind, on, met in found if on is not None)

    @property
    def next_limit(self) -> ComplaintLimit:
        """The nearest that the office has still to meet; that of the resolution where none is open."""
        promised = [limit for limit in self.limits if limit.kind is not LimitKind.CLOSE]
        return min((limit for limit in promised if limit.met_at is None), key=_last_day, default=promised[-1])

    def concealed(self, secrets: Iterable[str]) -> "ComplaintView":
        """As it may be shown to anybody."""
        told = tuple(secrets)
        return replace(
            self,
            form=self.form.concealed(told),
            related="",
            notes=tuple(replace(note, text=concealed(note.text, told)) for note in self.notes),
            history=tuple(replace(line, facts=_concealed_facts(line.facts, told)) for line in self.history),
            messages=tuple(_concealed_message(message, told) for message in self.messages),
            files=tuple(replace(file, name=concealed_name(file.name, told)) for file in self.files),
        )


@dataclass(frozen=True, slots=True)
class ExplainedLimit:
    """A limit with the days that count until then, those that are skipped, and why; `since` is the day before."""

    limit: ComplaintLimit
    since: date
    runs: tuple[DayRun, ...]


def _last_day(limit: ComplaintLimit) -> date:
    return limit.on


def concealed_name(name: str, secrets: Iterable[str]) -> str:
    """A file's name, whose words may hang together with dots, dashes and lines."""
    stem, dot, ending = name.rpartition(".")
    spaced = (stem or ending).replace("_", " ").replace("-", " ").replace(".", " ")
    told = concealed(spaced, secrets)
    return name if told == spaced else f"{told}{dot}{ending if stem else ''}"


def _concealed_facts(facts: Mapping[str, Fact], secrets: tuple[str, ...]) -> Mapping[str, Fact]:
    return {name: concealed(value, secrets) if isinstance(value, str) else value for name, value in facts.items()}


def _concealed_message(message: Message, secrets: tuple[str, ...]) -> Message:
    return replace(
        message,
        to=_(CONCEALED) if message.to else "",
        subject=concealed(message.subject, secrets),
        body=concealed(message.body, secrets),
        words=concealed(message.words, secrets),
    )
