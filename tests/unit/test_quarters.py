"""Which quarter a moment belongs to, the service clock as a table, and the survey's index."""

from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lockdesk.core.open_time import OpenTime
from lockdesk.core.quarters import Quarter, bounds
from lockdesk.core.service_hours import Calendar, Pause, net_minutes
from lockdesk.core.survey import Survey, grade, rounded

ZONE = ZoneInfo("Asia/Jakarta")
DAY = ((time(8), time(12)), (time(13), time(15, 45)))
WEEK = dict.fromkeys(range(4), DAY) | {4: ((time(8), time(11)),)}
CALENDAR = Calendar(ZONE, WEEK, {date(2027, 1, 1): "Tahun Baru", date(2026, 12, 25): "Natal"})


def at(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%d %H.%M").replace(tzinfo=ZONE)


def test_quarters_follow_each_other_over_the_year() -> None:
    last = Quarter.of(date(2026, 12, 31))
    assert (last, last.next, last.next.previous) == (Quarter(2026, 4), Quarter(2027, 1), last)
    assert (last.first, last.last) == (date(2026, 10, 1), date(2026, 12, 31))
    assert (Quarter(2028, 1).last, Quarter(2026, 2).last) == (date(2028, 3, 31), date(2026, 6, 30))
    assert (str(last), Quarter.of(date(2026, 10, 1)), Quarter.of(date(2026, 9, 30))) == (
        "TW IV 2026", Quarter(2026, 4), Quarter(2026, 3)
    )  # fmt: skip


@pytest.mark.parametrize(
    ("moment", "quarter"),
    [
        ("2026-09-30 15.44", Quarter(2026, 3)),
        ("2026-09-30 15.45", Quarter(2026, 4)),  # at closing time it is closed
        ("2026-09-30 23.30", Quarter(2026, 4)),
        ("2026-12-31 12.30", Quarter(2026, 4)),  # the break: it opens again that day
        ("2026-12-31 15.45", Quarter(2027, 1)),
        ("2027-01-02 09.00", Quarter(2027, 1)),  # a Saturday
        ("2027-03-31 15.50", Quarter(2027, 2)),
    ],
)
def test_what_comes_after_closing_is_received_at_the_next_opening(moment: str, quarter: Quarter) -> None:
    found = [
        item
        for item in (Quarter(2026, 3), Quarter(2026, 4), Quarter(2027, 1), Quarter(2027, 2))
        if bounds(item.first, item.last, CALENDAR).received(at(moment))
    ]
    assert found == [quarter]
    assert Quarter.of(CALENDAR.next_open(at(moment)).astimezone(ZONE).date()) == quarter


def test_a_calendar_that_is_never_open_has_quarters_too() -> None:
    shut = bounds(date(2026, 10, 1), date(2026, 12, 31), Calendar(ZONE, {}))
    assert shut.received(at("2026-10-01 00.00")) and not shut.received(at("2027-01-01 00.00"))


BEGUN = datetime(2026, 9, 1, tzinfo=UTC)
moments = st.integers(0, 153 * 86_400).map(lambda seconds: BEGUN + timedelta(seconds=seconds))


@given(received=moments, ended=st.one_of(st.none(), moments))
def test_every_case_is_running_or_has_ended_exactly_once(received: datetime, ended: datetime | None) -> None:
    quarters = [Quarter(2026, 3), Quarter(2026, 4), Quarter(2027, 1)]
    spans = [bounds(item.first, item.last, CALENDAR) for item in quarters]
    assert sum(span.received(received) for span in spans) == 1
    assert sum(span.done(ended, received) for span in spans) == (ended is not None)
    for before, span in pairwise(spans):
        came = before.running(ended, received) + span.received(received)
        assert came == span.running(ended, received) + span.done(ended, received)


OPEN_TIME = OpenTime(CALENDAR, date(2026, 8, 30), date(2027, 2, 3))


@given(start=moments, end=moments, pause=st.tuples(moments, moments))
def test_the_table_counts_the_same_minutes_as_the_calendar(
    start: datetime, end: datetime, pause: tuple[datetime, datetime]
) -> None:
    pauses = (Pause(min(pause), max(pause), "applicant"),)
    assert OPEN_TIME.minutes(start, end) == CALENDAR.minutes_between(start, end)
    assert OPEN_TIME.net(start, end, pauses) == net_minutes(start, end, pauses, CALENDAR)


@given(start=moments, seconds=st.integers(0, 90_000))
def test_and_within_a_day_to_the_second(start: datetime, seconds: int) -> None:
    end = start + timedelta(seconds=seconds)
    assert OPEN_TIME.minutes(start, end) == CALENDAR.minutes_between(start, end)
    running = (Pause(start, None, "ca"),)
    assert OPEN_TIME.net(start, end, running) == 0


def test_a_night_and_a_weekend_count_nothing() -> None:
    assert OPEN_TIME.minutes(at("2026-11-20 11.00"), at("2026-11-23 07.59")) == 0
    assert OPEN_TIME.net(at("2026-11-20 10.30"), at("2026-11-23 08.15"), ()) == 45


# ── the survey ──


def survey(totals: tuple[int, ...], respondents: int) -> Survey:
    """Nine sums of scores among so many respondents, made of neighbouring scores."""
    counts: dict[tuple[int, int], int] = {}
    for question, total in enumerate(totals):
        low, more = divmod(total, respondents)
        counts[question, low] = respondents - more
        if more:
            counts[question, low + 1] = more
    return Survey(counts)


PUBLISHED = survey((915, 914, 915, 915, 915, 914, 915, 915, 915), 250)
"""Nine means whose sum is 32,932."""


def test_the_index_is_exact_and_rounded_once() -> None:
    index = PUBLISHED.index
    assert index is not None and rounded(index) == Fraction("91.48")
    means = [PUBLISHED.mean(question) or Fraction(0) for question in range(9)]
    assert rounded(sum(means, Fraction(0)) * Fraction("0.11") * 25) == Fraction("90.56"), (
        "what the rounded weight makes"
    )
    assert PUBLISHED.respondents == 250 and grade(index) == ("A", "Sangat baik")


@pytest.mark.parametrize(
    ("index", "letter"),
    [
        ("100", "A"), ("88.305", "A"), ("88.3049", "B"), ("76.61", "B"), ("76.604", "C"), ("65", "C"), ("64.994", "D"),
        ("25", "D"),
    ],
)  # fmt: skip
def test_grades_are_those_of_the_index_as_it_is_shown(index: str, letter: str) -> None:
    assert grade(Fraction(index))[0] == letter


def test_nobody_answered() -> None:
    assert (Survey().index, Survey().mean(3), Survey().respondents) == (None, None, 0)
