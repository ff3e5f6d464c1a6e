"""A process that is killed while a page is being read: `python -m tests.crash.reading FOLDER CASE PAGE`.

It prints the pages whose words were told, then, at its end, the processes that read for it.
"""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lockdesk.app import OpenProfile, ProfileStart
from lockdesk.reader import sealed
from lockdesk.reader.cage import wire
from lockdesk.reader.cage.jobs import Order
from lockdesk.reader.cage.wire import Frame, Read
from tests.crash.killing import die
from tests.helpers.desk.office import SetClock


def die_while_reading(page: int) -> None:
    """Has this process killed once a child has been ordered to read `page` (from 0) and has not answered yet."""
    ask, read_frame = sealed.SealedReader._ask, wire.read_frame
    frames = 0

    def asking(reader: sealed.SealedReader, kind: type[Any], order: Order, content: bytes) -> Any:
        nonlocal frames
        frames = 2 if (order.job, order.page) == ("scan", page) else 0  # that its cage is closed, then its answer
        return ask(reader, kind, order, content)

    def reading(source: Read) -> Frame:
        nonlocal frames
        frames -= 1
        if frames == 0:
            print(*descendants(os.getpid()), flush=True)
            die()
        return read_frame(source)

    sealed.SealedReader._ask = asking  # type: ignore[method-assign,assignment]
    sealed.read_frame = reading  # type: ignore[attr-defined,assignment]


def descendants(pid: int) -> Iterator[int]:
    """The processes that a process has started, and theirs."""
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in map(int, (task / "children").read_text(encoding="ascii").split()):
            yield child
            yield from descendants(child)


def main() -> None:
    folder, case_id, page = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    die_while_reading(page)
    with OpenProfile(ProfileStart(folder, practice=True), SetClock()) as profile:
        profile.desk.review.read_scan(case_id, lambda case: print(case.facts.statement.fields.nik, flush=True))


if __name__ == "__main__":
    main()
