"""People named in sentences: "saya …", "atas nama …", "pegawai kami …", and what is said of them."""

import re
from collections.abc import Iterator, Sequence

from lockdesk.core.identity import TITLES
from lockdesk.reader.letter import shapes
from lockdesk.reader.letter.layout import Running
from lockdesk.reader.letter.mentions import Mention, Value

_TITLED = r"(?:(?:[Ss]audara|[Ss]audari|[Ss]dr|[Ss]dri|Bapak|Ibu|Bpk)\.?(?:/i)?\s+)?"
_OPENERS: tuple[tuple[str, str], ...] = (
    ("superior", rf"\b(?:[Aa]tasan|[Pp]impinan|[Kk]epala)(?:\s+langsung)?(?:\s+(?:saya|kami|langsung))+\s*,?\s*"
                 rf"(?:yaitu|yakni|bernama|adalah)?\s*:?\s*{_TITLED}"),
    ("authorised", rf"[Mm]emberi(?:kan)?\s+kuasa\s+(?:penuh\s+)?kepada\s*:?\s*{_TITLED}"),
    ("contact", rf"(?:[Nn]arahubung|[Cc]ontact\s+[Pp]erson|CP)(?:\s+[a-z]+){{0,3}}\s*:?\s*{_TITLED}"),
    ("contact", rf"\b(?:menghubungi|hubungi|berkoordinasi\s+dengan)\s+(?:[a-z]+\s+){{0,3}}{_TITLED}"),
    ("verifier", rf"(?:[Vv]erifikator|[Pp]etugas)\s*:?\s*(?:atas\s+nama\s+)?{_TITLED}"),
    ("about", rf"(?:[Aa]tas\s+nama|\b[Aa]\.\s?n\.|\ba/n|\b[Aa]n\.)\s*:?\s*{_TITLED}"),
    ("about", rf"\b(?:[Pp]egawai|[Ss]taf|guru|karyawan|ASN|PNS|PPPK)(?:\s+kami)?,?\s+(?:yang\s+)?"
              rf"(?:bernama|yaitu|yakni|a\.n\.)?\s*:?\s*{_TITLED}"),
    ("about", rf"\b(?:bahwa|bernama|untuk|milik|yaitu|yakni)\s+{_TITLED}"),
    ("courtesy", r"\b(?:[Ss]audara|[Ss]audari|[Ss]dr|[Ss]dri|Bapak|Ibu|Bpk)\.?(?:/i)?\s+"),
    ("signer", r"(?:bertanda\s*tangan|tersebut)\s+(?:di|pada)\s*(?:bawah|akhir|bagian\s+(?:bawah|akhir))"
               r"(?:\s+(?:surat|lembar|halaman))?\s+ini\s*[,:]?\s*(?:saya\s*[,:]?\s*)?(?:[Nn]ama\s*:?\s*)?"),
    ("signer", r"\bnama\s*:?\s+(?=[A-Z])"),
    ("self", r"\b[Ss]aya\b[^.;:]{0,60}?\b(?:adalah|ialah|yaitu|yakni|bernama)\s+"),
    ("self", r"\b[Ss]aya\s*,?\s+(?:yang\s+bernama\s+|atas\s+nama\s+)?"),
    ("about", r"\b(?:dialami|dimiliki|dimohonkan|dipegang)\s+(?:oleh\s+)?(?:(?:pegawai|staf)\s+(?:kami\s+)?)?"),
    ("", r"(?<![\w.,] )(?<![\w.])(?=[A-Z])"),
    ("", r"\b(?:adalah|ialah|oleh|bahwa|kami|yaitu|yakni|rekan|staf|pegawai)\s+(?=[A-Z])"),
)  # fmt: skip
_BESIDE_NUMBER = re.compile(r"^\s*[,(]?\s*(?:dengan\s+)?(?:NIP|NI\s?PPPK|NIPPPK|N\.I\.P)\b", re.IGNORECASE)
_UNIT = re.compile(
    r"\b(?:pada|di|dari|pegawai|staf|instansi|lingkungan|unit\s+(?:kerja|organisasi))\s*:?\s+"
    r"(?:(?:kantor|unit|instansi)\s+)?(?=[A-Z])"
)
_POSITION = re.compile(
    r"\b(?:jabatan|selaku|sebagai|menjabat)\s*:?\s+(?P<position>(?!(?:C?PNS|C?PPPK|ASN)\b)[A-Z][\w./-]*"
    r"(?:\s+(?:[A-Z][\w./-]*|dan(?=\s+[A-Z]))){0,7})"
)
_APPOSED = re.compile(
    r"(?:\s*\([^()]{0,80}\)|\s+(?:dengan\s+)?NIP[.:]?\s*[\d .]{18,24})?,\s+(?:(?:C?PNS|C?PPPK|ASN)\s+)?"
    r"(?:(?:dengan\s+)?(?:NIP|NI\s?PPPK|NIPPPK)[.:]?\s*"
    r"[\d .]{18,24}(?:(?:,|\s*dan)\s+NIK[.:]?\s*[\d .]{16,20})?,\s*)?"
    rf"(?P<position>{shapes.POSITION.pattern})"
)
_FULL_STOP = re.compile(r"\b(?P<word>[A-Z][a-z]{2,}[aiueo]|[A-Z][a-z]{4,})\.\s+(?=[A-Z])")
_COLUMN_GAP = 0.1
"""A share of the page's width: words further apart on a line are in two columns."""
_DATED = re.compile(r",\s*\d{1,2}\b")
"""Behind the name of a place."""
_SENTENCE_END = re.compile(r"(?<=[a-z)0-9])\.\s+(?=[A-Z])")
_VERBS = re.compile(
    r"\b(?:menerangkan|merekomendasikan|mengusulkan|menugaskan|memberi(?:kan)?\s+kuasa"
    r"|(?:meneruskan|menyampaikan|mengajukan)\s+(?:permintaan|permohonan)\s+(?:rekan|pegawai|staf)|selaku\s+admin)\b",
    re.IGNORECASE,
)


