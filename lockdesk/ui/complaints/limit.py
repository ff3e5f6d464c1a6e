"""Why a complaint's limits are when they are: the days that count, those that are skipped, and why."""

from collections.abc import Sequence

from PySide6.QtWidgets import QGridLayout, QWidget

from lockdesk.core.complaints import CLASS_LABELS, LIMIT_LABELS
from lockdesk.core.service_hours import DayRun
from lockdesk.desk.office.office import closed_reason
from lockdesk.desk.values.complaints import ComplaintView, ExplainedLimit
from lockdesk.ui.look.theme import Tone, theme
from lockdesk.ui.look.times import OfficeTime
from lockdesk.ui.widgets.parts import glyph, label
from lockdesk.ui.widgets.sheet import Sheet
from lockdesk.words import _, date_words


class LimitSheet(Sheet):
    """Only tells; there is nothing to decide."""

    def __init__(
        self, parent: QWidget, view: ComplaintView, limits: Sequence[ExplainedLimit], times: OfficeTime
    ) -> None:
        title = _("Batas waktu pengaduan {number}").format(number=view.number)
        words = _("Diterima {day}, golongan {kind}. Hari kerja dihitung sejak hari berikutnya.").format(
            day=date_words(times.day(view.received_at), weekday=True),
            kind=_(CLASS_LABELS[view.form.complaint_class]).lower(),
        )
        super().__init__(parent, title, words, width=640)
        self._times = times
        inside = QWidget()
        self._grid = QGridLayout(inside)
        self._grid.setContentsMargins(0, 0, theme.px(8), 0)
        self._grid.setHorizontalSpacing(theme.px(14))
        self._grid.setVerticalSpacing(theme.px(8))
        for explained in limits:
            self._begin(explained)
            for run in explained.runs:
                self._put(run)
        self._grid.setColumnStretch(2, 1)
        self._grid.setRowStretch(self._grid.rowCount(), 1)
        self.scrolled(inside)
        self.add_close()

    def _begin(self, explained: ExplainedLimit) -> None:
        """The limit itself, and whether it was met."""
        limit, row = explained.limit, self._grid.rowCount()
        name = f"{_(LIMIT_LABELS[limit.kind])} {date_words(limit.on, weekday=True)}"
        counted = sum((run.last - run.first).days + 1 for run in explained.runs if run.reason == "open")
        state, tone = _("{count} hari kerja").format(count=counted), Tone.QUIET
        if limit.met_at is not None:
            met = self._times.day(limit.met_at)
            late = met > limit.on
            words = _("dipenuhi {day}, terlambat") if late else _("dipenuhi {day}")
            state, tone = words.format(day=date_words(met, year=False)), Tone.BAD if late else Tone.OK
        self._grid.addWidget(label(name, bold=True), row, 0, 1, 3)
        self._grid.addWidget(label(state, tone=tone), row, 3)

    def _put(self, run: DayRun) -> None:
        row, counted = self._grid.rowCount(), run.reason == "open"
        days = (run.last - run.first).days + 1
        tone = None if counted else Tone.QUIET
        span = date_words(run.first, weekday=True, year=False)
        if days > 1:
            span = f"{span} – {date_words(run.last, weekday=True, year=False)}"
        words = _("{count} hari kerja dihitung").format(count=days) if counted else closed_reason(run.reason)
        self._grid.addWidget(glyph("check" if counted else "clock", Tone.OK if counted else Tone.QUIET), row, 0)
        self._grid.addWidget(label(span, tone=tone), row, 1)
        self._grid.addWidget(label(words, tone=tone, wrap=True), row, 2, 1, 2)
