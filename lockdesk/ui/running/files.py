"""Files that the officer gives: what was dropped, and their bytes, read on a worker."""

import errno
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData

from lockdesk.desk.ports import NamedBytes
from lockdesk.errors import Declined
from lockdesk.ui.running.handed import handed_over, held
from lockdesk.words import _, system_words

LARGEST = 64 * 1024 * 1024
"""Bytes of one file that are read at all; the desk has its own, lower caps and says so."""
MOST_FILES = 12


def dropped_paths(data: QMimeData) -> tuple[Path, ...]:
    """The local files of a drag, else those that a program hands over itself; folders and addresses are left out."""
    paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    return tuple(path for path in paths if path.is_file()) or handed_over(data)


def read_files(paths: Sequence[Path]) -> tuple[NamedBytes, ...]:
    """Reads the files of one request. Runs on a worker; raises Declined when that cannot be done."""
    if len(paths) > MOST_FILES:
        raise Declined(
            _("Terlalu banyak berkas sekaligus."),
            _("Satu permohonan terdiri atas satu e-mail, atau satu surat dan satu CSR."),
            code="intake.too_many",
        )
    return read_whole(paths)


def read_whole(paths: Sequence[Path]) -> tuple[NamedBytes, ...]:
    """Reads files, as many as there are. Runs on a worker; raises Declined when that cannot be done."""
    return tuple(NamedBytes(path.name, _read(path)) for path in paths)


def _read(path: Path) -> bytes:
    """Raises Declined."""
    try:
        return _content(path)
    except OSError as error:
        raise Declined(
            _("{name} tidak dapat dibaca: {why}.").format(name=path.name, why=system_words(error)),
            _("Periksa apakah berkas masih ada dan boleh dibuka."),
            detail=type(error).__name__,
            code="intake.unreadable",
        ) from error


def _content(path: Path) -> bytes:
    """Raises OSError and Declined."""
    given = held(path)
    if given == b"":
        raise Declined(
            _("Program asal tidak menyerahkan isi {name}.").format(name=path.name),
            _("Simpan pesan itu sebagai berkas di sana, lalu pilih berkasnya di sini."),
            code="intake.not_handed_over",
        )
    if (path.stat().st_size if given is None else len(given)) > LARGEST:
        raise Declined(
            _("Berkas {name} terlalu besar.").format(name=path.name),
            _("Minta berkas yang lebih kecil."),
            code="intake.too_large",
        )
    if given is not None:
        return given
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, "no file")
    if not path.is_file():  # reading it might never end
        raise Declined(
            _("{name} bukan berkas biasa.").format(name=path.name),
            _("Salin isinya ke sebuah berkas, lalu pilih berkas itu."),
            code="intake.unreadable",
        )
    return path.read_bytes()


def read_chosen(path: Path, most: int) -> bytes:
    """A certificate file of at most `most` bytes. Runs on a worker; raises Declined when it cannot be used."""
    try:
        given = held(path)
        content = given if given is not None else path.read_bytes() if path.stat().st_size <= most else b""
    except OSError:
        content = b""
    if not content:
        raise Declined(
            _("Berkas {name} tidak dapat dipakai.").format(name=path.name), _("Pilih berkas sertifikat dari CA.")
        )
    return content
