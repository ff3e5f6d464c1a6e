"""A file layer between SQLCipher and the disk: what the engine writes is recorded, and every disk that a power cut
could have left behind is made of it again.

The engine that the program ships exports its VFS (https://www.sqlite.org/vfs.html); the functions of the one in use are
exchanged for some that write down first and then call the original. The shared memory of the WAL is left alone: after
a cut there is none.
"""

import ctypes
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial
from pathlib import Path

from sqlcipher3 import _sqlite3

SECTOR = 512
"""Bytes that a disk writes whole or not at all."""
_FILE = ctypes.c_void_p
_OPEN = ctypes.CFUNCTYPE(ctypes.c_int, _FILE, _FILE, _FILE, ctypes.c_int, ctypes.POINTER(ctypes.c_int))
_DELETE = ctypes.CFUNCTYPE(ctypes.c_int, _FILE, ctypes.c_char_p, ctypes.c_int)
_WRITE = ctypes.CFUNCTYPE(ctypes.c_int, _FILE, _FILE, ctypes.c_int, ctypes.c_int64)
_TRUNCATE = ctypes.CFUNCTYPE(ctypes.c_int, _FILE, ctypes.c_int64)
_SYNC = ctypes.CFUNCTYPE(ctypes.c_int, _FILE, ctypes.c_int)


class _Vfs(ctypes.Structure):
    _fields_ = [
        ("version", ctypes.c_int), ("os_file", ctypes.c_int), ("most_path", ctypes.c_int), ("next", ctypes.c_void_p),
        ("name", ctypes.c_char_p), ("data", ctypes.c_void_p), ("open", _OPEN), ("delete", _DELETE),
    ]  # fmt: skip


class _Methods(ctypes.Structure):
    """sqlite3_io_methods, version 3."""

    _fields_ = [
        ("version", ctypes.c_int), ("close", _FILE), ("read", _FILE), ("write", _WRITE), ("truncate", _TRUNCATE),
        ("sync", _SYNC), ("others", _FILE * 13),
    ]  # fmt: skip


class _File(ctypes.Structure):
    _fields_ = [("methods", ctypes.POINTER(_Methods))]


class Kind(StrEnum):
    """What was asked of a file, or told of the program."""

    WRITE = "write"
    TRUNCATE = "truncate"
    SYNC = "sync"
    DELETE = "delete"
    RENAME = "rename"
    SYNC_FOLDER = "sync folder"
    ACKNOWLEDGED = "acknowledged"


@dataclass(frozen=True, slots=True)
class Event:
    """`at`: an offset, a length, or the number of the step that was acknowledged."""

    kind: Kind
    name: str = ""
    at: int = 0
    content: bytes = b""
    to: str = ""
    """What a renamed file is called then."""


class Recorder:
    """Writes down what happens to the files of these names, as long as it is on. One per process."""

    def __init__(self, names: Sequence[str]) -> None:
        self.events: list[Event] = []
        self._names = tuple(names)
        self._paths: dict[int, str] = {}
        self._kept: list[object] = []
        engine = ctypes.CDLL(_sqlite3.__file__)
        engine.sqlite3_vfs_find.restype = ctypes.POINTER(_Vfs)
        engine.sqlite3_initialize()
        self._vfs = engine.sqlite3_vfs_find(None).contents
        # a function taken from a structure looks where the structure points to now, not then
        self._open = _OPEN(ctypes.cast(self._vfs.open, ctypes.c_void_p).value or 0)
        self._delete = _DELETE(ctypes.cast(self._vfs.delete, ctypes.c_void_p).value or 0)
        self._methods: dict[int, _Methods] = {}
        self._originals: dict[int, _Methods] = {}

    def __enter__(self) -> "Recorder":
        self._kept = [_OPEN(self._on_open), _DELETE(self._on_delete)]
        self._vfs.open, self._vfs.delete = self._kept
        self._hooks = _WRITE(self._on_write), _TRUNCATE(self._on_truncate), _SYNC(self._on_sync)
        return self

    def __exit__(self, *_error: object) -> None:
        self._vfs.open, self._vfs.delete = self._open, self._delete

    def acknowledge(self, step: int) -> None:
        """The program was told that its step is kept."""
        self.events.append(Event(Kind.ACKNOWLEDGED, at=step))

    def renamed(self, name: str, to: str) -> None:
        """What the program itself renames."""
        self.events.append(Event(Kind.RENAME, name, to=to))

    def synced_folder(self) -> None:
        """The program waited for the folder's names."""
        self.events.append(Event(Kind.SYNC_FOLDER))

    def _on_open(self, vfs: int, name: int | None, file: int, flags: int, out: object) -> int:
        # SQLite's own text goes on, no copy of it: the VFS keeps the address and names the shared memory by it
        result: int = self._open(vfs, name, file, flags, out)
        short = Path(ctypes.string_at(name).decode()).name if name else ""
        if result == 0 and short in self._names:
            self._paths[file] = short
            self._intercept(file)
        return result

    def _intercept(self, file: int) -> None:
        opened = ctypes.cast(file, ctypes.POINTER(_File)).contents
        original = opened.methods.contents
        address = ctypes.addressof(original)
        if address not in self._methods:
            changed = _Methods()
            ctypes.memmove(ctypes.addressof(changed), address, ctypes.sizeof(_Methods))
            changed.write, changed.truncate, changed.sync = self._hooks
            self._methods[address] = changed
        self._originals[file] = original
        opened.methods = ctypes.pointer(self._methods[address])

    def _on_delete(self, vfs: int, name: bytes, sync: int) -> int:
        short = Path(name.decode()).name
        if short in self._names:
            self.events.append(Event(Kind.DELETE, short))
        result: int = self._delete(vfs, name, sync)
        return result

    def _on_write(self, file: int, content: int, length: int, at: int) -> int:
        self.events.append(Event(Kind.WRITE, self._paths[file], at, ctypes.string_at(content, length)))
        result: int = self._originals[file].write(file, content, length, at)
        return result

    def _on_truncate(self, file: int, length: int) -> int:
        self.events.append(Event(Kind.TRUNCATE, self._paths[file], length))
        result: int = self._originals[file].truncate(file, length)
        return result

    def _on_sync(self, file: int, flags: int) -> int:
        result: int = self._originals[file].sync(file, flags)
        self.events.append(Event(Kind.SYNC, self._paths[file]))
        return result


