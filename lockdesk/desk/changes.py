"""Changes of the casebook as values: what one step writes, together with its one journal entry.

The store carries out a `Change` in a single IMMEDIATE transaction; nothing else writes.
"""

from datetime import date, datetime

from lockdesk.core.cases import CaseState, CaseStep, Route
from lockdesk.core.complaints import ComplaintState, ComplaintStep, Satisfaction
from lockdesk.core.confirmation import Basis
from lockdesk.core.findings import Finding
from lockdesk.core.journal import JournalHead, JournalNote
from lockdesk.core.messages import MessageEvent
from lockdesk.core.operations import OperationEvent, OperationKind, RevocationReason
from lockdesk.core.quarters import Quarter
from lockdesk.core.secrets import Prose
from lockdesk.desk.values.authority import CertificateRecord
from lockdesk.desk.values.cases import CallRecord, IntakeChannel, Message, UsableCertificate
from lockdesk.desk.values.complaints import ComplaintForm, LimitDays
from lockdesk.desk.values.facts import AttachmentKind, RequestFacts
from lockdesk.desk.values.marks import Mark
from lockdesk.desk.values.people import Applicant
from lockdesk.desk.values.privacy import Confirmed, DueItem, Ended
from lockdesk.desk.values.register import Origin, RegisterPerson
from lockdesk.records import dataclass


@dataclass(frozen=True, slots=True)
class NewCase:
    """Creates a case in `draft` and gives it the next number of the year of `given_on`."""

    channel: IntakeChannel
    gateway: str
    applicant: Applicant
    received_at: datetime
    given_on: date
    practice: bool
    mail_sha256: str = ""
    previous_id: int | None = None
    emergency_form: str = ""
    """The number of the form from which it is entered."""


@dataclass(frozen=True, slots=True)
class SetApplicant:
    applicant: Applicant


@dataclass(frozen=True, slots=True)
class SetRoute:
    route: Route


@dataclass(frozen=True, slots=True)
class SetCompromised:
    value: bool


@dataclass(frozen=True, slots=True)
class SetToldInPerson:
    value: bool


@dataclass(frozen=True, slots=True)
class ReopenCase:
    """Takes the end back: the applicant was not told after all."""


@dataclass(frozen=True, slots=True)
class SetDeadline:
    """The moment the file was complete and the deadline that follows (both None: no deadline yet)."""

    complete_at: datetime | None
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class StartPause:
    """`reason` is "applicant" or "ca"; does nothing while the clock already stands still."""

    reason: str


@dataclass(frozen=True, slots=True)
class EndPause:
    """Ends the running pause, if any."""


@dataclass(frozen=True, slots=True)
class CloseCase:
    """Sets the end, whether the promise was kept, and the reasons (rejection, withdrawal)."""

    on_time: bool | None
    reasons: tuple[Prose, ...] = ()


@dataclass(frozen=True, slots=True)
class StoreDocument:
    """A document with its bytes; `content` None keeps name, size and hash only (refused)."""

    role: str
    name: str
    kind: AttachmentKind
    size: int
    sha256: str
    content: bytes | None


@dataclass(frozen=True, slots=True)
class SetRole:
    """What a stored document is to its case."""

    document_id: int
    role: str


@dataclass(frozen=True, slots=True)
class DestroyContent:
    """A stored document's bytes are destroyed; its name, size and hash stay."""

    document_id: int


@dataclass(frozen=True, slots=True)
class SetFacts:
    """The facts as read, without document bytes."""

    facts: RequestFacts


@dataclass(frozen=True, slots=True)
class SetFindings:
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class AddDecision:
    check: str
    reason: Prose
    evidence: str
    basis: Basis


@dataclass(frozen=True, slots=True)
class AddCall:
    call: CallRecord


@dataclass(frozen=True, slots=True)
class SetTick:
    item: str
    ticked: bool


@dataclass(frozen=True, slots=True)
class SetOldCertificate:
    record: CertificateRecord | None


@dataclass(frozen=True, slots=True)
class SetUsable:
    """What is known of the applicant's certificates that are in force."""

    certificates: tuple[UsableCertificate, ...]


@dataclass(frozen=True, slots=True)
class SetNewCertificate:
    record: CertificateRecord


