"""The X.509 side of the training CA: its root, the profile of what it issues, CRLs, OCSP answers.

Profile: RFC 5280; document signing per RFC 9336. Everything carries PELATIHAN in its organisation, and its
addresses end in .invalid (RFC 2606), so that nothing of it can be taken for real.
"""

import secrets
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_der_private_key,
    load_der_public_key,
)
from cryptography.x509 import ocsp
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID, NameOID

from lockdesk.core.operations import REASON_NAMES, RevocationReason
from lockdesk.records import dataclass

MARK = "PELATIHAN"
_SITE = "http://ca.pelatihan.invalid"
_POLICY = x509.ObjectIdentifier("1.3.6.1.4.1.32473.3375.1")  # the number kept for examples (RFC 5612)
_DOCUMENT_SIGNING = x509.ObjectIdentifier("1.3.6.1.5.5.7.3.36")
_ROOT_FROM, _ROOT_UNTIL = datetime(2020, 1, 1, tzinfo=UTC), datetime(2045, 1, 1, tzinfo=UTC)
_LONGEST = 64  # RFC 5280 appendix A: ub-common-name, ub-organization-name, ub-serial-number
CRL_LIFE = timedelta(days=7)
VALIDITY = timedelta(days=730)


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom a certificate names. `serial_number` is 2.5.4.5; empty values are left out."""

    name: str
    organization: str
    email: str
    serial_number: str


@dataclass(frozen=True, slots=True)
class Revocation:
    """A revoked serial with its stored moment."""

    serial: int
    reason: RevocationReason
    at: datetime


def fresh_serial() -> int:
    """A random positive serial of 128 bits."""
    return secrets.randbits(126) | 1 << 126


class Authority:
    """The root key and its certificate."""

    def __init__(self, key_der: bytes, certificate_der: bytes) -> None:
        key = load_der_private_key(key_der, None)
        if not isinstance(key, ec.EllipticCurvePrivateKey):
            raise TypeError("the root key is an elliptic curve key")
        self._key = key
        self.der = certificate_der
        self.certificate = x509.load_der_x509_certificate(certificate_der)

    @classmethod
    def create(cls) -> "Authority":
        """A new self-signed root (EC P-384)."""
        key = ec.generate_private_key(ec.SECP384R1())
        name = x509.Name(
            [
                x509.NameAttribute(NameOID.COUNTRY_NAME, "ID"),
                x509.NameAttribute(NameOID.ORGANIZATION_NAME, MARK),
                x509.NameAttribute(NameOID.COMMON_NAME, "CA Pelatihan LockDesk"),
            ]
        )
        certificate = (
            x509.CertificateBuilder(name, name, key.public_key(), fresh_serial(), _ROOT_FROM, _ROOT_UNTIL)
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .add_extension(_usage("key_cert_sign", "crl_sign", "digital_signature"), critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
            .sign(key, hashes.SHA384())
        )
        return cls(
            key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption()),
            certificate.public_bytes(Encoding.DER),
        )

    def key_der(self) -> bytes:
        """The root's private key (PKCS#8), for the encrypted ledger only."""
        return self._key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())

    def issue(self, subject: Subject, spki: bytes, serial: int, start: datetime, end: datetime) -> bytes:
        """A person's certificate (DER) on the public key `spki`."""
        key = load_der_public_key(spki)
        builder = (
            x509.CertificateBuilder()
            .subject_name(_name(subject))
            .issuer_name(self.certificate.subject)
            .public_key(key)  # type: ignore[arg-type]
            .serial_number(serial)
            .not_valid_before(start)
            .not_valid_after(end)
            .add_extension(self._authority_key(), critical=False)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)  # type: ignore[arg-type]
            .add_extension(_usage("digital_signature", "content_commitment"), critical=True)
            .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CLIENT_AUTH, _DOCUMENT_SIGNING]), critical=False)
            .add_extension(x509.CertificatePolicies([x509.PolicyInformation(_POLICY, None)]), critical=False)
            .add_extension(_crl_place(), critical=False)
            .add_extension(_access_places(), critical=False)
        )
        if subject.email:
            names = x509.SubjectAlternativeName([x509.RFC822Name(subject.email)])
            builder = builder.add_extension(names, critical=False)
        return builder.sign(self._key, hashes.SHA384()).public_bytes(Encoding.DER)

    def crl(self, revocations: Iterable[Revocation], number: int, at: datetime) -> bytes:
        """The complete CRL v2 (DER). An unspecified reason is left out (RFC 5280 section 5.3.1)."""
        builder = (
            x509.CertificateRevocationListBuilder()
            .issuer_name(self.certificate.subject)
            .last_update(at)
            .next_update(at + CRL_LIFE)
            .add_extension(self._authority_key(), critical=False)
            .add_extension(x509.CRLNumber(number), critical=False)
        )
        for revocation in revocations:
            entry = x509.RevokedCertificateBuilder(revocation.serial, revocation.at)
            if reason := _flag(revocation.reason):
                entry = entry.add_extension(x509.CRLReason(reason), critical=False)
            builder = builder.add_revoked_certificate(entry.build())
        return builder.sign(self._key, hashes.SHA384()).public_bytes(Encoding.DER)

    def status_answer(
        self, request: ocsp.OCSPRequest, known: bool, revocation: Revocation | None, at: datetime
    ) -> bytes:
        """The signed answer to `request`, good for a day."""
        status = ocsp.OCSPCertStatus.GOOD if known else ocsp.OCSPCertStatus.UNKNOWN
        status = ocsp.OCSPCertStatus.REVOKED if revocation else status
        builder = ocsp.OCSPResponseBuilder().add_response_by_hash(
            request.issuer_name_hash,
            request.issuer_key_hash,
            request.serial_number,
            request.hash_algorithm,
            status,
            at,
            at + timedelta(days=1),
            revocation.at if revocation else None,
            _flag(revocation.reason) if revocation else None,
        )
        for extension in request.extensions:
            if isinstance(extension.value, x509.OCSPNonce):
                builder = builder.add_extension(extension.value, critical=False)
        responder = builder.responder_id(ocsp.OCSPResponderEncoding.HASH, self.certificate)
        return responder.certificates([self.certificate]).sign(self._key, hashes.SHA384()).public_bytes(Encoding.DER)

    def answers_for(self, request: ocsp.OCSPRequest) -> bool:
        """Whether the request is about a certificate of this CA."""
        digest = hashes.Hash(request.hash_algorithm)
        digest.update(self.certificate.subject.public_bytes())
        return digest.finalize() == request.issuer_name_hash

    def _authority_key(self) -> x509.AuthorityKeyIdentifier:
        identifier = self.certificate.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
        return x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(identifier)


