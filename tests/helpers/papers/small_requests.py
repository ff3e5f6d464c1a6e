"""Requests with exactly the fields that a test wants: a plain letter, a CSR of the person, the mail around them."""

import io
from email.message import EmailMessage

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from lockdesk.desk.ports import NamedBytes
from lockdesk.desk.values.people import RegisterEntry
from tests.helpers.authority import pki_material as make

LABELS = {
    "name": "Nama",
    "nip": "NIP",
    "nik": "NIK",
    "position": "Jabatan",
    "agency": "Unit Kerja",
    "email": "E-mail dinas",
    "serial": "Nomor seri sertifikat",
    "fingerprint": "Sidik jari kunci publik CSR (SHA-256)",
}
USUAL = ("name", "nip", "nik", "position", "agency", "email")


def csr_of(person: RegisterEntry, number: int = 901, organization: str = "Dinas Contoh") -> bytes:
    """A CSR in DER that names the person."""
    named = ((NameOID.COMMON_NAME, "name"), (NameOID.SERIAL_NUMBER, "nip"), (NameOID.EMAIL_ADDRESS, "email"))
    parts = [x509.NameAttribute(oid, person.text(field)) for oid, field in named]
    subject = x509.Name([x509.NameAttribute(NameOID.ORGANIZATION_NAME, organization), *parts])
    builder = x509.CertificateSigningRequestBuilder().subject_name(subject)
    return builder.sign(make.ec_key(number), hashes.SHA256()).public_bytes(Encoding.DER)


def letter(
    person: RegisterEntry,
    left_out: tuple[str, ...] = (),
    number: str = "800/12/2026",
    day: str = "23 November 2026",
    **more: str,
) -> bytes:
    """A letter with the person's usual fields but those `left_out`, and others besides."""
    fields = {name: person.text(name) for name in USUAL if name not in left_out} | more
    heads = ["SURAT PERNYATAAN LUPA PASSPHRASE SERTIFIKAT ELEKTRONIK", f"Nomor : {number}" if number else "", ""]
    body = [f"{LABELS[name]} : {text}" for name, text in fields.items()]
    words = [
        "",
        "Dengan ini menyatakan bahwa saya lupa passphrase sertifikat elektronik saya dan memohon",
        "pencabutan serta penerbitan sertifikat elektronik yang baru. Passphrase tidak diketahui orang lain.",
        "",
        f"Pekalongan, {day}",
        person.text("name"),
    ]
    file = io.BytesIO()
    page = Canvas(file, pagesize=A4)
    page.setFont("Helvetica", 9)  # a whole fingerprint fits on its line
    for place, line in enumerate([*heads, "Yang bertanda tangan di bawah ini:", *body, *words]):
        page.drawString(70, 760 - 20 * place, line)
    page.save()
    return file.getvalue()


def mail(person: RegisterEntry, pdf: bytes = b"", csr: bytes = b"", name: str = "permintaan.csr") -> NamedBytes:
    """The request as it comes, from the person's own mailbox."""
    made = EmailMessage()
    made["From"] = f"{person.text('name')} <{person.text('email')}>"
    made["To"] = "lock@pekalongankota.go.id"
    made["Subject"] = "Permohonan lupa passphrase"
    made["Date"] = "Mon, 23 Nov 2026 08:00:00 +0700"
    made["Authentication-Results"] = "mx.pekalongankota.go.id; spf=pass; dkim=pass; dmarc=pass"
    made.set_content("Dengan hormat, terlampir permohonan saya.")
    if pdf:
        made.add_attachment(pdf, maintype="application", subtype="pdf", filename="surat pernyataan.pdf")
    if csr:
        made.add_attachment(make.pem(csr), maintype="application", subtype="pkcs10", filename=name)
    return NamedBytes("permohonan.eml", made.as_bytes())
