"""Complaints in the real window: nobody confidential on the glass, silence ends a complaint, evidence is looked at."""

from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QSize
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QLabel, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from lockdesk.app import OpenProfile
from lockdesk.core.complaints import ComplaintState
from lockdesk.desk.values.sheets import PaperSize
from lockdesk.ui.complaints.sheets import EvidenceSheet
from lockdesk.ui.complaints.timeline import Timeline
from lockdesk.ui.shell.application import MainWindow
from lockdesk.ui.widgets.page_canvas import PageCanvas
from lockdesk.ui.widgets.rows import ROW_ROLE
from lockdesk.ui.widgets.sheet import Sheet
from lockdesk.words import language
from tests.helpers.desk.confidential import Secret
from tests.helpers.desk.counter import form
from tests.helpers.desk.office import SetClock
from tests.helpers.window.real_window import real_window, rest, show_case

ROOT = QModelIndex()


def glass(window: QWidget) -> str:
    """Every word that the window holds: shown, in a tip, told to a screen reader, in a title."""
    words = [window.windowTitle()]
    for widget in [window, *window.findChildren(QWidget)]:
        words += [widget.toolTip(), widget.accessibleName(), widget.accessibleDescription(), widget.windowTitle()]
        if isinstance(widget, QLabel | QAbstractButton | QLineEdit):
            words.append(widget.text())
        elif isinstance(widget, QPlainTextEdit):
            words.append(widget.toPlainText())
        elif isinstance(widget, QAbstractItemView) and widget.model() is not None:
            model = widget.model()
            columns = range(model.columnCount(ROOT) if isinstance(model, QAbstractTableModel) else 1)
            places = [model.index(row, column) for row in range(model.rowCount(ROOT)) for column in columns]
            words += [str(place.data(role)) for place in places for role in (*range(14), ROW_ROLE)]
    return "\n".join(words)


def test_a_confidential_complainant_is_nowhere_on_the_glass(qtbot: QtBot, profile: OpenProfile) -> None:
    secret = Secret(profile)
    told = [needle for needle in secret.needles if needle not in {secret.case.number, secret.case.applicant.name}]

    def named(window: MainWindow, over: QWidget) -> list[str]:
        rest(qtbot, window)
        return secret.named_in(glass(over))

    with real_window(qtbot, profile.desk) as window:

        def sheet_names() -> list[str]:
            rest(qtbot, window)
            sheet = window.findChildren(Sheet)[-1]
            found = secret.named_in(glass(sheet))
            sheet.reject()
            return found

        window.show_complaint(secret.id)
        page = window.services.pages.complaints()
        assert named(window, page) == [], "the list, the complaint, its history and its messages"
        page.panel.identity_asked.emit(secret.id)
        assert {"Umpamakan", secret.case.number} <= set(named(window, page)), "but who asks to see it"
        page.panel.limit_asked.emit()
        assert sheet_names() == []
        window.commands.offer(window.possible_actions())
        window._top.search.setText("mengadu")
        window.finder.search("mengadu")
        assert named(window, window.commands) == [] and "ADU-" in glass(window.commands)
        window.commands.hide()
        show_case(qtbot, window, secret.case.id)
        shown = glass(window.cases)
        assert [needle for needle in told if needle in shown] == [] and "ADU-" not in shown
        window.show_page("reports")
        window.services.pages.reports().show_view("books")
        books = window.services.pages.reports().books
        books._kind.findChildren(QAbstractButton)[1].click()
        rest(qtbot, window)
        shown = glass(window.services.pages.reports())
        assert [needle for needle in told if needle in shown] == []
        window.services.printing.print_complaint(secret.id)
        assert sheet_names() == []


def test_what_was_left_unanswered_is_ended_when_the_window_is_opened(
    qtbot: QtBot, profile: OpenProfile, clock: SetClock
) -> None:
    clock.at = datetime(2026, 11, 23, 2, tzinfo=UTC)
    first, second = (profile.desk.complaints.receive(form()) for _time in range(2))
    profile.desk.complaints.ask(first, "Apakah sudah diterima?")
    clock.at = datetime(2026, 11, 24, 2, tzinfo=UTC)
    profile.desk.complaints.ask(second, "Apakah sudah diterima?")
    clock.at = datetime(2026, 12, 8, 2, tzinfo=UTC)
    with real_window(qtbot, profile.desk) as window:
        rest(qtbot, window)
        assert profile.desk.reading.complaint(first).state is ComplaintState.RESOLVED
        assert profile.desk.reading.complaint(second).state is ComplaintState.AWAITING_COMPLAINANT
        clock.at = datetime(2026, 12, 11, 2, tzinfo=UTC)
        window._status_timer.timeout.emit()  # the window stayed open over night
        rest(qtbot, window)
        assert profile.desk.reading.complaint(second).state is ComplaintState.RESOLVED


def test_evidence_that_comes_later_is_looked_at_as_drawn_by_the_sealed_reader(
    qtbot: QtBot, profile: OpenProfile, tmp_path: Path
) -> None:
    number = profile.desk.complaints.receive(form())
    paper = tmp_path / "bukti.txt"
    paper.write_bytes(profile.desk.prints.preview("standard", 0, PaperSize.A4))
    with real_window(qtbot, profile.desk) as window:
        window.show_complaint(number)
        rest(qtbot, window)
        panel = window.services.pages.complaints().panel
        panel.files_added.emit(number, (paper,))
        qtbot.waitUntil(lambda: panel.view is not None and len(panel.view.files) == 1)
        panel.evidence.facts.chosen.emit(0)
        rest(qtbot, window)
        (sheet,) = window.findChildren(EvidenceSheet)
        page = sheet.findChildren(PageCanvas)[0]
        assert page._image.size() != QSize(), "a PDF, whatever its name says"
        sheet.reject()


def test_the_history_goes_on_beneath_where_it_is_narrow(qtbot: QtBot, profile: OpenProfile, clock: SetClock) -> None:
    number = profile.desk.complaints.receive(form())
    clock.forward(days=3)
    language.choose("en")
    try:
        with real_window(qtbot, profile.desk, percent=150) as window:
            window.show_complaint(number)
            rest(qtbot, window)
            history = window.findChildren(Timeline)[0]
            qtbot.waitUntil(lambda: all(label.isVisible() for label in history.findChildren(QLabel)))
            assert history.widget().width() == history.viewport().width(), "nothing is cut at the right"
    finally:
        language.choose("id")
