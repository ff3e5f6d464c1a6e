"""Which service a paper is for, by its own words: titles, ticks, what is asserted and what is only supposed. Data."""

import re
from collections.abc import Iterator, Sequence

from lockdesk.patterns import late_pattern
from lockdesk.records import dataclass
from lockdesk.words import N_

THIS = "this"
_SECRET = r"(?:pass?\s?-?\s?(?:ph?|f)(?:ra|ar)s[ae]s?|frasa\s+sandi|sandi\s+frasa)"
_WORD = r"(?:kata\s+sandi|password|sandi|pin)"
_SIGNATURE = r"(?:tte|sertifikat|tanda\s+tangan\s+elektronik|bsre|esign|e-sign)"
_ELSEWHERE = r"(?:e-?mail|surel|pos-?el|kotak\s+surat|webmail|aplikasi|simpeg|sipd|srikandi|wi-?fi|akun\s+google)"
_OWN = rf"(?:{_SECRET}|{_WORD}(?:\s+\w+){{0,3}}\s+{_SIGNATURE}|{_WORD}\s*\(\s*{_SECRET})"
_LOST = r"(?:(?:ter|ke|di|me)?lupa(?:nya|an(?:nya)?|kan(?:nya)?)?|alpa|kealpaan|kelalen|kesupen|lali)"
_NOT = r"(?:tidak|tak|belum)"
_KNOWN = r"(?:(?:ter|di|meng)?ingat|hafal|hapal|(?:tahu|mengetahui|ketahui|diketahui)\s+lagi)"
_FORGOTTEN = late_pattern(
    rf"\b{_LOST}\b(?:\s+(?:dengan|akan|terhadap|atas|pada))?(?:\s+[\w/-]+){{0,4}}?,?(?:\s+|/){_OWN}|\b{_OWN}\b[^.;]{{0,90}}?\b{_LOST}\b"
    rf"|\b(?:{_NOT}\s+(?:\w+\s+){{0,3}}?{_KNOWN}|(?:gagal|sulit|susah|lalai)\s+(?:meng)?ingat)\b[^.;]{{0,40}}?\b{_OWN}"
    rf"|\b{_OWN}\b[^.;]{{0,60}}?\b(?:gagal|sulit|susah)\s+(?:\w+\s+){{0,2}}?(?:meng)?ingat"
    rf"|\b{_OWN}\b[^.;]{{0,60}}?\b(?:luput|lepas|hilang)\s+dari\s+ingatan"
    rf"|\b(?:selalu|terus|berkali-kali|berulang\s*(?:kali|-ulang))\s+(?:\w+\s+){{0,2}}?(?:salah|keliru|gagal)\b[^.;]{{0,40}}?\b{_OWN}"
    rf"|\b{_OWN}\b[^.;]{{0,110}}[.;]\s+[^.;]{{0,60}}?\b(?:{_LOST}|(?:me|ter)lupakannya|tidak\s+(?:\w+\s+){{0,2}}?(?:meng)?ingat(?:nya)?)\b"
    rf"|\b(?:ke)?hilang(?:an)?\s+ingatan\b[^.;]{{0,30}}?\b{_OWN}|\bingatan\b[^.;]{{0,30}}?\b{_OWN}\b[^.;]{{0,20}}?\bhilang\b"
    rf"|\b{_OWN}\b[^.;]{{0,110}}?\b{_NOT}\b(?:\s+\w+){{0,2}}?\s+{_KNOWN}\b|\bforgot(?:ten)?\s+(?:(?:the|my)\s+)?passphrase\b",
    re.IGNORECASE,
)
_PAPER = late_pattern(r"\b(?:[Ss]urat|format|formulir|blangko|berkas)\s+(?:pernyataan|permohonan)\s*$")
"""Right before: it is the paper's name that is said, not that anything is forgotten."""
_RESET = late_pattern(
    rf"\b(?:reset|mereset|me-reset|pengaturan\s+ulang|atur\s+ulang|setel\s+ulang|pemulihan|penggantian)\b"
    rf"(?:\s+[\w/-]+){{0,3}}?\s+{_OWN}|\b{_OWN}\b[^.;]{{0,60}}?\b(?:di\s?-?reset|direset|diatur\s+ulang)",
    re.IGNORECASE,
)
_SUPPOSED = late_pattern(
    r"\b(?:bila(?:mana)?|jika|apabila|(?<!lapor\s)(?<!melaporkan\s)kalau|seandainya|ketika|saat(?!\s+ini)|dalam\s+hal|tata\s+cara|cara"
    r"|prosedur|agar\s+tidak|tidak(?!\s+(?:bisa|dapat|lagi|berhasil))|bukan(?:\s+karena)?|jangan|supaya\s+tidak|materi"
    r"|sosialisasi|antisipasi|mencegah|pernah|melapor(?![^.;]*\bbahwa\b)|menangani|penanganan|pelayanan|layanan|terkait|mengenai|tentang)\b"
    r"(?:\s+[\w/-]+){0,4}\s*$",
    re.IGNORECASE,
)
"""Words right before that make it a supposition, a denial or a subject of talk."""
_SERVICE_ASKED = late_pattern(
    r"\b(?:(?:me|di)?mohon(?:kan)?|permohonan|(?:me|di)?minta|permintaan|mengajukan|pengajuan)\s+(?:\w+\s+){0,2}?"
    r"(?:pe)?layanan\s*$",
    re.IGNORECASE,
)
"""Right before: the service is asked for by its name."""
_DENIED = late_pattern(
    r"\b(?:tidak|bukan|jangan|agar|bila|jika|apabila|kalau)\b(?:(?!\b(?:karena|sebab|lantaran|akibat)\b)[^,]){0,25}\blupa",
    re.IGNORECASE,
)
_ASKING = late_pattern(
    r"\b(?:(?:di)?mohon(?:kan)?|memohon|permohonan|bermohon|permintaan|meminta|(?:di)?minta(?:kan)?|mengajukan|ajukan|direkomendasikan|merekomendasikan|menyatakan"
    r"|pernyataan|dapat\s+di|agar\s+di|untuk\s+di|dilakukan|alasan|pengajuan|formulir|memberitahukan|melapor(?:kan)?|rekomendasi|untuk\s+melakukan|menghendaki|(?:meng)?ingin(?:kan)?|keinginan"
    r"|mengharapkan|(?:di|ber)?harap(?:kan|an)?|hendaknya|kiranya|tolong|silakan|ajuan|(?:meng|di)usulkan|usulan|menyerahkan|rela|supaya"
    r"|untuk\s+(?:men)?cabut|diminta)",
    re.IGNORECASE,
)
_CAUSE = late_pattern(
    r"(?<!bukan\s)\b(?:karena|lantaran|sebab|akibat|dikarenakan|disebabkan|berhubung)\s*$", re.IGNORECASE
)
"""Right before: what is said is the cause of something that is so."""
_WHEN = late_pattern(r"\b(?:ketika|saat)\b(?:\s+[\w/-]+){0,4}\s*$", re.IGNORECASE)
_HAPPENED = late_pattern(r"\b(?:sudah|telah|ternyata)\b", re.IGNORECASE)
""""When I wanted to use it, I had forgotten it" is no supposition."""
_UNTRUE = late_pattern(r"^[^.;]{0,60}?\b(?:tidak\s+benar|keliru|hoaks|bohong|bukan\s+dari\s+saya)\b", re.IGNORECASE)
"""Right behind: what was said is denied."""
_REQUEST = late_pattern(
    r"\b(?:(?:di|me|ke)?mohon(?:kan)?|(?:me)?minta|mengajukan|serahkan|tolong|supaya)\b[^.;]{0,90}?\b(?:dicabut|pencabutan|penerbitan\s+ulang|diterbitkan\s+ulang)",
    re.IGNORECASE,
)
_REVOKED = late_pattern(r"\b(?:pencabutan|dicabut|cabut|penerbitan\s+ulang)\b", re.IGNORECASE)
"""In a title: a new certificate for one that is revoked is no first one."""
_REPLACED = late_pattern(
    r"\b(?:sertifikat|diterbitkan|penerbitan|dibuatkan)\b[^.;]{0,40}?\b(?:baru|pengganti|ulang|kembali)\b", re.I
)
"""What is deleted or disabled is to be replaced: that is what this service does."""
_NOT_ASKED = late_pattern(r"\b(?:bukan|saya\s+kira|(?:saya\s+)?mengira|semula|awalnya|mulanya)\b[^.;]*$", re.IGNORECASE)
"""Right before: what follows is not what the paper is for."""
_BOTH = late_pattern(
    r"\b(?:dan|serta|sekaligus)\s+(?:surat\s+)?(?:permohonan|permintaan|pernyataan)\b|[/&]\s*(?:permohonan|permintaan)\b",
    re.I,
)
"""In a title that names another kind of paper first."""
_QUOTED = late_pattern(r"[“\"«]([^”\"»]{30,600})[”\"»]")
_DONE = late_pattern(
    r"(?<!yang\s)\b(?:telah|sudah)\s+(?:berhasil\s+|selesai\s+)?(?:di\s?reset|direset|dicabut|diterbitkan|diselesaikan|dilaksanakan|ditangani|dilakukan"
    r"\s+reset|menerima\s+(?:\w+\s+){0,2}?(?:sertifikat|passphrase))",
    re.IGNORECASE,
)

