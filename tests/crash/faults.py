"""Faults between us and the CA: a proxy that cuts, holds and misleads connections, and hooks that spoil answers."""

import socket
import ssl
import struct
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from tests.servers.small_ca import SmallCa, now
from tests.servers.web import LoopbackServer, Question, Reply

HOLD_SECONDS = 0.7
"""How long a delayed answer is held; the client waits less."""


@dataclass(frozen=True)
class Cut:
    """What happens to one connection. Counts are bytes that still pass; None: all of them."""

    request_bytes: int | None = None
    answer_bytes: int | None = None
    reset: bool = False
    hold: bool = False
    refuse: bool = False
    expired: bool = False


@dataclass
class Sizes:
    """How much went through a connection."""

    request: int = 0
    answer: int = 0


class Proxies:
    """Proxies that count their connections together, in the order in which they come."""

    def __init__(self) -> None:
        self.cut_at: dict[int, Cut] = {}
        self.sizes: list[Sizes] = []
        self.expired_port = 0
        self._lock = threading.Lock()
        self._open: list[Proxy] = []

    def before(self, port: int) -> int:
        """A proxy before the server on `port`; its own port."""
        proxy = Proxy(self, port)
        self._open.append(proxy)
        return proxy.port

    def begin(self, cuts: dict[int, Cut] | None = None) -> None:
        """Counts from nought again, with these faults."""
        with self._lock:
            self.cut_at, self.sizes = dict(cuts or {}), []

    def take(self) -> tuple[Cut, Sizes]:
        with self._lock:
            cut, sizes = self.cut_at.get(len(self.sizes), Cut()), Sizes()
            self.sizes.append(sizes)
            return cut, sizes

    def close(self) -> None:
        for proxy in self._open:
            proxy.close()


class Proxy:
    """Passes TCP on to a port of loopback."""

    def __init__(self, group: Proxies, port: int) -> None:
        self._group, self._target = group, port
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port: int = self._listener.getsockname()[1]
        self._threads: list[threading.Thread] = []
        self._accepting = threading.Thread(target=self._accept)
        self._accepting.start()

    def close(self) -> None:
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._accepting.join()
        for thread in self._threads:
            thread.join()

    def _accept(self) -> None:
        while True:
            try:
                client, _address = self._listener.accept()
            except OSError:
                return
            cut, sizes = self._group.take()
            thread = threading.Thread(target=self._serve, args=(client, cut, sizes))
            thread.start()
            self._threads = [item for item in self._threads if item.is_alive()] + [thread]

    def _serve(self, client: socket.socket, cut: Cut, sizes: Sizes) -> None:
        with closing(client):
            if cut.refuse:
                _reset(client)
                return
            port = self._group.expired_port if cut.expired else self._target
            with socket.create_connection(("127.0.0.1", port)) as server:
                answering = threading.Thread(target=self._answer, args=(server, client, cut, sizes))
                answering.start()
                self._ask(client, server, cut, sizes)
                answering.join()

    @staticmethod
    def _ask(client: socket.socket, server: socket.socket, cut: Cut, sizes: Sizes) -> None:
        left = cut.request_bytes
        for piece in _pieces(client):
            passed = piece if left is None else piece[:left]
            sizes.request += len(passed)
            with suppress(OSError):
                server.sendall(passed)
            if left is not None:
                left -= len(passed)
                if left <= 0:
                    _end(client, cut.reset)
                    break
        with suppress(OSError):
            server.shutdown(socket.SHUT_WR)

    @staticmethod
    def _answer(server: socket.socket, client: socket.socket, cut: Cut, sizes: Sizes) -> None:
        left = cut.answer_bytes
        held = threading.Event()
        for piece in _pieces(server):
            if cut.hold and sizes.answer > 0 and len(piece) < 4000:
                held.wait(HOLD_SECONDS)
            passed = piece if left is None else piece[:left]
            sizes.answer += len(passed)
            with suppress(OSError):
                client.sendall(passed)
            if left is not None:
                left -= len(passed)
                if left <= 0:
                    _end(client, cut.reset)
                    return
        with suppress(OSError):
            client.shutdown(socket.SHUT_WR)


def _pieces(source: socket.socket) -> Iterator[bytes]:
    while True:
        try:
            piece = source.recv(65536)
        except OSError:
            return
        if not piece:
            return
        yield piece


def _end(line: socket.socket, reset: bool) -> None:
    if reset:
        _reset(line)
    with suppress(OSError):
        line.shutdown(socket.SHUT_RDWR)


def _reset(line: socket.socket) -> None:
    """The other side gets a RST when the socket is closed."""
    with suppress(OSError):
        line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


Spoil = Callable[[Question, Callable[[], Reply]], Reply]
"""Answers a question, with or without letting the CA do what was asked."""


def _html(_question: Question, work: Callable[[], Reply]) -> Reply:
    work()
    return Reply(200, b"<html><body>Selamat datang</body></html>", {"Content-Type": "text/html"})


def _truncated(_question: Question, work: Callable[[], Reply]) -> Reply:
    reply = work()
    return Reply(reply.status, reply.body[: len(reply.body) // 2], reply.headers)


def _after(status: int) -> Spoil:
    def spoil(_question: Question, work: Callable[[], Reply]) -> Reply:
        work()
        return Reply(status, b"")

    return spoil


def _twice(_question: Question, work: Callable[[], Reply]) -> Reply:
    """A revocation that reaches the CA twice; anything else that acts would be the CA's own fault."""
    if _question.method == "PUT":
        work()
    return work()


SPOILS: dict[str, Spoil] = {
    "500 before the work": lambda question, work: Reply(500, b"kesalahan"),
    "500 after the work": _after(500),
    "503 after the work": _after(503),
    "200 without a body, after": _after(200),
    "hangs up before": lambda question, work: Reply(0),
    "hangs up after": _after(0),
    "another content": _html,
    "half of the content": _truncated,
    "twice": _twice,
}


def expired_server(ca: SmallCa) -> LoopbackServer:
    """A TLS server of the right CA whose certificate is no longer valid."""
    key = ec.generate_private_key(ec.SECP256R1())
    certificate = (
        x509.CertificateBuilder(ca.certificate.subject, ca.certificate.subject, key.public_key(), 99)
        .not_valid_before(now() - timedelta(days=9))
        .not_valid_after(now() - timedelta(days=2))
        .sign(ca.key, hashes.SHA256())
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "server.pem"
        path.write_bytes(
            key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
            + certificate.public_bytes(Encoding.PEM)
        )
        context.load_cert_chain(path)
    return LoopbackServer(lambda question: Reply(200), context)
