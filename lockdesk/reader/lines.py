"""The parent's end of the pipe to one child: deadlines on everything, whatever the child does."""

import os
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from lockdesk.errors import Unreachable
from lockdesk.words import _

START_SECONDS = 30.0
NOTHING = b"x"
"""The need of a job that needs nothing besides (`jobs.NEEDS` has the others)."""
GO = b"!"
"""What a child waits for before it closes its cage: only then do its seconds begin to count."""
_CHUNK = 1 << 20
MOST_PIXELS = 4000 * 4000 * 4


class ChildLine(Protocol):
    """A stream to one child that does one job."""

    def read(self, count: int) -> bytes:
        """Exactly `count` bytes; raises EOFError when the child is gone, TimeoutError at the deadline."""
        ...

    def write(self, content: bytes) -> None:
        """Raises OSError when the child is gone."""
        ...

    def extend(self, seconds: float) -> None:
        """Sets the deadline anew."""
        ...

    def pixels(self, count: int) -> bytes:
        """The first bytes of the memory shared with the child; b"" where none is shared."""
        ...

    def close(self) -> None:
        """Ends the child, whatever it does."""
        ...


class ChildSource(Protocol):
    """Makes children."""

    def take(self, canvas: bool = False, need: bytes = NOTHING) -> ChildLine: ...

    def close(self) -> None: ...


def reader_command() -> list[str]:
    """How this program starts itself as the reading process, from source, installed or frozen."""
    frozen = getattr(sys, "frozen", False)
    return [sys.executable, "__reader__"] if frozen else [sys.executable, "-m", "lockdesk", "__reader__"]


def reader_environment() -> dict[str, str]:
    """The environment of the reading process: as ours, with this very package first on its path."""
    here = str(Path(__file__).resolve().parents[2])
    paths = [here, *filter(None, [os.environ.get("PYTHONPATH")])]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths), "PYTHONDONTWRITEBYTECODE": "1",
            "OMP_THREAD_LIMIT": "1"}  # fmt: skip


def cannot_start(detail: str) -> Unreachable:
    return Unreachable(
        _("Dokumen tidak dapat dibuka karena ruang baca terlindung tidak dapat dibuat pada komputer ini."),
        _("Jalankan pemeriksaan sistem (lockdesk doctor), lalu hubungi administrator."),
        detail=detail,
        code="reader.no_cage",
    )


