"""A letter read: values by what they are, evidence for each, people with roles, and what is left open."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from lockdesk.core.findings import Place
from lockdesk.desk.values.facts import Line, PersonFacts, StatementFields, Word
from lockdesk.reader.letter import shapes
from lockdesk.reader.letter.blocks import blocks_of, label_words, take_unlabelled
from lockdesk.reader.letter.columns import in_columns
from lockdesk.reader.letter.labels import FOREIGN, label_of
from lockdesk.reader.letter.layout import Segment, paragraphs_of, rows_of, segments_of
from lockdesk.reader.letter.long_numbers import with_rows_above
from lockdesk.reader.letter.marks import marks_of
from lockdesk.reader.letter.mentions import HEX_FIELDS, PERSON_FIELDS, Mention, Value, used_words
from lockdesk.reader.letter.pairs import Pair, pairs_on
from lockdesk.reader.letter.papers import (
    DEVICE,
    date_in,
    fingerprint_in,
    letterhead,
    place_dates_in_text,
    serial_in,
    without_addressee,
)
from lockdesk.reader.letter.people import ELSEWHERE, Person, read_people, same_value
from lockdesk.reader.letter.persons_beside import people_beside
from lockdesk.reader.letter.prose import mentions_in, unnamed_in
from lockdesk.reader.letter.signing import signatures_in
from lockdesk.reader.letter.tables import tables_in
from lockdesk.reader.limits import MOST_FIELD
from lockdesk.reader.words import box_of, lines_of, shown_word
from lockdesk.records import dataclass

LETTER_FIELDS = ("serial", "letter_number", "letter_date", "key_fingerprint")
_TITLE = re.compile(r"\bpernyataan\b|yang\s+bertanda\s?tangan\s+di\s?bawah|\bformulir\b", re.I)
_HEADING = re.compile(r"^\W*(?:SURAT\s+)?PERNYATAAN\b|^\W*FORMULIR\b")
_WHOLE = {"serial": {16, 18, 20, 32, 40}, "key_fingerprint": {8, 12, 16, 64}}
_WHOLE_DECIMAL = {18, 19, 20, 38, 39, 47, 48, 49}
"""How many digits a certificate's serial (hex or decimal) and the digits that name a key have: OCR loses groups."""
_IN_WORDS = {"name", "position", "agency"}
_UNREAD = re.compile(r"[^\w.,;:()/\-–\"']+|\w")
"""What OCR makes of a sign that it does not know."""
_SECOND_NAME = re.compile(r"(?:wayan|ketut|nyoman|gusti|dewa)\b", re.IGNORECASE)
"""With what no name begins: an "I" or "Ni" stands before it, and OCR loses a single stroke."""
_GOES_ON = re.compile(r"(?:\bAhli|\b(?:dan|serta|Badan|Negeri)|[,/])$")
"""With what no position and no office ends: the next row of it was lost."""
_MIXED = re.compile(r"\b(?:[OQDIl]\d|\d[OQDIl])\b")
"""A figure that OCR took for a letter, or the other way about: "SD Negeri Klego O1"."""
_STRAY = re.compile(r"\s[a-z]{1,2}\.?$|\d{3}")
"""What OCR took into a position from beside it: a stroke, somebody's number."""
_MISPLACED = re.compile(rf"(?!{shapes.OFFICE_HEAD}|Sub\b|Unit\b|Pemerintah\b)[A-Z]\w+\s+{shapes.OFFICE_HEAD}")
"""A word before an office that is not its first: another row's."""
_NO_MONTH = re.compile(r"(?:^|/)\s?(?:1{1,3}|(?=[IVX1l|]*[IVX])(?=[IVX1l|]*[1l|])[IVX1l|]+)\s?(?=/|$)")
"""A month in Roman figures, or OCR's ones for them: it does not tell the two apart."""
_ROW = 2.0
"""How far apart the rows of one cell begin, in heights of them."""
_BIRTH = re.compile(r"\blahir\b", re.IGNORECASE)
_NEAR_LABEL = 0.45
"""A share of the page: what stands further right on the line is another column's."""
LEAST_SURE = 80.0
"""Confidence of OCR, in per cent, below which a value that stands nowhere else is doubted."""


