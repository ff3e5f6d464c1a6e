"""From the start of the process to the filled list, beside a bare window: with a passphrase, and by the keyring."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

from tests.bench.figures import Figure, figure
from tests.servers.secret_service import secret_service

BARE = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication(sys.argv); app.setStyle("Fusion")
window = QMainWindow(); window.resize(1366, 768); window.show()
QTimer.singleShot(0, lambda: (print("ready", flush=True), app.quit()))
app.exec()
"""


CASES_AT_WORK = 1000
MAKE_AT_WORK = f"""
import sys
from pathlib import Path
from lockdesk.app import OpenProfile, ProfileStart
from tests.bench.bulk import fill
from tests.helpers.desk.office import SetClock, office_settings
start = ProfileStart(Path(sys.argv[1]), False, "frasa sandi kantor", office_settings(practice=False))
with OpenProfile(start, SetClock()) as profile:
    assert profile.vault.kept_in == "keyring"
    fill(profile, {CASES_AT_WORK})
"""
AIM = "aim: 250 ms over the bare window"


def _until_ready(given: Mapping[str, str], *command: str) -> float:
    """Seconds from starting a process to its line "ready". Nothing of the machine's own is read or written."""
    with tempfile.TemporaryDirectory() as home:
        places = {f"XDG_{name}_HOME": home for name in ("CONFIG", "STATE")}
        environment = {**given, **places, "QT_QPA_PLATFORM": "offscreen"}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        started = time.perf_counter()
        process = subprocess.Popen([sys.executable, *command], stdout=subprocess.PIPE, text=True, env=environment)
        assert process.stdout is not None
        process.stdout.readline()
        seconds = time.perf_counter() - started
        process.communicate()
    return seconds


def startup(folder: Path) -> list[Figure]:
    """Of the practice profile, which opens with a passphrase, and of a working one that the system's keyring opens."""
    with tempfile.TemporaryDirectory() as place, secret_service(Path(place) / "home") as environment:
        at_work = str(Path(place) / "kerja")
        subprocess.run([sys.executable, "-c", MAKE_AT_WORK, at_work], env=environment, check=True)
        return [_started("startup", folder, os.environ), _started("by keyring", Path(at_work), environment)]


def _started(name: str, folder: Path, environment: Mapping[str, str]) -> Figure:
    own, bare = list[float](), list[float]()
    for _run in range(9):
        own.append(_until_ready(environment, "-m", "tests.bench.start", str(folder)))
        bare.append(_until_ready(environment, "-c", BARE))
    return figure(name, own, "bare PySide6 window", bare, AIM)
