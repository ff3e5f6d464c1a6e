"""Backups at the window: the page, the exit, a restore at the first start and over an open profile, the move."""

from pathlib import Path

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from lockdesk.ui.office.backup_work import BackupWork
from lockdesk.ui.office.backups import BackupsPage, MoveSheet
from lockdesk.ui.shell.application import MainWindow
from lockdesk.ui.shell.exit_backup import ExitBackup
from lockdesk.ui.shell.first_start import FirstStartWizard
from lockdesk.ui.shell.lock import UnlockScreen
from lockdesk.ui.shell.restore import RestoreScreen
from lockdesk.ui.widgets.questions import ConfirmSheet, ErrorSheet
from lockdesk.verbs.window import Starter
from tests.helpers.desk.journal import entries
from tests.helpers.window.real_window import PATIENCE_MS
from tests.helpers.window.starting import (
    PASSPHRASE,
    Start,
    begin_work,
    fill_wizard,
    press,
    shown,
    shut,
    until_open,
)


def page_of(qtbot: QtBot, window: MainWindow, folder: Path) -> BackupsPage:
    """The page, its place chosen."""
    window.show_page("backups")
    page = window.findChildren(BackupsPage)[0]
    folder.mkdir(exist_ok=True)
    page.take_folder(str(folder))
    qtbot.waitUntil(lambda: window.backup_work.state.plan.folder == str(folder), timeout=PATIENCE_MS)
    return page


def words_of(page: BackupsPage) -> str:
    return " ".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


def settled(qtbot: QtBot, work: BackupWork) -> None:
    qtbot.waitUntil(lambda: not work.running, timeout=PATIENCE_MS)


def practising(qtbot: QtBot, start: Start) -> tuple[Starter, MainWindow]:
    starter = start()
    fill_wizard(qtbot)
    return starter, until_open(qtbot, starter)


def test_the_page_makes_one_and_tells_what_fails(qtbot: QtBot, start: Start, tmp_path: Path) -> None:
    _starter, window = practising(qtbot, start)
    usb = tmp_path / "usb"
    window.show_page("backups")
    page = window.findChildren(BackupsPage)[0]
    assert not page.now.isEnabled() and "pilih tempatnya di bawah ini" in words_of(page)
    assert "di Pengaturan, bagian Cadangan" not in words_of(page), "that is where one is"
    page = page_of(qtbot, window, usb)
    told: list[int] = []
    window.backup_work.told.connect(told.append)
    page.now.click()
    assert page.stop.isVisible() and not page.now.isEnabled()
    qtbot.waitUntil(lambda: window.backup_work.state.today, timeout=PATIENCE_MS)
    (file,) = usb.glob("*.cadangan")
    assert file.name in words_of(page) and "dibaca kembali dan cocok" in words_of(page)
    assert told[-1] == 100 and told == sorted(told)
    usb.rename(tmp_path / "dicabut")
    page.now.click()
    qtbot.waitUntil(lambda: window.backup_work.trouble is not None, timeout=PATIENCE_MS)
    assert "Tempat cadangan tidak ditemukan" in words_of(page) and "Data di komputer ini tidak berubah" in words_of(
        page
    )
    assert window.statusBar is not None and any(
        label.text() == "Cadangan gagal" and label.isVisible() for label in window.findChildren(QLabel)
    )
    (tmp_path / "dicabut").rename(usb)
    page.now.click()
    qtbot.waitUntil(lambda: not window.backup_work.running and window.backup_work.trouble is None, timeout=PATIENCE_MS)


def test_one_that_is_stopped_leaves_nothing(qtbot: QtBot, start: Start, tmp_path: Path) -> None:
    _starter, window = practising(qtbot, start)
    page = page_of(qtbot, window, tmp_path / "usb")
    page.now.click()
    page.stop.click()
    settled(qtbot, window.backup_work)
    assert list((tmp_path / "usb").iterdir()) == [] and window.backup_work.trouble is None


def test_the_day_s_own_is_made_without_being_asked_for(qtbot: QtBot, start: Start, tmp_path: Path) -> None:
    _starter, window = practising(qtbot, start)
    page_of(qtbot, window, tmp_path / "usb")
    window.backup_work.look()
    qtbot.waitUntil(lambda: window.backup_work.state.today, timeout=PATIENCE_MS)
    window.backup_work.look()
    qtbot.waitUntil(lambda: window.background.idle, timeout=PATIENCE_MS)
    assert len(list((tmp_path / "usb").glob("*.cadangan"))) == 1


def test_closing_the_window_backs_up_first(qtbot: QtBot, start: Start, tmp_path: Path) -> None:
    starter, window = practising(qtbot, start)
    page_of(qtbot, window, tmp_path / "usb")
    window.close()
    screen = shown(ExitBackup)
    qtbot.waitUntil(lambda: not screen.isVisible(), timeout=PATIENCE_MS)
    assert len(list((tmp_path / "usb").glob("*.cadangan"))) == 1
    assert starter.profile is not None
    assert entries(starter.profile)[-1]["facts"]["occasion"] == "exit"


