"""What waits at the CA is asked after by the program itself: politely, in service hours, until told to stop."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from lockdesk.app import OpenProfile
from lockdesk.core.cases import CaseState
from lockdesk.core.operations import OperationState
from lockdesk.desk.operations.polling import PAUSES, next_poll
from tests.helpers.desk.office import SetClock
from tests.helpers.desk.steps import misbehave, revoke, verified

WIB = ZoneInfo("Asia/Jakarta")


@pytest.fixture
def waiting(profile: OpenProfile) -> int:
    """A case whose new certificate waits for approval at the training CA."""
    desk = profile.desk
    case_id = verified(desk)
    revoke(desk, case_id)
    misbehave(desk, "approval")
    desk.operations.reissue(case_id)
    assert desk.reading.row(case_id).operation is OperationState.AWAITING
    return case_id


def operation(profile: OpenProfile, case_id: int) -> int:
    found = profile.desk.reading.case(case_id).open_operation()
    assert found is not None
    return found.id


def test_an_approval_is_noticed_without_the_officer(profile: OpenProfile, clock: SetClock, waiting: int) -> None:
    polling = profile.desk.polling
    assert polling.ask() == (), "not before the first pause has passed"
    clock.forward(minutes=2)
    assert polling.ask() == (), "nobody has approved yet"
    assert profile.desk.practice is not None
    profile.desk.practice.approve(waiting)
    assert polling.ask() == (), "asked a moment ago"
    clock.forward(minutes=2)
    assert polling.ask() == (waiting,)
    assert profile.desk.reading.row(waiting).state is CaseState.ISSUED


def test_the_pauses_grow(profile: OpenProfile, clock: SetClock, waiting: int) -> None:
    polling, number = profile.desk.polling, operation(profile, waiting)
    seen = []
    for _turn in range(len(PAUSES) + 1):
        plan = polling.plan(number)
        assert plan.next_at is not None
        seen.append(plan.next_at - clock.at)
        clock.at = plan.next_at
        polling.ask()
    assert seen == [*PAUSES, PAUSES[-1]]


def test_nobody_is_asked_after_closing_time(profile: OpenProfile) -> None:
    calendar = profile.desk.office.calendar
    friday = datetime(2026, 11, 27, 10, 59, 30, tzinfo=WIB).astimezone(UTC)
    assert next_poll(0, friday, calendar) == datetime(2026, 11, 30, 8, 0, tzinfo=WIB)
    noon = datetime(2026, 11, 23, 11, 58, tzinfo=WIB).astimezone(UTC)
    assert next_poll(2, noon, calendar) == datetime(2026, 11, 23, 13, 0, tzinfo=WIB)


def test_it_can_be_stopped_and_taken_up_again(profile: OpenProfile, clock: SetClock, waiting: int) -> None:
    polling, number = profile.desk.polling, operation(profile, waiting)
    polling.stop(number)
    assert profile.desk.practice is not None
    profile.desk.practice.approve(waiting)
    clock.forward(minutes=50)
    assert polling.ask() == () and polling.plan(number).next_at is None
    polling.resume(number)
    clock.forward(minutes=1)
    assert polling.ask() == (), "the first pause begins with the taking up"
    clock.at = (polling.plan(number).next_at or clock.at) + timedelta(seconds=1)
    assert polling.ask() == (waiting,)


def test_a_stop_while_the_ca_is_being_asked_holds(
    profile: OpenProfile, clock: SetClock, waiting: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, number = profile.desk, operation(profile, waiting)
    polling, settle = desk.polling, desk.operations.settle

    def stopped_meanwhile(case_id: int) -> None:
        polling.stop(number)
        settle(case_id)

    clock.forward(minutes=2)
    polling.plan(number)
    clock.forward(minutes=2)
    monkeypatch.setattr(desk.operations, "settle", stopped_meanwhile)
    polling.ask()
    assert polling.plan(number).next_at is None
