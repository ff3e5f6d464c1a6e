"""Moves the vault's mark after commits: at once beside the database, and right after that in the keyring.

A mark that cannot be written (another program holds the file, the keyring is locked) never makes a committed step
look failed: it is tried again, and shown by how far it lies behind.
"""

import contextlib
import threading

from lockdesk.core.journal import JournalHead
from lockdesk.desk.ports import Sealer
from lockdesk.errors import LockdeskError

MARK_LAG = 16
"""How many entries of mere looking the mark may lie behind; operations at the CA wait for one that lies further."""
RETRY_SECONDS = 2.0
CLOSING_SECONDS = 0.1
"""A keyring that does not answer holds the end of the program up for so long; it then has an older mark."""


class Marker:
    """One per casebook. `committed` is called on the thread of each step, the keyring on a thread of its own."""

    def __init__(self, vault: Sealer, marked: JournalHead) -> None:
        self._vault = vault
        self._changed = threading.Condition()
        self._newest = self._filed = self._echoed = marked
        self._wanted = marked.count
        """The entry up to which the mark is to stand now; the rest may lag."""
        self._closing = False
        self._thread = threading.Thread(target=self._work, name="mark", daemon=True)
        self._thread.start()

    def committed(self, head: JournalHead, at_once: bool) -> None:
        """A step was committed; `at_once` unless it only looked at something."""
        with self._changed:
            if head.count <= self._newest.count:
                return  # several threads may have committed at the same time
            self._newest = head
            if at_once or head.count - self._filed.count >= MARK_LAG:
                self._wanted = head.count
                self._file()
                self._changed.notify()

    def behind(self) -> int:
        """How many entries the mark was to be moved over and could not be."""
        with self._changed:
            return max(0, self._wanted - self._filed.count)

    def close(self) -> None:
        """Records the newest head in both places, as far as they take it, and ends the thread."""
        with self._changed:
            self._wanted = self._newest.count
            self._file()
            self._closing = True
            self._changed.notify()
        self._thread.join(CLOSING_SECONDS)

    def _file(self) -> None:
        """Holding the lock, so that an older head never overtakes a newer one."""
        if self._filed.count >= self._wanted:
            return
        try:
            self._vault.advance(self._newest)
        except (OSError, LockdeskError):
            return
        self._filed = self._newest

    def _work(self) -> None:
        while True:
            with self._changed:
                self._file()
                head, last = self._filed, self._closing
            self._echo(head)
            if last:
                return
            with self._changed:
                if self._settled():
                    self._changed.wait_for(lambda: self._closing or not self._settled())
                elif not self._closing and self._filed is head:
                    self._changed.wait(RETRY_SECONDS)

    def _settled(self) -> bool:
        return self._filed.count >= self._wanted and self._echoed.count >= self._filed.count

    def _echo(self, head: JournalHead) -> None:
        """Outside the lock: a keyring may wait for a person."""
        if self._echoed.count < head.count:
            with contextlib.suppress(LockdeskError):
                self._vault.echo(head)
                self._echoed = head
