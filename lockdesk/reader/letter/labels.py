"""How Indonesian letters call what they carry. Data: meant to grow with what arrives.

A label is a handful of words: at least one that names the field, besides only such as go with any label.
"""

import re
from functools import lru_cache

from lockdesk.desk.values.person_fields import REQUEST_FIELDS
from lockdesk.reader.letter.shapes import POSITION_HEADS

_SPELLINGS = (
    (r"^\s*(?:dari|saya|a\.\s?n|a/n|atas\s+nama|(?:pemilik|pemohon|pemegang)(?:\s+sertifikat)?)\s*$", "nama"),
    (r"^\s*(?:nomor|no\.?)\s+(?:induk|pegawai)\s*$|\bnippk\b", "nip"),
    (r"\bsesuai\s+(?:e-?\s?ktp|ktp|sertifikat|sk|ijazah)\b", " "),
    (r"\bktp\s*-\s*el\b|\be-?\s?ktp\b|\b(?:nomor|no\.?)\s+identitas\b", "ktp"),
    (r"^\s*(?:tugas|formasi|profesi|kedudukan)\s*$", "jabatan"),
    (r"^\s*(?:rumah\s+sakit|fasilitas\s+kesehatan|unit\s+tugas|asal\s+unit)\s*$", "agency"),
    (r"^\s*(?:(?:be)?kerja|bertugas|(?:ber)?dinas|ditempatkan)\s+(?:di|pada)\s*$", "agency"),
    (r"\b(?:skpd|bidang|bagian|seksi)\s*/\s*(?:uptd?|bagian|seksi|unit)\b", "agency"),
    (r"(?<=[a-z])-?nya\b", ""),
    (r"^\s*yang\s+(?:mengajukan|memohon|bermohon|meminta)\s*$", "nama"),
    (r"\bkotak\s+surat\b", "email"),
    (r"^\s*sn\s*$", "serial"),
    (r"\bsidik\s+kunci\b", "fingerprint"),
    (r"^\s*unit\s*$", "agency"),
    (r"\b(?:dinas|badan|kantor|bagian|sekolah|unit)(?:\s*/\s*(?:dinas|badan|kantor|bagian|sekolah|unit))+", "agency"),
    (r"\bemployee\s+(?:id|number|no)\b|\bcivil\s+servant\s+(?:id|number|no)\b", "nip"),
    (r"\bid\s+card\s+(?:no|number)\b", "nik"),
    (r"\bnational\s+id(?:entity)?(?:\s+number)?\b|\bidentity\s+(?:card\s+)?number\b", "nik"),
    (r"\b(?:full\s+)?name\b", "nama"),
    (r"^\s*(?:tanggal\s*/?\s*)?date\s*$", "tanggal"),
    (r"^\s*alamat\s+(?:kerja|tugas|bekerja)\s*$|^\s*(?:nama\s+)?(?:kelurahan|kecamatan|bidang|bagian)\s*$", "agency"),
    (r"\bposisi\b", "jabatan"),
    (r"\bjab\.?(?=\s|$)|\bjabatannya\b", "jabatan"),
    (r"\b(?:telepon|telp|tlp|telpon)\.?\s+kantor\b", "faksimile"),
    (r"\bunor\b|\bsatuan\s+pendidikan\b|\b(?:me)?ngajar\s+di\b|\b(?:bertugas|bekerja)\s+di\b", "agency"),
    (r"\bposition\b|\bjob\s+title\b|\b(?:di)?tugas(?:kan)?\s+sebagai\b|\bbertugas\s+sebagai\b", "jabatan"),
    (r"\b(?:work\s+unit|office|department|institution|organi[sz]ation(?:al\s+unit)?)\b", "agency"),
    (r"\b(?:mobile|cell|phone)(?:\s+(?:phone|number|no))+\b", "hp"),
    (r"\b[jl1i|]abatan\b", "jabatan"),
    (r"\bnarna\b", "nama"),
    (r"\bnornor\b", "nomor"),
    (r"\be\s?[-–]\s?mail\b|\bsurat\s+elektronik\b|\bpos\s?[-–]?\s?el\b|\bsurel\b|\be\s?-?\s?rnail\b", "email"),
    (r"\bs\s?/\s?n\b", "serial"),
    (r"\b(?:nomor|no|id|nmr)\.?\s+sertifikat\b(?!\s+elektronik\s+baru)", "serial"),
    (r"\binduk\s+kependudukan\b|\bn\.?\s?i\.?\s?k\b", "nik"),
    (r"\bni\.?\s?pppk\b|\bnipppk\b|\binduk\s+(?:pegawai|pppk|asn|pns)(?:\s+negeri\s+sipil)?\b", "nip"),
    (r"\bn\.?\s?[il1]\.?\s?p\b", "nip"),
    (r"\bsidik\s+jari\b|\bsha\s?[-–]?\s?256\b", "fingerprint"),
    (r"\bperangkat\s+daerah\b|\bunit\s+(?:kerja|organisasi|instansi)\b|\bsatuan\s+kerja\b", "agency"),
    (r"\b(?:tempat|asal|lokasi)\s+(?:tugas|bertugas|(?:be)?kerja|dinas|instansi|sekolah|penempatan)\b", "agency"),
    (r"\bpenempatan\b|\bunit\s+pelaksana\b", "agency"),
    (
        r"^\s*(?:nama\s+)?(?:kantor|dinas|puskesmas|sekolah)(?:\s*/?\s*(?:instansi|kelurahan|kecamatan|dinas))?\s*$",
        "agency",
    ),
    (r"\bcontact\s+person\b|\bnara\s?hubung\b|\byang\s+(?:dapat|bisa)\s+dihubungi\b", "phone"),
)
_CORES = {
    "serial": {"seri", "serial"},
    "key_fingerprint": {"fingerprint", "thumbprint", "hash", "digest"},
    "email": {"email", "mail"},
    "phone": {
        "hp", "handphone", "telepon", "telp", "tlp", "telpon", "ponsel", "wa", "whatsapp", "kontak", "cp", "seluler",
        "phone", "hape", "genggam", "gawai", "mobile",
    },
    "nik": {"nik", "ktp"},
    "nip": {"nip", "nrp", "nrk"},
    "position": {"jabatan", "pekerjaan"},
    "agency": {"agency", "instansi", "instalasi", "opd", "skpd", "satker", "kesatuan", "lembaga", "organisasi"},
    "letter_date": {"tanggal", "tgl", "tertanggal"},
    "name": {"nama"},
    "letter_number": {"nomor", "no"},
}  # fmt: skip
"""In the order in which they win: "nama jabatan" is a position, "alamat e-mail" an address."""
_HEADS = {head: field.name for field in REQUEST_FIELDS if field.name not in _CORES for head in field.heads}
"""Fields that letters call as sheets do."""
FOREIGN = frozenset({
    "kk", "rekening", "darurat", "laptop", "komputer", "notebook", "printer", "token", "pelatihan",
})  # fmt: skip
"""Of what else a letter gives numbers: no person's, no certificate's."""
_OTHERS = {
    "pangkat", "golongan", "gol", "hal", "perihal", "lampiran", "sifat", "lahir", "ttl", "agama", "kelamin",
    "pendidikan", "keterangan", "ket", "alasan", "faksimile", "keperluan", "layanan", "berlaku", "penerbit", "tmt",
    "eselon", "status", "kepada", "tujuan", "catatan", "tembusan", "jenis", "paraf", "alamat", "dasar", "uraian",
    "pengaduan", "kendala", "npwp", "karpeg", *FOREIGN, "usia", "umur", "dibuat", "diterima", "terbit",
}  # fmt: skip
_BESIDES = {
    "lengkap", "pemohon", "pegawai", "pns", "asn", "pppk", "pemilik", "sertifikat", "elektronik", "lama", "dinas",
    "kedinasan", "kantor", "resmi", "aktif", "terdaftar", "pribadi", "yang", "dan", "beserta", "dengan", "gelar",
    "tanpa", "sesuai", "di", "pada", "saat", "ini", "terakhir", "struktural", "fungsional", "kerja", "daerah", "asal",
    "nmr", "akun", "pengguna", "user", "bersangkutan", "tempat", "tugas", "saya", "publik", "kunci", "csr", "akan",
    "dicabut", "digit", "angka", "tte", "bsre", "address", "number", "pengajuan", "surat", "permohonan", "induk",
    "kependudukan", "atau", "negeri", "sipil", "perangkat", "ruang", "a.n", "bisa", "dihubungi", "person", "hexa",
    "atas", "milik", "karyawan", "baru", "akhir", "berakhiran", "terang", "pengisian", "masuk", "pembuatan",
    "official", "desimal", "bagian", "bidang", "calon", "pengusul", "unit", "masa", "rumah", "ditandatangani",
    "tertulis", "belajar", "key", "pengganti", "diminta", "dimohonkan", "dimohon", "pemegang", "tercantum", "personel",
    "aparatur", "pelaksana", "sekarang", "dalam", "dipakai", "portal", "certificate", "nilai", "digital", "public",
    "jejak", "laporan", "permintaan", "pernyataan", "isi", "hari", "cpns", "cpppk", "work", "pelapor", "lupa",
    "perumda",
}  # fmt: skip
_PROFESSIONS = {*(head.casefold() for head in POSITION_HEADS), "penguji", "konselor", "tenaga", "kesehatan"} - {
    "kepala", "verifikator", "operator", "pengelola", "sekretaris", "camat", "lurah",
}  # fmt: skip
"""Of whom a name may be asked: "Nama bidan"."""
_ROLES = {
    "superior": {
        "atasan", "langsung", "pejabat", "pimpinan", "kepala", "penandatangan", "pemberi", "rekomendasi", "penanggung",
        "jawab",
    },
    "verifier": {"verifikator", "petugas", "admin", "operator", "pengelola"},
    "authorised": {"penerima", "kuasa", "kuasanya", "wakil"},
    "contact": {"saksi", "bendahara"},
}  # fmt: skip
PARTS_OF_OFFICE = {"kelurahan", "kecamatan", "bidang", "bagian"}
"""Labels only where the part is named again ("Bidang: Bidang Aset"): else it is one's name, or of an address."""
MOST_LABEL_WORDS = 8
_SPACED = re.compile(r"\b(?:[a-z]\s){2,}[a-z]\b")
_ASIDE = re.compile(r"\(([^()]*)(?:\)|$)")


