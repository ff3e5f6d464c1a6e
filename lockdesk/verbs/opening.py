"""Which profile a verb is about, and what opens it without a window."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import platformdirs

from lockdesk.core.profile import Mode
from lockdesk.errors import Declined, Unreachable
from lockdesk.rekeying import require_finished
from lockdesk.vault import PRACTICE_PASSPHRASE, Vault, open_vault, profile_exists, profile_mode
from lockdesk.words import _

VARIABLE = "LOCKDESK_PASSPHRASE"


def config_folder() -> Path:
    return Path(platformdirs.user_config_dir("LockDesk", appauthor=False))


class LastProfile:
    """Which profile was open last: a path, which the profile itself knows more about."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> Path | None:
        try:
            folder = Path(json.loads(self._path.read_text(encoding="utf-8"))["folder"])
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return folder if profile_exists(folder) else None

    def write(self, folder: Path) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._path.write_text(json.dumps({"folder": str(folder)}), encoding="utf-8")


def last_profile() -> LastProfile:
    return LastProfile(config_folder() / "profile.json")


def secret_given() -> str | None:
    """The passphrase or recovery code for a verb; never on the command line, which everybody on the machine sees."""
    return os.environ.get(VARIABLE)


def opened(folder: Path) -> Vault:
    """The keys of a profile, only looked at. Raises Declined and Unreachable, which say what is wanted."""
    if not profile_exists(folder):
        raise Declined(_("Di folder ini tidak ada profil LockDesk."), _("Periksa nama folder."), code="profile.none")
    require_finished(folder)
    secret = secret_given()
    if secret is None and profile_mode(folder) is not Mode.WORK:
        secret = PRACTICE_PASSPHRASE
    with passphrase_asked_for():
        return open_vault(folder, secret, looking=True)


@contextmanager
def passphrase_asked_for() -> Iterator[None]:
    """What does not open says how a verb is given the passphrase."""
    remedy = _("Isi frasa sandi profil ini ke variabel lingkungan {name}, lalu ulangi.").format(name=VARIABLE)
    try:
        yield
    except (Declined, Unreachable) as error:
        if not error.code.startswith("vault.") or error.code == "vault.newer":
            raise
        raise type(error)(error.message, remedy, error.detail, error.code) from error
