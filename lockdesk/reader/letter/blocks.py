"""Labelled values put together into people: whose they are, and what the words before a block say of him or her."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from lockdesk.core.identity import digits
from lockdesk.desk.values.facts import Line, Word
from lockdesk.reader.letter import shapes
from lockdesk.reader.letter.layout import rows_of, segments_of
from lockdesk.reader.letter.mentions import PERSON_FIELDS, Mention, Value
from lockdesk.reader.letter.pairs import Pair
from lockdesk.reader.letter.people import same_value

_LEADS = (
    ("authorised", re.compile(r"memberi(?:kan)?\s+kuasa|penerima\s+kuasa", re.I)),
    ("superior", re.compile(r"\b(?:diteruskan|diusulkan|disetujui|direkomendasikan|didukung)\s+oleh\s*:?\s*$", re.I)),
    ("superior", re.compile(r"\b(?:selaku|sebagai)\s+(?:atasan|pimpinan|kepala)(?:\s+langsung)?\s*:\s*$", re.I)),
    ("superior", re.compile(r"^\W*(?:data\s+|identitas\s+)?atasan(?:\s+langsung)?\s*:?\s*$", re.I)),
    ("superior", re.compile(r"yang\s+(?:memberi(?:kan)?\s+rekomendasi|merekomendasikan)\s*:?\s*$", re.I)),
    ("about", re.compile(
        r"\b(?:untuk|bagi|atas|kepada|terhadap|menerangkan)\s+(?:seorang\s+)?(?:pejabat|aparatur|pegawai)\s*:?\s*$",
        re.I)),
    ("superior", re.compile(r"^\W*(?:[A-Z\d]\.\s*)?(?:data|identitas)?\s*(?:atasan|pimpinan|pejabat)\b", re.I)),
    ("about", re.compile(r"\b(?:pegawai|nama|guru|staf|ASN|PNS|PPPK)\s+(?:yang\s+)?tersebut\b", re.I)),
    ("about", re.compile(
        r"\bselaku\b[^:]{0,40}\b(?:dari|bagi)\s*:?\s*$|menerangkan|merekomendasikan|mengusulkan|menugaskan|pegawai\s+(?:kami|berikut|di\s*bawah|sebagai)"
        r"|(?:untuk|bagi|atas|kepada|terhadap)\s*(?:pegawai|staf|nama|guru|yang|:?\s*$)|pegawai\s*:?\s*$|bahwa\s*:?\s*$"
        r"|\b(?:guru|staf|perawat|bidan|dokter|penyuluh|tenaga|anggota|ASN|PNS|PPPK)\s+(?:kami|berikut|di\s*bawah)"
        r"|\bbawahan(?:\s+(?:saya|kami))?\s*:?\s*$"
        r"|\b(?:permintaan|permohonan|usulan|pengajuan)[ ]+(?:dari[ ]+)?(?:[a-z]+[ ]*){1,2}:\s*$"
        r"|direkomendasikan|diusulkan|rekan\s+kami|dengan\s+data|(?:yang\s+)?(?:memohon|pemohon|pemilik\s+sertifikat)"
        r"|sebagai\s+berikut|(?:data|identitas)\s+(?:pemohon|pemilik|pegawai|pengguna)|yang\s+tersebut", re.I)),
    ("superior", re.compile(r"^\W*(?:[A-Z\d]\.\s*)?(?:data|identitas)?\s*kepala\b", re.I)),
    ("verifier", re.compile(
        r"^\W*(?:[A-Z\d]\.\s*)?(?:data|identitas|diisi\s+oleh)?\s*"
        r"(?:verifikator|(?:di)?verifikasi|diperiksa|diteliti|petugas|admin)\b", re.I)),
    ("superior", re.compile(r"^\W*(?:mengetahui|menyetujui|disetujui|diketahui|mengesahkan)\b", re.I)),
    ("signer", re.compile(r"bertanda\s*tangan", re.I)),
)  # fmt: skip
"""What the words before a block of labels say of the person in it; the first that fits, in the last line before in
the others."""
_ANYWHERE = tuple((hint, pattern) for hint, pattern in _LEADS if not pattern.pattern.startswith("^"))
"""Those that are sought in the lines before the last one, too: a letter's address names an office's head as well."""
_SPECK = re.compile(r":\s+\S$")
"""What OCR makes of a stamp's edge behind the colon of a line."""
_LABEL_LOST = re.compile(r"[A-Za-z|]{1,4}(?: [A-Za-z|]{1,4})?\W* ")
"""What OCR leaves of a short label."""
_ASKS = re.compile(r"\w{3,}\s+\w{3,}\s*:\s*$")
"""A short line that leads to what stands below it, and is not the rest of a label."""
_ONCE = frozenset({"email", "phone"})
_LEAD_LINES = 4
_BLOCK_GAP = 6
_UNIT = re.compile(
    r"\bunit\b|\buptd?\b|\bbidang\b|\bunor\b|\btempat\b|\bpenempatan\b|\bsatuan\s+(?:kerja|pendidikan)\b", re.IGNORECASE
)
_COLUMN_APART = 0.15
"""A share of the page: labels further apart are in two columns."""


