"""A certificate dropped anywhere in the window: into the proof of the case that waits for it, asked about, or told."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, pkcs7
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QRadioButton, QWidget
from pytestqt.qtbot import QtBot

from lockdesk.core.cases import CaseState
from lockdesk.desk.desk import Desk
from lockdesk.desk.ports import NamedBytes
from lockdesk.desk.values.cases import IntakeChannel
from lockdesk.errors import Declined
from lockdesk.ui.dialogs.portal import PortalSheet
from lockdesk.ui.intake.certificate_sheet import CertificateCaseSheet
from lockdesk.ui.shell.application import MainWindow
from lockdesk.ui.verification.operations_card import CaAsk
from lockdesk.ui.widgets.questions import ErrorSheet
from lockdesk.ui.widgets.sheet import open_sheets
from tests.helpers.authority import pki_material as make
from tests.helpers.desk.portal import NEW_SERIAL, PERSON, SERIAL, csr_of, subject, waiting_for_certificate
from tests.helpers.desk.portal_office import PortalOffice
from tests.helpers.desk.steps import receive
from tests.helpers.papers.small_requests import csr_of as csr_of_person
from tests.helpers.papers.small_requests import letter, mail
from tests.helpers.window.reading import shown_words
from tests.helpers.window.real_window import real_window, rest, show_case


@pytest.fixture
def window(qtbot: QtBot, office: PortalOffice) -> Iterator[MainWindow]:
    with real_window(qtbot, office.desk) as opened:
        yield opened


def drop(qtbot: QtBot, window: MainWindow, onto: QWidget, path: Path) -> None:
    """As the desktop does: it asks what the mouse is over, then its parents, until one takes it."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    left, none, copy = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, Qt.DropAction.CopyAction
    asked: QWidget | None = onto
    while asked is not None:
        entered = QDragEnterEvent(QPoint(3, 3), copy, data, left, none)
        if asked.acceptDrops():
            QApplication.sendEvent(asked, entered)
            if entered.isAccepted():
                QApplication.sendEvent(asked, QDropEvent(QPointF(3, 3), copy, data, left, none))
                break
        asked = asked.parentWidget()
    assert asked is not None, "nobody takes the file"
    rest(qtbot, window)


def new_certificate(office: PortalOffice, case_id: int, serial: int = NEW_SERIAL) -> bytes:
    return office.ca.issue(csr_of(office.desk, case_id), subject(), serial)


def old_certificate(office: PortalOffice) -> bytes:
    """The one that the CA has of the first sample's applicant."""
    return next((office.ca.folder / "issued").glob(f"*{SERIAL:X}.pem")).read_bytes()


def received_and_begun(desk: Desk, name: str = "01") -> int:
    case_id = receive(desk, name)
    desk.review.start(case_id)
    return case_id


def test_the_new_certificate_finds_its_case_from_any_page_and_any_field(
    qtbot: QtBot, window: MainWindow, office: PortalOffice, tmp_path: Path
) -> None:
    case_id = waiting_for_certificate(office.desk, office.ca)
    path = tmp_path / "baru.cer"
    path.write_bytes(new_certificate(office, case_id))
    window.show_page("register")
    rest(qtbot, window)
    field = next(edit for edit in window.findChildren(QLineEdit) if edit.isVisible())
    drop(qtbot, window, field, path)
    assert office.desk.reading.row(case_id).state is CaseState.ISSUED
    assert window.work.case_id == case_id and not field.text()


def test_steps_that_say_drop_it_here_take_it(
    qtbot: QtBot, window: MainWindow, office: PortalOffice, tmp_path: Path
) -> None:
    case_id = waiting_for_certificate(office.desk, office.ca)
    path = tmp_path / "baru.pem"
    path.write_bytes(new_certificate(office, case_id))
    show_case(qtbot, window, case_id)
    next(b for b in window.findChildren(QAbstractButton, f"ca-{CaAsk.STEPS}") if b.isVisible()).click()
    steps = next(found for found in window.findChildren(PortalSheet) if found.isVisible())
    drop(qtbot, window, steps, path)
    assert office.desk.reading.row(case_id).state is CaseState.ISSUED


def test_where_several_cases_wait_the_officer_is_asked(
    qtbot: QtBot, window: MainWindow, office: PortalOffice, tmp_path: Path
) -> None:
    desk = office.desk
    first, who = received_and_begun(desk), desk.reading.register_page(PERSON["name"]).rows[0]
    second = desk.intake.receive((mail(who, letter(who), csr_of_person(who)),), IntakeChannel.EMAIL).case_id
    desk.review.start(second)
    path = tmp_path / "lama.cer"
    path.write_bytes(old_certificate(office))
    drop(qtbot, window, window, path)
    asked = next(found for found in window.findChildren(CertificateCaseSheet) if found.isVisible())
    numbers = [desk.reading.row(case_id).number for case_id in (first, second)]
    ways = asked.findChildren(QRadioButton)
    assert sorted(way.text().partition(",")[0] for way in ways) == numbers
    next(way for way in ways if numbers[1] in way.text()).setChecked(True)
    asked.verb.click()
    rest(qtbot, window)
    taken = [desk.reading.case(case_id).old_certificate for case_id in (first, second)]
    assert [old is not None for old in taken] == [False, True]


