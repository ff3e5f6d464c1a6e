"""A scanned letter: each page read in a child of its own, then the fields sought in all words together."""

import re
from collections import Counter
from dataclasses import replace

from lockdesk.core.findings import Place
from lockdesk.desk.values.facts import HiddenText, Line, StatementFields, Word
from lockdesk.reader.drawing.grid import Rule, with_cells
from lockdesk.reader.drawing.straightening import IDENTITY, Map, shown_box
from lockdesk.reader.letter.reading import Letter, read_letter
from lockdesk.reader.letter.shapes import BALINESE
from lockdesk.reader.words import lines_of
from lockdesk.records import dataclass

_COLON_LIKE = frozenset({"-", "–", "—", "=", ";", ":", "|", "!", "»", "+", "~", ":-", ":—", "-:", "..", "."})
_COLON_AS_ONE = re.compile(r"^[1iIl|!] (?=\S)")
_DIGITS = str.maketrans("OoQDIl|!SsBZz", "0000111155822")
_LIKE_DIGITS = str.maketrans("OoQIl|!SsZz", "00011115522")
"""Letters that OCR takes digits for, without those that are hex digits themselves."""
_PLUS = re.compile(r"^[tTf†#*&]62(?!\w)")
_NUMBER_LIKE = re.compile(r"[\dOoQDIl|!SsBZz.:\-–/]+")
_LEAST_SURE_WORD = 40.0
"""Confidence of OCR, in per cent, that at least one word of a line must have."""
_LEAST_HIDDEN = 6
"""Letters of hidden text from which on it says something."""
_LEAST_TOKENS = 8
"""Words of hidden text from which on it is a letter, not a stray heading or watermark."""
_MOST_BESIDES = 120


@dataclass(frozen=True, slots=True)
class ScannedPage:
    """The words of one page in the straightened picture's coordinates, the way back to the page as it is shown, the
    words that lie hidden in the page (somebody else's OCR, or worse), and the rules of its tables."""

    words: tuple[Word, ...]
    back: Map = IDENTITY
    hidden: tuple[Word, ...] = ()
    rules: tuple[Rule, ...] = ()


UNREAD_PAGE = ScannedPage(())
"""Keeps the place of a page that could not be read."""


def read_scanned(pages: tuple[ScannedPage, ...]) -> Letter:
    """The letter that the pages form. Places are those on the pages as they are shown."""
    words = _words(pages)
    in_cells = [
        word
        for number in sorted({word.page for word in words})
        for word in with_cells([item for item in words if item.page == number], pages[number].rules)
    ]
    letter = read_letter(in_cells, ocr=True)
    people = tuple(
        replace(person, fields=repaired(person.fields), places=_places(person.places, pages))
        for person in letter.people
    )
    return replace(letter, fields=repaired(letter.fields), places=_places(letter.places, pages), people=people)


def hidden_text(pages: tuple[ScannedPage, ...], letter: Letter) -> HiddenText | None:
    """What the hidden words say otherwise than the painted ones, or say alone; None where there are none worth the
    name."""
    words = [word for page in pages for word in page.hidden]
    if sum(len(word.text) for word in words) < _LEAST_HIDDEN:
        return None
    other = read_letter(words)
    painted = _plain(letter.text)
    differing = tuple(
        name
        for name in StatementFields.__dataclass_fields__
        if (said := _plain(getattr(other.fields, name)))
        and (said != _plain(read) if (read := _read(letter, name)) else said not in painted)
    )
    theirs, ours = Counter(_tokens(other.text)), Counter(_tokens(letter.text))
    unseen = theirs - ours
    a_few = theirs.total() < _LEAST_TOKENS and not differing and not any(map(str.isdigit, unseen))
    alike = a_few or (2 * unseen.total() <= theirs.total() and not _of_somebody_else(other, letter, differing))
    stray = [word.text for word in words if a_few and len(_plain(word.text)) > 1 and _plain(word.text) not in painted]
    return HiddenText(alike, differing, " ".join(stray)[:_MOST_BESIDES])


def _of_somebody_else(other: Letter, letter: Letter, differing: tuple[str, ...]) -> bool:
    """Whether the hidden letter, be its wording the same, names a person of whom nothing is painted: another name, of
    which no word is seen, with another number. What a scanner misread has words in common."""
    numbered = "nip" in differing or "nik" in differing
    seen = set(_tokens(letter.text))
    return numbered and "name" in differing and seen.isdisjoint(_tokens(other.fields.name))


def _read(letter: Letter, name: str) -> str:
    return getattr(letter.fields, name) or dict(letter.doubted).get(name, "")


def _plain(text: str) -> str:
    return re.sub(r"\W", "", text).casefold()


