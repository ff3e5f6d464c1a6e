"""The findings: what needs a decision on top and open, what waits or passed folded into a line each."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QFrame, QWidget

from lockdesk.core.findings import Finding, Verdict, ordered
from lockdesk.desk.checks.catalogue import spec_of, title_of
from lockdesk.desk.requests.steps import awaits_call, is_hard_stop, needs_decision, reviewing
from lockdesk.desk.values.cases import CaseView, Decision
from lockdesk.ui.look.theme import Tone, theme
from lockdesk.ui.running.clipboard import copies
from lockdesk.ui.verification.letter_head import reading_words
from lockdesk.ui.widgets.cards import Card, Rows, set_pointed
from lockdesk.ui.widgets.facts import Fact, Paragraphs, Words
from lockdesk.ui.widgets.parts import HintButton, column, draw, glyph, line, set_property
from lockdesk.words import _, again, number_words

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

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.finding: Finding | None = None
        self._ground = ""
        self.setProperty("row", "true")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(_("Klik atau Spasi menunjukkan letak buktinya, Esc kembali ke sini"))
        copy = QAction(_("Salin"), self)
        copy.triggered.connect(self.copy)
        self.addAction(copy)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self._words = Paragraphs()

    def set_finding(self, finding: Finding) -> None:
        """From now on the row is about this finding."""
        self.finding = finding
        self.setAccessibleName(f"{title_of(finding)}. {finding.evidence} {finding.remedy}")

    def is_about(self, check: str) -> bool:
        return self.finding is not None and self.finding.check == check

    def set_chosen(self, chosen: bool) -> None:
        set_property(self, "ground", self._ground or ("chosen" if chosen else ""))
        set_pointed(self, chosen)

    @Slot()
    def _choose(self) -> None:
        self.chosen.emit(self.finding)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if event.button() is Qt.MouseButton.LeftButton:
            self._choose()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self._choose()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            super().keyPressEvent(event)

    @Slot()
    def copy(self) -> None:
        """What the row says."""
        copies.put(self._words.text)


class FindingRow(ChoosableRow):
    """One open finding: sentence, evidence, remedy, and what was decided about it."""

    decision_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mark = glyph("check")
        self._mark.setContentsMargins(0, 1, 0, 0)
        self._decide = HintButton(_("Putuskan…"), role="link")
        self._decide.clicked.connect(self._on_decide)
        inner = line((), 10)
        inner.setContentsMargins(theme.px(12), theme.px(6), theme.px(12), theme.px(7))
        inner.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        inner.addWidget(self._words, 1)
        inner.addWidget(self._decide, 0, Qt.AlignmentFlag.AlignTop)
        self.setLayout(inner)

    def show_finding(self, finding: Finding, decision: Decision | None, waiting: bool, decidable: bool) -> None:
        """`waiting`: it must be decided before the case can be accepted; `decidable`: it can be, now."""
        self.set_finding(finding)
        tone, icon_name = VERDICT_TONES[finding.verdict]
        self._ground = "" if not waiting else ("bad" if finding.verdict is Verdict.FAIL else "warn")
        set_property(self, "ground", self._ground)
        draw(self._mark, icon_name, tone if decision is None else Tone.OK)
        decided = _("Diputuskan: {reason}").format(reason=again(decision.reason)) if decision is not None else ""
        title, evidence = Words(title_of(finding), bold=True), Words(finding.evidence, Tone.QUIET)
        self._words.show_words(title, evidence, Words(finding.remedy, Tone.QUIET), Words(decided, Tone.OK))
        self._decide.setVisible(waiting and decidable and not (is_hard_stop(finding) or awaits_call(finding)))

    @Slot()
    def _on_decide(self) -> None:
        self.decision_asked.emit(self.finding)


class FoldedLine(ChoosableRow):
    """One check of an unfolded list."""

    def __init__(self, icon_name: str, tone: Tone, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        inner = line((glyph(icon_name, tone, 12), self._words), 8)
        inner.setStretch(1, 1)
        inner.setContentsMargins(theme.px(38), theme.px(3), theme.px(12), theme.px(3))
        self.setLayout(inner)

    def show_finding(self, finding: Finding, name: str) -> None:
        self.set_finding(finding)
        words = " · ".join(filter(None, (name, finding.evidence)))
        self._words.show_words(Words(words, Tone.QUIET))


class FoldedRow(QFrame):
    """Of how many checks the same is to be said, in one line, and the way to unfold them."""

    toggled = Signal()

    def __init__(self, icon_name: str, tone: Tone, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("row", "true")
        self._words = Paragraphs()
        self._toggle = HintButton(_("Rincian"), role="link")
        self._toggle.setCheckable(True)
        self._toggle.clicked.connect(self.toggled)
        inner = line((), 10)
        inner.addWidget(glyph(icon_name, tone), 0, Qt.AlignmentFlag.AlignTop)
        inner.setContentsMargins(theme.px(12), theme.px(7), theme.px(12), theme.px(7))
        inner.addWidget(self._words, 1)
        inner.addWidget(self._toggle, 0, Qt.AlignmentFlag.AlignTop)
        self.setLayout(inner)

    def show_folded(self, findings: Sequence[Finding], sentence: str) -> None:
        """`sentence` says it, with {count} and {names}."""
        names = [_(spec_of(finding.check).short) for finding in findings]
        shown = ", ".join(names[:_SHORT_COUNT]) + (" …" if len(names) > _SHORT_COUNT else "")
        words = sentence.format(count=number_words(len(findings)), names=shown)
        self._words.show_words(Words(words, Tone.QUIET))

    @property
    def unfolded(self) -> bool:
        return self._toggle.isChecked()

    def fold(self) -> None:
        self._toggle.setChecked(False)


class Folded(QWidget):
    """Checks of which the same is to be said: a line, and each of them while that is unfolded."""

    changed = Signal()
    finding_chosen = Signal(object)

    def __init__(
        self, icon_name: str, tone: Tone, name_of: Callable[[Finding], str], parent: QWidget | None = None
    ) -> None:
        """`name_of` a check is what its own line says of it."""
        super().__init__(parent)
        self._icon, self._tone, self._name_of = icon_name, tone, name_of
        self._findings: Sequence[Finding] = ()
        self._line = FoldedRow(icon_name, tone)
        self._line.toggled.connect(self._on_toggled)
        self._rows = Rows(self._new_line)
        inner = column(self)
        inner.addWidget(self._line)
        inner.addWidget(self._rows)
        self.rows: Sequence[FoldedLine] = ()
        """Those that can be seen."""

    def show_findings(self, findings: Sequence[Finding], sentence: str) -> None:
        self._findings = findings
        self._line.show_folded(findings, sentence)
        self.setVisible(bool(findings))
        self._show_rows()

    def fold(self) -> None:
        self._line.fold()

    def _show_rows(self) -> None:
        """Most cases are judged without anybody looking at them."""
        shown = self._findings if self._line.unfolded else ()
        self.rows = self._rows.show_count(len(shown))
        for row, finding in zip(self.rows, shown, strict=True):
            row.show_finding(finding, self._name_of(finding))

    def _new_line(self) -> FoldedLine:
        row = FoldedLine(self._icon, self._tone)
        row.chosen.connect(self.finding_chosen)
        return row

    @Slot()
    def _on_toggled(self) -> None:
        self._show_rows()
        self.changed.emit()


class FindingsCard(Card):
    """All findings of a case: fail, warn, unknown; what waits for the letter or passed is folded."""

    finding_chosen = Signal(object)
    decision_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Temuan"), parent)
        self._rows_open = Rows(self._new_finding, ready=24)
        self._waiting = Folded("clock", Tone.INFO, lambda finding: _(spec_of(finding.check).short))
        self._passed = Folded("check", Tone.OK, title_of)
        self.add_row(self._rows_open)
        for folded in (self._waiting, self._passed):
            folded.changed.connect(self._gather_rows)
            folded.finding_chosen.connect(self._on_chosen)
            self.add_row(folded)
        self._open: Sequence[FindingRow] = ()
        self.rows: tuple[ChoosableRow, ...] = ()
        """Every finding in order, the folded ones too while they are unfolded."""
        self._case: CaseView | None = None
        self._chosen = ""

    def show_case(self, case: CaseView) -> None:
        """The same case keeps the chosen finding and what is unfolded."""
        if self._case is None or case.id != self._case.id:
            self._chosen = ""
            self._waiting.fold()
            self._passed.fold()
        self._case = case
        findings = ordered(finding.now for finding in case.findings)
        passed = [finding for finding in findings if finding.verdict is Verdict.PASS]
        # While a letter is read, a later page may still settle what is unknown.
        waiting = [item for item in findings if case.scan is not None and item.verdict is Verdict.UNKNOWN]
        self._show_open([finding for finding in findings if finding not in (*passed, *waiting)], case)
        self._waiting.show_findings(waiting, _("Menunggu pembacaan surat, {count} pemeriksaan menyusul: {names}"))
        self._passed.show_findings(passed, _("{count} pemeriksaan sesuai: {names}"))
        self._gather_rows()
        self.show_facts(() if findings else (Fact("", _("Belum ada pemeriksaan."), Tone.QUIET),))
        if case.scan is None:
            self.set_note(_summary(case, len(passed)))
        else:
            self.set_note(reading_words(case.scan), Tone.INFO)

    def _show_open(self, findings: Sequence[Finding], case: CaseView) -> None:
        self._open = self._rows_open.show_count(len(findings))
        for row, finding in zip(self._open, findings, strict=True):
            decision = case.decision_on(finding)
            needed = needs_decision(finding) or awaits_call(finding)
            row.show_finding(finding, decision, needed and decision is None, reviewing(case))

    @Slot()
    def _gather_rows(self) -> None:
        self.rows = (*self._open, *self._waiting.rows, *self._passed.rows)
        self._mark_chosen()

    def _new_finding(self) -> FindingRow:
        row = FindingRow()
        row.chosen.connect(self._on_chosen)
        row.decision_asked.connect(self.decision_asked)
        return row

    def _mark_chosen(self) -> None:
        for row in self.rows:
            row.set_chosen(row.is_about(self._chosen))

    @property
    def chosen_row(self) -> ChoosableRow | None:
        """The finding whose evidence is shown, if it can be seen."""
        return next((row for row in self.rows if row.is_about(self._chosen)), None)

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
