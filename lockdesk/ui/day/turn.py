"""What the desk does by itself at a day's first look: unanswered complaints end, the old year's books are closed,
what a disposal left to be cleaned is cleaned."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QObject, Signal

from lockdesk.desk.desk import Desk
from lockdesk.desk.values.reports import BookClosing
from lockdesk.ui.running.background import Background, Lane


class DayTurn(QObject):
    """Looks once a day, however often it is asked."""

    unanswered_ended = Signal(object)
    """The numbers of the complaints."""
    books_closed = Signal(object)
    """A BookClosing of each."""

    def __init__(self, desk: Desk, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._background = desk, background
        self._looked_on: date | None = None

    def look(self) -> None:
        today = self._desk.office.today()
        if today != self._looked_on:
            self._looked_on = today
            self._background.run(self._desk.close_unanswered, self._on_ended, by_itself=True)
            self._background.run(self._desk.close_old_books, self._on_closed, by_itself=True)
            # beside a backup, which reads the file, it could not be put in its place
            self._background.run(self._desk.finish_disposals, lane=Lane.KEEPING, by_itself=True)

    def _on_ended(self, numbers: Sequence[str]) -> None:
        if numbers:
            self.unanswered_ended.emit(numbers)

    def _on_closed(self, closings: Sequence[BookClosing]) -> None:
        if closings:
            self.books_closed.emit(closings)
