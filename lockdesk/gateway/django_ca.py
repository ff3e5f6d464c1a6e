"""django-ca 3.2 through its REST interface (django-ca.readthedocs.io, "REST API").

It checks neither a CSR's signature nor its key's size, and gives neither the profile's nor the CSR's extensions:
what is certified is admitted here, and the extensions of a signing certificate are sent along.
"""

import json
from dataclasses import field, replace
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from lockdesk.core.operations import REASON_NAMES
from lockdesk.desk.ports import Clock
from lockdesk.desk.values.authority import (
    CertificateRecord,
    CheckItem,
    EnrolmentOrder,
    Issued,
    RevocationOrder,
    Waiting,
)
from lockdesk.errors import LockdeskError, Unreachable
from lockdesk.gateway.remote import OTHER_CHAIN, refused, unread
from lockdesk.gateway.rest import RestGateway, words_of
from lockdesk.gateway.settings import Adapter, CaSettings
from lockdesk.gateway.web import Answer, json_in, lost
from lockdesk.pki.certificates import load_certificate
from lockdesk.pki.certification_request import pem_request
from lockdesk.pki.keys import guarded
from lockdesk.pki.values import RevocationEntry
from lockdesk.records import dataclass
from lockdesk.words import _

_REASONS = {flag.name: flag.value for flag in x509.ReasonFlags}
"""It stores "key_compromise" for what RFC 5280 and its own requests call "keyCompromise"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DjangoCaSettings(CaSettings):
    """`url` ends before "api/", for example https://ca.contoh.go.id/django_ca/."""

    user: str
    password: str = field(repr=False)
    profile: str = "client"
    days: int = 0
    """How long a certificate is to be valid; 0: as long as the CA's settings say."""


