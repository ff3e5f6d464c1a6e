"""Letter and CSR side by side: in the middle the comparison with the findings, at the right CSR and mail by lines."""

from collections.abc import Collection, Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from lockdesk.core.findings import Place
from lockdesk.desk.checks.spec import CERTIFICATE, COMPARISON, CSR, MAIL
from lockdesk.desk.values.cases import CaseView, ComparisonRow
from lockdesk.ui.look.times import OfficeTime
from lockdesk.ui.verification.comparison import ComparisonCard
from lockdesk.ui.verification.csr_lines import CsrLinesCard
from lockdesk.ui.verification.fact_cards import MailCard, OldCertificateCard
from lockdesk.ui.verification.findings import FindingsCard
from lockdesk.ui.widgets.cards import Card, Flow
from lockdesk.ui.widgets.parts import reveal
from lockdesk.words import _


def point_at(cards: Mapping[str, Card], places: Collection[Place]) -> None:
    """Marks in every card the rows that the places name; brings one into view, by the places' order."""
    rows = {
        source: card.point_at([place.anchor for place in places if place.source == source])
        for source, card in cards.items()
    }
    for place in places:
        row = rows.get(place.source)
        if row is not None:
            reveal(cards[place.source], row)
            return


class MiddleColumn(Flow):
    """The comparison table and the findings, each of which shows its places at both sides."""

    finding_chosen = Signal(object)
    field_chosen = Signal(str)
    decision_asked = Signal(object)
    left = Signal()
    register_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setAccessibleName(_("Perbandingan identitas"))
        self._comparison = ComparisonCard(_("Kembali"), "Esc")
        self.findings = FindingsCard()
        self._comparison.field_chosen.connect(self.field_chosen)
        self._comparison.other_view_asked.connect(self.left)
        self._comparison.register_asked.connect(self.register_asked)
        self.findings.finding_chosen.connect(self.finding_chosen)
        self.findings.decision_asked.connect(self.decision_asked)
        self.add(self._comparison)
        self.add(self.findings)

    def show_case(self, case: CaseView, comparison: Sequence[ComparisonRow]) -> None:
        self._comparison.show_case(case, comparison)
        self.findings.show_case(case)
        self.settle()

    def point_at(self, places: Collection[Place]) -> None:
        point_at({COMPARISON: self._comparison}, places)


class SourcesColumn(Flow):
    """What stands against the letter: the CSR by lines, the mail's headers, the old certificate."""

    def __init__(self, ca_name: str, times: OfficeTime, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setAccessibleName(_("CSR dan e-mail"))
        self._csr = CsrLinesCard()
        self._mail = MailCard(times)
        self._old = OldCertificateCard(times, ca_name)
        for card in (self._csr, self._mail, self._old):
            self.add(card)

    def show_case(self, case: CaseView, comparison: Sequence[ComparisonRow]) -> None:
        self._csr.show_case(case, comparison)
        self._mail.show_case(case)
        self._old.show_case(case)
        self.settle()

    def point_at(self, places: Collection[Place]) -> None:
        """Marks the lines of a finding's evidence and brings the first into view."""
        point_at({CSR: self._csr, MAIL: self._mail, CERTIFICATE: self._old}, places)
