"""As few actions as are safe: the officer's work counted in key presses, clicks, drops and typed fields."""

from collections.abc import Iterator
from email import message_from_bytes
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from lockdesk.app import OpenProfile
from lockdesk.core.cases import CaseState
from lockdesk.desk.operations.acting import serial_tail
from lockdesk.desk.requests.steps import CaseAction, undecided
from lockdesk.ui.complaints.new import NewComplaint
from lockdesk.ui.dialogs.call import CallSheet
from lockdesk.ui.dialogs.notice import NoticeSheet
from lockdesk.ui.dialogs.operations import ReissueSheet, RevokeSheet
from lockdesk.ui.dialogs.portal import HolderSheet
from lockdesk.ui.dialogs.review import AskApplicantSheet, RejectSheet
from lockdesk.ui.intake.sheets import WalkInSheet
from lockdesk.ui.prints.print_sheet import PrintSheet
from lockdesk.ui.shell.application import MainWindow
from lockdesk.ui.widgets.questions import ReasonSheet
from tests.helpers.desk.portal import NEW_SERIAL, PORTAL_FORM, SERIAL, csr_of, subject
from tests.helpers.desk.portal_office import PortalOffice
from tests.helpers.desk.steps import misbehave, verified
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


def drop(officer: Officer, tmp_path: Path, name: str, content: bytes = b"") -> None:
    mail = tmp_path / f"{name}.eml"
    mail.write_bytes(content or sample(name))
    officer.drop(mail)


def scan_from_the_unit() -> bytes:
    """Two warnings: the letter is a scan, and another mailbox of the office sent it."""
    mail = message_from_bytes(sample("03"))
    mail.replace_header("From", "Bagian Umum <umum@contoh.pekalongankota.go.id>")
    return mail.as_bytes()


def under_review(officer: Officer, tmp_path: Path, name: str) -> None:
    """A case that is being checked already: what follows is counted."""
    drop(officer, tmp_path, name)
    officer.enter()
    officer.reaches(CaseState.UNDER_REVIEW)
    officer.actions.clear()


def call(officer: Officer, verb: str) -> None:
    """Calls the applicant, who confirms."""
    officer.enter()
    sheet = officer.sheet(CallSheet)
    assert not sheet._form().reached and sheet.verb.accessibleDescription().startswith("Pilih hasil"), "not presumed"
    officer.key(Qt.Key.Key_1)
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
    drop(officer, tmp_path, "03", scan_from_the_unit())
    officer.enter()
    officer.reaches(CaseState.UNDER_REVIEW)
    warnings = [finding.check for finding in undecided(officer.case)]
    assert len(warnings) == 2, warnings
    for _warning in warnings:
        officer.enter()
        officer.sheet(ReasonSheet)
        officer.key(Qt.Key.Key_1, alt=True)
        officer.confirm()
    call(officer, "Simpan dan nyatakan sesuai")
    officer.reaches(CaseState.VERIFIED)
    revoke(officer)
    officer.reaches(CaseState.REVOKED)
    officer.confirm()
    officer.reaches(CaseState.ISSUED)
    officer.confirm()
    officer.reaches(CaseState.COMPLETED)
    count(officer, "A scan with two warnings", 16)


def test_a_rejection(officer: Officer, tmp_path: Path) -> None:
    under_review(officer, tmp_path, "05")
    officer.enter()
    officer.sheet(RejectSheet)
    officer.confirm()
    officer.reaches(CaseState.REJECTED)
    count(officer, "Reject (reasons proposed)", 5)


def test_what_is_missing_is_asked_for(officer: Officer, tmp_path: Path) -> None:
    under_review(officer, tmp_path, "06")
    officer.begin(CaseAction.ASK_APPLICANT)
    officer.sheet(AskApplicantSheet)
    officer.confirm()
    officer.reaches(CaseState.AWAITING_APPLICANT)
    count(officer, "Incomplete", 4)


def test_a_withdrawal(officer: Officer, tmp_path: Path) -> None:
    under_review(officer, tmp_path, "01")
    officer.begin(CaseAction.WITHDRAW)
    officer.sheet(ReasonSheet)
    officer.key(Qt.Key.Key_1, alt=True)
    officer.confirm()
    officer.reaches(CaseState.WITHDRAWN)
    count(officer, "Withdraw", 4)


