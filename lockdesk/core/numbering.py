"""Numbers of cases and complaints: gap-free per year, given at save, never reused.

`LOCK-2026-0042` on the glass, `0042/LOCK/XI/2026` on paper; practice numbers start with `LATIH-`.
"""

import re
from datetime import date
from enum import StrEnum

from lockdesk.patterns import late_pattern
from lockdesk.records import dataclass
from lockdesk.words import ROMAN_MONTHS

PRACTICE_PREFIX = "LATIH"


class Series(StrEnum):
    CASE = "LOCK"
    COMPLAINT = "ADU"


@dataclass(frozen=True, slots=True)
class Number:
    """One number of a series. `given_on` is the office's date when it was given."""

    series: Series
    ordinal: int
    given_on: date
    practice: bool

    @property
    def prefix(self) -> str:
        return f"{PRACTICE_PREFIX}-{self.series}" if self.practice else str(self.series)

    def __str__(self) -> str:
        return f"{self.prefix}-{self.given_on.year}-{self.ordinal:04d}"


def printed_number(text: str, given_on: date) -> str:
    """The paper form of a number's glass form; raises ValueError for anything else."""
    prefix, year, ordinal = text.rsplit("-", 2)
    return f"{ordinal}/{prefix}/{ROMAN_MONTHS[given_on.month - 1]}/{int(year)}"


def _shape(series: Series) -> str:
    """A number in running text: on the glass, or as on paper, whose noughts and blanks not everybody copies."""
    named, slash = f"(?:{PRACTICE_PREFIX}-)?{series}", r"[\s/]+"
    on_paper = slash.join((r"\b(\d{1,6})", f"({named})", "[IVX]{1,4}", r"(\d{4})\b"))
    return rf"\b({named}-\d{{4}}-\d{{4,6}})\b|{on_paper}"


_SHAPES = {series: re.compile(_shape(series), re.IGNORECASE) for series in Series}
CASE_NUMBER = _SHAPES[Series.CASE]
"""The number of a case in running text."""


def _typed(series: Series) -> str:
    """A number that is all of a text, wherever its marks are set; digits that stand apart are never joined."""
    between = r"[\W_]*"
    named = rf"{between}{series}{between}"
    on_glass = rf"(?P<practice>{PRACTICE_PREFIX})?{named}(?P<year>20\d\d){between}(?P<ordinal>\d{{1,9}})"
    on_paper = (
        rf"(?P<first>\d{{1,9}}){between}(?P<practised>{PRACTICE_PREFIX})?{named}"
        rf"[IVX]{{0,4}}{between}(?P<last>20\d\d)"
    )
    return rf"{between}(?:NO(?:MOR)?\b)?{between}(?:{on_glass}|{on_paper}){between}"


_TYPED = {series: re.compile(_typed(series), re.IGNORECASE) for series in Series}
_WHOLE = 4
"""Digits of the shortest number: fewer behind the year may be the beginning of many."""


def numbers_sought(text: str, series: Series, half: bool = False) -> tuple[str, ...]:
    """The numbers that somebody who types `text` may look for: the one that all of it stands for, with any noughts
    before its last digits, with or without the prefix of practice; else those it names. `half`: also where the rest of
    it may not be typed yet."""
    found = _TYPED[series].fullmatch(text)
    if found is None or not (half or found["first"] or len(found["ordinal"]) >= _WHOLE):
        return _numbers_in(text, series)
    number = f"{series}-{found['year'] or found['last']}-{int(found['ordinal'] or found['first']):04d}"
    practised = f"{PRACTICE_PREFIX}-{number}"
    return (practised,) if found["practice"] or found["practised"] else (number, practised)


def _without_year(series: Series) -> str:
    """What people say of a number: LOCK-0042, or as a receipt begins. What may be the beginning of a year is no such
    number."""
    between, practised = r"[\W_]*", f"(?:{PRACTICE_PREFIX})?"
    named, year = rf"{between}{practised}{between}{series}{between}", r"(?!20?\b|20\d{1,2}\b)"
    return rf"{between}(?:NO(?:MOR)?\b)?(?:{named}{year}(\d{{1,6}})|{between}(\d{{1,6}}){named}){between}"


_WITHOUT_YEAR = {series: late_pattern(_without_year(series), re.IGNORECASE) for series in Series}
_YEARS = range(2000, 2100)


def numbers_of_any_year(text: str, series: Series) -> tuple[str, ...]:
    """Those that may be meant where all of `text` is a number whose year is not told."""
    found = _WITHOUT_YEAR[series].fullmatch(text)
    if found is None:
        return ()
    ordinal = int(found[1] or found[2])
    prefixes = (str(series), f"{PRACTICE_PREFIX}-{series}")
    return tuple(f"{prefix}-{year}-{ordinal:04d}" for prefix in prefixes for year in _YEARS)


def case_numbers_in(text: str) -> tuple[str, ...]:
    """The numbers of cases that a text names, in the form on the glass, those written so first."""
    return _numbers_in(text, Series.CASE)


def complaint_numbers_in(text: str) -> tuple[str, ...]:
    """The same of complaints."""
    return _numbers_in(text, Series.COMPLAINT)


def _numbers_in(text: str, series: Series) -> tuple[str, ...]:
    matches = sorted(_SHAPES[series].finditer(text), key=lambda match: match[1] is None)
    return tuple(dict.fromkeys((match[1] or f"{match[3]}-{match[4]}-{match[2]:0>4}").upper() for match in matches))
