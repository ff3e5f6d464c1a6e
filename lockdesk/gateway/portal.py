"""The CA's web portal, in which a person acts: the program guides, waits, and proves the result itself.

Nothing is called revoked or issued on somebody's word: the CA's signed OCSP answer or CRL shows the one, the
certificate itself the other.
"""

from collections.abc import Sequence
from dataclasses import field

from lockdesk.desk.ports import Clock
from lockdesk.desk.values.authority import (
    CertificateRecord,
    CheckItem,
    EnrolmentOrder,
    Issued,
    RevocationOrder,
    SignedStatus,
    Waiting,
)
from lockdesk.errors import LockdeskError, Refused, Unreachable
from lockdesk.gateway.admission import read_acceptable
from lockdesk.gateway.esign import ClientService
from lockdesk.gateway.settings import Adapter, chain_in
from lockdesk.gateway.status import StatusSource
from lockdesk.gateway.web import Connection
from lockdesk.pki.certificates import chain_problem, parse_certificate
from lockdesk.pki.values import CertificateFacts
from lockdesk.records import dataclass
from lockdesk.words import _


@dataclass(frozen=True, slots=True)
class PortalSettings:
    """What FIELDS asks for. `ca_name` is what the office calls the CA; `chain_pem` has the issuer first."""

    ca_name: str
    chain_pem: bytes = b""
    actor: str = "applicant"
    portal_url: str = ""
    ocsp_url: str = ""
    crl_url: str = ""
    delta_url: str = ""
    esign_url: str = ""
    esign_user: str = ""
    esign_password: str = field(default="", repr=False)
    proxy: str = field(default="", repr=False)
    """May hold a name and a password."""
    seconds: float = 20.0


