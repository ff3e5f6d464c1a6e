"""An account at the servers of the tests."""

from dataclasses import replace

from lockdesk.desk.values.mail import Auth, MailAccount, Security
from tests.servers.smtp import USER

OFFICE = "lock@contoh.pekalongankota.go.id"
"""The office's own address."""


def account(port: int, ca_pem: bytes, **changes: object) -> MailAccount:
    made = MailAccount(
        address=OFFICE,
        name="Layanan LOCK",
        smtp_host="127.0.0.1",
        smtp_port=port,
        security=Security.STARTTLS,
        user=USER,
        auth=Auth.PASSWORD,
        imap_host="127.0.0.1",
        imap_port=9,
        imap_user="",
        folder="INBOX",
        accepted_folder="LockDesk",
        ca_pem=ca_pem,
        seconds=20,
    )
    return replace(made, **changes)  # type: ignore[arg-type]
