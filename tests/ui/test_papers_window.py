"""The letter in a window of its own: one view that moves there and back, keys that go on, a screen that goes."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from lockdesk.ui.cases.arranging import Arrangement
from lockdesk.ui.shell.application import MainWindow
from lockdesk.ui.verification.papers_window import PapersWindow
from lockdesk.ui.widgets.sheet import sheet_is_open
from tests.ui.conftest import MakeWindow
from tests.ui.fake_desk import UNDECIDED

ShowCase = Callable[[MainWindow, int], None]


def take_out(window: MainWindow) -> PapersWindow:
    window.begin("papers_window")
    papers = window.cases.arranging.papers
    assert papers is not None and papers.isVisible()
    return papers


def test_the_letter_goes_out_follows_the_case_and_comes_back(
    qtbot: QtBot, window: MainWindow, show_case: ShowCase
) -> None:
    show_case(window, UNDECIDED)
    panel = window.cases.panel
    letter, beside = panel.letter, panel.verification.width()
    papers = take_out(window)
    assert letter.window() is papers and letter.isVisible() and panel.verification.width() > beside
    assert "Sekar Contohwati" in papers.windowTitle()
    show_case(window, 3)
    assert papers is window.cases.arranging.papers and "Joko" in papers.windowTitle()
    before = letter.document
    assert before, "the view that is out shows the chosen case's letter"
    window.begin("papers_window")
    assert window.cases.arranging.papers is None and letter.window() is window and letter.document == before
    assert letter.isVisible() and panel.letter is letter
    take_out(window).close()
    assert letter.window() is window and letter.isVisible()


def test_the_case_s_keys_work_in_the_letter_s_window(qtbot: QtBot, window: MainWindow, show_case: ShowCase) -> None:
    show_case(window, UNDECIDED)
    papers = take_out(window)
    papers.activateWindow()
    qtbot.waitUntil(papers.isActiveWindow, timeout=5000)
    qtbot.keyClick(papers, Qt.Key.Key_F9)
    assert window.cases.panel.middle.isVisible()
    qtbot.keyClick(papers, Qt.Key.Key_F9)
    assert window.cases.panel.verification.isVisible()
    qtbot.keyClick(papers, Qt.Key.Key_Return)
    assert sheet_is_open(window), "Enter takes the next step"
    qtbot.keyClick(papers, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.background.idle, timeout=5000)
    assert sheet_is_open(window), "but nothing under a dialog"
    focused = window.focusWidget()
    assert focused is not None
    qtbot.keyClick(focused, Qt.Key.Key_Escape)
    assert not sheet_is_open(window)


def test_it_comes_back_when_its_screen_is_unplugged(qtbot: QtBot, window: MainWindow, show_case: ShowCase) -> None:
    show_case(window, UNDECIDED)
    papers = take_out(window)
    application = QGuiApplication.instance()
    assert isinstance(application, QGuiApplication)
    application.screenRemoved.emit(papers.screen())
    assert window.cases.arranging.papers is None and window.cases.panel.letter.window() is window
    application.screenRemoved.emit(window.screen())  # nothing listens any more


def test_its_place_is_kept_when_its_screen_comes_back(
    qtbot: QtBot, window: MainWindow, show_case: ShowCase, monkeypatch: pytest.MonkeyPatch
) -> None:
    show_case(window, UNDECIDED)
    papers, chosen = take_out(window), QRect(40, 60, 520, 430)
    papers.setGeometry(chosen)
    unplugged = papers.screen()
    monkeypatch.setattr(QGuiApplication, "screens", list)
    papers.setGeometry(0, 0, 300, 300)  # the system has moved it
    QGuiApplication.instance().screenRemoved.emit(unplugged)
    monkeypatch.undo()
    assert window.cases.arranging.papers is None
    assert take_out(window).geometry() == chosen


def test_the_keyboard_stays_with_the_case_where_the_letter_is_out_by_itself(
    qtbot: QtBot, window: MainWindow, show_case: ShowCase
) -> None:
    show_case(window, UNDECIDED)
    papers = take_out(window)
    qtbot.waitUntil(papers.isActiveWindow)  # it was asked for
    window.lock()
    qtbot.waitUntil(lambda: not papers.isVisible())
    window.activateWindow()
    window.locking.overlay.unlock_asked.emit("pelatihan")
    qtbot.waitUntil(papers.isVisible)
    qtbot.waitUntil(lambda: window.background.idle)
    assert window.isActiveWindow()


def test_a_locked_window_shows_no_letter_elsewhere(qtbot: QtBot, window: MainWindow, show_case: ShowCase) -> None:
    show_case(window, UNDECIDED)
    papers = take_out(window)
    window.lock()
    assert not papers.isVisible()
    assert window.locking.overlay is not None
    window.locking.overlay.unlock_asked.emit("pelatihan")
    qtbot.waitUntil(lambda: not window.locking.closed, timeout=5000)
    assert papers.isVisible()


def test_arrangements_go_on_without_the_letter(qtbot: QtBot, window: MainWindow, show_case: ShowCase) -> None:
    show_case(window, UNDECIDED)
    window.begin("enlarge")
    papers, panel = take_out(window), window.cases.panel
    assert window.cases.arranging.arrangement is Arrangement.ORDINARY
    window.begin("side_by_side")
    assert panel.middle.isVisible() and panel.sources.isVisible() and not panel.verification.isVisible()
    window.begin("papers_window")
    assert panel.letter.isVisible() and panel.letter.x() < panel.middle.x()
    window.begin("side_by_side")
    assert panel.verification.isVisible() and panel.verification.x() < panel.letter.x()
    papers = take_out(window)
    window.begin("enlarge")
    assert papers.isFullScreen()
    qtbot.keyClick(papers, Qt.Key.Key_Escape)
    assert not papers.isFullScreen() and papers.isVisible()


def test_another_look_leaves_the_letter_out(qtbot: QtBot, window: MainWindow, show_case: ShowCase) -> None:
    show_case(window, UNDECIDED)
    take_out(window)
    with qtbot.waitSignal(window.case_shown, timeout=5000):
        window.begin("theme")
    qtbot.waitUntil(lambda: window.cases.arranging.papers is not None, timeout=5000)
    qtbot.waitUntil(lambda: window.background.idle, timeout=5000)
    shown = [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()]
    papers = [widget for widget in shown if isinstance(widget, PapersWindow)]
    assert papers == [window.cases.arranging.papers]


def test_nothing_goes_out_without_a_case(open_window: MakeWindow) -> None:
    window = open_window()
    window.begin("papers_window")
    assert window.cases.arranging.papers is None
