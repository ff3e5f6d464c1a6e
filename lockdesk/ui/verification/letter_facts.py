"""What the letter says, value by value: where each stands, and what speaks for it."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from lockdesk.core.identity import print_nip
from lockdesk.desk.values.cases import CaseView
from lockdesk.desk.values.facts import StatementFacts
from lockdesk.desk.values.person_fields import BY_NAME, LETTER_LABELS, masked
from lockdesk.ui.look.theme import Tone
from lockdesk.ui.widgets.cards import Card
from lockdesk.ui.widgets.facts import Fact
from lockdesk.words import N_, _

EVIDENCE_WORDS = {
    "label": N_("setelah labelnya"),
    "below": N_("di bawah labelnya"),
    "above": N_("di atas keterangannya"),
    "column": N_("dalam kolom tabel"),
    "sentence": N_("dalam kalimat"),
    "signature": N_("pada blok tanda tangan"),
    "shape": N_("dikenali dari bentuknya"),
    "officer": N_("ditetapkan petugas"),
}
"""What speaks for a value, in the officer's words (`StatementFacts.evidence`)."""


def evidence_words(statement: StatementFacts, field: str) -> str:
    """What speaks for a value of the letter; "" where nothing is known of it."""
    return _(EVIDENCE_WORDS.get(dict(statement.evidence).get(field, ""), ""))


def source_words(statement: StatementFacts, field: str) -> str:
    """The same with where it stands and by whom it was read, as a sentence."""
    evidence, place = evidence_words(statement, field), dict(statement.places).get(field)
    where = _("halaman {n}").format(n=place.page + 1) if place is not None else ""
    read = _("dibaca mesin dari gambar") if statement.ocr and place is not None else ""
    words = ", ".join(filter(None, (evidence, where, read)))
    return f"{words[:1].upper()}{words[1:]}." if words else ""


def shown_value(field: str, text: str) -> str:
    """A value as it is shown: NIK and telephone number masked, an NIP in its groups."""
    return print_nip(text) if field == "nip" else masked(field, text)


def letter_facts(statement: StatementFacts) -> list[Fact]:
    """Every value that was read in the letter, the doubted ones as such."""
    doubted, found = dict(statement.doubted), []
    for field, words in LETTER_LABELS.items():
        text = doubted.get(field) or getattr(statement.fields, field)
        if text:
            unsure = field in doubted
            note = evidence_words(statement, field)
            tip = source_words(statement, field)
            chip = (_("diragukan"), Tone.WARN) if unsure else None
            mono = field == "key_fingerprint" or (field in BY_NAME and BY_NAME[field].mono)
            value = shown_value(field, text)
            found.append(Fact(_(words), value, None, mono, anchors=(field,), tip=tip, note=note, chip=chip))
    return found


class LetterCard(Card):
    """The letter's values; a click or Space shows where one stands."""

    field_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Isi surat"), parent)
        self.facts.chosen.connect(self._on_chosen)

    def show_case(self, case: CaseView) -> None:
        facts = letter_facts(case.facts.statement)
        self.setVisible(bool(facts))
        self.show_facts(facts)
        self.set_note(_("dibaca mesin dari gambar") if case.facts.statement.ocr else "")

    @Slot(int)
    def _on_chosen(self, row: int) -> None:
        self.field_chosen.emit(self.facts.facts[row].anchors[0])
