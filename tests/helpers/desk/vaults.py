"""Vaults and profiles as they are made, for tests that are not about making one: each is made once, and copied."""

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

from keyring.backends.fail import Keyring as NoKeyring

from lockdesk.app import OpenProfile, ProfileStart
from lockdesk.vault import Vault, create_vault, open_vault
from tests.helpers.desk.keyrings import using
from tests.helpers.desk.office import SetClock, office_settings


def fresh_vault(folder: Path, passphrase: str) -> Vault:
    """A new vault's files in `folder`, opened. All of one passphrase are copies of one vault, with its keys."""
    shutil.copytree(_vault(passphrase), folder, dirs_exist_ok=True)
    return open_vault(folder, passphrase)


def fresh_profile(folder: Path, passphrase: str | None = None) -> Path:
    """A profile that was begun and closed again: for practice, or with a passphrase for work. All of one passphrase
    are copies of one profile, with its keys."""
    return Path(shutil.copytree(_profile(passphrase), folder))


@cache
def _vault(passphrase: str) -> Path:
    folder = _folder()
    create_vault(folder, passphrase)
    return folder


@cache
def _profile(passphrase: str | None) -> Path:
    folder, practice = _folder(), passphrase is None
    with using(NoKeyring()):
        OpenProfile(ProfileStart(folder, practice, passphrase, office_settings(practice)), SetClock()).close()
    return folder


def _folder() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="lockdesk-"))
    atexit.register(shutil.rmtree, folder)
    return folder
