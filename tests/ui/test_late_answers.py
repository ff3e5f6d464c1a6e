"""What the CA answers late never takes the keyboard from whoever types, nor from another case."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from lockdesk.core.cases import CaseState
from lockdesk.desk.requests.steps import CaseAction
from lockdesk.errors import Damaged, Refused, Unreachable
from lockdesk.ui.dialogs.call import CallSheet
from lockdesk.ui.dialogs.operations import ReissueSheet, RevokeSheet
from lockdesk.ui.shell.application import MainWindow
from lockdesk.ui.widgets.questions import ErrorSheet
from lockdesk.ui.widgets.sheet import Sheet, open_sheets
from tests.helpers.window.reading import words_in
from tests.ui.fake_desk import UNDECIDED, FakeDesk

VERIFIED = 3
ShowCase = Callable[[MainWindow, int], None]
CTRL = Qt.KeyboardModifier.ControlModifier


def rest(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.wait(0)
    qtbot.waitUntil(lambda: window.background.idle, timeout=5000)
    qtbot.wait(0)


@pytest.fixture
def asked(qtbot: QtBot, window: MainWindow, show_case: ShowCase, desk: FakeDesk) -> threading.Event:
    """Revoking is begun; the CA has not answered yet."""
    gate = desk.state.gates[f"preflight:{VERIFIED}"] = threading.Event()
    show_case(window, VERIFIED)
    window.cases.take_focus()
    window.cases.handling.begin(str(CaseAction.REVOKE))
    return gate


@pytest.fixture
def refusing(desk: FakeDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the CA answers in the end."""
    answer = desk.operations.preflight

    def refuse(case_id: int) -> object:
        answer(case_id)
        raise Refused("CA menolak.", "Hubungi CA.")

    monkeypatch.setattr(desk.operations, "preflight", refuse)


def test_over_a_complaint_that_is_being_typed_no_dialog_opens(
    qtbot: QtBot, window: MainWindow, asked: threading.Event
) -> None:
    qtbot.keyClick(window, Qt.Key.Key_F8)
    qtbot.keyClicks(QApplication.focusWidget(), "Tri Umpa")
    field = QApplication.focusWidget()
    asked.set()
    rest(qtbot, window)
    assert not open_sheets(window) and QApplication.focusWidget() is field
    qtbot.keyClicks(field, "makan")
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    rest(qtbot, window)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    rest(qtbot, window)
    assert isinstance(open_sheets(window)[-1], RevokeSheet), "and it goes on where one left"


def test_of_a_case_that_was_left_nothing_opens(qtbot: QtBot, window: MainWindow, asked: threading.Event) -> None:
    window.show_case(2)
    asked.set()
    rest(qtbot, window)
    assert not open_sheets(window) and window.work.case_id == 2


def test_a_new_certificate_is_not_asked_for_over_what_is_sought(
    qtbot: QtBot, window: MainWindow, show_case: ShowCase, desk: FakeDesk
) -> None:
    """The revocation was confirmed; meanwhile somebody at the counter is looked for."""
    gate = desk.state.gates[f"revoke:{VERIFIED}"] = threading.Event()
    show_case(window, VERIFIED)
    window.cases.take_focus()
    window.cases.handling.begin(str(CaseAction.REVOKE))
    rest_until_sheet(qtbot, window)
    sheet = open_sheets(window)[-1]
    assert isinstance(sheet, RevokeSheet)
    sheet.edit.setText(sheet._digits)
    sheet.verb.click()
    qtbot.keyClick(window, Qt.Key.Key_K, CTRL)
    box = QApplication.focusWidget()
    qtbot.keyClicks(box, "sek")
    gate.set()
    rest(qtbot, window)
    assert desk.state.cases[VERIFIED].state is CaseState.REVOKED
    assert not open_sheets(window) and QApplication.focusWidget() is box


def rest_until_sheet(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: bool(open_sheets(window)), timeout=5000)


