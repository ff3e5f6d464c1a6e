"""The dialogs of the verification: rejecting, asking the applicant, calls, corrections, other endings."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QRadioButton, QWidget

from lockdesk.core.cases import ROUTE_LABELS, Route
from lockdesk.core.confirmation import CallResult
from lockdesk.core.findings import Verdict, ordered
from lockdesk.core.identity import normal_phone
from lockdesk.desk.checks.all import rejection_reasons
from lockdesk.desk.requests.calls import CALL_FAULTS, CallFault, call_fault
from lockdesk.desk.values.cases import CallForm, CaseView
from lockdesk.desk.values.person_fields import fault_in
from lockdesk.settings import ChecklistItem
from lockdesk.ui.look.theme import Tone, theme
from lockdesk.ui.look.value_words import csr_words, usable_words
from lockdesk.ui.widgets.cards import Notice
from lockdesk.ui.widgets.forms import (
    PASSPHRASE_WARNING,
    ApplicantFields,
    CheckLine,
    Field,
    Segments,
    choice,
    looks_like_passphrase,
    text_area,
    text_field,
)
from lockdesk.ui.widgets.parts import ElidedLabel, column, label, line
from lockdesk.ui.widgets.sheet import Sheet
from lockdesk.words import N_, _

CALL_RESULTS = {
    CallResult.CONFIRMED: N_("Membenarkan"),
    CallResult.DENIED: N_("Menyangkal"),
    CallResult.UNANSWERED: N_("Tidak diangkat"),
}


class RejectSheet(Sheet):
    """Tidak sesuai: the reasons come from the findings and can be edited."""

    rejection = Signal(int, object)

    def __init__(self, parent: QWidget, case: CaseView) -> None:
        title = _("Nyatakan permohonan {name} tidak sesuai?").format(name=case.applicant.name)
        words = _("Kasus ditutup. Pemohon menerima surat pengembalian dengan alasan ini dan dapat mengajukan lagi.")
        super().__init__(parent, title, words, width=640)
        self._case_id = case.id
        self._area = text_area("\n".join(rejection_reasons(case.findings)), 6)
        hint = _("Satu alasan pada setiap baris, dengan kata yang dipahami pemohon.")
        self.body.addWidget(Field(_("Alasan"), self._area, hint))
        self._area.textChanged.connect(self._on_text)
        self.add_buttons(_("Nyatakan tidak sesuai"), "destructive")
        self._on_text()

    @property
    def reasons(self) -> tuple[str, ...]:
        return tuple(text.strip() for text in self._area.toPlainText().splitlines() if text.strip())

    @Slot()
    def _on_text(self) -> None:
        self.verb.setEnabled(bool(self.reasons))

    def act(self) -> None:
        self.rejection.emit(self._case_id, self.reasons)
        self.accept()


class AskApplicantSheet(Sheet):
    """Minta kelengkapan: what is missing, and the words of the message."""

    asked = Signal(int, object, str)

    def __init__(self, parent: QWidget, case: CaseView, items: Sequence[ChecklistItem]) -> None:
        title = _("Minta kelengkapan dari {name}").format(name=case.applicant.name)
        super().__init__(parent, title, _("Batas waktu berhenti sampai pemohon menjawab."), width=620)
        self._case_id = case.id
        failed = {item.check for item in case.findings if item.verdict is not Verdict.PASS and not item.absent}
        self._boxes: list[CheckLine] = []
        for item in items:
            box = CheckLine(item.identifier, item.words)
            box.box.setChecked(any(check in failed for check in item.checks))
            box.toggled.connect(self._on_changed)
            self._boxes.append(box)
            self.body.addWidget(box)
        remedies = [f.remedy for f in ordered(case.findings) if f.verdict is not Verdict.PASS and f.remedy]
        self._area = text_area("\n".join(dict.fromkeys(remedies)), 5)
        self._area.textChanged.connect(self._on_changed)
        self.body.addWidget(Field(_("Pesan kepada pemohon"), self._area))
        self.add_buttons(_("Minta kelengkapan"))
        self._on_changed()

    def _wanted(self) -> tuple[str, ...]:
        return tuple(box.name for box in self._boxes if box.ticked)

    @Slot()
    def _on_changed(self) -> None:
        self.verb.setEnabled(bool(self._wanted()) and bool(self._area.toPlainText().strip()))

    def act(self) -> None:
        self.asked.emit(self._case_id, self._wanted(), self._area.toPlainText().strip())
        self.accept()


class CallSheet(Sheet):
    """Catat konfirmasi telepon: says while it is written whether the call will confirm the request."""

    recorded = Signal(int, object)

    def __init__(self, parent: QWidget, case: CaseView, zone: ZoneInfo) -> None:
        words = _("Hanya panggilan keluar ke nomor pada data kepegawaian yang dihitung sebagai konfirmasi.")
        super().__init__(parent, _("Catat konfirmasi telepon"), words)
        self._case, self._zone = case, zone
        self._known = case.register.text("phone") if case.register is not None else ""
        self._way = Segments((("out", _("Panggilan keluar")), ("in", _("Panggilan masuk"))), _("Arah panggilan"))
        self._result = Segments(
            [(result.value, _(words)) for result, words in CALL_RESULTS.items()], _("Hasil panggilan"), preset=False
        )
        self._number = choice([(self._known, self._known)] if self._known else [])
        self._number.setEditable(True)
        self._number.setCurrentText(self._known)
        self._number_field = Field(_("Nomor yang dihubungi"), self._number)
        self._reached = text_field(case.applicant.name)
        self._note = text_area("", 3)
        self._note_field = Field(_("Catatan (jangan mencatat passphrase)"), self._note)
        self._outcome = Notice("")
        self._resting = ElidedLabel()
        self._csr = self._read_out(case)
        self._certificate = _certificates(case)
        self._arrange()
        self.add_buttons(_("Simpan"))
        self._resting.setProperty("tone", str(Tone.QUIET))
        self._resting.setProperty("scale", "small")
        self.add_side_button(self._resting)
        self._way.chosen.connect(self._on_way)
        self._result.chosen.connect(self._on_changed)
        self._number.editTextChanged.connect(self._on_changed)
        self._reached.textChanged.connect(self._on_changed)
        self._note.textChanged.connect(self._on_changed)
        self._certificate.currentIndexChanged.connect(self._on_changed)
        if self._csr is not None:
            self._csr.toggled.connect(self._on_changed)
        self._on_changed()

    def _arrange(self) -> None:
        """Who was reached beside the number, and all of it scrolled: large letters fit a small screen, too. What is
        always to be chosen comes first, and what follows from it stands right below."""
        inside = QWidget()
        inner = column(inside, 0, 10)
        who = line((self._number_field, Field(_("Berbicara dengan"), self._reached)), 12)
        who.setStretch(0, 1)
        who.setStretch(1, 1)
        inner.addWidget(self._way)
        inner.addLayout(who)
        inner.addWidget(Field(_("Hasil panggilan"), self._result))
        inner.addWidget(self._outcome)
        if self._csr is not None:
            inner.addWidget(self._csr)
        if self._certificate.count() > 1:
            inner.addWidget(Field(_("Sertifikat yang disebut pemohon"), self._certificate))
        inner.addWidget(self._note_field)
        inner.addStretch(1)
        # Room is kept for the longest that is said.
        self._tell_outcome(max(CALL_FAULTS, key=lambda fault: len(_(CALL_FAULTS[fault]))))
        wraps = inside.hasHeightForWidth()
        wanted = inside.heightForWidth(theme.px(500)) if wraps else inside.sizeHint().height()
        self.scrolled(inside, wanted / theme.px(1))

    def _read_out(self, case: CaseView) -> CheckLine | None:
        """The CSR to be read out where the letter does not name its key; never ticked by itself."""
        csr = case.csr_to_name()
        if csr is None or all(finding.check != "csr.confirmed" for finding in case.findings):
            return None
        return CheckLine("csr", _("Dibacakan dan dibenarkan pemohon: CSR {csr}").format(csr=csr_words(csr, self._zone)))

    @Slot()
    def _on_way(self) -> None:
        """A caller's number is written as it was shown; the register's is not assumed."""
        outgoing = self._way.value == "out"
        self._number_field.set_name(_("Nomor yang dihubungi") if outgoing else _("Nomor penelepon (boleh kosong)"))
        self._number.setCurrentText(self._known if outgoing else "")
        self._on_changed()

    @Slot()
    def _on_changed(self) -> None:
        number, form = self._number.currentText().strip(), self._form()
        self._number_field.show_fault(fault_in("phone", number))
        warning = _(PASSPHRASE_WARNING) if looks_like_passphrase(self._note.toPlainText()) else ""
        self._note_field.show_fault(warning)
        reason = self._why_resting(form, number, warning)
        self._resting.set_whole(reason)
        self.verb.setEnabled(not reason)
        self.verb.setAccessibleDescription(reason)
        self._outcome.setVisible(bool(self._result.value))
        self._tell_outcome(call_fault(self._case, form, self._zone))

    def _why_resting(self, form: CallForm, number: str, warning: str) -> str:
        """What is missing before the call can be kept; "" where nothing is."""
        if not self._result.value:
            return _("Pilih hasil panggilan untuk menyimpan.")
        if not form.number and (form.outgoing or number):
            return _("Isi nomor telepon yang benar untuk menyimpan.")
        if not form.reached and form.result is not CallResult.UNANSWERED:
            return _("Isi dengan siapa Anda berbicara untuk menyimpan.")
        return warning

    def _tell_outcome(self, fault: CallFault) -> None:
        if fault is CallFault.NONE and self._csr is not None and not self._csr.ticked:
            words = _("Panggilan ini memenuhi konfirmasi telepon, tetapi CSR belum dibenarkan: peringatannya tetap.")
            self._outcome.say(words, Tone.WARN)
        elif fault is CallFault.NONE:
            self._outcome.say(_("Panggilan ini memenuhi konfirmasi telepon."), Tone.OK)
        elif fault is CallFault.DENIED:
            self._outcome.say(_(CALL_FAULTS[fault]), Tone.BAD)
        else:
            self._outcome.say(
                _("{reason} Panggilan ini tidak memenuhi konfirmasi telepon.").format(reason=_(CALL_FAULTS[fault])),
                Tone.WARN,
            )

    def _form(self) -> CallForm:
        return CallForm(
            result=CallResult(self._result.value or CallResult.CONFIRMED),
            outgoing=self._way.value == "out",
            number=normal_phone(self._number.currentText()),
            reached=self._reached.text().strip(),
            note=self._note.toPlainText().strip(),
            csr_confirmed=self._csr is not None and self._csr.ticked,
            certificate=str(self._certificate.currentData() or ""),
        )

    def act(self) -> None:
        self.recorded.emit(self._case.id, self._form())
        self.accept()


def _certificates(case: CaseView) -> QComboBox:
    """What the applicant can name; nothing is assumed."""
    named = [(item.serial, usable_words(item)) for item in case.to_be_named()]
    box = choice([("", _("belum disebut")), *named])
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    return box


class CorrectSheet(Sheet):
    """Koreksi data pemohon, with a reason for the journal."""

    corrected = Signal(int, object, str)

    def __init__(self, parent: QWidget, case: CaseView) -> None:
        words = _("Data yang lama tetap tersimpan dalam rekam jejak. Pemeriksaan dijalankan lagi.")
        super().__init__(parent, _("Koreksi data pemohon"), words, width=680)
        self._case_id = case.id
        self._recorded = case.applicant
        self._form = ApplicantFields(case.applicant)
        self._reason = text_field()
        inside = QWidget()
        inner = column(inside, 0, 10)
        inner.addWidget(self._form)
        inner.addWidget(Field(_("Alasan koreksi"), self._reason))
        inner.addStretch(1)
        self.scrolled(inside, 340)
        self.add_buttons(_("Simpan koreksi"))
        self._form.changed.connect(self._on_changed)
        self._reason.textChanged.connect(self._on_changed)
        self._on_changed()

    @Slot()
    def _on_changed(self) -> None:
        changed = self._form.applicant != self._recorded
        self.verb.setEnabled(changed and self._form.complete and len(self._reason.text().strip()) >= 5)

    def act(self) -> None:
        self.corrected.emit(self._case_id, self._form.applicant, self._reason.text().strip())
        self.accept()


class ResolveOtherwiseSheet(Sheet):
    """Selesaikan tanpa pencabutan: which route, and what was done."""

    resolved = Signal(int, str, str)

    def __init__(self, parent: QWidget, case: CaseView) -> None:
        title = _("Selesaikan kasus {name} tanpa pencabutan?").format(name=case.applicant.name)
        super().__init__(parent, title, _("Sertifikat lama tidak dicabut. Kasus ditutup."))
        self._case_id = case.id
        self._options: list[tuple[Route, QRadioButton]] = []
        for route in (Route.SELF_SERVICE_RESET, Route.NOT_A_LOST_PASSPHRASE):
            option = QRadioButton(_(ROUTE_LABELS[route]))
            option.setChecked(not self._options)
            self._options.append((route, option))
            self.body.addWidget(option)
        self._note = text_area("", 3)
        self._note.textChanged.connect(self._on_text)
        self.body.addWidget(Field(_("Penjelasan untuk pemohon"), self._note))
        self.body.addWidget(label(_("Penjelasan ini dicantumkan dalam pemberitahuan."), tone=Tone.QUIET, scale="small"))
        self.add_buttons(_("Selesaikan"))
        self._on_text()

    @Slot()
    def _on_text(self) -> None:
        self.verb.setEnabled(len(self._note.toPlainText().strip()) >= 5)

    def act(self) -> None:
        route = next(route for route, option in self._options if option.isChecked())
        self.resolved.emit(self._case_id, str(route), self._note.toPlainText().strip())
        self.accept()
