"""The officer's own certificate and key, as PKCS#12 (RFC 7292)."""

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes
from cryptography.hazmat.primitives.serialization import pkcs12

from lockdesk.errors import Declined
from lockdesk.words import _


def open_pkcs12(content: bytes, passphrase: str) -> tuple[PrivateKeyTypes, x509.Certificate, list[x509.Certificate]]:
    """The key, its certificate and the others beside it. Raises Declined when it cannot be opened."""
    try:
        key, certificate, others = pkcs12.load_key_and_certificates(content, passphrase.encode())
        if key is None or certificate is None:
            raise ValueError("no key or no certificate")
    except ValueError as error:
        raise Declined(
            _("Sertifikat klien (PKCS#12) tidak dapat dibuka."),
            _("Periksa berkas dan passphrase-nya."),
            code="ca.pkcs12",
        ) from error
    return key, certificate, others