def label_words(pairs: Iterable[Pair], lines: Sequence[Line]) -> set[int]:
    """The words of the labels themselves, by their identity."""
    return {id(word) for pair in pairs for word in lines[pair.line].words[pair.mark.start : pair.mark.after]}


def blocks_of(pairs: Sequence[Pair], lines: Sequence[Line]) -> list[Mention]:
    """Labelled values put together into people: a new one begins where a field comes again that a person has once,
    where the label names another role, or where sentences stand between. Where it comes again beside itself, people
    stand side by side, and each has what stands in his or her own column."""
    blocks: list[_Block] = []
    last, before = -1, -1
    known = label_words(pairs, lines) | {id(word) for pair in pairs for word in pair.value.words}
    for pair in pairs:
        value = pair.value
        if value.field not in PERSON_FIELDS or not value.text.strip():
            last = pair.line if blocks and pair.value.field == "other" else last
            continue
        value = _sorted_number(value)
        before = last if pair.line > last else before
        lead = _lead(lines, last, pair.line, known)
        role = _role(pair, lead, lines)
        current = _in_column(blocks, pair)
        if current is None or lead or current.role != role or _clashes(current.mention, value):
            beside = current is not None and pair.line == current.last and pair.left - current.left > _COLUMN_APART
            same_role = next((item for item in reversed(blocks) if role and item.role == role), None)
            if same_role is not None and not _clashes(same_role.mention, value):
                current = same_role
            else:
                begun = _Block(Mention(hints=_hints(role, lead)), role, pair.left, pair.line, beside)
                if beside and current is not None:
                    _separate(current, begun, lines[max(before + 1, pair.line - _LEAD_LINES) : pair.line])
                blocks.append(current := begun)
        if value.field == "agency":
            current.add_agency(value, lines[pair.line].words[pair.mark.start : pair.mark.after])
        earlier = current.mention.values.get(value.field)
        if earlier is not None and value.field in _ONCE and not same_value(value.field, earlier.text, value.text):
            current.mention.values[value.field] = replace(earlier, contested=True)
        current.mention.add(value)
        current.last = last = max(last, pair.line)
    return [block.mention for block in blocks]


@dataclass(slots=True)
class _Block:
    """Somebody's labelled values: where they begin, the index of their last line, and whether another's stand beside
    them."""

    mention: Mention
    role: str
    left: float
    last: int
    beside: bool = False
    nearer: bool = False
    """Whether the agency is the unit, and not the body that the unit belongs to."""

    def add_agency(self, value: Value, label: Sequence[Word]) -> None:
        """The unit in which somebody works goes before the agency that it is a part of, whichever stands first."""
        unit = _UNIT.search(" ".join(word.text for word in label)) is not None
        if unit and not self.nearer:
            self.mention.values["agency"] = value
            self.nearer = True


