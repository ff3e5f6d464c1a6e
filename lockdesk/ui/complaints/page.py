"""The page of the complaints: list, the chosen complaint, the form for a new one."""

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from lockdesk.core.complaints import CHANNEL_LABELS, COMPLAINT_STATE_LABELS, ComplaintStep
from lockdesk.desk.ports import Clock
from lockdesk.desk.values.complaints import ComplaintForm, ComplaintView, EvidenceFile, ExplainedLimit
from lockdesk.desk.values.facts import PagePixels
from lockdesk.settings import DeskSettings
from lockdesk.ui.complaints.limit import LimitSheet
from lockdesk.ui.complaints.new import NewComplaint
from lockdesk.ui.complaints.panel import ComplaintPanel
from lockdesk.ui.complaints.sheets import CorrectComplaintSheet, EscalateSheet, EvidenceSheet
from lockdesk.ui.complaints.words import row_text
from lockdesk.ui.complaints.work import ComplaintWork
from lockdesk.ui.look.times import OfficeTime
from lockdesk.ui.running.files import dropped_paths
from lockdesk.ui.widgets.list_panel import BesideList, ListPanel
from lockdesk.ui.widgets.list_view import Origin
from lockdesk.ui.widgets.parts import PageStack, column
from lockdesk.ui.widgets.questions import ReasonSheet
from lockdesk.ui.widgets.rows import RowText
from lockdesk.ui.widgets.sheet import Sheet
from lockdesk.words import N_, _

FILTERS = (("open", N_("Terbuka")), ("escalated", N_("Diteruskan")), ("resolved", N_("Selesai")))


