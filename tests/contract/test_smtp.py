"""The post against an SMTP server on loopback: what is sent arrives as it is, and every fault has its name."""

import select
import socket
import struct

import pytest

from lockdesk.desk.values.mail import Auth, Security
from lockdesk.errors import LockdeskError, Refused, Unreachable, Unsettled
from lockdesk.mail.line import tls_context
from lockdesk.mail.post import MailPost
from tests.helpers.mail.account import OFFICE, account
from tests.helpers.patience import PATIENT
from tests.servers.small_ca import SmallCa
from tests.servers.smtp import PASSWORD, TOKEN, SmtpServer
from tests.servers.web import server_context

APPLICANT = "sekar@contoh.pekalongankota.go.id"
MAIL = b"From: a\r\nSubject: uji\r\n\r\nbaris\r\n.titik di depan\r\n..\r\nakhir\r\n"


def post(server: SmtpServer, ca: SmallCa, secret: str = PASSWORD, **changes: object) -> MailPost:
    return MailPost(account(server.port, ca.pem, **changes), secret)


class Handing:
    """Counts how often a message was about to be handed over."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> None:
        self.times += 1


def sent(outgoing: MailPost) -> str:
    return outgoing.send(MAIL, (APPLICANT, OFFICE), Handing())


def fault(outgoing: MailPost) -> LockdeskError:
    with pytest.raises(LockdeskError) as raised:
        sent(outgoing)
    assert raised.value.message and raised.value.remedy
    return raised.value


@pytest.mark.parametrize(
    ("wrapped", "changes", "secret"),
    [
        (False, {}, PASSWORD),
        (True, {"security": Security.TLS}, PASSWORD),
        (False, {"auth": Auth.XOAUTH2}, TOKEN),
    ],
)
def test_the_very_bytes_reach_the_applicant_and_our_own_mailbox(
    ca: SmallCa, wrapped: bool, changes: dict[str, object], secret: str
) -> None:
    with SmtpServer(server_context(ca), wrapped=wrapped) as server:
        handing = Handing()
        words = post(server, ca, secret, **changes).send(MAIL, (APPLICANT, OFFICE), handing)
        assert words == "250 2.0.0 diterima sebagai UJI1" and handing.times == 1
        assert server.to(APPLICANT) == server.to(OFFICE) == [MAIL]
        assert server.accepted[0].sender == OFFICE


def test_a_server_that_offers_login_alone_is_signed_in_to(ca: SmallCa) -> None:
    with SmtpServer(server_context(ca), offers=("STARTTLS", "AUTH LOGIN")) as server:
        assert sent(post(server, ca)).startswith("250")


def test_another_ca_another_name_and_an_expired_certificate_are_each_named(ca: SmallCa) -> None:
    cases = {
        "mail.tls.other_ca": server_context(SmallCa("CA lain")),
        "mail.tls.other_host": server_context(ca, address="127.0.0.2"),
        "mail.tls.expired": server_context(ca, days=-1),
    }
    for code, context in cases.items():
        with SmtpServer(context) as server:
            error = fault(post(server, ca))
            assert isinstance(error, Unreachable) and error.code == code
            assert server.accepted == []


def test_without_starttls_or_auth_not_even_the_password_is_sent(ca: SmallCa) -> None:
    for offers, code in ((("AUTH PLAIN",), "mail.no_starttls"), (("STARTTLS",), "mail.no_auth")):
        with SmtpServer(server_context(ca), offers=offers) as server:
            assert fault(post(server, ca)).code == code
            assert server.accepted == []


def test_a_wrong_password_is_tried_once_and_named(server: SmtpServer, ca: SmallCa) -> None:
    answers: list[str] = []
    server.told = lambda command, moment: answers.append(f"{command} {moment}")
    error = fault(post(server, ca, "salah"))
    assert isinstance(error, Refused) and error.code == "mail.login" and "535" in error.detail
    assert answers.count("AUTH before") == 1  # told before the answer can be read, so it is never still to come


def test_a_token_that_is_no_longer_valid_is_named(server: SmtpServer, ca: SmallCa) -> None:
    assert fault(post(server, ca, "kedaluwarsa", auth=Auth.XOAUTH2)).code == "mail.login"


def test_a_token_alone_that_is_no_longer_valid_says_what_to_do(server: SmtpServer, ca: SmallCa) -> None:
    error = fault(post(server, ca, "kedaluwarsa", auth=Auth.XOAUTH2))
    assert "menolak token" in error.message and "refresh token" in error.remedy


def test_a_name_that_there_is_not_and_a_closed_port_are_named(server: SmtpServer, ca: SmallCa) -> None:
    assert fault(post(server, ca, smtp_host="tidak-ada.invalid")).code == "mail.name"
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        assert fault(post(server, ca, smtp_port=closed.getsockname()[1])).code == "mail.refused_connection"


def test_a_server_without_tls_on_the_tls_port_is_named(server: SmtpServer, ca: SmallCa) -> None:
    assert fault(post(server, ca, security=Security.TLS)).code == "mail.tls.none"


@pytest.mark.parametrize("command", ["GREETING", "EHLO", "AUTH", f"RCPT {APPLICANT}", "DATA"])
def test_a_server_that_says_nothing_ends_with_the_time(server: SmtpServer, ca: SmallCa, command: str) -> None:
    server.answers = {command: "…"}
    error = fault(post(server, ca, seconds=0.5))
    assert isinstance(error, Unreachable) and error.code == "mail.timeout"
    assert server.accepted == []


@pytest.mark.parametrize("command", ["MAIL", f"RCPT {APPLICANT}", f"RCPT {OFFICE}", "DATA", "END"])
def test_a_refusal_for_good_is_told_from_one_for_now_and_nothing_is_sent_in_part(
    server: SmtpServer, ca: SmallCa, command: str
) -> None:
    server.answers = {command: "550 5.1.1 tidak ada kotak surat ini"}
    error = fault(post(server, ca))
    assert isinstance(error, Refused) and error.detail == "550 5.1.1 tidak ada kotak surat ini"
    server.answers = {command: "451 4.7.1 coba lagi nanti"}
    error = fault(post(server, ca))
    assert isinstance(error, Unreachable) and error.code == "mail.deferred"
    assert server.accepted == []


@pytest.mark.parametrize("answer", ["", "…", "omong kosong"])
def test_no_answer_after_the_end_of_the_message_is_unsettled(server: SmtpServer, ca: SmallCa, answer: str) -> None:
    server.answers = {"END": answer}
    error = fault(post(server, ca, seconds=1))
    assert isinstance(error, Unsettled) and error.code == "mail.answer_lost"


def test_what_fails_before_the_end_is_sent_was_not_sent(server: SmtpServer, ca: SmallCa) -> None:
    def fail() -> None:
        raise Unreachable("berhenti di sini")

    with pytest.raises(Unreachable, match="berhenti di sini"):
        post(server, ca).send(MAIL, (APPLICANT,), fail)
    server.stop()
    assert server.accepted == []


def test_closing_ends_what_is_on_its_way(server: SmtpServer, ca: SmallCa) -> None:
    outgoing = post(server, ca)
    server.answers = {"DATA": "…"}
    server.told = lambda command, moment: outgoing.close() if command == "DATA" else None
    assert fault(outgoing).code == "desk.closed"
    assert fault(outgoing).code == "desk.closed"


def test_the_check_says_what_works_and_what_does_not(server: SmtpServer, ca: SmallCa) -> None:
    assert [item.ok for item in post(server, ca).check()] == [True]
    (wrong,) = post(server, ca, "salah").check()
    assert not wrong.ok and "kata sandi" in wrong.words
    assert server.accepted == []


def test_a_line_that_is_reset_before_the_handshake_leaves_nothing_open(ca: SmallCa) -> None:
    """The suite makes an error of a socket left open; the standard library leaves this one."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        connected = socket.create_connection(listener.getsockname()[:2])
        peer, _address = listener.accept()
        peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        peer.close()
        select.select([connected], [], [], PATIENT)
        with pytest.raises(OSError):
            tls_context(account(1, ca.pem)).wrap_socket(connected, server_hostname="127.0.0.1")
