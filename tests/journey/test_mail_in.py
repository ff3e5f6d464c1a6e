"""Mail in on a working profile: what reaches the office's mailbox, what it seems to be, and what becomes of it."""

from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes
from pathlib import Path

import pytest

from lockdesk.core.cases import CaseState
from lockdesk.core.complaints import Channel, ComplaintState
from lockdesk.core.messages import MessageState
from lockdesk.desk.changes import Change, Committed
from lockdesk.desk.desk import Desk
from lockdesk.desk.ports import NamedBytes
from lockdesk.desk.requests.review import Review
from lockdesk.desk.values.cases import CaseFilter, IntakeChannel
from lockdesk.desk.values.complaints import ComplaintView
from lockdesk.desk.values.tray import MailState, Seems, TrayMail
from lockdesk.errors import Declined, LockdeskError, Unreachable
from lockdesk.store.casebook import SqlCasebook
from tests.helpers.authority import pki_material as make
from tests.helpers.desk.office import MONDAY, SetClock
from tests.helpers.desk.portal import NEW_SERIAL, PERSON, csr_of, subject, waiting_for_certificate
from tests.helpers.desk.portal_office import PortalOffice, portal_office, serving_ca
from tests.helpers.desk.steps import count, waiting
from tests.helpers.mail.bounces import FAILED, report
from tests.helpers.mail.posting import ARRIVED, LATER, use_account
from tests.helpers.papers.arrivals import SEKAR, mail, table_letter
from tests.helpers.papers.samples import papers, sample
from tests.servers.mail_house import MailHouse
from tests.servers.small_ca import SmallCa


@pytest.fixture(scope="module")
def house_and_ca() -> Iterator[tuple[MailHouse, SmallCa]]:
    ca = SmallCa("CA kantor")
    house = MailHouse(ca, people=("sekar.contohwati",))
    yield house, ca
    house.close()


@pytest.fixture
def house(house_and_ca: tuple[MailHouse, SmallCa]) -> MailHouse:
    house_and_ca[0].empty()
    return house_and_ca[0]


@pytest.fixture
def office(tmp_path: Path, house: MailHouse, house_and_ca: tuple[MailHouse, SmallCa]) -> Iterator[PortalOffice]:
    with serving_ca(tmp_path / "ca") as ca, portal_office(tmp_path / "kerja", ca, SetClock(LATER)) as made:
        use_account(made.desk, house.smtp_port, house_and_ca[1], house.imap_port)
        yield made


@pytest.fixture
def today(tmp_path: Path, house: MailHouse, house_and_ca: tuple[MailHouse, SmallCa]) -> Iterator[PortalOffice]:
    """By the machine's clock, by which the CA signs."""
    with serving_ca(tmp_path / "ca") as ca, portal_office(tmp_path / "kerja", ca) as made:
        use_account(made.desk, house.smtp_port, house_and_ca[1], house.imap_port)
        yield made


@pytest.fixture
def desk(office: PortalOffice) -> Desk:
    return office.desk


def look(desk: Desk) -> tuple[TrayMail, ...]:
    while desk.look_for_mail():
        continue
    return desk.tray.mails()


def only(desk: Desk) -> TrayMail:
    (found,) = look(desk)
    return found


def journal(desk: Desk) -> int:
    return desk.casebook.head().count


def test_a_request_waits_in_the_tray_and_becomes_a_case_with_the_mailboxs_time(desk: Desk, house: MailHouse) -> None:
    house.deliver(sample("01"), ARRIVED)
    before = journal(desk)
    found = only(desk)
    assert (found.match.seems, found.arrived_at, found.sender.mailbox) == (Seems.REQUEST, ARRIVED, SEKAR)
    assert {item.role for item in found.files} == {"statement", "csr"} and found.text
    assert count(desk) == 0 and journal(desk) == before, "nothing gets a number, or is written down, by itself"
    (received,) = desk.tray.accept(found.identity)
    case = desk.reading.case(received.case_id)
    assert case.received_at == ARRIVED and case.state is CaseState.RECEIVED
    assert case.complete_at == MONDAY - timedelta(minutes=5), "the clock starts when the office opens"
    assert look(desk) == () and house.mailbox("lock") == [] and len(house.accepted()) == 1
    with pytest.raises(Declined):
        desk.tray.accept(found.identity)
    assert count(desk) == 1


