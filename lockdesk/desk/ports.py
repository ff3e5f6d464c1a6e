"""What the desk needs from the outside, as Protocols. Every method names its errors.

Implementations live one floor up; `app.py` wires them.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Protocol

from lockdesk.core.journal import JournalHead
from lockdesk.desk.values.authority import (
    CertificateRecord,
    CheckItem,
    EnrolmentOrder,
    Issued,
    RevocationOrder,
    SignedStatus,
    Waiting,
)
from lockdesk.desk.values.backups import BackupProgress, MadeBackup
from lockdesk.desk.values.facts import (
    Line,
    PagePixels,
    ReadFiles,
    RequestFacts,
    ScanProgress,
    SheetFacts,
    StatementFacts,
)
from lockdesk.desk.values.mail import Bounce, FetchedMail, Looked, MailAccount, MailPlace
from lockdesk.desk.values.sheets import JobStatus, PagesTold, PaperSize, Sheet, untold
from lockdesk.errors import LockdeskError
from lockdesk.pki.values import CertificateFacts
from lockdesk.records import dataclass


class Clock(Protocol):
    """The only source of time."""

    def now(self) -> datetime:
        """Aware UTC."""
        ...


class Sealer(Protocol):
    """The vault's part in the journal: it seals heads and remembers how far the journal had come."""

    def seal(self, head: JournalHead) -> bytes: ...

    def seal_is_valid(self, head: JournalHead, signature: bytes) -> bool: ...

    def mark(self) -> JournalHead:
        """The newest head remembered. Raises Damaged when the mark was altered."""
        ...

    def advance(self, head: JournalHead) -> None:
        """Remembers a newer head beside the database, durably. Raises OSError where that cannot be written."""
        ...

    def echo(self, head: JournalHead) -> None:
        """Remembers it in the system's keyring too, where there is one. Raises Unreachable."""
        ...


class Signer(Protocol):
    """The vault's part in prints: its key signs what they say of themselves."""

    def sign(self, statement: bytes) -> bytes:
        """The Ed25519 signature; a statement begins with what it is, so that none can be taken for another."""
        ...

    def vouches(self, entry: int, statement: bytes, signature: bytes) -> bool:
        """Whether the key that this profile had when `entry` was written, or has now, made the signature."""
        ...

    def public_key(self) -> bytes:
        """The key's public half, 32 bytes: with it others check what was signed."""
        ...

    def public_key_pem(self) -> bytes:
        """The same as other programs read it (SubjectPublicKeyInfo, RFC 8410)."""
        ...


class WaysIn(Protocol):
    """The vault's part in opening the profile."""

    def make_recovery_code(self) -> str:
        """A new code to be printed; an earlier one opens nothing any more. Raises Damaged and OSError."""
        ...

    def people(self) -> tuple[str, ...]:
        """Who has a passphrase of their own (NIP). Raises Damaged."""
        ...

    def whose(self, passphrase: str) -> str | None:
        """Whom a passphrase or code lets in: the NIP of whose own it is, "" for the office, None for nobody. Takes a
        second, or more; raises Damaged."""
        ...

    def is_code(self, secret: str) -> bool:
        """Whether this is the recovery code that holds now. Takes a second; raises Damaged."""
        ...

    def keep_passphrase(self, passphrase: str) -> None:
        """Makes (or makes anew) the office's passphrase. Raises Declined where it is somebody's own, Damaged and
        OSError."""
        ...

    def keep_own(self, person: str, passphrase: str) -> None:
        """Makes (or makes anew) a person's own way in. Raises Declined where it is somebody's already, Damaged and
        OSError."""
        ...

    def take_own(self, person: str) -> None:
        """Ends a person's own way in. Raises Damaged and OSError."""
        ...


class Archive(Protocol):
    """What copies the open profile into one encrypted file. Called on worker threads; takes as long as the disk."""

    def require_place(self, folder: Path) -> None:
        """Raises Declined for a place that is no folder, or in which the data itself lies."""
        ...

    def make(self, folder: Path, at: datetime, progress: BackupProgress) -> MadeBackup:
        """A backup that was read back, whatever is written meanwhile; what `progress` raises ends it. Raises Declined
        where it could not be opened elsewhere, Hindered and Damaged: then earlier ones stay."""
        ...


class Secrets(Protocol):
    """The vault's part in reaching a CA: credentials lie in the keyring, never in the database."""

    def keep_secret(self, name: str, value: str) -> None:
        """Raises Unreachable when the keyring does not take it."""
        ...

    def secret(self, name: str) -> str:
        """ "" when there is none. Raises Unreachable and Damaged."""
        ...


# ── the certificate authority ────────────────────────────────────────────────────────────────


