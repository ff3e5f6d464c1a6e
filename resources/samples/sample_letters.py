"""Statement letters as offices write them: three layouts, drawn with reportlab."""

import io
import math
import random
from dataclasses import dataclass, replace
from pathlib import Path

from reportlab.lib.colors import Color, HexColor, black
from reportlab.lib.enums import TA_JUSTIFY
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph
from sample_people import Person

FONTS = Path(__file__).resolve().parents[1] / "fonts"
WIDTH, HEIGHT = A4
LEFT, RIGHT = 71, WIDTH - 71
BLUE, INK = HexColor("#1d2f7a"), Color(0.12, 0.16, 0.42)
TITLE = "SURAT PERNYATAAN LUPA PASSPHRASE SERTIFIKAT ELEKTRONIK"
PURPOSE = (
    "Saya adalah pemilik sah sertifikat elektronik tersebut dan lupa passphrase sertifikat elektronik itu.",
    "Passphrase tersebut tidak diketahui oleh orang lain dan tidak pernah saya berikan kepada siapa pun.",
    "Saya memohon pencabutan sertifikat elektronik dengan alasan lupa passphrase, dan penerbitan kembali "
    "berdasarkan CSR terlampir dengan sidik jari kunci publik (SHA-256) yang berakhir {fingerprint}.",
    "Saya memahami bahwa sertifikat yang dicabut tidak dapat digunakan lagi, dan menerima segala akibatnya.",
)
LEAKED = (
    PURPOSE[0],
    "Passphrase tersebut kemungkinan diketahui oleh rekan kerja karena pernah tertulis di meja kerja saya.",
    *PURPOSE[2:],
)
EXPIRED = (
    "Saya tidak dapat menandatangani dokumen sejak awal bulan November 2026 dan menduga salah passphrase.",
    "Pada aplikasi tertulis bahwa masa berlaku sertifikat saya sudah habis (kedaluwarsa).",
    "Saya memohon agar sertifikat elektronik saya dapat digunakan kembali.",
)
UNSURE = (*PURPOSE[:2], PURPOSE[2].split(" dengan sidik jari", maxsplit=1)[0] + ".", PURPOSE[3])


@dataclass(frozen=True)
class Letter:
    """What a letter says; `fingerprint` are the last eight hex digits, spaced."""

    person: Person
    number: str
    date: str
    serial: str
    fingerprint: str
    statements: tuple[str, ...] = PURPOSE
    layout: str = "classic"
    position: str = ""
    electronic: bool = False


def register_fonts() -> None:
    """The shipped fonts under the names that the letters use."""
    for name in ("IBMPlexSans-Regular", "IBMPlexSans-SemiBold", "IBMPlexMono-Regular"):
        pdfmetrics.registerFont(TTFont(name, str(FONTS / f"{name}.ttf")))


FACES = {
    "classic": ("Times-Roman", "Times-Bold", 11.3),
    "table": ("IBMPlexSans-Regular", "IBMPlexSans-SemiBold", 9.6),
    "plain": ("Helvetica", "Helvetica-Bold", 10.2),
}
LABELS = {
    "classic": ("Nama", "NIP", "NIK", "Pangkat/golongan", "Jabatan", "Unit kerja", "E-mail dinas", "Nomor HP",
                "Nomor seri sertifikat"),
    "table": ("Nama lengkap", "NIP", "NIK", "Pangkat / golongan ruang", "Jabatan", "Perangkat daerah",
              "Surel dinas", "No. telepon/WA", "Nomor seri sertifikat"),
    "plain": ("Nama", "NIP", "No. KTP", "Golongan", "Jabatan", "Instansi", "Alamat e-mail dinas", "No. HP",
              "Serial sertifikat"),
}  # fmt: skip


def draw_letter(letter: Letter) -> bytes:
    """The letter as a PDF of one page."""
    buffer = io.BytesIO()
    page = Canvas(buffer, pagesize=A4, invariant=1)
    page.setTitle(TITLE.title())
    page.setAuthor(letter.person.name)
    y = _letterhead(page, letter)
    y = _title(page, letter, y)
    y = _identity(page, letter, y)
    y = _statements(page, letter, y)
    _signatures(page, letter, y)
    page.save()
    return buffer.getvalue()


def _letterhead(page: Canvas, letter: Letter) -> float:
    face, bold, _size = FACES[letter.layout]
    _arms(page, LEFT + 4, HEIGHT - 104)
    middle = (LEFT + RIGHT) / 2 + 26
    page.setFont(face, 13)
    page.drawCentredString(middle, HEIGHT - 56, "PEMERINTAH KOTA CONTOH")
    page.setFont(bold, 16)
    page.drawCentredString(middle, HEIGHT - 75, letter.person.agency.upper())
    page.setFont(face, 8.6)
    page.drawCentredString(middle, HEIGHT - 88, "Jalan Permisalan Nomor 1, Kota Contoh 51100")
    site = "Telepon (0285) 000100   Laman: contoh.pekalongankota.go.id"
    page.drawCentredString(middle, HEIGHT - 99, site)
    page.setLineWidth(2.4)
    page.line(LEFT, HEIGHT - 110, RIGHT, HEIGHT - 110)
    page.setLineWidth(0.6)
    page.line(LEFT, HEIGHT - 113.4, RIGHT, HEIGHT - 113.4)
    return HEIGHT - 140


