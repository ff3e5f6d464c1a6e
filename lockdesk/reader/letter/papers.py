"""What belongs to the letter and not to a person: its date and number, the certificate's serial, the fingerprint."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest

from lockdesk.core.identity import digits
from lockdesk.desk.values.facts import Line
from lockdesk.reader.letter import shapes
from lockdesk.reader.letter.layout import Running, Segment, rows_of, running
from lockdesk.reader.letter.marks import marks_of
from lockdesk.reader.letter.mentions import Value

_FINGERPRINT = re.compile(
    r"sidik\s+jari|fingerprint|thumbprint|(?:digest|hash|nilai)\s+(?:SHA|CSR|kunci)|SHA\s?[-–]?\s?256", re.IGNORECASE
)
_SERIAL = re.compile(
    r"(?:nomor|no\.?|nmr)\s+seri(?:al)?\b|\bserial(?:\s+number)?\b|\bS\s?/\s?N\b|\b(?:ID|nomor|no\.?)\s+sertifikat\b",
    re.IGNORECASE,
)
_LAST_DIGITS = re.compile(
    rf"(?:{_FINGERPRINT.pattern})(?:(?!\b(?:telepon|telp|hp|ponsel|nomor|nip|nik|seri)\b)[^.;:]){{0,60}}?"
    r"\b(?:[bt]er)?akhir(?:an|nya)?\s*:?\s*(?P<key>[0-9A-F]{4}[ \-]?[0-9A-F]{4})"
    r"(?=$|[,;)”\"]|\s+[^\W\d]|\.(?:$|\s+(?:\d{1,2}[.)]\s|[^\W\d])))",
    re.IGNORECASE,
)
"""Eight digits behind "sidik jari … berakhir" are a key's whatever they look like: "0887 1870. 4." is like a telephone
number, "9feb 9198" like a day."""
_SENTENCE = re.compile(r"[.;]\s+(?=[A-Z])")
_LATER = re.compile(
    r"^\W*pada\s+hari\b|\b(?:lahir|berlaku|terbit|diterbitkan|sejak|sampai|s\.?d\.?|TMT|peraturan)\b"
    r"|\bnomor\s+\d+\s+tahun\b",
    re.I,
)
_GOES_ON = re.compile(r"[ :.\-–]{1,2}(?=[0-9A-Z]*\d|[A-Z]{2,4}\b)[0-9A-Z]{2,8}\b")
"""Another group of figures behind a number: OCR has lost the shape of one of them."""
_LIST_NUMBER = re.compile(r"(\d{1,2})[.)]")
_REACH = 200
_BELOW = re.compile(r":$|\b(?:di\s*bawah(?:\s+ini)?|berikut(?:\s+ini)?)[.:]?$", re.IGNORECASE)
"""Says that what is spoken of stands below."""
_NAMED = 24
"""Letters at the end of a paragraph in which a number is named that stands in the next."""


def fingerprint_in(paragraphs: Sequence[Running]) -> Value | None:
    """The hex digits that a mention of a fingerprint speaks of: in its own sentence, and never a NIP, a telephone
    number or a date, which are hex digits as well."""
    for paragraph in _announced(paragraphs):
        text = _with_last_digits(paragraph, _without_typed(paragraph))
        for mention in _FINGERPRINT.finditer(text):
            near = _SENTENCE.split(text[mention.end() : mention.end() + _REACH])[0]
            serial = _SERIAL.search(near)
            near = near[: serial.start()] if serial else near
            for found in shapes.keys_in(near):
                compact = shapes.hex_digits(found[0])
                if len(compact) >= 8 and not (compact.isdigit() and len(compact) in (16, 18)):
                    span = (mention.end() + found.start(), mention.end() + found.end())
                    torn = _GOES_ON.match(near[found.end() :]) is not None
                    return Value("key_fingerprint", shapes.plain_hex(found[0]), paragraph.rows(span), "sentence", torn)
    return None


DEVICE = re.compile(
    r"\b(?:laptop|komputer|notebook|printer|pc|hp|ponsel|gawai|perangkat|token|usb)\b[^\d:]{0,24}$", re.IGNORECASE
)
"""At the end of what stands before a serial number: a thing that has one of its own."""


def serial_in(paragraphs: Sequence[Running], fingerprint: Value | None) -> Value | None:
    """A serial number: behind its name, else the one long hex number that is nothing else."""
    loose: dict[str, Value] = {}
    for paragraph in _announced(paragraphs):
        text = _without_typed(paragraph)
        for mention in _SERIAL.finditer(text):
            if DEVICE.search(text[max(0, mention.start() - _NAMED) : mention.start()]):
                return None
            near = _SENTENCE.split(text[mention.end() : mention.end() + _REACH])[0]
            print_ = _FINGERPRINT.search(near)
            found = shapes.HEX.search(near[: print_.start()] if print_ else near)
            if found is not None and len(re.sub(r"\W", "", found[0])) >= 8:
                span = (mention.end() + found.start(), mention.end() + found.end())
                torn = _GOES_ON.match(near[found.end() :]) is not None
                value = Value("serial", shapes.plain_hex(found[0]), paragraph.rows(span), "sentence", torn)
                return replace(value, contested=_names_another(text, value, fingerprint))
        for found in shapes.HEX.finditer(text):
            compact = shapes.hex_digits(found[0])
            own = fingerprint is not None and compact == shapes.hex_digits(fingerprint.text)
            if 16 <= len(compact) <= 44 and not compact.isdigit() and any(map(str.isdigit, compact)) and not own:
                loose[compact] = Value("serial", shapes.plain_hex(found[0]), paragraph.rows(found.span()), "shape")
    return next(iter(loose.values())) if len(loose) == 1 else None


def _names_another(text: str, serial: Value, fingerprint: Value | None) -> bool:
    """Whether the same paragraph has a second number that may be a certificate's."""
    known = [shapes.hex_digits(item.text) for item in (serial, fingerprint) if item is not None]
    others = (shapes.hex_digits(found[0]) for found in shapes.HEX.finditer(text))
    return any(16 <= len(one) <= 44 and not any(one in item or item in one for item in known) for one in others)


