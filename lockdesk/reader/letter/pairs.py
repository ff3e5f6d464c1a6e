"""Labels with their values: beside, over or under each other, two pairs on a line, with or without a colon."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from lockdesk.core.identity import TITLES, digits
from lockdesk.desk.values.facts import Line, Word
from lockdesk.reader.letter import shapes
from lockdesk.reader.letter.cells import cell_beside, plain_labels, wrapped_labels
from lockdesk.reader.letter.labels import PARTS_OF_OFFICE, also_named, label_of
from lockdesk.reader.letter.layout import Segment, rows_of
from lockdesk.reader.letter.long_numbers import digits_go_on, more_digits, rest_of_number
from lockdesk.reader.letter.marks import LIST_NUMBER, TYPED, Mark, marks_of
from lockdesk.reader.letter.mentions import HEX_FIELDS, Value
from lockdesk.records import dataclass

_LENGTHS = {"nip": 18, "nik": 16}
_WRAPPING = frozenset({"name", "position", "agency", "serial", "key_fingerprint", "email"})
_AFTER_NAME = ("", *" ,.;:()[]/-–|_")
_CLAUSE_END = re.compile(
    r",\s+(?=[a-z])|(?<=[a-z]{3})\.\s+(?=[A-Z][a-z]+\s+[a-z])|\s+[Ss]aya\b|\s+[a-z]{3,}\.$|\s*[(;]|\s+(?:adalah|yang|dengan\s+ini|menyatakan)\b"
)
_IN_WORDS = frozenset({"name", "position", "agency"})
_ROW, _MOST_MORE = 1.75, 2
"""How far the next row of a wrapped value begins below its last, in heights of it, and how many more there may be."""
_LABEL_AGAIN = re.compile(r"^(?:(?:unit\s+)?kerja|instansi|perangkat\s+daerah)\s+(?=[A-Z])", re.IGNORECASE)
_OFFICES = {"dinas", "kantor", "puskesmas", "sekolah"}
_TITLED = re.compile(r",\s?[SAMD]\.\s?[A-Z][a-z]*")
"""Somebody's name with a title, and neither a position nor an office."""
_ALSO_CALLED = re.compile(r" \([A-Z][^()\d]*\)$")
"""An office's other name behind it: its short one, or the English one."""
_STATUS = {"PNS", "CPNS", "PPPK", "CPPPK", "ASN"}
"""What somebody is employed as, and no position."""
_STANDING = re.compile(rf" \((?:{'|'.join(sorted(_STATUS))})\)$")
"""As what somebody is employed, said behind the position."""
_TITLE = re.compile(r"(?:SURAT|LAPORAN|FORMULIR|PERMOHONAN|PERNYATAAN|LEMBAR)\b")
"""With what a paper's title begins, and no value goes on."""
_STREET = re.compile(r"(?:jl|jln|jalan)\b", re.IGNORECASE)
_MANY = 2
"""Labels without anything beside them, from which on a paper sets its values under its labels."""
_COLUMN = 0.12
"""How far down, as a share of the page, the rows of one table are looked for."""
_SENTENCE_WORDS = 4
_MOST_AT_MARGIN = 4
_BETWEEN_COLUMNS = 2.5
"""Heights of a line that part a value from another column's text; OCR and justification leave less."""
_FAR = 0.12
"""A share of the page's width."""
_AT = re.compile(rf"\s+(?:pada|di(?:\s+lingkungan)?)\s+(?={shapes.OFFICE_HEAD})")
_PLUS = re.compile(r"(?<!\w)[A-Za-z](?=62[ \-]?8)")
"""What OCR makes of the plus of a telephone number."""
_FILLING = " :;.…_=|-–•"


def value_of(field: str, words: Sequence[Word], evidence: str, label: bool = True) -> Value | None:
    """The value of a field that stands in words; None when nothing there can be one."""
    kept = [word for word in words if word.text.strip(_FILLING)]
    text = shapes.normal(" ".join(word.text for word in kept)).strip(" ;").lstrip(":=").strip()
    if not text or text.strip(_FILLING) == "":
        return None
    shaped = _shaped(field, text, label)
    sentence = evidence in {"below", "above"} and field in {"position", "agency"} and shaped[:1].islower()
    if not shaped or sentence:
        return None
    return Value(field, shaped, _rows_with(kept, shaped), evidence, _leaves_some(field, text, shaped))


