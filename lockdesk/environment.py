"""What the machine refuses, told apart from a bug: a full disk, a folder that went away, no memory.

Sources: errno of the failed call; SQLite's result codes (sqlite.org/rescode.html), which its Python drivers carry as
`sqlite_errorcode`.
"""

import errno
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from lockdesk.errors import Damaged, Hindered, LockdeskError
from lockdesk.words import N_, _

_FULL = N_("Ruang penyimpanan penuh."), N_("Kosongkan ruang pada disk data, lalu ulangi langkah ini."), "disk.full"
_READ_ONLY = (
    N_("Data tidak dapat ditulis: hanya dapat dibaca."),
    N_("Pulihkan izin menulis pada folder data, lalu ulangi langkah ini."),
    "disk.read_only",
)
_LOCKED = (
    N_("Basis data sedang dipakai oleh program lain."),
    N_("Tutup program tersebut, lalu ulangi langkah ini."),
    "disk.locked",
)
_GONE = (
    N_("Folder data atau berkasnya tidak ditemukan."),
    N_("Sambungkan kembali disk atau kembalikan folder data, lalu ulangi langkah ini."),
    "disk.gone",
)
_FAILING = (
    N_("Disk data gagal dibaca atau ditulis."),
    N_("Periksa ruang kosong disk dan sambungannya, lalu ulangi langkah ini."),
    "disk.failing",
)
_NO_MEMORY = (
    N_("Memori komputer tidak cukup."),
    N_("Tutup program lain, lalu ulangi langkah ini."),
    "memory.full",
)
_TOO_MANY = (
    N_("Sistem tidak dapat membuka berkas lagi."),
    N_("Tutup program lain, lalu ulangi langkah ini."),
    "files.too_many",
)
_Words = tuple[str, str, str]
_BY_ERRNO: dict[int, _Words] = {
    **dict.fromkeys((errno.ENOSPC, errno.EDQUOT, errno.EFBIG), _FULL),
    **dict.fromkeys((errno.EROFS, errno.EACCES, errno.EPERM), _READ_ONLY),
    **dict.fromkeys((errno.ENOENT, errno.ENOTDIR, errno.ENODEV, errno.ENXIO, errno.ESTALE), _GONE),
    errno.EIO: _FAILING,
    errno.ENOMEM: _NO_MEMORY,
    **dict.fromkeys((errno.EMFILE, errno.ENFILE), _TOO_MANY),
}
_BY_SQLITE: dict[int, _Words] = {
    5: _LOCKED,
    6: _LOCKED,
    7: _NO_MEMORY,
    8: _READ_ONLY,
    10: _FAILING,
    13: _FULL,
    14: _GONE,
}
_CORRUPT = 11


def hindrance(error: BaseException) -> LockdeskError | None:
    """The error to be told in place of `error`; None when the machine is not at fault (then it is a bug)."""
    return next((told for cause in _causes(error) if (told := _told(cause)) is not None), None)


def full() -> Hindered:
    """The error for a disk of the profile that has too little room."""
    return _hindered(_FULL, "")


def gone() -> Hindered:
    """The error for a profile whose folder or database is no longer where it was opened."""
    return _hindered(_GONE, "")


def read_only() -> Hindered:
    """The error for a profile that may no longer be written to."""
    return _hindered(_READ_ONLY, "")


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The error and what it came from: peewee's come from the driver's, a failed rollback from what it was for."""
    found: BaseException | None = error
    seen: set[int] = set()
    while found is not None and id(found) not in seen:
        seen.add(id(found))
        yield found
        found = found.__cause__ or found.__context__


def _told(error: BaseException) -> LockdeskError | None:
    if isinstance(error, LockdeskError):
        return error
    if isinstance(error, MemoryError):
        return _hindered(_NO_MEMORY, type(error).__name__)
    if isinstance(error, OSError) and error.errno in _BY_ERRNO:
        return _hindered(_BY_ERRNO[error.errno], errno.errorcode[error.errno])
    code = getattr(error, "sqlite_errorcode", None)
    if not isinstance(code, int):
        return None
    name = str(getattr(error, "sqlite_errorname", code))
    if code & 0xFF == _CORRUPT:
        return Damaged(
            _("Basis data rusak."),
            _("Hubungi Kepala Bidang; jangan melanjutkan pencatatan sebelum diperiksa."),
            detail=name,
            code="store.corrupt",
        )
    known = _BY_SQLITE.get(code & 0xFF)
    return None if known is None else _hindered(known, name)


def _hindered(words: _Words, detail: str) -> Hindered:
    message, remedy, code = words
    return Hindered(_(message), _(remedy), detail=detail, code=code)


def free_memory() -> int | None:
    """Bytes that programs can still take without others being moved out; None where the system does not tell."""
    if sys.platform == "win32":
        return _windows_free_memory()
    with suppress(OSError, ValueError, IndexError):
        lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
        return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("MemAvailable:")), None)
    return None


def _windows_free_memory() -> int | None:
    import ctypes  # late: a start on Linux needs none of it

    class MemoryStatus(ctypes.Structure):
        """MEMORYSTATUSEX (sysinfoapi.h)."""

        _fields_ = (
            ("length", ctypes.c_uint32), ("load", ctypes.c_uint32), ("whole", ctypes.c_uint64),
            ("free", ctypes.c_uint64), ("whole_paged", ctypes.c_uint64), ("free_paged", ctypes.c_uint64),
            ("whole_virtual", ctypes.c_uint64), ("free_virtual", ctypes.c_uint64), ("free_extended", ctypes.c_uint64),
        )  # fmt: skip

    told = MemoryStatus(length=ctypes.sizeof(MemoryStatus))
    windll = getattr(ctypes, "windll")  # noqa: B009
    return int(told.free) if windll.kernel32.GlobalMemoryStatusEx(ctypes.byref(told)) else None