def _announced(paragraphs: Sequence[Running]) -> Iterator[Running]:
    """The paragraphs; with one that ends in a colon, in digits or in a number's name what follows it, in as many rows
    as a number takes."""
    for number, paragraph in enumerate(paragraphs):
        words = paragraph.words
        named = any(pattern.search(paragraph.text[-_NAMED:]) for pattern in (_FINGERPRINT, _SERIAL))
        announces = (
            _BELOW.search(paragraph.text) is not None or named or shapes.HEX_ROW.fullmatch(words[-1].text) is not None
        )
        for following in paragraphs[number + 1 : number + 4] if announces else ():
            words = (*words, *following.words)
            if not shapes.HEX_ROW.fullmatch(following.text):
                break
        yield running(words) if words is not paragraph.words else paragraph


def _list_numbers(paragraph: Running) -> Iterator[tuple[int, int]]:
    """The numbers of the items of a list, each of which begins a row: "1. Nomor seri … 2. Sidik jari …"."""
    last = 0
    for row in rows_of(paragraph.words):
        found = _LIST_NUMBER.fullmatch(row[0].text)
        if found is not None and int(found[1]) == last + 1:
            last += 1
            start = paragraph.starts[next(n for n, word in enumerate(paragraph.words) if word is row[0])]
            yield start, start + len(row[0].text)


def _without_typed(paragraph: Running) -> str:
    """The text with numbers of persons, dates, addresses and lists blanked out; places stay."""
    text = paragraph.text
    for start, end in _list_numbers(paragraph):
        text = text[:start] + " " * (end - start) + text[end:]
    for pattern, valid in ((shapes.EMAIL, None), (shapes.NIP, shapes.valid_nip), (shapes.NIK, shapes.valid_nik),
                           (shapes.PHONE, None), (shapes.DATE, None)):  # fmt: skip
        text = pattern.sub(
            lambda found, valid=valid: " " * len(found[0])  # type: ignore[misc]
            if valid is None or valid(digits(found[0])) else found[0], text,
        )  # fmt: skip
    return text


def _with_last_digits(paragraph: Running, text: str) -> str:
    """`text`, which is the paragraph's without typed numbers, with the last digits of a key where such are named."""
    for found in _LAST_DIGITS.finditer(paragraph.text):
        text = text[: found.start("key")] + found["key"] + text[found.end("key") :]
    return text


_DATED = re.compile(
    r"(?:(?:dibuat|ditandatangani|dinyatakan)\s+di\s+[A-Z][\w .]{2,30}?,?\s+(?:pada\s+)?(?:tanggal\s+)?"
    r"|pada\s+hari\s+(?:ini\s*,?\s*)?(?:senin|selasa|rabu|kamis|jum'?at|sabtu|minggu)?\s*,?\s*(?:tanggal\s+)?"
    rf"|\bpada\s+(?:tanggal\s+)?(?={shapes.DATE.pattern}\s+di\s+[A-Z])"
    r"|\bpada\s+tanggal\s+(?=[^.;]{8,60}\s(?:saya|kami|yang\s+bertanda)\b))"
    rf"(?P<d>{shapes.DATE.pattern})",
    re.IGNORECASE,
)


_BEHIND_NOISE = re.compile(rf"(?<![A-Za-z])[A-Z][a-z]{{2,20}},\s+(?P<date>{shapes.DATE.pattern})\W*$", re.IGNORECASE)
"""A place and a date at the end, whatever OCR made of a stamp before them."""


