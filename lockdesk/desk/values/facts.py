"""What the sealed reader found in the documents of a request. All of it is untrusted text."""

from dataclasses import field, replace
from datetime import datetime
from enum import StrEnum

from lockdesk.core.findings import Place
from lockdesk.desk.values.person_fields import PersonTexts
from lockdesk.pki.values import CsrProblem, CsrReading
from lockdesk.records import dataclass


class AttachmentKind(StrEnum):
    """What a file is by its content, whatever its name says."""

    MAIL = "mail"
    SIGNED_MAIL = "signed_mail"
    """S/MIME with the message inside its signature (smime.p7m)."""
    PDF = "pdf"
    CSR = "csr"
    PRIVATE_KEY = "private_key"
    PKCS12 = "pkcs12"
    CERTIFICATE = "certificate"
    ARCHIVE = "archive"
    ENCRYPTED = "encrypted"
    """Enciphered for somebody: CMS EnvelopedData or OpenPGP."""
    IMAGE = "image"
    OFFICE = "office"
    TEXT = "text"
    PROGRAM = "program"
    EMPTY = "empty"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Address:
    """An e-mail address. `mailbox` is local@domain, the domain in lower case and in Unicode."""

    name: str
    mailbox: str

    @property
    def domain(self) -> str:
        return self.mailbox.rpartition("@")[2]


@dataclass(frozen=True, slots=True)
class Attachment:
    """One file of a request.

    `content` is None when it must not be kept; `withheld` says why. `name` is cleaned (no path, no control
    characters). `size` in bytes, `sha256` of the original bytes.
    """

    name: str
    kind: AttachmentKind
    size: int
    sha256: str
    content: bytes | None
    declared_type: str = ""
    withheld: str = ""
    """ "key" (it holds a private key), "secret" (a passphrase in words), "closed" (it holds what could not be searched
    for a key), "locked" (a password would be needed for that), "large", "unread" (its reading was given up); "" when
    it is kept."""
    within: str = ""
    """The attached mail that it came in; "" for an attachment of the mail itself."""


@dataclass(frozen=True, slots=True)
class QuotedMail:
    """The headers of a mail inside the mail: anybody may have written them, so they prove nothing."""

    file: str
    sender: Address | None
    subject: str
    date: datetime | None
    signed: bool
    """Whether it is the mail's own content inside its S/MIME signature."""


@dataclass(frozen=True, slots=True)
class MailFacts:
    """The headers and parts of one e-mail. Header texts are decoded, single-line and capped."""

    sender: Address | None
    subject: str = ""
    date: datetime | None = None
    message_id: str = ""
    references: tuple[str, ...] = ()
    """The messages that it answers (In-Reply-To, References), the nearest first."""
    return_path: Address | None = None
    reply_to: tuple[Address, ...] = ()
    to: tuple[Address, ...] = ()
    cc: tuple[Address, ...] = ()
    authentication_results: tuple[str, ...] = ()
    received: tuple[str, ...] = ()
    text: str = ""
    attachments: tuple[Attachment, ...] = ()
    defects: tuple[str, ...] = ()
    """Stable names: "damaged", "too_many_parts", "too_deep", "private_key_in_text", "passphrase_in_text" …"""
    quoted: tuple[QuotedMail, ...] = ()
    unopened: tuple[str, ...] = ()
    """The names of containers that nobody opened: winmail.dat, a mail two layers down."""


@dataclass(frozen=True, slots=True)
class StatementFields(PersonTexts):
    """What was found in the letter, as it is written there; "" where nothing was found."""

    letter_number: str = ""
    letter_date: str = ""
    key_fingerprint: str = ""


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """Somebody whom the letter names, with the role that its words give: "applicant", "candidate" (one of several who
    could be the applicant), "superior", "verifier", "authorised", "contact" or "other", and "passed_over" once
    the officer chose another candidate. `doubted` names the fields of `fields` that are not certain."""

    role: str
    fields: StatementFields
    places: tuple[tuple[str, Place], ...] = ()
    doubted: tuple[str, ...] = ()
    row: bool = False
    """Whether the person stands in a row of a table."""


@dataclass(frozen=True, slots=True)
class HiddenText:
    """Text in the file that nobody sees, against what OCR reads. `alike`: it is by and large the painted letter (a
    scanner's own OCR); `differing` are the fields in which the two differ, `besides` a few words that stand nowhere
    else."""

    alike: bool
    differing: tuple[str, ...] = ()
    besides: str = ""


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a letter; the box as fractions of the page as it is shown, 0 to 1, from the top left."""

    page: int
    text: str
    left: float
    top: float
    right: float
    bottom: float
    confidence: float = 100.0
    """How sure OCR is of it, in per cent; 100 for the letter's own text."""

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    @property
    def height(self) -> float:
        return self.bottom - self.top


