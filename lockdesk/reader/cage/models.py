"""The messages of the pipe as strict models: the bounds of what a child may say, and what must go together."""

from collections.abc import Callable
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from lockdesk.core.findings import Place
from lockdesk.desk.values.facts import (
    MOST_PAGES,
    Attachment,
    Line,
    MailFacts,
    PagePixels,
    StatementFacts,
    StatementFields,
    Word,
)
from lockdesk.pki.values import CsrFacts, KeyFacts
from lockdesk.reader.documents.scans import ScannedPage
from lockdesk.reader.drawing.grid import MOST_RULES, Rule
from lockdesk.reader.files.opening import OpenedFile
from lockdesk.reader.limits import MOST_LETTER_TEXT, MOST_MAIL_TEXT, MOST_PAGE_WORDS, MOST_WORDS
from lockdesk.strict import Border, Bounds

if TYPE_CHECKING:
    from pydantic_core import SchemaValidator

_DIGEST, _PICTURE = r"^(?:[0-9a-f]{64})?$", r"^(?:[0-9a-f]{384})?$"
_EDGE: Bounds = {"ge": 0.0, "le": 1.0}
_PAGE: Bounds = {"ge": 0, "le": 100_000}
_BOUNDS: dict[tuple[type, str], Bounds] = {
    (Attachment, "sha256"): {"pattern": _DIGEST},
    (Attachment, "size"): {"ge": 0, "le": 1 << 40},
    (CsrFacts, "der_sha256"): {"pattern": _DIGEST},
    (KeyFacts, "sha256"): {"pattern": _DIGEST},
    (KeyFacts, "modulus_sha256"): {"pattern": _DIGEST},
    (KeyFacts, "exponent"): {"ge": 0, "le": 1 << 256},
    (MailFacts, "text"): {"max_length": MOST_MAIL_TEXT},
    (StatementFacts, "text"): {"max_length": MOST_LETTER_TEXT},
    (StatementFacts, "picture"): {"pattern": _PICTURE},
    (StatementFacts, "pages"): _PAGE,
    (StatementFacts, "unread"): {"max_length": MOST_PAGES},
    (StatementFacts, "turns"): {"max_length": MOST_PAGES},
    (PagePixels, "pages"): _PAGE,
    (StatementFacts, "lines"): {"max_length": MOST_WORDS},
    (Place, "page"): _PAGE,
    (Place, "boxes"): _EDGE,
    (Word, "page"): _PAGE,
    (Word, "text"): {"max_length": MOST_LETTER_TEXT},
    **{(Word, name): _EDGE for name in ("left", "top", "right", "bottom")},
    (Line, "page"): _PAGE,
    (Line, "space"): _EDGE,
    (Line, "words"): {"min_length": 1, "max_length": MOST_WORDS},
    (ScannedPage, "words"): {"max_length": MOST_PAGE_WORDS},
    (ScannedPage, "hidden"): {"max_length": MOST_PAGE_WORDS},
    (ScannedPage, "rules"): {"max_length": MOST_RULES},
    **{(Rule, name): _EDGE for name in ("left", "top", "right", "bottom")},
    (ScannedPage, "back"): {"min_length": 9, "max_length": 9},
    (Word, "confidence"): {"ge": 0.0, "le": 100.0},
    **{(PagePixels, name): {"ge": 0, "le": 16_000} for name in ("width", "height", "stride")},
}
"""Members whose bounds are other than those of their type."""


def _pairs_up(opened: OpenedFile) -> OpenedFile:
    """Raises ValueError: a reading belongs to a file, and a mail's files are its attachments."""
    if len(opened.files) != len(opened.readings):
        raise ValueError("readings without files")
    if opened.mail is not None and opened.mail.attachments != opened.files:
        raise ValueError("files that are no attachments")
    return opened


def _stands_in_it(facts: StatementFacts) -> StatementFacts:
    """Raises ValueError: places and pages must be those of the letter, and fields known ones."""
    known = {item.name for item in fields(StatementFields)}
    if any(name not in known for name, _text in (*facts.doubted, *facts.evidence)):
        raise ValueError("a doubt of no field")
    if any(name not in known or place.source != "statement" for name, place in facts.places):
        raise ValueError("a place of no field")
    if any(not 0 <= page < facts.scanned_pages for page in facts.unread):
        raise ValueError("an unread page that there is not")
    if any(not 0 <= quarter <= 3 for quarter in facts.turns):
        raise ValueError("a turn by no quarter")
    return facts


_RULES: dict[type, Callable[[Any], Any]] = {OpenedFile: _pairs_up, StatementFacts: _stands_in_it}
"""What the members of a value must be to each other."""
_BORDER = Border(_BOUNDS, _RULES)


def model(kind: Any) -> "SchemaValidator":
    """The model that reads JSON into a `kind`; bytes are taken from the blobs given as its context."""
    return _BORDER.model(kind)
