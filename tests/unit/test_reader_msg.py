"""Outlook's .msg: read as the mail that it was, in the cage, by the same rules."""

import random
from email import message_from_bytes, policy

from lockdesk.desk.ports import NamedBytes
from lockdesk.desk.values.facts import AttachmentKind, RequestFacts
from lockdesk.reader.sealed import SealedReader
from tests.helpers.authority import pki_material as make
from tests.helpers.papers.msg_material import Storage, compound, message
from tests.helpers.papers.samples import sample


def as_msg(raw: bytes) -> bytes:
    """A sample request as Outlook would have saved it."""
    mail = message_from_bytes(raw, policy=policy.default)
    headers = "".join(f"{name}: {value}\r\n" for name, value in mail.items())
    body = mail.get_body(("plain",))
    files = [(part.get_filename() or "", part.get_payload(decode=True)) for part in mail.iter_attachments()]
    text = body.get_content() if body is not None else ""
    return message(str(mail["Subject"]), text, headers, [(name, bytes(data)) for name, data in files])


def read(reader: SealedReader, content: bytes, name: str = "permohonan.msg") -> RequestFacts:
    return reader.read_request((NamedBytes(name, content),))


def test_a_request_saved_by_outlook_says_what_the_mail_said(reader: SealedReader) -> None:
    raw = sample("01")
    mail, saved = reader.read_request((NamedBytes("01.eml", raw),)), read(reader, as_msg(raw))
    assert mail.mail is not None and saved.mail is not None
    for name in ("sender", "subject", "date", "message_id", "authentication_results", "received", "to", "return_path"):
        assert getattr(saved.mail, name) == getattr(mail.mail, name), name
    assert saved.statement.fields == mail.statement.fields
    assert saved.csr.facts == mail.csr.facts
    assert saved.statement_file is not None and mail.statement_file is not None
    assert saved.statement_file.sha256 == mail.statement_file.sha256


def test_one_that_was_never_sent_has_its_subject_and_no_sender(reader: SealedReader) -> None:
    facts = read(reader, message("Permohonan", "Belum dikirim", ""))
    assert facts.mail is not None
    assert (facts.mail.subject, facts.mail.sender) == ("Permohonan", None)


def test_a_private_key_in_it_is_withheld(reader: SealedReader) -> None:
    key = make.private_pem(make.ec_key())
    facts = read(reader, message("Kunci", "Terlampir", "From: a@contoh.example\r\n", [("kunci.pem", key)]))
    assert facts.mail is not None
    held = facts.mail.attachments[0]
    assert held.kind is AttachmentKind.PRIVATE_KEY and held.content is None


def test_another_compound_file_is_no_mail(reader: SealedReader) -> None:
    facts = read(reader, compound(Storage("Root Entry", {"WordDocument": bytes(5000)})), "surat.doc")
    assert facts.mail is None


def test_damaged_ones_are_findings_never_an_end(reader: SealedReader) -> None:
    chance, whole = random.Random(7), as_msg(sample("02"))
    for _turn in range(25):
        content = bytearray(whole)
        for _hit in range(chance.randrange(1, 40)):
            content[chance.randrange(len(content))] = chance.randrange(256)
        facts = read(reader, bytes(content[: chance.randrange(600, len(content))]))
        assert facts.csr_count >= 0
