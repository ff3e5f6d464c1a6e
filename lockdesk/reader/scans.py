"""A scanned letter: each page read in a child of its own, then the fields sought in all words together."""

import re
from dataclasses import dataclass, replace

from lockdesk.core.findings import Place
from lockdesk.core.identity import read_nik, read_nip
from lockdesk.desk.values.facts import Line, StatementFields, Word
from lockdesk.reader.letter.reading import Letter, read_letter
from lockdesk.reader.ocr import turned_back
from lockdesk.reader.words import lines_of

_COLON_LIKE = frozenset({"-", "–", "—", "=", ";", ":", "|", "!", "»", "+", "~", ":-", ":—", "-:", "..", "."})
_COLON_AS_ONE = re.compile(r"^[1iIl|!] (?=\S)")
_DIGITS = str.maketrans("OoQDIl|!SsBZz", "0000111155822")
_HEX = str.maketrans("OoQIl|!SsZz", "00011115522")


@dataclass(frozen=True, slots=True)
class ScannedPage:
    """The words of one page, straightened by `angle` degrees; `shape` is the page's height over its width."""

    words: tuple[Word, ...]
    angle: float
    shape: float


UNREAD_PAGE = ScannedPage((), 0.0, 1.0)
"""Keeps the place of a page that could not be read."""


def read_scanned(pages: tuple[ScannedPage, ...]) -> Letter:
    """The letter that the pages form. Places are those on the pages as they are shown."""
    letter = read_letter(_words(pages), ocr=True)
    places = tuple((field, _shown(place, pages)) for field, place in letter.places)
    return replace(letter, fields=repaired(letter.fields), places=places)


def shown_lines(pages: tuple[ScannedPage, ...]) -> tuple[Line, ...]:
    """The lines of the pages, each word where it stands on its page as it is shown."""
    return tuple(
        replace(line, words=tuple(_shown_word(word, pages[line.page]) for word in line.words))
        for line in lines_of(_words(pages))
        if line.page < len(pages)
    )


def _words(pages: tuple[ScannedPage, ...]) -> list[Word]:
    return [replace(word, text=_text(word.text)) for page in pages for word in page.words]


def _shown_word(word: Word, page: ScannedPage) -> Word:
    box = turned_back((word.left, word.top, word.right, word.bottom), page.angle, page.shape)
    # They are kept with the case: a ten-thousandth of a page is a fifth of a point.
    left, top, right, bottom = (round(edge, 4) for edge in box)
    return replace(word, left=left, top=top, right=right, bottom=bottom)


def _text(text: str) -> str:
    """A lone stroke where a colon stood is a colon; a colon never carries a dash into the value."""
    return ":" if text in _COLON_LIKE else re.sub(r"^:[-–—.]+", ":", text)


def _shown(place: Place, pages: tuple[ScannedPage, ...]) -> Place:
    if place.page >= len(pages):
        return place
    page = pages[place.page]
    return replace(place, boxes=tuple(turned_back(box, page.angle, page.shape) for box in place.boxes))


def repaired(fields: StatementFields) -> StatementFields:
    """Letters that stand for digits where only digits can stand; what still makes no number is left out.

    A number that reads wrongly must end in "not found", never in somebody else's.
    """
    return replace(
        fields,
        nik=_number(fields.nik, 16),
        nip=_number(fields.nip, 18),
        serial=_serial(_COLON_AS_ONE.sub("", fields.serial)),
        email=re.sub(r"\s+", "", fields.email).strip(".,;:-"),
        phone=_phone(fields.phone),
        key_fingerprint=_serial(fields.key_fingerprint),
        name=_name(fields.name),
    )


def _number(text: str, length: int) -> str:
    """The run of exactly `length` digits, with its own spacing; "" when there is none or it cannot be."""
    plain = text.translate(_DIGITS)
    compact = re.sub(r"[^0-9]", "", plain)
    if len(compact) == length + 1 and _COLON_AS_ONE.match(plain):
        plain = _COLON_AS_ONE.sub("", plain)
        compact = compact[1:]
    if len(compact) != length:
        return ""
    facts = read_nik(compact) if length == 16 else read_nip(compact)
    return "" if facts.problem else plain.strip(" -–—.:;")


def _name(text: str) -> str:
    """A name with the dots of its titles, which OCR takes for colons."""
    return re.sub(r"(?<=\w):(?=\w)", ".", _COLON_AS_ONE.sub("", text.strip(" -–—:;_|")))


def _phone(text: str) -> str:
    """A number with the plus sign that OCR likes to take for something else."""
    plain = text.strip(" -–—.:;")
    return "+" + plain.lstrip("#*t4&-– ") if re.match(r"[#*t4&–-]+ ?62[ \d-]", plain) else plain


def _serial(text: str) -> str:
    """Hex digits; what cannot be hex even after repair leaves the text as it was read."""
    plain = text.translate(_HEX).strip(" -–—.;:")
    plain = re.sub(r"\s*([:.-])\s*", r"\1", plain)
    return plain if re.fullmatch(r"[0-9A-Fa-f :.\-–]+", plain) else text
