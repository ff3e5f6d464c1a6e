"""The database's file written anew, so that nothing of what was destroyed lies in free pages, between rows, or in the
write-ahead log.

It is written beside, under the same key, and takes the old one's place when it is whole. Until then it can be broken
off at any row; a computer that goes out in the midst leaves one file or the other. SQLite's own way, VACUUM, builds
the file in memory and copies it back in one piece that nothing can stop.
"""

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from peewee import OperationalError

from lockdesk.environment import full
from lockdesk.renaming import is_held, rename_over
from lockdesk.store.backup_place import from_the_medium, sync
from lockdesk.store.tables import database

_LOOK_SECONDS = 0.02
_BUSY = 5
_SYNC_EVERY = 8 << 20
"""Bytes after which the disk has to follow: SQLite waits for it at the end, where nothing can be broken off."""
_PARTS = ("", "-journal", "-wal", "-shm")


def beside(path: Path) -> Path:
    return path.with_name(path.name + ".baru")


def write(path: Path, broken_off: Callable[[], bool]) -> None:
    """Writes the database of this thread anew beside its file, which is no link. Raises Hindered where the disk has no
    room for both, or fails."""
    anew = beside(path)
    discard(path)
    if shutil.disk_usage(path.parent).free < path.stat().st_size:
        raise full()
    _lay_out_like(path, anew)
    connection = database.another()
    try:
        connection.set_progress_handler(None, 0)  # Python asked between rows would wait for its other threads each time
        with _followed(anew, connection, broken_off):
            connection.execute("VACUUM INTO ?", (str(anew),))
        # Now, while nobody else knows the file: later a single reader would keep it from being opened.
        connection.execute("ATTACH ? AS anew", (str(anew),))
        connection.execute("PRAGMA anew.journal_mode = wal")
    finally:
        connection.close()


def discard(path: Path) -> None:
    """Takes away what was begun beside the database, by a program that was killed too, and what SQLite keeps beside
    it."""
    for part in _PARTS:
        beside(path).with_name(beside(path).name + part).unlink(missing_ok=True)


def take_place(path: Path, require_same: Callable[[], None]) -> bool:
    """What was written anew takes the place of the database, which nobody here has open; False where somebody else
    has. Its log must be gone before: it would be taken for the new file's. `require_same` raises where another file
    lies there by now."""
    require_same()
    try:
        database.connect()
        database.execute_sql("PRAGMA journal_mode = delete")
    except OperationalError as error:
        if getattr(error.__context__, "sqlite_errorcode", 0) & 0xFF != _BUSY:
            raise
        return False
    finally:
        database.close()
    sync(path.parent)  # or a power cut might leave the new file beside the old one's log
    require_same()
    try:
        rename_over(beside(path), path)
    except OSError as error:
        if not is_held(error):
            raise
        return False
    sync(path.parent)
    return True


def _lay_out_like(path: Path, anew: Path) -> None:
    """An empty file that nobody may read who may not read the old one; who may read that one reads on."""
    anew.touch(mode=0o600)
    if hasattr(os, "chown"):
        with suppress(PermissionError):  # the administrator's to give; ours already are
            os.chown(anew, path.stat().st_uid, path.stat().st_gid)
    shutil.copymode(path, anew)


@contextmanager
def _followed(anew: Path, connection: Any, broken_off: Callable[[], bool]) -> Iterator[None]:
    """What `connection` executes inside is broken off when that is wanted; meanwhile the disk follows what was
    written. Raises what the disk says."""
    ended, failed = threading.Event(), list[OSError]()

    def follow() -> None:
        followed = 0
        while not ended.wait(_LOOK_SECONDS):
            if broken_off():
                connection.interrupt()
            try:
                if (size := anew.stat().st_size) - followed >= _SYNC_EVERY:
                    with anew.open("rb+") as written:
                        os.fsync(written.fileno())
                        from_the_medium(written)
                    followed = size
            except OSError as error:
                failed.append(error)
                connection.interrupt()

    follower = threading.Thread(target=follow, name="database-follower", daemon=True)
    follower.start()
    try:
        yield
    finally:
        ended.set()
        follower.join()
        if failed:
            raise failed[0]
