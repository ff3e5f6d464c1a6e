"""What a CA signs about a serial, fetched over HTTP: OCSP (RFC 6960) first, else its CRL and delta CRL (RFC 5280).

The bytes come back unchecked: signature, issuer and freshness are judged where they are used as proof.
"""

import base64
import binascii
import contextlib
import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from email.utils import parsedate_to_datetime
from functools import partial
from typing import TypeVar

from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp

from lockdesk.desk.values.authority import CheckItem, SignedStatus, StatusKind
from lockdesk.errors import LockdeskError, Unreachable
from lockdesk.gateway.web import NOT_MODIFIED, Answer, Connection, Web
from lockdesk.pki.certificates import load_certificate
from lockdesk.pki.keys import guarded
from lockdesk.records import dataclass
from lockdesk.words import N_, _

T = TypeVar("T")
_NAMES = {
    StatusKind.OCSP: N_("Jawaban OCSP"),
    StatusKind.CRL: N_("Daftar pencabutan (CRL)"),
    StatusKind.DELTA_CRL: N_("Delta CRL"),
}
_PEM_LINE = re.compile(rb"-----[^-]*-----")
_MOST_TEXT, _BLANKS = 8 * 1024 * 1024, b" \t\r\n"
"""Larger lists come as DER."""
_PROBE_SERIAL = 1
"""Asked after by `check`: any signed answer, "unknown" included, shows that the responder works."""


@dataclass(frozen=True, slots=True)
class _Kept:
    """A CRL as last downloaded, with what lets the server say that it is still the newest (RFC 9110 13.1)."""

    der: bytes
    conditions: dict[str, str]


class StatusSource:
    """The OCSP responder and the CRLs of one CA. Thread-safe; keeps its connections until closed.

    A CRL is asked for every time, with the validators of the one at hand: one kept until its nextUpdate would
    hide a revocation made since. Addresses given here replace those in certificates.
    """

    def __init__(
        self, connection: Connection, issuer_der: bytes, *, ocsp_url: str = "", crl_url: str = "", delta_url: str = ""
    ) -> None:
        """Of `connection` only `trusted_pem`, `proxy` and `seconds` count: status servers are asked by anybody, so
        they never see the CA's credentials. Raises Declined (see Web) and Refused (no certificate)."""
        self._issuer = load_certificate(issuer_der)
        self._urls = {StatusKind.OCSP: ocsp_url, StatusKind.CRL: crl_url, StatusKind.DELTA_CRL: delta_url}
        self._web = Web(replace(connection, url="", pkcs12=b"", passphrase="", user="", password=""))
        self._kept: dict[str, _Kept] = {}

    def signed_status(
        self, serial: int, *, ocsp_urls: Sequence[str] = (), crl_urls: Sequence[str] = ()
    ) -> tuple[SignedStatus, ...]:
        """One OCSP answer, or the CRL and the delta to it; `…_urls` are those that the certificate names.

        Raises Unreachable when neither can be had, "status.no_address" when nobody says where.
        """
        responders = self._addresses(StatusKind.OCSP, ocsp_urls)
        lists = self._addresses(StatusKind.CRL, crl_urls)
        ways = [
            *(partial(self._ocsp, url, serial) for url in responders),
            *(partial(self._lists, url) for url in lists),
        ]
        if not ways:
            raise Unreachable(
                _("Alamat OCSP atau CRL untuk CA ini tidak diketahui."),
                _("Isi alamat OCSP atau CRL dalam pengaturan CA."),
                code="status.no_address",
            )
        return _first(ways)

    def check(self) -> tuple[CheckItem, ...]:
        """Whether every address of the settings answers. Changes nothing and raises nothing. One that does not answer
        hinders nothing as long as the other kind of proof can be had: `signed_status` takes that."""
        tried = {kind: self._tried(kind, url) for kind, url in self._urls.items() if url}
        works = {kind: item.ok for kind, item in tried.items()}
        by_ocsp = works.get(StatusKind.OCSP, False)
        by_lists = works.get(StatusKind.CRL, False) and works.get(StatusKind.DELTA_CRL, True)
        return tuple(
            item if item.ok or not (by_lists if kind is StatusKind.OCSP else by_ocsp) else _told(item, by_ocsp)
            for kind, item in tried.items()
        )

    def _tried(self, kind: StatusKind, url: str) -> CheckItem:
        try:
            if kind is StatusKind.OCSP:
                self._ocsp(url, _PROBE_SERIAL)
            else:
                self._list(url, kind)
        except LockdeskError as error:
            return CheckItem(f"status.{kind.value}", False, f"{_(_NAMES[kind])}: {error}")
        return CheckItem(f"status.{kind.value}", True, _("{what} dapat diambil.").format(what=_(_NAMES[kind])))

    def close(self) -> None:
        self._web.close()

    def _addresses(self, kind: StatusKind, named: Sequence[str]) -> tuple[str, ...]:
        """The address of the settings, else the HTTP ones that a certificate or a CRL names."""
        if self._urls[kind]:
            return (self._urls[kind],)
        return tuple(dict.fromkeys(url for url in named if url.lower().startswith(("http://", "https://"))))

    def _ocsp(self, url: str, serial: int) -> tuple[SignedStatus, ...]:
        """By POST (RFC 6960 A.1), so that no cache between answers.

        The certID is hashed with SHA-1, the one algorithm that every responder knows; it only names the issuer
        and guards nothing. No nonce: many responders answer from a stock (RFC 5019), and what is proved here is
        a revocation, which an older answer can only miss.
        """
        name = hashlib.sha1(self._issuer.subject.public_bytes(), usedforsecurity=False).digest()
        # RFC 5280 4.2.1.2 (1): the same hash over the same bits as RFC 6960's issuerKeyHash.
        key = x509.SubjectKeyIdentifier.from_public_key(self._issuer.public_key()).digest
        builder = ocsp.OCSPRequestBuilder().add_certificate_by_hash(name, key, serial, SHA1())  # noqa: S303
        body = builder.build().public_bytes(Encoding.DER)
        answer = self._web.post(url, body, "application/ocsp-request", changes=False)
        response = guarded(lambda: ocsp.load_der_ocsp_response(answer.body), None)
        if answer.status != 200 or response is None:
            raise _no_status(_("Server OCSP tidak memberikan jawaban OCSP."), f"HTTP {answer.status}", "status.ocsp")
        if response.response_status is not ocsp.OCSPResponseStatus.SUCCESSFUL:
            raise _no_status(_("Server OCSP menolak menjawab."), response.response_status.name.lower(), "status.ocsp")
        return (SignedStatus(StatusKind.OCSP, answer.body),)

    def _lists(self, url: str) -> tuple[SignedStatus, ...]:
        """A CRL and, where the settings or its Freshest CRL extension name one, the delta to it."""
        base = self._list(url, StatusKind.CRL)
        deltas = self._addresses(StatusKind.DELTA_CRL, guarded(lambda: _freshest(base.der), ()))
        if not deltas:
            return (base,)
        return base, _first([partial(self._list, url, StatusKind.DELTA_CRL) for url in deltas])

    def _list(self, url: str, kind: StatusKind) -> SignedStatus:
        kept = self._kept.get(url)
        conditions = kept.conditions if kept else {}
        answer = self._web.get(url, accept="application/pkix-crl, */*", headers=conditions)
        if answer.status == NOT_MODIFIED and kept is not None:
            return SignedStatus(kind, kept.der)
        der = _der(answer.body)
        if answer.status != 200 or guarded(lambda: x509.load_der_x509_crl(der), None) is None:
            raise _no_status(_("Server CRL tidak memberikan daftar pencabutan."), f"HTTP {answer.status}", "status.crl")
        self._kept[url] = _Kept(der, _conditions(answer))
        return SignedStatus(kind, der)


