"""The desk: every service the window and the verbs call. A service is made when it is first asked for, so
that opening the window costs only what the window shows."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import field
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar, cast

from lockdesk.core.journal import Fact, JournalNote
from lockdesk.desk.casebook import Casebook
from lockdesk.desk.office.office import Office
from lockdesk.desk.office.reader_risk import ReaderRisk
from lockdesk.desk.ports import (
    Archive,
    Clock,
    Gateway,
    Mailbox,
    MailHouse,
    NamedBytes,
    Paper,
    Post,
    PracticeAuthority,
    PrintQueue,
    Reader,
    Signer,
    WaysIn,
)
from lockdesk.desk.reading import Reading
from lockdesk.desk.values.facts import Line, PagePixels
from lockdesk.desk.values.office import DayEnd
from lockdesk.desk.values.reports import Book, BookClosing, BookFormat
from lockdesk.desk.values.sheets import SLIP
from lockdesk.errors import LockdeskError, Unreachable
from lockdesk.machine_risk import Machine, this_machine
from lockdesk.patterns import prepare_patterns
from lockdesk.records import dataclass
from lockdesk.settings import DeskSettings
from lockdesk.words import _

if TYPE_CHECKING:
    from lockdesk.desk.complaints.log import Complaints
    from lockdesk.desk.journal import Journal
    from lockdesk.desk.office.arms import Arms
    from lockdesk.desk.office.asking import Asking
    from lockdesk.desk.office.backups import Backups
    from lockdesk.desk.office.connecting import Connecting
    from lockdesk.desk.office.decree import Decree
    from lockdesk.desk.office.first_day import FirstDay
    from lockdesk.desk.office.mailing import Mailing
    from lockdesk.desk.office.notice_texts import NoticeTexts
    from lockdesk.desk.office.own_ways import OwnWays
    from lockdesk.desk.office.rules import Rules
    from lockdesk.desk.office.setup import Setup
    from lockdesk.desk.office.trust_store import TrustStore
    from lockdesk.desk.operations.acting import Operations
    from lockdesk.desk.operations.arriving import ArrivingCertificates
    from lockdesk.desk.operations.guide import Steps
    from lockdesk.desk.operations.handwork import Handwork
    from lockdesk.desk.operations.lessons import Lessons
    from lockdesk.desk.operations.polling import Polling
    from lockdesk.desk.operations.practice import Practice
    from lockdesk.desk.operations.resetting import Resetting
    from lockdesk.desk.post.outbox import Outbox
    from lockdesk.desk.prints.checking import PrintCheck
    from lockdesk.desk.prints.earlier import EarlierPrints
    from lockdesk.desk.prints.making import Prints
    from lockdesk.desk.prints.queueing import Queueing
    from lockdesk.desk.prints.recovery import Recovery
    from lockdesk.desk.privacy.breaches import Breaches
    from lockdesk.desk.privacy.disposal import Disposals
    from lockdesk.desk.privacy.requests import DataRequests
    from lockdesk.desk.register.register import Register
    from lockdesk.desk.reports.books import Books
    from lockdesk.desk.reports.closing import Closing
    from lockdesk.desk.reports.evaluation import Evaluation
    from lockdesk.desk.reports.lists import Lists
    from lockdesk.desk.reports.overrides import Overrides
    from lockdesk.desk.requests.choosing import Choosing
    from lockdesk.desk.requests.gathering import Gathering
    from lockdesk.desk.requests.intake import Intake
    from lockdesk.desk.requests.notices import Notices
    from lockdesk.desk.requests.review import Review
    from lockdesk.desk.tray.tray import Tray
    from lockdesk.desk.values.cases import CaseRow
    from lockdesk.desk.values.mail import MailAccount
    from lockdesk.desk.values.tray import TrayMail

T = TypeVar("T")
_SLIP_DUE = timedelta(days=7)


class Pages:
    """Pages of stored and finished PDFs, rendered in the sealed child."""

    def __init__(self, casebook: Casebook, reader: Callable[[], Reader]) -> None:
        self._casebook = casebook
        self._reader = reader

    def render(self, document_id: int, page: int, width: int) -> PagePixels | None:
        return self._reader().render(self._casebook.document(document_id), page, width)

    def render_bytes(self, pdf: bytes, page: int, width: int) -> PagePixels | None:
        return self._reader().render(pdf, page, width)

    def lines(self, document_id: int) -> tuple[Line, ...]:
        """The text of a stored PDF and where it stands; none of a scan, whose text is kept with its case."""
        return self._reader().lines(self._casebook.document(document_id))

    def count(self, pdf: bytes) -> int:
        """How many pages a PDF of our own has."""
        return self._reader().read_request((NamedBytes("cetakan.pdf", pdf),)).statement.pages


class Drafts:
    """Half-typed forms that survive a power cut."""

    def __init__(self, casebook: Casebook, clock: Clock) -> None:
        self._casebook, self._clock = casebook, clock

    def keep(self, form: str, text: str) -> None:
        self._casebook.keep_draft(form, text, self._clock.now())

    def load(self, form: str) -> str:
        return self._casebook.load_draft(form)

    def drop(self, form: str) -> None:
        self.keep(form, "")


_CLOCK_STEP = timedelta(minutes=5)
"""What a clock that is set from time to time may be off."""


class Guard:
    """Locking and unlocking the window; both stand in the journal."""

    def __init__(
        self, casebook: Casebook, office: Office, opens: Callable[[str], bool], opened: Mapping[str, Fact]
    ) -> None:
        """`opened` tells how the profile was opened, for the journal. What is the newest entry now was written before
        this start."""
        self._casebook = casebook
        self._office = office
        self._opens = opens
        self._opened = opened
        self._last = casebook.last_moment()

    def lock(self) -> None:
        self._note("desk.locked")

    def unlock(self, passphrase: str) -> bool:
        """True when the passphrase opens the profile. Raises Declined when it is a substitute's who does not serve."""
        try:
            opened = self._opens(passphrase)
        except LockdeskError:
            self._note("desk.unlock_refused")
            raise
        self._note("desk.unlocked" if opened else "desk.unlock_refused")
        return opened

    @property
    def asks_who(self) -> bool:
        """Whether the window begins locked: the keyring opened it, and somebody with an own passphrase serves."""
        return self._opened.get("by") == "keyring" and self._office.somebody_else_serves

    def signed_in(self) -> datetime | None:
        """Journals the start. Returns when the newest entry was written where this computer's clock stands before it:
        set back, or its battery empty. That is told and journalled, and keeps nobody out."""
        last = self._last
        self._note("desk.opened", self._opened)
        if last is None or last - self._office.now() <= _CLOCK_STEP:
            return None
        self._note("desk.clock_behind", {"last_entry": last.isoformat()})
        return last

    def close_day(self, day: DayEnd) -> None:
        """The officer has seen what is still open, and ends the day."""
        self._note("desk.day_closed", day.counts)

    def _note(self, kind: str, facts: Mapping[str, Fact] = MappingProxyType({})) -> None:
        from lockdesk.desk.changes import Change

        self._casebook.commit(Change(self._office.now(), self._office.actor(), JournalNote(kind, facts)))


