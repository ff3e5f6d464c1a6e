"""Outlook's .msg (MS-OXMSG) as the mail that it once was, so that one reader judges both. Runs in the cage."""

import importlib
from contextlib import suppress
from datetime import UTC, datetime
from email import message_from_string, policy
from email.message import EmailMessage
from email.utils import format_datetime, formataddr

from lockdesk.reader.files.kinds import clean_name

COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How a compound file begins: .msg, and old Office documents."""
_MARK = "__properties_version1.0".encode("utf-16-le")
MOST_ATTACHMENTS = 50
_KEPT_HEADERS = (
    "Return-Path", "Received", "Authentication-Results", "From", "Reply-To", "To", "Cc", "Subject", "Date",
    "Message-ID", "In-Reply-To", "References",
)  # fmt: skip
"""What the transport wrote; its MIME headers speak of parts that Outlook has taken apart."""


def prepare() -> None:
    """Loads what the library and the writing of a mail load late. Raises ImportError."""
    importlib.import_module("oxmsg")
    mail = EmailMessage(policy=policy.SMTP)
    mail["From"], mail["Date"] = "Uji <a@b.example>", format_datetime(datetime(2026, 1, 1, tzinfo=UTC))
    mail.set_content("isi é")
    mail.add_attachment(b"x", maintype="application", subtype="pdf", filename="ü.pdf")
    message_from_string(mail.as_bytes().decode(), policy=policy.compat32)


def is_msg(content: bytes) -> bool:
    """Whether a compound file holds an Outlook message."""
    return content.startswith(COMPOUND) and _MARK in content


def msg_as_mail(content: bytes) -> bytes:
    """The message as RFC 5322 bytes. Never raises: what cannot be read becomes a mail without anything."""
    mail = EmailMessage(policy=policy.SMTP)
    with suppress(Exception):  # the library raises as its many fields do
        _fill(mail, content)
    try:
        return mail.as_bytes()
    except Exception:  # a header that cannot be written back is left out with all the others
        bare = EmailMessage(policy=policy.SMTP)
        bare.set_content(mail.get_content() if mail.get_content_maintype() == "text" else "")
        return bare.as_bytes()


def _fill(mail: EmailMessage, content: bytes) -> None:
    from oxmsg import Message

    message = Message.load(content)
    _fill_headers(mail, message)
    body = message.body
    if body:
        mail.set_content(body)
    elif message.html_body:
        mail.set_content(message.html_body, subtype="html")
    else:
        mail.set_content("")
    for number, attachment in zip(range(MOST_ATTACHMENTS), message.attachments, strict=False):
        name, data, kind = f"lampiran-{number + 1}", b"", "application/octet-stream"
        with suppress(Exception):
            name = clean_name(attachment.file_name or "", name)
        with suppress(Exception):
            data, kind = attachment.file_bytes or b"", attachment.mime_type or kind
        maintype, _slash, subtype = kind.partition("/")
        mail.add_attachment(data, maintype=maintype, subtype=subtype or "octet-stream", filename=name)


def _fill_headers(mail: EmailMessage, message: "object") -> None:
    properties = message.properties  # type: ignore[attr-defined]
    transport = message_from_string(_text(properties, 0x007D), policy=policy.compat32)
    for name in _KEPT_HEADERS:
        for value in transport.get_all(name, []):
            with suppress(Exception):
                mail[name] = " ".join(str(value).split())
    wanted = {"Subject": message.subject, "From": _sender(message)}  # type: ignore[attr-defined]
    for name, text in wanted.items():
        if text and mail[name] is None:
            with suppress(Exception):
                mail[name] = " ".join(text.split())
    sent = message.sent_date  # type: ignore[attr-defined]
    if sent is not None and mail["Date"] is None:
        mail["Date"] = format_datetime(sent.replace(tzinfo=sent.tzinfo or UTC))


def _text(properties: "object", identifier: int) -> str:
    return properties.str_prop_value(identifier) or ""  # type: ignore[attr-defined]


_SMTP_ADDRESSES = (0x5D01, 0x5D02)
"""PidTagSenderSmtpAddress and PidTagSentRepresentingSmtpAddress (MS-OXPROPS)."""
_SENDER_NAME = 0x0C1A


def _sender(message: "object") -> str | None:
    """The sender; inside Exchange the usual property holds a path in its directory, and the address is in another."""
    properties = message.properties  # type: ignore[attr-defined]
    mailbox = next((text for text in (_text(properties, item) for item in _SMTP_ADDRESSES) if "@" in text), "")
    if not mailbox:
        sender: str | None = message.sender  # type: ignore[attr-defined]
        return sender
    return formataddr((_text(properties, _SENDER_NAME), mailbox))
