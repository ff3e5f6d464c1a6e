"""The post against real servers: Exim takes our messages, Dovecot shows the copies in the office's mailbox."""

from collections.abc import Iterator

import pytest

from lockdesk.errors import Refused, Unreachable
from lockdesk.mail.post import MailPost
from tests.helpers.mail.account import OFFICE, account
from tests.helpers.patience import until
from tests.servers.mail_house import DOMAIN, MailHouse, missing
from tests.servers.small_ca import SmallCa
from tests.servers.smtp import PASSWORD

MESSAGE_ID = "<LOCK-2026-0042.1.0123abcd@contoh.pekalongankota.go.id>"
MAIL = (
    f"From: {OFFICE}\r\nTo: sekar@{DOMAIN}\r\nMessage-ID: {MESSAGE_ID}\r\nSubject: uji\r\n\r\nYth.\r\n.titik\r\n"
).encode()


@pytest.fixture(scope="module")
def house(ca: SmallCa) -> Iterator[MailHouse]:
    assert not missing(), f"not installed: {missing()}"
    made = MailHouse(ca)
    yield made
    made.close()


def post(house: MailHouse, ca: SmallCa, secret: str = PASSWORD) -> MailPost:
    return MailPost(account(house.smtp_port, ca.pem, imap_port=house.imap_port), secret)


def nothing() -> None: ...


def test_a_message_and_its_copy_arrive_and_the_copy_is_found(house: MailHouse, ca: SmallCa) -> None:
    outgoing = post(house, ca)
    assert not outgoing.holds_copy(MESSAGE_ID)
    assert outgoing.send(MAIL, (f"sekar@{DOMAIN}", OFFICE), nothing).startswith("250 ")
    assert until(lambda: outgoing.holds_copy(MESSAGE_ID))
    assert not outgoing.holds_copy(MESSAGE_ID.replace("0042", "0043"))
    assert until(lambda: len(house.mailbox("sekar")) == 1)
    assert house.mailbox("sekar")[0].endswith(b"\n\nYth.\n.titik\n")
    assert house.unread("lock") == 1, "looking marks nothing as read"


def test_a_mailbox_that_there_is_not_is_refused_and_nobody_gets_anything(house: MailHouse, ca: SmallCa) -> None:
    before = len(house.mailbox("lock"))
    with pytest.raises(Refused, match="menolak pesan") as raised:
        post(house, ca).send(MAIL, (f"tidak.ada@{DOMAIN}", OFFICE), nothing)
    assert "tidak ada kotak surat ini" in raised.value.detail, "the server's own words stand behind ours"
    assert len(house.mailbox("lock")) == before


def test_a_wrong_password_is_named_by_both_servers(house: MailHouse, ca: SmallCa) -> None:
    outgoing = post(house, ca, "salah")
    for ask in (lambda: outgoing.send(MAIL, (OFFICE,), nothing), lambda: outgoing.holds_copy(MESSAGE_ID)):
        with pytest.raises(Refused) as raised:
            ask()
        assert raised.value.code == "mail.login"


def test_another_ca_is_trusted_by_neither(house: MailHouse) -> None:
    other = post(house, SmallCa("CA lain"))
    for ask in (lambda: other.send(MAIL, (OFFICE,), nothing), lambda: other.holds_copy(MESSAGE_ID)):
        with pytest.raises(Unreachable) as raised:
            ask()
        assert raised.value.code == "mail.tls.other_ca"
