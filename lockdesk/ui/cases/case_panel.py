"""One case: head, verification and letter side by side, action bar."""

from datetime import datetime

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QSplitter, QStackedLayout, QWidget

from lockdesk.core.findings import Finding, Verdict, ordered
from lockdesk.desk.facts import AttachmentKind, PagePixels, StatementProblem
from lockdesk.desk.steps import availability
from lockdesk.desk.views import CaseView, DocumentRef
from lockdesk.settings import DeskSettings
from lockdesk.ui.cards import EmptyState
from lockdesk.ui.cases.action_bar import ActionBar
from lockdesk.ui.cases.casework import CaseReading
from lockdesk.ui.cases.head import CaseHead
from lockdesk.ui.cases.words import ca_words
from lockdesk.ui.parts import column
from lockdesk.ui.times import OfficeTime
from lockdesk.ui.verification.letter import LetterView
from lockdesk.ui.verification.page_canvas import Boxes
from lockdesk.ui.verification.panel import VerificationPanel
from lockdesk.words import N_, _

LETTER_PROBLEMS = {
    StatementProblem.MISSING: N_("Surat pernyataan tidak dilampirkan"),
    StatementProblem.EMPTY: N_("Berkas surat kosong"),
    StatementProblem.ENCRYPTED: N_("Surat dilindungi kata sandi"),
    StatementProblem.DAMAGED: N_("Berkas surat rusak"),
    StatementProblem.TOO_LARGE: N_("Surat melebihi batas ukuran"),
    StatementProblem.TIMED_OUT: N_("Surat terlalu lama dibuka"),
}


class CasePanel(QWidget):
    """Shows the held case. Enter takes the next step while the focus is in here."""

    action_asked = Signal(str)
    case_filled = Signal(int)

    def __init__(
        self, settings: DeskSettings, times: OfficeTime, training: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName(_("Kasus"))
        self.case: CaseView | None = None
        self.head = CaseHead(times)
        self.verification = VerificationPanel(settings.office, ca_words(settings), times, training)
        self.letter = LetterView()
        self.bar = ActionBar()
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setHandleWidth(1)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.addWidget(self.verification)
        self._splitter.addWidget(self.letter)
        self._splitter.setStretchFactor(0, 57)
        self._splitter.setStretchFactor(1, 45)
        self._splitter.setSizes([570, 452])
        self._stack = QStackedLayout(self)
        words = _("Pilih kasus pada daftar, atau terima permohonan baru.")
        self._stack.addWidget(EmptyState("inbox", _("Belum ada kasus yang dipilih"), words))
        self._stack.addWidget(self._make_case())
        self.bar.action_asked.connect(self.action_asked)
        self.verification.filled.connect(self.case_filled)
        queued = Qt.ConnectionType.QueuedConnection  # it is told while painting
        self.letter.page_shown.connect(self._on_page_shown, queued)
        self.verification.finding_chosen.connect(self._on_finding)
        self.verification.document_chosen.connect(self._on_document)

    def _make_case(self) -> QWidget:
        made = QWidget()
        inner = column(made)
        inner.addWidget(self.head)
        inner.addWidget(self._splitter, 1)
        inner.addWidget(self.bar)
        return made

    def show_case(self, reading: CaseReading, now: datetime) -> None:
        """Fills the panel; the letter is asked for first, so that it is drawn meanwhile."""
        case = reading.case
        another = self.case is None or self.case.id != case.id
        self.case = case
        self._stack.setCurrentIndex(1)
        if another:
            self._show_letter(case)
        self.head.show_case(case, now)
        self.bar.show_available(availability(case))
        self.verification.show_case(case, reading.comparison, now)

    def show_nothing(self) -> None:
        self.case = None
        self._stack.setCurrentIndex(0)

    def enlarge_letter(self, large: bool) -> None:
        """F11: the letter takes the whole width."""
        self.verification.setVisible(not large)

    @Slot(int, object)
    def show_pixels(self, document: int, pixels: PagePixels | None) -> None:
        self.letter.show_pixels(document, pixels)

    def _show_letter(self, case: CaseView) -> None:
        letter = statement_of(case)
        problem = case.facts.statement.problem
        if letter is not None and problem in {StatementProblem.NONE, StatementProblem.TIMED_OUT}:
            pages = case.facts.statement.pages
            self.letter.show_document(letter.id, letter.name, pages, first_marks(case))
            return
        title = _(LETTER_PROBLEMS.get(problem, LETTER_PROBLEMS[StatementProblem.MISSING]))
        self.letter.show_nothing(title, _("Minta pemohon mengirim surat pernyataan dalam bentuk PDF."))

    @Slot(int)
    def _on_page_shown(self, _page: int) -> None:
        self.verification.fill_below()

    @Slot(object)
    def _on_finding(self, finding: Finding) -> None:
        place = finding.place
        if place is not None and place.source == "statement" and self.letter.document:
            self.letter.mark(place.page, place.boxes)

    @Slot(int)
    def _on_document(self, document_id: int) -> None:
        if self.case is None:
            return
        found = next((ref for ref in self.case.documents if ref.id == document_id), None)
        if found is not None:
            letter = found.role == "statement"
            self.letter.show_document(found.id, found.name, self.case.facts.statement.pages if letter else 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            primary = self.bar.primary
            if not event.isAutoRepeat() and primary is not None and primary.isEnabled():
                primary.click()
            event.accept()
            return
        super().keyPressEvent(event)

    def focus_panel(self) -> None:
        """Puts the focus where Enter takes the next step."""
        primary = self.bar.primary
        target = primary if primary is not None and primary.isEnabled() else self.verification
        target.setFocus(Qt.FocusReason.OtherFocusReason)


def statement_of(case: CaseView) -> DocumentRef | None:
    """The newest stored letter."""
    letters = [ref for ref in case.documents if ref.role == "statement" and ref.stored]
    return next((ref for ref in reversed(letters) if ref.kind is AttachmentKind.PDF), None)


def first_marks(case: CaseView) -> dict[int, Boxes]:
    """The places of the findings that need a decision, per page."""
    marks: dict[int, Boxes] = {}
    for finding in ordered(case.findings):
        place = finding.place
        if finding.verdict is Verdict.PASS or place is None or place.source != "statement":
            continue
        marks[place.page] = marks.get(place.page, ()) + place.boxes
    return marks