_WRITER = r"(?:[Ss]aya|[Kk]ami|[Pp]engirim|[Pp]enulis|[Pp]emohon|[Yy]ang\s+bersangkutan)"
_OWN_POSITION = re.compile(
    rf"\b{_WRITER}\b[^.;]{{0,80}}?\b(?:sebagai|selaku|menjabat(?:\s+sebagai)?)\s+(?P<position>{shapes.POSITION.pattern})"
)
_OWN_NUMBER = re.compile(
    r"\b(?P<field>NIP|NIK)\s+(?:saya|kami)\b\s*:?\s*|\bber-?\s?(?P<having>NIP|NIK)\b[.:]?\s*", re.IGNORECASE
)
_OWN_OFFICE = re.compile(
    rf"\b(?:{_WRITER}\b[^.;]{{0,80}}?\b(?:menjabat(?:\s+sebagai)?|sebagai|selaku)\s+"
    rf"{shapes.POSITION.pattern}\s+(?:di|pada)"
    rf"|[Ss]aya\s+(?:seorang\s+|adalah\s+)?[a-z]+(?:\s+[a-z]+){{0,2}}\s+(?:di|pada)(?=\s+{shapes.OFFICE_HEAD})"
    r"|di\s+lingkungan|(?:[Ss]aya\s+|[Pp]egawai\s+(?:tersebut\s+|dimaksud\s+)|[Yy]ang\s+bersangkutan\s+)"
    r"(?:adalah\s+)?(?:pegawai|bertugas|bekerja|berdinas|ditugaskan)\s+(?:di|pada))\s+(?=[A-Z])"
)


def unnamed_in(paragraphs: Sequence[Running], used: set[int]) -> Iterator[Mention]:
    """What is said of the writer, or of who was named before, without a name: "… saya gunakan sebagai Kepala Seksi
    …", "Pegawai tersebut bertugas di …"."""
    for paragraph in paragraphs:
        mention = Mention()
        position, office = _OWN_POSITION.search(paragraph.text), None
        if opener := _OWN_OFFICE.search(paragraph.text):
            sentence = _SENTENCE_END.split(paragraph.text[opener.end() :])[0]
            office = shapes.find_office(paragraph.text[: opener.end()] + sentence, opener.end())
        spans: dict[str, tuple[int, int] | None] = {
            "position": position and position.span("position"),
            "agency": office and office.span(),
        }
        for number in _OWN_NUMBER.finditer(paragraph.text):
            field = (number["field"] or number["having"]).casefold()
            for kind, (start, end) in shapes.typed(paragraph.text[number.end() : number.end() + 30]):
                if kind == field:
                    spans[field] = (number.end() + start, number.end() + end)
        for field, span in spans.items():
            if span is not None:
                rows = paragraph.rows(span)
                if not any(id(word) in used for row in rows for word in row):
                    mention.add(Value(field, paragraph.text[slice(*span)].strip(" ,."), rows, "sentence"))
        if mention.values:
            mention.hints |= {"form"} if mention.names_somebody else set()
            yield mention


