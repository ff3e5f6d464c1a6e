"""The page Laporan by keyboard: a figure's list, the survey, the office's words, the books, prints and copies."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QPlainTextEdit
from pytestqt.qtbot import QtBot

from lockdesk.core.quarters import Quarter
from lockdesk.desk.reports.definitions import FIGURES
from lockdesk.desk.values.reports import BookFilter, BookKind
from lockdesk.ui.look.theme import theme
from lockdesk.ui.prints.print_sheet import PrintSheet
from lockdesk.ui.reports.figure_row import FigureRow
from lockdesk.ui.reports.members import MembersSheet
from lockdesk.ui.reports.page import ReportsPage
from lockdesk.ui.reports.survey import ScoreButton, SurveySheet
from lockdesk.ui.shell.application import MainWindow
from lockdesk.ui.widgets.forms import Segments
from lockdesk.ui.widgets.sheet import open_sheets
from lockdesk.words import _
from tests.helpers.window import quarters
from tests.ui.conftest import MakeWindow
from tests.ui.fake_desk import FakeDesk

_K = Qt.Key


def rest(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: window.background.idle, timeout=10_000)


@pytest.fixture
def page(qtbot: QtBot, window: MainWindow) -> ReportsPage:
    QTest.keyClick(window, _K.Key_7, Qt.KeyboardModifier.ControlModifier)
    rest(qtbot, window)
    return window.findChildren(ReportsPage)[0]


def row(page: ReportsPage, name: str) -> FigureRow:
    label = _(FIGURES[name].label)
    return next(item for item in page.findChildren(FigureRow) if item.words.label == label)


def press(key: Qt.Key) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, key)


def test_every_figure_is_told_what_it_means_and_stands_beside_the_quarter_before(page: ReportsPage) -> None:
    for name, spec in FIGURES.items():
        shown = row(page, name)
        assert shown.words.definition == spec.definition and spec.definition in shown.accessibleName()
        assert shown.words.value and shown.words.before
    assert (row(page, "received").words.value, row(page, "received").words.before) == ("20", "46")


def test_a_figure_opens_its_list_and_enter_its_case(qtbot: QtBot, window: MainWindow, page: ReportsPage) -> None:
    completed = row(page, "completed")
    completed.setFocus()
    press(_K.Key_Return)
    sheet = window.findChildren(MembersSheet)[0]
    rest(qtbot, window)
    shown = {sheet.model.index(n, 0).data() for n in range(sheet.model.rowCount())}
    assert len(shown) == int(completed.words.value) == len(completed.members)
    numbers = {item.number for item in quarters.facts() if item.id in completed.members}
    assert all(any(number in words for words in shown) for number in numbers)
    assert QApplication.focusWidget() is sheet.view
    with qtbot.waitSignal(window.services.pages.member_asked) as asked:
        press(_K.Key_Return)
    assert asked.args is not None and asked.args[1] == completed.members[0]
    assert open_sheets(window) == []


def test_arrows_walk_over_the_figures(page: ReportsPage) -> None:
    row(page, "received").setFocus()
    press(_K.Key_Down)
    assert QApplication.focusWidget() is row(page, "completed")
    press(_K.Key_Up)
    assert QApplication.focusWidget() is row(page, "received")


def test_a_figure_that_counts_nothing_opens_nothing(window: MainWindow, page: ReportsPage) -> None:
    withdrawn = row(page, "withdrawn")
    assert withdrawn.words.value == "0" and withdrawn.focusPolicy() == Qt.FocusPolicy.NoFocus
    withdrawn.click()
    assert open_sheets(window) == []


def test_another_quarter_is_chosen_and_a_quarter_without_cases_is_shown(
    qtbot: QtBot, window: MainWindow, page: ReportsPage
) -> None:
    page.quarter.show_quarter(Quarter(2025, 1))
    rest(qtbot, window)
    assert (row(page, "received").words.value, row(page, "on_time").words.value) == ("0", "–")
    segments = next(item for item in page.quarter.findChildren(Segments) if item.accessibleName() == "Triwulan")
    segments.findChildren(type(page.quarter._copy))[2].click()
    rest(qtbot, window)
    assert page.quarter.quarter == Quarter(2026, 3) and row(page, "received").words.value == "46"


def test_a_late_answer_for_another_quarter_is_dropped(qtbot: QtBot, window: MainWindow, page: ReportsPage) -> None:
    report = page.quarter._report
    assert report is not None
    page.quarter.show_quarter(Quarter(2026, 3))
    rest(qtbot, window)
    page.quarter._on_report(Quarter(2026, 4), report)
    assert row(page, "received").words.value == "46"


def test_the_survey_is_answered_with_number_keys(
    qtbot: QtBot, window: MainWindow, page: ReportsPage, desk: FakeDesk
) -> None:
    window.begin("survey")
    sheet = window.findChildren(SurveySheet)[0]
    assert not isinstance(QApplication.focusWidget(), ScoreButton), "no answer looks chosen"
    for key in (_K.Key_4, _K.Key_3, _K.Key_4, _K.Key_4, _K.Key_2):
        press(key)
    press(_K.Key_Left)
    press(_K.Key_3)
    assert not sheet.verb.isEnabled()
    for key in (_K.Key_4, _K.Key_4, _K.Key_4, _K.Key_1):
        press(key)
    press(_K.Key_Return)
    rest(qtbot, window)
    (called,) = desk.state.called("count_answers")
    assert called[2] == (4, 3, 4, 4, 3, 4, 4, 4, 1)
    assert open_sheets(window) == []


def test_the_survey_covers_nobodys_name(qtbot: QtBot, window: MainWindow, page: ReportsPage) -> None:
    page.show_view("books")
    rest(qtbot, window)
    window.show_page("cases")
    window.begin("survey")
    assert page.isVisible() and page.quarter.isVisible()
    assert page.books is not None and not page.books.isVisible()
    rest(qtbot, window)
    picture = window.grab().toImage()
    sheet = window.findChildren(SurveySheet)[0]
    corner = sheet.mapTo(window, QPoint(0, 0))
    around = {picture.pixelColor(x, y).name() for x in (5, window.width() // 2, window.width() - 5) for y in (5, 60)}
    assert around == {theme.tokens.bg.lower()} and corner.y() > 60, "no tab, no name and no number beside it"


def test_an_answer_given_before_is_seen_again(qtbot: QtBot, window: MainWindow, page: ReportsPage) -> None:
    window.begin("survey")
    sheet = window.findChildren(SurveySheet)[0]
    cards = sheet.findChildren(ScoreButton)
    press(_K.Key_2)
    assert not any(card.isChecked() for card in cards)
    press(_K.Key_Left)
    rest(qtbot, window)
    assert [card.isChecked() for card in cards] == [False, True, False, False]
    plain, chosen = (cards[n].grab().toImage().pixelColor(cards[n].width() // 2, 12).name() for n in (0, 1))
    assert (plain, chosen) == (theme.tokens.surface.lower(), theme.tokens.accent_soft.lower())
    assert cards[1].accessibleName().startswith("2. ")


def test_what_the_office_writes_is_saved_with_its_quarter(
    qtbot: QtBot, window: MainWindow, page: ReportsPage, desk: FakeDesk
) -> None:
    field = page.findChild(QPlainTextEdit, "recommendations")
    assert isinstance(field, QPlainTextEdit)
    field.setPlainText("Tambah jam konsultasi")
    page.quarter.parts.save()
    rest(qtbot, window)
    assert desk.quarters.parts == {Quarter(2026, 4): {"recommendations": "Tambah jam konsultasi"}}
    assert not page.quarter.parts.changed


def test_half_written_words_survive_another_quarter(
    qtbot: QtBot, window: MainWindow, page: ReportsPage, desk: FakeDesk
) -> None:
    field = page.findChild(QPlainTextEdit, "obstacles")
    assert isinstance(field, QPlainTextEdit)
    field.setPlainText("Jaringan padam")
    page.quarter.show_quarter(Quarter(2026, 3))
    rest(qtbot, window)
    assert field.toPlainText() == ""
    page.quarter.show_quarter(Quarter(2026, 4))
    rest(qtbot, window)
    assert field.toPlainText() == "Jaringan padam" and desk.quarters.parts == {}


def test_what_is_being_written_is_not_overwritten_when_figures_are_read_again(
    qtbot: QtBot, window: MainWindow, page: ReportsPage
) -> None:
    field = page.findChild(QPlainTextEdit, "obstacles")
    assert isinstance(field, QPlainTextEdit)
    field.setPlainText("Jaringan padam")
    QTest.keyClick(window, _K.Key_F5)
    rest(qtbot, window)
    assert field.toPlainText() == "Jaringan padam"


def test_the_summary_is_copied_from_anywhere(qtbot: QtBot, window: MainWindow, desk: FakeDesk) -> None:
    window.begin("copy_summary")
    rest(qtbot, window)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert len(lines) == 3 and lines[0].startswith("Layanan lupa passphrase, TW IV 2026")
    assert "Contoh" not in " ".join(lines)
    labels = [spec.label for spec in window.possible_actions()]
    assert {"Salin ringkasan triwulan", "Isi survei kepuasan…", "Buku register"} <= set(labels)


def test_the_report_is_printed_on_its_only_paper(
    qtbot: QtBot, window: MainWindow, page: ReportsPage, desk: FakeDesk
) -> None:
    QTest.keyClick(window, _K.Key_P, Qt.KeyboardModifier.ControlModifier)
    rest(qtbot, window)
    sheet = window.findChildren(PrintSheet)[0]
    assert [sheet.boxes[1].itemText(n) for n in range(sheet.boxes[1].count())] == ["A4"]
    sheet.verb.click()
    rest(qtbot, window)
    assert desk.state.called("print") == [("print", "quarterly_report", Quarter(2026, 4), "A4")]


def test_a_book_opens_what_its_row_is_about(qtbot: QtBot, window: MainWindow, page: ReportsPage) -> None:
    window.begin("books")
    rest(qtbot, window)
    books = page.books
    assert books is not None and books.table.model().rowCount() == 20
    books.take_focus()
    with qtbot.waitSignal(window.services.pages.member_asked) as asked:
        books.table.activated.emit(books.table.currentIndex())
    first = next(item.fact for item in quarters.book_cases() if item.fact.number == "LOCK-2026-0047")
    assert asked.args is not None and asked.args[1] == first.id


def test_the_calls_to_be_sampled_are_a_book_of_their_own(window: MainWindow, page: ReportsPage) -> None:
    assert "samples" in [spec.id for spec in window.possible_actions()]
    window.begin("samples")
    assert page.books is not None and page.books.filter == BookFilter(BookKind.SAMPLES, 2026, quarter=4)
    window.begin("books")
    assert page.books.filter.kind is BookKind.CASES


def test_a_book_is_exported_to_the_file_that_was_chosen(
    qtbot: QtBot, window: MainWindow, page: ReportsPage, desk: FakeDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk.books, "export", lambda chosen, form: f"{chosen.kind} {form}".encode())
    page.show_view("books")
    rest(qtbot, window)
    assert page.books is not None and page.books.filter == BookFilter(BookKind.CASES, 2026, quarter=4)
    page.books._csv.click()
    dialog = window.findChildren(QFileDialog)[0]
    assert dialog.selectedFiles()[0].endswith("buku-register-permohonan-2026-tw4.csv")
    target = tmp_path / "buku.csv"
    dialog.fileSelected.emit(str(target))
    dialog.close()
    rest(qtbot, window)
    assert target.read_bytes() == b"cases csv"


@pytest.mark.parametrize("percent", [100, 150])
def test_no_text_of_a_figure_is_cut(qtbot: QtBot, open_window: MakeWindow, percent: int) -> None:
    window = open_window(percent=percent)
    window.show_page("reports")
    rest(qtbot, window)
    rows = window.findChildren(FigureRow)
    assert len(rows) == 41
    for item in rows:
        assert item.height() == item._height(item.width()), item.words.label


def test_bars_beneath_each_other_compare(page: ReportsPage) -> None:
    """A bar is as long as its number among those of its kind, not as its own larger quarter."""
    received, completed, rejected = (row(page, name).words for name in ("received", "completed", "rejected"))
    assert received.before_share == 1.0, "46, the largest count of both quarters"
    for words in (received, completed, rejected):
        assert words.now_share == pytest.approx(int(words.value) / 46)
        assert words.before_share == pytest.approx(int(words.before) / 46)
