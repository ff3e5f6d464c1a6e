"""Reading what applicants send as a CSR (RFC 2986). Nothing here raises, whatever the bytes."""

import hashlib
from functools import lru_cache

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from lockdesk.pki.containers import Block, blocks, is_archive, looks_like_private_key
from lockdesk.pki.der import request_key
from lockdesk.pki.extensions import extension_words
from lockdesk.pki.keys import guarded, key_facts
from lockdesk.pki.subjects import subject_facts
from lockdesk.pki.values import CsrFacts, CsrProblem, CsrReading
from lockdesk.pki.weak import weaknesses
from lockdesk.words import _

MOST_BYTES = 1024 * 1024
_ACCEPTED_HASHES = frozenset({"sha256", "sha384", "sha512", "sha3-256", "sha3-384", "sha3-512", "none"})
_KNOWN_HASHES = _ACCEPTED_HASHES | {"sha1", "md5", "sha224"}


def read_csr(content: bytes) -> CsrReading:
    """What `content` is. Never raises; the worst problem wins, and key bytes never come back."""
    if len(content) > MOST_BYTES:
        return CsrReading(CsrProblem.TOO_LARGE, detail=_("{size} byte").format(size=len(content)))
    if not content.strip():
        return CsrReading(CsrProblem.NOT_A_CSR, detail=_("berkas kosong"))
    found = guarded(lambda: blocks(content), ())
    requests = [block for block in found if block.kind == "csr"]
    kinds = {block.kind for block in found}
    if "private_key" in kinds or guarded(lambda: looks_like_private_key(content), False):
        return _with_first(CsrProblem.PRIVATE_KEY, requests, _("kunci privat di dalam berkas"))
    if "pkcs12" in kinds:
        return CsrReading(CsrProblem.PKCS12, detail="PKCS#12")
    if not requests or is_archive(content):
        return _without_request(content, found)
    return _judged(requests, len([block for block in found if block.der]))


def _judged(requests: list[Block], count: int) -> CsrReading:
    """The reading of a file with at least one request among `count` blocks."""
    trailing = requests[0].trailing
    if count > 1:
        words = _("{count} blok dalam satu berkas").format(count=count)
        return _with_first(CsrProblem.SEVERAL, requests, words)
    if trailing:
        return _with_first(CsrProblem.TRAILING, requests, _("{count} byte setelah CSR").format(count=trailing))
    return _with_first(CsrProblem.NONE, requests, "")


def _without_request(content: bytes, found: tuple[Block, ...]) -> CsrReading:
    kinds = [block.kind for block in found]
    if is_archive(content):
        return CsrReading(CsrProblem.ARCHIVE, detail=_("berkas arsip"))
    if "certificate" in kinds:
        return CsrReading(CsrProblem.CERTIFICATE, detail=_("sertifikat X.509"))
    if "REQUEST" in "".join(block.label for block in found) or (content[:2] == b"\x30\x82" and not any(kinds)):
        return CsrReading(CsrProblem.DAMAGED, detail=_("isi blok CSR tidak terbaca"))
    return CsrReading(CsrProblem.NOT_A_CSR, detail=_what_else(content, kinds))


def _what_else(content: bytes, kinds: list[str]) -> str:
    names = {
        "public_key": _("kunci publik"),
        "crl": _("daftar pencabutan (CRL)"),
        "pkcs7": _("PKCS#7"),
    }
    for kind in kinds:
        if kind in names:
            return names[kind]
    magics = (
        (b"%PDF", "PDF"),
        (b"\x89PNG", "PNG"),
        (b"\xff\xd8\xff", "JPEG"),
        (b"\xd0\xcf\x11\xe0", "Office"),
    )
    return next((name for magic, name in magics if content.startswith(magic)), _("isi tidak dikenali"))


def _with_first(problem: CsrProblem, requests: list[Block], detail: str) -> CsrReading:
    """The reading with the facts of the first request, when it can be read."""
    if not requests:
        return CsrReading(problem, detail=detail)
    der = requests[0].der
    facts = guarded(lambda: _facts(der), None)
    if facts is None:
        worst = problem if problem is CsrProblem.PRIVATE_KEY else CsrProblem.DAMAGED
        return CsrReading(worst, detail=detail or _("isi CSR tidak terbaca"))
    return CsrReading(problem, facts, der, detail)


@lru_cache(maxsize=8)  # what a file is and what it says are two questions about the same request
def _facts(der: bytes) -> CsrFacts:
    """The facts of one CSR; raises only when it cannot be loaded at all."""
    request = x509.load_der_x509_csr(der)
    extensions = guarded(lambda: request.extensions, None)
    digest = guarded(lambda: _hash_name(request), "unknown")
    valid = guarded(lambda: request.is_signature_valid, None) if digest in _ACCEPTED_HASHES else None
    return CsrFacts(
        subject=subject_facts(request.subject, extensions),
        key=key_facts(_encoded_key(request, der)),
        signature_hash=digest,
        signature_valid=valid,
        extensions=(_("tidak terbaca"),) if extensions is None else extension_words(extensions),
        der_sha256=hashlib.sha256(der).hexdigest(),
        weaknesses=weaknesses(_encoded_key(request, der)),
    )


def _hash_name(request: x509.CertificateSigningRequest) -> str:
    """The hash inside the signature's algorithm, by name; the library refuses to *verify* MD5 and SHA-1."""
    algorithm = request.signature_hash_algorithm
    if algorithm is None:
        return "none"
    return algorithm.name if algorithm.name in _KNOWN_HASHES else "unknown"


def _encoded_key(request: x509.CertificateSigningRequest, der: bytes) -> bytes:
    encoded = guarded(lambda: request_key(der), b"")
    if encoded:
        return encoded
    return request.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
