"""The proof of a revocation: signed CRLs (RFC 5280 section 5) and OCSP answers (RFC 6960)."""

import hashlib
from contextlib import suppress
from dataclasses import field
from datetime import datetime
from functools import partial
from itertools import chain, takewhile
from typing import Literal

from asn1crypto import ocsp as asn1_ocsp
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509 import ocsp
from cryptography.x509.oid import ExtendedKeyUsageOID, ExtensionOID

from lockdesk.errors import Refused
from lockdesk.pki.certificates import CLOCK_SKEW, load_certificate
from lockdesk.pki.der import children, read_box
from lockdesk.pki.keys import guarded, signature_matches
from lockdesk.pki.subjects import subject_facts
from lockdesk.pki.values import RevocationEntry
from lockdesk.records import dataclass
from lockdesk.words import _

_UNDERSTOOD = frozenset({ExtensionOID.ISSUING_DISTRIBUTION_POINT})
_CERTIFICATE_ISSUER = b"\x06\x03\x55\x1d\x1d"
"""The object identifier 2.5.29.29 in DER: the list speaks of other CAs' certificates too."""


@dataclass(frozen=True, slots=True)
class RevocationList:
    """A CRL whose issuer, signature and freshness were checked. Times are aware UTC."""

    issuer: str
    number: int | None
    this_update: datetime
    next_update: datetime
    sha256: str
    _at: datetime = field(repr=False)
    _crl: x509.CertificateRevocationList = field(repr=False)

    def entry_for(self, serial: int) -> RevocationEntry | None:
        """The revocation of `serial`; None when it is not on the list, or not as revoked for good: on hold, from a
        later day on, another CA's, or with a critical extension that is not understood."""
        entry = _entry_in(self._crl, serial)
        return entry if entry is not None and entry.final_at(self._at + CLOCK_SKEW) else None

    def __len__(self) -> int:
        return len(self._crl)


@dataclass(frozen=True, slots=True)
class OcspAnswer:
    """An OCSP answer for one serial whose signer and freshness were checked."""

    serial: int
    status: Literal["good", "revoked", "unknown"]
    entry: RevocationEntry | None
    produced_at: datetime
    this_update: datetime


def _refused(message: str, code: str) -> Refused:
    return Refused(
        message,
        _("Ambil kembali bukti pencabutan dari CA. Hasil pencabutan belum dapat dinyatakan."),
        code=code,
    )


def _require_fresh(this_update: datetime, next_update: datetime | None, at: datetime, what: str) -> None:
    if this_update > at + CLOCK_SKEW:
        raise _refused(_("Bukti pencabutan bertanggal di masa depan."), f"{what}.future")
    if next_update is None or at > next_update + CLOCK_SKEW:
        raise _refused(_("Bukti pencabutan sudah kedaluwarsa."), f"{what}.stale")


def read_crl(der: bytes, issuer_der: bytes, at: datetime) -> RevocationList:
    """A complete CRL of the CA `issuer_der`, in force at `at`.

    Raises Refused with one of the codes "crl.unreadable", "crl.issuer", "crl.signature", "crl.extension" (a
    critical one that is not understood: delta or indirect lists), "crl.future" and "crl.stale".
    """
    crl = _signed_list(der, issuer_der, at)
    if not guarded(lambda: _is_complete(crl), False):
        raise _refused(_("Daftar pencabutan (CRL) bukan daftar lengkap."), "crl.extension")
    return RevocationList(
        crl.issuer.rfc4514_string(),
        _number(crl),
        crl.last_update_utc,
        crl.next_update_utc or at,
        hashlib.sha256(der).hexdigest(),
        at,
        crl,
    )


@dataclass(frozen=True, slots=True)
class ListFacts:
    """What a CRL says of itself, unchecked. Times are aware UTC."""

    issuer: str
    next_update: datetime
    sha256: str


def list_facts(der: bytes) -> ListFacts:
    """The facts of a CRL (DER); raises Refused "crl.unreadable"."""
    crl = guarded(lambda: x509.load_der_x509_crl(der), None)
    if crl is None:
        raise _refused(_("Daftar pencabutan (CRL) tidak dapat dibaca."), "crl.unreadable")
    until = crl.next_update_utc or crl.last_update_utc
    return ListFacts(subject_facts(crl.issuer).text, until, hashlib.sha256(der).hexdigest())


