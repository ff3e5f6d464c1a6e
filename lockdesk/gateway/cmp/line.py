"""One HTTP connection that stays open for a whole transaction, with HTTP/1.0 servers too (RFC 9811).

httpx ends a connection after every HTTP/1.0 answer, and servers that tie a transaction to its connection then
know nothing of it; the standard library's client keeps it.
"""

import base64
import contextlib
import http.client
import ssl
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

import httpcore

from lockdesk.gateway.calls import Backend, Calls, StreamSocket
from lockdesk.gateway.web import MOST_BYTES, Answer, Connection, judged, lost, never_left, tls_context

_KIND = "application/pkixcmp"
_PORTS = {"https": 443, "http": 80}
_FAULTS = (OSError, http.client.HTTPException, httpcore.NetworkError, httpcore.TimeoutException)


class _Http(http.client.HTTPConnection):
    """The library's client on a stream of `Calls`."""

    _tunnel_host: str | None

    def __init__(self, place: SplitResult, through: SplitResult, context: ssl.SSLContext | None, calls: Calls) -> None:
        super().__init__(through.hostname or "", through.port or _PORTS.get(through.scheme, 80))
        self._place = place
        self._context = context
        self._backend = Backend(calls)
        self.sock: Any = None
        if context is not None and through is not place:
            self.set_tunnel(place.hostname or "", place.port or _PORTS["https"], _proxy_user(through))

    def connect(self) -> None:
        stream = self._backend.connect_tcp(self.host, self.port)
        self.sock = StreamSocket(stream)
        if self._tunnel_host:
            self._tunnel()  # type: ignore[attr-defined]  # the library's, which types it not
        if self._context is not None:
            self.sock = StreamSocket(stream.start_tls(self._context, self._place.hostname))


class Line:
    """A connection to `connection.url`, opened by the first message. For one thread."""

    def __init__(self, connection: Connection, calls: Calls) -> None:
        """Raises Declined when the trusted certificates cannot be used."""
        place = urlsplit(connection.url)
        through = urlsplit(connection.proxy) if connection.proxy else place
        secure = place.scheme == "https"
        self._path, self._headers = place.path or "/", {"Content-Type": _KIND, "Connection": "keep-alive"}
        self._seconds = connection.seconds
        self._calls = calls
        self._http = _Http(place, through, tls_context(connection) if secure else None, calls)
        if through is not place and not secure:
            self._path = connection.url
            self._headers |= _proxy_user(through)

    def post(self, message: bytes, *, changes: bool) -> Answer:
        """The answer to a message. Raises Unreachable, or Unsettled once a message that `changes` has left."""
        with self._calls.within(self._seconds):
            try:
                if self._http.sock is None:
                    self._http.connect()
            except _FAULTS as error:
                self.close()
                raise never_left(error) from error
            try:
                answer = self._exchanged(message)
            except _FAULTS as error:
                raise (lost(error) if changes else never_left(error)) from error
        return judged(answer, changes=changes)

    def _exchanged(self, message: bytes) -> Answer:
        """Raises HTTPException for more than MOST_BYTES."""
        self._http.request("POST", self._path, message, self._headers)
        response = self._http.getresponse()
        body = response.read(MOST_BYTES + 1)
        if len(body) > MOST_BYTES:
            raise http.client.HTTPException("the answer is too large")
        return Answer(response.status, {name.lower(): value for name, value in response.getheaders()}, body)

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self._http.close()


def _proxy_user(proxy: SplitResult) -> dict[str, str]:
    """The header that a proxy wants which asks for a name and a password (RFC 7617)."""
    if not proxy.username:
        return {}
    words = f"{unquote(proxy.username)}:{unquote(proxy.password or '')}"
    return {"Proxy-Authorization": f"Basic {base64.b64encode(words.encode()).decode()}"}
