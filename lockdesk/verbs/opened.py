"""A profile that a verb only looks at: its vault, opened without changing anything in the folder."""

from pathlib import Path

from lockdesk.filelock import is_locked
from lockdesk.records import dataclass
from lockdesk.vault import DATABASE, Vault
from lockdesk.verbs.opening import opened


@dataclass(frozen=True, slots=True)
class LookedAt:
    """`in_use`: a running program has the profile open."""

    folder: Path
    vault: Vault
    in_use: bool

    @property
    def casebook(self) -> Path:
        return self.folder / DATABASE

    @property
    def key(self) -> bytes:
        return self.vault.keys.database


def look_at(folder: Path) -> LookedAt:
    """Raises Declined and Unreachable, which say what is wanted."""
    return LookedAt(folder, opened(folder), is_locked(folder / "profile.lock"))
