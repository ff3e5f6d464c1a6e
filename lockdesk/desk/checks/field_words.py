"""How the officer reads the fields of a letter, and in which form."""

from lockdesk.core.identity import digits, mask_nik
from lockdesk.words import N_

FIELD_WORDS = {
    "name": N_("Nama"),
    "nip": "NIP",
    "nik": "NIK",
    "position": N_("Jabatan"),
    "agency": N_("Unit kerja"),
    "email": "E-mail",
    "phone": N_("Telepon"),
    "serial": N_("Nomor seri"),
    "letter_number": N_("Nomor surat"),
    "letter_date": N_("Tanggal surat"),
    "key_fingerprint": N_("Sidik jari kunci"),
}


def shown(field: str, text: str) -> str:
    """An NIK is masked wherever it is shown."""
    return mask_nik(digits(text)) if field == "nik" and text else text
