"""A vault as it is made, for tests that are not about making one: a passphrase is stretched once for all of them."""

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

from lockdesk.vault import Vault, create_vault, open_vault


def fresh_vault(folder: Path, passphrase: str) -> Vault:
    """A new vault's files in `folder`, opened. All of one passphrase are copies of one vault, with its keys."""
    shutil.copytree(_made(passphrase), folder, dirs_exist_ok=True)
    return open_vault(folder, passphrase)


@cache
def _made(passphrase: str) -> Path:
    folder = Path(tempfile.mkdtemp(prefix="lockdesk-"))
    atexit.register(shutil.rmtree, folder)
    create_vault(folder, passphrase)
    return folder