@dataclass(frozen=True, slots=True)
class Letter:
    """What the words say: the text in reading order, the applicant's and the letter's own fields as far as they are
    certain, what is doubted besides, where each stands and what speaks for it, and everybody whom it names."""

    text: str
    fields: StatementFields
    places: tuple[tuple[str, Place], ...]
    doubted: tuple[tuple[str, str], ...] = ()
    evidence: tuple[tuple[str, str], ...] = ()
    people: tuple[PersonFacts, ...] = ()
    titled: bool = False
    """Whether the paper says what it is: without it any block of fields may be another's."""


@dataclass(frozen=True, slots=True)
class _Settled:
    """One field as it came out: certain, or doubted."""

    value: Value
    certain: bool


def read_letter(words: list[Word], ocr: bool = False) -> Letter:
    """The letter that `words` form. Fields that were not found are ""."""
    lines = in_columns(lines_of(list(_parted(words))))
    if not lines:
        return Letter("", StatementFields(), ())
    text = "\n".join(line.text for line in lines)
    head = letterhead(lines)
    body = without_addressee([line for number, line in enumerate(lines) if number not in head])
    mentions, own, foreign = _mentions(body)
    body = [left for line in body if (left := _without(line, foreign)) is not None]
    lone = _after_names(mentions, body) if ocr else set()
    if ocr:
        _doubt_what_goes_on(mentions, body, lone)
    _set_cover_aside(mentions, body)
    reading = read_people(mentions, text, ocr)
    settled = _letter_fields(body, own, ocr, segments_of(lines))
    known = [(person, _settle_person(person, ocr)) for person in reading.people]
    people = tuple(_person_facts(found, reading.role_of(person), "row" in person.hints) for person, found in known)
    if reading.applicant is not None:
        settled |= next(found for person, found in known if person is reading.applicant)
        for field, value in _loose(body, mentions, reading.applicant).items():
            sure = _sure(value, ocr) and id(value.words[0]) not in lone
            settled.setdefault(field, _Settled(value, sure))
        for field in _twice(mentions, settled):
            settled[field] = replace(settled[field], certain=False)
        nobodys = (found for person, found in known if person is not reading.applicant and "name" not in found)
        if "nik" in settled and any("nik" in found for found in nobodys):  # a second number under the first
            settled["nik"] = replace(settled["nik"], certain=False)
    titled = any(_TITLE.search(line.text) for line in lines)
    return _letter(text, settled, people, titled)


_GLUED = re.compile(r"([A-Za-z][A-Za-z_./]{1,24})([=:])([^\s/].*)")


def _parted(words: Sequence[Word]) -> Iterator[Word]:
    """The words; a label that stands glued to its value ("nip=1994…", "Nama:Sekar") is a word of its own."""
    for word in words:
        found = _GLUED.fullmatch(word.text)
        if found is None or label_of(found[1].replace("_", " ")) is None:
            yield word
            continue
        middle = word.left + (word.right - word.left) * (found.end(2) / len(word.text))
        yield replace(word, text=found[1].replace("_", " ") + found[2], right=middle)
        yield replace(word, text=found[3], left=middle)


def _letter(text: str, settled: dict[str, _Settled], people: tuple[PersonFacts, ...], titled: bool) -> Letter:
    certain = {field: item.value.text[:MOST_FIELD] for field, item in settled.items() if item.certain}
    doubted = tuple((field, item.value.text[:MOST_FIELD]) for field, item in settled.items() if not item.certain)
    places = tuple((field, place_of(item.value)) for field, item in settled.items())
    evidence = tuple((field, item.value.evidence) for field, item in settled.items())
    return Letter(text, StatementFields(**certain), places, doubted, evidence, people, titled)


