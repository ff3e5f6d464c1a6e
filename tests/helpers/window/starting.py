"""The program's start as somebody at the keyboard sees it: wizard, passphrase, window."""

from collections.abc import Callable

from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from lockdesk.ui.shell.application import MainWindow
from lockdesk.ui.shell.first_start import FirstStartWizard
from lockdesk.ui.shell.passphrase import PassphraseScreen
from lockdesk.ui.widgets.sheet import open_sheets
from lockdesk.verbs.window import Starter
from tests.helpers.window.real_window import PATIENCE_MS

PASSPHRASE = "frasa sandi contoh yang panjang"
Start = Callable[[], Starter]


def shut(starter: Starter) -> None:
    """Closes what a start has shown, and its profile."""
    for widget in (starter.window, starter.shown):
        if widget is not None:
            widget.close()
            for sheet in open_sheets(widget):  # what was typed is not thrown away unasked
                sheet.verb.click()
            widget.deleteLater()
    starter.window = starter.shown = None
    starter.close()
    starter.profile = None


def shown(kind: type[QWidget]) -> QWidget:
    return next(w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible())


def fill_wizard(qtbot: QtBot, work: bool = False) -> None:
    wizard = shown(FirstStartWizard)
    if work:
        next(b for b in wizard.findChildren(QAbstractButton) if b.text().startswith("Kerja")).click()
    edits = wizard.findChildren(QLineEdit)
    next(edit for edit in edits if edit.accessibleName() == "Nama").setText("Contoh Petugas")
    next(edit for edit in edits if edit.accessibleName() == "NIP").setText("198503032010011999")
    next(b for b in wizard.findChildren(QAbstractButton) if b.text() == "Mulai").click()


def until_open(qtbot: QtBot, starter: Starter) -> MainWindow:
    qtbot.waitUntil(lambda: starter.window is not None, timeout=PATIENCE_MS)
    window = starter.window
    assert window is not None
    began = lambda: starter._first is not None  # noqa: E731 - what goes on by itself comes behind the list
    qtbot.waitUntil(lambda: began() and window.background.idle, timeout=PATIENCE_MS)
    return window


def press(widget: QWidget, words: str) -> None:
    next(b for b in widget.findChildren(QAbstractButton) if b.text() == words).click()


def begin_work(qtbot: QtBot, start: Start) -> tuple[Starter, MainWindow]:
    starter = start()
    fill_wizard(qtbot, work=True)
    screen = shown(PassphraseScreen)
    for edit in screen.findChildren(QLineEdit):
        edit.setText(PASSPHRASE)
    press(screen, "Pakai frasa sandi ini")
    return starter, until_open(qtbot, starter)
