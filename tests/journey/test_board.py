"""What presses today, over the list of the cases: each figure is true, opens its list, and is silent at nought."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from lockdesk.app import OpenProfile
from lockdesk.desk.values.cases import CaseFilter, Waiting
from lockdesk.desk.values.sheets import PaperSize
from lockdesk.errors import Unsettled
from lockdesk.store import journal_reads, tables
from lockdesk.ui.complaints.page import ComplaintsPage
from lockdesk.ui.day.end import DayEndSheet
from lockdesk.ui.shell.application import MainWindow
from lockdesk.ui.widgets.sheet import sheet_is_open
from tests.helpers.desk.counter import form, text_of
from tests.helpers.desk.office import SetClock
from tests.helpers.desk.steps import misbehave, receive, revoke, verified, verify, waiting
from tests.helpers.window.real_window import PATIENCE_MS, real_window, rest


def figures(profile: OpenProfile) -> tuple[int, int, int, int, int]:
    board = profile.desk.reading.status().board
    waiting_ones = board.applicant.count + board.ca.count
    return board.late, board.due_today, board.unsettled, waiting_ones, board.complaints_near


def numbers(profile: OpenProfile, which: CaseFilter) -> list[int]:
    return [row.id for row in profile.desk.reading.page(which, None, 50).rows]


def test_a_case_is_due_then_late_and_a_waiting_one_is_neither(profile: OpenProfile, clock: SetClock) -> None:
    assert figures(profile) == (0, 0, 0, 0, 0)
    pressing, pausing = receive(profile.desk, "02"), waiting(profile.desk).id
    assert figures(profile) == (0, 0, 0, 1, 0), "due on Tuesday at 15.45"
    clock.forward(days=1)
    assert figures(profile) == (0, 1, 0, 1, 0) and numbers(profile, CaseFilter.DUE_TODAY) == [pressing]
    clock.forward(hours=7, minutes=39)  # 15.44
    assert figures(profile)[:2] == (0, 1)
    clock.forward(minutes=2)
    assert figures(profile)[:2] == (1, 0)
    assert numbers(profile, CaseFilter.LATE) == [pressing] and numbers(profile, CaseFilter.WAITING_APPLICANT) == [
        pausing
    ]
    profile.desk.review.withdraw(pressing, "Pemohon menarik permohonannya.")
    assert figures(profile)[:2] == (0, 0), "what is closed presses nobody"


def test_the_board_says_for_whom_one_waits_and_since_when(profile: OpenProfile, clock: SetClock) -> None:
    desk = profile.desk
    pausing, since = waiting(desk).id, clock.now()
    clock.forward(days=1)
    misbehave(desk, "approval")
    asked = receive(desk, "02")
    verify(desk, asked)
    revoke(desk, asked)
    desk.operations.reissue(asked)
    escalated = desk.complaints.receive(form())
    clock.forward(days=1)
    desk.complaints.escalate(escalated, "Perlu keputusan anggaran.", "Contoh Kepala Bidang")
    board = desk.reading.status().board
    assert board.applicant == Waiting(1, since) and numbers(profile, CaseFilter.WAITING_APPLICANT) == [pausing]
    assert board.ca == Waiting(1, since + timedelta(days=1)) and numbers(profile, CaseFilter.WAITING_CA) == [asked]
    assert board.official == Waiting(1, clock.now())
    text = text_of(desk.prints.make("day", 0, PaperSize.A4).pdf)
    assert "menunggu CA sejak 24 November 2026" in text and "1 pengaduan di pejabat pengaduan" in text
    left = text_of(desk.prints.make("handover", 0, PaperSize.A4).pdf)
    assert "menunggu CA sejak 24 November 2026" in left and "Contoh Petugas, NIP 19850101" in left
    assert "Frasa sandi tidak diserahkan" in left and "Kepala Bidang Aplikasi dan Persandian" in left


def test_what_may_have_happened_at_the_authority_presses(profile: OpenProfile) -> None:
    case_id = verified(profile.desk)
    misbehave(profile.desk, "die_after")
    with pytest.raises(Unsettled):
        revoke(profile.desk, case_id)
    assert figures(profile)[2] == 1 and numbers(profile, CaseFilter.UNSETTLED) == [case_id]


def test_a_complaint_presses_three_working_days_before_its_limit(profile: OpenProfile, clock: SetClock) -> None:
    number = profile.desk.complaints.receive(form())  # until Friday, 11 December
    profile.desk.complaints.respond(number, "Sedang ditelusuri.")  # verified and first answered
    clock.forward(days=14)  # Monday, 7 December
    assert figures(profile)[4] == 0
    clock.forward(days=1)
    assert figures(profile)[4] == 1
    clock.forward(days=10)
    assert figures(profile)[4] == 1, "past its limit even more so"
    profile.desk.complaints.respond(number, "Sudah dijelaskan.")
    profile.desk.complaints.resolve(number, "Selesai.")
    assert figures(profile)[4] == 0


def ends(profile: OpenProfile) -> int:
    """How often a day was ended, by the journal."""
    found = profile.casebook._read(lambda: journal_reads.entries(tables.database.execute_sql, 0, 1000))
    return sum("desk.day_closed" in str(entry.body) for entry in found)


def button(window: MainWindow, name: str) -> QPushButton:
    found = window.cases.board.findChild(QPushButton, name)
    assert found is not None
    return found


def rows(window: MainWindow) -> int:
    return window.cases.list.model.loaded


def test_a_figure_opens_its_list_by_keyboard_and_mouse(qtbot: QtBot, profile: OpenProfile, clock: SetClock) -> None:
    receive(profile.desk, "02")
    waiting(profile.desk)
    profile.desk.complaints.receive(form())
    profile.desk.complaints.escalate(profile.desk.complaints.receive(form()), "Perlu keputusan.", "Contoh Kepala")
    clock.forward(days=16)
    with real_window(qtbot, profile.desk) as window:
        rest(qtbot, window)
        late = button(window, "late")
        assert late.isVisible() and not button(window, "due_today").isVisible()
        assert rows(window) == 2
        late.setFocus()
        qtbot.keyClick(late, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: rows(window) == 1, timeout=PATIENCE_MS)
        waiting_ones = button(window, "waiting_applicant")
        assert waiting_ones.text() == "1 di pemohon (16 hari)"
        qtbot.mouseClick(waiting_ones, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: window.work.listing.chosen == CaseFilter.WAITING_APPLICANT, timeout=PATIENCE_MS)
        assert not late.isChecked()
        qtbot.mouseClick(button(window, "board-complaints-escalated"), Qt.MouseButton.LeftButton)
        rest(qtbot, window)
        page = window.findChildren(ComplaintsPage)[0]
        qtbot.waitUntil(lambda: page.work.listing.chosen == "escalated", timeout=PATIENCE_MS)
        assert page.isVisible() and page.list.model.loaded == 1


def test_the_day_is_ended_with_what_is_still_open_in_sight(qtbot: QtBot, profile: OpenProfile, clock: SetClock) -> None:
    desk = profile.desk
    pressing, pausing = receive(desk, "02"), waiting(desk).id
    desk.review.start(pressing)
    with real_window(qtbot, desk) as window:
        rest(qtbot, window)
        window.begin("close_day")
        rest(qtbot, window)
        sheet = window.findChildren(DayEndSheet)[0]
        lines = [sheet.view.model().index(place, 0).data() for place in range(sheet.view.model().rowCount())]
        assert len(lines) == 2 and "belum ditelepon" in lines[0], "each case once, the heavier first"
        assert any("cadangan" in item.text() for item in sheet.findChildren(QLabel))
        qtbot.keyClick(sheet.view, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: window.work.held is not None and window.work.held.case.id == pressing)
        assert not sheet_is_open(window) and ends(profile) == 0, "looking ends no day"
        window.begin("close_day")
        rest(qtbot, window)
        sheet = next(item for item in window.findChildren(DayEndSheet) if item.isVisible())
        qtbot.mouseClick(sheet.verb, Qt.MouseButton.LeftButton)
        rest(qtbot, window)
        assert ends(profile) == 1
        assert pausing in [row.id for row in desk.reading.day_end().rows[CaseFilter.WAITING_APPLICANT]]
        for case_id in (pressing, pausing):
            desk.review.withdraw(case_id, "Pemohon menarik permohonannya.")
        window.begin("close_day")
        rest(qtbot, window)
        sheet = next(item for item in window.findChildren(DayEndSheet) if item.isVisible())
        assert sheet.verb.hasFocus(), "where nothing is open, Enter ends the day and prints nothing"
        sheet.reject()


def test_what_is_open_is_printed_on_one_page(profile: OpenProfile, clock: SetClock) -> None:
    desk = profile.desk
    pressing, pausing = receive(desk, "02"), waiting(desk).id
    clock.forward(days=2)
    text = text_of(desk.prints.make("day", 0, PaperSize.A4).pdf)
    assert "Keadaan layanan hari ini" in text and "25 November 2026" in text and "Belum ada cadangan" in text
    for case_id, reason in ((pressing, "terlambat"), (pausing, "menunggu pemohon sejak 23 November 2026")):
        case = desk.reading.case(case_id)
        assert case.number in text.replace("- ", "-") and case.applicant.name in text and reason in text
        assert case.applicant.nip not in text.replace(" ", "")


def test_the_next_working_days_limits_are_told(profile: OpenProfile, clock: SetClock) -> None:
    clock.forward(days=4, hours=1)  # Friday, 27 November, 09.05
    case_id = receive(profile.desk, "02")  # due on Monday
    found = profile.desk.reading.day_end().rows
    assert [row.id for row in found[CaseFilter.DUE_NEXT]] == [case_id]
    clock.forward(days=3)
    found = profile.desk.reading.day_end().rows
    assert [row.id for row in found[CaseFilter.DUE_TODAY]] == [case_id] and not found[CaseFilter.DUE_NEXT]