# ── mentions ──
def _mentions(lines: Sequence[Line]) -> tuple[list[Mention], dict[str, list[Value]], set[int]]:
    """Everybody whom the letter mentions, the labelled values that are the letter's own, and the words, by their
    identity, of numbers that belong to something else."""
    if not lines:
        return [], {}, set()
    found, table = tables_in(lines)
    beside, also = people_beside(lines)
    found, table = [*found, *beside], table | also
    rest = [line for number, line in enumerate(lines) if number not in table]
    segments = segments_of(rest)
    pairs = list(pairs_on(rest, segments, set()))
    blocks = blocks_of(pairs, rest)
    foreign = {id(word) for pair in pairs if _is_foreign(pair, rest) for word in pair.value.words}
    own: dict[str, list[Value]] = {}
    for pair in pairs:
        if pair.value.field in LETTER_FIELDS:
            own.setdefault(pair.value.field, []).append(pair.value)
    for value in found[0].values.values() if len(found) == 1 else ():
        if value.field in LETTER_FIELDS:  # in a table of one person, a column of its own
            own.setdefault(value.field, []).append(value)
    rest = [_without(line, foreign) or line for line in rest]  # the pairs know them by their numbers
    take_unlabelled(blocks, pairs, rest)
    found = [*blocks, *found]
    used = used_words(found)
    signatures = list(signatures_in(segments, used | label_words(pairs, rest)))
    used |= used_words(signatures)
    paragraphs = paragraphs_of(rest)
    sentences = list(mentions_in(paragraphs, used))
    unnamed = list(unnamed_in(paragraphs, used | used_words(sentences)))
    return [*found, *sentences, *signatures, *unnamed], own, foreign


def _without(line: Line, gone: set[int]) -> Line | None:
    """The line without some of its words; None where none is left."""
    kept = tuple(word for word in line.words if id(word) not in gone)
    return line if len(kept) == len(line.words) else replace(line, words=kept) if kept else None


def _is_foreign(pair: Pair, lines: Sequence[Line]) -> bool:
    label = " ".join(word.text for word in lines[pair.line].words[pair.mark.start : pair.mark.after]).casefold()
    return pair.value.field == "other" and not {*FOREIGN, "lama", "perangkat"}.isdisjoint(re.findall(r"[a-z]+", label))


def _set_cover_aside(mentions: Sequence[Mention], lines: Sequence[Line]) -> None:
    """Whom a covering letter names, on pages before the one on which the statement has its title, is not its writer."""
    begins = next((line.page for line in lines if _HEADING.match(line.text)), 0)
    for mention in mentions:
        if all(value.words[-1].page < begins for value in mention.values.values() if value.words):
            mention.hints = {"cover"}


def _doubt_what_goes_on(mentions: Sequence[Mention], lines: Sequence[Line], lone: set[int]) -> None:
    """A value in words may go on behind its end, where OCR could not read what stands there: "SMP Negeri &?"."""
    unread = {
        id(word)
        for line in lines
        for n, (word, other) in enumerate(pairwise(line.words), 1)
        if not line.wide_gap_before(n) and _UNREAD.fullmatch(other.text) and other.confidence < LEAST_SURE
    }
    for mention in mentions:
        address = mention.values.get("email")
        if address is not None and id(address.words[0]) in lone:
            mention.values["email"] = replace(address, partial=True)
        for field in _IN_WORDS & mention.values.keys():
            value = mention.values[field]
            if (
                id(value.words[-1]) in unread
                or _GOES_ON.search(value.text)
                or _MIXED.search(value.text)
                or (field == "agency" and _MISPLACED.match(value.text))
                or (field == "position" and _STRAY.search(value.text))
                or (field == "name" and _SECOND_NAME.match(value.text))
            ):
                mention.values[field] = replace(value, partial=True)


def _after_names(mentions: Sequence[Mention], lines: Sequence[Line]) -> set[int]:
    """The words, by their identity, before which a part of somebody's name stands in small letters: of
    "sekar contohwati@…" OCR has lost a sign."""
    named = {
        part
        for mention in mentions
        if "name" in mention.values
        for part in re.findall(r"[a-z]{3,}", mention.values["name"].text.casefold())
    }
    return {
        id(other)
        for line in lines
        for n, (word, other) in enumerate(pairwise(line.words), 1)
        if word.text in named and not line.wide_gap_before(n)
    }


