"""What the eSign Client Service says of the holder is shown and kept, before and after; it never proves anything."""

import contextlib
import logging
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from lockdesk.core.cases import CaseState
from lockdesk.desk.desk import Desk
from lockdesk.desk.operations.acting import serial_tail
from lockdesk.errors import LockdeskError, Unsettled
from tests.helpers.authority.esign_service import PASSWORD, USER, EsignService
from tests.helpers.desk.office import SetClock
from tests.helpers.desk.portal import NEW_SERIAL, PORTAL_FORM, SERIAL, csr_of, subject
from tests.helpers.desk.portal_office import PortalOffice, bring, portal_office, serving_ca
from tests.helpers.desk.steps import accept, receive


@pytest.fixture
def service(office: PortalOffice) -> Iterator[EsignService]:
    made = EsignService()
    with made.serving():
        office.switch(esign_url=made.url, esign_user=USER, esign_password=PASSWORD)
        yield made


def verified(desk: Desk) -> int:
    case_id = receive(desk, "01")
    desk.review.start(case_id)
    desk.handwork.record_holder(case_id, PORTAL_FORM)
    accept(desk, case_id)
    return case_id


def begin(desk: Desk, case_id: int) -> None:
    preflight = desk.operations.preflight(case_id)
    assert preflight.ready and preflight.holder is not None, preflight.items
    desk.operations.revoke(case_id, serial_tail(preflight.holder))


def test_the_status_is_kept_before_and_after(office: PortalOffice, service: EsignService) -> None:
    desk = office.desk
    case_id = verified(desk)
    assert desk.operations.preflight(case_id).holder_status == "ISSUE: sertifikat terbit dan berlaku"
    begin(desk, case_id)
    operation = desk.reading.case(case_id).operations[-1]
    assert operation.holder_before.startswith("ISSUE") and operation.holder_after == ""
    office.ca.revoke(SERIAL)
    service.status = "REVOKE"
    desk.operations.settle(case_id)
    case = desk.reading.case(case_id)
    assert case.state is CaseState.REVOKED
    assert case.operations[-1].holder_after == "REVOKE: sertifikat dicabut"
    kept = [content for kind, content in desk.casebook.evidence(case.operations[-1].id) if kind == "holder_status"]
    assert kept == [b"before ISSUE: sertifikat terbit dan berlaku", b"after REVOKE: sertifikat dicabut"]
    desk.operations.reissue(case_id)
    service.status = "ISSUE"
    bring(desk, case_id, office.ca.issue(csr_of(desk, case_id), subject(), NEW_SERIAL))
    desk = office.again()
    assert desk.reading.case(case_id).operations[-1].holder_after.startswith("ISSUE")
    assert set(service.asked) == {desk.reading.case(case_id).applicant.nik}


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ("broken", "tidak dapat dibaca"),
        ("html", "tidak dapat dibaca"),
        ("nested", "tidak dapat dibaca"),
        ("bad_id", "tidak dapat dibaca"),
        ("password", "menolak nama pengguna"),
        ("silent", "tidak dapat dihubungi"),
    ],
)
def test_a_service_that_fails_is_said_and_holds_nothing_up(
    office: PortalOffice, service: EsignService, fault: str, words: str
) -> None:
    desk = office.desk
    case_id = verified(desk)
    service.fault = fault
    if fault == "password":
        office.switch(esign_url=service.url, esign_user=USER, esign_password="keliru-sekali")
    if fault == "silent":
        office.switch(esign_url="http://127.0.0.1:9", esign_user=USER, esign_password=PASSWORD)
    begin(desk, case_id)
    assert words in desk.reading.case(case_id).operations[-1].holder_before
    office.ca.revoke(SERIAL)
    desk.operations.settle(case_id)
    assert desk.reading.row(case_id).state is CaseState.REVOKED


@pytest.mark.parametrize(("fault", "ok"), [("", True), ("bad_id", True), ("broken", False), ("html", False)])
def test_the_test_of_the_connection(office: PortalOffice, service: EsignService, fault: str, ok: bool) -> None:
    """A 400 to an NIK that nobody has is an answer: the credentials were taken."""
    assert office.desk.connecting is not None
    service.fault = fault
    found = {item.name: item for item in office.desk.connecting.test(office.desk.connecting.choice())}
    assert found["esign.reachable"].ok is ok, found["esign.reachable"]
    assert not ok or "tidak terenkripsi" in found["esign.reachable"].words


def test_credentials_reach_no_log_no_journal_no_file_and_no_error(
    office: PortalOffice, service: EsignService, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    desk, secret = office.desk, "kata-sandi-keliru"
    assert desk.connecting is not None
    office.switch(esign_url=service.url, esign_user=USER, esign_password=secret, proxy="")
    case_id = verified(desk)
    begin(desk, case_id)
    choice = desk.connecting.complete(desk.connecting.choice())
    shown = [repr(choice), repr(desk.connecting.test(choice)), caplog.text]
    shown += [str(line.facts) for line in desk.reading.case(case_id).history]
    for url in (f"loket:{secret}@10.0.0.9", f"http://loket:{secret}@10.0.0.9/"):
        with pytest.raises(LockdeskError) as failed:
            office.switch(esign_url=url)
        shown += [str(failed.value), failed.value.detail]
    assert secret not in "\n".join(shown)
    office.close()
    files = [path.read_bytes() for path in office.folder.rglob("*") if path.is_file()]
    assert files and all(secret.encode() not in content for content in files)


@pytest.mark.parametrize("end", ["proved", "not_done"])
def test_waiting_for_the_portal_moves_the_deadline(tmp_path: Path, end: str) -> None:
    clock = SetClock(datetime.now(UTC))
    with serving_ca(tmp_path / "ca") as ca, portal_office(tmp_path / "kerja", ca, clock) as office:
        desk = office.desk
        office.switch(ocsp_url="")
        calendar = desk.office.calendar
        clock.at = calendar.next_open(datetime.now(UTC) + timedelta(minutes=1))  # when the CA is valid already
        case_id = verified(desk)
        before, began = desk.reading.case(case_id).due_at, clock.at
        begin(desk, case_id)
        assert desk.reading.row(case_id).waiting_since == began and before is not None
        clock.forward(minutes=90)
        if end == "proved":
            ca.revoke(SERIAL)
            with contextlib.suppress(Unsettled):  # the CA's clock may be behind the one set here
                desk.operations.settle(case_id)
            if desk.reading.row(case_id).state is CaseState.VERIFIED:
                assert desk.reading.row(case_id).waiting_since == began, "a record in dispute still waits for the CA"
                desk.operations.accept_record(case_id, "Jam CA berbeda.")
        else:
            desk.operations.not_done(case_id, "Pemohon tidak jadi mencabut.")
        waited = calendar.minutes_between(began, began + timedelta(minutes=90))
        assert desk.reading.case(case_id).due_at == calendar.add_minutes(before, waited) and waited
        assert desk.reading.row(case_id).waiting_since is None
