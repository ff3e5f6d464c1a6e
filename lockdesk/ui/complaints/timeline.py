"""What happened, newest first, as a line with dots."""

from collections.abc import Sequence
from datetime import datetime
from html import escape

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QWidget

from lockdesk.desk.prints.history_words import fact_words, happened, kind_words, with_prints
from lockdesk.desk.values.complaints import ComplaintNote, ComplaintView
from lockdesk.records import dataclass
from lockdesk.ui.look.theme import Tone, theme
from lockdesk.ui.look.times import OfficeTime
from lockdesk.ui.widgets.cards import Flow
from lockdesk.ui.widgets.parts import SELECTABLE, column, label, line, rich_label
from lockdesk.words import _

STEP_KINDS = {
    "verify": "complaint.verified",
    "ask": "complaint.asked",
    "complainant_replies": "complaint.replied",
    "close_unanswered": "complaint.closed_unanswered",
    "respond": "complaint.responded",
    "escalate": "complaint.escalated",
    "official_responds": "complaint.official_responded",
    "resolve": "complaint.resolved",
    "reopen": "complaint.reopened",
    "take_back": "complaint.taken_back",
    "corrected": "complaint.corrected",
    "mail": "complaint.mail_kept",
}


@dataclass(frozen=True, slots=True)
class Happening:
    at: datetime
    title: str
    words: str


def happenings(view: ComplaintView) -> tuple[Happening, ...]:
    """Notes with their words, and the journal's other entries, newest first."""
    told = set(STEP_KINDS.values())
    found = [
        Happening(note.at, kind_words(STEP_KINDS.get(note.step, note.step)), _note_words(note)) for note in view.notes
    ]
    found += [
        Happening(entry.at, happened(entry, last), f"{entry.actor} · {fact_words(entry)}")
        for entry, last in with_prints(view.history)
        if entry.kind not in told
    ]
    return tuple(sorted(found, key=_moment, reverse=True))


def _note_words(note: ComplaintNote) -> str:
    told = _("Kepada {addressee}: {text}").format(addressee=note.addressee, text=note.text)
    return told if note.addressee else note.text or note.actor


def _moment(happening: Happening) -> datetime:
    return happening.at


def _dated(title: str, when: str) -> QLabel:
    """What happened and when, on one line where there is room."""
    strong = f'<span style="font-weight:600">{escape(title)}</span>'
    return rich_label(f'{strong}&nbsp; <span style="color:{theme.tokens.muted}">{escape(when)}</span>')


class _Dot(QWidget):
    def __init__(self, last: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._last = last
        self.setFixedWidth(theme.px(14))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle, top = self.width() / 2, theme.px(9)
        if not self._last:
            painter.setPen(QPen(QColor(theme.tokens.line), 1))
            painter.drawLine(QPointF(middle, top + theme.px(7)), QPointF(middle, self.height()))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.tokens.accent))
        painter.drawEllipse(QPointF(middle, top), theme.px(4), theme.px(4))
        painter.end()


class Timeline(Flow):
    """Riwayat at the right of a complaint."""

    def __init__(self, times: OfficeTime, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._times = times
        self.setAccessibleName(_("Riwayat"))

    def show_view(self, view: ComplaintView, now: datetime) -> None:
        self.clear()
        self.add(label(_("Riwayat"), bold=True))
        found: Sequence[Happening] = happenings(view)
        for position, happening in enumerate(found):
            self.add(self._entry(happening, now, position + 1 == len(found)))

    def _entry(self, happening: Happening, now: datetime, last: bool) -> QWidget:
        made = QWidget()
        words = column(spacing=0)
        words.addWidget(_dated(happening.title, self._times.moment(happening.at, now)))
        text = label(happening.words, tone=Tone.QUIET, wrap=True)
        text.setTextInteractionFlags(SELECTABLE)
        words.addWidget(text)
        inner = line((_Dot(last),), 9)
        inner.addLayout(words, 1)
        made.setLayout(inner)
        return made
