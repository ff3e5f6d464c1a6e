"""Twelve letters of invented people in as many layouts and wordings, and their scanned twins.

The wording and layouts are the tests' own: the extractor was not written against them.
"""

import io
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pikepdf
import pypdfium2
from PIL import Image, ImageChops, ImageFilter
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from lockdesk.resource import resource

WIDTH, HEIGHT = A4
Rows = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Writer:
    """An invented civil servant; `serial` is that of the old certificate."""

    name: str
    nik: str
    nip: str
    position: str
    agency: str
    email: str
    phone: str
    serial: str


PEOPLE = (
    Writer("Wulan Contohningrum, S.E.", "3375994107850002", "19850701 201001 2 004", "Analis Keuangan",
           "Badan Keuangan Contoh", "wulan@contoh.pekalongankota.go.id", "0812-0000-0101",
           "3F:A1:77:0B:92:5C:D4:18:6E:00:B3:41:99:C7:2D:E8"),
    Writer("Slamet Umpamaharjo", "3375990512790003", "19791205 200801 1 012", "Pengelola Kepegawaian",
           "Kecamatan Contoh Utara", "slamet@contoh.pekalongankota.go.id", "0813-0000-0202",
           "51:0C:8D:E2:44:7A:BF:90:13:D6:58:21:EE:07:64:AB"),
    Writer("Anisa Seandainya, S.Kom., M.T.", "3375995811920001", "19921118 201903 2 021",
           "Pranata Komputer Ahli Muda", "Dinas Perhubungan Contoh", "anisa@contoh.pekalongankota.go.id",
           "+62 811-0000-0303", "6B:94:20:FF:1D:83:C5:3A:70:E9:46:0E:B8:52:97:D1"),
    Writer("R. Bagas Kiranya", "3375992203880004", "19880322 201502 1 007", "Penata Layanan Operasional",
           "RSUD Contoh", "bagas@contoh.pekalongankota.go.id", "0857-0000-0404",
           "27:D8:65:AC:03:FE:91:4B:CA:36:7F:E0:12:88:5D:90"),
)  # fmt: skip


def _face(page: Canvas, name: str, size: float, bold: bool = False) -> None:
    page.setFont({"serif": ("Times-Roman", "Times-Bold"), "sans": ("Helvetica", "Helvetica-Bold"),
                  "plex": ("IBMPlexSans-Regular", "IBMPlexSans-SemiBold"),
                  "type": ("Courier", "Courier-Bold")}[name][bold], size)  # fmt: skip


def _rows(who: Writer, words: Sequence[str]) -> Rows:
    values = (who.name, who.nip, who.nik, who.position, who.agency, who.email, who.phone, who.serial)
    return list(zip(words, values, strict=True))


USUAL = ("Nama", "NIP", "NIK", "Jabatan", "Unit Kerja", "E-mail", "No. HP", "Nomor Seri Sertifikat")
FULL = ("Nama Lengkap dan Gelar", "Nomor Induk Pegawai", "Nomor Induk Kependudukan", "Jabatan Saat Ini",
        "Perangkat Daerah", "Alamat Surel Dinas", "Nomor Telepon", "No. Seri Sertifikat Elektronik")  # fmt: skip
SHORT = ("Nama Pegawai", "N.I.P", "No. KTP/NIK", "Jabatan", "OPD", "Surel", "HP/WA", "Serial Number")


def _title(page: Canvas, y: float, face: str) -> float:
    _face(page, face, 13, bold=True)
    page.drawCentredString(WIDTH / 2, y, "SURAT PERNYATAAN")
    page.drawCentredString(WIDTH / 2, y - 16, "LUPA PASSPHRASE SERTIFIKAT ELEKTRONIK")
    _face(page, face, 10.5)
    page.drawCentredString(WIDTH / 2, y - 31, "Nomor : 800/217/2026")
    return y - 60


def _closing(page: Canvas, y: float, face: str, who: Writer, row: float = 15) -> None:
    _face(page, face, 10.5)
    for line in (
        "Dengan ini menerangkan bahwa saya lupa passphrase sertifikat elektronik tersebut dan",
        "passphrase itu tidak diketahui siapa pun. Saya mohon sertifikatnya dicabut dengan alasan lupa",
        "passphrase lalu diterbitkan lagi menurut CSR yang saya lampirkan.",
    ):
        page.drawString(70, y, line)
        y -= row
    page.drawString(340, y - 25, "Pekalongan, 19 November 2026")
    page.drawString(70, y - 42, "Mengetahui,")
    page.drawString(340, y - 42, "Yang menyatakan,")
    page.drawString(70, y - 110, "Dra. Pimpinan Contohan, M.M.")
    page.drawString(70, y - 124, "NIP 19690817 199403 2 005")
    page.drawString(340, y - 110, who.name)


