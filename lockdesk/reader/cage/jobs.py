"""What a caged child can be asked for, and the imports that must be done before the cage closes."""

import importlib
import sys
from base64 import encodebytes
from collections.abc import Callable
from contextlib import suppress
from dataclasses import field
from functools import cache
from io import BytesIO
from typing import Any

from lockdesk.core.identity import normal_phone, read_nik
from lockdesk.desk.ports import Trust
from lockdesk.patterns import prepare_patterns
from lockdesk.pki.weak import prepare as prepare_weak_keys
from lockdesk.reader.cage import probes, walls
from lockdesk.reader.cage.models import model
from lockdesk.reader.cage.wire import WireError, frame
from lockdesk.reader.documents import pages
from lockdesk.reader.documents.scans import ScannedPage
from lockdesk.records import dataclass
from lockdesk.words import TONGUES, language

_CODECS = (
    "ascii", "latin_1", "utf_7", "utf_8", "utf_8_sig", "utf_16", "utf_16_le", "utf_16_be", "utf_32",
    "cp1250", "cp1251", "cp1252", "cp1254", "cp1256", "cp437", "cp850",
    "iso8859_2", "iso8859_9", "idna",
    "iso8859_15", "koi8_r", "gb2312", "gb18030", "gbk", "big5", "shift_jis", "euc_jp", "euc_kr", "iso2022_jp",
    "punycode", "quopri_codec", "base64_codec", "raw_unicode_escape", "unicode_escape", "mac_roman", "hz",
    "tis_620", "uu_codec", "charmap",
)  # fmt: skip
_EMPTY_PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>\n"
    b"endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 72 72]/Contents 4 0 R\n"
    b"/Resources<</Font<</F 5 0 R>>>>>>endobj\n"
    b"4 0 obj<</Length 33>>stream\nBT /F 9 Tf 9 9 Td (Nama : x) Tj ET\nendstream endobj\n"
    b"5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\ntrailer<</Root 1 0 R>>\n"
)
BLANK_PDF = _EMPTY_PDF.replace(b"(Nama : x) Tj", b"             ")
"""A page without a word: what OCR is tried on."""
_MAIL = (
    b'From: =?utf-8?q?Uji?= <a@xn--bcher-kva.example>\r\nTo: b@example.invalid, "C" <c@example.invalid>\r\n'
    b"Subject: =?utf-8?b?VWpp?=\r\nDate: Mon, 23 Nov 2026 08:00:00 +0700\r\nMIME-Version: 1.0\r\n"
    b'Message-ID: <a@b>\r\nContent-Type: multipart/mixed; boundary="x"\r\n\r\n--x\r\n\r\nhalo\r\n'
    b"--x\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n"
    b"\r\n<p>=41</p>\r\n"
    b'--x\r\nContent-Disposition: attachment; filename="a.txt"\r\nContent-Transfer-Encoding: base64\r\n\r\n'
    b"QUFB\r\n--x--\r\n"
)
_PART = b'--x\r\nContent-Disposition: attachment; filename="%s"\r\nContent-Transfer-Encoding: base64\r\n\r\n%s\r\n'


@dataclass(frozen=True, slots=True)
class Order:
    """A job as it came over the pipe."""

    job: str
    name: str = ""
    as_mail: bool = False
    page: int = 0
    width: int = 0
    trust: Trust | None = None
    pages: tuple[ScannedPage, ...] = ()
    pictures: tuple[bytes, ...] = ()
    whole: bool = True
    """Whether `pages` are the whole letter."""
    language: str = field(default_factory=lambda: language.code)
    """In which what was found is told."""


@dataclass(frozen=True, slots=True)
class Ready:
    """A child's first word: whether its cage is closed, and if not, why."""

    ready: bool
    detail: str = ""


_SOME_NIK = "1111110101900001"
"""Of a region that does not exist; the table of regions is loaded all the same."""
_SOME_PHONE = "(0285) 000000"
"""Not of the shape that is known without the library."""


