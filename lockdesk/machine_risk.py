"""This computer, and the risk that the head of section accepted for it: documents read without proven walls.

It can be accepted on Windows alone, where a document is then still opened in a process apart with the limits of a job.
The record lies beside the profiles for what runs without one (doctor, inspect, practice); a working profile believes
its own journalled setting and not this file. It names the computer by a digest and holds for no other.
"""

import hashlib
import json
import sys
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

import platformdirs

from lockdesk.ownfile import write_own
from lockdesk.records import dataclass
from lockdesk.strict import Border

FILE = "risiko-ruang-baca.json"


@dataclass(frozen=True, slots=True)
class AcceptedRisk:
    """Who accepted it (name, NIP and position), when (aware UTC), for which computer."""

    machine: str
    accepted_at: datetime
    name: str
    nip: str
    position: str

    def text(self) -> str:
        """As it is kept."""
        return json.dumps(asdict(self), default=datetime.isoformat)


_BORDER = Border({}, {})


def risk_in(text: str | None) -> AcceptedRisk | None:
    """A record as it was kept; None for anything else."""
    try:
        found: AcceptedRisk | None = _BORDER.model(AcceptedRisk).validate_json(text) if text else None
    except ValueError:
        return None
    return found


def machine_name() -> str:
    """What tells this computer from others, as a digest; "" where no risk can be accepted."""
    if sys.platform != "win32":
        return ""
    import winreg

    with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, r"SOFTWARE\Microsoft\Cryptography") as key:
        told = str(winreg.QueryValueEx(key, "MachineGuid")[0])
    return hashlib.sha256(f"lockdesk machine 1|{told}".encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Machine:
    """A computer and where its record lies."""

    name: str
    folder: Path

    def risk(self) -> AcceptedRisk | None:
        """What was accepted for this very computer."""
        if not self.name:
            return None
        try:
            kept = risk_in((self.folder / FILE).read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError):
            return None
        return kept if kept is not None and kept.machine == self.name else None

    def keep(self, risk: AcceptedRisk | None) -> None:
        """Raises Declined where it cannot be written; None takes it away (OSError)."""
        if risk is None:
            (self.folder / FILE).unlink(missing_ok=True)
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        write_own(self.folder / FILE, risk.text().encode())


def risk_accepted() -> bool:
    """Whether it was accepted for this computer, for what runs without a profile."""
    return this_machine().risk() is not None


def this_machine() -> Machine:
    try:
        name = machine_name()
    except OSError:
        name = ""
    return Machine(name, Path(platformdirs.user_data_dir("LockDesk", appauthor=False)))
