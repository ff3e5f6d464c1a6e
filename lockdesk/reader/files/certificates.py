"""Certificates in what a person brings: PEM, DER, PKCS#7, or attached to a mail."""

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, pkcs7

from lockdesk.pki.keys import guarded
from lockdesk.pki.pem import pem_blocks
from lockdesk.reader.files.kinds import is_mail
from lockdesk.reader.files.mail import parse_mail

MOST_CERTIFICATES = 20


def read_certificates(content: bytes) -> tuple[bytes, ...]:
    """Every certificate as DER, in its order, each once; empty when there are none. Never raises."""
    parts = [content]
    if is_mail(content):
        originals: dict[int, bytes] = {}
        mail = parse_mail(content, originals)
        parts = [*originals.values(), mail.text.encode()]
    found = [der for part in parts for der in _in(part)]
    return tuple(dict.fromkeys(found))[:MOST_CERTIFICATES]


def _in(content: bytes) -> list[bytes]:
    for read in (
        lambda: [x509.load_der_x509_certificate(der) for der in pem_blocks(content, "CERTIFICATE")],
        lambda: pkcs7.load_pem_pkcs7_certificates(content),
        lambda: [x509.load_der_x509_certificate(content)],
        lambda: pkcs7.load_der_pkcs7_certificates(content),
    ):
        certificates = guarded(read, [])
        if certificates:
            return [item.public_bytes(Encoding.DER) for item in certificates]
    return []
