"""What goes over the pipe: one frame is a head of sizes, a JSON text and raw blobs. Never pickle.

Every length is known and bounded before anything is read, every text before it is parsed. What the text holds is
read by a strict model (`reader/cage/models.py`) and nothing else: a child that opened a hostile document is not to be
believed.
"""

import json
import struct
from collections.abc import Callable, Sequence
from dataclasses import fields, is_dataclass
from datetime import datetime
from enum import Enum
from functools import cache
from typing import Any, TypeVar

from lockdesk.reader.cage.models import model
from lockdesk.records import dataclass
from lockdesk.words import well_formed

T = TypeVar("T")
MOST_TEXT = 2 * 1024 * 1024
MOST_VALUES = 45_000
"""The parser holds the interpreter from the first byte to the last: so many values keep it for under 50 ms."""
MOST_MEMBERS = 40
"""Of one object, on the whole: every member that is looked for is sought among all that there are."""
MOST_BLOBS = 72 * 1024 * 1024
MOST_BLOB_COUNT = 512
_HEAD, _SIZE = struct.Struct(">cIH"), struct.Struct(">I")
VALUE, FAILURE = b"v", b"f"

Read = Callable[[int], bytes]
"""Reads exactly that many bytes, or raises EOFError or TimeoutError."""


class WireError(Exception):
    """The other side sent something that is no frame or not of the agreed type."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A frame as it came, its text not yet parsed. `failed`: the text names an exception."""

    failed: bool
    text: bytes
    blobs: tuple[bytes, ...]


def frame(value: Any, blobs: Sequence[bytes] = (), tag: bytes = VALUE) -> list[bytes]:
    """The pieces of a frame, to be written one after another; `blobs` go before those of the value."""
    placed = list(blobs)
    text = _json(pack(value, placed))
    if len(text) > MOST_TEXT or _values_in(text) > MOST_VALUES:
        raise WireError("the text is too large")
    if len(placed) > MOST_BLOB_COUNT or sum(map(len, placed)) > MOST_BLOBS:
        raise WireError("the blobs are too large")
    return [_HEAD.pack(tag, len(text), len(placed)) + b"".join(_SIZE.pack(len(blob)) for blob in placed), text, *placed]


def read_frame(read: Read) -> Frame:
    """The next frame; raises WireError, and whatever `read` raises."""
    tag, length, count = _HEAD.unpack(read(_HEAD.size))
    if tag not in (VALUE, FAILURE) or length > MOST_TEXT or count > MOST_BLOB_COUNT:
        raise WireError("no frame")
    sizes = [size for (size,) in _SIZE.iter_unpack(read(_SIZE.size * count))]
    if sum(sizes) > MOST_BLOBS:
        raise WireError("the blobs are too large")
    return Frame(tag == FAILURE, read(length), tuple(read(size) for size in sizes))


def unpack(kind: type[T], framed: Frame) -> T:
    """The value of a frame as a `kind`; raises WireError where it is anything else."""
    from pydantic_core import ValidationError

    if _values_in(framed.text) > MOST_VALUES:
        raise WireError("too many values")
    if _members_in(framed.text) > MOST_MEMBERS * max(framed.text.count(b"{"), 1):
        raise WireError("too many members")
    known: Any = kind
    try:
        value: T = model(known).validate_json(framed.text, context=framed.blobs)
    except ValidationError as error:
        # Not chained: the error holds everything that was wrong, and letting go of that takes long.
        raise WireError(f"no {getattr(kind, '__name__', kind)}: {error.error_count()} errors") from None
    return value


def _values_in(text: bytes) -> int:
    """At most so many values stand in a JSON text: before each but the first is a comma or a bracket."""
    return sum(map(text.count, (b",", b"[", b"{")))


def _members_in(text: bytes) -> int:
    """How many names of members stand in a JSON text; a quotation mark inside words is escaped there."""
    return text.count(b'":') - text.count(b'\\":')


def _json(value: Any) -> bytes:
    """JSON in well-formed Unicode; numbers that are none raise ValueError."""
    return well_formed(json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))).encode()


_PLAIN = frozenset({str, int, float, bool, type(None)})


@cache
def _names(kind: Any) -> tuple[str, ...]:
    return tuple(item.name for item in fields(kind))


def pack(value: Any, blobs: list[bytes]) -> Any:
    """`value` as JSON; bytes go to `blobs` (the same object once) and leave their index."""
    if type(value) in _PLAIN:
        return value
    if is_dataclass(value) and not isinstance(value, type):
        return {name: pack(getattr(value, name), blobs) for name in _names(type(value))}
    if isinstance(value, tuple | list):
        return [pack(item, blobs) for item in value]
    if isinstance(value, bytes):
        return _place(value, blobs)
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, datetime) else value


def _place(value: bytes, blobs: list[bytes]) -> int:
    for index, blob in enumerate(blobs):
        if blob is value:
            return index
    blobs.append(value)
    return len(blobs) - 1