class Gateway(Protocol):
    """One certificate authority. Called on worker threads only; every method may take seconds.

    All methods may raise Unreachable (nothing happened). `revoke` and `enrol` may raise Refused (the CA
    said no) and Unsettled (may have happened: ask with `recall` and `signed_status`, never repeat).
    """

    @property
    def identifier(self) -> str:
        """ "training", "portal", …: stored with the case, which can never change it."""
        ...

    @property
    def training(self) -> bool:
        """True for the training CA only; a profile holds gateways of one sort."""
        ...

    @property
    def label(self) -> str:
        """What the status bar calls it."""
        ...

    @property
    def searches(self) -> bool:
        """Whether the CA can be asked for certificates; where not, `find_…` raise Unreachable and the officer
        brings the certificates."""
        ...

    @property
    def by_hand(self) -> bool:
        """Whether a person acts in the CA's portal: `revoke` and `enrol` then only begin to wait."""
        ...

    def check(self) -> tuple[CheckItem, ...]:
        """Reachability, credentials, the CA's certificate, clock skew, profile names. Changes nothing and
        raises nothing."""
        ...

    def preflight(self, csr_der: bytes) -> tuple[CheckItem, ...]:
        """Whether a reissue on this CSR can be asked for now; only a portal does without one (b""). Changes nothing
        and raises nothing."""
        ...

    def find_by_serial(self, serial: int) -> CertificateRecord | None:
        """The certificate with this serial; None when the CA has none."""
        ...

    def find_by_key(self, key_sha256: str) -> tuple[CertificateRecord, ...]:
        """Every certificate on this public key (SHA-256 of the SubjectPublicKeyInfo, hex)."""
        ...

    def find_by_holder(self, identifiers: frozenset[str]) -> tuple[CertificateRecord, ...]:
        """Every certificate whose holder carries one of these (NIP, NIK, e-mail), and perhaps others beside them."""
        ...

    def revoke(self, order: RevocationOrder) -> Waiting | None:
        """Revokes; None when the CA has said that it did. Already revoked for the same reason: None."""
        ...

    def enrol(self, order: EnrolmentOrder) -> Issued | Waiting:
        """Asks for a certificate on the CSR, once."""
        ...

    def poll(self, reference: str) -> Issued | Waiting:
        """Asks after an enrolment that waits for approval. May raise Refused."""
        ...

    def recall(self, request_id: str, key_sha256: str) -> Issued | Waiting | None:
        """What became of an enrolment whose answer was lost; None when the CA has nothing on it.

        Raises Unreachable when the CA cannot tell.
        """
        ...

    def issuer_chain(self) -> tuple[bytes, ...]:
        """The CA's certificates, issuer first (DER)."""
        ...

    def signed_status(self, serial: int, certificate: CertificateFacts | None = None) -> tuple[SignedStatus, ...]:
        """What the CA signs about a serial now: one OCSP answer, or its CRL and the deltas to it.

        `certificate`, once proved to be the CA's own, may name where these are published.
        """
        ...

    def holder_status(self, nik: str) -> str:
        """What the CA's own service says of a person's certificate, in its words; "" where it has none."""
        ...

    def close(self) -> None:
        """Gives connections and files back."""
        ...


def works_by_hand(gateway: Callable[[], Gateway]) -> bool:
    """Whether the CA in use is a portal in which a person acts; not while its settings or the keyring fail."""
    try:
        return gateway().by_hand
    except LockdeskError:
        return False


class PracticeAuthority(Protocol):
    """What only the training CA can do: the trainer's side of it."""

    def issue_practice_certificate(
        self, name: str, organization: str, serial: int, *, email: str = "", serial_number: str = ""
    ) -> object:
        """Gives an unknown serial a certificate. Raises Declined when the serial is somebody's already."""
        ...

    def approve(self, reference: str) -> None: ...

    def decline(self, reference: str, words: str) -> None: ...


# ── the post ─────────────────────────────────────────────────────────────────────────────────


class Post(Protocol):
    """The office's mail account. Called on worker threads only; every method may take minutes."""

    @property
    def address(self) -> str:
        """The office's own address: sender, and where the blind copy goes."""
        ...

    def send(self, mail: bytes, recipients: Sequence[str], handing: Callable[[], None]) -> str:
        """Sends the very bytes to all recipients or to none; gives the server's words of acceptance.

        `handing` is called before the end of the message is sent: until then nothing can have been accepted. Raises
        Unreachable (not sent, may be tried again), Refused (the server says never), Unsettled (the end was sent, no
        answer came: never repeat it).
        """
        ...

    def holds_copy(self, message_id: str) -> bool:
        """Whether the blind copy of a message lies in the office's mailbox. Raises Unreachable and Refused."""
        ...

    def check(self) -> tuple[CheckItem, ...]:
        """Reachability, TLS and sign-in of the SMTP server. Sends nothing and raises nothing."""
        ...

    def close(self) -> None:
        """Ends what is on its way."""
        ...


KnownUids = Callable[[str, int], Collection[int]]
"""Which UIDs of a folder under a UIDVALIDITY are known already."""