@dataclass(slots=True)
class _Platter:
    """One file: what surely lies on the disk, and what was written since the last sync."""

    durable: bytearray = field(default_factory=bytearray)
    pending: list[Event] = field(default_factory=list)

    def sync(self) -> None:
        for event in self.pending:
            _apply(self.durable, event)
        self.pending.clear()


def _apply(content: bytearray, event: Event, sectors: Sequence[int] | None = None) -> None:
    """Carries a write or truncation out; of a write only some sectors, where they are given."""
    if event.kind is Kind.TRUNCATE:
        if event.at < len(content):
            del content[event.at :]
        return
    if event.at > len(content):
        content.extend(bytes(event.at - len(content)))
    if sectors is None:
        content[event.at : event.at + len(event.content)] = event.content
        return
    for sector in sectors:
        part = event.content[sector * SECTOR : (sector + 1) * SECTOR]
        start = event.at + sector * SECTOR
        if start > len(content):
            content.extend(bytes(start - len(content)))
        content[start : start + len(part)] = part


@dataclass(slots=True)
class _Folder:
    """The names: those that surely lie on the disk, and what was done to them since it was waited for."""

    durable: dict[str, _Platter] = field(default_factory=dict)
    now: dict[str, _Platter] = field(default_factory=dict)
    pending: list[tuple[Event, _Platter]] = field(default_factory=list)

    def take(self, event: Event) -> None:
        match event.kind:
            case Kind.SYNC_FOLDER:
                self._sync()
            case Kind.DELETE | Kind.RENAME:
                self._name(event, self.now.get(event.name, _Platter()))  # SQLite deletes logs never written to, too
            case Kind.SYNC:
                self._file(event).sync()
                # SQLite waits for the folder of a log or a rollback journal that it made; done twice it does no harm.
                if event.name.endswith(("-wal", "-journal")):
                    self._sync()
            case _:
                self._file(event).pending.append(event)

    def _file(self, event: Event) -> _Platter:
        if event.name not in self.now:
            self._name(event, _Platter())
        return self.now[event.name]

    def _name(self, event: Event, platter: _Platter) -> None:
        self.pending.append((event, platter))
        _apply_name(self.now, event, platter)

    def _sync(self) -> None:
        self.durable = dict(self.now)
        self.pending.clear()

    @property
    def unsure(self) -> bool:
        return bool(self.pending) or any(item.pending for item in self.now.values())

    def all(self) -> dict[str, bytes]:
        return {name: _all(item) for name, item in self.now.items()}

    def surely(self) -> dict[str, bytes]:
        return {name: bytes(item.durable) for name, item in self.durable.items()}

    def some(self, chance: random.Random) -> dict[str, bytes]:
        names = dict(self.durable)
        for event, platter in self.pending:
            if chance.random() < 0.5:
                _apply_name(names, event, platter)
        return {name: _some(item, chance) for name, item in names.items()}


def _apply_name(names: dict[str, _Platter], event: Event, platter: _Platter) -> None:
    """Makes, deletes or renames a file; nothing where that file did not come to be there."""
    if event.kind is Kind.DELETE:
        names.pop(event.name, None)
    elif event.kind is Kind.RENAME:
        names.pop(event.name, None)
        names[event.to] = platter
    else:
        names[event.name] = platter


@dataclass(frozen=True, slots=True)
class Cut:
    """What a disk holds after the power went: `files` by name, to be asked for before the next cut; the last step
    acknowledged before."""

    how: str
    after: int
    acknowledged: int
    files: Callable[[], dict[str, bytes]]


def cuts(events: Sequence[Event], seed: int, torn: int = 2) -> Iterator[Cut]:
    """Behind every write, truncation, deletion, renaming and sync: the program killed (nothing lost), all that was not
    synced lost, and `torn` disks on which some of it arrived, whole or in part, in any order."""
    chance = random.Random(seed)
    folder = _Folder()
    acknowledged = 0
    for number, event in enumerate(events):
        if event.kind is Kind.ACKNOWLEDGED:
            acknowledged = event.at
            continue
        folder.take(event)
        yield Cut("killed", number, acknowledged, folder.all)
        if folder.unsure:
            yield Cut("lost", number, acknowledged, folder.surely)
            for _again in range(torn):
                yield Cut("torn", number, acknowledged, partial(folder.some, chance))


def _all(platter: _Platter) -> bytes:
    content = bytearray(platter.durable)
    for event in platter.pending:
        _apply(content, event)
    return bytes(content)


def _some(platter: _Platter, chance: random.Random) -> bytes:
    content = bytearray(platter.durable)
    for event in platter.pending:
        fate = chance.random()
        if fate < 0.4:
            _apply(content, event)
        elif fate < 0.7 and event.kind is Kind.WRITE:
            sectors = range((len(event.content) + SECTOR - 1) // SECTOR)
            _apply(content, event, [sector for sector in sectors if chance.random() < 0.5])
    return bytes(content)