def _leaves_some(field: str, text: str, shaped: str) -> bool:
    """Whether letters or digits beside the value stay untaken."""
    rest = len(re.sub(r"\W", "", text)) - len(re.sub(r"\W", "", shaped))
    pieces = field in {"name", "position", "agency"} and re.search(r"(?<!\S)[a-z](?!\S)", text) is not None
    return pieces or (field in {"name", "email", "serial", "key_fingerprint"} and rest > 1)


def _rows_with(words: Sequence[Word], shaped: str) -> tuple[tuple[Word, ...], ...]:
    """The rows of those words that carry something of the value."""
    compact = re.sub(r"\W", "", shaped)
    inside = [word for word in words if (core := re.sub(r"\W", "", word.text)) and (core in compact or compact in core)]
    return rows_of(inside or list(words))


def _shaped(field: str, text: str, label: bool) -> str:
    if field == "name":
        return _name(text, label)
    if field in TYPED:
        return _typed(field, text, label)
    if field == "letter_number":
        found = shapes.LETTER_NUMBER.match(text)
        return found[0] if found else text if any(char.isdigit() for char in text) and len(text) < 40 else ""
    if field in {"position", "agency"}:
        text = _LABEL_AGAIN.sub("", text) if field == "agency" else text
        also = (_ALSO_CALLED if field == "agency" else _STANDING).search(text)
        bare = _CLAUSE_END.split(_AT.split(text)[0] if field == "position" else text)[0].strip(
            _FILLING.replace(".", "") + ","
        )
        bare += also[0] if also is not None and text.startswith(bare + also[0]) else ""
        if bare in _STATUS or _TITLED.search(bare):
            return ""
        letters = sum(map(str.isalpha, bare))
        return (
            bare
            if letters >= 2
            and letters > sum(map(str.isdigit, bare))
            and len(bare) < 120
            and "@" not in bare
            and not (field == "agency" and (shapes.is_position(bare) or _STREET.match(bare)))
            else ""
        )
    return text


def _name(text: str, label: bool) -> str:
    found = shapes.NAME.match(text) if label else None
    if found is None or not shapes.is_name(found[0], labelled=True):
        found = shapes.find_name(text)
    if found is not None and found.start() <= 2 and text[found.end() : found.end() + 1] in _AFTER_NAME:
        return found[0].strip(" ,")
    bare = re.sub(r"\s*[(/].*$", "", text).strip(_FILLING.replace(".", ""))
    if bare[:1].islower() and bare.partition(".")[0] not in TITLES:
        return ""
    sound = label and bare and len(bare) < 80 and shapes.is_name(bare, labelled=True) and len(bare.split()) <= 8
    return bare if sound else ""


def _email(text: str) -> str:
    """An address, also one that a narrow cell has torn apart: "…go.i d"."""
    joined = re.sub(r"\s*([@.])\s*", r"\1", text)
    whole, glued = shapes.find_email(joined), shapes.find_email(re.sub(r"\s", "", joined))
    rest = joined[whole.end() :].strip() if whole is not None else ""
    torn = glued is not None and (whole is None or re.fullmatch(r"[a-z]{1,3}", rest) is not None)
    found = glued if torn else whole
    return found[0].strip(".") if found is not None else ""


def _typed(field: str, text: str, label: bool) -> str:
    if field == "email":
        return _email(text)
    text = _PLUS.sub("+", text) if field == "phone" else text
    found = shapes.find_key(text) if field == "key_fingerprint" else TYPED[field].search(text)
    if field == "phone" and shapes.find_name(text) is not None:
        return ""  # somebody else's, who answers for the applicant
    if field == "phone" and found is None and label:
        found = shapes.LANDLINE.search(text)
    if found is not None:
        return shapes.plain_hex(found[0].strip(" .:-–"))
    # a number of a wrong length is still what the letter says, and the checks name its fault
    number = digits(text)
    if label and field in {"nip", "nik"} and 8 <= len(number) <= 24 and len(number) * 2 > len(re.sub(r"\s", "", text)):
        return text.strip(_FILLING)
    return ""


@dataclass(frozen=True, slots=True)
class Pair:
    """A label and its value; `line` is the label's."""

    mark: Mark
    value: Value
    line: int
    left: float


