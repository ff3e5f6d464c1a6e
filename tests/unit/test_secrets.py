"""A passphrase in words, and keys in containers: noticed, whatever they are wrapped in; and nothing else is."""

import bz2
import gzip
import hashlib
import io
import json
import tarfile
import zipfile
from base64 import b64encode, urlsafe_b64encode
from binascii import b2a_uu

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from reportlab.pdfgen.canvas import Canvas

from lockdesk.core.secrets import holds_passphrase
from lockdesk.desk.values.facts import AttachmentKind
from lockdesk.reader.documents.pdf import read_statement
from lockdesk.reader.files.kinds import attachment
from tests.helpers.authority import pki_material as make

KEY = make.private_pem(make.ec_key())


@pytest.mark.parametrize(
    "text",
    [
        "Passphrase lama saya: Batik#77, mohon direset.",
        "passphrase saya Rahasia123!",
        "kata sandi = merah2020",
        "passphrase saya adalah “merpati putih”",
        "PIN: 884213",
        "password saya dulu KucingHitam77",
        "Frasa sandi TTE lama yaitu KucingHitam",
        "passphrase saya dulu kayaknya Melati2024!",
        "Passphrase yang terakhir saya coba adalah Melati#2024",
        "Passphrase itu sudah saya coba Melati#2024 tidak bisa",
        "passphrase baru saya dibuat Kota-Batik77",
        "Seingat saya passphrase yang saya pakai waktu itu\nmelati2024 tetapi ditolak.",
        "kata sandi yang sempat saya ketik kemarin Anggrek!Biru, ditolak",
        "passphrase: wonosobo",
        "passphrase lama saya adalah batikku",
        "pass phrase tte: 20240101",
        "Sandi saya pekalongan.",
        "passphrase-nya: 123456",
        "pass: Melati2019",
        "pw = Melati2019",
        "passfrase: Melati2019",
        "phassphrase : Melati2019",
        "passphrase nya “SekarAyu”",
        "Kemungkinan passphrase: Kirana 2015",
        "Saya dulu memakai Kirana2015 sebagai passphrase.",
    ],
)
def test_a_passphrase_in_words_is_noticed(text: str) -> None:
    assert holds_passphrase(text + "\r\nSalam,\r\nSekar")
    assert holds_passphrase(f"Yth. Petugas,\n{text}\nTerima kasih.")


@pytest.mark.parametrize(
    "text",
    [
        "Saya lupa passphrase sertifikat elektronik (nomor seri 5C:91:D0:7E) yang diterbitkan BSrE.",
        "Passphrase tidak diketahui orang lain.",
        "Passphrase: lupa",
        "Reset passphrase : [x]",
        "PERMOHONAN RESET KATA SANDI TTE (LUPA PASSPHRASE)",
        "kata sandi e-mail sekar@contoh.pekalongankota.go.id",
        "passphrase NIP 199704212022032001",
        "dibuat karena lupa passphrase 20 November 2026",
        "Passphrase: ........................",
        "Lupa passphrase sertifikat dengan NIP. 199704212022032001 dan NIK 3375994204970001",
        "Lupa passphrase, hubungi saya di HP 081200000000 atau sekar1@contoh.pekalongankota.go.id",
        "Lupa passphrase sejak 20-11-2026, surat nomor 800.1/123/Diskominfo/2026 terlampir",
        "reset passphrase sertifikat bernomor seri 5c:91:d0:7e:4a:11 atau 5c91d07e4a11",
        "reset passphrase, CSR baru memakai SHA-256, P-256 atau RSA-3072 sesuai ISO-27001",
        "lupa passphrase. Sekar Ayu, S.Kom., M.T. mengisi formulir TTE-04",
        "lupa passphrase sesuai formulir Tte-04 untuk kunci Ed25519 atau secp256r1",
        "lupa passphrase, CSR terlampir dalam permintaan2.csr dan surat1.pdf",
        "lupa passphrase sejak 20-November-2026 dan menunggu 3x24jam",
        "Lupa passphrase\nKode formulir : Ab12-cd34",
        "Badan Siber dan Sandi Negara menerbitkan Modul2026",
        "lupa passphrase, map surat ada di lantai2/ruang7",
        "Passphrase saya hilang.",
        "Lupa passphrase: ya",
        "Keadaan passphrase: terlupa",
        "Passphrase adalah rahasia.",
        "Mohon dibantu, frasa sandi saya terlupakan.",
        "karena lupa passphrase sertifikat elektronik yang saya miliki.",
        "lupa passphrase sertifikat elektronik saya akibat\nlama tidak dipakai.",
    ],
)
def test_a_letter_about_a_passphrase_gives_none_away(text: str) -> None:
    assert not holds_passphrase(text)