def apply_delta(
    der: bytes, base: RevocationList, issuer_der: bytes, at: datetime, entry: RevocationEntry | None, serial: int
) -> RevocationEntry | None:
    """What the CA says of `serial` once the delta CRL is applied to its `base`, which said `entry`.

    Raises Refused as `read_crl` does, and with "crl.delta_base" when the delta starts after the base.
    """
    delta = _signed_list(der, issuer_der, at)
    start = guarded(lambda: delta.extensions.get_extension_for_class(x509.DeltaCRLIndicator).value.crl_number, None)
    number = _number(delta)
    if start is None or number is None or base.number is None or not start <= base.number <= number:
        raise _refused(_("Delta CRL tidak melanjutkan daftar pencabutan ini."), "crl.delta_base")
    known = _UNDERSTOOD | {ExtensionOID.DELTA_CRL_INDICATOR}
    if not guarded(lambda: _is_complete(delta, known), False):
        raise _refused(_("Delta CRL tidak dapat dipakai."), "crl.extension")
    if guarded(lambda: delta.get_revoked_certificate_by_serial_number(serial), None) is None:
        return entry
    # RFC 5280 section 5.2.4: removeFromCRL takes an entry off, any other entry replaces it.
    found = _entry_in(delta, serial)
    return found if found is not None and found.final_at(at + CLOCK_SKEW) else None


def _signed_list(der: bytes, issuer_der: bytes, at: datetime) -> x509.CertificateRevocationList:
    """A list whose issuer, signature and freshness hold; raises Refused."""
    crl = guarded(lambda: x509.load_der_x509_crl(der), None)
    if crl is None:
        raise _refused(_("Daftar pencabutan (CRL) tidak dapat dibaca."), "crl.unreadable")
    issuer = load_certificate(issuer_der)
    if crl.issuer != issuer.subject:
        raise _refused(_("Daftar pencabutan (CRL) diterbitkan oleh CA lain."), "crl.issuer")
    key = issuer.public_key()
    if not guarded(lambda: crl.is_signature_valid(key), False):  # type: ignore[arg-type]
        raise _refused(_("Tanda tangan daftar pencabutan (CRL) tidak sah."), "crl.signature")
    _require_fresh(crl.last_update_utc, crl.next_update_utc, at, "crl")
    return crl


def _number(crl: x509.CertificateRevocationList) -> int | None:
    return guarded(lambda: crl.extensions.get_extension_for_class(x509.CRLNumber).value.crl_number, None)


def _entry_in(crl: x509.CertificateRevocationList, serial: int) -> RevocationEntry | None:
    """The entry of this CA's certificate, every part of it understood."""
    found = guarded(lambda: crl.get_revoked_certificate_by_serial_number(serial), None)
    if found is None or not guarded(lambda: _is_own(crl, found), False):
        return None
    return guarded(lambda: _read_entry(found), None)


def _read_entry(found: x509.RevokedCertificate) -> RevocationEntry | None:
    """Raises what the library raises for an extension that cannot be read: it may say anything."""
    reason = None
    for extension in found.extensions:
        if isinstance(extension.value, x509.CRLReason):
            reason = extension.value.reason.value
        elif extension.critical and not isinstance(extension.value, x509.InvalidityDate | x509.CertificateIssuer):
            return None
    return RevocationEntry(found.serial_number, found.revocation_date_utc, reason)


def _is_own(crl: x509.CertificateRevocationList, found: x509.RevokedCertificate) -> bool:
    """Whether the entry is about a certificate of the list's own CA: a certificateIssuer holds from its entry on until
    the next one (RFC 5280 section 5.3.3)."""
    if _CERTIFICATE_ISSUER not in crl.tbs_certlist_bytes:
        return True
    issuer = crl.issuer
    for item in chain(takewhile(lambda item: item.serial_number != found.serial_number, crl), (found,)):
        with suppress(x509.ExtensionNotFound):
            named = item.extensions.get_extension_for_class(x509.CertificateIssuer).value
            issuer = next(iter(named.get_values_for_type(x509.DirectoryName)), x509.Name([]))
    return issuer == crl.issuer


def _is_complete(
    crl: x509.CertificateRevocationList, understood: frozenset[x509.ObjectIdentifier] = _UNDERSTOOD
) -> bool:
    for extension in crl.extensions:
        if extension.critical and extension.oid not in understood:
            return False
        if isinstance(extension.value, x509.IssuingDistributionPoint):
            point = extension.value
            if point.indirect_crl or point.only_some_reasons or point.only_contains_ca_certs:
                return False
    return True


