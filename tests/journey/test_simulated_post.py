"""Practice with simulated post: mails arrive, messages go, and nothing leaves the machine."""

import socket
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from lockdesk.app import OpenProfile, ProfileStart, shipped_mails
from lockdesk.core.cases import CaseState
from lockdesk.core.messages import MessageState
from lockdesk.desk.desk import Desk
from lockdesk.desk.values.tray import MailState, TrayMail
from lockdesk.errors import Unsettled
from tests.helpers.desk.counter import form
from tests.helpers.desk.office import MONDAY, SetClock, office_settings
from tests.helpers.desk.steps import revoke, verify

SEKAR, JOKO = shipped_mails()[:2]
APPLICANT = "sekar.contohwati@contoh.pekalongankota.go.id"


def practice(folder: Path, clock: SetClock) -> OpenProfile:
    return OpenProfile(ProfileStart(folder, practice=True, settings=office_settings(), post=(SEKAR, JOKO)), clock)


@pytest.fixture
def opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[OpenProfile]:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("practice reached for the network")

    monkeypatch.setattr(socket, "create_connection", refuse)
    with practice(tmp_path / "pelatihan", SetClock()) as profile:
        yield profile


def waiting(desk: Desk) -> dict[str, TrayMail]:
    while desk.look_for_mail():
        pass
    return {mail.sender.mailbox: mail for mail in desk.tray.mails() if mail.sender is not None}


def delivered(desk: Desk) -> list[TrayMail]:
    return list(desk.tray.page(MailState.DELIVERED, None, 60).rows)


def issued(desk: Desk) -> int:
    case_id = desk.tray.accept(waiting(desk)[APPLICANT].identity)[0].case_id
    verify(desk, case_id)
    revoke(desk, case_id)
    desk.operations.reissue(case_id)
    return case_id


def test_a_sample_goes_through_tray_and_outbox_into_the_simulated_mailbox(opened: OpenProfile) -> None:
    desk = opened.desk
    case_id = issued(desk)
    assert desk.reading.case(case_id).received_at == MONDAY, "since it lay in the mailbox"
    desk.send_mail()
    case = desk.reading.case(case_id)
    assert case.state is CaseState.NOTIFIED
    assert {message.state for message in case.messages} <= {MessageState.SIMULATED, MessageState.MERGED}
    assert desk.reading.case(case_id).history[0].facts["proof"] == "simulasi"
    newest = delivered(desk)[0]
    assert (newest.sender.mailbox, newest.match.case.number) == (APPLICANT, case.number)
    assert [item.name for item in newest.files] and case.new_certificate.serial in newest.text


def notices(desk: Desk, case_id: int) -> list[MessageState]:
    return [message.state for message in desk.reading.case(case_id).messages if message.notice == "issued"]


@pytest.mark.parametrize("went_before", [False, True])
def test_one_confirmation_completes_the_case_and_sends_nothing_twice(opened: OpenProfile, went_before: bool) -> None:
    """The message goes by itself once the certificate is issued: before the officer confirms it, or after."""
    desk = opened.desk
    case_id = issued(desk)
    draft = desk.notices.draft(case_id)
    if went_before:
        desk.send_mail()
    desk.notices.deliver(case_id, draft, completes=True)
    desk.send_mail()
    assert desk.reading.case(case_id).state is CaseState.COMPLETED
    assert len(notices(desk, case_id)) == 1
    assert opened.casebook.verify_journal().whole


def test_other_words_take_the_place_of_those_that_wait(opened: OpenProfile) -> None:
    desk = opened.desk
    case_id = issued(desk)
    draft = desk.notices.draft(case_id)
    desk.notices.deliver(case_id, replace(draft, body=f"{draft.body}\nLoket tutup hari Jumat."), completes=True)
    desk.send_mail()
    assert desk.reading.case(case_id).state is CaseState.COMPLETED
    assert sorted(notices(desk, case_id)).count(MessageState.WITHDRAWN) == 1
    assert [mail for mail in delivered(desk) if "Loket tutup hari Jumat." in mail.text]


def test_what_was_decided_is_known_after_a_restart(tmp_path: Path) -> None:
    clock = SetClock()
    with practice(tmp_path / "pelatihan", clock) as first:
        first.desk.tray.accept(waiting(first.desk)[APPLICANT].identity)
    clock.forward(days=3)
    with practice(tmp_path / "pelatihan", clock) as second:
        left = waiting(second.desk)
        assert [mail.arrived_at for mail in left.values()] == [MONDAY] and APPLICANT not in left


def test_a_message_whose_answer_was_lost_is_never_called_accepted_by_a_server(
    opened: OpenProfile, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = opened.desk
    case_id = issued(desk)

    def lose(_mail: bytes, _recipients: object, handing: object) -> str:
        handing()  # type: ignore[operator]
        raise Unsettled("terputus")

    with monkeypatch.context() as cut:
        cut.setattr(desk.post, "send", lose)
        desk.send_mail()
    desk.send_mail()
    messages = desk.reading.case(case_id).messages
    assert MessageState.SENT not in {message.state for message in messages}
    assert MessageState.SIMULATED in {message.state for message in messages}


def test_who_complains_in_confidence_is_not_named_in_the_simulated_mailbox(opened: OpenProfile) -> None:
    desk = opened.desk
    desk.complaints.receive(form(name="Tri Umpamakan", contact="tri@contoh.pekalongankota.go.id", confidential=True))
    desk.send_mail()
    shown = delivered(desk)
    assert len(shown) == 1 and "Umpamakan" not in repr(shown) and "tri@" not in repr(shown)


def test_a_practice_profile_without_simulated_post_stays_without(tmp_path: Path) -> None:
    start = ProfileStart(tmp_path / "pelatihan", practice=True, settings=office_settings())
    with OpenProfile(start, SetClock()) as profile:
        assert not profile.desk.has_mailbox and not profile.desk.look_for_mail()