def test_the_case_that_was_chosen_is_shown_before_its_certificate_is_looked_at(
    qtbot: QtBot, window: MainWindow, office: PortalOffice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is wrong with it is told over that case, not over the one that was open."""
    desk = office.desk
    first, who = received_and_begun(desk), desk.reading.register_page(PERSON["name"]).rows[0]
    second = desk.intake.receive((mail(who, letter(who), csr_of_person(who)),), IntakeChannel.EMAIL).case_id
    desk.review.start(second)
    show_case(qtbot, window, first)
    path = tmp_path / "lama.cer"
    path.write_bytes(old_certificate(office))
    drop(qtbot, window, window, path)
    asked = next(found for found in window.findChildren(CertificateCaseSheet) if found.isVisible())
    number = desk.reading.row(second).number
    next(way for way in asked.findChildren(QRadioButton) if number in way.text()).setChecked(True)

    def refuse(*_told: object) -> None:
        raise Declined("Sertifikat ini tidak dapat dipakai.")

    monkeypatch.setattr(desk.arriving, "bring", refuse)
    asked.verb.click()
    rest(qtbot, window)
    assert any(isinstance(found, ErrorSheet) for found in open_sheets(window)) and window.work.case_id == second


def test_what_is_wrong_with_it_is_told_over_its_case(
    qtbot: QtBot, window: MainWindow, office: PortalOffice, tmp_path: Path
) -> None:
    case_id = waiting_for_certificate(office.desk, office.ca)
    path = tmp_path / "lain.cer"
    # On another key than the CSR's: only its holder tells which case it is for.
    path.write_bytes(office.ca.issue(make.pem(make.request(make.ec_key(77))), subject(), 0x77))
    drop(qtbot, window, window, path)
    told = next(found for found in window.findChildren(ErrorSheet) if found.isVisible())
    assert "kuncinya bukan kunci pada CSR" in shown_words(told)
    assert window.work.case_id == case_id and office.desk.reading.row(case_id).state is CaseState.REVOKED


def test_a_certificate_that_nobody_waits_for_is_named_and_opens_no_case(
    qtbot: QtBot, window: MainWindow, office: PortalOffice, tmp_path: Path
) -> None:
    path = tmp_path / "lain.crt"
    path.write_bytes(old_certificate(office))
    drop(qtbot, window, window, path)
    told = next(found for found in window.findChildren(ErrorSheet) if found.isVisible())
    assert PERSON["name"] in shown_words(told) and "tidak ada kasus yang menunggunya" in shown_words(told)
    assert office.desk.casebook.counts()["all"] == 0


def test_the_old_certificate_reaches_the_case_under_review(
    qtbot: QtBot, window: MainWindow, office: PortalOffice, tmp_path: Path
) -> None:
    case_id = received_and_begun(office.desk)
    path = tmp_path / "lama.cer"
    path.write_bytes(old_certificate(office))
    drop(qtbot, window, window, path)
    old = office.desk.reading.case(case_id).old_certificate
    assert old is not None and old.facts.serial == SERIAL and old.der


def test_of_a_bundle_the_ca_s_own_certificate_is_left_out(office: PortalOffice) -> None:
    desk = office.desk
    case_id = waiting_for_certificate(desk, office.ca)
    own = x509.load_pem_x509_certificate(new_certificate(office, case_id))
    authority = x509.load_pem_x509_certificate(office.ca.pem.encode())
    bundle = NamedBytes("baru.p7b", pkcs7.serialize_certificates([authority, own], Encoding.DER))
    with pytest.raises(Declined) as refused:
        desk.intake.receive((bundle,), desk.reading.case(case_id).channel)
    assert refused.value.code == "intake.certificate"
    assert [item.row.id for item in desk.arriving.waiting_for((bundle,))] == [case_id]


def test_it_leads_nobody_away_who_begins_to_write_while_it_is_looked_at(
    qtbot: QtBot, window: MainWindow, office: PortalOffice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    received_and_begun(office.desk)
    path = tmp_path / "lama.cer"
    path.write_bytes(old_certificate(office))
    going, look = threading.Event(), office.desk.arriving.waiting_for

    def slow(files: tuple[NamedBytes, ...]) -> object:
        assert going.wait(30)
        return look(files)

    monkeypatch.setattr(office.desk.arriving, "waiting_for", slow)
    window.show_page("register")
    rest(qtbot, window)
    field = next(edit for edit in window.findChildren(QLineEdit) if edit.isVisible())
    window.intake.receive([path])
    field.setFocus()
    qtbot.keyClicks(field, "Sekar")
    going.set()
    rest(qtbot, window)
    assert window.page == "register" and QApplication.focusWidget() is field
