"""The operating system's lock on an open file: the system frees it when the process ends, however it ends."""

import sys
from pathlib import Path
from typing import BinaryIO

LOCK = "profile.lock"
"""In a profile's folder: taken by whoever has it open."""
_FAR = 1 << 40
"""Where Windows locks a byte: far behind anything that is read or written."""


def try_lock(file: BinaryIO) -> bool:
    """Takes the file for this process; False when another one has it. Closing the file frees it."""
    try:
        if sys.platform == "win32":
            import msvcrt

            file.seek(_FAR)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def is_locked(path: Path) -> bool:
    """Whether a process has taken the file; False when there is none. Makes nothing."""
    try:
        with path.open("rb") as file:
            return not try_lock(file)
    except OSError:
        return False
