"""The high-water mark: how far the journal had come, kept outside the database, and in the keyring besides."""

import os
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from lockdesk.core.journal import GENESIS, JournalHead
from lockdesk.errors import Damaged, Unreachable
from lockdesk.vault import keyrings
from lockdesk.vault.files import replace_file
from lockdesk.words import _


class Marks:
    """The mark in `mark.bin` beside the database, encrypted; and its echo in the keyring (`identifier` not "").

    What that finds: a database put back alone, by the file; a folder put back whole, by the keyring.
    """

    def __init__(self, folder: Path, key: bytes, identifier: str) -> None:
        self._path = folder / "mark.bin"
        self._key = key
        self._identifier = identifier

    def read(self, excused: bool = False) -> tuple[JournalHead, bool]:
        """The newest head recorded anywhere, and whether one was lost.

        Raises Damaged when a mark was altered or taken away, unless that is `excused`; Unreachable when the keyring,
        which has the other one, is closed.
        """
        heads = [JournalHead(0, GENESIS)]
        places = [self._filed, self._kept] if self._identifier else [self._filed]
        for place in places:
            try:
                heads.append(place())
            except Damaged:
                if not excused:
                    raise
        return max(heads, key=lambda head: head.count), len(heads) <= len(places)

    def _filed(self) -> JournalHead:
        try:
            raw = self._path.read_bytes()
            return _head_of(AESGCM(self._key).decrypt(raw[:12], raw[12:], b"mark"))
        except (InvalidTag, ValueError, OSError) as error:
            raise _altered(_("Tanda batas rekam jejak berubah di luar program."), "vault.mark_damaged") from error

    def _kept(self) -> JournalHead:
        try:
            return _head_of(keyrings.load(mark_name(self._identifier)))
        except ValueError as error:
            raise _altered(_("Tanda batas rekam jejak berubah di luar program."), "vault.mark_damaged") from error
        except Unreachable as error:
            if error.code != keyrings.KEY_MISSING:
                raise
            # It is there from the first day, so that its absence means that somebody took it away.
            message = _("Tanda batas rekam jejak di penyimpan kata sandi komputer sudah dihapus.")
            raise _altered(message, "vault.mark_cleared") from error

    def write(self, head: JournalHead) -> None:
        """Raises OSError; the old mark then stays."""
        nonce = os.urandom(12)
        replace_file(self._path, nonce + AESGCM(self._key).encrypt(nonce, _body(head), b"mark"))

    def echo(self, head: JournalHead) -> None:
        """Repeats it in the keyring. Raises Unreachable; nothing to do without one."""
        if self._identifier:
            keyrings.store(mark_name(self._identifier), _body(head))


def mark_name(identifier: str) -> str:
    """Its entry in the keyring of a profile."""
    return f"{identifier}/mark"


def _altered(message: str, code: str) -> Damaged:
    remedy = _("Hubungi Kepala Bidang; jangan melanjutkan pencatatan sebelum diperiksa.")
    return Damaged(message, remedy, code=code)


def _body(head: JournalHead) -> bytes:
    return head.count.to_bytes(8, "big") + head.digest


def _head_of(body: bytes) -> JournalHead:
    """Raises ValueError for what `_body` cannot have made."""
    if len(body) != 40:
        raise ValueError("mark")
    return JournalHead(int.from_bytes(body[:8], "big"), body[8:])
