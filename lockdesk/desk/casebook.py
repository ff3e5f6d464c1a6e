"""The casebook's port: everything the desk keeps, read and written."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Protocol, TypeVar

from lockdesk.core.cases import CaseState
from lockdesk.core.journal import ChainReport, JournalHead
from lockdesk.core.messages import MessageState
from lockdesk.core.quarters import Bounds, Quarter
from lockdesk.desk.values.cases import (
    Board,
    CaseFilter,
    CaseRow,
    CaseView,
    ListPage,
    Message,
    OperationView,
    WorkingDay,
)
from lockdesk.desk.values.complaints import ComplaintForm, ComplaintPage, ComplaintRow, ComplaintView
from lockdesk.desk.values.emergency import EmergencyPrint
from lockdesk.desk.values.journal import JournalFilter, JournalPage
from lockdesk.desk.values.listing import EVER, PLAIN, Key, ListView, Span
from lockdesk.desk.values.mail import MailPlace
from lockdesk.desk.values.marks import Mark
from lockdesk.desk.values.office import ClosedDay, SettingVersion
from lockdesk.desk.values.people import RegisterEntry
from lockdesk.desk.values.privacy import DataRequest, Disposal, DueItem, Ended
from lockdesk.desk.values.register import RegisterPage, RegisterView
from lockdesk.desk.values.reports import BookCall, BookCase, CaseFact, ComplaintFact
from lockdesk.desk.values.sheets import EarlierPrint, PrintEntry
from lockdesk.desk.values.tray import KnownMail
from lockdesk.records import dataclass

if TYPE_CHECKING:
    from lockdesk.desk.changes import Change, Committed

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class KeyUse:
    """An earlier appearance of a public key: in which case, how, and whose."""

    use: str
    case_id: int
    number: str
    case_open: bool
    nik: str
    nip: str


@dataclass(frozen=True, slots=True)
class MarkUse:
    """An earlier document with the same mark: in which case, in what state, and whose."""

    mark: Mark
    case_id: int
    number: str
    state: CaseState
    nik: str
    nip: str


@dataclass(frozen=True, slots=True)
class JournalCheck:
    """The result of walking the journal: the chain, its seal, and the vault's mark."""

    chain: ChainReport
    seal_valid: bool
    behind_mark: bool

    @property
    def whole(self) -> bool:
        return self.chain.whole and self.seal_valid and not self.behind_mark


