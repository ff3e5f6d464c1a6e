"""What a file holds: PEM blocks with any label, DER, bare base64, text in any encoding applicants send.

The whole file is looked at, because a library reads the first block and stays silent about a private key
or a second request behind it.
"""

import base64
import binascii
import re
import unicodedata
from contextlib import suppress
from itertools import chain

from lockdesk.patterns import late_pattern
from lockdesk.pki.der import classify, top_boxes
from lockdesk.records import dataclass

_DASH_LIKE = dict.fromkeys(map(ord, "‐‑‒–—―−﹣－⸺⸻"), "-")
_QUOTES = dict.fromkeys(map(ord, "“”„‟‘’‚‛«»\"'`"), " ")
_BEGIN = late_pattern(r"(?<!-)-{2,}\s*BEGIN\s+([A-Z0-9][A-Z0-9 ]{0,60}?)\s*-{2,}", re.IGNORECASE)
_END = late_pattern(r"(?<!-)-{2,}\s*END\s+[A-Z0-9 ]{1,62}?-{2,}", re.IGNORECASE)
_KEY_TEXT = late_pattern(
    r"(?<!-)-{2,}\s*BEGIN\s+(?:[A-Z0-9]+\s+){0,4}PRIVATE\s+KEY\b"
    r"|PuTTY-User-Key-File-\d"
    r"|SSH\s+PRIVATE\s+KEY\s+FILE\s+FORMAT"
    r"|Private-Key:[ \t]*\(\d+ bit",
    re.IGNORECASE,
)
_JWK = late_pattern(r"[\"']d[\"']\s*:\s*[\"'][A-Za-z0-9_-]{20,}[\"']")
"""The private member of a JSON Web Key (RFC 7518 sections 6.2.2 and 6.3.2), and the same in the XML of .NET."""
_XML_KEY = late_pattern(r"<(?:\w+:)?D>[A-Za-z0-9+/=\s]{40,}</")
_UUENCODED = late_pattern(r"^begin [0-7]{3,4} \S[^\n]*\n((?:[ -`]{1,90}\s*\n)+?)[`\s]*end\b", re.MULTILINE)
_HEX_RUN = late_pattern(r"(?:0x)?[0-9a-f]{2}(?:[\s:;,\\-]{0,4}(?:0?x)?[0-9a-f]{2}){39,}", re.IGNORECASE)
_DUMPED = late_pattern(r"^[0-9a-f]{4,8}:?[ \t]{1,4}((?:[0-9a-f]{2,8}[ -]{1,2}){1,16}).*$", re.IGNORECASE | re.MULTILINE)
_HEX_MARKS = late_pattern(r"0?x|[^0-9a-f]", re.IGNORECASE)
_BASE64_RUN = late_pattern(r"[A-Za-z0-9+/_-]{40,}(?:\s*[A-Za-z0-9+/_-]+)*[=\s]{0,8}")
_ARCHIVES = (b"PK\x03\x04", b"PK\x05\x06", b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh",
             b"\xfd7zXZ\x00", b"MSCF", b"\x28\xb5\x2f\xfd", b"\xe4\x52\x5c\x7b\x8c\xd8\xa7\x4d")  # fmt: skip
_ENVELOPED = b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x03"
"""OID 1.2.840.113549.1.7.3 (RFC 5652 section 6.1) in DER."""
_KEYSTORES = (b"\xfe\xed\xfe\xed", b"\xce\xce\xce\xce")
_BER_PKCS12 = late_pattern(rb"\A\x30\x80\x02\x01\x03\x30")
_TAG = late_pattern(r"<[^<>]{0,200}>|&(?:nbsp|#160|#13|#10);")
_BLANK = b"\0 \t\r\n"
_MOST_BLOCKS = 64
_MOST_TEXT = 8 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Block:
    """One thing found in a file: `kind` as in der.classify or "broken"; `trailing` bytes after its DER."""

    kind: str
    der: bytes = b""
    label: str = ""
    trailing: int = 0


def is_archive(content: bytes) -> bool:
    """ZIP, RAR, 7z, gzip, bzip2, xz, cabinet, zstd, LZH, ISO 9660 or OneNote, and what was enciphered for somebody
    (PGP, CMS EnvelopedData): what may hold a file that nobody sees."""
    head = content[:512]
    return (
        content.startswith(_ARCHIVES)
        or head[257:262] == b"ustar"
        or head[2:5] in {b"-lh", b"-lz"}
        or content[32769:32774] == b"CD001"
        or is_encrypted(content)
    )


def is_encrypted(content: bytes) -> bool:
    """Whether it was enciphered for somebody: OpenPGP in armour (RFC 9580), CMS EnvelopedData (RFC 5652)."""
    head = content[:512]
    return b"-----BEGIN PGP MESSAGE" in head or (head[:1] == b"\x30" and _ENVELOPED in head[:40])


def as_text(content: bytes) -> str:
    """The text in `content`, whatever its encoding; typographic dashes and quotes made plain."""
    sample = content[:_MOST_TEXT]
    if sample.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = sample.decode("utf-16", "replace")
    elif sample.count(b"\0") * 3 > len(sample):
        text = sample.decode("utf-16-le" if sample[1:2] == b"\0" else "utf-16-be", "replace")
    else:
        text = _eight_bits(sample)
    text = "".join(ch for ch in text if unicodedata.category(ch) != "Cf") if not text.isascii() else text
    return text.translate(_DASH_LIKE).replace("\u00a0", " ")


