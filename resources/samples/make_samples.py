"""Makes the sample requests: `python resources/samples/make_samples.py`, run by hand, output committed.

Writes NN-name.eml, people.json (the training CA's old certificates), register.xlsx (the staff register) and
expected.json (what the desk must find). Every key is thrown away; the old ones were never kept at all.
"""

import base64
import io
import json
import random
import sys
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from cryptography import x509  # noqa: E402
from cryptography.hazmat.primitives import hashes  # noqa: E402
from cryptography.hazmat.primitives.asymmetric import ec, rsa  # noqa: E402
from cryptography.hazmat.primitives.serialization import (  # noqa: E402
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    pkcs12,
)
from cryptography.x509.oid import NameOID  # noqa: E402
from sample_letters import EXPIRED, LEAKED, UNSURE, Letter, draw_letter, register_fonts  # noqa: E402
from sample_people import MAIL, PEOPLE, Person  # noqa: E402

Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey
WIB = timezone(timedelta(hours=7))
MONDAY = datetime(2026, 11, 23, 7, 40, tzinfo=WIB)
DESK = f"layanan.lock@{MAIL}"
MONDAY_WORDS = "23 November 2026"
RESULT = "pass"


@dataclass
class Sample:
    """One request to be written, with what the desk must make of it.

    `checks` are those that do not pass once the officer has typed what a scan does not give: they fail, or
    warn ("!…"), or stay unknown ("?…").
    """

    name: str
    person: str
    outcome: str
    sentence: str
    checks: tuple[str, ...] = ()
    key: str = "ec256"
    date: str = MONDAY_WORDS
    layout: str = "classic"
    form: str = "pem"
    sender: str = ""
    reply_to: str = ""
    serial_of: str = ""
    position: str = ""
    statements: tuple[str, ...] = ()
    csr_name: str = ""
    scanned: bool = False
    electronic: bool = False
    results: str = RESULT


SAMPLES = (
    Sample("01-sekar-rsa", "sekar.contohwati", "completed", "Permohonan lengkap dengan kunci RSA 3072.",
           key="rsa3072"),
    Sample("02-joko-ec", "joko.permisalan", "completed", "Permohonan lengkap dengan kunci EC P-256.",
           layout="table", form="der", date="20 November 2026"),
    Sample("03-yohanes-pindaian", "yohanes.contohkan", "completed",
           "Surat berupa pindaian, dibaca mesin; petugas membandingkannya dengan gambarnya.",
           ("!statement.readable",), key="rsa2048", form="crlf", scanned=True),
    Sample("04-niluh-elektronik", "niluh.rekayasa", "completed",
           "Surat ditandatangani secara elektronik; CA tepercaya belum ditetapkan.",
           ("?statement.signature",), key="ec384", layout="plain", form="new", electronic=True),
    Sample("05-maria-nama-lain", "maria.seumpama", "rejected", "CSR menyebut orang lain.", ("csr.subject",),
           layout="table", csr_name="Orang Lainnya, S.Pd."),
    Sample("06-endang-csr-diubah", "endang.perandaian", "rejected", "CSR diubah setelah ditandatangani.",
           ("csr.signature",), key="rsa2048", form="tampered"),
    Sample("07-budi-kunci-privat", "budi.andaikata", "refused_at_intake",
           "Lampiran memuat kunci privat; tidak disimpan, pemohon diberi tahu.",
           ("attachment.private_key", "csr.parses"), form="private", layout="plain"),
    Sample("08-rini-surel-pribadi", "rini.misalnya", "completed",
           "Dikirim dari kotak surat pribadi; diputuskan setelah konfirmasi telepon.",
           ("!mail.sender_domain", "!mail.sender_person"),
           sender="rini.misalnya@surel-pribadi.example", layout="table", date="19 November 2026"),
    Sample("09-hadi-sertifikat", "hadi.umpamanto", "rejected",
           "Yang dikirim sertifikat, bukan CSR, dan sidik jari kunci tidak disebut.",
           ("csr.parses", "!attachment.type", "?statement.fingerprint"), form="certificate",
           statements=UNSURE),
    Sample("10-hadi-ulang", "hadi.umpamanto", "completed", "Permohonan ulang dengan CSR yang benar.",
           layout="plain"),
    Sample("11-agus-inspektorat", "agus.samanama", "completed",
           "Dua pemohon bernama sama: yang ini bekerja di Inspektorat.", layout="table"),
    Sample("12-agus-pekerjaan-umum", "agus.samanama2", "completed",
           "Dua pemohon bernama sama: yang ini bekerja di Dinas Pekerjaan Umum.", key="rsa2048",
           layout="plain"),
    Sample("13-wahyu-seri-orang-lain", "wahyu.keliruseri", "rejected",
           "Nomor seri dalam surat milik orang lain.", ("certificate.owner",), serial_of="endang.perandaian"),
    Sample("14-tri-kedaluwarsa", "tri.purnamasa", "resolved_otherwise",
           "Sertifikat sudah habis masa berlakunya; bukan lupa passphrase.",
           ("statement.purpose", "certificate.status", "!csr.confirmed", "?statement.fingerprint"), layout="plain",
           statements=EXPIRED),
    Sample("15-dewi-terputus", "dewi.contohsari", "completed",
           "Permohonan lengkap; sambungan ke CA terputus dan hasilnya dipastikan kemudian.", key="rsa3072"),
    Sample("16-lestari-jabatan", "lestari.upamawati", "completed",
           "Jabatan pada surat berbeda dengan data kepegawaian; diputuskan petugas.",
           ("!statement.identity",),
           layout="table", position="Pustakawan Ahli Muda"),
    Sample("17-bambang-kebocoran", "bambang.khayalan", "completed",
           "Passphrase mungkin diketahui orang lain; dicabut dengan alasan keyCompromise.",
           ("!statement.purpose",), statements=LEAKED),
    Sample("18-fitri-domain-mirip", "fitri.andaian", "rejected",
           "Dikirim dari domain yang menyerupai domain dinas, balasan menuju alamat lain.",
           ("mail.lookalike", "mail.reply_to", "!mail.sender_domain", "!mail.sender_person", "!mail.authentication"),
           sender="fitri.andaian@contoh.pekalongankota-go-id.example",
           reply_to="fitri.andaian.rsud@surel-pribadi.example", results="none"),
)  # fmt: skip


