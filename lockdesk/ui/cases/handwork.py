"""What a person does in the CA's portal, or brings from there: the dialogs, and what the desk makes of it."""

from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from lockdesk.core.cases import CaseState
from lockdesk.desk.desk import Desk
from lockdesk.desk.operations.proving import RecordedRevocation
from lockdesk.desk.ports import NamedBytes
from lockdesk.desk.reasons import recorded_words
from lockdesk.desk.requests.steps import CaseAction
from lockdesk.ui.cases.casework import Begin, CaseReading, Casework
from lockdesk.ui.dialogs.portal import CertificateSheet, HolderSheet, PortalSheet
from lockdesk.ui.dialogs.reset import ResetSheet, SignatureSheet
from lockdesk.ui.look.times import OfficeTime
from lockdesk.ui.running.background import Lane
from lockdesk.ui.running.files import read_files
from lockdesk.ui.verification.operations_card import CaAsk
from lockdesk.ui.widgets.questions import ReasonSheet
from lockdesk.words import _, moment_words

Bring = Callable[[int, tuple[NamedBytes, ...]], None]


class Handwork(QObject):
    """The part of an operation that no protocol does."""

    csr_save_asked = Signal(int)
    message_asked = Signal(int)

    def __init__(self, desk: Desk, work: Casework, ca_name: str, times: OfficeTime, page: QWidget) -> None:
        super().__init__(page)
        self._desk, self._work, self._page = desk, work, page
        self._ca, self._times = ca_name, times
        self.actions: dict[CaseAction, Begin] = {
            CaseAction.SEND_RESET: self._send_reset,
            CaseAction.PROVE_RESET: self._prove_reset,
        }
        self.asks: dict[CaAsk, Begin] = {
            CaAsk.STEPS: self._show_steps,
            CaAsk.BRING_NEW: self._bring_new,
            CaAsk.BRING_OLD: self._bring_old,
            CaAsk.RECORD_HOLDER: self._record_holder,
            CaAsk.NOT_DONE: self._not_done,
            CaAsk.ACCEPT_RECORD: self._accept_record,
        }

    def _show_steps(self, held: CaseReading) -> None:
        operation = held.case.open_operation()
        if operation is None:
            return
        sheet = PortalSheet(self._page, held.case, operation, held.ca_work, self._times, self._desk.clock)
        sheet.guide.nik_asked.connect(self._on_nik_asked)
        sheet.brought.connect(self._on_new_brought)
        sheet.csr_asked.connect(self.csr_save_asked)
        sheet.message_asked.connect(self.message_asked)
        self._work.nik_shown.connect(sheet.guide.show_nik)
        sheet.open()

    # ── the certificate stays: a reset by the verifikator ──

    def _send_reset(self, held: CaseReading) -> None:
        again = held.case.state is CaseState.AWAITING_SIGNATURE
        sheet = ResetSheet(self._page, held.case, held.ca_work.steps, self._ca, again)
        sheet.guide.nik_asked.connect(self._on_nik_asked)
        self._work.nik_shown.connect(sheet.guide.show_nik)
        sheet.sent.connect(self._on_reset_sent)
        sheet.open()

    @Slot(int, str)
    def _on_reset_sent(self, case_id: int, phone: str) -> None:
        self._work.step(case_id, partial(self._desk.resetting.sent, case_id, phone))

    def _prove_reset(self, held: CaseReading) -> None:
        sheet = SignatureSheet(self._page, held.case, self._ca, self._times.zone, self._desk.clock.now())
        sheet.told.connect(self._on_signed)
        self._work.keep_texts(sheet, held.case.id, "signature")
        sheet.open()

    @Slot(int, object, str, bool)
    def _on_signed(self, case_id: int, told_at: datetime, how: str, valid_in_portal: bool) -> None:
        job = partial(self._desk.resetting.proved, case_id, told_at, how, valid_in_portal)
        self._work.step(case_id, job, _("Menanyakan ke CA…"), Lane.CA)

    # ── an operation in the portal ──

    @Slot()
    def _on_nik_asked(self) -> None:
        words = _("Siapa melihat NIK lengkap dan mengapa dicatat dalam rekam jejak.")
        sheet = ReasonSheet(self._page, self._work.case_id, "", _("Salin NIK lengkap?"), words, _("Salin"))
        sheet.given.connect(self._work.unmask)
        self._work.keep_texts(sheet, self._work.case_id, "nik")
        sheet.open()

    def _bring_new(self, held: CaseReading) -> None:
        title = _("Masukkan sertifikat baru {name}").format(name=held.case.applicant.name)
        words = _("Program memeriksa kunci, pemegang, tanda tangan CA, rantai, dan masa berlakunya.")
        sheet = CertificateSheet(self._page, held.case.id, title, words)
        sheet.brought.connect(self._on_new_brought)
        self._work.keep_texts(sheet, held.case.id, "certificate")
        sheet.open()

    @Slot(int, object, str)
    def _on_new_brought(self, case_id: int, paths: tuple[Path, ...], text: str) -> None:
        job = partial(_bring, self._desk.handwork.bring_certificate, case_id, paths, text)
        self._work.step(case_id, job, _("Memeriksa sertifikat…"), Lane.CA)

    def _bring_old(self, held: CaseReading) -> None:
        title = _("Masukkan sertifikat lama {name}").format(name=held.case.applicant.name)
        words = _("Nomor serinya harus sama dengan permohonan, dan {ca} harus menandatanganinya.").format(ca=self._ca)
        sheet = CertificateSheet(self._page, held.case.id, title, words)
        sheet.brought.connect(self._on_old_brought)
        self._work.keep_texts(sheet, held.case.id, "old_certificate")
        sheet.open()

    @Slot(int, object, str)
    def _on_old_brought(self, case_id: int, paths: tuple[Path, ...], text: str) -> None:
        job = partial(_bring, self._desk.handwork.bring_old_certificate, case_id, paths, text)
        self._work.step(case_id, job, _("Memeriksa sertifikat…"), Lane.CA)

    def _record_holder(self, held: CaseReading) -> None:
        sheet = HolderSheet(self._page, held.case, self._ca)
        sheet.recorded.connect(self._on_holder)
        self._work.keep_texts(sheet, held.case.id, "holder")
        sheet.open()

    @Slot(int, str, str, str, str, object)
    def _on_holder(self, case_id: int, serial: str, name: str, number: str, email: str, until: date) -> None:
        from lockdesk.desk.operations.handwork import HolderForm  # late: the desk's part for portals

        form = HolderForm(serial, name, number, email, until)
        job = partial(self._desk.handwork.record_holder, case_id, form)
        self._work.step(case_id, job, _("Mencatat pemegang…"), Lane.CA)

    def _not_done(self, held: CaseReading) -> None:
        operation = held.case.open_operation()
        if operation is None:
            return
        title = _("Catat bahwa ini tidak dilaksanakan?")
        words = _("CA ditanya lebih dahulu: bila ternyata sudah dilaksanakan, itulah yang berlaku.")
        sheet = ReasonSheet(self._page, held.case.id, "", title, words, _("Catat tidak dilaksanakan"))
        sheet.given.connect(self._on_not_done)
        self._work.keep_texts(sheet, held.case.id, f"not_done:{operation.id}")
        sheet.open()

    @Slot(int, str, str)
    def _on_not_done(self, case_id: int, _key: str, reason: str) -> None:
        job = partial(self._desk.operations.not_done, case_id, reason)
        self._work.step(case_id, job, _("Menanyakan ke CA…"), Lane.CA)

    def _accept_record(self, held: CaseReading) -> None:
        """The CA is asked what it recorded: nothing is accepted unseen."""
        job = partial(self._desk.operations.recorded, held.case.id)
        self._work.ask(held.case.id, job, self._on_recorded, _("Menanyakan ke CA…"))

    def _on_recorded(self, found: RecordedRevocation) -> None:
        told = _("Diminta: {asked}, {asked_at}. Dicatat CA: {found}, {revoked_at}.").format(
            asked=f"{recorded_words(found.asked)} ({found.asked})",
            asked_at=moment_words(found.asked_at, self._times.zone),
            found=f"{recorded_words(found.found)} ({found.found})",
            revoked_at=moment_words(found.revoked_at, self._times.zone),
        )
        title = _("Terima catatan CA apa adanya?")
        words = _("Alasan atau tanggal pencabutan menurut CA berbeda dari yang diminta. Catatan CA yang disimpan.")
        verb = _("Terima catatan CA")
        sheet = ReasonSheet(self._page, self._work.case_id, "", title, words, verb, evidence=told)
        sheet.given.connect(self._on_record_accepted)
        self._work.keep_texts(sheet, self._work.case_id, "record")
        sheet.open()

    @Slot(int, str, str)
    def _on_record_accepted(self, case_id: int, _key: str, reason: str) -> None:
        job = partial(self._desk.operations.accept_record, case_id, reason)
        self._work.step(case_id, job, _("Menanyakan ke CA…"), Lane.CA)


def _bring(take: Bring, case_id: int, paths: tuple[Path, ...], text: str) -> None:
    """Reads the files, on the worker."""
    pasted = (NamedBytes("tempelan.pem", text.encode()),) if text else ()
    take(case_id, (*read_files(paths), *pasted))