def _flag(reason: RevocationReason) -> x509.ReasonFlags | None:
    return None if reason is RevocationReason.UNSPECIFIED else x509.ReasonFlags(REASON_NAMES[reason])


def _name(subject: Subject) -> x509.Name:
    organization = f"{subject.organization[: _LONGEST - len(MARK) - 3].strip()} ({MARK})".strip()
    attributes = [
        (NameOID.COUNTRY_NAME, "ID"),
        (NameOID.ORGANIZATION_NAME, organization),
        (NameOID.COMMON_NAME, subject.name[:_LONGEST].strip()),
        (NameOID.SERIAL_NUMBER, subject.serial_number[:_LONGEST]),
    ]
    return x509.Name([x509.NameAttribute(oid, value) for oid, value in attributes if value])


def _usage(*bits: str) -> x509.KeyUsage:
    names = ("digital_signature", "content_commitment", "key_encipherment", "data_encipherment",
             "key_agreement", "key_cert_sign", "crl_sign", "encipher_only", "decipher_only")  # fmt: skip
    return x509.KeyUsage(**{name: name in bits for name in names})


def _crl_place() -> x509.CRLDistributionPoints:
    place = x509.UniformResourceIdentifier(f"{_SITE}/ca.crl")
    return x509.CRLDistributionPoints([x509.DistributionPoint([place], None, None, None)])


def _access_places() -> x509.AuthorityInformationAccess:
    methods = (
        (AuthorityInformationAccessOID.OCSP, "ocsp"),
        (AuthorityInformationAccessOID.CA_ISSUERS, "ca.cer"),
    )
    return x509.AuthorityInformationAccess(
        [x509.AccessDescription(method, x509.UniformResourceIdentifier(f"{_SITE}/{path}")) for method, path in methods]
    )
