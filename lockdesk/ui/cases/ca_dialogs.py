"""From what a card asks about the CA to its dialog, and from the dialog's answer to the desk."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from lockdesk.desk.operations.guide import CaWork
from lockdesk.desk.ports import Clock
from lockdesk.desk.values.cases import CaseView
from lockdesk.ui.cases.ca_asks import CaAsk
from lockdesk.ui.cases.ca_steps import CaSteps
from lockdesk.ui.cases.casework import Casework
from lockdesk.ui.dialogs.portal import CertificateSheet, HolderSheet, PortalSheet
from lockdesk.ui.dialogs.simple import ReasonSheet
from lockdesk.ui.look.times import OfficeTime
from lockdesk.words import _


class CaDialogs(QObject):
    """Answers a CaAsk about the held case."""

    csr_save_asked = Signal(int)

    def __init__(
        self, work: Casework, steps: CaSteps, ca_name: str, times: OfficeTime, clock: Clock, page: QWidget
    ) -> None:
        super().__init__(page)
        self._work, self._steps = work, steps
        self._ca, self._times, self._clock = ca_name, times, clock
        self._page = page
        self._case: CaseView | None = None
        self._ca_work = CaWork()

    def hold(self, case: CaseView, ca_work: CaWork) -> None:
        self._case, self._ca_work = case, ca_work

    @property
    def awaits_certificate(self) -> bool:
        """Whether a person brings the held case's new certificate next."""
        return self._ca_work.awaits_certificate

    @Slot(str)
    def answer(self, asked: str) -> None:
        """Does what a card asks for, at once or by a dialog."""
        case = self._case
        if case is None:
            return
        answers: dict[CaAsk, Callable[[CaseView], None]] = {
            CaAsk.SETTLE: lambda held: self._steps.settle(held.id),
            CaAsk.STEPS: self._show_steps,
            CaAsk.BRING_NEW: self._bring_new,
            CaAsk.BRING_OLD: self._bring_old,
            CaAsk.RECORD_HOLDER: self._record_holder,
            CaAsk.NOT_DONE: self._not_done,
            CaAsk.ACCEPT_RECORD: self._accept_record,
            CaAsk.STOP_ASKING: lambda held: self._about_operation(held, self._steps.stop_asking),
            CaAsk.ASK_AGAIN: lambda held: self._about_operation(held, self._steps.ask_again),
            CaAsk.GIVE: lambda held: self._steps.give_certificate(held.id),
            CaAsk.APPROVE: lambda held: self._steps.approve(held.id),
            CaAsk.DECLINE: self._decline,
        }
        answers[CaAsk(asked)](case)

    @staticmethod
    def _about_operation(case: CaseView, act: Callable[[int], None]) -> None:
        operation = case.open_operation()
        if operation is not None:
            act(operation.id)

    def _show_steps(self, case: CaseView) -> None:
        operation = case.open_operation()
        if operation is None:
            return
        sheet = PortalSheet(self._page, case, operation, self._ca_work, self._times, self._clock)
        sheet.nik_asked.connect(self._on_nik_asked)
        sheet.csr_asked.connect(self.csr_save_asked)
        sheet.message_asked.connect(self._work.draft_notice)
        self._work.nik_shown.connect(sheet.show_nik)
        sheet.open()

    @Slot()
    def _on_nik_asked(self) -> None:
        if self._case is None:
            return
        words = _("Siapa melihat NIK lengkap dan mengapa dicatat dalam rekam jejak.")
        sheet = ReasonSheet(self._page, self._case.id, "", _("Salin NIK lengkap?"), words, _("Salin"))
        sheet.given.connect(self._work.unmask)
        sheet.open()

    def _bring_new(self, case: CaseView) -> None:
        title = _("Masukkan sertifikat baru {name}").format(name=case.applicant.name)
        words = _("Program memeriksa kunci, pemegang, tanda tangan CA, rantai, dan masa berlakunya.")
        sheet = CertificateSheet(self._page, case.id, title, words)
        sheet.brought.connect(self._on_new_brought)
        sheet.open()

    @Slot(int, object, str)
    def _on_new_brought(self, case_id: int, paths: tuple[Path, ...], text: str) -> None:
        self._steps.bring_certificate(case_id, paths, text)

    def _bring_old(self, case: CaseView) -> None:
        title = _("Masukkan sertifikat lama {name}").format(name=case.applicant.name)
        words = _("Nomor serinya harus sama dengan permohonan, dan {ca} harus menandatanganinya.").format(ca=self._ca)
        sheet = CertificateSheet(self._page, case.id, title, words)
        sheet.brought.connect(self._on_old_brought)
        sheet.open()

    @Slot(int, object, str)
    def _on_old_brought(self, case_id: int, paths: tuple[Path, ...], text: str) -> None:
        self._steps.bring_old_certificate(case_id, paths, text)

    def _record_holder(self, case: CaseView) -> None:
        sheet = HolderSheet(self._page, case, self._ca)
        sheet.recorded.connect(self._on_holder)
        sheet.open()

    @Slot(int, str, str, str, str, object)
    def _on_holder(self, case_id: int, serial: str, name: str, number: str, email: str, until: date) -> None:
        self._steps.record_holder(case_id, serial, name, number, email, until)

    def _not_done(self, case: CaseView) -> None:
        title = _("Catat bahwa ini tidak dilaksanakan?")
        words = _("CA ditanya lebih dahulu: bila ternyata sudah dilaksanakan, itulah yang berlaku.")
        sheet = ReasonSheet(self._page, case.id, "", title, words, _("Catat tidak dilaksanakan"))
        sheet.given.connect(self._steps.not_done)
        sheet.open()

    def _accept_record(self, case: CaseView) -> None:
        title = _("Terima catatan CA apa adanya?")
        words = _("Alasan atau tanggal pencabutan menurut CA berbeda dari yang diminta. Catatan CA yang disimpan.")
        sheet = ReasonSheet(self._page, case.id, "", title, words, _("Terima catatan CA"))
        sheet.given.connect(self._steps.accept_record)
        sheet.open()

    def _decline(self, case: CaseView) -> None:
        """The training CA turns the waiting request down, in the words given here."""
        title = _("Tolak permintaan ini di CA pelatihan?")
        words = _("Kalimat ini menjadi jawaban CA pelatihan, seperti CA yang sesungguhnya menolak.")
        sheet = ReasonSheet(self._page, case.id, "", title, words, _("Tolak"), _("Jawaban CA"))
        sheet.given.connect(self._steps.decline)
        sheet.open()
