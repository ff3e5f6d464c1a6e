"""What the gateways to a CA over the network have in common."""

import contextlib
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

from lockdesk.core.identity import NameMatch, compare_names
from lockdesk.core.operations import REASON_NAMES, RevocationReason
from lockdesk.desk.ports import Clock
from lockdesk.desk.values.authority import CertificateRecord, CertificateStatus, CheckItem, EnrolmentOrder, SignedStatus
from lockdesk.errors import LockdeskError, Refused, Unreachable
from lockdesk.gateway.admission import read_acceptable
from lockdesk.gateway.settings import CaSettings
from lockdesk.gateway.status import StatusSource
from lockdesk.gateway.web import Answer, Connection, Web
from lockdesk.pki.certificates import parse_certificate
from lockdesk.pki.values import CertificateFacts, RevocationEntry, SubjectFacts
from lockdesk.words import N_, _

OTHER_CHAIN = N_(
    "Sertifikat CA pada server berbeda dari pengaturan. Bandingkan sidik jarinya dengan pengelola CA, lalu pasang yang "
    "benar."
)
CLOCKS_APART = timedelta(minutes=5)
"""A CA whose clock differs by more may call fresh what we call stale."""


class RemoteGateway:
    """The chain, the server, the signed statuses and the checks of one CA. Thread-safe."""

    training = False
    by_hand = False

    def __init__(self, settings: CaSettings, connection: Connection, clock: Clock) -> None:
        """`connection` is the settings' own with this gateway's credentials. Raises Declined when a certificate
        of the settings cannot be used."""
        self._settings = settings
        self._clock = clock
        self._chain = settings.chain()
        self._issuer = parse_certificate(self._chain[0])
        self._web = Web(connection)
        self._status = StatusSource(
            connection,
            self._chain[0],
            ocsp_url=settings.ocsp_url,
            crl_url=settings.crl_url,
            delta_url=settings.delta_url,
        )

    @property
    def label(self) -> str:
        """What the status bar calls it: the settings' name, else the CA's own."""
        return self._settings.label or self._issuer.subject.common_name

    def holder_status(self, nik: str) -> str:
        """These CAs have no service that tells a person's status."""
        del nik
        return ""

    def close(self) -> None:
        """Closes its connections."""
        self._web.close()
        self._status.close()

    def issuer_chain(self) -> tuple[bytes, ...]:
        """The CA's certificates as configured, issuer first (DER)."""
        return self._chain

    def signed_status(self, serial: int, certificate: CertificateFacts | None = None) -> tuple[SignedStatus, ...]:
        """What the CA signs about a serial now, from the addresses of the settings, else of the certificate."""
        ocsp_urls, crl_urls = (certificate.ocsp_urls, certificate.crl_urls) if certificate is not None else ((), ())
        return self._status.signed_status(serial, ocsp_urls=ocsp_urls, crl_urls=crl_urls)

    # ── asking without changing ──
    def check(self) -> tuple[CheckItem, ...]:
        """Reachability, the clock, what this kind of CA tells of itself, and the status servers."""
        try:
            answer = self._greet()
        except LockdeskError as error:
            return (CheckItem("ca.reachable", False, str(error)), *self._status.check())
        reached = CheckItem("ca.reachable", True, _("Server CA dapat dihubungi."))
        valid = CheckItem("ca.validity", *self._validity())
        return (reached, self._clocks(answer), valid, *self._told(answer), *self._status.check())

    def _greet(self) -> Answer:
        """The answer to a question that changes nothing. Raises Unreachable."""
        raise NotImplementedError

    def _told(self, greeting: Answer) -> tuple[CheckItem, ...]:
        """Credentials, certificate and profiles, as far as this kind of CA tells. Raises nothing."""
        raise NotImplementedError

    def _validity(self) -> tuple[bool, str]:
        certificates = [parse_certificate(der) for der in self._chain]
        now = self._clock.now()
        if all(item.not_before <= now <= item.not_after for item in certificates):
            return True, _("Sertifikat CA berlaku.")
        return False, _(
            "Sertifikat CA tidak berlaku pada waktu ini. Periksa jam komputer ini, lalu pasang yang berlaku."
        )

    def _clocks(self, answer: Answer) -> CheckItem:
        told = _date(answer)
        if told is None:
            return CheckItem("ca.clock", True, _("Server CA tidak menyebut waktunya."))
        if abs(told - self._clock.now()) > CLOCKS_APART:
            words = _("Jam komputer ini dan jam server CA berbeda lebih dari 5 menit. Setel jam komputer ini.")
            return CheckItem("ca.clock", False, words)
        return CheckItem("ca.clock", True, _("Jam komputer ini sesuai dengan jam server CA."))

    def preflight(self, csr_der: bytes) -> tuple[CheckItem, ...]:
        """`check`, and whether the CSR may be certified."""
        items = self.check()
        if not items[0].ok:
            return items
        _facts, objection = read_acceptable(csr_der)
        return (*items, CheckItem("csr.acceptable", not objection, objection or _("CSR dapat diterima CA.")))

    # ── before anything is sent ──
    def _admit(self, order: EnrolmentOrder) -> str:
        """The hash of the key to be certified. Raises Refused, so that no CA sees what it may fail to check."""
        facts, objection = read_acceptable(order.csr_der)
        if objection or facts is None:
            raise refused(objection, "ca.csr_refused")
        return facts.key.sha256

    def _require_own(self, issuer: str) -> None:
        """Raises Refused when a certificate to be revoked is another CA's."""
        if issuer not in ("", self._issuer.subject.text, self._issuer.subject.common_name):
            raise refused(_("Sertifikat ini diterbitkan CA lain."), "ca.other_issuer")

    def _record(self, der: bytes, revocation: RevocationEntry | None) -> CertificateRecord:
        facts = parse_certificate(der)
        if revocation is not None and revocation.final_at(self._clock.now() + CLOCKS_APART):
            return CertificateRecord(facts, der, CertificateStatus.REVOKED, revocation)
        expired = self._clock.now() > facts.not_after
        return CertificateRecord(facts, der, CertificateStatus.EXPIRED if expired else CertificateStatus.GOOD)


