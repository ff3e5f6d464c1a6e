"""The dialog about what came in, in the real window on a real desk: Enter, the arrow keys, Esc."""

import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QPlainTextEdit, QRadioButton, QWidget
from pytestqt.qtbot import QtBot

from lockdesk.app import OpenProfile
from lockdesk.core.cases import CaseState
from lockdesk.desk.ports import NamedBytes
from lockdesk.desk.requests.arrivals import Arrival
from lockdesk.desk.requests.steps import open_questions
from lockdesk.desk.values.cases import IntakeChannel, Received
from lockdesk.ui.intake.arrival_sheet import ArrivalSheet
from lockdesk.ui.shell.application import MainWindow
from lockdesk.ui.shell.status_line import StatusLine
from lockdesk.ui.widgets.facts import FactList
from lockdesk.ui.widgets.forms import NumberBox
from lockdesk.ui.widgets.parts import ElidedLabel, HintButton
from tests.helpers.desk.steps import count, waiting
from tests.helpers.papers.arrivals import mail
from tests.helpers.papers.samples import papers
from tests.helpers.window.real_window import PATIENCE_MS, real_window

MENU = mail([("menu.txt", b"nasi megono")], "Terlampir menu kantin.", Subject="Menu")
OTHER = mail([("menu.txt", b"soto tauto")], "Terlampir menu besok.", Subject="Menu besok")


@pytest.fixture
def window(qtbot: QtBot, profile: OpenProfile) -> Iterator[MainWindow]:
    with real_window(qtbot, profile.desk) as opened:
        yield opened


class Counter:
    """Mails laid before the officer, and what the keys do with them."""

    def __init__(self, qtbot: QtBot, window: MainWindow, folder: Path) -> None:
        self.qtbot, self.window, self.folder = qtbot, window, folder

    def lay(self, *arrived: NamedBytes) -> None:
        paths = [self.folder / f"{number}.eml" for number in range(len(arrived))]
        for path, item in zip(paths, arrived, strict=True):
            path.write_bytes(item.content)
        self.window.intake.receive(paths)

    def asked(self) -> ArrivalSheet:
        self.qtbot.waitUntil(lambda: len(sheets(self.window)) == 1, timeout=15000)
        assert isinstance(QApplication.focusWidget(), QRadioButton)
        (sheet,) = sheets(self.window)
        self.press(Qt.Key.Key_Return)
        assert not sheet.left, "a key that was meant for what stood there before"
        self.qtbot.waitUntil(lambda: sheet.calm)
        return sheet

    def told(self) -> str:
        """The subject of the mail that is asked about."""
        (sheet,) = sheets(self.window)
        (told,) = sheet.findChildren(FactList)
        return str(told.model().index(1, 0).data(Qt.ItemDataRole.DisplayRole))

    def press(self, key: Qt.Key) -> None:
        focused = QApplication.focusWidget()
        assert focused is not None
        self.qtbot.keyClick(focused, key)

    def pause(self) -> None:
        """The time after which whoever has written nothing meanwhile has paused."""
        self.window.intake._pause.timeout.emit()

    def lay_slowly(self, patch: pytest.MonkeyPatch, *arrived: NamedBytes) -> threading.Event:
        """The same, where reading takes its time: until the event is set."""
        gate, look = threading.Event(), self.window.desk.intake.look

        def slow(files: Sequence[NamedBytes], channel: IntakeChannel) -> Received | Arrival:
            assert gate.wait(PATIENCE_MS / 1000)
            return look(files, channel)

        patch.setattr(self.window.desk.intake, "look", slow)
        self.lay(*arrived)
        return gate

    def unlock(self) -> None:
        overlay = self.window.locking.overlay
        assert overlay is not None
        overlay.unlock_asked.emit("pelatihan")
        self.rest()
        self.qtbot.wait(0)
        assert not self.window.locking.closed

    def rest(self) -> None:
        self.qtbot.waitUntil(lambda: self.window.background.idle, timeout=15000)


