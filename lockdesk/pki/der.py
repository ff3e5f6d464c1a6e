"""A look at the outer shell of DER (X.690), enough to tell a CSR from a certificate or a private key.

The values inside are read by the cryptography library; this module only counts boxes. It is needed because
that library takes the first thing that parses and says nothing of what lies beside it.
"""

from collections.abc import Iterator

from asn1crypto import parser

from lockdesk.records import dataclass

BOOLEAN, INTEGER, BIT_STRING, OCTET_STRING, OID, SEQUENCE, SET = 0x01, 0x02, 0x03, 0x04, 0x06, 0x30, 0x31
IA5_STRING = 0x16
_ENCRYPTION_OIDS = (
    bytes.fromhex("2a864886f70d010c01"),  # 1.2.840.113549.1.12.1.x, PKCS#12 password encryption
    bytes.fromhex("2a864886f70d0105"),  # 1.2.840.113549.1.5.x, PKCS#5
)
_PKCS7_OID = bytes.fromhex("2a864886f70d0107")


@dataclass(frozen=True, slots=True)
class Box:
    """One tag-length-value: `start` of the tag, `body` of the content, `end` behind the content."""

    tag: int
    start: int
    body: int
    end: int

    def bytes_in(self, data: bytes) -> bytes:
        """Tag, length and content."""
        return data[self.start : self.end]

    def content_in(self, data: bytes) -> bytes:
        return data[self.body : self.end]


def read_box(data: bytes, offset: int, limit: int) -> Box:
    """The box at `offset`; raises ValueError when it does not fit into `limit`."""
    if offset + 2 > limit:
        raise ValueError("the data end inside a header")
    tag, first = data[offset], data[offset + 1]
    if tag & 0x1F == 0x1F:
        raise ValueError("a long tag")
    body, length = offset + 2, first
    if first >= 0x80:
        count = first & 0x7F
        if not 1 <= count <= 4 or body + count > limit:
            raise ValueError("an indefinite or too long length")
        length = int.from_bytes(data[body : body + count], "big")
        body += count
    if body + length > limit:
        raise ValueError("the data end inside a value")
    return Box(tag, offset, body, body + length)


def children(data: bytes, box: Box, most: int = 64) -> list[Box]:
    """The boxes inside `box`, at most `most`; raises ValueError when they do not fill it."""
    found: list[Box] = []
    offset = box.body
    while offset < box.end and len(found) < most:
        found.append(read_box(data, offset, box.end))
        offset = found[-1].end
    return found


def encoded(tag: int, *parts: bytes) -> bytes:
    """A box around `parts`, in DER."""
    return bytes(parser.emit(tag >> 6, tag >> 5 & 1, tag & 0x1F, b"".join(parts)))


def top_boxes(data: bytes, most: int = 16) -> Iterator[Box]:
    """The boxes that stand one after another in `data`; stops silently where they no longer parse."""
    offset = 0
    while offset < len(data) and most > 0:
        try:
            box = read_box(data, offset, len(data))
        except ValueError:
            return
        yield box
        offset, most = box.end, most - 1


def classify(data: bytes, box: Box) -> str:
    """What a top-level box is: "csr", "certificate", "crl", "private_key", "pkcs12", "pkcs7", "public_key", "spkac"
    or "" for anything else."""
    if box.tag != SEQUENCE:
        return ""
    try:
        inner = children(data, box)
        return _classify_sequence(data, inner, [child.tag for child in inner])
    except ValueError:
        return ""


def is_bag(data: bytes) -> bool:
    """Whether a PKCS#7 says nothing and signs nothing: a SignedData without signers, as certificates are handed out
    (RFC 5652 section 5.2). Raises ValueError for anything else than DER."""
    _kind, wrapped = children(data, read_box(data, 0, len(data)))
    last = children(data, children(data, wrapped)[0])[-1]
    return last.tag == SET and last.body == last.end


def _classify_sequence(data: bytes, inner: list[Box], tags: list[int]) -> str:
    if tags[:2] == [INTEGER, SEQUENCE] and _number(data, inner[0]) == 3:
        return "pkcs12" if _holds_oid(data, inner[1], (_PKCS7_OID,)) else ""
    if _is_private_key(data, inner, tags):
        return "private_key"
    if tags[:1] == [OID]:
        return "pkcs7" if inner[0].content_in(data).startswith(_PKCS7_OID) else ""
    if tags == [SEQUENCE, BIT_STRING]:
        return "public_key"
    if tags == [SEQUENCE, SEQUENCE, BIT_STRING]:
        signed = [child.tag for child in children(data, inner[0])]
        return "spkac" if signed == [SEQUENCE, IA5_STRING] else _classify_signed(signed)
    return ""


def _classify_signed(tags: list[int]) -> str:
    """A signed structure by what it signs: CertificationRequestInfo, TBSCertificate or TBSCertList."""
    if tags[:3] == [INTEGER, SEQUENCE, SEQUENCE] and (len(tags) == 3 or tags[3] == 0xA0) and len(tags) <= 4:
        return "csr"
    if tags[:1] == [0xA0] or (tags[:1] == [INTEGER] and tags[1:6] == [SEQUENCE] * 5):
        return "certificate"
    return "crl" if 0x17 in tags or 0x18 in tags else ""


def _is_private_key(data: bytes, inner: list[Box], tags: list[int]) -> bool:
    """PKCS#8, encrypted PKCS#8, PKCS#1, the DSA form, or SEC 1."""
    if tags[:3] == [INTEGER, SEQUENCE, OCTET_STRING] and _number(data, inner[0]) in (0, 1):
        return True
    if tags == [SEQUENCE, OCTET_STRING]:
        return _holds_oid(data, inner[0], _ENCRYPTION_OIDS)
    if tags[:6] == [INTEGER] * 6 and _number(data, inner[0]) in (0, 1):
        return True
    return tags[:2] == [INTEGER, OCTET_STRING] and _number(data, inner[0]) == 1


def _number(data: bytes, box: Box) -> int:
    return int.from_bytes(box.content_in(data)[:8], "big")


def _holds_oid(data: bytes, box: Box, prefixes: tuple[bytes, ...]) -> bool:
    inner = children(data, box)
    return bool(inner) and inner[0].tag == OID and inner[0].content_in(data).startswith(prefixes)


def request_key(der: bytes) -> bytes:
    """The SubjectPublicKeyInfo of a CSR as it is encoded there; raises ValueError."""
    info = children(der, children(der, read_box(der, 0, len(der)))[0])
    if len(info) < 3:
        raise ValueError("the request information is too short")
    return info[2].bytes_in(der)
