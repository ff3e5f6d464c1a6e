"""A slice of the full mailbox, in the real window; `python -m tests.hostile mailbox` is the whole."""

from pathlib import Path

import pytest

from tests.hostile.at_window import at_window
from tests.hostile.mailbox import deluge


@pytest.mark.usefixtures("qapp")
def test_a_slice_of_a_full_mailbox_is_read_or_refused_and_the_window_lists_what_waits(tmp_path: Path) -> None:
    books = deluge(tmp_path, messages=40, attacks=10, seed=2026, hands=at_window)
    assert books.holds, books.words()
    assert books.accepted >= 8 and books.seems["unrelated"] >= 12, books.words()
