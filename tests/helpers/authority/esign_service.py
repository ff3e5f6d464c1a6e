"""BSrE's eSign Client Service on loopback, as its manual and its users describe its answers."""

import base64
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

USER, PASSWORD = "loket", "rahasia-sekali"


class EsignService:
    """`status` is what it says of everybody; `fault` is how it misbehaves."""

    def __init__(self) -> None:
        self.status = "ISSUE"
        self.fault = ""
        """ "", "bad_id" (400 without JSON for everybody), "broken" (500), "html" (200, no JSON), "nested" (200, JSON
        that is deeper than a parser goes)."""
        self.asked: list[str] = []
        self.url = ""

    def answer(self, authorization: str, body: bytes) -> tuple[int, bytes]:
        wanted = "Basic " + base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
        if authorization != wanted:
            return 401, json.dumps({"status": 401, "error": "Unauthorized", "path": "/api/v2"}).encode()
        nik = json.loads(body)["nik"]
        faults = {"bad_id": (400, b""), "broken": (500, b'{"status": "ISSUE"}'), "html": (200, b"<html>masuk</html>")}
        faults["nested"] = (200, b'{"status":' * 100_000 + b"1" + b"}" * 100_000)
        if self.fault in faults:
            return faults[self.fault]
        if set(nik) == {"0"}:
            return 400, b"Bad Request"
        self.asked.append(nik)
        return 200, json.dumps({"status_code": 1111, "message": "Pesan", "status": self.status}).encode()

    @contextmanager
    def serving(self) -> Iterator[None]:
        service = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                status, content = service.answer(self.headers.get("Authorization", ""), body)
                self.send_response(status)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_arguments: object) -> None: ...

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield
        finally:
            server.shutdown()
            thread.join()
            server.server_close()
