"""The simulated post of a practice profile: mails that lie in files arrive, and what is sent goes nowhere."""

import hashlib
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from lockdesk.desk.ports import KnownUids
from lockdesk.desk.values.authority import CheckItem
from lockdesk.desk.values.mail import Auth, FetchedMail, Looked, MailAccount, MailPlace, Security
from lockdesk.words import _

DOMAIN = "pelatihan.invalid"
"""No machine bears this name (RFC 2606)."""
_TOGETHER = 4
"""Mails that one look brings, so that the first are seen while the others are read."""
_ACCOUNT = MailAccount(
    address=f"layanan@{DOMAIN}",
    name="",
    smtp_host=DOMAIN,
    smtp_port=465,
    security=Security.TLS,
    user="",
    auth=Auth.PASSWORD,
    imap_host=DOMAIN,
    imap_port=993,
    imap_user="",
    folder="INBOX",
    accepted_folder="LockDesk",
)


class SimulatedPost:
    """Implements desk.ports.MailHouse, Post and Mailbox without any network. Thread-safe.

    What is delivered is kept where every message is: in the outbox, as simulated.
    """

    address = _ACCOUNT.address

    def __init__(self, paths: Sequence[Path], since: Callable[[], datetime | None]) -> None:
        """`since`: when the mails in `paths` arrived; None while the profile has no simulated post."""
        self._since = since
        self._contents = dict(enumerate((path.read_bytes() for path in paths), 1))
        digests = b"".join(hashlib.sha256(content).digest() for content in self._contents.values())
        self._validity = int.from_bytes(hashlib.sha256(digests).digest()[:4])
        """Other mails are another mailbox (RFC 3501 section 2.3.1.1)."""
        self._moved: frozenset[int] = frozenset()

    # ── the account ──
    def account(self) -> MailAccount | None:
        return _ACCOUNT if self._since() is not None else None

    def post(self) -> "SimulatedPost":
        return self

    def mailbox(self) -> "SimulatedPost":
        return self

    # ── out ──
    def send(self, mail: bytes, recipients: Sequence[str], handing: Callable[[], None]) -> str:  # noqa: ARG002
        handing()
        return _("Simulasi: tidak ada yang keluar dari komputer ini.")

    def holds_copy(self, message_id: str) -> bool:  # noqa: ARG002 - what was handed over never gets lost here
        return True

    # ── in ──
    def look(self, known: KnownUids) -> Looked:
        lying = frozenset(self._contents) - self._moved
        new = sorted(lying - set(known(_ACCOUNT.folder, self._validity)))
        mails = self._mails(new[:_TOGETHER])
        return Looked(_ACCOUNT.folder, self._validity, lying, mails, len(new) > _TOGETHER)

    def fetch(self, places: Sequence[MailPlace]) -> tuple[FetchedMail, ...]:
        return self._mails(sorted(self._here(places)))

    def move(self, places: Sequence[MailPlace]) -> None:
        self._moved |= self._here(places)

    def wait(self) -> bool | None:
        return None

    def check(self) -> tuple[CheckItem, ...]:
        return ()

    def close(self) -> None:
        """Nothing is on its way."""

    def _here(self, places: Sequence[MailPlace]) -> frozenset[int]:
        here = {place.uid for place in places if (place.folder, place.validity) == (_ACCOUNT.folder, self._validity)}
        return frozenset(self._contents.keys() & here) - self._moved

    def _mails(self, uids: Sequence[int]) -> tuple[FetchedMail, ...]:
        since = self._since()
        assert since is not None
        contents = ((uid, self._contents[uid]) for uid in uids)
        return tuple(
            FetchedMail(
                MailPlace(_ACCOUNT.folder, self._validity, uid), since, hashlib.sha256(content).hexdigest(), content
            )
            for uid, content in contents
        )
