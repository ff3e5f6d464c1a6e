"""A passphrase said in words: noticed before anything is stored, never handed on.

Whoever forgot a passphrase likes to tell the ones that were tried. What counts as one is the word for it, at most a
few words of a known kind behind it, and then a value that no sentence would hold there.
"""

import re
import unicodedata
from typing import Annotated

from lockdesk.patterns import late_pattern

Prose = Annotated[str, "prose"]
"""What somebody writes down here in own words. Of every stored value it is looked through for a passphrase."""

_NOUN = (
    r"(?:p(?:h)?ass?\s?(?:ph?rase|frasa|frase|word|wd|code)|passphrasa|frasa\s+sandi|kata\s+sandi|kata\s+kunci|sandi"
    r"|pwd|pin)(?:[-\s]?nya)?"
)
_FILLERS = (
    r"(?:\s+(?:saya|kami|beliau|lama|baru|sebelumnya|terakhir|awal|sementara|default|tte|sertifikat|elektronik|bsre"
    r"|akun|surel|e-?mail|dinas|yang|dulu|pertama|ini|itu|kalau\s+tidak\s+salah|kemungkinan|mungkin|sepertinya))*"
)
_SAID = r"\s*(?::|=|->|→|\b(?:adalah|yaitu|yakni|ialah)\b)\s*(?:saya\s+)?"
_QUOTED = r"[\"“”'‘’«»`](?P<quoted>[^\"“”'‘’«»`\n]{4,60})[\"“”'‘’«»`]"
_VALUE = r"(?P<value>[^\s,;\"“”]{4,60})"
_SHORT = late_pattern(rf"\b(?:pass|pw)[ \t]*(?::|=|->)[ \t]*{_VALUE}", re.IGNORECASE)
"""Words that mean a passphrase only where a sign stands behind them."""
_STATED = late_pattern(rf"\b{_NOUN}{_FILLERS}{_SAID}(?:{_QUOTED}|{_VALUE})", re.IGNORECASE)
_BARE = late_pattern(rf"\b{_NOUN}{_FILLERS}\s+(?:{_QUOTED}|{_VALUE})", re.IGNORECASE)
_PLAIN = late_pattern(
    rf"\b{_NOUN}{_FILLERS}[ \t]*(?P<sign>:|=|->|→|\b(?:adalah|yaitu|yakni|ialah)\b)[ \t]*(?:saya[ \t]+)?"
    r"(?P<value>\w{4,40})[ \t]*(?=[.,;!?)\n]|$)",
    re.IGNORECASE,
)
"""A word alone behind the noun and a sign, or a date's worth of digits."""
_PLAIN_AT_END = late_pattern(
    rf"\b{_NOUN}(?:\s+(?:tte|lama|sertifikat|elektronik|bsre))*\s+saya\s+(?P<value>[^\W\d_]{{4,40}})"
    r"\s*(?=[.!]|\n\s*\n|$)",
    re.IGNORECASE,
)
"""A sentence's last word behind "passphrase saya"."""
_WORD_AND_YEAR = late_pattern(
    rf"\b{_NOUN}{_FILLERS}[ \t]*(?::|=)[ \t]*(?P<value>(?!jan|feb|mar|apr|mei|jun|jul|agu|sep|okt|nov|des|tahun|per\b)"
    r"[^\W\d_]{3,20})[ \t]+(?:19|20)\d\d\b",
    re.IGNORECASE,
)
"""A word and a year behind the noun and a sign; a month and a year say when."""
_BEFORE_NOUN = late_pattern(rf"(?P<value>\S{{6,40}})\s+(?:sebagai|untuk|jadi)\s+{_NOUN}\b", re.IGNORECASE)
_AFFIXED = late_pattern(r"(?:ter|di|ke|ber|me|pe[mn]|se)\w{4,}|\w+nya", re.IGNORECASE)
_BLANK = late_pattern(r"[._…\-–*•xX\[\]☐☑☒✓✔()]+")
_NO_VALUE = late_pattern(
    r"(?:https?://|www\.)\S+|\S+@\S+\.\S+|(?:0|\+62)\d{8,13}|\d{16}|\d{18}|\d{8}|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}"
    r"|(?:19|20)\d\d|(?:[0-9a-f]{2}:){3,}[0-9a-f]{2}|[0-9a-f]{24,}|e-?mail|sha-?\d+|bsre|[ivx]+/[a-e]"
    r"|(?:lock|adu|latih)-[\w-]+|x\.?509|pkcs#?\d+|\d+x24|[\w.-]+(?:/[\w.-]+){2,}|[a-z.]+/\d{4}",
    re.IGNORECASE,
)  # fmt: skip
_STRONG = late_pattern(r"(?=.*[a-z])(?=.*[^a-z\s'’().,:/–-])", re.IGNORECASE)

