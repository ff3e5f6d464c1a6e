"""RFC 7468: DER as text and back."""

import base64
import binascii
import re
from functools import partial

from cryptography import x509

from lockdesk.pki.keys import guarded


def as_pem(der: bytes, label: str) -> bytes:
    """The textual form, in lines of 64."""
    body = base64.b64encode(der).decode()
    lines = [body[start : start + 64] for start in range(0, len(body), 64)]
    return "\n".join((f"-----BEGIN {label}-----", *lines, f"-----END {label}-----", "")).encode()


def certificates_pem(content: bytes) -> str:
    """The certificates in a file as PEM and nothing else: of a PEM file whatever stands around them is left out, a
    single one in DER is put into words. "" where there is none, or where one of them cannot be read."""
    ders = pem_blocks(content, "CERTIFICATE") or [content]
    if any(guarded(partial(x509.load_der_x509_certificate, der), None) is None for der in ders):
        return ""
    return b"".join(as_pem(der, "CERTIFICATE") for der in ders).decode()


def pem_blocks(content: bytes, label: str) -> list[bytes]:
    """The DER of every block with this label; one that is no base64 is left out."""
    block = re.compile(rf"-----BEGIN {label}-----(.*?)-----END {label}-----".encode(), re.DOTALL)
    found = []
    for body in block.findall(content):
        try:
            found.append(base64.b64decode(b"".join(body.split()), validate=True))
        except binascii.Error:
            continue
    return found
