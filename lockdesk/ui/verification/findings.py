"""The findings: what needs a decision on top and open, what passed folded into one line."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QWidget

from lockdesk.core.findings import Finding, Verdict, ordered
from lockdesk.desk.checks.catalogue import spec_of
from lockdesk.desk.steps import REVIEWING, is_hard_stop, needs_decision, title_of
from lockdesk.desk.views import CaseView, Decision
from lockdesk.ui.cards import Card
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


class FindingRow(QFrame):
    """One open finding: sentence, evidence, remedy; Enter or a click shows its place in the letter."""

    chosen = Signal(object)
    decision_asked = Signal(object)

    def __init__(
        self, finding: Finding, decision: Decision | None, decidable: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.finding = finding
        self.setProperty("row", "true")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
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
                shown = label(text, tone=Tone.QUIET, wrap=True)
                shown.setTextInteractionFlags(SELECTABLE)
                words.addWidget(shown)
        if decision is not None:
            words.addWidget(label(_("Diputuskan: {reason}").format(reason=decision.reason), tone=Tone.OK, wrap=True))
        inner.addLayout(words, 1)
        if waiting and decidable and not stopped:
            inner.addWidget(self._decide_button(), 0, Qt.AlignmentFlag.AlignTop)
        self.setLayout(inner)
        self.setAccessibleName(f"{title_of(finding)}. {finding.evidence} {finding.remedy}")

    def _decide_button(self) -> HintButton:
        button = HintButton(_("Putuskan…"), role="link")
        button.clicked.connect(self._on_decide)
        return button

    def set_chosen(self, chosen: bool) -> None:
        ground = self._ground or ("chosen" if chosen else "")
        if self.property("ground") != ground:
            self.setProperty("ground", ground)
            repolish(self)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self.chosen.emit(self.finding)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self.chosen.emit(self.finding)
            return
        super().keyPressEvent(event)

    @Slot()
    def _on_decide(self) -> None:
        self.decision_asked.emit(self.finding)


class PassedRow(QFrame):
    """All passed checks in one line, unfolded by a click."""

    def __init__(self, passed: Sequence[Finding], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("row", "true")
        names = [_(spec_of(finding.check).short) for finding in passed]
        shown = ", ".join(names[:_SHORT_COUNT]) + (" …" if len(names) > _SHORT_COUNT else "")
        words = _("{count} pemeriksaan sesuai: {names}").format(count=number_words(len(passed)), names=shown)
        self._short = label(words, tone=Tone.QUIET, wrap=True)
        self._all = label(_passed_lines(passed), tone=Tone.QUIET, wrap=True)
        self._all.setTextInteractionFlags(SELECTABLE)
        self._all.hide()
        self._toggle = HintButton(_("Rincian"), role="link")
        self._toggle.setCheckable(True)
        self._toggle.toggled.connect(self._on_toggled)
        inner = line((), 10)
        inner.addWidget(glyph("check", Tone.OK), 0, Qt.AlignmentFlag.AlignTop)
        inner.setContentsMargins(theme.px(12), theme.px(7), theme.px(12), theme.px(7))
        texts = column(spacing=4)
        texts.addWidget(self._short)
        texts.addWidget(self._all)
        inner.addLayout(texts, 1)
        inner.addWidget(self._toggle, 0, Qt.AlignmentFlag.AlignTop)
        self.setLayout(inner)

    @Slot(bool)
    def _on_toggled(self, unfolded: bool) -> None:
        self._short.setVisible(not unfolded)
        self._all.setVisible(unfolded)


def _passed_lines(passed: Sequence[Finding]) -> str:
    return "\n".join(
        f"{title_of(finding)} · {finding.evidence}" if finding.evidence else title_of(finding) for finding in passed
    )


class FindingsCard(Card):
    """All findings of a case."""

    finding_chosen = Signal(object)
    decision_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Temuan"), parent)
        self._open: list[FindingRow] = []

    def show_case(self, case: CaseView) -> None:
        self.clear()
        self._open = []
        findings = ordered(case.findings)
        passed = [finding for finding in findings if finding.verdict is Verdict.PASS]
        for finding in findings:
            if finding.verdict is not Verdict.PASS:
                self._add(finding, case)
        if passed:
            self.add_row(PassedRow(passed))
        if not findings:
            self.add_words(_("Belum ada pemeriksaan."))
        self.set_note(self._summary(case, len(passed)))

    def _add(self, finding: Finding, case: CaseView) -> None:
        row = FindingRow(finding, case.decision_on(finding), case.state in REVIEWING)
        row.chosen.connect(self._on_chosen)
        row.decision_asked.connect(self.decision_asked)
        self._open.append(row)
        self.add_row(row)

    def _summary(self, case: CaseView, passed: int) -> str:
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

    @property
    def open_rows(self) -> tuple[FindingRow, ...]:
        return tuple(self._open)

    @Slot(object)
    def _on_chosen(self, finding: Finding) -> None:
        for row in self._open:
            row.set_chosen(row.finding is finding)
        self.finding_chosen.emit(finding)
