"""The certificates of a settings field, as an administrator compares them with what the CA publishes."""

from datetime import datetime

from lockdesk.errors import Refused
from lockdesk.pki.certificates import parse_certificate
from lockdesk.pki.pem import pem_blocks
from lockdesk.records import dataclass

_GROUP = 8


@dataclass(frozen=True, slots=True)
class CertificateLine:
    """`fingerprint`: SHA-256 over the DER in pairs of hex digits, a blank after every eighth, so that it wraps."""

    name: str
    fingerprint: str
    until: datetime


def certificate_lines(pem: str) -> tuple[CertificateLine, ...]:
    """Every certificate in it that can be read."""
    found = []
    for der in pem_blocks(pem.encode(), "CERTIFICATE"):
        try:
            facts = parse_certificate(der)
        except Refused:
            continue
        name = facts.subject.common_name or facts.subject.text
        found.append(CertificateLine(name, _grouped(facts.sha256.upper()), facts.not_after))
    return tuple(found)


def _grouped(digest: str) -> str:
    pairs = [digest[at : at + 2] for at in range(0, len(digest), 2)]
    return " ".join(":".join(pairs[at : at + _GROUP]) for at in range(0, len(pairs), _GROUP))
