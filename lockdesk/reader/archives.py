"""Whether a private key lies in a container: ZIP (also .docx, .xlsx, .odt), gzip, bzip2, xz, tar. Runs in the cage.

Nothing is unpacked to anywhere; what is larger, deeper or more than any request holds, locked or of another kind is
not searched, and that is said.
"""

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from enum import StrEnum
from typing import IO

MOST_UNPACKED = 48 * 1024 * 1024
MOST_MEMBERS = 400
MOST_DEPTH = 3
_STREAMS: dict[bytes, Callable[[io.BytesIO], io.BufferedIOBase]] = {
    b"\x1f\x8b": lambda file: gzip.GzipFile(fileobj=file),
    b"BZh": bz2.BZ2File,
    b"\xfd7zXZ\x00": lzma.LZMAFile,
}


class Search(StrEnum):
    """What the search of a container ended with."""

    CLEAN = "clean"
    KEY = "key"
    CLOSED = "closed"


class _Closed(Exception):
    """The container cannot be searched to its end."""


def search(content: bytes, holds_key: Callable[[bytes], bool], is_archive: Callable[[bytes], bool]) -> Search:
    """KEY as soon as a member holds one, CLOSED when a part could not be searched, else CLEAN. Never raises."""
    left = [MOST_UNPACKED, MOST_MEMBERS]
    try:
        return Search.KEY if _found(content, holds_key, is_archive, left, MOST_DEPTH) else Search.CLEAN
    except (Exception, RecursionError):  # the libraries raise as hostile archives make them
        return Search.CLOSED


def _found(
    content: bytes, holds_key: Callable[[bytes], bool], is_archive: Callable[[bytes], bool], left: list[int], depth: int
) -> bool:
    closed = depth <= 0
    for member in () if closed else _members(content, left):
        if holds_key(member):
            return True
        if is_archive(member):
            try:
                if _found(member, holds_key, is_archive, left, depth - 1):
                    return True
            except Exception:  # the others may still hold the key
                closed = True
    if closed:
        raise _Closed
    return False


def _members(content: bytes, left: list[int]) -> Iterator[bytes]:
    file = io.BytesIO(content)
    opener = next((make for magic, make in _STREAMS.items() if content.startswith(magic)), None)
    if opener is not None:
        yield _taken(opener(file), left)
    elif content[257:262] == b"ustar":
        with tarfile.open(fileobj=file, mode="r:") as packed:
            for item in packed:
                part = packed.extractfile(item) if item.isfile() else None
                if part is not None:
                    yield _taken(part, left)
    elif content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        with zipfile.ZipFile(file) as zipped:
            for entry in zipped.infolist():
                with zipped.open(entry) as stream:
                    yield _taken(stream, left)
    else:
        raise _Closed


def _taken(stream: IO[bytes] | io.BufferedIOBase, left: list[int]) -> bytes:
    """The whole of a member, counted against what is left. Raises _Closed for more than that."""
    taken = stream.read(left[0] + 1)
    left[0] -= len(taken)
    left[1] -= 1
    if left[0] < 0 or left[1] < 0:
        raise _Closed
    return taken
