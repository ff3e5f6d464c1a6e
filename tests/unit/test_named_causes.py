"""What nobody can read is named by its cause, with the way on: encrypted mail, a CSR in a document, dynamic forms."""

import subprocess
from base64 import encodebytes
from collections.abc import Callable
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pikepdf
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.name import _ASN1Type
from reportlab.pdfgen.canvas import Canvas

from lockdesk.core.findings import Finding, Verdict
from lockdesk.desk.checks.all import run_checks
from lockdesk.desk.ports import NamedBytes
from lockdesk.reader.documents.pdf import read_statement
from lockdesk.reader.sealed import SealedReader
from lockdesk.verbs.inspect import findings_on, read_whole
from tests.helpers.authority import pki_material as make
from tests.helpers.desk.evidence_material import evidence

HEAD = (
    "From: Sekar <sekar@contoh.pekalongankota.go.id>\nTo: layanan@pekalongankota.go.id\nSubject: Permohonan\n"
    "Date: Thu, 26 Nov 2026 08:00:00 +0700\nMessage-ID: <a1@contoh>\nMIME-Version: 1.0\n"
)
PGP = (
    'Content-Type: multipart/encrypted; protocol="application/pgp-encrypted"; boundary="b"\n\n--b\n'
    "Content-Type: application/pgp-encrypted\n\nVersion: 1\n--b\n"
    'Content-Type: application/octet-stream; name="encrypted.asc"\n\n'
    "-----BEGIN PGP MESSAGE-----\n\nhQEMA9WJ\n-----END PGP MESSAGE-----\n--b--\n"
)


def enciphered(folder: Path) -> bytes:
    """A mail that OpenSSL encrypts for somebody's certificate (RFC 8551)."""
    key = make.ec_key()
    (folder / "to.pem").write_bytes(make.pem(make.certificate(key, key, make.name(), make.name()), "CERTIFICATE"))
    (folder / "body").write_text("Content-Type: text/plain\n\nMohon reset passphrase.\n")
    command = ["openssl", "cms", "-encrypt", "-in", "body", "-outform", "DER", "-out", "out", "to.pem"]
    subprocess.run(command, cwd=folder, capture_output=True, check=True)
    how = 'Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name="smime.p7m"\n'
    coded = encodebytes((folder / "out").read_bytes()).decode()
    return f"{HEAD}{how}Content-Transfer-Encoding: base64\n\n{coded}".encode()


def with_document(name: str, content: bytes) -> bytes:
    mail = EmailMessage()
    for line in HEAD.strip().splitlines()[:-1]:
        key, value = line.split(": ", 1)
        mail[key] = value
    mail.set_content("Mohon reset passphrase.")
    mail.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return mail.as_bytes()


def rtf(text: str) -> bytes:
    return ("{\\rtf1\\ansi {\\fonttbl{\\f0 Courier;}}\\f0 " + text.replace("\n", "\\par\n") + "}").encode()


def docx(text: str) -> bytes:
    file = BytesIO()
    rows = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in text.splitlines())
    with ZipFile(file, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", f"<w:document><w:body>{rows}</w:body></w:document>")
    return file.getvalue()


def told(reader: SealedReader, mail: bytes) -> dict[str, Finding]:
    return {item.check: item for item in findings_on(read_whole(reader, [NamedBytes("surel.eml", mail)]))}


@pytest.mark.parametrize("how", ["smime", "pgp"])
def test_an_encrypted_mail_is_named_with_the_way_on(reader: SealedReader, how: str, tmp_path: Path) -> None:
    found = told(reader, enciphered(tmp_path) if how == "smime" else (HEAD + PGP).encode())
    named = found["mail.container"]
    assert named.verdict is Verdict.WARN and "dienkripsi" in named.title and "tanpa enkripsi" in named.remedy
    assert found["attachment.private_key"].verdict is Verdict.UNKNOWN


@pytest.mark.parametrize("form", [rtf, docx])
def test_a_csr_pasted_into_a_document_is_named(reader: SealedReader, form: Callable[[str], bytes]) -> None:
    name = f"permohonan.{form.__name__}"
    found = told(reader, with_document(name, form(make.pem(make.request()).decode())))
    assert found["csr.parses"].verdict is Verdict.FAIL
    assert told(reader, with_document(name, form("Saya lupa passphrase.")))["csr.present"].verdict is Verdict.FAIL
    assert "dokumen pengolah kata" in found["csr.parses"].evidence and ".csr" in found["csr.parses"].remedy


def test_a_form_that_only_its_maker_can_draw_is_named() -> None:
    document, file = pikepdf.new(), BytesIO()
    document.add_blank_page()
    packet = document.make_stream(
        b'<xdp:xdp xmlns:xdp="http://ns.adobe.com/xdp/"><template><subform name="f"/></template></xdp:xdp>'
    )
    document.Root.AcroForm = pikepdf.Dictionary(Fields=[], XFA=packet)
    document.Root.NeedsRendering = True
    document.save(file)
    assert "xfa" in read_statement(file.getvalue()).risks


def test_a_name_in_teletex_is_read() -> None:
    key = make.ec_key()
    common_name = x509.NameAttribute(x509.NameOID.COMMON_NAME, "Sekar Contohwati", _type=_ASN1Type.T61String)
    request = x509.CertificateSigningRequestBuilder().subject_name(x509.Name([common_name])).sign(key, SHA256())
    found = {item.check: item for item in run_checks(evidence(make.pem(request.public_bytes(Encoding.DER))))}
    assert found["csr.subject"].verdict is Verdict.PASS


def test_an_archive_is_no_csr_that_is_there(reader: SealedReader, tmp_path: Path) -> None:
    file = BytesIO()
    with ZipFile(file, "w") as archive:
        archive.writestr("permintaan.csr", make.pem(make.request()))
    found = told(reader, with_document("paket.zip", file.getvalue()))
    assert found["csr.present"].verdict is Verdict.FAIL and "tanpa ZIP" in found["csr.present"].remedy
    assert "csr.single" not in found


@pytest.mark.parametrize("first", ["surat pengantar.pdf", "lampiran.pdf"])
def test_the_paper_that_says_most_of_somebody_is_the_letter_whatever_the_files_are_called(
    reader: SealedReader, first: str
) -> None:
    cover = printed("SURAT PENGANTAR", "Bersama ini kami kirimkan surat pernyataan lupa passphrase pegawai kami.")
    letter = printed(
        "SURAT PERNYATAAN", "Nama : Sekar Contohwati", "NIP : 199002152019032999",
        "Saya lupa passphrase sertifikat elektronik dan memohon penerbitan ulang.",
    )  # fmt: skip
    papers = [NamedBytes("surat pengantar.pdf", cover), NamedBytes("lampiran.pdf", letter)]
    papers.sort(key=lambda item: item.name != first)
    facts = read_whole(reader, papers)
    assert facts.statement_file.name == "lampiran.pdf" and facts.statement.fields.nip == "199002152019032999"


def printed(*rows: str) -> bytes:
    file = BytesIO()
    page = Canvas(file)
    for number, row in enumerate(rows):
        page.drawString(72, 760 - 18 * number, row)
    page.save()
    return file.getvalue()
