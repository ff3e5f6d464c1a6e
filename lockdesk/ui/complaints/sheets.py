"""The dialogs about a complaint: its correction, its escalation, what was handed in."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from lockdesk.desk.values.complaints import ComplaintForm, ComplaintView, EvidenceFile
from lockdesk.desk.values.facts import PagePixels
from lockdesk.settings import DeskSettings
from lockdesk.ui.complaints.form import ComplaintFields
from lockdesk.ui.look.theme import Tone, theme
from lockdesk.ui.widgets.forms import Field, choice, correction_lacks, keep_choice, text_area, text_field, too_short
from lockdesk.ui.widgets.parts import HintButton, column, label
from lockdesk.ui.widgets.preview import Preview
from lockdesk.ui.widgets.sheet import Sheet
from lockdesk.words import _


class CorrectComplaintSheet(Sheet):
    """Koreksi: the record is shown as a form, with a reason for the journal."""

    corrected = Signal(int, object, str)
    case_typed = Signal(str)

    def __init__(self, parent: QWidget, view: ComplaintView, form: ComplaintForm) -> None:
        """`form`: what was written down; who a confidential complainant is stays hidden."""
        words = _("Catatan yang lama tetap tersimpan dalam rekam jejak.")
        super().__init__(parent, _("Koreksi pengaduan {number}").format(number=view.number), words, width=760)
        self._view, self._whole = view, form
        self.fields = ComplaintFields()
        self.fields.fill(form)
        if form.confidential:
            self.fields.mask_identity()
        self._reason: QLineEdit = text_field()
        inside = QWidget()
        column(inside).addWidget(self.fields)
        self.scrolled(inside, beneath=Field(_("Alasan koreksi"), self._reason))
        self.add_buttons(_("Simpan koreksi"))
        self.fields.case_typed.connect(self.case_typed)
        self.fields.changed.connect(self._on_changed)
        self._reason.textChanged.connect(self._on_changed)
        self._on_changed()

    @Slot()
    def _on_changed(self) -> None:
        changed = self.fields.form != self._whole
        self.rest_verb(self.fields.lacking or correction_lacks(changed, self._reason.text()))

    def act(self) -> None:
        self.corrected.emit(self._view.id, self.fields.form, self._reason.text().strip())
        self.accept()


class EscalateSheet(Sheet):
    """Teruskan ke pejabat: to whom and why, before anything is passed on (component 6 b.3)."""

    escalated = Signal(int, str, str)
    """Complaint, reason, addressee."""

    def __init__(self, parent: QWidget, view: ComplaintView, settings: DeskSettings, text: str) -> None:
        title = _("Teruskan pengaduan {number} ke pejabat?").format(number=view.number)
        words = _("Pengaduan tetap terbuka sampai pejabat menanggapinya. Lembar penerusan dicetak sekaligus.")
        super().__init__(parent, title, words, width=600)
        self._id = view.id
        named = (settings.complaints_officer, settings.office.supervisor_position)
        self._to = choice([(name, name) for name in dict.fromkeys(named) if name])
        self._to.setEditable(True)
        keep_choice(self._to)
        self._why = text_area(text, 4)
        self.body.addWidget(Field(_("Kepada"), self._to, _("Pilih atau tulis nama dan jabatan pejabat.")))
        self.body.addWidget(Field(_("Alasan diteruskan"), self._why))
        self.add_buttons(_("Teruskan dan cetak"), final=True)
        self._to.editTextChanged.connect(self._on_changed)
        self._why.textChanged.connect(self._on_changed)
        self._on_changed()

    @Slot()
    def _on_changed(self) -> None:
        reason = " ".join(self._why.toPlainText().split())
        to = "" if self._to.currentText().strip() else _("Pilih atau tulis nama dan jabatan pejabat.")
        self.rest_verb(to or too_short(reason))

    def act(self) -> None:
        self.escalated.emit(self._id, self._why.toPlainText().strip(), self._to.currentText().strip())
        self.accept()


class EvidenceSheet(Sheet):
    """One file that was handed in, drawn in the sealed child, page by page."""

    page_wanted = Signal(int, int)
    save_asked = Signal()

    def __init__(self, parent: QWidget, file: EvidenceFile) -> None:
        super().__init__(parent, file.name, width=760)
        save = HintButton(_("Simpan salinan…"))
        save.clicked.connect(self.save_asked)
        self.add_side_button(save)
        self._trouble = label(_("Berkas ini tidak dapat ditampilkan."), tone=Tone.QUIET, wrap=True)
        self._trouble.hide()
        self._pages = Preview()
        self._pages.setFixedHeight(theme.px(440))
        self._pages.page_wanted.connect(self.page_wanted)
        self.body.addWidget(self._pages)
        self.body.addWidget(self._trouble)
        self.add_close()

    def begin(self) -> None:
        self._pages.begin(640)

    def show_pixels(self, pixels: PagePixels | None) -> None:
        if pixels is not None:
            self._pages.show_pixels(pixels)
            return
        self._pages.hide()
        self._trouble.show()
