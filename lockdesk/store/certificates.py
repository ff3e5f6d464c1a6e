"""Certificate records in a column: the DER itself and what the CA said of it; the facts are read anew.

Only where nobody had the DER (the holder read in the CA's portal) are the facts themselves kept.
"""

import base64

from lockdesk.desk.values.authority import CertificateRecord, CertificateStatus
from lockdesk.pki.values import CertificateFacts, RevocationEntry
from lockdesk.records import dataclass
from lockdesk.store.codec import decode, encode


@dataclass(frozen=True, slots=True)
class _Stored:
    der: str
    status: CertificateStatus
    revocation: RevocationEntry | None
    read: CertificateFacts | None = None


def encode_record(record: CertificateRecord) -> str:
    read = None if record.der else record.facts
    return encode(_Stored, _Stored(base64.b64encode(record.der).decode(), record.status, record.revocation, read))


def decode_record(text: str) -> CertificateRecord | None:
    """None for an empty column; raises Damaged when the row does not hold a certificate."""
    if not text:
        return None
    from lockdesk.pki.certificates import parse_certificate  # late: the case list needs no X.509

    stored = decode(_Stored, text)
    der = base64.b64decode(stored.der)
    return CertificateRecord(stored.read or parse_certificate(der), der, stored.status, stored.revocation)