_PATTERNS = tuple((re.compile(pattern), f" {spelt} ") for pattern, spelt in _SPELLINGS)
_ANY_SPELLING = re.compile("|".join(pattern for pattern, _spelt in _SPELLINGS))
_KNOWN = frozenset().union(*_CORES.values())
_VOCABULARY = _KNOWN.union(_BESIDES, _OTHERS, _PROFESSIONS, *_ROLES.values())
_LONG_WORD = re.compile(r"[a-z]{4,}")
_MAY_BE_RESPELT = re.compile(
    "|".join(sorted({run for pattern, _spelt in _SPELLINGS for run in re.findall(r"(?<!\\)[a-z]{3,}", pattern)}))
)
"""What every long word that a spelling names has in it: others need not be sought in all of them."""


@lru_cache(maxsize=1024)
def also_named(text: str) -> tuple[str, ...]:
    """The other fields of a person that a label names besides its own: "Nama/NIP"."""
    said = set(re.findall(r"[a-z]+", _respelt(text.casefold())))
    return tuple(name for name in ("name", "nip", "nik", "email", "phone") if said & _CORES[name])


@lru_cache(maxsize=4096)
def label_of(text: str) -> tuple[str, str] | None:
    """The field that `text` is a label of ("other" for one that nobody asks about), and whose it says that it is
    ("" for no one in particular); None for no label."""
    plain = _SPACED.sub(lambda found: re.sub(r"\s", "", found[0]), text.casefold()).strip(" :=.[]{}|")
    return (_HEADS[plain], "") if plain in _HEADS else _by_words(plain)


