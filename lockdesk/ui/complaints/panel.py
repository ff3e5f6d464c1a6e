"""One complaint: head, what was received, the answer being written, what happened, the bar."""

from datetime import datetime

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedLayout, QWidget

from lockdesk.core.complaints import (
    CHANNEL_LABELS,
    CLASS_LABELS,
    KIND_LABELS,
    Channel,
    ComplaintStep,
    complaint_steps_from,
)
from lockdesk.desk.values.complaints import ComplaintView
from lockdesk.ui.complaints.timeline import Timeline
from lockdesk.ui.complaints.words import deadline_words, line_of, person_words
from lockdesk.ui.look.theme import Tone, theme
from lockdesk.ui.look.times import OfficeTime
from lockdesk.ui.widgets.cards import Card, EmptyState, Flow, WideRow
from lockdesk.ui.widgets.chips import ProcedureLine
from lockdesk.ui.widgets.facts import Fact
from lockdesk.ui.widgets.forms import PASSPHRASE_WARNING, Segments, looks_like_passphrase, text_area
from lockdesk.ui.widgets.messages import MessagesCard
from lockdesk.ui.widgets.parts import ElidedLabel, HintButton, beside, column, framed, label, line, set_tone
from lockdesk.words import N_, _

OUTCOMES = (
    ("resolve", N_("Selesai di sini")),
    ("escalate", N_("Perlu pejabat")),
    ("respond", N_("Masih diproses")),
)