# ── which of several values, and whether it is certain ──
def _settle_person(person: Person, ocr: bool) -> dict[str, _Settled]:
    return {field: _settle(field, person.values[field], ocr) for field in PERSON_FIELDS if person.values.get(field)}


def _settle(field: str, values: Sequence[Value], ocr: bool) -> _Settled:
    """The value, certain where all that the letter says of it agrees; what stands twice needs no further proof."""
    agreeing = [[item for item in values if same_value(field, item.text, value.text)] for value in values]
    best = max(agreeing, key=lambda group: (len(group), min(_confidence(item) for item in group)))
    chosen = best[0]
    if field == "name":  # the whole of it; under a stamp and a signature OCR reads more than there is
        sound = [item for item in best if not ocr or _confidence(item) >= LEAST_SURE] or best
        chosen = max(sound, key=lambda item: len(re.sub(r"\W", "", item.text)))
    if field in {"position", "agency"}:
        chosen = values[0]
        return _Settled(chosen, _sure(chosen, ocr))
    if len(best) < len(values):
        clearly = ocr and len(best) > len(values) - len(best)
        return _Settled(chosen, clearly and _sure(chosen, ocr))
    places = {(item.words[0].page, item.words[0].top) for item in best}
    twice = len(places) > 1 and not chosen.partial and _possible(field, chosen.text)
    return _Settled(chosen, _sure(chosen, ocr) or twice)


def _confidence(value: Value) -> float:
    return min((word.confidence for word in value.words), default=100.0)


_NO_DIGEST = re.compile(r"\d{9,}|(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])")
"""A telephone number, a NIK or a NIP, a day: the beginning of a digest is hardly ever so many figures alone."""
_LIKE_Q = re.compile(r"g[bz]|(?<!n)g\b")
"""Where OCR mostly saw a q: Iqbal, Rizqi, Taufiq, Chuluq. Of a name that truly is written so it costs a look."""
_STREET = re.compile(r"(?:jalan|jln?|gang|gg|raya)\b", re.IGNORECASE)


def _possible(field: str, text: str) -> bool:
    """Whether a number can be one at all: a letter taken for a digit mostly cannot."""
    can_be = _CAN_BE.get(field)
    return can_be is None or can_be(text)


_CAN_BE: dict[str, Callable[[str], bool]] = {
    "nip": shapes.valid_nip,
    "nik": shapes.valid_nik,
    "key_fingerprint": lambda text: not _NO_DIGEST.fullmatch(shapes.hex_digits(text)),
    "serial": lambda text: len(shapes.hex_digits(text)) <= (49 if shapes.hex_digits(text).isdigit() else 42),
    "name": lambda text: not _LIKE_Q.search(text.partition(",")[0]),
    "letter_number": lambda text: not _STREET.match(text) and "..." not in text and "__" not in text,
}


def _sure(value: Value, ocr: bool) -> bool:
    if value.contested or (value.field not in PERSON_FIELDS and not _possible(value.field, value.text)):
        return False
    if not ocr:
        cut = value.field == "key_fingerprint" and 16 < len(re.findall(r"[0-9A-Fa-f]", value.text)) < 64
        return not cut and not (value.partial and value.field == "letter_date")
    return not value.partial and _confidence(value) >= LEAST_SURE and _possible(value.field, value.text)


