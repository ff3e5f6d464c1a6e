"""A table under a search field is reached from it with the keyboard alone."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QTableView
from pytestqt.qtbot import QtBot

from lockdesk.app import OpenProfile
from lockdesk.ui.office.journal_page import JournalPage
from lockdesk.ui.register.page import RegisterPage
from lockdesk.ui.shell.application import MainWindow
from tests.helpers.desk.steps import receive
from tests.helpers.window.real_window import real_window, rest


def opened(qtbot: QtBot, window: MainWindow, page: str) -> tuple[QLineEdit, QTableView]:
    field: QLineEdit
    table: QTableView
    if page == "register":
        window.show_page("register")
        register = window.findChildren(RegisterPage)[0]
        field, table = register._search, register._table
    else:
        window.begin("journal")
        journal = window.findChildren(JournalPage)[0]
        field, table = journal.search, journal.table
    rest(qtbot, window)
    field.setFocus()
    return field, table


@pytest.mark.parametrize(("page", "typed"), [("register", "contohwati"), ("journal", "LATIH-LOCK-2026-0001")])
@pytest.mark.parametrize("key", [Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_down_and_enter_lead_to_what_was_found(
    qtbot: QtBot, profile: OpenProfile, page: str, typed: str, key: Qt.Key
) -> None:
    receive(profile.desk, "01")
    with real_window(qtbot, profile.desk) as window:
        field, table = opened(qtbot, window, page)
        everything = table.model().rowCount()
        qtbot.keyClicks(field, typed)
        qtbot.keyClick(field, key)  # while it is still being looked for
        qtbot.waitUntil(lambda: QApplication.focusWidget() is table)
        assert 0 < table.model().rowCount() < everything
        assert [index.row() for index in table.selectionModel().selectedRows()] == [0]
        field.setFocus()
        table.clearSelection()
        qtbot.keyClick(field, key)  # what is found already
        assert QApplication.focusWidget() is table
        assert [index.row() for index in table.selectionModel().selectedRows()] == [0]


def test_nothing_found_leads_nowhere_and_who_types_on_is_not_led_away(qtbot: QtBot, profile: OpenProfile) -> None:
    with real_window(qtbot, profile.desk) as window:
        field, table = opened(qtbot, window, "register")
        qtbot.keyClicks(field, "tidak ada orang begini")
        qtbot.keyClick(field, Qt.Key.Key_Down)
        qtbot.waitUntil(lambda: table.model().rowCount() == 0)
        rest(qtbot, window)
        assert QApplication.focusWidget() is field
        field.clear()
        qtbot.keyClicks(field, "contoh")
        qtbot.waitUntil(lambda: table.model().rowCount() > 0)
        rest(qtbot, window)
        assert QApplication.focusWidget() is field