@dataclass(frozen=True, slots=True)
class Line:
    """Words that stand beside each other, from left to right."""

    page: int
    words: tuple[Word, ...]
    space: float = 0.0
    """The gap that words of one sentence may have on this page, where that is more than usual (a typewriter's)."""

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def top(self) -> float:
        return min(word.top for word in self.words)

    def wide_gap_before(self, index: int) -> bool:
        """Whether the word stands clearly apart from the one before it (a new column)."""
        if index == 0:
            return True
        before, word = self.words[index - 1], self.words[index]
        gap = word.left - before.right
        if gap <= self.space:  # nearly every word of a letter is asked for more than once
            return False
        return gap > 1.1 * (before.bottom - before.top) and gap > 1.1 * (word.bottom - word.top)


MOST_PAGES = 20
"""Pages of a letter of which the text is read: one is a page or two long."""
MOST_SCANNED_PAGES = 4
"""Pages of a scan that OCR reads: each takes up to some seconds."""


class StatementProblem(StrEnum):
    """Why a letter could not be opened."""

    NONE = ""
    MISSING = "missing"
    EMPTY = "empty"
    ENCRYPTED = "encrypted"
    DAMAGED = "damaged"
    TOO_LARGE = "too_large"
    TIMED_OUT = "timed_out"
    OFFICE = "office"
    """It came as a word processor's file, which nobody opens."""


class SignatureState(StrEnum):
    """What became of one electronic signature; the first of these that holds, from the worst down."""

    DAMAGED = "damaged"
    TAMPERED = "tampered"
    APPENDED = "appended"
    REVOKED = "revoked"
    EXPIRED = "expired"
    STRANGER = "stranger"
    NO_ANCHOR = "no_anchor"
    UNCHECKED = "unchecked"
    VALID = "valid"


@dataclass(frozen=True, slots=True)
class SignatureFacts:
    """One electronic signature in a letter (PAdES). `signer` and `issuer` are common names.

    `signed_at` is the signer's own claim. NO_ANCHOR: whole and unchanged, but nobody trusted was named.
    """

    state: SignatureState
    signer: str = ""
    issuer: str = ""
    signed_at: datetime | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class StatementFacts:
    """One PDF letter. `text` is capped; `places` tells where each field of `fields` stands."""

    problem: StatementProblem
    pages: int = 0
    text: str = ""
    fields: StatementFields = field(default_factory=StatementFields)
    places: tuple[tuple[str, Place], ...] = ()
    risks: tuple[str, ...] = ()
    """Stable names: "javascript", "open_action", "launch", "embedded_file", "uri", "odd_page_size"."""
    signature_fields: int = 0
    detail: str = ""
    ocr: bool = False
    """True when `text`, `fields` and `places` were read from a picture: they may be misread."""
    picture: str = ""
    """A scan's first page as 1536 bits in hex, alike for the same picture packed anew; "" for text."""
    signatures: tuple[SignatureFacts, ...] = ()
    lines: tuple[Line, ...] = ()
    """What OCR read and where, from top to bottom; a letter with text of its own is asked for it when needed."""
    unread: tuple[int, ...] = ()
    """Pages (from 0) that OCR was to read and could not: what stands there is not known."""
    doubted: tuple[tuple[str, str], ...] = ()
    """What OCR or the evidence leaves open: field and text. None of it stands in `fields`."""
    evidence: tuple[tuple[str, str], ...] = ()
    """What speaks for each field: "label", "below", "above", "column", "sentence", "signature" or "shape"."""
    people: tuple[PersonFacts, ...] = ()
    """Everybody whom the letter names."""
    hidden: HiddenText | None = None
    turns: tuple[int, ...] = ()
    """By how many quarters, clockwise, each page that OCR read must be turned to stand upright."""

    @property
    def has_text(self) -> bool:
        return bool(self.text.strip())

    @property
    def pages_read(self) -> int:
        """How many pages, from the first on, were to be read; what stands behind them nobody read."""
        return self.scanned_pages if self.ocr else min(self.pages, MOST_PAGES)

    @property
    def scanned_pages(self) -> int:
        """How many pages OCR reads of it."""
        return min(self.pages, MOST_SCANNED_PAGES)