def refused(message: str, code: str, detail: str = "") -> Refused:
    """The CA's no, or our own before it is asked; `detail` holds its words."""
    return Refused(message, _("Periksa data permintaan, lalu ajukan kembali."), detail=detail, code=code)


def require_agreement(order: EnrolmentOrder) -> None:
    """For CAs that take the subject from the CSR: raises Refused when it says other than what was verified."""
    facts, _objection = read_acceptable(order.csr_der)
    said = facts.subject if facts is not None else SubjectFacts("")
    pairs = (
        (said.organization, order.organization),
        (said.email, order.email),
        (said.serial_number, order.serial_number),
    )
    other_name = compare_names(said.common_name, order.common_name) == NameMatch.DIFFERENT
    if other_name or any(one and one.casefold() != other.casefold() for one, other in pairs):
        raise refused(
            _("CA ini mengambil nama pemegang dari CSR, dan CSR berbeda dari permohonan yang diperiksa."),
            "ca.subject_differs",
        )


def unread(detail: str) -> Unreachable:
    """The CA's answer to a question says nothing that can be used."""
    return Unreachable(
        _("Jawaban server CA tidak dapat dipakai."),
        _("Periksa alamat server dalam pengaturan CA, lalu coba lagi."),
        detail=detail,
        code="ca.answer",
    )


def reason_name(reason: RevocationReason) -> str | None:
    """The RFC 5280 name, or None for unspecified, which CRLs leave out (RFC 5280 section 5.3.1)."""
    return None if reason is RevocationReason.UNSPECIFIED else REASON_NAMES[reason]


def _date(answer: Answer) -> datetime | None:
    with contextlib.suppress(ValueError):
        told = parsedate_to_datetime(answer.headers.get("date", ""))
        return told if told.tzinfo is not None else None
    return None
