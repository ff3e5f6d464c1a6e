"""A case as it is listed, shown and acted on."""

from collections.abc import Mapping
from dataclasses import field
from datetime import date, datetime
from enum import StrEnum

from lockdesk.core.cases import CaseState, Route
from lockdesk.core.complaints import ComplaintState
from lockdesk.core.confirmation import Basis, CallResult, NamedCsr, SightedDocument, StandIn
from lockdesk.core.findings import Finding, Verdict
from lockdesk.core.identity import NameMatch, compare_names
from lockdesk.core.journal import Fact
from lockdesk.core.messages import MessageState
from lockdesk.core.operations import OperationKind, OperationState, RevocationReason
from lockdesk.core.secrets import Prose
from lockdesk.core.service_hours import Pause
from lockdesk.desk.values.authority import CertificateRecord, CheckItem
from lockdesk.desk.values.facts import (
    AttachmentKind,
    RequestFacts,
    ScanProgress,
)
from lockdesk.desk.values.listing import Key
from lockdesk.desk.values.people import Applicant, RegisterEntry
from lockdesk.pki.values import parse_serial
from lockdesk.records import dataclass
from lockdesk.settings import ChecklistItem
from lockdesk.words import N_


class IntakeChannel(StrEnum):
    EMAIL = "email"
    FILES = "files"
    WALK_IN = "walk_in"


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One line of the case list.

    `waiting_since` is set while the clock pauses; `closed_at` and `on_time` once the case has ended.
    `operation` is the open operation's state (awaiting, unsettled …), which the chip shows first.
    """

    id: int
    number: str
    name: str
    agency: str
    state: CaseState
    due_at: datetime | None
    received_at: datetime
    waiting_since: datetime | None = None
    closed_at: datetime | None = None
    on_time: bool | None = None
    operation: OperationState | None = None


class CaseFilter(StrEnum):
    NEEDS_ACTION = "needs_action"
    WAITING = "waiting"
    WAITING_APPLICANT = "waiting_applicant"
    WAITING_CA = "waiting_ca"
    ALL = "all"
    LATE = "late"
    DUE_TODAY = "due_today"
    UNSETTLED = "unsettled"
    CALL_OWED = "call_owed"
    """Under review, and no call counts yet."""
    DUE_NEXT = "due_next"
    """By the end of the next working day, and not today."""


@dataclass(frozen=True, slots=True)
class WorkingDay:
    """What the day's figures are reckoned from. Aware UTC; `complaints_until` is a date in the office's zone."""

    now: datetime
    ends: datetime
    next_ends: datetime
    """The end of the next working day."""
    complaints_until: date
    """The last day on which a complaint's limit counts as near."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many wait for the same one, and since when the one that waits longest."""

    count: int = 0
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Board:
    """What presses today, among open cases and complaints."""

    late: int = 0
    due_today: int = 0
    unsettled: int = 0
    applicant: Waiting = Waiting()
    ca: Waiting = Waiting()
    official: Waiting = Waiting()
    """Complaints that were escalated, since then."""
    messages: Waiting = Waiting()
    """Messages of which nobody knows whether they reached the mail server."""
    data_requests: Waiting = Waiting()
    """People who asked for their own data."""
    complaints_near: int = 0
    """Open complaints whose limit has passed or is near."""


@dataclass(frozen=True, slots=True)
class ListPage:
    """A page of the list and the key to ask for the next one (None: the end)."""

    rows: tuple[CaseRow, ...]
    next_key: Key | None


@dataclass(frozen=True, slots=True)
class Decision:
    """The officer's decision on a finding: kept although `verdict` said otherwise, with the reason.

    It holds only while the finding's evidence and its basis stay the same, and for the documents that were there.
    """

    check: str
    reason: str
    at: datetime
    officer: str
    evidence: str
    basis: Basis | None


@dataclass(frozen=True, slots=True)
class CallRecord:
    """A telephone call. Only an outgoing one to a register number that predates the request, in which the person
    confirmed it, counts; and only for the basis that it was made on."""

    outgoing: bool
    number: str
    reached: str
    at: datetime
    note: Prose
    result: CallResult
    counts: bool
    basis: Basis | None
    officer: str = ""
    csr: NamedCsr | None = None
    """The CSR that the person recognised when it was read out."""
    certificate: str = ""
    """The serial that the person named where several certificates of his or hers can be used."""
    through: StandIn | None = None
    """Not the applicant but this person confirmed it, named with the position in `reached`: to be sampled."""
    sighted: SightedDocument | None = None
    """No call: the applicant was present, and this document was looked at."""


