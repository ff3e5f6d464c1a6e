"""A power cut at any write or sync of the database, and the same where the disk is not waited for; slices of both."""

from pathlib import Path

import pytest

from tests.crash.store_cuts import Recording, exchange, onslaught, record


@pytest.fixture(scope="module")
def recording() -> Recording:
    return record(short=True)


def test_the_layer_between_leaves_no_file_beside_the_database() -> None:
    before = set(Path.cwd().iterdir())
    record(short=True)
    assert set(Path.cwd().iterdir()) == before


def test_after_a_power_cut_every_step_is_there_whole_or_was_never_acknowledged(recording: Recording) -> None:
    tally = onslaught(recording, states=150)
    assert (tally.corrupt, tally.lost, tally.half) == ([], [], [])
    assert set(tally.states) == {"killed", "lost", "torn"}


def test_a_power_cut_while_the_file_written_anew_takes_its_place_leaves_one_or_the_other(recording: Recording) -> None:
    tally = onslaught(recording, torn=20, behind=exchange(recording))
    assert (tally.corrupt, tally.lost, tally.half) == ([], [], [])
    assert set(tally.states) == {"killed", "lost", "torn"}


def test_a_database_that_does_not_wait_for_the_disk_is_found_out() -> None:
    assert onslaught(record("normal", short=True), states=60).lost