def _eight_bits(sample: bytes) -> str:
    """UTF-8, else what a Windows editor writes: its typographic dashes are no UTF-8."""
    try:
        return sample.decode("utf-8-sig")
    except UnicodeDecodeError:
        return sample.decode("cp1252", "replace")


def blocks(content: bytes) -> tuple[Block, ...]:
    """Everything that `content` holds, in order; empty when nothing was recognised."""
    if content.startswith(_KEYSTORES) or _BER_PKCS12.match(content):
        return (Block("pkcs12"),)
    if content[:1] == b"\x30" and (found := _der_blocks(content)):
        return found
    text = as_text(content)
    return _pem_blocks(text) or _bare_base64(text)


def _der_blocks(data: bytes, label: str = "") -> tuple[Block, ...]:
    """The boxes in `data`. Bytes behind the last one are counted on it."""
    boxes = [box for box in top_boxes(data) if data[box.start :].strip(_BLANK)]
    if not boxes:
        return ()
    left = len(data[boxes[-1].end :].rstrip(_BLANK))
    return tuple(
        Block(classify(data, box), box.bytes_in(data), label, left if box is boxes[-1] else 0) for box in boxes
    )


def _pem_blocks(text: str) -> tuple[Block, ...]:
    found: list[Block] = []
    for begin in list(_BEGIN.finditer(text))[:_MOST_BLOCKS]:
        label = " ".join(begin.group(1).upper().split())
        end = _END.search(text, begin.end())
        if label.endswith(("PRIVATE KEY", "PRIVATE KEY BLOCK")):
            found.append(Block("private_key", label=label))
            continue
        body = _TAG.sub("\n", text[begin.end() : end.start() if end else len(text)])
        inside = _der_blocks(_decode(body), label) if end else ()
        found.extend(inside or (Block("broken", label=label),))
    return tuple(found)


def _bare_base64(text: str) -> tuple[Block, ...]:
    """A file that is only base64: of DER, or of a whole PEM file."""
    run = _BASE64_RUN.match(text.translate(_QUOTES).strip())
    if run is None:
        return ()
    data = _decode(run.group())
    if data[:1] == b"\x30":
        return _der_blocks(data)
    return _pem_blocks(as_text(data))


def _decode(body: str) -> bytes:
    """Base64 with any line wraps, stray quotes and PEM headers; b"" when it is none."""
    kept = "\n".join(line for line in body.splitlines() if ":" not in line)
    compact = re.sub(r"[^A-Za-z0-9+/=]", "", kept.replace("-", "+").replace("_", "/"))
    compact = compact.rstrip("=")
    try:
        return base64.b64decode(compact + "=" * (-len(compact) % 4), validate=True)
    except (binascii.Error, ValueError):
        return b""


def looks_like_private_key(content: bytes, depth: int = 2) -> bool:
    """Whether a private key in any usual form stands anywhere in `content`.

    Finds PEM labels (also OpenSSH, PGP and PuTTY), JSON Web Keys, keys in XML, DER keys beside other DER, and any of
    them wrapped in base64 or uuencode or spelt in hex. It works on text of a mail as well as on files.
    """
    if any(classify(content, box) == "private_key" for box in top_boxes(content)):
        return True
    text = as_text(content)
    if _KEY_TEXT.search(text) or _XML_KEY.search(text) or ("kty" in text and _JWK.search(text)):
        return True
    if depth <= 0:
        return False
    return any(
        chain(
            (block.kind == "private_key" for block in _pem_blocks(text)),
            (looks_like_private_key(_uudecoded(run[1]), depth - 1) for run in _UUENCODED.finditer(text)),
            (_run_is_key(run.group(), depth) for run in _BASE64_RUN.finditer(text)),
            (_hex_is_key(run.group(), depth) for run in _HEX_RUN.finditer(_DUMPED.sub(r"\1", text))),
        )
    )


def _uudecoded(lines: str) -> bytes:
    found = bytearray()
    for line in lines.splitlines():
        with suppress(binascii.Error):
            found += binascii.a2b_uu(line)
    return bytes(found)


def _hex_is_key(run: str, depth: int) -> bool:
    """A run of hex, also when letters before it look like some."""
    digits = _HEX_MARKS.sub("", run)
    data = bytes.fromhex(digits[: len(digits) // 2 * 2])
    starts = [at for at in range(min(len(data), 8)) if data[at] in b"0-"]
    return any(looks_like_private_key(data[at:], depth - 1) for at in starts)


def _run_is_key(run: str, depth: int) -> bool:
    """A run of base64, also when ordinary words stand before it on lines of their own."""
    lines = run.split()
    first = next((index for index, line in enumerate(lines) if len(line) >= 40), 0)
    for start in {0, first}:
        data = _decode("\n".join(lines[start:]))
        if data[:1] in (b"\x30", b"-", b"L", b"\xff", b"\xfe", b"\xef") and looks_like_private_key(data, depth - 1):
            return True
    return False
