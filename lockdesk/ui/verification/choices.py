"""What the letter leaves open, as rows with one key each: the person, a doubted value, another letter, not yet sure."""

from dataclasses import dataclass
from textwrap import fill

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from lockdesk.core.identity import print_nip
from lockdesk.desk.requests.scanning import other_papers
from lockdesk.desk.values.cases import CaseView
from lockdesk.desk.values.person_fields import LETTER_LABELS, masked
from lockdesk.ui.look.theme import theme
from lockdesk.ui.widgets.cards import Card, Rows
from lockdesk.words import _

PERSON, DOUBT, LETTER, OPEN = "person", "doubt", "letter", "open"
_MOST = 8
_LINE = 58
"""Characters on a line at the ordinary text size, in the narrowest column."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that the officer may choose. `key`: the person's index, the field, the document, or the question."""

    kind: str
    key: str
    words: str
    text: str = ""
    """Of a doubted field: what it is taken to say."""


def choices_of(case: CaseView) -> tuple[Choice, ...]:
    """Everything that is open in the letter of a case; none while its letter is not read or is certain."""
    statement = case.facts.statement
    found = [
        Choice(PERSON, str(number), _("Pemohon: {name}").format(name=_named(person.fields.name, person.fields.nip)))
        for number, person in enumerate(statement.people)
        if person.role == "candidate"
    ]
    found += [
        Choice(
            DOUBT,
            field,
            _("{field} benar: {text}").format(field=_(LETTER_LABELS[field]), text=masked(field, text)),
            text,
        )
        for field, text in statement.doubted
        if field in LETTER_LABELS
    ]
    if not any(item.check == "statement.purpose" and item.verdict == "pass" for item in case.findings):
        found += [
            Choice(LETTER, str(item.id), _("Surat: {name}").format(name=item.name)) for item in other_papers(case)
        ]
    if not found:
        return ()
    return (*found[:_MOST], Choice(OPEN, "", _("Belum yakin: tanyakan kepada pemohon atau Kepala Bidang")))


def _named(name: str, nip: str) -> str:
    return ", ".join(filter(None, (name, f"NIP {print_nip(nip)}".replace(" ", "\N{NO-BREAK SPACE}") if nip else "")))


class ChoicesCard(Card):
    """The open choices; Alt with the row's number chooses one. Hidden where there are none."""

    chosen = Signal(object)
    """A Choice."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Perlu dipilih"), parent)
        self._choices: tuple[Choice, ...] = ()
        self._buttons = Rows(self._new_button)
        self._buttons.setContentsMargins(theme.px(12), theme.px(2), theme.px(12), theme.px(8))
        self.add_row(self._buttons)

    def show_case(self, case: CaseView, writable: bool) -> None:
        self._choices = choices_of(case) if writable else ()
        for number, button in enumerate(self._buttons.show_count(len(self._choices)), 1):
            button.show_choice(number, self._choices[number - 1])
        self.setVisible(bool(self._choices))

    def _new_button(self) -> "ChoiceButton":
        button = ChoiceButton()
        button.chosen.connect(self._on_chosen)
        return button

    @Slot(int)
    def _on_chosen(self, number: int) -> None:
        if 0 < number <= len(self._choices):
            self.chosen.emit(self._choices[number - 1])


class ChoiceButton(QPushButton):
    """One choice with its key."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._number = 0
        self.setObjectName("choice")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)  # never widens its column
        self.clicked.connect(self._on_clicked)

    def show_choice(self, number: int, choice: Choice) -> None:
        self._number = number
        key = QKeySequence(f"Alt+{number}")
        words = f"{choice.words} ({key.toString(QKeySequence.SequenceFormat.NativeText)})"
        self.setText(fill(words, _LINE * 100 // theme.percent))  # a button does not wrap of itself
        self.setAccessibleName(choice.words)
        self.setShortcut(key)

    @Slot()
    def _on_clicked(self) -> None:
        self.chosen.emit(self._number)
