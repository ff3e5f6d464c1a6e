"""What values look like, wherever they stand: numbers by their structure, names and offices by their words."""

import re
import unicodedata
from collections.abc import Iterator

from lockdesk.core import letter_dates
from lockdesk.core.identity import TITLES, read_nik, read_nip
from lockdesk.words import MONTHS

_GAP = r"[ .\-–]{0,2}"
NIP = re.compile(rf"(?<![\w.])\d(?:{_GAP}\d){{17}}(?!\d)")
NIK = re.compile(rf"(?<![\w.])\d(?:{_GAP}\d){{15}}(?!{_GAP}\d)")
EMAIL = re.compile(r"(?<![\w.+-])[\w+-][\w.+-]{0,62}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}(?![\w@-])")
PHONE = re.compile(r"(?<![\w+])(?:\(?\+? ?62\)?|0)[ .\-–]{0,2}8[1-9](?:[ .\-–()]{0,2}\d){6,11}(?!\d)")
LANDLINE = re.compile(
    r"(?<![\w+])\(?(?:\+62 ?|0)[2-7]\d{1,2}\)?[ .\-–]?\d(?:[ \-–]?\d){4,8}(?!\d)"
    r"(?:\s?(?:ext|ekst|psw|pesawat)\b\.?\s?\d{1,5})?"
)
DATE = re.compile(letter_dates.PATTERN, re.IGNORECASE)
PLACE_DATE = re.compile(
    rf"^\W*[A-Z][A-Za-z.' ]{{2,30}}?,?\s*(?:(?:pada\s+)?(?:tanggal|tgl\.?)\s*:?\s*)?(?P<date>{DATE.pattern})",
    re.IGNORECASE,
)
HEX = re.compile(
    r"(?<![0-9A-Za-z])(?:0x)?(?:[0-9A-F]{2}(?:\s?[:.\-–]\s?|\s)){3,31}[0-9A-F]{2}(?![0-9A-Za-z])"
    r"|(?<![0-9A-Za-z])(?:0x)?[0-9A-F]{4}(?:(?:[ :\-–]{0,2}|\.)[0-9A-F]{4}){1,15}(?:(?:[ :\-–]{0,2}|\.)[0-9A-F]{1,3})?"
    r"(?![0-9A-Za-z])"
    r"|(?<![0-9A-Za-z])(?:0x)?[0-9A-F]{8,64}h?(?![0-9A-Za-z])",
    re.IGNORECASE,
)
LETTER_NUMBER = re.compile(r"(?<![\w/])[A-Z0-9][\w.\-]{0,20}(?:\s?/\s?[\w.\-]{1,24}){1,6}(?!\w)")

