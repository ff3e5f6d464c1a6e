"""Nobody is told of a mistake in what is still being typed; once told, it goes as soon as it is mended."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from lockdesk.ui.dialogs.notice import HandOverSheet
from lockdesk.ui.dialogs.portal import CertificateSheet, HolderSheet
from lockdesk.ui.office.backups import MoveSheet
from lockdesk.ui.office.page import SettingsPage
from lockdesk.ui.register.person_sheets import EditSheet, MergeSheet
from lockdesk.ui.shell.application import MainWindow
from lockdesk.ui.widgets.forms import Field, tell_leak, text_area, text_field
from lockdesk.ui.widgets.parts import reveal
from lockdesk.ui.widgets.sheet import Sheet, open_sheets
from tests.helpers.window import people
from tests.helpers.window.reading import words_in
from tests.ui.fake_desk import UNDECIDED, FakeDesk, register_entries


def told(window: MainWindow) -> bool:
    sheet = open_sheets(window)[-1]
    return any("18 digit" in found.text() for found in sheet.findChildren(QLabel) if found.isVisible())


def typing_a_nip(qtbot: QtBot, window: MainWindow) -> QLineEdit:
    window.begin("walk_in")
    qtbot.waitUntil(lambda: window.background.idle)
    nip = open_sheets(window)[-1].findChild(QLineEdit, "nip")
    assert nip is not None
    nip.setFocus()
    qtbot.waitUntil(nip.hasFocus)
    qtbot.keyClicks(nip, "1985")
    return nip


def test_a_fault_waits_until_the_field_is_left_and_goes_when_it_is_mended(qtbot: QtBot, window: MainWindow) -> None:
    nip = typing_a_nip(qtbot, window)
    assert not told(window)
    qtbot.keyClick(nip, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is not nip and told(window)
    nip.setFocus()
    qtbot.keyClicks(nip, "0303201001199")
    assert told(window), "what was told stays until it is mended"
    qtbot.keyClicks(nip, "9")
    assert len(nip.text()) == 18 and not told(window)


def test_enter_tells_why_nothing_happens(qtbot: QtBot, window: MainWindow) -> None:
    nip = typing_a_nip(qtbot, window)
    qtbot.keyClick(nip, Qt.Key.Key_Return)
    assert told(window) and open_sheets(window)


def test_of_a_case_number_nothing_is_told_while_it_is_typed(qtbot: QtBot, window: MainWindow) -> None:
    window.new_complaint()
    case = next(edit for edit in window.findChildren(QLineEdit) if edit.accessibleName() == "Kasus terkait")
    case.setFocus()
    qtbot.keyClicks(case, "LOCK-9")
    qtbot.waitUntil(lambda: window.background.idle)
    assert not case.accessibleDescription()
    qtbot.keyClick(case, Qt.Key.Key_Tab)
    assert case.accessibleDescription() == "Kasus LOCK-9 tidak ada."


@pytest.mark.parametrize("name", ["Nama pengadu", "Kontak", "Yang diminta", "Tempat kejadian", "Bukti yang diserahkan"])
def test_a_passphrase_in_a_complaint_is_told_where_it_stands(qtbot: QtBot, window: MainWindow, name: str) -> None:
    window.new_complaint()
    edits = [*window.findChildren(QLineEdit), *window.findChildren(QPlainTextEdit)]
    told = {edit.accessibleName(): edit for edit in edits if edit.isVisible()}
    written = told[name]
    written.setFocus()
    qtbot.keyClicks(written, "Passphrase lama saya Melati#2026")
    marked = [place for place, edit in told.items() if "tampak memuat passphrase" in edit.accessibleDescription()]
    assert marked == [name]


def test_a_complaint_says_what_is_missing_before_it_can_be_saved(qtbot: QtBot, window: MainWindow) -> None:
    window.new_complaint()
    form = window.services.pages.complaints().form
    save = next(button for button in form.findChildren(QAbstractButton) if button.text() == "Simpan")
    written = {edit.accessibleName(): edit for edit in form.findChildren(QLineEdit)}
    for name, words in (("", "Tulis nama pengadu"), ("Tri Umpamakan", "Tulis uraian sedikitnya 10 huruf.")):
        written["Nama pengadu"].setText(name)
        assert not save.isEnabled() and words in words_in(form)
    form.findChildren(QPlainTextEdit)[0].setPlainText("Belum juga terbit.")
    assert save.isEnabled() and "Isian disimpan sementara" in words_in(form)


@pytest.mark.parametrize("action", ["walk_in", "case.withdraw", "case.correct"])
def test_a_dialog_says_what_is_missing_before_its_verb_can_be_pressed(
    qtbot: QtBot, window: MainWindow, show_case: Callable[[MainWindow, int], None], action: str
) -> None:
    show_case(window, UNDECIDED)
    window.begin(action)
    qtbot.waitUntil(lambda: window.background.idle)
    (sheet,) = open_sheets(window)
    why = sheet.verb.accessibleDescription()
    assert not sheet.verb.isEnabled() and why and why in words_in(sheet)


RESTING: dict[str, Callable[[MainWindow], Sheet]] = {
    "Tulis namanya.": lambda window: EditSheet(window, None),
    "Tulis sumber dan alasannya.": lambda window: EditSheet(window, register_entries()[0]),
    "Pilih data yang berlaku.": lambda window: MergeSheet(window, *register_entries()[:2]),
    "Tulis nama penerimanya.": lambda window: HandOverSheet(window, 7, ""),
    "Tulis nomor seri dan nama pemegangnya.": lambda window: HolderSheet(window, people.case_at(1), "BSrE"),
    "Pilih atau tempel sertifikatnya.": lambda window: CertificateSheet(window, 1, "Sertifikat", ""),
    "Pilih foldernya.": lambda window: MoveSheet(window, "", ()),
}


@pytest.mark.parametrize("why", RESTING)
def test_what_rests_says_what_is_missing(window: MainWindow, why: str) -> None:
    sheet = RESTING[why](window)
    sheet.open()
    assert not sheet.verb.isEnabled() and sheet.verb.accessibleDescription() == why and why in words_in(sheet)
    sheet.reject()


def test_enter_saves_the_line_one_is_in_and_a_number_that_is_none_is_not_saved(
    qtbot: QtBot, window: MainWindow, desk: FakeDesk
) -> None:
    window.show_page("settings")
    qtbot.waitUntil(lambda: window.background.idle)
    page = window.findChildren(SettingsPage)[-1]
    phone = next(edit for edit in page.findChildren(QLineEdit) if edit.accessibleName() == "Nomor HP")
    phone.setText("12")
    qtbot.keyClick(phone, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.background.idle)
    assert not desk.state.called("save_settings")
    assert any("bukan nomor telepon" in told.text() for told in page.findChildren(QLabel) if told.isVisible())
    phone.setText("0812-0000-0077")
    qtbot.keyClick(phone, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(desk.state.called("save_settings")) and window.background.idle)
    ((_name, saved),) = desk.state.called("save_settings")
    assert saved.complaints_officer_phone == "0812-0000-0077"


def test_what_was_saved_stays_where_the_eye_has_it_and_is_said(qtbot: QtBot, window: MainWindow) -> None:
    """Settings make the window anew."""

    def fields() -> tuple[QLineEdit, QAbstractButton]:
        page = window.findChildren(SettingsPage)[-1]
        phone = next(edit for edit in page.findChildren(QLineEdit) if edit.accessibleName() == "Nomor HP")
        named = (b for b in page.findChildren(QAbstractButton) if b.accessibleName() == "Simpan pejabat pengaduan")
        return phone, next(named)

    def top(widget: QWidget) -> int:
        return widget.mapTo(window, QPoint()).y()

    window.show_page("settings")
    qtbot.waitUntil(lambda: window.background.idle)
    phone, save = fields()
    phone.setFocus()
    reveal(phone, phone.rect())
    phone.setText("12")
    place = top(phone), top(save)
    qtbot.keyClick(phone, Qt.Key.Key_Return)
    qtbot.wait(50)
    assert (top(phone), top(save)) == place, "the button does not go down when something is told"
    phone.setText("0812-0000-0077")
    qtbot.keyClick(phone, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: fields()[0] is not phone and window.background.idle)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is fields()[0])
    qtbot.waitUntil(lambda: abs(top(fields()[0]) - place[0]) < 3)
    qtbot.wait(120)
    assert abs(top(fields()[0]) - place[0]) < 3
    assert "Tersimpan." in [told.text() for told in window.findChildren(QLabel) if told.isVisible()]


@pytest.mark.parametrize("made", [text_field, text_area])
def test_a_warning_of_a_passphrase_goes_with_the_next_change(
    qtbot: QtBot, made: Callable[[str], QLineEdit | QPlainTextEdit]
) -> None:
    edit = made("passphrase: Rahasia-12345")
    field = Field("Alasan", edit)
    qtbot.addWidget(field)
    tell_leak(edit)
    assert edit.accessibleDescription()
    (edit.setText if isinstance(edit, QLineEdit) else edit.setPlainText)("lupa")
    assert not edit.accessibleDescription()
