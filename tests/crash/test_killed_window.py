"""A slice of `python -m tests.crash window`."""

from tests.crash.window_kills import Tally, onslaught

MOST = 40


def test_a_killed_window_loses_nothing_that_it_has_shown() -> None:
    """Killed until something was promised, however slow the machine is."""
    whole, seed = Tally(), 7
    while whole.promised["case"] < 3 and whole.kills < MOST:
        tally = onslaught(4, seed)
        assert (tally.alarms, tally.lost) == ([], [])
        whole.kills += tally.kills
        whole.promised += tally.promised
        seed += 1
    assert whole.kills >= 4 and whole.promised["case"] >= 3
