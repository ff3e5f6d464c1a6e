"""What opens a profile for a verb, without a window."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lockdesk.core.profile import Mode
from lockdesk.errors import Declined, Unreachable
from lockdesk.rekeying import require_finished
from lockdesk.vault import PRACTICE_PASSPHRASE, Vault, open_vault, profile_exists, profile_mode
from lockdesk.words import _

VARIABLE = "LOCKDESK_PASSPHRASE"


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
