"""`python -m tests.bench close --cases 20000`: from closing the window to the end of the process,
whatever is under way.

Each closing is a process of its own on the same profile; beside it the end of one that only showed a bare window.
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from tests.bench.figures import Figure, figure

RUNS = 3
AIM = "aim: 500 ms at most"
BARE = """
import sys, time
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication(sys.argv); window = QMainWindow(); window.show()
QTimer.singleShot(300, lambda: (print(time.monotonic(), flush=True), window.close()))
app.exec()
"""


def _seconds(*command: str) -> float:
    """From the moment that the process prints to its end."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    with subprocess.Popen([sys.executable, *command], stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout is not None
        began = float(process.stdout.readline())
        process.wait()
        return time.monotonic() - began


def close(folder: Path) -> list[Figure]:
    bare = [_seconds("-c", BARE) for _run in range(RUNS)]
    found = []
    for name in MOMENTS:
        seconds = [_seconds("-m", "tests.bench.closing", str(folder), name, str(n)) for n in range(RUNS)]
        found.append(figure(f"close: {name}", seconds, "a bare window's end", bare, AIM))
    return found


# ── in the process that is closed ──
def _walk(window: "MainWindow", _folder: Path) -> None:
    window.journal_walk.begin()


def _report(window: "MainWindow", _folder: Path) -> None:
    from tests.bench.report import QUARTER

    window.background.run(partial(window.desk.evaluation.report, QUARTER))


def _import(window: "MainWindow", _folder: Path) -> None:
    from lockdesk.desk.register.heads import find_heads
    from lockdesk.desk.register.register import Terms
    from tests.bench.register import HEADS, _person
    from tests.helpers.desk.register import LISTED, table

    register = window.desk.register
    sheet, terms = table(HEADS, *[_person(number) for number in range(3_000)]), Terms("BKPSDM", LISTED)
    heads = find_heads(sheet.rows)

    def job() -> None:
        register.import_people(register.plan(sheet, heads, heads.mapping, terms).people(()), terms)

    window.background.run(job, lane=Lane.INTAKE)


def _scan(window: "MainWindow", folder: Path) -> None:
    from tests.bench.heartbeat import _mails

    place = folder.parent / "surat"
    place.mkdir(exist_ok=True)
    window.intake.receive([mail for mail in _mails(place) if mail.name.endswith("scan.eml")][:1])


def _sweep(window: "MainWindow", _folder: Path) -> None:
    window.background.run(window.desk.casebook.sweep)


def _export(window: "MainWindow", folder: Path) -> None:
    window.background.run(partial(window.desk.journal.export, folder.parent / "rekam-jejak.jsonl"))


def _backup(window: "MainWindow", folder: Path) -> None:
    from lockdesk.desk.values.backups import BackupPlan, Occasion

    place = folder.parent / "cadangan"
    place.mkdir(exist_ok=True)
    window.desk.backups.save(BackupPlan(str(place), daily=False, at_exit=False))
    window.backup_work.make(Occasion.ASKED)


MOMENTS: "dict[str, Callable[[MainWindow, Path], None]]" = {
    "at rest": lambda _window, _folder: None,
    "journal walk": _walk,
    "report": _report,
    "register": _import,
    "scan": _scan,
    "file written anew": _sweep,
    "export": _export,
    "backup": _backup,
}


def _closed(folder: Path, moment: str, run: int) -> None:
    application = create_application(sys.argv[:1])
    profile = OpenProfile(ProfileStart(folder, practice=True), SystemClock())
    window = MainWindow(profile.desk, PreferenceFile())

    def begin() -> None:
        MOMENTS[moment](window, folder)
        QTimer.singleShot(200 + 300 * run, end)

    def end() -> None:
        print(time.monotonic(), flush=True)
        window.close()

    window.ready.connect(begin)
    Sweeper(window).begin()
    window.show()
    application.exec()
    starter = Starter(folder)
    starter.profile = profile
    starter.leave()
    _left(0)


if __name__ == "__main__":
    from lockdesk.verbs.early import load_shiboken

    load_shiboken()
    from PySide6.QtCore import QTimer

    from lockdesk.__main__ import _left
    from lockdesk.app import OpenProfile, ProfileStart, SystemClock
    from lockdesk.ui.running.background import Lane
    from lockdesk.ui.running.sweeper import Sweeper
    from lockdesk.ui.shell.application import MainWindow, PreferenceFile, create_application
    from lockdesk.verbs.window import Starter

    _closed(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