_PREFIX = r"(?:(?:Prof|Drs|Dra|dr|drg|Dr|Ir|H|Hj|KH|R|R\.A|R\.R|Raden|Ns|Apt|apt|Tn|Ny)(?:\.\s*|\s+))"
_LABELS = r"(?!(?:NIP|NIK|NIPPPK|NI|NRP|HP|WA|No|Nomor)\b)"
_WORD = rf"{_LABELS}(?:[A-Z]\.(?:[A-Z]\.)*|[A-Z][A-Za-z’'`\-]*[A-Za-z](?:[’'](?!\w)|\.)?|[A-Z][a-z]{{0,3}}\.)"
_NO_TITLE = (
    r"(?!(?i:NIP|NIK|NI|NRP|HP|WA|No|Nomor|Jabatan|Unit|Email|Pegawai|Guru|Staf|Kepala|OPD|Yth|Hal|Di|Kota|Dan"
    r"|Dinas|C?PNS|C?PPPK|ASN)\b)"
)
_PART = rf"{_NO_TITLE}[A-Z][A-Za-z]{{0,5}}"
TITLE = (
    rf"(?:{_PART}(?:\.\s?{_PART}){{1,3}}\.?|[A-Z]:[A-Z]:|{_PART}\.|{_NO_TITLE}[A-Z]{{2,5}}(?!\w)"
    r"|(?:Ns|Ners|Gr|Apt|Lc|Ak|Psikolog)(?!\w))"
)
"""A title behind a comma: it has a dot, or is a few capitals."""
_SUFFIXES = rf"(?:\s?,\s?{TITLE}(?![\w@]))*"
BALINESE = r"I\s+(?=(?:Gusti|Gst|Wayan|Made|Nyoman|Ketut|Putu|Kadek|Komang|Gede|Gde|Dewa|Nengah|Ngurah|Kt|Md|Wyn)\b)"
"""The "I" before a man's name in Bali, which is no stroke."""
_PARTICLE = r"(?:bin|binti|bt\.|ibnu|ibn|al|br\.?|boru|van|de|da|dos)"
"""What is written small between the words of a name: Arabic, Batak, European."""
NAME = re.compile(
    rf"(?<![\w.])(?:{_PREFIX}){{0,4}}(?:{BALINESE})?{_WORD}(?:\s+(?:{_PARTICLE}\s+)?{_WORD}){{0,6}}{_SUFFIXES}"
)
"""A name as letters write it: words that begin large, titles before it and, behind commas, after it."""
POSITION_HEADS = (
    "Dokter", "Guru", "Perawat", "Bidan", "Apoteker", "Pranata", "Analis", "Statistisi", "Perencana", "Pengelola",
    "Pengadministrasi", "Penyuluh", "Arsiparis", "Pustakawan", "Auditor", "Penata", "Staf", "Kepala", "Sekretaris",
    "Camat", "Lurah", "Bendahara", "Pengawas", "Penelaah", "Operator", "Teknisi", "Sanitarian", "Nutrisionis",
    "Widyaiswara", "Asisten", "Koordinator", "Verifikator", "Penyusun", "Pemeriksa", "Pamong", "Instruktur", "Medik",
    "Radiografer", "Fisioterapis", "Epidemiolog", "Entomolog", "Administrator", "Penghulu", "Dosen", "Lektor",
    "Peneliti", "Perekayasa", "Penilik", "Asesor", "Konselor", "Psikolog", "Polisi",
)  # fmt: skip
"""Words with which positions begin. Data: meant to grow."""
_NO_NAME = {
    "kepala", "sekretaris", "camat", "lurah", "direktur", "inspektur", "walikota", "bupati", "gubernur", "asisten",
    "ketua", "wakil", "plt", "plh", "pj", "pjs", "a.n", "an", "u.b", "staf", "koordinator", "kabid", "kasubbag",
    "kasi", "kabag", "kadis", "kadin", "dinas", "badan", "kecamatan", "kelurahan", "pemerintah", "kota", "kabupaten",
    "pembina", "penata", "pengatur", "juru", "yang", "mengetahui", "menyetujui", "pemohon", "hormat", "nama", "nip",
    "nik", "tembusan", "kepada", "yth", "jalan", "nomor", "hal", "perihal", "lampiran", "sifat", "surat", "formulir",
    "permohonan", "pernyataan", "demikian", "saya", "dengan", "tanda", "tangan", "materai", "meterai", "ttd",
    "sertifikat", "passphrase", "bapak", "ibu", "saudara", "sdr", "sdri", "jabatan", "unit", "instansi", "telepon",
    "email", "e-mail", "alamat", "tanggal", "pejabat", "atasan", "pimpinan", "verifikator", "rumah", "puskesmas",
    "rsud", "kementerian", "balai", "bsre", "opd", "skpd", "pns", "asn", "pppk", "cap", "stempel", "bidang", "bagian",
    "seksi", "subbagian", "sekolah", "sd", "smp", "sma", "smk", "tk", "uptd", "upt", "setda", "indonesia", "republik",
    "senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu", "wib", "menyatakan", "membuat", "atas",
    "inspektorat", "sekretariat", "kantor", "reset", "tte", "csr", "pelapor", "pengusul", "catatan", "terima", "kasih",
    "pos-el", "surel", "diterima", "petugas", "oleh", "penerima", "pemberi", "kuasa", "mohon", "alasan", "layanan",
    "jenis", "pangkat", "golongan", "satuan", "kerja", "whatsapp", "wa", "telegram", "hp",
    "menetapkan", "memutuskan", "menimbang", "mengingat", "memperhatikan", "menunjuk", "perangkat",
    "employee", "national", "id", "serial", "number", "position", "department", "date", "full", "certificate",
    "daerah", "no", "pegawai", "ptt", "thl", "kapolres", "cpns", "cpppk",
    "ahli", *(head.casefold() for head in POSITION_HEADS), *(month.casefold() for month in MONTHS),
}  # fmt: skip
_NO_FIRST = {
    "berkenaan", "sehubungan", "berhubung", "bersama", "bersamaan", "berdasarkan", "adapun", "terkait", "selanjutnya",
    "apabila", "segala", "untuk", "maka", "karena", "kami", "pada", "bahwa", "sebagai", "selaku", "dikarenakan", "guna",
    "agar", "supaya", "namun", "sementara", "dalam", "dari", "ini", "itu", "tersebut", "terlampir", "menindaklanjuti",
    "merujuk", "sesuai", "setelah", "sebelum", "sejak", "saat", "ketika", "besar", "semoga", "sekian", "akibat",
    "pertama", "kedua", "ketiga", "keempat", "kelima", "selama", "seluruh", "semua", "adalah",
    "calon", "negeri", "penyebabnya", "penyebab", "kendala", "ybs",
}  # fmt: skip
"""With what sentences begin, and no name: further on in one, "Guna" may be."""
_RANKS = {"pembina", "penata", "pengatur", "juru", "utama", "madya", "muda", "tingkat", "tk", "i"}
"""What a rank is called; no name consists of these alone."""
_LARGE_OR_AND = r"(?:\s+(?:[A-Z][\w/-]*(?:\.[\w/-]+)*|dan(?=\s+[A-Z])))"
_GRADE = r"(?:Ahli\s+(?:Pertama|Muda|Madya|Utama)|Terampil|Mahir|Penyelia|Pemula)\b"
POSITION = re.compile(
    rf"(?:(?:{'|'.join(POSITION_HEADS)}){_LARGE_OR_AND}*|[A-Z][\w/-]*{_LARGE_OR_AND}{{0,7}}?\s+{_GRADE})"
    rf"(?:\s+[-–]\s+[A-Z][a-z]+{_LARGE_OR_AND}{{0,4}})?"
)
"""A position by its first word, or by the grade with which a functional one ends."""
OFFICE_HEAD = (
    r"\b(?:Dinas|Badan|Bappeda|Kecamatan|Kelurahan|Inspektorat|Sekretariat|Satuan|Satpol|Kantor|Bagian|Bidang|UPTD?|RSUD"
    r"|Rumah\s+Sakit|Puskesmas|Setda|Sekolah|SD|SDN|SMP|SMPN|SMA|SMAN|SMK|SMKN|TK|PAUD|Balai|BPBD|BKPSDM|BPKAD|Kesbangpol"
    r"|Instalasi|Klinik|Poliklinik|Dinkes|Dinsos|Dishub|DPUPR|DLH|DPMPTSP|Dinperkim|Dindagkop|Dinkominfo|Diskominfo|Disdukcapil|Dindik|Lembaga|Politeknik|Universitas|Akademi|Laboratorium|Museum|Pasar"
    r"|Perpustakaan|KPU|Bawaslu|Korpri|Perumda|PDAM|BLUD)\b"
)
OFFICE = re.compile(rf"{OFFICE_HEAD}(?:\s+(?:dan|dan\s+Pengembangan|[A-Z0-9][\w.’'\-/]*)){{0,9}}")
"""An office by its first word and the words with large letters behind it."""


