"""Starting a server process, knowing when it listens, and ending it."""

import os
import signal
import subprocess
from contextlib import suppress
from pathlib import Path

_LISTENING = "0A"


def wait_for(port: int, process: "subprocess.Popen[bytes]", log: Path) -> None:
    """Returns once something listens on `port`; fails with the log when the process ends first. Nothing connects: a
    server may take that for its first client, and wait for what it says."""
    for _attempt in range(2000):
        assert process.poll() is None, log.read_text()
        if _listens(port):
            return
        with suppress(subprocess.TimeoutExpired):
            process.wait(0.01)
    raise AssertionError(f"nothing listens: {log.read_text()}")


def _listens(port: int) -> bool:
    sockets = Path("/proc/net/tcp").read_text() + Path("/proc/net/tcp6").read_text()
    fields = (row.split() for row in sockets.splitlines())
    return any(row[1].endswith(f":{port:04X}") and row[3] == _LISTENING for row in fields)


def cut_off(process: "subprocess.Popen[bytes]") -> None:
    """Ends it and its children in the middle of whatever they do."""
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    process.kill()
    for child in children:
        with suppress(ProcessLookupError):  # it may have ended by itself
            os.kill(int(child), signal.SIGKILL)
    process.wait()


def stop(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
