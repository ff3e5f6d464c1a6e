"""The closed days by which the window tells times; the holidays of a new year are put in when it comes."""

from datetime import date
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from lockdesk.desk.desk import Desk
from lockdesk.desk.values.office import ClosedDay
from lockdesk.errors import LockdeskError
from lockdesk.ui.running.background import Background


class ClosedDays(QObject):
    """`reasons` by their day, of this year and the next; the same dictionary as long as the window lives."""

    read = Signal()

    def __init__(self, desk: Desk, background: Background, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._background = desk, background
        self._year = 0
        self.reasons: dict[date, str] = {}

    @Slot()
    def look(self) -> None:
        """At the start and every minute: is it another year?"""
        year = self._desk.clock.now().astimezone(self._desk.settings().office.zone).year
        if year != self._year:
            self._year = year
            self._background.run(partial(_of_years, self._desk, year), self._on_read, self._on_unread, by_itself=True)

    @Slot()
    def read_again(self) -> None:
        """The officer has changed something."""
        self._year = 0
        self.look()

    def _on_read(self, days: tuple[ClosedDay, ...]) -> None:
        self.reasons.clear()
        self.reasons.update({closed.day: closed.reason for closed in days})
        self.read.emit()

    def _on_unread(self, _error: LockdeskError) -> None:
        """Tried again in a minute; what stands in the way is told at the officer's next step."""
        self._year = 0


def _of_years(desk: Desk, year: int) -> tuple[ClosedDay, ...]:
    """Runs on a worker."""
    desk.setup.keep_calendar()
    return (*desk.reading.closed_days(year), *desk.reading.closed_days(year + 1))
