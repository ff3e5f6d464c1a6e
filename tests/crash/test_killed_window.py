"""A slice of `python -m tests.crash window`."""

from tests.crash.window_kills import onslaught


def test_a_killed_window_loses_nothing_that_it_has_shown() -> None:
    tally = onslaught(4, 7)
    assert (tally.alarms, tally.lost) == ([], [])
    assert tally.kills == 4 and tally.promised["case"] >= 3