def mentions_in(paragraphs: Sequence[Running], used: set[int]) -> Iterator[Mention]:
    """The people that sentences name. `used` are words that belong to somebody already."""
    for paragraph in paragraphs:
        yield from _in_one(paragraph, used)


def _in_one(paragraph: Running, used: set[int]) -> Iterator[Mention]:
    text = paragraph.text
    spans: list[tuple[int, int, str]] = []
    for hint, opener in _OPENERS:
        for found in re.finditer(opener, text):
            name = shapes.NAME.match(text, found.end())
            if (
                name is None
                or not shapes.is_name(name[0])
                or any(a < name.end() and name.start() < b for a, b, _h in spans)
            ):
                continue
            if _DATED.match(text, name.end()):
                continue
            numbered = _is_numbered(paragraph, name.span())
            weak = found[0].strip().lower() in {"bahwa", "untuk", "milik", "bapak", "ibu"}
            if not numbered and (not found[0] or (weak and len(name[0].split()) < 2)):
                continue
            # A courtesy title alone says nothing of a role: an aide or a clerk has it too.
            said = "about" if numbered and hint == "courtesy" else hint
            end = name.start() + _name_end(name[0])
            spans.append((name.start(), end, said))
    spans.sort()
    for place, (start, end, hint) in enumerate(spans):
        rows = paragraph.rows((start, end))
        if any(id(word) in used for row in rows for word in row):
            continue
        until = spans[place + 1][0] if place + 1 < len(spans) else len(text)
        yield _mention(paragraph, (start, end), until, hint)


def _is_numbered(paragraph: Running, name: tuple[int, int]) -> bool:
    """Whether the word for a number stands right behind a name; one in the next column is another's."""
    label = _BESIDE_NUMBER.match(paragraph.text[name[1] : name[1] + 30])
    if label is None:
        return False
    last, first = paragraph.rows(name)[-1][-1], paragraph.rows((name[1] + label.end() - 1, name[1] + label.end()))[0][0]
    beside = abs(first.middle - last.middle) < last.height / 2
    return not beside or first.left - last.right < _COLUMN_GAP


def _name_end(name: str) -> int:
    """Where a name ends that runs on over the end of a sentence: "… Anto. Pekalongan"."""
    for found in _FULL_STOP.finditer(name):
        if found["word"].casefold() not in TITLES:
            return found.end("word")
    return len(name)


def _mention(paragraph: Running, name: tuple[int, int], until: int, hint: str) -> Mention:
    text = paragraph.text
    hint = "signer" if hint == "self" and _VERBS.search(text) else hint
    mention = Mention(hints={hint} - {""})
    mention.add(Value("name", text[slice(*name)].strip(" ,"), paragraph.rows(name), "sentence"))
    rest = text[name[1] : until]
    for field, (start, end) in shapes.typed(rest):
        span = (name[1] + start, name[1] + end)
        mention.add(Value(field, text[slice(*span)].strip(" ."), paragraph.rows(span), "sentence"))
    sentence = _SENTENCE_END.split(rest)[0]
    for opener in _UNIT.finditer(sentence):
        unit = shapes.find_office(sentence, opener.end())
        if unit is not None:
            span = (name[1] + unit.start(), name[1] + unit.end())
            mention.add(Value("agency", text[slice(*span)].strip(" ,."), paragraph.rows(span), "sentence"))
    apposed = _APPOSED.match(rest)
    position = _POSITION.search(sentence)
    if apposed is not None or position is not None:
        first, last = position.span("position") if position is not None else (0, 0)
        first, last = apposed.span("position") if apposed is not None else (first, last)
        span = (name[1] + first, name[1] + last)
        mention.add(Value("position", text[slice(*span)].strip(" ,."), paragraph.rows(span), "sentence"))
        beside = re.compile(r",\s+").match(text, span[1])
        office = shapes.find_office(text, beside.end()) if beside is not None else None
        if office is not None:
            mention.add(Value("agency", office[0].strip(" ,."), paragraph.rows(office.span()), "sentence"))
    return mention