def colons(page: Canvas, who: Writer) -> None:
    y = _title(page, 770, "serif")
    page.drawString(70, y, "Yang bertanda tangan di bawah ini :")
    _face(page, "serif", 12)
    for number, (label, value) in enumerate(_rows(who, USUAL)):
        page.drawString(90, y - 24 - 20 * number, label)
        page.drawString(235, y - 24 - 20 * number, ":")
        page.drawString(245, y - 24 - 20 * number, value)
    _closing(page, y - 210, "serif", who)


def table(page: Canvas, who: Writer) -> None:
    y = _title(page, 780, "sans")
    for number, (label, value) in enumerate(_rows(who, FULL)):
        top = y - 24 * number
        page.rect(70, top - 8, 190, 24)
        page.rect(260, top - 8, 270, 24)
        page.drawString(76, top, label)
        page.drawString(266, top, value if number != 7 else value[:47])
    _closing(page, y - 225, "sans", who)


def two_columns(page: Canvas, who: Writer) -> None:
    y = _title(page, 770, "sans")
    _face(page, "sans", 9.5)
    rows = list(_rows(who, USUAL))
    for number in range(3):
        for column, (label, value) in enumerate((rows[number], rows[3 + number])):
            left = 60 + 250 * column
            page.drawString(left, y - 20 * number, f"{label} : {value}")
    page.drawString(60, y - 60, f"{rows[6][0]} : {rows[6][1]}")
    page.drawString(60, y - 80, f"{rows[7][0]} : {rows[7][1]}")
    _closing(page, y - 120, "sans", who)


def framed_letterhead(page: Canvas, who: Writer) -> None:
    page.rect(60, 740, 475, 70)
    _face(page, "plex", 13, bold=True)
    page.drawCentredString(WIDTH / 2, 790, "PEMERINTAH KOTA CONTOH")
    page.drawCentredString(WIDTH / 2, 773, who.agency.upper())
    _face(page, "plex", 9)
    page.drawCentredString(WIDTH / 2, 758, "Jl. Umpama No. 5  Telp : (0285) 400500  Email : kantor@contoh.example")
    y = _title(page, 715, "plex")
    for number, (label, value) in enumerate(_rows(who, SHORT)):
        page.drawString(80, y - 19 * number, label)
        page.drawString(200, y - 19 * number, f": {value}")
    _closing(page, y - 185, "plex", who)


def other_words(page: Canvas, who: Writer) -> None:
    y = _title(page, 770, "serif")
    page.drawString(70, y, "Saya yang bertandatangan di bawah ini")
    _face(page, "serif", 12)
    for number, (label, value) in enumerate(_rows(who, FULL)):
        page.drawString(80, y - 26 - 20 * number, label)
        page.drawString(268, y - 26 - 20 * number, f": {value}")
    _closing(page, y - 215, "serif", who)


def lettered(page: Canvas, who: Writer) -> None:
    y = _title(page, 770, "sans")
    for number, (label, value) in enumerate(_rows(who, USUAL)):
        page.drawString(80, y - 20 * number, f"{'abcdefgh'[number]}.")
        page.drawString(98, y - 20 * number, label)
        page.drawString(225, y - 20 * number, ":")
        page.drawString(235, y - 20 * number, value)
    _closing(page, y - 190, "sans", who)


def typewriter(page: Canvas, who: Writer) -> None:
    y = _title(page, 780, "type")
    for number, (label, value) in enumerate(_rows(who, USUAL)):
        page.drawString(60, y - 18 * number, f"{label:<22}: {value}")
    _closing(page, y - 180, "type", who)


def serial_in_prose(page: Canvas, who: Writer) -> None:
    y = _title(page, 770, "serif")
    _face(page, "serif", 12)
    for number, (label, value) in enumerate(list(_rows(who, USUAL))[:7]):
        page.drawString(90, y - 20 * number, label)
        page.drawString(220, y - 20 * number, f": {value}")
    page.drawString(70, y - 165, "adalah pemilik sertifikat elektronik dengan nomor seri")
    page.drawString(70, y - 182, f"{who.serial}.")
    _closing(page, y - 210, "serif", who)


