"""HTTP to a CA: what a fault means for the case, one trusted CA, bounded answers.

Before a request has left nothing has happened (Unreachable). Once it has left, a lost answer to a request
that changes something is Unsettled; to one that only asks it is Unreachable.
"""

import secrets
import ssl
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType, TracebackType

import httpx
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, PrivateFormat

from lockdesk.errors import Declined, LockdeskError, Unreachable, Unsettled
from lockdesk.gateway.credentials import open_pkcs12
from lockdesk.words import _

MOST_BYTES = 32 * 1024 * 1024
"""An answer larger than this is not read on: a full CRL of a national CA stays below."""
_NEVER_LEFT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
    httpx.InvalidURL,
    httpx.LocalProtocolError,
)


@dataclass(frozen=True, slots=True)
class Connection:
    """How a CA's server is reached. `seconds` is the longest wait for one step of the exchange."""

    url: str
    trusted_pem: bytes = b""
    """The only CA certificates that the server's may chain to; b"" the system's."""
    pkcs12: bytes = field(default=b"", repr=False)
    passphrase: str = field(default="", repr=False)
    """Of the client certificate in `pkcs12`."""
    user: str = ""
    password: str = field(default="", repr=False)
    proxy: str = field(default="", repr=False)
    seconds: float = 20.0


@dataclass(frozen=True, slots=True)
class Answer:
    """An HTTP answer, read to its end."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Web:
    """One server. Thread-safe; keeps its connections until closed."""

    def __init__(self, connection: Connection) -> None:
        """Raises Declined when the client certificate or the trusted certificates cannot be used."""
        self._connection = connection
        auth = httpx.BasicAuth(connection.user, connection.password) if connection.user else None
        self._client = httpx.Client(
            base_url=connection.url,
            verify=tls_context(connection),
            auth=auth,
            proxy=connection.proxy or None,
            timeout=connection.seconds,
            follow_redirects=False,
            trust_env=False,
            headers={"User-Agent": "LockDesk"},
        )

    def get(
        self, path: str, *, accept: str = "application/json", headers: Mapping[str, str] = MappingProxyType({})
    ) -> Answer:
        """Asks; a lost answer is Unreachable."""
        return self._exchange("GET", path, None, {"Accept": accept, **headers}, changes=False)

    def post(self, path: str, body: bytes, kind: str = "application/json", *, changes: bool) -> Answer:
        """Sends `body`; `changes` says whether the request does something at the CA."""
        return self._exchange("POST", path, body, {"Content-Type": kind}, changes=changes)

    def put(self, path: str, body: bytes = b"", kind: str = "application/json") -> Answer:
        """Sends `body`; the request does something at the CA."""
        return self._exchange("PUT", path, body, {"Content-Type": kind}, changes=True)

    def _exchange(
        self, method: str, path: str, body: bytes | None, headers: Mapping[str, str], *, changes: bool
    ) -> Answer:
        try:
            with self._client.stream(method, path, content=body, headers=headers) as response:
                read = bytearray()
                for piece in response.iter_bytes():
                    read += piece
                    if len(read) > MOST_BYTES:
                        raise httpx.DecodingError("the answer is too large")
                answer = Answer(response.status_code, dict(response.headers), bytes(read))
        except _NEVER_LEFT as error:
            raise never_left(error) from error
        except httpx.HTTPError as error:
            raise (lost(error) if changes else never_left(error)) from error
        if answer.status >= 500 and changes:
            raise lost(f"HTTP {answer.status}")
        return answer

    def close(self) -> None:
        self._client.close()

    def __enter__(self) -> "Web":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def never_left(cause: object) -> LockdeskError:
    """The CA was not reached, or only asked: nothing happened there."""
    return Unreachable(
        _("Server CA tidak dapat dihubungi."),
        _("Periksa jaringan dan pengaturan CA, lalu coba lagi."),
        detail=_plain(cause),
        code="ca.unreachable",
    )


def lost(cause: object) -> LockdeskError:
    """The request left and its answer did not come: it may have been carried out."""
    return Unsettled(
        _("Permintaan sudah dikirim, tetapi jawaban CA tidak diterima."),
        _("Periksa status ke CA; jangan mengulang permintaan."),
        detail=_plain(cause),
        code="ca.answer_lost",
    )


def _plain(cause: object) -> str:
    """The cause without addresses: an address may hold a credential."""
    return type(cause).__name__ if isinstance(cause, Exception) else str(cause)


def tls_context(connection: Connection) -> ssl.SSLContext:
    """Trusts the connection's certificates alone and shows its client certificate. Raises Declined."""
    context = ssl.create_default_context()
    if connection.trusted_pem:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        try:
            context.load_verify_locations(cadata=connection.trusted_pem.decode("ascii"))
        except (ssl.SSLError, ValueError) as error:
            raise Declined(
                _("Sertifikat CA yang dipercaya tidak dapat dibaca."),
                _("Pilih berkas PEM dari CA."),
                code="ca.trusted_unreadable",
            ) from error
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if connection.pkcs12:
        _load_client_certificate(context, connection)
    return context


def _load_client_certificate(context: ssl.SSLContext, connection: Connection) -> None:
    key, certificate, others = open_pkcs12(connection.pkcs12, connection.passphrase)
    # ssl reads keys from files only: the file lives for this call, its key encrypted.
    passphrase = secrets.token_hex(16).encode()
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(passphrase))
    pem += b"".join(item.public_bytes(Encoding.PEM) for item in (certificate, *others))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "client.pem"
        path.write_bytes(pem)
        context.load_cert_chain(path, password=passphrase)
