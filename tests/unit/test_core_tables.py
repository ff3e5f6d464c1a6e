"""The life cycles: what the tables allow, and what they must never allow."""

import pytest

from lockdesk.core import messages
from lockdesk.core.cases import BOUNCES, FINAL_STATES, RULES, CaseState, CaseStep, rule_for, steps_from
from lockdesk.core.complaints import COMPLAINT_RULES, ComplaintState, ComplaintStep, complaint_rule
from lockdesk.core.messages import MessageEvent, MessageState
from lockdesk.core.operations import TRANSITIONS, OperationEvent, OperationState, after
from lockdesk.errors import Declined


def paths(start: CaseState) -> list[list[CaseState]]:
    """Every path without repeats through the life cycle."""
    found, open_paths = [], [[start]]
    while open_paths:
        path = open_paths.pop()
        onward = {rule.to for (state, step), rule in RULES.items() if state is path[-1] and step not in BOUNCES}
        following = onward - set(path)
        if not following:
            found.append(path)
        open_paths += [[*path, state] for state in following]
    return found


def test_no_certificate_is_issued_before_the_old_one_is_revoked_nor_completed_before_notified() -> None:
    for path in paths(CaseState.DRAFT):
        if CaseState.ISSUED in path:
            assert path.index(CaseState.REVOKED) < path.index(CaseState.ISSUED)
        if CaseState.COMPLETED in path:
            assert path.index(CaseState.NOTIFIED) < path.index(CaseState.COMPLETED)


def test_after_revocation_a_case_can_neither_be_withdrawn_nor_rejected() -> None:
    for state in (CaseState.REVOKED, CaseState.ISSUED, CaseState.NOTIFIED, CaseState.AWAITING_NEW_CSR):
        assert not steps_from(state) & {CaseStep.WITHDRAW, CaseStep.REJECT}


def test_a_completed_case_is_reopened_by_a_notice_that_never_arrived_alone() -> None:
    assert not steps_from(CaseState.COMPLETED) - BOUNCES
    assert all(steps_from(state) == {CaseStep.REOPEN} for state in FINAL_STATES - {CaseState.COMPLETED})


def test_every_state_can_reach_an_end() -> None:
    for state in CaseState:
        assert any(path[-1] in FINAL_STATES for path in paths(state)), state


def test_a_refused_csr_leads_back_to_revoked_after_a_new_check() -> None:
    state = CaseState.REVOKED
    for step in (CaseStep.CSR_REFUSED, CaseStep.NEW_CSR, CaseStep.ACCEPT_NEW_CSR):
        state = rule_for(state, step).to
    assert state is CaseState.REVOKED


def test_a_step_that_is_not_in_the_table_is_declined_in_words() -> None:
    with pytest.raises(Declined, match="Diterima"):
        rule_for(CaseState.RECEIVED, CaseStep.PROVE_REVOKED)


def test_an_operation_is_proved_only_from_confirmed() -> None:
    sources = {state for (state, event) in TRANSITIONS if event is OperationEvent.PROOF}
    assert sources == {OperationState.CONFIRMED}


def test_an_unsettled_operation_cannot_be_sent_again() -> None:
    with pytest.raises(Declined):
        after(OperationState.UNSETTLED, OperationEvent.ANSWERED_DONE)


def test_refused_and_proved_are_ends() -> None:
    ends = {OperationState.REFUSED, OperationState.PROVED}
    assert not ends & {state for state, _event in TRANSITIONS}


def test_a_resolved_complaint_can_be_reopened_and_nothing_deletes_one() -> None:
    assert complaint_rule(ComplaintState.RESOLVED, ComplaintStep.REOPEN)[0] is (ComplaintState.HANDLED_BY_OFFICER)
    assert {step for _state, step in COMPLAINT_RULES} == set(ComplaintStep)
    with pytest.raises(Declined):
        complaint_rule(ComplaintState.RECEIVED, ComplaintStep.OFFICIAL_RESPONDS)


def test_what_may_have_been_sent_is_never_sent_again_without_the_officer() -> None:
    """Neither handed over nor unsettled leads back to sending but through a person's word."""
    moves = messages.TRANSITIONS.items()
    by_itself = {key: to for key, to in moves if key[1] is not MessageEvent.DID_NOT_GO}
    for start in (MessageState.HANDED, MessageState.UNSETTLED):
        reached = {start}
        while (
            more := {
                to
                for (state, event), to in by_itself.items()
                # what the server answered to the end of a message is no doubt about it
                if state in reached and event not in {MessageEvent.DEFERRED, MessageEvent.REFUSED}
            }
            - reached
        ):
            reached |= more
        assert MessageState.SENDING not in reached and MessageState.QUEUED not in reached


def test_a_message_that_was_sent_or_told_stays_so_but_for_a_bounce() -> None:
    for state in (MessageState.SENT, MessageState.TOLD, MessageState.MERGED, MessageState.WITHDRAWN):
        events = {event for (origin, event) in messages.TRANSITIONS if origin is state}
        assert events <= {MessageEvent.BOUNCED}
    exported = {event for (origin, event) in messages.TRANSITIONS if origin is MessageState.EXPORTED}
    assert exported == {MessageEvent.TOLD}, "what is carried by hand may be with the applicant"
    with pytest.raises(Declined, match="belum pasti terkirim"):
        messages.after(MessageState.UNSETTLED, MessageEvent.SENDING)
