"""Tab goes where the eye goes: on every page from the top to the foot, also to what a card has made since."""

from collections.abc import Callable, Sequence

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from lockdesk.ui.shell.application import MainWindow
from lockdesk.ui.shell.top_bar import SearchBox
from lockdesk.ui.verification.progress_cards import DocumentsCard, HistoryCard
from tests.ui.fake_desk import UNDECIDED

ShowCase = Callable[[MainWindow, int], None]
PAGES = ("complaints", "standard", "register", "reports", "settings", "backups")


def walked(qtbot: QtBot, window: MainWindow, key: Qt.Key = Qt.Key.Key_Tab) -> list[QWidget]:
    """Where Tab stops, once round from the window's head."""
    window.findChildren(SearchBox)[0].setFocus()
    found: list[QWidget] = []
    while (focused := QApplication.focusWidget()) is not None and focused not in found:
        found.append(focused)
        qtbot.keyClick(focused, key)
    return found


def jumps_up(inside: QWidget, stops: Sequence[QWidget]) -> list[str]:
    """Stops within something that stand wholly above the one before them, in no column further right."""
    found = []
    for area in (inside, *inside.findChildren(QScrollArea)):
        if isinstance(area, QScrollArea):
            area.verticalScrollBar().setValue(0)
    held = [stop for stop in stops if inside.isAncestorOf(stop)]
    places = [QRect(stop.mapTo(inside, QPoint()), stop.size()) for stop in held]
    for stop, before, place in zip(held[1:], places, places[1:], strict=False):
        if place.bottom() < before.top() and place.left() < before.right():
            found.append(stop.accessibleName())
    return found


def test_a_case_is_read_by_tab_from_its_findings_to_its_history(
    qtbot: QtBot, window: MainWindow, show_case: ShowCase
) -> None:
    show_case(window, UNDECIDED)
    panel = window.cases.panel.verification
    stops = walked(qtbot, window)
    assert jumps_up(panel, stops) == []
    documents, history = panel.findChildren(DocumentsCard)[0], panel.findChildren(HistoryCard)[0]
    order = [card for stop in stops for card in (documents, history) if card.isAncestorOf(stop)]
    assert order[0] is documents and order[-1] is history, "the documents' buttons come before the history"
    back = walked(qtbot, window, Qt.Key.Key_Backtab)
    assert set(back) == set(stops) and jumps_up(panel, list(reversed(back))) == []


@pytest.mark.parametrize("page", PAGES)
def test_every_page_is_read_by_tab_from_its_top(
    qtbot: QtBot, window: MainWindow, show_case: ShowCase, page: str
) -> None:
    show_case(window, UNDECIDED)
    window.show_page(page)
    qtbot.waitUntil(lambda: window.background.idle, timeout=5000)
    current, stops = window._stack.currentWidget(), walked(qtbot, window)
    assert current is not None and any(current.isAncestorOf(stop) for stop in stops)
    assert jumps_up(current, stops) == []