def _arms(page: Canvas, x: float, y: float) -> None:
    """An invented shield; no city's arms."""
    page.saveState()
    page.setStrokeColor(HexColor("#1f4f3a"))
    page.setFillColor(HexColor("#e8efe9"))
    page.setLineWidth(1.6)
    path = page.beginPath()
    path.moveTo(x, y + 58)
    path.lineTo(x + 46, y + 58)
    path.curveTo(x + 47, y + 22, x + 38, y + 8, x + 23, y)
    path.curveTo(x + 8, y + 8, x - 1, y + 22, x, y + 58)
    page.drawPath(path, fill=1, stroke=1)
    for row, width in enumerate((30, 22, 12)):
        page.line(x + 23 - width / 2, y + 42 - 11 * row, x + 23 + width / 2, y + 42 - 11 * row)
    page.circle(x + 23, y + 51, 3.4, fill=0)
    page.restoreState()


def _title(page: Canvas, letter: Letter, y: float) -> float:
    _face, bold, size = FACES[letter.layout]
    page.setFont(bold, size + 1.4)
    page.drawCentredString(WIDTH / 2, y, TITLE)
    if letter.layout == "classic":
        half = page.stringWidth(TITLE, bold, size + 1.4) / 2
        page.setLineWidth(0.8)
        page.line(WIDTH / 2 - half, y - 2.4, WIDTH / 2 + half, y - 2.4)
    page.setFont(FACES[letter.layout][0], size)
    page.drawCentredString(WIDTH / 2, y - 16, f"Nomor: {letter.number}")
    page.drawString(LEFT, y - 44, "Yang bertanda tangan di bawah ini:")
    return y - 64


def _identity(page: Canvas, letter: Letter, y: float) -> float:
    person = letter.person
    values = (person.name, person.nip_printed, person.nik, person.rank, letter.position or person.position,
              person.agency, person.email, person.phone, letter.serial)  # fmt: skip
    face, bold, size = FACES[letter.layout]
    for label, value in zip(LABELS[letter.layout], values, strict=True):
        long = label.endswith("sertifikat") or "seri" in label.lower()
        page.setFont(face, size)
        if letter.layout == "table":
            page.setStrokeColor(HexColor("#9aa3ad"))
            page.setLineWidth(0.5)
            page.rect(LEFT, y - 5.4, RIGHT - LEFT, 17.4)
            page.line(LEFT + 142, y - 5.4, LEFT + 142, y + 12)
            page.drawString(LEFT + 6, y, label)
            page.setFont("IBMPlexMono-Regular" if long else face, size - 1 if long else size)
            page.drawString(LEFT + 150, y, value)
            y -= 17.4
        elif letter.layout == "plain":
            page.drawString(LEFT + 14, y, f"{label}")
            page.drawString(LEFT + 132, y + 0.3, ":")
            page.setFont(bold if label == "Nama" else face, size - 0.6 if long else size)
            page.drawString(LEFT + 141, y - 0.2, value)
            y -= 16.2
        else:
            page.drawString(LEFT + 18, y, label)
            page.setFont(face, size - 0.8 if long else size)
            page.drawString(LEFT + 140, y, f": {value}")
            y -= 16.6
    page.setStrokeColor(black)
    return y - 8


def _statements(page: Canvas, letter: Letter, y: float) -> float:
    face, _bold, size = FACES[letter.layout]
    style = ParagraphStyle("isi", fontName=face, fontSize=size, leading=size * 1.42, alignment=TA_JUSTIFY)
    page.setFont(face, size)
    page.drawString(LEFT, y, "dengan ini menyatakan dengan sebenarnya bahwa:")
    y -= 8
    for number, text in enumerate(letter.statements, 1):
        paragraph = Paragraph(text.format(fingerprint=letter.fingerprint), style)
        _width, height = paragraph.wrap(RIGHT - LEFT - 20, 300)
        page.setFont(face, size)
        page.drawString(LEFT, y - size * 1.06, f"{number}.")
        paragraph.drawOn(page, LEFT + 20, y - height)
        y -= height + 4
    closing = (
        "Demikian surat pernyataan ini dibuat dengan sebenarnya untuk digunakan sebagaimana mestinya. "
        "Apabila di kemudian hari terdapat kekeliruan, saya bersedia bertanggung jawab sesuai peraturan."
    )
    paragraph = Paragraph(closing, style)
    _width, height = paragraph.wrap(RIGHT - LEFT, 300)
    paragraph.drawOn(page, LEFT, y - height - 4)
    return y - height - 34


