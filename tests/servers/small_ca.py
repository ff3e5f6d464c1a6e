"""A small CA made on the spot, with everything signed for real: certificates, CRL, delta CRL, OCSP."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)
from cryptography.x509 import ocsp
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

DAY = timedelta(days=1)
Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey
PASSPHRASE = "uji-coba"


def now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


def common_name(words: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COUNTRY_NAME, "ID"), x509.NameAttribute(NameOID.COMMON_NAME, words)])


def usage(*names: str) -> x509.KeyUsage:
    every = (
        *("digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement"),
        *("key_cert_sign", "crl_sign", "encipher_only", "decipher_only"),
    )
    return x509.KeyUsage(**{name: name in names for name in every})


def fresh_like(key: Key) -> Key:
    if isinstance(key, rsa.RSAPrivateKey):
        return rsa.generate_private_key(65537, 2048)
    return ec.generate_private_key(ec.SECP256R1())


def pem_of(key: Key) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


@dataclass
class SmallCa:
    """A self-signed CA. `revoked` is what its CRLs and OCSP answers tell; `places` goes into its certificates."""

    name: str
    key: Key = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    revoked: dict[int, tuple[datetime, x509.ReasonFlags]] = field(default_factory=dict)
    ocsp_url: str = ""
    crl_url: str = ""
    issued: dict[int, x509.Certificate] = field(default_factory=dict)

    def __post_init__(self) -> None:
        subject = common_name(self.name)
        self.certificate = (
            x509.CertificateBuilder(subject, subject, self.key.public_key(), x509.random_serial_number())
            .not_valid_before(now() - DAY)
            .not_valid_after(now() + 3650 * DAY)
            .add_extension(x509.BasicConstraints(True, None), critical=True)
            .add_extension(usage("key_cert_sign", "crl_sign", "digital_signature"), critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(self.key.public_key()), critical=False)
            .sign(self.key, hashes.SHA256())
        )

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(Encoding.PEM)

    @property
    def key_pem(self) -> bytes:
        return pem_of(self.key)

    def issue(
        self, subject: x509.Name, public_key: object, *extensions: x509.ExtensionType, days: float = 365
    ) -> x509.Certificate:
        builder = (
            x509.CertificateBuilder(self.certificate.subject, subject, public_key, x509.random_serial_number())  # type: ignore[arg-type]
            .not_valid_before(now() - timedelta(minutes=1) + min(days, 0) * 2 * DAY)
            .not_valid_after(now() + days * DAY)
            .add_extension(x509.BasicConstraints(False, None), critical=True)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key()), critical=False)
        )
        key_id = x509.SubjectKeyIdentifier.from_public_key(public_key)  # type: ignore[arg-type]
        for value in (key_id, *extensions, *self._places()):
            builder = builder.add_extension(value, critical=isinstance(value, x509.KeyUsage))
        certificate = builder.sign(self.key, hashes.SHA256())
        self.issued[certificate.serial_number] = certificate
        return certificate

    def issue_signing(self, csr: x509.CertificateSigningRequest, subject: x509.Name | None = None) -> x509.Certificate:
        """An officer's certificate, as the profiles of a real CA make it."""
        return self.issue(subject or csr.subject, csr.public_key(), usage("digital_signature", "content_commitment"))

    def client_pkcs12(self) -> bytes:
        """A client certificate with its key, of the CA's own sort, under PASSPHRASE."""
        key = fresh_like(self.key)
        purposes = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CLIENT_AUTH])
        certificate = self.issue(common_name("petugas"), key.public_key(), usage("digital_signature"), purposes)
        return pkcs12.serialize_key_and_certificates(
            b"petugas", key, certificate, [self.certificate], BestAvailableEncryption(PASSPHRASE.encode())
        )

    def server_certificate(self, address: str = "127.0.0.1", days: float = 365) -> tuple[Key, x509.Certificate]:
        """For a server on loopback; with another address, or days below zero, for nobody."""
        import ipaddress

        key = ec.generate_private_key(ec.SECP256R1())
        names = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(address))])
        return key, self.issue(common_name(address), key.public_key(), usage("digital_signature"), names, days=days)

    def revoke(self, serial: int, reason: x509.ReasonFlags) -> None:
        self.revoked[serial] = (now(), reason)

    def crl(self, number: int = 1, base: int | None = None, freshest: str = "") -> bytes:
        """The complete list, or with `base` the delta to the list of that number (DER)."""
        builder = (
            x509.CertificateRevocationListBuilder()
            .issuer_name(self.certificate.subject)
            .last_update(now())
            .next_update(now() + DAY)
            .add_extension(x509.CRLNumber(number), critical=False)
        )
        if base is not None:
            builder = builder.add_extension(x509.DeltaCRLIndicator(base), critical=True)
        if freshest:
            point = x509.DistributionPoint([x509.UniformResourceIdentifier(freshest)], None, None, None)
            builder = builder.add_extension(x509.FreshestCRL([point]), critical=False)
        for serial, (at, reason) in self.revoked.items():
            entry = x509.RevokedCertificateBuilder(serial, at).add_extension(x509.CRLReason(reason), critical=False)
            builder = builder.add_revoked_certificate(entry.build())
        return builder.sign(self.key, hashes.SHA256()).public_bytes(Encoding.DER)

    def ocsp(self, request_der: bytes) -> bytes:
        """The signed answer to an OCSP request (DER). Like EJBCA's default it names no nextUpdate."""
        request = ocsp.load_der_ocsp_request(request_der)
        at, reason = self.revoked.get(request.serial_number, (None, None))
        known = ocsp.OCSPCertStatus.GOOD if request.serial_number in self.issued else ocsp.OCSPCertStatus.UNKNOWN
        answer = ocsp.OCSPResponseBuilder().add_response_by_hash(
            request.issuer_name_hash,
            request.issuer_key_hash,
            request.serial_number,
            request.hash_algorithm,
            ocsp.OCSPCertStatus.REVOKED if at else known,
            now(),
            None,
            at,
            reason,
        )
        signed = answer.responder_id(ocsp.OCSPResponderEncoding.HASH, self.certificate)
        return signed.sign(self.key, hashes.SHA256()).public_bytes(Encoding.DER)

    def _places(self) -> list[x509.ExtensionType]:
        places: list[x509.ExtensionType] = []
        if self.ocsp_url:
            where = x509.UniformResourceIdentifier(self.ocsp_url)
            description = x509.AccessDescription(x509.oid.AuthorityInformationAccessOID.OCSP, where)
            places.append(x509.AuthorityInformationAccess([description]))
        if self.crl_url:
            url = x509.UniformResourceIdentifier(self.crl_url)
            places.append(x509.CRLDistributionPoints([x509.DistributionPoint([url], None, None, None)]))
        return places