def zipped(name: str, content: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("catatan.txt", "halo")
        archive.writestr(name, content)
    return file.getvalue()


def tarred(content: bytes) -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        entry = tarfile.TarInfo("kunci.pem")
        entry.size = len(content)
        archive.addfile(entry, io.BytesIO(content))
    return file.getvalue()


WRAPPED = {
    "zip": zipped("kunci.pem", KEY),
    "docx": zipped("word/embeddings/kunci.bin", KEY),
    "zip_in_zip": zipped("dalam.zip", zipped("kunci.pem", KEY)),
    "gzip": gzip.compress(KEY),
    "bzip2": bz2.compress(KEY),
    "tar": tarred(KEY),
}


@pytest.mark.parametrize("how", sorted(WRAPPED))
def test_a_key_in_a_container_is_found_and_the_container_is_not_kept(how: str) -> None:
    held = attachment("berkas", WRAPPED[how])
    assert (held.withheld, held.content) == ("key", None) and held.sha256


def drawn(kind: str) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (40, 60), "white").save(file, kind)
    return file.getvalue()


def noted(kind: str, note: str, packed: bool = False, language: str = "") -> bytes:
    """A picture with a text written into it."""
    file, texts = io.BytesIO(), PngInfo()
    if language:
        texts.add_itxt("Catatan", note, lang=language, zip=True)
    else:
        texts.add_text("Catatan", note, zip=packed)
    Image.new("RGB", (40, 60), "white").save(file, kind, pnginfo=texts, comment=note)
    return file.getvalue()


def paper(files: dict[str, bytes] | None = None, password: str = "", at_page: bool = False) -> bytes:
    """A PDF with embedded files, by its names or only at an annotation."""
    file = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        for name, content in (files or {}).items():
            document.attachments[name] = content
            if at_page:
                pin = pikepdf.Dictionary(
                    Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.FileAttachment, Rect=[0, 0, 9, 9],
                    FS=document.attachments[name].obj,
                )  # fmt: skip
                document.pages[0].Annots = pikepdf.Array([pin])
                del document.Root.Names
        locked = pikepdf.Encryption(user=password, owner="x") if password else None
        document.save(file, object_stream_mode=pikepdf.ObjectStreamMode.generate, encryption=locked or False)
    return file.getvalue()


ZIPPED = zipped("kunci.pem", KEY)
CARRIED = {
    "pdf_behind": paper() + ZIPPED,
    "pdf_between": paper() + ZIPPED + b"\n%%EOF\n",
    "pdf_behind_gzip": paper() + gzip.compress(KEY),
    "pdf_embedded": paper({"kunci.pem": KEY}),
    "pdf_embedded_zip": paper({"a.zip": ZIPPED}),
    "pdf_pinned": paper({"kunci.pem": KEY}, at_page=True),
    "pdf_in_zip": zipped("surat.pdf", paper({"kunci.pem": KEY})),
    "pdf_in_pdf": paper({"surat.pdf": paper({"kunci.pem": KEY})}),
    "two_zips": paper() + zipped("a.txt", b"a") + ZIPPED + zipped("b.txt", b"b"),
    "jpeg": drawn("JPEG") + ZIPPED,
    "jpeg_gzip": drawn("JPEG") + gzip.compress(KEY),
    "png": drawn("PNG") + ZIPPED,
    "png_gzip": drawn("PNG") + gzip.compress(KEY),
    "webp_gzip": drawn("WEBP") + gzip.compress(KEY),
    "tiff": drawn("TIFF") + ZIPPED,
    "png_text": noted("PNG", KEY.decode()),
    "png_base64_packed": noted("PNG", b64encode(KEY).decode(), packed=True),
    "png_language": noted("PNG", b64encode(KEY).decode(), language="id"),
    "jpeg_comment": noted("JPEG", b64encode(KEY).decode()),
}