def _first(ways: Sequence[Callable[[], T]]) -> T:
    """What the first way that leads anywhere gives; raises what the last one raised."""
    for way in ways[:-1]:
        with contextlib.suppress(Unreachable):
            return way()
    return ways[-1]()


def _told(item: CheckItem, by_ocsp: bool) -> CheckItem:
    enough = _("OCSP menjawab dan cukup sebagai bukti.") if by_ocsp else _("CRL tersedia dan cukup sebagai bukti.")
    return replace(item, words=f"{item.words} {enough}", hinders=False)


def _no_status(message: str, detail: str, code: str) -> Unreachable:
    return Unreachable(message, _("Periksa alamatnya dalam pengaturan CA, lalu coba lagi."), detail=detail, code=code)


def _conditions(answer: Answer) -> dict[str, str]:
    """The request headers that ask for a list only if it is another one than this.

    A time of change counts only if it lay a second before the answer: within that second the list may have changed
    again, and would be taken for the same (RFC 9110 section 8.8.2.2).
    """
    changed, answered = answer.headers.get("last-modified", ""), answer.headers.get("date", "")
    times = guarded(lambda: (parsedate_to_datetime(changed), parsedate_to_datetime(answered)), None)
    certain = times is not None and times[1] - times[0] >= timedelta(seconds=1)
    wanted = {"If-None-Match": answer.headers.get("etag"), "If-Modified-Since": changed if certain else ""}
    return {name: value for name, value in wanted.items() if value}


def _freshest(der: bytes) -> tuple[str, ...]:
    """Where a CRL says that its delta is (RFC 5280 5.2.6)."""
    points = x509.load_der_x509_crl(der).extensions.get_extension_for_class(x509.FreshestCRL).value
    names = [name for point in points for name in point.full_name or ()]
    return tuple(name.value for name in names if isinstance(name, x509.UniformResourceIdentifier))


def _der(body: bytes) -> bytes:
    """DER from DER, PEM or bare base64, all of which CAs serve; anything else as it is."""
    if body.startswith(b"\x30") or len(body) > _MOST_TEXT:
        return body
    try:
        return base64.b64decode(_PEM_LINE.sub(b"", body).translate(None, _BLANKS), validate=True)
    except binascii.Error:
        return body
