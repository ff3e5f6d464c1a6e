"""Mail that arrived and is not decided on yet: what it seems to be, why, and what was decided."""

from datetime import datetime
from enum import StrEnum

from lockdesk.desk.values.cases import CaseRow
from lockdesk.desk.values.complaints import ComplaintRow
from lockdesk.desk.values.facts import Address, AttachmentKind
from lockdesk.desk.values.mail import MailPlace
from lockdesk.records import dataclass


class MailState(StrEnum):
    """What was decided on a mail. The value is what the database holds."""

    WAITING = "waiting"
    """In the tray: the officer decides."""
    UNRELATED = "unrelated"
    """By the rules not for this service: shown only when asked for."""
    REFUSED = "refused"
    """By the officer not for this service: left where it lies, and not shown again."""
    TAKEN = "taken"
    """Part of a case or a complaint: it moves to the folder for accepted mail."""
    SETTLED = "settled"
    """A copy of our own message, or word that one did not arrive: nothing is left to decide."""
    DELIVERED = "delivered"
    """In practice: what the outbox brought to the simulated mailbox. Never in the database."""


@dataclass(frozen=True, slots=True)
class KnownMail:
    """A mail that was met: where it lies and what was decided, nothing of what it says. `sha256` of the raw mail."""

    place: MailPlace
    identity: str
    sha256: str
    arrived_at: datetime
    state: MailState


class Seems(StrEnum):
    """What a mail seems to be."""

    REQUEST = "request"
    SEVERAL = "several"
    REAPPLICATION = "reapplication"
    ANSWER = "answer"
    """What a waiting case asked for."""
    REPLY = "reply"
    """It belongs to a case that asked for nothing."""
    COMPLAINT = "complaint"
    COMPLAINT_REPLY = "complaint_reply"
    """It answers what the office wrote about a complaint."""
    CERTIFICATE = "certificate"
    UNREADABLE = "unreadable"
    UNRELATED = "unrelated"
    OURS = "ours"
    """A message of the office's own."""


JOINING = frozenset({Seems.ANSWER, Seems.REPLY})
"""What joins a case."""
OPENING = frozenset({Seems.REQUEST, Seems.SEVERAL, Seems.REAPPLICATION})


@dataclass(frozen=True, slots=True)
class AwaitedCertificate:
    """A case that waits for the new certificate, or (`old`) in which the old one is not looked at yet; `by_key`: known
    by the key of its CSR, which no other case has."""

    row: CaseRow
    old: bool
    by_key: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """What a mail seems to be, what speaks for it and what makes it a question, in words; `case` is the one that it
    seems to belong to, or repeats, `complaint` the one that it answers, `awaited` who waits for its certificate."""

    seems: Seems
    reasons: tuple[str, ...]
    doubts: tuple[str, ...] = ()
    case: CaseRow | None = None
    complaint: ComplaintRow | None = None
    awaited: tuple[AwaitedCertificate, ...] = ()

    @property
    def number(self) -> str:
        """Of what it belongs to; "" where that is nothing yet."""
        found = self.case or self.complaint
        return found.number if found is not None else ""


@dataclass(frozen=True, slots=True)
class TrayFile:
    """An attachment as the tray names it; `role` is "statement", "csr" or "other"."""

    name: str
    kind: AttachmentKind
    size: int
    role: str
    sha256: str = ""
    drawable: bool = False
    """Whether it has pages that the cage may draw."""


@dataclass(frozen=True, slots=True)
class TrayMail:
    """A mail in the tray, as it is shown; `id` holds for as long as the program runs."""

    id: int
    identity: str
    arrived_at: datetime
    state: MailState
    sender: Address | None
    """Of a message of the office's own its recipient."""
    subject: str
    text: str
    files: tuple[TrayFile, ...]
    match: Match


@dataclass(frozen=True, slots=True)
class TrayPage:
    """The mails of one filter, all of them: `next_key` is None."""

    rows: tuple[TrayMail, ...]
    next_key: None = None
