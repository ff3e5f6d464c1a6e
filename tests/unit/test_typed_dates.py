"""Dates as people type them: every usual spelling is the day that is meant, and nothing else is one."""

from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lockdesk.core.typed_dates import day_in, moment_in
from lockdesk.words import DAYS, date_words

TODAY = date(2026, 11, 23)
MEANT = date(2026, 11, 25)


@pytest.mark.parametrize(
    "text",
    [
        "25-11-2026", "25/11/2026", "25.11.2026", "25/11/26", "25-11-26", "25 Nov 2026", "25 nov 26", "25 Nop 2026",
        "25 November 2026", " 25  november  2026 ", "2026-11-25", "25112026", "251126", "25-11", "25/11", "25 Nov",
        "Rabu, 25 November 2026", "Wednesday 25 November 2026", "November 25, 2026", "25-Nov-2026",
        "25 11 2026", "25 11 26", "25 11", "2026/11/25", "2026.11.25", "2026 11 25",
    ],
)  # fmt: skip
def test_usual_spellings_are_understood(text: str) -> None:
    assert day_in(text, TODAY) == MEANT


@pytest.mark.parametrize(
    "text",
    ["", "25", "2511", "31-02-2026", "11/25/2026", "25-13-2026", "lusa", "25-11-2026 atau 26-11-2026", "0-0-0",
     "25 Novober 2026", "25-11-202", "LOCK-2026-11-25", "25-11-2026x", "25 13 2026", "2026/25/11", "25 11 2026 7"],
)  # fmt: skip
def test_what_is_no_date_is_none(text: str) -> None:
    assert day_in(text, TODAY) is None


@pytest.mark.parametrize(
    ("text", "meant"),
    [("hari ini", 23), ("Today", 23), (" kemarin ", 22), ("yesterday", 22), ("Besok", 24), ("tomorrow", 24)],
)
def test_days_near_by_have_names(text: str, meant: int) -> None:
    assert day_in(text, TODAY) == date(2026, 11, meant)


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_what_the_program_writes_it_reads(day: date) -> None:
    assert day_in(date_words(day), TODAY) == day_in(f"{DAYS[day.weekday()]}, {date_words(day)}", TODAY) == day
    assert day_in(f"{day:%d-%m-%y}", TODAY) == day_in(day.isoformat(), TODAY) == day


@pytest.mark.parametrize(
    "text", ["25-11-2026 08.15", "25 Nov 08:15", "25 November 2026, pukul 8.15", "25 11 2026 08.15"]
)
def test_a_moment_is_a_day_and_a_time(text: str) -> None:
    assert moment_in(text, TODAY) == datetime.combine(MEANT, time(8, 15))
    assert moment_in(text[:-6], TODAY) is None and moment_in(text[:-4] + "25.00", TODAY) is None
