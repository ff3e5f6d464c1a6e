"""One exchange with the office's IMAP server (TLS, RFC 3501): signed in, and ended when its time is over."""

import contextlib
import imaplib
import socket
import ssl
from collections.abc import Iterator

from imapclient import IMAPClient
from imapclient.tls import IMAP4_TLS

from lockdesk.desk.values.mail import Auth, MailAccount
from lockdesk.errors import Unreachable
from lockdesk.mail.line import Lines, login_refused
from lockdesk.mail.tokens import Tokens
from lockdesk.words import _


class _Tls(IMAP4_TLS):  # type: ignore[misc]
    """A connection whose socket the lines can end."""

    def __init__(self, host: str, port: int, context: ssl.SSLContext, lines: Lines) -> None:
        self._lines = lines
        super().__init__(host, port, context, lines.seconds)

    def _create_socket(self, timeout: float | None = None) -> socket.socket:  # noqa: ARG002 - the lines' own
        connected = self._lines.keep(socket.create_connection((self.host, self.port), self._lines.seconds))
        wrapped: ssl.SSLSocket = self.ssl_context.wrap_socket(connected, server_hostname=self.host)
        return wrapped


class Client(IMAPClient):  # type: ignore[misc]
    def __init__(self, host: str, port: int, context: ssl.SSLContext, lines: Lines) -> None:
        self._lines = lines
        super().__init__(host, port, ssl_context=context, timeout=lines.seconds)
        self.normalise_times = False  # INTERNALDATE with its zone

    def _create_IMAP4(self) -> _Tls:
        return _Tls(self.host, self.port, self.ssl_context, self._lines)


@contextlib.contextmanager
def signed_in(
    account: MailAccount, secret: str, tokens: Tokens, context: ssl.SSLContext, lines: Lines
) -> Iterator[Client]:
    """A connection that is signed in. Raises Unreachable and Refused, also for what the library raises inside."""
    secret = tokens.of(account, secret)
    with lines.within(account.imap_host):
        try:
            client = Client(account.imap_host, account.imap_port, context, lines)
            try:
                _sign_in(client, account, secret, tokens)
                yield client
            finally:
                client.shutdown()
        except OSError:  # before ValueError: a certificate that is not trusted is both
            raise
        except imaplib.IMAP4.abort as error:
            raise ConnectionAbortedError(str(error)) from error  # what it means the line knows
        except (imaplib.IMAP4.error, ValueError) as error:
            raise Unreachable(
                _("Kotak surat kantor tidak dapat dibaca."),
                _("Periksa pengaturan e-mail masuk, lalu coba lagi."),
                detail=str(error),
                code="mail.mailbox",
            ) from error


def _sign_in(client: Client, account: MailAccount, secret: str, tokens: Tokens) -> None:
    sign_in = client.oauth2_login if account.auth is Auth.XOAUTH2 else client.login
    try:
        sign_in(account.imap_user or account.user, secret)
    except imaplib.IMAP4.abort:
        raise
    except imaplib.IMAP4.error as error:
        raise tokens.refused(account, login_refused(account.imap_host, str(error))) from error
