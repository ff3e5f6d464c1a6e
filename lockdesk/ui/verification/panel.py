"""The verification panel: every card of a case in one column, filled from one CaseView."""

from collections.abc import Collection, Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QWidget

from lockdesk.core.findings import Place
from lockdesk.core.operations import OperationState
from lockdesk.desk.checks.spec import CERTIFICATE, COMPARISON, CSR, DOCUMENTS, MAIL
from lockdesk.desk.operations.guide import CaWork
from lockdesk.desk.requests.steps import choosable, reviewing
from lockdesk.desk.values.cases import CaseView, ComparisonRow
from lockdesk.settings import OfficeProfile
from lockdesk.ui.look.state_tones import STATE_TONES
from lockdesk.ui.look.theme import theme
from lockdesk.ui.look.times import OfficeTime
from lockdesk.ui.verification.choices import ChoicesCard
from lockdesk.ui.verification.comparison import ComparisonCard
from lockdesk.ui.verification.complaints_card import ComplaintsCard
from lockdesk.ui.verification.fact_cards import CsrCard, MailCard, NewCertificateCard, OldCertificateCard
from lockdesk.ui.verification.findings import FindingsCard
from lockdesk.ui.verification.letter_facts import LetterCard
from lockdesk.ui.verification.operations_card import OperationsCard
from lockdesk.ui.verification.progress_cards import (
    CallsCard,
    ChecklistCard,
    DocumentsCard,
    HistoryCard,
)
from lockdesk.ui.verification.side_by_side import point_at
from lockdesk.ui.widgets.cards import Card, Flow, Notice
from lockdesk.ui.widgets.messages import MessagesCard
from lockdesk.words import _, again


