"""What was done by mistake is taken back, and stands in the journal; what somebody was told of stays."""

from collections.abc import Callable
from datetime import date

import pytest

from lockdesk.app import OpenProfile
from lockdesk.core.cases import CaseState, Route
from lockdesk.core.complaints import ComplaintState
from lockdesk.core.messages import MessageState
from lockdesk.desk.desk import Desk
from lockdesk.desk.ports import NamedBytes
from lockdesk.desk.requests.steps import CaseAction, availability
from lockdesk.errors import Declined, Refused
from tests.helpers.desk.counter import form
from tests.helpers.desk.office import SetClock
from tests.helpers.desk.steps import accept, completed, misbehave, receive, revoke, verify
from tests.helpers.papers.new_mail import new_mail

WHY = "Kasus yang keliru yang diakhiri."


def withdraw(desk: Desk, case_id: int) -> None:
    desk.review.withdraw(case_id, "Pemohon membatalkan permohonannya.")


def reject(desk: Desk, case_id: int) -> None:
    desk.review.reject(case_id, ("Surat tidak ditandatangani.",))


def resolve(desk: Desk, case_id: int) -> None:
    desk.review.resolve_otherwise(case_id, Route.NOT_A_LOST_PASSPHRASE, "Kata sandi surel, bukan passphrase.")


@pytest.mark.parametrize("end", [withdraw, reject, resolve])
def test_an_ended_case_goes_on_as_if_it_had_not_ended(
    profile: OpenProfile, clock: SetClock, end: Callable[[Desk, int], None]
) -> None:
    desk = profile.desk
    case_id = receive(desk, "01")
    desk.review.start(case_id)
    due = desk.reading.case(case_id).due_at
    end(desk, case_id)
    ended = desk.reading.case(case_id)
    assert ended.history[0].facts["reason"] == "\n".join(ended.closing_reasons), "as the dialog says"
    assert CaseAction.REOPEN in availability(ended).enabled and ended.closed_at is not None
    clock.forward(minutes=5)
    desk.review.reopen(case_id, WHY)
    case = desk.reading.case(case_id)
    assert (case.state, case.closed_at, case.due_at) == (CaseState.UNDER_REVIEW, None, due)
    assert ended.closing_reasons and not case.closing_reasons, "of an end that was none nothing is shown, or told"
    verdicts = [m.state for m in case.messages if m.notice in {"rejected", "resolved_otherwise"}]
    assert set(verdicts) <= {MessageState.WITHDRAWN}, "nobody is told of an end that was none"
    assert case.history[0].kind == "case.reopened" and case.history[0].facts["reason"] == WHY
    desk.review.set_route(case_id, Route.REVOKE_AND_REISSUE, "Kembali seperti semula.")
    accept(desk, case_id)
    completed(desk, case_id)
    assert desk.reading.case(case_id).state is CaseState.COMPLETED
    assert profile.casebook.verify_journal().whole


def test_what_was_waited_for_before_the_end_still_moves_the_deadline(profile: OpenProfile, clock: SetClock) -> None:
    desk = profile.desk
    case_id = receive(desk, "01")
    desk.review.start(case_id)
    due = desk.reading.case(case_id).due_at
    assert due is not None
    desk.review.ask_applicant(case_id, "CSR\nCSR dengan kunci baru")
    clock.forward(days=2)
    withdraw(desk, case_id)
    desk.review.reopen(case_id, WHY)
    moved = desk.reading.case(case_id).due_at
    assert moved is not None and moved > clock.now() > due, "the applicant was waited for all that time"


def test_what_the_applicant_was_told_of_stays(profile: OpenProfile) -> None:
    desk = profile.desk
    case_id = receive(desk, "01")
    desk.review.start(case_id)
    reject(desk, case_id)
    desk.notices.handed_over(case_id, "Contoh Penerima", date(2026, 11, 23))
    found = availability(desk.reading.case(case_id))
    assert CaseAction.REOPEN not in found.enabled and "permohonan baru" in found.rests[CaseAction.REOPEN]
    with pytest.raises(Declined, match="permohonan baru"):
        desk.review.reopen(case_id, WHY)
    assert desk.reading.case(case_id).state is CaseState.REJECTED


def test_what_was_revoked_or_completed_is_never_reopened(profile: OpenProfile) -> None:
    desk = profile.desk
    case_id = completed(desk)
    assert not availability(desk.reading.case(case_id)).enabled & {CaseAction.REOPEN, CaseAction.RECHECK}
    for step in (desk.review.reopen, desk.review.recheck):
        with pytest.raises(Declined):
            step(case_id, WHY)


def test_a_new_csr_that_was_accepted_too_soon_is_checked_again(profile: OpenProfile) -> None:
    desk = profile.desk
    case_id = receive(desk, "01")
    verify(desk, case_id)
    revoke(desk, case_id)
    assert CaseAction.RECHECK not in availability(desk.reading.case(case_id)).enabled, "revoked stays revoked"
    with pytest.raises(Declined):
        desk.review.recheck(case_id, WHY)
    misbehave(desk, "refusing")
    with pytest.raises(Refused):
        desk.operations.reissue(case_id)
    misbehave(desk, "normal")
    desk.review.ask_applicant(case_id, "CSR baru\nMinta CSR baru.")
    desk.review.answer(case_id, (NamedBytes("baru.eml", new_mail("01")),))
    accept(desk, case_id)
    assert CaseAction.RECHECK in availability(desk.reading.case(case_id)).enabled
    desk.review.recheck(case_id, WHY)
    assert desk.reading.case(case_id).state is CaseState.REVIEWING_NEW_CSR
    desk.review.accept(case_id)
    desk.operations.reissue(case_id)
    assert desk.reading.case(case_id).state is CaseState.ISSUED


def test_a_complaint_is_taken_back_before_the_official_answers(profile: OpenProfile) -> None:
    complaints, reading = profile.desk.complaints, profile.desk.reading
    number = complaints.receive(form())
    complaints.respond(number, "Pemberitahuan dikirim ulang.")
    complaints.escalate(number, "Pengadu meminta penjelasan pejabat.")
    complaints.take_back(number, "Salah pilih pengaduan.")
    assert reading.complaint(number).state is ComplaintState.HANDLED_BY_OFFICER
    complaints.escalate(number, "Pengadu meminta penjelasan pejabat.")
    complaints.official_responds(number, "Pejabat sudah menjelaskan.")
    with pytest.raises(Declined):
        complaints.take_back(number, "Terlambat.")


def test_no_reason_gives_a_passphrase_to_the_journal(profile: OpenProfile) -> None:
    desk = profile.desk
    case_id = receive(desk, "01")
    with pytest.raises(Declined, match="tampak memuat passphrase"):
        desk.review.withdraw(case_id, "Passphrase saya adalah Rahasia#2024")
    assert desk.reading.case(case_id).state is CaseState.RECEIVED
