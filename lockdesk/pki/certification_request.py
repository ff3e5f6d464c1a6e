"""The parts of a CertificationRequest (RFC 2986) as they are encoded, and what departs from the standard in them.

OpenSSL signs and verifies requests that the library here refuses to load or reads only in part: text outside of a
PrintableString's alphabet, no attributes field, several extension requests. The parts are taken from the encoding,
and the library is asked about each of them alone.
"""

import base64
import textwrap
from collections.abc import Iterator

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import dsa, ec, ed448, ed25519, rsa
from cryptography.hazmat.primitives.serialization import load_der_public_key
from cryptography.x509.name import _ASN1Type

from lockdesk.pki.der import BIT_STRING, BOOLEAN, INTEGER, OID, SEQUENCE, SET, Box, children, encoded, read_box
from lockdesk.pki.keys import dotted_oid
from lockdesk.records import dataclass

EXTENSION_REQUESTS = {"1.2.840.113549.1.9.14", "1.3.6.1.4.1.311.2.1.14"}
"""PKCS#9's attribute (RFC 2985 section 5.4.2) and Microsoft's of old."""
CHALLENGE_PASSWORD = "1.2.840.113549.1.9.7"
PRINTABLE, TELETEX, UTF8, BMP, UNIVERSAL = 0x13, 0x14, 0x0C, 0x1E, 0x1C
_CODECS = {TELETEX: "latin-1", BMP: "utf-16-be", UNIVERSAL: "utf-32-be"}
_PRINTABLE = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 '()+,-./:=?")
_EMPTY_NAME = encoded(SEQUENCE)
_EXTENSION_REQUEST = bytes.fromhex("06092a864886f70d01090e")


@dataclass(frozen=True, slots=True)
class Attribute:
    """One attribute: its OID in dotted form and the encoding of each of its values."""

    oid: str
    values: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class CertificationRequest:
    """A request's parts. `info`: the signed bytes; `algorithm`: the encoded AlgorithmIdentifier."""

    info: bytes
    version: int
    subject: x509.Name
    key: bytes
    attributes: tuple[Attribute, ...]
    algorithm: bytes
    signature: bytes
    deviations: tuple[str, ...]
    """ "printable_string", "no_attributes", "default_written"."""

    def extensions(self) -> Iterator[bytes]:
        """The encoding of every extension in every extension request, without a FALSE that need not be written."""
        for attribute in self.attributes:
            if attribute.oid in EXTENSION_REQUESTS:
                for value in attribute.values:
                    yield from _extensions(value)

    def algorithm_of(self) -> x509.CertificateSigningRequest:
        """A request of the same key and algorithm that the library loads: it is asked which they are."""
        return _loaded(self, b"")

    def extension(self, encoding: bytes) -> x509.Extension[x509.ExtensionType]:
        """One extension, read by the library. Raises ValueError or what else the library raises."""
        return next(iter(_loaded(self, encoding).extensions))


def read_request(der: bytes) -> CertificationRequest:
    """The parts of a DER request. Raises ValueError for what is none."""
    outer = children(der, read_box(der, 0, len(der)))
    if [box.tag for box in outer] != [SEQUENCE, SEQUENCE, BIT_STRING]:
        raise ValueError("no CertificationRequest")
    info = children(der, outer[0])
    if [box.tag for box in info[:3]] != [INTEGER, SEQUENCE, SEQUENCE] or (info[3:] and info[3].tag != 0xA0):
        raise ValueError("no CertificationRequestInfo")
    subject, odd = _name(der, info[1])
    attributes = tuple(_attribute(der, box) for box in children(der, info[3])) if info[3:] else ()
    deviations = [name for name, there in (("printable_string", odd), ("no_attributes", not info[3:])) if there]
    if any(_writes_default(value) for item in attributes if item.oid in EXTENSION_REQUESTS for value in item.values):
        deviations.append("default_written")
    return CertificationRequest(
        info=outer[0].bytes_in(der),
        version=int.from_bytes(info[0].content_in(der), "big"),
        subject=subject,
        key=info[2].bytes_in(der),
        attributes=attributes,
        algorithm=outer[1].bytes_in(der),
        signature=outer[2].content_in(der)[1:],
        deviations=tuple(deviations),
    )


