"""Cells of a sheet as fields of a person: numbers that a spreadsheet has spoilt are put right where that is certain.

Excel keeps 15 significant digits (IEEE 754 doubles keep 2^53 exactly): what is longer and was typed as a number has
lost its last digits for ever, however it is formatted afterwards.
"""

import re
from collections.abc import Callable, Mapping

from lockdesk.core.identity import digits, normal_phone, read_nik, read_nip
from lockdesk.desk.values.facts import Cell
from lockdesk.desk.values.person_fields import BY_NAME, nik_fault, nip_fault
from lockdesk.words import N_, _

MOST_EXACT = 1 << 53
HOW_TO_REPAIR = N_(
    "Digit yang hilang tidak dapat dikembalikan dari berkas ini. Di lembar asalnya beri kolom NIP, NIK, dan nomor "
    "seri format Teks, isi kembali nomornya dari aplikasi kepegawaian, ekspor ulang, lalu impor lagi."
)
"""What the officer asks the personnel office for."""
_SCIENTIFIC = re.compile(r"(\d)[.,](\d+)\s*[eE]\+?(\d{1,2})")
_LABEL = re.compile(r"(?:nip|nik)[\s.:]*", re.IGNORECASE)
_NOTHING = frozenset({"", "-", "–", "—", "0"})
_NIP_BESIDE = re.compile(r"(?:\bNIP\b[\s.:]*)?((?:\d[\s.]?){17}\d)(?!\d)", re.IGNORECASE)
_EDGES = re.compile(r"^[\s/|;()–-]+|[\s/|;()–-]+$")
_BETWEEN = re.compile(r"[\s'’‘`´\"=.\u00a0-]+")
"""What people and programs write between digits, or before them so that a spreadsheet takes them for text."""


class SpoiltCell(ValueError):
    """The cell does not say what the field was; its text is the reason in words."""


def written(cell: Cell) -> str:
    """A cell as it is shown."""
    if isinstance(cell, str):
        return cell
    return f"{cell:.0f}" if cell.is_integer() else repr(cell)


_BETWEEN_NUMBERS, _NO_DIGIT, _EXPONENT = re.compile(r"[/;,\n]"), re.compile(r"[^0-9+]"), re.compile(r"[eE]\+?\d")
_BROKEN = re.compile(r"(?<=[.@])\s+|\s+(?=[.@])")
_MAILBOX = re.compile(r"[\w.%+'-]+@[\w-]+(?:\.[\w-]+)+")
_NO_ADDRESS = re.compile(r"(?:tidak|belum)\s+(?:ada|punya)|nihil|kosong", re.IGNORECASE)


def name_and_nip(cell: Cell) -> dict[str, Cell]:
    """The two parts of a cell that holds both: "Sekar Contohwati, S.T. / NIP 19900215 201903 2 999"."""
    text = " ".join(written(cell).split())
    found = _NIP_BESIDE.search(text)
    if found is None:
        return {"name": text, "nip": ""}
    return {"name": _EDGES.sub("", text[: found.start()] + text[found.end() :]), "nip": found[1]}


def field_text(name: str, cell: Cell) -> str:
    """The field as the register stores it; "" for an empty cell. Raises SpoiltCell."""
    if written(cell).strip() in _NOTHING:
        return ""
    return _READERS.get(name, _as_stored)(name, cell)


def _as_stored(name: str, cell: Cell) -> str:
    return BY_NAME[name].clean(written(cell))


def _nip(_name: str, cell: Cell) -> str:
    if isinstance(cell, float):
        raise SpoiltCell(_("NIP disimpan sebagai angka; tiga digit terakhirnya hilang."))
    number = _identity_number(cell)
    if read_nip(number).problem:
        raise SpoiltCell(nip_fault(number))
    if number.endswith("000"):
        raise SpoiltCell(_("NIP berakhir 000: pernah disimpan sebagai angka, tiga digit terakhirnya hilang."))
    return number


def _nik(_name: str, cell: Cell) -> str:
    if isinstance(cell, float) and (written(cell).endswith("0") or cell > MOST_EXACT):
        raise SpoiltCell(_("NIK disimpan sebagai angka; digit terakhirnya mungkin hilang."))
    number = _identity_number(written(cell))
    if read_nik(number).problem:
        raise SpoiltCell(nik_fault(number))
    return number


def _identity_number(text: str) -> str:
    """Its digits, where it holds nothing else. Raises SpoiltCell."""
    text = _BETWEEN.sub("", text) if (found := _SCIENTIFIC.fullmatch(text.strip(" '’"))) is None else _whole(found)
    number = _LABEL.sub("", text)
    if digits(number) != number:
        raise SpoiltCell(_("Isinya bukan nomor: {text}.").format(text=text[:40]))
    return number


def _whole(found: re.Match[str]) -> str:
    """A number in scientific notation, where none of its digits was left out. Raises SpoiltCell."""
    mantissa = found[1] + found[2]
    if len(found[2]) != int(found[3]):
        raise SpoiltCell(_("Nomor tertulis {text}; digit belakangnya hilang.").format(text=found[0]))
    return mantissa


def _phone(_name: str, cell: Cell) -> str:
    """With the 0 that a spreadsheet drops; of several numbers the first one that is possible."""
    for part in _BETWEEN_NUMBERS.split(written(cell)):
        number = _NO_DIGIT.sub("", part)
        if number.startswith("62"):
            number = f"+{number}"
        elif number and number[0] not in "0+":
            number = f"0{number}"
        if not _EXPONENT.search(part) and (known := normal_phone(number)):
            return known
    raise SpoiltCell(_("Bukan nomor telepon Indonesia: {text}.").format(text=written(cell)[:40]))


def _email(name: str, cell: Cell) -> str:
    """One address, without what a mail program or a line break put around it; of several the first one."""
    text = _BROKEN.sub("", written(cell))
    if _NO_ADDRESS.fullmatch(text.strip()):
        return ""
    found = _MAILBOX.search(text)
    if found is None:
        raise SpoiltCell(_("Bukan alamat e-mail: {text}.").format(text=written(cell)[:40]))
    return BY_NAME[name].clean(found[0])


def _serial(_name: str, cell: Cell) -> str:
    if isinstance(cell, float) and cell > MOST_EXACT:
        raise SpoiltCell(_("Nomor seri disimpan sebagai angka; digit belakangnya hilang."))
    return written(cell)


_READERS: Mapping[str, Callable[[str, Cell], str]] = {
    "nip": _nip, "nik": _nik, "phone": _phone, "email": _email, "serial": _serial,
}  # fmt: skip
