"""What goes over the pipe: one frame is a length, a JSON header and raw blobs. Never pickle.

Values are frozen dataclasses; `pack` writes them, `unpack` rebuilds them and checks every part against the
annotated type, because a child that opened a hostile document is not to be believed.
"""

import json
import types
from collections.abc import Callable, Hashable
from dataclasses import fields, is_dataclass
from datetime import datetime
from enum import Enum
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")
MOST_HEADER = 16 * 1024 * 1024
MOST_BLOBS = 72 * 1024 * 1024
MOST_BLOB_COUNT = 512
_LENGTH = 4

Read = Callable[[int], bytes]
"""Reads exactly that many bytes, or raises EOFError or TimeoutError."""


class WireError(Exception):
    """The other side sent something that is no frame or not of the agreed type."""


def frame(header: dict[str, Any], blobs: list[bytes]) -> list[bytes]:
    """The pieces of a frame, to be written one after another."""
    text = json.dumps({**header, "blobs": [len(blob) for blob in blobs]}).encode("ascii")
    if len(text) > MOST_HEADER or sum(map(len, blobs)) > MOST_BLOBS:
        raise WireError("the frame is too large")
    return [len(text).to_bytes(_LENGTH, "big") + text, *blobs]


def read_frame(read: Read) -> tuple[dict[str, Any], list[bytes]]:
    """The next frame; raises WireError, and whatever `read` raises."""
    length = int.from_bytes(read(_LENGTH), "big")
    if not 2 <= length <= MOST_HEADER:
        raise WireError("the header has an impossible length")
    try:
        header = json.loads(read(length))
    except (ValueError, RecursionError) as error:
        raise WireError("the header is no JSON") from error
    sizes = header.pop("blobs", None) if isinstance(header, dict) else None
    if not isinstance(sizes, list) or len(sizes) > MOST_BLOB_COUNT or not all(type(n) is int for n in sizes):
        raise WireError("the header does not name its blobs")
    if any(size < 0 for size in sizes) or sum(sizes) > MOST_BLOBS:
        raise WireError("the blobs are too large")
    return header, [read(size) for size in sizes]


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


def _place(value: bytes, blobs: list[bytes]) -> dict[str, int]:
    for index, blob in enumerate(blobs):
        if blob is value:
            return {"blob": index}
    blobs.append(value)
    return {"blob": len(blobs) - 1}


def unpack(kind: type[T], value: Any, blobs: list[bytes]) -> T:
    """`value` as a `kind`; raises WireError where it is anything else."""
    known: Any = kind
    built: T = _builder(known)(value, blobs)
    return built


_Build = Callable[[Any, list[bytes]], Any]
"""Rebuilds one value from its JSON and the blobs, or raises WireError."""


@cache
def _builder(kind: Hashable) -> _Build:
    """The check of one annotated type, put together once: a letter has thousands of values."""
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        return _optional(kind)
    if origin is tuple:
        return _tuple_of(get_args(kind))
    if is_dataclass(kind) and isinstance(kind, type):
        return _dataclass(kind)
    if kind is bytes:
        return _blob
    if kind is datetime or (isinstance(kind, type) and issubclass(kind, Enum)):
        read: Any = datetime.fromisoformat if kind is datetime else kind
        return _read_by(kind, read)
    return _exactly(kind)


def _optional(kind: Any) -> _Build:
    arm = _builder(next(arm for arm in get_args(kind) if arm is not type(None)))
    if type(None) not in get_args(kind):
        return arm
    return lambda value, blobs: None if value is None else arm(value, blobs)


def _tuple_of(arms: tuple[Any, ...]) -> _Build:
    parts = [_builder(arm) for arm in arms if arm is not Ellipsis]
    endless = len(arms) == 2 and arms[1] is Ellipsis

    def build(value: Any, blobs: list[bytes]) -> tuple[Any, ...]:
        if not isinstance(value, list):
            raise WireError("no list")
        if endless:
            return tuple([parts[0](item, blobs) for item in value])
        if len(parts) != len(value):
            raise WireError("a list of another length")
        return tuple([part(item, blobs) for part, item in zip(parts, value, strict=True)])

    return build


def _dataclass(kind: type) -> _Build:
    parts = {name: _builder(hint) for name, hint in get_type_hints(kind).items()}

    def build(value: Any, blobs: list[bytes]) -> Any:
        if not isinstance(value, dict) or value.keys() != parts.keys():
            raise WireError(f"no {kind.__name__}")
        return kind(**{name: part(value[name], blobs) for name, part in parts.items()})

    return build


def _blob(value: Any, blobs: list[bytes]) -> bytes:
    index = value.get("blob") if isinstance(value, dict) else None
    if type(index) is not int or not 0 <= index < len(blobs):
        raise WireError("no blob")
    return blobs[index]


def _read_by(kind: type, read: Callable[[Any], Any]) -> _Build:
    def build(value: Any, _blobs: list[bytes]) -> Any:
        try:
            return read(value)
        except (ValueError, TypeError) as error:
            raise WireError(f"no {kind.__name__}") from error

    return build


def _exactly(kind: Any) -> _Build:
    def build(value: Any, _blobs: list[bytes]) -> Any:
        if type(value) is kind:
            return value
        if kind is float and type(value) is int:
            return float(value)
        raise WireError(f"no {kind.__name__}")

    return build