def test_a_mail_that_was_dropped_in_the_window_meanwhile_is_nothing_to_decide_on(desk: Desk, house: MailHouse) -> None:
    house.deliver(sample("01"), ARRIVED)
    house.deliver(sample("02"), ARRIVED)
    assert len(look(desk)) == 2
    dropped = next(raw for raw in house.mailbox("lock") if b"Sekar" in raw)
    fetched = dropped.replace(b"\n", b"\r\n")  # as every program has it from the server
    desk.intake.receive((NamedBytes("surel.eml", fetched),), IntakeChannel.EMAIL)
    assert only(desk).sender.name.startswith("Joko") and desk.tray.counts() == 1
    assert house.accepted() == [dropped], "and it lies with what was accepted"


def test_accepted_mail_that_could_not_be_moved_moves_later_and_opens_no_second_case(
    office: PortalOffice, house: MailHouse
) -> None:
    house.deliver(sample("01"), ARRIVED)
    found = only(office.desk)
    (letter,) = [item.sha256 for item in found.files if item.role == "statement"]
    fetched = office.desk.tray.file(found.identity, letter)
    assert fetched.startswith(b"%PDF-")
    office.desk.tray.accept(found.identity)
    # as if the program had been killed before it noted so, and the mailbox had not been reached for the move
    house.deliver(house.accepted()[0], ARRIVED)
    for item in office.desk.casebook.known_mail():
        office.desk.casebook.forget_mail([item.place])
    desk = office.again()
    assert look(desk) == () and count(desk) == 1
    assert house.mailbox("lock") == [] and len(house.accepted()) == 2


def test_what_was_not_decided_is_there_again_after_a_restart_and_under_another_number(
    office: PortalOffice, house: MailHouse
) -> None:
    house.deliver(sample("01"), ARRIVED)
    house.deliver(mail([], "Undangan rapat koordinasi.", From="agenda@contoh.go.id", Subject="Undangan").content)
    before = {item.identity: item.state for item in look(office.desk)}
    assert sorted(before.values()) == [MailState.UNRELATED, MailState.WAITING]
    refused = next(identity for identity, state in before.items() if state is MailState.WAITING)
    desk = office.again()
    assert [item.identity for item in look(desk)] == [refused], "what is not for us is read again only when asked for"
    desk.tray.read_unrelated()
    assert {item.identity for item in desk.tray.mails()} == before.keys()
    desk.tray.refuse(refused)
    house.renumber()
    desk = office.again()
    assert look(desk) == () and desk.tray.counts() == 0, "a refusal holds under another UIDVALIDITY"
    assert len(house.mailbox("lock")) == 2 and house.unread("lock") == 2 and house.accepted() == []


def test_a_refusal_is_undone(desk: Desk, house: MailHouse) -> None:
    house.deliver(sample("01"), ARRIVED)
    found = only(desk)
    before = journal(desk)
    desk.tray.refuse(found.identity)
    assert (only(desk).state, desk.tray.counts()) == (MailState.REFUSED, 0)
    desk.tray.undo(found.identity)
    assert (only(desk).state, desk.tray.counts()) == (MailState.WAITING, 1)
    assert journal(desk) == before and house.unread("lock") == 1


def test_unrelated_mail_leaves_no_trace_but_where_it_lies(office: PortalOffice, house: MailHouse) -> None:
    raw = mail([], "Rapat rahasia sekali.", From="Orang Lain <orang@contoh.go.id>", Subject="Undangan rapat").content
    house.deliver(raw)
    before = journal(office.desk)
    assert only(office.desk).match.seems is Seems.UNRELATED and office.desk.tray.counts() == 0
    assert journal(office.desk) == before and house.unread("lock") == 1
    (known,) = office.desk.casebook.known_mail()
    assert "orang" not in repr(known).lower() and "rapat" not in repr(known).lower()


@pytest.mark.parametrize("headers", [{"Subject": "Kelengkapan {number}"}, {"In_Reply_To": "{id}"}, {}])
def test_an_answer_joins_the_case_that_waits(desk: Desk, house: MailHouse, headers: dict[str, str]) -> None:
    case = waiting(desk)
    desk.send_mail()
    sent = desk.reading.case(case.id).messages[-1].mail_id
    filled = {name: text.format(number=case.number, id=sent) for name, text in headers.items()}
    house.deliver(mail(papers("01"), "Ini kelengkapannya.", **filled).content, LATER)
    found = next(item for item in look(desk) if item.match.seems is Seems.ANSWER)
    assert found.match.case.id == case.id and found.match.reasons
    assert desk.tray.join(found.identity, case.id) == case.id
    joined = desk.reading.case(case.id)
    assert joined.state is CaseState.UNDER_REVIEW and count(desk) == 1
    assert len(house.accepted()) == 1 and house.unread("lock") == len(house.mailbox("lock"))


