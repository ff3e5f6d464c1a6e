"""Reading what applicants send as a CSR (RFC 2986). Nothing here raises, whatever the bytes."""

import hashlib
import re
from functools import lru_cache, partial

from cryptography import x509

from lockdesk.pki.certification_request import (
    CHALLENGE_PASSWORD,
    EXTENSION_REQUESTS,
    Attribute,
    read_request,
    signature_holds,
)
from lockdesk.pki.containers import Block, as_text, blocks, is_archive, looks_like_private_key
from lockdesk.pki.der import is_bag
from lockdesk.pki.extensions import extension_words
from lockdesk.pki.keys import guarded, key_facts
from lockdesk.pki.subjects import subject_facts
from lockdesk.pki.values import CsrFacts, CsrProblem, CsrReading
from lockdesk.pki.weak import weaknesses
from lockdesk.words import _, number_words

MOST_BYTES = 1024 * 1024
CHALLENGE, EMPTY_CHALLENGE = "challengePassword", "challengePassword (kosong)"
_ATTRIBUTE_NAMES = {
    "1.2.840.113549.1.9.2": "unstructuredName",
    "1.2.840.113549.1.9.8": "unstructuredAddress",
    "1.3.6.1.4.1.311.13.2.3": "OS version",
    "1.3.6.1.4.1.311.21.20": "client information",
    "1.3.6.1.4.1.311.13.2.2": "enrolment provider",
}
_SPKAC = re.compile(r"^\s*SPKAC\s*=", re.MULTILINE)
_ACCEPTED_HASHES = frozenset({"sha256", "sha384", "sha512", "sha3-256", "sha3-384", "sha3-512", "none"})
_KNOWN_HASHES = _ACCEPTED_HASHES | {"sha1", "md5", "sha224"}


def read_csr(content: bytes) -> CsrReading:
    """What `content` is. Never raises; the worst problem wins, and key bytes never come back."""
    if len(content) > MOST_BYTES:
        return CsrReading(
            CsrProblem.TOO_LARGE, detail=_("Ukurannya {size} byte.").format(size=number_words(len(content)))
        )
    if not content.strip():
        return CsrReading(CsrProblem.NOT_A_CSR, detail=_("Berkas kosong."))
    found = guarded(lambda: blocks(content), ())
    requests = [block for block in found if block.kind == "csr"]
    kinds = {block.kind for block in found}
    if "private_key" in kinds or guarded(lambda: looks_like_private_key(content), False):
        return _with_first(CsrProblem.PRIVATE_KEY, requests)
    if "pkcs12" in kinds:
        return CsrReading(CsrProblem.PKCS12)
    if not requests or is_archive(content):
        return _without_request(content, found)
    return _judged(requests, found)


def _judged(requests: list[Block], found: tuple[Block, ...]) -> CsrReading:
    """The reading of a file with at least one request: one said several times is one."""
    trailing = requests[0].trailing
    count = len({block.der for block in found if block.der and block.kind != "public_key"})
    if count > 1:
        return _with_first(CsrProblem.SEVERAL, requests)
    if trailing:
        words = _("Panjangnya {count} byte.").format(count=number_words(trailing))
        return _with_first(CsrProblem.TRAILING, requests, words)
    if guarded(lambda: read_request(requests[0].der).version, 0):
        return CsrReading(CsrProblem.VERSION)
    return _with_first(CsrProblem.NONE, requests)


def _without_request(content: bytes, found: tuple[Block, ...]) -> CsrReading:
    kinds = [block.kind for block in found]
    asked = "REQUEST" in "".join(block.label for block in found)
    if is_archive(content):
        return CsrReading(CsrProblem.ARCHIVE)
    if "certificate" in kinds or (not asked and any(map(_is_bag, found))):
        return CsrReading(CsrProblem.CERTIFICATE)
    if "spkac" in kinds or guarded(lambda: _SPKAC.search(as_text(content)), None):
        return CsrReading(CsrProblem.SPKAC)
    if asked and "pkcs7" in kinds:
        return CsrReading(CsrProblem.CMC)
    if asked or (content[:2] == b"\x30\x82" and not any(kinds)):
        return CsrReading(CsrProblem.DAMAGED)
    return CsrReading(CsrProblem.NOT_A_CSR, detail=_what_else(content, kinds))


def _is_bag(block: Block) -> bool:
    return block.kind == "pkcs7" and guarded(partial(is_bag, block.der), False)


def _what_else(content: bytes, kinds: list[str]) -> str:
    names = {
        "public_key": _("Isinya kunci publik."),
        "crl": _("Isinya daftar pencabutan (CRL)."),
        "pkcs7": _("Isinya PKCS#7."),
    }
    for kind in kinds:
        if kind in names:
            return names[kind]
    magics = (
        (b"%PDF", _("Isinya dokumen PDF.")),
        (b"\x89PNG", _("Isinya gambar PNG.")),
        (b"\xff\xd8\xff", _("Isinya gambar JPEG.")),
        (b"\xd0\xcf\x11\xe0", _("Isinya dokumen Office.")),
    )
    return next((name for magic, name in magics if content.startswith(magic)), _("Isinya tidak dikenali."))


def _with_first(problem: CsrProblem, requests: list[Block], detail: str = "") -> CsrReading:
    """The reading with the facts of the first request, when it can be read."""
    if not requests:
        return CsrReading(problem, detail=detail)
    der = requests[0].der
    facts = guarded(lambda: _facts(der), None)
    if facts is None:
        worst = problem if problem is CsrProblem.PRIVATE_KEY else CsrProblem.DAMAGED
        return CsrReading(worst, detail=detail)
    return CsrReading(problem, facts, der, detail)


@lru_cache(maxsize=8)  # what a file is and what it says are two questions about the same request
def _facts(der: bytes) -> CsrFacts:
    """The facts of one CSR; raises only when it cannot be taken apart at all."""
    request = read_request(der)
    if request.version:
        raise ValueError("another version")
    others = [item for item in request.attributes if item.oid not in EXTENSION_REQUESTS]
    extensions = [guarded(partial(request.extension, item), None) for item in request.extensions()]
    readable = [item for item in extensions if item is not None]
    digest = guarded(lambda: _hash_name(request.algorithm_of()), "unknown")
    valid = guarded(lambda: signature_holds(request), None) if digest in _ACCEPTED_HASHES else None
    return CsrFacts(
        subject=subject_facts(request.subject, readable),
        key=key_facts(request.key),
        signature_hash=digest,
        signature_valid=valid,
        extensions=extension_words(readable) + ((_("tidak terbaca"),) if len(readable) < len(extensions) else ()),
        der_sha256=hashlib.sha256(der).hexdigest(),
        weaknesses=weaknesses(request.key),
        deviations=request.deviations,
        attributes=tuple(dict.fromkeys(_attribute_name(item) for item in others)),
    )


def _hash_name(request: x509.CertificateSigningRequest) -> str:
    """The hash inside the signature's algorithm, by name; the library refuses to *verify* MD5 and SHA-1."""
    algorithm = request.signature_hash_algorithm
    if algorithm is None:
        return "none"
    return algorithm.name if algorithm.name in _KNOWN_HASHES else "unknown"


def _attribute_name(attribute: Attribute) -> str:
    """An attribute by its name; a password's is another where it holds one. The value itself never comes back."""
    if attribute.oid != CHALLENGE_PASSWORD:
        return _ATTRIBUTE_NAMES.get(attribute.oid, attribute.oid)
    # a tag and a length of zero are two bytes
    return CHALLENGE if any(len(value) > 2 for value in attribute.values) else EMPTY_CHALLENGE
