"""EJBCA through its REST interface (Keyfactor, "EJBCA REST Interface"), with a TLS client certificate.

An end entity is named after the key that it has certified, so that an order is found again by a search.
"""

import base64
import hashlib
import hmac
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import field, replace
from datetime import UTC, datetime
from functools import partial
from typing import Any
from urllib.parse import quote

from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from lockdesk.core.operations import RevocationReason
from lockdesk.desk.ports import Clock
from lockdesk.desk.values.authority import (
    CertificateRecord,
    CertificateStatus,
    CheckItem,
    EnrolmentOrder,
    Issued,
    RevocationOrder,
    Waiting,
)
from lockdesk.errors import LockdeskError
from lockdesk.gateway.remote import OTHER_CHAIN, refused, require_agreement, unread
from lockdesk.gateway.rest import RestGateway, words_of
from lockdesk.gateway.settings import Adapter, CaSettings
from lockdesk.gateway.web import Answer, json_in, lost
from lockdesk.pki.certificates import load_certificate
from lockdesk.pki.certification_request import pem_request
from lockdesk.pki.keys import guarded
from lockdesk.pki.values import RevocationEntry
from lockdesk.records import dataclass
from lockdesk.words import _

_PAGE = 200
_MOST_PAGES = 500
_REASONS = {
    RevocationReason.UNSPECIFIED: "UNSPECIFIED",
    RevocationReason.KEY_COMPROMISE: "KEY_COMPROMISE",
    RevocationReason.SUPERSEDED: "SUPERSEDED",
    RevocationReason.CESSATION_OF_OPERATION: "CESSATION_OF_OPERATION",
}
_REASON_NUMBERS = {
    1: "keyCompromise",
    2: "cACompromise",
    3: "affiliationChanged",
    4: "superseded",
    5: "cessationOfOperation",
    6: "certificateHold",
    9: "privilegeWithdrawn",
    10: "aACompromise",
}
_NOT_REVOKED, _REMOVED = -1, 8
"""EJBCA's own number, and CRLReason removeFromCRL: in force again after a hold (RFC 5280 section 5.3.1)."""
_DN_NAMES = {
    NameOID.EMAIL_ADDRESS: "E",
    NameOID.SERIAL_NUMBER: "SN",
    NameOID.ORGANIZATION_IDENTIFIER: "ORGANIZATIONIDENTIFIER",
}
"""EJBCA's words for attributes that RFC 4514 writes as numbers."""
_REQUEST_ID = re.compile(r"\bid\b\D{0,3}(\d+)", re.IGNORECASE)
"""How the words of a 202 name the approval request: "… request with Id '1234' …"."""
_REFERENCE = re.compile(r"(\d*)/(lockdesk-[0-9a-f]{40})")


@dataclass(frozen=True, slots=True, kw_only=True)
class EjbcaSettings(CaSettings):
    """`url` ends behind the interface's name, for example https://ca.contoh.go.id/ejbca/ejbca-rest-api/."""

    pkcs12: bytes = field(repr=False)
    passphrase: str = field(repr=False)
    authority: str
    """The CA's name in EJBCA."""
    certificate_profile: str
    end_entity_profile: str