class PortalGateway:
    """Implements desk.ports.Gateway. Thread-safe."""

    identifier = "portal"
    training = False
    searches = False
    by_hand = True

    def __init__(self, settings: PortalSettings, clock: Clock) -> None:
        """Raises Declined when the CA's certificates cannot be read; without any it only says so."""
        self._settings = settings
        self._clock = clock
        self._chain = chain_in(settings.chain_pem) if settings.chain_pem else ()
        self._esign = (
            ClientService(
                settings.esign_url, settings.esign_user, settings.esign_password, settings.proxy, settings.seconds
            )
            if settings.esign_url
            else None
        )
        self._status = (
            StatusSource(
                Connection("", proxy=settings.proxy, seconds=settings.seconds),
                self._chain[0],
                ocsp_url=settings.ocsp_url,
                crl_url=settings.crl_url,
                delta_url=settings.delta_url,
            )
            if self._chain
            else None
        )

    @property
    def label(self) -> str:
        return _("portal {ca}").format(ca=self._settings.ca_name)

    def close(self) -> None:
        for part in (self._esign, self._status):
            if part is not None:
                part.close()

    # ── what changes nothing ──
    def check(self) -> tuple[CheckItem, ...]:
        return (*self._proving(), *(self._esign.check() if self._esign is not None else ()))

    def _proving(self) -> tuple[CheckItem, ...]:
        """What the proof of a revocation needs; the eSign Client Service proves nothing."""
        items = [self._chain_item()]
        if self._status is not None and items[0].ok:
            words = _("Alamat OCSP dan CRL diambil dari sertifikat lama tiap kasus.")
            items += self._status.check() or (CheckItem("status.address", True, words),)
        return tuple(items)

    def _chain_item(self) -> CheckItem:
        if not self._chain:
            return CheckItem("ca.certificate", False, str(self._no_chain()))
        problem = chain_problem(self._chain, self._clock.now())
        name = parse_certificate(self._chain[0]).subject.common_name
        words = problem or _("Sertifikat CA dikenal: {name}.").format(name=name)
        return CheckItem("ca.certificate", not problem, words)

    def _no_chain(self) -> Unreachable:
        return Unreachable(
            _("Sertifikat {ca} belum dipasang: hasilnya belum dapat dibuktikan.").format(ca=self._settings.ca_name),
            _("Pasang sertifikat CA di Pengaturan, bagian Sambungan CA."),
            code="portal.no_chain",
        )

    def preflight(self, csr_der: bytes) -> tuple[CheckItem, ...]:
        objection = _objection(csr_der)
        words = objection or (_("CSR dapat diterima CA.") if csr_der else _("Tanpa CSR: kunci dibuat di portal."))
        return (*self._proving(), CheckItem("csr.acceptable", not objection, words))

    def find_by_serial(self, serial: int) -> CertificateRecord | None:
        del serial
        raise self._not_searchable()

    def find_by_key(self, key_sha256: str) -> tuple[CertificateRecord, ...]:
        del key_sha256
        raise self._not_searchable()

    def find_by_holder(self, identifiers: frozenset[str]) -> tuple[CertificateRecord, ...]:
        del identifiers
        raise self._not_searchable()

    def _not_searchable(self) -> Unreachable:
        return Unreachable(
            _("Portal {ca} tidak dapat ditanya oleh program.").format(ca=self._settings.ca_name),
            _("Catat pemegang sertifikat yang tampil di portal, atau masukkan berkas sertifikatnya."),
            code="portal.not_searchable",
        )

    def issuer_chain(self) -> tuple[bytes, ...]:
        if not self._chain:
            raise self._no_chain()
        return self._chain

    def signed_status(self, serial: int, certificate: CertificateFacts | None = None) -> tuple[SignedStatus, ...]:
        if self._status is None:
            raise self._no_chain()
        ocsp_urls: Sequence[str] = certificate.ocsp_urls if certificate is not None else ()
        crl_urls: Sequence[str] = certificate.crl_urls if certificate is not None else ()
        return self._status.signed_status(serial, ocsp_urls=ocsp_urls, crl_urls=crl_urls)

    def holder_status(self, nik: str) -> str:
        """What the eSign Client Service says; an unusable answer is said, never raised: it proves nothing."""
        if self._esign is None:
            return ""
        try:
            return self._esign.holder_status(nik)
        except LockdeskError as error:
            return error.message

    # ── what a person does ──
    def revoke(self, order: RevocationOrder) -> Waiting | None:
        subject = parse_certificate(self.issuer_chain()[0]).subject
        if order.issuer not in ("", subject.text, subject.common_name):
            raise Refused(
                _("Sertifikat ini diterbitkan CA lain."), _("Periksa kembali sertifikat lama."), code="ca.other_issuer"
            )
        words = {
            "applicant": _("Menunggu pemohon mencabut sertifikatnya di portal {ca}."),
            "officer": _("Menunggu petugas mencabut sertifikat di portal {ca}."),
        }
        return Waiting("", words[self._settings.actor].format(ca=self._settings.ca_name))

    def enrol(self, order: EnrolmentOrder) -> Issued | Waiting:
        if objection := _objection(order.csr_der):
            raise Refused(objection, _("Minta CSR baru kepada pemohon."), code="ca.csr_refused")
        return self._waiting_for_certificate(order.request_id)

    def _waiting_for_certificate(self, reference: str) -> Waiting:
        words = {
            "applicant": _("Menunggu pemohon mengajukan sertifikat baru di portal {ca} dan mengirimkannya."),
            "officer": _("Menunggu petugas mengajukan sertifikat baru di portal {ca} dan memasukkannya."),
        }
        return Waiting(reference, words[self._settings.actor].format(ca=self._settings.ca_name))

    def poll(self, reference: str) -> Issued | Waiting:
        """A person brings the certificate; until then there is nothing to find."""
        return self._waiting_for_certificate(reference)

    def recall(self, request_id: str, key_sha256: str) -> Issued | Waiting | None:
        del key_sha256
        return self._waiting_for_certificate(request_id)


def _objection(csr_der: bytes) -> str:
    """Why a CSR may not be certified; without one there is nothing to object to."""
    return read_acceptable(csr_der)[1] if csr_der else ""


ADAPTER = Adapter(PortalSettings, PortalGateway)
