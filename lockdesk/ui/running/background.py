"""Everything that may wait, off the GUI thread.

Jobs are plain functions. A few plain threads run them; each answer comes back on the GUI thread through one
long-lived object's queued signal (an object per job loses answers). Lanes are separate so that neither a slow CA
nor scans that take their time delay reading, and a page being drawn never delays a click; a case whose CA is slow
does not delay another case's.
"""

import queue
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from enum import StrEnum
from functools import partial
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal, Slot

from lockdesk.errors import LockdeskError
from lockdesk.records import dataclass
from lockdesk.ui.running.mishaps import in_words

Result = TypeVar("Result")
Value = TypeVar("Value")
_CLOSING_SECONDS = 0.2
"""For all threads together: a step that was begun has ended by then, and what has not (a name that is being looked up,
a long reading) ends with the program."""


class Lane(StrEnum):
    """Which threads take a job."""

    DESK = "desk"
    DRAFTS = "drafts"
    """What is half written, one after the other: a text that is dropped must not be kept after that."""
    PAGES = "pages"
    CA = "ca"
    INTAKE = "intake"
    OCR = "ocr"
    POST = "post"
    PRINT = "print"
    """The printers' queues: their server may be slow."""
    MAIL = "mail"
    KEEPING = "keeping"
    """Backups: as slow as the stick they go to."""
    IDLE = "idle"
    """What is to be done some time, and rests while anything else is under way."""
    WATCH = "watch"
    """Waits for minutes that somebody else has news: nobody waits for it, and the window is not busy meanwhile."""


_UNHURRIED = frozenset({Lane.WATCH, Lane.KEEPING, Lane.IDLE})
THREADS = dict.fromkeys(Lane, 1) | {Lane.DESK: 2, Lane.CA: 4, Lane.INTAKE: 2}


@dataclass(frozen=True, slots=True)
class Place:
    """Where the officer is: the dialog on top, the field that is being written in, and what stands there."""

    sheet: object = None
    field: object = None
    text: str = ""


FREE = Place()
"""Nothing is being written, and no dialog is open."""


def deed_of(job: Callable[..., object]) -> str:
    """What a job does, whatever it does it with: two jobs of one name are the same deed."""
    if not isinstance(job, partial):
        return getattr(job, "__qualname__", type(job).__name__)
    return " ".join((deed_of(job.func), *(deed_of(part) for part in job.args if callable(part))))


class Ticket:
    """One job on its way. After `cancel` it is not started any more and its answer is dropped."""

    __slots__ = ("answered", "cancelled", "deed", "error", "failed", "job", "lane", "place", "result")

    def __init__(
        self,
        lane: Lane,
        job: Callable[[], Any],
        answered: Callable[[Any], None] | None,
        failed: Callable[[LockdeskError], None] | None,
    ) -> None:
        self.lane = lane
        self.job = job
        self.answered = answered
        self.failed = failed
        self.deed = deed_of(job)
        self.place: Place | None = None
        """Where it was asked for; None of what comes by itself."""
        self.cancelled = False
        self.result: Any = None
        self.error: LockdeskError | None = None

    def cancel(self) -> None:
        self.cancelled = True

    def empty(self) -> None:
        """Lets go of all it held: its thread knows it until the next job comes."""
        self.job, self.answered, self.failed, self.result, self.error = _nothing, None, None, None, None
        self.place = None  # a field's text may be a passphrase


def _nothing() -> None:
    """The job of a ticket that was answered."""


