"""E-mail kantor on a real working profile: tried before it is used, the secret never shown again."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from lockdesk.ui.office.fields_form import KEPT
from lockdesk.ui.office.mail import MailSection
from lockdesk.ui.shell.application import MainWindow
from lockdesk.ui.widgets.sheet import open_sheets
from tests.helpers.desk.portal_office import PortalOffice
from tests.helpers.mail.account import OFFICE
from tests.helpers.window.real_window import settings_page
from tests.servers.small_ca import SmallCa
from tests.servers.smtp import PASSWORD, USER, SmtpServer
from tests.servers.web import server_context


@pytest.fixture
def window(qtbot: QtBot, office: PortalOffice) -> Iterator[MainWindow]:
    with settings_page(qtbot, office.desk) as opened:
        yield opened


@pytest.fixture
def section(window: MainWindow) -> MailSection:
    return window.findChildren(MailSection)[0]


def fill(section: MailSection, **values: str) -> None:
    for name, text in values.items():
        section.findChild(QLineEdit, name).setText(text)


def press(qtbot: QtBot, window: MainWindow, section: MailSection, name: str) -> None:
    button = next(b for b in section.findChildren(QAbstractButton) if name in {b.text(), b.accessibleName()})
    button.click()
    qtbot.waitUntil(lambda: window.background.idle, timeout=60_000)


def words_in(section: MailSection) -> str:
    return "\n".join(label.text() for label in section.findChildren(QLabel))


def test_the_account_is_tried_saved_and_given_up(
    qtbot: QtBot, window: MainWindow, section: MailSection, office: PortalOffice, tmp_path: Path
) -> None:
    ca = SmallCa("CA kantor")
    (tmp_path / "ca.pem").write_bytes(ca.pem)
    with SmtpServer(server_context(ca)) as server:
        fill(section, address=OFFICE, smtp_host="127.0.0.1", smtp_port=str(server.port), user=USER)
        fill(section, imap_host="127.0.0.1", secret="salah")
        press(qtbot, window, section, "Periksa sambungan")
        assert "CA yang tidak dipercaya" in words_in(section)
        section._on_file("ca_pem", tmp_path / "ca.pem")
        qtbot.waitUntil(lambda: window.background.idle, timeout=60_000)
        press(qtbot, window, section, "Periksa sambungan")
        assert "menolak nama pengguna atau kata sandi" in words_in(section)
        fill(section, secret=PASSWORD)
        press(qtbot, window, section, "Periksa sambungan")
        assert "menerima sambungan terenkripsi" in words_in(section)
        press(qtbot, window, section, "Simpan akun e-mail")
        assert "Tersimpan." in words_in(section)
        secret = section.findChild(QLineEdit, "secret")
        assert secret.text() == "" and secret.placeholderText() == KEPT
        assert PASSWORD not in str(office.desk.casebook.setting("mail"))
        assert [item.ok for item in office.desk.post.check()] == [True]
    press(qtbot, window, section, "Berhenti memakai akun ini")
    assert office.desk.mailing.account() is not None, "it asks first"
    open_sheets(window)[-1].verb.click()
    qtbot.waitUntil(lambda: window.background.idle, timeout=60_000)
    assert office.desk.mailing.account() is None and "sebagai berkas" in words_in(section)


def test_what_cannot_be_used_is_named_and_not_saved(
    qtbot: QtBot, window: MainWindow, section: MailSection, office: PortalOffice
) -> None:
    fill(section, address="a@contoh.go.id, b@lain.invalid", smtp_host="smtp.contoh.go.id", user=USER)
    fill(section, imap_host="imap.contoh.go.id", secret=PASSWORD)
    press(qtbot, window, section, "Simpan akun e-mail")
    assert "lebih dari satu alamat" in words_in(section)
    fill(section, address=OFFICE, smtp_port="99999")
    press(qtbot, window, section, "Simpan akun e-mail")
    assert "antara 1 dan 65535" in words_in(section)
    assert office.desk.mailing.account() is None
    assert section.findChild(QLineEdit, "user").text() == USER and section.findChildren(QComboBox)
