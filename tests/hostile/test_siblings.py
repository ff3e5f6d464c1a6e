"""A document cannot see or change another document's result, and leaves nothing behind."""

import json
import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from lockdesk.desk.ports import NamedBytes
from lockdesk.desk.values.facts import StatementProblem
from lockdesk.reader.cage import lines
from lockdesk.reader.sealed import SealedReader
from tests.helpers.patience import SECONDS, until
from tests.hostile.onslaught import _descendants
from tests.hostile.pdfs import bomb, letter, pdf_with_stream, statement

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the seccomp cage is Linux's")


def children_of(reader: SealedReader) -> list[int]:
    """The children of the template."""
    template: Any = reader._children
    return [] if template._process is None else _descendants(template._process.pid)


def test_a_child_cannot_reach_its_parent_or_another_child() -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "tests.hostile.escape"], capture_output=True, timeout=60, check=True, text=True
    )
    free, caged = json.loads(ran.stdout)["free"], json.loads(ran.stdout)["caged"]
    assert caged.pop("secret") == "whole"
    assert caged.keys() == free.keys() and len(caged) >= 20
    allowed = {"EPERM", "EBADF", "RuntimeError"}
    assert {name: answer for name, answer in caged.items() if answer not in allowed} == {}
    assert caged["inherited descriptors"] == "EBADF"
    # the attempts are worth something: without the cage nearly all of them work
    assert sum(answer == "open" for answer in free.values()) >= len(free) - 6, free


def test_waiting_children_hold_their_own_line_and_canvas_only() -> None:
    with SealedReader() as reader:
        assert statement(reader, letter()) is StatementProblem.NONE
        assert until(lambda: len(children_of(reader)) == lines._SPARES)
        for child in children_of(reader):
            held = Path(f"/proc/{child}/fd")
            assert until(lambda held=held: len(list(held.iterdir())) == 1)  # type: ignore[misc]
            (only,) = held.iterdir()
            assert str(only.readlink()).startswith("socket:")
            assert Path(f"/proc/{child}/maps").read_text().count("memfd:page") == 1


def test_nothing_of_a_document_is_left_when_it_is_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "_SPARES", 0)
    with SealedReader() as reader:
        assert statement(reader, letter()) is StatementProblem.NONE
        assert until(lambda: not children_of(reader))


def test_a_child_serves_one_document_and_is_gone() -> None:
    with SealedReader() as reader:
        assert statement(reader, letter()) is StatementProblem.NONE
        assert until(lambda: len(children_of(reader)) == lines._SPARES)
        before = set(children_of(reader))
        for _document in range(3):
            reader.lines(letter())
        assert until(lambda: len(children_of(reader)) == lines._SPARES)
        assert until(lambda: not before & set(children_of(reader)))


def test_pages_painted_at_once_do_not_mix() -> None:
    def page(number: int) -> bytes:
        return letter("X" * (3 * number + 1))

    with SealedReader() as reader:
        alone = [reader.render(page(n), 0, 300) for n in range(4)]
        with ThreadPoolExecutor(4) as pool:
            together = list(pool.map(lambda n: reader.render(page(n % 4), 0, 300), range(16)))
    assert len({item.pixels for item in alone if item is not None}) == 4
    assert all(item == alone[n % 4] for n, item in enumerate(together))


def kill_children(reader: SealedReader) -> None:
    for child in children_of(reader):
        os.kill(child, 9)


@pytest.mark.parametrize("trouble", ["bomb", "hang", "killed"])
def test_the_next_document_opens_after(trouble: str) -> None:
    """Whatever became of the one before, the next is read rightly and soon; its neighbour too, meanwhile."""
    with SealedReader(deadline_seconds=2.0 if trouble == "hang" else 8.0) as reader:
        assert statement(reader, letter()) is StatementProblem.NONE
        with ThreadPoolExecutor(1) as pool:
            hostile = pdf_with_stream(bomb(600))
            waiting = pool.submit(reader.read_request, [NamedBytes("surat.pdf", hostile)])
            if trouble == "killed":
                until(lambda: bool(children_of(reader)))
                kill_children(reader)
            meanwhile = reader.read_request([NamedBytes("surat.pdf", letter("tetangga"))]).statement
            facts = waiting.result(timeout=60).statement
        started = time.monotonic()
        after = reader.read_request([NamedBytes("surat.pdf", letter("berikutnya"))]).statement
        assert time.monotonic() - started < SECONDS
    assert facts.problem is not StatementProblem.NONE or not facts.has_text
    assert (after.problem, after.text) == (StatementProblem.NONE, "berikutnya")
    if trouble != "killed":
        assert meanwhile.text == "tetangga"