# ── fields of the letter itself, and what stands alone ──
def _letter_fields(
    lines: Sequence[Line], labelled: dict[str, list[Value]], ocr: bool, segments: Sequence[Segment]
) -> dict[str, _Settled]:
    """`segments` are those of the letterhead too: the date may stand beside it."""
    paragraphs = paragraphs_of(lines)
    fingerprints, said = labelled.get("key_fingerprint", []), fingerprint_in(paragraphs)
    near = {"above", "below"}  # beside a sentence that says it whole, what stands over a label is something else
    if said is not None and all(
        _completes(said, item) or (_is_whole(said) and item.evidence in near) for item in fingerprints
    ):
        fingerprints = [said]
    fingerprints = [with_rows_above(item, segments) for item in fingerprints]
    fingerprint = fingerprints[0] if fingerprints else None
    named = [item for item in labelled.get("serial", []) if not _of_device(item, lines)]
    serials = [replace(item, contested=item.contested or _is_listed(item, lines)) for item in named] or [
        item for item in [serial_in(paragraphs, fingerprint)] if item is not None
    ]
    if fingerprint is not None and serials and _are_one(fingerprint, serials[0]):
        serials = []
    labels = [line.words[mark.start] for line in lines for mark in marks_of(line) if mark.field not in LETTER_FIELDS]
    born = {item.line for item in segments if _BIRTH.search(item.text)}
    free = [item for item in segments if item.line not in born and not any(_is_before(word, item) for word in labels)]
    standing, dates = date_in(free) + place_dates_in_text(paragraphs), labelled.get("letter_date", [])
    found: dict[str, Sequence[Value]] = {
        "letter_number": labelled.get("letter_number", []),
        "serial": serials,
        "key_fingerprint": fingerprints,
        "letter_date": standing[:1] if len({_date_key(item) for item in standing}) > 1 else standing or dates,
    }
    if ocr:
        taken = {id(word) for field in HEX_FIELDS for item in found[field] for word in item.words}
        loose = [
            line for line in lines if not any(id(word) in taken or not _is_group(word.text) for word in line.words)
        ]
        for field in HEX_FIELDS:
            found[field] = [
                replace(item, partial=item.partial or _is_torn(item, lines) or _has_more(item, loose))
                for item in found[field]
            ]
        found["letter_number"] = [
            replace(item, partial=item.partial or not item.text[:1].isalnum() or bool(_NO_MONTH.search(item.text)))
            for item in found["letter_number"]
        ]
    return {field: _settle(field, values, ocr) for field, values in found.items() if values}


def _line_of(value: Value, lines: Sequence[Line]) -> Line | None:
    """The line in which the value begins."""
    return next((line for line in lines if any(word is value.words[0] for word in line.words)), None)


def _is_listed(value: Value, lines: Sequence[Line]) -> bool:
    """Whether it is the first of several: "1. 6E3A…"."""
    line = _line_of(value, lines)
    return line is not None and any(re.fullmatch(r"1[.)]", word.text) for word in line.words[1:])


def _of_device(value: Value, lines: Sequence[Line]) -> bool:
    """Whether the words before a serial number say that a machine has it: "laptop S/N 5CD1…"."""
    line = _line_of(value, lines)
    before = "" if line is None else " ".join(word.text for word in line.words[: line.words.index(value.words[0])])
    return DEVICE.search(before) is not None


def _is_whole(value: Value) -> bool:
    return len(shapes.hex_digits(value.text)) == shapes.WHOLE_KEY


def _completes(said: Value, labelled: Value) -> bool:
    """Whether a sentence has the whole of the digits of which a label has the beginning."""
    whole, begun = shapes.hex_digits(said.text), shapes.hex_digits(labelled.text)
    return _is_whole(said) and whole.startswith(begun)


def _are_one(fingerprint: Value, serial: Value) -> bool:
    """Whether what stands for a serial is the rest of a SHA-256 that a narrow cell has torn, or one of its rows."""
    whole = shapes.hex_digits(fingerprint.text)
    if len(whole) == shapes.WHOLE_KEY and shapes.hex_digits(serial.text) in whole:
        return True
    return len(shapes.hex_digits(fingerprint.text) + shapes.hex_digits(serial.text)) == shapes.WHOLE_KEY


def _is_before(label: Word, item: Segment) -> bool:
    """Whether a segment is, or follows, a person's label on its line: a place and date of birth is no letter's."""
    first = item.words[0]
    same = first.page == label.page and abs(first.middle - label.middle) < label.height / 2
    return same and label.left <= first.left + 0.001 and first.left - label.left < _NEAR_LABEL


