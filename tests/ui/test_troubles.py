"""What went wrong by itself, or too late, takes the keyboard from nobody, is not lost, and says whose it is."""

import threading
from collections.abc import Callable
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from lockdesk.core.complaints import ComplaintStep
from lockdesk.desk.requests.steps import CaseAction
from lockdesk.errors import Damaged, Hindered, LockdeskError, Refused
from lockdesk.ui.look.preferences import Preferences
from lockdesk.ui.shell.application import MainWindow
from lockdesk.ui.shell.status_line import WaitingTroubles
from lockdesk.ui.widgets.drafts import keep_drafts
from lockdesk.ui.widgets.questions import ErrorSheet
from lockdesk.ui.widgets.sheet import open_sheets
from tests.helpers.window.officer import unlock
from tests.helpers.window.reading import words_in
from tests.ui.fake_desk import UNDECIDED, FakeDesk

VERIFIED = 3
ShowCase = Callable[[MainWindow, int], None]
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
FULL = Hindered("Disk penuh.", "Kosongkan disk.")


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What a screen reader is given to say at once."""
    heard: list[str] = []

    def hear(event: object) -> None:
        if isinstance(event, QAccessibleAnnouncementEvent):
            heard.append(event.message())

    monkeypatch.setattr(QAccessible, "updateAccessibility", hear)
    return heard


def rest(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.wait(0)
    qtbot.waitUntil(lambda: window.background.idle, timeout=5000)
    qtbot.wait(0)


def waiting(window: MainWindow) -> str:
    """What the status line says of what is to be read."""
    (shown,) = window.findChildren(WaitingTroubles)
    return words_in(shown) if shown.isVisible() else ""


def told(window: MainWindow) -> LockdeskError:
    sheet = open_sheets(window)[-1]
    assert isinstance(sheet, ErrorSheet)
    return sheet.error


def write(qtbot: QtBot, window: MainWindow, words: str = "Tri Umpa") -> QWidget:
    """A complaint is half typed."""
    qtbot.keyClick(window, Qt.Key.Key_F8)
    qtbot.wait(0)
    field = QApplication.focusWidget()
    assert field is not None
    qtbot.keyClicks(field, words)
    return field


def read_next(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.keyClick(window, Qt.Key.Key_K, CTRL | SHIFT)


def test_a_draft_that_cannot_be_kept_interrupts_nobody_and_is_not_lost(
    qtbot: QtBot, window: MainWindow, desk: FakeDesk
) -> None:
    field = write(qtbot, window)
    desk.state.failures["draft_keep"] = FULL
    keep_drafts(window)
    rest(qtbot, window)
    assert not open_sheets(window) and QApplication.focusWidget() is field
    qtbot.keyClicks(field, "makan")
    assert isinstance(field, QLineEdit) and field.text().endswith("Tri Umpamakan")
    assert "Disk penuh." in waiting(window)
    read_next(qtbot, window)
    assert told(window) is FULL and "Kosongkan disk." in words_in(open_sheets(window)[-1])
    open_sheets(window)[-1].reject()
    assert QApplication.focusWidget() is field and not waiting(window), "once is enough"


def test_what_could_be_done_the_next_time_is_over(qtbot: QtBot, window: MainWindow, desk: FakeDesk) -> None:
    field = write(qtbot, window)
    desk.state.failures["draft_keep"] = FULL
    keep_drafts(window)
    rest(qtbot, window)
    assert waiting(window)
    desk.state.failures.clear()
    qtbot.keyClicks(field, "makan")
    keep_drafts(window)
    rest(qtbot, window)
    assert not waiting(window) and not open_sheets(window)


def test_what_the_officer_asks_for_from_a_field_is_answered_there_at_once(
    qtbot: QtBot, window: MainWindow, desk: FakeDesk
) -> None:
    write(qtbot, window)
    desk.state.failures["complaint_receive"] = FULL
    form = window.services.pages.complaints().form.fields.form
    window.complaint_work.receive(form)  # the keyboard is still in the field
    rest(qtbot, window)
    assert told(window) is FULL and not waiting(window)


def test_a_search_that_fails_while_one_types_interrupts_nobody(
    qtbot: QtBot, window: MainWindow, desk: FakeDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_text: str) -> tuple[()]:
        desk.state.enter("search_failed")
        raise FULL

    monkeypatch.setattr(desk.reading, "search", fail)
    qtbot.keyClick(window, Qt.Key.Key_K, CTRL)
    box = QApplication.focusWidget()
    qtbot.keyClicks(box, "sek")
    qtbot.waitUntil(lambda: bool(desk.state.called("search_failed")), timeout=5000)
    rest(qtbot, window)
    assert not open_sheets(window) and QApplication.focusWidget() is box
    assert "Disk penuh." in waiting(window)
    qtbot.keyClick(box, Qt.Key.Key_Return)  # now an answer is asked for
    qtbot.waitUntil(lambda: bool(open_sheets(window)), timeout=5000)
    assert told(window) is FULL


def test_enter_before_a_search_has_failed_is_answered(
    qtbot: QtBot, window: MainWindow, desk: FakeDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate, asked = threading.Event(), list[str]()

    def fail(text: str) -> tuple[()]:
        asked.append(text)
        gate.wait(20)
        raise FULL

    monkeypatch.setattr(desk.reading, "search", fail)
    qtbot.keyClick(window, Qt.Key.Key_K, CTRL)
    box = QApplication.focusWidget()
    qtbot.keyClicks(box, "sek")
    qtbot.waitUntil(lambda: asked == ["sek"], timeout=5000)
    qtbot.keyClick(box, Qt.Key.Key_Return)
    gate.set()
    rest(qtbot, window)
    assert told(window) is FULL and not waiting(window), "once, in a box: somebody waits for it"
    open_sheets(window)[-1].reject()
    assert window.work.case_id == 0 and len(asked) == 1, "nothing that stood there before is taken"


def test_what_waits_is_said_again_to_who_unlocks(qtbot: QtBot, window: MainWindow, said: list[str]) -> None:
    write(qtbot, window)
    window.show_error(FULL)
    said.clear()
    window.lock()
    rest(qtbot, window)
    assert not said
    unlock(qtbot, window)
    assert said.count("Disk penuh.") == 1 and "Disk penuh." in waiting(window)


def test_the_answer_to_what_was_asked_waits_for_whoever_went_on_writing(
    qtbot: QtBot, window: MainWindow, desk: FakeDesk
) -> None:
    field = write(qtbot, window)
    gate = desk.state.gates["complaint_receive"] = threading.Event()
    desk.state.failures["complaint_receive"] = FULL
    window.complaint_work.receive(window.services.pages.complaints().form.fields.form)
    qtbot.wait(0)
    qtbot.keyClicks(field, "makan")
    gate.set()
    rest(qtbot, window)
    assert not open_sheets(window) and "Disk penuh." in waiting(window)


def test_over_an_open_dialog_comes_nothing_by_itself(qtbot: QtBot, window: MainWindow) -> None:
    window.begin("walk_in")
    rest(qtbot, window)
    (sheet,) = open_sheets(window)
    focused = QApplication.focusWidget()
    window.show_error(FULL)
    assert open_sheets(window) == [sheet] and QApplication.focusWidget() is focused
    sheet.reject()
    (line,) = window.findChildren(WaitingTroubles)
    line.findChildren(QAbstractButton)[0].click()
    assert told(window) is FULL


def test_what_a_dialog_asked_for_is_told_over_whatever_it_leaves(
    qtbot: QtBot, window: MainWindow, desk: FakeDesk
) -> None:
    """The keyboard goes back into a field in which something stands."""
    field = write(qtbot, window)
    window.begin("close_day")
    rest(qtbot, window)
    (sheet,) = open_sheets(window)

    def fail() -> None:
        raise FULL

    window.background.run(fail)
    sheet.reject()
    rest(qtbot, window)
    assert told(window) is FULL
    open_sheets(window)[-1].reject()
    assert QApplication.focusWidget() is field


def test_only_what_forbids_to_go_on_interrupts(qtbot: QtBot, window: MainWindow) -> None:
    write(qtbot, window)
    window.show_error(Damaged("Jejak audit rusak.", "Hentikan pekerjaan."))
    assert isinstance(told(window), Damaged)


def refuse_late(qtbot: QtBot, window: MainWindow, show_case: ShowCase, desk: FakeDesk) -> QWidget:
    """The CA refuses while a complaint is being written."""
    gate = desk.state.gates[f"preflight:{VERIFIED}"] = threading.Event()
    desk.state.failures["preflight"] = Refused("CA menolak.", "Hubungi CA.")
    show_case(window, VERIFIED)
    window.cases.take_focus()
    window.cases.handling.begin(str(CaseAction.REVOKE))
    qtbot.wait(0)
    field = write(qtbot, window)
    gate.set()
    rest(qtbot, window)
    desk.state.failures.clear()
    assert not open_sheets(window) and QApplication.focusWidget() is field
    return field


def number_of(desk: FakeDesk, case_id: int) -> str:
    return desk.state.cases[case_id].number


def test_an_error_of_a_case_says_which_and_leads_there(
    qtbot: QtBot, window: MainWindow, show_case: ShowCase, desk: FakeDesk
) -> None:
    refuse_late(qtbot, window, show_case, desk)
    number = number_of(desk, VERIFIED)
    assert number in waiting(window) and "CA menolak." in waiting(window)
    read_next(qtbot, window)
    assert number in words_in(open_sheets(window)[-1])
    way = next(b for b in open_sheets(window)[-1].findChildren(QAbstractButton) if b.text() == "Buka kasus")
    with qtbot.waitSignal(window.case_shown, timeout=5000):
        way.click()
    rest(qtbot, window)
    assert window.page == "cases" and window.work.case_id == VERIFIED
    assert not open_sheets(window) and not waiting(window)


def test_an_error_of_a_case_outlives_another_step_and_ends_with_its_own(
    qtbot: QtBot, window: MainWindow, show_case: ShowCase, desk: FakeDesk
) -> None:
    field = refuse_late(qtbot, window, show_case, desk)
    window.work.step(VERIFIED, lambda: None)
    rest(qtbot, window)
    assert "CA menolak." in waiting(window), "nothing of it was read, nor done"
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    rest(qtbot, window)
    assert not open_sheets(window), "it would seem to be told of the step that was taken"
    assert "CA menolak." in waiting(window)
    window.cases.handling.begin(str(CaseAction.REVOKE))
    rest(qtbot, window)
    open_sheets(window)[-1].reject()
    assert not waiting(window), "what the CA refused it allows now"


def test_an_error_of_one_case_is_not_ended_by_another(
    qtbot: QtBot, window: MainWindow, show_case: ShowCase, desk: FakeDesk
) -> None:
    refuse_late(qtbot, window, show_case, desk)
    window.work.ask(UNDECIDED, lambda: desk.operations.preflight(UNDECIDED), lambda _found: None, "…")
    rest(qtbot, window)
    assert "CA menolak." in waiting(window)


def test_several_are_counted_and_read_in_their_order(qtbot: QtBot, window: MainWindow) -> None:
    write(qtbot, window)
    for error in (FULL, Refused("CA menolak."), FULL):
        window.show_error(error)
    assert "lagi" in waiting(window)
    read_next(qtbot, window)
    first = told(window)
    open_sheets(window)[-1].reject()
    assert "lagi" not in waiting(window) and waiting(window)
    read_next(qtbot, window)
    assert [first.message, told(window).message] == ["Disk penuh.", "CA menolak."]


def test_what_waits_is_said_aloud_once_and_outlives_another_look(
    qtbot: QtBot, window: MainWindow, said: list[str]
) -> None:
    write(qtbot, window)
    for _minute in range(3):
        window.show_error(FULL)
    assert said == ["Disk penuh."]
    (line,) = window.findChildren(WaitingTroubles)
    assert "Disk penuh." in line.findChildren(QAbstractButton)[0].accessibleName()
    window.apply_preferences(Preferences(theme="dark"))
    qtbot.wait(0)
    rest(qtbot, window)
    assert "Disk penuh." in "".join(words_in(shown) for shown in window.findChildren(WaitingTroubles))


def test_what_is_said_over_the_status_line_leaves_the_way_to_an_error_free(qtbot: QtBot, window: MainWindow) -> None:
    write(qtbot, window)
    window.show_error(FULL)
    window._status.say("Bukti penyelesaian belum dicetak: printer tidak tersedia. " * 3)
    qtbot.wait(0)
    (line,) = window.findChildren(WaitingTroubles)
    button = line.findChildren(QAbstractButton)[0]
    middle = button.mapTo(window, button.rect().center())
    seen = [part for part in window.findChildren(QWidget, "told") if part.isVisible()]
    assert seen and not any(part.geometry().contains(part.parentWidget().mapFrom(window, middle)) for part in seen)


def test_what_keeps_another_text_ends_no_error_of_this_one(qtbot: QtBot, window: MainWindow) -> None:
    full = [True]

    def keep(form: str, _text: str) -> None:
        if form == "satu" and full[0]:
            raise FULL

    write(qtbot, window)
    for form in ("satu", "dua"):
        window.background.keep(partial(keep, form, "isi"))
        rest(qtbot, window)
    assert "Disk penuh." in waiting(window), "that reason is still not kept"
    full[0] = False
    window.background.keep(partial(keep, "satu", "isi lagi"))
    rest(qtbot, window)
    assert not waiting(window)


def test_behind_the_lock_an_error_is_said_to_nobody(qtbot: QtBot, window: MainWindow, said: list[str]) -> None:
    write(qtbot, window)
    window.lock()
    window.troubles.came.emit("LATIH-LOCK-2026-0001: CA menolak.")
    assert not said


def test_two_texts_that_fail_with_the_same_words_are_over_when_both_are_kept(
    qtbot: QtBot, window: MainWindow, said: list[str]
) -> None:
    full = {"satu", "dua"}

    def keep(form: str, _text: str) -> None:
        if form in full:
            raise FULL

    write(qtbot, window)
    for form in ("satu", "dua"):
        window.background.keep(partial(keep, form, "isi"))
        rest(qtbot, window)
    assert "Disk penuh." in waiting(window) and "lagi" not in waiting(window) and said == ["Disk penuh."], "said once"
    for form in ("dua", "satu"):
        assert "Disk penuh." in waiting(window), "the other text is still not kept"
        full.remove(form)
        window.background.keep(partial(keep, form, "isi lagi"))
        rest(qtbot, window)
    assert not waiting(window)


def test_a_look_at_one_case_that_could_not_be_recorded_is_not_over_with_another(
    qtbot: QtBot, window: MainWindow, show_case: ShowCase, desk: FakeDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    full, recorded = [True], list[int]()

    def viewed(case_id: int) -> None:
        if full[0] and case_id == VERIFIED:
            raise FULL
        recorded.append(case_id)

    def look_at(case_id: int) -> None:
        show_case(window, case_id)
        window.work._dwell.stop()
        window.work._on_dwelt()
        rest(qtbot, window)

    monkeypatch.setattr(desk.review, "viewed", viewed)
    window.begin("walk_in")
    rest(qtbot, window)
    for case_id in (VERIFIED, UNDECIDED):
        look_at(case_id)
    assert f"{number_of(desk, VERIFIED)}: Disk penuh." in waiting(window), "of whom it is said"
    full[0] = False
    look_at(VERIFIED)
    assert recorded == [UNDECIDED, VERIFIED], "a look that is not in the journal is recorded by the next one"
    assert not waiting(window)


RECEIVED = 5


def test_an_error_of_a_complaint_says_which_and_leads_there(qtbot: QtBot, window: MainWindow, desk: FakeDesk) -> None:
    window.show_complaint(RECEIVED)
    rest(qtbot, window)
    gate = desk.state.gates[f"respond:{RECEIVED}"] = threading.Event()
    desk.state.failures["respond"] = FULL
    window.complaint_work.step(RECEIVED, ComplaintStep.RESPOND, "Sudah dikirim ulang.")
    window.show_page("cases")
    write(qtbot, window)
    gate.set()
    rest(qtbot, window)
    number = desk.state.complaints[RECEIVED].number
    assert f"{number}: Disk penuh." in waiting(window) and not open_sheets(window)
    read_next(qtbot, window)
    assert number in words_in(open_sheets(window)[-1])
    way = next(b for b in open_sheets(window)[-1].findChildren(QAbstractButton) if b.text() == "Buka pengaduan")
    with qtbot.waitSignal(window.complaint_shown, timeout=5000):
        way.click()
    rest(qtbot, window)
    assert window.complaint_work.complaint_id == RECEIVED and not waiting(window)