@dataclass(frozen=True, slots=True)
class NewOperation:
    """An intent: stored before anything is sent."""

    request_id: str
    kind: OperationKind
    gateway: str
    serial: str
    key_sha256: str
    reason: RevocationReason | None = None


@dataclass(frozen=True, slots=True)
class MoveOperation:
    """What was learnt about an operation; the table of core.operations decides its new state."""

    operation_id: int
    event: OperationEvent
    words: str = ""
    reference: str = ""


CREATED = 0
"""Stands for the operation that the same change makes."""


@dataclass(frozen=True, slots=True)
class AddEvidence:
    """What is kept with an operation: `kind` is "crl", "delta_crl", "ocsp", "certificate", "lint", or
    "holder_status" ("before " or "after ", then what the CA's service said). `operation_id` may be CREATED."""

    operation_id: int
    kind: str
    content: bytes


@dataclass(frozen=True, slots=True)
class AddKeyUse:
    """Where a public key was seen: `use` is "csr", "certificate" or "burnt"."""

    key_sha256: str
    use: str
    nik: str = ""
    nip: str = ""


@dataclass(frozen=True, slots=True)
class AddMarks:
    """Digests by which this case's letter and CSR are known again; a mark already there stays one."""

    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class AddMessage:
    message: Message


@dataclass(frozen=True, slots=True)
class OweMessage:
    """A step owes a word, which is written and sent afterwards; nothing where the office has no mail account. With a
    text of its own where the officer wrote one."""

    notice: str
    subject: str = ""
    body: str = ""


@dataclass(frozen=True, slots=True)
class WriteMessage:
    """An owed message as it will be sent, whole: composed once, these very bytes and no others. `event` says whether
    it goes by post or is told at the counter."""

    message_id: int
    event: MessageEvent
    notice: str
    to: str
    subject: str
    body: str
    mail_id: str
    content: bytes
    sha256: str
    next_at: datetime | None


@dataclass(frozen=True, slots=True)
class MoveMessage:
    """What was learnt about a message; the table of core.messages decides its new state. `next_at`: when it is sent
    by itself, None: not by itself."""

    message_id: int
    event: MessageEvent
    words: str = ""
    next_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class TakeMail:
    """A mail of the office's mailbox became part of what is written; `identity` as the tray knows it."""

    identity: str


@dataclass(frozen=True, slots=True)
class AddPrint:
    """A print: its own journal entry's number and head stand on it. `number`: what it is found again under where it is
    about no case and no complaint."""

    kind: str
    size: str
    number: str = ""


@dataclass(frozen=True, slots=True)
class SetPrintDigest:
    """The finished PDF's digest; with its bytes it can be shown and printed again."""

    print_id: int
    sha256: str
    content: bytes | None = None


@dataclass(frozen=True, slots=True)
class NewComplaint:
    form: ComplaintForm
    received_at: datetime
    limits: LimitDays
    given_on: date
    practice: bool
    officer: str


@dataclass(frozen=True, slots=True)
class SetComplaintThread:
    """The mail that an answer to the complaint answers, and those before it: Message-IDs, the nearest last."""

    message_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SetComplaintForm:
    form: ComplaintForm


@dataclass(frozen=True, slots=True)
class SetComplaintLimits:
    limits: LimitDays


@dataclass(frozen=True, slots=True)
class SetSatisfaction:
    """What the person who complained says of the resolution."""

    satisfaction: Satisfaction


@dataclass(frozen=True, slots=True)
class AddComplaintNote:
    step: str
    text: Prose
    resolved_on_time: bool | None = None
    addressee: Prose = ""


@dataclass(frozen=True, slots=True)
class StoreEvidence:
    """A file handed in with a complaint; `content` None keeps name, size and hash only, `withheld` says why."""

    name: str
    kind: AttachmentKind
    size: int
    sha256: str
    content: bytes | None
    withheld: str = ""


@dataclass(frozen=True, slots=True)
class PutPeople:
    """What a source says of people, each new to the register or with an entry there."""

    people: tuple[RegisterPerson, ...]
    origin: Origin


@dataclass(frozen=True, slots=True)
class RetirePerson:
    """The person is no longer in service, or is again."""

    entry_id: int
    retired: bool


