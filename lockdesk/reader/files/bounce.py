"""Delivery status notifications (RFC 3464): which of our messages never arrived. For the sealed child."""

from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message
from email.policy import compat32

from lockdesk.desk.values.mail import Bounce

MOST_BYTES = 1024 * 1024
"""Of a notification that are read: what matters stands before the returned message."""
_MOST_WORDS = 300
_MOST_PARTS = 20


def bounce_in(raw: bytes) -> Bounce | None:
    """What a mail says of one of our messages; None for a mail that is no delivery status notification, or names no
    message. Of several recipients the one that failed counts."""
    mail = message_from_bytes(raw[:MOST_BYTES], policy=compat32)
    if mail.get_content_type() != "multipart/report" or not mail.is_multipart():
        return None
    parts = mail.get_payload()
    assert isinstance(parts, list)
    groups = [fields for part in parts[:_MOST_PARTS] for fields in _groups(part)]
    recipients = [fields for fields in groups if fields["Action"] and fields["Status"]]
    returned = next((name for part in parts[:_MOST_PARTS] if (name := _returned_id(part))), "")
    if not recipients or not returned:
        return None
    worst = next((fields for fields in recipients if _text(fields["Action"]).casefold() == "failed"), recipients[0])
    return Bounce(
        message_id=returned,
        recipient=_text(worst["Final-Recipient"]).rpartition(";")[2].strip(),
        status=_text(worst["Status"]).partition(" ")[0],
        failed=_text(worst["Action"]).casefold() == "failed",
        words=_text(worst["Diagnostic-Code"]).rpartition(";")[2].strip(),
    )


def _groups(part: object) -> Iterator["Message[str, str]"]:
    """The groups of fields in a message/delivery-status: the message's first, then one a recipient."""
    if isinstance(part, Message) and part.get_content_type() == "message/delivery-status":
        inner = part.get_payload()
        yield from (item for item in inner if isinstance(item, Message)) if isinstance(inner, list) else ()


def _returned_id(part: object) -> str:
    """The Message-ID of the message that comes back, whole or its headers alone."""
    if not isinstance(part, Message):
        return ""
    inner = part.get_payload()
    if part.get_content_type() == "message/rfc822" and isinstance(inner, list) and isinstance(inner[0], Message):
        return _text(inner[0]["Message-ID"])
    if part.get_content_type() == "text/rfc822-headers":
        content = part.get_payload(decode=True)
        return _text(message_from_bytes(content, policy=compat32)["Message-ID"]) if isinstance(content, bytes) else ""
    return ""


def _text(value: object) -> str:
    """A header on one line, printable and short."""
    plain = "".join(ch if ch.isprintable() else " " for ch in str(value or ""))
    return " ".join(plain.split())[:_MOST_WORDS]
