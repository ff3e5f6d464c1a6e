"""What an officer reads when the CA's servers are out of order, or when it recorded something else than was asked."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QPlainTextEdit
from pytestqt.qtbot import QtBot

from lockdesk.core.cases import CaseState
from lockdesk.core.operations import OperationState
from lockdesk.desk.operations.acting import serial_tail
from lockdesk.errors import Unsettled
from lockdesk.ui.cases.casework import read_case
from lockdesk.ui.look.times import OfficeTime
from lockdesk.ui.verification.operations_card import CaAsk, OperationsCard
from lockdesk.ui.widgets.questions import ReasonSheet
from lockdesk.words import moment_words
from tests.helpers.authority import pki_material as make
from tests.helpers.authority.openssl_ca import OpensslCa
from tests.helpers.desk.office import SetClock
from tests.helpers.desk.portal import PORTAL_FORM, SERIAL, connect, subject, waiting_for_revocation
from tests.helpers.desk.portal_office import PortalOffice, office_ca, portal_office
from tests.helpers.desk.steps import accept, receive
from tests.helpers.window.reading import shown_words
from tests.helpers.window.real_window import real_window, rest, show_case


@pytest.fixture
def ca(tmp_path: Path) -> OpensslCa:
    made = office_ca(tmp_path / "ca")
    made.issue(make.pem(make.request(make.ec_key(41))), subject(), SERIAL)
    return made


@pytest.fixture
def clock(ca: OpensslCa) -> SetClock:
    """Stands where the CA's certificates are valid already."""
    return SetClock(datetime.now(UTC))


@pytest.fixture
def servers() -> Iterator[ExitStack]:
    with ExitStack() as made:
        yield made


@pytest.fixture
def office(tmp_path: Path, ca: OpensslCa, clock: SetClock, servers: ExitStack) -> Iterator[PortalOffice]:
    """`servers.close()` stops the CA's servers."""
    servers.enter_context(ca.serving())
    with portal_office(tmp_path / "kerja", ca, clock) as made:
        yield made


def test_a_question_that_reached_nobody_is_told_with_the_time_of_the_next(
    qtbot: QtBot, office: PortalOffice, clock: SetClock, servers: ExitStack
) -> None:
    desk = office.desk
    case_id = waiting_for_revocation(desk)
    operation = desk.reading.case(case_id).open_operation()
    assert operation is not None
    first = desk.polling.plan(operation.id).next_at
    assert first is not None
    servers.close()
    clock.at = first
    assert desk.poll() == (case_id,), "so that the window shows it"
    work, times = read_case(desk, case_id).ca_work, OfficeTime(desk.office.calendar)
    assert work.asks_at is not None and work.asks_at > first
    card = OperationsCard(times, "BSrE")
    qtbot.addWidget(card)
    card.show_case(desk.reading.case(case_id), work, clock.at)
    card.show()
    words = shown_words(card)
    assert "Server CA tidak dapat dihubungi." in words
    assert f"Ditanyakan lagi otomatis {times.moment(work.asks_at, clock.at)}." in words
    with office.ca.serving():
        clock.at = work.asks_at
        # That it was over, or what is wrong now, is told as well.
        assert desk.poll() == (case_id,)


def test_a_list_that_is_down_is_named_and_holds_nothing_up_while_ocsp_answers(office: PortalOffice) -> None:
    desk = office.desk
    connect(desk, office.ca, crl_url="http://127.0.0.1:9/")
    case_id = receive(desk, "01")
    desk.review.start(case_id)
    desk.handwork.record_holder(case_id, PORTAL_FORM)
    accept(desk, case_id)
    preflight = desk.operations.preflight(case_id)
    (down,) = [item for item in preflight.items if not item.ok]
    assert "Daftar pencabutan (CRL)" in down.words and "OCSP menjawab dan cukup" in down.words
    assert preflight.ready and preflight.holder is not None
    desk.operations.revoke(case_id, serial_tail(preflight.holder))
    assert desk.reading.row(case_id).operation is OperationState.AWAITING


def test_without_any_proof_nothing_is_begun(office: PortalOffice) -> None:
    desk = office.desk
    connect(desk, office.ca, ocsp_url="http://127.0.0.1:9/", crl_url="http://127.0.0.1:9/")
    case_id = receive(desk, "01")
    desk.review.start(case_id)
    desk.handwork.record_holder(case_id, PORTAL_FORM)
    accept(desk, case_id)
    assert not desk.operations.preflight(case_id).ready


def test_what_the_ca_recorded_is_shown_before_it_is_accepted(qtbot: QtBot, office: PortalOffice) -> None:
    desk = office.desk
    case_id = waiting_for_revocation(desk)
    office.ca.revoke(SERIAL, "cessationOfOperation")
    with pytest.raises(Unsettled):
        desk.operations.settle(case_id)
    recorded = desk.operations.recorded(case_id)
    with real_window(qtbot, desk) as window:
        show_case(qtbot, window, case_id)
        button = f"ca-{CaAsk.ACCEPT_RECORD}"
        next(b for b in window.findChildren(QAbstractButton, button) if b.isVisible()).click()
        rest(qtbot, window)
        asked = next(found for found in window.findChildren(ReasonSheet) if found.isVisible())
        words = shown_words(asked)
        assert "superseded" in words and "cessationOfOperation" in words
        assert moment_words(recorded.revoked_at, desk.office.zone) in words
        asked.findChildren(QPlainTextEdit)[0].setPlainText("Disepakati dengan CA lewat telepon.")
        asked.verb.click()
        rest(qtbot, window)
    assert desk.reading.row(case_id).state is CaseState.REVOKED
