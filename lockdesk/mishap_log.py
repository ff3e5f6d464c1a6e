"""What went wrong, on the officer's disk for the administrator: kinds and places, never a word of the data.

A message, a value or a local variable may hold a name or a NIK; so only the exception's type and the modules and
lines that it came through are written. The files are few and small, and only their owner can read them.
"""

import io
import logging
import traceback
from logging.handlers import RotatingFileHandler
from pathlib import Path

import platformdirs

NAME = "lockdesk.log"
_BYTES, _OLDER = 256 * 1024, 3
_FORMAT = "%(asctime)s %(levelname)s %(message)s"


def log_folder() -> Path:
    """Where the system keeps this user's logs of the program."""
    return platformdirs.user_log_path("LockDesk", appauthor=False)


def places(error: BaseException) -> str:
    """The error's type and what it came through, innermost first; the same of the error behind it."""
    frames = [
        f"{frame.f_globals.get('__name__', '?')}:{line}" for frame, line in traceback.walk_tb(error.__traceback__)
    ]
    words = f"{type(error).__name__} at {' < '.join(reversed(frames)) or '?'}"
    behind = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return words if behind is None else f"{words}; from {places(behind)}"


class _OwnersFile(RotatingFileHandler):
    """Files of mode 0600; a disk that takes no more is told by the window, not by tracebacks on a terminal."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder / NAME, maxBytes=_BYTES, backupCount=_OLDER, encoding="utf-8", delay=True)
        self.setFormatter(logging.Formatter(_FORMAT))

    def _open(self) -> io.TextIOWrapper:
        Path(self.baseFilename).parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        opened = super()._open()
        Path(self.baseFilename).chmod(0o600)
        return opened

    def handleError(self, _record: logging.LogRecord) -> None:
        pass


def start_log(folder: Path) -> logging.Handler:
    """Writes what the program logs into `folder` from now on. Returns the handler, to be closed by `stop_log`."""
    handler = _OwnersFile(folder)
    logging.getLogger("lockdesk").addHandler(handler)
    return handler


def stop_log(handler: logging.Handler) -> None:
    logging.getLogger("lockdesk").removeHandler(handler)
    handler.close()


def read_log(folder: Path) -> str:
    """Everything that is kept, the oldest first; empty when nothing went wrong yet."""
    files = [*(folder / f"{NAME}.{number}" for number in range(_OLDER, 0, -1)), folder / NAME]
    return "".join(file.read_text(encoding="utf-8", errors="replace") for file in files if file.exists())
