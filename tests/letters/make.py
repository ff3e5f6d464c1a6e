"""Makes the letters anew: `python -m tests.letters.make [FOLDER]`. Needs LibreOffice and Chromium; the suite does not.

FOLDER (this one, if none is given) holds `wordings/` (letters that ask for this service) and `others/` (papers that
must not pass), one HTML file each, whose first line names the fields that the letter carries. Every paper is drawn by
several producers with another person each; some are scanned or photographed afterwards. `made/` gets the results and
`truth.json` what each of them says.
"""

import hashlib
import json
import random
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pypdfium2
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from tests.letters.drawing import draw_form, draw_html

HERE = Path(__file__).parent
Person = Mapping[str, str]
FIELDS = {
    "name": "nama",
    "nik": "nik",
    "nip": "nip",
    "position": "jabatan",
    "agency": "unit",
    "email": "email",
    "phone": "telepon",
    "serial": "seri",
    "letter_date": "tanggal",
    "key_fingerprint": "sidik_akhir",
}


def spellings(person: Person) -> dict[str, str]:
    """The person's values in every spelling that a letter uses."""

    def nip(text: str) -> str:
        return f"{text[:8]} {text[8:14]} {text[14]} {text[15:]}"

    def groups(text: str, count: int, between: str) -> str:
        return between.join(text[n : n + count] for n in range(0, len(text), count))

    phone, serial = person["telepon"], person["seri"]
    return {
        **person,
        "UNIT": person["unit"].upper(),
        "nip_spasi": nip(person["nip"]),
        "atasan_nip_spasi": nip(person["atasan_nip"]),
        "nik_spasi": groups(person["nik"], 4, " "),
        "nik_titik": f"{groups(person['nik'][:12], 2, '.')}.{person['nik'][12:]}",
        "telepon_strip": groups(phone, 4, "-"),
        "telepon_plus": "+62 " + groups(phone[1:], 3, " "),
        "seri_titikdua": groups(serial, 2, ":"),
        "seri_spasi": groups(serial, 4, " "),
        "seri_kecil": serial.lower(),
        "sidik_akhir": hashlib.sha256(person["nama"].encode()).hexdigest()[-8:],
    }


def page(body: str, person: Person, style: str) -> str:
    filled = re.sub(r"\{(\w+)\}", lambda found: spellings(person)[found[1]], body)
    return f'<html><head><meta charset="utf-8"><style>{style}</style></head><body>{filled}</body></html>'


# ── producers ──
STYLES = {
    "chromium": "body{font:12pt 'DejaVu Sans',sans-serif;margin:12mm} small{font-size:9pt}",
    "writer": "body{font-family:'Liberation Serif';font-size:12pt}",
    "docx": "body{font-family:'Carlito';font-size:11pt}",
}


def by_chromium(html: str, folder: Path) -> bytes:
    (folder / "surat.html").write_text(html, encoding="utf-8")
    command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
    quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"]
    out = folder / "surat.pdf"
    where = [f"--user-data-dir={folder / 'browser'}", f"--print-to-pdf={out}", (folder / "surat.html").as_uri()]
    subprocess.run([*command, *quiet, *where], check=True, capture_output=True, timeout=120)
    return out.read_bytes()


