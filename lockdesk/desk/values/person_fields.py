"""Every field that describes a person, a row each: forms, the register, its import, the comparison, the checks and
the letter's reader follow it. What a request has too stands in `PersonTexts` as well, and a migration adds its column.
"""

from collections.abc import Callable

from lockdesk.core.identity import (
    NameMatch,
    compare_names,
    digits,
    mask_nik,
    mask_phone,
    normal_phone,
    print_nip,
    print_phone,
    read_nik,
    read_nip,
)
from lockdesk.pki.values import parse_serial
from lockdesk.records import dataclass
from lockdesk.words import N_, _

NIK_PROBLEMS = {
    "length": N_("NIK harus terdiri atas 16 digit angka. Saat ini terisi {n} digit."),
    "region": N_("Kode wilayah pada NIK tidak dikenal."),
    "date": N_("Tanggal lahir pada NIK tidak mungkin."),
    "serial": N_("Nomor urut NIK tidak boleh 0000."),
}
NIP_PROBLEMS = {
    "length": N_("NIP harus terdiri atas 18 digit angka. Saat ini terisi {n} digit."),
    "date": N_("Tanggal pada NIP tidak mungkin."),
    "sex": N_("Digit jenis kelamin pada NIP tidak mungkin."),
}


def nik_fault(text: str) -> str:
    """What is wrong with an NIK, in words; "" when nothing is."""
    read = read_nik(text)
    return _(NIK_PROBLEMS[read.problem]).format(n=len(read.number)) if read.problem else ""


def nip_fault(text: str) -> str:
    """What is wrong with an NIP, in words; "" when nothing is."""
    read = read_nip(text)
    return _(NIP_PROBLEMS[read.problem]).format(n=len(read.number)) if read.problem else ""


# A form keeps what the paper says: an impossible number is the check's to judge, one too short a slip of typing.
def _nik_typed(text: str) -> str:
    return nik_fault(text) if read_nik(text).problem == "length" else ""


def _nip_typed(text: str) -> str:
    return nip_fault(text) if read_nip(text).problem == "length" else ""


def _phone_typed(text: str) -> str:
    return "" if normal_phone(text) else _("Nomor ini bukan nomor telepon Indonesia.")


def _email_typed(text: str) -> str:
    whole = text.count("@") == 1 and "." in text.rpartition("@")[2]
    return "" if whole else _("Alamat e-mail belum lengkap.")


def _serial_typed(text: str) -> str:
    return "" if parse_serial(text) else _("Nomor seri hanya memuat angka dan huruf A sampai F.")


def _same_words(written: str, known: str) -> str:
    return "" if " ".join(written.split()).casefold() == " ".join(known.split()).casefold() else "different"


def _same_name(written: str, known: str) -> str:
    match = compare_names(written, known)
    return "" if match == NameMatch.SAME else match


def _same_digits(written: str, known: str) -> str:
    return "" if digits(written) == digits(known) else "different"


def _same_phone(written: str, known: str) -> str:
    return "" if normal_phone(written) == normal_phone(known) else "different"


def _same_serial(written: str, known: str) -> str:
    return "" if parse_serial(written) & parse_serial(known) else "different"


def _as_typed(text: str) -> str:
    return text.strip()


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _phone(text: str) -> str:
    return normal_phone(text) or text.strip()


@dataclass(frozen=True, slots=True)
class PersonTexts:
    """What a request says of a person: an attribute for each row with `on_request`."""

    name: str = ""
    nip: str = ""
    nik: str = ""
    position: str = ""
    agency: str = ""
    email: str = ""
    phone: str = ""
    serial: str = ""


