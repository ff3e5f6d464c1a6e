"""The answer being written: its words and what comes of it, kept for each complaint until it is recorded."""

import json

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QApplication, QWidget

from lockdesk.core.complaints import ComplaintState, ComplaintStep, complaint_steps_from
from lockdesk.core.secrets import looks_like_passphrase
from lockdesk.ui.look.theme import Tone
from lockdesk.ui.widgets.cards import Card, WideRow
from lockdesk.ui.widgets.drafts import DraftTimer
from lockdesk.ui.widgets.forms import PASSPHRASE_WARNING, Segments, text_area
from lockdesk.ui.widgets.parts import column, label
from lockdesk.words import N_, _

OUTCOMES = (
    ("resolve", N_("Selesai di sini")),
    ("escalate", N_("Perlu pejabat")),
    ("respond", N_("Masih diproses")),
    ("ask", N_("Menunggu balasan pengadu")),
)


class AnswerCard(Card):
    """Tanggapan and what comes of it."""

    changed = Signal()
    draft_due = Signal(int, str)
    """The complaint and what is kept of its answer, "" for nothing; never what seems to hold a passphrase."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Tanggapan"), parent)
        self._complaint = 0
        self._area = text_area("", 5)
        self._area.setAccessibleName(_("Tanggapan"))
        self._warning = label(_(PASSPHRASE_WARNING), tone=Tone.BAD, scale="small")
        self._outcome = Segments([(value, _(words)) for value, words in OUTCOMES], _("Hasil"))
        inside = QWidget()
        inner = column(inside, 0, 10)
        inner.addWidget(self._area)
        inner.addWidget(self._warning)
        inner.addWidget(self._outcome)
        self.add_row(WideRow(inside, 12))
        self._timer = DraftTimer(self)
        self._timer.due.connect(self._on_due)
        self._area.textChanged.connect(self._on_changed)
        self._outcome.chosen.connect(self._on_changed)

    def show_complaint(self, complaint_id: int, state: ComplaintState, draft: str) -> None:
        """Another complaint begins with what was written for it, never with what was written or chosen for the one
        before; the same one keeps what is being written."""
        if complaint_id != self._complaint:
            self._timer.keep()
            self._complaint = complaint_id
            text, outcome = _read(draft)
            self._fill(text, outcome)
        steps = complaint_steps_from(state)
        self.setVisible(bool(steps - {ComplaintStep.REOPEN}))
        self._outcome.setVisible(ComplaintStep.ESCALATE in steps)

    def clear_answer(self) -> None:
        """What was written has been recorded."""
        self._fill("", "")

    def _fill(self, text: str, outcome: str) -> None:
        self._area.setPlainText(text)
        self._outcome.choose(outcome or OUTCOMES[0][0])
        self._timer.rest()
        self.changed.emit()

    @property
    def text(self) -> str:
        return self._area.toPlainText().strip()

    @property
    def ready(self) -> bool:
        """Something is written, and it holds no passphrase."""
        return bool(self.text) and not looks_like_passphrase(self.text)

    @property
    def outcome(self) -> str:
        return self._outcome.value

    @property
    def holds_focus(self) -> bool:
        """Whether the keyboard is in it."""
        focused = QApplication.focusWidget()
        return focused is not None and self.isAncestorOf(focused)

    def focus_text(self) -> bool:
        """Whether the words could be given the keyboard."""
        if not (self._area.isVisible() and self._area.isEnabled()):
            return False
        self._area.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    @Slot()
    def _on_changed(self) -> None:
        self._warning.setVisible(looks_like_passphrase(self.text))
        if self._complaint:
            self._timer.touch()
        self.changed.emit()

    @Slot()
    def _on_due(self) -> None:
        begun = self.text or self.outcome != OUTCOMES[0][0]
        kept = json.dumps({"text": self._area.toPlainText(), "outcome": self.outcome}) if begun else ""
        self.draft_due.emit(self._complaint, kept)


def _read(draft: str) -> tuple[str, str]:
    """The words and the outcome; nothing where there is no draft, or one that cannot be read."""
    try:
        raw = json.loads(draft or "{}")
        return str(raw.get("text", "")), str(raw.get("outcome", ""))
    except (ValueError, AttributeError):
        return "", ""
