"""The fields of a statement letter, found by their Indonesian labels and by where the words stand.

Only the identity block counts: what stands in the letterhead or in the signature block (there the superior's
name and NIP stand too) is not the applicant's. Within it the first occurrence wins.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lockdesk.core.findings import Place
from lockdesk.desk.values.facts import Line, StatementFields, Word
from lockdesk.reader.labels import field_of
from lockdesk.reader.limits import MOST_FIELD
from lockdesk.reader.words import box_of, lines_of
from lockdesk.words import MONTHS

_WRAPPING = frozenset({"name", "position", "agency", "unit", "serial", "key_fingerprint", "email"})
_MOST_LABEL_WORDS = 7
_TITLE = re.compile(r"surat\s+pernyataan|yang\s+bertanda\s?tangan\s+di\s?bawah", re.IGNORECASE)
_SIGNING = re.compile(
    r"^\W*(?:mengetahui|menyetujui|yang\s+(?:membuat\s+pernyataan|menyatakan|bersangkutan)|hormat\s+saya"
    r"|pemohon,?$|tanda\s+tangan)|mengetahui[,:]?\s*$|yang\s+(?:membuat\s+pernyataan|menyatakan)[,]?\s*$",
    re.IGNORECASE,
)
_DATE = r"\d{1,2}\s+(?:" + "|".join(MONTHS) + r")\s+\d{4}"
_PLACE_DATE = re.compile(r"[A-Z][A-Za-z.' ]{2,30},\s*(?:tanggal\s+)?(" + _DATE + ")", re.IGNORECASE)
_SERIAL = re.compile(
    r"(?:nomor|no\.?)\s+seri(?:al)?\s+(?:sertifikat\s+)?(?:elektronik\s+)?(?:saya\s+|lama\s+)?"
    r"(?:yaitu\s+|adalah\s+)?[:\s]*"
    r"((?:[0-9A-F]{2}:){7,24}[0-9A-F]{2}|(?:[0-9A-F]{2} ){7,24}[0-9A-F]{2}|[0-9A-F]{12,50}"
    r"|(?:[0-9A-F]{4} ){3,12}[0-9A-F]{2,4})(?![0-9A-Z])",
    re.IGNORECASE,
)
_FINGERPRINT_WORDS = re.compile(r"sidik\s+jari|fingerprint", re.IGNORECASE)
_HEX_RUN = re.compile(
    r"(?<![0-9A-Za-z-])((?:[0-9a-f]{2}[ :.-]{1,2}){3,31}[0-9a-f]{2}"
    r"|[0-9a-f]{4}(?:[ :.-]{0,2}[0-9a-f]{4}){1,15})"
    r"(?![0-9A-Za-z])",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Letter:
    """What the words say: the text in reading order, the fields, and where each of them stands."""

    text: str
    fields: StatementFields
    places: tuple[tuple[str, Place], ...]
    titled: bool = False
    """Whether the statement's own beginning was found: without it any block of fields may be another's."""


@dataclass(frozen=True, slots=True)
class _Value:
    text: str
    rows: tuple[tuple[Word, ...], ...]


def read_letter(words: list[Word]) -> Letter:
    """The letter that `words` form. Fields that were not found are ""."""
    lines = lines_of(words)
    found: dict[str, _Value] = {}
    title = next((line for line in lines if _TITLE.search(line.text)), None)
    for index, line in enumerate(lines):
        if _SIGNING.search(line.text) and found.keys() & {"name", "nip", "nik"}:
            break
        for field, value in _labelled(lines, index):
            if _counts(field, value, title or lines[0]):
                found.setdefault(field, value)
    _take_agency(found)
    _take_prose(lines, found)
    _sort_numbers(found)
    fields = StatementFields(**{field: value.text[:MOST_FIELD] for field, value in found.items()})
    places = tuple((field, _place(value)) for field, value in found.items())
    return Letter("\n".join(line.text for line in lines), fields, places, titled=title is not None)


def _counts(field: str, value: _Value, head: Line) -> bool:
    """The letterhead has a telephone and an address of its own; a letter's number has a digit."""
    if field == "other":
        return False
    if field == "letter_number":
        return any(ch.isdigit() for ch in value.text)
    first = value.rows[0][0]
    below = (first.page, first.middle) >= (head.page, head.words[0].middle)
    return below or field == "letter_date"


def _labelled(lines: list[Line], index: int) -> Iterator[tuple[str, _Value]]:
    """Every label with its value that begins on a line (two columns may stand side by side)."""
    line = lines[index]
    marks = list(_marks(line))
    for number, (field, start, value_start) in enumerate(marks):
        end = marks[number + 1][1] if number + 1 < len(marks) else len(line.words)
        rows = _value_rows(lines, index, field, (start, value_start, end))
        text = " ".join(word.text for row in rows for word in row).strip(" :;")
        if text:
            yield field, _Value(_bare(text), tuple(rows))


