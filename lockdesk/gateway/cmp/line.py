"""One HTTP connection that stays open for a whole transaction, with HTTP/1.0 servers too (RFC 9811).

httpx ends a connection after every HTTP/1.0 answer, and servers that tie a transaction to its connection then
know nothing of it; the standard library's client keeps it.
"""

import base64
import contextlib
import http.client
from urllib.parse import SplitResult, unquote, urlsplit

from lockdesk.gateway.web import MOST_BYTES, Answer, Connection, lost, never_left, tls_context

_KIND = "application/pkixcmp"


class Line:
    """A connection to `connection.url`, opened by the first message. For one thread."""

    def __init__(self, connection: Connection) -> None:
        """Raises Declined when the trusted certificates cannot be used."""
        place = urlsplit(connection.url)
        through = urlsplit(connection.proxy) if connection.proxy else None
        self._path, self._headers = place.path or "/", {"Content-Type": _KIND, "Connection": "keep-alive"}
        first = through or place
        if place.scheme == "https":
            self._http: http.client.HTTPConnection = http.client.HTTPSConnection(
                first.hostname or "", first.port, timeout=connection.seconds, context=tls_context(connection)
            )
            if through:
                self._http.set_tunnel(place.hostname or "", place.port, _proxy_user(through))
            return
        self._http = http.client.HTTPConnection(first.hostname or "", first.port, timeout=connection.seconds)
        if through:
            self._path = connection.url
            self._headers |= _proxy_user(through)

    def post(self, message: bytes, *, changes: bool) -> Answer:
        """The answer to a message. Raises Unreachable, or Unsettled once a message that `changes` has left."""
        try:
            if self._http.sock is None:
                self._http.connect()
        except (OSError, http.client.HTTPException) as error:
            raise never_left(error) from error
        try:
            self._http.request("POST", self._path, message, self._headers)
            response = self._http.getresponse()
            body = response.read(MOST_BYTES)
        except (OSError, http.client.HTTPException) as error:
            raise (lost(error) if changes else never_left(error)) from error
        if response.status >= 500 and changes:
            raise lost(f"HTTP {response.status}")
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
