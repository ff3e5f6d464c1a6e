"""A year as the calendar has it: what every day is and why, and how many working days its quarters have."""

from datetime import date, timedelta
from enum import StrEnum

from lockdesk.core.service_hours import Calendar, Span
from lockdesk.records import dataclass


class DayKind(StrEnum):
    """What a day is to the office."""

    WORKING = "working"
    SPECIAL = "special"
    """With hours of its own (Ramadan)."""
    CLOSED = "closed"
    """A holiday or joint leave."""
    REST = "rest"
    """No hours on that day of the week."""


@dataclass(frozen=True, slots=True)
class DayFacts:
    """`reason`: the name of the holiday, or of the dated hours; "" otherwise."""

    day: date
    kind: DayKind
    reason: str
    spans: tuple[Span, ...]


def year_of(calendar: Calendar, year: int) -> tuple[DayFacts, ...]:
    """Every day from 1 January to 31 December."""
    first = date(year, 1, 1)
    count = (date(year + 1, 1, 1) - first).days
    return tuple(_facts(calendar, first + timedelta(days=n)) for n in range(count))


def _facts(calendar: Calendar, day: date) -> DayFacts:
    if day in calendar.closed:
        return DayFacts(day, DayKind.CLOSED, calendar.closed[day], ())
    spans, override = calendar.spans(day), calendar.override_on(day)
    if not spans:
        return DayFacts(day, DayKind.REST, override.reason if override is not None else "", ())
    if override is not None:
        return DayFacts(day, DayKind.SPECIAL, override.reason, spans)
    return DayFacts(day, DayKind.WORKING, "", spans)


def working_days(days: tuple[DayFacts, ...]) -> tuple[int, int, int, int]:
    """Of each quarter."""
    counts = [0, 0, 0, 0]
    for facts in days:
        counts[(facts.day.month - 1) // 3] += bool(facts.spans)
    one, two, three, four = counts
    return one, two, three, four
