"""Electronic signatures in a letter (PAdES), judged by pyHanko. Runs in the cage: nothing is fetched.

Insisted on: the last signature covers its whole revision and nothing but validation data follows, because bytes
appended behind a signature still validate.
"""

import importlib
import re
from collections.abc import Coroutine
from datetime import UTC, datetime
from io import BytesIO
from typing import Any, TypeVar

from lockdesk.desk.ports import Trust
from lockdesk.desk.values.facts import SignatureFacts, SignatureState
from lockdesk.pki.subjects import one_line
from lockdesk.reader.limits import plausible

T = TypeVar("T")
MOST_SIGNATURES = 8
_S = SignatureState
_END = re.compile(rb"startxref\s+\d+\s+%%EOF\s*\Z")


_MODULES = (
    "pyhanko.pdf_utils.reader",
    "pyhanko.pdf_utils.crypt.pdfmac",
    "pyhanko.pdf_utils.filters",
    "pyhanko.pdf_utils.rw_common",
    "pyhanko.pdf_utils.metadata.xmp_xml",
    "pyhanko.sign.fields",
    "pyhanko.sign.ades.report",
    "pyhanko.sign.diff_analysis",
    "pyhanko.sign.validation",
    "pyhanko_certvalidator.errors",
    "lxml.etree",  # imported by the comparison of revisions only when there are two
)


def prepare() -> None:
    """The imports that take a second and must be done before the cage closes."""
    for name in _MODULES:
        importlib.import_module(name)


def read_signatures(content: bytes, trust: Trust) -> tuple[SignatureFacts, ...]:
    """Every signature in the file, in its order. What cannot be read at all is one damaged signature."""
    from pyhanko.pdf_utils.reader import PdfFileReader

    try:
        found = list(PdfFileReader(BytesIO(_without_blank_end(content)), strict=False).embedded_regular_signatures)
    except (Exception, RecursionError) as error:
        return (SignatureFacts(_S.DAMAGED, detail=type(error).__name__),)
    last = len(found) - 1
    return tuple(_read_one(item, trust, number == last) for number, item in enumerate(found[:MOST_SIGNATURES]))


def _without_blank_end(content: bytes) -> bytes:
    """White space behind the end changes nothing, yet no revision would cover it; the line's own end stays."""
    end = content.rstrip(b"\0 \t\r\n")
    rest = content[len(end) :]
    line_end = next((item for item in (b"\r\n", b"\n", b"\r") if rest.startswith(item)), b"")
    return end + line_end


def _read_one(embedded: Any, trust: Trust, is_last: bool) -> SignatureFacts:
    signer, issuer, signed_at = "", "", None
    try:
        certificate = embedded.signer_cert
        signer, issuer = _name(certificate.subject), _name(certificate.issuer)
        signed_at = plausible(_aware(embedded.self_reported_timestamp))
        state, detail = _judged(embedded, trust, is_last)
    except (Exception, RecursionError) as error:
        state, detail = _S.DAMAGED, type(error).__name__
    return SignatureFacts(state, signer, issuer, signed_at, detail[:200])


def _name(name: Any) -> str:
    """The common name, else the whole name, on one line."""
    native = name.native
    text = native.get("common_name") if isinstance(native, dict) else None
    return one_line(str(text or name.human_friendly))[:200]


def _aware(moment: datetime | None) -> datetime | None:
    if moment is None:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)


def _judged(embedded: Any, trust: Trust, is_last: bool) -> tuple[SignatureState, str]:
    """The worst that holds: changed bytes before missing coverage, that before the signer's chain."""
    status = _validated(embedded, trust)
    if not (status.intact and status.valid):
        return _S.TAMPERED, ""
    if not _covers(embedded, status, is_last):
        return _S.APPENDED, status.coverage.name
    if not trust.anchors:
        return _S.NO_ANCHOR, ""
    return _chain_state(status, trust)


def _validated(embedded: Any, trust: Trust) -> Any:
    from asn1crypto import x509
    from pyhanko.sign.validation.pdf_embedded import async_validate_pdf_signature
    from pyhanko.sign.validation.settings import KeyUsageConstraints
    from pyhanko_certvalidator import ValidationContext

    context = ValidationContext(
        trust_roots=[x509.Certificate.load(anchor) for anchor in trust.anchors],
        crls=list(trust.revocation_lists),
        # A supplied list is otherwise ignored for certificates that name no distribution point.
        revocation_mode="require" if trust.revocation_lists else "soft-fail",
        moment=trust.at,
        allow_fetching=False,
        retroactive_revinfo=True,
    )
    return _finished(
        async_validate_pdf_signature(embedded, context, context, key_usage_settings=KeyUsageConstraints(key_usage=None))
    )


def _finished(work: Coroutine[Any, Any, T]) -> T:
    """The result of a coroutine that waits for nothing: an event loop would need sockets."""
    try:
        work.send(None)
    except StopIteration as end:
        result: T = end.value
        return result
    work.close()
    raise RuntimeError("the validation wanted to wait")


def _covers(embedded: Any, status: Any, is_last: bool) -> bool:
    """Whether the signature covers its whole revision, and what was added behind it cannot matter: validation data
    and document time stamps (PAdES B-LT, B-LTA; ETSI EN 319 142-1), before a later signature also its own field.

    Behind the newest revision nothing may stand at all: no reader would look there, but somebody put it there.
    """
    from pyhanko.sign.diff_analysis import ModificationLevel
    from pyhanko.sign.validation.status import SignatureCoverageLevel

    if status.coverage is SignatureCoverageLevel.ENTIRE_FILE:
        return True
    reader = embedded.reader
    if embedded.signed_revision + 1 >= reader.xrefs.total_revisions or not _END.search(_tail(reader.stream)):
        return False
    most = ModificationLevel.LTA_UPDATES if is_last else ModificationLevel.FORM_FILLING
    level = status.modification_level
    return bool(status.coverage >= SignatureCoverageLevel.ENTIRE_REVISION and level is not None and level <= most)


def _tail(stream: BytesIO) -> bytes:
    return stream.getvalue()[-200:]


def _chain_state(status: Any, trust: Trust) -> tuple[SignatureState, str]:
    """What the path validation says. Without any revocation list a sound chain is still not certain."""
    indication = status.trust_problem_indic
    detail = "" if indication is None else indication.name
    if status.revoked or "REVOKED" in detail:
        return _S.REVOKED, detail
    certificate = status.signing_cert
    if not certificate.not_valid_before <= trust.at <= certificate.not_valid_after or "EXPIRED" in detail:
        return _S.EXPIRED, detail
    if "NO_CERTIFICATE_CHAIN" in detail or "CHAIN_CONSTRAINTS" in detail:
        return _S.STRANGER, detail
    if not status.trusted:
        return _S.UNCHECKED, detail
    return (_S.VALID, "") if trust.revocation_lists else (_S.UNCHECKED, "revocation")