def _is_torn(value: Value, lines: Sequence[Line]) -> bool:
    """Whether OCR may have lost a group of a number: it has a length that none has, or figures stand right beside."""
    figures = "".join(re.findall(r"[0-9A-Fa-f]", value.text))
    if len(figures) not in _WHOLE[value.field] and not (figures.isdigit() and len(figures) in _WHOLE_DECIMAL):
        return True
    own = {id(word) for word in value.words}
    near = (line.words for line in lines if any(id(word) in own for word in line.words))
    return any(
        id(word) not in own and id(other) in own and _is_group(word.text) and abs(gap) < 2.5 * word.height
        for words in near
        for one, two in pairwise(words)
        for word, other, gap in ((one, two, two.left - one.right), (two, one, two.left - one.right))
    )


def _has_more(value: Value, loose: Sequence[Line]) -> bool:
    """Whether a row of figures that is nobody's stands close over or under a number, as in one cell of a form."""
    first, last = value.words[0], value.words[-1]
    return any(
        line.page == first.page
        and min(abs(line.top - first.top), abs(line.top - last.top)) < _ROW * max(first.height, 0.008)
        and line.words[0].left < last.right
        and first.left < line.words[-1].right
        for line in loose
    )


def _is_group(text: str) -> bool:
    return re.fullmatch(r"[0-9A-Za-z]{2,8}[:.\-]?", text) is not None and any(map(str.isdigit, text))


def _date_key(value: Value) -> str:
    return re.sub(r"\W+", " ", value.text).casefold().strip()


def _loose(lines: Sequence[Line], mentions: Sequence[Mention], applicant: Person) -> dict[str, Value]:
    """An address or a number that stands with nobody, where there is only one: the applicant's. Behind what is
    somebody else's in the same paragraph it is that one's."""
    used = used_words(mentions)
    own = {id(word) for values in applicant.values.values() for value in values for word in value.words}
    found: dict[str, dict[str, Value]] = {}
    for paragraph in paragraphs_of(lines):
        for field, span in shapes.typed(paragraph.text):
            rows = paragraph.rows(span)
            if field not in {"email", "phone"} or any(id(word) in used for row in rows for word in row):
                continue
            before = paragraph.words[: paragraph.words.index(rows[0][0])]
            last = next((word for word in reversed(before) if id(word) in used), None)
            if last is None or id(last) in own:
                text = paragraph.text[slice(*span)].strip(" .")
                found.setdefault(field, {})[text.casefold()] = Value(field, text, rows, "shape")
    for mention in mentions:
        foreign = mention.names_somebody or mention.hints & ELSEWHERE
        for field, value in mention.values.items() if not foreign else ():
            found.setdefault(field, {})[value.text.casefold()] = value
    return {field: next(iter(values.values())) for field, values in found.items() if len(values) == 1}


def _twice(mentions: Sequence[Mention], settled: Mapping[str, _Settled]) -> list[str]:
    """The addresses and telephone numbers of which nobody's labels give another one: an old one, a private one."""
    others = [mention for mention in mentions if not mention.names_somebody and not mention.hints & ELSEWHERE]
    return [
        field
        for field in ("email", "phone")
        if field in settled
        and any(
            field in other.values and not same_value(field, other.values[field].text, settled[field].value.text)
            for other in others
        )
    ]


def _person_facts(settled: dict[str, _Settled], role: str, row: bool) -> PersonFacts:
    fields = StatementFields(**{field: item.value.text[:MOST_FIELD] for field, item in settled.items()})
    places = tuple((field, place_of(item.value)) for field, item in settled.items())
    doubted = tuple(field for field, item in settled.items() if not item.certain)
    return PersonFacts(role, fields, places, doubted, row)


def place_of(value: Value) -> Place:
    """Where a value stands in the letter."""
    rows = rows_of([shown_word(word) for word in value.words])
    page = rows[0][0].page
    return Place("statement", page, tuple(box_of(row) for row in rows if row[0].page == page))
