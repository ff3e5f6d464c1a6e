"""What the program, its spares and its reader hold together: at rest, behind a mail of 25 MB, and at most while a scan
is read.

Proportional set sizes (`smaps_rollup`): pages that processes share count once. The window runs in a process of its
own, offscreen.
"""

import os
import random
import select
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from tests.bench.figures import Figure

REST = 25.0
"""Seconds in which the window comes to rest: more than two of its sweeps."""
STAGES = ("at rest", "behind a mail of 25 MB", "behind a scan")
AIM = "aim: 700 MB together"


def memory(folder: Path) -> list[Figure]:
    """In megabytes, beside a bare window."""
    with closing(_Beside.of("-c", _BARE)) as bare:
        bare.until("rest")
        least = bare.megabytes()
    found = list[Figure]()
    with closing(_Beside.of("-m", "tests.bench.memory", str(folder))) as ours:
        for name in STAGES:
            found.append(_figure(f"memory: until {name}, at most", ours.until(name), least, AIM))
            time.sleep(REST)
            found.append(_figure(f"memory: {name}", ours.megabytes(), least))
    return found


def _figure(name: str, value: float, bare: float, aim: str = "") -> Figure:
    return Figure(name, 1, round(value), round(value), "a bare window", round(bare), round(value / bare, 2), aim, "MB")


class _Beside:
    """A process that says how far it is."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    @classmethod
    def of(cls, *command: str) -> "_Beside":
        environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
        return cls(subprocess.Popen([sys.executable, *command], stdout=subprocess.PIPE,
                                    text=True, env=environment))  # fmt: skip

    def until(self, line: str) -> float:
        """The most that it held until then, in megabytes."""
        assert self._process.stdout is not None
        most, said = 0.0, ""
        while line not in said:
            most = max(most, self.megabytes())
            if select.select([self._process.stdout], [], [], 0.1)[0]:
                said = self._process.stdout.readline()
                assert said
        return most

    def megabytes(self) -> float:
        """Of the process and all below it."""
        return sum(_held(pid) for pid in _below(self._process.pid)) / 1000

    def close(self) -> None:
        self._process.kill()
        self._process.wait()


def _below(pid: int) -> Iterator[int]:
    """It and all below it; a reader's processes come and go meanwhile."""
    yield pid
    try:
        children = " ".join((task / "children").read_text() for task in Path(f"/proc/{pid}/task").iterdir())
    except OSError:
        return
    for child in children.split():
        yield from _below(int(child))


def _held(pid: int) -> int:
    """Kilobytes; 0 of what ended meanwhile."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


_BARE = """
import sys, time
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication(sys.argv); window = QMainWindow(); window.resize(1366, 768); window.show()
QTimer.singleShot(2000, lambda: print("rest", flush=True))
app.exec()
"""


# ── in the process that is measured ──
def _mails(place: Path) -> list[Path]:
    """A request with a photo besides that makes it 25 MB, and one whose letter only OCR can read."""
    scanned = next(mail for mail in scans_among_samples(place) if mail.name.endswith("scan.eml"))
    large = message_from_bytes(next(resource("samples").glob("01*.eml")).read_bytes(), policy=policy.SMTP)
    pixels = random.Random(25).randbytes(3 * 2600 * 2350)
    picture, file = Image.frombytes("RGB", (2600, 2350), pixels), BytesIO()
    picture.save(file, "PNG")
    large.add_attachment(file.getvalue(), maintype="image", subtype="png", filename="foto.png")
    path = place / "besar.eml"
    path.write_bytes(large.as_bytes())
    return [path, scanned]


def _run(folder: Path) -> None:
    application = create_application(["lockdesk"])
    with TemporaryDirectory() as name, OpenProfile(ProfileStart(folder, practice=True), SystemClock()) as profile:
        mails, names = iter(_mails(Path(name))), iter(STAGES)
        window = MainWindow(profile.desk, PreferenceFile())

        def look() -> None:
            """Whether what was begun is done: then it is said, and the next thing begins once it was measured."""
            if window.background.idle:
                print(next(names), flush=True)
                timer.stop()
                QTimer.singleShot(int(1000 * (REST + 10)), go_on)

        def go_on() -> None:
            window.intake.receive([next(mails)])
            timer.start(1000)

        timer = QTimer(window)
        timer.timeout.connect(look)
        window.ready.connect(lambda: timer.start(1000))
        Sweeper(window).begin()
        window.show()
        application.exec()


if __name__ == "__main__":
    from email import message_from_bytes, policy
    from io import BytesIO
    from tempfile import TemporaryDirectory

    from lockdesk.verbs.early import load_shiboken

    load_shiboken()
    from PIL import Image
    from PySide6.QtCore import QTimer

    from lockdesk.app import OpenProfile, ProfileStart, SystemClock
    from lockdesk.resource import resource
    from lockdesk.ui.running.sweeper import Sweeper
    from lockdesk.ui.shell.application import MainWindow, PreferenceFile, create_application
    from tests.bench.heartbeat import _mails as scans_among_samples

    _run(Path(sys.argv[1]))
