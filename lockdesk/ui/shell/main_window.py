"""The window: top bar, pages, status line; the one place where pages, dialogs and the desk are connected.

Its own dialogs are loaded when one is first opened: the list is seen without them.
"""

from collections.abc import Callable, Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget
from shiboken6 import isValid

from lockdesk.core.roles import Role
from lockdesk.desk.desk import Desk
from lockdesk.desk.office.dated import calendar_of
from lockdesk.desk.office.first_day import Preparation
from lockdesk.desk.values.backups import MadeBackup
from lockdesk.desk.values.cases import CaseFilter, Received
from lockdesk.desk.values.listing import ListChoice
from lockdesk.desk.values.office import DayEnd, DeskStatus
from lockdesk.desk.values.reports import BookClosing, Subject
from lockdesk.errors import LockdeskError
from lockdesk.settings import Head, Officer
from lockdesk.ui.cases.casework import Casework
from lockdesk.ui.cases.page import CasesPage
from lockdesk.ui.cases.polling import Polling
from lockdesk.ui.cases.posting import Posting
from lockdesk.ui.complaints.work import ComplaintWork
from lockdesk.ui.day.turn import DayTurn
from lockdesk.ui.intake.mail_work import MailWork
from lockdesk.ui.look import help_places
from lockdesk.ui.look.actions import (
    CASE_ACTIONS,
    WINDOW_SPEC,
    ActionSpec,
    WindowAction,
)
from lockdesk.ui.look.appearance import apply_appearance
from lockdesk.ui.look.preferences import PreferenceFile, Preferences
from lockdesk.ui.look.times import OfficeTime, here
from lockdesk.ui.office.backup_work import BackupWork
from lockdesk.ui.running.background import Background, Lane, Place
from lockdesk.ui.running.closed_days import ClosedDays
from lockdesk.ui.running.files import dropped_paths
from lockdesk.ui.running.in_turns import InTurns, loading
from lockdesk.ui.running.journal_walk import JournalWalk
from lockdesk.ui.running.troubles import About, Kind, Trouble, Troubles
from lockdesk.ui.shell.as_left import AsLeft
from lockdesk.ui.shell.command_list import CommandList
from lockdesk.ui.shell.finding import CaseFinder
from lockdesk.ui.shell.help_key import show_help
from lockdesk.ui.shell.locking import Lock
from lockdesk.ui.shell.shortcuts import HeldKeys, IdleWatch, Shortcuts
from lockdesk.ui.shell.status_line import Band, StatusLine
from lockdesk.ui.shell.top_bar import TopBar
from lockdesk.ui.shell.tour import Tour, TourBand
from lockdesk.ui.shell.window_actions import (
    PAGES,
    begin_case_action,
    begin_window_action,
    offered_actions,
    show_standing,
)
from lockdesk.ui.widgets.drafts import keep_drafts
from lockdesk.ui.widgets.list_panel import RowList
from lockdesk.ui.widgets.list_view import Origin
from lockdesk.ui.widgets.parts import PageStack, column, hold, scrolling
from lockdesk.ui.widgets.questions import ConfirmSheet, ErrorSheet
from lockdesk.ui.widgets.sheet import (
    NOTHING_WRITTEN,
    FocusHome,
    Sheet,
    being_written,
    open_sheets,
    sheet_is_open,
    written_beneath,
)
from lockdesk.ui.widgets.tab_order import tab_on, tab_stops, takes_tab
from lockdesk.words import _

if TYPE_CHECKING:
    from lockdesk.ui.cases.handling import Handling
    from lockdesk.ui.intake.desk_intake import DeskIntake
    from lockdesk.ui.shell.pages import Pages
    from lockdesk.ui.shell.services import Services

_W = WindowAction
TAB_OF: dict[str, WindowAction] = {
    _W.CALENDAR: _W.SETTINGS,
    _W.BACKUPS: _W.SETTINGS,
    _W.JOURNAL: _W.SETTINGS,
}
"""Pages without a tab of their own."""
_IN_LETTER = frozenset({_W.ENLARGE, _W.FIND, _W.PAPERS_WINDOW, _W.SIDE_BY_SIDE})
"""What may be done from the letter's own window without leaving it."""
PAGE_OF: dict[str, WindowAction] = {Preparation.REGISTER: _W.REGISTER, Preparation.BACKUP: _W.BACKUPS}
"""Where a preparation is made that has a page of its own."""
_STATUS_MS = 60_000
_HELD_MS = 40


