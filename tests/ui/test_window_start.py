"""From nothing to the window: first start, second start, passphrases, with folders of their own."""

import errno
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from lockdesk.app import ProfileStart, SystemClock
from lockdesk.demands import Demand
from lockdesk.errors import Damaged
from lockdesk.ui.prints.recovery_sheet import RecoverySheet
from lockdesk.ui.shell.application import MainWindow
from lockdesk.ui.shell.first_start import FirstStartWizard
from lockdesk.ui.shell.lock import UnlockScreen
from lockdesk.ui.shell.restore import RestoreScreen
from lockdesk.ui.shell.shortcuts import HeldKeys
from lockdesk.ui.widgets.questions import ErrorSheet
from lockdesk.ui.widgets.sheet import open_sheets
from lockdesk.vault import OpenedBy
from lockdesk.verbs.window import Starter
from tests.helpers.window.real_window import PATIENCE_MS
from tests.helpers.window.starting import PASSPHRASE, Start, begin_work, fill_wizard, press, shown, shut, until_open


def test_what_the_first_start_was_told_of_the_csr_holds_in_the_window(qtbot: QtBot, start: Start) -> None:
    starter = start()
    press(shown(FirstStartWizard), "Tidak")
    fill_wizard(qtbot)
    until_open(qtbot, starter)
    assert starter.profile is not None
    office = starter.profile.desk.settings().office
    assert office.demands.csr is Demand.NOT_ASKED and not office.csr_to_confirm


def test_the_first_start_leads_to_the_window(qtbot: QtBot, start: Start) -> None:
    starter = start()
    fill_wizard(qtbot)
    window = until_open(qtbot, starter)
    assert window.isVisible()
    assert starter.profile is not None
    assert starter.profile.desk.gateway.training


@pytest.mark.parametrize("last", [True, False])
def test_the_data_folder_named_once_more_opens_the_profile_in_it(
    qtbot: QtBot, start: Start, tmp_path: Path, last: bool
) -> None:
    starter = start()
    fill_wizard(qtbot)
    until_open(qtbot, starter)
    folder = next(tmp_path.rglob("pelatihan"))
    shut(starter)
    if not last:
        for path in tmp_path.rglob("profile.json"):
            path.unlink()
    again = Starter(folder.parent)
    again.begin()
    assert not isinstance(again.shown, FirstStartWizard), "what was filled in there is not asked again"
    until_open(qtbot, again)
    shut(again)


def recovery_sheet(window: MainWindow) -> RecoverySheet:
    return next(sheet for sheet in window.findChildren(RecoverySheet) if sheet.isVisible())