@dataclass(frozen=True, slots=True)
class Outside:
    """What the desk is wired to. The callables are asked once, when first needed."""

    clock: Clock
    office: Office
    casebook: Casebook
    gateway: Callable[[], Gateway]
    gateway_label: Callable[[], str]
    training: bool
    reader: Callable[[], Reader]
    paper: Callable[[], Paper]
    export_book: Callable[[Book, BookFormat], bytes]
    """A register book as a file, in which nothing that a cell holds can become a formula."""
    print_queue: Callable[[], PrintQueue]
    notice_texts: Callable[[], dict[str, tuple[str, str]]]
    portal_steps: "Callable[[], Steps]"
    opens: Callable[[str], bool]
    archive: Archive
    signer: Signer
    authority: Callable[[], PracticeAuthority] | None = None
    connecting: "Callable[[Callable[[], None]], Connecting] | None" = None
    """Makes the service that chooses the CA, told what to call after a change; None in practice."""
    mailing: "Callable[[Callable[[], None]], Mailing] | None" = None
    """The same for the mail account; None in practice, whose post is simulated."""
    simulated_post: Callable[[], MailHouse] | None = None
    """Practice: a mailbox in which nothing leaves the machine; None where there is none."""
    ways: WaysIn | None = None
    """The vault of a working profile; None in practice, whose passphrase everybody knows."""
    machine: Machine = field(default_factory=this_machine)
    opened: Mapping[str, Fact] = field(default_factory=dict)
    """How the profile was opened, for the journal."""


class _Late:
    """Stands for what is made when something is first asked of it."""

    def __init__(self, made: Callable[[], object]) -> None:
        self._made = made

    def __getattr__(self, name: str) -> Any:
        return getattr(self._made(), name)


