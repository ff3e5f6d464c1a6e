"""Our own copies in the office's mailbox (IMAP over TLS, RFC 3501): what is there was accepted."""

import imaplib
import socket
import ssl

from lockdesk.desk.values.mail import Auth, MailAccount
from lockdesk.errors import Unreachable
from lockdesk.mail.line import Lines, login_refused
from lockdesk.words import _


class _Session(imaplib.IMAP4_SSL):
    """An IMAP connection whose socket the lines can end."""

    def __init__(self, account: MailAccount, context: ssl.SSLContext, lines: Lines) -> None:
        self._lines, self._context = lines, context
        super().__init__(account.imap_host, account.imap_port, ssl_context=context, timeout=lines.seconds)

    def _create_socket(self, timeout: float | None) -> ssl.SSLSocket:
        connected = self._lines.keep(socket.create_connection((self.host, self.port), timeout))
        return self._context.wrap_socket(connected, server_hostname=self.host)


class Copies:
    """Looks only: nothing is marked as read, nothing is moved. Thread-safe."""

    def __init__(self, account: MailAccount, secret: str, context: ssl.SSLContext, lines: Lines) -> None:
        self._account, self._secret = account, secret
        self._context, self._lines = context, lines

    def holds(self, message_id: str) -> bool:
        """Whether a message with this Message-ID lies in the folder in which mail arrives, or where accepted mail is
        kept. Raises Unreachable and Refused."""
        account = self._account
        with self._lines.within(account.imap_host):
            try:
                session = _Session(account, self._context, self._lines)
                try:
                    self._sign_in(session)
                    folders = dict.fromkeys((account.folder, account.accepted_folder))
                    return any(self._in_folder(session, folder, message_id) for folder in folders if folder)
                finally:
                    session.shutdown()
            except imaplib.IMAP4.error as error:
                raise Unreachable(
                    _("Kotak surat kantor tidak dapat dibaca."),
                    _("Periksa pengaturan e-mail masuk, lalu coba lagi."),
                    detail=str(error),
                    code="mail.mailbox",
                ) from error

    def _sign_in(self, session: imaplib.IMAP4) -> None:
        account = self._account
        user = account.imap_user or account.user
        try:
            if account.auth is Auth.XOAUTH2:
                token = f"user={user}\x01auth=Bearer {self._secret}\x01\x01".encode()
                session.authenticate("XOAUTH2", lambda _challenge: token)
            else:
                session.login(user, self._secret)
        except imaplib.IMAP4.abort:
            raise
        except imaplib.IMAP4.error as error:
            raise login_refused(account.imap_host, str(error)) from error

    @staticmethod
    def _in_folder(session: imaplib.IMAP4, folder: str, message_id: str) -> bool:
        """A folder that there is not (yet) holds nothing."""
        status, _count = session.select(_quoted(folder), readonly=True)
        if status != "OK":
            return False
        _status, found = session.uid("SEARCH", "HEADER", "Message-ID", _quoted(message_id))
        return bool(found and found[0])


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