class Casebook(Protocol):
    """All methods may be called from any worker thread; they wait for the owner thread's answer.

    Every method may raise Damaged when the database cannot be trusted.
    """

    def commit(self, change: "Change") -> "Committed":
        """Carries out one change. Raises Declined when a rule or the expected state forbids it."""
        ...

    def together(self, read: Callable[[], T]) -> T:
        """Runs `read`, which reads several times and asks nobody else, as one unit: what it reads is of one moment, and
        is what the next change will meet unless somebody else writes first."""
        ...

    def page(
        self,
        case_filter: CaseFilter,
        after: Key | None,
        limit: int,
        day: WorkingDay | None = None,
        view: ListView = PLAIN,
        received: Span = EVER,
    ) -> ListPage:
        """`day` is needed by the filters that are about today; `received` are the days of the view."""
        ...

    def completed_without(self, kind: str, since: datetime) -> tuple[CaseRow, ...]:
        """Cases completed since then of which no print of this kind was handed to a print queue or saved as a file
        after, the newest first."""
        ...

    def board(self, day: WorkingDay) -> Board:
        """What presses: it costs what the open cases and complaints cost, however many are closed."""
        ...

    def search(self, text: str, limit: int) -> tuple[CaseRow, ...]: ...

    def row(self, case_id: int) -> CaseRow: ...

    def counts(self) -> Mapping[str, int]: ...

    def case(self, case_id: int) -> CaseView:
        """Raises Declined ("case.unknown") when there is none."""
        ...

    def document(self, document_id: int) -> bytes:
        """Raises Declined when only a refusal was kept."""
        ...

    def case_with_mail(self, sha256: str) -> int | None:
        """The case that a raw mail (or the same set of files) already opened, or to which the mail came later."""
        ...

    def mails_of_cases(self, digests: Sequence[str]) -> frozenset[str]:
        """Those of many raw mails of which `case_with_mail` knows a case."""
        ...

    def cases_of_person(self, nik: str, nip: str) -> tuple[CaseRow, ...]:
        """Earlier and open cases of a person, newest first."""
        ...

    def key_uses(self, key_sha256: str, except_case: int | None) -> tuple[KeyUse, ...]: ...

    def mark_uses(self, marks: Sequence[Mark], except_case: int | None) -> tuple[MarkUse, ...]:
        """Other cases' documents with one of these marks (equal kind and value), oldest first."""
        ...

    def open_operations(self) -> tuple[OperationView, ...]: ...

    def message(self, message_id: int) -> Message: ...

    def messages_in(self, states: Collection[MessageState]) -> tuple[Message, ...]:
        """Every message in one of these states, the oldest first."""
        ...

    def message_named(self, mail_id: str) -> Message | None:
        """The message that we sent with this Message-ID."""
        ...

    def message_content(self, message_id: int) -> bytes:
        """The bytes as they are sent. Raises Declined where the message is carried by hand."""
        ...

    def outbox_counts(self) -> Mapping[MessageState, int]:
        """How many messages are in each of the states in which something is still to come."""
        ...

    def complaint_page(
        self, which: str, after: Key | None, limit: int, view: ListView = PLAIN, received: Span = EVER
    ) -> ComplaintPage: ...

    def complaint(self, complaint_id: int) -> ComplaintView:
        """Concealed where the complainant asked for it, as everything that is read of complaints."""
        ...

    def complaint_form(self, complaint_id: int) -> ComplaintForm:
        """What was written down, whole: for where it is sent to, and for who may see it."""
        ...

    def complaint_thread(self, complaint_id: int) -> tuple[str, ...]:
        """The Message-IDs of the mails that an answer to the complainant answers, the nearest last."""
        ...

    def complaint_of_mail(self, mail_id: str) -> int:
        """The complaint that a complainant's mail with this Message-ID began or joined; 0 where there is none."""
        ...

    def search_complaints(self, text: str, limit: int) -> tuple[ComplaintRow, ...]: ...

    def awaiting_complainant(self) -> tuple[int, ...]:
        """The ids of complaints that wait for the complainant's answer."""
        ...

    def evidence_file(self, file_id: int) -> bytes: ...

    def rows_of(self, ids: Sequence[int]) -> tuple[CaseRow, ...]:
        """The rows of the cases, in the order in which they are named."""
        ...

    def complaint_rows(self, ids: Sequence[int]) -> tuple[ComplaintRow, ...]: ...

    def quarter_cases(self, bounds: Bounds) -> tuple[CaseFact, ...]:
        """Every case that was received, ended, or was running in these bounds, in the order of their numbers."""
        ...

    def quarter_complaints(self, bounds: Bounds) -> tuple[ComplaintFact, ...]:
        """The same of complaints, which are received by their date."""
        ...

    def book_cases(self, bounds: Bounds) -> tuple[BookCase, ...]:
        """The cases received in these bounds, in the order of their reception."""
        ...

    def book_calls(self, bounds: Bounds) -> tuple[BookCall, ...]:
        """The calls in these bounds that count although somebody else was called, the oldest first."""
        ...

    def book_complaints(self, bounds: Bounds) -> tuple[ComplaintView, ...]:
        """The complaints received in these bounds, in the order of their reception, without their history."""
        ...

    def first_year(self) -> int | None:
        """The year in which the first case or complaint was received; None before there is one."""
        ...

    def report_parts(self, quarter: Quarter) -> Mapping[str, str]:
        """The office's own words in the report of a quarter, by the names of the parts that were written."""
        ...

    def survey_counts(self, first: date, last: date) -> Mapping[tuple[int, int], int]:
        """How often each score was given to each question (both from the survey's) from `first` to `last`."""
        ...

    def count_answers(self, day: date, scores: Sequence[int]) -> None:
        """One more survey form of that day. No record of a person: it leaves no journal entry, whose moment would tell
        who had answered, and no row of its own."""
        ...

    def register_page(self, text: str, after: tuple[str, int] | None, limit: int) -> RegisterPage:
        """Entries in the order of names, with words that begin like those of `text` where it has any."""
        ...

    def register_matching(
        self, nips: Sequence[str], niks: Sequence[str], namesakes: Sequence[str]
    ) -> tuple[RegisterEntry, ...]:
        """Entries, retired ones too, that carry one of the NIPs or NIKs, or one of the keys of namesakes."""
        ...

    def register_view(self, entry_id: int) -> RegisterView:
        """Raises Declined ("register.unknown") when there is none."""
        ...

    def register_find(self, nik: str, nip: str, email: str) -> tuple[RegisterEntry, ...]:
        """Entries of people in service that carry the NIP, else the NIK, else the office e-mail."""
        ...

    def emergency_prints(self, year: int) -> tuple[EmergencyPrint, ...]:
        """The emergency forms of a year that were printed, the newest first."""
        ...

    def case_of_emergency_form(self, number: str) -> str:
        """The number of the case that was entered from a form; "" for none."""
        ...

    def prints_of(self, number: str) -> tuple[EarlierPrint, ...]:
        """The prints that are kept about a case or complaint ("": about neither), newest first."""
        ...

    def print_entry(self, sequence: int) -> PrintEntry | None:
        """The print that left this journal entry; None where it was none."""
        ...

    def prints_like(self, digits: str) -> tuple[PrintEntry, ...]:
        """The prints whose entries' digests begin with these hex digits."""
        ...

    def print_content(self, print_id: int) -> bytes:
        """The PDF of a print that is kept. Raises Declined when there is none, Damaged when it is not the one that was
        digested."""
        ...

    def setting(self, name: str) -> str | None: ...

    def settings_under(self, prefix: str) -> tuple[SettingVersion, ...]:
        """Every value that settings whose name begins so ever had, in the order of their recording."""
        ...

    def closed_days(self, year: int | None) -> tuple[ClosedDay, ...]: ...

    def head(self) -> JournalHead: ...

    def last_moment(self) -> datetime | None:
        """When the newest journal entry was written; None in an empty casebook."""
        ...

    def verify_journal(self, progress: Callable[[int], None] | None = None) -> JournalCheck:
        """Walks the whole journal; `progress` is told how many entries were read, and ends it by what it raises."""
        ...

    def journal_page(self, wanted: JournalFilter, before: int | None, limit: int) -> JournalPage:
        """The newest entries before `before` (None: from the end) that fit, at most `limit`."""
        ...

    def export_journal(
        self, public_key: bytes, write: Callable[[bytes], object], progress: Callable[[int], None] | None = None
    ) -> JournalHead:
        """Writes the journal as `core.journal_export` lays it down, in steps, and gives the head at its end."""
        ...

    def journal_whole(self) -> bool:
        """What the last walk of the journal said; True until there was one."""
        ...

    def mark_behind(self) -> int:
        """How many entries the vault's mark was to be moved over and could not be; 0 as long as it can be written."""
        ...

    def keep_draft(self, form: str, text: str, at: datetime) -> None:
        """A half-typed form as it is `at` this moment; not a record, so it leaves no journal entry. "" drops it."""
        ...

    def load_draft(self, form: str) -> str: ...

    def known_mail(self, identity: str = "") -> tuple[KnownMail, ...]:
        """Every mail of the office's mailbox that was met and is not forgotten; with an identity every place of that
        one."""
        ...

    def keep_mail(self, mails: Sequence[KnownMail]) -> None:
        """What was decided on mails; not a record, so it leaves no journal entry."""
        ...

    def forget_mail(self, places: Sequence[MailPlace]) -> None: ...

    def evidence(self, operation_id: int) -> Sequence[tuple[str, bytes]]:
        """(kind, signed bytes) kept with an operation."""
        ...

    def due_for_disposal(self, ended: Ended) -> tuple[DueItem, ...]:
        """What ended before these moments and is held by nothing open, by kind, the oldest first."""
        ...

    def disposal(self, number: str) -> Disposal:
        """Raises Declined ("disposal.unknown") when there is none."""
        ...

    def disposals(self) -> tuple[Disposal, ...]:
        """The newest first."""
        ...

    def leave(self) -> None:
        """The program is about to close: what takes long and can be done again is broken off, the rest goes on."""
        ...

    def sweep(self) -> bool:
        """Writes the database's file anew without what was deleted in it; False where somebody reads meanwhile. Takes
        as long as the file is large. Raises Hindered."""
        ...

    def open_data_requests(self) -> tuple[DataRequest, ...]:
        """Requests of people for their own data that are not answered yet, the oldest first."""
        ...
