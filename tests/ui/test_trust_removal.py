"""A certificate that proofs rest on is not taken away by one click."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from lockdesk.desk.office.trust_store import TrustItem
from lockdesk.ui.office.fields_form import FileField
from lockdesk.ui.office.trust import TrustSection
from lockdesk.ui.shell.application import MainWindow
from lockdesk.ui.widgets.sheet import open_sheets
from tests.helpers.window.reading import shown_words
from tests.ui.fake_desk import FakeDesk


class OneTrusted:
    """A store with one CA in it."""

    def __init__(self, until: datetime = datetime(2030, 1, 1, tzinfo=UTC)) -> None:
        self.held = [TrustItem("ab" * 32, False, "CA Rekaan", until)]

    def items(self) -> tuple[TrustItem, ...]:
        return tuple(self.held)

    def mail_server(self) -> str:
        return ""

    def remove(self, identifier: str) -> None:
        self.held = [item for item in self.held if item.identifier != identifier]


def test_removing_what_is_trusted_asks_first(qtbot: QtBot, window: MainWindow) -> None:
    store: Any = OneTrusted()
    section = TrustSection(store, window.background, FakeDesk().drafts, ZoneInfo("Asia/Jakarta"), window)
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


def ending(until: datetime) -> str:
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "CA")])
    made = x509.CertificateBuilder(name, name, key.public_key(), 1, until - timedelta(days=9), until)
    return made.sign(key, hashes.SHA256()).public_bytes(Encoding.PEM).decode()


def test_until_when_something_counts_is_told_by_the_office_s_days(qtbot: QtBot, window: MainWindow) -> None:
    until = datetime(2027, 5, 31, 23, tzinfo=UTC)
    store: Any = OneTrusted(until)
    zone = ZoneInfo("Asia/Jakarta")
    section = TrustSection(store, window.background, FakeDesk().drafts, zone, window)
    section.show()
    qtbot.waitUntil(lambda: "sampai 1 Juni 2027" in shown_words(section))
    field = FileField("CA", zone, window)
    field.show_value(ending(until))
    field.show()
    assert "berlaku sampai 1 Juni 2027" in shown_words(field)
