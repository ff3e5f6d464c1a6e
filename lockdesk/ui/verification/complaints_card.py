"""The complaints about a case; those of confidential complainants are not among them."""

from datetime import datetime

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from lockdesk.core.complaints import COMPLAINT_STATE_LABELS, ComplaintState
from lockdesk.desk.values.cases import CaseView, ComplaintMention
from lockdesk.ui.look.theme import Tone
from lockdesk.ui.look.times import OfficeTime
from lockdesk.ui.widgets.cards import Card
from lockdesk.ui.widgets.facts import Fact
from lockdesk.words import _


class ComplaintsCard(Card):
    """A row for each; a click or Space shows the complaint."""

    complaint_chosen = Signal(int)

    def __init__(self, times: OfficeTime, parent: QWidget | None = None) -> None:
        super().__init__(_("Pengaduan tentang kasus ini"), parent)
        self._times = times
        self._shown: tuple[ComplaintMention, ...] = ()
        self.facts.chosen.connect(self._on_chosen)

    def show_case(self, case: CaseView, now: datetime) -> None:
        self._shown = case.complaints
        self.setVisible(bool(case.complaints))
        self.show_facts([self._fact(mention, now) for mention in case.complaints])

    def _fact(self, mention: ComplaintMention, now: datetime) -> Fact:
        tone = Tone.OK if mention.state is ComplaintState.RESOLVED else Tone.WARN
        chip = (_(COMPLAINT_STATE_LABELS[mention.state]), tone)
        return Fact("", mention.number, mono=True, note=self._times.moment(mention.received_at, now), chip=chip)

    @Slot(int)
    def _on_chosen(self, row: int) -> None:
        self.complaint_chosen.emit(self._shown[row].id)
