"""A certificate that proofs rest on is not taken away by one click."""

from datetime import UTC, datetime
from typing import Any

from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from lockdesk.desk.office.trust_store import TrustItem
from lockdesk.ui.office.trust import TrustSection
from lockdesk.ui.shell.application import MainWindow
from lockdesk.ui.widgets.sheet import open_sheets


class OneTrusted:
    """A store with one CA in it."""

    def __init__(self) -> None:
        self.held = [TrustItem("ab" * 32, False, "CA Rekaan", datetime(2030, 1, 1, tzinfo=UTC))]

    def items(self) -> tuple[TrustItem, ...]:
        return tuple(self.held)

    def mail_server(self) -> str:
        return ""

    def remove(self, identifier: str) -> None:
        self.held = [item for item in self.held if item.identifier != identifier]


def test_removing_what_is_trusted_asks_first(qtbot: QtBot, window: MainWindow) -> None:
    store: Any = OneTrusted()
    section = TrustSection(store, window.background, window)
    section.show()
    qtbot.waitUntil(lambda: bool(section.findChildren(QAbstractButton, "ab" * 32)))
    section.findChild(QAbstractButton, "ab" * 32).click()
    assert store.held
    open_sheets(window)[-1].reject()
    assert store.held
    section.findChild(QAbstractButton, "ab" * 32).click()
    open_sheets(window)[-1].verb.click()
    qtbot.waitUntil(lambda: not store.held)
    qtbot.waitUntil(lambda: window.background.idle)