def warm() -> None:
    """Does everything once that loads a module or a table: later there are no files to load from."""
    for code in TONGUES:
        language.read(code)
    for name in _CODECS:
        with suppress(ImportError):
            importlib.import_module(f"encodings.{name}")
        with suppress(LookupError):
            "x".encode(name.replace("_codec", ""))
    model(Order)
    prepare_weak_keys()
    _prepare_decryption()
    pages.prepare()
    prepare_patterns()
    read_nik(_SOME_NIK)  # the identity rules load their number formats at the first use
    normal_phone(_SOME_PHONE)
    for order, content in (
        (Order("open", "uji.eml", as_mail=True), _MAIL),
        *((Order("open", "uji.csr"), request) for request in _requests()),
        (Order("statement"), _EMPTY_PDF),
        (Order("statement"), BLANK_PDF),
        (Order("render", width=40), _EMPTY_PDF),
        (Order("certificates"), _MAIL),
        (Order("bounce"), _MAIL),
    ):
        frame(run(order, content))
    _rehearsals()  # its key is made here, once


def _prepare_decryption() -> None:
    """Has qpdf find its source of random numbers: it wants one for AES-256, and in the cage there is none to find."""
    import pikepdf

    with pikepdf.new() as document:
        document.save(BytesIO(), encryption=pikepdf.Encryption(owner="x", user="", R=6))


def rehearse(asked: Callable[[], bool]) -> None:
    """Reads a mail and a letter of our own, while nobody asks for anything else.

    A forked child shares its memory with the template until it writes there, and every object it touches is
    written to: a child that has copied those pages beforehand reads a document in half the time.
    """
    for order, content in _rehearsals():
        if asked():
            return
        with suppress(Exception):
            run(order, content)


_HEX = "4a7f 0000 0000 002c 4a7f 0000 0000 002c 4a7f 0000 0000 002c 4a7f 0000 0000 002c"
_LETTER = (
    ("PEMERINTAH KOTA CONTOH",), ("DINAS CONTOH",), ("Jalan Contoh Nomor 1, telepon 0285 000000",), (),
    ("SURAT PERNYATAAN LUPA PASSPHRASE",), ("Nomor : 800/1/2026",), ("Yang bertanda tangan di bawah ini:",),
    ("Nama", ": Contoh Atasan, S.Kom., M.T."), ("NIP", ": 19800101 200501 1 001"), ("Jabatan", ": Kepala Dinas"), (),
    ("menerangkan bahwa:",), ("Nama lengkap", ": Contoh Petugas, S.Kom."), ("NIP", ": 19900101 201501 1 002"),
    ("NIK", ": 1111110101900001"), ("Jabatan", ": Pranata Komputer Ahli Pertama"), ("Unit kerja", ": Bidang Contoh"),
    ("E-mail dinas", ": contoh.petugas@contoh.example"), ("Nomor HP", ": 081200000000"),
    ("Nomor seri sertifikat", ": 4A7F00000000002C4A7F00000000002C"), ("Sidik jari kunci publik", f": {_HEX}"), (),
    ("dengan ini menyatakan bahwa yang bersangkutan lupa passphrase sertifikat elektronik miliknya dan memohon agar",),
    ("sertifikat lama dicabut serta sertifikat baru diterbitkan menurut CSR terlampir, karena passphrase tersebut",),
    ("tidak diketahui orang lain. Demikian pernyataan ini dibuat untuk dipergunakan sebagaimana mestinya.",), (),
    ("", "Contoh, 23 November 2026"), ("Mengetahui,", "Yang membuat pernyataan,"), ("Kepala Dinas",), (),
    ("Contoh Atasan, S.Kom., M.T.", "Contoh Petugas, S.Kom."), ("NIP 19800101 200501 1 001",),
)  # fmt: skip
"""As offices write: whatever reads one has been read before."""


@cache
def _rehearsals() -> tuple[tuple[Order, bytes], ...]:
    """What is asked for most often, about as large as it usually is."""
    rows = [
        f"BT /F 9 Tf {left} {800 - 13 * n} Td ({text}) Tj ET"
        for n, row in enumerate(_LETTER)
        for left, text in zip((50, 190), row, strict=False)
    ]
    page = "\n".join((*rows, "2 w 50 772 m 545 772 l S", "0.5 w 50 640 495 60 re S")).encode()
    letter = _EMPTY_PDF.replace(b"BT /F 9 Tf 9 9 Td (Nama : x) Tj ET", page)
    letter = letter.replace(b"/Length 33", b"/Length %d" % len(page)).replace(b"72 72", b"595 842")
    letter = letter.replace(b"/Kids[3 0 R]/Count 1", b"/Kids[3 0 R 3 0 R]/Count 2")
    parts = zip((letter, _requests()[0]), (b"a.pdf", b"a.csr"), strict=True)
    attached = b"".join(_PART % (name, encodebytes(content)) for content, name in parts)
    return (Order("open", "uji.eml", as_mail=True), _MAIL.replace(b"--x--", attached + b"--x--")), (
        Order("statement"),
        letter,
    )