class VerificationPanel(Flow):
    """Shows one case; asks by signals."""

    finding_chosen = Signal(object)
    field_chosen = Signal(str)
    comparing_asked = Signal()
    decision_asked = Signal(object)
    ticked = Signal(str, bool)
    choice_made = Signal(object)
    """A Choice."""
    retype_asked = Signal(object)
    """A Choice about a doubted value."""
    choice_looked_at = Signal(object)
    """A Choice whose place in the letter is to be shown."""
    document_chosen = Signal(int)
    document_export_asked = Signal(int)
    message_export_asked = Signal(int)
    message_action_asked = Signal(object)
    call_asked = Signal()
    register_asked = Signal()
    ca_asked = Signal(str)
    """A CaAsk."""
    complaint_chosen = Signal(int)

    def __init__(
        self,
        office: OfficeProfile,
        ca_name: str,
        times: OfficeTime,
        training: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent=parent)
        self.setAccessibleName(_("Verifikasi"))
        self._times = times
        self._closing = Notice("")
        self._operations = OperationsCard(times, ca_name, training)
        self.findings = FindingsCard()
        self._choices = ChoicesCard()
        self._new = NewCertificateCard(times)
        self._old = OldCertificateCard(times, ca_name, training)
        self._csr = CsrCard()
        self._comparison = ComparisonCard(_("Berdampingan"), tip=_("Bandingkan berdampingan (F9)"))
        self._letter = LetterCard()
        self._mail = MailCard(times)
        self._checklist = ChecklistCard(office.checklist)
        self._calls = CallsCard(times)
        self._documents = DocumentsCard()
        self._messages = MessagesCard(times)
        self._complaints = ComplaintsCard(times)
        self._history = HistoryCard(times)
        self._shown = 0
        self._focused: tuple[type[QWidget], str] = (QWidget, "")
        self._news: tuple[int, OperationState | None] = (0, None)
        self._arrange()
        self._connect()

    def _arrange(self) -> None:
        cards = (
            self._closing, self._operations, self._new, self._choices, self.findings, self._old, self._csr,
            self._comparison, self._letter, self._mail, self._calls, self._checklist, self._documents, self._messages,
            self._complaints, self._history,
        )  # fmt: skip
        for card in cards:
            self.add(card)

    def _connect(self) -> None:
        self.findings.finding_chosen.connect(self.finding_chosen)
        self.findings.decision_asked.connect(self.decision_asked)
        self._comparison.field_chosen.connect(self.field_chosen)
        self._letter.field_chosen.connect(self.field_chosen)
        self._choices.place_asked.connect(self.choice_looked_at)
        self._choices.retype_asked.connect(self.retype_asked)
        self._comparison.other_view_asked.connect(self.comparing_asked)
        self._comparison.register_asked.connect(self.register_asked)
        self._checklist.ticked.connect(self.ticked)
        self._choices.chosen.connect(self.choice_made)
        self._documents.document_chosen.connect(self.document_chosen)
        self._documents.export_asked.connect(self.document_export_asked)
        self._messages.export_asked.connect(self.message_export_asked)
        self._messages.action_asked.connect(self.message_action_asked)
        self._operations.asked.connect(self.ca_asked)
        self._old.asked.connect(self.ca_asked)
        self._calls.record_asked.connect(self.call_asked)
        self._complaints.complaint_chosen.connect(self.complaint_chosen)

    def show_case(self, case: CaseView, comparison: Sequence[ComparisonRow], ca_work: CaWork, now: datetime) -> None:
        """Fills the cards. The same case keeps its scroll position and its focus."""
        same = case.id == self._shown
        self._lay_down_focus()
        kept = self.verticalScrollBar().value() if same and not self._has_news(case) else 0
        self._closing.setVisible(bool(case.closing_reasons))
        self._closing.say(again("\n".join(case.closing_reasons)), STATE_TONES[case.state])
        self._operations.show_case(case, ca_work, now)
        self._new.show_case(case)
        self._choices.show_case(case, choosable(case))
        self.findings.show_case(case)
        self._old.show_case(case, ca_work)
        self._csr.show_case(case)
        self._comparison.show_case(case, comparison)
        self._letter.show_case(case)
        self._mail.show_case(case)
        self._calls.show_case(case, now)
        self._checklist.show_case(case, reviewing(case), self._times, now)
        self._documents.show_case(case)
        self._messages.show_messages(case.messages, now)
        self._complaints.show_case(case, now)
        self._history.show_history(case.history, now)
        # Of what was destroyed nothing is asked, and nothing is said to be missing.
        for card in (self.findings, self._old, self._csr, self._comparison, self._calls, self._checklist):
            card.setVisible(case.destroyed_at is None)
        self._shown = case.id
        self.settle()
        self.verticalScrollBar().setValue(kept)
        if same:
            self._take_up_focus()

    def _has_news(self, case: CaseView) -> bool:
        """Whether the CA has said something of an open operation: it stands at the top."""
        operation = case.open_operation()
        before, self._news = self._news, (case.id, operation.state if operation is not None else None)
        return operation is not None and before != self._news

    def _lay_down_focus(self) -> None:
        """Before the cards are made anew: a focus that fell from one would scroll to wherever it lands."""
        focused = QApplication.focusWidget()
        if focused is not None and self.isAncestorOf(focused):
            self._focused = (type(focused), focused.objectName())
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take_up_focus(self) -> None:
        """Back to the same box or button of the new cards, if it has a name, is there, and the focus still here."""
        (kind, name), self._focused = self._focused, (QWidget, "")
        if not name or not self.hasFocus():
            return
        for widget in self.findChildren(QWidget, name):
            if isinstance(widget, kind) and widget.isVisible():
                widget.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def point_at(self, places: Collection[Place]) -> None:
        """Marks the rows in which a finding's evidence stands and brings the first of them into view."""
        cards: dict[str, Card] = {
            CSR: self._csr,
            MAIL: self._mail,
            COMPARISON: self._comparison,
            CERTIFICATE: self._old,
            DOCUMENTS: self._documents,
        }
        point_at(cards, places)

    def back_to_finding(self) -> None:
        """From its evidence back to the finding that was chosen."""
        row = self.findings.chosen_row
        if row is not None:
            row.setFocus(Qt.FocusReason.OtherFocusReason)
            self.ensureWidgetVisible(row, 0, theme.px(60))