@dataclass(frozen=True, slots=True)
class UsableCertificate:
    """A certificate of the applicant that may be the old one, and who says so: "ca", "portal" or "register"."""

    serial: str
    source: str
    not_after: datetime | None = None


@dataclass(frozen=True, slots=True)
class ChecklistTick:
    item: str
    ticked: bool
    at: datetime
    officer: str


@dataclass(frozen=True, slots=True)
class DocumentRef:
    """A stored document; its bytes are fetched by id. `stored` is False when only a refusal is kept."""

    id: int
    name: str
    role: str
    """ "mail", "statement", "csr", "csr_der", "certificate", "print", "other"."""
    kind: AttachmentKind
    size: int
    sha256: str
    stored: bool
    added_at: datetime


@dataclass(frozen=True, slots=True)
class OperationView:
    """One operation at the CA. `words` is the last thing learnt, in Indonesian."""

    id: int
    case_id: int
    request_id: str
    kind: OperationKind
    state: OperationState
    gateway: str
    serial: str
    key_sha256: str
    reason: RevocationReason | None
    reference: str
    words: str
    started_at: datetime
    changed_at: datetime
    holder_before: str = ""
    """What the CA's own service said of the holder before this was asked for; "" where it has none."""
    holder_after: str = ""
    """The same once it was proved."""


@dataclass(frozen=True, slots=True)
class NewCertificate:
    """The certificate that was issued and checked; `remarks` are pkilint's, which judge the CA, not the case (None: it
    was not asked yet)."""

    serial: str
    subject: str
    issuer: str
    not_before: datetime
    not_after: datetime
    der: bytes
    remarks: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One journal entry as the history shows it."""

    sequence: int
    at: datetime
    actor: str
    kind: str
    facts: Mapping[str, Fact] = field(default_factory=dict)
    before: tuple[tuple[str, str], ...] = ()
    """Of a correction: which fields held something else until then, and what."""


@dataclass(frozen=True, slots=True)
class Message:
    """A message in the outbox, to an applicant or to somebody who complained."""

    id: int
    case_id: int
    """0 for the message of a complaint."""
    notice: str
    to: str
    subject: str
    body: str
    state: MessageState
    at: datetime
    complaint_id: int = 0
    mail_id: str = ""
    """Its Message-ID, once it was written as it is sent; "" where it is carried by hand."""
    sha256: str = ""
    """Of the very bytes that are sent."""
    words: str = ""
    """What the server, or the officer, said last."""
    tries: int = 0
    next_at: datetime | None = None
    """When it is sent by itself; None: not by itself."""
    changed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ComplaintMention:
    """A complaint about a case, as the case names it."""

    id: int
    number: str
    state: ComplaintState
    received_at: datetime


@dataclass(frozen=True, slots=True)
class CaseView:
    """Everything about one case. `facts` carry no document bytes."""

    id: int
    number: str
    state: CaseState
    route: Route
    compromised: bool
    channel: IntakeChannel
    gateway: str
    applicant: Applicant
    received_at: datetime
    """When it arrived; the service clock starts at the next opening."""
    complete_at: datetime | None
    due_at: datetime | None
    closed_at: datetime | None
    net_minutes: int
    pauses: tuple[Pause, ...]
    facts: RequestFacts
    findings: tuple[Finding, ...]
    decisions: tuple[Decision, ...]
    checklist: tuple[ChecklistTick, ...]
    calls: tuple[CallRecord, ...]
    documents: tuple[DocumentRef, ...]
    operations: tuple[OperationView, ...]
    messages: tuple[Message, ...]
    history: tuple[HistoryLine, ...]
    register: RegisterEntry | None = None
    old_certificate: CertificateRecord | None = None
    usable: tuple[UsableCertificate, ...] = ()
    """The applicant's certificates that are in force as far as is known; the old one is among them."""
    new_certificate: NewCertificate | None = None
    previous: tuple[int, str] | None = None
    """Id and number of the earlier case that this one repeats (permohonan ulang)."""
    following: tuple[int, str] | None = None
    closing_reasons: tuple[str, ...] = ()
    destroyed_at: datetime | None = None
    """When its personal data was destroyed: nothing more is written of it."""
    told_in_person: bool = False
    """The applicant cannot open the office mailbox: what there is to say is said at the counter."""
    emergency_form: str = ""
    """The number of the form from which it was entered later."""
    asked: tuple[ChecklistItem, ...] = ()
    """The office's checklist as it was when the case was received."""
    complaints: tuple[ComplaintMention, ...] = ()
    """Complaints about the case, the newest first; never those of a confidential complainant."""
    scan: ScanProgress | None = None
    """While OCR reads the letter: then facts and findings are those of the pages read so far, and no review yet."""

    @property
    def basis(self) -> Basis:
        """What calls and decisions rest on now."""
        known, entry, csr = self.applicant, self.register, self.facts.csr.facts
        name = " ".join(known.name.casefold().split())
        registered = entry is not None and compare_names(known.name, entry.text("name")) == NameMatch.SAME
        return Basis(
            key=csr.key.sha256 if csr is not None else "",
            serials=" ".join(f"{serial:x}" for serial in sorted(parse_serial(known.serial))),
            person=_registered_number(entry) or known.nip or known.nik or name,
            other_name="" if registered else name,
            contact=f"{known.email.casefold()} {known.phone}",
        )

    def confirming_calls(self) -> tuple[CallRecord, ...]:
        """The calls that confirm what the case is about now; of several certificates one must have been named."""
        now, several = self.basis, bool(self.to_be_named())
        return tuple(
            call
            for call in self.calls
            if call.counts and not now.changed_since(call.basis) and (call.certificate or not several)
        )

    def to_be_named(self) -> tuple[UsableCertificate, ...]:
        """The certificates of which the applicant must name one in a call: several, and none of them revoked by this
        case yet."""
        return self.usable if len(self.usable) > 1 and self.state is not CaseState.REVIEWING_NEW_CSR else ()

    def confirming_call(self) -> CallRecord | None:
        return next(iter(self.confirming_calls()), None)

    def csr_to_name(self) -> NamedCsr | None:
        """The CSR of the case as it is read out to the applicant; None without one."""
        csr, file = self.facts.csr.facts, self.facts.csr_file
        came = [item.added_at for item in self.documents if item.role == "csr_der"]
        if csr is None or not came:
            return None
        return NamedCsr(csr.der_sha256, csr.key.sha256, file.name if file is not None else "", came[-1])

    def decision_on(self, finding: Finding) -> Decision | None:
        """The decision that still holds for this finding: two letters may give the very same words as evidence."""
        role = finding.check.partition(".")[0]
        came = [item.added_at for item in self.documents if item.role == role]
        for decision in self.decisions:
            same = decision.check == finding.check and decision.evidence == finding.kept.evidence
            if same and not self.basis.changed_since(decision.basis) and all(decision.at >= at for at in came):
                return decision
        return None

    def open_operation(self) -> OperationView | None:
        from lockdesk.core.operations import OPEN_STATES

        return next((op for op in self.operations if op.state in OPEN_STATES), None)