def reissue(qtbot: QtBot, window: MainWindow, show_case: ShowCase, desk: FakeDesk) -> Sheet:
    desk.state.change(VERIFIED, state=CaseState.REVOKED)
    show_case(window, VERIFIED)
    window.cases.take_focus()
    window.cases.handling.begin(str(CaseAction.REISSUE))
    rest_until_sheet(qtbot, window)
    sheet = open_sheets(window)[-1]
    assert isinstance(sheet, ReissueSheet)
    return sheet


def test_what_cannot_be_taken_back_needs_its_own_key_and_a_look(
    qtbot: QtBot, window: MainWindow, show_case: ShowCase, desk: FakeDesk
) -> None:
    sheet = reissue(qtbot, window, show_case, desk)
    focused = QApplication.focusWidget()
    assert focused is not None and not sheet.calm
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
        qtbot.keyClick(focused, key)
    qtbot.keyClick(focused, Qt.Key.Key_Return, CTRL)
    assert not desk.state.called("reissue"), "not a single key, and none that was meant for what stood before"
    qtbot.waitUntil(lambda: sheet.calm, timeout=5000)
    held = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, CTRL, "", True)
    QApplication.sendEvent(focused, held)
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Space):
        qtbot.keyClick(focused, key)
    assert not desk.state.called("reissue"), "nor a key that is held down"
    qtbot.keyClick(focused, Qt.Key.Key_Return, CTRL)
    rest(qtbot, window)
    assert len(desk.state.called("reissue")) == 1


def test_a_held_key_confirms_nothing_where_its_repetitions_come_as_strokes(
    qtbot: QtBot, window: MainWindow, show_case: ShowCase, desk: FakeDesk
) -> None:
    """As from an X server: each repetition is a release and a press of the same moment."""
    sheet = reissue(qtbot, window, show_case, desk)
    qtbot.waitUntil(lambda: sheet.calm, timeout=5000)
    for moment in (4000, 4040, 4080):
        for kind in (QEvent.Type.KeyRelease, QEvent.Type.KeyPress):
            stroke = QKeyEvent(kind, Qt.Key.Key_Return, CTRL, "\r")
            stroke.setTimestamp(moment)
            QApplication.sendEvent(window.windowHandle(), stroke)
    rest(qtbot, window)
    assert not desk.state.called("reissue")
    stroke = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, CTRL, "\r")
    stroke.setTimestamp(4500)
    QApplication.sendEvent(window.windowHandle(), stroke)
    rest(qtbot, window)
    assert len(desk.state.called("reissue")) == 1, "a stroke of its own does"


def test_a_burst_of_strokes_that_began_before_a_dialog_was_there_does_not_confirm_it(
    qtbot: QtBot, window: MainWindow, show_case: ShowCase, desk: FakeDesk
) -> None:
    sheet = reissue(qtbot, window, show_case, desk)
    sheet._calm.setTimerType(Qt.TimerType.PreciseTimer)
    sheet._calm.start(600_000)
    qtbot.wait(500)
    left = sheet._calm.remainingTime()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return, CTRL)
    assert sheet._calm.remainingTime() > left, "whoever sent the last of them saw it no better than the first"
    assert not desk.state.called("reissue")


def test_ctrl_enter_on_the_button_that_leaves_does_what_the_other_one_shows(
    qtbot: QtBot, window: MainWindow, show_case: ShowCase, desk: FakeDesk
) -> None:
    sheet = reissue(qtbot, window, show_case, desk)
    qtbot.waitUntil(lambda: sheet.calm, timeout=5000)
    sheet.cancel.setFocus()
    qtbot.keyClick(sheet.cancel, Qt.Key.Key_Return, CTRL)
    rest(qtbot, window)
    assert len(desk.state.called("reissue")) == 1


def test_a_key_that_closes_what_lay_over_it_does_not_confirm_it(
    qtbot: QtBot, window: MainWindow, show_case: ShowCase, desk: FakeDesk
) -> None:
    sheet = reissue(qtbot, window, show_case, desk)
    qtbot.waitUntil(lambda: sheet.calm, timeout=5000)
    qtbot.keyClick(window, Qt.Key.Key_F1)
    over = open_sheets(window)[-1]
    assert over is not sheet
    qtbot.keyClick(over, Qt.Key.Key_Escape)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return, CTRL)
    assert not desk.state.called("reissue")


