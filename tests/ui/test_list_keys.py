"""The list with the keyboard and its menu, and what of the window is remembered."""

from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from lockdesk.desk.values.cases import CaseFilter
from lockdesk.ui.running.listing import PAGE_ROWS
from lockdesk.ui.shell.application import MainWindow, PreferenceFile
from lockdesk.ui.widgets import seeking
from lockdesk.ui.widgets.list_panel import RowList
from lockdesk.ui.widgets.rows import ID_ROLE
from tests.helpers.window.reading import words_in
from tests.ui.conftest import MakeWindow
from tests.ui.fake_desk import FakeDesk


def shown_row(window: MainWindow) -> str:
    return str(window.cases.list.view.currentIndex().data())


def at_list(open_window: MakeWindow, desk: FakeDesk, many: int) -> tuple[MainWindow, RowList]:
    """A window whose list of so many more cases has the keyboard."""
    desk.state.many = many
    window = open_window()
    window.cases.list.view.setFocus()
    return window, window.cases.list.view


def test_home_end_and_letters_move_in_the_list(qtbot: QtBot, window: MainWindow) -> None:
    view = window.cases.list.view
    view.setFocus()
    names = [str(view.model().index(place, 0).data()) for place in range(view.model().rowCount())]
    qtbot.keyClick(view, Qt.Key.Key_End)
    assert shown_row(window) == names[-1]
    qtbot.keyClick(view, Qt.Key.Key_Home)
    assert shown_row(window) == names[0]
    wanted = next(name for name in names if name.startswith("Joko"))
    qtbot.keyClicks(view, "jok")
    assert shown_row(window) == wanted
    qtbot.waitUntil(lambda: window.background.idle, timeout=5000)


def test_a_page_that_is_entered_by_key_has_its_list_focused(qtbot: QtBot, window: MainWindow) -> None:
    """Enter would begin something else at the first button of the page."""
    window.cases.list.view.setFocus()
    window.begin("complaints")
    qtbot.waitUntil(lambda: window.background.idle)
    assert isinstance(window.focusWidget(), RowList)


def test_a_row_is_copied_by_key_and_from_its_menu(qtbot: QtBot, window: MainWindow) -> None:
    view = window.cases.list.view
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_Home)
    qtbot.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == shown_row(window)
    third = view.model().index(2, 0)
    place = view.visualRect(third).center()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, view.viewport().mapToGlobal(place))
    QApplication.sendEvent(view.viewport(), event)
    (menu,) = [menu for menu in view.findChildren(QMenu) if menu.isVisible()]
    opened: list[int] = []
    view.opened.connect(opened.append)
    for action in menu.actions():
        action.trigger()
    assert opened == [third.data(ID_ROLE)] and QGuiApplication.clipboard().text() == str(third.data())
    menu.close()
    qtbot.waitUntil(lambda: window.background.idle, timeout=5000)