def test_at_the_exit_a_stick_that_is_away_is_told_and_may_come_back(qtbot: QtBot, start: Start, tmp_path: Path) -> None:
    _starter, window = practising(qtbot, start)
    usb = tmp_path / "usb"
    page_of(qtbot, window, usb)
    usb.rmdir()
    window.close()
    screen = shown(ExitBackup)
    assert isinstance(screen, ExitBackup)
    qtbot.waitUntil(screen.again.isVisible, timeout=PATIENCE_MS)
    usb.mkdir()
    screen.again.click()
    qtbot.waitUntil(lambda: not screen.isVisible(), timeout=PATIENCE_MS)
    assert list(usb.glob("*.cadangan"))


def backed_up_work(qtbot: QtBot, start: Start, tmp_path: Path) -> tuple[Starter, MainWindow, Path]:
    starter, window = begin_work(qtbot, start)
    page = page_of(qtbot, window, tmp_path / "usb")
    page.now.click()
    qtbot.waitUntil(lambda: window.backup_work.state.today, timeout=PATIENCE_MS)
    (file,) = (tmp_path / "usb").glob("*.cadangan")
    return starter, window, file


def test_a_fresh_computer_begins_with_the_backup(qtbot: QtBot, start: Start, tmp_path: Path) -> None:
    starter, window, file = backed_up_work(qtbot, start, tmp_path)
    made = window.backup_work.state.last
    assert made is not None
    window.backup_work.moved_away = True  # no backup at exit here
    shut(starter)
    for left in ("config", "data"):
        (tmp_path / left).rename(tmp_path / f"{left}-lama")
    again = start()
    press(shown(FirstStartWizard), "Pulihkan dari cadangan…")
    screen = shown(RestoreScreen)
    assert isinstance(screen, RestoreScreen)
    screen.file.setText(str(file))
    screen.secret.setText("bukan frasa sandinya")
    screen.verb.click()
    qtbot.waitUntil(screen.verb.isEnabled, timeout=PATIENCE_MS)
    assert any("Frasa sandi salah" in label.text() for label in screen.findChildren(QLabel))
    screen.secret.setText(PASSPHRASE)
    screen.verb.click()
    qtbot.waitUntil(lambda: screen.verb.text() == "Pulihkan" and screen.verb.isEnabled(), timeout=PATIENCE_MS)
    screen.verb.click()
    qtbot.waitUntil(lambda: isinstance(again.shown, UnlockScreen), timeout=PATIENCE_MS)
    again._on_passphrase(PASSPHRASE)
    until_open(qtbot, again)
    assert again.profile is not None and again.profile.casebook.verify_journal().whole
    told = next(entry for entry in entries(again.profile) if entry["kind"] == "profile.restored")
    assert (told["facts"]["entries"], told["facts"]["head"]) == (made.entries, made.head)


def test_over_an_open_profile_what_is_replaced_is_shown_and_can_be_left(
    qtbot: QtBot, start: Start, tmp_path: Path
) -> None:
    starter, window, file = backed_up_work(qtbot, start, tmp_path)
    press(window.findChildren(BackupsPage)[0], "Pulihkan dari cadangan…")
    qtbot.waitUntil(lambda: isinstance(starter.shown, RestoreScreen), timeout=PATIENCE_MS)
    screen = starter.shown
    assert isinstance(screen, RestoreScreen) and starter.profile is None
    screen.file.setText(str(file))
    screen.secret.setText(PASSPHRASE)
    screen.verb.click()
    qtbot.waitUntil(lambda: screen.verb.text() == "Ganti dan pulihkan", timeout=PATIENCE_MS)
    assert any("profil yang sama" in label.text() and label.isVisible() for label in screen.findChildren(QLabel))
    screen.back.click()
    qtbot.waitUntil(lambda: isinstance(starter.shown, UnlockScreen), timeout=PATIENCE_MS)
    starter._on_passphrase(PASSPHRASE)
    until_open(qtbot, starter)
    assert starter.profile is not None
    assert all(entry["kind"] != "profile.restored" for entry in entries(starter.profile))


def test_a_moved_profile_says_so_at_the_next_start(qtbot: QtBot, start: Start, tmp_path: Path) -> None:
    starter, window, _file = backed_up_work(qtbot, start, tmp_path)
    page = window.findChildren(BackupsPage)[0]
    page.move_away.click()
    qtbot.waitUntil(lambda: bool(window.findChildren(MoveSheet)), timeout=PATIENCE_MS)
    window.findChildren(MoveSheet)[0].act()
    qtbot.waitUntil(lambda: window.backup_work.moved_away, timeout=PATIENCE_MS)
    sheet = next(sheet for sheet in window.findChildren(ConfirmSheet) if sheet.isVisible())
    sheet.act()
    assert not window.isVisible()
    shut(starter)
    again = start()
    qtbot.waitUntil(lambda: isinstance(again.shown, UnlockScreen), timeout=PATIENCE_MS)
    again._on_passphrase(PASSPHRASE)
    assert again.shown is not None
    qtbot.waitUntil(
        lambda: any("sudah dipindahkan" in label.text() for label in again.shown.findChildren(QLabel)),
        timeout=PATIENCE_MS,
    )
    press(again.shown.findChildren(ErrorSheet)[0], "Pulihkan dari cadangan…")
    assert isinstance(again.shown, RestoreScreen), "a move that was called off"
