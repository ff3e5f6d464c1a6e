"""RFC 7468: DER as text and back."""

import base64
import binascii
import re


def as_pem(der: bytes, label: str) -> bytes:
    """The textual form, in lines of 64."""
    body = base64.b64encode(der).decode()
    lines = [body[start : start + 64] for start in range(0, len(body), 64)]
    return "\n".join((f"-----BEGIN {label}-----", *lines, f"-----END {label}-----", "")).encode()


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