@dataclass(frozen=True, slots=True)
class PersonField:
    """One field. `label` heads a table, `asked` a form; `heads` are what a sheet's column, or a letter, may call it.

    `fault`: what is wrong with a typed text, in words. `clean`: how it is stored. `shown`: how it is read. `differs`:
    "" when two texts mean the same, else how they differ. `compared`: part of the identity, letter against register;
    `must_agree`: a difference stops the case. `on_request`: a request has it too, not the register alone.
    """

    name: str
    label: str
    asked: str
    heads: tuple[str, ...]
    mono: bool = False
    compared: bool = True
    must_agree: bool = False
    on_request: bool = True
    fault: Callable[[str], str] = lambda _text: ""
    clean: Callable[[str], str] = _as_typed
    shown: Callable[[str], str] = str
    differs: Callable[[str, str], str] = _same_words


PERSON_FIELDS = (
    PersonField(
        "name", N_("Nama"), N_("Nama lengkap"), ("nama", "nama lengkap", "nama pegawai", "name"),
        must_agree=True, clean=_one_line, differs=_same_name,
    ),
    PersonField(
        "nip", "NIP", "NIP", ("nip", "nip baru", "nomor induk pegawai"),
        mono=True, must_agree=True, fault=_nip_typed, clean=digits, shown=print_nip, differs=_same_digits,
    ),
    PersonField(
        "nik", "NIK", "NIK", ("nik", "no ktp", "nomor ktp", "no. ktp"),
        mono=True, must_agree=True, fault=_nik_typed, clean=digits, shown=mask_nik, differs=_same_digits,
    ),
    PersonField("position", N_("Jabatan"), N_("Jabatan"), ("jabatan", "position")),
    PersonField(
        "agency", N_("Unit kerja"), N_("Unit kerja"),
        ("unit kerja", "instansi", "perangkat daerah", "opd", "unit", "agency"),
    ),
    PersonField(
        "email", "E-mail", N_("E-mail dinas"),
        ("e-mail", "email", "e-mail dinas", "email dinas", "surel", "surel dinas"),
        fault=_email_typed, clean=lambda text: text.strip().casefold(),
    ),
    PersonField(
        "phone", N_("Telepon"), N_("Nomor HP"),
        ("telepon", "no hp", "nomor hp", "no. hp", "hp", "phone", "nomor telepon"),
        mono=True, fault=_phone_typed, clean=_phone, shown=print_phone, differs=_same_phone,
    ),
    PersonField(
        "serial", N_("Nomor seri"), N_("Nomor seri sertifikat lama"),
        ("nomor seri", "nomor seri sertifikat", "serial", "seri sertifikat"),
        mono=True, compared=False, fault=_serial_typed, differs=_same_serial,
    ),
)  # fmt: skip
BY_NAME = {field.name: field for field in PERSON_FIELDS}
REQUEST_FIELDS = tuple(field for field in PERSON_FIELDS if field.on_request)
LETTER_LABELS = {
    **{field.name: field.label for field in REQUEST_FIELDS},
    "letter_number": N_("Nomor surat"),
    "letter_date": N_("Tanggal surat"),
    "key_fingerprint": N_("Sidik jari kunci"),
}
"""What a letter says, person and paper, in the officer's words."""


def fault_in(name: str, text: str) -> str:
    """What is wrong with a field as typed, in words; "" when nothing is, or it is empty."""
    text = text.strip()
    return BY_NAME[name].fault(text) if text else ""


MASKED = frozenset({"nik", "phone"})
"""Of these `masked` shows a part."""


def masked(name: str, text: str) -> str:
    """An NIK and a telephone number are masked wherever nobody needs them whole; everything else as it is written."""
    return mask_phone(text) if name == "phone" and text else compared(name, text)


def discreet(name: str, text: str) -> str:
    """As a list or a person's sheet shows it: in its groups, and masked where nobody needs it whole."""
    return masked(name, text) if name == "phone" else BY_NAME[name].shown(text)


def compared(name: str, text: str) -> str:
    """As it is shown where it is compared: of a telephone number every digit counts."""
    return mask_nik(digits(text)) if name == "nik" and text else text
