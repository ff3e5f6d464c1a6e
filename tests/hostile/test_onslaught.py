"""A short slice of the onslaught; `python -m tests.hostile --files 10000` is the whole."""

import sys

from tests.hostile.mutants import MADE, files, seeds
from tests.hostile.onslaught import attack


def test_a_slice_of_the_onslaught_gives_findings_only() -> None:
    books = attack(files(300, seed=2026), seconds=40)
    assert books.holds, books.words()
    assert books.files + books.left_out == 300 and books.files > 100, books.words()
    assert sys.platform != "linux" or books.largest_child > 0


def test_the_seeds_are_there_and_files_are_the_same_each_time() -> None:
    assert {family: len(found) >= 15 for family, found in seeds().items()} == dict.fromkeys(seeds(), True)
    assert [item.content for item in files(30)] == [item.content for item in files(30)]
    assert len(MADE) >= 8
