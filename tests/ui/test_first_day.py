"""From practice to work, and what a working profile still lacks, told where a case will be."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from lockdesk.app import OpenProfile, ProfileStart, SystemClock
from lockdesk.core.profile import PROFILE_NAMES
from lockdesk.errors import Declined
from lockdesk.settings import Head, Officer
from lockdesk.ui.office.help import HelpSheet
from lockdesk.ui.shell.application import MainWindow
from lockdesk.ui.shell.first_start import FirstStartWizard
from lockdesk.ui.shell.lock import UnlockScreen
from lockdesk.ui.shell.passphrase import PassphraseScreen
from lockdesk.ui.shell.restore import RestoreScreen
from lockdesk.ui.widgets.sheet import open_sheets
from tests.helpers.desk.office import office_settings
from tests.helpers.window.real_window import PATIENCE_MS
from tests.helpers.window.starting import PASSPHRASE, Start, begin_work, fill_wizard, press, shown, until_open


def words_in(widget: QWidget) -> str:
    return " ".join(found.text() for found in widget.findChildren(QLabel) if found.isVisible())


def offered(page: QWidget, what: str) -> bool:
    return any(button.isVisible() for button in page.findChildren(QAbstractButton, f"prepare-{what}"))


def test_a_new_working_profile_says_what_is_missing_and_leads_there(qtbot: QtBot, start: Start) -> None:
    starter, window = begin_work(qtbot, start)
    assert starter.profile is not None
    desk, page = starter.profile.desk, window.cases.first_day
    for sheet in reversed(open_sheets(window)):
        sheet.reject()
    qtbot.waitUntil(lambda: offered(page, "head"), timeout=PATIENCE_MS)
    told = words_in(page)
    for words in ("Data kepegawaian", "Akun e-mail kantor", "Kepala Bidang", "Cadangan pertama", "Cara menghubungi CA"):
        assert words in told
    assert "Nomor telepon untuk konfirmasi" in told, "what it is needed for"
    qtbot.keyClick(window, Qt.Key.Key_F1)
    (sheet,) = window.findChildren(HelpSheet)
    assert sheet.list.currentItem().text() == "Untuk pengelola komputer", "where these steps are told of"
    sheet.reject()
    page.findChild(QAbstractButton, "prepare-register").click()
    assert window.page == "register"
    window.show_page("cases")
    page.findChild(QAbstractButton, "prepare-mail").click()
    settings = window.services.pages._settings_page
    assert settings is not None
    qtbot.waitUntil(lambda: settings.mail.isAncestorOf(window.focusWidget()), timeout=PATIENCE_MS)
    assert not window.focusWidget().visibleRegion().isEmpty(), "it is scrolled to"

    office = desk.settings()
    head = Head("Contoh Kepala", "198001012005011999", "Kepala Bidang", office.officers[0].since)
    window.show_page("cases")
    qtbot.waitUntil(lambda: window.background.idle, timeout=PATIENCE_MS)
    page.findChild(QAbstractButton, "prepare-head").setFocus()
    desk.setup.save(replace(office, heads=(head,)))
    page.read()
    qtbot.waitUntil(lambda: offered(page, "register") and not offered(page, "head"), timeout=PATIENCE_MS)
    focused = QApplication.focusWidget()
    assert focused is not None and focused.objectName() == "prepare-code", "not the link that hides the list"

    press(page, "Jangan tampilkan lagi")
    assert "Belum ada kasus yang dipilih" in words_in(page)
    window.show_page("register")
    window.show_page("cases")
    qtbot.waitUntil(lambda: window.background.idle, timeout=PATIENCE_MS)
    assert "Sebelum permohonan pertama" not in words_in(page)
    window.begin("first_day")
    qtbot.waitUntil(lambda: "Sebelum permohonan pertama" in words_in(page), timeout=PATIENCE_MS)


def test_from_practice_to_work_and_back(qtbot: QtBot, qapp: QApplication, start: Start) -> None:
    def leave(screen: QWidget, words: str = "Kembali ke pelatihan") -> None:
        press(screen, words)
        assert any(widget.isVisible() for widget in qapp.topLevelWidgets()), "the program ends with its last window"

    def until_there(practice: bool) -> MainWindow:
        """Without waiting for the mails that are looked through."""
        qtbot.waitUntil(lambda: starter.window is not None, timeout=PATIENCE_MS)
        assert starter.window is not None and starter.profile is not None and starter.profile.practice is practice
        return starter.window

    def begin_work() -> FirstStartWizard:
        press(until_there(practice=True), "Mulai bekerja sungguhan")
        qtbot.waitUntil(lambda: isinstance(starter.shown, FirstStartWizard), timeout=PATIENCE_MS)
        assert isinstance(starter.shown, FirstStartWizard)
        return starter.shown

    def name_somebody() -> QWidget:
        wizard = begin_work()
        name = next(edit for edit in wizard.findChildren(QLineEdit) if edit.accessibleName() == "Nama")
        assert name.text() == "Contoh Petugas", "who practised goes on to work"
        name.setText("Contoh Petugas, S.Kom.")
        press(wizard, "Mulai")
        return shown(PassphraseScreen)

    starter = start()
    fill_wizard(qtbot)
    practice = until_there(practice=True).desk
    held = practice.settings()
    later = Officer("Pengganti Kemudian", "199001012015011001", "Pranata", date(2099, 1, 4), until=date(2099, 1, 5))
    practice.setup.save(replace(held, officers=(*held.officers, later)))
    leave(begin_work())
    screen = name_somebody()
    screen.close()
    press(open_sheets(screen)[-1], "Batal")
    assert screen.isVisible(), "what was filled in before is not thrown away unasked"
    screen.close()
    leave(open_sheets(screen)[-1], "Tinggalkan")
    screen = name_somebody()
    qtbot.keyClick(screen, Qt.Key.Key_Escape)
    again = shown(FirstStartWizard)
    name = next(edit for edit in again.findChildren(QLineEdit) if edit.accessibleName() == "Nama")
    assert name.text() == "Contoh Petugas, S.Kom.", "and can be changed once more"
    press(again, "Mulai")
    screen = shown(PassphraseScreen)
    for edit in screen.findChildren(QLineEdit):
        edit.setText(PASSPHRASE)
    press(screen, "Pakai frasa sandi ini")
    until_there(practice=False).begin("practise")
    qtbot.waitUntil(lambda: starter.window is not None and starter.profile.practice, timeout=PATIENCE_MS)
    press(until_there(practice=True), "Mulai bekerja sungguhan")
    qtbot.waitUntil(lambda: isinstance(starter.shown, UnlockScreen), timeout=PATIENCE_MS)
    assert starter.shown is not None
    leave(starter.shown)
    until_there(practice=True)


def foreign(folder: Path) -> Path:
    (folder / "lain").mkdir()
    (folder / "lain" / "catatan.txt").write_text("bukan milik LockDesk", encoding="utf-8")
    return folder / "lain"


def a_file(folder: Path) -> Path:
    (folder / "berkas").write_text("x", encoding="utf-8")
    return folder / "berkas" / "data"


def link_to_nothing(folder: Path) -> Path:
    (folder / "tautan").symlink_to(folder / "tiada")
    return folder / "tautan" / "data"


@pytest.mark.parametrize(
    ("made", "words"),
    [
        (lambda _folder: Path("data/saya"), "selengkapnya"),
        (foreign, "berkas lain"),
        (a_file, "bukan folder"),
        (lambda _folder: Path("/" + "panjang" * 50), "tidak dapat dipakai"),
        (link_to_nothing, "bukan folder"),
    ],
)
def test_a_folder_that_cannot_serve_is_told_at_the_field(
    qtbot: QtBot, start: Start, tmp_path: Path, made: "object", words: str
) -> None:
    starter = start()
    wizard = shown(FirstStartWizard)
    folder = next(edit for edit in wizard.findChildren(QLineEdit) if edit.accessibleName() == "Folder data")
    folder.setText(str(made(tmp_path)))  # type: ignore[operator]
    fill_wizard(qtbot)
    assert words in words_in(wizard) and starter.shown is wizard
    assert wizard.focusWidget() is folder


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="a folder that takes files from nobody, not even from root")
def test_a_folder_that_cannot_be_written_is_told_when_the_field_is_left(
    qtbot: QtBot, start: Start, tmp_path: Path
) -> None:
    starter = start()
    folder = edit_of("Folder data")
    folder.setText("/proc/lockdesk")
    assert "tidak dapat ditulisi" not in words_in(shown(FirstStartWizard)), "nobody is done yet"
    folder.editingFinished.emit()
    assert "tidak dapat ditulisi" in words_in(shown(FirstStartWizard))
    fill_wizard(qtbot)
    assert starter.shown is shown(FirstStartWizard) and starter.shown.focusWidget() is folder
    folder.setText(str(tmp_path / "data"))
    folder.editingFinished.emit()
    assert "tidak dapat ditulisi" not in words_in(shown(FirstStartWizard)) and not list(tmp_path.glob("*lockdesk*"))


@pytest.mark.parametrize("field", ["Nama", "Bertugas sejak"])
def test_leaving_does_not_swallow_what_was_typed(qtbot: QtBot, start: Start, field: str) -> None:
    starter = start()
    wizard = shown(FirstStartWizard)
    next(edit for edit in wizard.findChildren(QLineEdit) if edit.accessibleName() == field).setText("3-11-2026")
    left: list[bool] = []
    starter.left.connect(lambda: left.append(True))
    press(wizard, "Keluar")
    (sheet,) = open_sheets(wizard)
    assert wizard.isVisible() and not left
    sheet.reject()
    assert wizard.isVisible() and not left
    press(wizard, "Keluar")
    open_sheets(wizard)[-1].verb.click()
    assert left and not wizard.isVisible()


def test_a_look_for_a_backup_swallows_nothing_and_goes_to_no_odd_folder(
    qtbot: QtBot, start: Start, tmp_path: Path
) -> None:
    def edit(name: str) -> QLineEdit:
        edits = shown(FirstStartWizard).findChildren(QLineEdit)
        return next(edit for edit in edits if edit.accessibleName() == name)

    starter = start()
    edit("Nama").setText("Contoh Petugas")
    edit("Folder data").setText("data/saya")
    press(shown(FirstStartWizard), "Pulihkan dari cadangan…")
    assert "selengkapnya" in words_in(shown(FirstStartWizard))
    edit("Folder data").setText(str(tmp_path / "data saya"))
    press(shown(FirstStartWizard), "Pulihkan dari cadangan…")
    assert isinstance(starter.shown, RestoreScreen)
    press(starter.shown, "Kembali")
    assert (edit("Nama").text(), edit("Folder data").text()) == ("Contoh Petugas", str(tmp_path / "data saya"))


def test_who_looked_for_a_backup_still_gets_back_to_practice(qtbot: QtBot, start: Start) -> None:
    def until(kind: type[QWidget]) -> QWidget:
        qtbot.waitUntil(lambda: isinstance(starter.shown, kind), timeout=PATIENCE_MS)
        assert starter.shown is not None
        return starter.shown

    starter = start()
    fill_wizard(qtbot)
    press(until(MainWindow), "Mulai bekerja sungguhan")
    press(until(FirstStartWizard), "Pulihkan dari cadangan…")
    press(until(RestoreScreen), "Kembali")
    press(until(FirstStartWizard), "Kembali ke pelatihan")
    until(MainWindow)
    assert starter.profile is not None and starter.profile.practice


def edit_of(name: str) -> QLineEdit:
    edits = shown(FirstStartWizard).findChildren(QLineEdit)
    return next(edit for edit in edits if edit.accessibleName() == name)


@pytest.mark.parametrize("work", [False, True])
def test_a_profile_that_lies_there_already_is_told_before_anything_is_begun(
    qtbot: QtBot, start: Start, tmp_path: Path, work: bool
) -> None:
    folder = tmp_path / "data"
    made = OpenProfile(
        ProfileStart(folder / PROFILE_NAMES[not work], not work, PASSPHRASE if work else None, office_settings()),
        SystemClock(),
    )
    made.close()
    starter = start()
    edit_of("Folder data").setText(str(folder))
    fill_wizard(qtbot, work=work)
    wizard = shown(FirstStartWizard)
    assert starter.shown is wizard and f"sudah ada profil {PROFILE_NAMES[not work]}" in words_in(wizard)
    assert wizard.focusWidget() is edit_of("Folder data")
    edit_of("Folder data").setText(str(tmp_path / "lain"))
    assert "sudah ada profil" not in words_in(wizard)
    edit_of("Folder data").setText(str(folder))
    edit_of("Folder data").editingFinished.emit()
    press(wizard, "Buka profil itu")
    kind = UnlockScreen if work else MainWindow
    qtbot.waitUntil(lambda: isinstance(starter.shown, kind), timeout=PATIENCE_MS)


@pytest.mark.parametrize("work", [False, True])
def test_an_interrupted_first_start_is_gone_on_with(qtbot: QtBot, start: Start, tmp_path: Path, work: bool) -> None:
    folder = tmp_path / "data"
    with pytest.raises(Declined, match="terhenti"):
        OpenProfile(
            ProfileStart(folder / PROFILE_NAMES[not work], not work, PASSPHRASE if work else None), SystemClock()
        )
    starter = start()
    edit_of("Folder data").setText(str(folder))
    edit_of("Folder data").editingFinished.emit()
    if not work:
        assert "terhenti sebelum selesai" in words_in(shown(FirstStartWizard))
    fill_wizard(qtbot, work=work)
    if work:
        qtbot.waitUntil(lambda: isinstance(starter.shown, UnlockScreen), timeout=PATIENCE_MS)
        typed = shown(UnlockScreen).findChild(QLineEdit)
        qtbot.keyClick(typed, Qt.Key.Key_F1)
        (sheet,) = shown(UnlockScreen).findChildren(HelpSheet)
        assert sheet.page.textCursor().block().text() == "Kode pemulihan", "of whoever forgot the passphrase"
        sheet.reject()
        typed.setText(PASSPHRASE)
        typed.returnPressed.emit()
    until_open(qtbot, starter)
    assert starter.profile is not None and starter.profile.practice is not work
    assert starter.profile.desk.settings().officers[-1].name == "Contoh Petugas"


def test_work_that_was_begun_and_cut_off_is_gone_on_with_from_practice(
    qtbot: QtBot, start: Start, tmp_path: Path
) -> None:
    starter = start()
    fill_wizard(qtbot)
    window = until_open(qtbot, starter)
    assert starter._start is not None
    other = starter._start.folder.parent / PROFILE_NAMES[False]
    with pytest.raises(Declined, match="terhenti"):
        OpenProfile(ProfileStart(other, False, PASSPHRASE), SystemClock())
    press(window, "Mulai bekerja sungguhan")
    qtbot.waitUntil(lambda: isinstance(starter.shown, FirstStartWizard), timeout=PATIENCE_MS)
    assert edit_of("Nama").text() == "Contoh Petugas" and "terhenti" in words_in(shown(FirstStartWizard))
    press(shown(FirstStartWizard), "Mulai")
    qtbot.waitUntil(lambda: isinstance(starter.shown, UnlockScreen), timeout=PATIENCE_MS)


def test_from_work_to_practice_that_was_never_begun(qtbot: QtBot, start: Start) -> None:
    """Nothing has to be asked: the officer goes along, the data folder is the same."""
    starter, window = begin_work(qtbot, start)
    for sheet in reversed(open_sheets(window)):
        sheet.reject()
    window.begin("practise")
    qtbot.waitUntil(lambda: starter.window not in (None, window), timeout=PATIENCE_MS)
    until_open(qtbot, starter)
    assert starter.profile is not None and starter.profile.practice
    assert starter.profile.desk.settings().officers[-1].name == "Contoh Petugas"
