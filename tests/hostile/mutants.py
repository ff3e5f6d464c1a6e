"""Hostile files without end: what real requests hold, broken in the ways that break parsers.

Seeds come from the shipped samples, the vectors of `cryptography`, the mail test data of this very Python where
it has them, and material made on the spot. The same seed number makes the same files.
"""

import email
import importlib.util
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email import policy
from functools import cache
from pathlib import Path

import cryptography_vectors

from lockdesk.resource import resource
from tests import pki_material as make
from tests.letter_layouts import LAYOUTS, draw
from tests.signed_letters import authority, signed_by

MOST_BYTES = 3_000_000


@dataclass(frozen=True)
class Hostile:
    """One file: `family` is mail, pdf or csr."""

    family: str
    name: str
    content: bytes


@cache
def seeds() -> dict[str, tuple[bytes, ...]]:
    """The whole files of each family that mutants are made from."""
    mails = [path.read_bytes() for path in sorted(resource("samples").glob("*.eml"))]
    parts = [part for raw in mails for part in email.message_from_bytes(raw, policy=policy.default).walk()]
    attached = [part.get_payload(decode=True) for part in parts if part.get_filename()]
    pdfs = [item for item in attached if isinstance(item, bytes) and item.startswith(b"%PDF")]
    pdfs += [draw(layout) for layout in LAYOUTS]
    pdfs += [signed_by(authority())[0]]
    vectors = sorted((Path(cryptography_vectors.__file__).parent / "x509" / "requests").iterdir())
    csrs = [path.read_bytes() for path in vectors] + [make.request(), make.pem(make.request())]
    csrs += [item for item in attached if isinstance(item, bytes) and not item.startswith(b"%PDF")]
    return {"mail": (*mails, *_python_mails()), "pdf": tuple(pdfs), "csr": tuple(csrs)}


def _python_mails() -> Iterator[bytes]:
    """CPython's own mail test data; a Python packaged without its tests has none."""
    found = importlib.util.find_spec("test")
    for folder in (found.submodule_search_locations or []) if found is not None else []:
        yield from (path.read_bytes() for path in sorted(Path(folder).glob("test_email/data/msg_*.txt")))


def files(count: int, seed: int = 1) -> Iterator[Hostile]:
    """`count` hostile files; every hundredth is one of the made ones instead of a mutant."""
    dice = random.Random(seed)
    families = ("mail", "pdf", "csr", "pdf")
    made = tuple(MADE)
    for number in range(count):
        if number % 100 == 0:
            yield MADE[made[number // 100 % len(made)]](dice)
            continue
        family = families[number % len(families)]
        content = dice.choice(seeds()[family])
        for _step in range(dice.randint(1, 4)):
            content = dice.choice(MUTATIONS)(content, dice)[:MOST_BYTES]
        if family != "mail" and dice.random() < 0.1:
            yield Hostile("mail", f"{number}.eml", _in_mail(content, family))
        else:
            yield Hostile(family, f"{number}.{SUFFIXES[family]}", content)


SUFFIXES = {"mail": "eml", "pdf": "pdf", "csr": "csr"}


def _in_mail(content: bytes, family: str) -> bytes:
    import base64

    head = b"From: a@contoh.example\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b"
    name = SUFFIXES[family].encode()
    part = b'\r\n\r\n--b\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename="x.'
    return head + part + name + b'"\r\n\r\n' + base64.encodebytes(content) + b"\r\n--b--\r\n"


# ── mutations ──
def _spot(content: bytes, dice: random.Random) -> int:
    return dice.randrange(len(content) + 1)


def flip(content: bytes, dice: random.Random) -> bytes:
    changed = bytearray(content or b"x")
    for _bit in range(dice.choice((1, 3, 20))):
        changed[dice.randrange(len(changed))] ^= 1 << dice.randrange(8)
    return bytes(changed)


def cut(content: bytes, dice: random.Random) -> bytes:
    start = _spot(content, dice)
    return content[:start] + content[start + dice.choice((1, 4, 100, 5000)) :]


def truncate(content: bytes, dice: random.Random) -> bytes:
    return content[: _spot(content, dice)]


def repeat(content: bytes, dice: random.Random) -> bytes:
    start = _spot(content, dice)
    piece = content[start : start + dice.choice((1, 30, 400))]
    return content[:start] + piece * dice.choice((2, 50, 700)) + content[start:]


def splice(content: bytes, dice: random.Random) -> bytes:
    other = dice.choice(seeds()[dice.choice(("mail", "pdf", "csr"))])
    start = _spot(other, dice)
    place = _spot(content, dice)
    return content[:place] + other[start : start + dice.choice((20, 400, 9000))] + content[place:]


def grow_number(content: bytes, dice: random.Random) -> bytes:
    """Some run of digits becomes an extreme one."""
    places = [index for index in range(0, len(content), 7) if content[index : index + 1].isdigit()]
    if not places:
        return content
    place = dice.choice(places)
    number = dice.choice((b"-1", b"0", b"4294967295", b"99999999999999999999", b"2147483648"))
    return content[:place] + number + content[place + 1 :]


TOKENS = (
    b"obj", b"<<", b">>", b"stream\n", b"endstream", b"/Kids [1 0 R]", b"/JavaScript", b"/FT /Sig", b"/ObjStm",
    b"-----BEGIN CERTIFICATE REQUEST-----", b"-----BEGIN PRIVATE KEY-----", b"\x30\x84\xff\xff\xff\xff", b"\x30\x80",
    b"Content-Type: multipart/mixed; boundary=x\r\n", b"Content-Type: message/rfc822\r\n", b"\r\n\r\n", b"\0",
    b"=?utf-8?b?AAAA?=", b"charset=x-tidak-ada", b"filename*=utf-8''%00..%2f", b"--x\r\n", b"\xff\xfe", b"xn--",
)  # fmt: skip


def insert(content: bytes, dice: random.Random) -> bytes:
    place = _spot(content, dice)
    return content[:place] + dice.choice(TOKENS) * dice.choice((1, 1, 40)) + content[place:]


def nest(content: bytes, dice: random.Random) -> bytes:
    """Brackets of one sort, deep."""
    opening = dice.choice((b"[", b"<<", b"(", b"\x30\x82\x01\x00", b"(comment "))
    place = _spot(content, dice)
    return content[:place] + opening * dice.choice((60, 3000)) + content[place:]


MUTATIONS: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    flip, flip, cut, truncate, repeat, splice, grow_number, insert, nest,
)  # fmt: skip


# ── made files ──
def _parts_deep(dice: random.Random) -> Hostile:
    head = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(900))
    return Hostile("mail", "dalam.eml", b"MIME-Version: 1.0\r\n" + head)