@dataclass(frozen=True, slots=True)
class ScanProgress:
    """How far OCR is with a letter: it reads `page` (from 1) of `pages`, and what stands before is known."""

    page: int
    pages: int


class SheetProblem(StrEnum):
    """Why a spreadsheet could not be read."""

    NONE = ""
    UNREADABLE = "unreadable"
    TOO_LARGE = "too_large"
    """It is larger, or would unpack to more, than any staff register."""


Cell = str | float
"""What a spreadsheet's cell holds: text, or a number where it was typed as one."""


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row that holds anything; `number` counts from 1 as the spreadsheet's own margin does."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class SheetTable:
    """One sheet of a workbook; a CSV file is one without a name."""

    name: str
    rows: tuple[SheetRow, ...]


@dataclass(frozen=True, slots=True)
class SheetFacts:
    """The sheets of a spreadsheet that hold anything."""

    problem: SheetProblem
    tables: tuple[SheetTable, ...] = ()


@dataclass(frozen=True, slots=True)
class PagePixels:
    """One rendered page: 32-bit BGRX rows of `stride` bytes, top first."""

    page: int
    width: int
    height: int
    stride: int
    pixels: bytes
    pages: int = 0
    """How many pages the document has."""


KEY_KINDS = frozenset({AttachmentKind.PRIVATE_KEY, AttachmentKind.PKCS12})
"""Files that hold a private key."""


@dataclass(frozen=True, slots=True)
class RequestFacts:
    """A request as read: the mail (None for walk-ins), the letter, the CSR, everything else attached.

    `csr_count` is how many CSRs the request holds in all; `statement_file` and `csr_file` are the chosen
    attachments. `others` are the remaining ones.
    """

    mail: MailFacts | None
    statement: StatementFacts
    csr: CsrReading
    statement_file: Attachment | None = None
    csr_file: Attachment | None = None
    csr_count: int = 0
    others: tuple[Attachment, ...] = ()
    csr_quoted: int = 0
    """How many other CSRs stand only in the words of the mail, for example in a quoted earlier one."""
    csr_chosen: bool = False
    """Whether the officer named the CSR among several."""
    also_named: tuple[str, ...] = ()
    """Everybody whose papers the files hold, where they were taken as the request of one."""

    @property
    def attachments(self) -> tuple[Attachment, ...]:
        chosen = (self.statement_file, self.csr_file)
        return tuple(item for item in chosen if item is not None) + self.others

    def completed_by(self, later: "RequestFacts") -> "RequestFacts":
        """What was sent later replaces what it repeats and leaves the rest."""
        merged = self
        unopened = later.statement.problem is StatementProblem.OFFICE and self.statement_file is not None
        if later.statement.problem is not StatementProblem.MISSING and not unopened:
            merged = replace(merged, statement=later.statement, statement_file=later.statement_file)
        if later.csr.problem is not CsrProblem.MISSING:
            merged = replace(merged, csr=later.csr, csr_file=later.csr_file, csr_count=later.csr_count)
            merged = replace(merged, csr_chosen=False)
        # A private key that came without a CSR could burn none: it is told until a new CSR is judged beside it.
        kept = () if self.csr.facts is not None else tuple(item for item in self.others if item.kind in KEY_KINDS)
        return replace(merged, mail=later.mail or self.mail, others=(*kept, *later.others))

    def lacking(self, added: "RequestFacts") -> "RequestFacts":
        """What was added, its letter and its CSR as such only where there is none; else they are papers beside."""
        beside: list[Attachment] = []
        if self.statement_file is not None and added.statement_file is not None:
            beside.append(added.statement_file)
            added = replace(added, statement=StatementFacts(StatementProblem.MISSING), statement_file=None)
        if self.csr.facts is not None and added.csr.problem is not CsrProblem.MISSING:
            beside += [added.csr_file] if added.csr_file is not None else []
            added = replace(added, csr=CsrReading(CsrProblem.MISSING), csr_file=None)
        return replace(added, others=(*added.others, *beside))

    def filled_by(self, added: "RequestFacts") -> "RequestFacts":
        """With what `lacking` left of papers that were added; nothing that was there goes."""
        count = self.csr_count + added.csr_count
        return replace(self.completed_by(added), mail=self.mail, others=(*self.others, *added.others), csr_count=count)


@dataclass(frozen=True, slots=True)
class ReadFiles:
    """Files read as one request; `parts` are the requests of several people that they hold, each with its own papers,
    and none where they hold one. `names`: whose each of these is, by what its papers say."""

    whole: RequestFacts
    parts: tuple[RequestFacts, ...] = ()
    names: tuple[str, ...] = ()
