"""Labels where they stand: first on a line, clearly apart, or anywhere with a colon behind."""

import re
from collections.abc import Sequence

from lockdesk.desk.values.facts import Line, Word
from lockdesk.reader.letter import shapes
from lockdesk.reader.letter.labels import MOST_LABEL_WORDS, PARTS_OF_OFFICE, label_of
from lockdesk.records import dataclass

LIST_NUMBER = re.compile(r"(?:\d{1,2}|[a-zA-Z])[.)]|[-•–—▪*◦○·►✓]|\*+")
_COLONS = (":", "=")
_LONE_COLON = re.compile(r"[:=]|[.…_]{3,}:?")
TYPED = {
    "email": shapes.EMAIL,
    "phone": shapes.PHONE,
    "nip": shapes.NIP,
    "nik": shapes.NIK,
    "letter_date": shapes.DATE,
    "serial": shapes.HEX,
    "key_fingerprint": shapes.HEX,
}
_PLAIN = frozenset({"nik", "email", "phone"})
"""Without NIP: a signature's stands behind its label in just this way."""
_STRETCHED = 3.0
"""Heights of a line that justification makes of a blank at most."""
_REACH = MOST_LABEL_WORDS + 1
_OFFICE = re.compile(shapes.OFFICE_HEAD, re.IGNORECASE)
_SIGNS = re.compile(
    r"(?:(?:pemohon|pemilik|pemegang)(?:\s+sertifikat)?|yang\s+(?:mengajukan|memohon|bermohon|meminta))\W?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Mark:
    """A label on a line: its words from `start`, the value's from `after`."""

    field: str
    role: str
    start: int
    after: int
    colon: bool
    apart: bool
    """Whether it stands first on its line, behind a list's number or clearly apart; else in running text."""


def marks_of(line: Line) -> list[Mark]:
    """The labels of a line: first on it or clearly apart, or anywhere with a colon behind."""
    found: list[Mark] = []
    index = 0
    while index < len(line.words):
        mark = _mark_at(line, index)
        found += [mark] if mark is not None else []
        index = mark.after if mark is not None else index + 1
    return found


def _mark_at(line: Line, start: int) -> Mark | None:
    behind_number = start > 0 and line.wide_gap_before(start - 1) and _is_number(line, start - 1)
    apart = line.wide_gap_before(start) or behind_number
    best: Mark | None = None
    if not apart and not any(":" in word.text or "=" in word.text for word in line.words[start : start + _REACH]):
        return None
    for length in range(1, min(MOST_LABEL_WORDS, len(line.words) - start) + 1):
        after = start + length
        last = line.words[after - 1].text
        ended = length > 1 and line.words[after - 2].text.endswith(_COLONS)
        if ended or (length > 1 and _is_colon(last)):
            break
        label = label_of(" ".join(word.text for word in line.words[start:after]))
        following = line.words[after].text if after < len(line.words) else ""
        bracketed = line.words[start].text.startswith(("[", "{", "|")) and last.endswith(("]", "}", "|", ")"))
        colon = last.endswith(_COLONS) or _is_colon(following) or bracketed
        if length > 1 and line.wide_gap_before(after - 1) and (label is None or not colon):
            break  # in justified text the words of one label stand far apart
        ends = colon or after == len(line.words) or line.wide_gap_before(after)
        ends = ends or (apart and label is not None and _begins_value(label[0], _near(line, after)))
        sentence = label is not None and label[0] == "name" and _in_sentence(line, start)
        if label is None or not (ends and (colon or (apart and not sentence))):
            continue
        if not colon and start > 0 and not behind_number and last.casefold() in PARTS_OF_OFFICE and length == 1:
            continue
        if not colon and label[0] == "name" and last.casefold().strip(".,;") == "saya":
            continue  # of itself it is no label
        if not apart and label[0] in {"letter_number", "other", "letter_date"}:
            continue
        if not apart and after == len(line.words) and label[0] in {"name", "position", "agency"}:
            continue  # the end of a sentence: "… identitas kepala sekolah:"
        if label[0] == "other" and not colon and _OFFICE.match(line.words[start].text) and length > 1:
            continue  # "Dinas Pendidikan", and not somebody's schooling
        signs = _SIGNS.fullmatch(" ".join(word.text for word in line.words[start:after])) is not None
        if signs and not colon and not _begins_value("name", _near(line, after)):
            continue  # over a signature
        best = Mark(label[0], label[1], start, after + bool(_LONE_COLON.fullmatch(following)), colon, apart)
    return best


def _in_sentence(line: Line, start: int) -> bool:
    """Whether the word before makes it running text, which justification has torn apart."""
    if start == 0:
        return False
    before, word = line.words[start - 1], line.words[start]
    said = before.text.endswith(",") or (before.text.isalpha() and before.text.islower())
    return said and word.left - before.right < _STRETCHED * before.height


def _near(line: Line, start: int) -> Sequence[Word]:
    """The words from `start` up to the next wide gap."""
    end = next((n for n in range(start + 1, len(line.words)) if line.wide_gap_before(n)), len(line.words))
    return line.words[start:end]


def _begins_value(field: str, words: Sequence[Word]) -> bool:
    """Whether a value that cannot be mistaken stands right behind a label without a colon or a gap."""
    text = " ".join(word.text for word in words)
    found = shapes.NAME.match(text) if field == "name" else TYPED[field].match(text) if field in _PLAIN else None
    return found is not None and (field != "name" or (shapes.is_name(found[0]) and len(found[0]) == len(text)))


def _is_colon(text: str) -> bool:
    """Whether a word begins a value: a colon, or the dots of a form."""
    return text.startswith((*_COLONS, "...", "…", "___"))


def _is_number(line: Line, index: int) -> bool:
    return bool(LIST_NUMBER.fullmatch(line.words[index].text))
