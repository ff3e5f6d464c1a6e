"""CMP messages: written from encoded parts, so that a CSR and a signature stay what they are, and read by pyasn1.

Source: RFC 4210 appendix F as updated by RFC 9480; the choices are those of the lightweight profile, RFC 9483.
"""

import hashlib
import secrets
from datetime import datetime
from typing import Any

from asn1crypto import core, crl
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from pyasn1.codec.der import decoder
from pyasn1_alt_modules import rfc9480

from lockdesk.core.operations import RevocationReason
from lockdesk.errors import Declined
from lockdesk.gateway.credentials import open_pkcs12
from lockdesk.pki.der import BIT_STRING, SEQUENCE, Box, children, encoded, read_box
from lockdesk.pki.keys import guarded, signature_matches
from lockdesk.records import dataclass
from lockdesk.words import _

P10CR, RR, GENM, CERT_CONF, POLL_REQ = 4, 11, 21, 24, 25
"""Numbers of PKIBody's alternatives that are sent."""
NO_CERT_REQ_ID = -1
"""What a p10cr is called by where a number is wanted (RFC 9483 section 4.1.4)."""
INCORRECT_DATA = 7
"""PKIFailureInfo, by which a certificate is declined."""
_PVNO = 2
_SHA256_RSA = bytes.fromhex("300d06092a864886f70d01010b0500")
"""AlgorithmIdentifier; RSA's carry NULL parameters (RFC 4055)."""
_SHA256_ECDSA = bytes.fromhex("300a06082a8648ce3d040302")
_REASON_CODE = bytes.fromhex("0603551d15")
_DIGESTS: dict[str, hashes.HashAlgorithm] = {
    "1.2.840.113549.1.1.11": hashes.SHA256(),
    "1.2.840.113549.1.1.12": hashes.SHA384(),
    "1.2.840.113549.1.1.13": hashes.SHA512(),
    "1.2.840.10045.4.3.2": hashes.SHA256(),
    "1.2.840.10045.4.3.3": hashes.SHA384(),
    "1.2.840.10045.4.3.4": hashes.SHA512(),
}


# ── writing ──


def _sequence(*parts: bytes) -> bytes:
    return encoded(SEQUENCE, *parts)


def _explicit(number: int, *parts: bytes) -> bytes:
    return encoded(0xA0 | number, *parts)


def _octets(value: bytes) -> bytes:
    return bytes(core.OctetString(value).dump())


def _integer(value: int) -> bytes:
    return bytes(core.Integer(value).dump())


def p10cr(csr_der: bytes) -> bytes:
    """The body that asks for a certificate on a PKCS#10 request (RFC 9483 section 4.1.4)."""
    return _explicit(P10CR, csr_der)


def revocation_request(issuer: x509.Name, serial: int, reason: RevocationReason) -> bytes:
    """The body that asks for a revocation, its reason in crlEntryDetails (RFC 9483 section 4.2).

    An unspecified reason is left out, as in CRLs (RFC 5280 section 5.3.1).
    """
    template = _sequence(bytes(core.Integer(serial, implicit=1).dump()), _explicit(3, issuer.public_bytes()))
    extension = _sequence(_REASON_CODE, _octets(bytes(crl.CRLReason(int(reason)).dump())))
    return _explicit(RR, _sequence(_sequence(template, _sequence(extension) if reason else b"")))


def poll_request(cert_req_id: int = NO_CERT_REQ_ID) -> bytes:
    """The body that asks after a request that waits (RFC 9483 section 4.4)."""
    return _explicit(POLL_REQ, _sequence(_sequence(_integer(cert_req_id))))


def general_message() -> bytes:
    """A body that asks for nothing: any signed answer shows who is there."""
    return _explicit(GENM, _sequence())


