"""Telling the applicant, and closing the case."""

from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from lockdesk.core.cases import Route
from lockdesk.core.messages import GONE, PENDING, MessageState
from lockdesk.desk.desk import Desk
from lockdesk.desk.requests.fitting import is_carried
from lockdesk.desk.requests.steps import CaseAction, notifying
from lockdesk.desk.values.cases import CaseRow, CaseView, Message
from lockdesk.ui.cases.casework import Begin, CaseReading, Casework
from lockdesk.ui.dialogs.notice import (
    ConfirmedSheet,
    Ending,
    HandOverSheet,
    KeptSheet,
    NoticeSheet,
    Passage,
    WaitingSheet,
)
from lockdesk.ui.look.times import OfficeTime
from lockdesk.ui.running.background import Lane
from lockdesk.ui.widgets.questions import ConfirmSheet
from lockdesk.words import _


class Notices(QObject):
    """What comes after the new certificate."""

    slip_due = Signal(int)
    """A case is completed whose slip was to be printed then, and was not yet."""

    export_asked = Signal(int)
    """A message that is carried by hand is to be saved as a file."""
    settle_asked = Signal(object)
    """A message of which nobody knows whether it went is to be decided on first."""

    def __init__(self, desk: Desk, work: Casework, times: OfficeTime, page: QWidget) -> None:
        super().__init__(page)
        self._desk, self._work, self._times, self._page = desk, work, times, page
        self._asked_for: set[CaseRow] = set()
        """Whose slips this window had printed: one that could not be made is tried at the next start."""
        work.changed.connect(self.look_for_slips)
        self.actions: dict[CaseAction, Begin] = {
            CaseAction.NOTIFY: self._notify,
            CaseAction.COMPLETE: self._complete,
            CaseAction.HAND_OVER: self._hand_over,
        }

    def _notify(self, held: CaseReading) -> None:
        """Has the message written, and shows it; one that was confirmed before and still waits is not queued twice."""
        message, case = held.waiting_notice, held.case
        if message is None:
            self._draft(case.id)
        elif message.state is MessageState.UNSETTLED:
            self.settle_asked.emit(message)
        elif held.posts or is_carried(message):
            self._show_waiting(held, message)
        else:  # its account was taken away under it
            self._work.ask(case.id, partial(self._left_half_done, message), self._on_left_half_done, dialog=True)

    def _show_waiting(self, held: CaseReading, message: Message) -> None:
        name, ends, now = held.case.applicant.name, notifying(held.case) is not None, self._desk.clock.now()
        sheet: ConfirmedSheet
        if held.posts:
            sheet = waiting = WaitingSheet(self._page, message, name, self._times, now, ends)
            waiting.send_asked.connect(self._on_send_asked)
        else:
            sheet = kept = KeptSheet(self._page, message, name, ends)
            kept.export_asked.connect(self.export_asked)
            kept.change_asked.connect(partial(self._draft, message.case_id, instead_of=message))
        sheet.told_asked.connect(partial(self._draft, message.case_id, told=True))
        sheet.open()

    def _left_half_done(self, message: Message) -> Message:
        """What can be said by now of a message that was on its way. Runs on a worker."""
        self._desk.send_mail()
        return self._desk.casebook.message(message.id)

    def _on_left_half_done(self, message: Message) -> None:
        self._work.read()
        if message.state is MessageState.UNSETTLED:
            self.settle_asked.emit(message)
        else:
            self._draft(message.case_id)

    @Slot(object)
    def _on_send_asked(self, message: Message) -> None:
        job = partial(self._desk.outbox.send_now, message.id)
        self._work.step(message.case_id, job, _("Mengirim pemberitahuan…"), Lane.POST)

    def _draft(self, case_id: int, told: bool = False, instead_of: Message | None = None) -> None:
        """`told`: the applicant is told in person by now. `instead_of`: whose words are to be changed."""
        job, drafted = partial(self._desk.notices.draft, case_id), partial(self._on_drafted, told, instead_of)
        self._work.ask(case_id, job, drafted, dialog=True)

    def _on_drafted(self, told: bool, instead_of: Message | None, message: Message) -> None:
        held = self._work.held
        if held is None:
            return
        case = held.case
        if instead_of is not None:
            message = replace(message, subject=instead_of.subject, body=instead_of.body)
        sheet = NoticeSheet(
            self._page,
            message,
            case.applicant.name,
            self._work.training,
            told or (case.told_in_person and instead_of is None),
            ends=notifying(case) is not None,
            passage=self._passage(held, message.notice, told),
            exported=self._exported(case, message.notice),
        )
        sheet.delivered.connect(self._on_delivered)
        sheet.told.connect(self._on_told)
        self._work.keep_texts(sheet, case.id, f"notice:{message.notice}")
        sheet.open()

    def _exported(self, case: CaseView, notice: str) -> str:
        """When one like it was exported to be carried; "" where none was."""
        alike = (item for item in case.messages if item.notice == notice and item.state is MessageState.EXPORTED)
        at = max((item.changed_at or item.at for item in alike), default=None)
        return "" if at is None else self._times.moment(at, self._desk.clock.now())

    def _passage(self, held: CaseReading, notice: str, told: bool) -> Passage:
        """How a notice of the case gets to the applicant now. `told`: it waited, and the applicant knows by now."""
        if not (held.posts or self._work.training):
            return Passage.KEPT if told else Passage.CARRIED
        there = (item for item in held.case.messages if item.notice == notice and not is_carried(item))
        return Passage.GOES if any(item.state in PENDING | GONE for item in there) else Passage.POSTED

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
        self._work.background.run(self._desk.slips_due, self._on_slips_due, lane=Lane.PRINT, by_itself=True)

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
