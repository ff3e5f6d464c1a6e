"""XOAUTH2 with a refresh token, against a token endpoint and the mail servers of the tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from lockdesk.desk.office.mail_fields import account_of
from lockdesk.desk.values.mail import Auth
from lockdesk.errors import Declined, LockdeskError, Refused, Unreachable
from lockdesk.mail.incoming import Incoming
from lockdesk.mail.post import MailPost
from lockdesk.mail.tokens import Tokens
from tests.helpers.mail.account import OFFICE, account
from tests.servers.mail_house import MailHouse
from tests.servers.small_ca import SmallCa
from tests.servers.smtp import TOKEN, SmtpServer
from tests.servers.token_house import TokenHouse
from tests.servers.web import server_context

MAIL = b"Subject: uji\r\n\r\nisi\r\n"


@pytest.fixture
def tokens(ca: SmallCa) -> Iterator[TokenHouse]:
    made = TokenHouse(server_context(ca), access=TOKEN)
    yield made
    made.stop()


def post(server: SmtpServer, ca: SmallCa, url: str, secret: str = "segar-1", shared: Tokens | None = None) -> MailPost:
    made = account(server.port, ca.pem, auth=Auth.XOAUTH2, token_url=url, client_id="klien-uji")
    return MailPost(made, secret, shared)


def send(made: MailPost) -> str:
    return made.send(MAIL, (OFFICE,), lambda: None)


def fault(made: MailPost) -> LockdeskError:
    with pytest.raises(LockdeskError) as raised:
        send(made)
    assert raised.value.message and raised.value.remedy
    return raised.value


def test_the_program_asks_for_a_token_itself_and_once_only(server: SmtpServer, ca: SmallCa, tokens: TokenHouse) -> None:
    made = post(server, ca, tokens.url)
    assert send(made).startswith("250") and send(made).startswith("250")
    assert len(server.accepted) == 2 and tokens.given == 1


def test_a_replaced_refresh_token_is_kept_before_it_is_used(
    server: SmtpServer, ca: SmallCa, tokens: TokenHouse
) -> None:
    tokens.rotates = True
    kept: list[tuple[str, str]] = []
    shared = Tokens(lambda old, new: kept.append((old, new)))
    send(post(server, ca, tokens.url, shared=shared))
    assert kept == [("segar-1", "segar-2")]
    assert send(post(server, ca, tokens.url, shared=shared)).startswith("250"), "the mailbox still holds the old one"
    assert send(post(server, ca, tokens.url, "segar-2")).startswith("250"), "what was kept opens after a restart"


def test_a_token_that_was_withdrawn_is_asked_for_anew_at_the_next_try(
    server: SmtpServer, ca: SmallCa, tokens: TokenHouse
) -> None:
    made = post(server, ca, tokens.url)
    send(made)
    server.answers = {"AUTH": "535 5.7.8 ditarik"}
    error = fault(made)
    assert isinstance(error, Refused) and "token baru" in error.remedy
    server.answers = {}
    assert send(made).startswith("250") and tokens.given == 2


def test_a_refresh_token_that_holds_no_more_is_named_and_nothing_is_sent(
    server: SmtpServer, ca: SmallCa, tokens: TokenHouse
) -> None:
    error = fault(post(server, ca, tokens.url, "ditarik"))
    assert isinstance(error, Refused) and error.code == "mail.token" and "refresh token baru" in error.remedy
    assert server.sessions == 0


def test_the_endpoint_of_another_ca_is_not_told_the_refresh_token(server: SmtpServer, ca: SmallCa) -> None:
    strange = TokenHouse(server_context(SmallCa("CA lain")), access=TOKEN)
    try:
        error = fault(post(server, ca, strange.url))
        assert isinstance(error, Unreachable) and error.code == "mail.token_unreachable"
        assert strange.given == 0 and server.sessions == 0
    finally:
        strange.stop()


_DOVECOT = """
auth_mechanisms = plain login xoauth2
passdb {{
  driver = oauth2
  mechanisms = xoauth2
  args = {settings}
}}
"""
_INTROSPECTION = """
introspection_mode = auth
introspection_url = {url}
username_attribute = username
active_attribute = active
active_value = true
"""


def test_dovecot_is_opened_with_a_token_that_the_program_asked_for(
    ca: SmallCa, tokens: TokenHouse, tmp_path: Path
) -> None:
    settings = tmp_path / "oauth2.conf"
    settings.write_text(_INTROSPECTION.format(url=tokens.introspection_url), encoding="ascii")
    house = MailHouse(ca, besides=_DOVECOT.format(settings=settings))
    try:
        house.deliver(MAIL)
        made = account(
            house.smtp_port, ca.pem, imap_port=house.imap_port, auth=Auth.XOAUTH2, token_url=tokens.url,
            client_id="klien-uji",
        )  # fmt: skip
        mailbox = Incoming(made, "segar-1")
        for _try in range(2):
            assert len(mailbox.look(lambda _folder, _validity: frozenset()).mails) == 1
        assert tokens.given == 1
        tokens.valid = "ditarik"
        with pytest.raises(Refused) as raised:
            mailbox.look(lambda _folder, _validity: frozenset())
        assert "menolak token" in raised.value.message
        assert mailbox.look(lambda _folder, _validity: frozenset()).mails and tokens.given == 2
    finally:
        house.close()


def test_an_address_without_tls_is_no_place_for_tokens() -> None:
    values = {
        "address": OFFICE, "smtp_host": "a.id", "imap_host": "a.id", "user": "u", "auth": "xoauth2",
        "token_url": "http://a.id/token", "client_id": "k",
    }  # fmt: skip
    with pytest.raises(Declined):
        account_of(values)
    assert account_of({**values, "token_url": "https://a.id/token"}).token_url
