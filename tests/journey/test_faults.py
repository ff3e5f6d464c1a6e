"""The training CA misbehaves on command; whatever it does, one revocation and one certificate come out."""

import pytest

from lockdesk.app import OpenProfile
from lockdesk.core.cases import CaseState
from lockdesk.core.operations import OperationState
from lockdesk.desk.desk import Desk
from lockdesk.errors import Declined, Refused, Unreachable, Unsettled
from tests.conftest import SetClock
from tests.journey.test_desk_journey import receive, revoke, verify


def misbehave(desk: Desk, mode: str) -> None:
    desk.setup.set_behaviour({"mode": mode})


def issued(desk: Desk, case_id: int) -> int:
    facts = desk.reading.case(case_id).facts.csr.facts
    assert facts is not None
    return len(desk.gateway.find_by_key(facts.key.sha256))


def verified(desk: Desk) -> int:
    case_id = receive(desk, "01")
    verify(desk, case_id)
    return case_id


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
    desk.review.ask_applicant(case_id, ("CSR baru",), "CA menolak CSR ini.")
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
    profile.gateway.approve(operation.reference)  # type: ignore[attr-defined]
    desk.operations.settle(case_id)
    case = desk.reading.case(case_id)
    assert case.state is CaseState.ISSUED and issued(desk, case_id) == 1
    assert case.due_at is not None and due is not None and case.due_at > due
