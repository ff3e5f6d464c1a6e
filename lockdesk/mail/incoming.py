"""The mailbox that requests arrive in (IMAP over TLS, RFC 3501): fetched raw and whole, and left as it was found.

The mailbox is shared with other services: it is only ever examined, nothing is marked as read, and only what became
part of a case is moved. Every method is one exchange with one deadline for all of it.
"""

import contextlib
import hashlib
import imaplib
import itertools
import threading
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime

from lockdesk.core.numbering import Series
from lockdesk.desk.ports import KnownUids
from lockdesk.desk.values.authority import CheckItem
from lockdesk.desk.values.mail import FetchedMail, Looked, MailAccount, MailPlace
from lockdesk.errors import LockdeskError, Unreachable
from lockdesk.mail.line import Lines, tls_context
from lockdesk.mail.session import Client, signed_in
from lockdesk.mail.tokens import Tokens
from lockdesk.words import _

MOST_BYTES = 40 * 1024 * 1024
"""The largest mail that is fetched whole; of a larger one the beginning, which says whose it is."""
_HEAD_BYTES = 256 * 1024
MOST_MAILS, MOST_TOGETHER = 50, 64 * 1024 * 1024
"""How many mails, of how many bytes together, one exchange fetches; one of them always."""
_MOST_ASKED = 2000
"""UIDs that fit on one line of a command."""
WATCH_SECONDS = 9 * 60
"""How long one IDLE lasts: a line that was lost in silence is noticed after that (RFC 2177 allows 29 minutes)."""
_FACTS = ["RFC822.SIZE", "INTERNALDATE"]
_KNOWN_BY = "BODY.PEEK[HEADER.FIELDS (FROM DATE SUBJECT MESSAGE-ID)]"


class Incoming:
    """Implements desk.ports.Mailbox. Thread-safe: every exchange has a connection of its own."""

    def __init__(self, account: MailAccount, secret: str, tokens: Tokens | None = None) -> None:
        """Raises Declined when the office's CA file cannot be read."""
        self._account, self._secret, self._tokens = account, secret, tokens or Tokens()
        self._context = tls_context(account)
        self._lines = Lines(account.seconds)
        self._watching = Lines(WATCH_SECONDS + account.seconds)
        self._moving = threading.Lock()

    def look(self, known: KnownUids) -> Looked:
        account = self._account
        with self._exchange() as (client, validity):
            uids = frozenset(client.search(*_criteria(account)))
            new = sorted(uids - set(known(account.folder, validity)))
            mails = self._fetched(client, validity, new)
        return Looked(account.folder, validity, uids, mails, len(mails) < len(new))

    def fetch(self, places: Sequence[MailPlace]) -> tuple[FetchedMail, ...]:
        with self._exchange() as (client, validity):
            uids = [place.uid for place in places if (place.folder, place.validity) == (self._account.folder, validity)]
            return self._fetched(client, validity, uids)

    def move(self, places: Sequence[MailPlace]) -> None:
        # two exchanges that move a mail at the same time may each leave one: a decision's move, and that of a look
        with self._moving, self._exchange(readonly=False) as (client, validity):
            uids = [place.uid for place in places if (place.folder, place.validity) == (self._account.folder, validity)]
            # a server that cannot expunge by UID keeps what was moved, marked as deleted: never copied twice
            uids = client.search(["UNDELETED", "UID", ",".join(map(str, uids))]) if uids else []
            accepted = self._account.accepted_folder
            if not uids:
                return
            if not client.folder_exists(accepted):
                client.create_folder(accepted)
            if client.has_capability("MOVE"):
                client.move(uids, accepted)
                return
            client.copy(uids, accepted)
            client.add_flags(uids, [rb"\Deleted"], silent=True)
            if client.has_capability("UIDPLUS"):  # a plain EXPUNGE would take along what others have marked
                client.uid_expunge(uids)

    def wait(self) -> bool | None:
        with self._exchange(lines=self._watching) as (client, _validity):
            if not client.has_capability("IDLE"):
                return None
            client.idle()
            news = client.idle_check(timeout=WATCH_SECONDS)
            client.idle_done()
            return bool(news)

    def check(self) -> tuple[CheckItem, ...]:
        account = self._account
        try:
            with self._exchange() as (client, _validity):
                found = len(client.search(*_criteria(account)))
        except LockdeskError as error:
            return (CheckItem("imap", False, str(error)),)
        words = _("Kotak surat {host}:{port} dapat dibuka; {n} e-mail di folder {folder} dilihat.")
        said = words.format(host=account.imap_host, port=account.imap_port, n=found, folder=account.folder)
        return (CheckItem("imap", True, said),)

    def close(self) -> None:
        self._lines.close()
        self._watching.close()

    # ── inside an exchange ──
    @contextlib.contextmanager
    def _exchange(self, *, readonly: bool = True, lines: Lines | None = None) -> Iterator[tuple[Client, int]]:
        """A connection that is signed in, in the folder that mail arrives in, and the folder's UIDVALIDITY."""
        account = self._account
        with signed_in(account, self._secret, self._tokens, self._context, lines or self._lines) as client:
            yield client, self._select(client, readonly)

    def _select(self, client: Client, readonly: bool) -> int:
        folder = self._account.folder
        if not client.folder_exists(folder):
            raise Unreachable(
                _("Folder “{folder}” tidak ada di kotak surat kantor.").format(folder=folder),
                _("Perbaiki folder masuk dalam pengaturan e-mail."),
                code="mail.folder",
            )
        return int(client.select_folder(folder, readonly=readonly)[b"UIDVALIDITY"])

    def _fetched(self, client: Client, validity: int, uids: Sequence[int]) -> tuple[FetchedMail, ...]:
        """Small ones first: one that does not get through in time keeps no other back. What came before the line was
        lost is taken."""
        made: list[FetchedMail] = []
        facts = client.fetch(uids[:_MOST_ASKED], _FACTS) if uids else {}
        together = itertools.accumulate(sorted(item[b"RFC822.SIZE"] for item in facts.values()))
        most = max(1, min(MOST_MAILS, sum(total <= MOST_TOGETHER for total in together)))
        for uid in sorted(facts, key=lambda found: facts[found][b"RFC822.SIZE"])[:most]:
            try:
                content = client.fetch([uid], [_whole_or_head(facts[uid]), _KNOWN_BY]).get(uid)
            except (OSError, imaplib.IMAP4.abort):
                if made:
                    break
                raise
            if content is not None:  # somebody else may have moved it meanwhile
                made.append(_mail(MailPlace(self._account.folder, validity, uid), facts[uid], content))
        return tuple(made)


