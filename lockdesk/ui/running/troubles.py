"""What went wrong: when it is told, and what waits until it is read.

One rule for every error. What the officer asked for is answered at once, as long as it is asked where the officer is
now. What comes by itself, or too late for that, is told at once only to somebody who neither writes nor has a dialog
open; else it waits, seen all the time and with its case, until it is read or over. Damaged data alone interrupts.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from enum import StrEnum

from PySide6.QtCore import QObject, Signal, Slot

from lockdesk.errors import Damaged, LockdeskError
from lockdesk.records import dataclass
from lockdesk.ui.running.background import FREE, Background
from lockdesk.ui.running.mishaps import mishaps


class Kind(StrEnum):
    """What an error may be about."""

    CASE = "case"
    COMPLAINT = "complaint"


@dataclass(frozen=True, slots=True)
class About:
    """The case or complaint that an error belongs to."""

    kind: Kind
    id: int


_READING = frozenset({""})
"""In the place of a deed: nothing that is done ends it, only that it is read."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """One error. `deeds`: what came to it; each is over with its own next success, and the error with the last one.
    `opens`: it is told as soon as what it is about is shown to somebody free, and would not seem to be told of
    something else."""

    error: LockdeskError
    about: About | None = None
    number: str = ""
    deeds: frozenset[str] = _READING
    opens: bool = False

    @property
    def words(self) -> str:
        return f"{self.number}: {self.error.message}" if self.number else self.error.message

    @property
    def said(self) -> tuple[object, ...]:
        """Two that are equal in this are one to whoever reads it."""
        return self.about, self.error.code, self.error.message

    def without(self, about: About | None, deeds: frozenset[str]) -> "Trouble":
        """What is left once these deeds are done, or came to something else."""
        return replace(self, deeds=self.deeds - (deeds - _READING)) if self.about == about else self


def _not_shown(_about: About) -> bool:
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
        self.shows: Callable[[About], bool] = _not_shown
        """Whether this is what the officer sees; the window says so."""
        background.failed.connect(self._on_failed)
        background.succeeded.connect(self.end)
        mishaps.happened.connect(self.hear)

    @Slot(object)
    def _on_failed(self, error: LockdeskError) -> None:
        self._take(Trouble(error, deeds=frozenset({self._background.by_itself})), self._background.asked_here)

    @Slot(object)
    def hear(self, error: LockdeskError) -> None:
        """Of what came by itself."""
        self._take(Trouble(error))

    def hear_of(self, about: About, number: str, deed: str, error: LockdeskError) -> None:
        """Of what was done about a case or a complaint; asked for where the background says."""
        self._take(Trouble(error, about, number, frozenset({deed}), opens=True), self._background.asked_here)

    def _take(self, trouble: Trouble, asked_here: bool = False) -> None:
        same = next((item for item in self.waiting if item.said == trouble.said), None)
        now = isinstance(trouble.error, Damaged) or self._may_be_told(trouble, asked_here)
        others = [item if item is same else item.without(trouble.about, trouble.deeds) for item in self.waiting]
        if now:
            self._keep(item for item in others if item is not same)
            self.told.emit(trouble)
        elif same is not None:
            both = replace(trouble, deeds=trouble.deeds | same.deeds)
            self._keep(both if item is same else item for item in others)
        else:
            self._keep((*others, trouble))
            self.came.emit(trouble.words)

    def _may_be_told(self, trouble: Trouble, asked_here: bool = False) -> bool:
        there = trouble.about is None or self.shows(trouble.about)
        return there and (asked_here or self._background.where() == FREE)

    def look(self) -> None:
        """Tells what waits for what is shown, if the officer is free by now."""
        ready = (item for item in self.waiting if item.opens and self._may_be_told(item))
        if (first := next(ready, None)) is not None:
            self.read(first)

    @Slot()
    def read_first(self) -> None:
        """What waits longest is to be read."""
        if self.waiting:
            self.read(self.waiting[0])

    def read(self, trouble: Trouble) -> None:
        self._keep(item for item in self.waiting if item is not trouble)
        self.told.emit(trouble)

    def begin(self, about: About) -> None:
        """Another step about it was begun, of which an earlier error would seem to be told: it waits to be asked
        for."""
        self.waiting = tuple(replace(item, opens=item.opens and item.about != about) for item in self.waiting)

    @Slot(str)
    def end(self, deed: str, about: About | None = None) -> None:
        """It was done now, so that what hindered it before is over."""
        self._keep(item.without(about, frozenset({deed})) for item in self.waiting)

    def _keep(self, items: Iterable[Trouble]) -> None:
        left = tuple(item for item in items if item.deeds)
        if left != self.waiting:
            self.waiting = left
            self.changed.emit()
