"""A rename waits for whoever has the file open, within bounds; on Windows alone a file is held by being open."""

import threading
import time
from pathlib import Path

import pytest

from lockdesk.renaming import PAUSES, rename_over
from lockdesk.vault.files import replace_file

ON_WINDOWS = pytest.mark.windows  # an open file is held on Windows alone


def test_one_file_takes_the_place_of_another(tmp_path: Path) -> None:
    (tmp_path / "baru").write_bytes(b"2")
    (tmp_path / "lama").write_bytes(b"1")
    rename_over(tmp_path / "baru", tmp_path / "lama")
    assert (tmp_path / "lama").read_bytes() == b"2" and not (tmp_path / "baru").exists()


def test_what_no_waiting_helps_is_told_at_once(tmp_path: Path) -> None:
    began = time.monotonic()
    with pytest.raises(FileNotFoundError):
        rename_over(tmp_path / "tidak ada", tmp_path / "lama")
    assert time.monotonic() - began < sum(PAUSES) / 2


@ON_WINDOWS
def test_a_file_that_is_looked_at_for_a_moment_is_replaced_all_the_same(tmp_path: Path) -> None:
    path = tmp_path / "mark.bin"
    path.write_bytes(b"1")
    with path.open("rb") as held:
        letting_go = threading.Timer(0.3, held.close)
        letting_go.start()
        replace_file(path, b"2")
        letting_go.join()
    assert path.read_bytes() == b"2"


@ON_WINDOWS
def test_a_file_that_is_held_for_good_is_told_within_bounds(tmp_path: Path) -> None:
    path = tmp_path / "mark.bin"
    path.write_bytes(b"1")
    began = time.monotonic()
    with path.open("rb"), pytest.raises(OSError):
        replace_file(path, b"2")
    assert sum(PAUSES) <= time.monotonic() - began < sum(PAUSES) * 3
    assert path.read_bytes() == b"1"
