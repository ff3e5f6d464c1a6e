"""A mail is kept without the attachments that its case keeps anyway, and put together again, byte for byte.

An attachment stands in a mail as base64 in lines of one width, in an `.msg` as it is. What stands there otherwise stays
in the mail.
"""

import base64
from collections.abc import Iterator, Mapping

from lockdesk.records import dataclass
from lockdesk.store.codec import decode, encode

_LEAST = 2_048
"""Bytes: smaller ones are not worth a look."""
_HEAD = 27
"""Bytes whose base64 is shorter than any line of it that programs write."""
_MOST = 4
"""Places at which one attachment is looked for: a mail may be made to have thousands that seem to be one."""


@dataclass(frozen=True, slots=True)
class Piece:
    """So many bytes of the mail's own, then an attachment as it stands behind them."""

    own: int
    sha256: str = ""
    """Of the attachment; "" at the mail's end."""
    width: int = 0
    """Characters in a line of base64; 0: bytes as they are."""
    newline: str = ""

    def written(self, content: bytes) -> bytes:
        """The attachment as it stands in the mail."""
        if not self.width:
            return content
        text, newline = base64.b64encode(content), self.newline.encode()
        return newline.join(text[at : at + self.width] for at in range(0, len(text), self.width))


_PIECES = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """What is left of a mail."""

    pieces: tuple[Piece, ...]
    own: bytes

    @staticmethod
    def kept(pieces: str, own: bytes) -> "Frame":
        """As it lies in its row."""
        return Frame(decode(_PIECES, pieces), own)

    @property
    def text(self) -> str:
        """The pieces as they are kept."""
        return encode(_PIECES, self.pieces)

    def whole(self, contents: Mapping[str, bytes]) -> bytes:
        """The mail. `contents`: the attachments by their digests; KeyError where one is missing."""
        parts, at = list[bytes](), 0
        for piece in self.pieces:
            parts.append(self.own[at : at + piece.own])
            at += piece.own
            if piece.sha256:
                parts.append(piece.written(contents[piece.sha256]))
        return b"".join(parts)

    def names(self) -> tuple[str, ...]:
        """The digests of the attachments that it is put together with."""
        return tuple(piece.sha256 for piece in self.pieces if piece.sha256)


def frame_of(mail: bytes, contents: Mapping[str, bytes]) -> Frame | None:
    """What is left of a mail beside its attachments (by their digests); None where none of them stands in it."""
    found = (place for sha256, content in contents.items() if len(content) >= _LEAST
             for place in _places(mail, sha256, content))  # fmt: skip
    pieces, own, done = list[Piece](), list[bytes](), 0
    for at, end, piece in sorted(found, key=lambda place: (place[0], -place[1])):  # what holds another one goes first
        if at >= done:
            own.append(mail[done:at])
            pieces.append(Piece(at - done, piece.sha256, piece.width, piece.newline))
            done = end
    if not pieces:
        return None
    own.append(mail[done:])
    return Frame((*pieces, Piece(len(mail) - done)), b"".join(own))


def _places(mail: bytes, sha256: str, content: bytes) -> Iterator[tuple[int, int, Piece]]:
    """Where an attachment stands in a mail: begin, end, and how it is written there."""
    at = mail.find(content)
    if at >= 0:
        yield at, at + len(content), Piece(0, sha256)
    head, begin = base64.b64encode(content[:_HEAD]), -1
    for _place in range(_MOST):
        begin = mail.find(head, begin + 1)
        if begin < 0:
            return
        line = mail[begin : mail.find(b"\n", begin) + 1] or mail[begin:]
        piece = Piece(0, sha256, len(line.rstrip(b"\r\n")), "\r\n" if line.endswith(b"\r\n") else "\n")
        text = piece.written(content)
        if mail.startswith(text, begin):
            yield begin, begin + len(text), piece
