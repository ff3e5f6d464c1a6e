"""Starting a server process and knowing when it listens."""

import socket
import subprocess
from pathlib import Path


def wait_for(port: int, process: "subprocess.Popen[bytes]", log: Path) -> None:
    """Returns once something listens on `port`; fails with the log when the process ends first."""
    for _attempt in range(400):
        assert process.poll() is None, log.read_text()
        with socket.socket() as probe:
            probe.settimeout(0.1)
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        try:
            process.wait(0.05)
        except subprocess.TimeoutExpired:
            continue
    raise AssertionError(f"nothing listens: {log.read_text()}")


def stop(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
