"""Revoking and reissuing: from the button to its dialog to the call, and what can be asked about an open operation."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from lockdesk.desk.desk import Desk
from lockdesk.desk.requests.steps import CaseAction
from lockdesk.desk.values.cases import Preflight
from lockdesk.ui.cases.casework import Begin, CaseReading, Casework
from lockdesk.ui.dialogs.operations import ReissueSheet, RevokeSheet
from lockdesk.ui.look.times import OfficeTime
from lockdesk.ui.running.background import Lane
from lockdesk.ui.verification.operations_card import CaAsk
from lockdesk.ui.widgets.questions import ReasonSheet
from lockdesk.words import _


class Operations(QObject):
    """The calls to the CA; `work` shows each as busy and reads the case again."""

    def __init__(self, desk: Desk, work: Casework, ca_name: str, times: OfficeTime, page: QWidget) -> None:
        super().__init__(page)
        self._desk, self._work, self._page = desk, work, page
        self._ca, self._times = ca_name, times
        self.actions: dict[CaseAction, Begin] = {
            CaseAction.REVOKE: self._revoke,
            CaseAction.REISSUE: self._reissue,
            CaseAction.SETTLE: self._settle,
        }
        self.asks: dict[CaAsk, Begin] = {
            CaAsk.SETTLE: self._settle,
            CaAsk.STOP_ASKING: self._stop_asking,
            CaAsk.ASK_AGAIN: self._ask_again,
            CaAsk.GIVE: self._give,
            CaAsk.APPROVE: self._approve,
            CaAsk.DECLINE: self._decline,
        }

    # ── revoke ──

    def _revoke(self, held: CaseReading) -> None:
        """The CA is asked first whether revoking and reissuing can be done."""
        job = partial(self._desk.operations.preflight, held.case.id)
        self._work.ask(held.case.id, job, self._on_preflight, _("Memeriksa kesiapan CA…"), dialog=True)

    def _on_preflight(self, preflight: Preflight) -> None:
        held = self._work.held
        if held is None:
            return
        sheet = RevokeSheet(self._page, held.case, preflight, self._times, held.ca_work.by_hand)
        sheet.revocation_asked.connect(self._on_revoke)
        sheet.open()

    @Slot(int, str)
    def _on_revoke(self, case_id: int, retyped: str) -> None:
        self._call(case_id, partial(self._desk.operations.revoke, case_id, retyped), _("Mencabut di CA…"))

    # ── reissue ──

    def _reissue(self, held: CaseReading) -> None:
        sheet = ReissueSheet(self._page, held.case, self._ca, held.ca_work.by_hand)
        sheet.reissue_asked.connect(self._on_reissue)
        sheet.open()

    @Slot(int)
    def _on_reissue(self, case_id: int) -> None:
        self._call(case_id, partial(self._desk.operations.reissue, case_id), _("Meminta penerbitan…"))

    # ── an open operation ──

    def _settle(self, held: CaseReading) -> None:
        self._call(held.case.id, partial(self._desk.operations.settle, held.case.id), _("Menanyakan ke CA…"))

    def _stop_asking(self, held: CaseReading) -> None:
        operation = held.case.open_operation()
        if operation is not None:
            self._desk.polling.stop(operation.id)
            self._work.read()

    def _ask_again(self, held: CaseReading) -> None:
        operation = held.case.open_operation()
        if operation is not None:
            self._desk.polling.resume(operation.id)
            self._work.read()

    # ── the trainer's side of the training CA ──

    def _give(self, held: CaseReading) -> None:
        if self._desk.practice is not None:
            job = partial(self._desk.practice.give_certificate, held.case.id)
            self._call(held.case.id, job, _("Memberi sertifikat latihan…"))

    def _approve(self, held: CaseReading) -> None:
        if self._desk.practice is not None:
            job = partial(self._desk.practice.approve, held.case.id)
            self._call(held.case.id, job, _("Menyetujui di CA pelatihan…"))

    def _decline(self, held: CaseReading) -> None:
        """The training CA turns the waiting request down, in the words given here."""
        title = _("Tolak permintaan ini di CA pelatihan?")
        words = _("Kalimat ini menjadi jawaban CA pelatihan, seperti CA yang sesungguhnya menolak.")
        sheet = ReasonSheet(self._page, held.case.id, "", title, words, _("Tolak"), _("Jawaban CA"))
        sheet.given.connect(self._on_decline)
        self._work.keep_texts(sheet, held.case.id, "decline")
        sheet.open()

    @Slot(int, str, str)
    def _on_decline(self, case_id: int, _key: str, words: str) -> None:
        if self._desk.practice is not None:
            self._call(case_id, partial(self._desk.practice.decline, case_id, words), _("Menolak di CA pelatihan…"))

    def _call(self, case_id: int, job: Callable[[], object], words: str) -> None:
        self._work.step(case_id, job, words, Lane.CA, leads_on=True)
