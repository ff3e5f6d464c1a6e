"""A year's closed days: from the calendar, a decree or the officer; the year view; the turn of the year."""

from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from lockdesk.app import OpenProfile
from lockdesk.core.almanac import DayKind, working_days, year_of
from lockdesk.core.service_hours import Calendar, HoursOverride
from lockdesk.desk.values.reports import BookFilter, BookKind
from lockdesk.errors import Declined
from lockdesk.ui.office.calendar_page import CalendarPage
from lockdesk.ui.widgets.questions import ConfirmSheet
from tests.helpers.desk.office import SetClock
from tests.helpers.desk.steps import receive
from tests.helpers.desk.week import CLOSED, WEEK, WIB
from tests.helpers.window.real_window import PATIENCE_MS, real_window, rest

DECREE = """No;Tanggal;Keterangan
1;Senin, 8 Maret 2027;Hari Suci Nyepi (SKB)
2;2027-12-24;Cuti Bersama Natal
3;17/08/2027;Hari Kemerdekaan
4;tanggal 32 Maret 2027;Salah tulis
"""


def days_of(profile: OpenProfile, year: int) -> dict[date, tuple[str, bool, str]]:
    found = profile.desk.setup.closed_days(year)
    return {row.day: (row.reason, row.manual, row.source) for row in found}


def test_a_decree_goes_over_the_calendar_and_under_the_officer(profile: OpenProfile) -> None:
    setup = profile.desk.setup
    setup.add_closed_day(date(2027, 8, 17), "Upacara kantor")
    setup.remove_closed_day(date(2027, 12, 24))
    decree = profile.desk.read_decree(DECREE.encode(), "skb-2027.csv")
    assert len(decree.days) == 3 and decree.unread == (5,)
    setup.import_decree(decree)
    setup.keep_calendar()
    days = days_of(profile, 2027)
    assert days[date(2027, 3, 8)] == ("Hari Suci Nyepi (SKB)", False, "skb-2027.csv")
    assert days[date(2027, 8, 17)] == ("Upacara kantor", True, "")
    assert date(2027, 12, 24) not in days
    assert profile.casebook.verify_journal().whole


def test_a_decree_is_read_from_a_workbook_too(profile: OpenProfile) -> None:
    book, content = Workbook(), BytesIO()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Tanggal", "Hari", "Nama"])
    sheet.append([datetime(2028, 12, 26), "Selasa", "Cuti Bersama Natal"])  # noqa: DTZ001 - a cell has no zone
    book.save(content)
    decree = profile.desk.read_decree(content.getvalue(), "skb.xlsx")
    assert decree.days == ((date(2028, 12, 26), "Cuti Bersama Natal"),)


@pytest.mark.parametrize("content", [b"", b"nama;unit\nSari;Dinas", b"\x00\x01", b"2027-01-01;"])
def test_a_sheet_without_days_is_refused(profile: OpenProfile, content: bytes) -> None:
    with pytest.raises(Declined, match="tidak memuat daftar hari tutup"):
        profile.desk.read_decree(content, "x.csv")


def test_from_october_on_the_missing_leave_of_next_year_is_told(profile: OpenProfile, clock: SetClock) -> None:
    """The program's calendar does not know the joint leave of 2028."""
    clock.at = datetime(2027, 9, 30, 3, tzinfo=UTC)
    profile.desk.setup.keep_calendar()
    assert profile.desk.reading.status().leave_unknown == 0
    clock.at = datetime(2027, 10, 1, 3, tzinfo=UTC)
    assert profile.desk.reading.status().leave_unknown == 2028
    decree = profile.desk.read_decree(b"Tanggal;Nama\n2028-12-26;Cuti Bersama Natal\n", "skb-2028.csv")
    profile.desk.setup.import_decree(decree)
    assert profile.desk.reading.status().leave_unknown == 0


def test_a_new_year_numbers_anew_and_open_cases_keep_theirs(profile: OpenProfile, clock: SetClock) -> None:
    clock.at = datetime(2026, 12, 30, 3, tzinfo=UTC)
    old = receive(profile.desk, "01")
    number = profile.desk.reading.case(old).number
    clock.at = datetime(2027, 1, 4, 3, tzinfo=UTC)
    profile.desk.setup.keep_calendar()
    new = profile.desk.reading.case(receive(profile.desk, "02")).number
    assert number == "LATIH-LOCK-2026-0001" and new == "LATIH-LOCK-2027-0001"
    assert profile.desk.reading.case(old).number == number


def test_in_january_the_old_years_books_are_closed_once_and_open_cases_go_on(
    qtbot: QtBot, profile: OpenProfile, clock: SetClock
) -> None:
    desk = profile.desk
    clock.at = datetime(2026, 12, 30, 3, tzinfo=UTC)
    old = receive(desk, "01")
    assert desk.close_old_books() == ()
    clock.at = datetime(2027, 1, 4, 3, tzinfo=UTC)
    with real_window(qtbot, desk) as window:
        qtbot.waitUntil(lambda: desk.closing.of(2026, BookKind.COMPLAINTS) is not None, timeout=15000)
        rest(qtbot, window)
    closing = desk.closing.of(2026, BookKind.CASES)
    assert closing is not None
    assert (closing.rows, closing.open, closing.last) == (1, 1, "LATIH-LOCK-2026-0001")
    words = desk.books.read(BookFilter(BookKind.CASES, 2026)).closed
    assert words.startswith("Buku 2026 ditutup 4 Januari 2027: 1 catatan, nomor terakhir LATIH-LOCK-2026-0001.")
    assert "1 masih berjalan dan tetap bernomor sama" in words
    assert not desk.books.read(BookFilter(BookKind.CASES, 2027)).closed
    desk.review.withdraw(old, "Pemohon menarik permohonan.")
    assert desk.close_old_books() == () and desk.closing.of(2026, BookKind.CASES) == closing
    assert profile.casebook.verify_journal().whole


