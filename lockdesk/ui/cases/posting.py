"""The office's post: what is due is sent in the background, and what became of a message is decided."""

from PySide6.QtCore import QObject, QTimer, Slot

from lockdesk.desk.desk import Desk
from lockdesk.ui.cases.casework import Casework
from lockdesk.ui.running.background import Background, Lane

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
            self._background.run(self._desk.send_mail, self._on_sent, self._on_unsent, Lane.POST, by_itself=True)

    def _on_sent(self, changed: bool) -> None:
        self._sending = False
        if changed:
            self._work.changed.emit()
            self._work.read()

    def _on_unsent(self, _error: object) -> None:
        """It is tried again; what stands in the way is said beside the message."""
        self._sending = False
