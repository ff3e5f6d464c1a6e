"""Public keys: what they are, and whether they are strong enough to be certified."""

import hashlib
from collections.abc import Callable
from typing import TypeVar

from cryptography.hazmat.primitives.asymmetric import dsa, ec, ed448, ed25519, padding, rsa, x448, x25519
from cryptography.hazmat.primitives.hashes import HashAlgorithm
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_der_public_key

from lockdesk.pki.der import OID, SEQUENCE, children, read_box
from lockdesk.pki.values import KeyFacts
from lockdesk.words import N_

T = TypeVar("T")
U = TypeVar("U")
CURVE_NAMES = {"secp256r1": "P-256", "secp384r1": "P-384", "secp521r1": "P-521"}
ACCEPTED_CURVES = frozenset(CURVE_NAMES.values())
_FIXED_KINDS = (
    (ed25519.Ed25519PublicKey, "Ed25519"),
    (ed448.Ed448PublicKey, "Ed448"),
    (x25519.X25519PublicKey, "X25519"),
    (x448.X448PublicKey, "X448"),
)


def guarded(read: Callable[[], T], otherwise: U) -> T | U:
    """What `read` gives, or `otherwise` when the library cannot read it.

    A panic of the library's Rust part is no Exception, yet hostile bytes may cause one.
    """
    try:
        return read()
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException:
        return otherwise


def key_facts(spki: bytes) -> KeyFacts:
    """The facts of a DER SubjectPublicKeyInfo. Never raises: an unknown key is named by its OID.

    The identity is taken over the library's own encoding where it can read the key, so that the same key
    written another way (compressed point, explicit parameters) is the same key.
    """
    algorithm, explicit = guarded(lambda: _outer(spki), ("unknown", False))
    key = guarded(lambda: load_der_public_key(spki), None)
    if key is None:
        return KeyFacts(algorithm, 0, hashlib.sha256(spki).hexdigest(), explicit_parameters=explicit)
    canonical = guarded(lambda: key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo), spki)
    digest = hashlib.sha256(canonical).hexdigest()
    if isinstance(key, rsa.RSAPublicKey):
        numbers = key.public_numbers()
        modulus = hashlib.sha256(f"Modulus={numbers.n:X}\n".encode()).hexdigest()
        return KeyFacts("RSA", key.key_size, digest, exponent=_exponent(numbers.e), modulus_sha256=modulus)
    if isinstance(key, ec.EllipticCurvePublicKey):
        curve = CURVE_NAMES.get(key.curve.name, key.curve.name)
        return KeyFacts("EC", key.curve.key_size, digest, curve, explicit_parameters=explicit)
    if isinstance(key, dsa.DSAPublicKey):
        return KeyFacts("DSA", key.key_size, digest)
    return KeyFacts(next((name for kind, name in _FIXED_KINDS if isinstance(key, kind)), algorithm), 0, digest)


def _exponent(exponent: int) -> int:
    """The exponent, or 0 where it is beyond every standard (FIPS 186-5 5.1: below 2^256)."""
    return exponent if exponent.bit_length() <= 256 else 0


def _outer(spki: bytes) -> tuple[str, bool]:
    """The algorithm's OID in dotted form, and whether its parameters are spelt out instead of named."""
    algorithm = children(spki, children(spki, read_box(spki, 0, len(spki)))[0])
    if algorithm[0].tag != OID:
        return "unknown", False
    explicit = len(algorithm) > 1 and algorithm[1].tag == SEQUENCE
    dotted = dotted_oid(algorithm[0].content_in(spki))
    return ("EC" if dotted == "1.2.840.10045.2.1" else dotted), explicit and dotted == "1.2.840.10045.2.1"


def dotted_oid(content: bytes) -> str:
    """The dotted form of an encoded object identifier."""
    arcs, value = [], 0
    for byte in content[:64]:
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            arcs.append(value)
            value = 0
    if not arcs:
        return "unknown"
    first = min(arcs[0] // 40, 2)
    return ".".join(str(arc) for arc in (first, arcs[0] - 40 * first, *arcs[1:]))


STRENGTH_WORDS = {
    "rsa_bits": N_("kunci RSA kurang dari 2048 bit"),
    "rsa_odd_size": N_("panjang kunci RSA bukan kelipatan 8"),
    "rsa_exponent": N_("eksponen RSA terlalu kecil"),
    "curve": N_("kurva eliptik tidak diterima"),
    "explicit_parameters": N_("parameter kurva ditulis eksplisit"),
    "algorithm": N_("jenis kunci tidak diterima"),
}
"""Why a key may not be certified, by the names that `key_strength` gives."""


def key_strength(facts: KeyFacts, ed25519_accepted: bool = False) -> tuple[str, ...]:
    """Why a key may not be certified; empty when it may. Stable names:

    "algorithm" (neither RSA nor EC, nor Ed25519 where the office accepts it), "rsa_bits" (under 2048),
    "rsa_odd_size" (not a multiple of 8), "rsa_exponent" (even or under 65537), "curve" (not P-256, P-384,
    P-521), "explicit_parameters".
    Source: CA/Browser Forum Baseline Requirements 6.1.5 and 6.1.6.
    """
    if facts.algorithm == "RSA":
        problems = (
            ("rsa_bits", facts.bits < 2048),
            ("rsa_odd_size", facts.bits % 8 != 0),
            ("rsa_exponent", facts.exponent < 65537 or facts.exponent % 2 == 0),
        )
    elif facts.algorithm == "EC":
        problems = (
            ("curve", facts.curve not in ACCEPTED_CURVES),
            ("explicit_parameters", facts.explicit_parameters),
            ("", False),
        )
    else:
        return () if facts.algorithm == "Ed25519" and ed25519_accepted else ("algorithm",)
    return tuple(name for name, wrong in problems if wrong)


def signature_matches(spki: bytes, signature: bytes, data: bytes, digest: HashAlgorithm | None) -> bool:
    """Whether `signature` over `data` was made with the private half of `spki`. Never raises."""

    def verify() -> bool:
        key = load_der_public_key(spki)
        if isinstance(key, rsa.RSAPublicKey) and digest is not None:
            key.verify(signature, data, padding.PKCS1v15(), digest)
        elif isinstance(key, ec.EllipticCurvePublicKey) and digest is not None:
            key.verify(signature, data, ec.ECDSA(digest))
        elif isinstance(key, ed25519.Ed25519PublicKey | ed448.Ed448PublicKey):
            key.verify(signature, data)
        else:
            return False
        return True

    return guarded(verify, False)
