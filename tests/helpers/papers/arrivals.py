"""Mails that are no plain request: with any papers and headers, and a letter for several people."""

import io
from email import policy
from email.message import EmailMessage

from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table

from lockdesk.desk.ports import NamedBytes

SEKAR = "sekar.contohwati@contoh.pekalongankota.go.id"


def mail(files: list[tuple[str, bytes]], text: str = "Terlampir.", **headers: str) -> NamedBytes:
    made = EmailMessage()
    made["From"] = headers.pop("From", f"Sekar Contohwati <{SEKAR}>")
    made["Date"] = "Mon, 23 Nov 2026 07:50:00 +0700"
    for name, value in headers.items():
        made[name.replace("_", "-")] = value
    made.set_content(text)
    for name, content in files:
        made.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return NamedBytes("surat.eml", made.as_bytes(policy=policy.SMTP))


ROWS = (
    ("1", "Sekar Contohwati, S.I.Pust.", "199002152019032999", "sekar@contoh.pekalongankota.go.id"),
    ("2", "Joko Permisalan", "198811202014021998", "joko@contoh.pekalongankota.go.id"),
    ("3", "Endang Perandaian, S.E.", "198204172008012997", "endang@contoh.pekalongankota.go.id"),
)


def table_letter() -> bytes:
    """One letter of the unit for three of its people."""
    file = io.BytesIO()
    style = getSampleStyleSheet()["BodyText"]
    head = ("No", "Nama", "NIP", "Email")
    words = "Bersama ini kami mohon reset passphrase sertifikat elektronik karena lupa passphrase bagi pegawai berikut:"
    parts = [
        Paragraph("SURAT PERMOHONAN RESET PASSPHRASE", style),
        Paragraph("Yang bertanda tangan di bawah ini Kepala Dinas Contoh.", style),
        Paragraph(words, style),
        Spacer(1, 12),
        Table([head, *ROWS]),
        Spacer(1, 12),
        Paragraph("Pekalongan, 23 November 2026", style),
    ]
    SimpleDocTemplate(file).build(parts)
    return file.getvalue()
