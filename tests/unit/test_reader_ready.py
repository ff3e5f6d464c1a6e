"""Children of the reader wait for a document beforehand, as long as the computer has memory for them."""

import os
import sys
from pathlib import Path

import pytest

from lockdesk.environment import free_memory
from lockdesk.reader.cage import lines
from lockdesk.reader.sealed import SealedReader
from tests.helpers.papers.letter_layouts import draw, writer_of
from tests.helpers.patience import until

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="counts processes by /proc")


def below(pid: int) -> list[int]:
    """Every process that comes from this one."""
    found = list[int]()
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in map(int, (task / "children").read_text().split()):
            found += [child, *below(child)]
    return found


def test_they_are_ready_before_the_first_document_and_end_with_the_reader() -> None:
    before = set(below(os.getpid()))
    with SealedReader() as reader:
        reader.warm()
        assert until(lambda: len(set(below(os.getpid())) - before) == 3)  # the template, and two that it made
        assert writer_of("two_pages").name in "\n".join(line.text for line in reader.lines(draw("two_pages")))
    assert until(lambda: set(below(os.getpid())) <= before)


def test_none_waits_while_memory_is_short_and_documents_are_read_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    with SealedReader() as reader:
        reader.warm()
        assert len(reader._children._spares) == 2  # type: ignore[attr-defined]
        monkeypatch.setattr(lines, "free_memory", lambda: 100 << 20)
        for _document in range(2):
            assert reader.lines(draw("two_pages"))
        assert not reader._children._spares  # type: ignore[attr-defined]
        monkeypatch.setattr(lines, "free_memory", lambda: None)
        assert reader.lines(draw("two_pages")) and len(reader._children._spares) == 2  # type: ignore[attr-defined]


def test_what_is_free_is_told_in_bytes() -> None:
    free = free_memory()
    assert free is not None and 1 << 20 < free < 1 << 45