def test_an_unsettled_revocation(officer: Officer, profile: OpenProfile) -> None:
    case_id = verified(profile.desk)
    officer.show(case_id)
    misbehave(profile.desk, "die_after")
    officer.enter()
    revoke(officer)
    officer.until(lambda: officer.case.open_operation() is not None)
    officer.key(Qt.Key.Key_Escape)  # what went wrong is told
    misbehave(profile.desk, "normal")
    officer.actions.clear()
    officer.enter()
    officer.reaches(CaseState.REVOKED)
    officer.sheet(ReissueSheet)
    count(officer, "Unsettled, to the next step", 3)


def test_an_approval(officer: Officer, profile: OpenProfile) -> None:
    """The trainer approves; the officer's part is what is counted."""
    case_id = verified(profile.desk)
    officer.show(case_id)
    officer.enter()
    revoke(officer)
    officer.reaches(CaseState.REVOKED)
    misbehave(profile.desk, "approval")
    officer.actions.clear()
    officer.confirm()
    officer.until(lambda: officer.case.open_operation() is not None)
    assert profile.desk.practice is not None
    profile.desk.practice.approve(case_id)
    officer.window.work.read()
    officer.until(lambda: officer.case.state is CaseState.ISSUED or officer.case.open_operation() is not None)
    officer.rest()
    if officer.case.state is not CaseState.ISSUED:
        officer.enter()
    officer.reaches(CaseState.ISSUED)
    count(officer, "Approval by a person", 3)


def test_a_walk_in(officer: Officer) -> None:
    officer.shortcut(Qt.Key.Key_N, "Ctrl+Shift+N", shift=True)
    sheet = officer.sheet(WalkInSheet)
    officer.write("sekar cont")
    officer.until(lambda: bool(sheet.search._people))
    officer.enter()
    assert sheet._form.applicant.name.startswith("Sekar") and not sheet._form.applicant.nik
    officer.write("3375995502909901")
    officer.key(Qt.Key.Key_Return, control=True)
    officer.reaches(CaseState.RECEIVED)
    officer.sheet(PrintSheet)  # no printer was used before: the preview asks
    count(officer, "Walk-in with receipt", 12)


def test_a_complaint_with_its_receipt(officer: Officer, profile: OpenProfile) -> None:
    officer.shortcut(Qt.Key.Key_F8, "F8", control=False)
    officer.write("Tri Umpamakan")
    form = officer.window.findChildren(NewComplaint)[0]
    officer.click(form.fields._description, "click Uraian")
    officer.write("Sertifikat belum juga terbit sejak pekan lalu.")
    officer.key(Qt.Key.Key_Return, control=True)
    officer.until(lambda: bool(profile.desk.reading.complaint_page("open").rows))
    officer.rest()
    count(officer, "Complaint with receipt", 6)


def record_holder(officer: Officer) -> None:
    """What the portal shows of the old certificate, field by field."""
    officer.enter()
    officer.sheet(HolderSheet)
    shown = (PORTAL_FORM.serial, PORTAL_FORM.name, f"{PORTAL_FORM.valid_until:%d%m%Y}", PORTAL_FORM.number)
    for place, text in enumerate(shown):
        if place:
            officer.key(Qt.Key.Key_Tab)
        officer.write(text)
    officer.enter()


def test_the_portal_route_from_the_mail_to_told(qtbot: QtBot, office: PortalOffice, tmp_path: Path) -> None:
    """People act at the CA meanwhile; what they do there is not the officer's."""
    desk = office.desk
    with real_window(qtbot, desk) as window:
        officer = Officer(qtbot, window)
        drop(officer, tmp_path, "01")
        officer.enter()
        officer.reaches(CaseState.UNDER_REVIEW)
        record_holder(officer)
        officer.until(lambda: officer.case.old_certificate is not None)
        officer.rest()
        call(officer, "Simpan dan nyatakan sesuai")
        officer.reaches(CaseState.VERIFIED)
        count(officer, "Portal, from the mail to accepted", 16)
        officer.actions.clear()
        revoke(officer)
        officer.until(lambda: officer.case.open_operation() is not None)
        officer.rest()
        office.ca.revoke(SERIAL)
        officer.enter()
        officer.reaches(CaseState.REVOKED)
        officer.sheet(ReissueSheet)
        officer.confirm()
        officer.until(lambda: officer.case.open_operation() is not None)
        officer.rest()
        certificate = tmp_path / "baru.cer"
        certificate.write_bytes(office.ca.issue(csr_of(desk, officer.case.id), subject(), NEW_SERIAL))
        officer.drop(certificate)
        officer.reaches(CaseState.ISSUED)
        officer.enter()
        officer.sheet(NoticeSheet)
        officer.confirm()
        count(officer, "Portal, from accepted to told", 10)
