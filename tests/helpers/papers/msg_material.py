"""Outlook messages made on the spot: a compound file (MS-CFB, version 3) with the streams of MS-OXMSG."""

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

SECTOR, SMALL, CUTOFF = 512, 64, 4096
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_UNICODE, _BINARY, _LONG = 0x001F, 0x0102, 0x0003
SUBJECT, HEADERS, BODY, CLASS = 0x0037, 0x007D, 0x1000, 0x001A
FILE_NAME, DATA, METHOD, MIME = 0x3707, 0x3701, 0x3705, 0x370E


@dataclass
class Storage:
    """A folder of the compound file."""

    name: str
    streams: dict[str, bytes] = field(default_factory=dict)
    storages: list["Storage"] = field(default_factory=list)


def message(subject: str, body: str, headers: str, attachments: Sequence[tuple[str, bytes]] = ()) -> bytes:
    """A received message as Outlook saves it."""
    root = Storage("Root Entry")
    texts = {CLASS: "IPM.Note", SUBJECT: subject, BODY: body, HEADERS: headers}
    header = struct.pack("<8x4I8x", 0, len(attachments), 0, len(attachments))
    _properties(root, header, texts, {})
    for number, (name, data) in enumerate(attachments):
        part = Storage(f"__attach_version1.0_#{number:08X}")
        _properties(part, bytes(8), {FILE_NAME: name, MIME: "application/octet-stream"}, {METHOD: 1})
        part.streams[f"__substg1.0_{DATA:04X}{_BINARY:04X}"] = data
        part.streams["__properties_version1.0"] += _entry(DATA, _BINARY, len(data))
        root.storages.append(part)
    return compound(root)


def _properties(storage: Storage, header: bytes, texts: Mapping[int, str], numbers: Mapping[int, int]) -> None:
    entries = b""
    for identifier, text in texts.items():
        data = text.encode("utf-16-le")
        storage.streams[f"__substg1.0_{identifier:04X}{_UNICODE:04X}"] = data
        entries += _entry(identifier, _UNICODE, len(data) + 2)
    for identifier, number in numbers.items():
        entries += _entry(identifier, _LONG, number)
    storage.streams["__properties_version1.0"] = header + entries


def _entry(identifier: int, kind: int, value: int) -> bytes:
    return struct.pack("<HHIII", kind, identifier, 6, value, 0)


# ── the compound file ──


def compound(root: Storage) -> bytes:
    """The bytes of a compound file with `root` and all below it."""
    nodes: list[tuple[str, int, bytes, list[int]]] = []
    _collect(root, nodes)
    small, sectors = bytearray(), bytearray()
    chain: list[int] = []
    mini_chain: list[int] = []
    places: list[tuple[int, int]] = []
    for _name, kind, data, _children in nodes:
        if kind != 2 or not data:
            places.append((END, 0) if kind == 2 else (0, 0))
        elif len(data) < CUTOFF:
            places.append((len(small) // SMALL, len(data)))
            mini_chain += _links(len(mini_chain), -(-len(data) // SMALL))
            small += data.ljust(-(-len(data) // SMALL) * SMALL, b"\0")
        else:
            places.append((_add(sectors, chain, data), len(data)))
    places[0] = (_add(sectors, chain, bytes(small)) if small else END, len(small))
    mini_fat = _add(sectors, chain, struct.pack(f"<{len(mini_chain)}I", *mini_chain), b"\xff") if mini_chain else END
    directory = _add(sectors, chain, _directory(nodes, places))
    first_fat = len(chain)
    count = 1
    while count * (SECTOR // 4) < len(chain) + count:
        count += 1
    chain += [FAT] * count
    fat = struct.pack(f"<{len(chain)}I", *chain).ljust(count * SECTOR, b"\xff")
    mini_sectors = -(-len(mini_chain) * 4 // SECTOR)
    head = struct.pack(
        "<8s16xHHHHH6xIIIIIIIII",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6, 0, count, directory, 0, CUTOFF,
        mini_fat, mini_sectors, END, 0,
    )  # fmt: skip
    head += struct.pack("<109I", *(range(first_fat, first_fat + count)), *([FREE] * (109 - count)))
    return head + bytes(sectors) + fat


def _collect(storage: Storage, nodes: list[tuple[str, int, bytes, list[int]]]) -> int:
    own: list[int] = []
    index = len(nodes)
    nodes.append((storage.name, 5 if index == 0 else 1, b"", own))
    for name, data in storage.streams.items():
        own.append(len(nodes))
        nodes.append((name, 2, data, []))
    own.extend(_collect(inner, nodes) for inner in storage.storages)
    return index


def _links(start: int, count: int) -> list[int]:
    return [start + n + 1 for n in range(count - 1)] + [END]


def _add(sectors: bytearray, chain: list[int], data: bytes, padding: bytes = b"\0") -> int:
    start, count = len(chain), -(-len(data) // SECTOR)
    chain += _links(start, count)
    sectors += data.ljust(count * SECTOR, padding)
    return start


def _directory(nodes: list[tuple[str, int, bytes, list[int]]], places: list[tuple[int, int]]) -> bytes:
    right = {one: other for _n, _k, _d, own in nodes for one, other in pairwise(own)}
    entries = b""
    for index, (name, kind, _data, own) in enumerate(nodes):
        words = name.encode("utf-16-le")
        start, size = places[index]
        entries += struct.pack(
            "<64sHBBIII16x4x8x8xIQ",
            words, len(words) + 2, kind, 1, FREE, right.get(index, FREE), own[0] if own else FREE, start, size,
        )  # fmt: skip
    empty = struct.pack("<64sHBBIII16x4x8x8xIQ", b"", 0, 0, 0, FREE, FREE, FREE, 0, 0)
    return entries + empty * (-(len(nodes)) % 4)