class Background(QObject):
    """Runs jobs and brings their answers to the GUI thread."""

    failed = Signal(object)
    """A LockdeskError that nobody else takes; `asked_here` and `by_itself` say what it answers."""
    succeeded = Signal(str)
    """What comes by itself could be done."""
    busy_changed = Signal(bool)
    _done = Signal(object)
    _told = Signal(object, object)
    _turned = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._queues: dict[Lane, queue.SimpleQueue[Ticket | None]] = {lane: queue.SimpleQueue() for lane in Lane}
        self._threads: dict[threading.Thread, Lane] = {}
        self._tickets: set[Ticket] = set()
        """Until they are answered: what a job and its answer hold, widgets too, is let go of on the GUI thread."""
        self._running = 0
        self._closing = self._closed = False
        self.where: Callable[[], Place] = Place
        """Where the officer is now; the window says so."""
        self._answering: Ticket | None = None
        self._followed = False
        """Whether the officer was still where it was asked for as its answer came."""
        self._turned.connect(self._on_turned, Qt.ConnectionType.QueuedConnection)
        self._done.connect(self._on_done, Qt.ConnectionType.QueuedConnection)
        self._told.connect(self._on_told, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        job: Callable[[], Result],
        answered: Callable[[Result], None] | None = None,
        failed: Callable[[LockdeskError], None] | None = None,
        lane: Lane = Lane.DESK,
        by_itself: bool = False,
    ) -> Ticket:
        """Starts `job`; `answered` gets its result on the GUI thread unless its widget is gone by then. `by_itself`: by
        a timer, or beside what the officer does: nobody waits for its answer, and so for what follows from it.

        Whatever else the job comes to, a bug too, `failed` gets it in words; without it, the `failed` signal does.
        So a caller that marks itself busy is told in any case.
        """
        ticket = Ticket(lane, job, answered, failed)
        if self._closed:
            ticket.cancel()
            return ticket
        self._tickets.add(ticket)
        self._note_place(ticket, by_itself)
        self._start_threads(lane)
        self._running += lane not in _UNHURRIED
        if self._running == 1:
            self.busy_changed.emit(True)
        self._queues[lane].put(ticket)
        return ticket

    def keep(self, job: Callable[[], object]) -> None:
        """Runs what keeps a half-written text; while the window closes at once: no thread takes it any more."""
        if not self._closing:
            ticket = self.run(job, lane=Lane.DRAFTS, by_itself=True)
            if isinstance(job, partial) and job.args:
                ticket.deed = f"{ticket.deed} {job.args[0]}"  # what keeps another text ends no error of this one
            return
        with suppress(LockdeskError):  # the window goes: nobody is left to be told
            job()

    def begin_closing(self) -> None:
        """From now on what is to be kept is kept at once."""
        self._closing = True

    def on_gui_thread(self, told: Callable[[Value], None]) -> Callable[[Value], None]:
        """What a running job calls with news; `told` gets each on the GUI thread, unless its widget is gone."""

        def report(value: Value) -> None:
            if not self._closed:
                self._told.emit(told, value)

        return report

    @property
    def idle(self) -> bool:
        """True when no job is on its way."""
        return self._running == 0

    def close(self) -> None:
        """Lets running jobs end as far as they do so soon, drops waiting ones and joins the threads."""
        self._closed = True
        for lane, waiting in self._queues.items():
            while not waiting.empty():
                waiting.get()
            for _thread in range(THREADS[lane]):
                waiting.put(None)
        until = time.monotonic() + _CLOSING_SECONDS
        for thread in self._threads:
            thread.join(max(until - time.monotonic(), 0))
        self._threads.clear()

    def _start_threads(self, lane: Lane) -> None:
        if lane in self._threads.values():
            return
        for number in range(THREADS[lane]):
            thread = threading.Thread(
                target=self._work, args=(self._queues[lane],), name=f"lockdesk-{lane}-{number}", daemon=True
            )
            self._threads[thread] = lane
            thread.start()

    def _work(self, waiting: "queue.SimpleQueue[Ticket | None]") -> None:
        while (ticket := waiting.get()) is not None:
            if not ticket.cancelled:
                try:
                    ticket.result = ticket.job()
                except BaseException as error:  # every failure of a job is answered, never lost
                    ticket.error = in_words(error)
            if self._closed:
                return
            self._done.emit(ticket)

    @property
    def asked_here(self) -> bool:
        """Whether the officer waits for what happens now: a key or click, or the answer to it at its own place."""
        return self._answering is None or self._followed

    @property
    def by_itself(self) -> str:
        """What is being answered that nobody asked for; "" of everything else."""
        return self._answering.deed if self._answering is not None and self._answering.place is None else ""

    def _note_place(self, ticket: Ticket, by_itself: bool) -> None:
        """What follows from an answer was asked for where that was, or in the dialog that it opened."""
        if by_itself or self.by_itself:
            return
        if not self.asked_here:
            ticket.place = self._answering.place if self._answering is not None else None
            return
        ticket.place = self.where()
        if ticket.place.sheet is not None:
            self._turned.emit(ticket)

    @Slot(object)
    def _on_turned(self, ticket: Ticket) -> None:
        """Where the officer is once the dialog that asked is gone."""
        ticket.place = self.where()

    @Slot(object, object)
    def _on_told(self, told: Callable[[Any], None], value: Any) -> None:
        if not self._closed and alive(told):
            told(value)

    @Slot(object)
    def _on_done(self, ticket: Ticket) -> None:
        self._running -= ticket.lane not in _UNHURRIED
        if self._running == 0:
            self.busy_changed.emit(False)
        before = self._answering, self._followed
        self._answering, self._followed = ticket, ticket.place is not None and self.where() in (FREE, ticket.place)
        try:
            if not ticket.cancelled and not self._closed:
                self._answer(ticket)
        finally:
            self._answering, self._followed = before
            self._tickets.discard(ticket)
            ticket.empty()

    def _answer(self, ticket: Ticket) -> None:
        if ticket.error is None:
            if ticket.place is None:
                self.succeeded.emit(ticket.deed)
            if alive(ticket.answered) and ticket.answered is not None:
                ticket.answered(ticket.result)
        elif ticket.failed is not None and alive(ticket.failed):
            ticket.failed(ticket.error)
        else:
            self.failed.emit(ticket.error)


def alive(slot: Callable[..., None] | None) -> bool:
    """False when the widget that a bound method belongs to was deleted meanwhile."""
    owner = getattr(slot, "__self__", None)
    owner = getattr(getattr(slot, "func", None), "__self__", owner)
    return not isinstance(owner, QObject) or shiboken6.isValid(owner)