def _respelt(plain: str) -> str:
    """The text with each spelling that letters use replaced by the word that it stands for."""
    if _ANY_SPELLING.search(plain) is None:  # of most texts
        return plain
    for pattern, spelt in _PATTERNS:
        plain = pattern.sub(spelt, plain)
    return plain


def _by_words(plain: str) -> tuple[str, str] | None:
    if not plain.startswith("("):
        # "(sesuai KTP)", "(@kantor.go.id)"; what number it is may stand there too: "Kunci publik (SHA-256)"
        plain = _ASIDE.sub(lambda found: f" {found[1]} " if "sha" in found[1] else " ", plain)
    if any(word not in _VOCABULARY and not _MAY_BE_RESPELT.search(word) for word in _LONG_WORD.findall(plain)):
        return None
    plain = _respelt(plain)
    words = re.findall(r"[a-z]+(?:\.[a-z])?|\d+|[^\s\w().,/:*&+\-–]", plain.replace("a.n.", "a.n"))
    words = [word for word in words if not word.isdigit()]
    if not words or len(words) > MOST_LABEL_WORDS or re.search(r"\d{3}", plain):
        return None
    said = set(words)
    role = next((name for name, its in _ROLES.items() if said & its), "")
    rest = said - _ROLES.get(role, set()) - _BESIDES
    field = next((name for name, its in _CORES.items() if said & its), "")
    known = _KNOWN if field else frozenset()
    known |= _PROFESSIONS if field == "name" else frozenset()
    if not rest <= known | _OTHERS or (words[0] == "kepala" and (not field or field == "agency")):
        return None  # "Kepala Dinas Pendidikan" is an office that somebody holds
    before = "lama" in said and field in {"position", "agency", "name", "email", "phone"}
    before = before or (field == "serial" and "perangkat" in said)  # a machine's
    spoken_of = field in {"email", "phone", "serial", "nik"} and said & _OTHERS <= {"alamat", "jenis"}
    if before or (said & _OTHERS and not spoken_of):
        return "other", role
    if field == "letter_number" and not said <= {"nomor", "no", "surat"}:
        return None
    return (field, role) if field else None
