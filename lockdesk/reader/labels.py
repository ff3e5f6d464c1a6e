"""How Indonesian letters call the fields of an identity block. Data: meant to grow with what arrives."""

import re

_NUMBER = r"(?:(?:nomor|no|nmr) )?"
_OFFICE = r"(?:instansi|opd|skpd|perangkat daerah)"
_DEVICE = r"(?:hp|handphone|telepon|telp|tlp|ponsel|wa|whatsapp|kontak)"

_LABELS = {
    "name": r"nama(?: (?:lengkap|pemohon|pegawai|pns|asn|pemilik(?: sertifikat)?))?"
    r"(?: (?:dan|beserta|dengan) gelar)?",
    "nip": r"(?:n ?i?[il1] ?p|ni ?pppk|nomor induk pegawai(?: negeri(?: sipil)?)?)(?: nip)?"
    r"(?:/ ?(?:ni ?pppk|nipppk|nik|nrp))?",
    "nik": _NUMBER + r"(?:n ?i?[il1] ?k|ktp|induk kependudukan)(?: (?:nik|ktp))?(?:/ ?" + _NUMBER + r"(?:ktp|nik))?",
    "position": r"(?:nama )?jabatan(?: (?:terakhir|saat ini|struktural|fungsional))?",
    "agency": r"(?:nama |asal )?(?:" + _OFFICE + r"|satuan kerja)(?: opd| skpd)?(?: asal)?"
    r"(?:/ ?(?:unit kerja|" + _OFFICE + r"))*",
    "unit": r"(?:unit|unit kerja|unit organisasi|bagian|bidang)(?:/ ?" + _OFFICE + r")*",
    "email": r"(?:alamat )?(?:email|surel|surat elektronik|posel)"
    r"(?: (?:dinas|kedinasan|kantor|resmi|instansi))?",
    "phone": _NUMBER + _DEVICE + r"(?: ?/ ?" + _DEVICE + r")*"
    r"(?: (?:aktif|seluler|genggam|hp|wa|yang dapat dihubungi))*",
    "serial": r"(?:(?:nomor|no) seri|serial number|serial|nomor serial)(?: sertifikat)?(?: elektronik)?"
    r"(?: lama)?(?: yang (?:akan )?dicabut)?",
    "letter_number": r"(?:nomor|no)(?: surat)?",
    "letter_date": r"tanggal(?: surat)?",
    "key_fingerprint": r"(?:sidik jari|fingerprint)(?: kunci(?: publik)?)?(?: csr)?(?: sha256)?",
    "other": r"pangkat(?:/ ?golongan)?(?: ruang)?|golongan(?: ruang)?|alamat|hal|perihal|lampiran|sifat"
    r"|tempat(?:/ ?| dan )tanggal lahir|masa berlaku|penerbit|keperluan|alasan",
}
_PATTERNS = {field: re.compile(pattern) for field, pattern in _LABELS.items()}


def field_of(text: str) -> str | None:
    """The field that `text` is a label of ("unit" and "other" besides the fields of StatementFields)."""
    plain = re.sub(r"[().*]", " ", text.casefold().replace("-", "").replace("–", ""))
    plain = re.sub(r"\s*/\s*", "/", " ".join(plain.rstrip(" :=").split()))
    return next((field for field, pattern in _PATTERNS.items() if pattern.fullmatch(plain)), None)
