"""Electronically signed letters by a throw-away CA, one for each outcome."""

import io
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, pkcs12
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from reportlab.pdfgen.canvas import Canvas

Key = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
AT = datetime(2026, 11, 23, 1, 5, tzinfo=UTC)


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _usage(signs_certificates: bool) -> x509.KeyUsage:
    signs = not signs_certificates
    return x509.KeyUsage(signs, signs, False, False, False, signs_certificates, signs_certificates, False, False)


@dataclass(frozen=True)
class Authority:
    """A CA that exists for one test run."""

    key: Key
    certificate: x509.Certificate

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(Encoding.DER)

    def issue(self, key: Key, name: str, start: datetime, days: int) -> x509.Certificate:
        builder = x509.CertificateBuilder(
            self.certificate.subject, _name(name), key.public_key(), x509.random_serial_number()
        )
        builder = builder.not_valid_before(start).not_valid_after(start + timedelta(days=days))
        return builder.add_extension(_usage(False), critical=True).sign(self.key, hashes.SHA256())

    def crl(self, *revoked: x509.Certificate) -> bytes:
        builder = x509.CertificateRevocationListBuilder(self.certificate.subject)
        builder = builder.last_update(AT - timedelta(hours=1)).next_update(AT + timedelta(days=30))
        for certificate in revoked:
            entry = x509.RevokedCertificateBuilder(certificate.serial_number, AT - timedelta(days=1))
            builder = builder.add_revoked_certificate(entry.build())
        return builder.sign(self.key, hashes.SHA256()).public_bytes(Encoding.DER)


@cache
def authority(name: str = "CA Contoh") -> Authority:
    key = ec.generate_private_key(ec.SECP256R1())
    start = AT - timedelta(days=900)
    builder = x509.CertificateBuilder(_name(name), _name(name), key.public_key(), x509.random_serial_number())
    builder = builder.not_valid_before(start).not_valid_after(start + timedelta(days=3650))
    builder = builder.add_extension(x509.BasicConstraints(True, None), critical=True)
    builder = builder.add_extension(_usage(True), critical=True)
    return Authority(key, builder.sign(key, hashes.SHA256()))


def letter(text: str = "Nama : Sekar Contohwati") -> bytes:
    buffer = io.BytesIO()
    page = Canvas(buffer, invariant=1)
    page.drawString(70, 760, "SURAT PERNYATAAN")
    page.drawString(70, 700, text)
    page.save()
    return buffer.getvalue()


def sign(pdf: bytes, key: Key, certificate: x509.Certificate, field: str = "TandaTangan") -> bytes:
    """A PAdES signature over the whole of `pdf`."""
    store = pkcs12.serialize_key_and_certificates(b"x", key, certificate, None, NoEncryption())
    signer = signers.SimpleSigner.load_pkcs12_data(store, other_certs=[], passphrase=None)
    details = signers.PdfSignatureMetadata(
        field_name=field, subfilter=fields.SigSeedSubFilter.PADES, md_algorithm="sha256"
    )
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    return bytes(signers.sign_pdf(writer, details, signer=signer).getbuffer())


def signed_by(ca: Authority, start: datetime = AT - timedelta(days=30), days: int = 365,
              key: Key | None = None) -> tuple[bytes, x509.Certificate]:  # fmt: skip
    """A letter signed with a fresh certificate of `ca`, and that certificate."""
    own = key or ec.generate_private_key(ec.SECP256R1())
    certificate = ca.issue(own, "Sekar Contohwati", start, days)
    return sign(letter(), own, certificate), certificate
