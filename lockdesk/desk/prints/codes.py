"""The code of a print, made to be scanned or typed, and read back from either."""

import re
from dataclasses import dataclass

from lockdesk.core.journal import JournalHead
from lockdesk.errors import Declined
from lockdesk.words import _

QR_VERSION = "LD1"
OFFICE_NUMBER = "LOCK"
"""Stands where a document is about no case and no complaint."""
NO_ORDINAL = "0000"
_TYPED_DIGITS, LEAST_DIGITS = 4, 16
_QR = re.compile(rf"{QR_VERSION}\|([^|]{{1,60}})\|(\d{{1,12}})\|([0-9A-F]{{64}})", re.ASCII)
_TYPED = re.compile(rf"{QR_VERSION}-([0-9A-Z]{{1,8}})-(\d{{1,12}})-([0-9A-F]{{{_TYPED_DIGITS}}})", re.ASCII)
_DIGITS = re.compile(rf"[0-9A-F]{{{LEAST_DIGITS},64}}", re.ASCII)


@dataclass(frozen=True, slots=True)
class PrintedCode:
    """What a print says of itself: its number (or only the last part of it, where it was typed), its journal entry, and
    how the digest of that entry begins (hex), as the code and as the line beside it say."""

    number: str
    entry: int
    digits: tuple[str, ...]

    @property
    def most_digits(self) -> str:
        return max(self.digits, key=len)

    def names(self, number: str) -> bool:
        """Whether this is the number of a print about `number`; "" is about no case and no complaint."""
        if not number:
            return not any(char.isdigit() for char in ordinal_of(self.number).strip("0"))
        return self.number == number.upper() or self.number == ordinal_of(number)

    def begins(self, digest: str) -> bool:
        """Whether a digest (hex) begins as every place on the print says."""
        return all(digest.upper().startswith(digits) for digits in self.digits)


def qr_text(number: str, head: JournalHead) -> str:
    """What the QR holds: version, number, journal entry and all 64 hex digits of its head."""
    return f"{QR_VERSION}|{number}|{head.count}|{head.digest.hex()}"


def typed_code(number: str, head: JournalHead) -> str:
    """What can be typed instead of scanning: version, ordinal, entry, first four hex digits."""
    return f"{QR_VERSION}-{ordinal_of(number)}-{head.count}-{head.digest.hex()[:_TYPED_DIGITS].upper()}"


def ordinal_of(number: str) -> str:
    """The last part of a number."""
    return number.rsplit("-", 1)[-1].upper() if "-" in number else (number if number.isdigit() else NO_ORDINAL)


def read_code(code: str, digits: str = "") -> PrintedCode:
    """A code as it was scanned or typed, and the digits beside it where they were typed too. Raises Declined."""
    plain = re.sub(r"[\u2010-\u2015\u2212]", "-", "".join(code.split())).upper()
    found = _QR.fullmatch(plain) or _TYPED.fullmatch(plain)
    if found is None:
        raise Declined(
            _("Ini bukan kode cetakan."),
            _("Kode cetakan berbentuk LD1-0042-120-9F3A, di samping gambar QR."),
            code="print.code",
        )
    beside = "".join(digits.split()).upper()
    if beside and not _DIGITS.fullmatch(beside):
        raise Declined(
            _("Sidik catatan terdiri atas {n} angka atau huruf A sampai F.").format(n=LEAST_DIGITS),
            _("Salin sidik catatan seperti tercetak, atau kosongkan."),
            code="print.digits",
        )
    return PrintedCode(found[1], int(found[2]), (found[3], beside) if beside else (found[3],))
