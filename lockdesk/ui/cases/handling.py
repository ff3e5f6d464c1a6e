"""What is done about the held case: its panel, and from each of its buttons to the dialog and the desk.

Made when a case is first shown, or the list is seen: it needs more of the program than all the rest of the window.
"""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from lockdesk.core.findings import Finding
from lockdesk.core.service_hours import Interval
from lockdesk.desk.desk import Desk
from lockdesk.desk.requests.steps import CaseAction
from lockdesk.desk.values.cases import Message
from lockdesk.settings import DeskSettings
from lockdesk.ui.cases.case_panel import CasePanel
from lockdesk.ui.cases.casework import Begin, CaseReading, Casework
from lockdesk.ui.cases.handwork import Handwork
from lockdesk.ui.cases.notices import Notices
from lockdesk.ui.cases.operations import Operations
from lockdesk.ui.cases.review import Review
from lockdesk.ui.cases.words import ca_words
from lockdesk.ui.dialogs.deadline import DeadlineSheet
from lockdesk.ui.look.times import OfficeTime
from lockdesk.ui.running.background import Lane
from lockdesk.ui.verification.choices import Choice
from lockdesk.ui.verification.operations_card import CaAsk
from lockdesk.ui.widgets.messages import MessageWork
from lockdesk.ui.widgets.questions import ReasonSheet
from lockdesk.ui.widgets.sheet import Sheet
from lockdesk.words import _

LEADING = frozenset({CaseAction.REVOKE, CaseAction.REISSUE, CaseAction.NOTIFY})
"""Steps that ask by a dialog of their own, which opens when the one before is taken."""


class Handling(QObject):
    """Connects the panel with whatever does what its buttons say."""

    print_asked = Signal(object)
    answer_asked = Signal(int)
    files_asked = Signal(int, str)
    """Of a case: its id and number."""
    document_export_asked = Signal(int, int, str)
    """Case, document, file name."""
    message_export_asked = Signal(int)
    csr_save_asked = Signal(int)
    register_asked = Signal(object)
    """A case whose applicant is looked up in, or added to, the staff register."""
    page_shown = Signal(int)
    standing_asked = Signal()
    slip_due = Signal(int)
    case_chosen = Signal(int)
    complaint_chosen = Signal(int)

    def __init__(
        self, desk: Desk, work: Casework, settings: DeskSettings, times: OfficeTime, page: QWidget, nothing: QWidget
    ) -> None:
        """`page` is what dialogs stand over; `nothing` is shown as long as no case is."""
        super().__init__(page)
        self._desk, self._work, self._page, self._times = desk, work, page, times
        self.panel = CasePanel(settings, times, work.training, nothing)
        ca_name = ca_words(settings)
        self._review = Review(desk, work, page)
        self._messages = MessageWork(desk, self._step_message, self._keep_message_texts, page)
        operations = Operations(desk, work, ca_name, times, page)
        handwork = Handwork(desk, work, ca_name, times, page)
        notices = self.notices = Notices(desk, work, times, page)
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
        self.by_ask: dict[CaAsk, Begin] = {**operations.asks, **handwork.asks}
        notices.slip_due.connect(self.slip_due)
        notices.export_asked.connect(self.message_export_asked)
        notices.settle_asked.connect(self._messages.begin)
        handwork.csr_save_asked.connect(self.csr_save_asked)
        handwork.message_asked.connect(self._on_message_asked)
        work.led_on.connect(self._on_led_on)
        self._connect_panel()

    def _connect_panel(self) -> None:
        work, panel = self._work, self.panel
        work.busy_changed.connect(panel.bar.set_busy)
        work.page_rendered.connect(panel.show_pixels)
        work.nik_shown.connect(self._on_nik)
        panel.action_asked.connect(self.begin)
        panel.letter.page_wanted.connect(work.render)
        panel.letter.page_shown.connect(self.page_shown)
        panel.letter.lines_wanted.connect(work.read_lines)
        work.lines_read.connect(panel.letter.show_lines)
        panel.head.unmask_asked.connect(self.unmask)
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
        panel.head.case_chosen.connect(self.case_chosen)

    def _step_message(self, message: Message, job: Callable[[], object], lane: Lane) -> None:
        self._work.step(message.case_id, job, lane=lane)

    def _keep_message_texts(self, sheet: Sheet, message: Message, name: str) -> None:
        self._work.keep_texts(sheet, message.case_id, f"message:{message.id}:{name}")

    @Slot(str)
    def begin(self, action: str) -> None:
        """Begins an action if it is allowed now; a key for one that is not says why."""
        available, held = self.panel.bar.available, self._work.held
        chosen = CaseAction(action)
        if available is None or held is None or chosen not in available.enabled:
            self.panel.bar.tell_why_resting(chosen)
            return
        if chosen is CaseAction.SETTLE and held.ca_work.awaits_certificate:
            self.answer(str(CaAsk.BRING_NEW))
        elif chosen is CaseAction.DECIDE_WARNING and held.awaits_holder:
            self.answer(str(CaAsk.RECORD_HOLDER))
        else:
            self.by_action[chosen](held)

    @Slot(str)
    def answer(self, asked: str) -> None:
        """Does what a card asks for about the CA."""
        if self._work.held is not None:
            self.by_ask[CaAsk(asked)](self._work.held)

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
        if self._work.held is not None:
            self.by_action[CaseAction.NOTIFY](self._work.held)

    @Slot(object)
    def _on_decision_asked(self, finding: Finding) -> None:
        if self._work.held is not None:
            self._review.decide(self._work.held.case, finding)

    @Slot(str, bool)
    def _on_ticked(self, item: str, ticked: bool) -> None:
        self._review.tick(self._work.case_id, item, ticked)

    @Slot(object)
    def _on_retype_asked(self, choice: Choice) -> None:
        self.panel.show_choice_place(choice)
        self._review.retype(self._work.case_id, choice)

    @Slot(object)
    def _on_choice_made(self, choice: Choice) -> None:
        self._review.choose(self._work.case_id, choice)

    @Slot()
    def unmask(self) -> None:
        """Shows the NIK in full after a reason."""
        words = _("Siapa melihat NIK lengkap dan mengapa dicatat dalam rekam jejak.")
        title = _("Tampilkan NIK lengkap?")
        sheet = ReasonSheet(self._page, self._work.case_id, "", title, words, _("Tampilkan"))
        sheet.given.connect(self._work.unmask)
        self._work.keep_texts(sheet, self._work.case_id, "nik")
        sheet.open()

    @Slot()
    def _on_deadline_asked(self) -> None:
        """Which time counts until the held case's deadline."""
        case_id = self._work.case_id
        self._work.ask(case_id, partial(self._desk.reading.explain_deadline, case_id), self._on_explained)

    def _on_explained(self, intervals: tuple[Interval, ...]) -> None:
        if self._work.held is not None and self._work.held.case.due_at is not None:
            DeadlineSheet(self._page, self._work.held.case, intervals, self._times).open()

    @Slot()
    def _on_led_on(self) -> None:
        """The dialog of the next step opens by itself where the officer waits for it."""
        bar = self.panel.bar
        next_one = bar.available.primary if bar.available is not None else None
        if next_one in LEADING and bar.holds_focus and self._work.free():
            self.begin(str(next_one))

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
        if (held := self._work.held) is not None:
            self.register_asked.emit(held.case)
