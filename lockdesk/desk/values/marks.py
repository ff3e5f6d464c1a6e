"""Digests by which a letter or a CSR is known again when it comes a second time."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable

from lockdesk.desk.values.facts import RequestFacts, StatementFacts
from lockdesk.records import dataclass

PICTURE_PARTS = 24
PICTURE_TOLERANCE = PICTURE_PARTS - 1
"""Bits by which two pictures of one letter may differ. With fewer changes than parts at least one part is
equal, so the index over equal parts misses none of them."""
_PART_DIGITS = 16
_LEAST_TEXT = 120


@dataclass(frozen=True, slots=True)
class Mark:
    """One digest. `kind` is "letter" (bytes), "text" (normalised text), "csr" (DER), "serial" (the new
    certificate's, its issuer in `whole`), "message" (a mail's identifier), or "picture00" to "picture23": a part of the
    first page's picture, looked up exactly, with the whole one in `whole`."""

    kind: str
    value: str
    whole: str = ""


def marks_of(facts: RequestFacts) -> tuple[Mark, ...]:
    """All marks of a request. A document that was withheld (private key) leaves none."""
    found = list(statement_marks(facts.statement))
    if facts.statement_file is not None and facts.statement_file.sha256:
        found.append(Mark("letter", facts.statement_file.sha256))
    if facts.csr.facts is not None and facts.csr.facts.der_sha256:
        found.append(Mark("csr", facts.csr.facts.der_sha256))
    if facts.mail is not None and facts.mail.message_id:
        found.extend(message_marks((facts.mail.message_id,)))
    return tuple(found)


def message_marks(identifiers: Iterable[str]) -> tuple[Mark, ...]:
    """The marks of messages, by which a mail that answers one is known."""
    return tuple(Mark("message", hashlib.sha256(item.encode()).hexdigest()) for item in identifiers)


def statement_marks(statement: StatementFacts) -> tuple[Mark, ...]:
    """The marks of what the letter says and looks like. Text from OCR differs each time: none of it."""
    plain = "" if statement.ocr else _plain(statement.text)
    found = []
    if len(plain) >= _LEAST_TEXT:
        found.append(Mark("text", hashlib.sha256(plain.encode()).hexdigest()))
    whole = statement.picture
    if len(whole) == PICTURE_PARTS * _PART_DIGITS:
        for part in range(PICTURE_PARTS):
            value = whole[part * _PART_DIGITS : (part + 1) * _PART_DIGITS]
            found.append(Mark(f"picture{part:02}", value, whole))
    return tuple(found)


def _plain(text: str) -> str:
    """Letters and digits only: another font, line break or page size is the same text."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text).casefold())


def same_picture(one: str, other: str) -> bool:
    """Whether two pictures are of one sheet: scanned once, packed or compressed again."""
    try:
        return (int(one, 16) ^ int(other, 16)).bit_count() <= PICTURE_TOLERANCE
    except ValueError:
        return False
