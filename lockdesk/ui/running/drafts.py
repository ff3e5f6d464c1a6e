"""Half-typed forms survive a power cut: what was typed is kept every two seconds while it changes."""

from PySide6.QtCore import QObject, QTimer, Signal, Slot

EVERY_MS = 2000


class DraftTimer(QObject):
    """Says when a changed form is to be kept."""

    due = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.due)

    @Slot()
    def touch(self) -> None:
        """The form has changed; it is kept two seconds after the first change, not after the last."""
        if not self._timer.isActive():
            self._timer.start()

    @property
    def waiting(self) -> bool:
        """Whether something has changed that is not kept yet."""
        return self._timer.isActive()

    def rest(self) -> None:
        self._timer.stop()
