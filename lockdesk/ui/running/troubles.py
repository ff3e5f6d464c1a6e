"""What went wrong: when it is told, and what waits until it is read.

One rule for every error. What the officer asked for is answered at once, as long as it is asked where the officer is
now. What comes by itself, or too late for that, is told at once only to somebody who neither writes nor has a dialog
open; else it waits, seen all the time and with its case, until it is read or over. Damaged data alone interrupts.
"""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal, Slot

from lockdesk.errors import Damaged, LockdeskError
from lockdesk.records import dataclass
from lockdesk.ui.running.background import FREE, Background
from lockdesk.ui.running.mishaps import mishaps


@dataclass(frozen=True, slots=True)
class Trouble:
    """One error. `deed`: what failed, whose next success ends it; "" where only reading it does. `opens`: it is told as
    soon as its case is shown to somebody free, and would not seem to be told of something else."""

    error: LockdeskError
    case_id: int = 0
    number: str = ""
    deed: str = ""
    opens: bool = False

    @property
    def words(self) -> str:
        return f"{self.number}: {self.error.message}" if self.number else self.error.message

    def repeats(self, other: "Trouble") -> bool:
        """Whether it says of the same thing what came of it this time."""
        same = (self.error.code, self.error.message) == (other.error.code, other.error.message)
        return self.case_id == other.case_id and (same or (bool(self.deed) and self.deed == other.deed))


def _no_case(_case_id: int) -> bool:
    return False


class Troubles(QObject):
    """Hears of every error of the window."""

    told = Signal(object)
    """A Trouble that is to be read now."""
    changed = Signal()
    """Others wait."""
    came = Signal(str)
    """One that waits, in words, for whoever listens."""

    def __init__(self, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._background = background
        self.waiting: tuple[Trouble, ...] = ()
        self.shows_case: Callable[[int], bool] = _no_case
        """Whether a case is what the officer sees; the window says so."""
        background.failed.connect(self._on_failed)
        background.succeeded.connect(self.end)
        mishaps.happened.connect(self.hear)

    @Slot(object)
    def _on_failed(self, error: LockdeskError) -> None:
        self._take(Trouble(error, deed=self._background.by_itself), self._background.asked_here)

    @Slot(object)
    def hear(self, error: LockdeskError) -> None:
        """Of what came by itself."""
        self._take(Trouble(error))

    def hear_of_case(self, error: LockdeskError, case_id: int, number: str, deed: str) -> None:
        """Of a step of a case; asked for where the background says."""
        self._take(Trouble(error, case_id, number, deed, opens=True), self._background.asked_here)

    def _take(self, trouble: Trouble, asked_here: bool = False) -> None:
        if isinstance(trouble.error, Damaged) or self._may_be_told(trouble, asked_here):
            self._leave(trouble.repeats)
            self.told.emit(trouble)
            return
        known = [item for item in self.waiting if item.repeats(trouble)]
        place = self.waiting.index(known[0]) if known else len(self.waiting)
        left = [item for item in self.waiting if item not in known]
        self.waiting = (*left[:place], trouble, *left[place:])
        self.changed.emit()
        if trouble.words not in {item.words for item in known}:
            self.came.emit(trouble.words)

    def _may_be_told(self, trouble: Trouble, asked_here: bool = False) -> bool:
        at_case = not trouble.case_id or self.shows_case(trouble.case_id)
        return at_case and (asked_here or self._background.where() == FREE)

    def look(self) -> None:
        """Tells what waits for the case that is shown, if the officer is free by now."""
        ready = (item for item in self.waiting if item.opens and self._may_be_told(item))
        if (first := next(ready, None)) is not None:
            self.read(first)

    @Slot()
    def read_first(self) -> None:
        """What waits longest is to be read."""
        if self.waiting:
            self.read(self.waiting[0])

    def read(self, trouble: Trouble) -> None:
        self._leave(lambda item: item is trouble)
        self.told.emit(trouble)

    def begin(self, case_id: int) -> None:
        """Another step of the case was begun, of which an earlier error would seem to be told: it waits to be asked
        for."""
        self.waiting = tuple(replace(item, opens=item.opens and item.case_id != case_id) for item in self.waiting)

    @Slot(str)
    def end(self, deed: str, case_id: int = 0) -> None:
        """It was done now, so that what hindered it before is over."""
        self._leave(lambda item: bool(deed) and (item.case_id, item.deed) == (case_id, deed))

    def _leave(self, gone: Callable[[Trouble], bool]) -> None:
        left = tuple(item for item in self.waiting if not gone(item))
        if len(left) != len(self.waiting):
            self.waiting = left
            self.changed.emit()
