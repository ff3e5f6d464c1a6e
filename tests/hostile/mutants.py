"""Hostile files without end: what real requests hold, broken in the ways that break parsers.

Seeds come from the shipped samples (as .eml, and as the .msg that Outlook would make of them), the vectors of
`cryptography`, the mail test data of this very Python where it has them, and material made on the spot. The same
seed number makes the same files.
"""

import email
import importlib.util
import io
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email import policy
from functools import cache
from pathlib import Path

import cryptography_vectors
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, pkcs7
from PIL import Image

from lockdesk.resource import resource
from tests.helpers.authority import pki_material as make
from tests.helpers.papers import msg_material as msg
from tests.helpers.papers.letter_layouts import LAYOUTS, draw
from tests.helpers.papers.signed_letters import authority, signed_by

MOST_BYTES = 3_000_000


@dataclass(frozen=True)
class Hostile:
    """One file: `family` is mail, msg, pdf, picture, csr or certificate."""

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
    csrs = [*_vectors("x509/requests"), make.request(), make.pem(make.request())]
    csrs += [item for item in attached if isinstance(item, bytes) and not item.startswith(b"%PDF")]
    return {
        "mail": (*mails, *_python_mails()),
        "msg": tuple(map(_as_msg, mails)),
        "pdf": tuple(pdfs),
        "picture": tuple(_pictures()),
        "csr": tuple(csrs),
        "certificate": (*_vectors("pkcs7"), *_vectors("x509"), *_vectors("x509/custom"), *_bundles()),
    }


