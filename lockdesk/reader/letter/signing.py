"""Signature blocks: what the column says before the name says whose hand it is."""

import re
from collections.abc import Iterator, Sequence

from lockdesk.reader.letter import shapes
from lockdesk.reader.letter.layout import Segment, rows_of, stacks_of
from lockdesk.reader.letter.mentions import Mention, Value

_ROLES = (
    ("superior", r"mengetahui|menyetujui|disetujui|mengesahkan|atasan\s+langsung"
                 r"|pejabat\s+yang(?!\s+(?:diterangkan|bersangkutan|dimaksud|memohon|mengajukan))|pimpinan|diketahui"
                 r"|penanggung\s+jawab"),
    ("contact", r"saksi"),
    ("verifier", r"verifikator|(?:di)?verifikasi|diperiksa|diteliti|petugas|diterima\s+oleh|penerima\s+berkas|admin"),
    ("authorised", r"(?:penerima|yang\s+diberi)\s+kuasa"),
    ("signer", r"(?:pemberi|yang\s+memberi)\s+kuasa"),
    ("self", r"yang\s+(?:membuat\s+pernyataan|menyatakan|bersangkutan|mengajukan|bermohon|memohon|melapor(?:kan)?)"
             r"|pemohon|pemegang\s+sertifikat|hormat\s+(?:saya|kami)|pembuat\s+pernyataan|pelapor|salam\s+hormat|pemilik\s+sertifikat"),
)  # fmt: skip
_OFFICIAL = re.compile(
    r"^\W*(?:a\.?\s?n\.?|u\.?b\.?|plt|plh|pj|pjs)?\.?\s*(?:kepala|sekretaris|camat|lurah|direktur|inspektur|walikota|ketua"
    r"|asisten|kabid|kabag|kasubbag|wakil|koordinator|pimpinan|sekda|kapuskesmas|kadis)\b",
    re.IGNORECASE,
)
_ADDRESSED = re.compile(r"^\W*(?:kepada|yth|tembusan)\b", re.IGNORECASE)
_RANK = re.compile(
    r"^\W*(?:pembina|penata|pengatur|juru|golongan|gol\b|pangkat|[IVX]{1,4}(?:\s*/\s*[a-e])?\W*$)", re.IGNORECASE
)
_NUMBERED = re.compile(r"^\W*(?:n\.?\s?[il1]\.?\s?p|ni\s?pppk|nipppk|nip[./ ]*(?:nipppk|nrp))\b\W*", re.IGNORECASE)
_MOST_ROLE_WORDS = 7
_ROW = 2.4
"""How far the next row of a block begins below the last, in heights of it."""
_AROUND = "()[]_ …"
"""What a form prints around the place of a name."""


def signatures_in(segments: Sequence[Segment], used: set[int]) -> Iterator[Mention]:
    """Everybody who signs, with the name, the NIP and what the column says of him or her."""
    free = [item for item in segments if not any(id(word) in used for word in item.words)]
    for stack in stacks_of(free):
        yield from _in_stack(stack)


def _in_stack(stack: Sequence[Segment]) -> Iterator[Mention]:
    mention, pending, counts = Mention(), list[Segment](), False
    for place, item in enumerate(stack):
        text = item.text
        roles = _roles_of(text)
        number = shapes.NIP.search(text) if _NUMBERED.match(text) else None
        if _ADDRESSED.match(text) or _is_sentence(text):
            mention, pending, counts = Mention(), [], False
        elif roles:
            if pending and counts:
                yield _signed(mention, pending)
                mention = Mention()
            pending, counts = [], True  # what stands over such words is no signature
            mention.hints |= roles
        elif number is not None:
            mention.add(Value("nip", number[0].strip(" .-"), rows_of(item.words), "signature"))
            if pending or counts:
                _take_below(mention, item, stack[place + 1 : place + 3])
                yield _signed(mention, pending)
            mention, pending, counts = Mention(), [], False
        elif _OFFICIAL.match(text):
            mention.hints.add("official")
            _take_position(mention, item)
        elif shapes.POSITION.match(text):
            _take_position(mention, item)
        elif not _RANK.match(text) and not shapes.PLACE_DATE.match(text):
            name = shapes.find_name(text.strip(_AROUND))
            if name is not None and len(name[0]) * 10 >= len(text.strip(_AROUND)) * 7:
                pending.append(item)
    if pending and counts:
        yield _signed(mention, pending)


def _take_below(mention: Mention, number: Segment, below: Sequence[Segment]) -> None:
    """The position and the office right under a name and its number, in a block without labels."""
    last = number
    for item in below:
        if item.top - last.top > _ROW * max(last.height, 0.008):
            break
        for field, shape in (("position", shapes.POSITION), ("agency", shapes.OFFICE)):
            if shape.fullmatch(item.text):
                mention.add(Value(field, item.text, rows_of(item.words), "signature"))
        last = item


def _is_sentence(text: str) -> bool:
    """Running text, which ends a column: long, most of its words small."""
    words = text.split()
    return len(words) > 14 or (len(words) > 7 and 2 * sum(word[:1].islower() for word in words) > len(words))


def _take_position(mention: Mention, item: Segment) -> None:
    """The position over a name; who signs for another has another one's there."""
    found = shapes.POSITION.match(item.text)
    if found is not None and len(item.words) > 1 and len(found[0]) * 10 >= len(item.text) * 8:
        mention.add(Value("position", found[0].strip(" ,."), rows_of(item.words), "signature"))


def _roles_of(text: str) -> set[str]:
    words = text.split()
    sentence = len(words) > 2 and text.endswith(".")
    if len(words) > _MOST_ROLE_WORDS or sentence or any(char.isdigit() for char in text):
        return set()
    return {role for role, pattern in _ROLES if re.search(rf"^\W*(?:{pattern})\b", text, re.IGNORECASE)}


def _signed(mention: Mention, pending: list[Segment]) -> Mention:
    """The name stands last before the number: over it may stand an office or a position."""
    if pending:
        item = pending[-1]
        name = shapes.find_name(item.text.strip(_AROUND))
        if name is not None:
            mention.add(Value("name", name[0].strip(" ,"), rows_of(item.words), "signature"))
    return mention
