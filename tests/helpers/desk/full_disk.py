"""A disk that is full or only read, for this process alone."""

import os
import resource
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

NOBODY = 65_534


@contextmanager
def full(folder: Path) -> Iterator[None]:
    """The system takes no byte more into any file of this process."""
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)


@contextmanager
def nobody_writes(folder: Path) -> Iterator[None]:
    """As for somebody who may only read there; root may write anywhere, so it steps back for a moment."""
    files = [folder, *folder.iterdir()]
    modes = [stat.S_IMODE(file.stat().st_mode) for file in files]
    parent, owner = folder.parent, os.geteuid()
    parent.chmod(0o755)
    for file in files:
        file.chmod(0o555 if file.is_dir() else 0o444)
    if owner == 0:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(owner)
        for file, mode in zip(files, modes, strict=True):
            file.chmod(mode)