class EjbcaGateway(RestGateway):
    """Implements desk.ports.Gateway."""

    identifier = "ejbca"

    def __init__(self, settings: EjbcaSettings, clock: Clock) -> None:
        """Raises Declined when a certificate of the settings cannot be used."""
        connection = replace(settings.connection(), pkcs12=settings.pkcs12, passphrase=settings.passphrase)
        super().__init__(settings, connection, clock)
        self._names = settings
        self._issuer_dn = load_certificate(self._chain[0]).subject.rfc4514_string(_DN_NAMES)

    # ── asking ──
    def _greet(self) -> Answer:
        return self._web.get("v1/ca")

    def _told(self, greeting: Answer) -> tuple[CheckItem, ...]:
        try:
            entries = self._asked(greeting)
            authority = quote(self._issuer_dn, safe="")
            download = self._web.get(f"v1/ca/{authority}/certificate/download", accept="*/*")
        except LockdeskError as error:
            return (CheckItem("ca.authorised", False, str(error)),)
        names = guarded(lambda: {item["name"] for item in entries["certificate_authorities"]}, set())
        named = self._names.authority in names
        same = self._chain[0] == guarded(lambda: load_certificate(download.body).public_bytes(Encoding.DER), b"")
        unnamed = _(
            "Nama CA tidak dikenal oleh server, atau petugas tidak berwenang. Periksa nama CA; bila benar, minta hak "
            "kepada pengelola CA."
        )
        different = _(OTHER_CHAIN)
        return (
            CheckItem("ca.authorised", named, _("Petugas berwenang pada CA ini.") if named else unnamed),
            CheckItem("ca.certificate", same, _("Sertifikat CA sesuai dengan pengaturan.") if same else different),
        )

    def find_by_serial(self, serial: int) -> CertificateRecord | None:
        """The certificate with this serial; None when the CA has none. Raises Unreachable."""
        found = self._search(_criterion("QUERY", f"{serial:X}", "EQUAL"))
        return next((record for record in found if record.facts.serial == serial), None)

    def _records(self) -> Iterator[CertificateRecord]:
        """All of the CA's, page by page: it cannot be searched by key."""
        return self._search()

    def recall(self, request_id: str, key_sha256: str) -> Issued | Waiting | None:
        """The certificate of the end entity that this key's order made. Raises Unreachable."""
        del request_id
        return self._of_user(_username(key_sha256))

    def _of_user(self, username: str) -> Issued | None:
        found = self._search(_criterion("QUERY", username, "EQUAL"))
        own = [record for record in found if _username(record.facts.key.sha256) == username]
        return next((self._issued(record.der) for record in own if record.status is CertificateStatus.GOOD), None)

    def _search(self, *criteria: dict[str, str]) -> Iterator[CertificateRecord]:
        """By the second version of the search, which alone has pages and tells revocations."""
        wanted = [_criterion("CA", self._names.authority, "EQUAL"), *criteria]
        for page in range(1, _MOST_PAGES + 1):
            question = {"pagination": {"page_size": _PAGE, "current_page": page}, "criteria": wanted}
            answer = self._web.post("v2/certificate/search", json.dumps(question).encode(), changes=False)
            found = self._asked(answer)
            entries = found.get("certificates") if isinstance(found, Mapping) else None
            if not isinstance(entries, list):
                raise unread("search")
            yield from (self._read(entry) for entry in entries)
            if len(entries) < _PAGE:
                return
        raise unread("too many certificates")

    def _read(self, entry: Any) -> CertificateRecord:
        record = guarded(lambda: self._record(_certificate(entry["base64Cert"]), _revocation(entry)), None)
        if record is None:
            raise unread("certificate")
        return record

    # ── acting ──
    def _send_revocation(self, order: RevocationOrder) -> Waiting | bool:
        path = f"v1/certificate/{quote(self._issuer_dn, safe='')}/{order.serial:X}/revoke"
        answer = self._web.put(f"{path}?reason={_REASONS[order.reason]}")
        if answer.status == 202:
            return Waiting("", _("CA menunggu persetujuan untuk mencabut."))
        if answer.status in (200, 409):
            return answer.status == 200
        raise self._no(answer)

    def _send_enrolment(self, order: EnrolmentOrder, key_sha256: str) -> Issued | Waiting:
        """EJBCA takes the subject from the CSR, so one that contradicts the verified case is refused here."""
        require_agreement(order)
        username = _username(key_sha256)
        body = {
            "certificate_request": pem_request(order.csr_der),
            "certificate_profile_name": self._names.certificate_profile,
            "end_entity_profile_name": self._names.end_entity_profile,
            "certificate_authority_name": self._names.authority,
            "username": username,
            "password": self._password(username),
            "include_chain": False,
        }
        answer = self._web.post("v1/certificate/pkcs10enroll", json.dumps(body).encode(), changes=True)
        return self._enrolled(answer, username)

    def poll(self, reference: str) -> Issued | Waiting:
        """Finishes an enrolment once it is approved. Raises Refused when it was turned down."""
        found = _REFERENCE.fullmatch(reference)
        if found is None:
            raise refused(_("Permintaan ini tidak dikenal oleh CA."), "ca.unknown_request")
        number, username = found.groups()
        if issued := self._of_user(username):
            return issued
        if not number:
            return _waiting(reference)
        body = {"response_format": "DER", "password": self._password(username)}
        answer = self._web.post(f"v1/certificate/{number}/finalize", json.dumps(body).encode(), changes=True)
        return _waiting(reference) if answer.status == 202 else self._enrolled(answer, username)

    def _enrolled(self, answer: Answer, username: str) -> Issued | Waiting:
        if answer.status == 202:
            if json_in(answer) is None:
                raise lost("no words in the answer")  # which request waits cannot be told
            number = _REQUEST_ID.search(words_of(answer))
            return _waiting(f"{number.group(1) if number else ''}/{username}")
        if answer.status not in (200, 201):
            raise self._no(answer)
        der = guarded(lambda: _certificate(json_in(answer)["certificate"]), b"")
        if not der:
            raise lost("no certificate in the answer")
        return self._issued(der)

    def _password(self, username: str) -> str:
        """The end entity's enrolment code: never stored, and the same when the order is finished."""
        return hmac.digest(self._names.pkcs12, username.encode(), hashlib.sha256).hex()[:40]


def _username(key_sha256: str) -> str:
    return f"lockdesk-{key_sha256[:40]}"


def _waiting(reference: str) -> Waiting:
    return Waiting(reference, _("CA menunggu persetujuan."))


def _criterion(name: str, value: str, operation: str) -> dict[str, str]:
    return {"property": name, "value": value, "operation": operation}


def _certificate(text: str) -> bytes:
    """The certificate (DER) in base64 once, as enrolments give it, or twice, as searches do, or in PEM."""
    data = text.encode()
    for _layer in range(3):
        certificate = guarded(partial(load_certificate, data), None)
        if certificate is not None:
            return certificate.public_bytes(Encoding.DER)
        data = base64.b64decode(data)
    raise ValueError("no certificate")


def _revocation(entry: Mapping[str, Any]) -> RevocationEntry | None:
    """From milliseconds since 1970 and the number of the reason."""
    reason, at = int(entry["revocationReason"]), int(entry["revocationDate"])
    if reason in (_NOT_REVOKED, _REMOVED) or at <= 0:
        return None
    serial = int(entry["serialNumber"], 16)
    return RevocationEntry(serial, datetime.fromtimestamp(at // 1000, UTC), _REASON_NUMBERS.get(reason))


ADAPTER = Adapter(EjbcaSettings, EjbcaGateway)
