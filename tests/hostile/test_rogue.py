"""A child that blocks every signal and waits is ended all the same: at its deadline, at close, with the program."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from lockdesk.desk.values.facts import StatementProblem
from lockdesk.reader.cage import lines
from lockdesk.reader.sealed import SealedReader
from tests.helpers.patience import until
from tests.hostile.onslaught import _descendants
from tests.hostile.pdfs import letter

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the seccomp cage is Linux's")
ROGUE = [sys.executable, "-m", "tests.hostile.rogue"]


@pytest.fixture
def rogue(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "reader_command", lambda: ROGUE)
    monkeypatch.setattr(lines, "_SPARES", 0)


def blocking(above: int) -> list[int]:
    """The template's children that block every signal that can be blocked."""
    return [process for process in _descendants(above) if _blocks(process, above)]


def _blocks(process: int, above: int) -> bool:
    try:
        lines = Path(f"/proc/{process}/status").read_text().splitlines()
    except OSError:
        return False
    status = dict(line.split(":", 1) for line in lines if ":" in line)
    # the template and its children block signals too while they are started; only a taken-over child ignores them
    alarm = 1 << (signal.SIGALRM - 1)
    return int(status["PPid"]) != above and bool(int(status["SigBlk"], 16) & int(status["SigIgn"], 16) & alarm)


def alive(process: int) -> bool:
    """Whether a process runs: one that has ended and waits to be reaped does not."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] not in ("Z", "X")
    except OSError:
        return False


def read_letter(reader: SealedReader) -> StatementProblem:
    return reader.read_scan(letter()).problem


def saw(seen: list[int], pid: int) -> bool:
    """Whether any was ever seen: they live briefly."""
    seen += blocking(pid)
    return bool(seen)


def test_a_child_that_blocks_signals_does_not_outlive_its_deadline(rogue: None) -> None:
    seen: list[int] = []
    with SealedReader(deadline_seconds=1.0) as reader:
        asking = threading.Thread(target=lambda: reader.read_scan(letter()))
        asking.start()
        assert until(lambda: saw(seen, os.getpid()))
        asking.join()
        assert until(lambda: not any(map(alive, seen)))
        assert read_letter(reader) is StatementProblem.TIMED_OUT


def test_a_child_that_blocks_signals_does_not_outlive_the_reader(rogue: None) -> None:
    seen: list[int] = []
    found: list[StatementProblem] = []
    reader = SealedReader(deadline_seconds=60.0)
    asking = threading.Thread(target=lambda: found.append(read_letter(reader)))
    asking.start()
    assert until(lambda: saw(seen, os.getpid()))
    reader.close()
    asking.join(20)
    assert not asking.is_alive() and found == [StatementProblem.DAMAGED]
    assert until(lambda: not any(map(alive, seen)))


def test_nothing_is_started_after_the_reader_is_closed() -> None:
    before = _descendants(os.getpid())  # another test's authority may still run
    reader = SealedReader()
    reader.close()
    assert "walls" in reader.cage() and not reader.cage()["walls"]
    assert _descendants(os.getpid()) == before


PROGRAM = """
import sys
from lockdesk.reader.cage import lines
from lockdesk.reader.sealed import SealedReader
from tests.hostile.pdfs import letter
lines.reader_command = lambda: [sys.executable, "-m", "tests.hostile.rogue"]
SealedReader(deadline_seconds=60.0).read_scan(letter())
"""


def test_a_child_that_blocks_signals_does_not_outlive_a_killed_program() -> None:
    with subprocess.Popen([sys.executable, "-c", PROGRAM]) as program:
        seen: list[int] = []
        try:
            assert until(lambda: saw(seen, program.pid))
            below = _descendants(program.pid)
        finally:
            program.kill()
    assert len(below) >= 2 and until(lambda: not any(map(alive, below)))