def _bare(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip(" ;").lstrip(":=").strip()


def _marks(line: Line) -> Iterator[tuple[str, int, int]]:
    """(field, first word of the label, first word of the value) for every label on a line."""
    index = 0
    while index < len(line.words):
        match = _label_at(line, index) if _may_begin(line, index) else None
        if match is None:
            index += 1
            continue
        field, after = match
        yield field, index, after
        index = after


def _may_begin(line: Line, index: int) -> bool:
    """A label stands first on its line, after a list number, or clearly apart."""
    if line.wide_gap_before(index):
        return True
    return index == 1 and bool(re.fullmatch(r"(?:\d{1,2}|[a-zA-Z])[.)]|[-•–]", line.words[0].text))


def _label_at(line: Line, start: int) -> tuple[str, int] | None:
    """The longest label that begins at a word and ends with a colon, a gap or the line."""
    best: tuple[str, int] | None = None
    for length in range(1, min(_MOST_LABEL_WORDS, len(line.words) - start) + 1):
        after = start + length
        text = " ".join(word.text for word in line.words[start:after])
        if length > 1 and line.words[after - 1].text.startswith(":"):
            break
        field = field_of(text)
        if field is None:
            continue
        ends = text.endswith(":") or after == len(line.words)
        colon = not ends and line.words[after].text.startswith((":", "="))
        if ends or colon or line.wide_gap_before(after):
            lone = colon and line.words[after].text in (":", "=")
            best = (field, after + 1 if lone else after)
    return best


def _value_rows(lines: list[Line], index: int, field: str, span: tuple[int, int, int]) -> list[tuple[Word, ...]]:
    """The words of a value: beside the label, and below where it goes on or stands there alone."""
    line, (start, value_start, end) = lines[index], span
    first = line.words[value_start:end]
    label_left = line.words[start].left
    if not first:
        below = _row_below(lines, index, label_left, 0.03)
        return [below] if below and field != "other" else []
    rows = [first]
    if field in _WRAPPING:
        left = next((word.left for word in first if word.text.strip(":=")), first[0].left)
        for step in (1, 2):
            row = _row_below(lines, index + step - 1, left, 0.012) if abs(left - label_left) > 0.05 else None
            if not row:
                break
            rows.append(row)
    return rows


def _row_below(lines: list[Line], index: int, left: float, tolerance: float) -> tuple[Word, ...]:
    """The words of the next line that begin at `left`, when no label and no wide space comes first."""
    if index + 1 >= len(lines):
        return ()
    line, following = lines[index], lines[index + 1]
    gap = following.top - line.top
    if following.page != line.page or gap > 3.2 * max(word.height for word in line.words) or gap <= 0:
        return ()
    begins = next((n for n, word in enumerate(following.words) if abs(word.left - left) < tolerance), None)
    if begins is None or (begins > 0 and not following.wide_gap_before(begins)):
        return ()
    if begins > 0 or any(True for _mark in _marks(following)):
        return ()
    ends = next(
        (n for n in range(begins + 1, len(following.words)) if following.wide_gap_before(n)),
        len(following.words),
    )
    return following.words[begins:ends]


def _take_agency(found: dict[str, _Value]) -> None:
    """The agency is what its own label says; a unit's label stands in where there is no other."""
    unit = found.pop("unit", None)
    if unit is not None:
        found.setdefault("agency", unit)


def _sort_numbers(found: dict[str, _Value]) -> None:
    """A number under "NIP/NIK" is what its length says."""
    nip = found.get("nip")
    if nip is not None and "nik" not in found and len(re.sub(r"\D", "", nip.text)) == 16:
        found["nik"] = found.pop("nip")


def _take_prose(lines: list[Line], found: dict[str, _Value]) -> None:
    """What stands in sentences: the date with its place, a serial, the key's fingerprint."""
    words = [word for line in lines for word in line.words]
    text, starts = _joined(words)
    date = _PLACE_DATE.search(text)
    if date:
        found["letter_date"] = _span_value(words, starts, date.span(1), text)
    serial = _SERIAL.search(text)
    if serial and "serial" not in found:
        found["serial"] = _span_value(words, starts, serial.span(1), text)
    labelled = found.get("key_fingerprint")
    if labelled is not None and not _HEX_RUN.search(labelled.text):
        del found["key_fingerprint"]
    if "key_fingerprint" in found:
        return
    for mention in _FINGERPRINT_WORDS.finditer(text):
        near = text[mention.end() : mention.end() + 260]
        runs = [run for run in _HEX_RUN.finditer(near) if re.search(r"\d", run.group())]
        if runs:
            first, last = (mention.end() + place for place in runs[0].span(1))
            found["key_fingerprint"] = _span_value(words, starts, (first, last), text)
            return


def _joined(words: Iterable[Word]) -> tuple[str, list[int]]:
    """The words as one text, and where each begins in it."""
    starts, pieces, length = [], [], 0
    for word in words:
        starts.append(length)
        pieces.append(word.text)
        length += len(word.text) + 1
    return " ".join(pieces), starts


def _span_value(words: list[Word], starts: list[int], span: tuple[int, int], text: str) -> _Value:
    inside = [
        word for word, start in zip(words, starts, strict=True) if start < span[1] and start + len(word.text) > span[0]
    ]
    rows: list[list[Word]] = []
    for word in inside:
        if rows and rows[-1][-1].page == word.page and abs(rows[-1][-1].middle - word.middle) < word.height / 2:
            rows[-1].append(word)
        else:
            rows.append([word])
    return _Value(text[span[0] : span[1]].strip(), tuple(tuple(row) for row in rows))


def _place(value: _Value) -> Place:
    page = value.rows[0][0].page
    boxes = tuple(box_of(row) for row in value.rows if row and row[0].page == page)
    return Place("statement", page, boxes)
