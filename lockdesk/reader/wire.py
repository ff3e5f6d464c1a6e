"""What goes over the pipe: one frame is a length, a JSON header and raw blobs. Never pickle.

Values are frozen dataclasses; `pack` writes them, `unpack` rebuilds them and checks every part against the
annotated type, because a child that opened a hostile document is not to be believed.
"""

import json
import types
from collections.abc import Callable
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


def pack(value: Any, blobs: list[bytes]) -> Any:
    """`value` as JSON; bytes go to `blobs` (the same object once) and leave their index."""
    if is_dataclass(value) and not isinstance(value, type):
        return {item.name: pack(getattr(value, item.name), blobs) for item in fields(value)}
    if isinstance(value, bytes):
        return _place(value, blobs)
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [pack(item, blobs) for item in value]
    return value


def _place(value: bytes, blobs: list[bytes]) -> dict[str, int]:
    for index, blob in enumerate(blobs):
        if blob is value:
            return {"blob": index}
    blobs.append(value)
    return {"blob": len(blobs) - 1}


def unpack(kind: type[T], value: Any, blobs: list[bytes]) -> T:
    """`value` as a `kind`; raises WireError where it is anything else."""
    built: T = _build(kind, value, blobs)
    return built


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _build(kind: Any, value: Any, blobs: list[bytes]) -> Any:
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        if value is None and type(None) in get_args(kind):
            return None
        return _build(next(arm for arm in get_args(kind) if arm is not type(None)), value, blobs)
    if origin is tuple:
        return _build_tuple(get_args(kind), value, blobs)
    if is_dataclass(kind) and isinstance(kind, type):
        hints = _hints(kind)
        if not isinstance(value, dict) or value.keys() != hints.keys():
            raise WireError(f"no {kind.__name__}")
        return kind(**{name: _build(hint, value[name], blobs) for name, hint in hints.items()})
    return _build_plain(kind, value, blobs)


def _build_tuple(arms: tuple[Any, ...], value: Any, blobs: list[bytes]) -> tuple[Any, ...]:
    if not isinstance(value, list):
        raise WireError("no list")
    if len(arms) == 2 and arms[1] is Ellipsis:
        return tuple(_build(arms[0], item, blobs) for item in value)
    if len(arms) != len(value):
        raise WireError("a list of another length")
    return tuple(_build(arm, item, blobs) for arm, item in zip(arms, value, strict=True))


def _build_plain(kind: Any, value: Any, blobs: list[bytes]) -> Any:
    if kind is bytes:
        index = value.get("blob") if isinstance(value, dict) else None
        if type(index) is not int or not 0 <= index < len(blobs):
            raise WireError("no blob")
        return blobs[index]
    if kind is datetime or (isinstance(kind, type) and issubclass(kind, Enum)):
        read: Any = datetime.fromisoformat if kind is datetime else kind
        try:
            return read(value)
        except (ValueError, TypeError) as error:
            raise WireError(f"no {kind.__name__}") from error
    if kind is float and type(value) is int:
        return float(value)
    if type(value) is not kind:
        raise WireError(f"no {kind.__name__}")
    return value
