"""The simulated mailbox of a practice profile: what the outbox brought there, as its recipients would see it."""

import email
from email import policy
from email.message import EmailMessage

from lockdesk.core.messages import MessageState
from lockdesk.desk.casebook import Casebook
from lockdesk.desk.values.cases import Message
from lockdesk.desk.values.facts import Address, AttachmentKind
from lockdesk.desk.values.tray import MailState, Match, Seems, TrayFile, TrayMail
from lockdesk.words import _


def delivered(casebook: Casebook) -> tuple[TrayMail, ...]:
    """All of it, the newest first."""
    found = (item for item in casebook.messages_in({MessageState.SIMULATED}) if item.mail_id)
    newest_first = sorted(found, key=lambda item: (item.changed_at or item.at, item.id), reverse=True)
    return tuple(_shown(casebook, item) for item in newest_first)


def delivered_mail(casebook: Casebook, mail_id: str) -> TrayMail | None:
    """One of them by its Message-ID."""
    message = casebook.message_named(mail_id)
    return _shown(casebook, message) if message is not None and message.state is MessageState.SIMULATED else None


def _shown(casebook: Casebook, message: Message) -> TrayMail:
    case = casebook.row(message.case_id) if message.case_id else None
    return TrayMail(
        -message.id,
        message.mail_id,
        message.changed_at or message.at,
        MailState.DELIVERED,
        Address(case.name, message.to) if case is not None else _complainant(casebook, message),
        message.subject,
        message.body,
        _files(casebook.message_content(message.id)),
        Match(Seems.OURS, (_("Simulasi: tidak ada yang keluar dari komputer ini."),), (), case),
    )


def _complainant(casebook: Casebook, message: Message) -> Address:
    form = casebook.complaint_form(message.complaint_id)
    return Address(_("dirahasiakan"), "") if form.confidential else Address(form.name, message.to)


def _files(content: bytes) -> tuple[TrayFile, ...]:
    """What is attached: a message that the program itself composed."""
    mail = email.message_from_bytes(content, policy=policy.default)
    assert isinstance(mail, EmailMessage)
    attached = ((part.get_filename("-"), part.get_payload(decode=True)) for part in mail.iter_attachments())
    return tuple(
        TrayFile(name, AttachmentKind.CERTIFICATE, len(raw), "other")
        for name, raw in attached
        if isinstance(raw, bytes)
    )