@dataclass(frozen=True, slots=True)
class MergePeople:
    """Two entries were one person: what the kept one lacks comes from the other one, which is gone afterwards. What
    is moved was entered now: a number does not become older by it."""

    kept_id: int
    merged_id: int
    origin: Origin


@dataclass(frozen=True, slots=True)
class SetSetting:
    name: str
    value: str


@dataclass(frozen=True, slots=True)
class PassNumbers:
    """Numbers of a series and year up to `last` stand on papers already, and are not given again."""

    series: str
    year: int
    last: int


@dataclass(frozen=True, slots=True)
class PutClosedDay:
    """Adds or changes a closed day. A manual row is never overwritten by an import; `source`: the decree's name."""

    day: date
    reason: Prose
    manual: bool
    source: str = ""


@dataclass(frozen=True, slots=True)
class OpenClosedDay:
    """Takes a day out of the closed days, or puts it back as it was; no import brings it back."""

    day: date
    removed: bool


@dataclass(frozen=True, slots=True)
class SetReportPart:
    """The office's own words in the report of a quarter."""

    quarter: Quarter
    name: str
    text: Prose


@dataclass(frozen=True, slots=True)
class DestroyData:
    """The personal data of what is named is destroyed, for good; what is not due any more raises Declined. The minutes
    get their number from the year of `given_on`."""

    items: tuple[DueItem, ...]
    ended: Ended
    confirmed: Confirmed
    given_on: date
    practice: bool


@dataclass(frozen=True, slots=True)
class MarkSwept:
    """Nothing of what was destroyed lies in the database's file any more."""

    number: str


@dataclass(frozen=True, slots=True)
class AskForData:
    """Somebody asks for the own data; exactly one of both says who. One more while one is open changes nothing."""

    entry_id: int | None
    case_id: int | None
    received_at: datetime


@dataclass(frozen=True, slots=True)
class AnswerDataRequest:
    request_id: int


Write = (
    NewCase
    | SetApplicant
    | SetRoute
    | SetCompromised
    | SetToldInPerson
    | ReopenCase
    | SetDeadline
    | StartPause
    | EndPause
    | CloseCase
    | StoreDocument
    | SetRole
    | DestroyContent
    | SetFacts
    | SetFindings
    | AddDecision
    | AddCall
    | SetTick
    | SetOldCertificate
    | SetUsable
    | SetNewCertificate
    | NewOperation
    | MoveOperation
    | AddEvidence
    | AddKeyUse
    | AddMarks
    | AddMessage
    | OweMessage
    | WriteMessage
    | MoveMessage
    | TakeMail
    | AddPrint
    | SetPrintDigest
    | NewComplaint
    | SetComplaintForm
    | SetComplaintThread
    | SetComplaintLimits
    | SetSatisfaction
    | StoreEvidence
    | AddComplaintNote
    | PutPeople
    | RetirePerson
    | MergePeople
    | SetSetting
    | PassNumbers
    | PutClosedDay
    | OpenClosedDay
    | SetReportPart
    | DestroyData
    | MarkSwept
    | AskForData
    | AnswerDataRequest
)


@dataclass(frozen=True, slots=True)
class Change:
    """One step: what it writes and the entry it leaves in the journal.

    With `step`, the life cycle is consulted and the state moves; `expected` is the state that the
    caller saw: another one in the store raises Declined ("case.changed"). The same for complaints.
    """

    at: datetime
    actor: str
    note: JournalNote
    writes: tuple[Write, ...] = ()
    case_id: int | None = None
    complaint_id: int | None = None
    step: CaseStep | None = None
    expected: CaseState | None = None
    answered_at: datetime | None = None
    """When what a waiting case was waiting for came, where that was before `at`: the clock goes on from then."""
    complaint_step: ComplaintStep | None = None
    complaint_expected: ComplaintState | None = None


@dataclass(frozen=True, slots=True)
class Committed:
    """What was written: ids and number of the subject, and the journal's head after the entry."""

    case_id: int | None
    complaint_id: int | None
    number: str
    head: JournalHead
    created_id: int | None = None
    """The id of the operation, print or message that the change created last."""