def test_the_recovery_code_is_put_on_paper_and_opens_the_profile(
    qtbot: QtBot, start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    starter, window = begin_work(qtbot, start)
    sheet = recovery_sheet(window)
    assert starter.profile is not None and starter.profile.desk.recovery is not None
    code = sheet.findChild(QLabel, "recovery-code").text().replace("\n", "-")
    edit = sheet.findChild(QLineEdit)
    edit.setText("XXXX")
    assert not sheet.verb.isEnabled() and "Tidak cocok" in "".join(w.text() for w in sheet.findChildren(QLabel))
    monkeypatch.setattr(starter.profile.desk.queueing, "printers", tuple)
    press(sheet, "Cetak…")

    def told() -> str:
        return " ".join(label.text() for label in open_sheets(window)[-1].findChildren(QLabel))

    qtbot.waitUntil(lambda: "Printer tidak tersedia." in told(), timeout=PATIENCE_MS)
    assert "PDF" not in told(), "the code is kept in no file"
    open_sheets(window)[-1].reject()
    assert window.focusWidget() is edit, "what was written down is read from there"
    prepared = window.cases.first_day.findChild
    qtbot.waitUntil(lambda: prepared(QAbstractButton, "prepare-code") is not None, timeout=PATIENCE_MS)
    edit.setText(code[-4:].lower())
    sheet.verb.click()
    qtbot.waitUntil(starter.profile.desk.recovery.kept, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: prepared(QAbstractButton, "prepare-code") is None, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: window.background.idle)
    shut(starter)
    written = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert code.encode() not in written and code.replace("-", "").encode() not in written

    again = start()
    qtbot.waitUntil(lambda: isinstance(again.shown, UnlockScreen), timeout=PATIENCE_MS)
    typed = again.shown.findChild(QLineEdit)
    typed.setText(code.replace("-", " ").lower())
    typed.returnPressed.emit()
    window = until_open(qtbot, again)
    assert again.profile is not None and again.profile.vault.opened_by is OpenedBy.RECOVERY
    assert not window.findChildren(RecoverySheet), "it is on paper: nobody is asked again"


def test_a_locked_keyring_gives_time_and_another_way_in(qtbot: QtBot, start: Start) -> None:
    starter, _window = begin_work(qtbot, start)
    assert starter.profile is not None
    # As if it had been made where there is a keyring.
    starter.profile.vault._put_slot({"kind": "keyring", "identifier": "c", "nonce": "00" * 12, "wrapped": "00" * 48})
    shut(starter)
    again = start()
    qtbot.waitUntil(lambda: isinstance(again.shown, UnlockScreen), timeout=PATIENCE_MS)
    screen = again.shown
    assert screen is not None
    words = "".join(w.text() for w in screen.findChildren(QLabel))
    assert "penyimpan kata sandi" in words and "kode pemulihan" in words
    retry = next(b for b in screen.findChildren(QAbstractButton) if b.text() == "Coba lagi")
    assert retry.isVisible()
    for _time in range(2):
        retry.click()
        qtbot.waitUntil(lambda: screen.isEnabled() and retry.isVisible(), timeout=PATIENCE_MS)
    edit = screen.findChild(QLineEdit)
    edit.setText(PASSPHRASE)
    edit.returnPressed.emit()
    until_open(qtbot, again)


def test_without_its_key_file_a_profile_is_not_begun_anew(qtbot: QtBot, start: Start) -> None:
    folder = left_profile(qtbot, start)
    key = (folder / "vault.json").read_bytes()
    (folder / "vault.json").unlink()
    held = {file.name: file.read_bytes() for file in folder.iterdir()}
    sheet = told(qtbot, start())
    assert "Berkas kunci profil" in sheet.error.message and "vault.json" in sheet.error.remedy
    assert any(button.text() == "Pulihkan dari cadangan…" for button in sheet.findChildren(QAbstractButton))
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == held
    sheet.reject()
    (folder / "vault.json").write_bytes(key)
    until_open(qtbot, start())


def test_a_data_folder_that_is_gone_is_told_and_not_taken_for_a_first_start(qtbot: QtBot, start: Start) -> None:
    """A disk that is not connected, above all."""
    folder = left_profile(qtbot, start)
    away = folder.rename(folder.with_name("dibawa"))
    starter = start()
    sheet = told(qtbot, starter)
    assert str(folder) in sheet.error.message and "Sambungkan" in sheet.error.remedy
    assert not folder.exists()
    press(sheet, "Penyiapan awal…")
    assert shown(FirstStartWizard).isVisible()
    away.rename(folder)
    until_open(qtbot, start())


def left_profile(qtbot: QtBot, start: Start) -> Path:
    """Of a practice profile that was begun and left."""
    starter = start()
    fill_wizard(qtbot)
    until_open(qtbot, starter)
    assert starter._start is not None
    folder = starter._start.folder
    shut(starter)
    return folder


def told(qtbot: QtBot, starter: Starter) -> ErrorSheet:
    qtbot.waitUntil(lambda: starter.shown is not None and bool(open_sheets(starter.shown)), timeout=PATIENCE_MS)
    assert starter.shown is not None
    (sheet,) = open_sheets(starter.shown)
    assert isinstance(sheet, ErrorSheet)
    return sheet


def test_a_second_start_raises_the_first_window(qtbot: QtBot, start: Start) -> None:
    first = start()
    fill_wizard(qtbot)
    window = until_open(qtbot, first)
    window.showMinimized()
    left: list[bool] = []
    second = start()
    second.left.connect(partial(left.append, True))
    qtbot.waitUntil(lambda: bool(left) and not window.isMinimized(), timeout=PATIENCE_MS)
    assert second.window is None
    assert window.isVisible()


def test_a_second_start_waits_for_the_first_one_s_window(
    qtbot: QtBot, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two files that are opened at once are two starts, and the first one may not listen yet."""
    first = start()
    fill_wizard(qtbot)
    window = until_open(qtbot, first)
    window.showMinimized()
    tries: list[Path] = []
    calls = iter((False, True))
    called = Starter._called_first_window

    def not_yet(starter: Starter, folder: Path) -> bool:
        tries.append(folder)
        return next(calls) and called(starter, folder)

    monkeypatch.setattr(Starter, "_called_first_window", not_yet)
    left: list[bool] = []
    second = start()
    second.left.connect(partial(left.append, True))
    qtbot.waitUntil(lambda: bool(left) and not window.isMinimized(), timeout=PATIENCE_MS)
    assert len(tries) == 2 and second.window is None and second.shown is None


def test_a_second_start_opens_what_the_first_one_is_leaving(qtbot: QtBot, start: Start) -> None:
    """A window that was closed is not brought forward again while its backup is made."""
    first = start()
    fill_wizard(qtbot)
    window = until_open(qtbot, first)
    window.close()
    second = start()
    left: list[bool] = []
    second.left.connect(partial(left.append, True))
    qtbot.waitUntil(lambda: second._tries > 0, timeout=PATIENCE_MS)
    assert not left and not window.isVisible()
    shut(first)
    until_open(qtbot, second)


def test_a_working_profile_asks_for_its_passphrase(qtbot: QtBot, start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    starter, window = begin_work(qtbot, start)
    assert starter.profile is not None
    assert not starter.profile.desk.gateway.training
    assert starter.profile.desk.practice is None
    assert window.isVisible()
    shut(starter)

    again = start()
    qtbot.waitUntil(lambda: isinstance(again.shown, UnlockScreen), timeout=PATIENCE_MS)
    unlock = again.shown
    assert unlock is not None
    edit = unlock.findChild(QLineEdit)
    assert edit is not None
    edit.setText("bukan frasa sandinya")
    edit.returnPressed.emit()
    refused = "Frasa sandi tidak cocok. Periksa huruf besar dan kecil, lalu coba lagi."
    qtbot.waitUntil(lambda: any(w.text().startswith(refused) for w in unlock.findChildren(QLabel)), timeout=PATIENCE_MS)
    assert again.window is None
    assert edit.text() == ""

    def full(*_arguments: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("lockdesk.app.OpenProfile", full)
        edit.setText(PASSPHRASE)
        edit.returnPressed.emit()
        words = "Ruang penyimpanan penuh. Kosongkan ruang pada disk data, lalu ulangi langkah ini."
        qtbot.waitUntil(lambda: words in [w.text() for w in unlock.findChildren(QLabel)], timeout=PATIENCE_MS)
    assert edit.isEnabled(), "the right passphrase was not called wrong, and can be given again"
    edit.setText(PASSPHRASE)
    edit.returnPressed.emit()
    until_open(qtbot, again)


def test_a_first_start_on_a_full_disk_is_told_at_the_folder_and_left_only_when_asked(
    qtbot: QtBot, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: object, **_more: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    starter = start()
    with monkeypatch.context() as patch:
        patch.setattr("os.fsync", full)
        fill_wizard(qtbot)
        qtbot.waitUntil(lambda: bool(open_sheets(shown(FirstStartWizard))), timeout=PATIENCE_MS)
    wizard = shown(FirstStartWizard)
    open_sheets(wizard)[-1].reject()
    folder = next(edit for edit in wizard.findChildren(QLineEdit) if edit.accessibleName() == "Folder data")
    assert "Ruang penyimpanan penuh" in folder.accessibleDescription()
    name = next(edit for edit in wizard.findChildren(QLineEdit) if edit.accessibleName() == "Nama")
    assert name.text() == "Contoh Petugas"
    press(wizard, "Keluar")
    assert wizard.isVisible(), "what was typed is not thrown away unasked"
    assert "Tinggalkan isian ini?" in [label.text() for label in open_sheets(wizard)[-1].findChildren(QLabel)]
    open_sheets(wizard)[-1].reject()
    press(wizard, "Mulai")
    until_open(qtbot, starter)


@pytest.mark.parametrize("typed", [False, True])
def test_a_damaged_profile_is_restored_from_the_first_start(qtbot: QtBot, start: Start, typed: bool) -> None:
    """The wizard makes room: it neither ends the program nor asks what is to become of what was filled in."""
    starter, left = start(), list[bool]()
    starter.left.connect(partial(left.append, True))
    wizard = shown(FirstStartWizard)
    if typed:
        next(edit for edit in wizard.findChildren(QLineEdit) if edit.accessibleName() == "Nama").setText("Contoh")
    starter._start = ProfileStart(Path("gone"))
    starter._show_error(Damaged("Rusak.", "Pulihkan."))
    press(open_sheets(wizard)[-1], "Pulihkan dari cadangan…")
    assert isinstance(starter.shown, RestoreScreen)
    assert left == [] and not wizard.isVisible()


def test_an_empty_clock_battery_is_told_and_keeps_nobody_out(
    qtbot: QtBot, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    starter = start()
    fill_wizard(qtbot)
    window = until_open(qtbot, starter)
    qtbot.waitUntil(lambda: window.background.idle, timeout=20_000)
    shut(starter)
    monkeypatch.setattr(SystemClock, "now", lambda _clock: datetime(2000, 1, 1, 0, 3, tzinfo=UTC))
    again = start()
    window = until_open(qtbot, again)

    def told() -> list[ErrorSheet]:
        return [sheet for sheet in window.findChildren(ErrorSheet) if sheet.error.code == "clock.behind"]

    qtbot.waitUntil(lambda: bool(told()) and told()[0].isVisible(), timeout=20_000)
    words = "\n".join(item.text() for item in told()[0].findChildren(QLabel))
    assert "1 Januari 2000" in words and "baterai jamnya habis" in words
    told()[0].reject()
    assert window.isVisible() and window.centralWidget().isEnabled()


def held(*windows: QWidget) -> None:
    """A repetition of a held Enter as an X server sends it: a release and a press of the same moment."""
    for kind, window in zip((QEvent.Type.KeyRelease, QEvent.Type.KeyPress), windows, strict=True):
        stroke = QKeyEvent(kind, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r")
        stroke.setTimestamp(4000)
        QApplication.sendEvent(window.windowHandle(), stroke)


def test_a_key_held_from_one_screen_to_the_next_presses_nothing_there(qtbot: QtBot, start: Start) -> None:
    start()
    wizard = shown(FirstStartWizard)
    assert isinstance(wizard, FirstStartWizard)
    edits = wizard.findChildren(QLineEdit)
    next(edit for edit in edits if edit.accessibleName() == "Nama").setText("Contoh Petugas")
    next(edit for edit in edits if edit.accessibleName() == "NIP").setText("198503032010011999")
    verb = next(b for b in wizard.findChildren(QAbstractButton) if b.text() == "Mulai")
    told: list[object] = []
    wizard.finished.connect(told.append)
    wizard.activateWindow()
    verb.setFocus()
    qtbot.waitUntil(verb.hasFocus)
    before = QWidget()
    qtbot.addWidget(before)
    before.winId()
    HeldKeys(before).watch(before.windowHandle())
    held(wizard, wizard)
    held(before, wizard)
    assert told == []
    assert verb.isEnabled()


def test_a_held_enter_confirms_no_field_of_one_line(qtbot: QtBot, start: Start) -> None:
    start()
    wizard = shown(FirstStartWizard)
    field = next(edit for edit in wizard.findChildren(QLineEdit) if edit.accessibleName() == "Nama")
    entered: list[str] = []
    field.returnPressed.connect(lambda: entered.append("x"))
    wizard.activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    held(wizard, wizard)
    assert entered == []
    qtbot.keyClick(wizard.windowHandle(), Qt.Key.Key_Return)
    assert entered == ["x"], "a stroke of its own does"
