"""The print sheet: there at once, all pages of it; what was made, sent and became of it is told."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel
from pytestqt.qtbot import QtBot

from lockdesk.desk.requests.steps import CaseAction
from lockdesk.desk.values.facts import PagePixels
from lockdesk.desk.values.sheets import EarlierPrint, JobState, JobStatus, LayoutStopped, PagesTold, PaperSize, PrintJob
from lockdesk.errors import Unreachable
from lockdesk.ui.dialogs.notice import HandOverSheet
from lockdesk.ui.look.times import here
from lockdesk.ui.prints.offers import MEMORY, PrintMemory
from lockdesk.ui.prints.print_sheet import PrintSheet
from lockdesk.ui.prints.printer_choice import SendSheet
from lockdesk.ui.shell.application import MainWindow
from lockdesk.ui.widgets.page_canvas import PageCanvas
from lockdesk.ui.widgets.questions import ErrorSheet
from lockdesk.ui.widgets.sheet import Sheet
from tests.ui.fake_desk import UNDECIDED, FakeDesk

ShowCase = Callable[[MainWindow, int], None]
KEPT = EarlierPrint(31, "receipt", "LOCK-2026-0042", PaperSize.ROLL80, 1187, datetime(2026, 11, 20, 3, 12, tzinfo=UTC))


def words_of(sheet: Sheet) -> str:
    return " ".join(shown.text() for shown in sheet.findChildren(QLabel) if shown.isVisibleTo(sheet))


def button(sheet: Sheet, words: str) -> QAbstractButton:
    return next(found for found in sheet.findChildren(QAbstractButton) if found.text() == words)


@pytest.fixture
def opened(qtbot: QtBot, window: MainWindow, show_case: ShowCase) -> Callable[[], PrintSheet]:
    def open_sheet() -> PrintSheet:
        show_case(window, UNDECIDED)
        window.begin(f"case.{CaseAction.PRINT}")

        def ready() -> bool:
            found = [sheet for sheet in window.findChildren(PrintSheet) if sheet.isVisible()]
            return bool(found) and found[-1].preview.isVisible() and window.background.idle

        qtbot.waitUntil(ready)
        return next(sheet for sheet in window.findChildren(PrintSheet) if sheet.isVisible())

    return open_sheet


def pick(sheet: PrintSheet, qtbot: QtBot, window: MainWindow, place: int, data: str) -> None:
    box = sheet.boxes[place]
    box.setCurrentIndex(box.findData(data))
    qtbot.waitUntil(lambda: sheet.verb.isEnabled() and window.background.idle)


def test_the_preview_is_there_when_the_sheet_opens_and_prints_nothing(
    opened: Callable[[], PrintSheet], desk: FakeDesk
) -> None:
    sheet = opened()
    assert [call[1:] for call in desk.state.called("preview")] == [("receipt", UNDECIDED, PaperSize.A5)]
    assert not desk.state.called("print")
    assert sheet.preview.isVisible()


def test_every_page_is_shown_and_drawn_when_it_comes_into_view(
    qtbot: QtBot, window: MainWindow, opened: Callable[[], PrintSheet], desk: FakeDesk
) -> None:
    desk.pages.picture = PagePixels(0, 60, 85, 240, bytes([250]) * (60 * 85 * 4), pages=3)
    sheet = opened()
    preview = sheet.preview
    assert preview.count == 3 and "Halaman 1 dari 3" in words_of(sheet)
    pages = preview.findChildren(PageCanvas)
    assert pages[-1]._image.isNull()
    preview.setFocus()
    for _press in range(12):
        qtbot.keyClick(preview, Qt.Key.Key_PageDown)
    qtbot.waitUntil(lambda: window.background.idle and not pages[-1]._image.isNull())
    assert "Halaman 3 dari 3" in words_of(sheet)


def test_what_is_printed_is_made_sent_once_and_followed(
    qtbot: QtBot, window: MainWindow, opened: Callable[[], PrintSheet], desk: FakeDesk
) -> None:
    sheet = opened()
    copies = next(box for box in sheet.findChildren(QComboBox) if box.findData("20") >= 0)
    copies.setCurrentIndex(copies.findData("3"))
    sheet.verb.click()
    qtbot.waitUntil(lambda: "Tercetak di printer Loket." in words_of(sheet), timeout=15_000)
    assert desk.state.called("print") == [("print", "receipt", UNDECIDED, PaperSize.A5)]
    assert desk.state.called("send") == [("send", "Loket", 3)]
    sheet.verb.click()
    qtbot.waitUntil(lambda: len(desk.state.called("send")) == 2 and window.background.idle)
    assert len(desk.state.called("print")) == 1, "the same print goes out again, it is not made anew"


def test_one_more_enter_leaves_and_prints_no_second_copy(
    qtbot: QtBot, window: MainWindow, opened: Callable[[], PrintSheet], desk: FakeDesk
) -> None:
    sheet = opened()
    qtbot.keyClick(sheet.boxes[0], Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Tercetak di printer Loket." in words_of(sheet), timeout=15_000)
    assert sheet.verb.text() == "Cetak lagi"
    focused = QApplication.focusWidget()
    assert focused is not None
    qtbot.keyClick(focused, Qt.Key.Key_Return)
    assert sheet.left and len(desk.state.called("send")) == 1


@pytest.mark.parametrize(
    ("state", "told"), [(JobState.PRINTED, "Tercetak"), (JobState.DROPPED, "dibatalkan oleh printer")]
)
def test_enter_prints_what_was_not_printed_yet(
    qtbot: QtBot, window: MainWindow, opened: Callable[[], PrintSheet], desk: FakeDesk, state: JobState, told: str
) -> None:
    desk.state.job_status = JobStatus(state, "")
    sheet = opened()
    sheet.verb.click()
    qtbot.waitUntil(lambda: told in words_of(sheet) and sheet.verb.isEnabled(), timeout=15_000)
    if state is JobState.PRINTED:
        pick(sheet, qtbot, window, 1, "80 mm")
    assert sheet.verb.text() == "Cetak"
    sheet.boxes[0].setFocus()
    qtbot.keyClick(sheet.boxes[0], Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(desk.state.called("send")) == 2)
    assert not sheet.left


def test_printer_and_paper_are_remembered(
    qtbot: QtBot, window: MainWindow, opened: Callable[[], PrintSheet], desk: FakeDesk
) -> None:
    sheet = opened()
    pick(sheet, qtbot, window, 1, "80 mm")
    printers = next(box for box in sheet.findChildren(QComboBox) if box.findData("Ruang belakang") >= 0)
    printers.setCurrentIndex(printers.findData("Ruang belakang"))
    sheet.verb.click()
    qtbot.waitUntil(lambda: bool(desk.state.called("send")) and window.background.idle)
    kept = json.loads(desk.drafts.kept[MEMORY])
    assert kept == {"printer": "Ruang belakang", "papers": {"receipt": "80 mm"}}
    sheet.reject()
    again = opened()
    assert again.boxes[1].currentData() == "80 mm"
    again.verb.click()
    qtbot.waitUntil(lambda: len(desk.state.called("send")) == 2)
    assert desk.state.called("send")[-1][1] == "Ruang belakang"


@pytest.mark.parametrize("kept", ["", "{", "[]", '{"papers": []}', '{"papers": {"receipt": "A3"}, "printer": 7}'])
def test_what_is_remembered_may_be_anything(kept: str, opened: Callable[[], PrintSheet], desk: FakeDesk) -> None:
    desk.drafts.kept[MEMORY] = kept
    assert opened().boxes[1].currentData() == "A5"


@pytest.mark.parametrize(
    ("reason", "told"), [("Paused", " (dijeda)"), ("Fuser too hot.", " (kata printer: Fuser too hot)"), ("", "")]
)
def test_what_a_printer_says_in_its_own_words_is_told_as_such(
    qtbot: QtBot, window: MainWindow, opened: Callable[[], PrintSheet], desk: FakeDesk, reason: str, told: str
) -> None:
    desk.state.job_status = JobStatus(JobState.WAITING, reason)
    sheet = opened()
    sheet.verb.click()
    qtbot.waitUntil(lambda: f"Menunggu printer Loket{told}. " in words_of(sheet))
    button(sheet, "Batalkan di antrean").click()
    qtbot.waitUntil(lambda: bool(desk.state.called("cancel")) and window.background.idle)


def test_a_printer_that_does_not_print_is_told_with_the_way_on(
    qtbot: QtBot, window: MainWindow, opened: Callable[[], PrintSheet], desk: FakeDesk
) -> None:
    desk.state.job_status = JobStatus(JobState.WAITING, "Paused")
    sheet = opened()
    cancel = button(sheet, "Batalkan di antrean")
    assert not cancel.isVisible()
    sheet.verb.click()
    said = list[str]()
    window.services.printing.said.connect(said.append)
    qtbot.waitUntil(cancel.isVisible, timeout=15_000)
    assert "Atau batalkan, lalu pilih printer lain." in words_of(sheet)
    assert not [words for words in said if "batalkan" in words], "in the foot there is no button for it"
    assert "Menunggu printer Loket (dijeda)" in words_of(sheet) and "pilih printer lain" in words_of(sheet)
    cancel.click()
    qtbot.waitUntil(lambda: bool(desk.state.called("cancel")) and window.background.idle)
    assert desk.state.called("cancel") == [("cancel", "Loket-1")]
    assert "Menunggu printer" not in words_of(sheet) and "dibatalkan di antrean" in words_of(sheet)
    assert sheet.verb.isEnabled()


def test_what_a_print_waits_for_is_said_once_and_not_over_and_over(
    qtbot: QtBot, window: MainWindow, opened: Callable[[], PrintSheet], desk: FakeDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    window.services.printing.said.connect(said.append)
    asked: list[PrintJob] = []

    def status(job: PrintJob) -> JobStatus:
        asked.append(job)
        return JobStatus(JobState.WAITING, "Paused")

    monkeypatch.setattr(desk.queueing, "status", status)
    opened().verb.click()
    qtbot.waitUntil(lambda: len(asked) > 2 and window.background.idle, timeout=15_000)
    assert len([words for words in said if words.startswith("Menunggu printer")]) == 1


def test_a_kept_print_is_shown_and_printed_as_a_duplicate(
    qtbot: QtBot, window: MainWindow, opened: Callable[[], PrintSheet], desk: FakeDesk
) -> None:
    desk.state.earlier = (KEPT,)
    sheet = opened()
    assert sheet.boxes[0].itemText(sheet.boxes[0].findData("31")) == (
        "Tersimpan: Tanda terima permohonan, 20 November 2026 10.12"
    )
    pick(sheet, qtbot, window, 0, "31")
    assert desk.state.called("show_print") == [("show_print", 31)]
    assert not sheet.boxes[1].isEnabled() and sheet.boxes[1].currentData() == "80 mm"
    assert "SALINAN" in words_of(sheet)
    sheet.verb.click()
    qtbot.waitUntil(lambda: bool(desk.state.called("send")) and window.background.idle)
    assert desk.state.called("duplicate") == [("duplicate", 31)] and not desk.state.called("print")


def test_without_a_printer_the_way_on_is_a_pdf(
    qtbot: QtBot, window: MainWindow, opened: Callable[[], PrintSheet], desk: FakeDesk
) -> None:
    desk.state.printers = ()
    sheet = opened()
    sheet.verb.click()
    qtbot.waitUntil(lambda: any(found.isVisible() for found in window.findChildren(ErrorSheet)))
    told = next(found for found in window.findChildren(ErrorSheet) if found.isVisible())
    assert "PDF" in words_of(told)
    assert not desk.state.called("print"), "nothing is journalled as printed"
    told.reject()


def test_a_print_that_cannot_be_sent_is_kept_for_another_printer(
    qtbot: QtBot, window: MainWindow, opened: Callable[[], PrintSheet], desk: FakeDesk
) -> None:
    desk.state.failures["send"] = Unreachable("Printer tidak tersedia.", "Simpan sebagai PDF.")
    sheet = opened()
    sheet.verb.click()
    qtbot.waitUntil(lambda: any(found.isVisible() for found in window.findChildren(ErrorSheet)))
    next(found for found in window.findChildren(ErrorSheet) if found.isVisible()).reject()
    del desk.state.failures["send"]
    assert sheet.verb.isEnabled()
    sheet.verb.click()
    qtbot.waitUntil(lambda: len(desk.state.called("send")) == 2 and window.background.idle)
    assert len(desk.state.called("print")) == 1


def test_a_late_preview_of_another_paper_is_dropped(
    qtbot: QtBot, window: MainWindow, opened: Callable[[], PrintSheet]
) -> None:
    sheet = opened()
    other = replace(sheet.wanted, paper=PaperSize.A4)
    sheet.show_preview(other, b"%PDF other")
    assert sheet._pdf == b"%PDF"


def sending(qtbot: QtBot, window: MainWindow) -> SendSheet:
    qtbot.waitUntil(lambda: any(found.isVisible() for found in window.findChildren(SendSheet)))
    return next(found for found in window.findChildren(SendSheet) if found.isVisible())


def printer_of(sheet: Sheet) -> QComboBox:
    return next(box for box in sheet.findChildren(QComboBox) if box.accessibleName() == "Printer")


def test_what_is_printed_is_seen_at_once_and_goes_nowhere_before_the_printers_are_known(
    qtbot: QtBot, window: MainWindow, show_case: ShowCase, desk: FakeDesk
) -> None:
    """Whose server is slow: the sheet neither comes late, over what is done by then, nor prints to any printer."""
    known = desk.state.gates["printers"] = Event()
    desk.drafts.keep(MEMORY, PrintMemory("Ruang belakang").text())
    show_case(window, UNDECIDED)
    window.begin(f"case.{CaseAction.PRINT}")
    qtbot.waitUntil(lambda: any(found.preview.isVisible() for found in window.findChildren(PrintSheet)))
    (sheet,) = window.findChildren(PrintSheet)
    assert "Printer sedang dicari." in words_of(sheet) and not sheet.verb.isEnabled()
    assert button(sheet, "Simpan sebagai PDF…").isEnabled()
    qtbot.waitUntil(lambda: sheet.calm)
    qtbot.keyClick(sheet, Qt.Key.Key_Return)
    assert not desk.state.called("print") and not desk.state.called("send")
    known.set()
    qtbot.waitUntil(sheet.verb.isEnabled)
    assert printer_of(sheet).currentText() == "Ruang belakang" and "dicari" not in words_of(sheet)
    qtbot.keyClick(sheet, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(desk.state.called("send")) and window.background.idle)
    assert desk.state.called("send") == [("send", "Ruang belakang", 1)]


@pytest.mark.parametrize("place", ["preview", "sending"])
def test_where_the_printer_used_last_is_gone_the_officer_chooses_one(
    qtbot: QtBot, window: MainWindow, show_case: ShowCase, desk: FakeDesk, place: str
) -> None:
    """Another one may stand among strangers."""
    desk.drafts.keep(MEMORY, PrintMemory("Lantai dua").text())
    sheet: Sheet
    if place == "preview":
        show_case(window, UNDECIDED)
        window.begin(f"case.{CaseAction.PRINT}")
        qtbot.waitUntil(lambda: any(found.preview.isVisible() for found in window.findChildren(PrintSheet)))
        sheet = window.findChildren(PrintSheet)[0]
    else:
        window.services.printing.send(desk.prints.make("standard", 0, PaperSize.A4))
        sheet = sending(qtbot, window)
    qtbot.waitUntil(lambda: window.background.idle)
    assert not sheet.verb.isEnabled() and "Pilih printer." in words_of(sheet)
    qtbot.waitUntil(lambda: sheet.calm)
    qtbot.keyClick(sheet, Qt.Key.Key_Return)
    assert not desk.state.called("send")
    box = printer_of(sheet)
    box.setCurrentIndex(box.findText("Ruang belakang"))
    qtbot.keyClick(sheet, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(desk.state.called("send")) and window.background.idle)
    assert desk.state.called("send") == [("send", "Ruang belakang", 1)]


@pytest.mark.parametrize("place", ["preview", "sending"])
def test_where_the_printers_cannot_be_asked_for_nobody_is_left_waiting(
    qtbot: QtBot, window: MainWindow, show_case: ShowCase, desk: FakeDesk, place: str
) -> None:
    desk.state.failures["printers"] = OSError("lpstat")
    if place == "preview":
        show_case(window, UNDECIDED)
        window.begin(f"case.{CaseAction.PRINT}")
    else:
        window.services.printing.send(desk.prints.make("standard", 0, PaperSize.A4))
    qtbot.waitUntil(lambda: any(found.isVisible() for found in window.findChildren(ErrorSheet)))
    qtbot.waitUntil(lambda: window.background.idle)
    for told in [found for found in window.findChildren(ErrorSheet) if found.isVisible()]:
        told.reject()
    left = [sheet for sheet in window.findChildren(Sheet) if not sheet.left]
    assert not any("Printer sedang dicari." in words_of(sheet) for sheet in left)
    assert [type(sheet) for sheet in left] == ([PrintSheet] if place == "preview" else [])
    assert all(button(sheet, "Simpan sebagai PDF…").isEnabled() for sheet in left)


def test_what_is_typed_before_the_printers_are_known_changes_no_number_of_copies(
    qtbot: QtBot, window: MainWindow, desk: FakeDesk
) -> None:
    known = desk.state.gates["printers"] = Event()
    window.services.printing.send(desk.prints.make("standard", 0, PaperSize.A4))
    sheet = sending(qtbot, window)
    qtbot.waitUntil(lambda: sheet.calm)
    focused = window.focusWidget()
    assert focused is printer_of(sheet)
    qtbot.keyClicks(focused, "7")
    known.set()
    qtbot.waitUntil(sheet.verb.isEnabled)
    sheet.verb.click()
    qtbot.waitUntil(lambda: bool(desk.state.called("send")) and window.background.idle)
    assert desk.state.called("send") == [("send", "Loket", 1)]


def test_a_finished_print_asks_for_its_printer(qtbot: QtBot, window: MainWindow, desk: FakeDesk) -> None:
    window.services.printing.send(desk.prints.make("standard", 0, PaperSize.A4))
    sheet = sending(qtbot, window)
    qtbot.waitUntil(sheet.verb.isEnabled)
    sheet.verb.click()
    qtbot.waitUntil(lambda: bool(desk.state.called("send")) and window.background.idle)
    assert desk.state.called("send") == [("send", "Loket", 1)]


def test_who_took_the_letter_over_is_asked_with_a_day(qtbot: QtBot, window: MainWindow) -> None:
    sheet = HandOverSheet(window, 7, "Sekar Contohwati")
    told: list[tuple[object, ...]] = []
    sheet.handed_over.connect(lambda *values: told.append(values))
    sheet.open()
    sheet._name.clear()
    assert not sheet.verb.isEnabled()
    sheet._name.setText("  Endang ")
    sheet.verb.click()
    assert [(values[0], values[1]) for values in told] == [(7, "Endang")]
    assert told[0][2] == here.today()


def test_a_long_print_says_how_far_it_is_and_one_that_nobody_waits_for_is_not_laid_out(
    qtbot: QtBot, window: MainWindow, desk: FakeDesk, opened: Callable[[], PrintSheet], monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet = opened()
    stopped, pause = Event(), Event()

    def long_one(_kind: str, _subject: object, _size: PaperSize, told: PagesTold) -> bytes:
        page = 0
        while told(page := page + 1):
            pause.wait(0.01)
        stopped.set()
        raise LayoutStopped

    monkeypatch.setattr(desk.prints, "preview", long_one)
    sheet._on_choice()
    qtbot.waitUntil(lambda: "Menyusun halaman" in words_of(sheet))
    before = words_of(sheet)
    qtbot.waitUntil(lambda: words_of(sheet) != before)
    sheet.reject()
    qtbot.waitUntil(stopped.is_set)
    qtbot.waitUntil(lambda: window.background.idle)
    assert not window.findChildren(ErrorSheet)
