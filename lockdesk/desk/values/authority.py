"""What goes to a certificate authority and comes back from it."""

from enum import StrEnum

from lockdesk.core.operations import RevocationReason
from lockdesk.pki.values import CertificateFacts, RevocationEntry
from lockdesk.records import dataclass


class CertificateStatus(StrEnum):
    GOOD = "good"
    REVOKED = "revoked"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class CertificateRecord:
    """A certificate as the CA knows it, or as the officer read it in the CA's portal (`der` is b"" then)."""

    facts: CertificateFacts
    der: bytes
    status: CertificateStatus
    revocation: RevocationEntry | None = None


@dataclass(frozen=True, slots=True)
class CheckItem:
    """One line of a preflight or of "Uji sambungan": what was tried and, if it failed, why (Indonesian). What does not
    hinder is only told: there is another way to the same end."""

    name: str
    ok: bool
    words: str
    hinders: bool = True


@dataclass(frozen=True, slots=True)
class RevocationOrder:
    """What is to be revoked. `request_id` is unique per operation and stored before sending."""

    request_id: str
    issuer: str
    serial: int
    reason: RevocationReason


@dataclass(frozen=True, slots=True)
class EnrolmentOrder:
    """A CSR to be certified, b"" where a person applies in a portal without one. `subject_*` come from the verified
    case, never from the CSR."""

    request_id: str
    csr_der: bytes
    common_name: str
    organization: str
    email: str
    serial_number: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """The CA wants a person's approval first. `reference` is what `poll` takes."""

    reference: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Issued:
    """The certificate that came back, not yet checked, and the chain up to the root (DER)."""

    certificate_der: bytes
    chain_der: tuple[bytes, ...]


class StatusKind(StrEnum):
    """What a CA signs about revocations: RFC 6960, RFC 5280 sections 5 and 5.2.4."""

    OCSP = "ocsp"
    CRL = "crl"
    DELTA_CRL = "delta_crl"


@dataclass(frozen=True, slots=True)
class SignedStatus:
    """Bytes that the CA is said to have signed about a serial, not yet checked (DER)."""

    kind: StatusKind
    der: bytes
