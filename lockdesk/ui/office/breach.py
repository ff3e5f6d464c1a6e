"""Pemberitahuan kegagalan pelindungan data: filled in, kept while it is half typed, recorded and printed."""

from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QWidget

from lockdesk.desk.desk import Desk
from lockdesk.desk.values.privacy import BREACH_PARTS, Breach, breach_of, breach_text
from lockdesk.errors import LockdeskError
from lockdesk.ui.look import help_places
from lockdesk.ui.look.theme import Tone
from lockdesk.ui.running.background import Background
from lockdesk.ui.widgets.cards import Notice
from lockdesk.ui.widgets.days import MomentBox
from lockdesk.ui.widgets.drafts import DraftTimer
from lockdesk.ui.widgets.forms import Field, text_area
from lockdesk.ui.widgets.parts import HintButton, column, label, line, set_tone
from lockdesk.ui.widgets.sheet import Sheet
from lockdesk.words import _, moment_words, number_words

DRAFT = "breach"


class BreachSheet(Sheet):
    """One notice, a new one or the correction of one that is recorded."""

    help_at = help_places.BREACH

    print_asked = Signal(object)

    def __init__(self, parent: QWidget, desk: Desk, background: Background) -> None:
        words = _(
            "Subjek data dan lembaga pelindungan data diberi tahu tertulis paling lambat 3 × 24 jam (UU 27/2022)."
        )
        super().__init__(parent, _("Kegagalan pelindungan data pribadi"), words, width=720)
        self._desk, self._background = desk, background
        self._number = ""
        inside = QFrame()
        self._inner = column(inside, 0, 10)
        self.known_at = MomentBox(desk.clock.now(), desk.office.zone)
        self._clock = label("", bold=True, wrap=True)
        self._inner.addWidget(Field(_("Diketahui pada"), self.known_at))
        self._inner.addWidget(self._clock)
        self.texts: dict[str, QPlainTextEdit] = {}
        for part in BREACH_PARTS:
            area = text_area(lines=3)
            area.textChanged.connect(self._on_typed)
            self.texts[part.name] = area
            self._inner.addWidget(Field(_(part.words), area, _(part.hint)))
        self.known_at.day_changed.connect(self._on_typed)
        self._inner.addStretch(1)
        self.scrolled(inside)
        self._trouble = Notice("", Tone.BAD)
        self._trouble.hide()
        self.body.addWidget(self._trouble)
        self.add_buttons(_("Catat dan cetak"), cancel=_("Tutup"))
        self._timer = DraftTimer(self)
        self._timer.due.connect(self._keep)
        self._show_clock()
        background.run(self._read, self._on_read)

    def _read(self) -> tuple[str, tuple[Breach, ...]]:
        return self._desk.drafts.load(DRAFT), self._desk.breaches.all()

    def _on_read(self, found: tuple[str, tuple[Breach, ...]]) -> None:
        draft, recorded = found
        if self.left:
            return
        if draft:
            number, _newline, text = draft.partition("\n")
            self._fill(breach_of(number, text))
        for breach in recorded:
            change = HintButton(_("Perbaiki"), role="link")
            change.clicked.connect(partial(self._on_change, breach))
            printing = HintButton(_("Cetak…"), role="link")
            printing.clicked.connect(partial(self._on_print, breach))
            words = _("{number}, diketahui {moment}").format(number=breach.number, moment=self._moment(breach.known_at))
            row = line((label(words, tone=Tone.QUIET, wrap=True), change, printing), 8)
            row.setStretch(0, 1)
            self._inner.insertLayout(self._inner.count() - 1, row)

    def _moment(self, at: datetime) -> str:
        return moment_words(at, self._desk.office.zone)

    def _fill(self, breach: Breach) -> None:
        self._number = breach.number
        self.known_at.set_moment(breach.known_at)
        for name, area in self.texts.items():
            area.setPlainText(getattr(breach, name))

    @property
    def breach(self) -> Breach:
        """As it is typed now."""
        texts = {name: area.toPlainText() for name, area in self.texts.items()}
        return Breach(self._number, self.known_at.moment, **texts)

    @Slot()
    def _on_typed(self) -> None:
        self._timer.touch()
        self._show_clock()

    def _show_clock(self) -> None:
        breach, now = self.breach, self._desk.clock.now()
        late = breach.due_at < now
        hours = abs(breach.due_at - now) // timedelta(hours=1)
        words = _("Batas: {moment}, terlewat {n} jam") if late else _("Batas: {moment}, tersisa {n} jam")
        self._clock.setText(words.format(moment=self._moment(breach.due_at), n=number_words(hours)))
        set_tone(self._clock, Tone.BAD if late else Tone.WARN)

    @Slot()
    def _keep(self) -> None:
        breach = self.breach
        self._background.keep(partial(self._desk.drafts.keep, DRAFT, f"{breach.number}\n{breach_text(breach)}"))

    def _on_change(self, breach: Breach, _checked: bool = False) -> None:
        self._fill(breach)
        self.texts[BREACH_PARTS[0].name].setFocus()

    def _on_print(self, breach: Breach, _checked: bool = False) -> None:
        self.reject()
        self.print_asked.emit(breach)

    def act(self) -> None:
        self._timer.rest()  # what is recorded is no draft any more
        self.verb.setEnabled(False)
        self._trouble.hide()
        self._background.run(partial(self._record, self.breach), self._on_recorded, self._on_refused)

    def _record(self, breach: Breach) -> Breach:
        texts = {name: getattr(breach, name).strip() for name in self.texts}
        recorded = self._desk.breaches.record(replace(breach, **texts))
        self._desk.drafts.drop(DRAFT)
        return recorded

    def _on_recorded(self, breach: Breach) -> None:
        self._timer.rest()
        if not self.left:
            self.accept()
        self.print_asked.emit(breach)

    def _on_refused(self, error: LockdeskError) -> None:
        if not self.left:
            self._timer.touch()
            self.verb.setEnabled(True)
            self._trouble.say(f"{error.message} {error.remedy}", Tone.BAD)
            self._trouble.show()
