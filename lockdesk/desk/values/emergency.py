"""Emergency forms: blank numbered sheets for a power cut, written on at the counter and entered later."""

import re
from datetime import datetime

from lockdesk.records import dataclass

MOST_FORMS = 50
EMERGENCY_KIND = "emergency_form"
"""The kind of print."""
_KIND = "DARURAT"
FORM_NUMBER = re.compile(rf"{_KIND}-\d{{4}}-\d{{4,}}")
_KEPT = re.compile(rf"{_KIND}-(\d{{4}})-(\d{{4,}})-(\d{{4,}})")


@dataclass(frozen=True, slots=True)
class EmergencyForms:
    """Forms printed together, numbered through the year; their numbers are no case's."""

    year: int
    first: int
    count: int

    @property
    def numbers(self) -> tuple[str, ...]:
        """ "DARURAT-2026-0007" …"""
        return tuple(f"{_KIND}-{self.year}-{self.first + place:04}" for place in range(self.count))

    @property
    def kept_as(self) -> str:
        """The first and the last of them: "DARURAT-2026-0001-0010"."""
        return f"{self.numbers[0]}-{self.first + self.count - 1:04}"


@dataclass(frozen=True, slots=True)
class EmergencyOrder:
    """How many forms are to be printed."""

    count: int


@dataclass(frozen=True, slots=True)
class EmergencyPrint:
    """Forms, and when they were printed (aware UTC)."""

    forms: EmergencyForms
    at: datetime


@dataclass(frozen=True, slots=True)
class EmergencyEntry:
    """What a form says of itself when it is entered: its number, and when the request was received (aware)."""

    number: str
    received_at: datetime


def forms_kept_as(text: str) -> EmergencyForms | None:
    """The forms of a print; None for another kind of print."""
    found = _KEPT.fullmatch(text)
    if found is None:
        return None
    year, first, last = map(int, found.groups())
    return EmergencyForms(year, first, last - first + 1)
