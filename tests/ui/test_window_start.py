"""From nothing to the window: first start, second start, passphrases, with folders of their own."""

import errno
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from lockdesk.ui.application import MainWindow
from lockdesk.ui.first_start import FirstStartWizard
from lockdesk.ui.lock import UnlockScreen
from lockdesk.ui.passphrase import PassphraseScreen
from lockdesk.verbs.window import Starter
from tests.ui.conftest import StrayWindows

PASSPHRASE = "frasa sandi contoh yang panjang"
Start = Callable[[], Starter]


@pytest.fixture(autouse=True)
def folders(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nothing outside of the test's folder is read or written, and no keyring is asked."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")


@pytest.fixture
def start(qapp: QApplication, strays: StrayWindows) -> Iterator[Start]:
    """Starts the program as a process would; every start is closed afterwards."""
    strays.allowed = (MainWindow, FirstStartWizard, PassphraseScreen, UnlockScreen)
    starters: list[Starter] = []

    def begin() -> Starter:
        starter = Starter(None)
        starters.append(starter)
        starter.begin()
        return starter

    yield begin
    for starter in starters:
        shut(starter)


def shut(starter: Starter) -> None:
    """Closes what a start has shown, and its profile."""
    for widget in (starter.window, starter.shown):
        if widget is not None:
            widget.close()
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
    qtbot.waitUntil(lambda: starter.window is not None, timeout=20_000)
    window = starter.window
    assert window is not None
    qtbot.waitUntil(lambda: window.background.idle, timeout=20_000)
    return window


def test_the_first_start_leads_to_the_window(qtbot: QtBot, start: Start) -> None:
    starter = start()
    fill_wizard(qtbot)
    window = until_open(qtbot, starter)
    assert window.isVisible()
    assert starter.profile is not None
    assert starter.profile.desk.gateway.training


def test_a_second_start_raises_the_first_window(qtbot: QtBot, start: Start) -> None:
    first = start()
    fill_wizard(qtbot)
    window = until_open(qtbot, first)
    window.showMinimized()
    left: list[bool] = []
    second = start()
    second.left.connect(partial(left.append, True))
    qtbot.waitUntil(lambda: bool(left) and not window.isMinimized(), timeout=20_000)
    assert second.window is None
    assert window.isVisible()


def test_a_working_profile_asks_for_its_passphrase(qtbot: QtBot, start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    starter = start()
    fill_wizard(qtbot, work=True)
    screen = shown(PassphraseScreen)
    for edit in screen.findChildren(QLineEdit):
        edit.setText(PASSPHRASE)
    next(b for b in screen.findChildren(QAbstractButton) if b.text() == "Pakai frasa sandi ini").click()
    window = until_open(qtbot, starter)
    assert starter.profile is not None
    assert not starter.profile.desk.gateway.training
    assert starter.profile.desk.practice is None
    assert window.isVisible()
    shut(starter)

    again = start()
    qtbot.waitUntil(lambda: isinstance(again.shown, UnlockScreen), timeout=20_000)
    unlock = again.shown
    assert unlock is not None
    edit = unlock.findChild(QLineEdit)
    assert edit is not None
    edit.setText("bukan frasa sandinya")
    edit.returnPressed.emit()
    refused = "Frasa sandi tidak cocok. Periksa huruf besar dan kecil, lalu coba lagi."
    qtbot.waitUntil(lambda: refused in [w.text() for w in unlock.findChildren(QLabel)], timeout=20_000)
    assert again.window is None
    assert edit.text() == ""

    def full(*_arguments: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("lockdesk.verbs.window.OpenProfile", full)
        edit.setText(PASSPHRASE)
        edit.returnPressed.emit()
        words = "Ruang penyimpanan penuh. Kosongkan ruang pada disk data, lalu ulangi langkah ini."
        qtbot.waitUntil(lambda: words in [w.text() for w in unlock.findChildren(QLabel)], timeout=20_000)
    assert edit.isEnabled(), "the right passphrase was not called wrong, and can be given again"
    edit.setText(PASSPHRASE)
    edit.returnPressed.emit()
    until_open(qtbot, again)