def read_ocsp(der: bytes, serial: int, issuer_der: bytes, at: datetime) -> OcspAnswer:
    """The CA's answer about `serial`, in force at `at`.

    Raises Refused with one of the codes "ocsp.unreadable", "ocsp.no_answer", "ocsp.other_certificate",
    "ocsp.signature", "ocsp.extension", "ocsp.future" and "ocsp.stale". `entry` is None too where the certificate is
    not revoked for good.
    """
    response = guarded(lambda: ocsp.load_der_ocsp_response(der), None)
    if response is None:
        raise _refused(_("Jawaban OCSP tidak dapat dibaca."), "ocsp.unreadable")
    if response.response_status is not ocsp.OCSPResponseStatus.SUCCESSFUL:
        raise _refused(_("CA tidak memberikan jawaban OCSP."), "ocsp.no_answer")
    issuer = load_certificate(issuer_der)
    singles = guarded(lambda: [item for item in response.responses if _is_about(item, serial, issuer)], [])
    if not singles:
        raise _refused(_("Jawaban OCSP bukan tentang sertifikat ini."), "ocsp.other_certificate")
    if not guarded(lambda: _is_signed_for(response, issuer, at), False):
        raise _refused(_("Tanda tangan jawaban OCSP tidak sah."), "ocsp.signature")
    single = singles[0]
    # RFC 6960 4.2.2.1: without nextUpdate newer information is always to be had, so only a fresh answer counts.
    _require_fresh(single.this_update_utc, single.next_update_utc or single.this_update_utc, at, "ocsp")
    if not guarded(lambda: _is_understood(der, serial), False):
        raise _refused(_("Jawaban OCSP memuat syarat yang tidak dikenal."), "ocsp.extension")
    entry = _entry(single)
    return OcspAnswer(
        serial,
        _STATUS[single.certificate_status],
        entry if entry is not None and entry.final_at(at + CLOCK_SKEW) else None,
        response.produced_at_utc,
        single.this_update_utc,
    )


_STATUS: dict[ocsp.OCSPCertStatus, Literal["good", "revoked", "unknown"]] = {
    ocsp.OCSPCertStatus.GOOD: "good",
    ocsp.OCSPCertStatus.REVOKED: "revoked",
    ocsp.OCSPCertStatus.UNKNOWN: "unknown",
}


def _is_understood(der: bytes, serial: int) -> bool:
    """No critical extension, of the answer or of its part about the certificate: this program knows none (RFC 6960
    section 4.4 makes none critical). `cryptography` does not give those of one part among several."""
    answered = asn1_ocsp.OCSPResponse.load(der)["response_bytes"]["response"].parsed["tbs_response_data"]
    found = list(answered["response_extensions"])
    for part in answered["responses"]:
        if part["cert_id"]["serial_number"].native == serial:
            found += list(part["single_extensions"])
    return not any(extension["critical"].native for extension in found)


def _entry(single: ocsp.OCSPSingleResponse) -> RevocationEntry | None:
    revoked_at = single.revocation_time_utc
    if revoked_at is None:
        return None
    reason = single.revocation_reason
    return RevocationEntry(single.serial_number, revoked_at, reason.value if reason else None)


def _is_about(single: ocsp.OCSPSingleResponse, serial: int, issuer: x509.Certificate) -> bool:
    """Whether the answer names this serial of this issuer, by the hashes of its name and key."""
    digest = single.hash_algorithm.name
    if digest not in ("sha1", "sha256"):
        return False
    name = hashlib.new(digest, issuer.subject.public_bytes(), usedforsecurity=False).digest()
    key = issuer.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value.digest
    spki = issuer.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    point = x509.SubjectKeyIdentifier.from_public_key(issuer.public_key()).digest
    same_key = single.issuer_key_hash in (key, point) or single.issuer_key_hash == _bits_hash(spki, digest)
    return single.serial_number == serial and single.issuer_name_hash == name and same_key


def _bits_hash(spki: bytes, digest: str) -> bytes:
    """The hash over the BIT STRING of a public key without its leading byte (RFC 6960 4.1.1)."""
    bits = children(spki, read_box(spki, 0, len(spki)))[1].content_in(spki)[1:]
    return hashlib.new(digest, bits, usedforsecurity=False).digest()


def _is_signed_for(response: ocsp.OCSPResponse, issuer: x509.Certificate, at: datetime) -> bool:
    """Signed by the CA itself, or by a responder that the CA certified for OCSP signing."""
    delegates = (item for item in response.certificates if item.issuer == issuer.subject)
    signers = [
        issuer,
        *(item for item in delegates if guarded(partial(_is_responder, item, issuer, at), False)),
    ]
    return any(
        signature_matches(
            signer.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo),
            response.signature,
            response.tbs_response_bytes,
            response.signature_hash_algorithm,
        )
        for signer in signers
    )


def _is_responder(certificate: x509.Certificate, issuer: x509.Certificate, at: datetime) -> bool:
    certificate.verify_directly_issued_by(issuer)
    usages = certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    in_force = certificate.not_valid_before_utc <= at <= certificate.not_valid_after_utc
    return in_force and ExtendedKeyUsageOID.OCSP_SIGNING in usages