@pytest.fixture
def counter(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> Counter:
    return Counter(qtbot, window, tmp_path)


def test_enter_keeps_an_answer_with_the_case_that_waits(profile: OpenProfile, counter: Counter) -> None:
    case = waiting(profile.desk)
    counter.lay(mail([papers("01")[1]], Subject=f"Re: {case.number}"))
    sheet = counter.asked()
    assert case.number in sheet.accessibleName()
    assert any(label.text().startswith("Subjek e-mail menyebut") for label in sheet.findChildren(QLabel))
    with counter.qtbot.waitSignal(counter.window.case_shown, timeout=15000):
        counter.press(Qt.Key.Key_Return)
    assert profile.desk.reading.case(case.id).state is CaseState.UNDER_REVIEW and count(profile.desk) == 1


def test_an_arrow_and_enter_make_it_a_request_of_its_own(profile: OpenProfile, counter: Counter) -> None:
    case = waiting(profile.desk)
    counter.lay(mail([papers("01")[1]], Subject=f"Re: {case.number}"))
    sheet = counter.asked()
    counter.press(Qt.Key.Key_Down)
    assert sheet.verb.text() == "Terima permohonan"
    with counter.qtbot.waitSignal(counter.window.case_shown, timeout=15000):
        counter.press(Qt.Key.Key_Return)
    assert profile.desk.reading.case(case.id).state is CaseState.AWAITING_APPLICANT and count(profile.desk) == 2


def test_enter_opens_a_case_for_each_of_two_people(profile: OpenProfile, counter: Counter) -> None:
    counter.lay(mail([*papers("01"), *papers("02")], Subject="dua orang"))
    assert counter.asked().accessibleName() == "Terima sebagai 2 kasus?"
    with counter.qtbot.waitSignal(counter.window.case_shown, timeout=15000) as shown:
        counter.press(Qt.Key.Key_Return)
    assert count(profile.desk) == 2
    assert profile.desk.reading.case(shown.args[0]).applicant.name.startswith("Sekar"), "the first is shown"


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Escape])
def test_what_is_no_request_gets_no_number_by_enter_or_esc(profile: OpenProfile, counter: Counter, key: Qt.Key) -> None:
    before = QApplication.focusWidget()
    counter.lay(MENU)
    counter.asked()
    counter.press(key)
    counter.rest()
    assert count(profile.desk) == 0
    assert QApplication.focusWidget() is before, "the keyboard is where it was"


def sheets(window: MainWindow) -> list[ArrivalSheet]:
    return [sheet for sheet in window.findChildren(ArrivalSheet) if sheet.isVisible()]


def foot_labels(window: MainWindow) -> list[ElidedLabel]:
    labels = window.findChildren(StatusLine)[0].findChildren(ElidedLabel)
    return [label for label in labels if not label.isHidden()]


def foot(window: MainWindow) -> str:
    return " · ".join(label.whole for label in foot_labels(window))


@pytest.fixture
def writing(counter: Counter) -> QPlainTextEdit:
    """The description of a complaint, in which the officer writes when something came in."""
    window = counter.window
    window.new_complaint()
    counter.rest()
    counter.qtbot.wait(0)
    area = next(edit for edit in window.findChildren(QPlainTextEdit) if edit.isVisible())
    area.setFocus()
    counter.qtbot.keyClicks(area, "Surat ")
    counter.lay(MENU)  # looked at before the next key is pressed
    counter.rest()
    return area


def test_over_what_is_being_written_it_waits_until_the_writing_pauses(
    profile: OpenProfile, counter: Counter, writing: QPlainTextEdit
) -> None:
    (waits,) = [label for label in foot_labels(counter.window) if "kiriman" in label.whole]
    assert "Ditanyakan setelah petugas berhenti mengetik atau dialog ditutup." in waits.toolTip()
    for word in ("kami ", "belum ", "dijawab"):
        assert not sheets(counter.window) and "1 kiriman menunggu ditanyakan" in foot(counter.window)
        counter.qtbot.keyClicks(QApplication.focusWidget(), word)
        counter.pause()
    assert not sheets(counter.window)
    counter.pause()
    sheet = counter.asked()
    assert "kiriman" not in foot(counter.window)
    counter.press(Qt.Key.Key_Down)
    with counter.qtbot.waitSignal(counter.window.intake.received, timeout=15000):
        counter.press(Qt.Key.Key_Return)
    assert sheet.left and count(profile.desk) == 1
    assert writing.toPlainText() == "Surat kami belum dijawab"


