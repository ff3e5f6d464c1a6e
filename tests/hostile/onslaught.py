"""Thousands of hostile files through the sealed reader and every check, with the books kept."""

import os
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from lockdesk.desk.checks.all import run_checks
from lockdesk.desk.ports import NamedBytes
from lockdesk.desk.values.facts import StatementProblem
from lockdesk.reader.cage.walls import MEMORY_BYTES, PATIENCE
from lockdesk.reader.sealed import SealedReader
from tests.helpers.desk.evidence_material import evidence
from tests.hostile.mutants import Hostile

HANG_SECONDS = 10.0
"""The caller must have its answer by then: a child ends itself two seconds earlier."""


@dataclass
class Books:
    """What happened. `escaped` are exceptions that reached the caller; `slowest` in seconds."""

    files: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    escaped: list[str] = field(default_factory=list)
    hangs: list[str] = field(default_factory=list)
    slowest: float = 0.0
    largest_child: int = 0
    left_out: int = 0

    @property
    def holds(self) -> bool:
        """No death, no hang, no child above its memory."""
        return not self.escaped and not self.hangs and self.largest_child <= MEMORY_BYTES

    def words(self) -> str:
        lines = [
            f"files {self.files}, not reached in time {self.left_out}",
            f"exceptions in the caller {len(self.escaped)}, hangs over {HANG_SECONDS:g} s {len(self.hangs)}",
            f"slowest {self.slowest:.2f} s, largest child {self.largest_child >> 20} MiB of {MEMORY_BYTES >> 20}",
            *(f"  {name}: {count}" for name, count in sorted(self.outcomes.items())),
            *self.escaped[:20],
            *self.hangs[:20],
        ]
        return "\n".join(lines)


def attack(files: Iterable[Hostile], seconds: float, workers: int = 2) -> Books:
    """Every file is opened, painted and checked; stops taking new ones when the time is up."""
    books, lock, until = Books(), threading.Lock(), time.monotonic() + seconds
    watched = threading.Event()

    def one(item: Hostile, reader: SealedReader) -> None:
        if time.monotonic() > until:
            with lock:
                books.left_out += 1
            return
        started = time.perf_counter()
        try:
            outcome, patient = _outcome(item, reader)
        except BaseException as error:
            outcome, patient = f"{item.family} ESCAPED", False
            with lock:
                books.escaped.append(f"{item.name}: {type(error).__name__}: {error}"[:200])
        taken = time.perf_counter() - started
        with lock:
            books.files += 1
            books.outcomes[outcome] += 1
            books.slowest = max(books.slowest, taken)
            if taken > HANG_SECONDS * (PATIENCE if patient else 1):
                books.hangs.append(f"{item.name}: {taken:.1f} s")

    with SealedReader() as reader:
        watcher = threading.Thread(target=_watch, args=(books, watched))
        watcher.start()
        try:
            with ThreadPoolExecutor(workers) as pool:
                for item in files:
                    pool.submit(one, item, reader)
        finally:
            watched.set()
            watcher.join()
    return books


def _outcome(item: Hostile, reader: SealedReader) -> tuple[str, bool]:
    """What the file came to: its worst problem, and a page painted where it is a letter; and whether OCR, which a busy
    machine may keep waiting, has looked at it."""
    if item.family == "certificate":
        found = reader.read_certificates([NamedBytes(item.name, item.content)])
        return f"certificate {'read' if found else 'none'}", False
    facts = reader.read_request([NamedBytes(item.name, item.content)])
    findings = run_checks(evidence(mail=facts.mail, statement=facts.statement, csr_reading=facts.csr,
                                   statement_file=facts.statement_file, csr_file=facts.csr_file,
                                   others=facts.others))  # fmt: skip
    if not findings:
        raise AssertionError("no finding")
    if item.family in {"pdf", "picture"}:
        if facts.statement.problem is StatementProblem.NONE and len(item.content) % 3 == 0:
            reader.render(item.content, 0, 600)
            reader.lines(item.content)
        if facts.statement.problem is StatementProblem.NONE and len(item.content) % 50 == 0:
            reader.read_scan(item.content)
            return f"{item.family} {facts.statement.problem.value or 'opened'}", True
        return f"{item.family} {facts.statement.problem.value or 'opened'}", False
    if item.family == "csr":
        return f"csr {facts.csr.problem.value or 'read'}", False
    defects = facts.mail.defects if facts.mail is not None else ("no mail",)
    return f"{item.family} {defects[0] if defects else 'read'}", False


def _watch(books: Books, done: threading.Event) -> None:
    """The largest resident memory of any of our children's children, looked at twenty times a second."""
    if sys.platform != "linux":
        return
    while not done.wait(0.05):
        for child in _descendants(os.getpid()):
            books.largest_child = max(books.largest_child, _resident(child))


def _descendants(process: int) -> list[int]:
    """Every living process below one; those that end meanwhile are left out."""
    found, waiting = [], [process]
    while waiting:
        current = waiting.pop()
        try:
            threads = os.listdir(f"/proc/{current}/task")  # noqa: PTH208 - names only, and quickly
        except OSError:
            continue
        for thread in threads:
            children = [int(text) for text in _text(Path(f"/proc/{current}/task/{thread}/children")).split()]
            found += children
            waiting += children
    return found


def _resident(process: int) -> int:
    fields = _text(Path(f"/proc/{process}/statm")).split()
    return int(fields[1]) * os.sysconf("SC_PAGE_SIZE") if len(fields) > 1 else 0


def _text(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:  # it ended meanwhile
        return ""