OTHER_WORDS = {
    "invitation": N_("undangan"),
    "decree": N_("surat keputusan atau surat tugas"),
    "power_of_attorney": N_("surat kuasa"),
    "cover_letter": N_("surat pengantar"),
    "report": N_("laporan, berita acara, atau panduan"),
    "registration": N_("pendaftaran sertifikat yang pertama"),
    "renewal": N_("pembaruan sertifikat yang habis masa berlakunya"),
    "mailbox": N_("kata sandi kotak surat atau aplikasi lain"),
    "deletion": N_("penghapusan akun atau sertifikat"),
    "change": N_("perubahan data atau jabatan"),
    "trouble": N_("laporan kendala"),
    "denial": N_("bantahan atau pembatalan permohonan"),
    "complaint": N_("pengaduan"),
    "answer": N_("jawaban kantor kepada pemohon"),
    "seal": N_("segel elektronik instansi"),
    "talk": N_("data atau pelatihan tentang layanan ini"),
}
_TITLES: tuple[tuple[str, "re.Pattern[str]"], ...] = tuple(
    (kind, late_pattern(pattern, re.IGNORECASE))
    for kind, pattern in (
        ("invitation", r"\bundangan\b"),
        ("decree", r"\b(?:surat\s+)?keputusan\b|\bsurat\s+(?:perintah\s+)?tugas\b|\bmemutuskan\b|\bsurat\s+edaran\b"),
        ("power_of_attorney", r"\b(?:surat\s+)?kuasa\b"),
        ("cover_letter", r"\b(?:surat\s+)?pengantar\b"),
        ("complaint", r"\b(?:pengaduan|keluhan)\b"),
        ("answer", r"\bpengembalian\b|\btanggapan\b|\bpemberitahuan\s+hasil\b|\bjawaban\s+(?:atas|terhadap)\b"),
        ("report", r"\b(?:laporan|berita\s*acara|serah\s*terima|notula|notulen|risalah|tata\s+cara|lembar\s+informasi"
                   r"|pengumuman|imbauan|waspada|awas|warta|panduan|standar\s+(?:operasional|pelayanan)|prosedur"
                   r"|tanda\s*terima|buku\s+petunjuk|bukti\s+penyelesaian|sosialisasi|bimbingan\s+teknis|pelatihan)\b"),
        ("mailbox", rf"\b{_WORD}\b[^.;]{{0,20}}\b{_ELSEWHERE}"),
        ("registration", r"\b(?:pendaftaran|registrasi|pembuatan"
                         r"|penerbitan\s+(?:sertifikat\s+(?:elektronik\s+)?)?baru)\b"),
        ("renewal", r"\b(?:pembaruan|pembaharuan|perpanjangan|renewal|memperpanjang)\b"),
        ("deletion", r"\b(?:penghapusan|penonaktifan|nonaktif|menghapus)\b"),
        ("change", r"\b(?:perubahan|pemutakhiran|mutasi|pindah\s+(?:unit|instansi))\b"),
        ("trouble", r"\b(?:kendala|gangguan|error|galat)\b"),
    )
)  # fmt: skip
_ASKED_OTHERWISE: tuple[tuple[str, "re.Pattern[str]"], ...] = tuple(
    (kind, late_pattern(pattern, re.IGNORECASE))
    for kind, pattern in (
        ("denial", r"\btidak\s+(?:pernah\s+)?(?:mengajukan|memohon|meminta)\b[^.;]{0,40}?"
                   r"\b(?:pencabutan|penerbitan|reset|permohonan)"
                   r"|\b(?:membatalkan|menarik\s+kembali|mencabut)\s+(?:surat\s+)?(?:permohonan|pernyataan|pengajuan)"),
        ("complaint", r"\b(?:mengadukan|mengeluhkan)\b|\bSampai\s+hari\s+ini\s+belum\b"),
        ("answer", r"\byang\s+Saudara\s+(?:kirim|ajukan|sampaikan)"
                   r"|\bpermohonan\s+Saudara\b|\b[Mm]enjawab\s+(?:surat|permohonan)\s+Saudara\b|\bbelum\s+dapat\s+(?:kami\s+)?(?:di)?proses"),
        ("power_of_attorney", r"(?<!tidak\s)(?<!tanpa\s)\bmemberi(?:kan)?\s+kuasa\b"),
        ("seal", r"\bsegel\s+elektronik\b"),
        ("talk", r"\b(?:data|rekap\w*|jumlah)\s+(?:jumlah\s+)?(?:pegawai|ASN|PNS)\s+yang\s+lupa\b"
                 r"|\bpelatihan\s+(?:bagi|untuk)\s+(?:pegawai|ASN|PNS)\b"),
        ("invitation", r"\b(?:mengharap(?:kan)?\s+kehadiran|mengundang|diharapkan\s+hadir)\b"),
        ("decree", r"\b(?:memutuskan|menetapkan|menugaskan)\b"),
        ("cover_letter", r"\b(?:kami\s+(?:kirimkan|sampaikan|teruskan)|disampaikan|dikirimkan)\b[^.;]{0,60}"
                         r"\b(?:surat|berkas(?!\s+CSR)|dokumen|pernyataan)"),
        ("mailbox", rf"\b{_WORD}\s+(?:[\w-]+\s+){{0,2}}{_ELSEWHERE}"
                    r"|\bpassphrase\s+(?:\w+\s+)?(?:wi-?fi|bitlocker|windows|laptop|komputer|akun\s+google)\b"),
        ("registration", r"\b(?:pertama\s+kali|pendaftaran\s+(?:baru|sertifikat)|registrasi\s+baru"
                         r"|belum\s+(?:pernah\s+)?(?:memiliki|mempunyai))\b"),
        ("renewal", r"\b(?:perpanjangan|pembaruan|pembaharuan|memperpanjang|memperbarui)\s+"
                    r"(?:masa\s+berlaku\s+)?sertifikat"
                    r"|\bmasa\s+berlaku\w*\b[^.;]{0,40}\b(?:habis|berakhir)"
                    r"|(?<!belum\s)(?<!tidak\s)(?<!bukan\s)\b(?:kedaluwarsa|kadaluarsa|kadaluwarsa|kedaluarsa|expired)\b"),
        ("deletion", r"\b(?:penghapusan|dihapus(?:kan)?(?!\s*(?:/|dan|atau|,)\s*(?:di)?cabut)|penonaktifan"
                     r"|dinonaktifkan(?!\s*\(?(?:/|dan|atau|,)?\s*(?:di)?cabut))\b"),
        ("change", r"\b(?:perubahan|pemutakhiran)\s+(?:data|jabatan|e-?mail|unit)"),
    )
)  # fmt: skip
_OPTIONS: tuple[tuple[str, "re.Pattern[str]"], ...] = (
    (THIS, late_pattern(rf"{_OWN}|\b(?:reset|lupa)\b|pencabutan|revoke", re.IGNORECASE)),
    ("registration", late_pattern(r"\bpertama\s+kali\b", re.IGNORECASE)),
    ("renewal", late_pattern(r"\b(?:kedaluwarsa|kadaluarsa|kadaluwarsa|kedaluarsa|expired|masa\s+berlaku)\b", re.I)),
    *(item for item in _TITLES if item[0] in {"registration", "renewal", "mailbox", "deletion", "change", "trouble"}),
)  # fmt: skip
_TICKED = late_pattern(r"[☑☒✓✔✗✘√■●◉▣⊠🗹]|[\[(]\s*[xXvV√✓✔]\s*[\])]")
_EMPTY = late_pattern(r"[☐□▢○◯❏❑⬜]|\[\s*\]|\(\s{0,3}\)")
TICKED_BOX, EMPTY_BOX, UNCLEAR_BOX, STRUCK = "☑", "☐", "◫", "\u0336"
"""What a drawn box becomes, and what is set behind a word that is struck out."""
_STRUCK_WORD = late_pattern(rf"\S+{STRUCK}")
_BEHIND_NOTE = late_pattern(r"\*\)?.*$|\(?\bcoret\b.*$", re.IGNORECASE)
_STRUCK = late_pattern(r"\bcoret\b|\*\)|\w\s?\*\s*$", re.IGNORECASE)
_STATEMENT_TITLE = late_pattern(
    r"(?:LAMPIRAN\s*:?\s*)?(?:SURAT\s+)?(?:PERNYATAAN|PERMOHONAN)\b|FORMULIR\b"
    r"|(?i:(?:surat|lembar|blangko)\s+pernyataan)(?:\s+\w+){0,5}$"
)
_SIGNED = late_pattern(
    r"\bsaya\b|\bbertanda\s*tangan\b|\b(?:menyatakan|mengakui|menerangkan)\b|\bpernyataan\s+ini\b", re.IGNORECASE
)
_LEAST_COVER = 6
"""Lines that a covering letter has at least."""
_MOST_OPTION_WORDS = 9
_HEAD_LINES = 18


