"""Mail out on a working profile: every step's word, sent once, proved, and never twice."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest

from lockdesk.core.cases import CaseState, Route
from lockdesk.core.messages import MessageState
from lockdesk.desk.desk import Desk
from lockdesk.desk.office.notice_texts import NOTICE_LABELS, placeholders_of
from lockdesk.desk.ports import NamedBytes
from lockdesk.desk.prints.history_words import fact_words
from lockdesk.desk.values.cases import CaseView, IntakeChannel, Message
from lockdesk.desk.values.mail import Bounce
from lockdesk.errors import Declined, Unreachable, Unsettled
from lockdesk.store import tables as t
from lockdesk.store.casebook import SqlCasebook
from lockdesk.store.threads import writing
from lockdesk.ui.cases.casework import read_case
from lockdesk.words import language
from tests.helpers.desk.counter import form
from tests.helpers.desk.office import SetClock
from tests.helpers.desk.portal import (
    PORTAL_FORM,
    SERIAL,
    ask_for_another_csr,
    waiting_for_certificate,
    waiting_for_revocation,
)
from tests.helpers.desk.portal_office import PortalOffice, issued, portal_office, serving_ca
from tests.helpers.desk.steps import accept, receive
from tests.helpers.mail.account import OFFICE
from tests.helpers.mail.posting import body, last_message, mails, remove_account, serving_post, use_account
from tests.helpers.papers.samples import sample
from tests.servers.small_ca import SmallCa
from tests.servers.smtp import SmtpServer

SEKAR = "sekar.contohwati@contoh.pekalongankota.go.id"


@pytest.fixture
def post() -> Iterator[tuple[SmtpServer, SmallCa]]:
    with serving_post() as made:
        yield made


@pytest.fixture
def server(post: tuple[SmtpServer, SmallCa]) -> SmtpServer:
    return post[0]


@pytest.fixture
def office(tmp_path: Path, post: tuple[SmtpServer, SmallCa]) -> Iterator[PortalOffice]:
    with serving_ca(tmp_path / "ca") as ca, portal_office(tmp_path / "kerja", ca) as made:
        use_account(made.desk, post[0].port, post[1])
        yield made


@pytest.fixture
def desk(office: PortalOffice) -> Desk:
    return office.desk


def applicant(desk: Desk, case_id: int) -> str:
    case = desk.reading.case(case_id)
    assert case.register is not None
    return case.register.text("email")


def states(desk: Desk, case_id: int) -> list[tuple[str, MessageState]]:
    return [(message.notice, message.state) for message in desk.reading.case(case_id).messages]


def test_the_request_is_answered_to_the_stored_address_in_its_own_thread(desk: Desk, server: SmtpServer) -> None:
    case_id = receive(desk, "01")
    assert desk.send_mail() and not desk.send_mail()
    (mail,) = mails(server, applicant(desk, case_id))
    case = desk.reading.case(case_id)
    assert case.facts.mail is not None and case.facts.mail.message_id
    assert mail["In-Reply-To"] == case.facts.mail.message_id
    assert case.facts.mail.message_id in mail["References"]
    assert mail["From"] == f"Layanan LOCK <{OFFICE}>" and mail["To"] == applicant(desk, case_id)
    assert mail["Bcc"] is None and mail["Date"].endswith("+0700")
    assert case.number in mail["Subject"] and case.number in mail["Message-ID"] and case.number in body(mail)
    assert "paling lambat" in body(mail)
    assert server.to(OFFICE) == server.to(applicant(desk, case_id)), "the blind copy is the very same message"
    (message,) = case.messages
    assert (message.state, message.mail_id, message.words[:3]) == (MessageState.SENT, mail["Message-ID"], "250")
    assert desk.casebook.message_content(message.id) == server.accepted[0].content
    assert desk.casebook.verify_journal().whole


def test_revoked_and_issued_and_completed_go_as_one_message_and_prove_that_the_applicant_was_told(
    office: PortalOffice, server: SmtpServer
) -> None:
    desk = office.desk
    case_id = issued(office)
    desk.send_mail()
    address = applicant(desk, case_id)
    received, told = mails(server, address)
    assert "telah diterima" in received["Subject"] and "Sertifikat baru diterbitkan" in told["Subject"]
    case = desk.reading.case(case_id)
    assert case.state is CaseState.NOTIFIED and case.new_certificate is not None
    (attached,) = list(told.iter_attachments())
    assert attached.get_content() == case.new_certificate.der
    assert attached.get_content_type() == "application/pkix-cert"
    notified = next(line for line in case.history if line.kind == "case.notified")
    assert (notified.facts["proof"], notified.facts["code"]) == ("server", "250")
    desk.notices.complete(case_id)
    desk.send_mail()
    assert len(mails(server, address)) == 2
    assert states(desk, case_id) == [
        ("received", MessageState.SENT),
        ("revoked", MessageState.MERGED),
        ("issued", MessageState.SENT),
        ("completed", MessageState.MERGED),
    ]
    assert desk.reading.case(case_id).state is CaseState.COMPLETED


def test_a_revocation_that_nothing_follows_is_told_after_half_an_hour(
    tmp_path: Path, post: tuple[SmtpServer, SmallCa]
) -> None:
    with serving_ca(tmp_path / "ca") as ca, portal_office(tmp_path / "kerja", ca) as made:
        use_account(made.desk, post[0].port, post[1])
        desk = made.desk
        case_id = waiting_for_revocation(desk)
        ca.revoke(SERIAL)
        desk.operations.settle(case_id)
        moved = SetClock(desk.clock.now())
        desk.office.clock = moved
        desk.send_mail()
        address = applicant(desk, case_id)
        assert states(desk, case_id)[-1] == ("revoked", MessageState.QUEUED) and len(mails(post[0], address)) == 1
        moved.forward(minutes=31)
        desk.send_mail()
        assert states(desk, case_id)[-1] == ("revoked", MessageState.SENT)
        assert "dicabut" in mails(post[0], address)[-1]["Subject"]


def test_what_is_missing_is_asked_for_and_a_second_question_is_not_the_first_one(
    desk: Desk, server: SmtpServer
) -> None:
    case_id = receive(desk, "01")
    desk.review.start(case_id)
    desk.review.ask_applicant(case_id, "Lampirkan CSR; satu berkas saja.\nPerbaiki tanggal surat.")
    desk.send_mail()
    desk.review.answer(case_id, (NamedBytes("surat.txt", b"sudah"),))
    desk.review.ask_applicant(case_id, "Kirim surat yang ditandatangani.")
    desk.send_mail()
    first, second = [mail for mail in mails(server, applicant(desk, case_id)) if "dilengkapi" in mail["Subject"]]
    assert body(first).splitlines()[4:6] == ["1. Lampirkan CSR; satu berkas saja.", "2. Perbaiki tanggal surat."]
    assert "1. Kirim surat yang ditandatangani." in body(second) and "CSR" not in body(second)


def withdraw(desk: Desk, case_id: int) -> None:
    desk.review.withdraw(case_id, "Pemohon membatalkan permohonannya.")


def answer(desk: Desk, case_id: int) -> None:
    desk.review.answer(case_id, (NamedBytes("surat.txt", b"sudah"),))


@pytest.mark.parametrize("step", [withdraw, answer])
@pytest.mark.parametrize("tried", [False, True])
def test_a_question_that_nobody_needs_answered_any_more_is_not_sent(
    desk: Desk, server: SmtpServer, step: Callable[[Desk, int], None], tried: bool
) -> None:
    clock = SetClock(desk.clock.now())
    desk.office.clock = clock
    case_id = receive(desk, "01")
    desk.send_mail()
    desk.review.start(case_id)
    desk.review.ask_applicant(case_id, "Lampirkan CSR; satu berkas saja.")
    if tried:
        server.answers = {"MAIL": "421 4.3.2 sibuk"}
        desk.send_mail()
        server.answers = {}
    step(desk, case_id)
    case = desk.reading.case(case_id)
    assert [m.state for m in case.messages if m.notice == "incomplete"] == [MessageState.WITHDRAWN]
    assert case.history[0].facts["withdrawn"] == "incomplete"
    assert "pesan yang dibatalkan Kelengkapan diminta" in fact_words(case.history[0])
    clock.forward(hours=2)
    desk.send_mail()
    assert not [mail for mail in mails(server, applicant(desk, case_id)) if "dilengkapi" in mail["Subject"]]


def test_offline_waits_and_tries_again_with_growing_pauses(desk: Desk, server: SmtpServer) -> None:
    clock = SetClock(desk.clock.now())
    desk.office.clock = clock
    case_id = receive(desk, "01")
    server.stop()
    pauses = []
    for _try in range(3):
        desk.send_mail()
        message = last_message(desk, case_id)
        assert message.state is MessageState.FAILED and message.next_at is not None
        pauses.append(round((message.next_at - clock.now()).total_seconds() / 60))
        assert not desk.send_mail(), "nothing is due"
        clock.at = message.next_at
    assert pauses == [1, 5, 15]


def test_what_an_outage_put_off_goes_as_soon_as_the_server_takes_one(desk: Desk, server: SmtpServer) -> None:
    clock = SetClock(desk.clock.now())
    desk.office.clock = clock
    cases = [receive(desk, name) for name in ("01", "02", "03")]
    server.answers = {"EHLO": ""}
    for _minutes in range(30):
        desk.send_mail()
        clock.at += timedelta(minutes=1)
    waiting = [last_message(desk, case_id) for case_id in cases]
    assert all(message.state is MessageState.FAILED for message in waiting)
    assert all(message.next_at is not None and message.next_at > clock.now() for message in waiting)
    server.answers = {}
    desk.outbox.again(waiting[1].id)
    desk.send_mail()
    assert [last_message(desk, case_id).state for case_id in cases] == [MessageState.SENT] * 3
    assert len({mail["Message-ID"] for case_id in cases for mail in mails(server, applicant(desk, case_id))}) == 3


def test_what_is_to_go_now_is_tried_before_all_others_and_says_what_became_of_it(
    desk: Desk, server: SmtpServer
) -> None:
    clock = SetClock(desk.clock.now())
    desk.office.clock = clock
    first, wanted = receive(desk, "01"), receive(desk, "02")
    server.answers = {"EHLO": ""}
    for _minutes in range(3):
        desk.send_mail()
        clock.at += timedelta(minutes=1)
    clock.at += timedelta(hours=2)  # the first one is due too
    message = last_message(desk, wanted)
    with pytest.raises(Unreachable):
        desk.outbox.send_now(message.id)
    after = last_message(desk, wanted)
    assert after.tries == message.tries + 1 and after.state is MessageState.FAILED
    server.answers = {"END": ""}
    with pytest.raises(Unsettled):
        desk.outbox.send_now(message.id)
    assert last_message(desk, wanted).state is MessageState.UNSETTLED
    server.answers = {}
    desk.outbox.send_now(last_message(desk, first).id)
    assert last_message(desk, first).state is MessageState.SENT


def test_what_waits_for_more_to_come_with_it_goes_at_once_when_it_is_wanted(
    tmp_path: Path, post: tuple[SmtpServer, SmallCa]
) -> None:
    with serving_ca(tmp_path / "ca") as ca, portal_office(tmp_path / "kerja", ca) as made:
        use_account(made.desk, post[0].port, post[1])
        case_id = waiting_for_revocation(made.desk)
        ca.revoke(SERIAL)
        made.desk.operations.settle(case_id)
        made.desk.outbox.send_now(last_message(made.desk, case_id).id)
        assert states(made.desk, case_id)[-1] == ("revoked", MessageState.SENT)


def test_that_no_slip_is_wanted_after_all_is_what_holds(office: PortalOffice, server: SmtpServer) -> None:
    desk, case_id = office.desk, issued(office)
    desk.notices.deliver(case_id, desk.notices.draft(case_id), completes=True, prints=True)
    desk.notices.told(case_id, "Disampaikan di loket pukul sepuluh.")
    desk.notices.complete(case_id)
    assert desk.reading.case(case_id).state is CaseState.COMPLETED and desk.slips_due() == ()


def test_a_case_without_a_slip_is_asked_about_once(
    office: PortalOffice, server: SmtpServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, case_id = office.desk, issued(office)
    desk.notices.told(case_id, "Disampaikan di loket pukul sepuluh.", completes=True)
    read, asked = SqlCasebook.case, list[int]()

    def counted(self: SqlCasebook, case_id: int) -> CaseView:
        asked.append(case_id)
        return read(self, case_id)

    monkeypatch.setattr(SqlCasebook, "case", counted)
    for _step in range(3):
        assert desk.slips_due() == ()
    assert asked == [case_id]


@pytest.mark.parametrize("late", [MessageState.OWED, MessageState.QUEUED])
def test_what_is_taken_back_while_a_round_is_under_way_keeps_nothing_else_from_going(
    desk: Desk, server: SmtpServer, monkeypatch: pytest.MonkeyPatch, late: MessageState
) -> None:
    taken_back, other = receive(desk, "01"), receive(desk, "02")
    desk.send_mail()
    desk.review.start(taken_back)
    desk.review.ask_applicant(taken_back, "Lampirkan CSR; satu berkas saja.")
    desk.review.start(other)
    desk.review.reject(other, ("Surat tidak ditandatangani.",))
    listed = SqlCasebook.messages_in

    def meanwhile(self: SqlCasebook, wanted: Collection[MessageState]) -> tuple[Message, ...]:
        found = listed(self, wanted)
        if late in wanted and desk.reading.case(taken_back).state is CaseState.AWAITING_APPLICANT:
            withdraw(desk, taken_back)
        return found

    monkeypatch.setattr(SqlCasebook, "messages_in", meanwhile)
    desk.send_mail()
    assert last_message(desk, taken_back).state is MessageState.WITHDRAWN
    assert last_message(desk, other).state is MessageState.SENT


def test_the_very_same_bytes_are_sent_again(desk: Desk, server: SmtpServer) -> None:
    clock = SetClock(desk.clock.now())
    desk.office.clock = clock
    case_id = receive(desk, "01")
    server.answers = {"END": "451 4.3.0 coba lagi nanti"}
    desk.send_mail()
    failed = last_message(desk, case_id)
    plain, technical = failed.words.split("\n")
    assert technical == "451 4.3.0 coba lagi nanti" and server.accepted == []
    assert plain == "Server e-mail belum menerima pesan. Pesan dicoba lagi oleh program."
    server.answers = {}
    clock.forward(minutes=2)
    desk.send_mail()
    sent = last_message(desk, case_id)
    assert sent.state is MessageState.SENT and sent.tries == 2
    assert server.accepted[0].content == desk.casebook.message_content(failed.id)
    assert (sent.mail_id, sent.sha256) == (failed.mail_id, failed.sha256)


REFUSALS = {
    "550 5.1.1 no such user": "Alamat e-mail penerima tidak dikenal.",
    "552 5.2.2 over quota": "Kotak surat penerima penuh.",
    "552 5.3.4 too big": "Pesan terlalu besar bagi server penerima.",
    "550 5.7.1 SPF check failed": "Server e-mail menolak pesan karena aturan keamanannya.",
    "554 rejected": "Server e-mail menolak pesan.",
}


@pytest.mark.parametrize("answer", REFUSALS)
def test_why_a_message_was_refused_is_told_before_the_servers_own_words(
    desk: Desk, server: SmtpServer, answer: str
) -> None:
    case_id = receive(desk, "01")
    server.answers = {f"RCPT {applicant(desk, case_id)}": answer}
    desk.send_mail()
    plain, technical = last_message(desk, case_id).words.split("\n")
    cause, remedy = plain.split(". ", 1)
    assert (f"{cause}.", technical) == (REFUSALS[answer], answer) and remedy.endswith(".")


@pytest.mark.parametrize("spoken", ["id", "en"])
def test_a_server_that_is_not_there_is_told_in_plain_words(desk: Desk, server: SmtpServer, spoken: str) -> None:
    case_id = receive(desk, "01")
    server.stop()
    language.choose(spoken)
    try:
        desk.send_mail()
    finally:
        language.choose("id")
    plain, technical = last_message(desk, case_id).words.split("\n")
    assert plain.startswith("Server e-mail ") and plain.endswith("dalam pengaturan e-mail."), "kept in Indonesian"
    assert technical == "ConnectionRefusedError"


def test_a_refusal_for_good_is_not_tried_again_by_itself(desk: Desk, server: SmtpServer) -> None:
    clock = SetClock(desk.clock.now())
    desk.office.clock = clock
    case_id = receive(desk, "01")
    address = applicant(desk, case_id)
    server.answers = {f"RCPT {address}": "550 5.1.1 tidak ada kotak surat ini"}
    desk.send_mail()
    message = last_message(desk, case_id)
    assert (message.state, message.next_at) == (MessageState.FAILED, None)
    clock.forward(days=1)
    server.answers = {}
    assert not desk.send_mail() and server.accepted == []
    desk.outbox.again(message.id)
    desk.send_mail()
    assert len(mails(server, address)) == 1


def unsettled(desk: Desk, server: SmtpServer, answer: str = "") -> Message:
    case_id = receive(desk, "01")
    server.answers = {"END": answer}
    desk.send_mail()
    server.answers = {}
    message = last_message(desk, case_id)
    assert message.state is MessageState.UNSETTLED
    return message


def test_what_is_unsettled_is_never_sent_again_by_itself(desk: Desk, server: SmtpServer) -> None:
    clock = SetClock(desk.clock.now())
    desk.office.clock = clock
    message = unsettled(desk, server)
    clock.forward(days=2)
    desk.send_mail()
    assert server.sessions == 1 and desk.casebook.message(message.id).state is MessageState.UNSETTLED
    with pytest.raises(Declined):
        desk.outbox.again(message.id)


def test_the_officer_settles_it_with_a_reason(desk: Desk, server: SmtpServer) -> None:
    message = unsettled(desk, server)
    with pytest.raises(Declined):
        desk.outbox.did_not_go(message.id, " ")
    desk.outbox.did_not_go(message.id, "Pengelola server: tidak ada dalam catatan.")
    assert desk.casebook.message(message.id).state is MessageState.FAILED
    desk.outbox.again(message.id)
    desk.send_mail()
    settled = desk.casebook.message(message.id)
    assert settled.state is MessageState.SENT
    line = next(line for line in desk.reading.case(message.case_id).history if line.kind == "message.did_not_go")
    assert line.facts["reason"] == "Pengelola server: tidak ada dalam catatan."


def test_an_unsettled_certificate_counts_as_told_once_the_officer_says_that_it_went(
    office: PortalOffice, server: SmtpServer
) -> None:
    desk = office.desk
    case_id = issued(office)
    server.answers = {"END": ""}
    desk.send_mail()
    desk.send_mail()
    server.answers = {}
    message = last_message(desk, case_id)
    assert message.state is MessageState.UNSETTLED and desk.reading.row(case_id).state is CaseState.ISSUED
    desk.outbox.went(message.id, "Pemohon membenarkan lewat telepon.")
    assert desk.reading.row(case_id).state is CaseState.NOTIFIED


def test_only_the_stored_address_gets_it(desk: Desk, server: SmtpServer) -> None:
    case_id = receive(desk, "01")
    server.answers = {"GREETING": "421 4.3.2 sebentar"}
    clock = SetClock(desk.clock.now())
    desk.office.clock = clock
    desk.send_mail()
    old = applicant(desk, case_id)
    entry = desk.reading.case(case_id).register
    assert entry is not None
    desk.register.put(entry.id, {"email": "sekar.baru@contoh.pekalongankota.go.id"}, "Surat mutasi 12", "Pindah unit")
    server.answers = {}
    clock.forward(minutes=5)
    desk.send_mail()
    desk.send_mail()
    assert mails(server, old) == [] and len(mails(server, "sekar.baru@contoh.pekalongankota.go.id")) == 1


def test_a_bounce_takes_notified_back_also_from_a_completed_case(office: PortalOffice, server: SmtpServer) -> None:
    desk = office.desk
    case_id = issued(office)
    desk.send_mail()
    desk.notices.complete(case_id)
    message = next(item for item in desk.reading.case(case_id).messages if item.notice == "issued")
    late = Bounce(message.mail_id, message.to, "4.4.7", failed=False)
    forged = Bounce(message.mail_id.replace("@", "x@"), message.to, "5.1.1", failed=True)
    assert not desk.outbox.bounced(late) and not desk.outbox.bounced(forged)
    assert desk.reading.row(case_id).state is CaseState.COMPLETED
    assert desk.outbox.bounced(Bounce(message.mail_id, message.to, "5.1.1", failed=True, words="tidak dikenal"))
    case = desk.reading.case(case_id)
    assert case.state is CaseState.ISSUED and case.closed_at is None
    assert case.messages[2].state is MessageState.BOUNCED and case.messages[2].words == (
        "Alamat e-mail penerima tidak dikenal. Periksa alamatnya bersama penerima dan perbaiki datanya, atau beri tahu"
        " dengan cara lain.\n5.1.1 tidak dikenal"
    )
    desk.notices.told(case_id, "Disampaikan di loket, lembar bukti ditandatangani.")
    assert desk.reading.row(case_id).state is CaseState.NOTIFIED
    assert not desk.outbox.bounced(Bounce(message.mail_id, message.to, "5.1.1", failed=True))


def test_who_cannot_open_the_mailbox_is_told_at_the_counter(office: PortalOffice, server: SmtpServer) -> None:
    desk = office.desk
    case_id = receive(desk, "01")
    desk.review.set_told_in_person(case_id, True, "Pemohon tidak dapat membuka kotak surat dinasnya.")
    desk.send_mail()
    message = last_message(desk, case_id)
    assert message.state is MessageState.COUNTER and server.accepted == [] and "paling lambat" in message.body
    desk.outbox.tell(message.id, "Dibacakan di loket, lembar bukti ditandatangani.")
    assert last_message(desk, case_id).state is MessageState.TOLD


def test_what_waits_to_be_sent_goes_to_the_counter_once_that_is_said(desk: Desk, server: SmtpServer) -> None:
    clock = SetClock(desk.clock.now())
    desk.office.clock = clock
    case_id = receive(desk, "01")
    server.answers = {"GREETING": "421 4.3.2 sebentar"}
    desk.send_mail()
    desk.review.set_told_in_person(case_id, True, "Kotak suratnya terkunci.")
    server.answers = {}
    clock.forward(hours=2)
    desk.send_mail()
    assert [state for _notice, state in states(desk, case_id)] == [MessageState.WITHDRAWN, MessageState.COUNTER]
    assert server.accepted == []


def test_a_complaint_is_confirmed_and_answered_by_mail(desk: Desk, server: SmtpServer) -> None:
    complaint = desk.complaints.receive(form(contact="tri@contoh.pekalongankota.go.id", confidential=True))
    desk.complaints.respond(complaint, "Pemberitahuan dikirim ulang hari ini.")
    desk.complaints.receive(form())
    desk.send_mail()
    received, answered = mails(server, "tri@contoh.pekalongankota.go.id")
    number = desk.reading.complaint(complaint).number
    assert number in received["Subject"] and "paling lambat" in body(received)
    assert "Pemberitahuan dikirim ulang hari ini." in body(answered)
    assert "Umpamakan" not in body(received) + body(answered)
    shown = repr(desk.reading.complaint(complaint))
    assert "Pemberitahuan dikirim ulang" in shown and "tri@" not in shown, "whom it went to is not shown"
    assert len(server.accepted) == 2, "without an address nothing is owed"


def test_without_an_account_everything_stays_as_it_was(office: PortalOffice, server: SmtpServer) -> None:
    desk = office.desk
    remove_account(desk)
    case_id = receive(desk, "01")
    assert not desk.send_mail() and desk.reading.case(case_id).messages == ()
    desk.notices.deliver(case_id, desk.notices.draft(case_id))
    message = last_message(desk, case_id)
    assert message.state is MessageState.QUEUED and b"X-Unsent: 1" in desk.notices.export(message.id)
    use_account(desk, server.port, SmallCa("CA lain"))
    desk.send_mail()
    assert server.sessions == 0, "what is carried by hand is not sent as well"


def test_a_notice_is_kept_to_be_carried_once_and_goes_with_the_account_that_comes_later(
    office: PortalOffice, server: SmtpServer
) -> None:
    desk = office.desk
    assert desk.mailing is not None
    case_id = issued(office)
    desk.mailing.remove()
    desk.notices.deliver(case_id, desk.notices.draft(case_id))
    assert states(desk, case_id)[-1] == ("issued", MessageState.QUEUED)
    with pytest.raises(Declined, match="sudah disimpan untuk dibawa"):
        desk.notices.deliver(case_id, desk.notices.draft(case_id))
    here = [state for notice, state in states(desk, case_id) if notice == "issued"]
    assert here == [MessageState.WITHDRAWN, MessageState.QUEUED], "no account sends what a step owed"
    use_account(desk, server.port, SmallCa("CA lain"))
    desk.notices.deliver(case_id, desk.notices.draft(case_id))
    here = [state for notice, state in states(desk, case_id) if notice == "issued"]
    assert here == [MessageState.WITHDRAWN, MessageState.WITHDRAWN, MessageState.OWED]


def kept_messages(desk: Desk, case_id: int, notice: str) -> list[Message]:
    """What waits to be carried by hand."""
    case = desk.reading.case(case_id)
    return [item for item in case.messages if item.notice == notice and item.state is MessageState.QUEUED]


@pytest.fixture
def guiding(office: PortalOffice) -> int:
    """A case that waits for a certificate from the portal, in an office without a mail account."""
    remove_account(office.desk)
    return waiting_for_certificate(office.desk, office.ca)


@pytest.mark.parametrize("own_words", ["", "Bawa KTP.\n"])
def test_what_was_kept_about_another_csr_does_not_wait_any_more_and_makes_room(
    desk: Desk, guiding: int, own_words: str
) -> None:
    first = desk.notices.draft(guiding)
    desk.notices.deliver(guiding, replace(first, body=own_words + first.body))
    waiting = read_case(desk, guiding).waiting_notice
    assert waiting is not None and waiting.body == own_words + first.body
    ask_for_another_csr(desk, guiding)
    assert read_case(desk, guiding).waiting_notice is None, "what it says of the CSR holds no more"
    second = desk.notices.draft(guiding)
    assert second.body != first.body
    desk.notices.deliver(guiding, second)
    (kept,) = kept_messages(desk, guiding, "portal_reissue")
    assert kept.body == second.body and read_case(desk, guiding).waiting_notice == kept


def test_what_is_kept_goes_to_the_address_that_is_stored_now(desk: Desk, guiding: int) -> None:
    desk.notices.deliver(guiding, desk.notices.draft(guiding))
    entry = desk.reading.case(guiding).register
    assert entry is not None
    desk.register.put(entry.id, {"email": "sekar.baru@contoh.pekalongankota.go.id"}, "Surat mutasi 12", "Pindah unit")
    assert read_case(desk, guiding).waiting_notice is None
    desk.notices.deliver(guiding, desk.notices.draft(guiding))
    (kept,) = kept_messages(desk, guiding, "portal_reissue")
    assert b"To: sekar.baru@" in desk.notices.export(kept.id)


def test_other_words_take_the_place_of_what_was_kept_and_the_same_do_not(desk: Desk, guiding: int) -> None:
    draft = desk.notices.draft(guiding)
    desk.notices.deliver(guiding, replace(draft, body="Salah ketik."))
    desk.notices.deliver(guiding, replace(draft, body="Benar."))
    with pytest.raises(Declined, match="sudah disimpan untuk dibawa") as declined:
        desk.notices.deliver(guiding, replace(draft, body="Benar."))
    assert declined.value.remedy == "Ekspor pesannya dan sampaikan.", "nothing ends with it: there is nothing to record"
    assert [message.body for message in kept_messages(desk, guiding, "portal_reissue")] == ["Benar."]


def test_another_officer_finds_what_was_kept(desk: Desk, guiding: int, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.notices.deliver(guiding, desk.notices.draft(guiding))
    monkeypatch.setattr(type(desk.office), "actor", lambda _office: "Pengganti Petugas")
    assert read_case(desk, guiding).waiting_notice is not None


def test_what_was_exported_to_be_carried_is_never_recorded_as_taken_back(
    office: PortalOffice, server: SmtpServer
) -> None:
    desk = office.desk
    remove_account(desk)
    case_id = receive(desk, "01")
    draft = desk.notices.draft(case_id)
    for words in ("Yang pertama.", "Yang kedua."):
        desk.notices.deliver(case_id, replace(draft, body=words))
        desk.notices.export(last_message(desk, case_id).id)
    use_account(desk, server.port, SmallCa("CA lain"))
    desk.notices.deliver(case_id, desk.notices.draft(case_id))
    out, owed = MessageState.EXPORTED, MessageState.OWED
    assert states(desk, case_id) == [("received", out), ("received", out), ("received", owed)]


def test_a_case_is_taken_up_again_although_its_rejection_was_exported(office: PortalOffice) -> None:
    desk = office.desk
    remove_account(desk)
    case_id = receive(desk, "01")
    desk.review.start(case_id)
    desk.review.reject(case_id, ("Surat tidak ditandatangani.",))
    desk.notices.deliver(case_id, desk.notices.draft(case_id))
    desk.notices.export(last_message(desk, case_id).id)
    desk.notices.deliver(case_id, replace(desk.notices.draft(case_id), body="Ditolak."))
    desk.review.reopen(case_id, "Keliru dinyatakan tidak sesuai.")
    assert states(desk, case_id) == [("rejected", MessageState.EXPORTED), ("rejected", MessageState.WITHDRAWN)]


def test_what_the_officer_wrote_is_what_is_sent_and_not_twice(desk: Desk, server: SmtpServer) -> None:
    case_id = receive(desk, "01")
    desk.send_mail()
    draft = desk.notices.draft(case_id)
    desk.notices.deliver(case_id, replace(draft, body="Kata petugas sendiri."))
    with pytest.raises(Declined, match="sudah ada di kotak keluar"):
        desk.notices.deliver(case_id, draft)
    desk.send_mail()
    assert body(mails(server, applicant(desk, case_id))[-1]).strip() == "Kata petugas sendiri."


def test_a_hostile_request_reaches_no_header_of_ours(desk: Desk, server: SmtpServer) -> None:
    raw = sample("01").replace(b"Message-ID: <", b"Message-ID: <a b\r\n Bcc: x@y.invalid ", 1)
    received = desk.intake.receive((NamedBytes("01.eml", raw),), IntakeChannel.EMAIL)
    desk.send_mail()
    (mail,) = mails(server, applicant(desk, received.case_id))
    assert mail["In-Reply-To"] is None and mail["Bcc"] is None
    assert isinstance(mail, EmailMessage)


def test_a_changed_message_is_never_sent(desk: Desk, server: SmtpServer) -> None:
    case_id = receive(desk, "01")
    server.answers = {"GREETING": "421 4.3.2 sebentar"}
    clock = SetClock(desk.clock.now())
    desk.office.clock = clock
    desk.send_mail()
    casebook = desk.casebook
    assert isinstance(casebook, SqlCasebook)

    def alter() -> None:
        with writing():
            t.MailContent.update(content=b"From: orang lain\r\n\r\n").execute()

    casebook._writer.run(alter)
    server.answers = {}
    clock.forward(hours=1)
    changed = last_message(desk, case_id)
    other = receive(desk, "02")
    desk.send_mail()
    assert last_message(desk, case_id) == changed and b"orang lain" not in repr(server.accepted).encode()
    assert last_message(desk, other).state is MessageState.SENT, "the others do not wait for it"


@pytest.mark.parametrize("notice", NOTICE_LABELS)
def test_whatever_a_text_may_name_is_known_when_it_is_written(desk: Desk, server: SmtpServer, notice: str) -> None:
    """A text that the window took never stops the post."""
    every = " ".join(f"{{{name}}}" for name in placeholders_of(notice))
    desk.notice_texts.save(notice, "Perihal {nomor}", every)
    if notice.startswith("complaint_"):
        complaint = desk.complaints.receive(form(contact="tri@contoh.pekalongankota.go.id"))
        desk.complaints.respond(complaint, "Sudah dikirim ulang.")
        desk.send_mail()
        assert len(server.accepted) == 2
        return
    case = desk.reading.case(receive(desk, "01"))
    assert "{" not in desk.notices.letter(case, notice, desk.clock.now()).body


def test_a_text_holds_from_its_day_and_every_version_stays(desk: Desk, server: SmtpServer) -> None:
    texts, today = desk.notice_texts, desk.office.today()
    shipped = texts.of("received")
    texts.save("received", "Mulai besok", "Salam {nama}.", today + timedelta(days=1))
    assert texts.of("received") == shipped
    texts.save("received", "Hari ini", "Halo {nama}.")
    assert texts.of("received").subject == "Hari ini"
    clock = SetClock(desk.clock.now() + timedelta(days=2))
    desk.office.clock = clock
    assert texts.of("received").subject == "Mulai besok"
    assert [version.text.subject for version in texts.versions("received")] == [
        "Hari ini", "Mulai besok", shipped.subject,
    ]  # fmt: skip


def test_who_is_only_reset_is_told_of_the_link_and_at_the_end_that_the_certificate_stays(
    desk: Desk, server: SmtpServer
) -> None:
    case_id = receive(desk, "01")
    desk.review.start(case_id)
    desk.review.set_route(case_id, Route.VERIFIER_RESET, "Sertifikatnya masih dipakai.")
    desk.handwork.record_holder(case_id, PORTAL_FORM)
    accept(desk, case_id)
    case = desk.reading.case(case_id)
    assert case.register is not None
    desk.resetting.sent(case_id, case.register.text("phone"))
    desk.outbox.work()
    told = body(mails(server, SEKAR)[-1])
    assert "ikuti tautannya" in told and "tetap berlaku" in told and "Jangan kirim tautan itu" in told
    desk.resetting.proved(case_id, desk.office.now(), "Membalas e-mail: berhasil.", False)
    desk.notices.complete(case_id)
    desk.outbox.work()
    told = body(mails(server, SEKAR)[-1])
    assert "Passphrase direset" in told and "tidak ada sertifikat yang dicabut" in told
    assert [notice for notice, _state in states(desk, case_id)] == ["received", "reset_sent", "reset_completed"]
