"""The database's file written anew, so that nothing of what was destroyed lies in free pages, between rows, or in the
write-ahead log.

It is written beside, under the same key, and takes the old one's place when it is whole. Until then it can be broken
off at any row; a computer that goes out in the midst leaves one file or the other. SQLite's own way, VACUUM, builds
the file in memory and copies it back in one piece that nothing can stop.
"""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

from peewee import OperationalError

from lockdesk.environment import full
from lockdesk.renaming import rename_over
from lockdesk.store.backup_place import sync
from lockdesk.store.tables import database

_LOOK_EVERY = 100
"""Steps of SQLite's machine: some dozens of rows, each of which may hold a large scan."""
_BUSY = 5
_SYNC_EVERY = 32 << 20
"""Bytes after which the disk has to follow: SQLite waits for it at the end, where nothing can be broken off."""


def beside(path: Path) -> Path:
    return path.with_name(path.name + ".baru")


def write(path: Path, broken_off: Callable[[], bool]) -> None:
    """Writes the database of this thread anew beside its file. Raises Hindered where the disk has no room for both."""
    anew = beside(path)
    discard(path)
    if shutil.disk_usage(path.parent).free < path.stat().st_size:
        raise full()
    connection = database.another()
    try:
        connection.set_progress_handler(_Followed(anew, broken_off), _LOOK_EVERY)
        connection.execute("VACUUM INTO ?", (str(anew),))
    finally:
        connection.close()


def discard(path: Path) -> None:
    """Takes away what was begun beside the database, by a program that was killed too, and SQLite's journal of it."""
    for left in (beside(path), beside(path).with_name(beside(path).name + "-journal")):
        left.unlink(missing_ok=True)


def take_place(path: Path) -> bool:
    """What was written anew takes the place of the database, which nobody here has open; False where somebody else
    reads it. Its log must be gone before: it would be taken for the new file's."""
    database.connect()
    try:
        database.execute_sql("PRAGMA journal_mode = delete")
    except OperationalError as error:
        if getattr(error.__context__, "sqlite_errorcode", 0) != _BUSY:
            raise
        return False
    finally:
        database.close()
    rename_over(beside(path), path)
    sync(path.parent)
    return True


class _Followed:
    """Asked by SQLite between rows whether to break off; meanwhile the disk follows what was written."""

    def __init__(self, file: Path, broken_off: Callable[[], bool]) -> None:
        self._file = file
        self._broken_off = broken_off
        self._followed = 0

    def __call__(self) -> bool:
        if (size := self._file.stat().st_size) - self._followed >= _SYNC_EVERY:
            with self._file.open("rb+") as written:
                os.fsync(written.fileno())
            self._followed = size
        return self._broken_off()
