"""What the letter leaves open, as rows with one key each: the person, a doubted value, another letter, not yet sure."""

from collections.abc import Iterator, Sequence
from textwrap import fill

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from lockdesk.core.findings import Place
from lockdesk.core.identity import print_nip
from lockdesk.desk.requests.persons import PASSED_OVER, passed_over, table_rows
from lockdesk.desk.requests.scanning import offered_csrs, other_papers
from lockdesk.desk.requests.steps import open_questions
from lockdesk.desk.values.cases import CaseView, DocumentRef
from lockdesk.desk.values.facts import PersonFacts, StatementFacts
from lockdesk.desk.values.person_fields import LETTER_LABELS
from lockdesk.records import dataclass
from lockdesk.ui.look.theme import Tone, theme
from lockdesk.ui.verification.letter_facts import shown_value, source_words
from lockdesk.ui.widgets.cards import Card, Rows
from lockdesk.ui.widgets.parts import column, icon_button, label, line, settle
from lockdesk.words import _, size_words

PERSON, EACH, DOUBT, LETTER, CSR = "person", "each", "doubt", "letter", "csr"
OPEN, ANSWER, CHANGE = "open", "answer", "change"
_MOST = 8
_LINE = 52
"""Characters on a line at the ordinary text size, in the narrowest column."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that the officer may choose. `key`: the person's index, the field, the document, or the question."""

    kind: str
    key: str
    words: str
    text: str = ""
    """Of a doubted field: what it is taken to say."""
    why: str = ""
    """What speaks for it."""
    places: tuple[Place, ...] = ()
    """Where it stands in the letter."""


def choices_of(case: CaseView, changing: bool = False) -> tuple[Choice, ...]:
    """Everything that is open in the papers of a case; none while its letter is not read or is certain. `changing`:
    what is chosen, by the officer or by the program, is to be chosen once more."""
    statement = case.facts.statement
    found = [*_people(statement, changing), *_doubts(statement)]
    if changing or not _passes(case, "statement.purpose"):
        found += _files(LETTER, _("Surat: {name}"), other_papers(case))
    if changing or case.facts.csr_count > 1:
        found += _files(CSR, _("CSR: {name}"), offered_csrs(case))
    each = () if changing else _each(statement)
    found = [*found[: _MOST - len(each)], *each]
    asked = [
        Choice(ANSWER, question, _("Catat jawaban: {question}").format(question=question))
        for question in open_questions(case)
    ]
    found += asked
    if len(found) > len(asked):
        found.append(Choice(OPEN, "", _("Belum yakin: tanyakan kepada pemohon atau Kepala Bidang")))
    if not changing and (passed_over(statement) or other_papers(case) or offered_csrs(case)):
        words = _("Ganti pilihan pemohon") if passed_over(statement) else _("Ganti surat atau CSR")
        found.append(Choice(CHANGE, "", words, why=_chosen_words(case)))
    return tuple(found)


def _passes(case: CaseView, check: str) -> bool:
    return any(item.check == check and item.verdict == "pass" for item in case.findings)


def _files(kind: str, words: str, documents: Sequence[DocumentRef]) -> Iterator[Choice]:
    for item in documents:
        yield Choice(kind, str(item.id), words.format(name=item.name), why=size_words(item.size))


def _chosen_words(case: CaseView) -> str:
    """Whom and what the case goes by."""
    facts = case.facts
    fields = facts.statement.fields
    person = _named(fields.name, fields.nip) if passed_over(facts.statement) else ""
    letter = facts.statement_file.name if other_papers(case) and facts.statement_file is not None else ""
    csr = facts.csr_file.name if offered_csrs(case) and facts.csr_file is not None else ""
    told = ((_("Pemohon: {name}"), person), (_("Surat: {name}"), letter), (_("CSR: {name}"), csr))
    return " · ".join(words.format(name=name) for words, name in told if name)


def _people(statement: StatementFacts, changing: bool) -> Iterator[Choice]:
    roles = {"candidate", "applicant", PASSED_OVER} if changing else {"candidate"}
    for number, person in enumerate(statement.people):
        if person.role in roles:
            words = _("Pemohon: {name}").format(name=_named(person.fields.name, person.fields.nip))
            places = tuple(place for _field, place in person.places)
            yield Choice(PERSON, str(number), words, why=_why(person), places=places)


def _each(statement: StatementFacts) -> tuple[Choice, ...]:
    """What a letter with a table of several people asks for all of them."""
    several = len(table_rows(statement))
    if several < 2:
        return ()
    words = _("Semuanya: buat kasus untuk masing-masing dari {n} orang").format(n=several)
    return (Choice(EACH, "", words, why=_("Setiap kasus menyimpan surat yang sama.")),)


