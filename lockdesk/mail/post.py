"""The office's post: its account as the desk uses it."""

from collections.abc import Callable, Sequence

from lockdesk.desk.values.authority import CheckItem
from lockdesk.desk.values.mail import MailAccount
from lockdesk.errors import LockdeskError
from lockdesk.mail.copies import Copies
from lockdesk.mail.line import Lines, tls_context
from lockdesk.mail.outgoing import Outgoing
from lockdesk.mail.tokens import Tokens
from lockdesk.words import _


class MailPost:
    """Implements desk.ports.Post."""

    def __init__(self, account: MailAccount, secret: str, tokens: Tokens | None = None) -> None:
        """Raises Declined when the office's CA file cannot be read."""
        context = tls_context(account)
        self.address = account.address
        self._account = account
        self._lines = Lines(account.seconds)
        tokens = tokens or Tokens()
        self._outgoing = Outgoing(account, secret, tokens, context, self._lines)
        self._copies = Copies(account, secret, tokens, context, self._lines)

    def send(self, mail: bytes, recipients: Sequence[str], handing: Callable[[], None]) -> str:
        return self._outgoing.send(mail, recipients, handing)

    def holds_copy(self, message_id: str) -> bool:
        return self._copies.holds(message_id)

    def check(self) -> tuple[CheckItem, ...]:
        host, port = self._account.smtp_host, self._account.smtp_port
        try:
            with self._outgoing.session() as smtp:
                smtp.noop()
        except LockdeskError as error:
            return (CheckItem("smtp", False, str(error)),)
        words = _("Server pengirim {host}:{port} menerima sambungan terenkripsi dan nama pengguna.")
        return (CheckItem("smtp", True, words.format(host=host, port=port)),)

    def close(self) -> None:
        self._lines.close()
