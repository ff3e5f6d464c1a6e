"""As few actions as are safe: the officer's work counted in key presses, clicks, drops and typed fields."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from lockdesk.app import OpenProfile
from lockdesk.core.cases import CaseState
from lockdesk.core.confirmation import CallResult
from lockdesk.desk.operations.acting import serial_tail
from lockdesk.ui.dialogs.call import CallSheet
from lockdesk.ui.dialogs.notice import NoticeSheet
from lockdesk.ui.dialogs.operations import ReissueSheet, RevokeSheet
from lockdesk.ui.shell.application import MainWindow
from lockdesk.ui.widgets.questions import ReasonSheet
from tests.helpers.papers.samples import sample
from tests.helpers.window.officer import Officer
from tests.helpers.window.real_window import real_window

TABLE: list[tuple[str, int, int, list[str]]] = []
"""What was counted: the work, its aim, the actions."""


@pytest.fixture(scope="module", autouse=True)
def table(request: pytest.FixtureRequest) -> Iterator[None]:
    """Prints the table when all was counted."""
    yield
    reporter = request.config.pluginmanager.get_plugin("terminalreporter")
    capture = request.config.pluginmanager.get_plugin("capturemanager")
    if reporter is None or capture is None:
        return
    with capture.global_and_fixture_disabled():
        reporter.ensure_newline()
        for work, aim, counted, actions in TABLE:
            reporter.write_line(f"{work:<34} {counted:>3} (aim {aim}): {' · '.join(actions)}")


@pytest.fixture
def window(qtbot: QtBot, profile: OpenProfile) -> Iterator[MainWindow]:
    with real_window(qtbot, profile.desk) as opened:
        yield opened


@pytest.fixture
def officer(qtbot: QtBot, window: MainWindow) -> Officer:
    return Officer(qtbot, window)


def count(officer: Officer, work: str, aim: int) -> None:
    TABLE.append((work, aim, len(officer.actions), list(officer.actions)))
    assert len(officer.actions) <= aim, " · ".join(officer.actions)


def drop(officer: Officer, tmp_path: Path, name: str) -> None:
    mail = tmp_path / f"{name}.eml"
    mail.write_bytes(sample(name))
    officer.drop(mail)


def call(officer: Officer, verb: str) -> None:
    """Calls the applicant, who confirms."""
    officer.enter()
    sheet = officer.sheet(CallSheet)
    assert not sheet._form().reached and not sheet._result.value, "nothing is presumed"
    officer.key(Qt.Key.Key_1)
    assert sheet._result.value == CallResult.CONFIRMED
    officer.write("Sekar Contohwati")
    assert sheet.verb.text() == verb
    officer.enter()


def revoke(officer: Officer) -> None:
    officer.sheet(RevokeSheet)
    assert officer.case.old_certificate is not None
    officer.write(serial_tail(officer.case.old_certificate).lower())
    officer.confirm()


def test_a_clean_request_from_the_mail_to_its_end(officer: Officer, tmp_path: Path) -> None:
    drop(officer, tmp_path, "01")
    officer.enter()
    officer.reaches(CaseState.UNDER_REVIEW)
    call(officer, "Simpan dan nyatakan sesuai")
    officer.reaches(CaseState.VERIFIED)
    revoke(officer)
    officer.reaches(CaseState.REVOKED)
    officer.sheet(ReissueSheet)
    officer.confirm()
    officer.reaches(CaseState.ISSUED)
    officer.sheet(NoticeSheet)
    officer.confirm()
    officer.reaches(CaseState.COMPLETED)
    count(officer, "A clean request", 10)


def test_a_scan_with_two_warnings(officer: Officer, tmp_path: Path) -> None:
    drop(officer, tmp_path, "03")
    officer.enter()
    officer.reaches(CaseState.UNDER_REVIEW)
    while (
        officer.window.cases.panel.bar.primary is not None
        and "Putuskan" in officer.window.cases.panel.bar.primary.text()
    ):
        officer.enter()
        officer.sheet(ReasonSheet)
        officer.write("Sama dengan gambarnya.")
        officer.confirm()
    call(officer, "Simpan dan nyatakan sesuai")
    officer.reaches(CaseState.VERIFIED)
    revoke(officer)
    officer.reaches(CaseState.REVOKED)
    officer.confirm()
    officer.reaches(CaseState.ISSUED)
    officer.confirm()
    officer.reaches(CaseState.COMPLETED)
    count(officer, "A scan with its warnings", 16)