def make_key(kind: str) -> Key:
    """A fresh key: "rsa3072", "rsa2048", "ec256" or "ec384"."""
    if kind.startswith("rsa"):
        return rsa.generate_private_key(65537, int(kind[3:]))
    return ec.generate_private_key(ec.SECP384R1() if kind == "ec384" else ec.SECP256R1())


def subject(person: Person, name: str = "") -> x509.Name:
    """The subject that the person's CSR asks for."""
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "ID"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, person.agency),
            x509.NameAttribute(NameOID.COMMON_NAME, name or person.name),
            x509.NameAttribute(NameOID.SERIAL_NUMBER, person.nip),
            x509.NameAttribute(NameOID.EMAIL_ADDRESS, person.email),
        ][: 3 if name else 5]
    )


def spki(key: Key) -> bytes:
    return key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def fingerprint(key: Key) -> str:
    """The last eight hex digits of the key's SHA-256, as letters print them."""
    digest = hashes.Hash(hashes.SHA256())
    digest.update(spki(key))
    text = digest.finalize().hex()[-8:]
    return f"{text[:4]}\u00a0{text[4:]}"


def csr_file(sample: Sample, person: Person, key: Key) -> tuple[str, bytes]:
    """The attachment that is sent as the CSR: its name and bytes."""
    request = x509.CertificateSigningRequestBuilder().subject_name(subject(person, sample.csr_name))
    signed = request.sign(key, hashes.SHA256())
    pem, der = signed.public_bytes(Encoding.PEM), signed.public_bytes(Encoding.DER)
    stem = person.key.replace(".", "-")
    if sample.form == "tampered":
        last = person.agency.encode()
        changed = der.replace(last, last[:-1] + b"X", 1)
        body = base64.encodebytes(changed).decode().replace("\n", "")
        lines = "\n".join(body[i : i + 64] for i in range(0, len(body), 64))
        begin, end = "-----BEGIN CERTIFICATE REQUEST-----", "-----END CERTIFICATE REQUEST-----"
        return f"{stem}.csr", f"{begin}\n{lines}\n{end}\n".encode()
    forms = {
        "pem": (f"{stem}.csr", pem),
        "der": (f"{stem}.p10", der),
        "crlf": (f"{stem}.txt", pem.replace(b"\n", b"\r\n")),
        "new": (f"{stem}.req", pem.replace(b"CERTIFICATE REQUEST", b"NEW CERTIFICATE REQUEST")),
        "private": (
            f"{stem}.pem",
            pem + key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()),
        ),
        "certificate": (f"{stem}.csr", self_signed(key, subject(person)).public_bytes(Encoding.PEM)),
    }
    return forms[sample.form]