def pairs_on(lines: Sequence[Line], segments: Sequence[Segment], used: set[int]) -> Iterator[Pair]:
    """Every label with the value that belongs to it."""
    marks = plain_labels(lines, wrapped_labels(lines, {number: marks_of(line) for number, line in enumerate(lines)}))
    labels = {id(word) for n, its in marks.items() for mark in its for word in lines[n].words[mark.start : mark.after]}
    captioned = _are_captions(lines, segments, marks)
    over = sum(_stands_alone(lines[number], its) for number, its in marks.items()) >= _MANY
    for number, line in enumerate(lines):
        for place, mark in enumerate(marks[number]):
            if id(line.words[mark.start]) in used:
                continue
            end = marks[number][place + 1].start if place + 1 < len(marks[number]) else len(line.words)
            cell = cell_beside(lines, marks, number, mark)
            words = cell or _words_beside(lines, marks, number, mark, end)
            value = _beside(mark, words, line.words[mark.after : end])
            said = mark.colon and mark.field == "name" and any(word.text.strip(_FILLING) for word in words)
            if (value is None and not said) or (over and words and _is_far(line, mark, words[0])):
                value = _below_or_above(line, segments, mark, labels, number, captioned) or value
            if value is not None and _is_of(line, mark, value):
                left = line.words[mark.start].left
                yield Pair(mark, value, number, left)
                office = _office_in(words) if mark.field == "position" else None
                if office is not None:
                    yield Pair(replace(mark, field="agency"), office, number, left)
                if mark.field == "name":
                    for item in (*_numbers_in(words), *_position_in(words)):
                        yield Pair(replace(mark, field=item.field), item, number, left)
                for field in _others(mark, line):
                    other = value_of(field, words, "label", label=False)
                    if other is not None:
                        yield Pair(mark, replace(other, partial=False), number, left)


def _is_of(line: Line, mark: Mark, value: Value) -> bool:
    """Whether a value fits its label: in justified text "Dinas" without a colon may be the beginning of an office."""
    said = " ".join(word.text for word in line.words[mark.start : mark.after]).casefold()
    if said.strip(" :") in PARTS_OF_OFFICE:
        return shapes.OFFICE.match(value.text) is not None
    return mark.colon or said not in _OFFICES or shapes.find_office(value.text) is not None


def _stands_alone(line: Line, marks: Sequence[Mark]) -> bool:
    """Whether a label is all that there is on its line: its value stands under it."""
    return len(marks) == 1 and not marks[0].colon and marks[0].start == 0 and marks[0].after == len(line.words)


def _is_far(line: Line, mark: Mark, first: Word) -> bool:
    """Whether what stands on a label's line may be another column's: no colon, and a long way off."""
    label = line.words[mark.start : mark.after]
    return bool(label) and not mark.colon and first.left - label[-1].right > _FAR and first in line.words


def _numbers_in(words: Sequence[Word]) -> Iterator[Value]:
    """The numbers behind a labelled name: "Pemilik: Sekar (NIP 1990…)"."""
    text = " ".join(word.text for word in words)
    for field, span in shapes.typed(text):
        if field in _LENGTHS:
            said = text[slice(*span)].strip(" .")
            yield Value(field, said, _rows_with(words, said), "label")


def _position_in(words: Sequence[Word]) -> Iterator[Value]:
    """The position behind a labelled name: "Dari: Siti, S.Pd., Guru Ahli Pertama"."""
    text = shapes.normal(" ".join(word.text for word in words))
    found = re.search(rf",\s+(?P<position>{shapes.POSITION.pattern})$", text)
    if found is not None and " " in found["position"]:  # one word is a title: "…, M.Psi., Psikolog"
        yield Value("position", found["position"], _rows_with(words, found["position"]), "label")


def _office_in(words: Sequence[Word]) -> Value | None:
    """The office that is named with a position: "Lurah pada Kelurahan …"."""
    text = shapes.normal(" ".join(word.text for word in words))
    found = _AT.search(text)
    office = shapes.find_office(text, found.end()) if found is not None else None
    return Value("agency", office[0].strip(" ,."), _rows_with(words, office[0]), "label") if office else None


def _others(mark: Mark, line: Line) -> tuple[str, ...]:
    """The other fields that a label names: "Nama/NIP"."""
    said = " ".join(word.text for word in line.words[mark.start : mark.after])
    return tuple(field for field in also_named(said) if field != mark.field)


def _beside(mark: Mark, words: list[Word], first: Sequence[Word]) -> Value | None:
    if not words:
        return None
    if mark.field == "other":
        return Value("other", " ", rows_of(words), "label")
    return value_of(mark.field, words, "label") or value_of(mark.field, first, "label")