@dataclass(frozen=True, slots=True)
class Option:
    """A line of a form that serves several services; `ticked` is None where that cannot be told."""

    service: str
    ticked: bool | None


def asserted(text: str) -> str:
    """The words with which the letter says that a passphrase is forgotten or is to be reset; "" when it only talks of
    such a case, denies it, or asks for nothing."""
    for pattern in (_FORGOTTEN, _RESET):
        for found in pattern.finditer(text):
            before = _last_clause(text[max(0, found.start() - 90) : found.start()])
            if (
                (
                    _CAUSE.search(before)
                    or _SERVICE_ASKED.search(before)
                    or not _SUPPOSED.search(before)
                    or (_WHEN.search(before) and _HAPPENED.search(found[0]))
                )
                and not _PAPER.search(before)
                and not _DENIED.search(found[0])
                and _ASKING.search(text)
                and not _DONE.search(text)
                and not _UNTRUE.match(text[found.end() :])
            ):
                return found[0]
    return ""


def _last_clause(text: str) -> str:
    return re.split(r"[.;:!?()]\s", text)[-1]


def other_title(lines: Sequence[str]) -> str:
    """The other kind of paper that a title or the subject line names; "" where it names this service or none."""
    heads = [line for line in lines[:_HEAD_LINES] if _is_head(line)]
    text = " ".join(heads)
    whole = " ".join(lines)
    if set(_kinds(heads)) == {"report"} and _REQUEST.search(whole) and _FORGOTTEN.search(text):
        return ""  # minutes in which the holder asks for it
    if set(_kinds(heads)) in ({"report"}, {"cover_letter"}) and _BOTH.search(text) and asserted(whole):
        return ""
    if any(kind in {"invitation", "decree", "power_of_attorney", "cover_letter", "report"} for kind in _kinds(heads)):
        return next(_kinds(heads))
    if _FORGOTTEN.search(text) or _RESET.search(text):
        return ""
    other = next(_kinds(heads), "")
    replacing = other == "registration" and _REVOKED.search(text) and _FORGOTTEN.search(whole)
    asking = other == "trouble" and _FORGOTTEN.search(whole) and _REQUEST.search(whole)
    disabled = other == "deletion" and _is_replaced(whole)
    return "" if replacing or asking or disabled else other