@pytest.mark.parametrize("how", sorted(CARRIED))
def test_a_key_that_a_paper_carries_is_found_and_the_paper_is_not_kept(how: str) -> None:
    held = attachment("surat.pdf", CARRIED[how])
    assert (held.kind, held.withheld, held.content) == (AttachmentKind.PRIVATE_KEY, "key", None) and held.sha256


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (paper() + b"Rar!\x1a\x07\x01\x00" + bytes(range(256)), "closed"),
        (paper({"a.rar": b"Rar!\x1a\x07\x01\x00" + bytes(range(256))}), "closed"),
        (paper({"nol": bytes(60 * 1024 * 1024)}), "closed"),
        (paper() + ZIPPED[:-30], "closed"),
        (drawn("JPEG") + bytes(range(256)), "closed"),
        (drawn("PNG") + bytes(range(256)), "closed"),
        (paper({"kunci.pem": KEY}, password="rahasia"), "locked"),
    ],
)
def test_what_a_paper_carries_and_nobody_can_search_is_not_kept(content: bytes, why: str) -> None:
    held = attachment("surat.pdf", content)
    assert (held.withheld, held.content) == (why, None)


@pytest.mark.parametrize(
    "content",
    [
        paper() + b"\r\n\0\0  \n",
        paper() + b"\n7 0 obj<</A 1>>endobj\nxref\n0 1\n" + b"0" * 40 + b"\nstartxref\n9\n%%EOF\n",
        paper({"catatan.txt": b"isi", "b.docx": zipped("word/document.xml", b"<a/>")}),
        paper() + zipped("surat.txt", b"isi"),
        drawn("JPEG") + bytes(64),
        drawn("JPEG") + drawn("JPEG"),
        drawn("JPEG") + b"\0\0\1\n\x0e\0\0\0Image_UTC_Data1763880000000SEFHk\0\0\0\1\0\0\0SEFT",
    ],
)
def test_a_paper_that_carries_nothing_secret_is_kept(content: bytes) -> None:
    held = attachment("surat.pdf", content)
    assert held.withheld == "" and held.content == content


def test_a_zip_that_begins_a_file_is_no_pdf() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("surat.pdf", paper())
        archive.writestr("permintaan.csr", "x")
    assert attachment("surat.pdf", file.getvalue()).kind is AttachmentKind.ARCHIVE