def test_of_many_that_come_in_none_cuts_the_pause_short(counter: Counter, writing: QPlainTextEdit) -> None:
    """Several mails dropped at once are looked at one shortly after the other."""
    counter.lay(OTHER, MENU)
    counter.rest()
    assert not sheets(counter.window) and "3 kiriman menunggu ditanyakan" in foot(counter.window)
    counter.qtbot.keyClicks(QApplication.focusWidget(), "kami")
    assert writing.toPlainText() == "Surat kami"
    counter.pause()
    assert not sheets(counter.window)
    counter.pause()
    for _arrived in range(3):
        counter.asked()
        counter.press(Qt.Key.Key_Escape)


def number_box() -> NumberBox:
    made = NumberBox()
    made.setMaximum(9999)
    return made


def written_box() -> QComboBox:
    """One in which something else than what it offers can be written."""
    made = QComboBox()
    made.setEditable(True)
    return made


@pytest.mark.parametrize("make", [number_box, written_box])
def test_it_waits_for_fields_that_hold_the_keyboard_instead_of_their_line(
    qtbot: QtBot, counter: Counter, make: Callable[[], QWidget]
) -> None:
    """None stands on a page today; in dialogs nothing comes over them anyway."""
    window, field = counter.window, make()
    field.setParent(window.cases)
    field.show()
    field.setFocus()
    qtbot.keyClicks(field, "1")
    counter.lay(MENU)
    counter.rest()
    assert not sheets(window) and QApplication.focusWidget() is field
    qtbot.keyClicks(field, "2")
    counter.pause()
    assert not sheets(window) and "1 kiriman menunggu ditanyakan" in foot(window)
    counter.pause()
    counter.asked()
    counter.press(Qt.Key.Key_Escape)


def test_whoever_leaves_the_form_is_asked_then(counter: Counter, writing: QPlainTextEdit) -> None:
    counter.press(Qt.Key.Key_Escape)
    assert not writing.isVisible()
    counter.asked()
    counter.press(Qt.Key.Key_Escape)


def test_what_waits_is_still_asked_about_when_the_window_is_made_anew(
    profile: OpenProfile, counter: Counter, writing: QPlainTextEdit
) -> None:
    counter.lay(OTHER)
    counter.qtbot.keyClicks(writing, "kami ")
    counter.rest()
    assert "2 kiriman menunggu ditanyakan" in foot(counter.window)
    counter.window.rebuild()
    first = counter.asked()
    counter.press(Qt.Key.Key_Escape)
    assert counter.asked() is not first
    counter.press(Qt.Key.Key_Escape)
    assert count(profile.desk) == 0 and "kiriman" not in foot(counter.window)