def _is_replaced(text: str) -> bool:
    """Whether what is to be disabled is to be issued anew, its passphrase being forgotten."""
    return bool(_REPLACED.search(text) and asserted(text))


def enclosed_statement(lines: Sequence[str]) -> list[str]:
    """The lines of the statement behind its covering letter in one file; empty where no letter covers another."""
    titles = [n for n in range(len(lines) - 1, _LEAST_COVER, -1) if _STATEMENT_TITLE.match(lines[n].strip())]
    if not titles or "cover_letter" not in (other_title(lines), asked_otherwise(" ".join(lines))):
        return []
    for number in titles:
        rest = " ".join(lines[number:])
        if _SIGNED.search(rest) and asserted(rest):
            return list(lines[number:])
    return []


def _kinds(heads: Sequence[str]) -> Iterator[str]:
    text = " ".join(heads)
    return (kind for kind, pattern in _TITLES if pattern.search(text))


def _is_head(line: str) -> bool:
    """A title is short, and large or named as one; a subject line says so."""
    plain = line.strip(" *_")
    if re.match(r"(?:hal|perihal)\b\s*:?", plain, re.IGNORECASE):
        return True
    letters = [char for char in plain if char.isalpha()]
    large = sum(map(str.isupper, letters)) > 0.7 * max(len(letters), 1)
    named = re.match(
        r"(?:surat|formulir|nota|undangan|pernyataan|permohonan|laporan|berita|tata|lembar|petunjuk|notul\w*|risalah"
        r"|pengumuman|pengaduan|awas|warta)\b",
        plain,
        re.IGNORECASE,
    )
    return len(plain.split()) <= 12 and len(letters) >= 6 and bool(large or (named and len(plain.split()) <= 8))