def _why(person: PersonFacts) -> str:
    """What the letter says of somebody besides name and number, and where."""
    known = (person.fields.position, person.fields.agency, _("baris dalam tabel") if person.row else "")
    pages = sorted({place.page + 1 for _field, place in person.places})
    where = [_("halaman {n}").format(n=page) for page in pages[:1]]
    return " · ".join(filter(None, (*known, *where)))


def _doubts(statement: StatementFacts) -> Iterator[Choice]:
    places = dict(statement.places)
    for field, text in statement.doubted:
        if field in LETTER_LABELS:
            words = _("{field} benar: {text}").format(field=_(LETTER_LABELS[field]), text=shown_value(field, text))
            why, place = source_words(statement, field), places.get(field)
            yield Choice(DOUBT, field, words, text, why, () if place is None else (place,))


def _named(name: str, nip: str) -> str:
    return ", ".join(filter(None, (name, f"NIP {print_nip(nip)}".replace(" ", "\N{NO-BREAK SPACE}") if nip else "")))


class ChoicesCard(Card):
    """The open choices; Alt with the row's number chooses one. Hidden where there are none. A chosen person can be
    chosen anew, by two presses: the first only shows who else there is."""

    chosen = Signal(object)
    """A Choice."""
    retype_asked = Signal(object)
    """A Choice about a doubted value: it says something else."""
    place_asked = Signal(object)
    """A Choice whose place in the letter is to be shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Perlu dipilih"), parent)
        self._rows_of = Rows(self._new_row)
        self._rows_of.setContentsMargins(theme.px(12), theme.px(2), theme.px(12), theme.px(8))
        self.add_row(self._rows_of)
        self._case: CaseView | None = None

    def show_case(self, case: CaseView, writable: bool) -> None:
        self._case = case
        self._show(choices_of(case) if writable else ())

    def _show(self, choices: Sequence[Choice]) -> None:
        for number, row in enumerate(self._rows_of.show_count(len(choices)), 1):
            row.show_choice(number, choices[number - 1])
        decided = all(choice.kind == CHANGE for choice in choices)
        self.set_title(_("Yang dipakai") if decided else _("Perlu dipilih"))
        self.setVisible(bool(choices))

    @Slot(object)
    def _on_chosen(self, choice: Choice) -> None:
        if choice.kind != CHANGE:
            self.chosen.emit(choice)
        elif self._case is not None:
            self._show(choices_of(self._case, changing=True))
            settle(self)

    def _new_row(self) -> "ChoiceRow":
        row = ChoiceRow()
        row.chosen.connect(self._on_chosen)
        row.retype_asked.connect(self.retype_asked)
        row.place_asked.connect(self.place_asked)
        return row


class ChoiceRow(QWidget):
    """One choice with its key, what speaks for it, the way to its place, and for a doubted value the way to another."""

    chosen = Signal(object)
    retype_asked = Signal(object)
    place_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choice: Choice | None = None
        self.button = QPushButton()
        self.button.setObjectName("choice")
        self.button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)  # never widens its column
        self.look = icon_button("eye", _("Lihat letaknya dalam surat"))
        self.retype = icon_button("pencil", _("Ketik yang tertulis pada surat"))
        self._why = label(tone=Tone.QUIET, scale="small", wrap=True)
        self._why.setContentsMargins(theme.px(8), 0, 0, theme.px(4))
        top = line((self.button, self.look, self.retype), 4)
        top.setStretch(0, 1)
        inner = column(self)
        inner.addLayout(top)
        inner.addWidget(self._why)
        self.button.clicked.connect(self._on_clicked)
        self.look.clicked.connect(self._on_look)
        self.retype.clicked.connect(self._on_retype)

    def show_choice(self, number: int, choice: Choice) -> None:
        self._choice = choice
        self.button.ensurePolished()  # else its height is reckoned in another face, and kept
        key = QKeySequence(f"Alt+{number}")
        words = f"{choice.words} ({key.toString(QKeySequence.SequenceFormat.NativeText)})"
        self.button.setText(fill(words, _LINE * 100 // theme.percent))  # a button does not wrap of itself
        self.button.setMinimumHeight(self.button.sizeHint().height())  # the style sheet's own is that of two lines
        self.button.setAccessibleName(choice.words)
        self.button.setAccessibleDescription(choice.why)
        self.button.setToolTip(choice.why)
        self.button.setShortcut(key)
        self.look.setVisible(bool(choice.places))
        self.retype.setVisible(choice.kind == DOUBT)
        self._why.setText(choice.why)
        self._why.setVisible(bool(choice.why))

    @Slot()
    def _on_clicked(self) -> None:
        self.chosen.emit(self._choice)

    @Slot()
    def _on_look(self) -> None:
        self.place_asked.emit(self._choice)

    @Slot()
    def _on_retype(self) -> None:
        self.retype_asked.emit(self._choice)