def _signatures(page: Canvas, letter: Letter, y: float) -> None:
    face, bold, size = FACES[letter.layout]
    seed = random.Random(letter.person.key + letter.number)
    right = RIGHT - 190
    page.setFont(face, size)
    page.drawString(right, y, f"Pekalongan, {letter.date}")
    page.drawString(right, y - 15, "Yang membuat pernyataan,")
    page.drawString(LEFT, y - 15, "Mengetahui,")
    page.drawString(LEFT, y - 29, f"Kepala {letter.person.agency}"[:46])
    for x, name, nip in (
        (LEFT, "Drs. Atasan Permisalan, M.Si.", "19700101 199503 1 099"),
        (right, letter.person.name, letter.person.nip_printed),
    ):
        page.setFont(bold, size)
        page.drawString(x, y - 96, name)
        page.setLineWidth(0.6)
        page.line(x, y - 98.4, x + page.stringWidth(name, bold, size), y - 98.4)
        page.setFont(face, size)
        page.drawString(x, y - 110, f"NIP {nip}")
    if letter.electronic:
        _electronic_mark(page, right, y - 78)
        return
    _scribble(page, LEFT + 8, y - 74, seed)
    _stamp(page, LEFT + 128, y - 66, letter.person.agency.upper())
    _scribble(page, right + 10, y - 74, seed)


def _electronic_mark(page: Canvas, x: float, y: float) -> None:
    page.setStrokeColor(HexColor("#5b6670"))
    page.roundRect(x, y, 172, 46, 4)
    page.setFont("Helvetica-Oblique", 7.6)
    for row, text in enumerate(("Ditandatangani secara elektronik oleh", "pembuat pernyataan (contoh pelatihan)")):
        page.drawString(x + 10, y + 27 - 11 * row, text)


def _scribble(page: Canvas, x: float, y: float, seed: random.Random) -> None:
    """A signature: one running curve with loops, and a stroke below."""
    page.saveState()
    page.setStrokeColor(INK)
    page.setLineCap(1)
    page.setLineWidth(1.25)
    path = page.beginPath()
    across, up = x, y + 16.0
    path.moveTo(across, up)
    for turn in range(7):
        step = seed.uniform(11, 19)
        rise = seed.uniform(14, 30) * (1 if turn % 2 == 0 else -0.55) * (1 - turn * 0.09)
        path.curveTo(
            across + seed.uniform(-6, 3), up + rise, across + step + seed.uniform(2, 9), up + rise * 1.1,
            across + step, up + seed.uniform(-4, 4),
        )  # fmt: skip
        across += step
    path.curveTo(across + 26, up + 10, across - 50, y - 4, x + seed.uniform(4, 18), y + seed.uniform(0, 6))
    path.lineTo(across + seed.uniform(6, 24), y + seed.uniform(4, 9))
    page.drawPath(path)
    page.restoreState()


def _stamp(page: Canvas, x: float, y: float, words: str) -> None:
    """A round office stamp, a little turned, with its words along the rim."""
    page.saveState()
    page.setStrokeColor(BLUE)
    page.setFillColor(BLUE)
    page.setStrokeAlpha(0.62)
    page.setFillAlpha(0.62)
    page.translate(x, y)
    page.rotate(9)
    for radius, line in ((40, 1.7), (36.5, 0.6), (25, 0.8)):
        page.setLineWidth(line)
        page.circle(0, 0, radius)
    for text, start, turn in ((words, 1, -1), ("KOTA CONTOH", -1, 1)):
        _along_rim(page, text, start, turn)
    page.setFont("Helvetica-Bold", 8)
    page.drawCentredString(0, 1, "CONTOH")
    page.setFont("Helvetica", 5)
    page.drawCentredString(0, -7, "PELATIHAN")
    page.restoreState()


def _along_rim(page: Canvas, text: str, start: int, turn: int) -> None:
    size = min(6.2, 160 / max(len(text), 1))
    page.setFont("Helvetica-Bold", size)
    radius = 28.4 if start > 0 else 33
    widths = [page.stringWidth(letter, "Helvetica-Bold", size) + 0.5 for letter in text]
    angle = start * math.pi / 2 - turn * sum(widths) / radius / 2
    for letter, width in zip(text, widths, strict=True):
        middle = angle + turn * width / radius / 2
        page.saveState()
        page.translate(radius * math.cos(middle), radius * math.sin(middle))
        page.rotate(math.degrees(middle) - start * 90)
        page.drawCentredString(0, 0, letter)
        page.restoreState()
        angle += turn * width / radius


def variant(letter: Letter, **changes: object) -> Letter:
    """The letter with other words."""
    return replace(letter, **changes)  # type: ignore[arg-type]