def test_enter_pressed_twice_presumes_no_answer_to_a_call(
    qtbot: QtBot, window: MainWindow, show_case: ShowCase, desk: FakeDesk
) -> None:
    show_case(window, UNDECIDED)
    window.cases.handling.begin(str(CaseAction.RECORD_CALL))
    rest_until_sheet(qtbot, window)
    sheet = open_sheets(window)[-1]
    assert isinstance(sheet, CallSheet)
    for key in (Qt.Key.Key_Return, Qt.Key.Key_1, Qt.Key.Key_1, Qt.Key.Key_Return):
        qtbot.keyClick(QApplication.focusWidget(), key)
    assert not sheet.left and not desk.state.called("record_call"), "a key of the answer is nobody's name"
    sheet.reject()


def dropped(window: MainWindow, folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).write_bytes(b"isi")
    assert window.take_files([folder / name for name in names])


@pytest.fixture
def reading(desk: FakeDesk) -> threading.Event:
    """A mail takes its time to be read."""
    gate = desk.state.gates[f"receive:{('a.eml',)}"] = threading.Event()
    return gate


def test_a_request_that_was_read_leads_nobody_away_from_what_is_being_written(
    qtbot: QtBot, window: MainWindow, reading: threading.Event, tmp_path: Path
) -> None:
    dropped(window, tmp_path, "a.eml")
    qtbot.keyClick(window, Qt.Key.Key_F8)
    field = QApplication.focusWidget()
    reading.set()
    rest(qtbot, window)
    assert window.page == "complaints" and QApplication.focusWidget() is field
    assert "Diterima: LOCK-2026-0042." in words_in(window)


def test_a_request_that_was_read_takes_no_key_from_a_dialog(
    qtbot: QtBot, window: MainWindow, reading: threading.Event, show_case: ShowCase, tmp_path: Path
) -> None:
    show_case(window, 3)
    dropped(window, tmp_path, "a.eml")
    window.begin("walk_in")
    field = QApplication.focusWidget()
    reading.set()
    rest(qtbot, window)
    assert QApplication.focusWidget() is field and window.work.case_id == 3


def test_of_many_mails_the_first_one_is_shown_and_stays(
    qtbot: QtBot, window: MainWindow, desk: FakeDesk, tmp_path: Path
) -> None:
    gate = desk.state.gates[f"receive:{('b.eml',)}"] = threading.Event()
    with qtbot.waitSignal(window.case_shown, timeout=5000):
        dropped(window, tmp_path, "a.eml", "b.eml")
    assert window.work.case_id == UNDECIDED
    with qtbot.waitSignal(window.case_shown, timeout=5000):
        window.show_case(3)
    gate.set()
    rest(qtbot, window)
    assert window.work.case_id == 3


