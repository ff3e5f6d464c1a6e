"""Files that another program hands over in a drag without a place on the disk, as Outlook does with its messages.

They stay in memory, under paths that lead nowhere: nothing that a drag carries is written down.
"""

import re
import struct
from collections import OrderedDict
from collections.abc import Sequence
from itertools import count
from pathlib import Path

from PySide6.QtCore import QMimeData

_NAMES = 'application/x-qt-windows-mime;value="FileGroupDescriptorW"'
_CONTENT = 'application/x-qt-windows-mime;value="FileContents";index={}'
_COUNT, _ENTRY, _NAME_AT = struct.Struct("<I"), 592, 72
"""FILEGROUPDESCRIPTORW: a count, then FILEDESCRIPTORW of 592 bytes, in which the name follows 72 bytes of others."""
MOST = 12
_NOWHERE = "lockdesk:serah"
_numbers = count()
_held: "OrderedDict[Path, bytes]" = OrderedDict()
"""What was handed over last; read again by whoever asks the officer first."""


def names_in(descriptor: bytes) -> tuple[str, ...]:
    """The names in a FILEGROUPDESCRIPTORW, at most so many as one request has; whatever else came is none."""
    if len(descriptor) < _COUNT.size:
        return ()
    (promised,) = _COUNT.unpack_from(descriptor)
    found = []
    for entry in range(min(promised, MOST, (len(descriptor) - _COUNT.size) // _ENTRY)):
        begin = _COUNT.size + entry * _ENTRY + _NAME_AT
        text = descriptor[begin : begin + 520].decode("utf-16-le", errors="replace")
        found.append(re.split(r"[\\/]", text.partition("\0")[0])[-1] or "berkas")
    return tuple(found)


def handed_over(data: QMimeData) -> tuple[Path, ...]:
    """The files of such a drag, as paths that `held` knows. One whose content the other program keeps to itself is
    empty, and is told of when it is read."""
    if not data.hasFormat(_NAMES):
        return ()
    names = names_in(bytes(data.data(_NAMES).data()))
    return keep([(name, bytes(data.data(_CONTENT.format(place)).data())) for place, name in enumerate(names)])


def keep(files: Sequence[tuple[str, bytes]]) -> tuple[Path, ...]:
    paths = [Path(_NOWHERE, str(next(_numbers)), name) for name, _content in files]
    for path, (_name, content) in zip(paths, files, strict=True):
        _held[path] = content
        _held.move_to_end(path)
    while len(_held) > MOST:
        _held.popitem(last=False)
    return tuple(paths)


def held(path: Path) -> bytes | None:
    """What was handed over under that path; None for a path of the disk."""
    return _held.get(path)
