"""Sambungan CA on a real working profile: kinds, secrets that are never shown again, tests, errors, help."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QTextBrowser
from pytestqt.qtbot import QtBot

from lockdesk.ui.office.fields_form import KEPT
from lockdesk.ui.office.gateway import GatewayCard, GatewaySection
from lockdesk.ui.office.help import HelpSheet
from lockdesk.ui.shell.application import MainWindow
from lockdesk.ui.shell.status_line import StatusLine
from tests.helpers.authority.esign_service import PASSWORD, USER, EsignService
from tests.helpers.desk.portal_office import PortalOffice
from tests.helpers.window.filling import choose
from tests.helpers.window.real_window import settings_page


@pytest.fixture
def window(qtbot: QtBot, office: PortalOffice) -> Iterator[MainWindow]:
    with settings_page(qtbot, office.desk) as opened:
        yield opened


@pytest.fixture
def card(window: MainWindow) -> GatewayCard:
    return window.findChildren(GatewaySection)[0].card


def press(qtbot: QtBot, window: MainWindow, card: GatewayCard, name: str) -> None:
    button = next(b for b in card.findChildren(QAbstractButton) if name in {b.text(), b.accessibleName()})
    button.click()
    qtbot.waitUntil(lambda: window.background.idle, timeout=15000)


def words_in(card: GatewayCard) -> str:
    return "\n".join(label.text() for label in card.findChildren(QLabel))


def status_words(window: MainWindow) -> str:
    """The gateway in use is always visible."""
    return "\n".join(label.text() for label in window.findChildren(StatusLine)[0].findChildren(QLabel))


def secret_edits(card: GatewayCard) -> list[QLineEdit]:
    return [edit for edit in card.findChildren(QLineEdit) if edit.echoMode() is QLineEdit.EchoMode.Password]


def edit_holding(card: GatewayCard, text: str) -> QLineEdit:
    return next(edit for edit in card.findChildren(QLineEdit) if edit.text() == text)


def test_every_real_gateway_can_be_chosen_and_none_of_training(card: GatewayCard) -> None:
    kinds = [card.kind.itemData(place) for place in range(card.kind.count())]
    assert kinds == ["portal", "ejbca", "cmp", "django_ca"] and card.kind.currentData() == "portal"
    for kind in kinds:
        choose(card, kind)
        assert card.spec.identifier == kind and card.findChildren(QLineEdit)


def test_the_connection_is_tried_and_says_each_result(
    qtbot: QtBot, window: MainWindow, card: GatewayCard, office: PortalOffice
) -> None:
    press(qtbot, window, card, "Uji sambungan")
    assert "Jawaban OCSP dapat diambil." in words_in(card)
    edit_holding(card, office.ca.ocsp_url).setText("http://127.0.0.1:9/")
    press(qtbot, window, card, "Uji sambungan")
    assert "Server CA tidak dapat dihubungi." in words_in(card)


def test_a_secret_is_kept_and_never_shown_again(
    qtbot: QtBot, window: MainWindow, card: GatewayCard, office: PortalOffice
) -> None:
    service = EsignService()
    with service.serving():
        edits = card.findChildren(QLineEdit)
        place = edits.index(secret_edits(card)[0])
        edits[place].setText(PASSWORD)
        edits[place - 1].setText(USER)
        edits[place - 2].setText(service.url)
        press(qtbot, window, card, "Simpan sambungan CA")
        assert "Tersimpan." in words_in(card)
        assert card.isVisible() and "portal BSrE" in status_words(window)
        qtbot.waitUntil(lambda: len(secret_edits(card)) == 1)  # the form is made anew once the settings are read
        (secret,) = secret_edits(card)
        assert secret.text() == "" and secret.placeholderText() == KEPT
        assert all(PASSWORD not in edit.text() for edit in card.findChildren(QLineEdit))
        press(qtbot, window, card, "Uji sambungan")
        assert "eSign Client Service menjawab." in words_in(card), "the kept secret is used"


def test_what_cannot_be_used_is_refused_with_its_reason(
    qtbot: QtBot, window: MainWindow, card: GatewayCard, office: PortalOffice
) -> None:
    assert office.desk.connecting is not None
    before = office.desk.connecting.choice()
    edit_holding(card, office.ca.crl_url).setText("ftp://daftar")
    press(qtbot, window, card, "Simpan sambungan CA")
    assert "Alamat CRL tidak lengkap." in words_in(card)
    choose(card, "ejbca")
    press(qtbot, window, card, "Simpan sambungan CA")
    assert "Belum diisi:" in words_in(card)
    assert office.desk.connecting.choice() == before


@pytest.mark.parametrize("identifier", ["portal", "ejbca", "cmp", "django_ca"])
def test_the_help_opens_for_each_gateway(qtbot: QtBot, window: MainWindow, card: GatewayCard, identifier: str) -> None:
    choose(card, identifier)
    press(qtbot, window, card, "Petunjuk sambungan CA")
    opened = next(found for found in window.findChildren(HelpSheet) if found.isVisible())
    assert len(opened.findChildren(QTextBrowser)[0].toPlainText()) > 200
    qtbot.keyClick(opened, Qt.Key.Key_Escape)