def test_a_request_that_is_dropped_while_something_stands_half_written_is_shown(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    """Whoever drops a mail wants to see it, and goes on writing nowhere."""
    qtbot.keyClick(window, Qt.Key.Key_F8)
    qtbot.keyClicks(QApplication.focusWidget(), "Tri")
    with qtbot.waitSignal(window.case_shown, timeout=5000):
        dropped(window, tmp_path, "a.eml")
    assert window.page == "cases"


def test_what_the_ca_refused_is_told_over_its_case_and_not_over_another(
    qtbot: QtBot, window: MainWindow, show_case: ShowCase, refusing: None, asked: threading.Event
) -> None:
    with qtbot.waitSignal(window.case_shown, timeout=5000):
        window.show_case(UNDECIDED)
    window.cases.take_focus()
    before = QApplication.focusWidget()
    asked.set()
    rest(qtbot, window)
    assert not open_sheets(window) and QApplication.focusWidget() is before
    assert "CA menolak." in words_in(window), "that there is something to read is told in the status line"
    show_case(window, VERIFIED)
    rest(qtbot, window)
    (told,) = open_sheets(window)
    assert isinstance(told, ErrorSheet) and told.error.message == "CA menolak."
    told.reject()
    show_case(window, UNDECIDED)
    show_case(window, VERIFIED)
    assert not open_sheets(window), "once is enough"


def test_what_the_ca_refused_is_told_when_the_complaint_that_is_being_typed_is_left(
    qtbot: QtBot, window: MainWindow, refusing: None, asked: threading.Event
) -> None:
    qtbot.keyClick(window, Qt.Key.Key_F8)
    field = QApplication.focusWidget()
    qtbot.keyClicks(field, "Tri Umpa")
    asked.set()
    rest(qtbot, window)
    assert not open_sheets(window) and QApplication.focusWidget() is field
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    rest(qtbot, window)
    assert isinstance(open_sheets(window)[-1], ErrorSheet)


def test_of_damaged_data_is_told_at_once_whatever_is_done(
    qtbot: QtBot, window: MainWindow, desk: FakeDesk, asked: threading.Event
) -> None:
    """It says to stop: it waits for no case to be shown again, and is no sentence that passes in the status line."""
    qtbot.keyClick(window, Qt.Key.Key_F8)
    qtbot.keyClicks(QApplication.focusWidget(), "Tri Umpa")
    desk.state.failures["preflight"] = Damaged("Jejak audit rusak.", "Hentikan pekerjaan.")
    asked.set()
    rest(qtbot, window)
    (told,) = open_sheets(window)
    assert isinstance(told, ErrorSheet) and told.error.message == "Jejak audit rusak."
    told.reject()
    window.show_page("cases")
    rest(qtbot, window)
    assert not open_sheets(window), "once is enough"


def test_what_came_of_an_earlier_attempt_is_not_told_of_the_one_that_runs(
    qtbot: QtBot, window: MainWindow, desk: FakeDesk, asked: threading.Event
) -> None:
    qtbot.keyClick(window, Qt.Key.Key_K, CTRL)
    qtbot.keyClicks(QApplication.focusWidget(), "sek")
    desk.state.failures["preflight"] = Refused("CA menolak.", "Hubungi CA.")
    asked.set()
    rest(qtbot, window)
    assert not open_sheets(window)
    desk.state.failures.clear()
    asked.clear()
    window.cases.handling.begin(str(CaseAction.REVOKE))  # by its keys, from where one types
    window.cases.take_focus()
    qtbot.wait(0)
    asked.set()
    rest(qtbot, window)
    assert [type(sheet) for sheet in open_sheets(window)] == [RevokeSheet]


def test_what_interrupts_whoever_types_is_seen(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.keyClick(window, Qt.Key.Key_F8)
    window.show_error(Damaged("Jejak audit rusak.", "Hentikan pekerjaan."))
    (sheet,) = open_sheets(window)
    focused = QApplication.focusWidget()
    assert focused is not None and not sheet.calm
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Return):
        qtbot.keyClick(focused, key)
        assert sheet.isVisible(), "that key was meant for what was being written"
    qtbot.waitUntil(lambda: sheet.calm, timeout=5000)
    qtbot.keyClick(focused, Qt.Key.Key_Space)
    assert not open_sheets(window)


def test_whoever_goes_on_typing_when_a_dialog_comes_up_has_not_seen_it(qtbot: QtBot, window: MainWindow) -> None:
    """A word is longer than the moment in which it takes no key: the blank behind it is not meant for it."""
    window.background.failed.emit(Unreachable("Kotak surat tidak terhubung."))
    sheet, focused = open_sheets(window)[-1], QApplication.focusWidget()
    sheet._calm.setTimerType(Qt.TimerType.PreciseTimer)
    sheet._calm.start(600_000)
    qtbot.waitUntil(lambda: sheet._calm.remainingTime() < 599_500, timeout=5000)
    left = sheet._calm.remainingTime()
    qtbot.keyClicks(focused, "loket")
    assert sheet._calm.remainingTime() > left
    qtbot.keyClick(focused, Qt.Key.Key_Space)
    assert sheet.isVisible()
    sheet.reject()
