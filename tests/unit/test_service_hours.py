"""The service clock on frozen calendar data: every row of the customer's table, and its explanation."""

from datetime import UTC, date, datetime, time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lockdesk.core.service_hours import (
    SERVICE_MINUTES,
    Calendar,
    DeadlineRule,
    HoursOverride,
    Pause,
    Promise,
    due_at,
    due_with_pauses,
    net_minutes,
)
from tests.helpers.desk.week import CLOSED, WEEK, WIB

FIRST, LAST = datetime(2026, 11, 1), datetime(2027, 4, 1)  # noqa: DTZ001 - hypothesis wants them naive
CALENDAR = Calendar(WIB, WEEK, CLOSED)


def local(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=WIB)


@pytest.mark.parametrize(
    ("complete", "rule_a", "rule_b"),
    [
        ("2026-11-23 08:05", "2026-11-24 15:45", "2026-11-24 08:05"),
        ("2026-11-23 12:20", "2026-11-24 15:45", "2026-11-24 12:00"),
        ("2026-11-23 15:45", "2026-11-25 15:45", "2026-11-24 15:45"),
        ("2026-11-26 14:00", "2026-11-27 11:00", "2026-11-30 10:00"),
        ("2026-11-27 10:00", "2026-11-30 15:45", "2026-11-30 14:45"),
        ("2026-11-27 11:00", "2026-12-01 15:45", "2026-11-30 15:45"),
        ("2026-12-23 10:00", "2026-12-28 15:45", "2026-12-28 10:00"),
        ("2027-03-05 10:30", "2027-03-16 15:45", "2027-03-16 15:15"),
    ],
)
def test_deadline_table(complete: str, rule_a: str, rule_b: str) -> None:
    at = local(complete)
    assert due_at(at, CALENDAR, Promise(DeadlineRule.NEXT_WORKING_DAY)) == local(rule_a)
    assert due_at(at, CALENDAR, Promise(DeadlineRule.SERVICE_MINUTES)) == local(rule_b)


def test_rule_c_is_the_same_day_before_the_cut_off_only() -> None:
    promise = Promise(DeadlineRule.SAME_DAY, time(10))
    assert due_at(local("2026-11-23 09:59"), CALENDAR, promise) == local("2026-11-23 15:45")
    assert due_at(local("2026-11-23 10:00"), CALENDAR, promise) == local("2026-11-24 15:45")
    # Before opening it counts as received at opening, which is before the cut-off.
    assert due_at(local("2026-11-24 05:00"), CALENDAR, promise) == local("2026-11-24 15:45")


def test_waiting_for_the_applicant_starts_the_promise_anew() -> None:
    pauses = [Pause(local("2026-11-23 09:00"), local("2026-11-25 09:00"), "applicant")]
    due = due_with_pauses(local("2026-11-23 08:05"), pauses, CALENDAR, Promise())
    assert due == local("2026-11-26 15:45")


def test_waiting_for_the_ca_adds_its_open_minutes() -> None:
    pauses = [Pause(local("2026-11-23 10:00"), local("2026-11-23 12:30"), "ca")]
    due = due_with_pauses(local("2026-11-23 08:05"), pauses, CALENDAR, Promise())
    assert due == local("2026-11-25 10:00")  # two open hours after Tuesday's closing


def test_net_time_leaves_out_nights_breaks_and_pauses() -> None:
    start, end = local("2026-11-23 11:00"), local("2026-11-24 09:00")
    assert net_minutes(start, end, (), CALENDAR) == 60 + 165 + 60
    pause = Pause(local("2026-11-23 13:00"), local("2026-11-23 14:00"), "ca")
    assert net_minutes(start, end, (pause,), CALENDAR) == 60 + 105 + 60


def test_a_deadline_can_be_explained() -> None:
    parts = CALENDAR.explain(local("2026-12-23 15:00"), local("2026-12-28 09:00"))
    assert sum(part.minutes for part in parts) == 45 + 60
    reasons = [part.reason for part in parts if part.minutes == 0]
    assert "Cuti bersama Natal" in reasons and "Hari Raya Natal" in reasons and "weekend" in reasons
    assert all(one.end == other.start for one, other in pairwise(parts))


def test_dated_hours_override_the_week() -> None:
    short = {day: ((time(8), time(14)),) for day in range(5)}
    ramadan = HoursOverride(date(2027, 2, 8), date(2027, 3, 9), short, "Ramadan")
    calendar = Calendar(WIB, WEEK, {}, (ramadan,))
    assert calendar.closing(date(2027, 2, 10)) == local("2027-02-10 14:00")
    assert calendar.closing(date(2027, 3, 10)) == local("2027-03-10 15:45")


def test_a_calendar_that_never_opens_says_so() -> None:
    with pytest.raises(ValueError, match="no open day"):
        Calendar(WIB, {}).next_open(local("2026-11-23 08:00"))


@given(st.datetimes(FIRST, LAST), st.integers(1, 4000))
def test_adding_minutes_and_counting_them_are_inverse(naive: datetime, minutes: int) -> None:
    at = naive.replace(microsecond=0, second=0, tzinfo=UTC)
    assert CALENDAR.minutes_between(at, CALENDAR.add_minutes(at, minutes)) == minutes


def test_a_full_day_has_the_service_minutes_of_rule_b() -> None:
    assert CALENDAR.minutes_between(local("2026-11-23 08:00"), local("2026-11-23 15:45")) == SERVICE_MINUTES
