"""A mail without its attachments is put together again byte for byte, by whatever program it was written."""

import base64
import email.policy
import hashlib
import random
from email.message import EmailMessage
from pathlib import Path

import pytest

from lockdesk.store.mail_frame import Frame, frame_of
from tests.helpers.papers.msg_material import message

CHANCE = random.Random(15)
LETTER = b"%PDF-1.7\n" + CHANCE.randbytes(30_000)
PHOTO = b"\xff\xd8\xff\xe0" + CHANCE.randbytes(20_001)


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def framed(mail: bytes, *contents: bytes) -> Frame | None:
    return frame_of(mail, {digest(content): content for content in contents})


def require_whole(mail: bytes, most: int, *contents: bytes) -> None:
    """`most`: bytes of its own."""
    frame = framed(mail, *contents)
    assert frame is not None and len(frame.own) < most
    assert frame.whole({digest(content): content for content in contents}) == mail


def with_attachments(policy: email.policy.Policy, *contents: bytes, cte: str = "base64") -> bytes:
    mail = EmailMessage(policy=policy)
    mail["From"], mail["Subject"] = "sekar@contoh.example", "Lupa passphrase"
    mail.set_content("Mohon penerbitan kembali.")
    for n, content in enumerate(contents):
        mail.add_attachment(content, maintype="application", subtype="pdf", filename=f"{n}.pdf", cte=cte)
    return mail.as_bytes(policy=policy)


@pytest.mark.parametrize("policy", [email.policy.SMTP, email.policy.default], ids=["CRLF", "LF"])
def test_what_a_mail_program_writes(policy: email.policy.Policy) -> None:
    require_whole(with_attachments(policy, LETTER, PHOTO), 2_000, LETTER, PHOTO)
    require_whole(with_attachments(policy, LETTER, PHOTO, LETTER), 2_000, LETTER, PHOTO)


@pytest.mark.parametrize("width", [60, 64, 72, 76, 996, 1 << 20])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_lines_of_any_width(width: int, newline: str) -> None:
    text = base64.b64encode(LETTER).decode()
    lines = newline.join(text[at : at + width] for at in range(0, len(text), width))
    mail = f"Subject: x{newline}{newline}{lines}{newline}--akhir--{newline}".encode()
    require_whole(mail, 100, LETTER)


def test_a_message_of_outlook_and_bytes_as_they_are() -> None:
    require_whole(message("Permohonan", "Isi", "", (("surat.pdf", LETTER),)), 20_000, LETTER)
    require_whole(b"Content-Transfer-Encoding: binary\r\n\r\n" + LETTER + b"\r\n--a--", 200, LETTER)


def test_what_stands_otherwise_stays_in_the_mail() -> None:
    text = base64.b64encode(LETTER)
    uneven = text[:76] + b"\r\n" + text[76:100] + b"\r\n" + text[100:]
    cut_short = with_attachments(email.policy.SMTP, LETTER)[:-3_000]
    for mail in (uneven, cut_short, with_attachments(email.policy.SMTP, LETTER, cte="quoted-printable"), b""):
        assert framed(mail, LETTER) is None
    assert framed(with_attachments(email.policy.SMTP, LETTER), PHOTO, b"") is None


def test_an_attachment_within_another_is_taken_out_once() -> None:
    outer = LETTER + PHOTO + LETTER
    require_whole(b"kepala\r\n\r\n" + outer, 100, outer, LETTER, PHOTO)


def test_a_mail_made_to_be_searched_for_ever_is_not() -> None:
    """Thousands of beginnings that seem to be the attachment, each in lines of another width."""
    head = base64.b64encode(LETTER)[:48]
    mail = b"\r\n".join(head + b"A" * n for n in range(3_000)) + base64.b64encode(LETTER)
    assert framed(mail, LETTER) is None


@pytest.mark.parametrize("path", sorted(Path("tests/data").rglob("*.eml")), ids=lambda path: path.stem)
def test_reported_mails(path: Path) -> None:
    mail = path.read_bytes()
    parts = email.message_from_bytes(mail).walk()
    contents = [found for part in parts if isinstance(found := part.get_payload(decode=True), bytes)]
    frame = framed(mail, *contents)
    assert frame is None or frame.whole({digest(content): content for content in contents}) == mail