if sys.platform == "linux":
    import fcntl
    import mmap
    import socket
    from collections import deque

    _SPARES = 2  # a mail and its letter

    def _shared_memory() -> int:
        """Memory for the largest page; its size is sealed, so that the child cannot pull it away."""
        descriptor = os.memfd_create("page", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
        os.ftruncate(descriptor, MOST_PIXELS)
        fcntl.fcntl(descriptor, fcntl.F_ADD_SEALS, fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_GROW)
        return descriptor

    class SocketLine:
        """A socket whose other end a forked child has. The child's own alarm ends it if it hangs."""

        def __init__(self, end: socket.socket, canvas: mmap.mmap | None) -> None:
            self._socket = end
            self._canvas = canvas
            self._deadline = 0.0

        def begin(self) -> None:
            """Lets the child close its cage. Raises OSError when it is gone; the line is closed then."""
            self.extend(START_SECONDS)
            try:
                self.write(GO)
            except OSError:
                self.close()
                raise

        def extend(self, seconds: float) -> None:
            self._deadline = time.monotonic() + seconds

        def _wait(self) -> None:
            left = self._deadline - time.monotonic()
            if left <= 0:
                raise TimeoutError
            self._socket.settimeout(left)

        def read(self, count: int) -> bytes:
            buffer = bytearray(count)
            view = memoryview(buffer)
            while view:
                self._wait()
                try:
                    got = self._socket.recv_into(view[:_CHUNK])
                except ConnectionError as error:
                    raise EOFError from error
                if not got:
                    raise EOFError
                view = view[got:]
            return bytes(buffer)

        def write(self, content: bytes) -> None:
            view = memoryview(content)
            while view:
                self._wait()
                view = view[self._socket.send(view[:_CHUNK]) :]

        def pixels(self, count: int) -> bytes:
            return self._canvas[:count] if self._canvas is not None else b""

        def close(self) -> None:
            self._socket.close()
            if self._canvas is not None:
                self._canvas.close()

    class Template:
        """The warmed template process; started at the first document, started again when it died.

        Two children are ordered in advance, forked when it is quiet, and have seen nothing but our own
        rehearsal; each of them is for one document and is gone after it, as every child is.
        """

        def __init__(self) -> None:
            self._lock = threading.Lock()
            self._process: subprocess.Popen[bytes] | None = None
            self._control: socket.socket | None = None
            self._spares: deque[SocketLine] = deque()

        def start(self) -> None:
            """Starts it in advance, without waiting."""
            with self._lock:
                self._keep_spares()

        def take(self, canvas: bool = False, need: bytes = NOTHING) -> SocketLine:
            """A line to a child that no document has met, with the template's libraries for `need` loaded.

            Raises Unreachable when no template can be started.
            """
            for _attempt in range(2):
                try:
                    with self._lock:
                        line = self._spares.popleft() if need == NOTHING and self._spares else self._fork(canvas, need)
                        line.begin()
                        self._keep_spares()
                    return line
                except OSError as error:
                    trouble = str(error)
                    self.restart(hangs=False)
            raise cannot_start(trouble)

        def _keep_spares(self) -> None:
            """They always have a canvas: whether a page is to be painted is not known yet."""
            with suppress(OSError, Unreachable):  # what is wrong shows at the next document
                while len(self._spares) < _SPARES:
                    self._spares.append(self._fork(canvas=True, need=NOTHING))

        def _fork(self, canvas: bool, need: bytes) -> SocketLine:
            """Asks the template for a child, without waiting for it. Raises OSError."""
            ours, theirs = socket.socketpair()
            memory = _shared_memory() if canvas else -1
            passed = [theirs.fileno(), *([memory] if canvas else [])]
            try:
                socket.send_fds(self._ensure(), [need], passed)
                return SocketLine(ours, mmap.mmap(memory, 0) if canvas else None)
            except OSError:
                ours.close()
                raise
            finally:
                theirs.close()
                if canvas:
                    os.close(memory)

        def _ensure(self) -> socket.socket:
            if self._process is not None and self._process.poll() is None and self._control is not None:
                return self._control
            self._stop()
            ours, theirs = socket.socketpair()
            try:
                self._process = subprocess.Popen(
                    reader_command(), stdin=theirs.fileno(), stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL, env=reader_environment(), start_new_session=True,
                )  # fmt: skip
            except OSError as error:
                ours.close()
                raise cannot_start(str(error)) from error
            finally:
                theirs.close()
            self._control = ours
            return ours

        def _stop(self) -> None:
            self._drop_spares()
            if self._control is not None:
                self._control.close()
            if self._process is not None:
                self._process.kill()
                self._process.wait()
            self._process = self._control = None

        def restart(self, hangs: bool) -> None:
            """Gives up the waiting children, and the template if it is dead or hangs: others may be using it."""
            with self._lock:
                self._drop_spares()
                if hangs or (self._process is not None and self._process.poll() is not None):
                    self._stop()

        def _drop_spares(self) -> None:
            while self._spares:
                self._spares.pop().close()

        def close(self) -> None:
            with self._lock:
                self._stop()


class ProcessLine:
    """A one-shot process; a timer kills it at the deadline."""

    def __init__(self) -> None:
        try:
            self._process = subprocess.Popen(
                reader_command(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                env=reader_environment(),
            )  # fmt: skip
        except OSError as error:
            raise cannot_start(str(error)) from error
        self._late = False
        self._timer: threading.Timer | None = None

    def extend(self, seconds: float) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = threading.Timer(seconds, self._kill)
        self._timer.daemon = True
        self._timer.start()

    def _kill(self) -> None:
        self._late = True
        self._process.kill()

    def read(self, count: int) -> bytes:
        assert self._process.stdout is not None
        content = self._process.stdout.read(count)
        if len(content) < count:
            raise TimeoutError if self._late else EOFError
        return content

    def write(self, content: bytes) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(content)
        self._process.stdin.flush()

    def pixels(self, count: int) -> bytes:  # noqa: ARG002 - nothing is shared here
        return b""

    def close(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer.join()
        self._process.kill()
        with self._process:
            pass


class Spares:
    """One-shot processes, one of them always warm in advance (systems without fork)."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._spare: ProcessLine | None = None

    def start(self) -> None:
        with self._lock:
            self._spare = self._spare or ProcessLine()

    def take(self, canvas: bool = False, need: bytes = NOTHING) -> ProcessLine:  # noqa: ARG002 - loads late
        with self._lock:
            line, self._spare = self._spare or ProcessLine(), ProcessLine()
        line.extend(START_SECONDS)
        return line

    def restart(self, hangs: bool) -> None:
        """Nothing to do: every process serves once."""

    def close(self) -> None:
        with self._lock:
            if self._spare is not None:
                self._spare.close()
            self._spare = None
