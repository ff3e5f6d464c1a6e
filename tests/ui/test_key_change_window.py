"""The data key is changed at the window: asked for in the settings, done while the profile is closed, opened again."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from lockdesk.ui.office.own_way import ChangeKeySheet
from lockdesk.ui.shell.application import MainWindow
from lockdesk.ui.shell.key_change import KeyChangeScreen
from tests.helpers.desk.journal import entries
from tests.helpers.window.real_window import PATIENCE_MS
from tests.helpers.window.starting import PASSPHRASE, Start, begin_work, press, until_open

NEW = "frasa sandi yang baru dipilih"


def asked(qtbot: QtBot, window: MainWindow) -> ChangeKeySheet:
    for sheet in window.findChildren(ChangeKeySheet):
        assert sheet.left
    window.show_page("settings")
    qtbot.waitUntil(lambda: window.background.idle, timeout=PATIENCE_MS)
    press(window, "Ganti kunci data…")
    return window.findChildren(ChangeKeySheet)[-1]


def fill(sheet: ChangeKeySheet, known: str) -> None:
    sheet.known.setText(known)
    for edit in (sheet.first, sheet.second):
        edit.setText(NEW)
    sheet.verb.click()


def test_the_window_makes_room_and_comes_back_under_the_new_key(qtbot: QtBot, start: Start) -> None:
    starter, window = begin_work(qtbot, start)
    assert starter.profile is not None
    before = starter.profile.vault.keys.database
    sheet = asked(qtbot, window)
    fill(sheet, "bukan frasa sandinya")
    qtbot.waitUntil(lambda: any("tidak cocok" in label.text() for label in sheet.findChildren(QLabel)))
    assert not sheet.left and starter.window is window, "nothing is closed for a slip of the finger"
    fill(sheet, PASSPHRASE)
    qtbot.waitUntil(lambda: starter.window is not None and starter.window is not window, timeout=PATIENCE_MS)
    until_open(qtbot, starter)
    profile = starter.profile
    assert profile is not None and profile.vault.keys.database != before and profile.casebook.verify_journal().whole
    assert "key.changed" in [entry["kind"] for entry in entries(profile)]
    assert profile.vault.whose(NEW) == "" and profile.vault.whose(PASSPHRASE) is None


def test_what_fails_is_told_and_the_way_back_opens_it_as_it_was(
    qtbot: QtBot, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    starter, window = begin_work(qtbot, start)

    def full(_folder: Path, *_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("lockdesk.rekeying.copy_under", full)
    fill(asked(qtbot, window), PASSPHRASE)
    qtbot.waitUntil(lambda: isinstance(starter.shown, KeyChangeScreen), timeout=PATIENCE_MS)
    screen = starter.shown
    assert isinstance(screen, KeyChangeScreen)
    qtbot.waitUntil(screen.back.isVisible, timeout=PATIENCE_MS)
    assert any("penuh" in label.text() for label in screen.findChildren(QLabel))
    screen.back.click()
    until_open(qtbot, starter)
    assert starter.profile is not None and starter.profile.vault.whose(PASSPHRASE) == ""
