"""The office's post: what is due is sent in the background, and what became of a message is decided."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QWidget

from lockdesk.core.messages import MessageState
from lockdesk.desk.desk import Desk
from lockdesk.desk.values.cases import Message
from lockdesk.ui.cases.casework import Casework
from lockdesk.ui.dialogs.message import UnsettledSheet
from lockdesk.ui.running.background import Background, Lane
from lockdesk.ui.widgets.questions import ReasonSheet
from lockdesk.words import _

POST_MS = 5_000
"""How often it is looked whether something is to be sent."""


class Posting(QObject):
    """Sends what is due. Offline is normal: what waits is told quietly, and tried again."""

    def __init__(self, desk: Desk, background: Background, work: Casework) -> None:
        super().__init__(work)
        self._desk, self._background, self._work = desk, background, work
        self._sending = False
        timer = QTimer(self)
        timer.setInterval(POST_MS)
        timer.timeout.connect(self.send)
        timer.start()

    @Slot()
    def send(self) -> None:
        """Sends what is due, unless that is being done."""
        if not self._sending:
            self._sending = True
            self._background.run(self._desk.send_mail, self._on_sent, self._on_unsent, Lane.POST)

    def _on_sent(self, changed: bool) -> None:
        self._sending = False
        if changed:
            self._work.changed.emit()
            self._work.read()

    def _on_unsent(self, _error: object) -> None:
        """It is tried again; what stands in the way is said beside the message."""
        self._sending = False


class MessageWork(QObject):
    """What the officer does about a message of the held case."""

    def __init__(self, desk: Desk, work: Casework, page: QWidget) -> None:
        super().__init__(page)
        self._desk, self._work, self._page = desk, work, page

    @Slot(int)
    def begin(self, message_id: int) -> None:
        """By the message's state: decides what is unsettled, sends again, records what was told."""
        held = self._work.held
        found = next((item for item in held.case.messages if item.id == message_id), None) if held is not None else None
        if found is None:
            return
        if found.state is MessageState.UNSETTLED:
            self._settle(found)
        elif found.state is MessageState.COUNTER:
            self._tell(found)
        else:
            self._step(found, partial(self._desk.outbox.again, message_id))

    def _step(self, message: Message, job: Callable[[], object], lane: Lane = Lane.DESK) -> None:
        self._work.step(message.case_id, job, lane=lane)

    def _settle(self, message: Message) -> None:
        sheet = UnsettledSheet(self._page, message)
        sheet.looked_for.connect(self._on_looked_for)
        sheet.decided.connect(self._on_decided)
        sheet.open()

    @Slot(object)
    def _on_looked_for(self, message: Message) -> None:
        self._step(message, partial(self._desk.outbox.look, message.id), Lane.POST)

    @Slot(object, bool, str)
    def _on_decided(self, message: Message, went: bool, reason: str) -> None:
        outbox = self._desk.outbox
        self._step(message, partial(outbox.went if went else outbox.did_not_go, message.id, reason))

    def _tell(self, message: Message) -> None:
        title = _("Sampaikan kepada pemohon: {subject}").format(subject=message.subject)
        name = _("Bagaimana dan kapan pemohon diberi tahu")
        signed = _("Minta tanda tangan pemohon pada lembar bukti; simpan lembarnya.")
        verb = _("Catat penyampaian")
        sheet = ReasonSheet(self._page, message.case_id, str(message.id), title, message.body, verb, name, signed)
        sheet.given.connect(self._on_told)
        sheet.open()

    @Slot(int, str, str)
    def _on_told(self, case_id: int, message_id: str, how: str) -> None:
        self._work.step(case_id, partial(self._desk.outbox.tell, int(message_id), how))
