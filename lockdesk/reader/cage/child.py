"""The reading process: `python -m lockdesk __reader__`, on Linux and Windows: elsewhere nothing would hold it.

On Linux it is a template: single-threaded, everything imported, it forks one child for each document, some of them in
advance, and never reads a document itself. It ends when the parent does, and its children end with it. On Windows
each is one child, started in advance, that imports everything, tries its walls and waits for its one document.
"""

import mmap
import os
import select
import signal
import sys
from collections.abc import Callable
from typing import Any

from lockdesk.reader.cage import jobs, probes, walls
from lockdesk.reader.cage.jobs import NEEDS, PATIENT
from lockdesk.reader.cage.lines import GO
from lockdesk.reader.cage.wire import FAILURE, Read, frame, read_frame, unpack
from lockdesk.words import language

VERB = "__reader__"
QUIET_SECONDS = 0.1
CHILD_NICE = 5
Write = Callable[[bytes], None]


def main() -> int:
    """Serves until the parent goes away: on Linux standard input is the control socket, on Windows the first argument
    is the pipe's handle; the others say what the child is to try."""
    if sys.platform == "win32":
        _serve_once(int(sys.argv[2]))
    else:
        jobs.warm()
        _serve_template()
    return 0


def _serve_once(handle: int) -> None:
    """The whole life of a child on Windows. Whether it reads without walls is for the parent to say: it sends no
    document otherwise."""
    if sys.platform == "win32":
        import _winapi
        import msvcrt

        descriptor = msvcrt.open_osfhandle(handle, os.O_BINARY)
        read, write = _reader_of(descriptor), _writer_of(descriptor)

        def asked() -> bool:
            return bool(_winapi.PeekNamedPipe(handle, 0)[0])

        try:
            jobs.warm()
            missing = probes.unproved(probes.try_all())
            jobs.prepare_all(asked)
            jobs.rehearse(asked)
            need = read(1)
            read(len(GO))
            _prepare_for(need)
            _send(write, frame(jobs.Ready(not missing, ", ".join(missing)[:300])))
            _do_one(read, write, None)
        except BaseException:  # noqa: S110 - nobody is left to tell; the parent sees the end of the stream
            pass
        finally:
            os._exit(0)


def _serve_template() -> None:
    """Takes one socket for each document over the control socket and hands it to a fresh child.

    Who waits for a document is forked at once, who is ordered in advance once nothing else is going on.
    """
    if sys.platform == "linux":
        import gc
        import socket

        signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the system reaps the children
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the window
        os.nice(CHILD_NICE)  # on a busy machine the window comes before what it waits for
        control = socket.socket(fileno=0)
        walls.keep_memory()
        filters, trouble = _prepare()
        gc.freeze()  # the children share these pages as long as nobody writes to them
        ordered: list[tuple[list[int], bytes]] = []
        own = os.getpid()
        while True:
            waiting = [control.fileno(), *(descriptors[0] for descriptors, _need in ordered)]
            ready = select.select(waiting, [], [], QUIET_SECONDS if ordered else None)[0]
            if control.fileno() in ready:
                message, descriptors, _flags, _address = socket.recv_fds(control, 1, 2)
                if not message or not descriptors:
                    return
                _prepare_for(message)
                ordered.append((descriptors, message))
                continue
            chosen = next((item for item in ordered if item[0][0] in ready), ordered[0])
            ordered.remove(chosen)
            wanted, need = chosen
            if os.fork() == 0:
                walls.die_with(own)
                patient = need in {NEEDS[job] for job in PATIENT}
                seconds = walls.WALL_SECONDS * (walls.PATIENCE if patient else 1)
                _live_and_die(filters.get(need == NEEDS["bind_heif"]), trouble, wanted, seconds)
            for descriptor in wanted:
                os.close(descriptor)


def _prepare() -> tuple[dict[bool, Any], str]:
    """The filters, without and with threads; or why there are none, or no handle of a process to end it by."""
    try:
        if sys.platform == "linux":
            os.close(os.pidfd_open(os.getpid()))
        return {threads: walls.build_filter(threads) for threads in (False, True)}, ""
    except (ImportError, OSError, RuntimeError, AttributeError, ValueError) as error:
        return {}, f"{type(error).__name__}: {error}"


def _prepare_for(message: bytes) -> None:
    """Loads in the template what the next child needs. Without it the child answers with its own error."""
    import gc

    try:
        jobs.prepare(message)
    except (ImportError, OSError, RuntimeError):
        return
    gc.freeze()


def _live_and_die(rules: Any, trouble: str, descriptors: list[int], seconds: int) -> None:
    """The child's whole life. It says whether the cage is closed before it takes any document.

    The second descriptor, where there is one, is the memory that a page is painted into.
    """
    descriptor = descriptors[0]
    read, write = _reader_of(descriptor), _writer_of(descriptor)
    try:
        _introduce(descriptor, able=not trouble)
        canvas = mmap.mmap(descriptors[1], 0) if len(descriptors) > 1 else None
        walls.keep_only(descriptor)  # a child that waits must not hold the template's control socket open
        jobs.rehearse(lambda: _is_asked(descriptor))
        read(len(GO))
        if not trouble:
            try:
                walls.close_cage(rules, descriptor, seconds)
            except (OSError, RuntimeError, ValueError) as error:
                trouble = f"{type(error).__name__}: {error}"
        _send(write, frame(jobs.Ready(not trouble, trouble[:300])))
        if not trouble:
            _do_one(read, write, canvas)
    except BaseException:  # noqa: S110 - nobody is left to tell; the parent sees the end of the stream
        pass
    finally:
        os._exit(0)


def _introduce(descriptor: int, able: bool) -> None:
    """Gives the parent a handle of this process, which stays its own when the number is another's."""
    if sys.platform == "linux":
        import socket

        line = socket.socket(fileno=descriptor)
        socket.send_fds(line, [b"p"], [os.pidfd_open(os.getpid())] if able else [])
        line.detach()


def _is_asked(descriptor: int) -> bool:
    """Whether a document is on its way, or nobody is left who could send one."""
    return bool(select.select([descriptor], [], [], 0)[0])


def _do_one(read: Read, write: Write, canvas: Any) -> None:
    """Reads one order and answers it; a failure is answered by its name only."""
    framed = read_frame(read)
    order = unpack(jobs.Order, framed)
    language.choose(order.language)
    try:
        pieces = frame(jobs.run(order, framed.blobs[0], canvas))
    except (Exception, RecursionError) as error:
        pieces = frame(type(error).__name__, tag=FAILURE)
    _send(write, pieces)


def _send(write: Write, pieces: list[bytes]) -> None:
    for piece in pieces:
        write(piece)


def _reader_of(descriptor: int) -> Read:
    def read(count: int) -> bytes:
        buffer = bytearray()
        while len(buffer) < count:
            piece = os.read(descriptor, min(count - len(buffer), 1 << 20))
            if not piece:
                raise EOFError
            buffer += piece
        return bytes(buffer)

    return read


def _writer_of(descriptor: int) -> Write:
    def write(content: bytes) -> None:
        view = memoryview(content)
        while view:
            view = view[os.write(descriptor, view) :]

    return write
