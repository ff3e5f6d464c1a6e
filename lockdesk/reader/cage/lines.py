"""The parent's end of the pipe to one child: deadlines on everything, whatever the child does."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from lockdesk.environment import free_memory
from lockdesk.errors import Unreachable
from lockdesk.words import N_, _

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

    def pixels(self, count: int) -> bytes | None:
        """The first bytes of the memory shared with the child; None where a page comes over the line itself."""
        ...

    def close(self) -> None:
        """Ends the child, whatever it does."""
        ...


class ChildSource(Protocol):
    """Makes children."""

    def take(self, canvas: bool = False, need: bytes = NOTHING) -> ChildLine:
        """A line to a child that no document has met. Raises Unreachable when there can be none."""
        ...

    def warm(self) -> None:
        """Begins whatever the first document would wait for; without a word where that cannot be."""
        ...

    def restart(self, hangs: bool) -> None:
        """Gives up what is dead or hangs: others may be using the rest."""
        ...

    def close(self) -> None:
        """Ends every child."""
        ...


def reader_command() -> list[str]:
    """How this program starts itself as the reading process, from source, installed or frozen."""
    frozen = getattr(sys, "frozen", False)
    return [sys.executable, "__reader__"] if frozen else [sys.executable, "-m", "lockdesk", "__reader__"]


def reader_environment() -> dict[str, str]:
    """The environment of the reading process: as ours, with this very package first on its path."""
    here = str(Path(__file__).resolve().parents[3])
    paths = [here, *filter(None, [os.environ.get("PYTHONPATH")])]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths), "PYTHONDONTWRITEBYTECODE": "1",
            "OMP_THREAD_LIMIT": "1"}  # fmt: skip


_ENOUGH = 400 << 20
"""Bytes that are left for other programs: a child that waits takes some thirty million."""
_REMEDY = N_("Jalankan pemeriksaan sistem (lockdesk doctor), lalu hubungi administrator.")
_REMEDIES = {
    "win32": N_(
        "Hubungi administrator. Kepala Bidang dapat menerima risikonya untuk komputer ini di Pengaturan, Ruang baca."
    )
}


def cannot_start(detail: str) -> Unreachable:
    return Unreachable(
        _("Dokumen tidak dapat dibuka karena ruang baca terlindung tidak dapat dibuat pada komputer ini."),
        _(_REMEDIES.get(sys.platform, _REMEDY)),
        detail=detail,
        code="reader.no_cage",
    )


def kept_ready(usual: int) -> int:
    """So many children are kept ready: as many as usual, none while the computer is short of memory."""
    free = free_memory()
    return usual if free is None or free >= _ENOUGH else 0


class NoCage:
    """Makes no children: on this system there is nothing yet that would hold one, so documents stay unopened."""

    def __init__(self, unsealed: Callable[[], bool]) -> None:
        """Whatever was accepted: there is no process apart either."""
        del unsealed

    def take(self, canvas: bool = False, need: bytes = NOTHING) -> ChildLine:
        del canvas, need
        raise cannot_start(f"no cage on {sys.platform}")

    def warm(self) -> None:
        pass

    def restart(self, hangs: bool) -> None:
        pass

    def close(self) -> None:
        pass


if sys.platform == "linux":
    import fcntl
    import mmap
    import signal
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
        """A socket whose other end a forked child has, and a handle of the child's process to end it by."""

        def __init__(self, end: socket.socket, canvas: mmap.mmap | None) -> None:
            self._socket = end
            self._canvas = canvas
            self._deadline = 0.0
            self._handles: list[int] | None = None

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

        def _meet(self) -> None:
            """Takes the handle that the child sends before anything else: a number could be another's by then."""
            self._wait()
            try:
                hello, handles, _flags, _address = socket.recv_fds(self._socket, 1, 1, socket.MSG_CMSG_CLOEXEC)
            except ConnectionError as error:
                raise EOFError from error
            self._handles = list(handles)
            if not hello:
                raise EOFError

        def read(self, count: int) -> bytes:
            if self._handles is None:
                self._meet()
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
            for handle in self._handles or ():
                with suppress(ProcessLookupError):  # it ended by itself, as most do
                    signal.pidfd_send_signal(handle, signal.SIGKILL)
                os.close(handle)
            self._handles = []
            if self._canvas is not None:
                self._canvas.close()

    class Template:
        """The warmed template process; started at the first document, started again when it died.

        Two children are ordered in advance, forked when it is quiet, and have seen nothing but our own
        rehearsal; each of them is for one document and is gone after it, as every child is.
        """

        def __init__(self, unsealed: Callable[[], bool]) -> None:
            """`unsealed` counts nothing here: a kernel without the filter is not worked with."""
            del unsealed
            self._lock = threading.Lock()
            self._process: subprocess.Popen[bytes] | None = None
            self._control: socket.socket | None = None
            self._spares: deque[SocketLine] = deque()
            self._closed = False

        def take(self, canvas: bool = False, need: bytes = NOTHING) -> SocketLine:
            """The same, with the template's libraries for `need` loaded."""
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

        def warm(self) -> None:
            with self._lock:
                self._keep_spares()

        def _keep_spares(self) -> None:
            """They always have a canvas: whether a page is to be painted is not known yet."""
            wanted = kept_ready(_SPARES)
            while len(self._spares) > wanted:
                self._spares.pop().close()
            with suppress(OSError, Unreachable):  # what is wrong shows at the next document
                while len(self._spares) < wanted:
                    self._spares.append(self._fork(canvas=True, need=NOTHING))

        def _fork(self, canvas: bool, need: bytes) -> SocketLine:
            """Asks the template for a child, without waiting for it. Raises OSError."""
            ours, theirs = socket.socketpair()
            memory = _shared_memory() if canvas else -1
            passed = [theirs.fileno(), *([memory] if canvas else [])]
            try:
                socket.send_fds(self._ensure(), [need], passed)
                return SocketLine(ours, mmap.mmap(memory, 0) if canvas else None)
            except (OSError, Unreachable):
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
            if self._closed:
                raise cannot_start("the reader is closed")
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
            """Gives up the waiting children, and the template if it is dead or hangs."""
            with self._lock:
                self._drop_spares()
                if hangs or (self._process is not None and self._process.poll() is not None):
                    self._stop()

        def _drop_spares(self) -> None:
            while self._spares:
                self._spares.pop().close()

        def close(self) -> None:
            """Its children, those that read a document now too, end with the template (`cage.die_with`)."""
            with self._lock:
                self._closed = True
                self._stop()
