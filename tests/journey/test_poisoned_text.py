"""Requests whose text is no Unicode: received whole, stored, and read again."""

import io
from email.message import EmailMessage

import pikepdf
import pytest

from lockdesk.app import OpenProfile
from lockdesk.desk.ports import NamedBytes
from lockdesk.desk.requests.arrivals import Arrival
from lockdesk.desk.values.cases import CaseView, IntakeChannel
from lockdesk.desk.values.facts import StatementProblem

UTF7 = b'From: a@b.id\nContent-Type: text/plain; charset="utf-7"\n\nsurat +2AA- lampiran'
ESCAPED = b'From: a@b.id\nContent-Type: text/plain; charset="unicode_escape"\n\nsurat \\ud800 lampiran'


def letter(content: bytes, to_unicode: bytes = b"") -> bytes:
    """A page with the given content in a font whose letters mean what `to_unicode` says."""
    made = io.BytesIO()
    with pikepdf.new() as document:
        page = document.add_blank_page(page_size=(595, 842))
        font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        if to_unicode:
            font.ToUnicode = pikepdf.Stream(document, to_unicode)
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=document.make_indirect(font)))
        page.Contents = pikepdf.Stream(document, content)
        document.save(made)
    return made.getvalue()


def meaning(code: bytes) -> bytes:
    """A ToUnicode table by which the letter Q means the UTF-16 of `code` (hex)."""
    return (
        b"/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <FF> endcodespacerange\n"
        b"1 beginbfchar <51> <" + code + b"> endbfchar endcmap end"
    )


WORDS = b"BT /F 12 Tf 60 700 Td (SURAT PERNYATAAN) Tj 0 -20 Td (Nama : SekQr Contohwati) Tj ET"
LONE = letter(WORDS, meaning(b"D800"))
PAIR = letter(WORDS, meaning(b"D83DDE00"))


def mail_with(pdf: bytes, name: str = "surat.pdf") -> bytes:
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "a@b.id", "Lupa passphrase"
    mail.set_content("Terlampir.")
    mail.add_attachment(pdf, maintype="application", subtype="pdf", filename=name)
    return mail.as_bytes()


def received(profile: OpenProfile, content: bytes, name: str = "surat.eml") -> CaseView:
    """The case as it is read from the database, where nothing but Unicode is."""
    arrival = profile.desk.intake.look((NamedBytes(name, content),), IntakeChannel.EMAIL)
    assert isinstance(arrival, Arrival)
    return profile.desk.reading.case(profile.desk.intake.take(arrival)[0].case_id)


@pytest.mark.parametrize("content", [UTF7, ESCAPED], ids=["utf-7", "unicode_escape"])
def test_a_body_with_half_a_pair_is_received_whole(profile: OpenProfile, content: bytes) -> None:
    case = received(profile, content)
    assert case.facts.mail is not None
    assert case.facts.mail.text.split() == ["surat", "\ufffd", "lampiran"]
    stored = next(item for item in case.documents if item.role == "mail")
    assert profile.desk.reading.document(stored.id) == content


@pytest.mark.parametrize(("pdf", "shown"), [(LONE, "Sek\ufffdr"), (PAIR, "Sek\U0001f600r")], ids=["lone", "pair"])
def test_a_letter_whose_font_names_halves_of_pairs_is_received_whole(
    profile: OpenProfile, pdf: bytes, shown: str
) -> None:
    case = received(profile, mail_with(pdf))
    assert case.facts.statement.problem is StatementProblem.NONE
    assert case.facts.statement.fields.name == f"{shown} Contohwati"
    stored = next(item for item in case.documents if item.role == "statement")
    assert profile.desk.reading.document(stored.id) == pdf


def test_a_subject_and_names_with_half_a_pair_are_received(profile: OpenProfile) -> None:
    content = (
        b"From: =?utf-7?q?Sek+2AA-r?= <a@b.id>\nSubject: =?unicode_escape?q?lupa=5Cudc00?=\n"
        b"MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n--x\n\nisi\n--x\n"
        b"Content-Type: application/octet-stream\n"
        b"Content-Disposition: attachment; filename*=utf-7''surat+2AA-.txt\n\nlampiran\n--x--\n"
    )
    case = received(profile, content, "surat\udcff.eml")
    mail = case.facts.mail
    assert mail is not None and mail.sender is not None
    assert (mail.sender.name, mail.subject) == ("Sek\ufffdr", "lupa\ufffd")
    assert [item.content is not None for item in mail.attachments] == [True]
    assert [item.name for item in case.documents if item.role == "mail"] == ["surat\ufffd.eml"]
