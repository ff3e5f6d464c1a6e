"""The page of the complaints: list, the chosen complaint, the form for a new one."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QWidget

from lockdesk.core.service_hours import DayRun
from lockdesk.desk.ports import Clock
from lockdesk.desk.values.complaints import ComplaintForm, ComplaintView
from lockdesk.ui.complaints.form import ComplaintFields, NewComplaint
from lockdesk.ui.complaints.limit import LimitSheet
from lockdesk.ui.complaints.panel import ComplaintPanel
from lockdesk.ui.complaints.words import row_text
from lockdesk.ui.complaints.work import ComplaintWork
from lockdesk.ui.look.times import OfficeTime
from lockdesk.ui.widgets.forms import Field, text_field
from lockdesk.ui.widgets.list_panel import ListPanel
from lockdesk.ui.widgets.parts import column
from lockdesk.ui.widgets.questions import ReasonSheet
from lockdesk.ui.widgets.rows import RowText
from lockdesk.ui.widgets.sheet import Sheet
from lockdesk.words import N_, _

FILTERS = (("open", N_("Terbuka")), ("escalated", N_("Diteruskan")), ("resolved", N_("Selesai")))


class CorrectComplaintSheet(Sheet):
    """Koreksi: the record is shown as a form, with a reason for the journal."""

    corrected = Signal(int, object, str)

    def __init__(self, parent: QWidget, view: ComplaintView) -> None:
        words = _("Catatan yang lama tetap tersimpan dalam rekam jejak.")
        super().__init__(parent, _("Koreksi pengaduan {number}").format(number=view.number), words, width=760)
        self._view = view
        self._fields = ComplaintFields()
        self._fields.fill(view.form)
        if view.form.confidential:
            self._fields.mask_identity()
        self._reason: QLineEdit = text_field()
        inside = QWidget()
        inner = column(inside, 0, 10)
        inner.addWidget(self._fields)
        inner.addWidget(Field(_("Alasan koreksi"), self._reason))
        self.scrolled(inside, 420)
        self.add_buttons(_("Simpan koreksi"))
        self._fields.changed.connect(self._on_changed)
        self._reason.textChanged.connect(self._on_changed)
        self._on_changed()

    @Slot()
    def _on_changed(self) -> None:
        changed = self._fields.form != self._view.form
        self.verb.setEnabled(changed and self._fields.complete and len(self._reason.text().strip()) >= 5)

    def act(self) -> None:
        self.corrected.emit(self._view.id, self._fields.form, self._reason.text().strip())
        self.accept()


class ComplaintsPage(QWidget):
    """Connects list, panel, form and work."""

    receive_asked = Signal()
    complaint_asked = Signal()
    form_left = Signal()
    message_export_asked = Signal(int)
    print_asked = Signal(int)
    case_asked = Signal(str)
    complaint_shown = Signal(int)

    def __init__(self, work: ComplaintWork, times: OfficeTime, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.work = work
        self._times = times
        self._clock = clock
        self._print_next = False
        empty = (_("Daftar kosong"), _("Belum ada pengaduan pada daftar ini."))
        filters = [(value, _(words)) for value, words in FILTERS]
        self.list = ListPanel(filters, self._describe, _("Daftar pengaduan"), empty)
        self.list.read_from(work.listing)
        self.panel = ComplaintPanel(times)
        self.form = NewComplaint()
        self._right = QStackedWidget()
        self._right.addWidget(self.panel)
        self._right.addWidget(self.form)
        inner = QHBoxLayout(self)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(0)
        inner.addWidget(self.list)
        inner.addWidget(self._right, 1)
        self._connect()
        work.listing.read()

    def _connect(self) -> None:
        work, rows, panel = self.work, self.list, self.panel
        self._messages = work.message_work(self)
        rows.receive_asked.connect(self.receive_asked)
        rows.complaint_asked.connect(self.complaint_asked)
        rows.chosen.connect(self.show_complaint)
        rows.opened.connect(self.show_complaint)
        work.complaint_read.connect(self._on_read)
        work.received.connect(self._on_received)
        work.stepped.connect(self._on_stepped)
        work.draft_read.connect(self.form.show_draft)
        panel.limit_asked.connect(work.explain_limit)
        work.limit_explained.connect(self._on_limit)
        panel.responded.connect(work.respond)
        panel.escalated.connect(work.escalate)
        panel.official_responded.connect(work.official_responds)
        panel.resolved.connect(work.resolve)
        panel.reopen_asked.connect(self._on_reopen)
        panel.correction_asked.connect(self._on_correct)
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

    def begin_form(self, related: str = "") -> None:
        """F8: the form for a new complaint, with what was typed before, else with the number of the `related` case."""
        self._right.setCurrentIndex(1)
        self.form.begin(related)
        self.work.load_draft()

    def take_focus(self) -> None:
        """The answer to the complaint that is shown, or the form."""
        if self.form_shown:
            self.form.fields.focus_first()
        else:
            self.panel.take_focus()

    @property
    def form_shown(self) -> bool:
        return self._right.currentIndex() == 1

    def refresh(self) -> None:
        self.work.listing.read()
        self.work.read()

    @Slot(object)
    def _on_read(self, view: ComplaintView) -> None:
        self.panel.show_view(view, self._clock.now())
        self.complaint_shown.emit(view.id)

    @Slot(int)
    def _on_stepped(self, complaint_id: int) -> None:
        if self.panel.view is not None and self.panel.view.id == complaint_id:
            self.panel.clear_answer()

    @Slot(object, bool)
    def _on_form(self, form: ComplaintForm, printed: bool) -> None:
        self._print_next = printed
        self.work.receive(form)

    @Slot(int)
    def _on_received(self, complaint_id: int) -> None:
        self.form.clear()
        self.work.listing.read()
        self.show_complaint(complaint_id)
        if self._print_next:
            self.print_asked.emit(complaint_id)

    @Slot()
    def _on_left(self) -> None:
        self._right.setCurrentIndex(0)
        self.form_left.emit()

    @Slot(object)
    def _on_reopen(self, view: ComplaintView) -> None:
        title = _("Buka kembali pengaduan {number}?").format(number=view.number)
        sheet = ReasonSheet(self, view.id, "", title, _("Pengaduan kembali ditangani petugas."), _("Buka kembali"))
        sheet.given.connect(self.work.reopen)
        sheet.open()

    @Slot(object, object)
    def _on_limit(self, view: ComplaintView, runs: Sequence[DayRun]) -> None:
        LimitSheet(self, view, runs, self._times).open()

    @Slot(object)
    def _on_correct(self, view: ComplaintView) -> None:
        sheet = CorrectComplaintSheet(self, view)
        sheet.corrected.connect(self.work.correct)
        sheet.open()
