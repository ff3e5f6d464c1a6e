"""The page of the cases: the list at the left, the chosen case at the right."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QWidget

from lockdesk.core.findings import Finding
from lockdesk.core.service_hours import Interval
from lockdesk.desk.desk import Desk
from lockdesk.desk.requests.steps import Availability, CaseAction
from lockdesk.desk.values.cases import Board, CaseFilter, CaseRow, Message
from lockdesk.settings import DeskSettings
from lockdesk.ui.cases.arranging import Arranging
from lockdesk.ui.cases.case_panel import CasePanel
from lockdesk.ui.cases.casework import Begin, CaseReading, Casework
from lockdesk.ui.cases.handwork import Handwork
from lockdesk.ui.cases.notices import Notices
from lockdesk.ui.cases.operations import Operations
from lockdesk.ui.cases.review import Review
from lockdesk.ui.cases.words import ca_words, row_text
from lockdesk.ui.day.board import BoardStrip
from lockdesk.ui.day.first_day import FirstDayPage
from lockdesk.ui.dialogs.deadline import DeadlineSheet
from lockdesk.ui.look.times import OfficeTime
from lockdesk.ui.running.background import Lane
from lockdesk.ui.verification.choices import Choice
from lockdesk.ui.verification.operations_card import CaAsk
from lockdesk.ui.widgets.list_panel import LIST_SHARE, REST_SHARE, ListPanel
from lockdesk.ui.widgets.list_view import Origin
from lockdesk.ui.widgets.messages import MessageWork
from lockdesk.ui.widgets.questions import ReasonSheet
from lockdesk.ui.widgets.rows import RowText
from lockdesk.ui.widgets.sheet import is_locked, is_typing, sheet_is_open
from lockdesk.words import N_, _

FILTERS = (
    (CaseFilter.NEEDS_ACTION, N_("Perlu tindakan")),
    (CaseFilter.WAITING, N_("Menunggu")),
    (CaseFilter.ALL, N_("Semua")),
)
LEADING = frozenset({CaseAction.REVOKE, CaseAction.REISSUE, CaseAction.NOTIFY})
"""Steps that ask by a dialog of their own, which opens when the one before is taken."""
AGENCY = N_("Unit kerja")
_MINUTE = 60_000


class CasesPage(QWidget):
    """Connects list, panel and what is done about the held case."""

    receive_asked = Signal()
    complaint_asked = Signal()
    print_asked = Signal(object)
    answer_asked = Signal(int)
    files_asked = Signal(int, str)
    """Of a case: its id and number."""
    document_export_asked = Signal(int, int, str)
    """Case, document, file name."""
    message_export_asked = Signal(int)
    csr_save_asked = Signal(int)
    first_rows_shown = Signal()
    case_shown = Signal(int)
    register_asked = Signal(object)
    """A case whose applicant is looked up in, or added to, the staff register."""
    page_shown = Signal(int)
    standing_asked = Signal()
    slip_due = Signal(int)
    complaint_chosen = Signal(int)

    def __init__(
        self,
        desk: Desk,
        work: Casework,
        settings: DeskSettings,
        times: OfficeTime,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.work = work
        self._times = times
        self._desk = desk
        self._clock = desk.clock
        self._filled = False
        empty = (
            _("Daftar kosong"),
            _("Terima permohonan dengan membuka atau menjatuhkan e-mail (.eml, .msg) di jendela ini."),
        )
        filters = [(str(value), _(words)) for value, words in FILTERS]
        self.list = ListPanel(filters, self.describe, _("Daftar kasus"), empty, Origin(AGENCY))
        self.board = BoardStrip(times)
        self.list.add_filters(self.board, self.board.filters)
        self.list.show_beginnings(desk.office.works)
        self.list.read_from(work.listing)
        self._settings = settings
        self._panel: CasePanel | None = None
        self._review = Review(desk, work, self)
        operations = Operations(desk, work, ca_words(settings), times, self)
        self._messages = MessageWork(desk, self._step_message, self)
        handwork = Handwork(desk, work, ca_words(settings), times, self)
        notices = Notices(desk, work, self)
        notices.slip_due.connect(self.slip_due)
        self.by_action: dict[CaseAction, Begin] = {
            **self._review.actions,
            **operations.actions,
            **handwork.actions,
            **notices.actions,
            CaseAction.PRINT: self._print,
            CaseAction.ANSWER: self._answer,
            CaseAction.ADD_FILES: self._add_files,
            CaseAction.SHOW_STANDING: self._ask_standing,
        }
        handwork.csr_save_asked.connect(self.csr_save_asked)
        handwork.message_asked.connect(self._on_message_asked)
        self.by_ask: dict[CaAsk, Begin] = {**operations.asks, **handwork.asks}
        self._inner = QHBoxLayout(self)
        self._inner.setContentsMargins(0, 0, 0, 0)
        self._inner.setSpacing(0)
        self._room = QStackedWidget()
        self.first_day = FirstDayPage(desk.first_day, work.background)
        self._room.addWidget(self.first_day)
        self._inner.addWidget(self.list, LIST_SHARE)
        self._inner.addWidget(self._room, REST_SHARE)
        self.arranging = Arranging(self, self.list, self._inner)
        self._connect_list()
        work.free = self._is_free
        self._minute = QTimer(self)
        self._minute.setInterval(_MINUTE)
        self._minute.timeout.connect(self._on_minute)
        self._minute.start()

    @property
    def panel(self) -> CasePanel:
        """Made once the list is seen, or when a case is shown before: it takes longer than all the rest."""
        return self._panel or self._make_panel()

    def _make_panel(self) -> CasePanel:
        made = self._panel = CasePanel(self._settings, self._times, self.work.training, self.first_day)
        self.arranging.panel = made
        self._connect_panel(made)
        self._room.addWidget(made)
        self._room.setCurrentWidget(made)
        return made

    @property
    def at_case(self) -> bool:
        """Whether the keyboard is at the case, not at the list."""
        focused = QApplication.focusWidget()
        return self._panel is not None and focused is not None and self._panel.isAncestorOf(focused)

    @property
    def available(self) -> Availability | None:
        """What may be begun with the held case now."""
        return self._panel.bar.available if self._panel is not None else None

    def _connect_list(self) -> None:
        work, rows = self.work, self.list
        rows.receive_asked.connect(self.receive_asked)
        rows.complaint_asked.connect(self.complaint_asked)
        rows.chosen.connect(self._show)
        rows.opened.connect(self._on_opened)
        work.listing.rows_read.connect(self._on_rows)
        work.row_read.connect(self._on_row)
        work.case_read.connect(self._on_case)
        work.led_on.connect(self._on_led_on)

    def _connect_panel(self, panel: CasePanel) -> None:
        work = self.work
        work.busy_changed.connect(panel.bar.set_busy)
        work.page_rendered.connect(panel.show_pixels)
        work.nik_shown.connect(self._on_nik)
        panel.action_asked.connect(self.begin)
        panel.case_filled.connect(self.case_shown)
        panel.letter.page_wanted.connect(work.render)
        panel.letter.page_shown.connect(self.page_shown)
        panel.letter.lines_wanted.connect(work.read_lines)
        panel.arrangement_asked.connect(self.arranging.arrange)
        panel.letter.window_asked.connect(self.arranging.toggle_papers)
        work.lines_read.connect(panel.letter.show_lines)
        panel.head.unmask_asked.connect(self.unmask)
        panel.head.case_chosen.connect(self.show_case)
        panel.head.deadline_asked.connect(self._on_deadline_asked)
        panel.decision_asked.connect(self._on_decision_asked)
        panel.register_asked.connect(self._on_register)
        panel.verification.complaint_chosen.connect(self.complaint_chosen)
        panel.verification.ticked.connect(self._on_ticked)
        panel.verification.choice_made.connect(self._on_choice_made)
        panel.verification.retype_asked.connect(self._on_retype_asked)
        panel.verification.call_asked.connect(self._on_call)
        panel.verification.document_export_asked.connect(self._on_document_export)
        panel.verification.message_export_asked.connect(self.message_export_asked)
        panel.verification.message_action_asked.connect(self._messages.begin)
        panel.verification.ca_asked.connect(self.answer)

    def _step_message(self, message: Message, job: Callable[[], object], lane: Lane) -> None:
        self.work.step(message.case_id, job, lane=lane)

    def describe(self, row: Any) -> RowText:
        """A case's line in the list."""
        return row_text(row, self._times, self._clock.now())

    def show_counts(self, counts: Mapping[str, int], board: Board) -> None:
        self.board.show_board(board, self._clock.now())
        self.list.show_counts({name: counts.get(name, 0) for name in (CaseFilter.NEEDS_ACTION, CaseFilter.WAITING)})

    def show_first_day(self) -> None:
        """What is to be prepared, in the case's place until one is chosen again."""
        self.panel.put_aside(True)
        self.first_day.read()

    @Slot(int)
    def show_case(self, case_id: int) -> None:
        """Shows a case, whether or not its row is loaded."""
        self.list.choose(case_id)
        self._show(case_id)

    @Slot(int)
    def _show(self, case_id: int) -> None:
        if self._panel is not None:
            self._panel.put_aside(False)
        self.work.show(case_id)

    def refresh(self) -> None:
        """Reads the list and the held case again."""
        self.work.listing.read()
        self.work.read()

    def take_focus(self) -> None:
        """Where Enter takes the case's next step, as soon as it can be taken; without a case the list."""
        if self.work.case_id:
            self.panel.focus_panel()
        else:
            self.list.view.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(str)
    def begin(self, action: str) -> None:
        """Begins an action if it is allowed now."""
        available, held = self.panel.bar.available, self.work.held
        chosen = CaseAction(action)
        if available is None or held is None or chosen not in available.enabled:
            return
        if chosen is CaseAction.SETTLE and held.ca_work.awaits_certificate:
            self.answer(str(CaAsk.BRING_NEW))
        else:
            self.by_action[chosen](held)

    @Slot(str)
    def answer(self, asked: str) -> None:
        """Does what a card asks for about the CA."""
        if self.work.held is not None:
            self.by_ask[CaAsk(asked)](self.work.held)

    def _print(self, held: CaseReading) -> None:
        self.print_asked.emit(held.case)

    def _ask_standing(self, _held: CaseReading) -> None:
        self.standing_asked.emit()

    def _add_files(self, held: CaseReading) -> None:
        self.files_asked.emit(held.case.id, held.case.number)

    def _answer(self, held: CaseReading) -> None:
        self.answer_asked.emit(held.case.id)

    @Slot()
    def _on_message_asked(self) -> None:
        if self.work.held is not None:
            self.by_action[CaseAction.NOTIFY](self.work.held)

    @Slot(object)
    def _on_decision_asked(self, finding: Finding) -> None:
        if self.work.held is not None:
            self._review.decide(self.work.held.case, finding)

    @Slot(str, bool)
    def _on_ticked(self, item: str, ticked: bool) -> None:
        self._review.tick(self.work.case_id, item, ticked)

    @Slot(object)
    def _on_retype_asked(self, choice: Choice) -> None:
        self.panel.show_choice_place(choice)
        self._review.retype(self.work.case_id, choice)

    @Slot(object)
    def _on_choice_made(self, choice: Choice) -> None:
        self._review.choose(self.work.case_id, choice)

    @Slot()
    def unmask(self) -> None:
        """Shows the NIK in full after a reason."""
        words = _("Siapa melihat NIK lengkap dan mengapa dicatat dalam rekam jejak.")
        title = _("Tampilkan NIK lengkap?")
        sheet = ReasonSheet(self, self.work.case_id, "", title, words, _("Tampilkan"))
        sheet.given.connect(self.work.unmask)
        sheet.open()

    @Slot()
    def _on_deadline_asked(self) -> None:
        """Which time counts until the held case's deadline."""
        case_id = self.work.case_id
        self.work.ask(case_id, partial(self._desk.reading.explain_deadline, case_id), self._on_explained)

    def _on_explained(self, intervals: tuple[Interval, ...]) -> None:
        if self.work.held is not None and self.work.held.case.due_at is not None:
            DeadlineSheet(self, self.work.held.case, intervals, self._times).open()

    @Slot()
    def _on_rows(self) -> None:
        if not self._filled:
            self._filled = True
            self.first_rows_shown.emit()
            QTimer.singleShot(0, self, self._on_list_seen)

    @Slot()
    def _on_list_seen(self) -> None:
        if self._panel is None:
            self._make_panel()

    @Slot(object)
    def _on_row(self, row: CaseRow) -> None:
        self.list.model.update_row(row)

    @Slot(object)
    def _on_case(self, reading: CaseReading) -> None:
        self.panel.show_case(reading, self._clock.now())

    @Slot()
    def _on_led_on(self) -> None:
        """The dialog of the next step opens by itself where the officer waits for it."""
        bar = self.panel.bar
        next_one = bar.available.primary if bar.available is not None else None
        if next_one in LEADING and bar.holds_focus and self._is_free():
            self.begin(str(next_one))

    def _is_free(self) -> bool:
        """Whether a dialog may open by itself: never on another page, over another dialog, or while one types. Behind
        the lock it waits by itself until that is opened."""
        if is_locked(self.window()):
            return True
        return self.isVisible() and not is_typing() and not sheet_is_open(self.window())

    @Slot(int)
    def _on_opened(self, case_id: int) -> None:
        """Enter in the list: the case that is seen is being checked from now on."""
        held = self.work.held
        seen = held is not None and held.case.id == case_id == self.work.case_id
        if self.work.case_id != case_id:
            self.show_case(case_id)
        self.panel.focus_panel()
        if seen and held is not None and held.available.primary is CaseAction.START_REVIEW:
            self.begin(str(CaseAction.START_REVIEW))

    @Slot(int, str)
    def _on_nik(self, _case_id: int, nik: str) -> None:
        self.panel.head.show_nik(nik)

    @Slot(int)
    def _on_document_export(self, document_id: int) -> None:
        case = self.panel.case
        found = next((ref for ref in case.documents if ref.id == document_id), None) if case is not None else None
        if case is not None and found is not None:
            self.document_export_asked.emit(case.id, document_id, found.name)

    @Slot()
    def _on_call(self) -> None:
        self.begin(str(CaseAction.RECORD_CALL))

    @Slot()
    def _on_register(self) -> None:
        if (held := self.work.held) is not None:
            self.register_asked.emit(held.case)

    @Slot()
    def _on_minute(self) -> None:
        self.list.model.update_words()
