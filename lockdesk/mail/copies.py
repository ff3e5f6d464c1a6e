"""Our own copies in the office's mailbox: what is there was accepted."""

import ssl

from lockdesk.desk.values.mail import MailAccount
from lockdesk.mail.line import Lines
from lockdesk.mail.session import Client, signed_in
from lockdesk.mail.tokens import Tokens


class Copies:
    """Looks only: nothing is marked as read, nothing is moved. Thread-safe."""

    def __init__(
        self, account: MailAccount, secret: str, tokens: Tokens, context: ssl.SSLContext, lines: Lines
    ) -> None:
        self._account, self._secret, self._tokens = account, secret, tokens
        self._context, self._lines = context, lines

    def holds(self, message_id: str) -> bool:
        """Whether a message with this Message-ID lies in the folder in which mail arrives, or where accepted mail is
        kept. Raises Unreachable and Refused."""
        folders = dict.fromkeys((self._account.folder, self._account.accepted_folder))
        with signed_in(self._account, self._secret, self._tokens, self._context, self._lines) as client:
            return any(_in_folder(client, folder, message_id) for folder in folders if folder)


def _in_folder(client: Client, folder: str, message_id: str) -> bool:
    """A folder that there is not (yet) holds nothing."""
    if not client.folder_exists(folder):
        return False
    client.select_folder(folder, readonly=True)
    return bool(client.search(["HEADER", "Message-ID", message_id]))
