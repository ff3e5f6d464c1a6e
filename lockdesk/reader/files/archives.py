"""Whether a private key lies in a container: ZIP (also .docx, .xlsx, .odt), gzip, bzip2, xz, tar, and whatever
carries a file besides itself. Runs in the cage.

Nothing is unpacked to anywhere; what is larger, deeper or more than any request holds, locked or of another kind is
not searched, and that is said.
"""

import bz2
import gzip
import io
import lzma
import re
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from enum import StrEnum
from typing import IO

import pypdfium2

from lockdesk.core.secrets import holds_passphrase
from lockdesk.desk.values.facts import AttachmentKind
from lockdesk.pki.containers import as_text, is_archive
from lockdesk.reader.files.besides import Besides, Closed, Locked, besides
from lockdesk.records import dataclass

_MOST_TOLD = 2 * 1024 * 1024
_MOST_PAGES = 20
_PARAGRAPHS = re.compile(r"</(?:w:p|text:p|text:h|a:p|si|row|p)>", re.IGNORECASE)
_CSR_LABEL = re.compile(r"-{2,}\s*BEGIN\s+(?:NEW\s+)?CERTIFICATE\s+REQUEST")
_MARKUP = re.compile(r"<[^<>]{0,4000}>")
MOST_UNPACKED = 48 * 1024 * 1024
MOST_MEMBERS = 400
MOST_DEPTH = 4
SECRET = frozenset({AttachmentKind.PRIVATE_KEY, AttachmentKind.PKCS12})
_NOT_HERE = frozenset({AttachmentKind.MAIL, AttachmentKind.SIGNED_MAIL, AttachmentKind.EMPTY})
_COMPOUND = b"\xd0\xcf\x11\xe0"
_STREAMS: dict[bytes, Callable[[io.BytesIO], io.BufferedIOBase]] = {
    b"\x1f\x8b": lambda file: gzip.GzipFile(fileobj=file),
    b"BZh": bz2.BZ2File,
    b"\xfd7zXZ\x00": lzma.LZMAFile,
}


class Search(StrEnum):
    """What the search of a file ended with."""

    CLEAN = "clean"
    KEY = "key"
    CLOSED = "closed"
    LOCKED = "locked"
    TOLD = "told"
    """A passphrase stands in the words of a part."""


@dataclass(frozen=True, slots=True)
class _Searching:
    kind_of: Callable[[bytes], AttachmentKind]
    left: list[int]


class Told(Exception):
    """A part says a passphrase."""


def tells(content: bytes) -> bool:
    """Whether the words of a text, a text document's part (XML) or an RTF give a passphrase away."""
    return holds_passphrase(_words_of(content))


def pasted_csr(content: bytes) -> bool:
    """Whether the label of a CSR stands in the words of a text document, or of a part of it. Never raises."""
    try:
        parts = _members(content, [MOST_UNPACKED, MOST_MEMBERS]) if is_archive(content) else iter((content,))
        return any(_CSR_LABEL.search(_words_of(part)) for part in parts)
    except Exception:  # the libraries raise as hostile archives make them
        return False


def _words_of(content: bytes) -> str:
    text = as_text(content[:_MOST_TOLD])
    if text.lstrip().startswith("<"):
        text = _MARKUP.sub("", _PARAGRAPHS.sub("\n", text))
    elif text.startswith("{\\rtf"):
        text = re.sub(r"\\par[d]?\b ?", "\n", text)
        text = re.sub(r"\\[a-z]{1,32}-?\d{0,10} ?|[{}]", "", text)
    return text


def search(content: bytes, kind_of: Callable[[bytes], AttachmentKind]) -> Search:
    """KEY as soon as a part holds one, LOCKED or CLOSED when a part could not be searched, else CLEAN. Never raises."""
    try:
        found = _found(content, _Searching(kind_of, [MOST_UNPACKED, MOST_MEMBERS]), MOST_DEPTH)
        return Search.KEY if found else Search.CLEAN
    except Told:
        return Search.TOLD
    except Locked:
        return Search.LOCKED
    except (Exception, RecursionError):  # the libraries raise as hostile archives make them
        return Search.CLOSED


def _found(content: bytes, searching: _Searching, depth: int) -> bool:
    closed = False
    for part in _parts(content, searching.left):
        if depth <= 0:
            raise Closed
        kind = searching.kind_of(part.content)
        if kind in SECRET:
            return True
        if (kind is AttachmentKind.TEXT and tells(part.content)) or (
            kind is AttachmentKind.PDF and holds_passphrase(_printed(part.content))
        ):
            raise Told
        closed = closed or (part.behind and kind is AttachmentKind.OTHER)
        try:
            if may_hold(kind, part.content) and _found(part.content, searching, depth - 1):
                return True
        except Told:
            raise
        except Exception:  # the others may still hold the key
            closed = True
    if closed:
        raise Closed
    return False


def _printed(content: bytes) -> str:
    """The text of a PDF's first pages; "" of what does not open."""
    try:
        with pypdfium2.PdfDocument(content) as document:
            pages = [document[number].get_textpage() for number in range(min(len(document), _MOST_PAGES))]
            return "\n".join(page.get_text_bounded() for page in pages)[:_MOST_TOLD]
    except pypdfium2.PdfiumError:
        return ""


def may_hold(kind: AttachmentKind, content: bytes) -> bool:
    """Whether a file of that kind is searched here: a mail is opened elsewhere, a compound file by nobody."""
    return kind not in _NOT_HERE and not content.startswith(_COMPOUND)


def _parts(content: bytes, left: list[int]) -> Iterator[Besides]:
    if is_archive(content):
        yield from map(Besides, _members(content, left))
        return
    for part in besides(content, left[0]):
        _count(len(part.content), left)
        yield part


def _members(content: bytes, left: list[int]) -> Iterator[bytes]:
    file = io.BytesIO(content)
    opener = next((make for magic, make in _STREAMS.items() if content.startswith(magic)), None)
    if opener is not None:
        yield _taken(opener(file), left)
    elif content[257:262] == b"ustar":
        with tarfile.open(fileobj=file, mode="r:") as packed:
            for item in packed:
                part = packed.extractfile(item) if item.isfile() else None
                if part is not None:
                    yield _taken(part, left)
    elif content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        with zipfile.ZipFile(file) as zipped:
            for entry in zipped.infolist():
                with zipped.open(entry) as stream:
                    yield _taken(stream, left)
    else:
        raise Closed


def _taken(stream: IO[bytes] | io.BufferedIOBase, left: list[int]) -> bytes:
    """The whole of a member, counted against what is left. Raises Closed for more than that."""
    taken = stream.read(left[0] + 1)
    _count(len(taken), left)
    return taken


def _count(size: int, left: list[int]) -> None:
    left[0] -= size
    left[1] -= 1
    if left[0] < 0 or left[1] < 0:
        raise Closed