def test_a_reply_to_an_open_case_is_kept_with_it(desk: Desk, house: MailHouse) -> None:
    house.deliver(sample("01"), ARRIVED)
    (received,) = desk.tray.accept(only(desk).identity)
    desk.send_mail()
    sent = desk.reading.case(received.case_id).messages[0]
    assert sent.state is MessageState.SENT
    reply = mail(
        [("catatan.txt", b"tambahan")], "Terima kasih.", Subject="Re: " + sent.subject, In_Reply_To=sent.mail_id
    )
    house.deliver(reply.content, LATER)
    found = next(item for item in look(desk) if item.sender.mailbox == SEKAR)
    assert (found.match.seems, found.match.case.id) == (Seems.REPLY, received.case_id)
    desk.tray.join(found.identity, received.case_id)
    case = desk.reading.case(received.case_id)
    assert case.state is CaseState.RECEIVED and [item.role for item in case.documents].count("mail") == 2
    assert any(line.kind == "case.mail_kept" for line in case.history)
    assert look(desk) == (), "the copy of our own message is no mail to decide on"


def test_a_new_request_after_a_rejection_is_a_reapplication(desk: Desk, house: MailHouse) -> None:
    first = waiting(desk)
    desk.review.withdraw(first.id, "Pemohon membatalkan.")
    house.deliver(mail(papers("01"), "Saya mengajukan lagi.", Subject="Permohonan").content, ARRIVED)
    found = only(desk)
    assert (found.match.seems, found.match.case.number) == (Seems.REAPPLICATION, first.number)
    (received,) = desk.tray.accept(found.identity)
    assert desk.reading.case(received.case_id).previous == (first.id, first.number)


def test_a_complaint_is_recorded_with_the_mailboxs_time(desk: Desk, house: MailHouse) -> None:
    words = "Saya menyampaikan keluhan: petugas tidak pernah mengangkat telepon."
    noted = ("catatan.txt", b"Tiga kali menelepon.")
    house.deliver(mail([noted], words, From="Warga Contoh <warga@contoh.id>", Subject="Keluhan").content, ARRIVED)
    found = only(desk)
    assert found.match.seems is Seems.COMPLAINT
    complaint = desk.reading.complaint(desk.tray.complain(found.identity))
    assert (complaint.form.channel, complaint.form.name) == (Channel.EMAIL, "Warga Contoh")
    assert complaint.received_at == ARRIVED and words in complaint.form.description
    (kept,) = complaint.files
    assert b"catatan.txt" in desk.reading.evidence_file(kept.id), "what was attached is kept with the complaint"
    assert look(desk) == () and len(house.accepted()) == 1 and count(desk) == 0


COMPLAINANT = "warga@contoh.id"


def complained(desk: Desk, house: MailHouse) -> ComplaintView:
    """A complaint that came by mail, confirmed by mail."""
    words = "Saya menyampaikan keluhan: petugas tidak pernah mengangkat telepon."
    headers = {"From": f"Warga Contoh <{COMPLAINANT}>", "Subject": "Keluhan", "Message_ID": "<keluhan.1@contoh.id>"}
    house.deliver(mail([], words, **headers).content, ARRIVED)
    complaint_id = desk.tray.complain(only(desk).identity)
    desk.send_mail()
    return desk.reading.complaint(complaint_id)


def test_what_the_office_says_of_a_mailed_complaint_stands_in_its_thread(desk: Desk, house: MailHouse) -> None:
    complaint = complained(desk, house)
    desk.complaints.ask(complaint.id, "Kapan Saudara menelepon?")
    desk.send_mail()
    sent = {item.mail_id: item.notice for item in desk.reading.complaint(complaint.id).messages}
    assert set(sent.values()) == {"complaint_received", "complaint_answered"}
    for mail_id in sent:
        written = message_from_bytes(desk.casebook.message_content(desk.casebook.message_named(mail_id).id))
        assert written["In-Reply-To"] == written["References"] == "<keluhan.1@contoh.id>"


