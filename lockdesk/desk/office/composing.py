"""A message as it is sent (RFC 5322), composed once: the same bytes go out however often it is tried."""

import re
import secrets
from collections.abc import Sequence
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from lockdesk.desk.office.mail_fields import is_address
from lockdesk.desk.values.facts import MailFacts
from lockdesk.records import dataclass

_POLICY = SMTP.clone(cte_type="7bit")
"""Not every server on the way takes eight bits."""
_MAIL_ID = re.compile(r"<[!-;=?-~]{1,120}@[!-;=?-~]{1,120}>")
_MOST_REFERENCES = 10


@dataclass(frozen=True, slots=True)
class Letter:
    """What is to be said, to whom, and what it answers."""

    to: str
    subject: str
    body: str
    number: str
    """Of the case or the complaint."""
    thread: Sequence[str] = ()
    """The Message-IDs of what it answers, the nearest last."""
    certificate: tuple[str, bytes] | None = None
    """Serial number and DER of what is attached."""


def new_mail_id(number: str, message_id: int, domain: str) -> str:
    """What answers it names it, whatever becomes of the subject; the random part cannot be guessed by who forges a
    bounce."""
    return f"<{number}.{message_id}.{secrets.token_hex(8)}@{domain}>"


def compose(letter: Letter, sender: tuple[str, str] | None, at: datetime, mail_id: str) -> EmailMessage:
    """`sender`: name and address; `at` in the office's zone. No header names the blind copy."""
    mail = EmailMessage(policy=_POLICY)
    mail["Subject"] = letter.subject
    mail["To"] = Address(addr_spec=letter.to) if is_address(letter.to) else ""
    if sender is not None:
        mail["From"] = Address(sender[0], addr_spec=sender[1])
    mail["Date"] = format_datetime(at)
    mail["Message-ID"] = mail_id
    mail["Auto-Submitted"] = "auto-generated"  # RFC 3834: no answering machine answers it
    if letter.thread:
        mail["In-Reply-To"] = letter.thread[-1]
        mail["References"] = " ".join(letter.thread)
    mail.set_content(letter.body)
    if letter.certificate is not None:
        serial, der = letter.certificate
        mail.add_attachment(der, "application", "pkix-cert", filename=f"sertifikat-{serial}.cer")
    return mail


def thread_of(answered: MailFacts | None) -> Sequence[str]:
    """What an answer to a mail names: the mail's own Message-ID last, what it answered before it; nothing that is no
    Message-ID."""
    if answered is None or not _MAIL_ID.fullmatch(answered.message_id):
        return ()
    earlier = [name for name in reversed(answered.references) if _MAIL_ID.fullmatch(name)]
    return [*dict.fromkeys(earlier[-_MOST_REFERENCES:]), answered.message_id]
