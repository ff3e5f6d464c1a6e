"""The office's mail account: tried before it is used, its secret in the keyring, every change journalled."""

import json
from collections.abc import Callable, Mapping

from lockdesk.core.journal import JournalNote
from lockdesk.desk import changes as c
from lockdesk.desk.casebook import Casebook
from lockdesk.desk.office.mail_fields import BEGUN, SECRET, account_of
from lockdesk.desk.office.office import SETTING_MAIL, Office
from lockdesk.desk.ports import Mailbox, Post, Secrets
from lockdesk.desk.values.authority import CheckItem
from lockdesk.desk.values.mail import MailAccount
from lockdesk.errors import Declined, LockdeskError
from lockdesk.words import _

Build = Callable[[MailAccount, str], Post]
"""Makes the post of an account and its secret. Raises Declined for unusable values."""
OpenMailbox = Callable[[MailAccount, str], Mailbox]
"""The same for its mailbox; nothing is connected yet."""


class Mailing:
    """Called on worker threads."""

    def __init__(
        self,
        casebook: Casebook,
        office: Office,
        secrets: Secrets,
        build: Build,
        open_mailbox: OpenMailbox,
        changed: Callable[[], None],
    ) -> None:
        self._casebook = casebook
        self._office = office
        self._secrets = secrets
        self._build = build
        self._open_mailbox = open_mailbox
        self._changed = changed

    def values(self) -> Mapping[str, str]:
        """What the form holds, without the secret; empty where there is no account."""
        return _kept(self._casebook.setting(SETTING_MAIL))

    def has_secret(self) -> bool:
        return bool(self._secrets.secret(SECRET))

    def account(self) -> MailAccount | None:
        """The account in use; None where there is none."""
        values = self.values()
        return account_of(values) if values else None

    def post(self) -> Post:
        """The post of the account in use. Raises Declined where there is none, Unreachable (keyring)."""
        return self._build(self._in_use(), self._secrets.secret(SECRET))

    def mailbox(self) -> Mailbox:
        """The mailbox of the account in use. Raises Declined where there is none, Unreachable (keyring)."""
        return self._open_mailbox(self._in_use(), self._secrets.secret(SECRET))

    def _in_use(self) -> MailAccount:
        account = self.account()
        if account is None:
            raise Declined(_("Akun e-mail kantor belum diatur."), _("Isi di Pengaturan."), code="mail.none")
        return account

    def test(self, values: Mapping[str, str]) -> tuple[CheckItem, ...]:
        """Periksa sambungan, with what the form holds and the kept secret where that is left empty. Sends nothing."""
        try:
            account, secret = account_of(values), self._secret(values)
            post, mailbox = self._build(account, secret), self._open_mailbox(account, secret)
        except LockdeskError as error:
            return (CheckItem("settings", False, str(error)),)
        try:
            return (*post.check(), *mailbox.check())
        finally:
            post.close()
            mailbox.close()

    def save(self, values: Mapping[str, str]) -> None:
        """Uses this account from now on: every step that owes the applicant a word then makes its message. Raises
        Declined for what cannot be used, Unreachable when the keyring does not take the secret."""
        account, secret = account_of(values), self._secret(values)
        self._build(account, secret).close()
        self._office.require(JournalNote("setting.changed", {"name": SETTING_MAIL}))
        self._secrets.keep_secret(SECRET, secret)
        kept = {name: text for name, text in values.items() if name != "secret"} | {BEGUN: self._begun(account)}
        self._put(kept, account.address)

    def _begun(self, account: MailAccount) -> str:
        """Since when this very mailbox is looked into."""
        values = self.values()
        if values and _lies(account_of(values)) == _lies(account):
            return values.get(BEGUN, "")
        return self._office.today().isoformat()

    def remove(self) -> None:
        """No account any more: messages are kept to be carried by hand, and nothing is sent."""
        self._put({}, "")

    def _secret(self, values: Mapping[str, str]) -> str:
        secret = values.get("secret") or self._secrets.secret(SECRET)
        if not secret:
            raise Declined(
                _("Kata sandi atau token belum diisi."), _("Lengkapi isian, lalu simpan lagi."), code="mail.secret"
            )
        return secret

    def _put(self, values: Mapping[str, str], address: str) -> None:
        text = json.dumps(dict(values), ensure_ascii=False) if values else ""
        note = JournalNote("setting.changed", {"name": SETTING_MAIL, "address": address})
        write = c.SetSetting(SETTING_MAIL, text)
        self._casebook.commit(c.Change(self._office.now(), self._office.actor(), note, (write,)))
        self._changed()


def _lies(account: MailAccount) -> tuple[str, int, str, str]:
    """Which mailbox an account reads."""
    return account.imap_host, account.imap_port, account.imap_user or account.user, account.folder


def _kept(text: str | None) -> dict[str, str]:
    kept: dict[str, str] = json.loads(text or "{}")
    return kept
