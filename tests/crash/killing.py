"""Processes that are killed: a warmed, single-threaded template forks one for each fault point.

`python -m tests.crash.killing SETTINGS` reads a JSON order a line, forks, and says the child's pid, then how it ended.
"""

import json
import os
import pickle
import signal
import subprocess
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lockdesk.core.journal import JournalHead
from lockdesk.desk.changes import Change, Committed
from lockdesk.gateway.ejbca import EjbcaSettings
from lockdesk.store import unit
from lockdesk.store.casebook import SqlCasebook
from tests.crash.broken import break_desk
from tests.crash.scene import MOST_ACTIONS, act, opened

MOMENTS = ("before", "during", "after")
_FAILED = 3


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def kill_at(write: int, moment: str) -> None:
    """Has this process killed at its n-th journal write: before it, inside its transaction, or just after."""
    counted = 0
    commit, append = SqlCasebook.commit, unit._append

    def counting(book: SqlCasebook, change: Change) -> Committed:
        nonlocal counted
        counted += 1
        if counted == write and moment == "before":
            die()
        committed = commit(book, change)
        if counted == write and moment == "after":
            die()
        return committed

    def appending(shared: unit.Unit, seal: unit.Seal) -> JournalHead:
        head = append(shared, seal)
        if counted == write and moment == "during":
            die()
        return head

    SqlCasebook.commit = counting  # type: ignore[method-assign,assignment]
    unit._append = appending  # type: ignore[assignment]


def kill_at_call(owner: type, name: str, number: int, moment: str) -> None:
    """Has this process killed at the n-th call of a method: before it, or just after."""
    counted = 0
    method = getattr(owner, name)

    def counting(*arguments: Any) -> Any:
        nonlocal counted
        counted += 1
        if counted == number and moment == "before":
            die()
        result = method(*arguments)
        if counted == number and moment == "after":
            die()
        return result

    setattr(owner, name, counting)


def run(order: dict[str, Any], settings: EjbcaSettings) -> None:
    """A start of the program and the officer's work to the end, unless killed before."""
    if order["broken"]:
        break_desk()
    if order["write"]:
        kill_at(order["write"], order["moment"])
    with opened(Path(order["folder"]), settings) as desk:
        for _action in range(MOST_ACTIONS):
            if not act(desk):
                return


def serve(run: Callable[[dict[str, Any]], None]) -> None:
    """Carries out orders from the standard input, each in a process of its own."""
    print("ready", flush=True)
    for line in sys.stdin:
        order = json.loads(line)
        child = os.fork()
        if child == 0:
            try:
                run(order)
            except BaseException:
                traceback.print_exc()
                os._exit(_FAILED)
            os._exit(0)
        print(child, flush=True)
        _pid, status = os.waitpid(child, 0)
        print("killed" if os.WIFSIGNALED(status) else os.WEXITSTATUS(status), flush=True)


def main() -> None:
    settings = pickle.loads(Path(sys.argv[1]).read_bytes())  # noqa: S301 - written by the test itself
    serve(lambda order: run(order, settings))


@dataclass
class Template:
    """The template process, as the orchestrator sees it."""

    process: "subprocess.Popen[str]"

    @classmethod
    def start(cls, *arguments: object, module: str = "tests.crash.killing") -> "Template":
        command = [sys.executable, "-m", module, *map(str, arguments)]
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None and process.stdout.readline().strip() == "ready"
        return cls(process)

    def run(
        self,
        folder: Path,
        *,
        write: int = 0,
        moment: str = "",
        kind: str = "write",
        broken: bool = False,
        started: Callable[[int], None] = lambda pid: None,
    ) -> bool:
        """Runs one process to its end; True when it was killed. `started` gets its pid. Raises RuntimeError when it
        failed: it would have proved nothing."""
        order = {"folder": str(folder), "write": write, "moment": moment, "kind": kind, "broken": broken}
        assert self.process.stdin is not None and self.process.stdout is not None
        self.process.stdin.write(json.dumps(order) + "\n")
        self.process.stdin.flush()
        started(int(self.process.stdout.readline()))
        ended = self.process.stdout.readline().strip()
        if ended not in {"killed", "0"}:
            raise RuntimeError(f"the process to be killed failed: {order}")
        return ended == "killed"

    def close(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait()
        assert self.process.stdout is not None
        self.process.stdout.close()


if __name__ == "__main__":
    main()
