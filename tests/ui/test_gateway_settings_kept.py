"""Sambungan CA as an administrator meets it: what a tick belongs to, what is compared, what survives."""

import hashlib
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from lockdesk.desk.office.gateway_fields import GatewayChoice
from lockdesk.errors import Unreachable
from lockdesk.gateway.settings import chain_in
from lockdesk.ui.office.fields_form import read_field_file
from lockdesk.ui.office.gateway import GatewayCard, GatewaySection
from lockdesk.ui.shell.application import MainWindow
from tests.helpers.desk.portal_office import PortalOffice
from tests.helpers.window.filling import choose
from tests.helpers.window.reading import shown_words
from tests.helpers.window.real_window import PATIENCE_MS, rest, settings_page


@pytest.fixture
def window(qtbot: QtBot, office: PortalOffice) -> Iterator[MainWindow]:
    with settings_page(qtbot, office.desk) as opened:
        yield opened


def card_of(window: MainWindow) -> GatewayCard:
    return window.findChildren(GatewaySection)[-1].card


def press(qtbot: QtBot, window: MainWindow, words: str) -> None:
    buttons = card_of(window).findChildren(QAbstractButton)
    button = next(b for b in buttons if words in {b.text(), b.accessibleName()} and b.isVisible())
    qtbot.waitUntil(button.isEnabled, timeout=PATIENCE_MS)  # it rests until what is saved was read
    button.click()
    rest(qtbot, window)


def edit(window: MainWindow, name: str) -> QLineEdit:
    found = card_of(window).findChild(QLineEdit, name)
    assert isinstance(found, QLineEdit)
    return found


def write(qtbot: QtBot, window: MainWindow, name: str, text: str) -> None:
    field = edit(window, name)
    field.clear()
    qtbot.keyClicks(field, text)


def test_a_test_says_nothing_about_what_was_written_after_it(qtbot: QtBot, window: MainWindow) -> None:
    press(qtbot, window, "Uji sambungan")
    told = "Jawaban OCSP dapat diambil."
    qtbot.waitUntil(lambda: told in shown_words(card_of(window)), timeout=PATIENCE_MS)
    write(qtbot, window, "seconds", "25")
    qtbot.waitUntil(lambda: "Isian berubah setelah diuji" in shown_words(card_of(window)))
    assert told not in shown_words(card_of(window))


def test_an_answer_that_comes_after_the_form_changed_is_no_tick(qtbot: QtBot, window: MainWindow) -> None:
    rest(qtbot, window)
    card = card_of(window)
    next(b for b in card.findChildren(QAbstractButton) if b.text() == "Uji sambungan").click()
    write(qtbot, window, "seconds", "35")
    rest(qtbot, window)
    qtbot.waitUntil(lambda: "Isian berubah setelah diuji" in shown_words(card))
    assert "dapat diambil" not in shown_words(card)