def _registered_number(entry: RegisterEntry | None) -> str:
    return "" if entry is None else entry.text("nip") or entry.text("nik")


@dataclass(frozen=True, slots=True)
class ComparisonRow:
    """One line of the identity comparison. `field` is a name of Applicant; NIK comes masked."""

    field: str
    statement: str
    mail: str
    csr: str
    register: str
    differing: tuple[str, ...] = ()
    """Names of the columns that differ from the register."""
    verdict: Verdict = Verdict.PASS


@dataclass(frozen=True, slots=True)
class CallForm:
    """A telephone call as the officer writes it down."""

    outgoing: bool
    number: str
    reached: str
    note: str
    result: CallResult
    csr_confirmed: bool = False
    """The CSR was read out, and the person recognised it."""
    certificate: str = ""
    through: StandIn | None = None
    through_id: int = 0
    """The register's entry of the person called instead of the applicant."""
    sighted: SightedDocument | None = None
    basis: Basis | None = None
    """What the case was about when it was shown to the officer; None where nobody showed it."""


@dataclass(frozen=True, slots=True)
class Received:
    """The case that a request opened. `known`: this very mail had opened it before."""

    case_id: int
    number: str
    known: bool = False


@dataclass(frozen=True, slots=True)
class Preflight:
    """Whether revoking now is safe: every line with its words; `holder` is the CA's own record."""

    case_id: int
    items: tuple[CheckItem, ...]
    ready: bool
    holder: CertificateRecord | None
    reason: RevocationReason
    holder_status: str = ""
    """What the CA's own service says of the applicant's certificate, "" where it has none; never a proof."""
    local: str = N_("lupa passphrase")
    """The office's own words for the reason."""