class DjangoCaGateway(RestGateway):
    """Implements desk.ports.Gateway."""

    identifier = "django_ca"

    def __init__(self, settings: DjangoCaSettings, clock: Clock) -> None:
        """Raises Declined when a certificate of the settings cannot be used."""
        connection = replace(settings.connection(), user=settings.user, password=settings.password)
        super().__init__(settings, connection, clock)
        self._profile = settings.profile
        self._days = settings.days
        self._authority = f"api/ca/{self._issuer.serial:X}"

    # ── asking ──
    def _greet(self) -> Answer:
        return self._web.get(f"{self._authority}/")

    def _told(self, greeting: Answer) -> tuple[CheckItem, ...]:
        try:
            same = _der_of(self._asked(greeting)) == self._chain[0]
            profile = self._web.get(f"api/profiles/{quote(self._profile, safe='')}/")
        except LockdeskError as error:
            return (CheckItem("ca.authorised", False, str(error)),)
        allowed, known = profile.status not in (401, 403), profile.status == 200
        different = _(OTHER_CHAIN)
        may_not = _(
            "Akun petugas tidak berwenang menerbitkan sertifikat. Minta pengelola CA memberi hak menerbitkan dan "
            "mencabut."
        )
        unknown = _("Profil sertifikat tidak dikenal oleh CA. Periksa nama profil dengan pengelola CA.")
        return (
            CheckItem("ca.certificate", same, _("Sertifikat CA sesuai dengan pengaturan.") if same else different),
            CheckItem("ca.authorised", allowed, _("Petugas berwenang menerbitkan.") if allowed else may_not),
            CheckItem("ca.profile", known, _("Profil sertifikat tersedia.") if known else unknown),
        )

    def find_by_serial(self, serial: int) -> CertificateRecord | None:
        """The certificate with this serial; None when the CA has none. Raises Unreachable."""
        answer = self._web.get(f"{self._authority}/certs/{serial:X}/")
        if answer.status == 404:
            return None
        if answer.status == 500:
            # What 3.2 answers for an unknown serial; only the list can tell that from a fault.
            return next((record for record in self._records() if record.facts.serial == serial), None)
        return self._read(self._asked(answer))

    def _records(self) -> tuple[CertificateRecord, ...]:
        """All of the CA's: it can be asked neither by key nor by subject, and its list has no pages."""
        entries = self._asked(self._web.get(f"{self._authority}/certs/?expired=true&revoked=true"))
        if not isinstance(entries, list):
            raise unread("certificates")
        return tuple(self._read(entry) for entry in entries)

    def _read(self, entry: Any) -> CertificateRecord:
        record = guarded(lambda: self._record(_der_of(entry), _revocation(entry)), None)
        if record is None:
            raise unread("certificate")
        return record

    # ── acting ──
    def _send_revocation(self, order: RevocationOrder) -> bool:
        body = json.dumps({"reason": REASON_NAMES[order.reason]}).encode()
        answer = self._web.post(f"{self._authority}/certs/{order.serial:X}/revoke/", body, changes=True)
        if answer.status == 200:
            return True
        if answer.status == 400:
            return False
        raise self._no(answer)

    def _send_enrolment(self, order: EnrolmentOrder, key_sha256: str) -> Issued | Waiting:
        del key_sha256
        body = json.dumps(self._request(order)).encode()
        answer = self._web.post(f"{self._authority}/sign/", body, changes=True)
        if answer.status != 200:
            raise self._no(answer)
        reference = guarded(lambda: str(json_in(answer)["slug"]), "")
        if not reference:
            raise lost("no order in the answer")
        try:
            return self.poll(reference)
        except Unreachable:
            # The order is made: what cannot be asked after now is asked after later.
            return _waiting(reference)

    def _request(self, order: EnrolmentOrder) -> dict[str, Any]:
        subject = (
            (NameOID.COUNTRY_NAME, "ID"),
            (NameOID.ORGANIZATION_NAME, order.organization),
            (NameOID.COMMON_NAME, order.common_name),
            (NameOID.SERIAL_NUMBER, order.serial_number),
            (NameOID.EMAIL_ADDRESS, order.email),
        )
        extensions: list[dict[str, Any]] = [
            {"type": "key_usage", "critical": True, "value": ["digitalSignature", "nonRepudiation"]}
        ]
        if order.email:
            names = [{"type": "email", "value": order.email}]
            extensions.append({"type": "subject_alternative_name", "critical": False, "value": names})
        request: dict[str, Any] = {
            "csr": pem_request(order.csr_der),
            "profile": self._profile,
            "subject": [{"oid": oid.dotted_string, "value": value} for oid, value in subject if value],
            "extensions": extensions,
        }
        if self._days:
            request["not_after"] = (self._clock.now() + timedelta(days=self._days)).isoformat()
        return request

    def poll(self, reference: str) -> Issued | Waiting:
        """Asks after an order by its slug. Raises Refused when the CA could not sign, or knows no such order."""
        answer = self._web.get(f"{self._authority}/orders/{quote(reference, safe='')}/")
        if answer.status == 404:
            raise refused(_("Permintaan ini tidak dikenal oleh CA."), "ca.unknown_request")
        order = self._asked(answer)
        status = guarded(lambda: order["status"], "")
        serial = guarded(lambda: int(order["serial"], 16), None)
        if status == "pending":
            return _waiting(reference)
        if status == "failed":
            raise refused(_("CA tidak dapat menerbitkan sertifikat ini."), "ca.refused", words_of(answer))
        record = self.find_by_serial(serial) if serial else None
        if record is None:
            raise unread("order")
        return self._issued(record.der)


def _waiting(reference: str) -> Waiting:
    return Waiting(reference, _("CA sedang memproses permintaan."))


def _der_of(entry: Any) -> bytes:
    """The certificate in an entry of the CA's list. Raises Unreachable."""
    certificate = guarded(lambda: load_certificate(str(entry["certificate"]["pem"]).encode()), None)
    if certificate is None:
        raise unread("certificate")
    return certificate.public_bytes(Encoding.DER)


def _revocation(entry: Any) -> RevocationEntry | None:
    """Raises KeyError and ValueError when it cannot be read. In full seconds, as the CA signs it."""
    if not entry["revoked"]:
        return None
    at = datetime.fromisoformat(entry["revoked_date"]).replace(microsecond=0)
    if at.tzinfo is None:
        raise ValueError("a moment without its zone")
    reason = _REASONS.get(entry["revoked_reason"])
    return RevocationEntry(int(entry["certificate"]["serial"], 16), at, None if reason == "unspecified" else reason)


ADAPTER = Adapter(DjangoCaSettings, DjangoCaGateway)
