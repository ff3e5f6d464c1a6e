"""Why the deadline is when it is: each stretch of time, counted or skipped, and why."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtWidgets import QGridLayout, QWidget

from lockdesk.core.service_hours import Interval
from lockdesk.desk.office.office import closed_reason
from lockdesk.desk.values.cases import CaseView
from lockdesk.ui.look import help_places
from lockdesk.ui.look.theme import Tone, theme
from lockdesk.ui.look.times import OfficeTime
from lockdesk.ui.widgets.parts import glyph, label
from lockdesk.ui.widgets.sheet import Sheet
from lockdesk.words import DAYS, _, duration_words

ROW_PX = 30


class DeadlineSheet(Sheet):
    """Only tells; there is nothing to decide."""

    help_at = help_places.CHECKING

    def __init__(self, parent: QWidget, case: CaseView, intervals: Sequence[Interval], times: OfficeTime) -> None:
        assert case.due_at is not None
        start = case.complete_at or case.received_at
        title = _("Batas waktu {day} {time}").format(day=_day(case.due_at, times), time=times.clock(case.due_at))
        words = _("Berkas lengkap {day} {time}. Yang dihitung hanya jam layanan: {span}.").format(
            day=_day(start, times),
            time=times.clock(start),
            span=duration_words(sum(interval.minutes for interval in intervals)),
        )
        super().__init__(parent, title, words, width=600)
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, theme.px(8), 0)
        grid.setHorizontalSpacing(theme.px(14))
        grid.setVerticalSpacing(theme.px(8))
        for row, interval in enumerate(intervals):
            self._put(grid, row, interval, times)
        for row, pause in enumerate(case.pauses, len(intervals)):
            self._put_pause(grid, row, times.clock(pause.start), _day(pause.start, times), pause.reason)
        grid.setColumnStretch(3, 1)
        self.scrolled(inside, ROW_PX * (len(intervals) + len(case.pauses)))
        self.add_close()

    def _put(self, grid: QGridLayout, row: int, interval: Interval, times: OfficeTime) -> None:
        counted = interval.reason == "open"
        tone = None if counted else Tone.QUIET
        grid.addWidget(glyph("check" if counted else "clock", Tone.OK if counted else Tone.QUIET), row, 0)
        grid.addWidget(label(_day(interval.start, times), tone=tone), row, 1)
        grid.addWidget(label(_span(interval, times), tone=tone), row, 2)
        words = closed_reason(interval.reason)
        if counted:
            words = _("{span} dihitung").format(span=duration_words(interval.minutes))
        if interval.hours:
            words = f"{words} ({interval.hours})"
        grid.addWidget(label(words, tone=tone, wrap=True), row, 3)

    def _put_pause(self, grid: QGridLayout, row: int, clock: str, day: str, reason: str) -> None:
        words = _("menunggu pemohon") if reason == "applicant" else _("menunggu CA")
        grid.addWidget(glyph("clock", Tone.WARN), row, 0)
        for column, text in enumerate((day, _("sejak {time}").format(time=clock), words), 1):
            grid.addWidget(label(text, tone=Tone.WARN), row, column)


def _day(at: datetime, times: OfficeTime) -> str:
    """ "Senin, 23 November"."""
    return f"{_(DAYS[times.day(at).weekday()])}, {times.day_words(at)}"


def _span(interval: Interval, times: OfficeTime) -> str:
    """ "08.05–15.45"; midnight at the end is 24.00."""
    end = times.clock(interval.end)
    return f"{times.clock(interval.start)}–{'24.00' if end == '00.00' else end}"