def asked_otherwise(text: str) -> str:
    """Another service that the running text asks for; "" for none."""
    return next((kind for kind, pattern in _ASKED_OTHERWISE if _is_asked(kind, pattern, text)), "")


def _is_asked(kind: str, pattern: "re.Pattern[str]", text: str) -> bool:
    found = [
        item for item in pattern.finditer(text) if not _NOT_ASKED.search(text[max(0, item.start() - 60) : item.start()])
    ]
    if kind == "deletion":
        return bool(found) and not _is_replaced(text)
    if kind == "cover_letter":  # unless it quotes the statement itself
        return bool(found) and not any(asserted(item[1]) for item in _QUOTED.finditer(text))
    return bool(found)


def options(lines: Sequence[str]) -> list[Option]:
    """The services of a form that offers several; empty for a paper that is for one."""
    struck = [option for line in lines for option in _to_strike(line)]
    if struck:
        return struck
    found: list[tuple[Option, bool]] = []
    for line in lines:
        pieces = _pieces(line)
        for piece in pieces:
            most = _MOST_OPTION_WORDS * (2 if is_marked(piece) else 1)
            if (service := _service(piece)) and len(piece.split()) <= most:
                found.append((Option(service, _ticked(piece, pieces)), is_marked(line) or STRUCK in line))
    if any(marked for _option, marked in found):  # other lines of a form with boxes are no options
        found = [(option, marked) for option, marked in found if marked]
    kinds = {option.service for option, _marked in found}
    marked = sum(marked for _option, marked in found)
    listed = len(kinds) >= 2 and (marked >= 2 or len(kinds) >= 3)
    return [option for option, _marked in found] if listed else []


