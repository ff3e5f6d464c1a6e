"""The real window on a real desk: opened, waited for and closed."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from lockdesk.desk.desk import Desk
from lockdesk.ui.look.appearance import apply_appearance
from lockdesk.ui.shell.application import MainWindow, PreferenceFile
from lockdesk.words import language

PATIENCE_MS = 60_000
"""A scan is read while one waits, on a machine that has other things to do."""


@contextmanager
def real_window(qtbot: QtBot, desk: Desk, percent: int = 100) -> Iterator[MainWindow]:
    """The window once its list is filled, in its own look whatever a test before has left and in the language that was
    chosen; at the end nothing of it is left."""
    preferences = PreferenceFile()
    if percent != preferences.value.percent:
        preferences.change(percent=percent)
    look = replace(preferences.value, language=language.code)
    apply_appearance(QApplication.instance(), look)  # type: ignore[arg-type]
    window = MainWindow(desk, preferences)
    window.resize(1366, 768)
    with qtbot.waitSignal(window.ready, timeout=PATIENCE_MS):
        window.show()
    window.activateWindow()
    try:
        yield window
        rest(qtbot, window)
    finally:  # a test that failed is told once, not by each that comes after it
        window.close()
        window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@contextmanager
def settings_page(qtbot: QtBot, desk: Desk) -> Iterator[MainWindow]:
    """The window at its page Pengaturan."""
    with real_window(qtbot, desk) as window:
        window.show_page("settings")
        rest(qtbot, window)
        yield window


def rest(qtbot: QtBot, window: MainWindow) -> None:
    """Waits until nothing is on its way any more."""
    qtbot.waitUntil(lambda: window.background.idle, timeout=PATIENCE_MS)


def show_case(qtbot: QtBot, window: MainWindow, case_id: int) -> None:
    """Shows a case and waits until its panel is filled."""
    with qtbot.waitSignal(window.case_shown, timeout=PATIENCE_MS):
        window.show_case(case_id)
    rest(qtbot, window)
