"""Files that leave the program: readable by their owner only, whatever the system's habit is."""

import os
import re
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from lockdesk.errors import Declined
from lockdesk.words import _


def write_own(path: Path, content: bytes) -> None:
    """Writes a file of mode 0600, also over an existing one. Raises Declined where that is not possible."""
    with own_file(path) as file:
        file.write(content)


@contextmanager
def own_file(path: Path) -> Iterator[BinaryIO]:
    """The same for what is too long to be held whole: open for writing until the end of the block."""
    try:
        with open(path, "wb", opener=_owners_only) as file:
            if sys.platform != "win32":
                os.fchmod(file.fileno(), 0o600)
            yield file
    except OSError as error:
        raise Declined(
            _("Berkas tidak dapat disimpan di sana."),
            _("Pilih folder lain."),
            detail=type(error).__name__,
            code="save.failed",
        ) from error


def takes_files(folder: Path) -> bool:
    """Tried, because no system tells: root may write everywhere, and Windows asks nobody but the disk."""
    trial = folder / f".lockdesk-{secrets.token_hex(8)}"
    try:
        trial.touch(exist_ok=False)
        trial.unlink()
    except OSError:
        return False
    return True


_UNSAVEABLE = re.compile(r'[<>:"/\\|?*\x00-\x1f]')
_DEVICES = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])\s*(\.|$)", re.IGNORECASE)


def saveable(name: str) -> str:
    """A file name that every system takes, a stick's too: Windows has signs that no name may hold, and names that are
    devices, whatever follows their dot."""
    plain = _UNSAVEABLE.sub("_", name).strip().rstrip(". ") or "berkas"
    return f"_{plain}" if _DEVICES.match(plain) else plain


def _owners_only(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
