"""The route on which the certificate stays: the verifikator's reset, from the choice of the route to the report."""

from datetime import timedelta
from fractions import Fraction
from pathlib import Path

import pytest

from lockdesk.app import OpenProfile
from lockdesk.core.cases import CaseState, Route
from lockdesk.core.operations import RevocationReason
from lockdesk.core.quarters import Quarter
from lockdesk.desk.desk import Desk
from lockdesk.desk.operations.acting import serial_tail
from lockdesk.desk.requests.standing import standing
from lockdesk.desk.requests.steps import CaseAction, availability
from lockdesk.desk.values.authority import RevocationOrder
from lockdesk.desk.values.cases import CaseView, IntakeChannel
from lockdesk.desk.values.reports import BookFilter, BookKind
from lockdesk.desk.values.sheets import PaperSize
from lockdesk.errors import Declined
from lockdesk.ui.cases.casework import read_case
from tests.helpers.desk.counter import text_of
from tests.helpers.desk.office import SetClock
from tests.helpers.desk.portal import PORTAL_FORM
from tests.helpers.desk.portal_office import portal_office, serving_ca
from tests.helpers.desk.steps import accept, receive
from tests.helpers.papers.small_requests import letter, mail

WHY = "Pemohon masih dapat memakai sertifikatnya."
TOLD = "Membalas e-mail: tanda tangan percobaan berhasil."


def chosen(desk: Desk) -> int:
    """Sekar's case, under review on this route."""
    case_id = receive(desk, "01")
    desk.review.start(case_id)
    desk.review.set_route(case_id, Route.VERIFIER_RESET, WHY)
    return case_id


def phone_of(case: CaseView) -> str:
    assert case.register is not None
    return case.register.text("phone")


def link_sent(desk: Desk) -> int:
    case_id = chosen(desk)
    accept(desk, case_id)
    desk.resetting.sent(case_id, phone_of(desk.reading.case(case_id)))
    return case_id


def revoke_at_the_ca(desk: Desk, case: CaseView) -> None:
    assert case.old_certificate is not None
    facts = case.old_certificate.facts
    desk.gateway.revoke(RevocationOrder("lain", facts.issuer.text, facts.serial, RevocationReason.SUPERSEDED))


def test_the_certificate_stays_and_the_applicant_signs_again(profile: OpenProfile, clock: SetClock) -> None:
    desk = profile.desk
    case_id = link_sent(desk)
    waiting, zone = desk.reading.case(case_id), desk.office.zone
    assert waiting.state is CaseState.AWAITING_SIGNATURE
    assert availability(waiting).primary is CaseAction.PROVE_RESET
    assert "Waktu penyelesaian berhenti" in standing(waiting, zone) and "tautan" in standing(waiting, zone)
    assert next(step.title for step in read_case(desk, case_id).ca_work.steps) == "Cari pemohon di portal BSrE"
    due = waiting.due_at
    assert due is not None
    clock.forward(days=1)
    desk.resetting.proved(case_id, clock.at, TOLD, False)
    signed = desk.reading.case(case_id)
    # A working day was spent waiting for the applicant, and none of it counts.
    assert signed.state is CaseState.NOTIFIED and signed.due_at == due + timedelta(days=1)
    assert [item.name for item in signed.documents if item.name.startswith("status-")]
    desk.notices.complete(case_id)
    done = desk.reading.case(case_id)
    assert done.state is CaseState.COMPLETED and not done.operations and done.new_certificate is None
    assert "tetap berlaku" in standing(done, zone)


def test_nothing_is_revoked_or_issued_on_this_route(profile: OpenProfile) -> None:
    desk = profile.desk
    case_id = chosen(desk)
    accept(desk, case_id)
    case = desk.reading.case(case_id)
    assert not availability(case).enabled & {CaseAction.REVOKE, CaseAction.REISSUE}
    assert case.old_certificate is not None
    with pytest.raises(Declined, match="Reset passphrase oleh verifikator"):
        desk.operations.revoke(case_id, serial_tail(case.old_certificate))
    assert not desk.reading.case(case_id).operations


def test_the_case_does_not_end_without_a_signature_on_a_valid_certificate(
    profile: OpenProfile, clock: SetClock
) -> None:
    desk = profile.desk
    case_id = link_sent(desk)
    with pytest.raises(Declined):
        desk.notices.complete(case_id)
    early = clock.at - timedelta(hours=1)
    for told_at, how in ((clock.at, "ya"), (early, TOLD), (clock.at + timedelta(hours=1), TOLD)):
        with pytest.raises(Declined):
            desk.resetting.proved(case_id, told_at, how, True)
    revoke_at_the_ca(desk, desk.reading.case(case_id))
    # What the portal is said to show does not outweigh what the CA signs.
    with pytest.raises(Declined, match="dicabut"):
        desk.resetting.proved(case_id, clock.at, TOLD, True)
    assert desk.reading.row(case_id).state is CaseState.AWAITING_SIGNATURE