class Desk:
    """One open profile. Services may be asked for from any thread; each exists once."""

    def __init__(self, outside: Outside) -> None:
        self._outside = outside
        self._locks: dict[str, threading.RLock] = {}
        """One for each service: what takes time to open keeps nobody from another."""
        self._made: dict[str, object] = {}
        self._closed = False
        self.clock = outside.clock
        self.office = outside.office
        self.casebook = outside.casebook
        self.reader_risk = ReaderRisk(outside.casebook, outside.office, outside.ways, outside.machine, self._reader)
        self.reading = Reading(
            outside.casebook, outside.office, outside.gateway_label, outside.training, self.reader_risk.accepted
        )
        self.pages = Pages(outside.casebook, self._reader)
        self.drafts = Drafts(outside.casebook, outside.clock)
        self.guard = Guard(outside.casebook, outside.office, outside.opens, outside.opened)

    def settings(self) -> DeskSettings:
        return self.office.settings

    def _once(self, name: str, make: Callable[[], T]) -> T:
        with self._locks.setdefault(name, threading.RLock()):
            if name not in self._made:
                self._made[name] = make()
            return cast(T, self._made[name])

    @property
    def gateway(self) -> Gateway:
        """The certificate authority of this profile; opened when first asked for. Raises Unreachable once the desk
        is closed: nothing more is sent then."""
        with self._locks.setdefault("gateway", threading.RLock()):
            if self._closed:
                raise Unreachable(_("Program sedang ditutup."), code="desk.closed")
            return self._once("gateway", self._outside.gateway)

    @property
    def connecting(self) -> "Connecting | None":
        """Chooses and tries the CA; None in practice, which has the training CA alone."""
        make = self._outside.connecting
        return None if make is None else self._once("connecting", lambda: make(self._drop_gateway))

    @property
    def mailing(self) -> "Mailing | None":
        """Chooses and tries the mail account; None in practice, whose post is simulated."""
        make = self._outside.mailing
        return None if make is None else self._once("mailing", lambda: make(self._drop_post))

    @property
    def has_mailbox(self) -> bool:
        """Whether there may be a mailbox that requests arrive in: a working profile's, or a simulated one."""
        return self._outside.mailing is not None or self._outside.simulated_post is not None

    @property
    def _mail_house(self) -> MailHouse | None:
        make = self._outside.simulated_post
        return self.mailing if make is None else self._once("simulated_post", make)

    @property
    def post(self) -> Post:
        """The office's post; opened when first asked for. Raises Declined where there is no account, Unreachable once
        the desk is closed."""
        with self._locks.setdefault("post", threading.RLock()):
            house = self._mail_house
            if self._closed or house is None:
                raise Unreachable(_("Program sedang ditutup."), code="desk.closed")
            return self._once("post", house.post)

    def _mailbox(self) -> Mailbox:
        """The mailbox that requests arrive in, as `post`."""
        with self._locks.setdefault("mailbox", threading.RLock()):
            house = self._mail_house
            if self._closed or house is None:
                raise Unreachable(_("Program sedang ditutup."), code="desk.closed")
            return self._once("mailbox", house.mailbox)

    def _drop_post(self) -> None:
        """The account changed, or the desk is closed: what is on its way ends."""
        for name in ("post", "mailbox"):
            with self._locks.setdefault(name, threading.RLock()):
                line = cast("Post | Mailbox | None", self._made.pop(name, None))
            if line is not None:
                line.close()

    def _drop_gateway(self) -> None:
        """The CA's settings changed: the next call goes the new way."""
        with self._locks.setdefault("gateway", threading.RLock()):
            gateway = cast("Gateway | None", self._made.pop("gateway", None))
        if gateway is not None:
            gateway.close()

    def leave(self) -> None:
        """The desk is closed soon: what is kept until then finds the casebook free."""
        self.casebook.leave()

    def close(self) -> None:
        """Ends the calls to the CA and the readings that are on their way, and begins no more.

        What was sent stays an open operation with its intent stored; the next start asks what became of it.
        """
        self._closed = True
        reader = cast("Reader | None", self._made.get("reader"))
        self._drop_gateway()
        self._drop_post()
        if reader is not None:
            reader.close()

    def warm(self) -> None:
        """Has the first document and the first certificate of a day wait for as little as can be; on a worker
        thread."""
        from lockdesk.pki.lint import warm

        self._reader().warm()
        warm()
        prepare_patterns()

    def _reader(self) -> Reader:
        """Made when it is first asked to read: its libraries take a tenth of a second to load, and who only hands it
        on, the window's thread among them, waits for none of them."""
        return cast(Reader, _Late(self._opened_reader))

    def _opened_reader(self) -> Reader:
        reader = self._once("reader", self._outside.reader)
        if self._closed:  # it may have been made meanwhile
            reader.close()
            raise Unreachable(_("Program sedang ditutup."), code="desk.closed")
        return reader

    def _gathering(self) -> "Gathering":
        from lockdesk.desk.requests.gathering import Gathering

        return self._once("gathering", lambda: Gathering(self.casebook, self.office, lambda: self.gateway))

    @property
    def intake(self) -> "Intake":
        from lockdesk.desk.requests.intake import Intake

        make = lambda: Intake(  # noqa: E731 - one expression, made once
            self.casebook, self.office, self._reader(), self._gathering(), lambda: self.gateway.identifier
        )
        return self._once("intake", make)

    @property
    def review(self) -> "Review":
        from lockdesk.desk.requests.review import Review

        return self._once("review", lambda: Review(self.casebook, self.office, self._reader(), self._gathering()))

    @property
    def choosing(self) -> "Choosing":
        from lockdesk.desk.requests.choosing import Choosing

        def made() -> Choosing:
            return Choosing(self.casebook, self.office, self._reader(), self._gathering(), self.review, self.intake)

        return self._once("choosing", made)

    @property
    def operations(self) -> "Operations":
        from lockdesk.desk.operations.acting import Operations

        return self._once(
            "operations",
            lambda: Operations(self.casebook, self.office, self._gathering(), lambda: self.gateway),
        )

    @property
    def polling(self) -> "Polling":
        from lockdesk.desk.operations.polling import Polling

        return self._once("polling", lambda: Polling(self.casebook, self.office, self.operations))

    def poll(self) -> tuple[int, ...]:
        """Asks the CA about the operations that wait; returns the cases that moved. Its part of the desk is not even
        loaded before something waits."""
        return self.polling.ask() if self.office.works and self.casebook.open_operations() else ()

    @property
    def handwork(self) -> "Handwork":
        from lockdesk.desk.operations.handwork import Handwork

        make = lambda: Handwork(  # noqa: E731 - one expression, made once
            self.casebook,
            self.office,
            self._reader(),
            self.review,
            self.operations,
            lambda: self.gateway,
            self._outside.portal_steps(),
        )
        return self._once("handwork", make)

    @property
    def arriving(self) -> "ArrivingCertificates":
        from lockdesk.desk.operations.arriving import ArrivingCertificates

        return self._once("arriving", lambda: ArrivingCertificates(self.casebook, self._reader(), self.handwork))

    @property
    def resetting(self) -> "Resetting":
        from lockdesk.desk.operations.resetting import Resetting

        return self._once("resetting", lambda: Resetting(self.casebook, self.office, self.review, self.operations))

    @property
    def notices(self) -> "Notices":
        from lockdesk.desk.requests.notices import Notices

        return self._once("notices", lambda: Notices(self.casebook, self.office, self.notice_texts))

    @property
    def notice_texts(self) -> "NoticeTexts":
        from lockdesk.desk.office.notice_texts import NoticeTexts

        return self._once("notice_texts", lambda: NoticeTexts(self.casebook, self.office, self._outside.notice_texts()))

    @property
    def outbox(self) -> "Outbox":
        from lockdesk.desk.post.outbox import Outbox
        from lockdesk.desk.post.writing import Writing

        def made() -> Outbox:
            writing = Writing(self.casebook, self.office, self.notices, self.notice_texts)
            return Outbox(self.casebook, self.office, writing, self._mail_account, lambda: self.post)

        return self._once("outbox", made)

    def _mail_account(self) -> "MailAccount | None":
        house = self._mail_house
        return house.account() if house is not None else None

    def slips_due(self) -> "tuple[CaseRow, ...]":
        """Cases whose officer wanted the slip printed once they are completed, and it was not since: for a week, then
        nobody waits for it. Their part of the desk is loaded once a case is without."""
        since = self.office.now() - _SLIP_DUE
        bare = self.casebook.completed_without(SLIP, since) if self.office.works else ()
        return self.notices.slips_due(bare) if bare else ()

    def send_mail(self) -> bool:
        """Sends what is due; whether anything changed. Its part of the desk is not even loaded before something is."""
        due = self.office.works and bool(self.casebook.outbox_counts())
        return due and self.outbox.work()

    @property
    def tray(self) -> "Tray":
        from lockdesk.desk.tray.tray import Tray

        make = lambda: Tray(  # noqa: E731 - one expression, made once
            self.casebook,
            self.office,
            self._reader(),
            self.intake,
            self.review,
            self.complaints,
            lambda: self.arriving,
            self.outbox.bounced,
            self._mailbox,
        )
        return self._once("tray", make)

    def look_for_mail(self) -> bool:
        """Looks into the office's mailbox; whether there is more to be fetched at once. Without an account its part of
        the desk is not even loaded. Raises Unreachable and Refused."""
        return self.office.works and self.office.posts() and self.tray.look()

    def search_mail(self, text: str) -> "tuple[TrayMail, ...]":
        """Mails that wait for the officer's decision and are about what `text` names."""
        return self.tray.search(text) if self.office.works and self.office.posts() else ()

    def mail_since(self) -> date | None:
        """The day before which mail in the office's mailbox is not looked at; None where all of it is."""
        account = self._mail_account()
        return account.since if account is not None else None

    def wait_for_mail(self) -> bool | None:
        """Waits some minutes for news of the mailbox; None where the server tells of none by itself. Raises Unreachable
        and Refused."""
        return self.tray.wait() if self.office.works and self.office.posts() else None

    @property
    def complaints(self) -> "Complaints":
        from lockdesk.desk.complaints.evidence import EvidenceFiles
        from lockdesk.desk.complaints.log import Complaints

        make = lambda: Complaints(self.casebook, self.office, EvidenceFiles(self._reader))  # noqa: E731 - made once
        return self._once("complaints", make)

    def close_unanswered(self) -> tuple[str, ...]:
        """Ends complaints whose complainants left a reply unanswered; their numbers. Its part of the desk is not even
        loaded before one waits."""
        due = self.office.works and self.casebook.awaiting_complainant()
        return self.complaints.close_unanswered() if due else ()

    def close_old_books(self) -> tuple[BookClosing, ...]:
        """Closes what is left open of the years before. Its part of the desk is not even loaded in a first year."""
        first = self.casebook.first_year()
        due = self.office.works and first is not None and first < self.office.today().year
        return self.closing.close_old() if due else ()

    @property
    def prints(self) -> "Prints":
        from lockdesk.desk.prints.making import Prints

        make = lambda: Prints(  # noqa: E731 - one expression, made once
            self.casebook,
            self.office,
            self._outside.paper(),
            self.reading.case,
            self.evaluation.report,
            self.books.read,
            self.reading.day_end,
            self.arms.picture,
            self._outside.signer,
        )
        return self._once("prints", make)

    @property
    def evaluation(self) -> "Evaluation":
        from lockdesk.desk.reports.evaluation import Evaluation

        return self._once("evaluation", lambda: Evaluation(self.casebook, self.office))

    @property
    def books(self) -> "Books":
        from lockdesk.desk.reports.books import Books

        make = lambda: Books(self.casebook, self.office, self._outside.export_book, self.closing.of)  # noqa: E731
        return self._once("books", make)

    @property
    def lists(self) -> "Lists":
        from lockdesk.desk.reports.lists import Lists

        def make() -> "Lists":
            pages = self.reading.page, self.reading.complaint_page
            return Lists(self.casebook, self.office, *pages, self._outside.export_book)

        return self._once("lists", make)

    @property
    def overrides(self) -> "Overrides":
        from lockdesk.desk.reports.overrides import Overrides

        return self._once("overrides", lambda: Overrides(self.casebook, self.office))

    @property
    def closing(self) -> "Closing":
        from lockdesk.desk.reports.closing import Closing

        return self._once("closing", lambda: Closing(self.casebook, self.office))

    @property
    def queueing(self) -> "Queueing":
        from lockdesk.desk.prints.queueing import Queueing

        return self._once("queueing", lambda: Queueing(self.casebook, self.office, self._outside.print_queue()))

    @property
    def earlier_prints(self) -> "EarlierPrints":
        from lockdesk.desk.prints.earlier import EarlierPrints

        return self._once("earlier", lambda: EarlierPrints(self.casebook, self.office, self._outside.paper()))

    @property
    def print_check(self) -> "PrintCheck":
        from lockdesk.desk.prints.checking import PrintCheck

        return self._once("print_check", lambda: PrintCheck(self.casebook, self.office, self._outside.signer))

    @property
    def journal(self) -> "Journal":
        from lockdesk.desk.journal import Journal

        return self._once("journal", lambda: Journal(self.casebook, self.office, self._outside.signer))

    @property
    def arms(self) -> "Arms":
        from lockdesk.desk.office.arms import Arms

        return self._once("arms", lambda: Arms(self.office, self._reader))

    @property
    def backups(self) -> "Backups":
        from lockdesk.desk.office.backups import Backups

        make = lambda: Backups(  # noqa: E731 - one expression, made once
            self.casebook, self.office, self._outside.archive, lambda: self.connecting, lambda: self.mailing
        )
        return self._once("backups", make)

    @property
    def own_ways(self) -> "OwnWays | None":
        """The substitutes' and the head's own passphrases; None in practice."""
        from lockdesk.desk.office.own_ways import OwnWays

        ways = self._outside.ways
        return (
            None
            if ways is None
            else self._once("own_ways", lambda: OwnWays(self.casebook, self.office, ways, self._code_kept))
        )

    def _code_kept(self) -> bool:
        return self.recovery is not None and self.recovery.kept()

    @property
    def recovery(self) -> "Recovery | None":
        """The recovery code of a working profile; None in practice."""
        from lockdesk.desk.prints.recovery import Recovery

        ways = self._outside.ways
        if ways is None:
            return None
        make = lambda: Recovery(  # noqa: E731 - one expression, made once
            self.casebook, self.office, ways, self._outside.paper(), self.arms.picture, self._outside.signer
        )
        return self._once("recovery", make)

    @property
    def first_day(self) -> "FirstDay | None":
        """What a working profile still lacks; None in practice."""
        from lockdesk.desk.office.first_day import FirstDay

        if self._outside.ways is None:
            return None
        make = lambda: FirstDay(self.casebook, self.office, self._code_kept, self.queueing.printers)  # noqa: E731
        return self._once("first_day", make)

    @property
    def disposals(self) -> "Disposals":
        from lockdesk.desk.privacy.disposal import Disposals

        make = lambda: Disposals(  # noqa: E731 - one expression, made once
            self.casebook, self.office, self._outside.ways, self._outside.opens, self._code_kept
        )
        return self._once("disposals", make)

    def finish_disposals(self) -> bool:
        """Cleans the database's file where a disposal could not. Its part of the desk is not even loaded before one was
        begun."""
        unswept = any(item.swept_at is None for item in self.casebook.disposals())
        return not unswept or self.disposals.settle()

    @property
    def data_requests(self) -> "DataRequests":
        from lockdesk.desk.privacy.requests import DataRequests

        return self._once("data_requests", lambda: DataRequests(self.casebook, self.office))

    @property
    def breaches(self) -> "Breaches":
        from lockdesk.desk.privacy.breaches import Breaches

        return self._once("breaches", lambda: Breaches(self.casebook, self.office))

    @property
    def register(self) -> "Register":
        from lockdesk.desk.register.register import Register

        make = lambda: Register(self.casebook, self.office, self._reader(), lambda: self.gateway)  # noqa: E731
        return self._once("register", make)

    @property
    def setup(self) -> "Setup":
        from lockdesk.desk.office.setup import Setup

        return self._once("setup", lambda: Setup(self.casebook, self.office))

    @property
    def rules(self) -> "Rules":
        from lockdesk.desk.office.rules import Rules

        return self._once("rules", lambda: Rules(self.casebook, self.office, self.setup))

    def read_decree(self, content: bytes, name: str) -> "Decree":
        """The closed days in a sheet. Raises Declined, Unreachable."""
        from lockdesk.desk.office.decree import read_decree

        return read_decree(self._reader(), content, name)

    @property
    def asking(self) -> "Asking":
        from lockdesk.desk.office.asking import Asking

        return self._once("asking", lambda: Asking(self.office, self.setup, lambda: self.gateway))

    @property
    def trust_store(self) -> "TrustStore":
        from lockdesk.desk.office.trust_store import TrustStore

        return self._once("trust_store", lambda: TrustStore(self.office, self.setup))

    @property
    def practice(self) -> "Practice | None":
        """The trainer's side of the training CA; None in the working profile."""
        authority = self._outside.authority
        if authority is None:
            return None
        from lockdesk.desk.operations.practice import Practice

        return self._once("practice", lambda: Practice(self.casebook, self.office, authority, self.review))

    @property
    def lessons(self) -> "Lessons | None":
        """Guided practice; None in the working profile."""
        if self.practice is None:
            return None
        from lockdesk.desk.operations.lessons import Lessons

        return self._once("lessons", lambda: Lessons(self.intake))
