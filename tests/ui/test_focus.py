"""After every confirmed dialog the keyboard is where the next step is taken: Enter goes on, nothing is dead."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from threading import Event

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from lockdesk.core.cases import CaseState, Route
from lockdesk.core.complaints import ComplaintState, ComplaintStep
from lockdesk.core.operations import OperationState
from lockdesk.desk.requests.steps import CaseAction
from lockdesk.desk.values.cases import Received
from lockdesk.errors import Refused
from lockdesk.ui.cases.action_bar import ActionButton
from lockdesk.ui.dialogs.portal import HolderSheet
from lockdesk.ui.shell.application import MainWindow
from lockdesk.ui.widgets.forms import LineField, Segments, TextArea
from lockdesk.ui.widgets.list_panel import RowList
from lockdesk.ui.widgets.parts import HintButton
from lockdesk.ui.widgets.questions import ErrorSheet, ReasonSheet
from lockdesk.ui.widgets.sheet import Sheet
from lockdesk.ui.widgets.tab_order import takes_tab
from tests.helpers.window import people
from tests.helpers.window.filling import fill
from tests.ui.fake_desk import UNDECIDED, FakeDesk

ShowCase = Callable[[MainWindow, int], None]
A = CaseAction
DIALOGS: dict[CaseAction, tuple[int, dict[str, object]]] = {
    A.DECIDE_WARNING: (UNDECIDED, {}),
    A.RECORD_CALL: (UNDECIDED, {}),
    A.REJECT: (UNDECIDED, {}),
    A.ASK_APPLICANT: (UNDECIDED, {}),
    A.RESOLVE_OTHERWISE: (UNDECIDED, {}),
    A.WITHDRAW: (UNDECIDED, {}),
    A.CORRECT: (UNDECIDED, {}),
    A.SET_ROUTE: (UNDECIDED, {}),
    A.SET_COMPROMISED: (UNDECIDED, {}),
    A.SET_TOLD_IN_PERSON: (UNDECIDED, {}),
    A.RECHECK: (3, {}),
    A.REVOKE: (3, {}),
    A.REISSUE: (3, {"state": CaseState.REVOKED}),
    A.SEND_RESET: (3, {"state": CaseState.VERIFIED, "route": Route.VERIFIER_RESET}),
    A.PROVE_RESET: (3, {"state": CaseState.AWAITING_SIGNATURE, "route": Route.VERIFIER_RESET}),
    A.NOTIFY: (3, {"state": CaseState.ISSUED}),
    A.COMPLETE: (3, {"state": CaseState.NOTIFIED}),
    A.REOPEN: (3, {"state": CaseState.WITHDRAWN}),
    A.HAND_OVER: (3, {"state": CaseState.REJECTED}),
}
"""Every action that asks by a dialog, with a case in which it is possible."""


def open_sheet(qtbot: QtBot, window: MainWindow) -> Sheet:
    def shown() -> list[Sheet]:
        return [sheet for sheet in window.findChildren(Sheet) if sheet.isVisible()]

    qtbot.waitUntil(lambda: bool(shown()), timeout=5000)
    return shown()[-1]


def usable(widget: QWidget | None) -> bool:
    return widget is not None and widget.isVisible() and widget.isEnabled()


def confirm(qtbot: QtBot, window: MainWindow) -> None:
    sheet = open_sheet(qtbot, window)
    fill(sheet)
    assert sheet.verb.isEnabled(), (type(sheet).__name__, sheet.verb.accessibleDescription())
    sheet.verb.click()
    qtbot.waitUntil(lambda: window.background.idle, timeout=5000)
    qtbot.wait(0)


def assert_enter_goes_on(qtbot: QtBot, window: MainWindow) -> None:
    """Enter takes the next step, or its dialog is there already; where there is none, it presses nothing by chance."""
    panel, focused = window.cases.panel, QApplication.focusWidget()
    if sheets := [sheet for sheet in window.findChildren(Sheet) if sheet.isVisible()]:
        assert panel.bar.primary is not None and focused is not None and usable(focused)
        assert sheets[-1].isAncestorOf(focused)
        for sheet in sheets:
            sheet.reject()
        return
    assert usable(focused) and focused is not None and panel.isAncestorOf(focused)
    primary = panel.bar.primary
    if primary is None or not primary.isEnabled():
        assert not isinstance(focused, QAbstractButton), "Enter must not press anything by chance"
        return
    asked: list[str] = []
    panel.bar.action_asked.connect(asked.append)
    qtbot.keyClick(focused, Qt.Key.Key_Return)
    assert isinstance(primary, ActionButton) and asked == [str(primary.action)]
    qtbot.waitUntil(lambda: window.background.idle, timeout=5000)
    for sheet in window.findChildren(Sheet):
        sheet.reject()


@pytest.mark.parametrize("by_keyboard", [True, False])
@pytest.mark.parametrize("action", list(DIALOGS), ids=str)
def test_enter_takes_the_next_step_after_a_confirmed_dialog(
    qtbot: QtBot, window: MainWindow, show_case: ShowCase, desk: FakeDesk, action: CaseAction, by_keyboard: bool
) -> None:
    case_id, changes = DIALOGS[action]
    desk.state.change(case_id, **changes)
    show_case(window, case_id)
    button = next(
        (b for b in window.findChildren(ActionButton) if b.action is action and b.isVisible() and b.isEnabled()), None
    )
    if button is not None and not by_keyboard:
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    else:
        window.cases.take_focus()
        window.cases.handling.begin(str(action))
    confirm(qtbot, window)
    assert_enter_goes_on(qtbot, window)


def test_every_dialog_of_the_procedure_is_walked() -> None:
    at_once = {
        A.START_REVIEW,
        A.ACCEPT,
        A.SETTLE,
        A.ANSWER,
        A.ADD_FILES,
        A.PRINT,
    }  # and what only tells changes nothing
    assert set(DIALOGS) | at_once | {A.SHOW_STANDING} == set(CaseAction)


def test_a_decision_from_a_card_goes_on_as_well(qtbot: QtBot, window: MainWindow, show_case: ShowCase) -> None:
    """The button that opened the dialog is deleted when the cards are filled anew."""
    show_case(window, UNDECIDED)
    view = window.cases.panel.verification
    button = next(b for b in view.findChildren(QAbstractButton) if b.text().startswith("Putuskan") and b.isVisible())
    button.setFocus(Qt.FocusReason.MouseFocusReason)
    button.click()
    confirm(qtbot, window)
    assert_enter_goes_on(qtbot, window)


@pytest.mark.parametrize("asked", ["record_holder", "bring_old", "not_done"])
def test_the_dialogs_of_the_portal_go_on(
    qtbot: QtBot, window: MainWindow, show_case: ShowCase, desk: FakeDesk, asked: str
) -> None:
    desk.state.by_hand = True
    waiting = replace(people.unsettled(1), state=OperationState.AWAITING)
    desk.state.change(1, state=CaseState.REVOKED, operations=(waiting,))
    show_case(window, 1)
    window.cases.take_focus()
    window.cases.handling.answer(asked)
    sheet = open_sheet(qtbot, window)
    fill(sheet)
    if isinstance(sheet, HolderSheet):
        sheet._serial.setText("4A7F00000000002B")
        sheet._until.set_day(date(2056, 1, 1))
    elif asked == "bring_old":
        sheet.findChildren(QPlainTextEdit)[0].setPlainText("-----BEGIN CERTIFICATE-----")
    assert sheet.verb.isEnabled()
    sheet.verb.click()
    qtbot.waitUntil(lambda: window.background.idle, timeout=5000)
    assert_enter_goes_on(qtbot, window)


def test_the_box_that_tells_an_error_keeps_the_keyboard(
    qtbot: QtBot, window: MainWindow, show_case: ShowCase, desk: FakeDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_case: int) -> None:
        raise Refused("CA menolak.", "Periksa kembali.")

    desk.state.change(3, state=CaseState.NOTIFIED)
    show_case(window, 3)
    window.cases.take_focus()
    monkeypatch.setattr(desk.notices, "complete", refuse)
    window.cases.handling.begin(str(A.COMPLETE))
    confirm(qtbot, window)
    box = open_sheet(qtbot, window)
    focused = QApplication.focusWidget()
    assert isinstance(box, ErrorSheet) and focused is not None and box.isAncestorOf(focused)
    qtbot.keyClick(focused, Qt.Key.Key_Escape)
    assert_enter_goes_on(qtbot, window)


def test_a_walk_in_goes_on_with_the_new_case(qtbot: QtBot, window: MainWindow, desk: FakeDesk) -> None:
    window.begin("walk_in")
    sheet = open_sheet(qtbot, window)
    for edit in sheet.findChildren(QLineEdit):
        edit.setText({"NIK": people.SEKAR.nik, "NIP": people.SEKAR.nip}.get(edit.accessibleName(), ""))
    sheet.findChild(QLineEdit, "name").setText(people.SEKAR.name)
    assert sheet.verb.isEnabled()
    with qtbot.waitSignal(window.case_shown, timeout=5000):
        sheet.verb.click()
    qtbot.waitUntil(lambda: window.background.idle, timeout=5000)
    assert_enter_goes_on(qtbot, window)


def test_a_reopened_complaint_is_answered_at_once(qtbot: QtBot, window: MainWindow, desk: FakeDesk) -> None:
    with qtbot.waitSignal(window.complaint_shown):
        window.show_complaint(7)
    desk.complaints.resolve(7, "Selesai")
    with qtbot.waitSignal(window.complaint_shown):
        window.show_complaint(7)
    panel = window.services.pages.complaints().panel
    assert panel.view is not None and panel.view.state is ComplaintState.RESOLVED
    panel.step_asked.emit(ComplaintStep.REOPEN, "")
    confirm(qtbot, window)
    qtbot.waitUntil(lambda: panel.view is not None and panel.view.state is not ComplaintState.RESOLVED)
    focused = QApplication.focusWidget()
    assert focused is not None and usable(focused) and panel.isAncestorOf(focused)


class GreedyField(QLineEdit):
    """Takes every key as its own, as a field on Linux takes Ctrl+E."""

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)


def test_every_key_of_the_window_works_while_something_is_written(qtbot: QtBot, window: MainWindow) -> None:
    asked: list[str] = []
    window._shortcuts.asked.disconnect()
    window._shortcuts.asked.connect(asked.append)
    field = GreedyField("Sekar", window._top)
    field.show()
    field.setFocus()
    for action in window._shortcuts.actions.values():
        qtbot.keySequence(field, action.shortcut())
    assert asked == list(window._shortcuts.actions) and field.text() == "Sekar"


def test_the_key_on_the_button_that_ends_the_day_is_not_the_list_s(qtbot: QtBot, window: MainWindow) -> None:
    """Enter opens the chosen case, so it cannot be what the button shows."""
    window.begin("close_day")
    qtbot.waitUntil(lambda: window.background.idle, timeout=5000)
    sheet = open_sheet(qtbot, window)
    ended: list[object] = []
    sheet.ended.connect(ended.append)  # type: ignore[attr-defined]
    assert isinstance(QApplication.focusWidget(), RowList) and sheet.verb._hint == "Ctrl+Enter"
    qtbot.waitUntil(lambda: sheet.calm)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert len(ended) == 1 and not sheet.isVisible()


def test_leaving_a_dialog_goes_back_to_where_one_was(qtbot: QtBot, window: MainWindow, show_case: ShowCase) -> None:
    show_case(window, UNDECIDED)
    window.cases.take_focus()
    before = QApplication.focusWidget()
    for _time in range(2):
        window.cases.handling.begin(str(A.CORRECT))
        qtbot.keyClick(open_sheet(qtbot, window), Qt.Key.Key_Escape)
        assert QApplication.focusWidget() is before


def test_a_dialog_over_a_dialog_gives_the_keyboard_back_to_it(
    qtbot: QtBot, window: MainWindow, show_case: ShowCase
) -> None:
    show_case(window, UNDECIDED)
    window.cases.handling.begin(str(A.CORRECT))
    lower = open_sheet(qtbot, window)
    window.cases.handling.unmask()
    upper = open_sheet(qtbot, window)
    assert upper is not lower
    fill(upper)
    upper.verb.click()
    qtbot.waitUntil(lambda: window.background.idle, timeout=5000)
    focused = QApplication.focusWidget()
    assert focused is not None and lower.isAncestorOf(focused)
    qtbot.keyClick(lower, Qt.Key.Key_Escape)
    assert usable(QApplication.focusWidget())


def button_of(window: MainWindow, action: CaseAction) -> ActionButton:
    return next(b for b in window.cases.panel.bar.findChildren(ActionButton) if b.action is action and b.isVisible())


def test_enter_does_what_the_new_case_says_when_the_focused_button_is_hidden(
    qtbot: QtBot, window: MainWindow, show_case: ShowCase
) -> None:
    """Qt moves the focus to the button beside one that hides: nobody chose that."""
    show_case(window, UNDECIDED)
    button_of(window, A.REJECT).setFocus(Qt.FocusReason.TabFocusReason)
    show_case(window, 4)
    assert QApplication.focusWidget() is button_of(window, A.START_REVIEW)
    assert_enter_goes_on(qtbot, window)


def test_enter_on_a_step_that_begins_at_once_is_not_told_to_wait(
    qtbot: QtBot, window: MainWindow, show_case: ShowCase, desk: FakeDesk
) -> None:
    show_case(window, 4)
    said = list[str]()
    window.cases.panel.bar.rest_told.connect(said.append)
    qtbot.keyClick(window.cases.panel, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(desk.state.called("start")) and window.background.idle, timeout=5000)
    assert not said


def test_what_is_taken_in_gets_the_keyboard_over_an_ended_case_too(
    qtbot: QtBot, window: MainWindow, show_case: ShowCase, desk: FakeDesk
) -> None:
    """The ended case has no next step: its bar must not use up what the new one was to get."""
    desk.state.change(3, state=CaseState.COMPLETED)
    show_case(window, 3)
    window.cases.take_focus()
    window._on_received((Received(4, "LOCK-2026-0004", known=False),), True)
    qtbot.waitUntil(lambda: window.background.idle, timeout=5000)
    assert QApplication.focusWidget() is button_of(window, A.START_REVIEW)


def test_another_case_that_is_chosen_while_a_step_is_taken_leaves_the_keyboard_in_the_list(
    qtbot: QtBot, window: MainWindow, show_case: ShowCase, desk: FakeDesk
) -> None:
    desk.state.change(3, state=CaseState.RECEIVED)
    show_case(window, 3)
    desk.state.gates["start:3"] = gate = Event()
    window.cases.take_focus()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    window.cases.take_focus()  # as a dialog that was confirmed does
    listed = window.cases.list.view
    listed.setFocus(Qt.FocusReason.MouseFocusReason)
    with qtbot.waitSignal(window.case_shown, timeout=5000):
        window.cases.show_case(4)
    assert window.cases.panel.bar.primary is button_of(window, A.START_REVIEW)
    assert QApplication.focusWidget() is listed
    gate.set()
    qtbot.waitUntil(lambda: window.background.idle, timeout=5000)
    assert QApplication.focusWidget() is listed


def test_while_a_step_is_taken_enter_presses_nothing_and_then_the_next_step(
    qtbot: QtBot, window: MainWindow, show_case: ShowCase
) -> None:
    show_case(window, UNDECIDED)
    bar = window.cases.panel.bar
    button_of(window, A.DECIDE_WARNING).setFocus(Qt.FocusReason.TabFocusReason)
    bar.set_busy(busy=True)
    assert not isinstance(QApplication.focusWidget(), QAbstractButton)
    bar.set_busy(busy=False)
    assert QApplication.focusWidget() is bar.primary
    assert_enter_goes_on(qtbot, window)


def test_a_button_that_was_tabbed_to_keeps_the_keyboard(qtbot: QtBot, window: MainWindow, show_case: ShowCase) -> None:
    show_case(window, UNDECIDED)
    chosen = button_of(window, A.REJECT)
    chosen.setFocus(Qt.FocusReason.TabFocusReason)
    show_case(window, UNDECIDED)
    assert QApplication.focusWidget() is chosen


def test_a_window_made_anew_in_the_middle_of_a_step_goes_on_at_the_case(
    qtbot: QtBot, window: MainWindow, show_case: ShowCase, desk: FakeDesk
) -> None:
    desk.state.change(3, state=CaseState.RECEIVED)
    show_case(window, 3)
    desk.state.gates["start:3"] = gate = Event()
    window.cases.take_focus()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    window.begin("theme")
    before = window.cases
    qtbot.waitUntil(lambda: window.cases is not before)
    gate.set()
    qtbot.waitUntil(lambda: window.background.idle and window.cases.panel.bar.primary is not None)
    assert_enter_goes_on(qtbot, window)


def test_a_page_begins_at_its_list_and_a_choice_at_what_is_chosen(qtbot: QtBot, window: MainWindow) -> None:
    window.show_page("complaints")
    assert isinstance(QApplication.focusWidget(), RowList)
    window.show_page("settings")
    qtbot.waitUntil(lambda: window.background.idle)
    for choice in window.findChildren(Segments):
        stops = [
            button.objectName()
            for button in choice.findChildren(QAbstractButton)
            if button.focusPolicy() is Qt.FocusPolicy.StrongFocus
        ]
        assert stops == [choice.value] or not choice.value


@pytest.mark.parametrize("name", ["standard", "calendar", "reports", "backups"])
def test_a_page_that_is_gone_to_by_its_name_has_the_keyboard_where_it_is_seen(
    qtbot: QtBot, window: MainWindow, name: str
) -> None:
    """The keyboard comes out of the box in which the page was looked for."""
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    window.show_page(name)
    focused, page = QApplication.focusWidget(), window._stack.currentWidget()
    assert focused is not None and focused is not page and page.isAncestorOf(focused) and takes_tab(focused)


def test_what_makes_the_window_anew_leaves_the_keyboard_where_it_was(qtbot: QtBot, window: MainWindow) -> None:
    """As after an officer's service was ended in Settings."""
    window.show_page("settings")
    qtbot.waitUntil(lambda: window.background.idle, timeout=5000)
    before = next(b for b in window.findChildren(HintButton) if b.accessibleName().startswith("Koreksi "))
    before.setFocus()
    name = before.accessibleName()
    window.rebuild()
    qtbot.waitUntil(lambda: window.background.idle, timeout=5000)
    qtbot.waitUntil(lambda: (QApplication.focusWidget() or window).accessibleName() == name, timeout=5000)


def test_a_usual_reason_is_chosen_by_its_key_and_written_on(qtbot: QtBot, window: MainWindow) -> None:
    sheet = ReasonSheet(window, 1, "", "Tarik kembali?", "", "Tarik kembali", usual=("Diajukan dua kali.",))
    sheet.open()
    qtbot.keyClick(sheet._area, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: bool(sheet._area.toPlainText()))
    qtbot.keyClicks(QApplication.focusWidget(), " Yang kedua berlaku.")
    assert sheet._area.toPlainText() == "Diajukan dua kali. Yang kedua berlaku."
    sheet.reject()


@pytest.mark.parametrize("kind", [LineField, TextArea])
def test_alt_with_a_digit_writes_nothing_where_nothing_is_offered(
    qtbot: QtBot, window: MainWindow, kind: type[LineField | TextArea]
) -> None:
    field = kind(window)
    field.show()
    field.setFocus()
    qtbot.keyClicks(field, "a1")
    qtbot.keyClick(field, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    qtbot.keyClick(field, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
    assert (field.text() if isinstance(field, LineField) else field.toPlainText()) == "a12", (
        "AltGr writes, Alt does not"
    )
