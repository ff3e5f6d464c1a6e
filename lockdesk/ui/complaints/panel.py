"""One complaint: head, what was received, the answer being written, what happened, the bar."""

from datetime import datetime

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QStackedLayout, QWidget

from lockdesk.core.complaints import Channel, ComplaintStep, complaint_steps_from
from lockdesk.desk.values.complaints import ComplaintForm, ComplaintView
from lockdesk.ui.complaints.answer import AnswerCard
from lockdesk.ui.complaints.cards import EvidenceCard, FactsCard, SatisfactionCard
from lockdesk.ui.complaints.timeline import Timeline
from lockdesk.ui.complaints.words import deadline_words, line_of, person_words
from lockdesk.ui.look.theme import Tone, theme
from lockdesk.ui.look.times import OfficeTime
from lockdesk.ui.widgets.cards import EmptyState, Flow
from lockdesk.ui.widgets.chips import ProcedureLine
from lockdesk.ui.widgets.messages import MessagesCard
from lockdesk.ui.widgets.parts import ENTER, ElidedLabel, HintButton, beside, column, framed, label, line, set_tone
from lockdesk.words import _

_T = ComplaintStep


class ComplaintPanel(QWidget):
    """Shows the held complaint."""

    limit_asked = Signal()
    step_asked = Signal(object, str)
    """A ComplaintStep and the words written for it."""
    correction_asked = Signal(object)
    identity_asked = Signal(int)
    print_asked = Signal(int)
    case_asked = Signal(str)
    satisfaction_told = Signal(int, str)
    files_added = Signal(int, object)

    def __init__(self, times: OfficeTime, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._times = times
        self.view: ComplaintView | None = None
        self.facts = FactsCard()
        self.answer = AnswerCard()
        self.evidence = EvidenceCard()
        self.satisfaction = SatisfactionCard()
        self._timeline = Timeline(times)
        self.messages = MessagesCard(times)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(EmptyState("message-square", _("Belum ada pengaduan yang dipilih")))
        self._stack.addWidget(self._make())
        self._connect()

    def _connect(self) -> None:
        self.facts.correction_asked.connect(self._on_correct)
        self.facts.identity_asked.connect(self._on_identity)
        self.answer.changed.connect(self._on_text)
        self.evidence.added.connect(self._on_added)
        self.satisfaction.told.connect(self._on_told)

    def _make(self) -> QWidget:
        flow = Flow()
        for card in (self.satisfaction, self.facts, self.answer, self.evidence, self.messages):
            flow.add(card)
        return framed(self._make_head(), beside("complaint", {flow: 663, self._timeline: 359}), self._make_bar())

    def _make_head(self) -> QWidget:
        head = QWidget()
        head.setObjectName("head")
        head.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._name = ElidedLabel()
        self._name.setProperty("scale", "title")
        self._name.setProperty("bold", "true")
        self._number = label(tone=Tone.QUIET, mono=True, scale="small")
        self._how = label(tone=Tone.QUIET)
        self._related = HintButton("", role="link")
        self._related.setAccessibleName(_("Kasus terkait"))
        self._related.clicked.connect(self._on_related)
        self._line = ProcedureLine()
        self._deadline = HintButton("", role="deadline")
        self._deadline.setToolTip(_("Tampilkan cara batas waktu dihitung"))
        self._deadline.setAccessibleName(_("Tampilkan cara batas waktu dihitung"))
        self._deadline.clicked.connect(self.limit_asked)
        inner = column(head)
        inner.setContentsMargins(theme.px(20), theme.px(10), theme.px(20), theme.px(6))
        inner.addWidget(self._name)
        if theme.percent < 125:
            inner.addLayout(line((self._number, self._how, self._related, 1), 16))
        else:  # large text gets two lines: beside each other they would widen the window
            inner.addLayout(line((self._number, self._how, 1), 16))
            inner.addLayout(line((self._related, 1)))
        inner.addSpacing(theme.px(4))
        third = line((self._line, self._deadline), 12)
        third.setStretch(0, 1)
        inner.addLayout(third)
        return head

    def _make_bar(self) -> QWidget:
        bar = QWidget()
        bar.setObjectName("actionbar")
        bar.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._print = HintButton(_("Cetak…"))
        self._print.clicked.connect(self.begin_print)
        self._buttons = {
            _T.ESCALATE: HintButton(_("Teruskan ke pejabat…")),
            _T.TAKE_BACK: HintButton(_("Batal diteruskan…")),
            _T.VERIFY: HintButton(_("Nyatakan terverifikasi")),
            _T.COMPLAINANT_REPLIES: HintButton(_("Catat balasan pengadu…")),
            _T.RESPOND: HintButton(_("Catat tanggapan")),
            _T.OFFICIAL_RESPONDS: HintButton(_("Catat tanggapan pejabat")),
            _T.ASK: HintButton(_("Catat, tunggu balasan")),
            _T.RESOLVE: HintButton(_("Selesaikan")),
            _T.REOPEN: HintButton(_("Buka kembali…")),
        }
        for step, button in self._buttons.items():
            button.setObjectName(step.value)
            button.hide()  # all of them side by side would make the window wider than it is
            button.clicked.connect(self._on_step)
        escalate, take_back, *others = self._buttons.values()
        inner = line((escalate, take_back, self._print, 1, *others), 8)
        inner.setContentsMargins(theme.px(20), theme.px(12), theme.px(20), theme.px(11))
        bar.setLayout(inner)
        return bar

    def show_view(self, view: ComplaintView, now: datetime, draft: str = "") -> None:
        """Fills everything; what is being written stays while the complaint stays, else `draft` is gone on with."""
        self.view = view
        writing = self.answer.holds_focus
        self._stack.setCurrentIndex(1)
        form = view.form
        self._name.set_whole(person_words(form.name, form.confidential))
        self._number.setText(view.number)
        direct = form.channel is Channel.COUNTER
        self._how.setText(_("Pengaduan langsung di loket") if direct else _("Pengaduan tidak langsung"))
        self._related.setVisible(bool(form.case_number))
        self._related.setText(_("terkait {number}").format(number=form.case_number))
        self._line.show_steps(*line_of(view))
        words, tone = deadline_words(view, self._times, now)
        self._deadline.setText(words)
        self._deadline.setAccessibleName(_("{words}. Tampilkan cara dihitung").format(words=words))
        self._deadline.updateGeometry()
        set_tone(self._deadline, tone)
        self.facts.show_complaint(view)
        self.satisfaction.show_complaint(view.state, view.satisfaction)
        self.evidence.show_files(view.files)
        self._timeline.show_view(view, now)
        self.messages.show_messages(view.messages, now)
        self.answer.show_complaint(view.id, view.state, draft)
        self._on_text()
        # It waited for the answer, or there is none to be written any more.
        if self.hasFocus() or (writing and self.answer.isHidden()):
            self.take_focus()

    def show_identity(self, form: ComplaintForm) -> None:
        """Who a confidential complainant is, until something else is shown."""
        if self.view is not None:
            self.facts.show_complaint(self.view, form)

    def hideEvent(self, event: QHideEvent) -> None:
        """Another page, or the lock: nobody stays named."""
        super().hideEvent(event)
        if self.view is not None:
            self.facts.show_complaint(self.view)

    def take_focus(self) -> None:
        """The answer, where one can be given."""
        if not self.answer.focus_text():
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def text(self) -> str:
        return self.answer.text

    def clear_answer(self) -> None:
        """What was written has been recorded."""
        self.answer.clear_answer()

    @Slot()
    def _on_text(self) -> None:
        view = self.view
        if view is None:
            return
        ready = self.answer.ready
        possible = _offered(view, bool(self.answer.text), self.answer.outcome)
        primary = self._primary(possible)
        for step, button in self._buttons.items():
            button.setVisible(step in possible)
            button.setEnabled(ready or step in _WITHOUT_WORDS)
            button.set_role("primary" if step is primary else "")
            button.set_hint("Ctrl+Enter" if step is primary and step not in _ASKED_FIRST else "")

    def _primary(self, possible: frozenset[ComplaintStep]) -> ComplaintStep | None:
        """The step that comes next: what the outcome says, before anything is written the one that needs no words."""
        if _T.ESCALATE in possible and not possible & _BEFORE_WORDS:
            chosen = ComplaintStep(self.answer.outcome)
            return chosen if chosen in possible else _T.RESOLVE
        order = (*_BEFORE_WORDS, _T.RESOLVE, _T.OFFICIAL_RESPONDS, _T.REOPEN)
        return next((step for step in order if step in possible), None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() in ENTER and control and not event.isAutoRepeat():
            for step, button in self._buttons.items():
                if button.property("role") == "primary" and button.isEnabled() and step is not _T.REOPEN:
                    button.click()
                    return
            return
        super().keyPressEvent(event)

    @Slot()
    def _on_step(self) -> None:
        if self.view is not None:
            self.step_asked.emit(ComplaintStep(self.sender().objectName()), self.text)

    @Slot()
    def _on_correct(self) -> None:
        self.correction_asked.emit(self.view)

    @Slot()
    def _on_identity(self) -> None:
        if self.view is not None:
            self.identity_asked.emit(self.view.id)

    @Slot(object)
    def _on_added(self, paths: object) -> None:
        if self.view is not None:
            self.files_added.emit(self.view.id, paths)

    @Slot(str)
    def _on_told(self, satisfaction: str) -> None:
        if self.view is not None:
            self.satisfaction_told.emit(self.view.id, satisfaction)

    @Slot()
    def begin_print(self) -> None:
        if self.view is not None:
            self.print_asked.emit(self.view.id)

    @Slot()
    def _on_related(self) -> None:
        if self.view is not None:
            self.case_asked.emit(self.view.form.case_number)


_ASKED_FIRST = frozenset({_T.ESCALATE, _T.TAKE_BACK, _T.REOPEN, _T.COMPLAINANT_REPLIES})
"""Steps that a dialog asks about."""
_WITHOUT_WORDS = frozenset({_T.VERIFY, *_ASKED_FIRST})


_BEFORE_WORDS = frozenset({_T.VERIFY, _T.COMPLAINANT_REPLIES})
"""What comes first as long as no answer is being written."""


def _offered(view: ComplaintView, written: bool, outcome: str) -> frozenset[ComplaintStep]:
    """The steps that the officer takes from here; the program takes its own. Of the answers to a complaint that is
    still to be verified, or that the complainant is to answer, nothing is offered before something is written."""
    if view.destroyed_at is not None:
        return frozenset()
    possible = complaint_steps_from(view.state) - {_T.CLOSE_UNANSWERED}
    if outcome != _T.ASK:
        possible -= {_T.ASK}
    if possible & _BEFORE_WORDS:
        return possible - (_BEFORE_WORDS if written else _ANSWERED)
    return possible


_ANSWERED = frozenset({_T.RESPOND, _T.ASK, _T.RESOLVE})
