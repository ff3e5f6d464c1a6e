"""The demonstration's stage: the real window, shown where there is a display, offscreen where not.

The play runs on a worker thread; every scene is asked of the window's thread and waited for, so that the
window is seen at work and never blocked by it.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication

from lockdesk.desk.desk import Desk
from lockdesk.ui.shell.application import MainWindow, PreferenceFile, create_application
from lockdesk.ui.widgets.parts import HintButton
from lockdesk.verbs.demo_play import Stage
from lockdesk.words import _

SCENE_SECONDS = 30.0
LETTER_MS = 450
"""A case that was filled gets its letter's page within this time."""
SETTLE_MS = 120
"""Time for the last layout after a case is filled."""
PICTURED = (1366, 768)
"""How large the window is in the pictures where no screen says it."""
PACE_SECONDS = 0.9
"""How long a person gets to look at each scene when there is a display."""


@dataclass(slots=True)
class _Scene:
    """One thing to show; `name` "" shows it without a screenshot."""

    kind: str
    subject: int | str
    name: str
    seen: threading.Event = field(default_factory=threading.Event)


class NoStage:
    """Shows nothing: for the process that is about to be killed."""

    def show_case(self, case_id: int, name: str) -> None: ...

    def show_complaint(self, complaint_id: int, name: str) -> None: ...

    def show_page(self, page: str, name: str) -> None: ...

    def show_mail(self, which: str, name: str) -> None: ...


class Director(QObject):
    """Lives on the window's thread; `Stage` methods are called from the play's thread."""

    scene_asked = Signal(object)
    finished = Signal()

    def __init__(self, window: MainWindow, folder: Path, pace: float) -> None:
        super().__init__()
        self._window = window
        self._folder = folder
        self._pace = pace
        self._scene: _Scene | None = None
        self._leaving = threading.Event()
        self.troubles: list[str] = []
        self.scene_asked.connect(self._on_scene, Qt.ConnectionType.QueuedConnection)
        window.case_shown.connect(self._on_case_shown)
        window.complaint_shown.connect(self._on_complaint_shown)

    # ── called from the play ──
    def show_case(self, case_id: int, name: str) -> None:
        self._ask(_Scene("case", case_id, name))

    def show_complaint(self, complaint_id: int, name: str) -> None:
        self._ask(_Scene("complaint", complaint_id, name))

    def show_page(self, page: str, name: str) -> None:
        self._ask(_Scene("page", page, name))

    def show_mail(self, which: str, name: str) -> None:
        self._ask(_Scene("mail", which, name))

    def _ask(self, scene: _Scene) -> None:
        if self._leaving.is_set():
            return
        self.scene_asked.emit(scene)
        if not scene.seen.wait(SCENE_SECONDS):
            self.troubles.append(_("{scene} tidak tampil").format(scene=scene.name or scene.subject))
        if self._pace:
            self._leaving.wait(self._pace)

    def leave(self) -> None:
        """The window was closed: the play goes on without it."""
        self._leaving.set()
        if self._scene is not None:
            self._scene.seen.set()

    # ── on the window's thread ──
    @Slot(object)
    def _on_scene(self, scene: _Scene) -> None:
        self._scene = scene
        if scene.kind == "case":
            self._window.refresh()
            self._window.show_case(int(scene.subject))
        elif scene.kind == "complaint":
            self._window.refresh()
            self._window.show_complaint(int(scene.subject))
        else:
            self._window.show_page("mail" if scene.kind == "mail" else str(scene.subject))
            self._window.mail_work.look()
            if scene.kind == "mail":
                self._window.findChildren(HintButton, str(scene.subject))[0].click()
            QTimer.singleShot(400, self, self._picture)

    @Slot(int)
    def _on_case_shown(self, case_id: int) -> None:
        if self._scene is not None and (self._scene.kind, self._scene.subject) == ("case", case_id):
            # The letter's page follows; a case without a letter does not keep the scene waiting.
            QTimer.singleShot(LETTER_MS if self._scene.name else SETTLE_MS, self, self._picture)

    @Slot(int)
    def _on_complaint_shown(self, complaint_id: int) -> None:
        if self._scene is not None and (self._scene.kind, self._scene.subject) == ("complaint", complaint_id):
            QTimer.singleShot(SETTLE_MS, self, self._picture)

    @Slot()
    def _picture(self) -> None:
        scene, self._scene = self._scene, None
        if scene is None:
            return
        if scene.name and not self._window.grab().save(str(self._folder / f"{scene.name}.png")):
            self.troubles.append(_("Layar {name} tidak dapat disimpan").format(name=scene.name))
        scene.seen.set()


def with_window(desk: Desk, folder: Path, play: Callable[[Stage], None]) -> list[str]:
    """Runs `play` on a worker while the window is shown; returns what went wrong in the window."""
    application = create_application(["lockdesk"])
    window = MainWindow(desk, PreferenceFile())
    seen_by_people = QGuiApplication.platformName() not in {"offscreen", "minimal"}
    if not seen_by_people:
        window.resize(*PICTURED)  # the screen that there is not is smaller than any counter's
    director = Director(window, folder / "screenshots", PACE_SECONDS if seen_by_people else 0.0)
    director.finished.connect(application.quit, Qt.ConnectionType.QueuedConnection)
    application.setQuitOnLastWindowClosed(False)
    failure: list[BaseException] = []

    def work() -> None:
        try:
            play(director)
        except BaseException as error:  # handed to the caller below
            failure.append(error)
        director.finished.emit()

    window.show()
    worker = threading.Thread(target=work, name="demo-play")
    worker.start()
    application.exec()
    director.leave()
    worker.join()
    window.close()
    if failure:
        raise failure[0]
    return director.troubles
