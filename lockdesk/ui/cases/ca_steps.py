"""What is done at the CA, or brought from there: calls to the desk on the lane that may wait for a CA."""

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Slot

from lockdesk.desk.desk import Desk
from lockdesk.desk.ports import NamedBytes
from lockdesk.ui.cases.casework import Casework
from lockdesk.ui.intake.desk_intake import read_files
from lockdesk.ui.running.background import Background, Lane
from lockdesk.words import _

POLL_MS = 20_000
"""How often it is looked whether a question to the CA is due; the desk's plan says when it is."""


class CaSteps(QObject):
    """Takes steps on cases through `work`, so that each is shown as busy and read again."""

    def __init__(self, desk: Desk, background: Background, work: Casework) -> None:
        super().__init__(work)
        self._desk = desk
        self._background = background
        self._work = work
        self._timer = QTimer(self)
        self._timer.setInterval(POLL_MS)
        self._timer.timeout.connect(self._on_due)
        self._timer.start()

    @Slot(int, str)
    def revoke(self, case_id: int, retyped: str) -> None:
        job = partial(self._desk.operations.revoke, case_id, retyped)
        self._work.step(case_id, job, _("Mencabut di CA…"), Lane.CA)

    @Slot(int)
    def reissue(self, case_id: int) -> None:
        job = partial(self._desk.operations.reissue, case_id)
        self._work.step(case_id, job, _("Meminta penerbitan…"), Lane.CA)

    @Slot(int)
    def settle(self, case_id: int) -> None:
        job = partial(self._desk.operations.settle, case_id)
        self._work.step(case_id, job, _("Menanyakan ke CA…"), Lane.CA)

    # ── what a person does in the CA's portal, or brings from there ──
    @Slot(int, str, str)
    def not_done(self, case_id: int, _key: str, reason: str) -> None:
        job = partial(self._desk.operations.not_done, case_id, reason)
        self._work.step(case_id, job, _("Menanyakan ke CA…"), Lane.CA)

    @Slot(int, str, str)
    def accept_record(self, case_id: int, _key: str, reason: str) -> None:
        job = partial(self._desk.operations.accept_record, case_id, reason)
        self._work.step(case_id, job, _("Menanyakan ke CA…"), Lane.CA)

    def bring_certificate(self, case_id: int, paths: tuple[Path, ...], text: str) -> None:
        """The new certificate, from files or pasted text."""
        job = partial(self._bring, self._desk.handwork.bring_certificate, case_id, paths, text)
        self._work.step(case_id, job, _("Memeriksa sertifikat…"), Lane.CA)

    def bring_old_certificate(self, case_id: int, paths: tuple[Path, ...], text: str) -> None:
        job = partial(self._bring, self._desk.handwork.bring_old_certificate, case_id, paths, text)
        self._work.step(case_id, job, _("Memeriksa sertifikat…"), Lane.CA)

    @staticmethod
    def _bring(
        take: Callable[[int, tuple[NamedBytes, ...]], None], case_id: int, paths: tuple[Path, ...], text: str
    ) -> None:
        """Reads the files on the worker."""
        pasted = (NamedBytes("tempelan.pem", text.encode()),) if text else ()
        take(case_id, (*read_files(paths), *pasted))

    def record_holder(self, case_id: int, serial: str, name: str, number: str, email: str, until: date) -> None:
        """Whom the CA's portal shows as the old certificate's holder."""
        from lockdesk.desk.operations.handwork import HolderForm  # late: the desk's part for portals

        form = HolderForm(serial, name, number, email, until)
        job = partial(self._desk.handwork.record_holder, case_id, form)
        self._work.step(case_id, job, _("Mencatat pemegang…"), Lane.CA)

    # ── the program's own questions ──
    @Slot()
    def _on_due(self) -> None:
        """Nothing is asked before something waits: the CA's part of the desk is not even loaded then."""
        self._background.run(self._ask_if_due, self._on_asked, self._on_unasked, Lane.CA)

    def _ask_if_due(self) -> tuple[int, ...]:
        return self._desk.polling.ask() if self._desk.casebook.open_operations() else ()

    def _on_asked(self, moved: tuple[int, ...]) -> None:
        if moved:
            self._work.changed.emit()
            self._work.read()

    def _on_unasked(self, _error: object) -> None:
        """The next question comes; what stands in the way is seen when the officer asks."""

    def stop_asking(self, operation_id: int) -> None:
        self._desk.polling.stop(operation_id)
        self._work.read()

    def ask_again(self, operation_id: int) -> None:
        self._desk.polling.resume(operation_id)
        self._work.read()

    # ── the trainer's side of the training CA ──
    def give_certificate(self, case_id: int) -> None:
        if self._desk.practice is not None:
            job = partial(self._desk.practice.give_certificate, case_id)
            self._work.step(case_id, job, _("Memberi sertifikat latihan…"), Lane.CA)

    def approve(self, case_id: int) -> None:
        if self._desk.practice is not None:
            job = partial(self._desk.practice.approve, case_id)
            self._work.step(case_id, job, _("Menyetujui di CA pelatihan…"), Lane.CA)

    @Slot(int, str, str)
    def decline(self, case_id: int, _key: str, words: str) -> None:
        if self._desk.practice is not None:
            job = partial(self._desk.practice.decline, case_id, words)
            self._work.step(case_id, job, _("Menolak di CA pelatihan…"), Lane.CA)