def _office(source: Path, kind: str) -> Path:
    home = f"-env:UserInstallation={(source.parent / 'office').as_uri()}"
    command = ["soffice", home, "--headless", "--convert-to", kind, "--outdir", str(source.parent), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return source.with_suffix("." + kind.partition(":")[0])


def by_writer(html: str, folder: Path) -> bytes:
    source = folder / "surat.html"
    source.write_text(html, encoding="utf-8")
    return _office(_office(source, "odt:writer8"), "pdf:writer_pdf_Export").read_bytes()


def by_docx(html: str, folder: Path) -> bytes:
    source = folder / "surat.html"
    source.write_text(html, encoding="utf-8")
    odt = _office(source, "odt:writer8")
    return _office(_office(odt, "docx:MS Word 2007 XML"), "pdf:writer_pdf_Export").read_bytes()


PRODUCERS: dict[str, Callable[[str, Path], bytes]] = {
    "chromium": by_chromium,
    "writer": by_writer,
    "docx": by_docx,
    "reportlab": lambda html, _folder: draw_html(html),
}


# ── pictures ──
def picture(pdf: bytes, dpi: int) -> Image.Image:
    """The first page with anything on it: LibreOffice may put an empty one before it."""
    document = pypdfium2.PdfDocument(pdf)
    page = next((page for page in document if page.get_textpage().count_chars() > 40), document[0])
    drawn: Image.Image = page.render(scale=dpi / 72).to_pil().convert("L")
    document.close()
    return drawn


def scanned(pdf: bytes, chance: random.Random, dpi: int, turn: float = 0.0, stamp: bool = False) -> bytes:
    """A scan as a PDF of one JPEG."""
    drawn = picture(pdf, dpi)
    if stamp:
        drawn = stamped(drawn, chance)
    drawn = drawn.rotate(turn or chance.uniform(-1.2, 1.2), expand=abs(turn) > 10, fillcolor=250)
    return as_pdf(noisy(drawn, chance, 7).filter(ImageFilter.GaussianBlur(0.5)), dpi)


def as_pdf(drawn: Image.Image, dpi: int) -> bytes:
    import io

    file = io.BytesIO()
    drawn.save(file, "PDF", resolution=dpi, quality=45)
    return file.getvalue()


def noisy(drawn: Image.Image, chance: random.Random, strength: int) -> Image.Image:
    noise = Image.frombytes("L", drawn.size, chance.randbytes(drawn.width * drawn.height))
    return ImageChops.subtract(drawn, noise.point(lambda value: value * strength // 255))


def stamped(drawn: Image.Image, chance: random.Random) -> Image.Image:
    ink = Image.new("L", drawn.size, 255)
    pen = ImageDraw.Draw(ink)
    x, y = drawn.width * chance.uniform(0.45, 0.6), drawn.height * chance.uniform(0.55, 0.75)
    radius = drawn.width * 0.09
    for step in (1.0, 0.82):
        box = (x - radius * step, y - radius * step, x + radius * step, y + radius * step)
        pen.ellipse(box, outline=120, width=max(3, drawn.width // 300))
    return ImageChops.multiply(drawn, ink)


def photographed(pdf: bytes, chance: random.Random) -> bytes:
    """A telephone's picture: perspective, a shadow, a little blur."""
    import io

    paper = picture(pdf, 170)
    width, height = paper.size
    desk = Image.new("L", (round(width * 1.12), round(height * 1.1)), 90)
    corners = [
        (chance.uniform(0, 0.05) * width, chance.uniform(0, 0.04) * height),
        (chance.uniform(0, 0.04) * width, height * (1.1 - chance.uniform(0, 0.04))),
        (width * (1.12 - chance.uniform(0, 0.05)), height * (1.1 - chance.uniform(0, 0.05))),
        (width * (1.12 - chance.uniform(0, 0.06)), chance.uniform(0, 0.05) * height),
    ]
    flat = [(0, 0), (0, height), (width, height), (width, 0)]
    laid = paper.transform(
        desk.size, Image.Transform.PERSPECTIVE, _perspective(corners, flat), Image.Resampling.BICUBIC, fillcolor=90
    )
    shade = Image.linear_gradient("L").rotate(chance.choice((0, 90, 180))).resize(desk.size)
    laid = ImageChops.multiply(laid, shade.point(lambda value: 150 + value * 105 // 255))
    file = io.BytesIO()
    noisy(laid, chance, 14).filter(ImageFilter.GaussianBlur(0.8)).save(file, "JPEG", quality=55)
    return file.getvalue()


def _perspective(seen: list[tuple[float, float]], flat: list[tuple[int, int]]) -> list[float]:
    """Pillow's eight coefficients that bring `flat` to where it is `seen`."""
    rows: list[list[float]] = []
    for (x, y), (u, v) in zip(seen, flat, strict=True):
        rows.append([x, y, 1, 0, 0, 0, -u * x, -u * y, u])
        rows.append([0, 0, 0, x, y, 1, -v * x, -v * y, v])
    size = len(rows)
    for column in range(size):
        pivot = max(range(column, size), key=lambda row: abs(rows[row][column]))
        rows[column], rows[pivot] = rows[pivot], rows[column]
        for row in range(size):
            if row != column:
                factor = rows[row][column] / rows[column][column]
                rows[row] = [a - factor * b for a, b in zip(rows[row], rows[column], strict=True)]
    return [rows[n][size] / rows[n][n] for n in range(size)]


# ── all of them ──
def papers(folder: Path, kind: str) -> Iterator[tuple[str, list[str], str]]:
    """Name, the fields that it carries, the HTML."""
    for path in sorted((folder / kind).glob("*.html")):
        head, body = path.read_text(encoding="utf-8").split("-->", 1)
        yield path.stem, head.removeprefix("<!--").split(), body


def truth(person: Person, fields: list[str], kind: str, asks: bool) -> dict[str, object]:
    values = spellings(person)
    return {"kind": kind, "asks": asks, "fields": {field: values[FIELDS[field]] for field in fields} if asks else {}}


def make(folder: Path) -> None:
    people: list[Person] = tomllib.loads((HERE / "people.toml").read_text(encoding="utf-8"))["person"]
    made = folder / "made"
    shutil.rmtree(made, ignore_errors=True)
    made.mkdir()
    facts: dict[str, dict[str, object]] = {}

    def keep(name: str, content: bytes, person: Person, fields: list[str], kind: str, asks: bool) -> None:
        (made / name).write_bytes(content)
        facts[name] = truth(person, fields, kind, asks)

    for asks, kind in ((True, "wordings"), (False, "others")):
        for place, (name, fields, body) in enumerate(papers(folder, kind)):
            for turn, producer in enumerate(PRODUCERS):
                if not asks and (place + turn) % 2:
                    continue
                person, chance = people[(place + 3 * turn) % len(people)], random.Random(f"{name} {producer}")
                with tempfile.TemporaryDirectory() as temporary:
                    html = page(body, person, STYLES.get(producer, ""))
                    pdf = PRODUCERS[producer](html, Path(temporary))
                keep(f"{name}-{producer}.pdf", pdf, person, fields, "born", asks)
                if (place + turn) % 2 == 0:
                    dpi = (200, 150, 300)[place % 3]
                    way = {1: 180.0, 2: 90.0}.get(place % 6, 0.0) if turn == 1 else 0.0
                    scan = scanned(pdf, chance, dpi, way, stamp=place % 4 == 0)
                    keep(f"{name}-{producer}-pindai.pdf", scan, person, fields, "scan", asks)
                if (place + turn) % 4 == 3:
                    keep(f"{name}-{producer}-foto.jpg", photographed(pdf, chance), person, fields, "photo", asks)
                print(name, producer, flush=True)
    if folder == HERE:
        for number, person in enumerate(people[:4]):
            fields = ["name", "nip", "nik", "agency", "email", "phone"]
            form = draw_form(spellings(person), shown=number % 2 == 0)
            keep(f"isian-{number}.pdf", form, person, fields, "born", True)
    (folder / "truth.json").write_text(json.dumps(facts, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    make(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