def _tokens(text: str) -> list[str]:
    """Words and numbers long enough to be known again."""
    joined = re.sub(r"(?<=\d)[ .-](?=\d)", "", text.casefold())  # a telephone number in groups
    return re.findall(r"[a-z]{4,}|\d{6,}", joined)


def shown_lines(pages: tuple[ScannedPage, ...]) -> tuple[Line, ...]:
    """The lines of the pages, each word where it stands on its page as it is shown."""
    return tuple(
        replace(line, words=tuple(_shown_word(word, pages[line.page]) for word in line.words))
        for line in lines_of(_words(pages))
        if line.page < len(pages)
    )


def _words(pages: tuple[ScannedPage, ...]) -> list[Word]:
    words = [replace(word, text=_text(word.text)) for page in pages for word in page.words]
    return [word for line in lines_of(words) if not _is_noise(line) for word in _joined(line.words)]


def _is_noise(line: Line) -> bool:
    """What OCR makes of a dotted line, a stamp's edge or specks: several words, of none of which it is sure."""
    doubtful = all(word.confidence < _LEAST_SURE_WORD for word in line.words)
    return doubtful and not any(sum(map(str.isdigit, word.text)) >= 4 for word in line.words)


def _joined(words: tuple[Word, ...]) -> list[Word]:
    """The words of a line; an address whose sign stands a little apart is one."""
    found: list[Word] = []
    for word in words:
        last = found[-1] if found else None
        if last is not None and last.text == word.text and word.left < (last.left + last.right) / 2:
            continue  # one word, found twice
        if last is not None and "@" in (last.text[-1:], word.text[:1]) and word.left - last.right < 1.5 * last.height:
            confidence = min(last.confidence, word.confidence)
            found[-1] = replace(last, text=last.text + word.text, right=word.right, confidence=confidence)
        else:
            found.append(word)
    return found


def _shown_word(word: Word, page: ScannedPage) -> Word:
    # They are kept with the case: a ten-thousandth of a page is a fifth of a point.
    left, top, right, bottom = (
        round(edge, 4) for edge in shown_box((word.left, word.top, word.right, word.bottom), page.back)
    )
    return replace(word, left=left, top=top, right=right, bottom=bottom)


def _text(text: str) -> str:
    """A lone stroke where a colon stood is a colon; a colon never carries a dash into the value; in a word that is
    mostly digits a letter that looks like one is one."""
    if text in _COLON_LIKE:
        return ":"
    plain = _PLUS.sub("+62", re.sub(r"^:[-–—.]+", ":", text))
    figures = sum(map(str.isdigit, plain))
    if (
        len(plain) >= 4
        and figures * 2 > len(plain)
        and figures < len(plain)
        and _NUMBER_LIKE.fullmatch(plain.strip(":,;()"))
    ):
        return plain.translate(_LIKE_DIGITS)
    return plain


def _places(places: tuple[tuple[str, Place], ...], pages: tuple[ScannedPage, ...]) -> tuple[tuple[str, Place], ...]:
    return tuple((field, _shown(place, pages)) for field, place in places)


def _shown(place: Place, pages: tuple[ScannedPage, ...]) -> Place:
    if place.page >= len(pages):
        return place
    back = pages[place.page].back
    return replace(place, boxes=tuple(shown_box(box, back) for box in place.boxes))


def repaired(fields: StatementFields) -> StatementFields:
    """Letters that stand for digits where only digits can stand, blanks where none can."""
    return replace(
        fields,
        serial=_serial(_COLON_AS_ONE.sub("", fields.serial)),
        email=re.sub(r"\s+", "", fields.email).strip(".,;:-"),
        phone=_phone(fields.phone),
        key_fingerprint=_serial(fields.key_fingerprint),
        name=_name(fields.name),
    )


def _name(text: str) -> str:
    """A name with the dots of its titles, which OCR takes for colons."""
    bare = text.strip(" -–—:;_|")
    return re.sub(r"(?<=\w):(?=\w)", ".", bare if re.match(BALINESE, bare) else _COLON_AS_ONE.sub("", bare))


def _phone(text: str) -> str:
    """A number with the plus sign that OCR likes to take for something else."""
    plain = text.strip(" -–—.:;")
    return "+" + plain.lstrip("#*t4&-– ") if re.match(r"[#*t4&–-]+ ?62[ \d-]", plain) else plain


def _serial(text: str) -> str:
    """Hex digits; what cannot be hex even after repair leaves the text as it was read."""
    plain = text.translate(_LIKE_DIGITS).strip(" -–—.;:")
    plain = re.sub(r"\s*([:.-])\s*", r"\1", plain)
    return plain if re.fullmatch(r"[0-9A-Fa-f :.\-–]+", plain) else text