def _parts_many(dice: random.Random) -> Hostile:
    head = b"MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
    return Hostile("mail", "banyak.eml", head + b"--b\r\n\r\nx\r\n" * 40_000)


def _recipients(dice: random.Random) -> Hostile:
    return Hostile("mail", "penerima.eml", b"From: a@b.example\r\nTo: " + b"a@b.example, " * 60_000 + b"\r\n\r\nx")


def _long_modulus(dice: random.Random) -> Hostile:
    body = bytes(dice.randrange(256) for _byte in range(200_000))
    return Hostile("csr", "besar.csr", make.pem(b"\x30\x83\x03\x0d\x40" + body))


def _page_tree_loop(dice: random.Random) -> Hostile:
    text = (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[2 0 R 2 0 R]/Count 99999999>>endobj\ntrailer<</Root 1 0 R>>\n"
    )
    return Hostile("pdf", "lingkar.pdf", text)


def _flate_bomb(dice: random.Random) -> Hostile:
    import io
    import zlib

    import pikepdf

    packer = zlib.compressobj(9)
    block = b"0 0 m 1 1 l S\n" * 74_898
    packed = b"".join(packer.compress(block) for _ in range(200)) + packer.flush()
    buffer = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page(page_size=(595, 842))
        document.pages[0].Contents = pikepdf.Stream(document, packed, Filter=pikepdf.Name.FlateDecode)
        document.save(buffer, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    return Hostile("pdf", "bom.pdf", buffer.getvalue())


def _huge_picture(dice: random.Random) -> Hostile:
    head = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    page = (
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 199999 199999]/Contents 5 0 R/Resources"
        b"<</XObject<</I 4 0 R>>>>>>endobj\n4 0 obj<</Type/XObject/Subtype/Image/Width 60000/Height 60000"
        b"/BitsPerComponent 8/ColorSpace/DeviceRGB/Length 3>>stream\nxyz\nendstream endobj\n"
        b"5 0 obj<</Length 30>>stream\n199999 0 0 199999 0 0 cm /I Do\nendstream endobj\n"
    )
    return Hostile("pdf", "raksasa.pdf", head + page + b"trailer<</Root 1 0 R>>\n")


def _all_zero(dice: random.Random) -> Hostile:
    return Hostile("csr", "nol.csr", bytes(500_000))


MADE: dict[str, Callable[[random.Random], Hostile]] = {
    "deep": _parts_deep, "many": _parts_many, "recipients": _recipients, "modulus": _long_modulus,
    "loop": _page_tree_loop, "bomb": _flate_bomb, "picture": _huge_picture, "zero": _all_zero,
}  # fmt: skip
