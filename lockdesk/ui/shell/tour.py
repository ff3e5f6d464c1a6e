"""Guided practice in the window: a lesson's request is received, the band says what comes next and what was missed."""

import json
from collections.abc import Callable
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QApplication, QWidget

from lockdesk.core.cases import CaseState
from lockdesk.desk.desk import Desk
from lockdesk.desk.operations.lessons import LESSONS, Begun, Kind, has_ended, judged, next_words
from lockdesk.desk.values.cases import CaseView
from lockdesk.errors import LockdeskError
from lockdesk.ui.cases.casework import CaseReading
from lockdesk.ui.look.actions import WINDOW_SPEC, WindowAction
from lockdesk.ui.look.theme import Tone, theme
from lockdesk.ui.running.background import Background, Lane
from lockdesk.ui.widgets.parts import HintButton, clear, column, glyph, hairline, label, line
from lockdesk.words import _

T = TypeVar("T")
_KINDS = tuple(LESSONS)
_FORM = "tour"
"""The draft that says which lesson is under way, and whether it rests."""


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
        self._busy = False
        """A request is being received: a second stroke receives no second one."""

    def go_on(self) -> None:
        """After a restart the band is there again, unless the lesson was stopped; the keyboard stays where it is."""
        if self._desk.lessons is not None and self.begun is None:
            self._background.run(self._kept_lesson, self._on_gone_on, by_itself=True)

    def _kept_lesson(self) -> tuple[Begun, CaseView] | None:
        begun, rests = _read(self._desk.drafts.load(_FORM))
        return None if begun is None or rests else (begun, self._desk.reading.case(begun.case_id))

    def _on_gone_on(self, found: tuple[Begun, CaseView] | None) -> None:
        if found is not None and self.begun is None:
            self.begun, self.case = found
            self.changed.emit()

    @Slot()
    def begin(self) -> None:
        """The lesson after that which has ended; one under way is shown, never skipped by a stray key. Else the one at
        which it was stopped, or the first."""
        lessons, drafts = self._desk.lessons, self._desk.drafts
        if lessons is None or self._busy:
            return
        if self.begun is None:
            self._run(partial(drafts.load, _FORM), self._on_kept)
        elif self.case is None or not has_ended(self.case):
            self.case_wanted.emit(self.begun.case_id)
        elif self.is_last:
            self._background.keep(partial(drafts.drop, _FORM))
            self._leave()
        else:
            self._take_in(_KINDS[_KINDS.index(self.begun.kind) + 1])

    def _on_kept(self, kept: str) -> None:
        begun, _rests = _read(kept)
        if begun is not None:
            self._on_begun(begun)
        else:
            self._take_in(_KINDS[0])

    def _take_in(self, kind: Kind) -> None:
        assert self._desk.lessons is not None
        self._run(partial(self._desk.lessons.begin, kind), self._on_begun, Lane.INTAKE)

    def _run(self, job: Callable[[], T], answered: Callable[[T], None], lane: Lane = Lane.DESK) -> None:
        self._busy = True
        self._background.run(job, answered, self._on_failed, lane)

    def _on_failed(self, error: LockdeskError) -> None:
        self._busy = False
        self._background.failed.emit(error)

    def _keep(self, begun: Begun, rests: bool) -> None:
        kept = json.dumps([begun.kind, begun.case_id, begun.outcome, rests])
        self._background.keep(partial(self._desk.drafts.keep, _FORM, kept))

    def _on_begun(self, begun: Begun) -> None:
        self._busy = False
        self._keep(begun, rests=False)
        self.begun, self.case = begun, None
        self.changed.emit()
        self.case_wanted.emit(begun.case_id)

    @Slot()
    def stop(self) -> None:
        """Until `begin` goes on with the same lesson."""
        if self.begun is not None:
            self._keep(self.begun, rests=True)
        self._leave()

    def _leave(self) -> None:
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


def _read(kept: str) -> tuple[Begun | None, bool]:
    """The lesson of a draft, and whether it rests."""
    if not kept:
        return None, False
    kind, case_id, outcome, *rests = json.loads(kept)
    return Begun(Kind(kind), case_id, CaseState(outcome)), any(rests)


class TourBand(QWidget):
    """Above the pages while a lesson is under way."""

    left = Signal()
    """It went with the keyboard in it."""

    def __init__(self, tour: Tour, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Latihan terbimbing"))
        self._tour = tour
        self._lines = column(spacing=4)
        self._on = HintButton("", WINDOW_SPEC[WindowAction.TOUR].shortcut, "accent")
        self._on.clicked.connect(tour.begin)
        self._show_case = HintButton(_("Tampilkan kasusnya"), role="link")
        self._show_case.clicked.connect(self._on_show)
        stop = HintButton(_("Hentikan latihan"), role="link")
        stop.clicked.connect(tour.stop)
        row = line((), 12)
        row.setContentsMargins(theme.px(20), theme.px(8), theme.px(20), theme.px(8))
        row.addLayout(self._lines, 1)
        for button in (stop, self._show_case, self._on):  # where the last comes and goes, nothing is stopped by it
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
        focused = QApplication.focusWidget()
        leaves = begun is None and focused is not None and self.isAncestorOf(focused)
        self.setVisible(begun is not None)
        if leaves:
            self.left.emit()
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
