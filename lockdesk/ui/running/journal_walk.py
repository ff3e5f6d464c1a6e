"""The whole journal is read once after each start, while the window has nothing else to do.

That its end is whole, from the vault's mark on to the sealed head, was proved before the window came; what was changed
further back is found here. Nothing is remembered of an earlier walk: a point up to which entries were found whole would
be a place behind which they could be changed.
"""

import threading
from datetime import datetime

from PySide6.QtCore import QObject, Signal, Slot

from lockdesk.core.journal import JournalHead
from lockdesk.desk.casebook import JournalCheck
from lockdesk.desk.desk import Desk
from lockdesk.errors import Declined
from lockdesk.ui.running.background import Background, Lane
from lockdesk.words import _

_REST, _REST_WHILE_BUSY = 0.002, 0.2
"""Seconds between two steps of some milliseconds each."""
_TOLD_EACH = 50
"""Steps."""


class JournalWalk(QObject):
    """Begun once; `stop` ends it within a step."""

    changed = Signal()
    """How far it is, or what it came to."""
    walked = Signal(object)
    """The JournalCheck at its end."""

    def __init__(self, desk: Desk, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._background = desk, background
        self._stopped = threading.Event()
        self._steps = 0
        self._tell = background.on_gui_thread(self._on_read)
        self.read = self.length = 0
        """Entries read so far, and how many there were at the beginning."""
        self.check: JournalCheck | None = None
        self.ended_at: datetime | None = None

    def begin(self) -> None:
        self._background.run(self._desk.journal.head, self._on_head, by_itself=True)

    def _on_head(self, head: JournalHead) -> None:
        self.length = head.count
        self._background.run(self._walk, self._on_walked, lane=Lane.IDLE)

    def _walk(self) -> JournalCheck:
        return self._desk.journal.walk(self._pause)

    def _pause(self, read: int) -> None:
        """On the walking thread, after each step."""
        self._steps += 1
        if self._steps % _TOLD_EACH == 0:
            self._tell(read)
        if self._stopped.wait(_REST if self._background.idle else _REST_WHILE_BUSY):
            raise Declined(_("Pemeriksaan rekam jejak dihentikan."), code="journal.stopped")

    @Slot()
    def stop(self) -> None:
        self._stopped.set()

    def _on_read(self, read: int) -> None:
        self.read = read
        self.changed.emit()

    def _on_walked(self, check: JournalCheck) -> None:
        self.check, self.ended_at = check, self._desk.clock.now()
        self.changed.emit()
        self.walked.emit(check)
