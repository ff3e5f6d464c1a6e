"""Files that leave the program: readable by their owner only, whatever the system's habit is."""

import os
import sys
from pathlib import Path

from lockdesk.errors import Declined
from lockdesk.words import _


def write_own(path: Path, content: bytes) -> None:
    """Writes a file of mode 0600, also over an existing one. Raises Declined where that is not possible."""
    try:
        with open(path, "wb", opener=_owners_only) as file:
            if sys.platform != "win32":
                os.fchmod(file.fileno(), 0o600)
            file.write(content)
    except OSError as error:
        raise Declined(
            _("Berkas tidak dapat disimpan di sana."),
            _("Pilih folder lain."),
            detail=type(error).__name__,
            code="save.failed",
        ) from error


def _owners_only(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