def date_in(segments: Sequence[Segment]) -> list[Value]:
    """The dates that stand with a place, as over a signature or at the top; the latest in the letter first."""
    found = []
    for number, item in enumerate(segments):
        match = shapes.PLACE_DATE.match(item.text)
        year = next((other for other in segments[number + 1 : number + 6] if _is_year_of(other, item)), None)
        if match is None and year is not None and (whole := shapes.PLACE_DATE.match(f"{item.text} {year.text}")):
            found.append(Value("letter_date", whole["date"], rows_of((*item.words, *year.words)), "signature"))
        match = match or _BEHIND_NOISE.search(item.text)
        if match is not None and len(item.text) < 90 and not _LATER.search(item.text):
            cut = _is_cut(item.text, match)
            found.append(Value("letter_date", match["date"], rows_of(item.words), "signature", cut))
    alone = [item for item in segments if shapes.DATE.fullmatch(item.text.strip(" .,"))]
    if not found and len(alone) == 1:
        found.append(Value("letter_date", alone[0].text.strip(" .,"), rows_of(alone[0].words), "shape"))
    return found[::-1]


def _is_year_of(other: Segment, item: Segment) -> bool:
    """Whether a year alone stands under a date that a narrow column has torn."""
    near = other.page == item.page and 0 < other.top - item.top < 2.6 * max(item.height, 0.008)
    aligned = abs(other.left - item.left) < 0.02 or abs(other.right - item.right) < 0.02
    return near and aligned and re.fullmatch(r"\d{4}", other.text.strip(" .,")) is not None


def place_dates_in_text(paragraphs: Sequence[Running]) -> list[Value]:
    """ "…dibuat di Pekalongan pada tanggal 20 November 2026" in running text."""
    values = []
    for paragraph, following in zip_longest(paragraphs, paragraphs[1:]):
        for found in _DATED.finditer(paragraph.text):
            cut, whole, source = _is_cut(paragraph.text, found), found, paragraph
            if cut and following is not None:
                source = running((*paragraph.words, *following.words))
                whole = _DATED.search(source.text, found.start()) or found
            value = Value(
                "letter_date", whole["d"], source.rows(whole.span("d")), "sentence", cut and whole["d"] == found["d"]
            )
            values.append(value)
    return values


def _is_cut(text: str, found: "re.Match[str]") -> bool:
    """Whether a year in words may go on behind the end of the paragraph: "dua ribu dua puluh | enam"."""
    return found.end() == len(text) and re.search(r"(?:puluh|ratus|ribu)$", text, re.IGNORECASE) is not None


_TO = re.compile(r"^\W*(?:Kepada|KEPADA|Yth|YTH)\b")
_UP_TO_NAME = re.compile(r"^.*?(?::|Yth\.?|YTH\.?)\s*(?:(?:Bapak|Ibu|Sdra?i?|Saudarai?)\b\.?\s*)*")
_OF_ADDRESSEE = re.compile(r"^\W*(?:(?:NIP|NIK|Jabatan|Pangkat)\b|(?:Bapak|Ibu|Sdra?i?|Saudara|Saudari)\b\.?\s+[A-Z])")
_MOST_OF_ADDRESSEE = 4


def without_addressee(lines: Sequence[Line]) -> list[Line]:
    """The lines without those that name whom the letter is sent to, a person beside an office: it is nobody of whom
    the letter speaks."""
    kept: list[Line] = []
    left = 0
    for line in lines:
        if _TO.match(line.text):
            left = _MOST_OF_ADDRESSEE
            if shapes.find_name(_UP_TO_NAME.sub("", line.text)) is None:
                kept.append(line)
            continue
        if left and _OF_ADDRESSEE.match(line.text):
            left -= 1
            continue
        left = left - 1 if left and kept and _TO.match(kept[-1].text) else 0
        kept.append(line)
    return kept


_HEAD = re.compile(
    r"^\W*(?:jalan|jl|jln)\b|\b(?:jalan|jl|jln)\b.{2,40}\b(?:no|nomor|rt)\b|\b(?:telepon|telp|tlp|faks|faksimile|fax|laman|website|situs|kode\s+pos|pos-?el|surel|e-?mail)\b"
    r"|\(0\d{2,3}\)",
    re.IGNORECASE,
)
_BODY = re.compile(
    r"^\W*(?:(?:[a-z]|\d{1,2})[.)]\s*)?(?:nama|nip|nik|saya|yang|dengan|kepada|yth|hal|perihal|nomor\s*:|data|identitas|jenis)\b"
    r"|\b(?:pernyataan|formulir|permohonan|rekomendasi|undangan|surat\s+(?!elektronik))\b",
    re.IGNORECASE,
)


_NO_HEAD = {"name", "nip", "nik", "position"}
"""What no letterhead has a label for."""


def letterhead(lines: Sequence[Line]) -> set[int]:
    """The lines of the letterhead: they have a telephone and an address of their own. So have page footers."""
    found: set[int] = set()
    for number, line in enumerate(lines):
        named = any(mark.field in _NO_HEAD for mark in marks_of(line))
        if line.top > 0.3 or line.page != lines[0].page or number > 12 or named or _BODY.search(line.text):
            break
        if _HEAD.search(line.text):
            found |= set(range(number + 1))
    return found | {number for number, line in enumerate(lines) if line.top > 0.94 and _HEAD.search(line.text)}
