"""The shipped sample requests, whole and taken apart."""

from email import message_from_bytes, policy
from email.message import EmailMessage

from lockdesk.resource import resource


def sample(name: str) -> bytes:
    """A shipped sample request by the beginning of its file name."""
    found = sorted(resource("samples").glob(f"{name}*.eml"))
    assert len(found) == 1, f"{name}: {found}"
    return found[0].read_bytes()


def papers(name: str) -> list[tuple[str, bytes]]:
    """The attachments of a shipped sample."""
    mail = message_from_bytes(sample(name), policy=policy.default)
    assert isinstance(mail, EmailMessage)
    return [(str(part.get_filename()), bytes(part.get_payload(decode=True) or b"")) for part in mail.iter_attachments()]
