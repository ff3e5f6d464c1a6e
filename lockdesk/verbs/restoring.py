"""Off the window's thread: its backup at exit, another data key, and a restore, looked at first and put in place when
that is asked."""

import threading
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from lockdesk.app import SystemClock
from lockdesk.desk.office.backups import Backups
from lockdesk.desk.values.backups import FoundBackup, Occasion
from lockdesk.errors import Declined
from lockdesk.keeping import Restoring, is_practice
from lockdesk.rekeying import change_key
from lockdesk.ui.running.mishaps import in_words
from lockdesk.verbs.backup import replaced_words
from lockdesk.words import _

_CLOSING_SECONDS = 10.0


class WindowRestore(QObject):
    """Works on a thread: a stick is slow and Argon2 takes a second."""

    progressed = Signal(int)
    found = Signal(object)
    """A FoundBackup."""
    restored = Signal(object)
    """The profile's folder."""
    refused = Signal(object)

    def __init__(self, folder_for: Callable[[bool], Path], parent: QObject | None = None) -> None:
        """`folder_for`: where a practice (True) or a working profile goes."""
        super().__init__(parent)
        self._folder_for = folder_for
        self._restoring: Restoring | None = None

    def look(self, file: str, secret: str) -> None:
        self._begin(lambda: self._look(Path(file), secret or None))

    def put_in_place(self) -> None:
        self._begin(self._put)

    def close(self) -> None:
        """What was laid out and is not wanted is taken away."""
        if self._restoring is not None:
            self._restoring.close()
            self._restoring = None

    def _begin(self, job: Callable[[], None]) -> None:
        threading.Thread(target=self._work, args=(job,), name="restore", daemon=True).start()

    def _work(self, job: Callable[[], None]) -> None:
        try:
            job()
        except BaseException as error:
            self.refused.emit(in_words(error))

    def _look(self, file: Path, secret: str | None) -> None:
        self.close()
        restoring = self._restoring = Restoring(file, self._folder_for(is_practice(file)), secret, self.progressed.emit)
        described, replaced = restoring.described, restoring.replaces()
        words = replaced_words(replaced, described.entries) if replaced is not None else ""
        folder = str(restoring.folder)
        self.found.emit(FoundBackup(described.made_at, described.entries, described.head, folder, words))

    def _put(self) -> None:
        assert self._restoring is not None
        self._restoring.put_in_place(SystemClock())
        folder = self._restoring.folder
        self.close()
        self.restored.emit(folder)


class WindowKeyChange(QObject):
    """The data key of a closed profile is changed."""

    progressed = Signal(int)
    changed = Signal()
    refused = Signal(object)

    def __init__(self, folder: Path, actor: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder, self._actor = folder, actor
        self._thread: threading.Thread | None = None

    def begin(self, known: str, new: str) -> None:
        self._thread = threading.Thread(target=self._work, args=(known, new), name="change-key", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """What is under way ends first, if it does so soon: else the next start takes it up."""
        if self._thread is not None:
            self._thread.join(_CLOSING_SECONDS)

    def _work(self, known: str, new: str) -> None:
        try:
            change_key(self._folder, known, new, self._actor, SystemClock(), self.progressed.emit)
            self.changed.emit()
        except BaseException as error:
            self.refused.emit(in_words(error))


class WindowBackup(QObject):
    """The backup at exit, made after the window is closed and before the profile is."""

    progressed = Signal(int)
    made = Signal()
    refused = Signal(object)

    def __init__(self, backups: Backups, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._backups = backups
        self._stopped = False
        self._thread: threading.Thread | None = None

    def begin(self) -> None:
        self._thread = threading.Thread(target=self._work, name="exit-backup", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Before the profile is closed: what is under way ends first, unless its stick does not answer."""
        self.stop()
        if self._thread is not None:
            self._thread.join(_CLOSING_SECONDS)

    def stop(self) -> None:
        """Nothing is left of what is under way."""
        self._stopped = True

    def _work(self) -> None:
        try:
            self._backups.make(Occasion.EXIT, self._told)
            self.made.emit()
        except BaseException as error:
            self.refused.emit(in_words(error))

    def _told(self, percent: int) -> None:
        if self._stopped:
            raise Declined(_("Pencadangan dihentikan."), code="backup.stopped")
        self.progressed.emit(percent)