def test_what_is_being_looked_at_is_not_lost_with_the_window_that_is_made_anew(
    profile: OpenProfile, counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = counter.lay_slowly(monkeypatch, MENU)
    counter.window.rebuild()
    counter.qtbot.wait(0)  # what was seen before is gone by then
    gate.set()
    counter.asked()
    counter.press(Qt.Key.Key_Down)
    with counter.qtbot.waitSignal(counter.window.case_shown, timeout=15000):
        counter.press(Qt.Key.Key_Return)
    assert count(profile.desk) == 1


def test_behind_the_lock_nothing_is_asked_and_afterwards_one_thing_at_a_time(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = counter.lay_slowly(monkeypatch, MENU, OTHER)
    counter.window.lock()
    gate.set()
    counter.rest()
    counter.unlock()
    first = counter.asked()
    assert "1 kiriman menunggu ditanyakan" in foot(counter.window)
    counter.press(Qt.Key.Key_Escape)
    assert counter.asked() is not first
    counter.press(Qt.Key.Key_Escape)
    assert not sheets(counter.window) and "kiriman" not in foot(counter.window)


def test_who_unlocks_the_window_finds_what_was_being_written_uncovered(
    counter: Counter, monkeypatch: pytest.MonkeyPatch, writing: QPlainTextEdit
) -> None:
    gate = counter.lay_slowly(monkeypatch, OTHER)
    counter.window.lock()
    gate.set()
    counter.rest()
    counter.pause()
    counter.unlock()
    assert not sheets(counter.window) and QApplication.focusWidget() is writing
    assert "2 kiriman menunggu ditanyakan" in foot(counter.window)
    counter.qtbot.keyClicks(writing, "kami")
    counter.pause()
    assert not sheets(counter.window)
    counter.pause()
    counter.asked()
    counter.press(Qt.Key.Key_Escape)
    counter.asked()
    counter.press(Qt.Key.Key_Escape)
    assert writing.toPlainText() == "Surat kami"


def test_what_was_being_asked_is_asked_again_in_a_window_that_is_made_anew(
    profile: OpenProfile, counter: Counter
) -> None:
    """Behind the lock, when new settings had been saved: the dialog belongs to what is seen no more."""
    counter.lay(MENU, OTHER)
    counter.asked()
    asked = counter.told()
    counter.press(Qt.Key.Key_Down)
    counter.window.lock()
    counter.window.rebuild()
    counter.unlock()
    assert buttons(counter.asked()) == ["Jangan terima"] and counter.told() == asked
    assert "1 kiriman menunggu ditanyakan" in foot(counter.window)
    counter.press(Qt.Key.Key_Down)
    with counter.qtbot.waitSignal(counter.window.intake.received, timeout=15000):
        counter.press(Qt.Key.Key_Return)
    assert count(profile.desk) == 1
    counter.asked()
    assert {asked, counter.told()} == {"Menu", "Menu besok"}
    counter.press(Qt.Key.Key_Escape)
    assert count(profile.desk) == 1 and "kiriman" not in foot(counter.window)


def buttons(sheet: ArrivalSheet) -> list[str]:
    return [button.text() for button in sheet.findChildren(HintButton) if button.isVisible()]


def test_the_officer_may_take_it_all_the_same(profile: OpenProfile, counter: Counter) -> None:
    counter.lay(MENU)
    sheet = counter.asked()
    assert buttons(sheet) == ["Jangan terima"], "leaving it does the same: one button"
    counter.press(Qt.Key.Key_Down)
    assert sheet.verb.text() == "Tetap terima" and buttons(sheet) == ["Batal", "Tetap terima"]
    with counter.qtbot.waitSignal(counter.window.case_shown, timeout=15000):
        counter.press(Qt.Key.Key_Return)
    assert count(profile.desk) == 1


def test_who_is_not_sure_takes_it_with_the_question_kept_in_the_case(profile: OpenProfile, counter: Counter) -> None:
    counter.lay(MENU)
    sheet = counter.asked()
    counter.press(Qt.Key.Key_Down)
    counter.press(Qt.Key.Key_Down)
    assert sheet.verb.text() == "Terima dan tanyakan"
    with counter.qtbot.waitSignal(counter.window.case_shown, timeout=15000) as shown:
        counter.press(Qt.Key.Key_Return)
    assert open_questions(profile.desk.reading.case(shown.args[0])) == (
        "Apakah berkas ini permohonan pencabutan dan penerbitan ulang?",
    )


def test_they_are_asked_about_one_after_another_and_over_no_other_dialog(
    profile: OpenProfile, counter: Counter
) -> None:
    counter.window.intake.begin_walk_in()
    counter.lay(MENU, OTHER)
    counter.rest()
    assert not sheets(counter.window) and "2 kiriman menunggu ditanyakan" in foot(counter.window)
    counter.press(Qt.Key.Key_Escape)
    first = counter.asked()
    counter.press(Qt.Key.Key_Escape)
    assert counter.asked() is not first
    counter.press(Qt.Key.Key_Escape)
    assert count(profile.desk) == 0
