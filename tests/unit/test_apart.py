"""Work in a process of its own: what it loads and does stays there, and whoever waits for it is told of its end."""

import subprocess
import sys
from pathlib import Path

import pytest

SCRIPTS = {
    "who nobody may wait for is not waited for": """
import signal
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
assert apart("t", lambda: b"1").result() == b"1"
""",
    "where no process can be made it is done here": """
def fork():
    raise BlockingIOError("no more processes")
os.fork = fork
assert apart("t", whose).result() == whose()
""",
    "what it loads stays there": """
begun = apart("t", lambda: __import__("decimal").__name__.encode())
assert begun.result() == b"decimal" and "decimal" not in sys.modules
""",
    "more than a pipe holds comes whole": """
assert apart("t", lambda: bytes(range(256)) * 4000).result() == bytes(range(256)) * 4000
""",
    "one that fails gives no answer, and says nothing": """
begun = apart("t", lambda: bytes(1 // 0))
assert isinstance(begun.exception(), NoAnswer)
""",
    "nothing of the first one's is written twice": """
print("once", end="")
assert apart("t", lambda: b"1").result() == b"1"
""",
    "beside other threads it stays in this one": """
held = threading.Event()
threading.Thread(target=held.wait, daemon=True).start()
assert apart("t", whose).result() == whose()
held.set()
""",
    "its end is seen to": """
assert apart("t", whose).result() != whose()
try:
    os.waitpid(-1, os.WNOHANG)
except ChildProcessError:
    pass
else:
    raise AssertionError("a process is left")
""",
}


@pytest.mark.parametrize("name", SCRIPTS)
def test_work_apart(name: str) -> None:
    begin = "import os, sys, threading\nfrom lockdesk.beside import NoAnswer, apart\n"
    begin += "def whose():\n    return str(os.getpid()).encode()\n"
    done = subprocess.run(
        [sys.executable, "-c", begin + SCRIPTS[name]],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == ("once" if "written twice" in name else "")
