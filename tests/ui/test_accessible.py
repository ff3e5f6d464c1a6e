"""What a screen reader is told: every control has a name and a role, and the keyboard reaches it."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QWidget,
)
from pytestqt.qtbot import QtBot

from lockdesk.core.almanac import DayFacts, DayKind
from lockdesk.core.cases import CaseState
from lockdesk.desk.requests.steps import CaseAction
from lockdesk.ui.office.year_view import YearView
from lockdesk.ui.shell.application import MainWindow
from lockdesk.ui.widgets.parts import reveal
from lockdesk.ui.widgets.sheet import open_sheets
from lockdesk.ui.widgets.tab_order import lines_of_boxes, tab_stops
from tests.helpers.window.filling import act
from tests.ui.fake_desk import UNDECIDED, FakeDesk

CONTROLS = (QAbstractButton, QLineEdit, QComboBox, QAbstractItemView, QPlainTextEdit, QAbstractSpinBox)
PAGES = ("cases", "complaints", "standard", "register", "reports", "settings", "calendar", "backups")
DIALOGS = (
    CaseAction.DECIDE_WARNING, CaseAction.RECORD_CALL, CaseAction.REJECT, CaseAction.ASK_APPLICANT, CaseAction.CORRECT,
    CaseAction.WITHDRAW, CaseAction.RESOLVE_OTHERWISE, CaseAction.SET_ROUTE,
)  # fmt: skip
ShowCase = Callable[[MainWindow, int], None]


def interfaces(widget: QWidget) -> Iterator[QAccessibleInterface]:
    """The tree that assistive technology reads, from a widget down."""
    waiting = [QAccessible.queryAccessibleInterface(widget)]
    while waiting:
        found = waiting.pop()
        if found is None or not found.isValid():
            continue
        yield found
        if not isinstance(found.object(), QAbstractItemView):  # its rows speak for themselves
            waiting += [found.child(place) for place in range(found.childCount())]


def controls(widget: QWidget) -> list[tuple[QWidget, QAccessibleInterface]]:
    """What can be operated now, as it is told."""
    found: list[tuple[QWidget, QAccessibleInterface]] = []
    for interface in interfaces(widget):
        told = interface.object()
        inside = isinstance(told, QLineEdit) and isinstance(told.parentWidget(), QAbstractSpinBox)
        if isinstance(told, CONTROLS) and told.isVisible() and not inside:
            found.append((told, interface))
    return found


def nameless(widget: QWidget) -> list[str]:
    return [
        f"{type(told).__name__} {told.objectName()} in {type(told.parentWidget()).__name__}"
        for told, interface in controls(widget)
        if not interface.text(QAccessible.Text.Name).strip()
    ]


def unreached(qtbot: QtBot, window: QWidget, inside: QWidget) -> list[str]:
    """Enabled controls at which Tab never arrives; within a group the arrow keys go on."""
    lines = lines_of_boxes(inside)
    wanted = {
        told for told, _interface in controls(inside)
        if told.isEnabled() and told.focusPolicy() & Qt.FocusPolicy.TabFocus and told not in lines
    }  # fmt: skip
    reached: set[QWidget] = set()
    for _press in range(3 * len(wanted) + 20):
        focused = QApplication.focusWidget()
        if focused is None or (focused in reached and len(reached) > 2 * len(wanted)):
            break
        reached.add(focused)
        if isinstance(focused, QAbstractButton) and focused.group() is not None:
            reached |= set(focused.group().buttons())
        qtbot.keyClick(focused, Qt.Key.Key_Tab, Qt.KeyboardModifier.NoModifier)
    return [f"{type(told).__name__} {told.accessibleName() or told.objectName()}" for told in wanted - reached]


@pytest.mark.parametrize("page", PAGES)
def test_every_control_of_a_page_has_a_name(
    qtbot: QtBot, window: MainWindow, show_case: ShowCase, desk: FakeDesk, page: str
) -> None:
    show_case(window, UNDECIDED)
    window.show_page(page)
    qtbot.waitUntil(lambda: window.background.idle, timeout=5000)
    assert len(controls(window)) > 5
    assert nameless(window) == []


def test_what_was_asked_of_the_ca_has_a_name_and_tips_are_read_without_their_mark_up(
    qtbot: QtBot, window: MainWindow, show_case: ShowCase, desk: FakeDesk
) -> None:
    long = replace(desk.state.cases[1].applicant, name="Raden Ajeng <b>Sekar</b> " + "Contohwati " * 20)
    desk.state.change(1, applicant=long)
    show_case(window, 1)
    assert desk.state.cases[1].operations and nameless(window) == []
    told = [interface.text(QAccessible.Text.Description) for interface in interfaces(window)]
    assert any(words.startswith("Raden Ajeng <b>Sekar</b> Contohwati") for words in told), "its tip says the name whole"
    assert [words for words in told if "<p" in words] == []


@pytest.mark.parametrize("action", DIALOGS, ids=str)
def test_every_control_of_a_dialog_has_a_name_and_is_reached_by_tab(
    qtbot: QtBot, window: MainWindow, show_case: ShowCase, action: CaseAction
) -> None:
    show_case(window, UNDECIDED)
    act(window, action)
    qtbot.waitUntil(lambda: bool(open_sheets(window)) and window.background.idle, timeout=5000)
    sheet = open_sheets(window)[-1]
    assert sheet.accessibleName() and nameless(sheet) == []
    assert unreached(qtbot, window, sheet) == []
    sheet.reject()


def unseen(qtbot: QtBot, window: MainWindow, inside: QWidget) -> list[str]:
    """Where Tab arrives and nothing is drawn otherwise than without the keyboard."""
    same = []
    if (focused := QApplication.focusWidget()) is not None:
        focused.clearFocus()
    for stop in tab_stops(inside):
        reveal(stop, stop.rect())
        qtbot.wait(0)
        place = QRect(stop.mapTo(window, QPoint()), stop.size()).adjusted(-4, -4, 4, 4)
        without = window.grab(place).toImage()
        stop.setFocus(Qt.FocusReason.TabFocusReason)
        qtbot.wait(0)
        place = QRect(stop.mapTo(window, QPoint()), stop.size()).adjusted(-4, -4, 4, 4)
        if stop.hasFocus() and without == window.grab(place).toImage():
            same.append(f"{type(stop).__name__} {stop.accessibleName() or stop.objectName()}")
        stop.clearFocus()
    return same


@pytest.mark.parametrize("page", [page for page in PAGES if page != "calendar"])  # whose days no fake desk has
def test_whatever_tab_arrives_at_on_a_page_shows_it(
    qtbot: QtBot, window: MainWindow, show_case: ShowCase, page: str
) -> None:
    show_case(window, UNDECIDED)
    window.show_page(page)
    qtbot.waitUntil(lambda: window.background.idle, timeout=5000)
    shown = window._stack.currentWidget()
    assert shown is not None and unseen(qtbot, window, shown) == []


@pytest.mark.parametrize("action", DIALOGS, ids=str)
def test_whatever_tab_arrives_at_in_a_dialog_shows_it(
    qtbot: QtBot, window: MainWindow, show_case: ShowCase, action: CaseAction
) -> None:
    show_case(window, UNDECIDED)
    act(window, action)
    qtbot.waitUntil(lambda: bool(open_sheets(window)) and window.background.idle, timeout=5000)
    (sheet,) = open_sheets(window)
    assert unseen(qtbot, window, sheet) == []
    sheet.reject()


def test_the_day_that_the_keys_are_at_is_in_sight(qtbot: QtBot, window: MainWindow) -> None:
    area, year = QScrollArea(window), YearView()
    first = date(2026, 1, 1)
    days = tuple(DayFacts(first + timedelta(days=n), DayKind.REST, "", ()) for n in range(365))
    area.setWidget(year)
    area.resize(600, 200)
    area.show()
    year.show_year(days, first)
    year.setFocus(Qt.FocusReason.TabFocusReason)
    for key, day in ((Qt.Key.Key_End, date(2026, 12, 31)), (Qt.Key.Key_Home, first)):
        qtbot.keyClick(year, key)
        box = year.box_of(day).toAlignedRect()
        assert area.viewport().rect().contains(year.mapTo(area.viewport(), box.center()))


def test_what_is_chosen_in_the_list_is_told_with_its_state(
    qtbot: QtBot, window: MainWindow, show_case: ShowCase, desk: FakeDesk
) -> None:
    show_case(window, UNDECIDED)
    view = window.cases.list.view
    told = QAccessible.queryAccessibleInterface(view)
    assert told.text(QAccessible.Text.Name) == "Daftar kasus"
    row = str(view.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole))
    case = desk.state.cases[UNDECIDED]
    assert case.applicant.name in row and case.state is CaseState.UNDER_REVIEW and "Diperiksa" in row
