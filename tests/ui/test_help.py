"""Help opens everywhere with F1, is found by its words, and names every key that there is."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from lockdesk.ui.look.actions import CASE_ACTIONS, WINDOW_ACTIONS
from lockdesk.ui.office.help import PAGES, HelpSheet, help_text, title_of
from lockdesk.ui.shell.application import MainWindow
from lockdesk.ui.widgets.questions import ReasonSheet
from lockdesk.words import language


def opened(window: MainWindow) -> list[HelpSheet]:
    return [sheet for sheet in window.findChildren(HelpSheet) if sheet.isVisible()]


def press_f1(qtbot: QtBot, window: MainWindow) -> HelpSheet:
    qtbot.keyClick(window, Qt.Key.Key_F1)
    (sheet,) = opened(window)
    return sheet


@pytest.mark.parametrize(
    ("page", "title"),
    [("cases", "Untuk petugas"), ("settings", "Untuk pengelola komputer"), ("reports", "Untuk Kepala Bidang")],
)
def test_f1_opens_the_help_of_where_one_is(qtbot: QtBot, window: MainWindow, page: str, title: str) -> None:
    window.show_page(page)
    qtbot.waitUntil(lambda: window.background.idle, timeout=5000)
    sheet = press_f1(qtbot, window)
    assert sheet.list.currentItem().text().startswith(title) and sheet.page.toPlainText().startswith(title)
    qtbot.keyClick(sheet, Qt.Key.Key_Escape)
    assert not opened(window)


def test_it_opens_over_a_dialog_and_leaves_it_as_it_was(qtbot: QtBot, window: MainWindow) -> None:
    dialog = ReasonSheet(window, 1, "", "Mengapa?", "", "Simpan")
    dialog.open()
    dialog._area.setPlainText("Setengah jadi")
    sheet = press_f1(qtbot, window)
    qtbot.keyClick(window, Qt.Key.Key_F1)
    assert opened(window) == [sheet], "not over itself"
    qtbot.keyClick(sheet, Qt.Key.Key_Escape)
    assert dialog.isVisible() and dialog._area.toPlainText() == "Setengah jadi"
    dialog.reject()


def test_what_is_typed_leaves_the_pages_in_which_it_stands(qtbot: QtBot, window: MainWindow) -> None:
    sheet = press_f1(qtbot, window)
    assert sheet.list.count() == len(PAGES)
    sheet.search.setText("kode pemulihan brankas")
    found = [sheet.list.item(place).text() for place in range(sheet.list.count())]
    assert "Untuk Kepala Bidang" in found and len(found) < len(PAGES)
    sheet.search.setText("xyzzy")
    assert sheet.list.count() == 0
    sheet.reject()


def test_every_key_is_on_the_page_of_the_keys() -> None:
    text = help_text("keys")
    for spec in (*WINDOW_ACTIONS, *CASE_ACTIONS):
        if spec.shortcut:
            assert f"| {spec.shortcut} |" in text, spec.id


def test_every_page_is_there_in_both_languages() -> None:
    texts = {}
    for code in ("id", "en"):
        language.choose(code)
        texts[code] = [help_text(name) for name in PAGES]
    language.choose("id")
    for own, other in zip(texts["id"], texts["en"], strict=True):
        assert title_of(own) and title_of(other) and own != other