def signature_holds(request: CertificationRequest) -> bool | None:
    """Whether the request is signed with its own key; None for an algorithm that the library does not verify."""
    named = request.algorithm_of()
    key, digest = load_der_public_key(request.key), named.signature_hash_algorithm
    signed = request.signature, request.info
    try:
        if isinstance(key, rsa.RSAPublicKey) and digest is not None:
            key.verify(*signed, named.signature_algorithm_parameters, digest)  # type: ignore[arg-type]
        elif isinstance(key, ec.EllipticCurvePublicKey) and digest is not None:
            key.verify(*signed, ec.ECDSA(digest))
        elif isinstance(key, dsa.DSAPublicKey) and digest is not None:
            key.verify(*signed, digest)
        elif digest is None and isinstance(key, ed25519.Ed25519PublicKey | ed448.Ed448PublicKey):
            key.verify(*signed)
        else:
            return None
    except InvalidSignature:
        return False
    return True


def pem_request(der: bytes) -> str:
    """A request as PEM (RFC 7468), as it is encoded."""
    lines = textwrap.wrap(base64.b64encode(der).decode(), 64)
    return "\n".join(("-----BEGIN CERTIFICATE REQUEST-----", *lines, "-----END CERTIFICATE REQUEST-----", ""))


def _name(der: bytes, box: Box) -> tuple[x509.Name, bool]:
    """The subject, and whether a PrintableString or TeletexString holds what it may not."""
    parts, odd = [], False
    for item in children(der, box):
        pairs = [children(der, pair) for pair in children(der, item)]
        odd = odd or any(
            value.tag == TELETEX or (value.tag == PRINTABLE and not set(value.content_in(der)) <= _PRINTABLE)
            for _oid, value in pairs
        )
        parts.append(x509.RelativeDistinguishedName(_name_attribute(der, oid, value) for oid, value in pairs))
    return x509.Name(parts), odd


def _name_attribute(der: bytes, oid: Box, value: Box) -> "x509.NameAttribute[str]":
    text = value.content_in(der).decode(_CODECS.get(value.tag, "utf-8"), "replace")
    kind = x509.ObjectIdentifier(dotted_oid(oid.content_in(der)))
    return x509.NameAttribute(kind, text, _ASN1Type.UTF8String, _validate=False)


def _attribute(der: bytes, box: Box) -> Attribute:
    oid, values = children(der, box)
    if (oid.tag, values.tag) != (OID, SET):
        raise ValueError("no attribute")
    try:
        held = tuple(item.bytes_in(der) for item in children(der, values))
    except ValueError:  # a value with a long tag is sound DER, and nothing that is asked about here
        held = (values.content_in(der),)
    return Attribute(dotted_oid(oid.content_in(der)), held)


def _extensions(value: bytes) -> Iterator[bytes]:
    for box in children(value, read_box(value, 0, len(value))):
        parts = [part for part in children(value, box) if not _is_default(value, part)]
        yield encoded(SEQUENCE, *(part.bytes_in(value) for part in parts))


def _writes_default(value: bytes) -> bool:
    boxes = children(value, read_box(value, 0, len(value)))
    return any(_is_default(value, part) for box in boxes for part in children(value, box))


def _is_default(value: bytes, part: Box) -> bool:
    """critical FALSE spelt out: DER leaves a default value away (X.690 section 11.5), and it says nothing else."""
    return part.tag == BOOLEAN and not any(part.content_in(value))


def _loaded(request: CertificationRequest, extension: bytes) -> x509.CertificateSigningRequest:
    """The library's reading of a request with this key and algorithm, without a name and with one extension."""
    asked = encoded(SET, encoded(SEQUENCE, extension))
    attributes = encoded(SEQUENCE, _EXTENSION_REQUEST + asked) if extension else b""
    info = encoded(SEQUENCE, b"\x02\x01\x00" + _EMPTY_NAME + request.key + encoded(0xA0, attributes))
    return x509.load_der_x509_csr(
        encoded(SEQUENCE, info + request.algorithm + encoded(BIT_STRING, b"\0", request.signature))
    )