@pytest.mark.parametrize("by", ["number", "our message", "own mail"])
def test_an_answer_about_a_complaint_joins_it_and_is_answered_in_turn(desk: Desk, house: MailHouse, by: str) -> None:
    complaint = complained(desk, house)
    desk.complaints.ask(complaint.id, "Kapan Saudara menelepon?")
    desk.send_mail()
    ours = desk.reading.complaint(complaint.id).messages[-1].mail_id
    named = {
        "number": {"Subject": f"Re: {complaint.number}"},
        "our message": {"Subject": "Re: keluhan", "In_Reply_To": ours},
        "own mail": {"Subject": "Re: keluhan", "In_Reply_To": "<keluhan.1@contoh.id>"},
    }[by]
    headers = {"From": COMPLAINANT, "Message_ID": "<balasan.1@contoh.id>", **named}
    house.deliver(mail([("foto.png", b"bukti")], "Senin pagi, tiga kali.", **headers).content, LATER)
    found = only(desk)
    assert (found.match.seems, found.match.complaint.id, found.match.doubts) == (
        Seems.COMPLAINT_REPLY,
        complaint.id,
        (),
    )
    assert desk.tray.join_complaint(found.identity, complaint.id) == complaint.id
    joined = desk.reading.complaint(complaint.id)
    assert joined.state is ComplaintState.HANDLED_BY_OFFICER and "Senin pagi, tiga kali." in joined.notes[-1].text
    assert b"foto.png" in desk.reading.evidence_file(joined.files[-1].id) and len(joined.files) == 2
    assert look(desk) == () and len(house.accepted()) == 2 and count(desk) == 0
    desk.complaints.respond(complaint.id, "Sudah diperbaiki.")
    desk.send_mail()
    last = desk.casebook.message_content(desk.reading.complaint(complaint.id).messages[-1].id)
    assert message_from_bytes(last)["In-Reply-To"] == "<balasan.1@contoh.id>"


def test_a_word_about_a_resolved_complaint_from_elsewhere_is_kept_and_changes_nothing(
    desk: Desk, house: MailHouse
) -> None:
    complaint = complained(desk, house)
    desk.complaints.resolve(complaint.id, "Selesai.")
    headers = {"From": "orang@contoh.id", "Subject": f"Perihal {complaint.number.lower()}"}
    house.deliver(mail([], "Saya belum puas.", **headers).content, LATER)
    found = next(item for item in look(desk) if item.match.complaint is not None)
    assert len(found.match.doubts) == 2, "whom it is from, and that the complaint is resolved"
    desk.tray.join_complaint(found.identity, complaint.id)
    kept = desk.reading.complaint(complaint.id)
    assert kept.state is ComplaintState.RESOLVED and "Saya belum puas." in kept.notes[-1].text
    assert kept.history[0].kind == "complaint.mail_kept"


def test_a_mailed_certificate_goes_to_the_case_whose_csr_it_certifies(today: PortalOffice, house: MailHouse) -> None:
    desk, ca = today.desk, today.ca
    case_id = waiting_for_certificate(desk, ca)
    number = desk.reading.row(case_id).number
    new = ca.issue(csr_of(desk, case_id), subject(), NEW_SERIAL)
    headers = {"From": "penerbitan@ca.example", "Subject": "Sertifikat Anda"}
    house.deliver(mail([("baru.cer", new)], "Sertifikat terlampir.", **headers).content)
    found = next(item for item in look(desk) if item.match.seems is Seems.CERTIFICATE)
    assert found.match.reasons[0] == f"Kuncinya kunci CSR kasus {number}, yang menunggu sertifikat baru."
    desk.tray.bring(found.identity, found.match.awaited[0])
    case = desk.reading.case(case_id)
    assert case.state is CaseState.ISSUED and case.new_certificate is not None
    assert len(house.accepted()) == 1 and not [item for item in look(desk) if item.id == found.id]


