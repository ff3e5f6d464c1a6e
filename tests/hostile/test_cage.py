"""Files that attack: nothing gets out of the cage, and the next document opens."""

import io
import sys
import zipfile
from collections.abc import Iterator
from email.message import EmailMessage

import pikepdf
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256, SHA384, SHA512
from cryptography.hazmat.primitives.serialization import Encoding
from reportlab.pdfgen import canvas

from lockdesk.desk.ports import NamedBytes
from lockdesk.desk.values.facts import AttachmentKind, StatementProblem
from lockdesk.pki.csr import read_csr
from lockdesk.pki.values import CsrProblem
from lockdesk.reader.sealed import SealedReader
from tests.helpers.authority import pki_material as make
from tests.hostile.pdfs import bomb, letter, pdf_with_stream, statement

CURVES = (ec.SECP256R1(), ec.SECP384R1(), ec.SECP521R1())


@pytest.fixture(scope="module")
def reader() -> Iterator[SealedReader]:
    with SealedReader() as sealed:
        yield sealed


@pytest.mark.skipif(sys.platform != "linux", reason="the seccomp cage is Linux's")
def test_from_inside_the_cage_nothing_opens(reader: SealedReader) -> None:
    cage = reader.cage()
    tried = {key: answer for key, answer in cage.items() if key.startswith("probe.")}
    assert cage["walls"] and len(tried) >= 8
    assert set(tried.values()) == {"EPERM"}


def test_a_bomb_of_600_megabytes_ends_in_an_answer_and_the_next_letter_opens(reader: SealedReader) -> None:
    facts = reader.read_request([NamedBytes("surat.pdf", pdf_with_stream(bomb(600)))]).statement
    assert facts.problem is not StatementProblem.NONE or not facts.has_text
    assert statement(reader, letter()) is StatementProblem.NONE


def test_a_child_that_is_too_slow_is_given_up() -> None:
    slow = pdf_with_stream(bomb(60))
    with SealedReader(deadline_seconds=0.05) as hasty:
        assert statement(hasty, slow) in (StatementProblem.TIMED_OUT, StatementProblem.MISSING)
        assert hasty.render(slow, 0, 500) is None


def test_damaged_empty_and_locked_letters_have_names(reader: SealedReader) -> None:
    assert statement(reader, b"%PDF-1.7\nrusak") is StatementProblem.DAMAGED
    assert statement(reader, letter()[:300]) is StatementProblem.DAMAGED
    assert statement(reader, b"") is StatementProblem.EMPTY
    assert statement(reader, b"bukan pdf") is StatementProblem.DAMAGED
    nothing = io.BytesIO()
    with pikepdf.new() as document:
        document.save(nothing)
    assert statement(reader, nothing.getvalue()) is StatementProblem.EMPTY
    locked = io.BytesIO()
    with pikepdf.open(io.BytesIO(letter())) as document:
        document.save(locked, encryption=pikepdf.Encryption(user="rahasia", owner="x"))
    assert statement(reader, locked.getvalue()) is StatementProblem.ENCRYPTED
    owner = io.BytesIO()
    with pikepdf.open(io.BytesIO(letter())) as document:
        document.save(owner, encryption=pikepdf.Encryption(user="", owner="x"))
    assert statement(reader, owner.getvalue()) is StatementProblem.NONE


def test_50_megabytes_are_hashed_and_refused(reader: SealedReader) -> None:
    facts = reader.read_request([NamedBytes("surat.pdf", b"%PDF-1.7\n" + bytes(50 * 1024 * 1024))])
    assert facts.statement.problem is StatementProblem.TOO_LARGE
    assert facts.statement_file is not None and facts.statement_file.content is None
    assert len(facts.statement_file.sha256) == 64
    mail = b"From: a@contoh.example\r\nSubject: besar\r\n\r\n" + b"A" * (50 * 1024 * 1024)
    read = reader.read_request([NamedBytes("besar.eml", mail)])
    assert read.mail is not None and read.mail.defects == ("too_large",)
    assert read.mail.subject == "besar" and read.others[0].content is None


def test_an_attachment_above_the_cap_keeps_only_its_digest(reader: SealedReader) -> None:
    large = b"%PDF-1.7\n" + bytes(21 * 1024 * 1024)
    facts = reader.read_request([NamedBytes("surat.pdf", large)])
    assert facts.statement.problem is StatementProblem.TOO_LARGE
    assert facts.statement_file is not None and facts.statement_file.content is None


