"""The training CA's own file: encrypted, append-only, one writer.

Layout: after a magic line, records of a 4-byte length, a 12-byte nonce and AES-256-GCM ciphertext. The
record's number is authenticated with it, so that records can be neither reordered nor removed from the
middle. A record that was cut off by a crash is the last one; it is dropped when the file is opened, because
nobody was ever told that it had been written. How long the file was when somebody was told stands beside it, in a
file of its own: a shorter one has lost records. That mark may lag, and may be missing; it is never ahead. A folder
that was copied while the program wrote, or an older ledger that was laid in by hand, looks the same: who wants that
one deletes the mark.
"""

import contextlib
import os
import secrets
import sys
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from lockdesk.errors import Damaged, Unreachable
from lockdesk.filelock import try_lock
from lockdesk.words import N_, _

MAGIC = b"LockDesk CA ledger 1\n"
MARK = ".mark"
"""What the mark's name ends with."""
_LENGTH, _NONCE, _TAG = 4, 12, 16
_MOST_RECORD = 16 * 1024 * 1024
_BRING_BACK = N_("Kembalikan berkasnya, atau pulihkan profil pelatihan ini dari cadangan. Kasus tidak berubah.")


class Ledger:
    """An open ledger; `records` are the plain contents in the order they were written."""

    def __init__(self, path: Path, key: bytes) -> None:
        """Opens or creates `path`. `key` is 32 bytes.

        Raises Unreachable when another process has it or the disk fails, Damaged when it cannot be trusted (or
        the key is another one).
        """
        self._path, self._mark = path, path.with_name(path.name + MARK)
        self._cipher = AESGCM(key)
        try:
            fresh = not path.exists()
            self._file = path.open("a+b", buffering=0)
            try:
                if not try_lock(self._file):
                    raise _in_use()
                if fresh:
                    self._mark.unlink(missing_ok=True)  # of one that is gone
                self.records = self._read_all()
            except BaseException:
                self._file.close()
                raise
            if fresh and sys.platform != "win32":
                _sync_folder(path.parent)
        except OSError as error:
            raise _failing(error) from error

    def append(self, content: bytes) -> None:
        """Writes one record durably. Raises Unreachable when the disk did not take it, or the file is no longer
        where it was opened: nothing is kept."""
        number = len(self.records)
        nonce = secrets.token_bytes(_NONCE)
        sealed = nonce + self._cipher.encrypt(nonce, content, _number(number))
        try:
            if not os.path.samestat(self._path.stat(), os.fstat(self._file.fileno())):
                raise FileNotFoundError(self._path.name)
            self._drop_rest()
            _write_all(self._file, len(sealed).to_bytes(_LENGTH, "big") + sealed)
            os.fsync(self._file.fileno())
        except OSError as error:
            with contextlib.suppress(OSError):  # where not even that is possible, the next one does it
                self._drop_rest()
            raise _failing(error) from error
        self._size += _LENGTH + len(sealed)
        self.records.append(content)
        with contextlib.suppress(OSError):
            self._mark.write_text(str(self._size))

    def _drop_rest(self) -> None:
        """Takes away what a failed write has left behind the last record."""
        if os.fstat(self._file.fileno()).st_size != self._size:
            self._file.truncate(self._size)

    def close(self) -> None:
        """Gives the file to the next process."""
        self._file.close()

    def _read_all(self) -> list[bytes]:
        self._file.seek(0)
        data = self._file.read()
        if len(data) < len(MAGIC) and MAGIC.startswith(data):
            self._file.truncate(0)
            _write_all(self._file, MAGIC)
            os.fsync(self._file.fileno())
            data = MAGIC
        if not data.startswith(MAGIC):
            raise _damaged("magic")
        records, self._size = self._parse(data)
        if self._size < self._told():
            raise _cut(self._path.name, self._mark.name, f"{self._size} < {self._told()}")
        if self._size < len(data):
            self._file.truncate(self._size)
            os.fsync(self._file.fileno())
        return records

    def _told(self) -> int:
        """How long the file was when a record was last told to be written; 0 where that is not known."""
        try:
            return int(self._mark.read_text())
        except (OSError, ValueError):
            return 0

    def _parse(self, data: bytes) -> tuple[list[bytes], int]:
        """The records, and where the last whole one ends."""
        records: list[bytes] = []
        offset = len(MAGIC)
        while offset < len(data):
            length = int.from_bytes(data[offset : offset + _LENGTH], "big")
            end = offset + _LENGTH + length
            if offset + _LENGTH > len(data) or _was_cut(data, offset, end, length):
                break
            if not _NONCE + _TAG <= length <= _MOST_RECORD:
                raise _damaged(f"record {len(records)}: length {length}")
            records.append(self._open(data[offset + _LENGTH : end], len(records)))
            offset = end
        return records, offset

    def _open(self, sealed: bytes, number: int) -> bytes:
        try:
            return self._cipher.decrypt(sealed[:_NONCE], sealed[_NONCE:], _number(number))
        except InvalidTag as error:
            raise _damaged(f"record {number}") from error


def _was_cut(data: bytes, offset: int, end: int, length: int) -> bool:
    """The last record misses bytes, or the file grew on the disk before its bytes arrived there (zeros)."""
    if length <= _MOST_RECORD and end > len(data):
        return True
    # Only a record without a length can begin a tail of zeros: nothing else of the rest is looked at.
    return (length == 0 and not data[offset:].strip(b"\0")) or (end == len(data) and not any(data[end - _TAG :]))


def _number(number: int) -> bytes:
    return MAGIC + number.to_bytes(8, "big")


def _write_all(file: BinaryIO, content: bytes) -> None:
    view = memoryview(content)
    while view:
        view = view[file.write(view) :]


def _damaged(detail: str) -> Damaged:
    return Damaged(
        _("Berkas CA pelatihan rusak atau kuncinya berbeda."),
        _("Pulihkan profil pelatihan ini dari cadangan, atau mulai yang baru di folder lain. Kasus tidak berubah."),
        detail=detail,
        code="ledger.damaged",
    )


def _cut(ledger: str, mark: str, detail: str) -> Damaged:
    older = _("Bila {ledger} yang lebih lama memang yang akan dipakai, hapus {mark} di sampingnya.")
    return Damaged(
        _("Berkas CA pelatihan kehilangan catatan terakhirnya."),
        f"{_(_BRING_BACK)} {older.format(ledger=ledger, mark=mark)}",
        detail=detail,
        code="ledger.cut",
    )


def require_begun(path: Path) -> None:
    """Raises Damaged where no record was ever written to `path`, or none is left: a new CA in the place of one that
    has signed would know nothing of what that one revoked and issued."""
    if not path.exists() or path.stat().st_size <= len(MAGIC):
        raise Damaged(
            _("Berkas CA pelatihan hilang atau kosong."),
            _(_BRING_BACK),
            code="ledger.lost",
        )


def _failing(error: OSError) -> Unreachable:
    return Unreachable(
        _("Berkas CA pelatihan tidak dapat ditulis."),
        _("Periksa ruang penyimpanan, lalu ulangi."),
        detail=type(error).__name__,
        code="ledger.write",
    )


def _in_use() -> Unreachable:
    return Unreachable(
        _("CA pelatihan sedang dipakai oleh program lain."),
        _("Tutup program tersebut, lalu ulangi."),
        code="ledger.locked",
    )


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