def test_the_ca_s_fingerprint_is_shown_whole_where_it_is_chosen(window: MainWindow, office: PortalOffice) -> None:
    done = subprocess.run(
        ["openssl", "x509", "-in", str(office.ca.folder / "ca.pem"), "-noout", "-fingerprint", "-sha256"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    told = done.stdout.partition("=")[2].strip()
    shown = shown_words(card_of(window)).replace(" ", "").replace("\n", "")
    assert told.replace(":", "") in shown.replace(":", "") and "CA Contoh Uji, berlaku sampai" in shown_words(
        card_of(window)
    )


def test_what_is_half_filled_survives_pages_kinds_and_a_new_language(qtbot: QtBot, window: MainWindow) -> None:
    write(qtbot, window, "portal_url", "https://portal.contoh.example/masuk")
    window.show_page("cases")
    window.show_page("settings")
    assert edit(window, "portal_url").text() == "https://portal.contoh.example/masuk"
    choose(card_of(window), "ejbca")
    write(qtbot, window, "url", "https://ejbca.contoh.example/")
    choose(card_of(window), "portal")
    assert edit(window, "portal_url").text() == "https://portal.contoh.example/masuk"
    choose(card_of(window), "ejbca")
    window.rebuild()
    rest(qtbot, window)
    assert card_of(window).spec.identifier == "ejbca"
    assert edit(window, "url").text() == "https://ejbca.contoh.example/"


def test_what_was_saved_is_no_draft_any_more(qtbot: QtBot, window: MainWindow, office: PortalOffice) -> None:
    write(qtbot, window, "portal_url", "https://portal.contoh.example/")
    press(qtbot, window, "Simpan sambungan CA")
    assert not card_of(window).half_filled[1]
    assert office.desk.connecting is not None
    assert office.desk.connecting.choice().values["portal_url"] == "https://portal.contoh.example/"


LOCKED = "Penyimpan kata sandi komputer terkunci atau tidak tersedia."


class LockedKeyring:
    """Gives its secrets once somebody has unlocked it."""

    def __init__(self) -> None:
        self.locked = True

    def keep_secret(self, name: str, value: str) -> None:
        raise Unreachable(LOCKED, "Buka kuncinya, lalu coba lagi.")

    def secret(self, name: str) -> str:
        if self.locked:
            raise Unreachable(LOCKED, "Buka kuncinya, lalu coba lagi.")
        return ""


def test_a_locked_keyring_is_named_and_can_be_tried_again(
    qtbot: QtBot, office: PortalOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    keyring = LockedKeyring()
    monkeypatch.setattr(office.desk.connecting, "_secrets", keyring)
    with settings_page(qtbot, office.desk) as window:
        card = card_of(window)
        qtbot.waitUntil(lambda: "Penyimpan kata sandi komputer terkunci" in shown_words(card), timeout=60_000)
        buttons = {b.text(): b for b in card.findChildren(QAbstractButton) if b.isVisible()}
        assert not buttons["Uji sambungan"].isEnabled() and not buttons["Simpan"].isEnabled()
        keyring.locked = False
        press(qtbot, window, "Coba lagi")
        qtbot.waitUntil(lambda: "terkunci" not in shown_words(card), timeout=60_000)
        assert edit(window, "ocsp_url").text() == office.ca.ocsp_url and buttons["Simpan"].isEnabled()


def test_the_wheel_scrolls_the_page_and_changes_no_setting(window: MainWindow) -> None:
    page = card_of(window).window()
    boxes = [box for box in page.findChildren(QComboBox) if box.isVisible()]
    assert boxes
    before = [box.currentIndex() for box in boxes]
    for box in boxes:
        box.setFocus()
        turn(box)
    assert [box.currentIndex() for box in boxes] == before


def turn(widget: QWidget) -> None:
    none, up = Qt.MouseButton.NoButton, QPoint(0, -120)
    place = QPointF(4, 4)
    modifiers = Qt.KeyboardModifier.NoModifier
    event = QWheelEvent(place, place, up, up, none, modifiers, Qt.ScrollPhase.NoScrollPhase, False)
    QApplication.sendEvent(widget, event)


@pytest.mark.parametrize("form", ["text", "der", "comment"])
def test_a_ca_s_certificate_is_taken_however_the_ca_hands_it_out(
    office: PortalOffice, tmp_path: Path, form: str
) -> None:
    pem = office.ca.folder / "ca.pem"
    path = tmp_path / "ca.crt"
    if form == "comment":
        path.write_bytes(
            "Sertifikat akar – dari kantor ✓\r\n-----BEGIN KETERANGAN-----\r\n".encode() + pem.read_bytes()
        )
    else:
        as_told = ["-text"] if form == "text" else ["-outform", "DER"]
        subprocess.run(["openssl", "x509", "-in", str(pem), *as_told, "-out", str(path)], check=True)
    kept = read_field_file(path)
    (der,) = chain_in(kept.encode())
    assert hashlib.sha256(der).hexdigest() == hashlib.sha256(chain_in(pem.read_bytes())[0]).hexdigest()
    assert office.desk.connecting is not None
    values = {**office.desk.connecting.choice().values, "chain_pem": kept}
    told = office.desk.connecting.test(GatewayChoice("portal", values))
    assert all(item.ok for item in told), told
