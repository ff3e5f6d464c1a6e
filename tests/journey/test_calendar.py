"""Holidays are put in for every year as it comes; what an officer has put in or taken out stays."""

from datetime import UTC, date, datetime
from pathlib import Path

from lockdesk.app import OpenProfile, ProfileStart
from lockdesk.ui.running.closed_days import ClosedDays
from tests.helpers.desk.office import SetClock, office_settings
from tests.helpers.desk.steps import receive
from tests.helpers.window.real_window import real_window, rest

CHRISTMAS_2029 = date(2029, 12, 25)
INDEPENDENCE_2028 = date(2028, 8, 17)


def kinds(profile: OpenProfile) -> list[str]:
    from lockdesk.store import journal_reads, tables

    found = profile.casebook._read(lambda: journal_reads.entries(tables.database.execute_sql, 0, 1000))
    return [str(entry.body) for entry in found]


def imports(profile: OpenProfile) -> int:
    return sum("calendar.imported" in body for body in kinds(profile))


def test_every_year_has_its_holidays_when_it_comes(profile: OpenProfile, clock: SetClock) -> None:
    setup = profile.desk.setup
    assert setup.closed_days(2026) and setup.closed_days(2027) and not setup.closed_days(2028)
    begun = imports(profile)
    for year in range(2027, 2036):
        clock.at = datetime(year, 1, 4, 2, tzinfo=UTC)
        setup.keep_calendar()
        setup.keep_calendar()
        for wanted in (year, year + 1):
            assert date(wanted, 12, 25) in {day.day for day in setup.closed_days(wanted)}
    assert imports(profile) == begun + 9, "once for every year"
    assert profile.casebook.verify_journal().whole


def test_what_the_officer_decided_about_a_day_stays(profile: OpenProfile, clock: SetClock) -> None:
    setup = profile.desk.setup
    setup.add_closed_day(CHRISTMAS_2029, "Libur kantor")
    setup.remove_closed_day(INDEPENDENCE_2028)
    clock.at = datetime(2028, 6, 1, 2, tzinfo=UTC)
    setup.keep_calendar()
    days = {day.day: (day.reason, day.manual) for year in (2028, 2029) for day in setup.closed_days(year)}
    assert days[CHRISTMAS_2029] == ("Libur kantor", True)
    assert INDEPENDENCE_2028 not in days
    assert len(days) > 20, "all the others are there"


def test_a_deadline_over_new_year_counts_the_holidays_of_the_new_one(profile: OpenProfile, clock: SetClock) -> None:
    """31 December 2029 is a Monday, the first of January closed: what comes on Monday is due on Wednesday."""
    clock.at = datetime(2029, 12, 31, 3, tzinfo=UTC)
    case_id = receive(profile.desk, "01")
    wrong = profile.desk.reading.case(case_id).due_at
    assert wrong is not None and wrong.date() == date(2030, 1, 1), "nobody has put the year in yet"
    profile.desk.setup.keep_calendar()
    right = profile.desk.reading.case(case_id).due_at
    assert right is not None and right.date() == date(2030, 1, 2)


def test_the_window_looks_when_it_opens_and_when_the_year_changes(qtbot, tmp_path: Path, clock: SetClock) -> None:  # type: ignore[no-untyped-def]
    start = ProfileStart(tmp_path / "profil", practice=True, settings=office_settings())
    with OpenProfile(start, clock) as profile:
        clock.at = datetime(2031, 12, 31, 16, 0, tzinfo=UTC)  # 23.00 in the office
        with real_window(qtbot, profile.desk) as window:
            rest(qtbot, window)
            assert profile.desk.setup.closed_days(2032) and not profile.desk.setup.closed_days(2033)
            keeper = window.findChild(ClosedDays)
            assert isinstance(keeper, ClosedDays) and date(2032, 1, 1) in keeper.reasons
            clock.forward(hours=2)
            with qtbot.waitSignal(keeper.read):
                window._status_timer.timeout.emit()
            assert date(2033, 1, 1) in keeper.reasons
