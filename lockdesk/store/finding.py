"""What the full-text indices are asked for: any part of what people bring, however they write it.

The indices are of trigrams, so every three letters in a row are found, wherever they stand in a word or a number. Three
digits in a row stand in every twentieth case, six hardly anywhere: so a longer number, a serial's hex digits among
them, also stands there two digits to a sign, and is found by these.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from lockdesk.core.numbering import Series, numbers_of_any_year, numbers_sought
from lockdesk.pki.values import parse_serial

SHORTEST = 3
"""Letters of a trigram: fewer are in no index."""
_SEPARATORS = re.compile(r"[\s.:\-/()]+")
_PAIRED = 6
"""Digits of a trigram of pairs."""
_RUN = re.compile(rf"[0-9a-f]{{{_PAIRED},}}", re.IGNORECASE | re.ASCII)
_DIGIT = re.compile(r"[0-9]")
_FIRST_PAIR = 0x2800
"""Signs that nobody writes, and that have no small or capital form: the 256 of Braille."""
_LABEL = r"(?:nip|nik|no|nomor|seri|serial|sn|tel|telp|telepon|hp|wa|sms|e-?mail|mailto|surel)"
_LABELLED = re.compile(rf"^{_LABEL}(?:[.:/]+{_LABEL})*(?:[.:/]+|(?=\+?\d)|$)", re.IGNORECASE)
"""What a number or an address is called, alone or written together with it."""
_BETWEEN = re.compile(r"[\s,;|]+")
_AROUND = re.compile(r"^[^\w+@]+|\?.*|[^\w@]+$")
"""Marks before and behind a word, and what a link asks for."""
ODD = "[^ -&(-_a-~]"
"""A sign by which a text may be spelt otherwise: an apostrophe, or one beyond ASCII. As GLOB and as a pattern."""
_ODD = re.compile(ODD)
_FOLDED = str.maketrans(dict.fromkeys("'’‘‛ʼʻʾʿ′`´＇｀") | dict.fromkeys("‐‑‒–—―−", "-"))
"""Apostrophes, of which each writes another one or none in the same name, and dashes."""
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


def words_of(text: str) -> tuple[str, str]:
    """The MATCH for the words of `text` that the index knows, and the beginnings of words that are too short for it."""
    words = _plain(text).split()
    short = (part for word in words if len(word) < SHORTEST for part in _WORD.findall(word.casefold()))
    return all_of(words), " ".join(short)


def begins_in(short: str, number: str, *texts: str) -> bool:
    """Whether each of the short words begins a word of the texts, or ends the number. Also asked for in SQL."""
    text = "\n".join(texts)
    return all(begins.search(text) is not None or number.endswith(part) for part, begins in _beginnings(short))


@lru_cache(maxsize=8)
def _beginnings(short: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((part, re.compile(rf"\b{re.escape(part)}", re.IGNORECASE)) for part in short.split())


def _either(parts: Iterable[str]) -> str:
    return " OR ".join(dict.fromkeys(f"({part})" for part in parts if part))


def folded(text: str) -> str:
    """A text as the indices hold it: one form of what is written in several."""
    if _ODD.search(text) is None:
        return text
    return unicodedata.normalize("NFKC", text.translate(_FOLDED)).translate(_FOLDED)


def indexed(texts: Mapping[str, str]) -> dict[str, str]:
    """The columns of an index."""
    columns = {name: folded(text) for name, text in texts.items()}
    return columns | {"pairs": paired(*columns.values())}


def paired(*texts: str) -> str:
    """The longer numbers in the texts, two digits to a sign, each from its first and from its second digit on: so
    every part of it stands there that has as many digits."""
    numbers = filter(_DIGIT.search, _RUN.findall(_unmarked("\n".join(texts))))
    return " ".join(pairs for number in numbers for pairs in (_pairs(number), _pairs(number[1:])))


def _unmarked(text: str) -> str:
    """Without accents, as the index's trigrams are."""
    if text.isascii():
        return text
    return "".join(sign for sign in unicodedata.normalize("NFD", text) if unicodedata.category(sign) != "Mn")


def _pairs(digits: str) -> str:
    return "".join(chr(_FIRST_PAIR + pair) for pair in bytes.fromhex(digits[: len(digits) // 2 * 2]))


def _plain(text: str) -> str:
    """Folded, without what a screen does not show, the marks around words, and the labels of numbers and addresses."""
    shown = "".join(ch if ch.isprintable() else " " for ch in folded(text))
    words = [_AROUND.sub("", word) for word in _BETWEEN.split(shown)]
    if any(ch.isdigit() or ch == "@" for ch in shown):
        words = [_AROUND.sub("", _LABELLED.sub("", word)) for word in words]
    return " ".join(filter(None, words))


def whole_numbers(text: str) -> dict[str, tuple[str, ...]]:
    """What is a whole number of a case or of a person, by the column that has an index of its own for it: among a
    million cases that is faster than its parts."""
    plain = _plain(text)
    joined = _SEPARATORS.sub("", plain)
    by_length = {18: "nip", 16: "nik"}
    found = {"number": _numbers(plain, Series.CASE)}
    if joined.isdigit() and len(joined) in by_length:
        found[by_length[len(joined)]] = (joined,)
    return {name: values for name, values in found.items() if values}


def complaint_numbers(text: str) -> tuple[str, ...]:
    """The whole numbers of complaints that a text may stand for."""
    return _numbers(_plain(text), Series.COMPLAINT)


def _numbers(text: str, series: Series) -> tuple[str, ...]:
    return numbers_sought(text, series) or numbers_of_any_year(text, series)


def _readings(text: str) -> Iterator[str]:
    """What a typed number may stand for."""
    for series in Series:
        yield from numbers_sought(text, series, half=True)
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
    digits = "".join(ch for ch in folded(phone) if ch.isdigit())
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


def all_in(column: str, words: Iterable[str]) -> str:
    """The same within one column, where no number stands in pairs."""
    terms = " AND ".join(_quoted(word) for word in words if len(word) >= SHORTEST)
    return f"{column} : ({terms})" if terms else ""


def _phrase(word: str) -> str:
    if _RUN.fullmatch(word) and _DIGIT.search(word):
        # Of an odd number of digits the last is in no pair from the first on. That both parts of it may stand apart in
        # one row is borne with: to look whether they do takes longer than what the pairs save.
        to_the_end = word[len(word) % 2 :]
        return " AND ".join(map(_quoted, dict.fromkeys((_pairs(word), _pairs(to_the_end)))))
    return _quoted(word) if len(word) >= SHORTEST else ""


def _quoted(word: str) -> str:
    return '"' + word.replace('"', '""') + '"'
