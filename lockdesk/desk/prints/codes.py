"""The code of a print, made to be scanned or typed, and read back from either.

What is scanned is signed by the profile's key: whoever has the public key tells a forged code from one of ours, and a
journal that no longer has what its own key signed was put back. What is typed holds digits of the journal alone.
"""

import base64
import re
from collections.abc import Callable
from datetime import UTC, datetime

from lockdesk.core.journal import JournalHead
from lockdesk.desk.values.sheets import CodePart, PrintEntry
from lockdesk.errors import Declined
from lockdesk.records import dataclass
from lockdesk.words import _

TYPED_VERSION, SIGNED_VERSION = "LD1", "LD2"
OFFICE_NUMBER = "LOCK"
"""Stands where a document is about no case and no complaint."""
NO_ORDINAL = "0000"
Sign = Callable[[bytes], bytes]
_DOMAIN = b"lockdesk print 2\n"
_TYPED_DIGITS, LEAST_DIGITS = 4, 16
_DIGEST_BYTES, _SIGNATURE_BYTES = 32, 64
_MINUTE = "%Y%m%d%H%M"
_SIGNED = re.compile(
    rf"{SIGNED_VERSION}:([^:]{{1,60}}):([0-9A-Z-]{{1,40}}):(\d{{12}}):(\d{{1,12}}):([A-Z2-7]{{154}})", re.ASCII
)
_UNSIGNED = re.compile(rf"{TYPED_VERSION}\|([^|]{{1,60}})\|(\d{{1,12}})\|([0-9A-F]{{64}})", re.ASCII)
"""The QR of prints that were made before codes were signed."""
_TYPED = re.compile(rf"{TYPED_VERSION}-([0-9A-Z]{{1,8}})-(\d{{1,12}})-([0-9A-F]{{{_TYPED_DIGITS}}})", re.ASCII)
_DIGITS = re.compile(rf"[0-9A-F]{{{LEAST_DIGITS},64}}", re.ASCII)


@dataclass(frozen=True, slots=True)
class PrintClaim:
    """What a print says of itself, all of it signed: what it is about, its kind (one of DOCUMENTS, or "recovery"), when
    it was made, to the minute, and its journal entry with the digest."""

    number: str
    kind: str
    at: datetime
    head: JournalHead

    def statement(self) -> bytes:
        """What is signed."""
        return _DOMAIN + f"{self._open()}:{self.head.digest.hex()}".encode()

    def qr_text(self, sign: Sign) -> str:
        """What the QR holds: only characters that a QR code packs tightly, the digest and the signature as base32."""
        proof = base64.b32encode(self.head.digest + sign(self.statement())).decode().rstrip("=")
        return f"{SIGNED_VERSION}:{self._open()}:{proof}"

    def typed_code(self) -> str:
        """What can be typed instead of scanning: version, ordinal, entry, first four hex digits."""
        digits = self.head.digest.hex()[:_TYPED_DIGITS].upper()
        return f"{TYPED_VERSION}-{ordinal_of(self.number)}-{self.head.count}-{digits}"

    def _open(self) -> str:
        at = self.at.astimezone(UTC).strftime(_MINUTE)
        return f"{self.number.upper()}:{self.kind.upper().replace('_', '-')}:{at}:{self.head.count}"


def unsigned(_statement: bytes) -> bytes:
    """The Sign of a preview, which is no print: it takes as much room."""
    return bytes(_SIGNATURE_BYTES)


@dataclass(frozen=True, slots=True)
class PrintedCode:
    """A code that was read: its number (or only the last part of it, where it was typed), its journal entry, and how
    the digest of that entry begins (hex), as the code and as the line beside it say. `claim` and `signature`: of a
    signed code."""

    number: str
    entry: int
    digits: tuple[str, ...]
    claim: PrintClaim | None = None
    signature: bytes = b""

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

    def changed_from(self, made: PrintEntry) -> tuple[CodePart, ...]:
        """What the code says otherwise than the journal says of a print."""
        same = {
            CodePart.NUMBER: self.names(made.number),
            CodePart.ENTRY: self.entry == made.sequence,
            CodePart.DIGITS: self.begins(made.digest),
        }
        if self.claim is not None:
            same[CodePart.KIND] = self.claim.kind == made.kind
            same[CodePart.TIME] = self.claim.at == made.made_at.replace(second=0, microsecond=0)
        return tuple(part for part, holds in same.items() if not holds)


def ordinal_of(number: str) -> str:
    """The last part of a number."""
    return number.rsplit("-", 1)[-1].upper() if "-" in number else (number if number.isdigit() else NO_ORDINAL)


def read_code(code: str, digits: str = "") -> PrintedCode:
    """A code as it was scanned or typed, and the digits beside it where they were typed too. Raises Declined."""
    plain = re.sub(r"[\u2010-\u2015\u2212]", "-", "".join(code.split())).upper()
    beside = "".join(digits.split()).upper()
    if beside and not _DIGITS.fullmatch(beside):
        raise Declined(
            _("Sidik catatan terdiri atas {n} angka atau huruf A sampai F.").format(n=LEAST_DIGITS),
            _("Salin sidik catatan seperti tercetak, atau kosongkan."),
            code="print.digits",
        )
    signed = _SIGNED.fullmatch(plain)
    if signed is not None:
        return _read_signed(signed, beside)
    found = _UNSIGNED.fullmatch(plain) or _TYPED.fullmatch(plain)
    if found is None:
        raise _no_code()
    return PrintedCode(found[1], int(found[2]), (found[3], beside) if beside else (found[3],))


def _read_signed(found: re.Match[str], beside: str) -> PrintedCode:
    proof = base64.b32decode(found[5] + "======")
    try:
        at = datetime.strptime(found[3], _MINUTE).replace(tzinfo=UTC)
    except ValueError as error:
        raise _no_code() from error
    if base64.b32encode(proof).decode().rstrip("=") != found[5]:
        raise _no_code()  # the last character has bits to spare: a changed one is no code of ours
    digest, signature = proof[:_DIGEST_BYTES], proof[_DIGEST_BYTES:]
    kind, entry = found[2].lower().replace("-", "_"), int(found[4])
    claim = PrintClaim(found[1], kind, at, JournalHead(entry, digest))
    digits = digest.hex().upper()
    return PrintedCode(found[1], entry, (digits, beside) if beside else (digits,), claim, signature)


def _no_code() -> Declined:
    return Declined(
        _("Ini bukan kode cetakan."),
        _("Kode cetakan berbentuk LD1-0042-120-9F3A, di samping gambar QR."),
        code="print.code",
    )
