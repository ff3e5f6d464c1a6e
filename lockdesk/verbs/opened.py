"""A profile that a verb only looks at: its vault, opened without changing anything in the folder."""

import os
from dataclasses import dataclass
from pathlib import Path

from lockdesk.core.profile import Mode
from lockdesk.errors import Declined, Unreachable
from lockdesk.filelock import is_locked
from lockdesk.vault import PRACTICE_PASSPHRASE, Vault, open_vault, profile_exists, profile_mode
from lockdesk.words import _

VARIABLE = "LOCKDESK_PASSPHRASE"


@dataclass(frozen=True, slots=True)
class LookedAt:
    """`in_use`: a running program has the profile open."""

    folder: Path
    vault: Vault
    in_use: bool

    @property
    def casebook(self) -> Path:
        return self.folder / "casebook.db"

    @property
    def key(self) -> bytes:
        return self.vault.keys.database


def look_at(folder: Path) -> LookedAt:
    """Raises Declined and Unreachable, which say what is wanted."""
    if not profile_exists(folder):
        raise Declined(_("Di folder ini tidak ada profil LockDesk."), _("Periksa nama folder."), code="profile.none")
    secret = os.environ.get(VARIABLE)
    if secret is None and profile_mode(folder) is not Mode.WORK:
        secret = PRACTICE_PASSPHRASE
    remedy = _("Isi frasa sandi profil ini ke variabel lingkungan {name}, lalu ulangi.").format(name=VARIABLE)
    try:
        vault = open_vault(folder, secret, looking=True)
    except (Declined, Unreachable) as error:
        if error.code in {"vault.newer"}:
            raise
        raise type(error)(error.message, remedy, error.detail, error.code) from error
    return LookedAt(folder, vault, is_locked(folder / "profile.lock"))