def _separate(one: _Block, other: _Block, lines: Sequence[Line]) -> None:
    """Of two people side by side, each is what the head of his or her column says; without heads they are alike."""
    rows = [parts for line in lines if len(parts := segments_of([line])) > 1]
    edges = ((one, one.left, other.left), (other, other.left, 2.0))
    for block, left, right in edges if rows else ():
        said = " ".join(item.text for parts in rows for item in parts if left - 0.05 <= item.left < right - 0.05)
        block.mention.hints = _hints(block.role, said)
    if not rows and not other.role:
        other.mention.hints |= one.mention.hints - {"form"}
    one.beside = True


def _in_column(blocks: Sequence[_Block], pair: Pair) -> _Block | None:
    """The block that a pair would go on: the last one, or of those side by side the one in whose column it stands."""
    if not blocks or not blocks[-1].beside:
        return blocks[-1] if blocks else None
    group = list(takewhile(lambda item: item.beside, reversed(blocks)))
    return max((item for item in group if item.left <= pair.left + 0.03), key=lambda item: item.left, default=group[-1])


def take_unlabelled(blocks: Sequence[Mention], pairs: Sequence[Pair], lines: Sequence[Line]) -> None:
    """A number that stands among the labels of the one block there is, its own label torn apart, is in that block."""
    rows = [pair.line for pair in pairs if pair.value.field in PERSON_FIELDS]
    if len(blocks) != 1 or not rows:
        return
    for number, line in enumerate(lines[min(rows) : max(rows) + _BLOCK_GAP], min(rows)):
        if number > max(rows) and len(line.words) > _BLOCK_GAP:
            break
        for segment in segments_of([line]):
            for field, span in shapes.typed(segment.text):
                text = segment.text[slice(*span)].strip(" .")
                alone = (
                    _LABEL_LOST.fullmatch(segment.text[: span[0]]) and segment.text[: span[1]] == segment.text.strip()
                )
                if field not in blocks[0].values and (text == segment.text.strip(" .:") or alone):
                    blocks[0].add(Value(field, text, rows_of(segment.words), "shape"))


def _clashes(block: Mention, value: Value) -> bool:
    known = block.values.get(value.field)
    if known is None or value.field not in {"name", "nip", "nik", "email"}:
        return False
    return not same_value(value.field, known.text, value.text)


def _role(pair: Pair, lead: str, lines: Sequence[Line]) -> str:
    """Whose a label says that it is; "Nama pejabat" is the official's whom the words before speak about."""
    label = " ".join(word.text for word in lines[pair.line].words[pair.mark.start : pair.mark.after]).casefold()
    return "" if "pejabat" in label and "about" in _hints("", lead) else pair.mark.role


def _hints(role: str, lead: str) -> set[str]:
    if role:
        return {role}
    last = lead.rpartition("\n")[2]
    near = (
        hint for said, leads in ((last, _LEADS), (lead, _ANYWHERE)) for hint, pattern in leads if pattern.search(said)
    )
    return {next(near, "form")}


def _lead(lines: Sequence[Line], last: int, number: int, known: set[int]) -> str:
    """The sentences between the last labelled line and this one; "" for a mere continuation."""
    rows = lines[max(last + 1, number - _LEAD_LINES) : number]
    values = [word.left for word in lines[last].words if id(word) in known][1:] if last >= 0 else []
    between = [
        line.text
        for line in rows
        if not any(id(word) in known for word in line.words)
        and not (values and line.words[-1].right < max(values) - 0.2 and not _ASKS.search(line.text))
    ]
    between = [_SPECK.sub(":", text) for text in between]
    return "\n".join(text for text in between if last < 0 or _is_sentence(text))


def _is_sentence(text: str) -> bool:
    words = [word for word in text.split() if any(map(str.isalpha, word))]
    return (
        len(words) >= 4
        or any(pattern.search(text) for _hint, pattern in _LEADS)
        or re.search(r"\w\W*:\s*$", text) is not None
    )


def _sorted_number(value: Value) -> Value:
    """A number under "NIP/NIK" is what its length says."""
    if value.field == "nip" and len(digits(value.text)) == 16 and shapes.valid_nik(value.text):
        return Value("nik", value.text, value.rows, value.evidence)
    return value
