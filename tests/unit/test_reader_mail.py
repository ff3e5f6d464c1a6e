"""Mail into facts, on messages as people and attackers write them."""

import base64
import hashlib
from email.message import EmailMessage

from lockdesk.desk.values.facts import AttachmentKind, MailFacts
from lockdesk.reader.files.mail import parse_mail
from tests.helpers.authority import pki_material as make


def message(**headers: str) -> EmailMessage:
    mail = EmailMessage()
    mail["From"] = headers.pop("From", "Sekar Contohwati <sekar@contoh.pekalongankota.go.id>")
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    mail.set_content("Mohon diproses.")
    return mail


def read(mail: EmailMessage | bytes) -> MailFacts:
    return parse_mail(mail if isinstance(mail, bytes) else mail.as_bytes(), {})


def test_headers_become_single_line_facts() -> None:
    facts = read(
        message(
            To="lock@pekalongankota.go.id",
            Cc="admin@contoh.pekalongankota.go.id",
            Subject="Lupa passphrase – Sekar",
            Reply_To="lain@contoh.example",
            Return_Path="<sekar@contoh.pekalongankota.go.id>",
            Date="Mon, 23 Nov 2026 07:41:00 +0700",
            Authentication_Results="mail.pekalongankota.go.id; spf=pass",
        )
    )
    assert facts.sender is not None and facts.sender.mailbox == "sekar@contoh.pekalongankota.go.id"
    assert facts.sender.name == "Sekar Contohwati" and facts.subject == "Lupa passphrase – Sekar"
    assert facts.reply_to[0].domain == "contoh.example" and facts.cc[0].mailbox.startswith("admin@")
    assert facts.date is not None and facts.date.isoformat() == "2026-11-23T00:41:00+00:00"
    assert facts.return_path == facts.return_path and facts.authentication_results[0].endswith("spf=pass")
    assert facts.defects == ()


def test_an_address_in_the_display_name_does_not_become_the_sender() -> None:
    facts = read(b'From: "sekar@pekalongankota.go.id" <jahat@contoh.example>\r\n\r\nx')
    assert facts.sender is not None and facts.sender.mailbox == "jahat@contoh.example"


def test_a_punycode_domain_is_shown_in_unicode() -> None:
    facts = read(b"From: a@xn--bcher-kva.example\r\n\r\nx")
    assert facts.sender is not None and facts.sender.domain == "bücher.example"


def test_attachments_are_known_by_content_and_cleanly_named() -> None:
    mail = message()
    mail.add_attachment(b"%PDF-1.7 x", maintype="text", subtype="plain", filename="../../surat\x00.txt")
    mail.add_attachment(make.pem(make.request()), maintype="application", subtype="pdf", filename="a.pdf")
    mail.add_attachment(b"MZ\x90\0" + bytes(60), maintype="image", subtype="png", filename="foto.png")
    facts = read(mail)
    assert [item.kind for item in facts.attachments] == [
        AttachmentKind.PDF,
        AttachmentKind.CSR,
        AttachmentKind.PROGRAM,
    ]
    assert facts.attachments[0].name == "surat.txt"


def test_a_private_key_is_withheld_wherever_it_stands() -> None:
    key = make.private_pem(make.ec_key())
    mail = message()
    mail.add_attachment(key, maintype="text", subtype="plain", filename="kunci.txt")
    held = read(mail).attachments[0]
    assert (held.kind, held.content, held.withheld) == (AttachmentKind.PRIVATE_KEY, None, "key")
    assert held.sha256 == hashlib.sha256(key).hexdigest()
    for body in (key.decode(), base64.encodebytes(key).decode(), f"<pre>{key.decode()}</pre>"):
        mail = message()
        mail.set_content(f"Berikut:\n\n{body}", subtype="html" if "<pre>" in body else "plain")
        facts = read(mail)
        assert "private_key_in_text" in facts.defects and facts.text == ""
        assert not facts.attachments


def test_a_request_in_the_text_is_taken_as_a_file() -> None:
    mail = message()
    mail.set_content("Berikut CSR:\n" + make.pem(make.request()).decode())
    assert [item.kind for item in read(mail).attachments] == [AttachmentKind.CSR]


def test_a_mail_that_is_only_a_pdf_and_a_forwarded_mail_have_their_files() -> None:
    body = base64.encodebytes(b"%PDF-1.7 x").decode()
    raw = f"From: a@b.example\nContent-Type: application/pdf\nContent-Transfer-Encoding: base64\n\n{body}"
    assert [item.kind for item in read(raw.encode()).attachments] == [AttachmentKind.PDF]
    inner = message()
    inner.add_attachment(b"%PDF-1.7 x", maintype="application", subtype="pdf", filename="surat.pdf")
    outer = message()
    outer.add_attachment(inner)
    (forwarded,) = read(outer).attachments
    assert forwarded.kind is AttachmentKind.MAIL and forwarded.content is not None
    assert [item.name for item in read(forwarded.content).attachments] == ["surat.pdf"]


def test_several_senders_and_broken_structure_are_defects() -> None:
    assert "several_senders" in read(b"From: a@b.example, c@d.example\r\n\r\nx").defects
    broken = b'From: a@b.example\r\nContent-Type: multipart/mixed; boundary="x"\r\n\r\n--x\r\n\r\nhalo'
    assert "damaged" in read(broken).defects


def test_a_newline_in_a_decoded_header_stays_on_the_line() -> None:
    facts = read(b"From: a@b.example\r\nSubject: =?utf-8?b?aGFsbw0KQmNjOiB4?=\r\n\r\nx")
    assert "\n" not in facts.subject and facts.subject.startswith("halo")


def test_a_key_is_known_even_where_the_mail_is_not_taken_apart() -> None:
    key = base64.encodebytes(make.private_pem(make.ec_key()))
    parts = b"".join(b"--x\r\n\r\nhalo\r\n" for _ in range(500))
    raw = b'From: a@b.example\r\nContent-Type: multipart/mixed; boundary="x"\r\n\r\n' + parts + key
    assert {"too_many_parts", "private_key_in_text"} <= set(read(raw).defects)
    long = message()
    long.set_content("kata " * 30_000 + "\n" + make.private_pem(make.ec_key()).decode())
    assert "private_key_in_text" in read(long).defects


def test_a_mail_as_a_file_with_a_key_in_it_is_withheld() -> None:
    inner = message(Subject="dengan kunci")
    inner.set_content(make.private_pem(make.ec_key()).decode())
    outer = message()
    outer.add_attachment(inner.as_bytes(), maintype="application", subtype="octet-stream", filename="a.eml")
    held = read(outer).attachments[0]
    assert (held.kind, held.content) == (AttachmentKind.PRIVATE_KEY, None)