def _words_beside(lines: Sequence[Line], marks: dict[int, list[Mark]], number: int, mark: Mark, end: int) -> list[Word]:
    """The words behind a label, and those with which they go on below."""
    line = lines[number]
    end = min(end, _other_column(line, mark.after)) if mark.field in _IN_WORDS else end
    first = _without_list_number(line, list(line.words[mark.after : end]), end)
    if mark.field == "other" or not first:
        return first
    rows = list(first)
    justified = mark.start >= _SENTENCE_WORDS and not mark.colon and mark.field in _IN_WORDS
    running = not mark.apart or justified
    if running and end == len(line.words) and not rows[-1].text.endswith((",", ";", ".")):
        rows += _sentence_goes_on(lines, marks, number)
    elif mark.field in HEX_FIELDS:
        rows += digits_go_on(lines, marks, number, first, _first_of(first), line.words[mark.start], mark.field)
    elif mark.field in _WRAPPING or _others(mark, line):
        begins = _first_of(first)
        for step in (1, 2):
            row = _continuation(lines, marks, number + step, begins.left, line.words[mark.start].left, rows[-1])
            if not row:
                break
            rows += row
        if rows == first and mark.field in _IN_WORDS:
            rows += _at_margin(lines, marks, number, line.words[mark.start].left, first[-1])
    elif mark.field in _LENGTHS and len(digits(" ".join(word.text for word in first))) < _LENGTHS[mark.field]:
        rows += rest_of_number(lines, number, first[-1], _LENGTHS[mark.field])
    return rows


def _other_column(line: Line, after: int) -> int:
    """Where running text of another column begins: in small letters, or with a list's sign, far behind the value."""
    return next(
        (
            n
            for n in range(after + 1, len(line.words))
            if line.words[n].left - line.words[n - 1].right > _BETWEEN_COLUMNS * line.words[n].height
            and (line.words[n].text.islower() or LIST_NUMBER.fullmatch(line.words[n].text))
        ),
        len(line.words),
    )


def _first_of(words: Sequence[Word]) -> Word:
    """Where a value begins, behind colons and dots."""
    return next((word for word in words if word.text.strip(_FILLING)), words[0])


def _sentence_goes_on(lines: Sequence[Line], marks: dict[int, list[Mark]], number: int) -> list[Word]:
    """In running text the value goes on at the beginning of the next line, up to its comma."""
    if number + 1 >= len(lines) or lines[number + 1].page != lines[number].page:
        return []
    words = lines[number + 1].words
    labels = [mark.start for mark in marks[number + 1]]
    ends = next((n + 1 for n, word in enumerate(words) if word.text.endswith((",", ";"))), len(words))
    return list(words[: min([ends, *labels])])


def _without_list_number(line: Line, words: list[Word], end: int) -> list[Word]:
    """The number of the next label in a list is not the end of this value."""
    if end < len(line.words) and words and LIST_NUMBER.fullmatch(words[-1].text) and len(words) > 1:
        return words[:-1]
    return words


def _continuation(
    lines: Sequence[Line], marks: dict[int, list[Mark]], number: int, left: float, label_left: float, last: Word
) -> list[Word]:
    """The words of the next line that go on under the value's beginning, where no label stands."""
    if number >= len(lines) or left - label_left < 0.03:
        return []
    line = lines[number]
    if line.page != last.page or not 0 < line.top - last.top < 2.6 * max(last.height, 0.008):
        return []
    begins = next((n for n, word in enumerate(line.words) if abs(word.left - left) < 0.014), None)
    labelled = _begins_with_label(line.words) and not last.text.endswith(",")
    if begins != 0 or labelled or _TITLE.match(line.text):
        return []
    gaps = (n for n in range(1, len(line.words)) if line.wide_gap_before(n))
    return list(line.words[: min([*gaps, *(mark.start for mark in marks[number]), len(line.words)])])


def _at_margin(
    lines: Sequence[Line], marks: dict[int, list[Mark]], number: int, margin: float, last: Word
) -> list[Word]:
    """The few words with which a value goes on under its label, where the line was too full for the first of them."""
    if number + 1 >= len(lines) or marks[number + 1]:
        return []
    line, first = lines[number + 1], lines[number + 1].words[0]
    ends = next((n for n in range(1, len(line.words)) if line.wide_gap_before(n)), len(line.words))
    near = line.page == last.page and 0 < line.top - last.top < _ROW * max(last.height, 0.008)
    if not near or abs(first.left - margin) > 0.014 or ends > _MOST_AT_MARGIN or _begins_with_label(line.words):
        return []
    right = max(item.words[-1].right for item in lines if item.page == line.page)
    full = last.right + (first.right - first.left) > right - 0.01
    return list(line.words[:ends]) if full and first.text[:1].isupper() else []


def _begins_with_label(words: Sequence[Word]) -> bool:
    return any(label_of(" ".join(word.text for word in words[:n])) for n in (1, 2))


