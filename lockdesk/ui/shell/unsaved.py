"""What the screens before the first window have in common: what is filled in there is kept by nothing yet."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QWidget

from lockdesk.ui.widgets.questions import LeaveSheet
from lockdesk.ui.widgets.sheet import open_sheets


class UnsavedScreen(QWidget):
    """Closing it asks before anything is thrown away."""

    left = Signal()
    """Nothing is begun after all."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._done = False
        """What is filled in has been taken."""

    @property
    def unsaved(self) -> bool:
        """Whether anything would be lost."""
        return True

    def take_back(self, _fault: str = "") -> None:
        """It could not be begun, and what is filled in is still unsaved. `_fault`: what is wrong with the folder."""
        self._done = False

    def give_way(self) -> None:
        """Another screen takes its place: closing it then neither asks nor ends the program."""
        self._done = True

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self._done and self.unsaved:
            event.ignore()
            if not open_sheets(self):
                asking = LeaveSheet(self)
                asking.confirmed.connect(self._on_given_up)
                asking.open()
            return
        super().closeEvent(event)
        if not self._done:
            self._leave()

    @Slot()
    def _on_given_up(self) -> None:
        self._leave()
        self.close()

    def _leave(self) -> None:
        self._done = True
        self.left.emit()
