"""Identity numbers and names of Indonesian civil servants.

Sources: NIK 16 digits PPKKCC DDMMYY SSSS (women DD+40); NIP of PNS YYYYMMDD YYYYMM S NNN, of PPPK with
2x in digits 13-14; names are compared after NFKC, case folding and removal of titles, never by likeness.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

MASK = "•"
TEST_REGION = "337599"
_NIK_DIGITS, _NIP_DIGITS = 16, 18


def digits(text: str) -> str:
    """Only the ASCII digits of `text`."""
    return re.sub(r"[^0-9]", "", unicodedata.normalize("NFKC", text))


def mask_nik(nik: str) -> str:
    """ "3375••••••••9901"; an NIK of another length is masked whole."""
    return nik[:4] + MASK * 8 + nik[-4:] if len(nik) == _NIK_DIGITS else MASK * len(nik)


def mask_mailbox(address: str) -> str:
    """ "se•••@contoh.pekalongankota.go.id": the domain always whole."""
    local, _at, domain = address.partition("@")
    return f"{local[:2]}{MASK * 3}@{domain}" if domain else MASK * 3


def print_nip(nip: str) -> str:
    """ "19900215 201903 2 999"; a number of another length comes back as it is."""
    return f"{nip[:8]} {nip[8:14]} {nip[14]} {nip[15:]}" if len(nip) == _NIP_DIGITS else nip


@dataclass(frozen=True, slots=True)
class NumberFacts:
    """What an identity number says. `problem` is empty when it is well formed.

    `born` is month and day only for an NIK (its century is not certain): year 0 is never used, so the
    two-digit year is kept apart in `short_year`.
    """

    number: str
    problem: str = ""
    day: int = 0
    month: int = 0
    short_year: int = -1
    woman: bool | None = None


def read_nik(text: str) -> NumberFacts:
    """Checks an NIK. `problem` is one of "", "length", "region", "date", "serial"."""
    from stdnum.exceptions import ValidationError
    from stdnum.id import nik as stdnum_nik

    number = digits(text)
    if len(number) != _NIK_DIGITS:
        return NumberFacts(number, "length")
    day, month, year = int(number[6:8]), int(number[8:10]), int(number[10:12])
    woman = day > 40
    day = day - 40 if woman else day
    problem = ""
    if number[12:] == "0000":
        problem = "serial"
    elif not _is_day(day, month, year):
        problem = "date"
    elif number[:6] != TEST_REGION[:6]:
        try:
            stdnum_nik.validate(number)
        except ValidationError:
            problem = "region"
    return NumberFacts(number, problem, day, month, year, woman)


def _is_day(day: int, month: int, short_year: int) -> bool:
    for century in (1900, 2000):
        try:
            date(century + short_year, month, day)
        except ValueError:
            continue
        return True
    return False


def read_nip(text: str) -> NumberFacts:
    """Checks an NIP. `problem` is one of "", "length", "date", "sex"."""
    number = digits(text)
    if len(number) != _NIP_DIGITS:
        return NumberFacts(number, "length")
    year, month, day = int(number[:4]), int(number[4:6]), int(number[6:8])
    appointed = int(number[12:14])
    woman = {"1": False, "2": True}.get(number[14])
    if not (1930 <= year <= 2015 and _is_day(day, month, year % 100) and _appointment(appointed)):
        return NumberFacts(number, "date", day, month, year % 100, woman)
    return NumberFacts(number, "" if woman is not None else "sex", day, month, year % 100, woman)


def _appointment(digits_13_14: int) -> bool:
    """Months 1-12 for PNS, 2x for PPPK."""
    return 1 <= digits_13_14 <= 12 or 20 <= digits_13_14 <= 29


def numbers_agree(nik: NumberFacts, nip: NumberFacts) -> bool:
    """True when birth date and sex in both numbers are the same; sex is left out where unknown."""
    same_day = (nik.day, nik.month, nik.short_year) == (nip.day, nip.month, nip.short_year)
    return same_day and (nik.woman is None or nip.woman is None or nik.woman == nip.woman)


def normal_phone(text: str) -> str:
    """ "0812-0000-0077" → "+6281200000077"; "" when it is not a possible Indonesian number."""
    import phonenumbers

    try:
        number = phonenumbers.parse(text, "ID")
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_possible_number(number):
        return ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


TITLES = frozenset(
    [
        "drs",
        "dra",
        "dr",
        "drg",
        "ir",
        "prof",
        "h",
        "hj",
        "kh",
        "raden",
        "s.sos",
        "s.h",
        "sh",
        "s.e",
        "se",
        "s.kom",
        "s.t",
        "st",
        "s.pd",
        "s.pust",
        "s.i.pust",
        "s.ap",
        "s.ip",
        "s.stp",
        "s.km",
        "s.kep",
        "ns",
        "s.si",
        "s.tp",
        "s.ag",
        "s.hum",
        "s.ak",
        "s.farm",
        "apt",
        "m.m",
        "mm",
        "m.si",
        "msi",
        "m.kom",
        "m.t",
        "m.h",
        "mh",
        "m.pd",
        "m.ap",
        "m.kes",
        "m.hum",
        "m.ak",
        "m.sc",
        "m.eng",
        "mba",
        "phd",
        "a.md",
        "amd",
        "a.md.kom",
        "a.md.keb",
        "a.md.kep",
        "sp.pd",
        "sp.a",
        "sp.og",
        "sp.b",
        "sst",
        "s.st",
        "str",
        "s.tr",
    ]
)
"""Academic and religious titles, lower case without the last dot. A data list: it is meant to grow."""

ABBREVIATIONS = {
    "m": "muhammad",
    "moh": "muhammad",
    "muh": "muhammad",
    "mohammad": "muhammad",
    "mochamad": "muhammad",
    "abd": "abdul",
    "r.a": "raden ajeng",
    "ra": "raden ajeng",
}
"""Known abbreviations: they make a name a *warning*, never the same."""


class NameMatch:
    """How two names relate (constants)."""

    SAME = "same"
    ABBREVIATED = "abbreviated"
    DIFFERENT = "different"


def name_words(name: str) -> tuple[str, ...]:
    """The words of a name that count: NFKC, case folded, without titles and punctuation."""
    text = unicodedata.normalize("NFKC", name).casefold().replace("’", "'")
    before_comma, _comma, rest = text.partition(",")
    words = [*re.split(r"\s+", before_comma), *re.split(r"[\s,]+", rest)]
    kept = (word.strip(".,;") for word in words)
    return tuple(word for word in kept if word and word not in TITLES)


def compare_names(one: str, other: str) -> str:
    """SAME, ABBREVIATED or DIFFERENT (see NameMatch). No similarity scores."""
    first, second = name_words(one), name_words(other)
    if first == second:
        return NameMatch.SAME
    if _expanded(first) == _expanded(second):
        return NameMatch.ABBREVIATED
    if len(first) == len(second) and all(
        a == b or (len(min(a, b, key=len)) == 1 and a[0] == b[0]) for a, b in zip(first, second, strict=True)
    ):
        return NameMatch.ABBREVIATED
    return NameMatch.DIFFERENT


def _expanded(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(part for word in words for part in ABBREVIATIONS.get(word, word).split())