def test_a_zip_is_named_and_not_opened(reader: SealedReader) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("permohonan.csr", make.pem(make.request()))
    facts = reader.read_request([NamedBytes("berkas.zip", packed.getvalue())])
    assert facts.csr.problem is CsrProblem.ARCHIVE
    assert facts.csr_file is not None and facts.csr_file.kind is AttachmentKind.ARCHIVE


def test_active_content_is_found_inside_object_streams(reader: SealedReader) -> None:
    with pikepdf.open(io.BytesIO(letter())) as document:
        script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
        document.Root.OpenAction = document.make_indirect(script)
        packed = io.BytesIO()
        document.save(packed, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    assert b"JavaScript" not in packed.getvalue()
    risks = reader.read_request([NamedBytes("surat.pdf", packed.getvalue())]).statement.risks
    assert {"javascript", "open_action"} <= set(risks)


def test_a_huge_page_is_rendered_within_the_limit(reader: SealedReader) -> None:
    buffer = io.BytesIO()
    page = canvas.Canvas(buffer, pagesize=(199_999, 500))
    page.circle(9, 9, 9)
    page.save()
    pixels = reader.render(buffer.getvalue(), 0, 100_000)
    assert pixels is None or max(pixels.width, pixels.height) <= 4000
    facts = reader.read_request([NamedBytes("surat.pdf", buffer.getvalue())])
    assert "odd_page_size" in facts.statement.risks


def test_mail_that_exhausts_parsers_ends_in_defects(reader: SealedReader) -> None:
    nested = b"From: a@b.example\r\nMIME-Version: 1.0\r\n"
    for depth in range(2000):
        nested += b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (depth, depth)
    many = b'From: a@b.example\r\nContent-Type: multipart/mixed; boundary="x"\r\n\r\n' + b"--x\r\n\r\nx\r\n" * 50_000
    crowd = b"From: a@b.example\r\nTo: " + b", ".join(b"p%d@c.example" % n for n in range(5000)) + b"\r\n\r\nx"
    odd = b'From: a@b.example\r\nContent-Type: text/plain; charset="tidak-ada"\r\n\r\nhalo'
    for raw, defect in (
        (nested, "too_many_parts"),
        (many, "too_many_parts"),
        (crowd, "too_many_recipients"),
        (odd, "unknown_charset"),
        (b"\x00\xff" * 500, ""),
        (b"", ""),
    ):
        mail = reader.read_request([NamedBytes("surat.eml", raw)]).mail
        assert mail is not None
        assert not defect or defect in mail.defects


def test_a_dead_template_is_replaced(reader: SealedReader) -> None:
    assert statement(reader, letter()) is StatementProblem.NONE
    process = getattr(reader._children, "_process", None)
    if process is not None:
        process.kill()
        process.wait()
    assert statement(reader, letter()) is StatementProblem.NONE


def test_signatures_are_judged_alike_inside_and_outside_of_the_cage(reader: SealedReader) -> None:
    builder = x509.CertificateSigningRequestBuilder().subject_name(make.name())
    keys: list[rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey] = [
        rsa.generate_private_key(65537, 2048),
        *map(ec.generate_private_key, CURVES),
    ]
    signed = [builder.sign(key, digest) for key in keys for digest in (SHA256(), SHA384(), SHA512())]
    pss = padding.PSS(padding.MGF1(SHA256()), padding.PSS.DIGEST_LENGTH)
    signed.append(builder.sign(rsa.generate_private_key(65537, 2048), SHA256(), rsa_padding=pss))
    signed.append(builder.sign(ed25519.Ed25519PrivateKey.generate(), None))
    for request in signed:
        content = request.public_bytes(Encoding.PEM)
        caged = reader.read_request([NamedBytes("a.csr", content)]).csr
        assert caged == read_csr(content)
        assert caged.facts is not None and caged.facts.signature_valid is True


def test_a_letter_with_a_private_key_in_its_text_is_withheld(reader: SealedReader) -> None:
    buffer = io.BytesIO()
    page = canvas.Canvas(buffer, invariant=1)
    for row, text in enumerate(make.private_pem(make.ec_key()).decode().splitlines()):
        page.drawString(70, 700 - 14 * row, text)
    page.save()
    mail = EmailMessage()
    mail["From"] = "a@contoh.example"
    mail.set_content("Terlampir.")
    mail.add_attachment(buffer.getvalue(), maintype="application", subtype="pdf", filename="surat.pdf")
    facts = reader.read_request([NamedBytes("surat.eml", mail.as_bytes())])
    assert "private_key" in facts.statement.risks and not facts.statement.has_text
    assert facts.mail is not None
    for held in (facts.statement_file, facts.mail.attachments[0]):
        assert held is not None and (held.kind, held.content) == (AttachmentKind.PRIVATE_KEY, None)
