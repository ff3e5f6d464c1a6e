"""What is said of backups: when they are made, what one holds, what a restore takes the place of."""

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from lockdesk.records import dataclass

BackupProgress = Callable[[int], None]
"""Told how many per cent are done; what it raises ends the work, and nothing is left of it."""


class Occasion(StrEnum):
    """Why a backup was made, as the journal holds it."""

    DAILY = "daily"
    EXIT = "exit"
    ASKED = "asked"
    MOVE = "move"


@dataclass(frozen=True, slots=True)
class BackupPlan:
    """Where backups go ("" nowhere yet), and when they are made without being asked for."""

    folder: str = ""
    daily: bool = True
    at_exit: bool = True


@dataclass(frozen=True, slots=True)
class MadeBackup:
    """A backup that was read back and held: its file, the journal's head in it (hex digits) and its entries."""

    path: Path
    made_at: datetime
    entries: int
    head: str
    size: int
    removed: int = 0
    """How many older ones the rotation took away for it."""


@dataclass(frozen=True, slots=True)
class BackupState:
    """The plan, and the last backup that the journal knows; None before the first."""

    plan: BackupPlan
    last: MadeBackup | None = None
    today: bool = False
    """Whether the last one was made today."""


@dataclass(frozen=True, slots=True)
class Replaced:
    """The profile that a restore puts aside: whether it is the same one, and what its journal holds (None where neither
    the backup's key nor what was typed opens it). `older_key`: its data key was changed since the backup was made."""

    same: bool
    entries: int | None = None
    last_at: datetime | None = None
    older_key: bool = False


@dataclass(frozen=True, slots=True)
class FoundBackup:
    """A backup that was opened and held: what it holds, and where it would go. `replaces` says in words what lies there
    now; "" nothing does."""

    made_at: datetime
    entries: int
    head: str
    folder: str
    replaces: str = ""
