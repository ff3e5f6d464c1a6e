"""Certificates: their facts, and whether a newly issued one is what was asked for (RFC 5280)."""

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import lru_cache, partial
from typing import TypeVar

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509.oid import AuthorityInformationAccessOID

from lockdesk.errors import Refused
from lockdesk.pki.der import request_key
from lockdesk.pki.extensions import usage_words
from lockdesk.pki.keys import guarded, key_facts
from lockdesk.pki.pem import pem_blocks
from lockdesk.pki.subjects import subject_facts
from lockdesk.pki.values import CertificateFacts, KeyFacts
from lockdesk.words import _

E = TypeVar("E", bound=x509.ExtensionType)
CLOCK_SKEW = timedelta(minutes=5)
"""How far the clock of a CA may be ahead of ours."""
_KEPT = 64
"""How many certificates stay read: the few of a request and of the CA are asked about many times in a row."""
_SIGNING = frozenset({"digitalSignature", "nonRepudiation"})


@lru_cache(_KEPT)
def load_certificate(content: bytes) -> x509.Certificate:
    """A certificate from DER or PEM; raises Refused when it is none."""
    # Whatever stands before it: `openssl x509 -text` writes some kilobytes.
    der = next(iter(pem_blocks(content, "CERTIFICATE")), content)
    certificate = guarded(lambda: x509.load_der_x509_certificate(der), None)
    if certificate is None:
        raise _unreadable()
    return certificate


def _unreadable() -> Refused:
    return Refused(
        _("Berkas sertifikat tidak dapat dibaca."),
        _("Unduh kembali berkas sertifikat dari sistem CA."),
        code="certificate.unreadable",
    )


@lru_cache(_KEPT)
def parse_certificate(content: bytes) -> CertificateFacts:
    """The facts of a certificate in DER or PEM; raises Refused when it cannot be read."""
    # The library reads names, dates and the serial only when they are asked for.
    facts = guarded(partial(_facts, load_certificate(content)), None)
    if facts is None:
        raise _unreadable()
    return facts


def _facts(certificate: x509.Certificate) -> CertificateFacts:
    extensions = guarded(lambda: certificate.extensions, None)
    constraints = _extension(extensions, x509.BasicConstraints)
    usage = _extension(extensions, x509.KeyUsage)
    return CertificateFacts(
        serial=certificate.serial_number,
        subject=subject_facts(certificate.subject, extensions or ()),
        issuer=subject_facts(certificate.issuer),
        key=certificate_key(certificate),
        not_before=certificate.not_valid_before_utc,
        not_after=certificate.not_valid_after_utc,
        sha256=hashlib.sha256(certificate.public_bytes(Encoding.DER)).hexdigest(),
        key_usage=usage_words(usage) if usage is not None else (),
        is_ca=bool(constraints is not None and constraints.ca),
        crl_urls=guarded(lambda: _crl_urls(extensions), ()),
        ocsp_urls=guarded(lambda: _ocsp_urls(extensions), ()),
    )


def certificate_key(certificate: x509.Certificate) -> KeyFacts:
    """The facts of the certified key. Never raises."""
    fallback = certificate.tbs_certificate_bytes
    spki = guarded(
        lambda: certificate.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo),
        fallback,
    )
    return key_facts(spki)


def _extension(extensions: x509.Extensions | None, kind: type[E]) -> E | None:
    if extensions is None:
        return None
    return guarded(lambda: extensions.get_extension_for_class(kind).value, None)


def _crl_urls(extensions: x509.Extensions | None) -> tuple[str, ...]:
    points = _extension(extensions, x509.CRLDistributionPoints) or ()
    names = [name for point in points for name in point.full_name or ()]
    return tuple(name.value for name in names if isinstance(name, x509.UniformResourceIdentifier))


def _ocsp_urls(extensions: x509.Extensions | None) -> tuple[str, ...]:
    descriptions = _extension(extensions, x509.AuthorityInformationAccess) or ()
    return tuple(
        item.access_location.value
        for item in descriptions
        if item.access_method == AuthorityInformationAccessOID.OCSP
        and isinstance(item.access_location, x509.UniformResourceIdentifier)
    )


def check_issued(certificate_der: bytes, chain_der: Sequence[bytes], csr_der: bytes, at: datetime) -> tuple[str, ...]:
    """What is wrong with a certificate issued on a CSR (b"" where nobody gave one, so that any key is as good); empty
    when nothing is. Stable names:

    "unreadable", "key_mismatch", "issuer_signature", "not_yet_valid", "expired", "is_ca", "key_usage",
    "chain".
    """
    try:
        facts = parse_certificate(certificate_der)
        certificate = load_certificate(certificate_der)
        chain = [load_certificate(der) for der in chain_der]
    except Refused:
        return ("unreadable",)
    asked = guarded(lambda: key_facts(request_key(csr_der)).sha256, "") if csr_der else facts.key.sha256
    wrong = (
        ("key_mismatch", facts.key.sha256 != asked),
        ("issuer_signature", not chain or not _issued_by(certificate, chain[0])),
        ("not_yet_valid", at + CLOCK_SKEW < facts.not_before),
        ("expired", at > facts.not_after),
        ("is_ca", facts.is_ca),
        ("key_usage", not _SIGNING & set(facts.key_usage) or "keyCertSign" in facts.key_usage),
        ("chain", not _chain_holds(chain, at)),
    )
    return tuple(name for name, is_wrong in wrong if is_wrong)


def issued_by(certificate_der: bytes, issuer_der: bytes) -> bool:
    """Whether the issuer's name and signature stand on the certificate; raises Refused when one is unreadable."""
    return _issued_by(load_certificate(certificate_der), load_certificate(issuer_der))


def _issued_by(certificate: x509.Certificate, issuer: x509.Certificate) -> bool:
    """Whether name and signature say so."""
    return guarded(lambda: _verified(certificate, issuer), False)


@lru_cache(_KEPT)
def _verified(certificate: x509.Certificate, issuer: x509.Certificate) -> bool:
    """True, or the library's exception: only what holds is kept."""
    certificate.verify_directly_issued_by(issuer)
    return True


def chain_problem(chain_der: Sequence[bytes], at: datetime) -> str:
    """What is wrong with a CA's chain, issuer first, in Indonesian; "" when every link holds at `at`."""
    try:
        chain = [load_certificate(der) for der in chain_der]
    except Refused as error:
        return error.message
    if not _chain_holds(chain, at):
        return _("Rantai sertifikat CA tidak utuh atau tidak berlaku: penerbit dahulu, lalu induknya sampai akar.")
    return ""


def _chain_holds(chain: Sequence[x509.Certificate], at: datetime) -> bool:
    """Every link is a valid CA, issued by the next one; the last one signed itself."""
    if not chain:
        return False
    issuers = [*chain[1:], chain[-1]]
    linked = all(_issued_by(one, issuer) for one, issuer in zip(chain, issuers, strict=True))
    return linked and all(_is_valid_ca(certificate, at) for certificate in chain)


def _is_valid_ca(certificate: x509.Certificate, at: datetime) -> bool:
    constraints = guarded(lambda: certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca, False)
    return constraints and certificate.not_valid_before_utc <= at <= certificate.not_valid_after_utc
