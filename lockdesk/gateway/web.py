"""HTTP to a CA: what a fault means for the case, one trusted CA, bounded answers, one deadline a call.

Before a request has left nothing has happened (Unreachable). Once it has left, a lost answer to a request
that changes something is Unsettled; to one that only asks it is Unreachable.
"""

import secrets
import ssl
import tempfile
import zlib
from collections.abc import Mapping
from dataclasses import field
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import Any

import httpx
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, PrivateFormat
from pydantic_core import from_json

from lockdesk.errors import Declined, LockdeskError, Unreachable, Unsettled
from lockdesk.gateway.calls import Backend, Calls
from lockdesk.gateway.credentials import open_pkcs12
from lockdesk.records import dataclass
from lockdesk.tls import verifying_context
from lockdesk.words import N_, _

MOST_BYTES = 32 * 1024 * 1024
"""An answer larger than this, as it comes or unpacked, is not read on: a full CRL of a national CA stays below."""
MOST_JSON = 16 * 1024 * 1024
"""A list of some thousand certificates stays below."""
_MOST_VALUES = 150_000
_PACKED = frozenset({"gzip", "x-gzip", "deflate"})
_GZIP_OR_ZLIB = 47
NOT_MODIFIED = 304
_OTHER_CA = (
    "tls.other_ca",
    N_("Sertifikat TLS server CA diterbitkan oleh CA yang tidak dipercaya."),
    N_("Periksa berkas CA yang dipercaya dan alamat server dalam pengaturan CA."),
)
_OTHER_HOST = (
    "tls.other_host",
    N_("Sertifikat TLS server CA dibuat untuk alamat lain."),
    N_("Periksa alamat server dalam pengaturan CA."),
)
_TLS_CAUSES = {
    9: ("tls.not_yet_valid", N_("Sertifikat TLS server CA belum berlaku."), N_("Periksa jam komputer ini.")),
    10: (
        "tls.expired",
        N_("Sertifikat TLS server CA habis masa berlakunya."),
        N_("Periksa jam komputer ini, lalu hubungi pengelola server CA."),
    ),
    **dict.fromkeys((2, 18, 19, 20, 21), _OTHER_CA),
    **dict.fromkeys((62, 64), _OTHER_HOST),
}
"""By OpenSSL's X509_V_ERR_… numbers: code, message and remedy."""
_TLS_OTHER = (
    "tls.refused",
    N_("Sertifikat TLS server CA tidak dapat dipercaya."),
    N_("Hubungi pengelola server CA."),
)
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
    """How a CA's server is reached. `seconds` is the longest time for a whole exchange."""

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
        self.calls = Calls()
        self._seconds = connection.seconds
        transport = httpx.HTTPTransport(verify=tls_context(connection), proxy=connection.proxy or None, trust_env=False)
        # httpx hands no backend through to its pool, and knows no limit for a whole exchange.
        transport._pool._network_backend = Backend(self.calls)
        auth = httpx.BasicAuth(connection.user, connection.password) if connection.user else None
        self._client = httpx.Client(
            base_url=connection.url,
            transport=transport,
            auth=auth,
            timeout=connection.seconds,
            follow_redirects=False,
            trust_env=False,
            headers={"User-Agent": "LockDesk", "Accept-Encoding": "identity"},
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
            with (
                self.calls.within(self._seconds),
                self._client.stream(method, path, content=body, headers=headers) as response,
            ):
                answer = Answer(response.status_code, dict(response.headers), _body(response))
        except _NEVER_LEFT as error:
            raise never_left(error) from error
        except (httpx.HTTPError, RuntimeError) as error:  # RuntimeError: the client was closed meanwhile
            raise (lost(error) if changes else never_left(error)) from error
        return judged(answer, changes=changes)

    def close(self) -> None:
        """Ends the exchanges on their way too."""
        self.calls.close()
        self._client.close()

    def __enter__(self) -> "Web":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _body(response: httpx.Response) -> bytes:
    """The body, packed at most once. Raises DecodingError for more than MOST_BYTES or another packing."""
    read = bytearray()
    for piece in response.iter_raw():
        read += piece
        if len(read) > MOST_BYTES:
            raise httpx.DecodingError("the answer is too large")
    packing = response.headers.get("content-encoding", "").strip().lower()
    if packing in ("", "identity"):
        return bytes(read)
    if packing not in _PACKED:
        raise httpx.DecodingError("the answer is packed in a way that was not asked for")
    unpacker = zlib.decompressobj(_GZIP_OR_ZLIB)
    try:
        body = unpacker.decompress(read, MOST_BYTES)
    except zlib.error as error:
        raise httpx.DecodingError("the answer is damaged") from error
    if not unpacker.eof:
        raise httpx.DecodingError("the answer is too large or cut off")
    return body


def json_in(answer: Answer) -> Any:
    """The JSON value of an answer; None where it holds none, or more than any CA says (the parser holds the
    interpreter until it has read everything)."""
    body = answer.body
    if len(body) > MOST_JSON or sum(map(body.count, (b",", b"[", b"{"))) > _MOST_VALUES:
        return None
    try:
        return from_json(body, allow_inf_nan=False)
    except ValueError:
        return None


def judged(answer: Answer, *, changes: bool) -> Answer:
    """The answer, unless it is none: a redirect leads to a server that nobody named, and is never followed."""
    redirects = 300 <= answer.status < 400 and answer.status != NOT_MODIFIED
    if changes and (redirects or answer.status >= 500):
        raise lost(f"HTTP {answer.status}")
    if redirects:
        raise never_left(f"HTTP {answer.status}")
    return answer


def never_left(cause: object) -> LockdeskError:
    """The CA was not reached, or only asked: nothing happened there. A TLS certificate that was refused is named."""
    refusal = _refused_certificate(cause)
    if refusal is not None:
        code, message, remedy = _TLS_CAUSES.get(refusal.verify_code, _TLS_OTHER)
        return Unreachable(_(message), _(remedy), detail=refusal.verify_message, code=code)
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


def _refused_certificate(cause: object) -> ssl.SSLCertVerificationError | None:
    """Why a TLS handshake failed, where it was the server's certificate: it stands below the library's errors."""
    error = cause if isinstance(cause, BaseException) else None
    while error is not None and not isinstance(error, ssl.SSLCertVerificationError):
        error = error.__cause__ or error.__context__
    return error


def _plain(cause: object) -> str:
    """The cause without addresses: an address may hold a credential."""
    return type(cause).__name__ if isinstance(cause, Exception) else str(cause)


def tls_context(connection: Connection) -> ssl.SSLContext:
    """Trusts the connection's certificates alone and shows its client certificate. Raises Declined."""
    unreadable = Declined(
        _("Sertifikat CA yang dipercaya tidak dapat dibaca."),
        _("Pilih berkas PEM dari CA."),
        code="ca.trusted_unreadable",
    )
    context = verifying_context(connection.trusted_pem, unreadable)
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