def test_no_link_is_recorded_while_the_ca_has_another_number(profile: OpenProfile) -> None:
    desk = profile.desk
    case_id = chosen(desk)
    accept(desk, case_id)
    with pytest.raises(Declined, match="bukan nomor pemohon") as refused:
        desk.resetting.sent(case_id, "0813-0000-9999")
    assert "mengubah nomornya" in refused.value.remedy
    assert desk.reading.row(case_id).state is CaseState.VERIFIED


def test_who_cannot_open_the_office_mailbox_gets_no_link_there(profile: OpenProfile) -> None:
    desk = profile.desk
    case_id = chosen(desk)
    accept(desk, case_id)
    desk.review.set_told_in_person(case_id, True, "Kotak surat terkunci.")
    with pytest.raises(Declined, match="kotak surat"):
        desk.resetting.sent(case_id, phone_of(desk.reading.case(case_id)))


def test_what_may_be_known_to_others_is_never_only_reset(profile: OpenProfile) -> None:
    desk = profile.desk
    leaked = receive(desk, "17")
    desk.review.start(leaked)
    with pytest.raises(Declined, match="harus dicabut"):
        desk.review.set_route(leaked, Route.VERIFIER_RESET, WHY)
    case_id = chosen(desk)
    desk.review.set_compromised(case_id, True, "Disampaikan pemohon lewat telepon.")
    assert desk.reading.case(case_id).route is Route.REVOKE_AND_REISSUE
    with pytest.raises(Declined, match="harus dicabut"):
        desk.review.set_route(case_id, Route.VERIFIER_RESET, WHY)


def test_a_reset_that_did_not_work_goes_back_and_may_become_a_revocation(profile: OpenProfile, clock: SetClock) -> None:
    desk = profile.desk
    case_id = link_sent(desk)
    with pytest.raises(Declined):
        desk.review.set_route(case_id, Route.REVOKE_AND_REISSUE, WHY)
    due = desk.reading.case(case_id).due_at
    assert due is not None
    clock.forward(days=1)
    desk.review.recheck(case_id, "Tautan kedaluwarsa dua kali.")
    assert desk.reading.case(case_id).due_at == due + timedelta(days=1)
    desk.review.set_route(case_id, Route.REVOKE_AND_REISSUE, WHY)
    desk.review.accept(case_id)
    assert CaseAction.REVOKE in availability(desk.reading.case(case_id)).enabled


def test_neither_csr_nor_fingerprint_is_asked_for_where_nothing_is_certified(profile: OpenProfile) -> None:
    desk = profile.desk
    who = desk.reading.register_page("Sekar Contohwati").rows[0]
    case_id = desk.intake.receive((mail(who, letter(who)),), IntakeChannel.EMAIL).case_id
    desk.review.start(case_id)
    assert any(item.check.startswith("csr.") for item in desk.reading.case(case_id).findings)
    desk.review.set_route(case_id, Route.VERIFIER_RESET, WHY)
    case = desk.reading.case(case_id)
    assert not [item for item in case.findings if item.check.startswith("csr.") or item.check.endswith("fingerprint")]
    accept(desk, case_id)
    desk.resetting.sent(case_id, phone_of(case))


def test_paper_book_and_report_say_what_was_done(profile: OpenProfile, clock: SetClock) -> None:
    desk = profile.desk
    case_id = link_sent(desk)
    clock.forward(hours=1)
    desk.resetting.proved(case_id, clock.at, TOLD, False)
    desk.notices.complete(case_id)
    words = text_of(desk.prints.make("completion", case_id, PaperSize.A4).pdf)
    assert "reset passphrase oleh verifikator" in words and "tetap berlaku, tidak dicabut" in words
    assert TOLD in words and "Sertifikat lama" not in words
    book = desk.books.read(BookFilter(BookKind.CASES, 2026))
    assert "Reset verifikator" in book.rows[0]
    rows = desk.evaluation.report(Quarter(2026, 4)).now.breakdowns["route"].rows
    assert [(row.label, row.figures[1].value) for row in rows] == [("Reset passphrase oleh verifikator", Fraction(1))]


def test_a_silent_ca_is_made_good_by_what_the_portal_shows(tmp_path: Path) -> None:
    with serving_ca(tmp_path / "ca") as ca, portal_office(tmp_path / "kerja", ca) as office:
        desk = office.desk
        case_id = receive(desk, "01")
        desk.review.start(case_id)
        desk.review.set_route(case_id, Route.VERIFIER_RESET, WHY)
        desk.handwork.record_holder(case_id, PORTAL_FORM)
        accept(desk, case_id)
        case = desk.reading.case(case_id)
        steps = desk.handwork.ca_work(case).steps
        assert {value.name for step in steps for value in step.values} >= {"email", "hp", "seri"}
        desk.resetting.sent(case_id, phone_of(case))
        office.switch(ocsp_url="http://127.0.0.1:9", crl_url="http://127.0.0.1:9")
        with pytest.raises(Declined, match="tidak dapat ditanya") as refused:
            desk.resetting.proved(case_id, desk.office.now(), TOLD, False)
        assert "portal" in refused.value.remedy
        desk.resetting.proved(case_id, desk.office.now(), TOLD, True)
        line = next(item for item in desk.reading.case(case_id).history if item.kind == "case.reset_proved")
        assert line.facts["valid_by"] == "ca_portal"
