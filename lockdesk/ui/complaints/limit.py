"""Why a complaint's limit is when it is: the days that count, those that are skipped, and why."""

from collections.abc import Sequence

from PySide6.QtWidgets import QGridLayout, QWidget

from lockdesk.core.complaints import CLASS_LABELS
from lockdesk.core.service_hours import DayRun
from lockdesk.desk.office.office import closed_reason
from lockdesk.desk.values.complaints import ComplaintView
from lockdesk.ui.look.theme import Tone, theme
from lockdesk.ui.look.times import OfficeTime
from lockdesk.ui.widgets.parts import glyph, label
from lockdesk.ui.widgets.sheet import Sheet
from lockdesk.words import _, date_words

ROW_PX = 30


class LimitSheet(Sheet):
    """Only tells; there is nothing to decide."""

    def __init__(self, parent: QWidget, view: ComplaintView, runs: Sequence[DayRun], times: OfficeTime) -> None:
        title = _("Batas penyelesaian {day}").format(day=date_words(view.due_on, weekday=True))
        counted = sum((run.last - run.first).days + 1 for run in runs if run.reason == "open")
        words = _("Diterima {day}. Batas {kind}: {count} hari kerja sejak hari berikutnya.").format(
            day=date_words(times.day(view.received_at), weekday=True),
            kind=_(CLASS_LABELS[view.form.complaint_class]).lower(),
            count=counted,
        )
        super().__init__(parent, title, words, width=600)
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, theme.px(8), 0)
        grid.setHorizontalSpacing(theme.px(14))
        grid.setVerticalSpacing(theme.px(8))
        for row, run in enumerate(runs):
            self._put(grid, row, run)
        grid.setColumnStretch(2, 1)
        self.scrolled(inside, ROW_PX * len(runs))
        self.add_close()

    def _put(self, grid: QGridLayout, row: int, run: DayRun) -> None:
        counted, days = run.reason == "open", (run.last - run.first).days + 1
        tone = None if counted else Tone.QUIET
        span = date_words(run.first, weekday=True, year=False)
        if days > 1:
            span = f"{span} – {date_words(run.last, weekday=True, year=False)}"
        words = closed_reason(run.reason)
        if counted:
            words = _("{count} hari kerja dihitung").format(count=days)
        grid.addWidget(glyph("check" if counted else "clock", Tone.OK if counted else Tone.QUIET), row, 0)
        grid.addWidget(label(span, tone=tone), row, 1)
        grid.addWidget(label(words, tone=tone, wrap=True), row, 2)
