"""What a file carries besides itself: files embedded in a PDF, a ZIP anywhere in it, notes in a picture, bytes behind
its end.

A viewer shows none of that, and an unpacker finds it. Runs in the cage; what is more than any paper holds is not
searched, and that is said.
"""

import re
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pikepdf

from lockdesk.records import dataclass

_MOST_OBJECTS = 50_000
_MOST_NESTED = 40
_MOST_ENDS = 200
_MOST_ZIPS = 16
_MOST_ODDLY_PACKED = 256 * 1024
"""Bytes of an embedded file that is packed another way than usual: those are unpacked by qpdf, whole."""
_LEAST = 32
"""No key is shorter."""
_BLANK = b"\0 \t\r\n\f\x1a"
_LOCAL_FILE = re.compile(rb"PK\x03\x04.[\x00-\x1f]..[\x00-\x63]\x00", re.DOTALL)
_END_OF_ZIP = b"PK\x05\x06"
_COMMENTS = re.compile(rb"(?:%[^\r\n]*(?:[\r\n\s]+|\Z))*")
_PDF_GOES_ON = re.compile(rb"\d+\s+\d+\s+obj\b|xref\b|startxref\b|trailer\b|endstream\b|endobj\b|\Z")
_JPEG_MARKER = re.compile(rb"\xff+[^\x00\xd0-\xd7\xff]")
_FIRST_SCAN = 0xDA
_NOTES_OF_JPEG = frozenset({0xE1, 0xEC, 0xED, 0xFE})
_NOTES_OF_PNG = frozenset({b"tEXt", b"zTXt", b"iTXt", b"eXIf"})
_NAMES_A_FILE = (b"/EmbeddedFile", b"/Filespec", b"/EF", b"/ObjStm")


class Closed(Exception):
    """A part cannot be searched to its end."""


class Locked(Closed):
    """A password would be needed."""


@dataclass(frozen=True, slots=True)
class Besides:
    """A part of a file. `behind`: it stands behind the end, where only what is known may stand."""

    content: bytes
    behind: bool = False


def besides(content: bytes, most: int) -> Iterator[Besides]:
    """The parts of a file that is no archive itself. Raises Closed, or as the libraries do."""
    yield from _zips(content)
    if content[:3] == b"\xff\xd8\xff":
        yield from map(Besides, _notes_of_jpeg(content))
        yield from _rest(content[_end_of_jpeg(content) :])
    elif content.startswith(b"\x89PNG\r\n"):
        yield from map(Besides, _notes_of_png(content, most))
        yield from _rest(content[_end_of_png(content) :])
    elif content[:4] == b"RIFF":
        size = 8 + int.from_bytes(content[4:8], "little")
        yield from _rest(content[size + size % 2 :])
    elif b"%PDF-" in content[:1024]:
        yield from _behind_pdf(content)
        yield from map(Besides, _embedded(content, most))


def _zips(content: bytes) -> Iterator[Besides]:
    """Every ZIP by its last record: who unpacks one asks for nothing else, whatever stands before it."""
    first = _LOCAL_FILE.search(content)
    if first is None:
        return
    end, count = content.find(_END_OF_ZIP, first.start()), 0
    if end < 0:
        raise Closed
    while end >= 0:
        count += 1
        if count > _MOST_ZIPS:
            raise Closed
        comment = int.from_bytes(content[end + 20 : end + 22], "little")
        yield Besides(content[first.start() : end + 22 + comment])
        end = content.find(_END_OF_ZIP, end + 4)


def _rest(rest: bytes) -> Iterator[Besides]:
    """What stands behind a picture, unless it is what telephones put there: a short film, or Samsung's notes."""
    rest = rest.lstrip(_BLANK)
    camera = rest.rstrip(_BLANK).endswith(b"SEFT") or rest[4:8] == b"ftyp"
    if len(rest.rstrip(_BLANK)) >= _LEAST and not camera and not rest.startswith(b"PK\x03\x04"):
        yield Besides(rest, behind=True)


def _end_of_jpeg(content: bytes) -> int:
    """Behind the last of the pictures that stand one after another (CIPA DC-007); a thumbnail's end is none."""
    at = 2
    while (marker := _JPEG_MARKER.search(content, at)) is not None:
        kind, at = content[marker.end() - 1], marker.end()
        if kind == 0xD9:
            behind = content[at : at + 4096].lstrip(b"\0")
            if not behind.startswith(b"\xff\xd8\xff"):
                return at
            at = content.index(b"\xff\xd8\xff", at) + 2
        elif kind not in (0x01, 0xD8):
            at += int.from_bytes(content[at : at + 2], "big")
    return len(content)


