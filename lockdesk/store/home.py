"""Where the database lies, watched: a file that was taken away or replaced takes no more writes.

The system lets a process write to a file that nobody can find any more; what is written there is lost when the
program ends. So before a number is given the path must still lead to the very file that was opened.
"""

import os
import threading
from pathlib import Path

from lockdesk.environment import gone, read_only

staying = threading.Lock()
"""Held while one more connection to the database is opened, and while its file is exchanged: SQLite finds the log by
its name, and would take the new file's for that of the old one."""
_EFFECTIVE = os.access in os.supports_effective_ids
_SMALLEST_PAGE = 512
"""Of SQLite, which takes a file that is shorter than a few bytes for a new database."""


def is_empty(path: Path) -> bool:
    """Whether there is no database at `path`, or a file too short to be one: SQLite would begin a new one there."""
    return not path.exists() or path.stat().st_size < _SMALLEST_PAGE


class Home:
    """The database's file and the log that SQLite keeps beside it (`-wal`), as they were when opened."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._files = {file: _identity(file) for file in (path, path.with_name(f"{path.name}-wal"))}

    def require_file(self) -> None:
        """Raises Hindered when the database is gone or another one."""
        if _identity(self._path) != self._files[self._path]:
            raise gone()

    def require(self) -> None:
        """Raises Hindered when a file is gone or another one, or when folder or database cannot be written to.

        A new database has no log before its first unit.
        """
        for file, known in self._files.items():
            found = _identity(file)
            if known is not None and found != known:
                raise gone()
            self._files[file] = found
        for place in (self._path, self._path.parent):
            if not os.access(place, os.W_OK, effective_ids=_EFFECTIVE):
                raise read_only()


def _identity(file: Path) -> tuple[int, int] | None:
    try:
        found = file.stat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    return found.st_dev, found.st_ino
