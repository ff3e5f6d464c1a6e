"""Practice with simulated post in the real window."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from lockdesk.app import OpenProfile, ProfileStart, shipped_mails
from lockdesk.desk.desk import Desk
from lockdesk.desk.requests.steps import CaseAction
from lockdesk.desk.values.tray import MailState
from lockdesk.ui.dialogs.notice import NoticeSheet
from lockdesk.ui.intake.mail_page import MailPage
from tests.helpers.desk.office import SetClock, office_settings
from tests.helpers.desk.steps import receive, revoke, verify
from tests.helpers.window.real_window import PATIENCE_MS, real_window, rest, show_case


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    start = ProfileStart(tmp_path / "profil", practice=True, settings=office_settings(), post=shipped_mails()[:1])
    with OpenProfile(start, SetClock()) as profile:
        yield profile.desk


def test_a_sample_is_taken_in_with_enter_and_its_answer_seen_as_simulated(qtbot: QtBot, desk: Desk) -> None:
    with real_window(qtbot, desk) as window:
        window.show_page("mail")
        page = window.findChildren(MailPage)[0]
        qtbot.waitUntil(lambda: page.panel.mail is not None, timeout=PATIENCE_MS)
        rest(qtbot, window)
        page.take_focus()
        with qtbot.waitSignal(window.case_shown, timeout=PATIENCE_MS):
            qtbot.keyClick(page.list.view, Qt.Key.Key_Return)
        rest(qtbot, window)
        desk.send_mail()
        window.show_page("mail")
        page.findChildren(QPushButton, MailState.DELIVERED.value)[0].click()
        rest(qtbot, window)
        said = "\n".join(label.text() for label in page.panel.findChildren(QLabel) if label.isVisible())
        assert "Sekar Contohwati" in said and "Di kotak surat simulasi" in said
        shown = [item.text() for item in page.panel.findChildren(QPushButton) if item.isVisible()]
        assert shown == [], "there is nothing to decide on"


def test_a_message_that_goes_by_itself_says_so_where_it_is_shown(qtbot: QtBot, desk: Desk) -> None:
    """Leaving the dialog holds nothing back: the step that owed the word has put it into the outbox."""
    case_id = receive(desk, "01")
    verify(desk, case_id)
    revoke(desk, case_id)
    desk.operations.reissue(case_id)
    with real_window(qtbot, desk) as window:
        show_case(qtbot, window, case_id)
        window.cases.handling.begin(str(CaseAction.NOTIFY))
        rest(qtbot, window)
        (sheet,) = window.findChildren(NoticeSheet)
        said = " ".join(label.text() for label in sheet.findChildren(QLabel) if label.isVisible())
        assert "dikirim dengan sendirinya" in said and "juga setelah Batal" in said
        sheet.reject()
