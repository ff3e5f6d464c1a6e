"""Identity numbers and names of Indonesian civil servants.

Sources: NIK 16 digits PPKKCC DDMMYY SSSS (women DD+40); NIP of PNS YYYYMMDD YYYYMM S NNN, of PPPK with
2x in digits 13-14; names are compared after NFKC, case folding and removal of titles, never by likeness.
"""

import re
import unicodedata
from collections.abc import Collection
from datetime import date

from lockdesk.records import dataclass

MASK = "•"
TEST_REGION = "337599"
_NIK_DIGITS, _NIP_DIGITS = 16, 18


def digits(text: str) -> str:
    """Only the ASCII digits of `text`."""
    if text.isascii() and text.isdigit():
        return text
    return re.sub(r"[^0-9]", "", unicodedata.normalize("NFKC", text))


def mask_nik(nik: str) -> str:
    """ "3375••••••••9901"; an NIK of another length is masked whole."""
    return nik[:4] + MASK * 8 + nik[-4:] if len(nik) == _NIK_DIGITS else MASK * len(nik)


_BETWEEN = frozenset(" ()+-./")
"""What stands between the digits of a telephone number."""


def mask_phone(number: str) -> str:
    """ "0812 •••• •127", in the groups in which it is read: enough to know it again, not enough to call it; nothing of
    a short one but its end. Words that were written beside it are hidden: they may say whose it is."""
    shown = print_phone(number)
    places = [place for place, sign in enumerate(shown) if sign.isdigit()]
    seen = {*places[:4], *places[-3:]} if len(places) > 9 else set(places[-3:] if len(places) > 7 else ())
    return "".join(sign if place in seen or sign in _BETWEEN else MASK for place, sign in enumerate(shown))


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


def birth_digits(nip: str, nik: str) -> str:
    """Day, month and short year of birth as an NIP, without one an NIK, says them ("150290"); "" without either. They
    need be no date."""
    number = digits(nip or nik)
    if nip:
        return f"{number[6:8]}{number[4:6]}{number[2:4]}" if len(number) == _NIP_DIGITS else ""
    if len(number) != _NIK_DIGITS:
        return ""
    day = int(number[6:8])
    return f"{day - 40 if day > 40 else day:02}{number[8:12]}"


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


def print_phone(text: str) -> str:
    """ "+6281200000077" → "0812 0000 0077", as it is dialled and read out; other text as it is."""
    import phonenumbers

    number = normal_phone(text)
    if not number:
        return text
    local = phonenumbers.format_number(phonenumbers.parse(number), phonenumbers.PhoneNumberFormat.NATIONAL)
    return local.replace("-", " ")


_MOBILE = re.compile(r"08[1-9][0-9]{7,10}")
"""Nearly every number of a staff register: what the library makes of it, a hundred times as quickly."""


def normal_phone(text: str) -> str:
    """ "0812-0000-0077" → "+6281200000077"; "" when it is not a possible Indonesian number."""
    if _MOBILE.fullmatch(text):
        return f"+62{text[1:]}"
    import phonenumbers

    try:
        number = phonenumbers.parse(text, "ID")
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_possible_number(number):
        return ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


_TITLES = """
drs dra dr drg ir prof h hj kh raden s.sos s.h sh s.e se s.kom s.t st s.pd s.pust s.i.pust s.ap s.ip s.stp
s.km s.kep ns s.si s.tp s.ag s.hum s.ak s.farm apt m.m mm m.si msi m.kom m.t m.h mh m.pd m.ap m.kes m.hum m.ak
m.sc m.eng mba phd a.md amd a.md.kom a.md.keb a.md.kep sp.pd sp.a sp.og sp.b sst s.st str s.tr s.tr.stat
s.tr.kep s.tr.keb s.tr.ip s.tr.ak s.pd.i s.pd.sd s.pd.aud gr s.psi s.gz s.kes s.p s.pt s.pi s.hut s.fil s.sn
s.ikom s.i.kom s.ab m.psi m.ag m.pd.i m.i.kom m.sos m.p m.a m.acc m.stat m.ec.dev lc drh ph.d sp.pk sp.an
sp.rad sp.jp sp.kj ak ca cpa a.md.farm a.md.t a.md.kl a.md.gz a.ma a.ma.pd bc.hk
"""
TITLES = frozenset(_TITLES.split())
"""Academic and religious titles, lower case without the last dot. A data list: it is meant to grow. Behind a comma
any word of a title's shape counts as one too, yet such a match is at most a warning."""