def test_a_year_tells_what_every_day_is() -> None:
    ramadan = HoursOverride(date(2027, 2, 8), date(2027, 2, 12), {0: WEEK[4]}, "Ramadan")
    days = {facts.day: facts for facts in year_of(Calendar(WIB, WEEK, CLOSED, (ramadan,)), 2027)}
    assert len(days) == 365
    assert (days[date(2027, 3, 8)].kind, days[date(2027, 3, 8)].reason) == (DayKind.CLOSED, "Hari Suci Nyepi")
    assert (days[date(2027, 2, 8)].kind, days[date(2027, 2, 8)].reason) == (DayKind.SPECIAL, "Ramadan")
    assert days[date(2027, 2, 9)].kind is DayKind.REST, "the dated hours leave Tuesday out"
    assert days[date(2027, 1, 2)].kind is DayKind.REST
    assert days[date(2027, 1, 4)].kind is DayKind.WORKING
    # 64 weekdays from January to March, six of them closed, four without hours in Ramadan.
    assert working_days(tuple(days.values())) == (64 - 6 - 4, 65, 66, 66)


def texts(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def press(widget: QWidget, name: str) -> None:
    next(b for b in widget.findChildren(QAbstractButton) if name in {b.text(), b.accessibleName()}).click()


def test_the_calendar_page_tells_removes_and_takes_back(
    qtbot: QtBot, profile: OpenProfile, clock: SetClock, tmp_path: Path
) -> None:
    clock.at = datetime(2026, 11, 23, 2, tzinfo=UTC)
    case_id = receive(profile.desk, "01")
    due = profile.desk.reading.case(case_id).due_at
    profile.desk.setup.add_closed_day(date(2026, 11, 24), "Pilkada rekaan")
    late = profile.desk.reading.case(case_id).due_at
    assert due is not None and late is not None and late > due
    with real_window(qtbot, profile.desk) as window:
        window.begin("calendar")
        rest(qtbot, window)
        page = window.findChildren(CalendarPage)[-1]
        assert page.pointed.text() == "Senin, 23 November 2026: buka 08.00–12.00, 13.00–15.45"
        qtbot.keyClick(page.view, Qt.Key.Key_Right)
        assert page.pointed.text() == "Selasa, 24 November 2026: tutup, Pilkada rekaan"
        assert page.view.accessibleDescription() == page.pointed.text()
        corner = page.view.box_of(date(2026, 12, 25)).center().toPoint()
        qtbot.mouseClick(page.view, Qt.MouseButton.LeftButton, pos=QPoint(corner))
        assert page.pointed.text().startswith("Jumat, 25 Desember 2026: tutup")
        before = page.counts.text()
        press(page, "Hapus 24 November 2026")
        sheet = window.findChildren(ConfirmSheet)[-1]
        assert "24 November 2026" in texts(sheet) and "menjadi hari kerja" not in texts(sheet), "a Sunday never is"
        assert profile.desk.reading.case(case_id).due_at == late
        sheet.verb.click()
        rest(qtbot, window)
        assert profile.desk.reading.case(case_id).due_at == due and page.counts.text() != before
        undo = QApplication.focusWidget()
        assert isinstance(undo, QAbstractButton) and undo.text() == "Urungkan", "the row that had the keyboard is gone"
        qtbot.waitUntil(lambda: undo.visibleRegion().boundingRect() == undo.rect(), timeout=PATIENCE_MS)  # scrolled to
        press(page, "Urungkan")
        rest(qtbot, window)
        assert page.days.day.visibleRegion().boundingRect() == page.days.day.rect()
        told = next(word for word in page.findChildren(QLabel) if "kembali menjadi hari tutup" in word.text())
        assert not told.visibleRegion().isEmpty(), "what was done is read where one goes on"
        assert profile.desk.reading.case(case_id).due_at == late and page.counts.text() == before
        assert "diisi petugas" in texts(page) and "kalender" in texts(page)
        page.days.reason.setText("Rapat rekaan")
        qtbot.keyClick(page.days.reason, Qt.Key.Key_Return)
        rest(qtbot, window)
        assert "Rapat rekaan" in texts(page), "Enter adds it"
        decree = tmp_path / "skb-2026.csv"
        decree.write_text("Tanggal;Nama\n2026-12-28;Cuti Bersama Rekaan\n")
        page.days.open_decree(str(decree))
        rest(qtbot, window)
        window.findChildren(ConfirmSheet)[-1].verb.click()
        rest(qtbot, window)
        assert "skb-2026.csv" in texts(page) and "Cuti Bersama Rekaan" in texts(page)
