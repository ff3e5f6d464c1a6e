"""Ctrl+K: Enter takes what the words in the box find, never what was found for other words."""

import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from lockdesk.desk.values.cases import CaseRow
from lockdesk.errors import Unreachable
from lockdesk.ui.shell.application import MainWindow
from lockdesk.ui.widgets.sheet import open_sheets
from tests.ui.fake_desk import FakeDesk

SEKAR, OTHER = 2, 3


def rest(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.wait(0)
    qtbot.waitUntil(lambda: window.background.idle, timeout=5000)
    qtbot.wait(0)


def cases_offered(window: MainWindow) -> list[str]:
    return [command.value for command in window.commands.commands() if command.kind == "case"]


@pytest.fixture
def box(qtbot: QtBot, window: MainWindow) -> QWidget:
    """Somebody was looked for and found."""
    window.begin("search")
    focused = QApplication.focusWidget()
    assert focused is not None
    qtbot.keyClicks(focused, "Sekar")
    qtbot.waitUntil(lambda: cases_offered(window) == [str(SEKAR)])
    return focused


def test_enter_right_behind_other_words_takes_what_these_find(
    qtbot: QtBot, window: MainWindow, desk: FakeDesk, box: QWidget
) -> None:
    """As from a scanner of bar codes, or from whoever knows the number by heart."""
    number = desk.state.cases[OTHER].number
    gate = desk.state.gates[f"search:{number}"] = threading.Event()
    qtbot.keyClick(box, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(box, number)
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert window.work.case_id == 0, "not who was found before"
    with qtbot.waitSignal(window.case_shown, timeout=5000):
        gate.set()
    assert window.work.case_id == OTHER


def test_enter_takes_nothing_where_the_words_find_nothing(qtbot: QtBot, window: MainWindow, box: QWidget) -> None:
    qtbot.keyClicks(box, "xyz")
    qtbot.keyClick(box, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not cases_offered(window))
    rest(qtbot, window)
    assert window.work.case_id == 0 and window.commands.isVisible()


@pytest.mark.parametrize("by_key", [False, True])
def test_after_a_search_that_failed_enter_looks_once_more_and_nothing_opens_by_itself(
    qtbot: QtBot, window: MainWindow, desk: FakeDesk, box: QWidget, monkeypatch: pytest.MonkeyPatch, by_key: bool
) -> None:
    number = desk.state.cases[OTHER].number

    def fail(_text: str) -> tuple[CaseRow, ...]:
        raise Unreachable("Basis data sedang dikunci.", "Coba lagi.")

    qtbot.keyClick(box, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    with monkeypatch.context() as broken:
        broken.setattr(desk.reading, "search", fail)
        qtbot.keyClicks(box, number)
        qtbot.keyClick(box, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: bool(open_sheets(window)))
    open_sheets(window)[-1].reject()
    window.begin("search")
    if by_key:
        with qtbot.waitSignal(window.case_shown, timeout=5000):
            qtbot.keyClick(box, Qt.Key.Key_Return)
        assert window.work.case_id == OTHER
        return
    window.finder.search(number)
    rest(qtbot, window)
    assert window.work.case_id == 0 and cases_offered(window) == [str(OTHER)], "found, and not opened by itself"


@pytest.mark.parametrize("leave", [Qt.Key.Key_Escape, Qt.Key.Key_Backspace])
def test_what_is_sought_no_more_is_offered_no_more(
    qtbot: QtBot, window: MainWindow, box: QWidget, leave: Qt.Key
) -> None:
    for _press in range(1 if leave is Qt.Key.Key_Escape else len("Sekar")):
        qtbot.keyClick(box, leave)
    window.begin("search")
    assert not cases_offered(window)


def test_nothing_lies_over_the_page_that_was_clicked(qtbot: QtBot, window: MainWindow, box: QWidget) -> None:
    assert window.commands.isVisible()
    qtbot.mouseClick(window.cases.list.view.viewport(), Qt.MouseButton.LeftButton)
    rest(qtbot, window)
    assert not window.commands.isVisible()


def test_a_late_answer_does_not_cover_the_page_again(
    qtbot: QtBot, window: MainWindow, desk: FakeDesk, box: QWidget
) -> None:
    gate = desk.state.gates["search:Sekar C"] = threading.Event()
    qtbot.keyClicks(box, " C")
    qtbot.waitUntil(lambda: ("search", "Sekar C") in desk.state.called("search"))
    qtbot.mouseClick(window.cases.list.view.viewport(), Qt.MouseButton.LeftButton)
    gate.set()
    rest(qtbot, window)
    assert not window.commands.isVisible()


def test_what_was_found_is_taken_by_a_click(qtbot: QtBot, window: MainWindow, box: QWidget) -> None:
    place = window.commands.visualRect(window.commands.model().index(0, 0)).center()
    with qtbot.waitSignal(window.case_shown, timeout=5000):
        qtbot.mouseClick(window.commands.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert window.work.case_id == SEKAR and not window.commands.isVisible()


def test_esc_brings_the_keyboard_back_to_where_it_was(qtbot: QtBot, window: MainWindow) -> None:
    """Ctrl+K was pressed by mistake, or what was sought is known: the arrows and Enter go on where they were."""
    window.cases.list.take_focus()
    before = QApplication.focusWidget()
    window.begin("search")
    box = QApplication.focusWidget()
    assert box is not None and box is not before
    qtbot.keyClicks(box, "Sekar")
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is before and window.commands.isHidden()


def test_esc_in_a_box_that_was_clicked_leads_into_the_page(qtbot: QtBot, window: MainWindow) -> None:
    with qtbot.waitSignal(window.case_shown):
        window.show_case(SEKAR)
    window.begin("search")
    box = QApplication.focusWidget()
    assert box is not None
    qtbot.keyClick(box, Qt.Key.Key_Tab)
    qtbot.mouseClick(box, Qt.MouseButton.LeftButton)
    assert QApplication.focusWidget() is box
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    focused = QApplication.focusWidget()
    assert focused is not None and window.cases.isAncestorOf(focused)