class ComplaintsPage(QWidget):
    """Connects list, panel, form and work."""

    receive_asked = Signal()
    complaint_asked = Signal()
    form_left = Signal()
    message_export_asked = Signal(int)
    print_asked = Signal(int)
    print_at_once_asked = Signal(str, int)
    """The kind of a document, and the complaint."""
    file_save_asked = Signal(int, int, str)
    """A complaint, a file of its evidence, and its name."""
    case_asked = Signal(str)
    complaint_shown = Signal(int)

    def __init__(
        self,
        work: ComplaintWork,
        settings: DeskSettings,
        times: OfficeTime,
        clock: Clock,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAcceptDrops(True)
        self._settings = settings
        self.work = work
        self._times = times
        self._clock = clock
        self._print_next = False
        empty = (_("Daftar kosong"), _("Belum ada pengaduan pada daftar ini."))
        filters = [(value, _(words)) for value, words in FILTERS]
        states = {str(state): words for state, words in COMPLAINT_STATE_LABELS.items()}
        origin = Origin(N_("Kanal"), states, {str(channel): words for channel, words in CHANNEL_LABELS.items()})
        self.list = ListPanel(filters, self._describe, _("Daftar pengaduan"), empty, origin)
        self.list.read_from(work.listing)
        self.panel = ComplaintPanel(times)
        self.form = NewComplaint()
        self._right = PageStack()
        self._right.addWidget(self.panel)
        self._right.addWidget(self.form)
        column(self).addWidget(BesideList(self.list, self._right))
        self._connect()
        work.listing.begin()

    def _connect(self) -> None:
        work, rows, panel = self.work, self.list, self.panel
        self._messages = work.message_work(self)
        rows.receive_asked.connect(self.receive_asked)
        rows.complaint_asked.connect(self.complaint_asked)
        rows.chosen.connect(self.show_complaint)
        rows.opened.connect(self._on_opened)
        work.complaint_read.connect(self._on_read)
        work.received.connect(self._on_received)
        work.stepped.connect(self._on_stepped)
        work.draft_read.connect(self.form.show_draft)
        work.related_found.connect(self.form.fields.show_related)
        work.identity_read.connect(panel.show_identity)
        work.correction_ready.connect(self._on_correct)
        work.escalated.connect(partial(self.print_at_once_asked.emit, "escalation"))
        work.limits_explained.connect(self._on_limits)
        panel.limit_asked.connect(work.explain_limits)
        panel.step_asked.connect(self._on_step)
        panel.correction_asked.connect(work.prepare_correction)
        panel.identity_asked.connect(work.ask_identity)
        panel.satisfaction_told.connect(work.record_satisfaction)
        panel.files_added.connect(work.add_files)
        panel.evidence.file_asked.connect(self._on_file)
        panel.answer.draft_due.connect(work.keep_answer)
        self.form.fields.case_typed.connect(work.look_up)
        panel.print_asked.connect(self.print_asked)
        panel.case_asked.connect(self.case_asked)
        panel.messages.export_asked.connect(self.message_export_asked)
        panel.messages.action_asked.connect(self._messages.begin)
        self.form.received.connect(self._on_form)
        self.form.left.connect(self._on_left)
        self.form.draft_due.connect(work.keep_draft)

    def _describe(self, row: Any) -> RowText:
        return row_text(row, self._times, self._clock.now())

    def show_counts(self, counts: Mapping[str, int]) -> None:
        self.list.show_counts({value: counts.get(f"complaints_{value}", 0) for value in ("open", "escalated")})

    @Slot(int)
    def show_complaint(self, complaint_id: int) -> None:
        self._right.setCurrentIndex(0)
        self.list.choose(complaint_id)
        self.work.show(complaint_id)

    @Slot(int)
    def _on_opened(self, complaint_id: int) -> None:
        """Enter in the list: the keyboard goes to the complaint."""
        self.show_complaint(complaint_id)
        self.panel.setFocus(Qt.FocusReason.OtherFocusReason)

    def begin_form(self, related: str = "") -> None:
        """F8: the form for a new complaint, with what was typed before; the `related` case is offered."""
        self._right.setCurrentIndex(1)
        self.form.begin(related)
        self.work.load_draft()

    def begin_print(self) -> None:
        """Ctrl+P: the complaint that is shown."""
        if not self.form_shown:
            self.panel.begin_print()

    def take_focus(self) -> None:
        """The answer to the complaint that is shown, or the form."""
        if self.form_shown:
            self.form.fields.focus_first()
        else:
            self.panel.take_focus()

    @property
    def form_shown(self) -> bool:
        return self._right.currentIndex() == 1

    def shows(self, complaint_id: int) -> bool:
        """Whether this complaint is shown, and no form in its place."""
        return not self.form_shown and self.work.complaint_id == complaint_id

    def refresh(self) -> None:
        self.work.listing.read()
        self.work.read()

    @Slot(object, str)
    def _on_read(self, view: ComplaintView, draft: str) -> None:
        self.panel.show_view(view, self._clock.now(), draft)
        self.complaint_shown.emit(view.id)

    @Slot(int)
    def _on_stepped(self, complaint_id: int) -> None:
        if self.panel.view is not None and self.panel.view.id == complaint_id:
            self.panel.clear_answer()

    @Slot(object, object, bool)
    def _on_form(self, form: ComplaintForm, paths: Sequence[Path], printed: bool) -> None:
        self._print_next = printed
        self.work.receive(form, paths)

    @Slot(int)
    def _on_received(self, complaint_id: int) -> None:
        focused = QApplication.focusWidget()
        at_form = focused is not None and self.form.isAncestorOf(focused)
        self.form.clear()
        self.work.listing.read()
        self.show_complaint(complaint_id)
        if at_form:  # else Qt gives it to whatever stands next in the window
            self.panel.setFocus(Qt.FocusReason.OtherFocusReason)
        if self._print_next:
            self.print_at_once_asked.emit("complaint_receipt", complaint_id)

    @Slot()
    def _on_left(self) -> None:
        self._right.setCurrentIndex(0)
        self.form_left.emit()

    @Slot(object, str)
    def _on_step(self, step: ComplaintStep, text: str) -> None:
        """What needs only words is taken, the rest is asked about."""
        view = self.panel.view
        assert view is not None
        asked = {
            ComplaintStep.ESCALATE: partial(self._ask_escalation, view, text),
            ComplaintStep.COMPLAINANT_REPLIES: partial(self._ask_reply, view),
            ComplaintStep.REOPEN: partial(self._ask_reopening, view),
            ComplaintStep.TAKE_BACK: partial(self._ask_taking_back, view),
        }
        if step in asked:
            asked[step]()
        else:
            self.work.step(view.id, step, text)

    def _ask_escalation(self, view: ComplaintView, text: str) -> None:
        sheet = EscalateSheet(self, view, self._settings, text)
        sheet.escalated.connect(self.work.escalate)
        self._open(sheet, view, "escalate")

    def _ask_reply(self, view: ComplaintView) -> None:
        title = _("Balasan pengadu atas pengaduan {number}").format(number=view.number)
        words = _("Pengaduan kembali ditangani petugas; penutupan otomatis batal.")
        sheet = ReasonSheet(self, view.id, "", title, words, _("Catat balasan"), _("Yang disampaikan pengadu"))
        sheet.given.connect(self.work.complainant_replies)
        self._open(sheet, view, "reply")

    def _ask_reopening(self, view: ComplaintView) -> None:
        title = _("Buka kembali pengaduan {number}?").format(number=view.number)
        sheet = ReasonSheet(self, view.id, "", title, _("Pengaduan kembali ditangani petugas."), _("Buka kembali"))
        sheet.given.connect(self.work.reopen)
        self._open(sheet, view, "reopen")

    def _ask_taking_back(self, view: ComplaintView) -> None:
        title = _("Batalkan penerusan pengaduan {number}?").format(number=view.number)
        words = _("Pengaduan kembali ditangani petugas; beri tahu pejabat bila lembar penerusannya sudah disampaikan.")
        sheet = ReasonSheet(self, view.id, "", title, words, _("Batalkan penerusan"))
        sheet.given.connect(self.work.take_back)
        self._open(sheet, view, "take_back")

    def _open(self, sheet: Sheet, view: ComplaintView, name: str) -> None:
        self.work.keep_texts(sheet, view.id, name)
        sheet.open()

    @Slot(object, object)
    def _on_limits(self, view: ComplaintView, limits: Sequence[ExplainedLimit]) -> None:
        LimitSheet(self, view, limits, self._times).open()

    @Slot(object, object)
    def _on_correct(self, view: ComplaintView, form: ComplaintForm) -> None:
        sheet = CorrectComplaintSheet(self, view, form)
        sheet.case_typed.connect(self.work.look_up)
        self.work.related_found.connect(sheet.fields.show_related)
        sheet.corrected.connect(self.work.correct)
        self._open(sheet, view, "correct")
        if form.case_number and not form.confidential:
            self.work.look_up(form.case_number)

    @Slot(object)
    def _on_file(self, file: EvidenceFile) -> None:
        view = self.panel.view
        assert view is not None
        sheet = EvidenceSheet(self, file)
        sheet.page_wanted.connect(partial(self._draw, sheet, file))
        sheet.save_asked.connect(partial(self.file_save_asked.emit, view.id, file.id, file.name))
        sheet.open()
        sheet.begin()

    def _draw(self, sheet: EvidenceSheet, file: EvidenceFile, page: int, width: int) -> None:
        self.work.draw(file, page, width, partial(self._on_drawn, sheet))

    @staticmethod
    def _on_drawn(sheet: EvidenceSheet, pixels: PagePixels | None) -> None:
        if isValid(sheet) and not sheet.left:
            sheet.show_pixels(pixels)

    # ── files dropped on the form are its evidence ──

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.form_shown and dropped_paths(event.mimeData()):
            event.acceptProposedAction()
        else:
            event.ignore()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.form.files.show_paths((*self.form.files.paths, *dropped_paths(event.mimeData())))