def _whole_or_head(facts: Mapping[bytes, int]) -> str:
    return "BODY.PEEK[]" if facts[b"RFC822.SIZE"] <= MOST_BYTES else f"BODY.PEEK[]<0.{_HEAD_BYTES}>"


def _mail(place: MailPlace, facts: Mapping[bytes, object], content: Mapping[bytes, object]) -> FetchedMail:
    raw = _part(content, b"BODY[]")
    body = raw.partition(b"\r\n\r\n")[2]
    known_by = b" ".join(_part(content, b"BODY[HEADER").split())
    identity = hashlib.sha256(known_by + b"\0" + hashlib.sha256(body).digest()).hexdigest()
    arrived = facts[b"INTERNALDATE"]
    assert isinstance(arrived, datetime)
    return FetchedMail(place, arrived.astimezone(UTC), identity, raw, b"BODY[]" in content)


def _part(content: Mapping[bytes, object], name: bytes) -> bytes:
    """Servers name a part as they were asked, or nearly so."""
    found = next((value for key, value in content.items() if key.startswith(name)), b"")
    return found if isinstance(found, bytes) else b""


def _criteria(account: MailAccount) -> tuple[Sequence[str | bytes | date], str | None]:
    """What is looked for: what reached the mailbox since the limit; of it what the filter says, answers to our own
    messages, and what comes back."""
    lying: list[str | bytes | date] = ["UNDELETED", *(("SINCE", account.since) if account.since is not None else ())]
    words = account.filter
    if not words:
        return lying, None
    series = [f"<{item}-" for item in Series]
    wanted: list[tuple[str | bytes, ...]] = [(name, words.encode()) for name in ("TO", "CC", "SUBJECT")]
    wanted += [("HEADER", name, item) for name in ("References", "In-Reply-To") for item in series]
    wanted += [("SUBJECT", f"{item}-") for item in Series]
    returned = ("HEADER", "Content-Type", "multipart/report")
    criteria = [*lying, *itertools.chain.from_iterable(("OR", *item) for item in wanted), *returned]
    return criteria, None if words.isascii() else "UTF-8"
