"""The training CA misbehaves on command; whatever it does, one revocation and one certificate come out."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from lockdesk.app import OpenProfile
from lockdesk.core.cases import CaseState
from lockdesk.core.findings import Verdict
from lockdesk.core.operations import OperationState
from lockdesk.desk.desk import Desk
from lockdesk.desk.ports import Gateway
from lockdesk.desk.values.authority import EnrolmentOrder, Issued, Waiting
from lockdesk.errors import Declined, Refused, Unreachable, Unsettled
from tests.helpers.desk.office import SetClock
from tests.helpers.desk.steps import misbehave, receive, revoke, verified, verify


def issued(desk: Desk, case_id: int) -> int:
    facts = desk.reading.case(case_id).facts.csr.facts
    assert facts is not None
    return len(desk.gateway.find_by_key(facts.key.sha256))


def test_a_lost_answer_to_a_revocation_is_asked_after_never_repeated(profile: OpenProfile) -> None:
    desk = profile.desk
    case_id = verified(desk)
    misbehave(desk, "die_after")
    with pytest.raises(Unsettled):
        revoke(desk, case_id)
    assert desk.reading.row(case_id).operation is OperationState.UNSETTLED
    with pytest.raises(Declined):
        revoke(desk, case_id)
    misbehave(desk, "normal")
    desk.operations.settle(case_id)
    assert desk.reading.row(case_id).state is CaseState.REVOKED


class Buggy:
    """A gateway that fails in a way nobody thought of, for one serial."""

    def __init__(self, gateway: Gateway, serial: int) -> None:
        self._gateway, self._serial = gateway, serial

    def __getattr__(self, name: str) -> object:
        return getattr(self._gateway, name)

    def find_by_serial(self, serial: int) -> object:
        if serial == self._serial:
            raise ZeroDivisionError("somewhere deep inside")
        return self._gateway.find_by_serial(serial)


def test_one_operation_that_cannot_be_read_keeps_no_other_from_being_asked_after(
    profile: OpenProfile, caplog: pytest.LogCaptureFixture
) -> None:
    desk = profile.desk
    first = verified(desk)
    second = receive(desk, "02")
    verify(desk, second)
    misbehave(desk, "die_after")
    for case_id in (first, second):
        with pytest.raises(Unsettled):
            revoke(desk, case_id)
    misbehave(desk, "normal")
    serial = int(desk.reading.case(first).operations[-1].serial.replace(":", ""), 16)
    desk.operations.answer_through(Buggy(desk.gateway, serial))  # type: ignore[arg-type]
    left = desk.operations.reconcile()
    assert [operation.case_id for operation in left] == [first]
    assert desk.reading.row(second).state is CaseState.REVOKED
    assert "could not be asked after" in caplog.text


def test_a_lost_answer_to_an_enrolment_gives_the_one_certificate(profile: OpenProfile) -> None:
    desk = profile.desk
    case_id = verified(desk)
    revoke(desk, case_id)
    misbehave(desk, "die_after")
    with pytest.raises(Unsettled):
        desk.operations.reissue(case_id)
    misbehave(desk, "normal")
    assert desk.operations.reconcile() == ()
    assert desk.reading.row(case_id).state is CaseState.ISSUED
    assert issued(desk, case_id) == 1


def test_an_unreachable_ca_changes_nothing_and_may_be_tried_again(profile: OpenProfile) -> None:
    desk = profile.desk
    case_id = verified(desk)
    revoke(desk, case_id)
    misbehave(desk, "die_before")
    with pytest.raises(Unreachable):
        desk.operations.reissue(case_id)
    misbehave(desk, "normal")
    desk.operations.reissue(case_id)
    assert issued(desk, case_id) == 1 and desk.reading.row(case_id).state is CaseState.ISSUED


def test_nothing_is_revoked_while_reissue_cannot_be_asked_for(profile: OpenProfile) -> None:
    desk = profile.desk
    case_id = verified(desk)
    for mode in ("refusing", "die_before"):
        misbehave(desk, mode)
        preflight = desk.operations.preflight(case_id)
        assert not preflight.ready and any(not item.ok and item.words for item in preflight.items)
        with pytest.raises(Declined):
            desk.operations.revoke(case_id, "000000")
    misbehave(desk, "normal")
    holder = desk.operations.preflight(case_id).holder
    assert holder is not None and holder.status == "good"


def test_a_refused_enrolment_leads_to_a_new_csr(profile: OpenProfile) -> None:
    desk = profile.desk
    case_id = verified(desk)
    revoke(desk, case_id)
    misbehave(desk, "refusing")
    with pytest.raises(Refused):
        desk.operations.reissue(case_id)
    desk.review.ask_applicant(case_id, "CSR baru\nCA menolak CSR ini.")
    assert desk.reading.row(case_id).state is CaseState.AWAITING_NEW_CSR


def test_waiting_for_approval_pauses_the_clock_and_is_polled(profile: OpenProfile, clock: SetClock) -> None:
    desk = profile.desk
    case_id = verified(desk)
    revoke(desk, case_id)
    misbehave(desk, "approval")
    desk.operations.reissue(case_id)
    waiting = desk.reading.case(case_id)
    operation = waiting.open_operation()
    assert operation is not None and operation.state is OperationState.AWAITING
    assert waiting.pauses[-1].reason == "ca" and waiting.pauses[-1].end is None
    desk.operations.settle(case_id)
    assert desk.reading.row(case_id).state is CaseState.REVOKED
    due = waiting.due_at
    clock.forward(hours=2)
    profile.training_ca.approve(operation.reference)
    desk.operations.settle(case_id)
    case = desk.reading.case(case_id)
    assert case.state is CaseState.ISSUED and issued(desk, case_id) == 1
    assert case.due_at is not None and due is not None and case.due_at > due


def test_an_unknown_serial_can_be_given_a_practice_certificate_but_not_somebody_else_s(
    profile: OpenProfile,
) -> None:
    desk = profile.desk
    assert desk.practice is not None
    case_id = receive(desk, "01")
    desk.review.start(case_id)
    case = desk.reading.case(case_id)
    unknown = replace(case.applicant, serial="0A:BC:DE:F0:12:34")
    desk.review.correct(case_id, unknown, "Nomor seri contoh untuk latihan.")
    assert not desk.operations.preflight(case_id).ready
    desk.practice.give_certificate(case_id)
    verdicts = {item.check: item.verdict for item in desk.reading.case(case_id).findings}
    assert verdicts["certificate.identified"] is Verdict.PASS
    assert verdicts["certificate.owner"] is Verdict.PASS
    other = desk.reading.case(receive(desk, "02")).applicant.serial
    desk.review.correct(case_id, replace(unknown, serial=other), "Nomor seri milik orang lain.")
    with pytest.raises(Declined):
        desk.practice.give_certificate(case_id)


def test_a_changed_calendar_moves_open_deadlines_only(profile: OpenProfile, clock: SetClock) -> None:
    desk = profile.desk
    ended, running = receive(desk, "05"), receive(desk, "01")
    desk.review.start(ended)
    desk.review.reject(ended, ("CSR atas nama orang lain.",))
    before = desk.reading.case(ended).due_at, desk.reading.case(running).due_at
    desk.setup.add_closed_day(date(2026, 11, 24), "Libur daerah")
    after = desk.reading.case(ended).due_at, desk.reading.case(running).due_at
    assert after[0] == before[0]
    assert before[1] is not None and after[1] == before[1] + timedelta(days=1)
    assert any("Libur daerah" in part.reason for part in desk.reading.explain_deadline(running))


def test_a_clock_that_goes_back_is_written_down(profile: OpenProfile, clock: SetClock) -> None:
    desk = profile.desk
    case_id = receive(desk, "01")
    clock.forward(hours=-3)
    desk.review.start(case_id)
    facts = desk.reading.case(case_id).history[0].facts
    assert facts["clock_back_seconds"] == 3 * 3600
    assert desk.casebook.verify_journal().whole


class LateLine:
    """A line that loses an enrolment on its way and delivers it when told: the CA works long after us."""

    def __init__(self, inner: Gateway) -> None:
        self._inner = inner
        self.held: list[EnrolmentOrder] = []

    def __getattr__(self, name: str) -> object:
        return getattr(self._inner, name)

    def enrol(self, order: EnrolmentOrder) -> Issued | Waiting:
        if self.held:
            return self._inner.enrol(order)
        self.held.append(order)
        raise Unsettled("Jawaban CA tidak diterima.", "Periksa status ke CA.")

    def deliver(self) -> None:
        self._inner.enrol(self.held[0])


def test_an_order_that_arrives_late_is_this_case_s_certificate(profile: OpenProfile) -> None:
    desk = profile.desk
    case_id = verified(desk)
    revoke(desk, case_id)
    line = LateLine(desk.gateway)
    desk.operations.answer_through(line)  # type: ignore[arg-type]
    with pytest.raises(Unsettled):
        desk.operations.reissue(case_id)
    desk.operations.settle(case_id)
    assert desk.reading.row(case_id).state is CaseState.REVOKED, "the CA knew nothing of it yet"
    line.deliver()
    desk.operations.reissue(case_id)
    assert desk.reading.row(case_id).state is CaseState.ISSUED and issued(desk, case_id) == 1


class ForeignAnswer(LateLine):
    """A CA that approves the waiting request with a certificate on another key, and has no other."""

    def poll(self, reference: str) -> Issued | Waiting:
        found = self._inner.find_by_serial(self._known)
        assert found is not None
        return Issued(found.der, ())

    def recall(self, _request_id: str, _key_sha256: str) -> None:
        return None

    def about(self, serial: int) -> "ForeignAnswer":
        self._known = serial
        return self


def test_an_approval_with_a_foreign_certificate_ends_the_waiting(profile: OpenProfile, clock: SetClock) -> None:
    desk = profile.desk
    case_id = verified(desk)
    revoke(desk, case_id)
    misbehave(desk, "approval")
    desk.operations.reissue(case_id)
    old = desk.reading.case(case_id).old_certificate
    assert old is not None
    desk.operations.answer_through(ForeignAnswer(desk.gateway).about(old.facts.serial))  # type: ignore[arg-type]
    clock.forward(hours=1)
    with pytest.raises(Unsettled):
        desk.operations.settle(case_id)
    desk.operations.settle(case_id)
    row = desk.reading.row(case_id)
    assert row.operation is None and row.waiting_since is None, "the officer goes on: the clock runs again"
