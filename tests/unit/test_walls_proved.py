"""Which answers of a child prove that it is walled in; an attempt counts only where it could have succeeded."""

import os
import socket
from pathlib import Path

import pytest

from lockdesk.reader.cage.probes import OPEN, PROOFS, Meeting, attempt, knock, make_file, unproved

WALLED = dict.fromkeys(PROOFS, "EACCES")


def test_a_child_whose_every_attempt_was_refused_is_walled_in() -> None:
    assert unproved(WALLED) == ()


@pytest.mark.parametrize("name", sorted(PROOFS))
@pytest.mark.parametrize("answer", [OPEN, "ValueError", "error 32"])
def test_one_attempt_that_no_wall_refused_is_one_too_many(name: str, answer: str) -> None:
    assert unproved(WALLED | {name: answer}) == (f"{name}: {answer}",)


@pytest.mark.parametrize("name", sorted(PROOFS))
def test_an_attempt_that_was_not_made_proves_nothing(name: str) -> None:
    assert unproved({key: answer for key, answer in WALLED.items() if key != name}) == (f"{name}: untried",)


def test_a_file_that_is_merely_not_there_proves_nothing() -> None:
    assert unproved(WALLED | {"read_file": "ENOENT"}) == ("read_file: ENOENT",)
    assert unproved(WALLED | {"write_temporary": "ENOENT"}) == ()


def test_windows_own_number_counts_before_the_errno_that_python_gives_it() -> None:
    def in_use() -> None:
        error = PermissionError(13, "another process has it")
        error.winerror = 32  # type: ignore[attr-defined]
        raise error

    assert attempt(in_use) == "error 32"


def test_what_a_free_process_tries_is_open(tmp_path: Path) -> None:
    meeting = Meeting()
    try:
        file, port, _process = meeting.words()
        assert attempt(Path(file).read_bytes) == OPEN
        assert attempt(lambda: make_file(str(tmp_path))) == OPEN and not list(tmp_path.iterdir())
        for _child in range(100):  # more than the queue holds
            assert attempt(lambda: knock(int(port))) == OPEN
            meeting.hang_up()
    finally:
        meeting.close()
    assert not Path(file).exists()


def test_where_nobody_listens_is_no_open_port() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    answer = attempt(lambda: knock(port))
    assert answer != OPEN


def test_a_folder_that_takes_no_file_is_told_from_one_that_is_not_there(tmp_path: Path) -> None:
    assert attempt(lambda: make_file(str(tmp_path / "none"))) == "ENOENT"
    assert attempt(lambda: os.open(tmp_path, os.O_WRONLY)) != OPEN
