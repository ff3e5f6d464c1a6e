"""A change of the data key, killed: the next start opens the profile with one key or the other, and nothing is lost."""

from tests.crash.key_kills import LAST, count_points, key_scene, onslaught, spread


def test_a_killed_change_goes_on_or_back_and_loses_nothing() -> None:
    """A slice; every point: `python -m tests.crash key`."""
    with key_scene() as (template, before):
        points = count_points(template, before)
        tally = onslaught(template, before, spread(points, 3, LAST), lambda _words: None)
    assert tally.broken == []
    assert tally.kills >= LAST and 0 < tally.went_on < tally.kills
