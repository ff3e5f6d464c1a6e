"""One case: head, verification and letter side by side, action bar."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QSplitter, QStackedLayout, QVBoxLayout, QWidget

from lockdesk.core.findings import Finding, Place, Verdict, ordered
from lockdesk.desk.checks.places import field_places, places_of
from lockdesk.desk.checks.spec import LETTER
from lockdesk.desk.requests.scanning import PAPERS
from lockdesk.desk.requests.steps import CaseAction
from lockdesk.desk.values.cases import CaseView, DocumentRef
from lockdesk.desk.values.facts import PagePixels, StatementProblem
from lockdesk.settings import DeskSettings
from lockdesk.ui.cases.action_bar import ActionBar
from lockdesk.ui.cases.arranging import Arrangement
from lockdesk.ui.cases.casework import CaseReading
from lockdesk.ui.cases.head import CaseHead
from lockdesk.ui.cases.words import ca_words
from lockdesk.ui.look.actions import CASE_SPEC
from lockdesk.ui.look.times import OfficeTime
from lockdesk.ui.verification.choices import Choice
from lockdesk.ui.verification.letter import LetterView
from lockdesk.ui.verification.panel import VerificationPanel
from lockdesk.ui.verification.papers_window import PapersWindow
from lockdesk.ui.verification.side_by_side import MiddleColumn, SourcesColumn
from lockdesk.ui.widgets.kept_widths import kept
from lockdesk.ui.widgets.letter_text import Boxes
from lockdesk.ui.widgets.parts import column, is_enter, settle, settle_around
from lockdesk.ui.widgets.sheet import is_locked, sheet_is_open
from lockdesk.words import N_, _

LETTER_PROBLEMS = {
    StatementProblem.MISSING: N_("Surat pernyataan tidak dilampirkan"),
    StatementProblem.EMPTY: N_("Berkas surat kosong"),
    StatementProblem.ENCRYPTED: N_("Surat dilindungi kata sandi"),
    StatementProblem.DAMAGED: N_("Berkas surat rusak"),
    StatementProblem.TOO_LARGE: N_("Surat melebihi batas ukuran"),
    StatementProblem.TIMED_OUT: N_("Surat terlalu lama dibuka"),
    StatementProblem.OFFICE: N_("Surat berupa berkas pengolah kata"),
}


_WIDTHS = {
    Arrangement.ORDINARY: {"verification": 570, "letter": 452},
    Arrangement.LETTER_ALONE: {"letter": 1},
    Arrangement.SIDE_BY_SIDE: {"letter": 430, "middle": 540, "sources": 396},
}
"""What is shown, from left to right, and how the room is shared."""


class CasePanel(QWidget):
    """Shows the held case. Enter takes the next step while the focus is in here."""

    action_asked = Signal(str)
    case_filled = Signal(int)
    arrangement_asked = Signal(str)
    decision_asked = Signal(object)
    register_asked = Signal()

    def __init__(self, settings: DeskSettings, times: OfficeTime, training: bool, nothing: QWidget) -> None:
        """`nothing` is shown as long as no case is; the panel is made where that stands, and takes it in.

        Each part is made in its place: the style sheet looks anew at all that is in a widget when it gets a parent.
        """
        super().__init__(nothing.parentWidget())
        self._put_aside = False
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName(_("Kasus"))
        self.case: CaseView | None = None
        self._ca_name = ca_words(settings)
        self._page = QWidget(self)
        self.head = CaseHead(times, self._page)
        self._splitter = QSplitter(Qt.Orientation.Horizontal, self._page)
        self._splitter.setHandleWidth(1)
        self._splitter.setChildrenCollapsible(False)
        self.verification = VerificationPanel(settings.office, ca_words(settings), times, training, self._splitter)
        self.letter = LetterView(self._splitter)
        self.bar = ActionBar(self._page)
        self._times = times
        self._sides: tuple[MiddleColumn, SourcesColumn] | None = None
        self.arrangement = Arrangement.ORDINARY
        self._reading: CaseReading | None = None
        self._awaited = 0
        """The case on its way that is to get the focus as it comes."""
        self._columns: dict[str, QWidget] = {
            "verification": self.verification,
            "letter": self.letter,
        }
        for shown in self._columns.values():
            self._splitter.addWidget(shown)
        self._splitter.splitterMoved.connect(self._on_split)
        self.papers: PapersWindow | None = None
        """The window in which the letter is while it is out."""
        self._stack = QStackedLayout(self)
        self._stack.addWidget(nothing)
        self._inner = self._arrange_page()
        self._stack.addWidget(self._page)
        self.leave(Arrangement.ORDINARY)
        self.arrange(Arrangement.ORDINARY)
        self._connect()

    def _connect(self) -> None:
        self.bar.action_asked.connect(self.action_asked)
        self.letter.compare_asked.connect(self._on_compare_asked)
        self.letter.enlarge_asked.connect(self._on_enlarge_asked)
        self._connect_findings(self.verification)
        self.verification.document_chosen.connect(self._on_document)
        self.verification.choice_looked_at.connect(self.show_choice_place)
        self.verification.comparing_asked.connect(self._on_compare_asked)

    def _connect_findings(self, shown: VerificationPanel | MiddleColumn) -> None:
        shown.finding_chosen.connect(self._on_finding)
        shown.field_chosen.connect(self._on_field)
        shown.decision_asked.connect(self.decision_asked)
        shown.register_asked.connect(self.register_asked)

    @property
    def middle(self) -> MiddleColumn:
        return self._beside()[0]

    @property
    def sources(self) -> SourcesColumn:
        return self._beside()[1]

    def _beside(self) -> tuple[MiddleColumn, SourcesColumn]:
        """The columns beside the letter, made when they are first wanted: most cases are decided without."""
        if self._sides is None:
            middle, sources = self._sides = MiddleColumn(), SourcesColumn(self._ca_name, self._times)
            for name, shown in (("middle", middle), ("sources", sources)):
                shown.hide()
                self._columns[name] = shown
                self._splitter.addWidget(shown)
            self._connect_findings(middle)
            middle.left.connect(self._on_left)
        return self._sides

    def _arrange_page(self) -> QVBoxLayout:
        inner = column(self._page)
        inner.addWidget(self.head)
        inner.addWidget(self._splitter, 1)
        inner.addWidget(self.bar)
        return inner

    def showEvent(self, event: QShowEvent) -> None:
        """Styles and lays out once what the first case fills: its own turn would be three times as long as the
        next ones (41 ms of 15)."""
        super().showEvent(event)
        if self.case is None:
            self._page.show()
            self.verification.settle()
            self._page.hide()

    def put_aside(self, aside: bool) -> None:
        """Shows what stands where no case is chosen, until the case is asked for again."""
        self._put_aside = aside
        self._stack.setCurrentIndex(int(not aside and self.case is not None))

    def show_case(self, reading: CaseReading, now: datetime) -> None:
        """Fills the panel and paints it, so that Enter never acts on a case that is not seen yet. The letter is
        asked for first: it is drawn meanwhile."""
        case, before = reading.case, self.case
        self.case, self._reading = case, reading
        if not self._put_aside:
            self._stack.setCurrentIndex(1)
        if before is None or before.id != case.id or statement_of(before) != statement_of(case):
            self._show_letter(case)
        elif before.facts.statement != case.facts.statement:
            self._show_what_was_read(case)
        self.letter.show_reading(case.scan)
        if before is not None and before.id != case.id:
            self.bar.keep_focus_out()  # the keyboard was for the step of the other one
        self.bar.show_available(reading.available, self._words_of_steps(reading))
        if self._awaited == case.id:
            self.bar.take_focus()
        self._awaited = 0
        self.head.show_case(case, now)
        self.verification.show_case(case, reading.comparison, reading.ca_work, now)
        self._show_sides()
        self._name_papers()
        for part in (self.head, self.bar):
            settle(part)
        self._inner.activate()
        if self._page.width() < self._page.minimumSizeHint().width():
            settle_around(self._page)
        self.repaint()
        self.case_filled.emit(case.id)

    def _show_sides(self) -> None:
        """The columns beside the letter cost nothing while nobody sees them."""
        if self.arrangement is Arrangement.SIDE_BY_SIDE and self._reading is not None:
            self.middle.show_case(self._reading.case, self._reading.comparison)
            self.sources.show_case(self._reading.case, self._reading.comparison)

    def _words_of_steps(self, reading: CaseReading) -> dict[CaseAction, str]:
        """What these steps are about in this case."""
        asks = _("Periksa status ke {ca}").format(ca=self._ca_name)
        decides, notifies = CASE_SPEC[CaseAction.DECIDE_WARNING].label, CASE_SPEC[CaseAction.NOTIFY].label
        return {
            CaseAction.SETTLE: _("Masukkan sertifikat baru…") if reading.ca_work.awaits_certificate else asks,
            CaseAction.DECIDE_WARNING: _("Catat pemegang…") if reading.awaits_holder else decides,
            CaseAction.NOTIFY: _("Pemberitahuan menunggu…") if reading.waiting_notice is not None else notifies,
        }

    def leave(self, arrangement: Arrangement) -> None:
        """Hides what `arrangement` does not show; `arrange` follows."""
        for name, shown in self._columns.items():
            if name not in _WIDTHS[arrangement]:
                shown.hide()
        for layout in (self._inner, self._stack):  # what is gone asks for no room any more
            layout.activate()

    def arrange(self, arrangement: Arrangement) -> None:
        """Another arrangement of the same case, after `leave`; the letter keeps its page."""
        self.arrangement = arrangement
        if arrangement is Arrangement.SIDE_BY_SIDE:
            self._beside()
        widths = [_WIDTHS[arrangement].get(name, 0) for name in self._columns]
        for place, (name, width) in enumerate(zip(self._columns, widths, strict=True)):
            self._splitter.setStretchFactor(place, width)
            self._columns[name].setVisible(width > 0)
        self._splitter.setSizes(widths)
        kept.share_out(self._split_name, self._splitter)
        self._show_sides()

    @property
    def _split_name(self) -> str:
        """Under which the shares of the room are kept."""
        return f"case.{self.arrangement}" + (".out" if self.papers is not None else "")

    @Slot()
    def _on_split(self) -> None:
        kept.keep(self._split_name, self._splitter.sizes())

    def take_out(self, place: str, actions: list[QAction]) -> PapersWindow:
        """The letter goes into a window of its own, where it was last; `bring_back` follows some time."""
        self._columns.pop("letter")
        self.papers = PapersWindow(self.letter, place, actions, self)
        self.papers.key_pressed.connect(self._on_papers_key)
        self.letter.head.show_out(True)
        self._name_papers()
        self.papers.show()
        self.arrange(self.arrangement)
        return self.papers

    def bring_back(self) -> str:
        """The letter stands beside the case again; where its window was."""
        assert self.papers is not None
        place, papers, self.papers = self.papers.place, self.papers, None
        self._splitter.insertWidget(1, papers.let_go())
        self._columns = {"verification": self.verification, "letter": self.letter, **self._columns}
        self.letter.head.show_out(False)
        self.arrange(self.arrangement)
        return place

    def _name_papers(self) -> None:
        if self.papers is not None and self.case is not None:
            self.papers.show_title(self.case.applicant.name, self.case.number)

    @Slot(QKeyEvent)
    def _on_papers_key(self, event: QKeyEvent) -> None:
        """Enter takes the next step there, too; what that asks, it asks in the main window."""
        if not (is_locked(self.window()) or sheet_is_open(self.window())):
            self.window().activateWindow()
            self.focus_panel(self.case.id if self.case is not None else 0)
            self.keyPressEvent(event)

    @Slot(int, object)
    def show_pixels(self, document: int, pixels: PagePixels | None) -> None:
        self.letter.show_pixels(document, pixels)

    def _show_letter(self, case: CaseView) -> None:
        letter = statement_of(case)
        problem = case.facts.statement.problem
        if letter is not None and problem in {StatementProblem.NONE, StatementProblem.TIMED_OUT}:
            read = case.facts.statement
            marks = first_marks(case)
            self.letter.show_document(letter.id, letter.name, read.pages, marks, read.lines, read.turns)
            return
        if case.destroyed_at is not None:
            self.letter.show_nothing(
                _("Data pribadi pada nomor ini sudah dimusnahkan."),
                _("Catatannya tinggal nomor, status, tanggal, dan rekam jejak."),
            )
            return
        title = _(LETTER_PROBLEMS.get(problem, LETTER_PROBLEMS[StatementProblem.MISSING]))
        self.letter.show_nothing(title, _("Minta pemohon mengirim surat pernyataan dalam bentuk PDF."))

    def _show_what_was_read(self, case: CaseView) -> None:
        """OCR has read more of the letter that is shown: its text and places, without moving the view."""
        letter = statement_of(case)
        if letter is not None and self.letter.document == letter.id:
            self.letter.show_lines(letter.id, case.facts.statement.lines)
            self.letter.set_turns(case.facts.statement.turns)
            self.letter.set_marks(first_marks(case))

    @Slot(object)
    def _on_finding(self, finding: Finding) -> None:
        if self.case is not None:
            self._point_at(places_of(finding, self.case))

    @Slot(str)
    def _on_field(self, field: str) -> None:
        if self.case is not None:
            self._point_at(field_places(field, self.case))

    @Slot(object)
    def show_choice_place(self, choice: Choice) -> None:
        """Where what may be chosen stands in the letter."""
        self._point_at(choice.places)

    def _point_at(self, places: Sequence[Place]) -> None:
        """Shows evidence wherever it stands: in the letter and in what is beside it."""
        case, in_letter = self.case, [place for place in places if place.source == LETTER]
        letter = statement_of(case) if case is not None else None
        if case is not None and letter is not None and in_letter:
            if self.letter.document != letter.id:
                self._show_letter(case)
            self.letter.mark(in_letter)
        if self.arrangement is Arrangement.SIDE_BY_SIDE:
            self.middle.point_at(places)
            self.sources.point_at(places)
        else:
            self.verification.point_at(places)

    @Slot()
    def _on_compare_asked(self) -> None:
        self.arrangement_asked.emit(str(Arrangement.SIDE_BY_SIDE))

    @Slot()
    def _on_enlarge_asked(self) -> None:
        self.arrangement_asked.emit(str(Arrangement.LETTER_ALONE))

    @Slot()
    def _on_left(self) -> None:
        self.arrangement_asked.emit(str(Arrangement.ORDINARY))

    @Slot(int)
    def _on_document(self, document_id: int) -> None:
        if self.case is None:
            return
        found = next((ref for ref in self.case.documents if ref.id == document_id), None)
        if found is not None:
            if found == statement_of(self.case):
                self._show_letter(self.case)
            else:
                self.letter.show_document(found.id, found.name, 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if is_enter(event):
            primary = self.bar.primary
            if not event.isAutoRepeat() and primary is not None:
                if primary.isEnabled():
                    primary.click()
                else:  # as while its scan is being read
                    self.bar.tell_why_resting(primary.action)
            event.accept()
            return
        if event.key() == Qt.Key.Key_Escape and self.arrangement is not Arrangement.ORDINARY:
            self._on_left()
            return
        if event.key() == Qt.Key.Key_Escape:
            self.verification.back_to_finding()
            return
        super().keyPressEvent(event)

    def focus_panel(self, case_id: int) -> None:
        """Puts the focus where Enter takes the next step of a case; while that is on its way, as soon as it is shown,
        and while a step is being taken, as soon as that is done."""
        self.verification.setFocus(Qt.FocusReason.OtherFocusReason)
        if self.case is not None and self.case.id == case_id:
            self.bar.take_focus()
        else:
            self._awaited = case_id


def statement_of(case: CaseView) -> DocumentRef | None:
    """The newest stored letter."""
    letters = [ref for ref in case.documents if ref.role == "statement" and ref.stored]
    return next((ref for ref in reversed(letters) if ref.kind in PAPERS), None)


def first_marks(case: CaseView) -> dict[int, Boxes]:
    """The places of the findings that need a decision, per page."""
    marks: dict[int, Boxes] = {}
    for finding in ordered(case.findings):
        place = finding.place
        if finding.verdict is Verdict.PASS or place is None or place.source != "statement":
            continue
        marks[place.page] = marks.get(place.page, ()) + place.boxes
    return marks
