"""What a file is by its content; its name is never believed."""

import hashlib
import re
import unicodedata

from lockdesk.desk.values.facts import Attachment, AttachmentKind
from lockdesk.pki.containers import is_archive, is_encrypted, looks_like_private_key
from lockdesk.pki.csr import CHALLENGE, read_csr
from lockdesk.pki.values import CsrProblem
from lockdesk.reader.files.archives import SECRET, Search, may_hold, search, tells
from lockdesk.words import well_formed

KEY_IN_LETTER = "private_key"
"""The risk of a letter with a private key in its text: neither text nor file is handed on."""
PASSPHRASE_IN_LETTER = "passphrase"
"""The risk of a letter that gives a passphrase away in words: the same holds of it."""
MOST_ATTACHMENT = 20 * 1024 * 1024
_MOST_SEARCHED = 4 * 1024 * 1024
_KEY_LABEL = re.compile(rb"-----BEGIN (?:[A-Z0-9]+ ){0,3}PRIVATE KEY(?: BLOCK)?-----")
_MAIL_START = re.compile(
    rb"\A(?:[A-Za-z0-9-]{1,40}:[^\n]*\n(?:[ \t][^\n]*\n){0,30}){0,8}?"
    rb"(?:From|Received|Return-Path|Delivered-To|Message-ID|MIME-Version|Date|Subject|X-[A-Za-z-]+):",
    re.IGNORECASE,
)
_SIGNED_DATA = bytes.fromhex("06092a864886f70d010702")
_HOLDS_CONTENT = re.compile(rb"(?<!\x30\x0b)\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x01\xa0")
"""The content's type and the content, in one sequence: one of eleven bytes ends behind the type, and what follows are
the certificates."""
_MAIL_PART = re.compile(rb"\A(?:MIME-Version:[^\n]*\n)?Content-Type:\s*multipart/signed", re.IGNORECASE)
TNEF = b"\x78\x9f\x3e\x22"
"""How winmail.dat begins (MS-OXTNEF)."""
_MAGICS = (
    (AttachmentKind.IMAGE, (b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*")),
    (AttachmentKind.OFFICE, (b"\xd0\xcf\x11\xe0", b"{\\rtf")),
    (AttachmentKind.PROGRAM, (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe")),
)
_HEIF_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})
_CSR_KINDS = {
    CsrProblem.NONE: AttachmentKind.CSR,
    CsrProblem.SEVERAL: AttachmentKind.CSR,
    CsrProblem.TRAILING: AttachmentKind.CSR,
    CsrProblem.DAMAGED: AttachmentKind.CSR,
    CsrProblem.VERSION: AttachmentKind.CSR,
    CsrProblem.CMC: AttachmentKind.CSR,
    CsrProblem.SPKAC: AttachmentKind.CSR,
    CsrProblem.CERTIFICATE: AttachmentKind.CERTIFICATE,
    CsrProblem.PKCS12: AttachmentKind.PKCS12,
    CsrProblem.PRIVATE_KEY: AttachmentKind.PRIVATE_KEY,
}
_WITHHELD = {Search.KEY: "key", Search.CLOSED: "closed", Search.LOCKED: "locked", Search.TOLD: "secret",
             Search.CLEAN: ""}  # fmt: skip


def kind_of(content: bytes) -> AttachmentKind:
    """The kind of a file by its first bytes, and by what stands in it. Never raises."""
    if not content.strip(b"\0 \t\r\n"):
        return AttachmentKind.EMPTY
    if _KEY_LABEL.search(content):
        return AttachmentKind.PRIVATE_KEY
    if b"%PDF-" in content[:1024] and not is_archive(content):
        return AttachmentKind.PDF
    if _MAIL_PART.match(content[:1024]):
        return AttachmentKind.MAIL
    if is_signed_mail(content):
        return AttachmentKind.SIGNED_MAIL
    return _kind_of_binary(content) or _kind_of_text(content)


def _kind_of_binary(content: bytes) -> AttachmentKind | None:
    for kind, magics in _MAGICS:
        # two letters alone ("BM", "MZ") may begin a line of base64: a real header holds zero bytes
        if content.startswith(magics) and (content[:2] not in (b"BM", b"MZ") or 0 in content[:32]):
            return kind
    if (content[:4] == b"RIFF" and content[8:12] == b"WEBP") or is_heif(content):
        return AttachmentKind.IMAGE
    if is_encrypted(content):
        return AttachmentKind.ENCRYPTED
    if is_archive(content):
        return AttachmentKind.OFFICE if _is_office(content) else AttachmentKind.ARCHIVE
    return None


def is_heif(content: bytes) -> bool:
    """Whether it is a picture as telephones take it (ISO/IEC 23008-12): the brand behind the first box's name."""
    return content[4:8] == b"ftyp" and content[8:12] in _HEIF_BRANDS


def _is_office(content: bytes) -> bool:
    return b"[Content_Types].xml" in content[:4096] or b"mimetypeapplication/vnd.oasis" in content[:200]


def _kind_of_text(content: bytes) -> AttachmentKind:
    if is_mail(content):
        hidden = looks_like_private_key(content[:_MOST_SEARCHED])
        return AttachmentKind.PRIVATE_KEY if hidden else AttachmentKind.MAIL
    if len(content) <= 1024 * 1024:
        kind = _CSR_KINDS.get(read_csr(content).problem)
        if kind is not None:
            return kind
    elif looks_like_private_key(content[:_MOST_SEARCHED]):
        return AttachmentKind.PRIVATE_KEY
    sample = content[:4096]
    strange = sum(byte < 9 or 13 < byte < 32 for byte in sample)
    utf16 = sample.startswith((b"\xff\xfe", b"\xfe\xff"))
    return AttachmentKind.TEXT if utf16 or strange * 50 < len(sample) else AttachmentKind.OTHER


def is_mail(content: bytes) -> bool:
    """Whether the bytes begin as a message does."""
    return _MAIL_START.match(content[:8192]) is not None


def is_signed_mail(content: bytes) -> bool:
    """Whether the bytes are a CMS SignedData (RFC 5652) that is no bare signature or bag of certificates: it holds
    what was signed, behind its version and digests."""
    if content[:1] != b"\x30" or _SIGNED_DATA not in content[:24]:
        return False
    return _HOLDS_CONTENT.search(content[24:200]) is not None


def clean_name(name: str, otherwise: str) -> str:
    """A file name without path, control and direction characters, at most 120 characters."""
    last = re.split(r"[\\/]", name)[-1]
    visible = "".join(ch for ch in well_formed(last) if unicodedata.category(ch)[0] != "C")
    return " ".join(visible.split())[:120].strip(". ") or otherwise


def attachment(name: str, content: bytes, declared_type: str = "") -> Attachment:
    """The file with its content, unless that holds a secret, cannot be searched for one, or is too large."""
    kind, withheld = kind_of(content), ""
    if kind in SECRET:
        withheld = "key"
    elif len(content) > MOST_ATTACHMENT:
        withheld = "large"
    else:
        found = search(content, kind_of) if may_hold(kind, content) else Search.CLEAN
        withheld = _WITHHELD[found] or ("secret" if _names_secret(kind, content) else "")
    kind = AttachmentKind.PRIVATE_KEY if withheld == "key" and kind not in SECRET else kind
    digest = hashlib.sha256(content).hexdigest()
    return Attachment(name, kind, len(content), digest, None if withheld else content, declared_type, withheld)


def _names_secret(kind: AttachmentKind, content: bytes) -> bool:
    """Whether a passphrase stands in a CSR's challengePassword or in words."""
    if kind is AttachmentKind.CSR:
        facts = read_csr(content).facts
        return facts is not None and CHALLENGE in facts.attributes
    return (kind is AttachmentKind.TEXT or content.startswith(b"{\\rtf")) and tells(content)