def base64url(number: int) -> str:
    return urlsafe_b64encode(number.to_bytes((number.bit_length() + 7) // 8, "big")).decode().rstrip("=")


def in_other_dress(how: str) -> str:
    """A key as other programs than OpenSSL write it."""
    key = make.ec_key()
    numbers = key.private_numbers()
    point = numbers.public_numbers
    if how == "jwk":
        return json.dumps(
            {"kty": "EC", "crv": "P-256"}
            | {"x": base64url(point.x), "y": base64url(point.y), "d": base64url(numbers.private_value)}
        )
    if how == "xml":
        return f"<RSAKeyValue><Modulus>{b64encode(bytes(96)).decode()}</Modulus><D>{b64encode(bytes(96)).decode()}</D>"
    der = make.private_der(key)
    rows = [der[at : at + 45] for at in range(0, len(der), 45)]
    return "begin 644 kunci.der\n" + "".join(b2a_uu(row).decode() for row in rows) + "`\nend\n"


@pytest.mark.parametrize("how", ["jwk", "xml", "uuencode"])
def test_a_key_in_other_dress_is_found(how: str) -> None:
    text = in_other_dress(how)
    assert attachment("kunci.txt", text.encode()).withheld == "key"
    assert attachment("kunci.txt", f"Mohon dibantu.\n\n{text}\nTerima kasih.".encode()).withheld == "key"


def test_a_public_key_in_other_dress_is_kept() -> None:
    public = '{"kty": "EC", "crv": "P-256", "x": "' + "a" * 43 + '", "y": "' + "b" * 43 + '"}'
    assert attachment("kunci.json", public.encode()).withheld == ""


@pytest.mark.parametrize("how", ["plain", "colons", "c", "dump", "word"])
def test_a_key_spelt_in_hex_is_found(how: str) -> None:
    der = make.private_der(make.ec_key())
    rows = [der[at : at + 16] for at in range(0, len(der), 16)]
    spelt = {
        "plain": der.hex(),
        "colons": "\n".join(row.hex(":") + ":" for row in rows),
        "c": ", ".join(f"0x{byte:02x}" for byte in der),
        "dump": "\n".join(f"{16 * at:08x}: {row.hex(' ', -2):40} ..x.." for at, row in enumerate(rows)),
        "word": f"facade: {der.hex()}",
    }
    assert attachment("kunci.txt", spelt[how].encode()).withheld == "key"
    assert attachment("sidik.txt", f"SHA-512 {hashlib.sha512(der).hexdigest()}".encode()).withheld == ""


def test_what_cannot_be_searched_is_not_kept_and_what_holds_no_key_is() -> None:
    bomb = zipped("nol", bytes(80 * 1024 * 1024))
    for content in (
        b"Rar!\x1a\x07\x01\x00" + bytes(50),
        b"\x30\x82\x01\x00\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x03" + bytes(200),  # CMS EnvelopedData
        b"-----BEGIN PGP MESSAGE-----\n\nhQEMA\n",
        b"\x20\x10-lh5-" + bytes(100),
        bytes(32769) + b"CD001" + bytes(100),
        b"7z\xbc\xaf\x27\x1c" + bytes(50),
        bomb,
        zipped("a", KEY)[:-30],
    ):
        assert attachment("berkas", content).withheld == "closed"
    kept = attachment("berkas", zipped("surat.txt", b"isi"))
    assert kept.withheld == "" and kept.content is not None


def test_what_ocr_may_have_made_of_a_word_is_no_passphrase_unless_it_is_said_to_be_one() -> None:
    text = "lupa passphrase saya Mel4ti"
    assert holds_passphrase(text) and not holds_passphrase(text, guessed=True)
    assert holds_passphrase("Passphrase saya adalah Melati#2024", guessed=True)
    assert holds_passphrase("PASSPHRASE BATIK2020", guessed=True)
    assert holds_passphrase("Saya sudah mencoba passphrase X#77 namun gagal", guessed=True)


def written(words: str) -> bytes:
    """A PDF with one line of text."""
    file = io.BytesIO()
    page = Canvas(file)
    page.drawString(72, 640, words)
    page.save()
    return file.getvalue()


TOLD = "Passphrase: Melati2019!"
DOCUMENT = "<w:document><w:p><w:r><w:t>Pass</w:t></w:r><w:r><w:t>phrase: Melati2019!</w:t></w:r></w:p></w:document>"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.zip", zipped("pesan.txt", TOLD.encode())),
        ("a.docx", zipped("word/document.xml", DOCUMENT.encode())),
        ("b.zip", zipped("surat.pdf", written(TOLD))),
        ("a.rtf", ("{\\rtf1\\ansi Yth. Petugas\\par " + TOLD + "\\par}").encode()),
    ],
)
def test_a_passphrase_in_a_container_or_document_is_not_kept(name: str, content: bytes) -> None:
    assert attachment(name, content).withheld == "secret"


def test_a_document_about_a_passphrase_is_kept() -> None:
    assert attachment("a.rtf", b"{\\rtf1\\ansi Saya lupa passphrase.\\par}").withheld == ""
    asked = b"<w:document><w:p><w:t>Saya lupa passphrase: mohon dibantu.</w:t></w:p></w:document>"
    assert attachment("a.docx", zipped("word/document.xml", asked)).withheld == ""


@pytest.mark.parametrize("where", ["field", "named field", "note", "subject", "hidden words"])
def test_a_passphrase_that_stands_on_no_page_is_noticed(where: str) -> None:
    document = Pdf.new()
    page = document.add_blank_page(page_size=(595, 842))
    hidden = {
        "field": Dictionary(FT=Name.Tx, T="Isian3", V="passphrase: wonosobo", F=2),
        "named field": Dictionary(FT=Name.Tx, T="PassphraseLama_1", V="wonosobo", F=2),
        "note": Dictionary(Subtype=Name.Popup, Contents="kata sandi = merah2020", Rect=Array([0, 0, 9, 9])),
    }
    if where in hidden:
        document.Root.Bekas = document.make_indirect(hidden[where])
    if where == "subject":
        document.docinfo["/Subject"] = "passphrase saya Rahasia123!"
    if where == "hidden words":
        font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        page.obj.Resources = Dictionary(Font=Dictionary(F=font))
        page.obj.Contents = document.make_stream(b"BT 3 Tr /F 11 Tf 72 640 Td (passphrase: wonosobo) Tj ET")
    made = io.BytesIO()
    document.save(made)
    facts = read_statement(made.getvalue())
    assert "passphrase" in facts.risks and not facts.text
