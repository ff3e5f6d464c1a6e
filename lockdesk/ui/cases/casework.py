"""The cases as the window works on them: every call to the desk about a case starts here.

One case is held at a time. Answers about another case change its row in the list and nothing else.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from lockdesk.core.cases import Route
from lockdesk.core.operations import POLLED_STATES
from lockdesk.core.service_hours import Interval
from lockdesk.desk.desk import Desk
from lockdesk.desk.operations.guide import CaWork
from lockdesk.desk.requests.scanning import begun
from lockdesk.desk.values.cases import (
    CallForm,
    CaseFilter,
    CaseRow,
    CaseView,
    ComparisonRow,
    DocumentRef,
    ListPage,
    Message,
    Preflight,
)
from lockdesk.desk.values.facts import Line, PagePixels
from lockdesk.desk.values.people import Applicant
from lockdesk.errors import LockdeskError
from lockdesk.ui.running.background import Background, Lane, Ticket
from lockdesk.ui.verification.choices import DOUBT, LETTER, OPEN, PERSON, Choice
from lockdesk.words import _

PAGE_ROWS = 60
DWELL_MS = 1000
"""A view is journalled after a second, never per arrow key."""
PageKey = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class CaseReading:
    """One case as it was just read."""

    case: CaseView
    row: CaseRow
    scanned: DocumentRef | None
    """The letter that is still to be read by OCR."""
    comparison: tuple[ComparisonRow, ...]
    ca_work: CaWork


def read_case(desk: Desk, case_id: int) -> CaseReading:
    """Runs on a worker."""
    return reading_of(desk, desk.reading.case(case_id))


def reading_of(desk: Desk, case: CaseView) -> CaseReading:
    """Runs on a worker."""
    ca_work = CaWork() if desk.practice is not None else desk.handwork.ca_work(case)
    operation = case.open_operation()
    # What only a person can bring is not asked for.
    if operation is not None and operation.state in POLLED_STATES and not ca_work.awaits_certificate:
        ca_work = replace(ca_work, asked_by_itself=True, asks_at=desk.polling.plan(operation.id).next_at)
    row, comparison = desk.reading.row(case.id), desk.review.comparison(case)
    return CaseReading(case, row, desk.review.scanned_letter(case), comparison, ca_work)


class Casework(QObject):
    """Reads the list and the held case, takes steps, has pages rendered."""

    rows_read = Signal(object, bool)
    """A ListPage; True when it continues the list, False when it is its beginning read again."""
    filter_changed = Signal(str)
    case_read = Signal(object)
    """A CaseReading of the held case."""
    row_read = Signal(object)
    busy_changed = Signal(bool, str)
    page_rendered = Signal(int, object)
    lines_read = Signal(int, object)
    """A document and the lines of its text."""
    preflight_done = Signal(object)
    notice_drafted = Signal(object)
    nik_shown = Signal(int, str)
    deadline_explained = Signal(int, object)
    changed = Signal()
    """A step was taken: the counts in the status are old."""

    def __init__(self, desk: Desk, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._background = background
        self.case_id = 0
        self.filter = CaseFilter.ALL
        self._asked = 0
        self._reading: Ticket | None = None
        self._listing: Ticket | None = None
        self._page: Ticket | None = None
        self._busy: dict[int, str] = {}
        self._viewed: set[int] = set()
        self._lines: Ticket | None = None
        self._scanned: set[int] = set()
        """Letters that were given to OCR in this session: each is read once."""
        self._scanning: dict[int, CaseReading] = {}
        """Cases whose letter OCR is reading, as far as they are known: what is stored says less."""
        self._dwell = QTimer(self)
        self._dwell.setSingleShot(True)
        self._dwell.setInterval(DWELL_MS)
        self._dwell.timeout.connect(self._on_dwelt)

    # ── the list ──

    @Slot(str)
    def choose_filter(self, value: str) -> None:
        """Another filter: the list begins again."""
        self.filter = CaseFilter(value)
        self.filter_changed.emit(value)
        self.read_rows(PAGE_ROWS)

    def read_rows(self, count: int) -> None:
        """Reads the beginning of the list again, `count` rows of it."""
        if self._listing is not None:
            self._listing.cancel()
        job = partial(self._desk.reading.page, self.filter, None, max(count, PAGE_ROWS))
        self._listing = self._background.run(job, partial(self._on_rows, self.filter, False))

    @Slot(object)
    def read_more(self, key: PageKey) -> None:
        """The next page of the list."""
        job = partial(self._desk.reading.page, self.filter, key, PAGE_ROWS)
        self._background.run(job, partial(self._on_rows, self.filter, True))

    def _on_rows(self, case_filter: CaseFilter, continued: bool, page: ListPage) -> None:
        if case_filter is self.filter:
            self.rows_read.emit(page, continued)

    # ── the held case ──

    @Slot(int)
    def show(self, case_id: int) -> None:
        """Holds a case and reads it."""
        self.case_id = case_id
        self._dwell.start()
        self.read()

    @Slot()
    def read(self) -> None:
        """Reads the held case again."""
        if not self.case_id:
            return
        if self._reading is not None:
            self._reading.cancel()
        self._reading = self._background.run(partial(read_case, self._desk, self.case_id), self._on_case)

    def _on_case(self, reading: CaseReading) -> None:
        self.row_read.emit(reading.row)
        if reading.case.id == self.case_id:
            if reading.scanned is not None:
                self._read_scan(reading, reading.scanned.id)
            self.case_read.emit(self._scanning.get(self.case_id, reading))
            self._tell_busy()

    def _read_scan(self, reading: CaseReading, letter: int) -> None:
        """A scan is shown at once; what OCR reads in it comes page by page. A letter that comes later is a new one."""
        case_id = reading.case.id
        if case_id in self._scanning or letter in self._scanned:
            return
        self._scanned.add(letter)
        self._scanning[case_id] = replace(reading, case=begun(reading.case))
        tell, end = self._background.teller(self._on_page_read), self._background.teller(self._on_scanned)

        def read() -> None:
            try:
                self._desk.review.read_scan(case_id, lambda case: tell(reading_of(self._desk, case)))
            finally:
                end(case_id)

        self._background.run(read, lane=Lane.OCR)

    def _on_page_read(self, reading: CaseReading) -> None:
        self._scanning[reading.case.id] = reading
        if reading.case.id == self.case_id:
            self.case_read.emit(reading)

    def _on_scanned(self, case_id: int) -> None:
        """Whatever came of it stands in the case as it is read again; until then what is shown is still being read."""
        del self._scanning[case_id]
        self.changed.emit()
        self._background.run(partial(read_case, self._desk, case_id), self._on_case)

    @Slot()
    def _on_dwelt(self) -> None:
        if self.case_id and self.case_id not in self._viewed:
            self._viewed.add(self.case_id)
            self._background.run(partial(self._desk.review.viewed, self.case_id))

    # ── steps ──

    def step(self, case_id: int, job: Callable[[], object], words: str = "", lane: Lane = Lane.DESK) -> None:
        """Takes one step on a worker, then reads the case again, whatever came of it."""
        if case_id in self._busy:
            return
        self._background.run(job, partial(self._on_stepped, case_id), partial(self._on_refused, case_id), lane)
        self._busy[case_id] = words
        self._tell_busy()

    def _on_stepped(self, case_id: int, _result: object) -> None:
        self._busy.pop(case_id, None)
        self.changed.emit()
        self._background.run(partial(read_case, self._desk, case_id), self._on_case)

    def _on_refused(self, case_id: int, error: LockdeskError) -> None:
        self._on_stepped(case_id, None)
        self._background.failed.emit(error)

    def _tell_busy(self) -> None:
        self.busy_changed.emit(self.case_id in self._busy, self._busy.get(self.case_id, ""))

    @Slot(int)
    def start_review(self, case_id: int) -> None:
        self.step(case_id, partial(self._desk.review.start, case_id), lane=Lane.CA)

    @Slot(int)
    def accept(self, case_id: int) -> None:
        self.step(case_id, partial(self._desk.review.accept, case_id))

    @Slot(int, str, str)
    def decide(self, case_id: int, check: str, reason: str) -> None:
        self.step(case_id, partial(self._desk.review.decide, case_id, check, reason))

    @Slot(int, str, str)
    def recheck(self, case_id: int, _key: str, reason: str) -> None:
        self.step(case_id, partial(self._desk.review.recheck, case_id, reason), lane=Lane.CA)

    @Slot(int, str, str)
    def withdraw(self, case_id: int, _key: str, reason: str) -> None:
        self.step(case_id, partial(self._desk.review.withdraw, case_id, reason))

    @Slot(int, object)
    def reject(self, case_id: int, reasons: tuple[str, ...]) -> None:
        self.step(case_id, partial(self._desk.review.reject, case_id, reasons))

    @Slot(int, object, str)
    def ask_applicant(self, case_id: int, wanted: tuple[str, ...], words: str) -> None:
        self.step(case_id, partial(self._desk.review.ask_applicant, case_id, wanted, words))

    @Slot(int, object)
    def record_call(self, case_id: int, form: CallForm) -> None:
        self.step(case_id, partial(self._desk.review.record_call, case_id, form))

    @Slot(int, object, str)
    def correct(self, case_id: int, applicant: Applicant, reason: str) -> None:
        self.step(case_id, partial(self._desk.review.correct, case_id, applicant, reason), lane=Lane.CA)

    @Slot(int, str, str)
    def resolve_otherwise(self, case_id: int, route: str, note: str) -> None:
        self.step(case_id, partial(self._desk.review.resolve_otherwise, case_id, Route(route), note))

    @Slot(int, str, str)
    def set_route(self, case_id: int, route: str, reason: str) -> None:
        self.step(case_id, partial(self._desk.review.set_route, case_id, Route(route), reason))

    @Slot(int, str, str)
    def set_compromised(self, case_id: int, key: str, reason: str) -> None:
        """`key` is not empty when somebody else may know the passphrase."""
        self.step(case_id, partial(self._desk.review.set_compromised, case_id, bool(key), reason))

    @Slot(str, bool)
    def tick(self, item: str, ticked: bool) -> None:
        self.step(self.case_id, partial(self._desk.review.tick, self.case_id, item, ticked))

    @Slot(object)
    def choose(self, choice: Choice) -> None:
        """What the officer chooses of what the letter leaves open."""
        case_id, choosing = self.case_id, self._desk.choosing
        jobs = {
            PERSON: lambda: choosing.person(case_id, int(choice.key)),
            DOUBT: lambda: choosing.settled(case_id, choice.key, choice.text),
            LETTER: lambda: choosing.letter(case_id, int(choice.key)),
            OPEN: lambda: choosing.left_open(case_id, choice.words),
        }
        self.step(case_id, jobs[choice.kind])

    @Slot(int, object)
    def deliver(self, case_id: int, message: Message) -> None:
        self.step(case_id, partial(self._desk.notices.deliver, case_id, message))

    @Slot(int, str)
    def told(self, case_id: int, how: str) -> None:
        self.step(case_id, partial(self._desk.notices.told, case_id, how))

    @Slot(int)
    def complete(self, case_id: int) -> None:
        self.step(case_id, partial(self._desk.notices.complete, case_id))

    @property
    def training(self) -> bool:
        """True in the practice profile."""
        return self._desk.practice is not None

    # ── questions whose answer opens a dialog ──

    @Slot()
    def explain_deadline(self) -> None:
        """Asks which time counts until the held case's deadline."""
        case_id = self.case_id
        job = partial(self._desk.reading.explain_deadline, case_id)
        self._background.run(job, partial(self._on_explained, case_id))

    def _on_explained(self, case_id: int, intervals: tuple[Interval, ...]) -> None:
        if case_id == self.case_id:
            self.deadline_explained.emit(case_id, intervals)

    def preflight(self, case_id: int) -> None:
        """Asks the CA whether revoking and reissuing can be done."""
        if case_id in self._busy:
            return
        job = partial(self._desk.operations.preflight, case_id)
        self._background.run(job, partial(self._on_preflight, case_id), partial(self._on_refused, case_id), Lane.CA)
        self._busy[case_id] = _("Memeriksa kesiapan CA…")
        self._tell_busy()

    def _on_preflight(self, case_id: int, preflight: Preflight) -> None:
        self._busy.pop(case_id, None)
        self._tell_busy()
        if preflight.case_id == self.case_id:
            self.preflight_done.emit(preflight)

    def draft_notice(self, case_id: int) -> None:
        self._background.run(partial(self._desk.notices.draft, case_id), self._on_drafted)

    def _on_drafted(self, message: Message) -> None:
        if message.case_id == self.case_id:
            self.notice_drafted.emit(message)

    @Slot(int, str, str)
    def unmask(self, case_id: int, _key: str, reason: str) -> None:
        """Shows the NIK in full; the desk journals it."""
        job = partial(self._desk.review.unmask_nik, case_id, reason)
        self._background.run(job, partial(self._on_nik, case_id))

    def _on_nik(self, case_id: int, nik: str) -> None:
        if case_id == self.case_id:
            self.nik_shown.emit(case_id, nik)

    # ── pages ──

    @Slot(int, int, int)
    def render(self, document: int, page: int, width: int) -> None:
        """Has a page rendered; an older wish that has not begun is dropped."""
        if self._page is not None:
            self._page.cancel()
        job = partial(self._desk.pages.render, document, page, width)
        failed = partial(self._on_unrendered, document)
        self._page = self._background.run(job, partial(self._on_page, document), failed, Lane.PAGES)

    @Slot(int)
    def read_lines(self, document: int) -> None:
        """Has a document's text read with its places; an older wish that has not begun is dropped."""
        if self._lines is not None:
            self._lines.cancel()
        job = partial(self._desk.pages.lines, document)
        read, failed = partial(self._on_lines, document), partial(self._on_no_lines, document)
        self._lines = self._background.run(job, read, failed, Lane.PAGES)

    def _on_lines(self, document: int, lines: tuple[Line, ...]) -> None:
        self.lines_read.emit(document, lines)

    def _on_no_lines(self, document: int, _error: LockdeskError) -> None:
        self.lines_read.emit(document, ())

    def _on_page(self, document: int, pixels: PagePixels | None) -> None:
        self.page_rendered.emit(document, pixels)

    def _on_unrendered(self, document: int, _error: LockdeskError) -> None:
        self.page_rendered.emit(document, None)
