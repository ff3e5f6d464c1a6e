"""Telling the applicant, and closing the case."""

from datetime import date
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from lockdesk.core.cases import Route
from lockdesk.core.messages import GONE, PENDING
from lockdesk.desk.desk import Desk
from lockdesk.desk.requests.steps import CaseAction, notifying
from lockdesk.desk.values.cases import CaseRow, Message
from lockdesk.ui.cases.casework import Begin, CaseReading, Casework
from lockdesk.ui.dialogs.notice import Ending, HandOverSheet, NoticeSheet
from lockdesk.ui.widgets.questions import ConfirmSheet
from lockdesk.words import _


class Notices(QObject):
    """What comes after the new certificate."""

    slip_due = Signal(int)
    """A case is completed whose slip was to be printed then, and was not yet."""

    def __init__(self, desk: Desk, work: Casework, page: QWidget) -> None:
        super().__init__(page)
        self._desk, self._work, self._page = desk, work, page
        self._asked_for: set[CaseRow] = set()
        """Whose slips were given to be printed by this window: what no printer took waits for the next start."""
        work.changed.connect(self.look_for_slips)
        self.actions: dict[CaseAction, Begin] = {
            CaseAction.NOTIFY: self._notify,
            CaseAction.COMPLETE: self._complete,
            CaseAction.HAND_OVER: self._hand_over,
        }

    def _notify(self, held: CaseReading) -> None:
        """Has the message written, and shows it."""
        self._work.ask(held.case.id, partial(self._desk.notices.draft, held.case.id), self._on_drafted, dialog=True)

    def _on_drafted(self, message: Message) -> None:
        held = self._work.held
        if held is None:
            return
        case = held.case
        sheet = NoticeSheet(
            self._page,
            message,
            case.applicant.name,
            self._work.training,
            case.told_in_person,
            ends=notifying(case) is not None,
            goes=any(item.notice == message.notice and item.state in PENDING | GONE for item in case.messages),
        )
        sheet.delivered.connect(self._on_delivered)
        sheet.told.connect(self._on_told)
        self._work.keep_texts(sheet, case.id, f"notice:{message.notice}")
        sheet.open()

    @Slot(int, object, object)
    def _on_delivered(self, case_id: int, message: Message, ending: Ending) -> None:
        job = partial(self._desk.notices.deliver, case_id, message, ending.completes, ending.prints)
        self._work.step(case_id, job)

    @Slot(int, str, object)
    def _on_told(self, case_id: int, how: str, ending: Ending) -> None:
        self._work.step(case_id, partial(self._desk.notices.told, case_id, how, ending.completes, ending.prints))

    @Slot()
    def look_for_slips(self) -> None:
        """Has the slips printed that are due, also those of cases that were completed while the window was closed."""
        self._work.background.run(self._desk.slips_due, self._on_slips_due, by_itself=True)

    def _on_slips_due(self, due: tuple[CaseRow, ...]) -> None:
        for row in due:
            if row not in self._asked_for:
                self._asked_for.add(row)
                self.slip_due.emit(row.id)

    def _hand_over(self, held: CaseReading) -> None:
        sheet = HandOverSheet(self._page, held.case.id, held.case.applicant.name)
        sheet.handed_over.connect(self._on_handed_over)
        self._work.keep_texts(sheet, held.case.id, "handed_over")
        sheet.open()

    @Slot(int, str, object)
    def _on_handed_over(self, case_id: int, name: str, on: date) -> None:
        self._work.step(case_id, partial(self._desk.notices.handed_over, case_id, name, on))

    def _complete(self, held: CaseReading) -> None:
        case = held.case
        if case.route is Route.VERIFIER_RESET:
            lines = [_("Pemohon berhasil menandatangani"), _("Sertifikat tetap berlaku")]
        else:
            lines = [_("Sertifikat lama dicabut"), _("Pemohon sudah diberi tahu")]
        if case.new_certificate is not None:
            lines.insert(1, _("Sertifikat baru diterbitkan: {serial}").format(serial=case.new_certificate.serial))
        title = _("Selesaikan kasus {name}?").format(name=case.applicant.name)
        words = _("Kasus yang selesai tidak dibuka lagi. Bukti penyelesaian dapat dicetak.")
        sheet = ConfirmSheet(self._page, case.id, title, words, _("Selesaikan"), lines, final=True)
        sheet.confirmed.connect(self._on_confirmed)
        sheet.open()

    @Slot(int)
    def _on_confirmed(self, case_id: int) -> None:
        self._work.step(case_id, partial(self._desk.notices.complete, case_id))