class ComplaintPanel(QWidget):
    """Shows the held complaint."""

    limit_asked = Signal()
    responded = Signal(int, str)
    escalated = Signal(int, str)
    official_responded = Signal(int, str)
    resolved = Signal(int, str)
    reopen_asked = Signal(object)
    correction_asked = Signal(object)
    print_asked = Signal(int)
    case_asked = Signal(str)

    def __init__(self, times: OfficeTime, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._times = times
        self.view: ComplaintView | None = None
        self._facts = Card(_("Isi pengaduan"))
        self._correct = HintButton(_("Koreksi"), role="link")
        self._correct.clicked.connect(self._on_correct)
        self._facts.add_to_head(self._correct)
        self._answer = Card(_("Tanggapan"))
        self._text = text_area("", 5)
        self._text.setAccessibleName(_("Tanggapan"))
        self._text.textChanged.connect(self._on_text)
        self._warning = label(_(PASSPHRASE_WARNING), tone=Tone.BAD, scale="small")
        self._outcome = Segments([(value, _(words)) for value, words in OUTCOMES], _("Hasil"))
        self._outcome.chosen.connect(self._on_text)
        self._timeline = Timeline(times)
        self.messages = MessagesCard(times)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(EmptyState("message-square", _("Belum ada pengaduan yang dipilih")))
        self._stack.addWidget(self._make())

    def _make(self) -> QWidget:
        inside = QWidget()
        inner = column(inside, 0, 10)
        inner.addWidget(self._text)
        inner.addWidget(self._warning)
        inner.addWidget(self._outcome)
        self._answer.add_row(WideRow(inside, 12))
        flow = Flow()
        flow.add(self._facts)
        flow.add(self._answer)
        flow.add(self.messages)
        return framed(self._make_head(), beside({flow: 663, self._timeline: 359}), self._make_bar())

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
        inner.addLayout(line((self._number, self._how, self._related, 1), 16))
        inner.addSpacing(theme.px(4))
        third = line((self._line, self._deadline), 12)
        third.setStretch(0, 1)
        inner.addLayout(third)
        return head

    def _make_bar(self) -> QWidget:
        bar = QWidget()
        bar.setObjectName("actionbar")
        bar.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._escalate = HintButton(_("Teruskan ke pejabat…"))
        self._print = HintButton(_("Cetak…"))
        self._respond = HintButton(_("Catat tanggapan"))
        self._resolve = HintButton(_("Selesaikan"))
        self._reopen = HintButton(_("Buka kembali…"))
        self._escalate.clicked.connect(self._on_escalate)
        self._print.clicked.connect(self._on_print)
        self._respond.clicked.connect(self._on_respond)
        self._resolve.clicked.connect(self._on_resolve)
        self._reopen.clicked.connect(self._on_reopen)
        inner = line((self._escalate, self._print, 1, self._respond, self._resolve, self._reopen), 8)
        inner.setContentsMargins(theme.px(20), theme.px(12), theme.px(20), theme.px(11))
        bar.setLayout(inner)
        return bar

    def show_view(self, view: ComplaintView, now: datetime) -> None:
        """Fills everything; what is being written stays while the complaint stays."""
        if self.view is None or self.view.id != view.id:
            self._text.clear()
        self.view = view
        self._stack.setCurrentIndex(1)
        form = view.form
        self._name.set_whole(person_words(form.name, form.confidential))
        self._number.setText(view.number)
        direct = form.channel is Channel.COUNTER
        way = _("Pengaduan langsung di loket") if direct else _("Pengaduan tidak langsung")
        self._how.setText(way)
        self._related.setVisible(bool(form.case_number))
        self._related.setText(_("terkait {number}").format(number=form.case_number))
        self._line.show_steps(*line_of(view))
        words, tone = deadline_words(view, self._times, now)
        self._deadline.setText(words)
        self._deadline.setAccessibleName(_("{words}. Tampilkan cara dihitung").format(words=words))
        self._deadline.updateGeometry()
        set_tone(self._deadline, tone)
        self._show_facts(view)
        self._timeline.show_view(view, now)
        self.messages.show_messages(view.messages, now)
        self._on_text()

    def _show_facts(self, view: ComplaintView) -> None:
        form = view.form
        direct = _("langsung") if form.channel is Channel.COUNTER else _("tidak langsung")
        name = person_words(form.name, form.confidential)
        identity = _("identitas dirahasiakan") if form.confidential else _("identitas terbuka")
        facts = [
            Fact(_("Kanal"), f"{_(CHANNEL_LABELS[form.channel])}, {direct}"),
            Fact(_("Pengadu"), name if form.confidential or not form.contact else f"{name} · {form.contact}"),
            Fact(_("Jenis"), f"{_(KIND_LABELS[form.kind])}, {identity}"),
            Fact(_("Golongan"), _(CLASS_LABELS[form.complaint_class])),
            Fact(_("Uraian"), form.description),
            Fact(_("Yang diminta"), form.wanted),
        ]
        told = ((_("Tempat"), form.place), (_("Bukti"), form.evidence))
        self._facts.show_facts([*facts, *(Fact(name, text) for name, text in told if text)])

    def take_focus(self) -> None:
        """The answer, where one can be given."""
        target = self._text if self._text.isVisible() and self._text.isEnabled() else self
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def text(self) -> str:
        return self._text.toPlainText().strip()

    def clear_answer(self) -> None:
        """What was written has been recorded."""
        self._text.clear()

    @Slot()
    def _on_text(self) -> None:
        view = self.view
        if view is None:
            return
        steps = complaint_steps_from(view.state)
        leak = looks_like_passphrase(self.text)
        self._warning.setVisible(leak)
        written = bool(self.text) and not leak
        official = ComplaintStep.OFFICIAL_RESPONDS in steps
        self._answer.setVisible(bool(steps - {ComplaintStep.REOPEN}))
        self._outcome.setVisible(ComplaintStep.ESCALATE in steps)
        primary = self._primary(official, ComplaintStep.RESOLVE in steps)
        buttons = (
            (self._escalate, "escalate", ComplaintStep.ESCALATE in steps, written),
            (self._respond, "respond", ComplaintStep.RESPOND in steps or official, written),
            (self._resolve, "resolve", ComplaintStep.RESOLVE in steps, written),
            (self._reopen, "reopen", ComplaintStep.REOPEN in steps, True),
        )
        for button, name, possible, ready in buttons:
            button.setVisible(possible)
            button.setEnabled(ready)
            button.set_role("primary" if name == primary else "")
            button.set_hint("Ctrl+Enter" if name == primary and name != "reopen" else "")
        self._respond.setText(_("Catat tanggapan pejabat") if official else _("Catat tanggapan"))

    def _primary(self, official: bool, resolvable: bool) -> str:
        if official:
            return "resolve" if resolvable else "respond"
        return self._outcome.value

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and control and not event.isAutoRepeat():
            for button in (self._resolve, self._respond, self._escalate):
                if button.property("role") == "primary" and button.isEnabled() and button.isVisible():
                    button.click()
                    return
            return
        super().keyPressEvent(event)

    @Slot()
    def _on_escalate(self) -> None:
        if self.view is not None:
            self.escalated.emit(self.view.id, self.text)

    @Slot()
    def _on_respond(self) -> None:
        if self.view is None:
            return
        official = ComplaintStep.OFFICIAL_RESPONDS in complaint_steps_from(self.view.state)
        (self.official_responded if official else self.responded).emit(self.view.id, self.text)

    @Slot()
    def _on_resolve(self) -> None:
        if self.view is not None:
            self.resolved.emit(self.view.id, self.text)

    @Slot()
    def _on_reopen(self) -> None:
        self.reopen_asked.emit(self.view)

    @Slot()
    def _on_correct(self) -> None:
        self.correction_asked.emit(self.view)

    @Slot()
    def _on_print(self) -> None:
        if self.view is not None:
            self.print_asked.emit(self.view.id)

    @Slot()
    def _on_related(self) -> None:
        if self.view is not None:
            self.case_asked.emit(self.view.form.case_number)
