"""The parent's end on Windows: a pipe to a spare process, ready before a document comes; deadlines on everything.

Windows has no fork: a child is a whole start of the program with all its imports. So some are kept ready, each for one
document, as on Linux; what a document needs besides is loaded before its time begins to count.
"""

import sys

if sys.platform == "win32":
    import _winapi
    import os
    import secrets
    import threading
    import time
    from collections import deque
    from collections.abc import Callable
    from contextlib import suppress
    from weakref import WeakSet

    from lockdesk.errors import Unreachable
    from lockdesk.reader.cage.apart import Container, Job, Wish, start
    from lockdesk.reader.cage.lines import (
        GO,
        NOTHING,
        cannot_start,
        kept_ready,
        reader_command,
        reader_environment,
    )
    from lockdesk.reader.cage.probes import Meeting
    from lockdesk.reader.cage.walls import CPU_SECONDS

    _SPARES = 4  # a mail, its letter, the signatures, the first page
    _CHUNK = 1 << 20
    _START_SECONDS = 90.0
    """A whole start with all imports, beside others, on an old computer."""
    _DUPLEX, _OVERLAPPED, _FIRST, _LOCAL_ONLY = 0x3, 0x40000000, 0x80000, 0x8
    _OF_WINDOWS = ("SYSTEMROOT", "SYSTEMDRIVE", "WINDIR", "PATH", "PATHEXT", "NUMBER_OF_PROCESSORS",
                   "PROCESSOR_ARCHITECTURE", "PYTHONPATH", "PYTHONDONTWRITEBYTECODE", "OMP_THREAD_LIMIT",
                   "LOCALAPPDATA", "USERPROFILE", "TEMP", "TMP")  # fmt: skip
    """What the child is told of our environment."""

    class PipeLine:
        """A pipe to one child, and the job that ends it."""

        def __init__(self, pipe: int, job: Job) -> None:
            self._pipe = pipe
            self._job = job
            self._deadline = 0.0

        def begin(self, need: bytes) -> None:
            """Has the child load what is needed and prove its walls. Raises OSError when it is gone."""
            self.extend(_START_SECONDS)
            self._job.limit_time(CPU_SECONDS)
            self.write(need + GO)

        def extend(self, seconds: float) -> None:
            self._deadline = time.monotonic() + seconds

        def _finished(self, doing: _winapi.Overlapped) -> int:
            """How many bytes went. Raises TimeoutError and OSError."""
            left = max(self._deadline - time.monotonic(), 0)
            if _winapi.WaitForMultipleObjects([doing.event], False, round(left * 1000)) == _winapi.WAIT_TIMEOUT:
                doing.cancel()
                with suppress(OSError):
                    doing.GetOverlappedResult(True)
                raise TimeoutError
            return doing.GetOverlappedResult(True)[0]

        def read(self, count: int) -> bytes:
            pieces, left = [], count
            try:
                while left:
                    doing, _error = _winapi.ReadFile(self._pipe, min(left, _CHUNK), overlapped=True)
                    got = self._finished(doing)
                    if not got:
                        raise EOFError
                    pieces.append((doing.getbuffer() or b"")[:got])
                    left -= got
            except BrokenPipeError as error:
                raise EOFError from error
            return b"".join(pieces)

        def write(self, content: bytes) -> None:
            for begin in range(0, len(content), _CHUNK):
                piece = content[begin : begin + _CHUNK]
                while piece:
                    doing, _error = _winapi.WriteFile(self._pipe, piece, overlapped=True)
                    piece = piece[self._finished(doing) :]

        def pixels(self, count: int) -> None:
            """None: nothing is shared with the child, a page comes over the pipe."""
            del count

        def end(self) -> None:
            """Ends the child while another thread may wait for it, which finds the pipe broken."""
            self._job.end()

        def close(self) -> None:
            self._job.close()
            if self._pipe:
                _winapi.CloseHandle(self._pipe)
                self._pipe = 0

    class Spares:
        """Processes that are ready for a document; each is for one, and another is started at once in its place."""

        def __init__(self, unsealed: Callable[[], bool]) -> None:
            """`unsealed` says whether the risk of a child without walls was accepted for this machine."""
            self._unsealed = unsealed
            self._lock = threading.Lock()
            self._ready: deque[PipeLine] = deque()
            self._reading: WeakSet[PipeLine] = WeakSet()
            """Those that have a document now."""
            self._container: Container | None = None
            self._meeting: Meeting | None = None
            self._closed = False

        def take(self, canvas: bool = False, need: bytes = NOTHING) -> PipeLine:
            del canvas
            try:
                with self._lock:
                    while True:
                        line = self._ready.popleft() if self._ready else self._start()
                        try:
                            line.begin(need)
                            self._reading.add(line)
                            break
                        except OSError:
                            line.close()
                            if not self._ready:
                                raise
                    self._keep_spares()
                return line
            except OSError as error:
                raise cannot_start(str(error)) from error

        def warm(self) -> None:
            with self._lock:
                self._keep_spares()

        def _keep_spares(self) -> None:
            wanted = kept_ready(_SPARES)
            while len(self._ready) > wanted:
                self._ready.pop().close()
            with suppress(OSError, Unreachable):  # what is wrong shows at the next document
                while len(self._ready) < wanted:
                    self._ready.append(self._start())

        def _start(self) -> PipeLine:
            """A child in the container; without one only where that risk was accepted. Raises OSError."""
            if self._closed:
                raise cannot_start("the reader is closed")
            try:
                self._container = self._container or Container()
            except OSError:
                if not self._unsealed():
                    raise
            self._meeting = self._meeting or Meeting()
            self._meeting.hang_up()
            name = rf"\\.\pipe\lockdesk-{os.getpid()}-{secrets.token_hex(16)}"
            ours = _winapi.CreateNamedPipe(
                name, _DUPLEX | _OVERLAPPED | _FIRST, _LOCAL_ONLY, 1, _CHUNK, _CHUNK, 0, _winapi.NULL
            )
            theirs = 0
            try:
                theirs = _winapi.CreateFile(
                    name, _winapi.GENERIC_READ | _winapi.GENERIC_WRITE, 0, _winapi.NULL, _winapi.OPEN_EXISTING, 0, 0
                )
                os.set_handle_inheritable(theirs, True)
                command = [*reader_command(), str(theirs), *self._meeting.words()]
                return PipeLine(ours, start(Wish(command, _environment(), theirs, self._container)))
            except OSError:
                _winapi.CloseHandle(ours)
                raise
            finally:
                if theirs:
                    _winapi.CloseHandle(theirs)

        def restart(self, hangs: bool) -> None:
            """Gives up those that wait."""
            del hangs
            with self._lock:
                self._drop()

        def _drop(self) -> None:
            while self._ready:
                self._ready.pop().close()

        def close(self) -> None:
            with self._lock:
                self._closed = True
                self._drop()
                for line in tuple(self._reading):
                    line.end()
                if self._meeting is not None:
                    self._meeting.close()

    def _environment() -> dict[str, str]:
        given = {name.upper(): value for name, value in reader_environment().items()}
        return {name: given[name] for name in _OF_WINDOWS if name in given}
