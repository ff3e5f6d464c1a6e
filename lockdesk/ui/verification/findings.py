"""The findings: what needs a decision on top and open, what passed folded into one line."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QLabel, QWidget

from lockdesk.core.findings import Finding, Verdict, ordered
from lockdesk.desk.checks.catalogue import spec_of
from lockdesk.desk.steps import REVIEWING, is_hard_stop, needs_decision, title_of
from lockdesk.desk.views import CaseView, Decision
from lockdesk.ui.cards import Card, set_pointed
from lockdesk.ui.parts import SELECTABLE, HintButton, column, glyph, label, line, repolish
from lockdesk.ui.theme import Tone, theme
from lockdesk.words import _, number_words

VERDICT_TONES = {
    Verdict.FAIL: (Tone.BAD, "circle-x"),
    Verdict.WARN: (Tone.WARN, "circle-alert"),
    Verdict.UNKNOWN: (Tone.QUIET, "circle-question-mark"),
    Verdict.PASS: (Tone.OK, "check"),
}
_SHORT_COUNT = 4


class ChoosableRow(QFrame):
    """A finding that shows where its evidence stands when it is clicked, or by Space."""

    chosen = Signal(object)

    def __init__(self, finding: Finding, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.finding = finding
        self._ground = ""
        self.setProperty("row", "true")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(f"{title_of(finding)}. {finding.evidence} {finding.remedy}")
        self.setToolTip(_("Klik atau Spasi menunjukkan letak buktinya, Esc kembali ke sini"))

    def selectable(self, words: QLabel) -> QLabel:
        """Words that can be copied; a click on them chooses the row all the same."""
        words.setTextInteractionFlags(SELECTABLE)
        words.installEventFilter(self)
        return words

    def set_chosen(self, chosen: bool) -> None:
        ground = self._ground or ("chosen" if chosen else "")
        if self.property("ground") != ground:
            self.setProperty("ground", ground)
            repolish(self)
        set_pointed(self, chosen)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.MouseButtonPress:
            self.chosen.emit(self.finding)
        return super().eventFilter(watched, event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self.chosen.emit(self.finding)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self.chosen.emit(self.finding)
            return
        super().keyPressEvent(event)


class FindingRow(ChoosableRow):
    """One open finding: sentence, evidence, remedy, and what was decided about it."""

    decision_asked = Signal(object)

    def __init__(
        self, finding: Finding, decision: Decision | None, decidable: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(finding, parent)
        tone, icon_name = VERDICT_TONES[finding.verdict]
        stopped = is_hard_stop(finding)
        waiting = needs_decision(finding) and decision is None
        self._ground = "" if not waiting else ("bad" if finding.verdict is Verdict.FAIL else "warn")
        self.setProperty("ground", self._ground)
        inner = line((), 10)
        mark = glyph(icon_name, tone if decision is None else Tone.OK)
        mark.setContentsMargins(0, 1, 0, 0)
        inner.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        inner.setContentsMargins(theme.px(12), theme.px(6), theme.px(12), theme.px(7))
        words = column(spacing=0)
        words.addWidget(label(title_of(finding), bold=True, wrap=True))
        for text in (finding.evidence, finding.remedy):
            if text:
                words.addWidget(self.selectable(label(text, tone=Tone.QUIET, wrap=True)))
        if decision is not None:
            words.addWidget(label(_("Diputuskan: {reason}").format(reason=decision.reason), tone=Tone.OK, wrap=True))
        inner.addLayout(words, 1)
        if waiting and decidable and not stopped:
            inner.addWidget(self._decide_button(), 0, Qt.AlignmentFlag.AlignTop)
        self.setLayout(inner)

    def _decide_button(self) -> HintButton:
        button = HintButton(_("Putuskan…"), role="link")
        button.clicked.connect(self._on_decide)
        return button

    @Slot()
    def _on_decide(self) -> None:
        self.decision_asked.emit(self.finding)


class PassedLine(ChoosableRow):
    """One passed check in the unfolded list."""

    def __init__(self, finding: Finding, parent: QWidget | None = None) -> None:
        super().__init__(finding, parent)
        title = title_of(finding)
        words = self.selectable(label(" · ".join(filter(None, (title, finding.evidence))), tone=Tone.QUIET, wrap=True))
        inner = line((glyph("check", Tone.OK, 12), words), 8)
        inner.setStretch(1, 1)
        inner.setContentsMargins(theme.px(38), theme.px(3), theme.px(12), theme.px(3))
        self.setLayout(inner)


class PassedRow(QFrame):
    """How many checks passed, in one line, and the way to unfold them."""

    toggled = Signal(bool)

    def __init__(self, passed: Sequence[Finding], unfolded: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("row", "true")
        names = [_(spec_of(finding.check).short) for finding in passed]
        shown = ", ".join(names[:_SHORT_COUNT]) + (" …" if len(names) > _SHORT_COUNT else "")
        words = _("{count} pemeriksaan sesuai: {names}").format(count=number_words(len(passed)), names=shown)
        toggle = HintButton(_("Rincian"), role="link")
        toggle.setCheckable(True)
        toggle.setChecked(unfolded)
        toggle.toggled.connect(self.toggled)
        inner = line((), 10)
        inner.addWidget(glyph("check", Tone.OK), 0, Qt.AlignmentFlag.AlignTop)
        inner.setContentsMargins(theme.px(12), theme.px(7), theme.px(12), theme.px(7))
        inner.addWidget(label(words, tone=Tone.QUIET, wrap=True), 1)
        inner.addWidget(toggle, 0, Qt.AlignmentFlag.AlignTop)
        self.setLayout(inner)


class FindingsCard(Card):
    """All findings of a case: fail, warn, unknown; what passed is folded."""

    finding_chosen = Signal(object)
    decision_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Temuan"), parent)
        self._open: list[FindingRow] = []
        self._folded: tuple[Finding, ...] = ()
        self._passed: list[PassedLine] = []
        self._case_id = 0
        self._chosen = ""
        self._unfolded = False
        self._summary = ""
        self._reading = ""

    def show_case(self, case: CaseView) -> None:
        """The same case keeps the chosen finding and what is unfolded."""
        self.clear()
        self._open, self._passed, self._folded = [], [], ()
        if case.id != self._case_id:
            self._case_id, self._chosen, self._unfolded = case.id, "", False
        findings = ordered(case.findings)
        passed = tuple(finding for finding in findings if finding.verdict is Verdict.PASS)
        for finding in findings:
            if finding.verdict is not Verdict.PASS:
                self._add(finding, case)
        if passed:
            self._add_passed(passed)
        if not findings:
            self.add_words(_("Belum ada pemeriksaan."))
        self._summary = _summary(case, len(passed))
        self._mark_chosen()
        self._tell()

    def _add(self, finding: Finding, case: CaseView) -> None:
        row = FindingRow(finding, case.decision_on(finding), case.state in REVIEWING)
        row.chosen.connect(self._on_chosen)
        row.decision_asked.connect(self.decision_asked)
        self._open.append(row)
        self.add_row(row)

    def _add_passed(self, passed: tuple[Finding, ...]) -> None:
        head = PassedRow(passed, self._unfolded)
        head.toggled.connect(self._on_toggled)
        self.add_row(head)
        self._folded = passed
        if self._unfolded:
            self._unfold()

    def _unfold(self) -> None:
        """Makes the lines of what passed: most cases are judged without anybody looking at them."""
        passed, self._folded = self._folded, ()
        for finding in passed:
            line_of_check = PassedLine(finding)
            line_of_check.chosen.connect(self._on_chosen)
            self._passed.append(line_of_check)
            self.add_row(line_of_check)

    def show_reading(self, words: str) -> None:
        """What OCR is doing, in the head, so that no row moves; "" when it does nothing."""
        self._reading = words
        self._tell()

    def _tell(self) -> None:
        self.set_note(self._reading or self._summary, Tone.INFO if self._reading else Tone.QUIET)

    def _mark_chosen(self) -> None:
        for row in self.rows:
            row.set_chosen(row.finding.check == self._chosen)

    @property
    def open_rows(self) -> tuple[FindingRow, ...]:
        return tuple(self._open)

    @property
    def chosen_row(self) -> ChoosableRow | None:
        """The finding whose evidence is shown, if it can be seen."""
        return next((row for row in self.rows if row.finding.check == self._chosen and not row.isHidden()), None)

    @property
    def rows(self) -> tuple[ChoosableRow, ...]:
        """Every finding in order, the passed ones too once they were unfolded."""
        return (*self._open, *self._passed)

    @Slot(bool)
    def _on_toggled(self, unfolded: bool) -> None:
        self._unfolded = unfolded
        if unfolded:
            self._unfold()
        for row in self._passed:
            row.setVisible(unfolded)

    @Slot(object)
    def _on_chosen(self, finding: Finding) -> None:
        self._chosen = finding.check
        self._mark_chosen()
        self.finding_chosen.emit(finding)


def _summary(case: CaseView, passed: int) -> str:
    waiting = [f for f in case.findings if needs_decision(f) and case.decision_on(f) is None]
    stops = sum(1 for finding in waiting if is_hard_stop(finding))
    parts = []
    if stops:
        parts.append(_("{count} menghentikan").format(count=stops))
    if len(waiting) > stops:
        parts.append(_("{count} perlu diputuskan").format(count=len(waiting) - stops))
    if passed:
        parts.append(_("{count} sesuai").format(count=passed))
    return " · ".join(parts)
