"""The program's own questions to the CA, asked when the desk's plan says so."""

from PySide6.QtCore import QObject, QTimer, Slot

from lockdesk.desk.desk import Desk
from lockdesk.ui.cases.casework import Casework
from lockdesk.ui.running.background import Background, Lane

POLL_MS = 20_000
"""How often it is looked whether a question is due."""


class Polling(QObject):
    """Asks after what waits for an approval or for a person in a portal."""

    def __init__(self, desk: Desk, background: Background, work: Casework) -> None:
        super().__init__(work)
        self._desk, self._background, self._work = desk, background, work
        timer = QTimer(self)
        timer.setInterval(POLL_MS)
        timer.timeout.connect(self._on_due)
        timer.start()

    @Slot()
    def _on_due(self) -> None:
        self._background.run(self._desk.poll, self._on_asked, self._on_unasked, Lane.CA, by_itself=True)

    def _on_asked(self, moved: tuple[int, ...]) -> None:
        if moved:
            self._work.changed.emit()
            self._work.read()

    def _on_unasked(self, _error: object) -> None:
        """The next question comes; what stands in the way is seen when the officer asks."""