_NO_PLAIN = late_pattern(
    r"(?:lupa|hilang|salah|gagal|bocor|rusak|error|aman|baru|lama|kosong|nihil|tidak|belum|sudah|telah|tiada|keliru"
    r"|sama|benar|beda|terlampir|terlepas|ter(?:lupa|kunci|blok|hapus|tutup|buka|cecer|tukar|simpan|catat|selip)\w*"
    r"|di(?:lupa|ketahui|reset|ganti|hapus|blok|kunci|tolak|cabut|simpan|ubah|ingat|atur|perbarui|perlukan|maksud)\w*"
    r"|ke(?:lupa|rahasia|amanan|wajib|hilang)\w*|(?:me|pe)(?:lupa|reset|ngganti|nggantian|mulihan|ndaftaran)\w*"
    r"|reset|resetnya|kedalu?warsa|kadalu?warsa|expired|revoked?|forgot(?:ten)?|lost|unknown|none|null|locked"
    r"|rahasia|pribadi|tersebut|sendiri|dimaksud|tanda|sertifikat|elektronik|passphrase|password|passcode|sandi|kunci"
    r"|pencabutan|penerbitan|permohonan|penggantian|perubahan|pembaruan|kendala|masalah|kosong\w*|bermasalah|berubah"
    r"|kembali|lagi|dahulu|dulu|pertama|kedua|ketiga|terakhir|semula|awal|bapak|ibu|saudara|kami|beliau|dinas|kantor"
    r"|lenyap|macet|ngadat|raib|kacau|luput|cabut|terbitkan|ganti|ubah|aktifkan|isi|lihat|baca|buat|atur|miliki|gunakan"
    r"|pakai|punya|contoh|misalnya|isian|pemohon|pegawai|pemilik|saja|juga|nonaktif|aktif|sementara|permanen|mati|hangus)",
    re.IGNORECASE,
)
"""What forms and sentences say of a passphrase in one word."""

_OF_WORD_AND_YEAR = late_pattern(r"[A-Z][A-Za-z]{2,}\d{2,4}[!#@*]?")
_OF_ALL_KINDS = late_pattern(r"(?=\S*[A-Za-z])(?=\S*\d)(?=\S*[#@!$%&*])[^:/()|\[\]]{4,24}")
"""Letter, digit and sign in one word. This and the above OCR does not make of ordinary words."""

_NAMED = late_pattern(rf"\b{_NOUN}\b(?!\s+negara)", re.IGNORECASE)
_FAR, _FURTHEST = 9, 400
"""How many words behind the noun a value may still be its own, and in how many characters they are looked for."""
_SENTENCE_END = late_pattern(r"\n[\s>]*\n|\n[\s>]*[A-Za-z][\w /.()-]{1,40}\s*:\s|(?<=[.?;…])\s|(?<=!)\s+(?=[A-Z])")
_SIGN = late_pattern(r"[#@!$%^&*+=~]")
_NAMES_NEXT = late_pattern(
    r"nomor|nomer|no|seri|serial|versi|tiket|jari|sidik|berkas|file|fail|lampiran|pasal|ruang|gedung|telepon|hp|wa|nip"
    r"|nik|model|tipe|id|akun|username|perangkat|laptop|tanggal|tgl|kode|algoritma|kurva|hash|standar",
    re.IGNORECASE,
)
"""Words that name what stands behind them: it is no passphrase."""
_NO_TRIED = late_pattern(
    r"(?:base|sha|md|aes|rsa|dsa|ecdsa|ec|ed|curve|secp|prime|nist|pkcs|rfc|utf|tls|ssl|iso|snc?i|win|windows|office"
    r"|outlook|android|ios|word|excel|pdf|p|x|v|ver|versi|covid|csr|tte|bsre|ke)[-_.#]?\d+(?:[.-]\d+)*(?:[a-z]\d?)?"
    r"|galaxy-?\w+|sha-?\d+.*|bsre.*|(?:0x)?[0-9a-f:.-]{6,}|.*\d{7}.*|.*(?:__|\.\.|[()<>\[\]{}|\\\u2026]).*"
    r"|(?:\d{1,2}[-/.]?)?(?:jan|feb|mar|apr|mei|may|jun|jul|agu|aug|sep|okt|oct|nov|des|dec)[a-z]*[-/.]?\d{2,4}"
    r"|\d+[-–]?(?:bit|byte|[kmg]b|hari|jam|menit|detik|bulan|tahun|kali|huruf|karakter|digit|orang|an|th|x\d*\w*)"
    r"|[a-z]{1,10}(?:\.[a-z]{1,5})*[.]\d[\d.-]*|rp\.?\d.*|[^@]+@[a-z.-]+|www\..*|.*://.*"
    r"|.*\.(?:pdf|csr|pem|p12|pfx|p7m|key|docx?|xlsx?|odt|rtf|zip|rar|7z|jpe?g|png|webp|tiff?|heic|eml|msg|txt|id|com)",
    re.IGNORECASE,
)  # fmt: skip
"""What has letters and digits or signs as a passphrase has, and is none."""