def wide_lines(page: Canvas, who: Writer) -> None:
    y = _title(page, 790, "plex")
    _face(page, "plex", 11)
    for number, (label, value) in enumerate(_rows(who, USUAL)):
        page.drawString(70, y - 30 * number, label)
        page.drawString(240, y - 30 * number, ":")
        page.drawString(256, y - 30 * number, value)
        page.setDash(1, 2)
        page.line(250, y - 30 * number - 5, 520, y - 30 * number - 5)
    page.setDash()
    _closing(page, y - 260, "plex", who)


def serial_bare(page: Canvas, who: Writer) -> None:
    y = _title(page, 770, "sans")
    words = ("Nama", "NIP", "NIK", "Jabatan", "Instansi", "E-mail dinas", "Nomor HP", "Nomor seri")
    for number, (label, value) in enumerate(_rows(who, words)):
        text = value.replace(":", "") if label == "Nomor seri" else value.replace(" ", "") \
            if label == "NIP" else value  # fmt: skip
        page.drawString(80, y - 20 * number, f"{label}")
        page.drawString(190, y - 20 * number, f": {text}")
    _closing(page, y - 190, "sans", who)


def small_print(page: Canvas, who: Writer) -> None:
    y = _title(page, 770, "sans")
    _face(page, "sans", 9)
    for number, (label, value) in enumerate(_rows(who, FULL)):
        page.drawString(70, y - 16 * number, label)
        page.drawString(230, y - 16 * number, ":")
        page.drawString(238, y - 16 * number, value)
    _closing(page, y - 155, "sans", who)


def _who_alone(page: Canvas, who: Writer) -> tuple[str, str]:
    """A first page that says who, and no more; gives the row of the serial for the next one, which is begun."""
    y = _title(page, 700, "serif")
    _face(page, "serif", 12)
    *rows, serial = list(_rows(who, USUAL))[:8]
    page.drawString(70, y, "Yang bertanda tangan di bawah ini:")
    for number, (label, value) in enumerate(rows):
        page.drawString(90, y - 25 - 22 * number, label)
        page.drawString(225, y - 25 - 22 * number, f": {value}")
    page.showPage()
    _face(page, "serif", 12)
    return serial


def two_pages(page: Canvas, who: Writer) -> None:
    label, serial = _who_alone(page, who)
    page.drawString(70, 770, "Sertifikat yang dimohonkan untuk dicabut:")
    page.drawString(90, 746, label)
    page.drawString(235, 746, f": {serial}")
    _closing(page, 700, "serif", who)


def in_three_pages(who: Writer, fingerprint: str) -> bytes:
    """A letter that says who, then what for and by which key, and is dated and signed at the end."""
    buffer = io.BytesIO()
    page = Canvas(buffer, pagesize=A4, invariant=1)
    label, serial = _who_alone(page, who)
    for number, text in enumerate((
        "Dengan ini menerangkan bahwa saya lupa passphrase sertifikat elektronik berikut dan",
        "memohon pencabutan sertifikat tersebut.",
        f"{label} : {serial}",
        f"Sidik jari kunci publik CSR : {fingerprint}",
    )):  # fmt: skip
        page.drawString(70, 770 - 24 * number, text)
    page.showPage()
    _face(page, "serif", 12)
    page.drawString(340, 770, "Pekalongan, 19 November 2026")
    page.drawString(340, 750, "Yang menyatakan,")
    page.drawString(340, 680, who.name)
    page.save()
    return buffer.getvalue()


def under_cover(letter: bytes, superior: Writer) -> bytes:
    """The letter behind one by which the writer's superior hands it on."""
    buffer = io.BytesIO()
    page = Canvas(buffer, pagesize=A4, invariant=1)
    _face(page, "serif", 12)
    for number, text in enumerate((
        "Bersama ini kami teruskan permohonan seorang pegawai kami.",
        f"Nama : {superior.name}",
        f"NIP : {superior.nip}",
        f"NIK : {superior.nik}",
        f"Jabatan : {superior.position}",
    )):  # fmt: skip
        page.drawString(70, 700 - 24 * number, text)
    page.save()
    with pikepdf.open(buffer) as both, pikepdf.open(io.BytesIO(letter)) as behind:
        both.pages.extend(behind.pages)
        made = io.BytesIO()
        both.save(made)
    return made.getvalue()


