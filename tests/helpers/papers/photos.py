"""Letters as a telephone sends them."""

import io
import random

from PIL import Image, ImageDraw, ImageFont

from lockdesk.resource import resource


def photographed(turn: int, specks: int = 0, last: str = "") -> bytes:
    """A page as a telephone sends it: a JPEG, lying as it may, with dust on it, and with another last line."""
    paper = Image.new("L", (1240, 1754), 250)
    pen = ImageDraw.Draw(paper)
    face = ImageFont.truetype(str(resource("fonts/IBMPlexSans-Regular.ttf")), 30)
    rows = (
        "SURAT PERNYATAAN", "Yang bertanda tangan di bawah ini:", "Nama : Sekar Contohwati, S.I.Pust.",
        "NIP : 19900215 201903 2 999", "Unit kerja : Dinas Perpustakaan Contoh",
        "Saya lupa passphrase sertifikat elektronik dan mohon pencabutan.", last,
    )  # fmt: skip
    for number, row in enumerate(rows):
        pen.text((150, 200 + 70 * number), row, fill=20, font=face)
    chance = random.Random(7)
    for _speck in range(specks):
        x, y = chance.randrange(60, 1180), chance.randrange(900, 1700)
        pen.ellipse((x, y, x + 3, y + 3), fill=60)
    file = io.BytesIO()
    paper.rotate(turn, expand=True).save(file, "JPEG", quality=80)
    return file.getvalue()