NEEDS = {"signatures": b"s", "signed": b"p", "scan": b"o", "compound": b"m", "sheet": b"t", "bind_heif": b"h"}
"""What some jobs need besides, by the letter that the template is told."""
PATIENT = frozenset({"scan", "sheet"})
"""The jobs that may take longer (see `walls.PATIENCE`)."""


@cache
def prepare(need: bytes) -> None:
    """Loads what only some jobs need, once, at the first of them. Raises ImportError or OSError."""
    if need == b"s":
        from lockdesk.reader.documents import signatures

        signatures.prepare()
    if need == b"p":
        importlib.import_module("asn1crypto.cms")
    if need == b"m":
        from lockdesk.reader.files import msg

        msg.prepare()
    if need == b"t":
        from lockdesk.reader.files import sheet

        sheet.prepare()
    if need == b"h":
        pages.prepare_heif()
    if need == b"o":
        from lockdesk.reader.ocr import recognition

        recognition.prepare()
        run(Order("scan"), BLANK_PDF)


def prepare_all(asked: Callable[[], bool]) -> None:
    """Loads what any job may need, until somebody asks: for a child that is there before its document."""
    for need in NEEDS.values():
        if asked():
            return
        with suppress(ImportError, OSError, RuntimeError):
            prepare(need)


@cache
def _requests() -> list[bytes]:
    """Freshly signed requests: their checking loads what the library loads late."""
    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
    from cryptography.hazmat.primitives.hashes import SHA256, SHA384, SHA512
    from cryptography.hazmat.primitives.serialization import Encoding

    builder = x509.CertificateSigningRequestBuilder().subject_name(x509.Name([]))
    keys: list[ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey] = [
        rsa.generate_private_key(65537, 1024),  # noqa: S505 - thrown away at once
        *map(ec.generate_private_key, (ec.SECP256R1(), ec.SECP384R1(), ec.SECP521R1())),
    ]
    signed = [builder.sign(key, digest) for key in keys for digest in (SHA256(), SHA384(), SHA512())]
    signed.append(builder.sign(ed25519.Ed25519PrivateKey.generate(), None))
    return [request.public_bytes(Encoding.PEM) for request in signed]


def _open_compound(order: Order, content: bytes) -> Any:
    """An Outlook message as a mail, any other compound file as the file that it is."""
    from lockdesk.reader.files.msg import is_msg, msg_as_mail
    from lockdesk.reader.files.opening import open_file

    if is_msg(content):
        return open_file(order.name, msg_as_mail(content), True)
    return open_file(order.name, content, order.as_mail)


def _tried() -> dict[str, str]:
    """What this process can still do."""
    if sys.platform == "win32":
        return probes.try_all()
    return walls.probe()


def run(order: Order, content: bytes, canvas: Any = None) -> Any:
    """The answer to an order. Raises WireError for an unknown job."""
    from lockdesk.reader.documents import pdf, signatures
    from lockdesk.reader.files import sheet
    from lockdesk.reader.files.bounce import bounce_in
    from lockdesk.reader.files.certificates import read_certificates
    from lockdesk.reader.files.opening import open_file, open_signed

    answers: dict[str, Callable[[], Any]] = {
        "open": lambda: open_file(order.name, content, order.as_mail),
        "signed": lambda: open_signed(order.name, content),
        "compound": lambda: _open_compound(order, content),
        "certificates": lambda: list(read_certificates(content)),
        "bounce": lambda: [item for item in (bounce_in(content),) if item is not None],
        "probe": lambda: list(_tried().items()),
        "statement": lambda: pdf.read_statement(content),
        "lines": lambda: pdf.read_lines(content),
        "render": lambda: pdf.render_page(content, order.page, order.width, canvas),
        "scan": lambda: pdf.scan_page(content, order.page),
        "bind": lambda: [pages.bound(order.pictures)],
        "bind_heif": lambda: [pages.bound(order.pictures)],
        "sheet": lambda: sheet.read_sheet(content),
        "scanned": lambda: pdf.scanned_facts(order.pages, order.whole),
    }
    if order.job == "signatures" and order.trust is not None:
        return signatures.read_signatures(content, order.trust)
    if order.job not in answers:
        raise WireError(f"unknown job {order.job}")
    return answers[order.job]()