class MainWindow(QMainWindow):
    """One window on one desk. A demonstration drives it with `show_…` and waits for the signals."""

    list_seen = Signal()
    """The first page of the list is painted, and the window listens."""
    ready = Signal()
    """What stands behind the list is made, and what goes on by itself has begun."""
    case_shown = Signal(int)
    page_shown = Signal(int)
    complaint_shown = Signal(int)
    restore_asked = Signal()
    """Instead of this profile a backup is to be looked at."""
    other_profile_asked = Signal()
    """The practice profile from the working one, or the other way round."""
    key_change_asked = Signal(str, str)
    """The data key is to be changed: what opens the profile now, and what opens it then."""
    left = Signal()
    """The window was closed; the profile is still open."""

    def __init__(self, desk: Desk, preferences: PreferenceFile) -> None:
        super().__init__()
        self.setWindowTitle("LockDesk")
        self.setAcceptDrops(True)
        self.desk = desk
        self.preferences = preferences
        self.background = Background(self)
        self._as_left = AsLeft(self, preferences, desk, self.background)
        self._as_left.take_place()
        self.background.where = self._where
        self.troubles = self._make_troubles()
        self.work = Casework(desk, self.background, self.troubles, self)
        Polling(desk, self.background, self.work)
        Posting(desk, self.background, self.work)
        self.work.kept_back.connect(self._on_kept_back)
        self.work.listing.begin()
        self.tour = self._make_tour()
        self.complaint_work = ComplaintWork(desk, self.background, self.troubles, self)
        self.mail_work = MailWork(desk, self.background, self)
        self.backup_work = BackupWork(desk, self.background, self)
        self.journal_walk = JournalWalk(desk, self.background, self)
        self.backup_work.changed.connect(self._on_backup_changed)
        self.backup_work.moved.connect(self._on_moved_away)
        self.page_names = tuple(name for name in PAGES if name != _W.MAIL or self.mail_work.possible)
        for changed in (self.work.changed, self.complaint_work.changed):
            changed.connect(self.read_status)
        self.page = self._back = str(_W.CASES)
        self._outdated = self._closed = False
        self._writing = being_written()
        """The field, and what stood in it, when something began to be taken in."""
        self._behind = InTurns(self)
        self._intake: DeskIntake | None = None
        self._waiting: tuple[Path, ...] = ()
        """Files that were opened with the program and could not be taken yet."""
        self.locking = Lock(self, self.background, desk.guard)
        self.locking.unlocked.connect(self._on_unlocked)
        self._closed_days = ClosedDays(desk, self.background, self)
        self._closed_days.read.connect(self._on_closed_days)
        self._shortcuts = Shortcuts(self)
        self._shortcuts.asked.connect(self.begin)
        self._idle = IdleWatch(preferences.value.lock_minutes, self)
        self._idle.idle.connect(self.lock)
        self._held_keys = HeldKeys(self)
        self._build()
        self._connect_mail()
        self._turn = DayTurn(desk, self.background, self)
        self._turn.unanswered_ended.connect(self._on_closed_unanswered)
        self._turn.books_closed.connect(self._on_books_closed)
        self._status_timer = self._make_status_timer()
        if desk.guard.asks_who:
            self.lock()

    def _make_status_timer(self) -> QTimer:
        timer = QTimer(self)
        timer.setInterval(_STATUS_MS)
        for look in (self.read_status, self._closed_days.look, self._turn.look, self.backup_work.look):
            timer.timeout.connect(look)
        return timer

    def _look_around(self) -> None:
        """Once the list is seen, and from then on from time to time: what the status line tells, whether a day has
        ended or a backup is due."""
        self.backup_work.read()
        self.read_status()
        self._closed_days.look()
        self._turn.look()
        self.mail_work.look()
        self._status_timer.start()

    # ── building ──

    def _make_troubles(self) -> Troubles:
        troubles = Troubles(self.background, self)
        troubles.shows = self._shows
        troubles.told.connect(self._tell)
        troubles.changed.connect(self._on_troubles)
        troubles.came.connect(self._announce)
        return troubles

    def _make_tour(self) -> Tour:
        tour = Tour(self.desk, self.background, self)
        tour.case_wanted.connect(self._on_lesson)
        self.work.case_read.connect(tour.on_case)
        return tour

    def _build(self) -> None:
        """Everything that is seen; done again when look, language or settings change.

        Each part is made where it stands: the style sheet looks anew at all that a widget holds when it is moved.
        """
        settings = self.desk.settings()
        self.times = OfficeTime(calendar_of(self.desk.office.dated, self._closed_days.reasons))
        here.zone = self.times.zone
        central = QWidget()
        central.setObjectName("page")
        self._seen = scrolling(central)
        self.setCentralWidget(self._seen)
        self._top = TopBar({name: _(WINDOW_SPEC[name].words) for name in self.page_names}, central)
        self._top.page_chosen.connect(self.show_page)
        self._top.show_page(TAB_OF.get(self.page, self.page))
        self._stack = PageStack(central)
        self._status = StatusLine(self.times, central)
        self._status.lock_asked.connect(self.lock)
        self._status.troubles.asked.connect(self.troubles.read_first)
        self.background.busy_changed.connect(self._status.show_busy)
        inner = column(central)
        if settings.practice:
            words = _("MODE PELATIHAN · CA pelatihan, tidak ada e-mail yang dikirim")
            band = Band(words, (_W.TOUR, _W.BEGIN_WORK))
            band.asked.connect(self.begin)
            inner.addWidget(band)
            guided = TourBand(self.tour)
            guided.left.connect(self.take_focus)
            inner.addWidget(guided)
        self._role = self.desk.office.role
        if self._role is Role.HEAD:
            inner.addWidget(Band(_head_words(self.desk.office.acting())))
        inner.addWidget(self._top)
        inner.addWidget(self._stack, 1)
        inner.addWidget(self._status)
        self.commands = CommandList(self._top.search, self.times, central)
        self.finder = CaseFinder(self, self.desk, self.background, self.commands)
        self._connect_search()
        self._central = central
        self._services: Services | None = None
        self.cases = CasesPage(self.desk, self.work, settings, self.times, self._stack)
        self._stack.addWidget(self.cases)
        self._connect_cases()
        self.commands.set_actions(self.possible_actions())
        self._on_backup_changed()
        self._on_troubles()
        self.locking.renew_cover(settings.practice)
        self.mail_work.tell()

    @property
    def services(self) -> "Services":
        """Prints, dialogs and the pages beside the cases. Made once the list is seen, or when one is wanted before."""
        return self._services or self._make_services()

    def _make_services(self) -> "Services":
        from lockdesk.ui.shell.services import Services  # late: half of the window's modules

        made = self._services = Services(
            self.desk,
            self.background,
            self.complaint_work,
            self.mail_work,
            self.backup_work,
            self.journal_walk,
            self.times,
            self.preferences,
            self._central,
        )
        made.printing.said.connect(self._status.say)
        made.printing.printed.connect(self.refresh)
        made.privacy.changed.connect(self.refresh)
        made.recovery.changed.connect(self.cases.first_day.read)
        self._connect_pages(made.pages)
        return made

    @property
    def intake(self) -> "DeskIntake":
        """Made as late as the services, and once: it outlives what is seen."""
        return self._intake or self._make_intake()

    def _make_intake(self) -> "DeskIntake":
        from lockdesk.ui.intake.desk_intake import DeskIntake  # late: its dialogs

        made = self._intake = DeskIntake(self.desk, self.background, self)
        made.begun.connect(self._on_begun)
        made.received.connect(self._on_received)
        made.receipt_due.connect(self._on_receipt_due)
        made.answered.connect(partial(self._lead_on, self.show_case))
        made.case_chosen.connect(self.show_case)
        made.adding.connect(self._on_adding)
        made.waiting.connect(self._on_waiting)
        return made

    def _connect_search(self) -> None:
        self.finder.found.connect(self.show_case)
        self.finder.complaint_found.connect(self.show_complaint)
        self.finder.missing.connect(self._on_missing)
        self.commands.action_chosen.connect(self.begin)
        self.commands.case_chosen.connect(self.show_case)
        self.commands.complaint_chosen.connect(self.show_complaint)
        self.commands.mail_chosen.connect(self.show_mail)
        self.commands.left.connect(self.take_focus)

    def _connect_mail(self) -> None:
        self.mail_work.busy_changed.connect(self._on_begun)
        self.mail_work.received.connect(partial(self._on_received, leads=True))
        self.mail_work.joined.connect(self._on_joined)
        self.mail_work.complained.connect(partial(self._lead_on, self.show_complaint))
        self.mail_work.looked.connect(self._on_mail_looked)
        self.mail_work.said.connect(self._on_said)

    def _connect_cases(self) -> None:
        cases = self.cases
        cases.receive_asked.connect(partial(self.begin, _W.RECEIVE))
        cases.complaint_asked.connect(partial(self.begin, _W.NEW_COMPLAINT))
        cases.board.action_asked.connect(self._on_figure)
        cases.handling_made.connect(self._on_handling)
        cases.arranging.papers_place = self.preferences.value.papers_place
        cases.arranging.papers_shown.connect(self._idle.watch)
        cases.arranging.papers_shown.connect(self._held_keys.watch)
        cases.first_rows_shown.connect(self._on_first_rows)
        cases.case_shown.connect(self._on_case_shown)
        cases.list.export_asked.connect(self._export_cases)
        cases.list.said.connect(self._status.say)
        cases.first_day.hidden = self.preferences.value.no_first_day or not self.desk.office.works
        cases.first_day.asked.connect(self._on_prepare)
        cases.first_day.put_off.connect(partial(self.preferences.change, no_first_day=True))

    @Slot(object)
    def _on_handling(self, handling: "Handling") -> None:
        """What the held case's buttons ask of the rest of the window."""
        handling.print_asked.connect(self.services.printing.print_case)
        handling.slip_due.connect(self.services.printing.print_slip)
        handling.standing_asked.connect(partial(show_standing, self))
        handling.answer_asked.connect(self.intake.begin_answer)
        handling.files_asked.connect(self.intake.begin_adding)
        handling.message_export_asked.connect(self.services.printing.export_message)
        handling.document_export_asked.connect(self.services.printing.export_document)
        handling.csr_save_asked.connect(self.services.printing.save_csr)
        handling.register_asked.connect(self.services.pages.register_of)
        handling.page_shown.connect(self.page_shown)
        handling.complaint_chosen.connect(self.show_complaint)
        handling.panel.bar.rest_told.connect(self._status.say)
        handling.notices.look_for_slips()

    @Slot(object, str, object)
    def _export_cases(self, choice: ListChoice, filter_words: str, origin: Origin) -> None:
        self.services.list_export.begin(Subject.CASE, choice, filter_words, origin)

    def _connect_pages(self, pages: "Pages") -> None:
        pages.receive_asked.connect(partial(self.begin, _W.RECEIVE))
        pages.complaint_asked.connect(partial(self.begin, _W.NEW_COMPLAINT))
        pages.form_left.connect(self.leave_form)
        pages.mail_left.connect(partial(self.show_page, str(_W.CASES)))
        pages.case_asked.connect(self.finder.open_number)
        pages.complaint_shown.connect(self.complaint_shown)
        pages.preferences_changed.connect(self.apply_preferences)
        pages.settings_changed.connect(self._on_settings_changed)
        pages.key_change_asked.connect(self.key_change_asked)
        pages.calendar_asked.connect(partial(self.show_page, _W.CALENDAR))
        pages.backups_asked.connect(partial(self.show_page, _W.BACKUPS))
        pages.restore_asked.connect(self.restore_asked)
        pages.journal_asked.connect(partial(self.show_page, _W.JOURNAL))
        pages.calendar_changed.connect(self._closed_days.read_again)
        pages.calendar_changed.connect(self.read_status)
        pages.calendar_changed.connect(self.work.listing.read)
        pages.gateway_changed.connect(self.read_status)
        pages.gateway_changed.connect(self.work.read)
        pages.action_asked.connect(self.begin)
        pages.said.connect(self._status.say)
        pages.case_step.connect(self._on_case_step)
        pages.member_asked.connect(self.show_member)

    @Slot(int, object)
    def _on_adding(self, case_id: int, job: Callable[[], object]) -> None:
        self.work.step(case_id, job, _("Membaca berkas…"), Lane.INTAKE)

    @Slot(int, object)
    def _on_case_step(self, case_id: int, job: Callable[[], object]) -> None:
        self.work.step(case_id, job, lane=Lane.CA)

    @Slot()
    def rebuild(self) -> None:
        """Makes everything anew and shows what was shown; a locked window when it is unlocked."""
        self._outdated = self.locking.closed
        if self._outdated:
            return
        another = self._role is not self.desk.office.role
        for sheet in reversed(self.findChildren(Sheet)):
            asked_of_the_other = another and not (sheet.is_help or sheet.unasked)
            if sheet.belongs_to(self._central) or asked_of_the_other:
                sheet.reject()  # its verb would reach nobody, or be refused; what was written in it is kept
        self.intake.take_back()
        keep_drafts(self)
        page, case_id, complaint_id = self.page, self.work.case_id, self.complaint_work.complaint_id
        self._as_left.keep(self.cases)
        half_filled, at_case = self.services.pages.half_filled(), self.cases.at_case
        focused = QApplication.focusWidget()
        name = focused.accessibleName() if focused is not None else ""
        at = focused.mapTo(self, QPoint()).y() if focused is not None and self.isAncestorOf(focused) else 0
        self._build()
        self.services.pages.go_on_with(half_filled)
        self.work.listing.read()
        self.read_status()
        self.show_page(page)
        if case_id:
            self._as_left.arrange_when_shown(self.cases)
            self.cases.show_case(case_id)
            if at_case:
                self.cases.take_focus()
        if name and not at_case:
            QTimer.singleShot(0, self, partial(self._focus_named, name, at))  # as soon as it can be seen
        if complaint_id and page == _W.COMPLAINTS:
            self.show_complaint(complaint_id)
        QTimer.singleShot(0, self.intake, self.intake.go_on)  # where the keyboard is by then decides

    @Slot()
    def _on_settings_changed(self) -> None:
        self.rebuild()
        self._status.say(_("Tersimpan."))

    def _focus_named(self, name: str, at: int) -> None:
        """The keyboard goes back to what is called as before, and that to where it was seen: `at`, from the top."""
        same = (widget for widget in self.findChildren(QWidget) if widget.accessibleName() == name)
        found = next((widget for widget in same if takes_tab(widget)), None)
        if found is not None and not sheet_is_open(self):
            found.setFocus(Qt.FocusReason.OtherFocusReason)
            self._hold(found, at)

    def _hold(self, found: QWidget, at: int) -> None:
        """Again until all is read that a page shows: what comes makes its cards higher."""
        if not isValid(found) or QApplication.focusWidget() is not found:
            return
        moved = hold(found, found.mapTo(self, QPoint()).y() - at)
        if moved or not self.background.idle:
            QTimer.singleShot(_HELD_MS, self, partial(self._hold, found, at))

    @Slot(object)
    def apply_preferences(self, preferences: Preferences) -> None:
        """Another theme, text size or language."""
        self.preferences.change(**asdict(preferences))
        self._idle.set_minutes(preferences.lock_minutes)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            apply_appearance(application, self.preferences.value)
        # the settings page that asked is itself made anew, so its slot must end first
        QTimer.singleShot(0, self, self.rebuild)

    # ── going places ──

    @Slot(str)
    def show_page(self, name: str) -> None:
        """Shows a page by its name (see WindowAction)."""
        chosen = WindowAction(name)
        widget: QWidget = self.cases if chosen is _W.CASES else self.services.pages.page(chosen)
        if self._stack.indexOf(widget) < 0:
            self._stack.addWidget(widget)
        first = widget.focusWidget() is None
        self._stack.setCurrentWidget(widget)
        self.page = str(chosen)
        self._top.show_page(TAB_OF.get(self.page, self.page))
        self._seen.horizontalScrollBar().setValue(0)  # where letters are large: a page begins at its left
        self._enter(widget, first)
        if chosen is _W.CASES and self.work.case_id == 0:
            self.cases.first_day.read()
        self.commands.set_actions(self.possible_actions())

    def take_focus(self) -> None:
        """For a dialog that belongs to no page."""
        page = self._stack.currentWidget()
        if isinstance(page, FocusHome):
            page.take_focus()
        elif page is not None:
            self._enter(page)

    def _enter(self, page: QWidget, first: bool = False) -> None:
        """Brings the focus into the page that is shown. `first`: it never had it, so that where Qt has put it, at the
        page's first button, is nobody's choice: it belongs to the list."""
        focused = self.focusWidget()
        lists = page.findChildren(RowList)
        chosen = not (first and lists)
        if chosen and focused is not None and page.isAncestorOf(focused) and focused.isVisible():
            return
        target: QWidget = lists[0] if lists else page
        target.setFocus(Qt.FocusReason.OtherFocusReason)
        if self.focusWidget() is not page:
            return
        if isinstance(page, FocusHome):  # the page itself shows no ring, and no key does anything there
            page.take_focus()
        elif stops := tab_stops(page):
            stops[0].setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(int)
    def show_case(self, case_id: int) -> None:
        """Shows a case; `case_shown` follows."""
        self.show_page(_W.CASES)
        self.cases.show_case(case_id)

    @Slot(int)
    def show_complaint(self, complaint_id: int) -> None:
        """Shows a complaint; `complaint_shown` follows."""
        self.show_page(_W.COMPLAINTS)
        self.services.pages.complaints().show_complaint(complaint_id)

    @Slot(int)
    def show_mail(self, mail_id: int) -> None:
        """Shows a mail that waits for its decision."""
        self.show_page(_W.MAIL)
        self.services.pages.show_mail(mail_id)

    @Slot()
    def new_complaint(self) -> None:
        """F8: the form, from anywhere; leaving it goes back."""
        form_shown = self.page == _W.COMPLAINTS and self.services.pages.complaints().form_shown
        held = self.work.held if self.page == _W.CASES else None
        if not form_shown:
            self._back = self.page
        self.show_page(_W.COMPLAINTS)
        self.services.pages.complaints().begin_form(held.case.number if held is not None else "")

    @Slot()
    def leave_form(self) -> None:
        """Esc in the form: the same page, case and scroll position as before."""
        self.show_page(self._back)
        if self._back == _W.CASES:
            self.cases.take_focus()

    @Slot()
    def refresh(self) -> None:
        """Reads again what is shown."""
        self.cases.refresh()
        self.services.pages.refresh(WindowAction(self.page))
        self.read_status()

    # ── actions ──

    def possible_actions(self) -> tuple[ActionSpec, ...]:
        """What the command list offers now."""
        return offered_actions(self)

    @Slot(str)
    def begin(self, action: str) -> None:
        """Begins an action by its id; rests while a dialog is open or the window is locked. Help opens over a dialog
        and over the lock, but not over itself; the lock closes over any."""
        if self.locking.closed:
            if action == _W.HELP and self.locking.overlay is not None:
                show_help(self.locking.overlay, help_places.RECOVERY)  # for whoever forgot the passphrase
            return
        helps = action == _W.HELP and not any(sheet.is_help for sheet in open_sheets(self))
        if sheet_is_open(self) and not helps and action != _W.LOCK:
            return
        if action not in _IN_LETTER:
            self.activateWindow()  # the key may have been pressed in the letter's own window
        step = next((spec.step for spec in CASE_ACTIONS if spec.id == action and spec.step is not None), None)
        if step is None:
            begin_window_action(self, WindowAction(action))
        else:
            begin_case_action(self, step)

    @Slot(str, str)
    def _on_figure(self, action: str, within: str) -> None:
        self.begin(action)
        if within:
            self.services.pages.complaints().list.press(within)

    @Slot(str)
    def _on_prepare(self, what: str) -> None:
        """Where a preparation is made."""
        if what == Preparation.CODE:
            self.services.recovery.begin()
        elif what in PAGE_OF:
            self.show_page(PAGE_OF[what])
        else:
            self.show_page(_W.SETTINGS)
            self.services.pages.show_setting(Preparation(what))

    @Slot(object)
    def end_day(self, day: DayEnd) -> None:
        """The officer has seen what is still open."""
        self.background.run(partial(self.desk.guard.close_day, day), lambda _done: self.read_status())

    @Slot(object, int)
    def show_member(self, subject: Subject, member_id: int) -> None:
        """A case or a complaint."""
        (self.show_complaint if subject is Subject.COMPLAINT else self.show_case)(member_id)

    @Slot(str)
    def _on_missing(self, number: str) -> None:
        self._status.say(_("Kasus {number} tidak ditemukan.").format(number=number))

    @Slot()
    def _on_kept_back(self) -> None:
        self._status.say(_("Langkah berikutnya siap; lanjutkan dari kasusnya setelah selesai menulis."))

    @Slot(object)
    def _on_closed_unanswered(self, numbers: Sequence[str]) -> None:
        words = _("Ditutup karena tidak dibalas pengadu: {number}")
        self._status.say(words.format(number=", ".join(numbers)))
        self.complaint_work.on_ended()

    @Slot(object)
    def _on_books_closed(self, closings: Sequence[BookClosing]) -> None:
        words = _("Buku register {year} ditutup; yang masih berjalan tetap bernomor sama.")
        self._status.say(words.format(year=closings[-1].year))

    @Slot()
    @Slot(bool)
    def _on_begun(self, busy: bool = True) -> None:
        """What is taken in may take a moment: where the officer is when it begins, once its dialog is left."""
        if busy:
            self._writing = written_beneath(self)

    def _occupied(self) -> bool:
        """Whether the officer has begun something else meanwhile: nobody is led away from what is being written."""
        written = being_written()
        return sheet_is_open(self) or (written[0] is not None and written != self._writing)

    def _lead_on(self, show: Callable[[int], None], member_id: int) -> None:
        """To what something that was taken in has become part of."""
        if self._occupied():
            self.refresh()
            self._on_kept_back()
        else:
            show(member_id)

    @Slot(object, bool)
    def _on_received(self, received: Sequence[Received], leads: bool) -> None:
        first = received[0]
        words = _("Permohonan ini sudah tercatat: {number}.") if first.known else _("Diterima: {number}.")
        self._status.say(words.format(number=", ".join(item.number for item in received)))
        self.cases.refresh()
        self.mail_work.look()  # it may wait there, too
        self.read_status()
        if leads and not self._occupied():
            self.show_case(first.case_id)
            self.cases.take_focus()

    @Slot(int)
    def _on_receipt_due(self, case_id: int) -> None:
        self.services.printing.print_receipt(case_id)

    @Slot(int)
    def _on_lesson(self, case_id: int) -> None:
        self.cases.refresh()
        self.mail_work.look()
        self.read_status()
        self.show_case(case_id)
        self.cases.take_focus()

    @Slot(str)
    def _on_said(self, words: str) -> None:
        """By what outlives a status line: another language makes a new one."""
        self._status.say(words)

    @Slot(int)
    def _on_waiting(self, count: int) -> None:
        self._status.show_arrivals(count)

    @Slot(int)
    def _on_joined(self, case_id: int) -> None:
        self.cases.refresh()
        self.read_status()
        self._lead_on(self.show_case, case_id)

    @Slot(int)
    def _on_case_shown(self, case_id: int) -> None:
        self.commands.set_actions(self.possible_actions())
        self.case_shown.emit(case_id)

    # ── status, errors, lock ──

    @Slot()
    def read_status(self) -> None:
        if not self.locking.closed:
            self.background.run(self.desk.reading.status, self._on_status, by_itself=True)

    def _on_status(self, status: DeskStatus) -> None:
        self._status.show_status(status, self.desk.clock.now())
        self.cases.show_counts(status.counts, status.board)
        self.services.pages.show_counts(status.counts)
        still_open = (CaseFilter.NEEDS_ACTION, CaseFilter.WAITING)
        counts = {
            _W.CASES: sum(status.counts.get(name, 0) for name in still_open),
            _W.COMPLAINTS: status.counts.get("complaints_open", 0),
        }
        self._top.show_counts({str(name): count for name, count in counts.items()})

    @Slot(int, str, str)
    def _on_mail_looked(self, count: int, words: str, trouble: str) -> None:
        self._status.show_mail(words, trouble)
        if self.mail_work.possible:
            self._top.show_counts({str(_W.MAIL): count})
            self.cases.board.show_mail(count, self.desk.clock.now())

    @Slot()
    def _on_backup_changed(self) -> None:
        self._status.show_backup(str(self.backup_work.trouble) if self.backup_work.failed else "")

    @Slot(object)
    def _on_moved_away(self, made: MadeBackup) -> None:
        """This copy is retired: nothing is sent or fetched from here any more."""
        self._status_timer.stop()
        self.desk.close()
        words = _("Cadangan {file} lengkap. Bawa ke komputer baru; program di sini ditutup.")
        sheet = ConfirmSheet(
            self, 0, _("Profil sudah dipindahkan"), words.format(file=made.path.name), _("Tutup program")
        )
        sheet.finished.connect(self.close)
        sheet.open()

    @Slot()
    def _on_closed_days(self) -> None:
        self.cases.list.model.update_words()

    def show_error(self, error: LockdeskError) -> None:
        """Of what came by itself."""
        self.troubles.hear(error)

    def _where(self) -> Place:
        """Behind the lock nobody writes, and what is told there waits by itself until it is opened."""
        sheets = [sheet for sheet in self.findChildren(Sheet) if sheet.isVisible() or sheet.away]
        return Place(sheets[-1] if sheets else None, *(NOTHING_WRITTEN if self.locking.closed else being_written()))

    def _shows(self, about: About) -> bool:
        if about.kind is Kind.COMPLAINT:
            return self.page == _W.COMPLAINTS and self.services.pages.complaints().shows(about.id)
        return self.page == _W.CASES and self.work.shows(about.id)

    @Slot(object)
    def _tell(self, trouble: Trouble) -> None:
        """Where it does not belong with the way to its own case or complaint."""
        error = trouble.error
        shown = [sheet.error for sheet in self.findChildren(ErrorSheet) if not sheet.left]
        if any((other.code, other.message) == (error.code, error.message) for other in shown):
            return
        sheet = ErrorSheet(self, error, trouble.number)
        about = trouble.about
        if about is not None and not self._shows(about):
            complaint = about.kind is Kind.COMPLAINT
            words = _("Buka pengaduan") if complaint else _("Buka kasus")
            sheet.offer_way(words, partial(self.show_complaint if complaint else self.show_case, about.id))
        sheet.open()

    @Slot(str)
    def _announce(self, words: str) -> None:
        """Not behind the lock: the words may name a case."""
        if not self.locking.closed:
            self._status.troubles.announce(words)

    @Slot()
    def _on_troubles(self) -> None:
        self._status.show_troubles([trouble.words for trouble in self.troubles.waiting])
        self.commands.set_actions(self.possible_actions())

    @Slot()
    def lock(self) -> None:
        """Hides everything and closes the desk until the passphrase is given."""
        self.locking.close()

    @Slot()
    def _on_first_rows(self) -> None:
        QTimer.singleShot(0, self, self._on_list_seen)  # it is painted first

    @Slot()
    def _on_list_seen(self) -> None:
        if self._closed:
            return  # sooner than its list was painted
        self.list_seen.emit()
        self.cases.first_day.read()
        self._behind.begin(
            *loading("lockdesk.ui.prints.printing", "lockdesk.ui.shell.services", "lockdesk.ui.intake.desk_intake"),
            lambda: self.services,
            lambda: self.intake,
            *self.cases.made_behind(),
            self._begin,
        )

    def _begin(self) -> None:
        if not self._status_timer.isActive():
            self._look_around()
        if not self.locking.closed:
            self._as_left.open_case(self.cases)
            self.tour.go_on()
        self.ready.emit()

    @Slot()
    def _on_unlocked(self) -> None:
        for trouble in self.troubles.waiting:
            self._announce(trouble.words)
        self._as_left.open_case(self.cases)
        if self._outdated or self._role is not self.desk.office.role:
            self.rebuild()
        elif not self._keyboard_is_seen() and not sheet_is_open(self):
            self.take_focus()  # it was in a dialog that left with the lock
        self.refresh()
        self._take_waiting()
        QTimer.singleShot(0, self.intake, self.intake.go_on)  # what a rebuild shows has the keyboard by then

    def _keyboard_is_seen(self) -> bool:
        focused = QApplication.focusWidget()
        return focused is not None and focused.isVisible() and focused.isEnabled()

    # ── events ──

    def focusNextPrevChild(self, forward: bool) -> bool:
        return tab_on(self, forward)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._idle.watch(self.windowHandle())
        self._held_keys.watch(self.windowHandle())
        self._enter(self.cases)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        takes = not sheet_is_open(self) or self._taking_sheet() is not None
        if not self.locking.closed and takes and dropped_paths(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        if self.take_files(dropped_paths(event.mimeData())):
            event.acceptProposedAction()

    def take_files(self, paths: Sequence[Path]) -> bool:
        """Files that were dropped, or opened with the program; False where nothing can take them now."""
        sheet = self._taking_sheet()
        if not paths or self.locking.closed or (sheet is None and sheet_is_open(self)):
            return False
        (self.intake.receive if sheet is None else sheet.take)(tuple(paths))
        return True

    def open_files(self, paths: Sequence[Path]) -> None:
        """Takes files that were opened with the program: behind the lock or a dialog they wait until it is left."""
        self._waiting = (*self._waiting, *paths)
        self._take_waiting()

    @Slot()
    def _take_waiting(self) -> None:
        waiting, self._waiting = self._waiting, ()
        if not waiting or self.take_files(waiting):
            return
        self._waiting = waiting
        if not self.locking.closed:
            open_sheets(self)[-1].finished.connect(self._take_waiting, Qt.ConnectionType.QueuedConnection)

    def _taking_sheet(self) -> Sheet | None:
        """The dialog that asks for a certificate or for papers: it takes what is dropped beside it as well."""
        top = next(reversed(open_sheets(self)), None)
        return top if top is not None and top.takes_files else None

    def closeEvent(self, event: QCloseEvent) -> None:
        self._closed = True
        self._behind.stop()
        self._status_timer.stop()
        self.backup_work.stop()
        self.journal_walk.stop()
        self.background.begin_closing()
        self.desk.leave()
        keep_drafts(self)
        self._as_left.keep(self.cases)
        self.cases.arranging.close_papers()
        self.desk.close()  # so that no job waits for a CA or a document any more
        self.background.close()
        super().closeEvent(event)
        self.left.emit()


def _head_words(head: Officer) -> str:
    title = head.title if isinstance(head, Head) else head.position
    words = _("{title} {name} · membaca laporan, mengonfirmasi pemusnahan dan masa simpan, menguji petik")
    return words.format(title=title, name=head.name)