def test_size_and_filter_are_as_they_were_left(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    sizes, desk = [], FakeDesk()
    for _start in range(2):
        window = MainWindow(desk, PreferenceFile(tmp_path / "jendela.json"))
        with qtbot.waitSignal(window.ready, timeout=5000):
            window.show()
        sizes.append((window.height(), window.work.listing.chosen))
        window.resize(window.width(), 702)
        window.cases.list.press(str(CaseFilter.WAITING))
        qtbot.waitUntil(partial(getattr, window.background, "idle"), timeout=5000)
        window.close()
        window.deleteLater()
    assert sizes[0][1] == str(CaseFilter.ALL)
    assert sizes[1] == (702, str(CaseFilter.WAITING))


def test_the_first_window_is_no_larger_than_the_screen(qapp: QApplication) -> None:
    window = MainWindow(FakeDesk(), PreferenceFile())
    room = window.screen().availableSize()
    assert window.width() <= room.width() and window.height() <= room.height()
    window.close()
    window.deleteLater()


def test_a_filter_of_another_version_is_no_reason_not_to_start(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    file = PreferenceFile(tmp_path / "jendela.json")
    file.change(place="bukan tempat")
    desk = FakeDesk()
    desk.drafts.keep("list.cases", '{"within": "tidak dikenal"}')
    window = MainWindow(desk, PreferenceFile(tmp_path / "jendela.json"))
    with qtbot.waitSignal(window.ready, timeout=5000):
        window.show()
    assert window.work.listing.chosen == str(CaseFilter.ALL)
    window.close()
    window.deleteLater()


def test_letters_reach_rows_that_are_not_read_yet(qtbot: QtBot, desk: FakeDesk, open_window: MakeWindow) -> None:
    window, view = at_list(open_window, desk, 3_000)
    read = view.model().rowCount()
    assert read < 100
    qtbot.keyClicks(view, "contoh pemohon 2987")
    qtbot.waitUntil(lambda: shown_row(window).startswith("Contoh Pemohon 2987"), timeout=30_000)
    qtbot.waitUntil(lambda: window.background.idle, timeout=5000)
    qtbot.waitUntil(lambda: not view._seeker.typing, timeout=5000)
    qtbot.keyClicks(view, "joko")
    qtbot.waitUntil(lambda: shown_row(window).startswith("Joko"), timeout=30_000)  # behind the last comes the first
    qtbot.waitUntil(lambda: window.background.idle, timeout=5000)


def test_what_no_row_begins_with_is_told(qtbot: QtBot, desk: FakeDesk, open_window: MakeWindow) -> None:
    window, view = at_list(open_window, desk, 300)
    qtbot.keyClick(view, Qt.Key.Key_Home)
    before = shown_row(window)
    qtbot.keyClicks(view, "xyz")
    qtbot.waitUntil(lambda: "diawali “xyz”" in words_in(window), timeout=30_000)
    assert shown_row(window) == before
    qtbot.waitUntil(lambda: window.background.idle, timeout=5000)


def test_of_a_very_long_list_only_so_much_is_read_for_letters(
    qtbot: QtBot, desk: FakeDesk, open_window: MakeWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(seeking, "_MOST", 1_000)
    window, view = at_list(open_window, desk, 12_000)
    qtbot.keyClicks(view, "xyz")
    qtbot.waitUntil(lambda: "baris pertama. Gunakan pencarian" in words_in(window), timeout=30_000)
    assert 1_000 <= view.model().rowCount() < 12_000
    qtbot.waitUntil(lambda: window.background.idle, timeout=5000)


def test_a_row_that_is_found_late_is_not_chosen_over_something_else(
    qtbot: QtBot, desk: FakeDesk, open_window: MakeWindow
) -> None:
    window, view = at_list(open_window, desk, 300)
    qtbot.keyClick(view, Qt.Key.Key_Home)
    before = shown_row(window)
    qtbot.keyClicks(view, "contoh pemohon 299")
    qtbot.keyClick(view, Qt.Key.Key_Home)
    qtbot.waitUntil(lambda: window.background.idle, timeout=5000)
    qtbot.wait(50)
    assert shown_row(window) == before


def test_end_reaches_the_last_row_where_a_page_is_just_full(
    qtbot: QtBot, desk: FakeDesk, open_window: MakeWindow
) -> None:
    window, view = at_list(open_window, desk, PAGE_ROWS - len(desk.state.cases))
    qtbot.keyClick(view, Qt.Key.Key_Home)
    qtbot.keyClick(view, Qt.Key.Key_End)
    qtbot.waitUntil(lambda: view.currentIndex().row() == PAGE_ROWS - 1, timeout=5000)
    qtbot.waitUntil(lambda: window.background.idle, timeout=5000)


def test_end_goes_to_the_last_row_of_all_not_of_those_that_were_read(
    qtbot: QtBot, desk: FakeDesk, open_window: MakeWindow
) -> None:
    window, view = at_list(open_window, desk, 300)
    assert view.model().rowCount() < 300
    qtbot.keyClick(view, Qt.Key.Key_End)
    qtbot.waitUntil(lambda: view.currentIndex().row() == view.model().rowCount() - 1 >= 299, timeout=5000)
    qtbot.waitUntil(lambda: window.background.idle, timeout=5000)
    qtbot.keyClick(view, Qt.Key.Key_Home)
    assert view.currentIndex().row() == 0
