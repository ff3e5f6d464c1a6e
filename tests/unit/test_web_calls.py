"""Calls to a CA's server: one deadline for the whole, bounded answers, an end at any moment, and why TLS failed."""

import gc
import gzip
import itertools
import select
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta

import httpcore
import pytest

from lockdesk.errors import LockdeskError, Unreachable, Unsettled
from lockdesk.gateway.calls import Backend, Calls
from lockdesk.gateway.cmp.line import Line
from lockdesk.gateway.web import Connection, Web, tls_context
from tests.helpers.patience import PATIENT, SOON
from tests.servers import small_ca
from tests.servers.small_ca import SmallCa
from tests.servers.web import LoopbackServer, Question, Reply, server_context


@contextmanager
def serving(speak: Callable[[socket.socket, threading.Event], None]) -> Iterator[str]:
    """A server that reads a request and then does what it likes with the connection, until the test is over."""
    over = threading.Event()
    threads: list[threading.Thread] = []
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve(connection: socket.socket) -> None:
            with connection, suppress(OSError):
                connection.recv(65536)
                speak(connection, over)
                over.wait(PATIENT)

        def accept() -> None:
            with suppress(OSError):
                while True:
                    threads.append(threading.Thread(target=serve, args=(listening.accept()[0],)))
                    threads[-1].start()

        threads.append(threading.Thread(target=accept))
        threads[0].start()
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            over.set()
            with suppress(OSError):  # Windows shuts down no listening socket; closing it ends the wait there
                listening.shutdown(socket.SHUT_RDWR)
            listening.close()
            for thread in threads:
                thread.join()


def dripping(head: bytes, piece: bytes) -> Callable[[socket.socket, threading.Event], None]:
    def speak(connection: socket.socket, over: threading.Event) -> None:
        connection.sendall(head)
        while not over.wait(0.05):
            connection.sendall(piece)

    return speak