def _are_captions(lines: Sequence[Line], segments: Sequence[Segment], marks: Mapping[int, list[Mark]]) -> bool:
    """Whether the labels that stand alone stand under their values: told by the values that cannot be mistaken."""
    votes = {-1: 0, 1: 0}
    for number, its in marks.items():
        line = lines[number]
        labelled = sum(mark.after - mark.start for mark in its) == len(line.words)
        for mark in its if labelled and not any(item.colon for item in its) else ():
            if mark.field not in _LENGTHS | {"email": 0, "phone": 0}:
                continue
            own = Segment(line.words[mark.start : mark.after], number)
            for step in votes:
                near = [item for item in segments if item.page == own.page and _is_near(own, item, step)]
                near.sort(key=lambda item: abs(item.top - own.top))
                votes[step] += any(value_of(mark.field, item.words, "above", label=False) for item in near[:1])
    return votes[-1] >= _MANY and votes[-1] > votes[1]


def _below_or_above(
    line: Line, segments: Sequence[Segment], mark: Mark, labels: set[int], number: int, captioned: bool
) -> Value | None:
    """A label with nothing beside it: its value stands under it, or, for a caption, over it."""
    if mark.after == mark.start or mark.field == "other":
        return None  # a label that stands over and under this line, or one that nobody asks about
    own = Segment(line.words[mark.start : mark.after], number)
    caption = own.text.strip().startswith("(") or captioned
    order = (("above", -1),) if caption else (("below", 1), ("above", -1))
    for evidence, step in order:
        if evidence == "above" and not caption and (mark.colon or mark.field not in {"nip", "nik", "email", "phone"}):
            continue
        near = [item for item in segments if item.page == own.page and _is_near(own, item, step)]
        near.sort(key=lambda item: (abs(item.top - own.top), -own.overlap(item)))
        for item in near[:1]:
            if id(item.words[0]) in labels or _heads_a_column(mark, item, segments, labels):
                continue
            whole = _with_neighbours(item, segments, labels) if caption else item.words
            pieced = len(whole) > len(item.words)
            if mark.field in HEX_FIELDS and step > 0:
                whole = (*whole, *more_digits(item, segments))
            elif mark.field in _IN_WORDS and step > 0:
                whole = (*whole, *_more_words(item, segments, labels))
            value = value_of(mark.field, whole, evidence)
            if value is not None:
                return replace(value, partial=value.partial or pieced)
    return None


def _heads_a_column(mark: Mark, item: Segment, segments: Sequence[Segment], labels: set[int]) -> bool:
    """Whether several people's numbers stand under one word: a table's, and nobody's in particular."""
    if mark.field not in _LENGTHS:
        return False
    valid = shapes.valid_nip if mark.field == "nip" else shapes.valid_nik
    below = [other for other in segments if other.page == item.page and 0 <= other.top - item.top < _COLUMN]
    column = [other for other in below if abs(other.left - item.left) < 0.02]
    between = (other for other in column if id(other.words[0]) in labels)
    until = min((other.top for other in between), default=2.0)
    return sum(valid(other.text) for other in column if other.top < until) > 1


def _more_words(item: Segment, segments: Sequence[Segment], labels: set[int]) -> Iterator[Word]:
    """The rows in which a value in words goes on, as close under each other as the rows of one text are."""
    last, rows = item, 0
    for other in segments:
        under = other.page == last.page and 0 < other.top - last.top < _ROW * max(last.height, 0.008)
        fits = under and abs(other.left - item.left) < 0.012 and id(other.words[0]) not in labels
        fits = fits and not _begins_with_label(other.words)
        if fits and rows < _MOST_MORE and not any(shapes.typed(other.text)):
            last, rows = other, rows + 1
            yield from other.words


def _with_neighbours(item: Segment, segments: Sequence[Segment], labels: set[int]) -> tuple[Word, ...]:
    """The words over a caption, with those that only a narrow gap parts from them: lost letters leave gaps."""
    words = list(item.words)
    for other in segments:
        apart = max(other.left - max(word.right for word in words), min(word.left for word in words) - other.right)
        beside = other.line == item.line and other is not item and id(other.words[0]) not in labels
        if beside and apart < 3.0 * item.height:
            words += other.words
    return tuple(sorted(words, key=lambda word: word.left))


def _is_near(own: Segment, item: Segment, step: int) -> bool:
    apart = (item.top - own.top) * step
    aligned = abs(item.left - own.left) < 0.03 or own.overlap(item) > 0.5
    return 0.004 < apart < 3.4 * max(own.height, item.height, 0.009) and aligned and item.line != own.line
