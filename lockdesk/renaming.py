"""A rename that waits a little where somebody else has the file open.

On Windows a file that a virus scanner, an indexer or a backup program is just looking at cannot be renamed over; they
let go within moments. Elsewhere a rename does not ask who looks.
"""

import time
from pathlib import Path

PAUSES = (0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.8)
"""Seconds between the tries: two in all."""
_HELD = frozenset({5, 32, 33})
"""Windows' ERROR_ACCESS_DENIED, _SHARING_VIOLATION and _LOCK_VIOLATION."""


def rename_over(source: Path, target: Path) -> None:
    """`source` in place of `target`, whether or not there is one. Raises OSError where that cannot be, or where the
    file is still held after the last try."""
    for pause in PAUSES:
        try:
            source.replace(target)
            return
        except OSError as error:
            if not is_held(error):
                raise
        time.sleep(pause)
    source.replace(target)


def is_held(error: OSError) -> bool:
    """Whether it could not be because somebody else has the file open."""
    return getattr(error, "winerror", None) in _HELD
