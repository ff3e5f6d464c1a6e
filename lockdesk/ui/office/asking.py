"""What the office asks of applicants, and whether they make their CSR themselves."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import partial
from typing import TypeVar

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from lockdesk.demands import CSR_ANSWERS, CSR_QUESTION, DEMAND_LABELS, DEMAND_NAMES, CsrAnswer, Demand
from lockdesk.desk.office.asking import Asked, Asking
from lockdesk.ui.look.theme import Tone
from lockdesk.ui.office.gateway import CSR_ALL_THE_SAME
from lockdesk.ui.running.background import Background
from lockdesk.ui.widgets.cards import Card, Notice, Row, WideRow
from lockdesk.ui.widgets.forms import Segments
from lockdesk.ui.widgets.parts import column, label
from lockdesk.words import _

E = TypeVar("E", bound=StrEnum)


class AskingSection(QWidget):
    """The card with its calls to the desk; every choice is saved at once."""

    saved = Signal()

    def __init__(self, asking: Asking, background: Background, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._asking, self._background = asking, background
        self.card = Card(_("Yang diminta dari pemohon"))
        self._unsure = Notice(
            _(
                "Belum dipastikan apakah pemohon membuat CSR sendiri. Sementara ini CSR diwajibkan menurut standar "
                "pelayanan; tanyakan kepada Kepala Bidang atau CA, lalu jawab di sini."
            )
        )
        self._overruled = Notice(_(CSR_ALL_THE_SAME), Tone.INFO)
        self._answer = Segments(_options(CSR_ANSWERS), _(CSR_QUESTION), preset=False)
        self._answer.chosen.connect(self._on_answer)
        self._demands = {name: self._choice(name) for name in DEMAND_NAMES}
        self._unsure_row, self._overruled_row = WideRow(self._unsure), WideRow(self._overruled)
        for row in (self._unsure_row, self._overruled_row):
            self.card.add_row(row)
            row.hide()
        self.card.add_row(Row((label(_(CSR_QUESTION), wrap=True), self._answer), 0))
        for name, box in self._demands.items():
            self.card.add_row(Row((label(_(DEMAND_NAMES[name]), wrap=True), box), 0))
        column(self).addWidget(self.card)
        self.read()

    def _choice(self, name: str) -> Segments:
        box = Segments(_options(DEMAND_LABELS), _(DEMAND_NAMES[name]), preset=False)
        box.setObjectName(name)
        box.chosen.connect(self._on_demand)
        return box

    def read(self) -> None:
        """Shows what is saved; again after the CA or the profile's text changed."""
        self._background.run(self._asking.asked, self._on_read)

    def _on_read(self, asked: Asked) -> None:
        self._answer.choose(asked.answer or "")
        for name, box in self._demands.items():
            box.choose(getattr(asked.demands, name))
        self._unsure_row.setVisible(asked.answer is CsrAnswer.UNKNOWN)
        self._overruled_row.setVisible(asked.overruled)

    @Slot(str)
    def _on_answer(self, answer: str) -> None:
        self._background.run(partial(self._asking.answer, CsrAnswer(answer)), self._on_saved)

    @Slot(str)
    def _on_demand(self, demand: str) -> None:
        name = self.sender().objectName()
        self._background.run(partial(self._asking.demand, name, Demand(demand)), self._on_saved)

    def _on_saved(self, _result: object) -> None:
        self.read()
        self.saved.emit()


def _options(labels: Mapping[E, str]) -> Sequence[tuple[str, str]]:
    return [(value.value, _(words)) for value, words in labels.items()]
