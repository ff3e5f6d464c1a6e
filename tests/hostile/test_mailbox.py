"""A slice of the full mailbox; `python -m tests.hostile mailbox` is the whole."""

from pathlib import Path

from tests.hostile.mailbox import deluge


def test_a_slice_of_a_full_mailbox_is_read_or_refused_and_nothing_is_taken_twice(tmp_path: Path) -> None:
    books = deluge(tmp_path, messages=60, attacks=15, seed=2026)
    assert books.holds, books.words()
    assert books.accepted >= 10 and books.seems["unrelated"] >= 20, books.words()