def _to_strike(line: str) -> list[Option]:
    """The options of a line that asks to strike out what does not apply, this service among them: it is chosen where
    all the others are struck out, and nothing is as long as none is."""
    if not _STRUCK.search(line) or is_marked(line):
        return []
    pieces = [piece for piece in _BEHIND_NOTE.sub("", line).rpartition(":")[2].split("/") if piece.strip(" *)")]
    services = [_service(piece.replace(STRUCK, "")) for piece in pieces]
    if THIS not in services or len(pieces) < 2 or max(len(piece.split()) for piece in pieces) > _MOST_OPTION_WORDS:
        return []
    standing = [service for service, piece in zip(services, pieces, strict=True) if STRUCK not in piece]
    both = THIS in standing and services.count(THIS) > standing.count(THIS)
    if len(standing) == len(pieces) or both or (THIS in standing and standing != [THIS]):
        return [Option(THIS, None)]
    others = [Option(service, True) for service in standing if service not in {"", THIS}]
    return [Option(THIS, standing == [THIS]), *others]


def _ticked(piece: str, pieces: Sequence[str]) -> bool | None:
    """Whether an option is chosen: by its box, or because others beside it are struck out and it is not."""
    if UNCLEAR_BOX in piece:
        return None
    if _TICKED.search(piece) or _EMPTY.search(piece):
        return bool(_TICKED.search(piece))
    if not any(STRUCK in item for item in pieces):
        return None
    if STRUCK not in piece:
        return True
    return None if _service(without_struck(piece)) else False


def without_struck(text: str) -> str:
    """The words that stand, without those that are struck out."""
    return _STRUCK_WORD.sub(" ", text)


def is_marked(text: str) -> bool:
    """Whether a box stands in the words, ticked, empty or unclear."""
    return bool(_TICKED.search(text) or _EMPTY.search(text) or UNCLEAR_BOX in text)


def service_of(piece: str) -> str:
    """The service that a short piece of a form names; "" where it names none."""
    return _service(piece) if len(piece.split()) <= _MOST_OPTION_WORDS else ""


def _pieces(line: str) -> list[str]:
    """The options on a line: each begins with its box, or they are parted by strokes with a note to strike out."""
    marks = [found.start() for found in re.finditer(f"{_TICKED.pattern}|{_EMPTY.pattern}|{UNCLEAR_BOX}", line)]
    if len(marks) > 1:
        return [line[a:b] for a, b in zip(marks, [*marks[1:], len(line)], strict=True)]
    if not marks and (_STRUCK.search(line) or STRUCK in line) and "/" in line:
        return line.split("/")
    return [line]


def _service(piece: str) -> str:
    return next((kind for kind, pattern in _OPTIONS if pattern.search(piece)), "")