def test_a_program_that_stops_before_the_certificates_mail_is_kept_finds_its_case_again(
    today: PortalOffice, house: MailHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, ca = today.desk, today.ca
    case_id = waiting_for_certificate(desk, ca)
    new = ca.issue(csr_of(desk, case_id), subject(), NEW_SERIAL)
    house.deliver(mail([("baru.cer", new)], "Sertifikat terlampir.", Subject="Sertifikat").content)
    found = next(item for item in look(desk) if item.match.seems is Seems.CERTIFICATE)

    def stopping(*_arguments: object) -> None:
        raise Unreachable("berhenti")

    with monkeypatch.context() as patch, pytest.raises(Unreachable):
        patch.setattr(Review, "keep_with", stopping)
        desk.tray.bring(found.identity, found.match.awaited[0])
    desk = today.again()
    again = next(item for item in look(desk) if item.identity == found.identity)
    assert again.match.seems is Seems.REPLY and again.match.case is not None and again.match.case.id == case_id
    desk.tray.join(again.identity, case_id)
    assert len(house.accepted()) == 1


def test_a_mailed_certificate_that_is_not_the_cases_stays_in_the_tray(today: PortalOffice, house: MailHouse) -> None:
    desk, ca = today.desk, today.ca
    case_id = waiting_for_certificate(desk, ca)
    other = ca.issue(make.pem(make.request(make.ec_key(77))), subject(), NEW_SERIAL)
    house.deliver(mail([("baru.cer", other)], "Terlampir.", Subject="Sertifikat").content)
    found = next(item for item in look(desk) if item.match.seems is Seems.CERTIFICATE)
    assert [item.by_key for item in found.match.awaited] == [False], "it is the holder's, on another key"
    with pytest.raises(LockdeskError):
        desk.tray.bring(found.identity, found.match.awaited[0])
    assert desk.reading.row(case_id).state is CaseState.REVOKED and house.accepted() == []
    assert [item.id for item in look(desk) if item.match.seems is Seems.CERTIFICATE] == [found.id]


def test_a_mailed_certificate_that_nobody_waits_for_names_its_holder(office: PortalOffice, house: MailHouse) -> None:
    other = office.ca.issue(make.pem(make.request(make.ec_key(77))), subject(), NEW_SERIAL)
    house.deliver(mail([("baru.cer", other)], "Terlampir.", Subject="Sertifikat").content)
    match = only(office.desk).match
    assert (match.seems, match.case) == (Seems.CERTIFICATE, None)
    assert match.reasons == (f"Ini sertifikat {PERSON['name']}, dan tidak ada kasus yang menunggunya.",)


def test_the_letter_of_a_unit_for_three_people_opens_three_cases(desk: Desk, house: MailHouse) -> None:
    house.deliver(mail([("surat.pdf", table_letter())], "Mohon reset passphrase.", Subject="Reset").content, ARRIVED)
    found = only(desk)
    assert found.match.seems is Seems.SEVERAL
    assert len(desk.tray.accept(found.identity)) == count(desk) == 3


def test_a_program_that_stops_between_the_cases_of_one_letter_opens_the_others_later_and_none_twice(
    office: PortalOffice, house: MailHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.deliver(mail([("surat.pdf", table_letter())], "Mohon reset passphrase.", Subject="Reset").content, ARRIVED)
    commit = SqlCasebook.commit

    def stopping(casebook: SqlCasebook, change: Change) -> Committed:
        if count(office.desk) == 1:
            raise Unreachable("berhenti")
        return commit(casebook, change)

    identity = only(office.desk).identity
    with monkeypatch.context() as patch, pytest.raises(Unreachable):
        patch.setattr(SqlCasebook, "commit", stopping)
        office.desk.tray.accept(identity)
    assert count(office.desk) == 1
    desk = office.again()
    assert only(desk).match.seems is Seems.SEVERAL and house.accepted() == []
    assert [item.known for item in desk.tray.accept(identity)] == [True, False, False]
    names = [row.name for row in desk.reading.page(CaseFilter.ALL, None, 9).rows]
    assert len(names) == len(set(names)) == 3 and look(desk) == () and len(house.accepted()) == 1


def test_a_bounce_is_fed_to_the_outbox_and_a_forged_one_changes_nothing(desk: Desk, house: MailHouse) -> None:
    house.deliver(sample("01"), ARRIVED)
    (received,) = desk.tray.accept(only(desk).identity)
    desk.send_mail()
    sent = desk.reading.case(received.case_id).messages[0]
    forged = report(FAILED, "From: lock@contoh.go.id\nMessage-ID: <LOCK-2026-0001.1.tebakan@contoh.go.id>\n\nYth.\n")
    house.deliver(forged)
    look(desk)
    assert desk.reading.case(received.case_id).messages[0].state is MessageState.SENT
    house.deliver(report(FAILED, f"From: lock@contoh.go.id\nMessage-ID: {sent.mail_id}\n\nYth.\n"))
    look(desk)
    assert desk.reading.case(received.case_id).messages[0].state is MessageState.BOUNCED


def test_a_mail_that_only_bears_our_messages_name_is_shown(desk: Desk, house: MailHouse) -> None:
    house.deliver(sample("01"), ARRIVED)
    (received,) = desk.tray.accept(only(desk).identity)
    desk.send_mail()
    sent = desk.reading.case(received.case_id).messages[0]
    house.deliver(mail(papers("01"), "Bukan tembusan.", Message_ID=sent.mail_id, Subject="Permohonan").content)
    assert [item.text.strip() for item in look(desk)] == ["Bukan tembusan."]


def test_mail_that_nobody_can_fetch_any_more_is_given_no_number(desk: Desk, house: MailHouse) -> None:
    path = house.deliver(sample("01"), ARRIVED)
    found = only(desk)
    path.unlink()
    with pytest.raises(LockdeskError) as raised:
        desk.tray.accept(found.identity)
    assert raised.value.code == "tray.gone" and count(desk) == 0
    assert look(desk) == ()


def test_without_an_account_nothing_is_looked_for(tmp_path: Path) -> None:
    with serving_ca(tmp_path / "ca") as ca, portal_office(tmp_path / "kerja", ca) as made:
        assert not made.desk.look_for_mail()


def test_the_clock_goes_on_from_when_the_answer_reached_the_mailbox(office: PortalOffice, house: MailHouse) -> None:
    desk, clock = office.desk, office.clock
    assert isinstance(clock, SetClock)
    case = waiting(desk)
    asked, arrived = clock.at, clock.at + timedelta(hours=1)
    house.deliver(mail(papers("01"), "Kelengkapan.", Subject=f"Kelengkapan {case.number}").content, arrived)
    clock.forward(days=2)  # the officer looks at it two days later
    desk.tray.join(only(desk).identity, case.id)
    joined = desk.reading.case(case.id)
    assert [(pause.start, pause.end) for pause in joined.pauses] == [(asked, arrived)]
    assert joined.due_at is not None and joined.due_at < clock.at, (
        "what lay unread in the office is no waiting for the applicant"
    )


def test_what_came_before_the_question_answers_it_in_no_time(office: PortalOffice, house: MailHouse) -> None:
    desk, clock = office.desk, office.clock
    case = waiting(desk)
    early = clock.now() - timedelta(hours=1)
    house.deliver(mail(papers("01"), "Kelengkapan.", Subject=f"Kelengkapan {case.number}").content, early)
    desk.tray.join(only(desk).identity, case.id)
    assert [pause.end == pause.start for pause in desk.reading.case(case.id).pauses] == [True]


@pytest.mark.parametrize(
    ("sender", "result", "doubt"),
    [
        (SEKAR, "pass", ""),
        (SEKAR, "fail", "pengirimnya tidak sah"),
        ("sekar@pekalongankota-go.id", "pass", "menyerupai domain kantor pekalongankota.go.id"),
        ("sekar@surel.example", "pass", "luar domain kantor: surel.example"),
    ],
)
def test_whom_a_mail_is_not_from_is_said_before_it_is_taken(
    desk: Desk, house: MailHouse, sender: str, result: str, doubt: str
) -> None:
    found = f"mx.pekalongankota.go.id; dmarc={result} header.from={sender.partition('@')[2]}"
    house.deliver(mail(papers("01"), From=sender, Subject="Permohonan", Authentication_Results=found).content, ARRIVED)
    doubts = only(desk).match.doubts
    assert len(doubts) == bool(doubt) and all(doubt in words for words in doubts)


def test_which_file_is_the_letter_is_said_before_it_is_taken_and_stands_in_the_journal(
    desk: Desk, house: MailHouse
) -> None:
    (letter, csr) = papers("01")
    files = [letter, csr, ("lampiran.pdf", letter[1] + b"\n")]
    house.deliver(mail(files, "Permohonan.", Subject="Permohonan").content, ARRIVED)
    found = only(desk)
    roles = {item.name: (item.role, item.sha256) for item in found.files}
    assert roles["lampiran.pdf"][0] == "other"
    with pytest.raises(Declined) as declined:
        desk.tray.assign(found.identity, roles["lampiran.pdf"][1], "csr")
    assert declined.value.message == "Berkas lampiran.pdf bukan CSR."
    shown = desk.tray.assign(found.identity, roles["lampiran.pdf"][1], "statement")
    assert {item.name: item.role for item in shown.files}["lampiran.pdf"] == "statement"
    assert sorted(item.role for item in shown.files) == ["csr", "other", "statement"]
    (received,) = desk.tray.accept(found.identity)
    case = desk.reading.case(received.case_id)
    assert {item.name: item.role for item in case.documents}["lampiran.pdf"] == "statement"
    assert case.history[-1].facts["roles_chosen"] == f"statement:{roles['lampiran.pdf'][1][:16]}"
