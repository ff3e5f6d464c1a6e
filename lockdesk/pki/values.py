"""The facts that the public-key material of a request holds, as frozen values.

Names follow RFC 2986 (CSR), RFC 5280 (certificate, CRL) and RFC 6960 (OCSP).
"""

import contextlib
import re
import unicodedata
from datetime import datetime
from enum import StrEnum

from lockdesk.records import dataclass


class CsrProblem(StrEnum):
    """Why bytes offered as a CSR cannot be used; the worst one wins."""

    NONE = ""
    MISSING = "missing"
    PRIVATE_KEY = "private_key"
    PKCS12 = "pkcs12"
    CERTIFICATE = "certificate"
    SEVERAL = "several"
    ARCHIVE = "archive"
    DOCUMENT = "document"
    """The text of a CSR within a document of a word processor."""
    TRAILING = "trailing"
    NOT_A_CSR = "not_a_csr"
    VERSION = "version"
    """PKCS#10 of another version than 1 (written 0)."""
    CMC = "cmc"
    """A full CMC request (RFC 5272), as certreq writes under the same label."""
    SPKAC = "spkac"
    DAMAGED = "damaged"
    TOO_LARGE = "too_large"


@dataclass(frozen=True, slots=True)
class KeyFacts:
    """A public key. `bits` is the modulus or field size; `curve` is "" for RSA and others.

    `sha256` is the SHA-256 of the DER SubjectPublicKeyInfo, in lower-case hex: the identity of the key.
    `exponent` is RSA's, 0 where there is none or none that any standard allows.
    """

    algorithm: str
    bits: int
    sha256: str
    curve: str = ""
    exponent: int = 0
    explicit_parameters: bool = False
    modulus_sha256: str = ""
    """Of an RSA key, the digest of what `openssl rsa -modulus` prints; "" for others."""

    @property
    def words(self) -> str:
        """ "RSA 3072", "EC P-256", "Ed25519"."""
        return f"EC {self.curve}" if self.algorithm == "EC" else f"{self.algorithm} {self.bits or ''}".strip()


@dataclass(frozen=True, slots=True)
class SubjectFacts:
    """The subject's attributes that this service reads; "" where absent. `text` is RFC 4514."""

    text: str
    common_name: str = ""
    organization: str = ""
    organizational_unit: str = ""
    title: str = ""
    email: str = ""
    country: str = ""
    serial_number: str = ""
    """2.5.4.5, which BSrE-like CAs fill with the NIK or NIP."""
    user_id: str = ""


@dataclass(frozen=True, slots=True)
class CsrFacts:
    """One parsed CSR. `signature_valid` is None when it could not be checked (algorithm refused)."""

    subject: SubjectFacts
    key: KeyFacts
    signature_hash: str
    """ "sha256", "sha1", "md5", "none" (Ed25519) or "unknown"."""
    signature_valid: bool | None
    extensions: tuple[str, ...] = ()
    """Asked-for extensions in words, for example "basicConstraints CA:TRUE", "subjectAltName x@y"."""
    der_sha256: str = ""
    weaknesses: tuple[str, ...] | None = None
    """Known weaknesses of the key by badkeys' names ("roca", "fermat" …); None: not examined."""
    deviations: tuple[str, ...] = ()
    """What departs from the standard and verifies all the same: "printable_string", "no_attributes",
    "default_written"."""
    attributes: tuple[str, ...] = ()
    """The names of its other attributes, never what they say: a challengePassword may be the passphrase."""


@dataclass(frozen=True, slots=True)
class CsrReading:
    """What bytes offered as a CSR turned out to be.

    `der` and `facts` are set together, and also when `problem` is PRIVATE_KEY, SEVERAL or TRAILING (the first
    CSR). `detail` is for the evidence line, never holding key material.
    """

    problem: CsrProblem
    facts: CsrFacts | None = None
    der: bytes | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class CertificateFacts:
    """One certificate. `serial` is the number itself; times are aware UTC."""

    serial: int
    subject: SubjectFacts
    issuer: SubjectFacts
    key: KeyFacts
    not_before: datetime
    not_after: datetime
    sha256: str
    key_usage: tuple[str, ...] = ()
    is_ca: bool = False
    crl_urls: tuple[str, ...] = ()
    ocsp_urls: tuple[str, ...] = ()

    @property
    def serial_hex(self) -> str:
        return serial_hex(self.serial)


@dataclass(frozen=True, slots=True)
class RevocationEntry:
    """What a CRL or an OCSP answer says of one serial. `reason` is the RFC 5280 name; None if absent."""

    serial: int
    revoked_at: datetime
    reason: str | None

    def final_at(self, at: datetime) -> bool:
        """Whether the certificate is revoked for good at `at`: a hold may be taken back, a later date may be changed
        (RFC 5280 section 5.3.1 and 5.3)."""
        return self.reason not in {"certificateHold", "removeFromCRL"} and self.revoked_at <= at


def serial_hex(serial: int) -> str:
    """ "4A:7F:00:…": upper-case bytes with colons, without a sign byte."""
    text = f"{serial:X}"
    text = text.zfill(len(text) + len(text) % 2)
    return ":".join(text[i : i + 2] for i in range(0, len(text), 2))


def parse_serial(text: str) -> frozenset[int]:
    """Every number that a written serial may mean: hex or decimal, any spacing, colons, leading zeros.

    Digits alone are ambiguous (hex or decimal): both readings are returned. Words around the number, a
    second notation behind "/" or in brackets, "0x" and a final "h" are understood. Empty when it is no
    number, and when the notations given together do not agree.
    """
    plain = _NOTES.sub(" ", unicodedata.normalize("NFKC", text[:400]).casefold())
    readings = [_readings(part) for part in _NOTATIONS.split(plain) if part.strip()]
    readings = [found for found in readings if found]
    if not readings:
        return frozenset()
    common = frozenset.intersection(*readings)
    return common if len(readings) > 1 else readings[0]


_NOTATIONS = re.compile(r"[()\[\]/;=|]|,\s|\batau\b")
_NOTES = re.compile(
    r"\b(?:nomor|no|seri|serial|number|sertifikat|elektronik|hexadecimal|heksadesimal|hexa|hex|heksa|decimal"
    r"|desimal|dec|des|bsre)\b[.:]?"
)
_SPACING = re.compile(r"[\s:.,\-‐‑‒–—_·'\"“”]")


def _readings(text: str) -> frozenset[int]:
    compact = _SPACING.sub("", text).removeprefix("0x")
    if compact.endswith("h") and len(compact) > 1:
        compact = compact[:-1]
    if not compact or len(compact) > 60 or not compact.isascii() or not compact.isalnum():
        return frozenset()
    values: set[int] = set()
    if compact.isdigit():
        values.add(int(compact))
    with contextlib.suppress(ValueError):
        values.add(int(compact, 16))
    return frozenset(values)
