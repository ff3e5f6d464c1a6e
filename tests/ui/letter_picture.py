"""A painted letter for the screenshots: what a rendered page of an invented statement looks like."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPen

from lockdesk.desk.values.facts import PagePixels

LINES = (
    ("Yang bertanda tangan di bawah ini:", 0.225),
    ("Nama          : Sekar Contohwati, S.I.Pust.", 0.26),
    ("NIP             : 19900215 201903 2 999", 0.28),
    ("NIK             : 3375995502909901", 0.30),
    ("Jabatan       : Pustakawan Ahli Muda", 0.332),
    ("Unit kerja    : Dinas Perpustakaan Contoh", 0.352),
    ("E-mail dinas : sekar.contohwati@contoh.pekalongankota.go.id", 0.372),
    ("dengan ini menyatakan bahwa saya lupa passphrase sertifikat elektronik nomor seri", 0.42),
    ("4A:7F:00:00:00:00:00:2C; passphrase tersebut tidak diketahui pihak lain; dan saya", 0.44),
    ("memohon agar sertifikat tersebut dicabut dengan alasan lupa passphrase dan", 0.46),
    ("diterbitkan yang baru berdasarkan CSR terlampir dengan sidik jari … 4be190c2.", 0.48),
    ("Mengetahui,                                                        Pekalongan, 23 November 2026", 0.56),
    ("Kepala Dinas                                                       Yang menyatakan,", 0.58),
    ("Drs. Bagas Rekaan, M.Si.                                    Sekar Contohwati, S.I.Pust.", 0.66),
)


def paint_letter(width: int = 900) -> PagePixels:
    """A4 in proportion, serif type, as an office's letter looks."""
    height = round(width * 1.4142)
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor("#FFFFFF"))
    painter = QPainter(image)
    painter.setPen(QColor("#111111"))
    heads = (
        ("PEMERINTAH KOTA PEKALONGAN", 0.055),
        ("DINAS PERPUSTAKAAN CONTOH", 0.075),
        ("SURAT PERNYATAAN LUPA PASSPHRASE", 0.155),
        ("SERTIFIKAT ELEKTRONIK", 0.175),
    )
    font = QFont("IBM Plex Sans")
    font.setPixelSize(round(width * 0.019))
    font.setBold(True)
    painter.setFont(font)
    for text, top in heads:
        painter.drawText(QRectF(0, top * height, width, 30), Qt.AlignmentFlag.AlignHCenter, text)
    painter.setPen(QPen(QColor("#111111"), 3))
    painter.drawLine(QPointF(0.08 * width, 0.125 * height), QPointF(0.92 * width, 0.125 * height))
    font.setBold(False)
    font.setPixelSize(round(width * 0.0175))
    painter.setFont(font)
    painter.setPen(QColor("#111111"))
    for text, top in LINES:
        painter.drawText(QRectF(0.08 * width, top * height - 8, width, 30), Qt.AlignmentFlag.AlignLeft, text)
    painter.end()
    return PagePixels(0, width, height, image.bytesPerLine(), bytes(image.constBits()))
