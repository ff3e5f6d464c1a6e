"""A profile's desk as a start of the program would have it, with only that of the outside which a scene uses."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from lockdesk.app import SystemClock, notice_texts, portal_steps
from lockdesk.desk.desk import Desk, Outside
from lockdesk.desk.office.mailing import Mailing
from lockdesk.desk.office.office import Office
from lockdesk.desk.ports import Gateway, Post, Reader
from lockdesk.desk.values.mail import MailAccount
from lockdesk.keeping import Archivist
from lockdesk.mail.incoming import Incoming
from lockdesk.mail.post import MailPost
from lockdesk.reader.cage.jobs import Order, run
from lockdesk.reader.sealed import SealedReader
from lockdesk.resource import resource
from lockdesk.store.casebook import SqlCasebook
from lockdesk.vault import Vault

BuildPost = Callable[[MailAccount, str], Post]


def unused() -> Any:
    raise AssertionError("this scene does not use it")


class OpenReader(SealedReader):
    """Reads in this very process what the test itself wrote: a process that is killed a hundred times need not start a
    cage each time."""

    def _ask(self, _kind: type[Any], order: Order, content: bytes) -> Any:
        return run(order, content)


@contextmanager
def opened(
    folder: Path,
    root: bytes,
    gateway: Callable[[], Gateway] = unused,
    reader: Callable[[], Reader] = unused,
    post: BuildPost | None = MailPost,
) -> Iterator[Desk]:
    """The desk of the profile in `folder` under this root key: a passphrase would only add its deliberate slowness.
    Without `post` it has no mail account."""
    clock, vault = SystemClock(), Vault(folder, root)
    casebook = SqlCasebook(folder / "casebook.db", vault, vault.keys.database)
    office = Office(casebook, clock, lambda: resource("offices/pekalongan.toml").read_text(encoding="utf-8"), False)
    build = post

    def mailing(changed: Callable[[], None]) -> Mailing:
        assert build is not None
        return Mailing(casebook, office, vault, build, Incoming, changed)

    desk = Desk(
        Outside(
            clock=clock,
            office=office,
            casebook=casebook,
            gateway=gateway,
            gateway_label=lambda: "CA uji",
            training=False,
            reader=reader,
            paper=unused,
            export_book=lambda *_book: b"",
            print_queue=unused,
            notice_texts=notice_texts,
            portal_steps=portal_steps,
            opens=lambda passphrase: False,
            archive=Archivist(folder, vault),
            signer=vault,
            mailing=None if post is None else mailing,
        )
    )
    try:
        yield desk
    finally:
        desk.close()
        casebook.close()