DRIPS = {
    "headers": (b"HTTP/1.1 200 OK\r\n", b"X: y\r\n"),
    "a header": (b"HTTP/1.1 200 OK\r\nX: ", b"y"),
    "body": (b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n", b"y"),
    "chunks": (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\ny\r\n"),
}


def get(connection: Connection) -> None:
    with Web(connection) as web:
        web.get("/")


def post_cmp(connection: Connection) -> None:
    line = Line(connection, Calls())
    try:
        line.post(b"", changes=False)
    finally:
        line.close()


@pytest.mark.parametrize(("where", "ask"), list(itertools.product(DRIPS, (get, post_cmp))))
def test_a_server_that_drips_has_one_deadline_for_all(where: str, ask: Callable[[Connection], None]) -> None:
    with serving(dripping(*DRIPS[where])) as url:
        started = time.monotonic()
        with pytest.raises(Unreachable):
            ask(Connection(url, seconds=0.3))
        assert time.monotonic() - started < SOON


def once(reply: Reply) -> LoopbackServer:
    return LoopbackServer(lambda question: reply)


@pytest.mark.parametrize("changes", [False, True])
def test_stacked_encodings_are_refused_unopened(changes: bool) -> None:
    packed = gzip.compress(gzip.compress(gzip.compress(bytes(64 << 20))))
    server = once(Reply(200, packed, {"Content-Encoding": "gzip, gzip, gzip"}))
    try:
        with Web(Connection(server.url, seconds=PATIENT)) as web, pytest.raises(Unsettled if changes else Unreachable):
            web.post("/", b"", changes=changes)
        assert server.questions[0].headers["Accept-Encoding"] == "identity"
    finally:
        server.stop()


def test_one_packing_is_opened_up_to_the_cap() -> None:
    replies = {
        "/kecil": Reply(200, gzip.compress(b"isi" * 1000), {"Content-Encoding": "gzip"}),
        "/besar": Reply(200, gzip.compress(bytes(33 << 20)), {"Content-Encoding": "gzip"}),
    }
    server = LoopbackServer(lambda question: replies[question.path])
    try:
        with Web(Connection(server.url, seconds=PATIENT)) as web:
            assert web.get("/kecil").body == b"isi" * 1000
            with pytest.raises(Unreachable):
                web.get("/besar")
    finally:
        server.stop()


def test_a_redirect_is_not_followed_and_not_believed() -> None:
    def answer(question: Question) -> Reply:
        return Reply(302, b"", {"Location": "/lain"}) if question.path == "/" else Reply(200, b"umpan")

    server = LoopbackServer(answer)
    try:
        with Web(Connection(server.url, seconds=PATIENT)) as web:
            with pytest.raises(Unreachable):
                web.get("/")
            with pytest.raises(Unsettled):
                web.post("/", b"", changes=True)
        assert [question.path for question in server.questions] == ["/", "/"]
    finally:
        server.stop()


def asking(ask: Callable[[], object]) -> tuple[threading.Thread, list[LockdeskError]]:
    caught: list[LockdeskError] = []

    def work() -> None:
        try:
            ask()
        except LockdeskError as error:
            caught.append(error)

    thread = threading.Thread(target=work)
    thread.start()
    return thread, caught


@pytest.mark.parametrize("how", ["web", "cmp"])
def test_a_call_on_its_way_ends_when_the_client_is_closed(how: str) -> None:
    """What was sent may have been done: it is unsettled."""
    asked = threading.Event()
    with serving(lambda _connection, _over: asked.set()) as url:
        connection = Connection(url, seconds=PATIENT)
        web = Web(connection)
        line = Line(connection, web.calls)
        thread, caught = asking(
            lambda: web.post("/", b"", changes=True) if how == "web" else line.post(b"", changes=True)
        )
        assert asked.wait(SOON)
        started = time.monotonic()
        web.close()
        thread.join(PATIENT)
        assert time.monotonic() - started < SOON
        line.close()
        with pytest.raises(Unreachable):
            Line(connection, web.calls).post(b"", changes=True)
    assert [type(error) for error in caught] == [Unsettled]


@pytest.mark.parametrize("cause", ["expired", "not_yet_valid", "other_ca", "other_host"])
def test_why_tls_failed_is_said(cause: str, monkeypatch: pytest.MonkeyPatch) -> None:
    ca = SmallCa("CA Uji TLS")
    if cause in ("expired", "not_yet_valid"):
        moved = timedelta(days=-4000 if cause == "expired" else 4000)
        monkeypatch.setattr(small_ca, "now", lambda now=small_ca.now: now() + moved)
    address = "127.0.0.9" if cause == "other_host" else "127.0.0.1"
    server = LoopbackServer(lambda question: Reply(200), server_context(ca, address=address))
    monkeypatch.undo()
    trusted = SmallCa("CA Lain").pem if cause == "other_ca" else ca.pem
    connection = Connection(server.url, trusted, seconds=PATIENT)
    try:
        for ask in (get, post_cmp):
            with pytest.raises(Unreachable) as told:
                ask(connection)
            assert told.value.code == f"tls.{cause}" and told.value.remedy
    finally:
        server.stop()


def test_a_line_reset_before_the_handshake_is_closed() -> None:
    """The suite makes an error of a socket left open; the standard library leaves this one."""
    calls = Calls()
    with socket.create_server(("127.0.0.1", 0)) as listening, calls.within(PATIENT):
        stream = Backend(calls).connect_tcp("127.0.0.1", listening.getsockname()[1])
        answering, _address = listening.accept()
        answering.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        answering.close()
        waiting = select.poll()
        waiting.register(stream.get_extra_info("socket"), select.POLLIN)
        assert waiting.poll(PATIENT * 1000)
        with pytest.raises(httpcore.ConnectError):
            stream.start_tls(tls_context(Connection("https://127.0.0.1/")), "127.0.0.1")
    gc.collect()
