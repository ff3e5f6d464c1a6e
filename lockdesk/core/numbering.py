"""Numbers of cases and complaints: gap-free per year, given at save, never reused.

`LOCK-2026-0042` on the glass, `0042/LOCK/XI/2026` on paper; practice numbers start with `LATIH-`.
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

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


_ON_GLASS = re.compile(rf"\b((?:{PRACTICE_PREFIX}-)?{Series.CASE}-\d{{4}}-\d{{4,6}})\b", re.IGNORECASE)
_ON_PAPER = re.compile(rf"\b(\d{{4,6}})/((?:{PRACTICE_PREFIX}-)?{Series.CASE})/[IVX]{{1,4}}/(\d{{4}})\b", re.IGNORECASE)


CASE_NUMBER = re.compile(f"{_ON_GLASS.pattern}|{_ON_PAPER.pattern}", re.IGNORECASE)
"""The number of a case in running text."""


def case_numbers_in(text: str) -> tuple[str, ...]:
    """The numbers of cases that a text names, in the form on the glass."""
    found = [match[1].upper() for match in _ON_GLASS.finditer(text)]
    found += [f"{match[2].upper()}-{match[3]}-{match[1]}" for match in _ON_PAPER.finditer(text)]
    return tuple(dict.fromkeys(found))
