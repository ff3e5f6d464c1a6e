"""Which backups are kept."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from lockdesk.core.rotation import ROTATION, outlived

START = datetime(2026, 11, 23, 1, 5, tzinfo=UTC)
moments = st.lists(st.integers(0, 90_000_000).map(lambda seconds: START + timedelta(seconds=seconds)), unique=True)


@given(moments)
def test_the_newest_stay_and_so_does_the_last_of_every_recent_period(made: list[datetime]) -> None:
    kept = set(made) - outlived(made)
    assert set(sorted(made)[-10:]) <= kept
    assert len(kept) <= sum(rule.count for rule in ROTATION)
    assert outlived(kept) == frozenset(), "what was kept once is not thrown away without a newer one"


def test_a_year_of_days_leaves_a_ladder() -> None:
    held: set[datetime] = set()
    for day in range(366):
        for hour in (0, 7):
            held.add(START + timedelta(days=day, hours=hour))
            held -= outlived(held)
    kept = sorted(held)
    assert kept[-1] == START + timedelta(days=365, hours=7)
    assert {at.month for at in kept} == set(range(1, 13)), "every month of the year before is still there"
    assert [at.hour for at in kept[:-10]] == [8] * (len(kept) - 10), "of an older day the last one"


def test_one_made_of_the_wrong_state_takes_no_right_one_of_the_day_away() -> None:
    right = {START + timedelta(days=day) for day in range(30)}
    wrong = START + timedelta(days=29, hours=2)
    assert START + timedelta(days=29) not in outlived(right | {wrong})
