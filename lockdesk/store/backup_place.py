"""The place that backups go to: a folder or a stick that may be full, read-only or gone, and what is kept there."""

import os
import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from peewee import DatabaseError
from sqlcipher3.dbapi2 import DatabaseError as DriverError

from lockdesk.core.rotation import outlived
from lockdesk.environment import hindrance
from lockdesk.errors import Hindered, LockdeskError
from lockdesk.words import N_, _

SUFFIX, PART = ".cadangan", ".sebagian"
"""Of a backup's file, and what stands behind it until it was read back."""


def stem(profile: str) -> str:
    return f"lockdesk-{profile[:8] or 'lama'}"


def require_room(database: Path, folder: Path) -> None:
    needed = database.stat().st_size
    with told_in_words():
        if shutil.disk_usage(folder).free < needed:
            raise trouble("disk.full", "")


def from_the_medium(file: BinaryIO) -> None:
    """What is read next comes from the disk or stick, not from the memory that still has it."""
    if sys.platform == "linux":
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def sync(folder: Path) -> None:
    """Where the system can: the new name itself is on the disk."""
    with suppress(OSError):
        entry = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(entry)
        finally:
            os.close(entry)


def kept_in(folder: Path, profile: str) -> dict[datetime, Path]:
    """The backups of a profile in a folder, by when they were made; what the folder holds besides is not looked at."""
    name = re.compile(re.escape(stem(profile)) + r"-(\d{8}-\d{6})Z" + re.escape(SUFFIX))
    found: dict[datetime, Path] = {}
    for path in folder.iterdir():
        if matched := name.fullmatch(path.name):
            with suppress(ValueError):
                found[datetime.strptime(matched[1], "%Y%m%d-%H%M%S").replace(tzinfo=UTC)] = path
    return found


def rotate(made: Path, profile: str) -> int:
    """Takes away what is outlived by the backup just `made`, never that one: a computer whose clock fell back a year
    must not throw away what it has. One that cannot be taken away stays."""
    folder = made.parent
    removed = 0
    with suppress(OSError):
        kept = kept_in(folder, profile)
        for path in {kept[at] for at in outlived(kept)} - {made}:
            path.unlink()
            removed += 1
    return removed


def clear(folder: Path, profile: str) -> None:
    """Takes away what a program that was ended in the midst of a backup has left: nobody can use it, and it may fill
    the place for every later one."""
    with suppress(OSError):
        for left in folder.glob(f"{stem(profile)}-*{SUFFIX}{PART}"):
            left.unlink()


_TROUBLES: dict[str, tuple[str, str]] = {
    "disk.full": (
        N_("Tempat cadangan penuh."),
        N_("Kosongkan ruang di sana atau pilih tempat lain, lalu cadangkan lagi. Data di komputer ini tidak berubah."),
    ),
    "disk.read_only": (
        N_("Tempat cadangan tidak dapat ditulis."),
        N_("Buka pengunci tulisnya atau pilih tempat lain, lalu cadangkan lagi. Data di komputer ini tidak berubah."),
    ),
    "disk.gone": (
        N_("Tempat cadangan tidak ditemukan."),
        N_("Pasang kembali disk atau stik USB, lalu cadangkan lagi. Data di komputer ini tidak berubah."),
    ),
    "disk.failing": (
        N_("Tempat cadangan gagal dibaca atau ditulis."),
        N_("Pasang kembali atau ganti media itu, lalu cadangkan lagi. Data di komputer ini tidak berubah."),
    ),
}


@contextmanager
def told_in_words() -> Iterator[None]:
    """What the place of the backups refuses is told of that place, not of the data's own disk."""
    try:
        yield
    except (OSError, DatabaseError, DriverError, MemoryError, LockdeskError) as error:
        known = hindrance(error) or _by_words(error)
        if known is None:
            raise
        raise (trouble(known.code, known.detail) if known.code in _TROUBLES else known) from error


_DRIVER_WORDS = {
    "disk I/O error": "disk.failing",
    "database or disk is full": "disk.full",
    "attempt to write a readonly database": "disk.read_only",
    "unable to open database file": "disk.gone",
}
"""The driver gives the errors of a copy without their code, in the words of sqlite3_errstr."""


def _by_words(error: BaseException) -> LockdeskError | None:
    code = _DRIVER_WORDS.get(str(error))
    return None if code is None else trouble(code, str(error))


def trouble(code: str, detail: str) -> Hindered:
    message, remedy = _TROUBLES[code]
    return Hindered(_(message), _(remedy), detail=detail, code=code.replace("disk", "backup"))
