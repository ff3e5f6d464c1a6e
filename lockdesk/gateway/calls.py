"""Calls to one server: each has one deadline for the whole, whatever drips, and all of them end when it is closed.

A time limit a step would let a server that sends a byte now and then hold a call for ever; so every step under it,
connecting, the handshake, headers and body, gets what is left of the whole.
"""

import contextlib
import io
import socket
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import httpcore


class Calls:
    """The streams of one client and the deadline of each thread's call. Thread-safe."""

    def __init__(self) -> None:
        self._own = threading.local()
        self._open: set[httpcore.NetworkStream] = set()
        self._lock = threading.Lock()
        self._closed = False

    @contextlib.contextmanager
    def within(self, seconds: float) -> Iterator[None]:
        """Everything that this thread sends and reads inside takes no longer together."""
        self._own.until = time.monotonic() + seconds
        yield

    def left(self, late: type[Exception]) -> float:
        """Seconds left of this thread's call. Raises `late` when there are none, or no calls any more."""
        left: float = self._own.until - time.monotonic()
        if left <= 0 or self._closed:
            raise late("closed" if self._closed else "the time for the whole call is over")
        return left

    def keep(self, stream: httpcore.NetworkStream) -> None:
        with self._lock:
            self._open.add(stream)

    def drop(self, stream: httpcore.NetworkStream) -> None:
        with self._lock:
            self._open.discard(stream)

    def close(self) -> None:
        """Ends the calls on their way: who waits for an answer learns that it is lost."""
        with self._lock:
            self._closed, streams = True, tuple(self._open)
        for stream in streams:
            with contextlib.suppress(OSError):
                stream.get_extra_info("socket").shutdown(socket.SHUT_RDWR)


class Stream(httpcore.NetworkStream):
    """A stream whose every step has what is left of the call."""

    def __init__(self, inner: httpcore.NetworkStream, calls: Calls) -> None:
        self._inner = inner
        self._calls = calls
        calls.keep(inner)

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        del timeout
        return self._inner.read(max_bytes, self._calls.left(httpcore.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        del timeout
        self._inner.write(buffer, self._calls.left(httpcore.WriteTimeout))

    def start_tls(self, ssl_context: Any, server_hostname: str | None = None, timeout: float | None = None) -> "Stream":
        del timeout
        left = self._calls.left(httpcore.ConnectTimeout)
        try:
            return Stream(self._inner.start_tls(ssl_context, server_hostname, left), self._calls)
        finally:
            self._calls.drop(self._inner)

    def close(self) -> None:
        self._calls.drop(self._inner)
        self._inner.close()

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


class Backend(httpcore.SyncBackend):
    """Connects for `Calls`."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> Stream:
        del timeout
        left = self._calls.left(httpcore.ConnectTimeout)
        return Stream(super().connect_tcp(host, port, left, local_address, socket_options), self._calls)


class StreamSocket:
    """As much of a socket as http.client uses, on a Stream: closed with the last file that was made of it."""

    def __init__(self, stream: Stream) -> None:
        self._stream = stream
        self._users = 1

    def sendall(self, content: bytes) -> None:
        self._stream.write(bytes(content))

    def makefile(self, _mode: str) -> io.BufferedReader:
        self._users += 1
        return io.BufferedReader(_Reading(self._stream, self.close))

    def close(self) -> None:
        self._users -= 1
        if self._users == 0:
            self._stream.close()


class _Reading(io.RawIOBase):
    def __init__(self, stream: Stream, left: Callable[[], None]) -> None:
        self._stream = stream
        self._left = left

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        piece = self._stream.read(len(buffer))
        buffer[: len(piece)] = piece
        return len(piece)

    def close(self) -> None:
        if not self.closed:
            self._left()
        super().close()