class Mailbox(Protocol):
    """The mailbox that requests arrive in. Called on worker threads only; every method is one exchange and may take
    minutes. All of them but `check` and `close` raise Unreachable and Refused.
    """

    def look(self, known: KnownUids) -> Looked:
        """What the folder holds, and some of what is not known; nothing there is changed."""
        ...

    def fetch(self, places: Sequence[MailPlace]) -> tuple[FetchedMail, ...]:
        """These mails once more, without those that are gone; as many as one exchange takes."""
        ...

    def move(self, places: Sequence[MailPlace]) -> None:
        """Moves mail to the folder for accepted mail, which is made where there is none."""
        ...

    def wait(self) -> bool | None:
        """Waits some minutes for the server to tell of news, and says whether it did; None at once where the server
        tells of none by itself."""
        ...

    def check(self) -> tuple[CheckItem, ...]:
        """Reachability, TLS, sign-in and folder. Changes nothing and raises nothing."""
        ...

    def close(self) -> None:
        """Ends what is on its way."""
        ...


class MailHouse(Protocol):
    """The office's account with its post and its mailbox; called on worker threads."""

    def account(self) -> MailAccount | None:
        """The account in use; None where there is none."""
        ...

    def post(self) -> Post:
        """Raises Declined where there is no account, Unreachable (keyring)."""
        ...

    def mailbox(self) -> Mailbox:
        """As `post`."""
        ...


# ── the sealed reader ────────────────────────────────────────────────────────────────────────


MAIL_SUFFIXES = (".eml", ".msg")
"""Files that are a request of their own by their name; what they are is judged by their content."""


@dataclass(frozen=True, slots=True)
class NamedBytes:
    """A file as it was opened or dropped."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Trust:
    """Whose electronic signatures count: CA certificates and their revocation lists (DER), judged `at`."""

    anchors: tuple[bytes, ...]
    revocation_lists: tuple[bytes, ...]
    at: datetime


Progress = Callable[[ScanProgress, StatementFacts], None]
"""Told on the working thread, between two pages: which one is read next, and what those before it say."""


def unheard(_progress: ScanProgress, _read: StatementFacts) -> None:
    """The Progress of a reading that nobody follows."""


class Reader(Protocol):
    """Opens untrusted bytes in sealed child processes. A crash, a bomb or a hang is a result, not an error.

    Methods raise Unreachable only when the cage itself cannot be built (then documents stay unopened).
    """

    def read_request(self, files: Sequence[NamedBytes]) -> RequestFacts:
        """Reads files that form one request: an .eml, or a letter and a CSR, in any order."""
        ...

    def read_requests(self, files: Sequence[NamedBytes]) -> ReadFiles:
        """The same, with the requests of several people apart where the files hold them. Scans are read by OCR only
        where that tells whose they are: then it takes seconds."""
        ...

    def read_bounce(self, mail: bytes) -> Bounce | None:
        """What a delivery status notification says of one of our messages; None for any other mail."""
        ...

    def read_certificates(self, files: Sequence[NamedBytes]) -> tuple[bytes, ...]:
        """The certificates (DER) in files: PEM, DER, PKCS#7, or attached to a mail; empty when there are none."""
        ...

    def read_scan(self, pdf: bytes, report: Progress = unheard) -> StatementFacts:
        """A scanned letter read by OCR (`ocr` is True where something was read). Takes seconds a page.

        A page that cannot be read is `unread` and the others are read all the same.
        """
        ...

    def lines(self, pdf: bytes) -> tuple[Line, ...]:
        """The lines of a PDF's own text with their places, from top to bottom; none of a scan."""
        ...

    def render(self, pdf: bytes, page: int, width: int) -> PagePixels | None:
        """Page `page` (from 0) rendered `width` pixels wide; None when it cannot be rendered."""
        ...

    def read_sheet(self, content: bytes) -> SheetFacts:
        """The rows of an XLSX (its first sheet) or CSV file."""
        ...

    def warm(self) -> None:
        """Begins what the first document would wait for."""
        ...

    def close(self) -> None:
        """Ends every reading on its way, and the processes."""
        ...

    def cage(self) -> Mapping[str, str]:
        """What holds the children on this machine: {"walls": "…", "limits": "…"}; where no walls are proved, "walls"
        is "" and "detail" says why."""
        ...


# ── paper ────────────────────────────────────────────────────────────────────────────────────


class Paper(Protocol):
    """Lays out prints."""

    def render(self, sheet: Sheet, told: PagesTold = untold) -> bytes:
        """The PDF of a sheet, whatever its texts hold: what the bundled faces lack is replaced visibly. Raises
        LayoutStopped."""
        ...

    def duplicate(self, pdf: bytes, words: str) -> bytes:
        """The pages of one of our prints, each marked as a duplicate, with `words` that say of when."""
        ...


class PrintQueue(Protocol):
    """The system's print queues. Called on worker threads only; every method may take seconds."""

    def printers(self) -> tuple[str, ...]:
        """The queues there are, the default one first; none where there is no print system. Raises Unreachable where
        it does not answer."""
        ...

    def send(self, pdf: bytes, printer: str, title: str, size: PaperSize, copies: int) -> str:
        """Hands a PDF to a queue and gives the job's name there. Raises Unreachable when there is none."""
        ...

    def status(self, job: str, printer: str) -> JobStatus:
        """What became of a job. Raises Unreachable when the print system does not answer."""
        ...

    def cancel(self, job: str) -> None:
        """Takes a job out of its queue. Raises Unreachable when that cannot be done."""
        ...
