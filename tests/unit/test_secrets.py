"""A passphrase in words, and keys in containers: noticed, whatever they are wrapped in; and nothing else is."""

import bz2
import gzip
import io
import tarfile
import zipfile

import pytest

from lockdesk.core.secrets import holds_passphrase
from lockdesk.reader.kinds import attachment
from tests import pki_material as make

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
    ],
)
def test_a_passphrase_in_words_is_noticed(text: str) -> None:
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


def test_what_cannot_be_searched_is_not_kept_and_what_holds_no_key_is() -> None:
    bomb = zipped("nol", bytes(80 * 1024 * 1024))
    for content in (
        b"Rar!\x1a\x07\x01\x00" + bytes(50),
        b"7z\xbc\xaf\x27\x1c" + bytes(50),
        bomb,
        zipped("a", KEY)[:-30],
    ):
        assert attachment("berkas", content).withheld == "closed"
    kept = attachment("berkas", zipped("surat.txt", b"isi"))
    assert kept.withheld == "" and kept.content is not None