def _pictures() -> Iterator[bytes]:
    yield from (path.read_bytes() for path in sorted((Path(__file__).parents[1] / "data" / "pictures").iterdir()))
    for kind in ("JPEG", "PNG", "WEBP", "TIFF", "GIF"):
        for width in (42, 210, 420):
            file = io.BytesIO()
            Image.linear_gradient("L").resize((width, width * 7 // 5)).save(file, kind)
            yield file.getvalue()


def _vectors(folder: str) -> Iterator[bytes]:
    root = Path(cryptography_vectors.__file__).parent / folder
    yield from (path.read_bytes() for path in sorted(root.iterdir()) if path.is_file())


def _bundles() -> Iterator[bytes]:
    """PKCS#7 as a CA hands it out, DER and PEM, and a mail that carries one."""
    certificates = [_certificate(number) for number in range(3)]
    loaded = [x509.load_der_x509_certificate(item) for item in certificates]
    for encoding in (Encoding.DER, Encoding.PEM):
        bundle = pkcs7.serialize_certificates(loaded, encoding)
        yield bundle
        yield in_mail(bundle, "certificate")
    yield b"".join(make.pem(item, "CERTIFICATE") for item in certificates)


def _certificate(number: int = 0) -> bytes:
    key = make.ec_key(number)
    return make.certificate(key, key, make.name(), make.name())


def _as_msg(raw: bytes) -> bytes:
    mail = email.message_from_bytes(raw, policy=policy.default)
    parts = [(part.get_filename() or "", part.get_payload(decode=True)) for part in mail.iter_attachments()]
    attached = [(name, content) for name, content in parts if isinstance(content, bytes)]
    body = mail.get_body(("plain",))
    headers = "".join(f"{name}: {value}\r\n" for name, value in mail.items())
    return msg.message(str(mail["Subject"]), body.get_content() if body is not None else "", headers, attached)


def _python_mails() -> Iterator[bytes]:
    """CPython's own mail test data; a Python packaged without its tests has none."""
    found = importlib.util.find_spec("test")
    for folder in (found.submodule_search_locations or []) if found is not None else []:
        yield from (path.read_bytes() for path in sorted(Path(folder).glob("test_email/data/msg_*.txt")))


def files(count: int, seed: int = 1) -> Iterator[Hostile]:
    """`count` hostile files; every hundredth is one of the made ones instead of a mutant."""
    dice = random.Random(seed)
    families = ("mail", "pdf", "csr", "pdf", "msg", "picture", "certificate", "mail")
    made = tuple(MADE)
    for number in range(count):
        if number % 100 == 0:
            yield MADE[made[number // 100 % len(made)]](dice)
            continue
        family = families[number % len(families)]
        content = dice.choice(seeds()[family])
        for _step in range(dice.randint(1, 4)):
            content = dice.choice(MUTATIONS)(content, dice)[:MOST_BYTES]
        if family in ("pdf", "csr") and dice.random() < 0.1:
            yield Hostile("mail", f"{number}.eml", in_mail(content, family))
        else:
            yield Hostile(family, f"{number}.{SUFFIXES[family]}", content)


SUFFIXES = {"mail": "eml", "msg": "msg", "pdf": "pdf", "picture": "heic", "csr": "csr", "certificate": "p7b"}


def in_mail(content: bytes, family: str) -> bytes:
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
    other = dice.choice(seeds()[dice.choice(tuple(SUFFIXES))])
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


def poison_word(content: bytes, dice: random.Random) -> bytes:
    """An aligned 32-bit word, as binary containers count and point with, becomes an extreme or another's value."""
    if len(content) < 8:
        return content
    place = dice.randrange(len(content) // 4) * 4
    near = dice.randrange(64).to_bytes(4, "little")
    word = dice.choice((b"\xff\xff\xff\xff", b"\xfe\xff\xff\xff", b"\xff\xff\xff\x7f", bytes(4), near, near))
    return content[:place] + word + content[place + 4 :]


MUTATIONS: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    flip, flip, cut, truncate, repeat, splice, grow_number, insert, nest, poison_word,
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


def _msg_that_points(dice: random.Random, place: Callable[[bytes], int], word: bytes) -> Hostile:
    """A message of which one pointer of the compound file is a lie."""
    content = msg.message("x", "isi", "From: a@b.example\r\n", [(f"{n}.csr", make.request()) for n in range(9)])
    spot = place(content)
    return Hostile("msg", "silang.msg", content[:spot] + word + content[spot + len(word) :])


def _directory(content: bytes) -> int:
    return 512 * (1 + int.from_bytes(content[48:52], "little"))


def _table(content: bytes) -> int:
    return 512 * (1 + int.from_bytes(content[76:80], "little"))


def _msg_chain_loop(dice: random.Random) -> Hostile:
    """The allocation table's first sectors lead to each other for ever."""
    return _msg_that_points(dice, _table, bytes((1, 0, 0, 0, 0, 0, 0, 0)) + bytes(4) * 20)


def _msg_folder_loop(dice: random.Random) -> Hostile:
    """The root folder's child is the root itself, and so are its neighbours."""
    return _msg_that_points(dice, lambda content: _directory(content) + 68, bytes(12))


def _msg_size_lie(dice: random.Random) -> Hostile:
    """The small streams' container says that it is four gigabytes long."""
    return _msg_that_points(dice, lambda content: _directory(content) + 120, b"\xff\xff\xff\xff\0\0\0\0")


def _msg_many_parts(dice: random.Random) -> Hostile:
    return Hostile("msg", "banyak.msg", msg.message("x", "isi", "", [(f"{n}.pdf", b"%PDF-1.4") for n in range(3000)]))


def _certificates_many(dice: random.Random) -> Hostile:
    one = make.pem(_certificate(), "CERTIFICATE")
    return Hostile("certificate", "banyak.pem", one * 4000)


def _pkcs7_deep(dice: random.Random) -> Hostile:
    """Boxes within boxes without an end, four hundred thousand deep."""
    return Hostile("certificate", "dalam.p7b", b"\x30\x80" * 400_000)


def _pkcs7_promise(dice: random.Random) -> Hostile:
    """A container that promises gigabytes of certificates."""
    head = bytes.fromhex("3084fffffff006092a864886f70d010702a084ffffffe0")
    return Hostile("certificate", "janji.p7b", head + bytes(300_000))


MADE: dict[str, Callable[[random.Random], Hostile]] = {
    "deep": _parts_deep, "many": _parts_many, "recipients": _recipients, "modulus": _long_modulus,
    "loop": _page_tree_loop, "bomb": _flate_bomb, "picture": _huge_picture, "zero": _all_zero,
    "msg chain": _msg_chain_loop, "msg folder": _msg_folder_loop, "msg size": _msg_size_lie,
    "msg parts": _msg_many_parts, "certificates": _certificates_many, "pkcs7 deep": _pkcs7_deep,
    "pkcs7 promise": _pkcs7_promise,
}  # fmt: skip