def self_signed(key: Key, name: x509.Name) -> x509.Certificate:
    """A throw-away certificate."""
    start = MONDAY - timedelta(days=400)
    builder = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    usage = x509.KeyUsage(True, True, False, False, False, False, False, False, False)
    builder = builder.not_valid_before(start).not_valid_after(start + timedelta(days=730))
    return builder.add_extension(usage, critical=True).sign(key, hashes.SHA256())


def scan(pdf: bytes) -> bytes:
    """The letter as a scanner sees it: one grey picture, a little turned, with noise."""
    import pypdfium2
    from PIL import Image, ImageChops, ImageFilter
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    picture = pypdfium2.PdfDocument(pdf)[0].render(scale=170 / 72).to_pil().convert("L")
    turned = picture.rotate(0.9, resample=Image.Resampling.BICUBIC, fillcolor=248)
    noise = Image.effect_noise(turned.size, 22)
    dirty = ImageChops.add(turned, noise, 1, -128).filter(ImageFilter.GaussianBlur(0.5))
    packed = io.BytesIO()
    dirty.point(lambda grey: min(int(grey * 0.96) + 6, 250)).save(packed, "JPEG", quality=42)
    buffer = io.BytesIO()
    page = Canvas(buffer, pagesize=A4, invariant=1)
    page.drawImage(ImageReader(packed), 0, 0, *A4)
    page.save()
    return buffer.getvalue()


def sign_electronically(pdf: bytes, person: Person) -> bytes:
    """A PAdES signature by a throw-away signer."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import fields, signers

    key = make_key("ec256")
    store = pkcs12.serialize_key_and_certificates(b"x", key, self_signed(key, subject(person)), None, NoEncryption())
    signer = signers.SimpleSigner.load_pkcs12_data(store, other_certs=[], passphrase=None)
    details = signers.PdfSignatureMetadata(
        field_name="TandaTangan", subfilter=fields.SigSeedSubFilter.PADES, name=person.name
    )
    signed = signers.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf)), details, signer=signer)
    return bytes(signed.getbuffer())


def letter_pdf(sample: Sample, person: Person, key: Key, number: int) -> bytes:
    serial_owner = PEOPLE[sample.serial_of] if sample.serial_of else person
    letter = Letter(
        person=person,
        number=f"045.2/{100 + number}/{''.join(word[0] for word in person.agency.split())}/XI/2026",
        date=sample.date,
        serial=serial_owner.serial_hex,
        fingerprint=fingerprint(key),
        layout=sample.layout,
        position=sample.position,
        electronic=sample.electronic,
        **({"statements": sample.statements} if sample.statements else {}),
    )
    pdf = draw_letter(letter)
    pdf = scan(pdf) if sample.scanned else pdf
    return sign_electronically(pdf, person) if sample.electronic else pdf


def mail(sample: Sample, person: Person, number: int) -> bytes:
    """The whole message as the office's server stored it."""
    key = make_key(sample.key)
    message = headers(sample, person, number)
    message.set_content(
        "Yth. Petugas Layanan LOCK\n\nBersama ini saya sampaikan permohonan lupa passphrase sertifikat "
        "elektronik. Surat\npernyataan dan berkas CSR terlampir. Atas bantuannya saya ucapkan "
        "terima kasih.\n\n"
        f"Hormat saya,\n{person.name}\n{person.position}\n{person.agency}\n{person.phone}\n"
    )
    pdf = letter_pdf(sample, person, key, number)
    title = "Pindaian surat" if sample.scanned else "Surat pernyataan lupa passphrase"
    message.add_attachment(pdf, maintype="application", subtype="pdf", filename=f"{title}.pdf")
    csr_name, csr = csr_file(sample, person, key)
    kind = "pkcs10" if csr_name.endswith((".csr", ".p10", ".req")) else "octet-stream"
    message.add_attachment(csr, maintype="application", subtype=kind, filename=csr_name)
    message.set_boundary(f"lockdesk-{random.Random(sample.name).getrandbits(64):016x}")
    return message.as_bytes()


