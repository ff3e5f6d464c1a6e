"""A short slice of the onslaught; `python -m tests.hostile --files 10000` is the whole."""

import sys

from tests.hostile.mutants import MADE, files, seeds
from tests.hostile.onslaught import attack
from tests.hostile.poison import poison
from tests.hostile.web import MEMORY_BYTES, storm


def test_a_slice_of_the_onslaught_gives_findings_only() -> None:
    books = attack(files(300, seed=2026), seconds=40)
    assert books.holds, books.words()
    assert books.files + books.left_out == 300 and books.files > 100, books.words()
    assert sys.platform != "linux" or books.largest_child > 0


def test_poisoned_answers_of_a_child_end_in_findings() -> None:
    books = poison(150, seed=2026)
    assert not books.escaped and books.answers == 150, books.words()


def test_servers_that_drip_inflate_redirect_and_lie_end_in_our_own_errors() -> None:
    """Every eleventh of them; how long each took is a figure of the whole, on a machine that does nothing else."""
    books = storm(every=11)
    assert not books.escaped and books.grown <= MEMORY_BYTES, books.words()
    assert books.calls == 2 * books.servers >= 40 and books.known >= 200


def test_the_seeds_are_there_and_files_are_the_same_each_time() -> None:
    assert {family: len(found) >= 15 for family, found in seeds().items()} == dict.fromkeys(seeds(), True)
    assert [item.content for item in files(30)] == [item.content for item in files(30)]
    assert len(MADE) >= 8