def confirmation(certificate_der: bytes, cert_req_id: int, *, accepted: bool) -> bytes:
    """The body that accepts or declines a certificate by its hash (RFC 4210 section 5.3.18)."""
    digest = x509.load_der_x509_certificate(certificate_der).signature_hash_algorithm
    name = digest.name if digest is not None else "sha256"
    parts = [_octets(hashlib.new(name, certificate_der).digest()), _integer(cert_req_id)]
    if not accepted:
        fault = encoded(BIT_STRING, bytes([7 - INCORRECT_DATA, 1 << (7 - INCORRECT_DATA)]))
        parts.append(_sequence(_integer(2), fault))
    return _explicit(CERT_CONF, _sequence(_sequence(*parts)))


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs our messages."""

    key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey
    certificate: x509.Certificate
    others: tuple[x509.Certificate, ...]

    @classmethod
    def open(cls, content: bytes, passphrase: str) -> "Signer":
        """From PKCS#12. Raises Declined when it cannot be opened or holds no RSA or EC key."""
        key, certificate, others = open_pkcs12(content, passphrase)
        if not isinstance(key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
            raise Declined(
                _("Kunci sertifikat klien bukan RSA atau EC."),
                _("Mintalah sertifikat klien lain dari CA."),
                code="ca.client_key",
            )
        return cls(key, certificate, tuple(others))

    def message(self, recipient: x509.Name, body: bytes, at: datetime, names: "Names") -> bytes:
        """A PKIMessage with signature-based protection (RFC 9483 section 3.2)."""
        algorithm = _SHA256_RSA if isinstance(self.key, rsa.RSAPrivateKey) else _SHA256_ECDSA
        key_id = guarded(self._key_id, b"")
        header = _sequence(
            _integer(_PVNO),
            _explicit(4, self.certificate.subject.public_bytes()),
            _explicit(4, recipient.public_bytes()),
            _explicit(0, bytes(core.GeneralizedTime(at.replace(microsecond=0)).dump())),
            _explicit(1, algorithm),
            _explicit(2, _octets(key_id)) if key_id else b"",
            _explicit(4, _octets(names.transaction)),
            _explicit(5, _octets(names.nonce)),
            _explicit(6, _octets(names.answered)) if names.answered else b"",
        )
        signature = self._sign(_sequence(header, body))
        certificates = (item.public_bytes(Encoding.DER) for item in (self.certificate, *self.others))
        protection = _explicit(0, encoded(BIT_STRING, b"\0", signature))
        return _sequence(header, body, protection, _explicit(1, _sequence(*certificates)))

    def _key_id(self) -> bytes:
        """As the certificate gives it: another one would name another certificate."""
        return self.certificate.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value.digest

    def _sign(self, content: bytes) -> bytes:
        if isinstance(self.key, rsa.RSAPrivateKey):
            return self.key.sign(content, padding.PKCS1v15(), hashes.SHA256())
        return self.key.sign(content, ec.ECDSA(hashes.SHA256()))


@dataclass(frozen=True, slots=True)
class Names:
    """By what a message and the answer to it are known: transactionID, senderNonce, and recipNonce or b""."""

    transaction: bytes
    nonce: bytes
    answered: bytes = b""

    @classmethod
    def fresh(cls, transaction: bytes, answered: bytes = b"") -> "Names":
        return cls(transaction, secrets.token_bytes(16), answered)


# ── reading ──


@dataclass(frozen=True, slots=True)
class Verdict:
    """A PKIStatusInfo: `status` 0 accepted, 1 granted with changes, 2 rejection, 3 waiting …; `words` are the
    CA's, with the numbers of its failure bits."""

    status: int
    words: str
    faults: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Reply:
    """A PKIMessage as it came. `kind` is the name of the body's alternative: "cp", "rp", "error" …"""

    kind: str
    transaction: bytes
    sender_nonce: bytes
    recip_nonce: bytes
    certificates: tuple[bytes, ...]
    """The extraCerts (DER)."""
    verdict: Verdict | None
    cert_req_id: int
    certificate: bytes
    """What a cp gives (DER); b"" when nothing."""
    check_after: int
    """Seconds until a pollRep wants to be asked again."""
    protected: bytes
    signature: bytes
    algorithm: str

    def is_signed_by(self, certificate: x509.Certificate) -> bool:
        """Whether the message's protection is this certificate's signature."""
        spki = certificate.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        digest = _DIGESTS.get(self.algorithm)
        return digest is not None and signature_matches(spki, self.signature, self.protected, digest)


def read(der: bytes) -> Reply | None:
    """The message in `der`; None when it cannot be read."""
    return guarded(lambda: _read(der), None)


def _read(der: bytes) -> Reply:
    message, rest = decoder.decode(der, asn1Spec=rfc9480.PKIMessage())
    if rest:
        raise ValueError("bytes behind the message")
    parts = children(der, read_box(der, 0, len(der)))
    header, kind = message["header"], message["body"].getName()
    content = message["body"][kind]
    first = content["response"][0] if kind == "cp" else content[0] if kind == "pollRep" else None
    signed = message["protection"].isValue and header["protectionAlg"].isValue
    return Reply(
        kind,
        _bytes(header["transactionID"]),
        _bytes(header["senderNonce"]),
        _bytes(header["recipNonce"]),
        _extra_certificates(der, parts),
        _verdict(kind, content),
        int(first["certReqId"]) if first is not None else NO_CERT_REQ_ID,
        _certificate(der, parts[1]) if kind == "cp" else b"",
        int(first["checkAfter"]) if kind == "pollRep" and first is not None else 0,
        _sequence(parts[0].bytes_in(der), parts[1].bytes_in(der)),
        message["protection"].asOctets() if signed else b"",
        str(header["protectionAlg"]["algorithm"]) if signed else "",
    )


def _bytes(value: Any) -> bytes:
    return bytes(value) if value.isValue else b""


def _verdict(kind: str, content: Any) -> Verdict | None:
    places = {
        "cp": lambda: content["response"][0]["status"],
        "rp": lambda: content["status"][0],
        "error": lambda: content["pKIStatusInfo"],
    }
    if kind not in places:
        return None
    info = places[kind]()
    words = [str(word) for word in info["statusString"]] if info["statusString"].isValue else []
    faults = info["failInfo"] if info["failInfo"].isValue else ()
    numbers = frozenset(number for number, bit in enumerate(faults) if bit)
    told = [*words, *(f"failInfo {number}" for number in sorted(numbers))]
    return Verdict(int(info["status"]), "; ".join(told), numbers)


def _certificate(der: bytes, body: Box) -> bytes:
    """The certificate's own bytes in a CertRepMessage; b"" where there is none."""
    responses = children(der, children(der, body)[0])[-1]
    parts = children(der, children(der, responses)[0])
    if len(parts) < 3 or parts[2].tag != 0x30:
        return b""
    held = children(der, parts[2])[0]
    return children(der, held)[0].bytes_in(der) if held.tag == 0xA0 else b""


def _extra_certificates(der: bytes, parts: list[Box]) -> tuple[bytes, ...]:
    held = [part for part in parts[2:] if part.tag == 0xA1]
    boxes = children(der, children(der, held[0])[0]) if held else []
    return tuple(box.bytes_in(der) for box in boxes)
