"""From the start of the process to the filled list, beside a bare window."""

import os
import subprocess
import sys
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

OURS = """
import sys, time
from pathlib import Path
from tests.bench.start import start
start(Path(sys.argv[1]))
"""


def _until_ready(code: str, *arguments: str) -> tuple[float, float]:
    """Seconds from starting the process to its line "ready", without and with the seconds it says to leave out."""
    started = time.perf_counter()
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    process = subprocess.Popen(
        [sys.executable, "-c", code, *arguments], stdout=subprocess.PIPE, text=True, env=environment
    )
    assert process.stdout is not None
    words = process.stdout.readline().split()
    seconds = time.perf_counter() - started
    process.communicate()
    return seconds - (float(words[1]) if len(words) > 1 else 0.0), seconds


def startup(folder: Path) -> list[Figure]:
    """Without what the passphrase's deliberate slowness takes (practice only), and with it."""
    own, whole, bare = list[float](), list[float](), list[float]()
    for _run in range(9):
        without, seconds = _until_ready(OURS, str(folder))
        own.append(without)
        whole.append(seconds)
        bare.append(_until_ready(BARE)[0])
    beside = "bare PySide6 window"
    return [
        figure("startup", own, beside, bare, "aim: 250 ms over the bare window"),
        figure("with passphrase", whole, beside, bare, "aim: 250 ms over the bare window"),
    ]
