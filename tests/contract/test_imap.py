"""The mailbox against a real Dovecot: fetched whole and left as it was, moved only when asked, every fault named."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from lockdesk.desk.values.mail import FetchedMail, Looked
from lockdesk.errors import LockdeskError, Refused, Unreachable
from lockdesk.mail.incoming import Incoming
from tests.helpers.mail.account import account
from tests.servers.mail_house import MailHouse, missing
from tests.servers.small_ca import SmallCa
from tests.servers.smtp import PASSWORD

AT = datetime(2026, 11, 23, 1, 5, tzinfo=UTC)


@pytest.fixture
def house(ca: SmallCa) -> Iterator[MailHouse]:
    assert not missing(), f"not installed: {missing()}"
    made = MailHouse(ca)
    yield made
    made.close()


def inbox(house: MailHouse, ca: SmallCa, secret: str = PASSWORD, **changes: object) -> Incoming:
    return Incoming(account(house.smtp_port, ca.pem, imap_port=house.imap_port, **changes), secret)


def mail(number: int, subject: str = "Permohonan", to: str = "lock@contoh.go.id", body: str = "isi") -> bytes:
    return (
        f"From: sekar@contoh.go.id\r\nTo: {to}\r\nSubject: {subject}\r\nMessage-ID: <{number}@contoh.go.id>\r\n"
        f"\r\n{body} {number}\r\n"
    ).encode()


def nothing_known(_folder: str, _validity: int) -> frozenset[int]:
    return frozenset()


def look(incoming: Incoming) -> Looked:
    return incoming.look(nothing_known)


def all_mail(incoming: Incoming) -> tuple[FetchedMail, ...]:
    found: list[FetchedMail] = []

    def known(_folder: str, _validity: int) -> set[int]:
        return {item.place.uid for item in found}

    while True:
        looked = incoming.look(known)
        found += looked.mails
        if not looked.more:
            return tuple(found)


def fault(ask: object) -> LockdeskError:
    with pytest.raises(LockdeskError) as raised:
        ask()  # type: ignore[operator]
    assert raised.value.message and raised.value.remedy
    return raised.value


def test_mail_comes_whole_with_the_mailboxs_time_and_stays_unread(house: MailHouse, ca: SmallCa) -> None:
    raw = mail(1, body="baris\r\n.titik \xe9 ".encode("latin-1").decode("latin-1"))
    house.deliver(raw, AT)
    (found,) = look(inbox(house, ca)).mails
    assert (found.content, found.whole, found.arrived_at) == (raw, True, AT)
    assert house.unread("lock") == 1 and house.mailbox("lock") == [raw.replace(b"\r\n", b"\n")]


def test_none_is_lost_or_taken_twice_in_however_many_exchanges(house: MailHouse, ca: SmallCa) -> None:
    for number in range(120):
        house.deliver(mail(number))
    found = all_mail(inbox(house, ca))
    assert len(found) == len({item.place for item in found}) == len({item.identity for item in found}) == 120


def test_renumbered_mail_is_known_again(house: MailHouse, ca: SmallCa) -> None:
    for number in range(3):
        house.deliver(mail(number))
    before = look(inbox(house, ca))
    house.renumber()
    house.deliver(mail(3))
    after = look(inbox(house, ca))
    assert after.validity != before.validity
    assert len({item.identity for item in after.mails} - {item.identity for item in before.mails}) == 1
    assert not inbox(house, ca).fetch([item.place for item in before.mails]), "an old UID is nobody's now"


@pytest.mark.parametrize("words", ["LAYANAN LOCK", "lock+layanan@contoh.go.id", "Sertifikat élektronik"])
def test_a_filter_leaves_other_services_alone_and_loses_no_answer(house: MailHouse, ca: SmallCa, words: str) -> None:
    wanted = {
        mail(1, "Tanya: layanan lock"): "LAYANAN LOCK",
        mail(2, to="lock+layanan@contoh.go.id"): "lock+layanan@contoh.go.id",
        mail(3, "=?utf-8?q?Sertifikat_=C3=A9lektronik?="): "Sertifikat élektronik",
    }
    answers = (
        mail(4, "Re: Kelengkapan LOCK-2026-0039"),
        mail(5).replace(b"\r\n\r\n", b"\r\nIn-Reply-To: <LOCK-2026-0042.7.ab@contoh.go.id>\r\n\r\n", 1),
        mail(6).replace(b"\r\n\r\n", b'\r\nContent-Type: multipart/report; boundary="b"\r\n\r\n', 1),
    )
    for raw in (*wanted, *answers, mail(7, "Undangan rapat")):
        house.deliver(raw)
    found = {item.content for item in look(inbox(house, ca, filter=words)).mails}
    assert found == {raw for raw, meant in wanted.items() if meant == words} | set(answers)


@pytest.mark.parametrize("words", ["", "LOCK"])
def test_mail_from_before_the_limit_is_neither_taken_nor_marked(house: MailHouse, ca: SmallCa, words: str) -> None:
    old, new = mail(1, "Permohonan LOCK lama"), mail(2, "Permohonan LOCK")
    house.deliver(old, AT - timedelta(days=31))
    house.deliver(new, AT)
    found = look(inbox(house, ca, filter=words, since=(AT - timedelta(days=30)).date()))
    assert [item.content for item in found.mails] == [new] and len(found.uids) == 1 and not found.more
    assert house.unread("lock") == 2


def test_moves_at_the_same_time_leave_one_of_each(house: MailHouse, ca: SmallCa) -> None:
    for number in range(40):
        house.deliver(mail(number))
    incoming = inbox(house, ca)
    places = [item.place for item in all_mail(incoming)]
    movers = [threading.Thread(target=incoming.move, args=(places,)) for _mover in range(4)]
    for mover in movers:
        mover.start()
    for mover in movers:
        mover.join()
    assert house.mailbox("lock") == [] and sorted(house.accepted()) == sorted(set(house.accepted()))
    assert len(house.accepted()) == 40


@pytest.mark.parametrize("besides", ["", "imap_capability = IMAP4rev1 UIDPLUS", "imap_capability = IMAP4rev1"])
def test_only_what_is_named_moves_and_what_others_marked_stays(ca: SmallCa, besides: str) -> None:
    house = MailHouse(ca, besides=besides)
    try:
        house.deliver(mail(1))
        marked = house.deliver(mail(2))
        incoming = inbox(house, ca)
        mails = {item.content: item.place for item in look(incoming).mails}
        marked.rename(marked.parent.parent / "cur" / f"{marked.name}:2,T")  # another program marked it as deleted
        incoming.move([mails[mail(1)]])
        incoming.move([mails[mail(1)]])
        assert house.accepted() == [mail(1).replace(b"\r\n", b"\n")]
        assert not look(incoming).mails
        left = house.mailbox("lock")
        assert mail(2).replace(b"\r\n", b"\n") in left
        assert len(left) == (2 if besides == "imap_capability = IMAP4rev1" else 1), "without UIDPLUS it is only marked"
    finally:
        house.close()


def test_a_mail_too_large_comes_in_part(house: MailHouse, ca: SmallCa, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lockdesk.mail.incoming.MOST_BYTES", 1000)
    monkeypatch.setattr("lockdesk.mail.incoming._HEAD_BYTES", 500)
    large = mail(1, body="x" * 2000)
    house.deliver(large)
    house.deliver(mail(2))
    small, found = look(inbox(house, ca)).mails
    assert small.content == mail(2)
    assert (found.content, found.whole) == (large[:500], False)


def test_news_is_told_by_the_server(house: MailHouse, ca: SmallCa) -> None:
    incoming = inbox(house, ca)
    told: list[bool | None] = []
    waiting = threading.Thread(target=lambda: told.append(incoming.wait()))
    waiting.start()
    number = 0
    while waiting.is_alive():  # it may not be listening yet when the first one comes
        number += 1
        house.deliver(mail(number))
        waiting.join(0.3)
    assert told == [True]


def test_a_server_without_idle_is_looked_at_in_pauses(ca: SmallCa) -> None:
    house = MailHouse(ca, besides="imap_capability = IMAP4rev1")
    try:
        assert inbox(house, ca).wait() is None
    finally:
        house.close()


def test_a_wrong_password_another_ca_an_expired_certificate_and_no_such_folder_are_each_named(
    house: MailHouse, ca: SmallCa
) -> None:
    refused = fault(lambda: look(inbox(house, ca, "salah")))
    assert isinstance(refused, Refused) and refused.code == "mail.login"
    assert fault(lambda: look(inbox(house, SmallCa("CA lain")))).code == "mail.tls.other_ca"
    assert fault(lambda: look(inbox(house, ca, folder="Tidak ada"))).code == "mail.folder"
    expired = MailHouse(ca, days=-1)
    try:
        assert fault(lambda: look(inbox(expired, ca))).code == "mail.tls.expired"
    finally:
        expired.close()


def test_a_server_that_goes_away_is_named_and_nothing_is_lost(house: MailHouse, ca: SmallCa) -> None:
    house.deliver(mail(1))
    incoming = inbox(house, ca)

    def gone(_folder: str, _validity: int) -> frozenset[int]:
        house.stop_mailbox()
        return frozenset()

    error = fault(lambda: incoming.look(gone))
    assert isinstance(error, Unreachable) and error.code == "mail.cut"
    house.start_mailbox()
    assert [item.content for item in look(incoming).mails] == [mail(1)]


def test_closing_ends_the_waiting(house: MailHouse, ca: SmallCa) -> None:
    incoming = inbox(house, ca)
    faults: list[LockdeskError] = []
    waiting = threading.Thread(target=lambda: faults.append(fault(incoming.wait)))
    waiting.start()
    incoming.close()
    waiting.join(20)
    assert [error.code for error in faults] == ["desk.closed"]


def test_the_check_says_what_works(house: MailHouse, ca: SmallCa) -> None:
    assert [item.ok for item in inbox(house, ca).check()] == [True]
    (wrong,) = inbox(house, ca, "salah").check()
    assert not wrong.ok and "kata sandi" in wrong.words
