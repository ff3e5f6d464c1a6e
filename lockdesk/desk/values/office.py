"""What the status line tells, and the office's closed days."""

from collections.abc import Mapping
from dataclasses import field
from datetime import date, datetime

from lockdesk.core.messages import MessageState
from lockdesk.core.roles import Role
from lockdesk.desk.values.backups import BackupPlan, BackupState
from lockdesk.desk.values.cases import Board, CaseFilter, CaseRow, Waiting
from lockdesk.machine_risk import AcceptedRisk
from lockdesk.records import dataclass
from lockdesk.settings import Officer


@dataclass(frozen=True, slots=True)
class DeskStatus:
    """The status bar's facts."""

    open_until: datetime | None
    next_open: datetime
    gateway: str
    training: bool
    journal_count: int
    journal_whole: bool
    mark_behind: int
    """Entries that the vault's mark could not be moved over."""
    officer: str
    """Who is at the desk."""
    csr_to_confirm: bool
    """Nobody has said yet whether the applicants make their CSR themselves."""
    counts: Mapping[str, int]
    """Cases per CaseFilter value, "complaints_open", "complaints_escalated", "complaints_resolved"."""
    leave_unknown: int = 0
    """The coming year whose joint leave nobody has put in yet, from October on; else 0."""
    outbox: Mapping[MessageState, int] = field(default_factory=dict)
    """Messages that are still to be sent or settled."""
    board: Board = field(default_factory=Board)
    role: Role = Role.OFFICER
    """Of who is at the desk."""
    risk: AcceptedRisk | None = None
    """That documents are read without proven walls on this computer, and who accepted it."""


@dataclass(frozen=True, slots=True)
class ClosedDay:
    """A day on which the office is closed. `manual` rows were written by the officer; `source` names the decree that
    a row was taken from, "" where it came with the program's calendar."""

    day: date
    reason: str
    manual: bool
    source: str = ""


@dataclass(frozen=True, slots=True)
class DayEnd:
    """What is still open when the office closes for the day: rows by the filter that finds them, the filters in the
    order of their weight."""

    rows: Mapping[CaseFilter, tuple[CaseRow, ...]]
    outbox: Mapping[MessageState, int]
    complaints_near: int
    official: Waiting = field(default_factory=Waiting)
    """Complaints that wait for the official."""

    backup: BackupState = field(default_factory=lambda: BackupState(BackupPlan()))

    @property
    def counts(self) -> dict[str, int]:
        """What the journal keeps of it."""
        messages = {f"messages_{state}": count for state, count in self.outbox.items()}
        cases = {str(name): len(found) for name, found in self.rows.items()}
        return cases | messages | {"complaints_near": self.complaints_near}


@dataclass(frozen=True, slots=True)
class OfficersVersion:
    """Who the officers were said to be, from when that was recorded (aware UTC), and by whom."""

    officers: tuple[Officer, ...]
    recorded_at: datetime
    actor: str


@dataclass(frozen=True, slots=True)
class SettingVersion:
    """A value that a setting had, from when it was recorded (aware UTC), and by whom ("" before that was kept)."""

    name: str
    value: str
    recorded_at: datetime
    actor: str