def headers(sample: Sample, person: Person, number: int) -> EmailMessage:
    """The message without its body, as it came in on that Monday."""
    received = MONDAY + timedelta(minutes=1.3 * number, seconds=7 * number % 60)
    sender = sample.sender or person.email
    domain = sender.partition("@")[2]
    message = EmailMessage(policy=SMTP)
    message["Return-Path"] = f"<{sender}>"
    message["Received"] = (
        f"from mail.{domain} (mail.{domain} [192.0.2.{number}]) by mx.pekalongankota.go.id with ESMTPS id "
        f"LD{number:04d} for <{DESK}>; {format_datetime(received)}"
    )
    message["Authentication-Results"] = (
        f"mx.pekalongankota.go.id; spf={sample.results} smtp.mailfrom={domain}; dkim={sample.results} "
        f"header.d={domain}; dmarc={sample.results} header.from={domain}"
    )
    message["From"] = f'"{person.name}" <{sender}>'
    message["To"] = f"Layanan LOCK <{DESK}>"
    if sample.reply_to:
        message["Reply-To"] = sample.reply_to
    message["Subject"] = f"Permohonan lupa passphrase sertifikat elektronik – {person.name.partition(',')[0]}"
    message["Date"] = format_datetime(received - timedelta(seconds=9))
    message["Message-ID"] = f"<{sample.name}.20261123@{domain}>"
    return message


def write_people() -> None:
    """The old certificates for the training CA. Their private keys end with this function."""
    rows = []
    for number, person in enumerate(PEOPLE.values()):
        start = datetime(2025, 2 + number % 9, 3 + number, 2, 0, tzinfo=UTC)
        if person.expired:
            start = datetime(2024, 10, 31, 2, 0, tzinfo=UTC)
        rows.append(
            {
                "name": person.name,
                "organization": person.agency,
                "email": person.email,
                "serial_number": person.nip,
                "serial": f"{person.serial:x}",
                "spki": base64.b64encode(spki(make_key("ec256"))).decode(),
                "not_before": start.isoformat(),
                "not_after": (start + timedelta(days=730)).isoformat(),
            }
        )
    (HERE / "people.json").write_text(json.dumps({"certificates": rows}, indent=1, ensure_ascii=False) + "\n")


def write_register() -> None:
    """The staff register as the personnel office would export it."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    sheet.title = "Data kepegawaian"
    sheet.append(["Nama", "NIP", "NIK", "Jabatan", "Unit kerja", "E-mail dinas", "Nomor HP", "Nomor seri sertifikat"])
    for person in PEOPLE.values():
        sheet.append([person.name, person.nip, person.nik, person.position, person.agency, person.email,
                      person.phone, person.serial_hex])  # fmt: skip
    for column, width in zip("ABCDEFGH", (32, 21, 19, 36, 34, 44, 20, 50), strict=True):
        sheet.column_dimensions[column].width = width
    book.properties.creator = "LockDesk"
    book.properties.created = book.properties.modified = datetime(2026, 11, 2, 9, 0)  # noqa: DTZ001
    book.save(HERE / "register.xlsx")


def main() -> None:
    """Writes everything anew beside this file."""
    register_fonts()
    for number, sample in enumerate(SAMPLES, 1):
        (HERE / f"{sample.name}.eml").write_bytes(mail(sample, PEOPLE[sample.person], number))
    write_expected()
    write_people()
    write_register()


def write_expected() -> None:
    """What the desk must find; it can be written anew without the letters."""
    expected = {}
    for sample in SAMPLES:
        expected[f"{sample.name}.eml"] = {
            "outcome": sample.outcome,
            "checks": sorted(check.lstrip("!?") for check in sample.checks),
            "fail": [check for check in sample.checks if check[0] not in "!?"],
            "warn": [check[1:] for check in sample.checks if check[0] == "!"],
            "unknown": [check[1:] for check in sample.checks if check[0] == "?"],
            "sentence": sample.sentence,
        }
    (HERE / "expected.json").write_text(json.dumps(expected, indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
