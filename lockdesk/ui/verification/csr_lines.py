"""The CSR line by line, for reading it beside the letter: what it names, its key, what it asks for."""

from collections.abc import Iterator, Sequence

from PySide6.QtWidgets import QWidget

from lockdesk.core.identity import digits
from lockdesk.desk.values.cases import CaseView, ComparisonRow
from lockdesk.pki.values import CsrFacts, KeyFacts, SubjectFacts
from lockdesk.records import dataclass
from lockdesk.ui.look.theme import Tone
from lockdesk.ui.look.value_words import hash_words, number_words_of
from lockdesk.ui.verification.fact_cards import PROOFS, csr_problem
from lockdesk.ui.widgets.cards import Card
from lockdesk.ui.widgets.facts import Fact
from lockdesk.words import _, size_words


@dataclass(frozen=True, slots=True)
class CsrLine:
    """One line: its label and value, the anchors by which evidence points at it, the identity field it states."""

    label: str
    value: str
    anchors: tuple[str, ...]
    field: str = ""
    mono: bool = False
    tone: Tone | None = None


def csr_lines(facts: CsrFacts) -> tuple[CsrLine, ...]:
    """Every line of a CSR in the order in which it is read."""
    return (*_subject_lines(facts.subject), *_key_lines(facts), *_extension_lines(facts.extensions))


def _subject_lines(subject: SubjectFacts) -> Iterator[CsrLine]:
    """The attributes; name, agency and number also where the CSR leaves them out."""
    number, numbers = digits(subject.serial_number), number_words_of(subject.serial_number)
    numbered = {18: "nip", 16: "nik"}.get(len(number), "")
    stated = (
        (_("Nama (CN)"), subject.common_name, "name", True),
        (_("Nomor identitas"), numbers, numbered, True),
        (_("Jabatan (title)"), subject.title, "position", False),
        (_("Unit kerja (O)"), subject.organization, "agency", True),
        (_("Bagian (OU)"), subject.organizational_unit, "", False),
        (_("E-mail"), subject.email, "email", False),
        ("UID", subject.user_id, "", False),
        (_("Negara (C)"), subject.country, "", False),
    )
    for label, value, field, always in stated:
        if value or always:
            anchors = ("subject", field) if field else ("subject",)
            yield CsrLine(label, value, anchors, field, mono=value != "" and value == numbers)


def _key_lines(facts: CsrFacts) -> Iterator[CsrLine]:
    words, tone = PROOFS[facts.signature_valid]
    yield CsrLine(_("Kunci publik"), _key_words(facts.key), ("key",))
    yield CsrLine(_("Sidik jari kunci"), _fours(facts.key.sha256), ("fingerprint", "key"), mono=True)
    if facts.weaknesses is None:
        yield CsrLine(_("Kelemahan kunci"), _("belum diperiksa"), ("key",), tone=Tone.WARN)
    else:
        weak = ", ".join(facts.weaknesses)
        tone_of_key = Tone.BAD if weak else None
        yield CsrLine(_("Kelemahan kunci"), weak or _("tidak ada yang diketahui"), ("key",), tone=tone_of_key)
    yield CsrLine(_("Algoritma"), hash_words(facts.signature_hash), ("algorithm",))
    yield CsrLine(_("Tanda tangan"), _(words), ("signature",), tone=tone)


def _key_words(key: KeyFacts) -> str:
    return _("{key}, eksponen {exponent}").format(key=key.words, exponent=key.exponent) if key.exponent else key.words


def _extension_lines(extensions: Sequence[str]) -> Iterator[CsrLine]:
    for asked in extensions or ("",):
        yield CsrLine(_("Ekstensi diminta"), asked or _("tidak ada"), ("extensions",))


def _fours(text: str) -> str:
    return " ".join(text[at : at + 4] for at in range(0, len(text), 4))


class CsrLinesCard(Card):
    """The whole CSR as lines, each of which can be copied; what differs says so in words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("CSR", parent)

    def show_case(self, case: CaseView, comparison: Sequence[ComparisonRow]) -> None:
        reading, file = case.facts.csr, case.facts.csr_file
        known = {row.field: row.register for row in comparison if "csr" in row.differing}
        counted = known and reading.facts is not None
        self.set_note(_("{count} baris berbeda").format(count=len(known)) if counted else "", Tone.WARN)
        facts = csr_problem(reading.problem)
        if file is not None:
            facts.insert(0, Fact(_("Berkas CSR"), f"{file.name} · {size_words(file.size)}", anchors=("file",)))
        lines = csr_lines(reading.facts) if reading.facts is not None else ()
        self.show_facts([*facts, *(_fact(line, known.get(line.field, "")) for line in lines)])


def _fact(line: CsrLine, known: str) -> Fact:
    """`known` is what the staff register says instead."""
    value = line.value or "–"
    if known:
        value += "\n" + _("≠ data kepegawaian: {known}").format(known=known)
    tone = Tone.WARN if known else line.tone
    return Fact(line.label, value, tone, line.mono, anchors=line.anchors, warm=bool(known))
