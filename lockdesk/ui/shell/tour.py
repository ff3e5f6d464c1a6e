"""Guided practice in the window: a lesson's request is received, the band says what comes next and what was missed."""

from functools import partial

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from lockdesk.desk.desk import Desk
from lockdesk.desk.operations.lessons import LESSONS, Begun, has_ended, judged, next_words
from lockdesk.desk.values.cases import CaseView
from lockdesk.ui.cases.casework import CaseReading
from lockdesk.ui.look.theme import Tone, theme
from lockdesk.ui.running.background import Background, Lane
from lockdesk.ui.widgets.parts import HintButton, clear, column, glyph, hairline, label, line
from lockdesk.words import _

_KINDS = tuple(LESSONS)


class Tour(QObject):
    """The lessons one after the other; nothing of the window is closed to the officer meanwhile."""

    changed = Signal()
    case_wanted = Signal(int)
    """A lesson's case is to be shown."""

    def __init__(self, desk: Desk, background: Background, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._background = desk, background
        self.begun: Begun | None = None
        self.case: CaseView | None = None
        """The lesson's, as it was read last."""

    @Slot()
    def begin(self) -> None:
        """The first lesson, or the one after that which is under way."""
        lessons = self._desk.lessons
        place = _KINDS.index(self.begun.kind) + 1 if self.begun is not None else 0
        if lessons is None or place == len(_KINDS):
            self.stop()
            return
        self._background.run(partial(lessons.begin, _KINDS[place]), self._on_begun, lane=Lane.INTAKE)

    def _on_begun(self, begun: Begun) -> None:
        self.begun, self.case = begun, None
        self.changed.emit()
        self.case_wanted.emit(begun.case_id)

    @Slot()
    def stop(self) -> None:
        self.begun = self.case = None
        self.changed.emit()

    @Slot(object)
    def on_case(self, reading: CaseReading) -> None:
        """A case was read: of the lesson's own the band tells."""
        if self.begun is not None and reading.case.id == self.begun.case_id:
            self.case = reading.case
            self.changed.emit()

    @property
    def title(self) -> str:
        if self.begun is None:
            return ""
        place = _KINDS.index(self.begun.kind) + 1
        words = _("Latihan {n} dari {total} · {told}")
        return words.format(n=place, total=len(_KINDS), told=_(LESSONS[self.begun.kind]))

    @property
    def is_last(self) -> bool:
        return self.begun is not None and self.begun.kind is _KINDS[-1]


class TourBand(QWidget):
    """Above the pages while a lesson is under way."""

    def __init__(self, tour: Tour, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Latihan terbimbing"))
        self._tour = tour
        self._lines = column(spacing=4)
        self._on = HintButton("", role="accent")
        self._on.clicked.connect(tour.begin)
        self._show_case = HintButton(_("Tampilkan kasusnya"), role="link")
        self._show_case.clicked.connect(self._on_show)
        stop = HintButton(_("Hentikan latihan"), role="link")
        stop.clicked.connect(tour.stop)
        row = line((), 12)
        row.setContentsMargins(theme.px(20), theme.px(8), theme.px(20), theme.px(8))
        row.addLayout(self._lines, 1)
        for button in (self._show_case, stop, self._on):
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        outer = column(self)
        outer.addLayout(row)
        outer.addWidget(hairline())
        tour.changed.connect(self._fill)
        self._fill()

    @Slot()
    def _on_show(self) -> None:
        if self._tour.begun is not None:
            self._tour.case_wanted.emit(self._tour.begun.case_id)

    @Slot()
    def _fill(self) -> None:
        clear(self._lines)
        begun, case = self._tour.begun, self._tour.case
        self.setVisible(begun is not None)
        if begun is None:
            return
        self._lines.addWidget(label(self._tour.title, bold=True, wrap=True))
        ended = case is not None and has_ended(case)
        if case is not None and ended:
            for remark in judged(begun, case):
                tone = Tone.OK if remark.good else Tone.BAD
                sign = glyph("check" if remark.good else "circle-alert", tone)
                told = line((sign, label(remark.words, wrap=True)), 8)
                told.setStretch(1, 1)
                self._lines.addLayout(told)
        elif case is not None:
            self._lines.addWidget(label(next_words(case), tone=Tone.QUIET, wrap=True))
        self._on.setVisible(ended)
        self._on.setText(_("Selesai berlatih") if self._tour.is_last else _("Latihan berikutnya"))