_TOP_LEVELS = frozenset(
    [
        "id",
        "com",
        "net",
        "org",
        "edu",
        "gov",
        "info",
        "biz",
        "asia",
        "app",
        "dev",
        "cloud",
        "online",
        "site",
        "xyz",
        "io",
        "me",
        "my",
        "sg",
        "au",
        "uk",
        "us",
        "jp",
        "de",
        "nl",
        "eu",
    ]
)
"""Top levels that arrive here: what ends otherwise ("…@kota.go.i", "…@dinas.pekal") is torn off."""


def find_email(text: str) -> "re.Match[str] | None":
    """The first address in `text` that has a top level; "…@kota.go.i" is a torn one."""
    return next((found for found in EMAIL.finditer(text) if _has_top_level(found[0])), None)


def _has_top_level(address: str) -> bool:
    return address.rstrip(".").rpartition(".")[2].casefold() in _TOP_LEVELS


_LARGE = r"[A-Z][\w’'\-/]*"
_LISTED = re.compile(
    rf"{OFFICE_HEAD}(?:\s+{_LARGE}){{1,6}}(?:,\s+{_LARGE}(?:\s+{_LARGE}){{0,3}}){{1,5}}"
    rf",?\s+(?:dan|serta)\s+{_LARGE}(?:\s+{_LARGE}){{0,4}}"
)
"""An office with an enumeration in its name: "Dinas Pemberdayaan Masyarakat, Perempuan dan Perlindungan Anak"."""


