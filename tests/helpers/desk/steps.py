"""What an officer does with a request of the samples, a step each."""

from lockdesk.core.confirmation import CallResult
from lockdesk.desk.desk import Desk
from lockdesk.desk.operations.acting import serial_tail
from lockdesk.desk.ports import NamedBytes
from lockdesk.desk.requests.steps import undecided
from lockdesk.desk.values.cases import CallForm, CaseView, IntakeChannel
from tests.helpers.papers.samples import sample


def count(desk: Desk) -> int:
    return desk.casebook.counts()["all"]


def waiting(desk: Desk) -> CaseView:
    """The first sample's case, waiting for what its applicant was asked for."""
    received = desk.intake.receive((NamedBytes("01.eml", sample("01")),), IntakeChannel.EMAIL)
    desk.review.start(received.case_id)
    desk.review.ask_applicant(received.case_id, "CSR\nCSR dengan kunci baru")
    return desk.reading.case(received.case_id)


def receive(desk: Desk, name: str) -> int:
    return desk.intake.receive((NamedBytes(f"{name}.eml", sample(name)),), IntakeChannel.EMAIL).case_id


def verify(desk: Desk, case_id: int) -> None:
    """What the officer does between the mail and *sesuai*."""
    desk.review.start(case_id)
    accept(desk, case_id)


def accept(desk: Desk, case_id: int) -> None:
    """Calls back, decides what is left to decide, and says *sesuai*."""
    case = desk.reading.case(case_id)
    assert case.register is not None
    desk.review.record_call(case_id, CallForm(True, case.register.text("phone"), "pemohon", "", CallResult.CONFIRMED))
    for finding in undecided(case):
        desk.review.decide(case_id, finding.check, "Dibenarkan saat konfirmasi telepon.")
    desk.review.accept(case_id)


def revoke(desk: Desk, case_id: int) -> None:
    holder = desk.operations.preflight(case_id).holder
    assert holder is not None
    desk.operations.revoke(case_id, serial_tail(holder))


def misbehave(desk: Desk, mode: str) -> None:
    desk.setup.set_behaviour({"mode": mode})


def verified(desk: Desk) -> int:
    case_id = receive(desk, "01")
    verify(desk, case_id)
    return case_id


def completed(desk: Desk, case_id: int = 0) -> int:
    """A case gone all its way, the one that was accepted or one of its own."""
    case_id = case_id or verified(desk)
    revoke(desk, case_id)
    desk.operations.reissue(case_id)
    desk.notices.deliver(case_id, desk.notices.draft(case_id))
    desk.notices.complete(case_id)
    return case_id
