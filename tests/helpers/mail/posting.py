"""A working profile with a mail account at a small SMTP server whose book the tests read."""

import email
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from email import policy
from email.message import EmailMessage

from lockdesk.desk.desk import Desk
from lockdesk.desk.values.cases import Message
from tests.helpers.desk.office import MONDAY
from tests.helpers.mail.account import OFFICE
from tests.servers.small_ca import SmallCa
from tests.servers.smtp import PASSWORD, USER, SmtpServer
from tests.servers.web import server_context

ARRIVED = MONDAY - timedelta(hours=2)
"""Before the office opens, on the samples' day."""
LATER = MONDAY + timedelta(hours=3)
APPLICANT = "sekar.contohwati@contoh.pekalongankota.go.id"


@contextmanager
def serving_post() -> Iterator[tuple[SmtpServer, SmallCa]]:
    ca = SmallCa("CA kantor")
    with SmtpServer(server_context(ca)) as server:
        yield server, ca


def remove_account(desk: Desk) -> None:
    """From now on what goes out is carried by hand."""
    assert desk.mailing is not None
    desk.mailing.remove()


def use_account(desk: Desk, smtp_port: int, ca: SmallCa, imap_port: int = 9) -> None:
    assert desk.mailing is not None
    desk.mailing.save(
        {
            "address": OFFICE,
            "name": "Layanan LOCK",
            "smtp_host": "127.0.0.1",
            "smtp_port": str(smtp_port),
            "user": USER,
            "secret": PASSWORD,
            "imap_host": "127.0.0.1",
            "imap_port": str(imap_port),
            "ca_pem": ca.pem.decode(),
        }
    )


def mails(server: SmtpServer, address: str) -> list[EmailMessage]:
    """What this mailbox holds."""
    return [email.message_from_bytes(raw, policy=policy.default) for raw in server.to(address)]


def body(mail: EmailMessage) -> str:
    part = mail.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def last_message(desk: Desk, case_id: int) -> Message:
    return desk.reading.case(case_id).messages[-1]