def find_office(text: str, start: int = 0) -> "re.Match[str] | None":
    """The office that stands at `start`."""
    return _LISTED.match(text, start) or OFFICE.match(text, start)


_HEX_RUN = re.compile(r"(?:0x)?[0-9A-F]+(?:[ :.\-–]{1,3}[0-9A-F]+)*", re.IGNORECASE)
HEX_ROW = re.compile(r"(?=\D*\d)[0-9A-F]+(?:[ :.\-–]{1,3}[0-9A-F]+)*[:.\-–]?", re.IGNORECASE)
"""A row in which a long number may go on: it may break anywhere, within a byte too."""
WHOLE_KEY = 64
"""The hex digits of a SHA-256."""


def hex_digits(text: str) -> str:
    return re.sub(r"[^0-9a-f]", "", plain_hex(text).casefold())


def find_key(text: str, start: int = 0) -> "re.Match[str] | None":
    """The digits that may name a key, from `start` on: a whole SHA-256 however it is grouped and wherever it is
    wrapped, else what looks like any hex number."""
    found = HEX.search(text, start)
    run = _HEX_RUN.match(text, found.start()) if found is not None else None
    if found is None or run is None or len(hex_digits(found[0])) == WHOLE_KEY:
        return found
    for end in re.finditer(r"(?<=[0-9A-Fa-f])(?![0-9A-Fa-f])", run[0]):
        if len(hex_digits(run[0][: end.start()])) == WHOLE_KEY:
            return _HEX_RUN.match(text, run.start(), run.start() + end.start())
    return found


def keys_in(text: str) -> Iterator["re.Match[str]"]:
    """Every one of them."""
    found = find_key(text)
    while found is not None:
        yield found
        found = find_key(text, found.end())


def is_position(text: str) -> bool:
    """Whether all of a text is a functional position, by its grade: no office is called so."""
    return re.search(rf"{_GRADE}$", text) is not None and re.search(OFFICE_HEAD, text) is None


def plain_hex(text: str) -> str:
    """A hex number without what a program puts before it."""
    return re.sub(r"^0x", "", text.strip(), flags=re.IGNORECASE)


def find_name(text: str) -> "re.Match[str] | None":
    """The first name in `text` that is none of the words which letters write large without being names."""
    for found in NAME.finditer(text):
        if is_name(found[0]):
            return found
    return None


def is_name(text: str, labelled: bool = False) -> bool:
    """Whether words that look like a name can be one; behind a label its second word may be a position's, too."""
    words = [word.strip(".,()").casefold() for word in re.split(r"[\s,]+", text)]
    words = [word for word in words if word]
    words = words[words[:2] == ["wa", "ode"] :]  # a name's beginning in Buton, and no short word for WhatsApp
    if re.match(r"\W*[IVX]+\.(?:\s|$)", text) or re.match(OFFICE_HEAD, text):  # a heading's number, an office
        return False
    if not words or any(char.isdigit() for char in text) or sum(map(str.isalpha, text)) < 3:
        return False
    own = [word for word in words if word not in TITLES and word not in _RANKS and len(word) > 1]
    titled = re.fullmatch(TITLE, text.strip()) is not None and re.match(_PREFIX, text.strip()) is None
    if not own or words[0] in _NO_FIRST or titled:
        return False
    return words[0] not in _NO_NAME and (labelled or not set(words[1:2]) & (_NO_NAME - {"mei"}))


def valid_nip(text: str) -> bool:
    return not read_nip(text).problem


def valid_nik(text: str) -> bool:
    return not read_nik(text).problem


def typed(text: str) -> Iterator[tuple[str, tuple[int, int]]]:
    """Values that are known by their structure alone, with their spans: e-mail, NIP, NIK, mobile number."""
    taken: list[tuple[int, int]] = []
    checks = {
        "email": (EMAIL, _has_top_level),
        "nip": (NIP, valid_nip),
        "nik": (NIK, valid_nik),
        "phone": (PHONE, None),
    }
    for field, (pattern, valid) in checks.items():
        for found in pattern.finditer(text):
            span = found.span()
            if any(span[0] < end and start < span[1] for start, end in taken):
                continue
            if valid is None or valid(found[0]):
                taken.append(span)
                yield field, span


def normal(text: str) -> str:
    """NFKC with plain blanks: how every value is compared."""
    return " ".join(unicodedata.normalize("NFKC", text).split())
