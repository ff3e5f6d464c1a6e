"""One file of a request, opened: what it is, and for anything offered as a CSR what that says."""

from lockdesk.desk.values.facts import Attachment, AttachmentKind, MailFacts
from lockdesk.pki.csr import read_csr
from lockdesk.pki.values import CsrProblem, CsrReading
from lockdesk.reader.files.archives import pasted_csr
from lockdesk.reader.files.kinds import attachment, clean_name, is_mail
from lockdesk.reader.files.mail import parse_mail
from lockdesk.records import dataclass

_READ_AS_CSR = frozenset(
    {
        AttachmentKind.CSR,
        AttachmentKind.CERTIFICATE,
        AttachmentKind.PKCS12,
        AttachmentKind.PRIVATE_KEY,
        AttachmentKind.ARCHIVE,
        AttachmentKind.TEXT,
        AttachmentKind.OTHER,
        AttachmentKind.EMPTY,
    }
)
_CSR_NAMES = (".csr", ".pem", ".p10", ".req", ".der", ".txt", ".p12", ".pfx", ".crt", ".cer", ".zip", ".key")


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """The mail (None for another file), its attachments or the file itself, and beside each of them the
    reading as a CSR (None where nobody would take it for one)."""

    mail: MailFacts | None
    files: tuple[Attachment, ...]
    readings: tuple[CsrReading | None, ...]


def open_file(name: str, content: bytes, as_mail: bool) -> OpenedFile:
    """Opens one file. Never raises for what it holds."""
    clean = clean_name(name, "berkas")
    if not as_mail and not is_mail(content):
        single = attachment(clean, content)
        return OpenedFile(None, (single,), (_reading(single, content),))
    originals: dict[int, bytes] = {}
    mail = parse_mail(content, originals)
    readings = tuple(_reading(item, originals.get(n, b"")) for n, item in enumerate(mail.attachments))
    return OpenedFile(mail, mail.attachments, readings)


def _reading(item: Attachment, content: bytes) -> CsrReading | None:
    if item.kind is AttachmentKind.OFFICE and item.content is not None and pasted_csr(content):
        return CsrReading(CsrProblem.DOCUMENT)
    if item.kind not in _READ_AS_CSR:
        return None
    unsure = item.kind in (
        AttachmentKind.TEXT,
        AttachmentKind.OTHER,
        AttachmentKind.EMPTY,
        AttachmentKind.ARCHIVE,
    )
    if unsure and not item.name.lower().endswith(_CSR_NAMES):
        return None
    return read_csr(content)


def open_signed(name: str, content: bytes) -> OpenedFile:
    """The mail inside an S/MIME signature (RFC 8551 section 3.5.2); the signature itself is not judged."""
    from asn1crypto import cms

    signed = cms.ContentInfo.load(content)["content"]
    inner = signed["encap_content_info"]["content"].native
    return open_file(name, inner if isinstance(inner, bytes) else b"", True)
