"""Backups from the window: the day's own, those asked for, with progress and the way to stop them."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from lockdesk.desk.desk import Desk
from lockdesk.desk.values.backups import BackupPlan, BackupState, MadeBackup, Occasion
from lockdesk.errors import Declined, LockdeskError
from lockdesk.ui.running.background import Background, Lane
from lockdesk.words import _

AGAIN_AFTER = timedelta(minutes=30)
"""A day's backup that failed (the stick is not in) is tried again after so long."""
STOPPED = "backup.stopped"


class BackupWork(QObject):
    """One at a time. Nothing waits for it: the window goes on, and what is written meanwhile is in the next one."""

    changed = Signal()
    """Plan, last backup, what is under way or what went wrong."""
    told = Signal(int)
    """How many per cent are done."""
    moved = Signal(object)

    def __init__(self, desk: Desk, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._background = desk, background
        self.state = BackupState(BackupPlan())
        self.running = self.moved_away = False
        self.trouble: LockdeskError | None = None
        """Why the last try failed; None after one that held."""
        self._stopped = False
        self._failed_at: datetime | None = None

    @property
    def failed(self) -> bool:
        """Whether the last try failed, and not only a place that was refused."""
        return self._failed_at is not None and self.trouble is not None

    @property
    def wanted_at_exit(self) -> bool:
        plan = self.state.plan
        return bool(plan.folder) and plan.at_exit and not self.moved_away

    def read(self) -> None:
        self._background.run(self._state, self._on_read, by_itself=True)

    def _state(self) -> BackupState:
        return self._desk.backups.standing()

    def _on_read(self, state: BackupState) -> None:
        self.state = state
        self.changed.emit()

    def save(self, plan: BackupPlan) -> None:
        """What is refused leaves the plan as it was, and is told."""
        self._background.run(partial(self._save, plan), lambda _done: self.read(), self._on_refused)

    def _save(self, plan: BackupPlan) -> None:
        self._desk.backups.save(plan)

    def _on_refused(self, error: LockdeskError) -> None:
        self.trouble = error
        self.changed.emit()

    @Slot()
    def look(self) -> None:
        """Makes the day's backup where it is due."""
        now = self._desk.clock.now()
        waiting = self._failed_at is not None and now - self._failed_at < AGAIN_AFTER
        if self.state.plan.daily and self.state.plan.folder and not self.running and not waiting:
            self._background.run(self._due, self._on_due, by_itself=True)

    def _due(self) -> bool:
        return self._desk.backups.due()

    def _on_due(self, due: bool) -> None:
        if due:
            self.make(Occasion.DAILY)

    def make(self, occasion: Occasion) -> None:
        if not self.running:
            self._begin()
            job = partial(self._make, occasion, self._background.on_gui_thread(self.told.emit))
            self._background.run(job, self._on_made, self._on_failed, Lane.KEEPING)

    def _make(self, occasion: Occasion, told: Callable[[int], None]) -> MadeBackup:
        return self._desk.backups.make(occasion, partial(self._progress, told))

    def move(self, folder: Path) -> None:
        """Pindah komputer: a last backup, after which this copy is retired."""
        if not self.running:
            self._begin()
            job = partial(self._move, folder, self._background.on_gui_thread(self.told.emit))
            self._background.run(job, self._on_moved, self._on_failed, Lane.KEEPING)

    def _move(self, folder: Path, told: Callable[[int], None]) -> MadeBackup:
        return self._desk.backups.move(folder, partial(self._progress, told))

    def _progress(self, told: Callable[[int], None], percent: int) -> None:
        if self._stopped:
            raise Declined(_("Pencadangan dihentikan."), _("Cadangan sebelumnya tetap ada."), code=STOPPED)
        told(percent)

    @Slot()
    def stop(self) -> None:
        """Ends what is under way; nothing of it is left, and earlier backups stay."""
        self._stopped = True

    def _begin(self) -> None:
        self.running, self._stopped, self.trouble = True, False, None
        self.changed.emit()

    def _on_made(self, _made: MadeBackup) -> None:
        self.running, self._failed_at = False, None
        self.read()

    def _on_moved(self, made: MadeBackup) -> None:
        self.running, self.moved_away = False, True
        self.moved.emit(made)

    def _on_failed(self, error: LockdeskError) -> None:
        self.running, self._failed_at = False, self._desk.clock.now()
        self.trouble = None if error.code == STOPPED else error
        self.changed.emit()
