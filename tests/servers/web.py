"""An HTTP or HTTPS server on loopback that answers from a function, for the life of one test."""

import ssl
import tempfile
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from lockdesk.tls import TlsSocket
from tests.servers.small_ca import SmallCa


@dataclass(frozen=True)
class Question:
    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True)
class Reply:
    """`status` 0 hangs up without an answer."""

    status: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


class LoopbackServer:
    """Answers with `answer`; `questions` keeps what was asked."""

    def __init__(self, answer: Callable[[Question], Reply], context: ssl.SSLContext | None = None) -> None:
        self.answer = answer
        self.questions: list[Question] = []
        server = self

        class Handler(BaseHTTPRequestHandler):
            def handle_any(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                question = Question(self.command, self.path, dict(self.headers), body)
                server.questions.append(question)
                reply = server.answer(question)
                self.close_connection = True
                if not reply.status:
                    return
                self.send_response(reply.status)
                for name, value in {**reply.headers, "Content-Length": str(len(reply.body))}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(reply.body)

            do_GET = do_POST = do_PUT = handle_any

            def log_message(self, *_words: object) -> None:
                pass

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._http.daemon_threads = False
        self._http.handle_error = lambda request, address: None  # type: ignore[method-assign,assignment]
        if context is not None:
            # The handshake is made by the thread that serves the connection, so that a bad one stops nobody.
            self._http.socket = context.wrap_socket(self._http.socket, server_side=True, do_handshake_on_connect=False)
        scheme = "https" if context else "http"
        self.url = f"{scheme}://127.0.0.1:{self._http.server_port}"
        self._thread = threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.02})
        self._thread.start()

    def stop(self) -> None:
        self._http.shutdown()
        self._thread.join()
        self._http.server_close()


def server_context(
    ca: SmallCa, clients: x509.Certificate | None = None, address: str = "127.0.0.1", days: float = 365
) -> ssl.SSLContext:
    """A TLS context with a certificate of `ca`; clients must show one of the CA `clients`."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    key, certificate = ca.server_certificate(address, days)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "server.pem"
        path.write_bytes(
            key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
            + certificate.public_bytes(Encoding.PEM)
        )
        context.load_cert_chain(path)
    context.sslsocket_class = TlsSocket
    if clients is not None:
        context.verify_mode = ssl.CERT_REQUIRED
        context.load_verify_locations(cadata=clients.public_bytes(Encoding.PEM).decode())
    return context


def status_server(ca: SmallCa) -> LoopbackServer:
    """The CA's OCSP responder (POST /ocsp), CRL (GET /crl) and delta CRL (GET /delta), and `ca` told of them."""

    def answer(question: Question) -> Reply:
        if question.path == "/ocsp" and question.method == "POST":
            return Reply(200, ca.ocsp(question.body), {"Content-Type": "application/ocsp-response"})
        if question.path == "/crl":
            return Reply(200, ca.crl())
        return Reply(404)

    server = LoopbackServer(answer)
    ca.ocsp_url, ca.crl_url = f"{server.url}/ocsp", f"{server.url}/crl"
    return server
