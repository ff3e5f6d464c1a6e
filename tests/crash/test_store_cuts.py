"""A power cut at any write or sync of the database, and the same where the disk is not waited for; slices of both."""

from pathlib import Path

from tests.crash.store_cuts import onslaught, record


def test_the_layer_between_leaves_no_file_beside_the_database() -> None:
    before = set(Path.cwd().iterdir())
    record(short=True)
    assert set(Path.cwd().iterdir()) == before


def test_after_a_power_cut_every_step_is_there_whole_or_was_never_acknowledged() -> None:
    tally = onslaught(record(short=True), states=150)
    assert (tally.corrupt, tally.lost, tally.half) == ([], [], [])
    assert set(tally.states) == {"killed", "lost", "torn"}


def test_a_database_that_does_not_wait_for_the_disk_is_found_out() -> None:
    assert onslaught(record("normal", short=True), states=60).lost
