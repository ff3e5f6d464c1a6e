"""Small files written whole or not at all."""

import os
from pathlib import Path

from lockdesk.renaming import rename_over


def replace_file(path: Path, content: bytes) -> None:
    """Written beside, synced and renamed, so that a crash leaves the old one. Raises OSError where another program
    holds the file, or the disk is full or read-only."""
    beside = path.with_suffix(".new")
    with open(beside, "wb", opener=_private) as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    rename_over(beside, path)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
