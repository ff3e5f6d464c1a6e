"""A small SMTP server with STARTTLS or TLS and AUTH that keeps its own book, and misbehaves when told.

It counts a message as accepted once its end was read, whatever becomes of the answer: so does every real server.
"""

import base64
import contextlib
import socket
import ssl
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

USER, PASSWORD, TOKEN = "layanan", "sandi-uji", "token-uji"
Told = Callable[[str, str], None]
"""Told of every answer: the command that it is for, and "before" or "after" it is sent."""


def untold(_command: str, _moment: str) -> None: ...


@dataclass(frozen=True)
class Accepted:
    """One message as it was accepted."""

    sender: str
    recipients: tuple[str, ...]
    content: bytes


@dataclass
class SmtpServer:
    """`answers` replaces the answer to a command ("MAIL", "RCPT", "END" …); "" hangs up instead, "…" never answers."""

    context: ssl.SSLContext
    wrapped: bool = False
    offers: tuple[str, ...] = ("STARTTLS", "AUTH PLAIN LOGIN XOAUTH2")
    answers: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    told: Told = untold
    accepted: list[Accepted] = field(default_factory=list)
    sessions: int = 0

    def __post_init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        self._open: list[socket.socket] = []
        self._over = threading.Event()
        self._threads = [threading.Thread(target=self._listen, daemon=True)]
        self._threads[0].start()

    def stop(self) -> None:
        self._over.set()
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for connection in self._open:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
            connection.close()
        for thread in self._threads:
            thread.join(10)

    def __enter__(self) -> "SmtpServer":
        return self

    def __exit__(self, *_error: object) -> None:
        self.stop()

    def to(self, address: str) -> list[bytes]:
        """What this mailbox would hold."""
        return [message.content for message in self.accepted for name in message.recipients if name == address]

    def _listen(self) -> None:
        while not self._over.is_set():
            try:
                connection, _address = self._listener.accept()
            except OSError:
                return
            self.sessions += 1
            self._open.append(connection.dup())
            thread = threading.Thread(target=self._serve, args=(connection,), daemon=True)
            self._threads.append(thread)
            thread.start()

    def _serve(self, connection: socket.socket) -> None:
        session = _Session(self, connection)
        with contextlib.suppress(OSError, EOFError), contextlib.closing(session):
            session.serve()

    def wait(self) -> None:
        """Says nothing until the test is over."""
        self._over.wait(60)


class _Session:
    def __init__(self, server: SmtpServer, connection: socket.socket) -> None:
        self._server = server
        self._socket = connection
        self._lines = connection.makefile("rb")
        self._encrypted = False
        self._signed_in = False
        self._sender, self._recipients = "", list[str]()

    def close(self) -> None:
        self._lines.close()
        self._socket.close()

    def _encrypt(self) -> None:
        self._lines.close()
        self._socket = self._server.context.wrap_socket(self._socket, server_side=True)
        self._lines, self._encrypted = self._socket.makefile("rb"), True

    def serve(self) -> None:
        if self._server.wrapped:
            self._encrypt()
        self._say("GREETING", "220 uji.contoh.go.id ESMTP")
        while line := self._line():
            word, _space, rest = line.partition(" ")
            getattr(self, f"_on_{word.lower()}", self._on_unknown)(rest)
            if word == "QUIT":
                return

    def _line(self) -> str:
        return self._lines.readline(4096).decode("latin-1").rstrip("\r\n")

    def _say(self, command: str, words: str) -> str:
        """Answers, or misbehaves; gives what was said."""
        words = self._server.answers.get(command, words)
        self._server.told(command, "before")
        if words == "…":
            self._server.wait()
        if words in {"", "…"}:
            self._socket.shutdown(socket.SHUT_RDWR)
            raise EOFError
        self._socket.sendall(words.encode() + b"\r\n")
        self._server.told(command, "after")
        return words

    def _on_unknown(self, _rest: str) -> None:
        self._say("UNKNOWN", "502 5.5.1 tidak dikenal")

    def _on_noop(self, _rest: str) -> None:
        self._say("NOOP", "250 2.0.0 baik")

    def _on_quit(self, _rest: str) -> None:
        self._say("QUIT", "221 2.0.0 selesai")

    def _on_ehlo(self, _rest: str) -> None:
        offered = [item for item in self._server.offers if item != "STARTTLS" or not self._encrypted]
        if not self._encrypted:
            offered = [item for item in offered if not item.startswith("AUTH")]
        lines = ["uji.contoh.go.id", "8BITMIME", *offered]
        marks = ["-"] * (len(lines) - 1) + [" "]
        command = "EHLO" if self._encrypted else "EHLO0"
        self._say(command, "\r\n".join(f"250{mark}{item}" for mark, item in zip(marks, lines, strict=True)))

    def _on_starttls(self, _rest: str) -> None:
        if self._say("STARTTLS", "220 2.0.0 silakan").startswith("220"):
            self._encrypt()

    def _on_auth(self, rest: str) -> None:
        mechanism, _space, first = rest.partition(" ")
        said = base64.b64decode(first).decode()
        if mechanism == "LOGIN":
            user = said or self._asked("VXNlcm5hbWU6")
            right = (user, self._asked("UGFzc3dvcmQ6")) == (USER, PASSWORD)
        elif mechanism == "PLAIN":
            right = said.split("\0")[1:] == [USER, PASSWORD]
        else:
            right = said == f"user={USER}\x01auth=Bearer {TOKEN}\x01\x01"
            if not right:
                self._asked("eyJzdGF0dXMiOiI0MDEifQ==")
        words = self._say("AUTH", "235 2.7.0 baik" if right else "535 5.7.8 kata sandi salah")
        self._signed_in = words.startswith("235")

    def _asked(self, question: str) -> str:
        self._say("CHALLENGE", f"334 {question}")
        return base64.b64decode(self._line()).decode()

    def _on_mail(self, rest: str) -> None:
        if not self._signed_in:
            self._say("MAIL", "530 5.7.0 masuk dahulu")
            return
        self._sender, self._recipients = rest[rest.index("<") + 1 : rest.index(">")], []
        self._say("MAIL", "250 2.1.0 baik")

    def _on_rcpt(self, rest: str) -> None:
        address = rest[rest.index("<") + 1 : rest.index(">")]
        if self._say(f"RCPT {address}", self._server.answers.get("RCPT", "250 2.1.5 baik")).startswith("250"):
            self._recipients.append(address)

    def _on_rset(self, _rest: str) -> None:
        self._say("RSET", "250 2.0.0 baik")

    def _on_data(self, _rest: str) -> None:
        if not self._say("DATA", "354 silakan").startswith("354"):
            return
        content = bytearray()
        while (line := self._lines.readline()) != b".\r\n":
            if not line.endswith(b"\n"):
                raise EOFError  # cut off: such a message is never accepted
            content += line[1:] if line.startswith(b".") else line
        planned = self._server.answers.get("END", "250")
        if planned in {"", "…"} or planned.startswith("250"):
            self._server.accepted.append(Accepted(self._sender, tuple(self._recipients), bytes(content)))
        self._say("END", "250 2.0.0 diterima sebagai UJI1")
