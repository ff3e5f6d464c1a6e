"""Keys, requests and certificates for tests, made on the spot and thrown away."""

from datetime import UTC, datetime, timedelta
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import dsa, ec, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)
from cryptography.x509.oid import NameOID

Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey | dsa.DSAPrivateKey
AT = datetime(2026, 11, 23, 1, 5, tzinfo=UTC)


@cache
def rsa_key(bits: int = 2048, number: int = 0) -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, bits)


@cache
def ec_key(number: int = 0) -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


@cache
def dsa_key() -> dsa.DSAPrivateKey:
    return dsa.generate_private_key(2048)


def name(common_name: str = "Sekar Contohwati", organization: str = "Dinas Contoh") -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "ID"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, organization),
            x509.NameAttribute(NameOID.COMMON_NAME, common_name),
            x509.NameAttribute(NameOID.SERIAL_NUMBER, "199002152019032999"),
            x509.NameAttribute(NameOID.EMAIL_ADDRESS, "sekar@contoh.pekalongankota.go.id"),
        ]
    )


def request(key: Key | None = None, common_name: str = "Sekar Contohwati", organization: str = "Dinas Contoh") -> bytes:
    """A CSR in DER."""
    builder = x509.CertificateSigningRequestBuilder().subject_name(name(common_name, organization))
    return builder.sign(key or ec_key(), hashes.SHA256()).public_bytes(Encoding.DER)


def pem(der: bytes, label: str = "CERTIFICATE REQUEST", width: int = 64) -> bytes:
    import base64

    body = base64.b64encode(der).decode()
    lines = [body[i : i + width] for i in range(0, len(body), width)]
    return "\n".join([f"-----BEGIN {label}-----", *lines, f"-----END {label}-----", ""]).encode()


def private_pem(key: Key, form: PrivateFormat = PrivateFormat.PKCS8) -> bytes:
    return key.private_bytes(Encoding.PEM, form, NoEncryption())


def private_der(key: Key, form: PrivateFormat = PrivateFormat.PKCS8) -> bytes:
    return key.private_bytes(Encoding.DER, form, NoEncryption())


def spki(key: Key) -> bytes:
    return key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def certificate(
    subject_key: Key,
    issuer_key: Key,
    subject: x509.Name,
    issuer: x509.Name,
    *,
    ca: bool = False,
    serial: int = 0,
    days: int = 365,
    usage: bool = True,
) -> bytes:
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(subject_key.public_key())
        .serial_number(serial or x509.random_serial_number())
        .not_valid_before(AT - timedelta(days=10))
        .not_valid_after(AT + timedelta(days=days))
        .add_extension(x509.BasicConstraints(ca, None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(subject_key.public_key()), critical=False)
    )
    if usage:
        bits = {"key_encipherment": False, "data_encipherment": False, "key_agreement": False}
        bits |= {"encipher_only": False, "decipher_only": False, "crl_sign": ca, "key_cert_sign": ca}
        signing = {"digital_signature": not ca, "content_commitment": not ca}
        builder = builder.add_extension(x509.KeyUsage(**bits, **signing), critical=True)
    return builder.sign(issuer_key, hashes.SHA256()).public_bytes(Encoding.DER)


def empty_crl(key: Key, issuer: str = "Penerbit") -> bytes:
    """A list on which nobody stands, in force for some weeks."""
    builder = x509.CertificateRevocationListBuilder().issuer_name(name(issuer))
    signed = builder.last_update(AT).next_update(AT + timedelta(days=39)).sign(key, hashes.SHA256())
    return signed.public_bytes(Encoding.DER)
