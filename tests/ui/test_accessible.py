"""What a screen reader is told: every control has a name and a role, and the keyboard reaches it."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from lockdesk.core.cases import CaseState
from lockdesk.desk.requests.steps import CaseAction
from lockdesk.ui.shell.application import MainWindow
from lockdesk.ui.widgets.sheet import open_sheets
from lockdesk.ui.widgets.tab_order import lines_of_boxes
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
        inside = isinstance(told, QLineEdit) and isinstance(told.parentWidget(), QComboBox | QAbstractSpinBox)
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