def holds_passphrase(text: str, guessed: bool = False) -> bool:
    """Whether the words of a mail, a letter or a form field give a passphrase away. `guessed`: OCR read them, which
    makes odd values of ordinary words; then only what is said outright counts."""
    plain = unicodedata.normalize("NFKC", re.sub(r"\r\n?", "\n", text))
    outright = (
        *(_is_secret(found, said=True) for pattern in (_STATED, _SHORT) for found in pattern.finditer(plain)),
        *(_is_plain(found) for pattern in (_PLAIN, _WORD_AND_YEAR) for found in pattern.finditer(plain)),
        *(_is_tried(found["value"]) for found in _BEFORE_NOUN.finditer(plain)),
        *(_is_plain(found) and not _AFFIXED.fullmatch(found["value"]) for found in _PLAIN_AT_END.finditer(plain)),
    )
    if any(outright):
        return True
    if guessed:
        odd = (_OF_WORD_AND_YEAR, _OF_ALL_KINDS)
        return any(shape.fullmatch(found["value"] or "") for found in _BARE.finditer(plain) for shape in odd)
    if any(_is_secret(found, said=False) for found in _BARE.finditer(plain)):
        return True
    return any(_tells(plain[named.end() : named.end() + _FURTHEST]) for named in _NAMED.finditer(plain))


def looks_like_passphrase(text: str) -> bool:
    """True when words that name a passphrase are followed by what may be one: in a mail that would be noticed, or where
    it is only begun. What somebody writes down here must not hold it."""
    lowered = text.casefold()
    begun = (f"{word}{mark}" for word in ("passphrase", "kata sandi", "password") for mark in (":", " :", "=", " ="))
    return holds_passphrase(text) or any(start in lowered for start in begun)


def _is_secret(found: "re.Match[str]", said: bool) -> bool:
    if found.groupdict().get("quoted") is not None:
        odd = _STRONG.match(found["quoted"]) or re.search(r"[a-z][A-Z]", found["quoted"])
        return bool(odd) or (said and not _BLANK.fullmatch(found["quoted"]))
    value = found["value"].strip(".,;:!?)(\"'")
    if len(value) < 4 or _NO_VALUE.fullmatch(value) or _BLANK.fullmatch(value):
        return False
    if _STRONG.match(value):
        return True
    if not said:
        return False
    return value.isdigit() or bool(re.search(r"[a-z][A-Z]", value))


def _is_plain(found: "re.Match[str]") -> bool:
    value = found["value"]
    if value.isdigit():
        return len(value) not in (16, 18)
    return value.isalpha() and not _NO_PLAIN.fullmatch(value)


def _tells(behind: str) -> bool:
    """Whether the rest of a sentence about a passphrase holds, among its next words, one that is no word."""
    end = _SENTENCE_END.search(behind)
    words = re.split(r"[\s,;\"“”]+", (behind[: end.start()] if end else behind).lstrip())[:_FAR]
    return any(
        _is_tried(word) and not _NAMES_NEXT.fullmatch(before.strip(".:()"))
        for before, word in zip(["", *words], words, strict=False)
    )


def _is_tried(word: str) -> bool:
    """Letters with digits or signs between them, such as nobody writes in a sentence: a small letter among them, and
    nothing that numbers, names or addresses something."""
    value = word.strip(".,;:!?)('*#@&<>_–-‘’`[]")
    if not 6 <= len(value) <= 40 or not re.search(r"[a-z]", value) or _NO_VALUE.fullmatch(value):
        return False
    if _NO_TRIED.fullmatch(value):
        return False
    signs = bool(_SIGN.search(value))
    if not signs and re.search(r"[/:]", value):
        return False
    return signs or any(ch.isdigit() for ch in value)
