"""Long work of the window in pieces, a few at a turn of the event loop: keys, clicks and painting come in between."""

import time
from collections.abc import Iterator

from PySide6.QtCore import QObject, QTimer, Slot

_TURN_SECONDS = 0.002
"""After so long no further piece is begun in the same turn."""
Work = Iterator[bool | None]
"""Yields after every piece; True where the window is to be painted before the next one."""


class Turns(QObject):
    """Runs one piece of work after another; a piece ends where the generator yields."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._work: Work | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._on_turn)

    def begin(self, work: Work) -> None:
        """Begins with the next turn; what was left of earlier work is dropped."""
        self._work = work
        self._timer.start()

    def finish(self) -> None:
        """Does at once what is left, if anything is."""
        while self._work is not None:
            self._on_turn()

    def drop(self) -> None:
        """Leaves undone what is left."""
        self._work = None
        self._timer.stop()

    @Slot()
    def _on_turn(self) -> None:
        work = self._work
        try:
            if work is not None:
                until = time.monotonic() + _TURN_SECONDS
                while not next(work) and self._work is work and time.monotonic() < until:
                    pass
                return
        except StopIteration:
            pass
        if self._work is work:  # the last piece may have begun other work
            self.drop()
