"""What the full-text indices are asked for: any part of what people bring, however they write it.

The indices are of trigrams, so every three letters in a row are found, wherever they stand in a word or a number.
"""

import re
from collections.abc import Iterable, Iterator

from lockdesk.core.numbering import case_numbers_in, complaint_numbers_in
from lockdesk.pki.values import parse_serial

SHORTEST = 3
"""Letters of a trigram: fewer are in no index."""
_SEPARATORS = re.compile(r"[\s.:\-–/()]+")
_LABELS = frozenset({"nip", "nik", "no", "nomor", "seri", "serial", "sn", "tel", "telp", "telepon", "hp", "wa"})
_LABELLED = re.compile(rf"(?:{'|'.join(sorted(_LABELS))})[.:]+(?=\+?\d)", re.IGNORECASE)
"""A label that is written together with its number."""
_AROUND = ',.;:()<>[]"“”„'
_APOSTROPHES = "'’‘ʼ`´"
"""Each is typed for the others: a letter's word processor makes ’ of what a keyboard has."""
_LEAST_OF_SERIAL = 6
_WORD = re.compile(r"\w+")
_NUMBERS = re.compile(r"\+?\d(?:[\s.()/–-]*\d){6,}")
"""What may be a telephone's number among other words."""


def match_of(text: str) -> str:
    """The MATCH for rows in which all words of `text` stand, or the number that it is; "" where it is too short.

    Understood: the number as a receipt prints it, NIP and NIK with blanks, a serial in every spelling, a telephone
    number with +62 or 0.
    """
    return _either((all_of(_plain(text).split()), reading_of(text)))


def reading_of(text: str) -> str:
    """The MATCH for the number alone that all of `text` may stand for; "" for none."""
    return _either(map(_phrase, _readings(_plain(text))))


def words_of(text: str) -> tuple[str, tuple[str, ...]]:
    """The MATCH for the words of `text` that the index knows, and the beginnings of words that are too short for it."""
    words = _plain(text).split()
    short = (part for word in words if len(word) < SHORTEST for part in _WORD.findall(word.casefold()))
    return all_of(words), tuple(short)


def begins_in(short: Iterable[str], number: str, *texts: str) -> bool:
    """Whether each begins a word of the texts, or ends the number."""
    words = [word for text in texts for word in _WORD.findall(text.casefold())]
    return all(number.endswith(part) or any(word.startswith(part) for word in words) for part in short)


def _either(parts: Iterable[str]) -> str:
    return " OR ".join(dict.fromkeys(f"({part})" for part in parts if part))


def _plain(text: str) -> str:
    """Without what a screen does not show, the marks around words, and the labels beside numbers."""
    shown = "".join(ch if ch.isprintable() else " " for ch in text)
    words = [_LABELLED.sub("", word.strip(_AROUND), 1) for word in shown.split()]
    numbered = any(ch.isdigit() for ch in shown)
    return " ".join(word for word in words if word and not (numbered and word.casefold() in _LABELS))


def whole_numbers(text: str) -> dict[str, tuple[str, ...]]:
    """What is a whole number of a case or of a person, by the column that has an index of its own for it: among a
    million cases that is faster than its parts."""
    joined = _SEPARATORS.sub("", _plain(text))
    by_length = {18: "nip", 16: "nik"}
    found = {"number": case_numbers_in(text)}
    if joined.isdigit() and len(joined) in by_length:
        found[by_length[len(joined)]] = (joined,)
    return {name: values for name, values in found.items() if values}


def _readings(text: str) -> Iterator[str]:
    """What a typed number may stand for."""
    yield from case_numbers_in(text)
    yield from complaint_numbers_in(text)
    joined = _SEPARATORS.sub("", text)
    if joined != text and any(ch.isdigit() for ch in joined):
        yield joined
    if (phone := joined.removeprefix("+")).isdigit() and (dialled := phone_text(phone)) != phone:
        yield dialled
    if len(joined) >= _LEAST_OF_SERIAL and joined.isalnum():
        for serial in parse_serial(text):
            yield f"{serial:X}"


def phone_text(phone: str) -> str:
    """A number as the index holds it: as it is dialled in the country."""
    digits = "".join(ch for ch in phone if ch.isdigit())
    abroad = digits.removeprefix("00")
    return "0" + abroad[2:].removeprefix("0") if abroad.startswith("62") else digits


def contact_text(contact: str) -> str:
    """How somebody is reached, as the index holds it: as it is written, and each number as it is dialled."""
    return " ".join((contact, *dict.fromkeys(map(phone_text, _NUMBERS.findall(contact))))).strip()


def serial_text(serial: str) -> str:
    """A written serial as the index holds it: hex digits of what it says, and as it stands where it says nothing."""
    return " ".join(f"{number:X}" for number in sorted(parse_serial(serial))) or serial


def all_of(words: Iterable[str]) -> str:
    """The MATCH for rows in which all words stand that are long enough; "" for none."""
    return " AND ".join(filter(None, map(_phrase, words)))


def _phrase(word: str) -> str:
    if len(word) < SHORTEST:
        return ""
    spelt = dict.fromkeys(word.translate(dict.fromkeys(map(ord, _APOSTROPHES), mark)) for mark in _APOSTROPHES)
    phrases = ['"' + other.replace('"', '""') + '"' for other in spelt]
    return phrases[0] if len(phrases) == 1 else f"({' OR '.join(phrases)})"
