"""The service clock on any valid calendar, and three invented years in whose middle a decree changes."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lockdesk.core.open_time import OpenTime
from lockdesk.core.service_hours import (
    Calendar,
    DeadlineRule,
    HoursOverride,
    HoursVersion,
    Promise,
    Span,
    due_at,
)

FIRST = date(2026, 1, 5)
ZONES = [ZoneInfo(name) for name in ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura")]
Weekly = dict[int, tuple[Span, ...]]


@st.composite
def spans(draw: st.DrawFn) -> tuple[Span, ...]:
    """One to three open spans, at least half an hour long and apart, to the minute: an office that is open for a
    minute a week promises nothing within two years."""
    count, shift = draw(st.integers(1, 3)), draw(st.integers(0, 29))
    halves = draw(st.lists(st.integers(0, 47), min_size=2 * count, max_size=2 * count, unique=True))
    times = [time(half // 2, half % 2 * 30 + shift) for half in sorted(halves)]
    return tuple(zip(times[::2], times[1::2], strict=True))


def weeks(least: int) -> st.SearchStrategy[Weekly]:
    return st.dictionaries(st.integers(0, 6), spans(), min_size=least, max_size=7)


days = st.integers(0, 120).map(lambda n: FIRST + timedelta(days=n))


@st.composite
def overrides(draw: st.DrawFn) -> tuple[HoursOverride, ...]:
    bounds = sorted(draw(st.lists(days, min_size=2, max_size=4, unique=True)))
    pairs = zip(bounds[::2], bounds[1::2], strict=False)
    return tuple(HoursOverride(first, last, draw(weeks(0)), "Ramadan") for first, last in pairs)


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    since = sorted(draw(st.sets(days, max_size=3)))
    return Calendar(
        draw(st.sampled_from(ZONES)),
        draw(weeks(1)),
        dict.fromkeys(draw(st.sets(days, max_size=20)), "Libur"),
        draw(overrides()),
        tuple(HoursVersion(day, draw(weeks(1)), draw(overrides())) for day in since),
    )


moments = st.datetimes(datetime(2026, 1, 5), datetime(2026, 5, 1), timezones=st.just(UTC))  # noqa: DTZ001
promises = st.builds(Promise, st.sampled_from(DeadlineRule), st.times())


@given(calendars(), promises, moments, moments)
def test_who_comes_later_is_never_due_earlier(calendar: Calendar, promise: Promise, a: datetime, b: datetime) -> None:
    assert due_at(min(a, b), calendar, promise) <= due_at(max(a, b), calendar, promise)


@given(calendars(), moments, moments, moments)
def test_minutes_of_adjoining_stretches_add_up(calendar: Calendar, a: datetime, b: datetime, c: datetime) -> None:
    """To the second: what two stretches lose at their seam would make a case late."""
    first, middle, last = sorted((a, b, c))
    whole = calendar.minutes_between(first, last)
    assert whole == calendar.minutes_between(first, middle) + calendar.minutes_between(middle, last)
    table = OpenTime(calendar, FIRST - timedelta(days=2), date(2026, 5, 3))
    assert table.minutes(first, last) == whole


@given(calendars(), promises, moments)
def test_nothing_is_due_in_a_closed_hour(calendar: Calendar, promise: Promise, at: datetime) -> None:
    due = due_at(at, calendar, promise).astimezone(calendar.zone)
    assert due >= at
    assert any(opens <= due.time() <= closes for opens, closes in calendar.spans(due.date()))


@given(calendars(), promises, moments)
def test_an_explanation_tells_of_every_minute_once(calendar: Calendar, promise: Promise, at: datetime) -> None:
    due = due_at(at, calendar, promise)
    parts = calendar.explain(at, due)
    edges = [at, *(part.end for part in parts)]
    assert edges[-1] == due or at == due
    for part, edge in zip(parts, edges, strict=False):
        assert part.start == edge
        opened = any(
            opens <= part.start.astimezone(calendar.zone).time() < closes
            for opens, closes in calendar.spans(part.start.astimezone(calendar.zone).date())
        )
        assert (part.reason == "open") is opened


# ── three invented years ──
WIB = ZONES[0]
LONG = ((time(8), time(12)), (time(13), time(15, 45)))
WEEK: Weekly = {0: LONG, 1: LONG, 2: LONG, 3: LONG, 4: ((time(8), time(11)),)}
EARLY = ((time(7, 30), time(12)), (time(13), time(15)))
RAMADAN = HoursOverride(date(2027, 2, 8), date(2027, 3, 9), {n: ((time(8), time(14)),) for n in range(4)}, "Ramadan")
NEW_WEEK = HoursVersion(date(2028, 7, 3), dict.fromkeys(range(5), EARLY))
BEFORE = {date(2026, 6, 1): "Hari Lahir Pancasila", date(2027, 5, 20): "Waisak", date(2028, 12, 25): "Natal"}
DECREES = {
    2026: {date(2026, 6, 2): "Cuti bersama (perubahan SKB)"},
    2027: {date(2027, 5, 20): "", date(2027, 5, 21): "Waisak (perubahan SKB)"},
    2028: {date(2028, 12, 26): "Cuti bersama Natal (perubahan SKB)"},
}
"""A day without a reason is one that the changed decree opens."""


def years(changed: int | None) -> Calendar:
    closed = {**BEFORE, **(DECREES[changed] if changed else {})}
    return Calendar(WIB, WEEK, {day: why for day, why in closed.items() if why}, (RAMADAN,), (NEW_WEEK,))


def local(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=WIB)


def told(calendar: Calendar, start: str, due: str) -> list[str]:
    """Each interval as "29 08:00-12:00 reason"."""
    return [
        f"{part.start:%d %H:%M}-{part.end:%H:%M} {part.reason}{' ' + part.hours if part.hours else ''}"
        for part in calendar.explain(local(start), local(due))
    ]


@pytest.mark.parametrize(
    ("year", "complete", "rule", "before", "after"),
    [
        (2026, "2026-05-29 10:00", "A", "2026-06-02 15:45", "2026-06-03 15:45"),
        (2026, "2026-05-29 10:00", "B", "2026-06-02 14:45", "2026-06-03 14:45"),
        (2026, "2026-06-02 09:00", "C", "2026-06-02 15:45", "2026-06-03 15:45"),
        (2027, "2027-05-19 10:00", "A", "2027-05-21 11:00", "2027-05-20 15:45"),
        (2027, "2027-05-20 14:00", "A", "2027-05-24 15:45", "2027-05-24 15:45"),
        (2027, "2027-02-10 13:00", "A", "2027-02-11 14:00", "2027-02-11 14:00"),
        (2027, "2027-02-10 13:00", "B", "2027-02-11 13:45", "2027-02-11 13:45"),
        (2028, "2028-06-30 10:00", "A", "2028-07-03 15:00", "2028-07-03 15:00"),
        (2028, "2028-12-22 14:00", "A", "2028-12-26 15:00", "2028-12-27 15:00"),
    ],
)
def test_a_decree_changed_in_the_middle_of_a_year(year: int, complete: str, rule: str, before: str, after: str) -> None:
    promise = Promise(DeadlineRule(rule), time(10))
    assert due_at(local(complete), years(None), promise) == local(before)
    assert due_at(local(complete), years(year), promise) == local(after)


def test_what_is_told_of_a_day_that_the_decree_closed() -> None:
    assert told(years(2026), "2026-05-29 10:00", "2026-06-03 15:45") == [
        "29 10:00-11:00 open",
        "29 11:00-00:00 outside_hours",
        "30 00:00-00:00 weekend",
        "31 00:00-00:00 weekend",
        "01 00:00-00:00 Hari Lahir Pancasila",
        "02 00:00-00:00 Cuti bersama (perubahan SKB)",
        "03 00:00-08:00 outside_hours",
        "03 08:00-12:00 open",
        "03 12:00-13:00 break",
        "03 13:00-15:45 open",
    ]


def test_what_is_told_of_a_day_that_the_decree_opened() -> None:
    assert told(years(2027), "2027-05-19 14:00", "2027-05-20 15:45") == [
        "19 14:00-15:45 open",
        "19 15:45-00:00 outside_hours",
        "20 00:00-08:00 outside_hours",
        "20 08:00-12:00 open",
        "20 12:00-13:00 break",
        "20 13:00-15:45 open",
    ]


def test_what_is_told_of_dated_hours_and_of_a_new_week() -> None:
    assert told(years(2027), "2027-02-10 13:00", "2027-02-11 14:00") == [
        "10 13:00-14:00 open Ramadan",
        "10 14:00-00:00 outside_hours Ramadan",
        "11 00:00-08:00 outside_hours Ramadan",
        "11 08:00-14:00 open Ramadan",
    ]
    assert told(years(2028), "2028-06-30 10:00", "2028-07-03 15:00") == [
        "30 10:00-11:00 open",
        "30 11:00-00:00 outside_hours",
        "01 00:00-00:00 weekend",
        "02 00:00-00:00 weekend",
        "03 00:00-07:30 outside_hours",
        "03 07:30-12:00 open",
        "03 12:00-13:00 break",
        "03 13:00-15:00 open",
    ]