_of_office: set[str] = set()


def know_titles(titles: Collection[str]) -> None:
    """The titles that the office has added to the list, lower case without the last dot; replaces those told before."""
    _of_office.clear()
    _of_office.update(titles)


def _listed(word: str) -> bool:
    return word.strip(".,;") in TITLES or word.strip(".,;") in _of_office


ABBREVIATIONS = {
    "m": "muhammad",
    "moh": "muhammad",
    "muh": "muhammad",
    "mohammad": "muhammad",
    "mochamad": "muhammad",
    "abd": "abdul",
    "r.a": "raden ajeng",
    "ra": "raden ajeng",
    "r.m": "mas",
    "rm": "mas",
}
"""Known abbreviations, without what is a title (raden): they make a name a *warning*, never the same."""


_INITIALS = frozenset({"ra", "rm"})
"""Initials written as one word."""


class NameMatch:
    """How two names relate (constants), from the surest down."""

    SAME = "same"
    TITLED = "titled"
    """The same once that is left out which only looks like titles."""
    ABBREVIATED = "abbreviated"
    """Every word of the shorter one stands, whole or as an initial, for a word of the other; or only blanks
    or the order of the words differ."""
    DIFFERENT = "different"


_BEHIND, _INITIAL = re.compile(r"[\s,]+"), re.compile(r"[a-z]\.?")
_TITLE_SHAPE = re.compile(r"[a-z]{1,5}(?:\.[a-z]{1,6}){0,3}\.?")


def _parts(name: str) -> tuple[list[str], list[str]]:
    """The words of a name before the first comma, and behind it."""
    text = unicodedata.normalize("NFKC", name).casefold().replace("’", "'")
    before, _comma, behind = text.partition(",")
    return before.split(), _BEHIND.split(behind)


def name_words(name: str) -> tuple[str, ...]:
    """The words of a name that count: NFKC, case folded, without the known titles and punctuation. An initial before
    the comma is a part of the name, whatever title it may also be."""
    before, behind = _parts(name)
    kept = [word.strip(".,;") for word in before if not _is_title(word)]
    kept += [word.strip(".,;") for word in behind if not _listed(word)]
    return tuple(word for word in kept if word)


def _is_title(word: str) -> bool:
    return (_listed(word) and not _INITIAL.fullmatch(word)) or word.rstrip(".") == "h"


def without_titles(name: str) -> tuple[str, ...]:
    """The words of a name that count, without whatever looks like a title: behind a comma by its shape (titles are
    endless), before it by the list of prefixes."""
    before, behind = _parts(name)
    kept = [word.strip(".,;") for word in before if not _is_title(word)]
    kept += [word.strip(".,;") for word in behind if not _TITLE_SHAPE.fullmatch(word.strip(",;"))]
    return tuple(word for word in kept if word)


def compare_names(one: str, other: str) -> str:
    """SAME, TITLED, ABBREVIATED or DIFFERENT (see NameMatch). No similarity scores."""
    if name_words(one) == name_words(other):
        return NameMatch.SAME
    first, second = without_titles(one), without_titles(other)
    if first == second and first:
        return NameMatch.TITLED
    turned = sorted(name_words(one)) == sorted(name_words(other)) != []
    if turned or _shortened(first, second) or _shortened(second, first) or "".join(first) == "".join(second) != "":
        return NameMatch.ABBREVIATED
    return NameMatch.DIFFERENT


def _shortened(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """Whether every word of `short` stands, whole or as an initial, for a word of `full`, in their order; at least
    one of them whole. One word alone may be anybody's; where the other has but initials beside it, it may be the same
    person's."""
    written_out = sum(len(word) > 1 and "." not in word and word not in _INITIALS for word in full)
    short, full = _expanded(short), _expanded(full)
    if len(short) > len(full) or len(short) < min(2, written_out):
        return False
    rest = iter(full)
    stands = all(any(word == whole or (len(word) == 1 and whole.startswith(word)) for whole in rest) for word in short)
    return stands and any(len(word) > 1 and word in full for word in short)


def _expanded(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(part for word in words for part in _spelt_out(word))


def _spelt_out(word: str) -> list[str]:
    """A known abbreviation in full, and initials written together one by one."""
    return ABBREVIATIONS.get(word, word.replace(".", " ")).split()
