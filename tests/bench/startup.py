"""From the start of the process to the filled list, beside a bare window."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.bench.figures import Figure, figure

BARE = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication(sys.argv); app.setStyle("Fusion")
window = QMainWindow(); window.resize(1366, 768); window.show()
QTimer.singleShot(0, lambda: (print("ready", flush=True), app.quit()))
app.exec()
"""


def _until_ready(*command: str) -> float:
    """Seconds from starting a process to its line "ready". Nothing of the machine's own is read or written."""
    with tempfile.TemporaryDirectory() as home:
        places = {f"XDG_{name}_HOME": home for name in ("CONFIG", "DATA", "STATE")}
        environment = {**os.environ, **places, "QT_QPA_PLATFORM": "offscreen"}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        started = time.perf_counter()
        process = subprocess.Popen([sys.executable, *command], stdout=subprocess.PIPE, text=True, env=environment)
        assert process.stdout is not None
        process.stdout.readline()
        seconds = time.perf_counter() - started
        process.communicate()
    return seconds


def startup(folder: Path) -> list[Figure]:
    """Of the practice profile, which opens with a passphrase."""
    own, bare = list[float](), list[float]()
    for _run in range(9):
        own.append(_until_ready("-m", "tests.bench.start", str(folder)))
        bare.append(_until_ready("-c", BARE))
    return [figure("startup", own, "bare PySide6 window", bare, "aim: 250 ms over the bare window")]
