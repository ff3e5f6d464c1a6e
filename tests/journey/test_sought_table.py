"""A table under a search field is reached from it with the keyboard alone."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QTableView
from pytestqt.qtbot import QtBot

from lockdesk.app import OpenProfile
from lockdesk.errors import Hindered
from lockdesk.ui.office.journal_page import JournalPage
from lockdesk.ui.register.page import RegisterPage
from lockdesk.ui.shell.application import MainWindow
from lockdesk.ui.widgets.sheet import open_sheets
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


def unreadable(*_asked: object) -> object:
    raise Hindered("Disk tidak terbaca.")


def nothing_there(window: MainWindow, field: QLineEdit, qtbot: QtBot) -> None:
    """Down over an empty table."""
    listing, nobody = window.findChildren(RegisterPage)[0]._listing, "tidak ada orang begini"
    qtbot.keyClicks(field, nobody)
    qtbot.waitUntil(lambda: listing.chosen == nobody and not listing.reading)
    rest(qtbot, window)
    qtbot.keyClick(field, Qt.Key.Key_Down)


def not_read(window: MainWindow, field: QLineEdit, qtbot: QtBot) -> None:
    """Down while what is looked for cannot be read."""
    listing, fetch = window.findChildren(RegisterPage)[0]._listing, "_fetch"
    read = getattr(listing, fetch)
    setattr(listing, fetch, unreadable)
    qtbot.keyClicks(field, "contoh")
    qtbot.keyClick(field, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: listing.chosen == "contoh" and not listing.reading)
    rest(qtbot, window)
    for sheet in open_sheets(window):
        sheet.reject()
    setattr(listing, fetch, read)


@pytest.mark.parametrize("begin", [nothing_there, not_read])
def test_rows_that_come_some_time_later_take_the_keyboard_from_nobody(
    qtbot: QtBot, profile: OpenProfile, begin: Callable[[MainWindow, QLineEdit, QtBot], None]
) -> None:
    with real_window(qtbot, profile.desk) as window:
        field, table = opened(qtbot, window, "register")
        begin(window, field, qtbot)
        listing = window.findChildren(RegisterPage)[0]._listing
        assert not listing.reading, "what failed is not on its way any more"
        field.setFocus()
        listing.choose("")
        qtbot.waitUntil(lambda: not listing.reading)
        rest(qtbot, window)
        assert table.model().rowCount() > 0 and QApplication.focusWidget() is field
        qtbot.keyClick(field, Qt.Key.Key_Down)
        assert QApplication.focusWidget() is table, "now it is asked for"
