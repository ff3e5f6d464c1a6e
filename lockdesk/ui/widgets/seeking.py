"""Letters typed in a list: the next row that begins so is sought, among those too that are not read yet."""

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication

from lockdesk.ui.widgets.rows import RowModel

_AT_ONCE = 400
"""So many rows are looked at in one turn of the event loop: each is put into words for it."""
_MOST = 20_000
"""Rows of a list that are read for it: each stays, with its words. Who is further away is found by the search."""


class RowSeeker(QObject):
    """Looks from the current row on to the end, reading what follows, then from the beginning."""

    found = Signal(int)
    """Where the row stands."""
    missed = Signal(str)
    """What was typed."""

    def __init__(self, model: RowModel, parent: QObject) -> None:
        super().__init__(parent)
        self._model = model
        self._typed = self._sought = ""
        self._start = self._place = 0
        self._looking = self._again = False
        """Whether it looks; whether it has begun at the beginning by now."""
        self._typing, self._turn = QTimer(self), QTimer(self)
        for timer in (self._typing, self._turn):
            timer.setSingleShot(True)
        self._turn.timeout.connect(self._look)
        model.appended.connect(self._look)

    @property
    def typing(self) -> bool:
        """Whether the next letter belongs to those before it."""
        return self._typing.isActive()

    def add(self, letters: str, current: int) -> None:
        """Another letter; the same one over and over goes from row to row."""
        self._typed = self._typed + letters if self.typing else letters
        same = len(set(self._typed)) == 1
        if same:
            self._start = current + 1
        self._sought = (self._typed[0] if same else self._typed).casefold()
        self._typing.start(QApplication.keyboardInputInterval())
        self._place, self._looking, self._again = self._start, True, False
        self._look()

    def stop(self) -> None:
        """Something else is done in the list."""
        self._looking = False

    @Slot()
    def _look(self) -> None:
        if not self._looking:
            return
        end = min(self._start, self._model.loaded) if self._again else self._model.loaded
        upto = min(self._place + _AT_ONCE, end)
        for place in range(self._place, upto):
            if self._model.title(place).casefold().startswith(self._sought):
                self._looking = False
                self.found.emit(place)
                return
        self._place = upto
        if upto < end:
            self._turn.start()
        elif self._again:
            self._looking = False
            self.missed.emit(self._typed)
        elif self._model.unread and self._model.loaded < _MOST:
            self._model.fetch_far()  # where a page is on its way already, that is waited for
        else:
            self._place, self._again = 0, True
            self._turn.start()
