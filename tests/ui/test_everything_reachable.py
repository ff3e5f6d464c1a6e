"""With the largest text on the counter's screen everything can be scrolled to: no button or field is cut off."""

from collections.abc import Callable
from contextlib import suppress

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QPlainTextEdit, QScrollArea, QWidget
from pytestqt.exceptions import TimeoutError
from pytestqt.qtbot import QtBot

from lockdesk.desk.requests.steps import CaseAction
from lockdesk.ui.look.theme import FITS, PERCENTS
from lockdesk.ui.shell.application import MainWindow
from lockdesk.ui.widgets.sheet import open_sheets
from tests.helpers.window.filling import act
from tests.ui.conftest import MakeWindow
from tests.ui.fake_desk import UNDECIDED

ShowCase = Callable[[MainWindow, int], None]
WINDOW_DIALOGS = ("arrange_list", "export_list", "walk_in", "close_day", "check_print", "help", "keys", "breach")
SLACK = 2
"""Pixels of a frame that may be cut."""


def unreachable(inside: QWidget) -> list[str]:
    """What can be pressed or filled in, and is cut by something that does not scroll to it."""
    found = []
    for kind in (QAbstractButton, QLineEdit, QComboBox, QPlainTextEdit):
        for widget in inside.findChildren(kind):
            if widget.isVisible() and (cut := _cut_by(widget)) is not None:
                name = widget.accessibleName() or getattr(widget, "text", str)() or widget.objectName()
                found.append(f"{type(widget).__name__} {name!r} in {type(cut).__name__} {cut.objectName()}")
    return found


def settled(qtbot: QtBot, inside: QWidget) -> list[str]:
    """The same once what was asked for is there and laid out."""
    with suppress(TimeoutError):
        qtbot.waitUntil(lambda: not unreachable(inside), timeout=2000)
    return unreachable(inside)


def _cut_by(widget: QWidget) -> QWidget | None:
    place, around = QRect(QPoint(0, 0), widget.size()), widget
    while not around.isWindow():
        above = around.parentWidget()
        assert above is not None
        place = place.translated(around.pos())
        area = above.parentWidget()
        if isinstance(area, QScrollArea) and area.viewport() is above:
            place = _scrolled_to(area, place, around)
        if not above.rect().adjusted(-SLACK, -SLACK, SLACK, SLACK).contains(place):
            return above
        around = above
    return None


def _scrolled_to(area: QScrollArea, place: QRect, inside: QWidget) -> QRect:
    """Where a place in a scroll area is after scrolling to it, as far as the bars go."""
    view = area.viewport().rect()
    bars = ((area.horizontalScrollBar(), view.width()), (area.verticalScrollBar(), view.height()))
    begin = place.topLeft() - inside.pos()
    moved = []
    for (bar, room), start in zip(bars, (begin.x(), begin.y()), strict=True):
        off = room == view.width() and area.horizontalScrollBarPolicy().name == "ScrollBarAlwaysOff"
        moved.append(start if off and bar is area.horizontalScrollBar() else start - min(start, bar.maximum()))
    size = place.size().boundedTo(view.size())  # what is larger than the view is read by scrolling on
    return QRect(QPoint(*moved), size)


def test_the_largest_text_is_one_that_scrolls() -> None:
    assert max(PERCENTS) == 200 > FITS


@pytest.mark.parametrize("code", ["id", "en"])
@pytest.mark.parametrize("percent", [150, 200])
def test_every_page_can_be_reached(
    qtbot: QtBot, open_window: MakeWindow, show_case: ShowCase, percent: int, code: str
) -> None:
    window = open_window(percent=percent, language=code)
    cut = []
    for case_id in (UNDECIDED, 1, 9, 7):
        show_case(window, case_id)
        cut += settled(qtbot, window)
    window.begin("side_by_side")
    cut += settled(qtbot, window)
    window.begin("side_by_side")
    for name in (*window.page_names, "backups"):
        window.show_page(name)
        qtbot.waitUntil(lambda: window.background.idle, timeout=5000)
        cut += [f"{name}: {words}" for words in settled(qtbot, window)]
    window.show_complaint(7)
    qtbot.waitUntil(lambda: window.background.idle, timeout=5000)
    cut += settled(qtbot, window)
    window.new_complaint()
    cut += settled(qtbot, window)
    assert not cut
    assert (window.width(), window.height()) == (1366, 768)


@pytest.mark.parametrize("percent", [150, 200])
def test_every_dialog_of_a_case_can_be_reached(
    qtbot: QtBot, open_window: MakeWindow, show_case: ShowCase, percent: int
) -> None:
    window = open_window(percent=percent)
    cut = []
    for case_id in (UNDECIDED, 3, 1):
        show_case(window, case_id)
        for action in CaseAction:
            available = window.cases.available
            if available is None or action not in available.enabled:
                continue
            act(window, action)
            qtbot.waitUntil(lambda: window.background.idle, timeout=5000)
            for sheet in open_sheets(window):
                cut += [f"{action}: {words}" for words in settled(qtbot, sheet)]
                sheet.reject()
    for name in WINDOW_DIALOGS:
        window.begin(name)
        qtbot.waitUntil(lambda: window.background.idle, timeout=5000)
        for sheet in open_sheets(window):
            cut += [f"{name}: {words}" for words in settled(qtbot, sheet)]
            sheet.reject()
    assert not cut


@pytest.mark.parametrize("code", ["id", "en"])
def test_where_all_is_to_fit_every_dialog_shows_its_verb(
    qtbot: QtBot, open_window: MakeWindow, show_case: ShowCase, code: str
) -> None:
    """Nobody scrolls the window to find the button."""
    window, below = open_window(percent=FITS, language=code), []

    def look(name: str) -> None:
        qtbot.waitUntil(lambda: window.background.idle, timeout=5000)
        qtbot.wait(0)
        for sheet in reversed(open_sheets(window)):
            if sheet.isAncestorOf(sheet.verb):
                foot = sheet.verb.mapTo(window, sheet.verb.rect().bottomRight())
                if sheet.verb.isVisible() and not window.rect().contains(foot):
                    below.append(f"{name}: {foot.toTuple()}")
            sheet.reject()

    for case_id in (UNDECIDED, 3, 1):
        show_case(window, case_id)
        for action in CaseAction:
            if window.cases.available is not None and action in window.cases.available.enabled:
                act(window, action)
                look(action)
    for name in (*WINDOW_DIALOGS, "receive", "print_emergency"):
        window.begin(name)
        look(name)
    assert not below


def test_a_large_screen_gives_the_list_room_for_longer_names(qtbot: QtBot, open_window: MakeWindow) -> None:
    window = open_window(size=(1366, 768))
    usual = window.cases.list.width()
    window.resize(1920, 1080)
    qtbot.waitUntil(lambda: window.cases.list.width() > usual * 1.25, timeout=2000)
    window.resize(1366, 768)
    qtbot.waitUntil(lambda: window.cases.list.width() == usual, timeout=2000)
