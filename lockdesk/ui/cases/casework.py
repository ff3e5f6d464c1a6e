"""The cases as the window works on them: the list, the held case, its pages, and how a step is taken.

One case is held at a time. Answers about another case change its row in the list and nothing else.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from lockdesk.core.cases import Route
from lockdesk.core.operations import POLLED_STATES
from lockdesk.desk.desk import Desk
from lockdesk.desk.operations.guide import CaWork
from lockdesk.desk.requests.fitting import is_carried, waiting_notice
from lockdesk.desk.requests.steps import Availability, availability, only_reading, undecided
from lockdesk.desk.values.cases import (
    CaseFilter,
    CaseRow,
    CaseView,
    ComparisonRow,
    DocumentRef,
    ListPage,
    Message,
    NewCertificate,
)
from lockdesk.desk.values.drafts import of_case
from lockdesk.desk.values.facts import Line, PagePixels
from lockdesk.desk.values.listing import Key, ListView
from lockdesk.errors import Declined, LockdeskError
from lockdesk.records import dataclass
from lockdesk.ui.running.after_step import AfterStep
from lockdesk.ui.running.background import Background, Lane, Ticket, alive, deed_of
from lockdesk.ui.running.listing import ArrangedListing
from lockdesk.ui.running.troubles import About, Kind, Troubles
from lockdesk.ui.widgets.sheet import Sheet
from lockdesk.words import _

DWELL_MS = 1000
"""A view is journalled after a second, never per arrow key."""


@dataclass(frozen=True, slots=True)
class CaseReading:
    """One case as it was just read."""

    case: CaseView
    row: CaseRow
    scanned: DocumentRef | None
    """The letter that is still to be read by OCR."""
    comparison: tuple[ComparisonRow, ...]
    ca_work: CaWork
    works: bool
    """Whether the officer is there, and no head of section, who only reads."""
    posts: bool
    """Whether the office has a mail account; without one a notice is carried by hand."""
    waiting_notice: Message | None
    """What was confirmed and has not gone yet."""

    @property
    def awaits_holder(self) -> bool:
        """Whether the warning that comes first goes by what only a person sees in the CA's portal: whose the old
        certificate is."""
        waiting = undecided(self.case)
        unknown = bool(waiting) and waiting[0].check == "certificate.identified" and self.case.old_certificate is None
        return unknown and not self.ca_work.searches

    @property
    def available(self) -> Availability:
        return availability(self.case) if self.works else only_reading(_("Kepala Bidang hanya membaca kasus."))


def read_case(desk: Desk, case_id: int) -> CaseReading:
    """Runs on a worker."""
    return reading_of(desk, desk.reading.case(case_id))


def reading_of(desk: Desk, case: CaseView) -> CaseReading:
    """Runs on a worker."""
    by_protocol = desk.practice is not None and case.route is not Route.VERIFIER_RESET
    ca_work = CaWork() if by_protocol else desk.handwork.ca_work(case)
    operation = case.open_operation()
    # What only a person can bring is not asked for.
    if operation is not None and operation.state in POLLED_STATES and not ca_work.awaits_certificate:
        plan = desk.polling.plan(operation.id)
        ca_work = replace(ca_work, asked_by_itself=True, asks_at=plan.next_at, trouble=plan.trouble)
    row, comparison = desk.reading.row(case.id), desk.review.comparison(case)
    works = desk.office.works
    scanned = desk.review.scanned_letter(case) if works else None
    posts = desk.office.posts()
    waiting = waiting_notice(case, posts)
    if waiting is not None and is_carried(waiting) and not desk.notices.holds(case, waiting):
        waiting = None  # it is out of date
    return CaseReading(case, row, scanned, comparison, ca_work, works, posts, waiting)


def _last_of(desk: Desk) -> str:
    return f"window.case.{desk.office.role}"


def last_case(desk: Desk) -> int:
    """The case that was open the last time; 0 for none. Raises Declined where it is no more. Runs on a worker."""
    kept = desk.drafts.load(_last_of(desk))
    return desk.reading.row(int(kept)).id if kept.isdecimal() else 0


Begin = Callable[[CaseReading], None]
"""Begins an action on the held case: at once, by a dialog, or by a question first."""
Value = TypeVar("Value")


def _always() -> bool:
    return True


def _decline_another() -> None:
    raise Declined(
        _("Langkah lain untuk kasus ini masih berjalan; langkah yang baru diminta tidak dikerjakan."),
        _("Tunggu sampai selesai, lalu ulangi."),
        code="case.busy",
    )


class Casework(QObject):
    """Reads the list and the held case, takes steps, has pages rendered."""

    case_read = Signal(object)
    """A CaseReading of the held case."""
    row_read = Signal(object)
    busy_changed = Signal(bool, str)
    page_rendered = Signal(int, object)
    lines_read = Signal(int, object)
    """A document and the lines of its text."""
    nik_shown = Signal(int, str)
    kept_back = Signal()
    """An answer that would have opened a dialog came while the officer does something else."""
    led_on = Signal()
    """The held case was read after a step that leads on to the next one."""
    changed = Signal()
    """A step was taken: the counts in the status are old."""

    def __init__(self, desk: Desk, background: Background, troubles: Troubles, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.background = background
        self._troubles = troubles
        self.case_id = 0
        self.held: CaseReading | None = None
        """The case as it is shown; another one while a case is on its way."""
        filters = [str(value) for value in CaseFilter]
        self.listing = ArrangedListing(
            background, self._page_of_list, desk.drafts, "list.cases", filters, str(CaseFilter.ALL), self
        )
        self._asked = 0
        self._reading: Ticket | None = None
        self._page: Ticket | None = None
        self._busy: dict[int, str] = {}
        self.free: Callable[[], bool] = _always
        """Whether a dialog may open by itself now; the page of the cases says so."""
        self._leading: set[int] = set()
        """Cases whose step, once it is taken, leads on to the next one."""
        self._after_step = AfterStep()
        self._numbers: dict[int, str] = {}
        """Of the cases that were shown."""
        self._viewed: set[int] = set()
        self._last: int | None = None
        """The case that was kept as the one to begin with the next time."""
        self._lines: Ticket | None = None
        self._remarked: set[str] = set()
        """New certificates about which pkilint was asked in this session."""
        self._scanned: set[int] = set()
        """Letters that were given to OCR in this session: each is read once."""
        self._unscanned: set[int] = set()
        """Those of them that could not be read."""
        self._scanning: dict[int, CaseReading] = {}
        """Cases whose letter OCR is reading, as far as they are known: what is stored says less."""
        self._dwell = QTimer(self)
        self._dwell.setSingleShot(True)
        self._dwell.setInterval(DWELL_MS)
        self._dwell.timeout.connect(self._on_dwelt)

    def _page_of_list(self, case_filter: str, after: Key | None, limit: int, view: ListView) -> ListPage:
        return self._desk.reading.page(CaseFilter(case_filter), after, limit, view)

    # ── the held case ──

    @Slot(int)
    def show(self, case_id: int) -> None:
        """Holds a case and reads it."""
        self.case_id = case_id
        self._scanned -= self._unscanned
        self._unscanned.clear()
        self._dwell.start()
        self.read()

    @Slot()
    def read(self) -> None:
        """Reads the held case again."""
        if not self.case_id:
            return
        if self._reading is not None:
            self._reading.cancel()
        self._reading = self.background.run(partial(read_case, self._desk, self.case_id), self._on_case)

    def _on_case(self, reading: CaseReading) -> None:
        self._numbers[reading.case.id] = reading.case.number
        self.row_read.emit(reading.row)
        if reading.case.id == self.case_id:
            if reading.scanned is not None:
                self._read_scan(reading, reading.scanned.id)
            if reading.works and reading.case.new_certificate is not None:
                self._have_remarked(reading.case.id, reading.case.new_certificate)
            self._show(self._scanning.get(self.case_id, reading))
            self._show_busy()
            if self.case_id in self._leading and self.case_id not in self._busy:
                self.led_on.emit()
            self.tell_trouble()
        self._leading.discard(reading.case.id)

    def _have_remarked(self, case_id: int, made: NewCertificate) -> None:
        """A new certificate is shown at once; what pkilint remarks on it follows."""
        if made.remarks is None and made.serial not in self._remarked:
            self._remarked.add(made.serial)
            job, failed = partial(self._desk.operations.remark, case_id), partial(self._on_unremarked, case_id, made)
            self.background.run(job, lambda _done: self.read(), failed, Lane.CA)

    def _on_unremarked(self, case_id: int, made: NewCertificate, error: LockdeskError) -> None:
        """Told where the remarks would stand; they are asked for again when the case is read again."""
        self._remarked.discard(made.serial)
        if self.held is not None and self.held.case.id == case_id == self.case_id:
            told = _("Penilaian profil sertifikat belum dapat disimpan: {why} Dicoba lagi saat kasus ini dimuat ulang.")
            made = replace(made, remarks=(told.format(why=error.message),))
            self._show(replace(self.held, case=replace(self.held.case, new_certificate=made)))

    def _show(self, reading: CaseReading) -> None:
        self.held = reading
        self.case_read.emit(reading)

    def _read_scan(self, reading: CaseReading, letter: int) -> None:
        """A scan is shown at once; what OCR reads in it comes page by page. A letter that comes later is a new one."""
        case_id = reading.case.id
        from lockdesk.desk.requests.scanning import begun  # late: it needs every check

        if case_id in self._scanning or letter in self._scanned:
            return
        self._scanned.add(letter)
        self._scanning[case_id] = replace(reading, case=begun(reading.case))
        report, end = (
            self.background.on_gui_thread(self._on_page_read),
            self.background.on_gui_thread(self._on_scanned),
        )

        def read() -> None:
            try:
                self._desk.review.read_scan(case_id, lambda case: report(reading_of(self._desk, case)))
            finally:
                end(case_id)

        self._run_by_itself(case_id, read, partial(self._on_unscanned, letter), Lane.OCR)

    def _on_page_read(self, reading: CaseReading) -> None:
        self._scanning[reading.case.id] = reading
        if reading.case.id == self.case_id:
            self._show(reading)

    def _on_unscanned(self, letter: int) -> None:
        """Read once more when the case is opened again: at once it would come to the same, over and over."""
        self._unscanned.add(letter)

    def _on_scanned(self, case_id: int) -> None:
        """Whatever came of it stands in the case as it is read again; until then what is shown is still being read."""
        del self._scanning[case_id]
        self.changed.emit()
        self.background.run(partial(read_case, self._desk, case_id), self._on_case)

    @Slot()
    def _on_dwelt(self) -> None:
        if self.case_id and self.case_id not in self._viewed:
            self._viewed.add(self.case_id)
            job = partial(self._desk.review.viewed, self.case_id)
            self._run_by_itself(self.case_id, job, partial(self._viewed.discard, self.case_id))
        if self.case_id != self._last:
            self._last = self.case_id
            self.background.keep(partial(self._desk.drafts.keep, _last_of(self._desk), str(self.case_id or "")))

    def _run_by_itself(
        self, case_id: int, job: Callable[[], object], failed: Callable[[], None], lane: Lane = Lane.DESK
    ) -> None:
        """What nobody asked for, and is yet about a case: its error is that case's, and another's success ends it
        not. `failed`: it is not done."""
        deed = deed_of(job)

        def undone(error: LockdeskError) -> None:
            failed()
            self._on_unanswered(case_id, deed, error)

        self.background.run(job, partial(self._on_done, case_id, deed), undone, lane, by_itself=True)

    def _on_done(self, case_id: int, deed: str, _result: object) -> None:
        self._troubles.end(deed, About(Kind.CASE, case_id))

    # ── steps ──

    def step(
        self,
        case_id: int,
        job: Callable[[], object],
        words: str = "",
        lane: Lane = Lane.DESK,
        leads_on: bool = False,
    ) -> None:
        """Takes one step on a worker, then reads the case again, whatever came of it; `led_on` follows where the step
        was taken and the case is still held. While another one is on its way it is declined."""
        taken = self._after_step.begin()
        if self._is_busy(case_id):
            return
        self._leading.discard(case_id)
        deed = deed_of(job)
        stepped = partial(self._on_stepped, case_id, deed, leads_on, taken)
        self.background.run(job, stepped, partial(self._on_refused, case_id, deed), lane)
        self._begin(case_id, words)

    def keep_texts(self, sheet: Sheet, case_id: int, name: str) -> None:
        """What is half written in a dialog of the case is there again when it is opened anew."""
        from lockdesk.ui.widgets.kept_texts import KeptTexts  # late: the list is seen without any field

        KeptTexts(sheet, of_case(case_id, name), self.background, self._desk.drafts, self._after_step)

    def _on_stepped(self, case_id: int, deed: str, leads_on: bool, taken: Callable[[], None], _result: object) -> None:
        self._troubles.end(deed, About(Kind.CASE, case_id))
        taken()
        self._end(case_id, leads_on)

    def _end(self, case_id: int, leads_on: bool = False) -> None:
        self._busy.pop(case_id, None)
        if leads_on:
            self._leading.add(case_id)
        self.changed.emit()
        self.background.run(partial(read_case, self._desk, case_id), self._on_case)

    def _on_refused(self, case_id: int, deed: str, error: LockdeskError) -> None:
        self._end(case_id)
        self._on_unanswered(case_id, deed, error)

    def _on_unanswered(self, case_id: int, deed: str, error: LockdeskError) -> None:
        self._troubles.hear_of(About(Kind.CASE, case_id), self._numbers.get(case_id, ""), deed, error)

    def tell_trouble(self) -> None:
        """What a step of the case that is shown came to; not while another one is on its way."""
        if self.case_id not in self._busy:
            self._troubles.look()

    def shows(self, case_id: int) -> bool:
        """Whether this case is held and read."""
        return self.held is not None and self.held.case.id == case_id == self.case_id

    def _begin(self, case_id: int, words: str) -> None:
        self._troubles.begin(About(Kind.CASE, case_id))
        self._busy[case_id] = words
        self._show_busy()

    def _is_busy(self, case_id: int) -> bool:
        """Where it is, that is told: what was asked for is not begun."""
        busy = case_id in self._busy
        if busy:
            self.background.run(_decline_another)  # told once the dialog that asked is gone
        return busy

    def _show_busy(self) -> None:
        self.busy_changed.emit(self.case_id in self._busy, self._busy.get(self.case_id, ""))

    @property
    def training(self) -> bool:
        """True in the practice profile."""
        return self._desk.practice is not None

    # ── questions ──

    def ask(
        self,
        case_id: int,
        job: Callable[[], Value],
        answered: Callable[[Value], None],
        busy: str = "",
        dialog: bool = False,
    ) -> None:
        """A question whose answer is dropped when another case is held by then. With `busy` it is one to the CA, and no
        step is taken meanwhile. `dialog`: the answer opens one, and never over what the officer does by then."""
        taken = self._after_step.begin()
        if busy and self._is_busy(case_id):
            return
        deed = deed_of(job)
        failed = partial(self._on_refused if busy else self._on_unanswered, case_id, deed)
        lane = Lane.CA if busy else Lane.DESK
        told = partial(self._on_answered, case_id, deed, answered, bool(busy), dialog, taken)
        self.background.run(job, told, failed, lane)
        if busy:
            self._begin(case_id, busy)

    def find(self, job: Callable[[], Value], answered: Callable[[Value], None]) -> None:
        """A question that is answered whatever case is held by then."""
        self.background.run(job, answered)

    def _on_answered(
        self,
        case_id: int,
        deed: str,
        answered: Callable[[Value], None],
        busy: bool,
        dialog: bool,
        taken: Callable[[], None],
        value: Value,
    ) -> None:
        self._troubles.end(deed, About(Kind.CASE, case_id))
        taken()
        if busy:
            self._busy.pop(case_id, None)
            self._show_busy()
        if case_id != self.case_id or not alive(answered):
            return
        if dialog and not self.free():
            self.kept_back.emit()
        else:
            answered(value)

    @Slot(int, str, str)
    def unmask(self, case_id: int, _key: str, reason: str) -> None:
        """Shows the NIK in full; the desk journals it."""
        job = partial(self._desk.review.unmask_nik, case_id, reason)
        self.ask(case_id, job, partial(self.nik_shown.emit, case_id))

    # ── pages ──

    @Slot(int, int, int)
    def render(self, document: int, page: int, width: int) -> None:
        """Has a page rendered; an older wish that has not begun is dropped."""
        if self._page is not None:
            self._page.cancel()
        job = partial(self._desk.pages.render, document, page, width)
        failed = partial(self._on_unrendered, document)
        self._page = self.background.run(job, partial(self._on_page, document), failed, Lane.PAGES)

    @Slot(int)
    def read_lines(self, document: int) -> None:
        """Has a document's text read with its places; an older wish that has not begun is dropped."""
        if self._lines is not None:
            self._lines.cancel()
        job = partial(self._desk.pages.lines, document)
        read, failed = partial(self._on_lines, document), partial(self._on_no_lines, document)
        self._lines = self.background.run(job, read, failed, Lane.PAGES)

    def _on_lines(self, document: int, lines: tuple[Line, ...]) -> None:
        self.lines_read.emit(document, lines)

    def _on_no_lines(self, document: int, _error: LockdeskError) -> None:
        self.lines_read.emit(document, ())

    def _on_page(self, document: int, pixels: PagePixels | None) -> None:
        self.page_rendered.emit(document, pixels)

    def _on_unrendered(self, document: int, _error: LockdeskError) -> None:
        self.page_rendered.emit(document, None)
