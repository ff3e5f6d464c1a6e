"""The window on a fake desk; a test that leaves a thread or a window behind fails."""

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from keyring.backends.fail import Keyring as NoKeyring
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from lockdesk.ui.look.appearance import apply_appearance
from lockdesk.ui.shell.application import MainWindow, PreferenceFile, Preferences
from lockdesk.ui.shell.blank import BlankScreen
from lockdesk.ui.shell.exit_backup import ExitBackup
from lockdesk.ui.shell.first_start import FirstStartWizard
from lockdesk.ui.shell.key_change import KeyChangeScreen
from lockdesk.ui.shell.lock import UnlockScreen
from lockdesk.ui.shell.passphrase import PassphraseScreen
from lockdesk.ui.shell.restore import RestoreScreen
from lockdesk.verbs.window import Starter
from lockdesk.words import language
from tests.helpers.desk.keyrings import using
from tests.helpers.window.real_window import PATIENCE_MS
from tests.helpers.window.starting import Start, shut
from tests.ui.fake_desk import FakeDesk

MakeWindow = Callable[..., MainWindow]


class StrayWindows(QObject):
    """Remembers every widget that was shown as a window of its own: nothing may flash."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []
        self.allowed: tuple[type[QWidget], ...] = (MainWindow,)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # by its class: to ask each of many thousand events for its type takes longer
        if isinstance(event, QShowEvent) and isinstance(watched, QWidget) and watched.isWindow():
            expected = isinstance(watched, self.allowed) or watched.inherits("QMenu") or bool(watched.parent())
            if not expected:
                self.seen.append(f"{type(watched).__name__} {watched.objectName()}")
        return False


@pytest.fixture
def strays() -> StrayWindows:
    return StrayWindows()


@pytest.fixture(autouse=True)
def no_leaks(qapp: QApplication, strays: StrayWindows) -> Iterator[None]:
    apply_appearance(qapp, Preferences())
    threads = set(threading.enumerate())
    qapp.installEventFilter(strays)
    yield
    qapp.removeEventFilter(strays)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    for thread in set(threading.enumerate()) - threads:
        thread.join(PATIENCE_MS / 1000)  # a closed window waits a moment only for what it has begun
    left = [thread.name for thread in set(threading.enumerate()) - threads if thread.is_alive()]
    assert not left, f"threads left behind: {left}"
    shown = [widget for widget in qapp.topLevelWidgets() if widget.isVisible()]
    assert not shown, f"windows left behind: {shown}"
    assert not strays.seen, f"widgets that flashed as windows: {strays.seen}"
    if language.code != "id":
        language.choose("id")


@pytest.fixture
def desk() -> FakeDesk:
    return FakeDesk()


@pytest.fixture
def open_window(qtbot: QtBot, desk: FakeDesk) -> Iterator[MakeWindow]:
    """Opens a window on the desk and waits until its list is filled and nothing is on its way."""
    windows: list[MainWindow] = []

    def make(size: tuple[int, int] = (1366, 768), **preferences: Any) -> MainWindow:
        file = PreferenceFile()
        file.change(**preferences)
        apply_appearance(QApplication.instance(), file.value)  # type: ignore[arg-type]
        window = MainWindow(desk, file)
        window.resize(*size)
        with qtbot.waitSignal(window.ready, timeout=5000):
            window.show()
        window.activateWindow()
        windows.append(window)
        return window

    yield make
    for window in windows:
        for gate in desk.state.gates.values():
            gate.set()
        window.close()
        window.deleteLater()


@pytest.fixture
def window(open_window: MakeWindow) -> MainWindow:
    return open_window()


@pytest.fixture
def show_case(qtbot: QtBot) -> Callable[[MainWindow, int], None]:
    """Shows a case and waits until its panel is filled and nothing is on its way any more."""

    def show(window: MainWindow, case_id: int) -> None:
        with qtbot.waitSignal(window.case_shown, timeout=5000):
            window.show_case(case_id)
        qtbot.waitUntil(lambda: window.background.idle, timeout=5000)

    return show


@pytest.fixture
def own_folders(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """Nothing outside of the test's folder is read or written, and no keyring is asked."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setattr("lockdesk.app.shipped_mails", tuple)  # no mails to look through at every start
    with using(NoKeyring()):
        yield


@pytest.fixture
def start(qapp: QApplication, strays: StrayWindows, own_folders: None) -> Iterator[Start]:
    """Starts the program as a process would; every start is closed afterwards."""
    strays.allowed = (
        MainWindow,
        FirstStartWizard,
        PassphraseScreen,
        UnlockScreen,
        RestoreScreen,
        ExitBackup,
        KeyChangeScreen,
        BlankScreen,
    )
    starters: list[Starter] = []

    def begin() -> Starter:
        starter = Starter(None)
        starters.append(starter)
        starter.begin()
        return starter

    yield begin
    for starter in starters:
        shut(starter)


@contextmanager
def started(qtbot: QtBot, desk: FakeDesk, file: Path, case: bool = True) -> Iterator[MainWindow]:
    window = MainWindow(desk, PreferenceFile(file))
    window.resize(1366, 768)
    with qtbot.waitSignals([window.ready, *([window.case_shown] if case else [])], timeout=5000):
        window.show()
    qtbot.waitUntil(lambda: window.background.idle, timeout=5000)
    try:
        yield window
    finally:
        window.close()
        window.deleteLater()
