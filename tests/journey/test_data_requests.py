"""A person's own data and its trail: asked for, on paper in two clicks, answered in 72 hours; corrections."""

from dataclasses import replace
from datetime import timedelta

from PySide6.QtWidgets import QAbstractButton, QLabel
from pytestqt.qtbot import QtBot

from lockdesk.app import OpenProfile
from lockdesk.desk.prints.history_words import fact_words
from lockdesk.desk.values.sheets import PaperSize
from lockdesk.ui.prints.print_sheet import PrintSheet
from lockdesk.ui.register.data_requests import DataRequestsSheet
from lockdesk.ui.register.person_sheets import PersonSheet
from lockdesk.ui.shell.application import MainWindow
from lockdesk.ui.widgets.sheet import Sheet
from tests.helpers.desk.counter import text_of
from tests.helpers.desk.journal import entries
from tests.helpers.desk.office import MONDAY, SetClock
from tests.helpers.desk.steps import completed, receive
from tests.helpers.window.real_window import PATIENCE_MS, real_window, rest, show_case


def press(qtbot: QtBot, window: MainWindow, sheet: Sheet, words: str) -> None:
    next(button for button in sheet.findChildren(QAbstractButton) if button.text() == words).click()
    rest(qtbot, window)


def shown(window: MainWindow, kind: type[Sheet]) -> Sheet:
    return next(sheet for sheet in window.findChildren(kind) if sheet.isVisible())


def words_of(sheet: Sheet) -> str:
    return " ".join(label.text() for label in sheet.findChildren(QLabel) if label.isVisibleTo(sheet))


def test_from_a_case_two_clicks_print_it_and_the_deadline_stands_until_it_is_handed_over(
    qtbot: QtBot, profile: OpenProfile, clock: SetClock
) -> None:
    desk = profile.desk
    case_id = receive(desk, "01")
    with real_window(qtbot, desk) as window:
        show_case(qtbot, window, case_id)
        window.services.pages.register_of(desk.reading.case(case_id))
        rest(qtbot, window)
        press(qtbot, window, shown(window, PersonSheet), "Data dan rekam jejak…")
        rest(qtbot, window)
        offered = shown(window, PrintSheet)
        assert "Data pribadi dan rekam jejaknya" in words_of(offered)
        offered.reject()
        (request,) = desk.data_requests.open()
        assert request.due_at == MONDAY + timedelta(hours=72), "calendar hours: over any weekend"
        window.begin("ask_data")
        rest(qtbot, window)
        shown(window, PrintSheet).reject()
        assert desk.data_requests.open() == (request,), "the same request"
        board = desk.reading.status().board
        assert (board.data_requests.count, board.data_requests.since) == (1, MONDAY)
        window.begin("data_requests")
        rest(qtbot, window)
        sheet = shown(window, DataRequestsSheet)
        qtbot.waitUntil(lambda: "Sekar" in words_of(sheet), timeout=PATIENCE_MS)
        assert "Kamis, 26 November 2026 pukul 08.05" in words_of(sheet)
        clock.forward(hours=73)
        press(qtbot, window, sheet, "Sudah diserahkan")
        assert desk.data_requests.open() == ()
        sheet.reject()
    told = [entry for entry in entries(profile) if entry["kind"].startswith("data.")]
    assert [entry["kind"] for entry in told] == ["data.requested", "data.answered"]
    assert told[1]["facts"]["late"] is True


def test_the_print_hands_everything_over_whole_and_its_preview_nothing(profile: OpenProfile) -> None:
    desk = profile.desk
    case_id = completed(desk)
    entry = desk.reading.register_page("Sekar").rows[0]
    desk.register.put(entry.id, {"position": "Pustakawan Ahli Muda"}, "BKPSDM, SK 800/12", "naik jabatan")
    nik, phone = entry.text("nik"), entry.text("phone")
    for kind, subject in (("person_data", entry.id), ("data_trail", case_id)):
        preview = text_of(desk.prints.preview(kind, subject, PaperSize.A4))
        assert nik not in preview and phone not in preview, "a look that nothing records"
        words = text_of(desk.prints.make(kind, subject, PaperSize.A4).pdf)
        case = desk.reading.case(case_id)
        for said in (nik, case.applicant.email, "Permohonan diterima", case.documents[0].name):
            assert said in words, (kind, said)
    words = text_of(desk.prints.make("person_data", entry.id, PaperSize.A4).pdf)
    assert phone in words and "Pustakawan Ahli Muda" in words and "BKPSDM, SK 800/12" in words
    assert "Jabatan, sebelumnya Pustakawan Ahli Pertama" in words
    made = [
        item for item in entries(profile) if item["kind"] == "print.made" and item["facts"]["print"] == "person_data"
    ]
    assert made and all(item["facts"]["entry"] == entry.id for item in made)
    assert not desk.earlier_prints.of_office(), "handed out, and not kept"


def test_a_correction_tells_what_was_there_before(profile: OpenProfile) -> None:
    desk = profile.desk
    case_id = receive(desk, "01")
    desk.review.start(case_id)
    before = desk.reading.case(case_id).applicant
    other = replace(before, position="Pustakawan Ahli Muda", nik="3375995502909902")
    desk.review.correct(case_id, other, "salah ketik")
    line = next(item for item in desk.reading.case(case_id).history if item.kind == "case.corrected")
    assert dict(line.before) == {"position": before.position, "nik": before.nik}
    words = fact_words(line)
    assert "isian" in words and f"Jabatan sebelumnya {before.position}" in words and before.nik not in words