LAYOUTS: dict[str, Callable[[Canvas, Writer], None]] = {
    "colons": colons, "table": table, "two_columns": two_columns, "framed_letterhead": framed_letterhead,
    "other_words": other_words, "lettered": lettered, "typewriter": typewriter,
    "serial_in_prose": serial_in_prose, "wide_lines": wide_lines, "serial_bare": serial_bare,
    "small_print": small_print, "two_pages": two_pages,
}  # fmt: skip


def writer_of(layout: str) -> Writer:
    """Whose letter has that layout."""
    return PEOPLE[list(LAYOUTS).index(layout) % len(PEOPLE)]


def draw(layout: str) -> bytes:
    """The born-digital letter."""
    for name in ("IBMPlexSans-Regular", "IBMPlexSans-SemiBold"):
        pdfmetrics.registerFont(TTFont(name, str(resource(f"fonts/{name}.ttf"))))
    buffer = io.BytesIO()
    page = Canvas(buffer, pagesize=A4, invariant=1)
    LAYOUTS[layout](page, writer_of(layout))
    page.save()
    return buffer.getvalue()


@dataclass(frozen=True)
class Scanner:
    """How a twin was scanned: resolution, turn in degrees, noise, JPEG quality, and what happened to it."""

    dpi: int = 200
    turn: float = 0.0
    noise: float = 8.0
    quality: int = 70
    grey: int = 250
    colour: bool = False
    perspective: float = 0.0
    shadow: bool = False
    blur: float = 0.3


SCANNERS: dict[str, Scanner] = {
    "colons": Scanner(dpi=200, turn=1.2),
    "table": Scanner(dpi=300, turn=-2.0),
    "two_columns": Scanner(dpi=300, turn=0.6, quality=60),
    "framed_letterhead": Scanner(dpi=200, turn=3.0, colour=True),
    "other_words": Scanner(dpi=150, turn=-0.8, noise=6),
    "lettered": Scanner(dpi=200, turn=5.0),
    "typewriter": Scanner(dpi=200, turn=-1.0, noise=24),
    "serial_in_prose": Scanner(dpi=200, grey=205, turn=0.4),
    "wide_lines": Scanner(dpi=200, quality=28, turn=-0.5),
    "serial_bare": Scanner(dpi=220, perspective=0.02, shadow=True, colour=True),
    "small_print": Scanner(dpi=300, turn=-5.0, noise=14),
    "two_pages": Scanner(dpi=200, turn=1.5, noise=12),
}


def scan(pdf: bytes, how: Scanner, seed: int = 1) -> bytes:
    """The letter as that scanner (or telephone) gives it: pictures only."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=1)
    document = pypdfium2.PdfDocument(pdf)
    for page in document:
        picture = page.render(scale=how.dpi / 72).to_pil().convert("L")
        packed = io.BytesIO()
        _photographed(picture, how, seed).save(packed, "JPEG", quality=how.quality)
        canvas.drawImage(ImageReader(packed), 0, 0, *A4)
        canvas.showPage()
    canvas.save()
    document.close()
    return buffer.getvalue()


def _photographed(picture: Image.Image, how: Scanner, seed: int) -> Image.Image:
    dice = random.Random(seed)
    picture = picture.rotate(how.turn, Image.Resampling.BICUBIC, fillcolor=255)
    if how.perspective:
        width, height = picture.size
        inset = how.perspective
        corners = (
            -inset * width, -inset * height, -inset * width / 3, height * (1 + inset / 2),
            width * (1 + inset), height * (1 + inset), width * (1 + inset / 2), -inset * height / 2,
        )  # fmt: skip
        picture = picture.transform(
            picture.size, Image.Transform.QUAD, corners, Image.Resampling.BICUBIC, fillcolor=235
        )
    if how.shadow:
        shade = Image.linear_gradient("L").rotate(dice.choice((0, 90))).resize(picture.size)
        picture = ImageChops.multiply(picture, shade.point(lambda value: 150 + value * 105 // 255))
    speckle = Image.frombytes("L", picture.size, dice.randbytes(picture.width * picture.height))
    noise = speckle.point(lambda value: round(128 + (value - 128) * how.noise / 74))
    picture = ImageChops.add(picture, noise, 1, -128).filter(ImageFilter.GaussianBlur(how.blur))
    picture = picture.point(lambda value: min(int(value * how.grey / 255), 255))
    return picture.convert("RGB") if how.colour else picture