def _notes_of_jpeg(content: bytes) -> Iterator[bytes]:
    """What a camera or a program wrote into the picture before its first scan: comments, EXIF, XMP."""
    at = 2
    while (marker := _JPEG_MARKER.match(content, at)) is not None and content[marker.end() - 1] != _FIRST_SCAN:
        kind, at = content[marker.end() - 1], marker.end()
        size = int.from_bytes(content[at : at + 2], "big")
        if kind in _NOTES_OF_JPEG:
            yield content[at + 2 : at + size]
        at += size


def _notes_of_png(content: bytes, most: int) -> Iterator[bytes]:
    """The texts in a picture (W3C PNG section 11.3.3): behind a key word, some of them packed."""
    for name, start, end in _chunks(content):
        if name in _NOTES_OF_PNG:
            key, _zero, note = content[start:end].partition(b"\0")
            packed = name == b"zTXt" or (name == b"iTXt" and note[:1] == b"\1")
            plain = note[2:].split(b"\0", 2)[-1] if name == b"iTXt" else note[name == b"zTXt" :]
            yield key + b": " + (_inflated(plain, most) if packed else plain)


def _end_of_png(content: bytes) -> int:
    ends = (end + 4 for name, _start, end in _chunks(content) if name == b"IEND")
    return next(ends, len(content))


def _chunks(content: bytes) -> Iterator[tuple[bytes, int, int]]:
    """The name of each chunk of a PNG, and where its data begins and ends."""
    at = 8
    while at + 8 <= len(content):
        end = at + 8 + int.from_bytes(content[at : at + 4], "big")
        yield content[at + 4 : at + 8], at + 8, end
        at = end + 4


def _inflated(raw: bytes, most: int) -> bytes:
    """Raises Closed for more than `most` bytes."""
    found = zlib.decompressobj().decompress(raw, most + 1)
    if len(found) > most:
        raise Closed
    return found


def _behind_pdf(content: bytes) -> Iterator[Besides]:
    """What stands behind an end of the PDF and is no further revision of it."""
    rests = content.split(b"%%EOF", _MOST_ENDS)[1:]
    if len(rests) >= _MOST_ENDS:
        raise Closed
    for rest in rests:
        plain = rest.lstrip(_BLANK)
        said = _COMMENTS.match(plain)
        goes_on = _PDF_GOES_ON.match(plain, said.end() if said else 0)
        if len(plain.rstrip(_BLANK)) >= _LEAST and not goes_on and not plain.startswith(b"PK\x03\x04"):
            yield Besides(plain, behind=True)


def _embedded(content: bytes, most: int) -> Iterator[bytes]:
    """The files embedded in a PDF, wherever they hang: in its names, at an annotation, in a portfolio."""
    try:
        document = pikepdf.open(BytesIO(content))
    except pikepdf.PasswordError as error:
        raise Locked from error
    except pikepdf.PdfError as error:
        if any(name in content for name in _NAMES_A_FILE):
            raise Closed from error
        return
    with document:
        seen: set[tuple[int, int]] = set()
        for number, item in enumerate(document.objects):
            if number >= _MOST_OBJECTS:
                raise Closed
            for stream in _streams(item, 0):
                if stream.objgen not in seen:
                    seen.add(stream.objgen)
                    yield _unpacked(stream, most)


def _streams(item: Any, depth: int) -> Iterator[Any]:
    """The embedded files that an object is or names; what it only refers to is met on its own."""
    if depth > _MOST_NESTED:
        raise Closed
    if isinstance(item, pikepdf.Stream) and item.get("/Type") == pikepdf.Name.EmbeddedFile:
        yield item
    if isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
        for name, value in item.items():
            if name == "/EF" and isinstance(value, pikepdf.Dictionary):
                yield from (file for _key, file in value.items() if isinstance(file, pikepdf.Stream))
            yield from _nested(value, depth)
    elif isinstance(item, pikepdf.Array):
        for value in item:
            yield from _nested(value, depth)


def _nested(value: Any, depth: int) -> Iterator[Any]:
    if isinstance(value, pikepdf.Dictionary | pikepdf.Array) and not value.is_indirect:
        yield from _streams(value, depth + 1)


def _unpacked(stream: Any, most: int) -> bytes:
    """The bytes of an embedded file. Raises Closed for more than `most`."""
    raw: bytes = stream.read_raw_bytes()
    how = stream.get("/Filter")
    names = [str(name) for name in how] if isinstance(how, pikepdf.Array) else [] if how is None else [str(how)]
    if names == ["/FlateDecode"] and "/DecodeParms" not in stream:
        return _inflated(raw, most)
    if names:
        if len(raw) > _MOST_ODDLY_PACKED or names.count("/FlateDecode") > 1:
            raise Closed
        found = bytes(stream.read_bytes())
    else:
        found = raw
    if len(found) > most:
        raise Closed
    return found
