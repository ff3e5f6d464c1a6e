"""Kalender: a whole year at a glance, its closed days and dated hours, and how many working days it has."""

from datetime import date
from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from lockdesk.core.almanac import DayFacts, DayKind, working_days, year_of
from lockdesk.core.quarters import QUARTERS
from lockdesk.desk.desk import Desk
from lockdesk.ui.look.theme import Tone
from lockdesk.ui.office.closed_days import ClosedDaysSection
from lockdesk.ui.office.year_view import LegendMark, YearView
from lockdesk.ui.running.background import Background
from lockdesk.ui.widgets.cards import Card, Flow, WideRow
from lockdesk.ui.widgets.parts import column, icon_button, label, line
from lockdesk.words import N_, _

LEGEND = (
    (DayKind.WORKING, N_("hari kerja")),
    (DayKind.CLOSED, N_("tutup")),
    (DayKind.SPECIAL, N_("jam khusus")),
    (DayKind.REST, N_("bukan hari kerja")),
)


class CalendarPage(QWidget):
    """The year above, its closed days beneath."""

    changed = Signal()

    def __init__(self, desk: Desk, background: Background, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._desk, self._background = desk, background
        self.year = desk.clock.now().astimezone(desk.office.zone).year
        before = icon_button("chevron-left", _("Tahun sebelumnya"))
        after = icon_button("chevron-right", _("Tahun berikutnya"))
        before.clicked.connect(partial(self._turn, -1))
        after.clicked.connect(partial(self._turn, 1))
        self._title = label(scale="title", bold=True)
        self.pointed, self.counts = label(wrap=True), label(tone=Tone.QUIET, wrap=True)
        self.view = YearView()
        self.view.day_pointed.connect(self.pointed.setText)
        marks: list[QWidget | int] = []
        for kind, words in LEGEND:
            marks += [LegendMark(kind), label(_(words), tone=Tone.QUIET, scale="small")]
        self.days = ClosedDaysSection(desk, background)
        self.days.changed.connect(self.read)
        self.days.changed.connect(self.changed)
        flow = Flow(measure=1060, centred=True)
        flow.add_layout(line((self._title, before, after, 1, *marks), 8))
        card = Card(_("Hari kerja"))
        card.add_row(WideRow(self.counts))
        card.add_row(WideRow(self.pointed))
        card.add_row(WideRow(self.view, 12))
        flow.add(card)
        flow.add(self.days)
        column(self).addWidget(flow)
        self._turn(0)

    def take_focus(self) -> None:
        self.view.setFocus()

    def _turn(self, by: int) -> None:
        self.year += by
        self.days.show_year(self.year)
        self.read()

    @Slot()
    def read(self) -> None:
        self._background.run(partial(self._read, self.year), partial(self._on_read, self.year))

    def _read(self, year: int) -> tuple[tuple[DayFacts, ...], date]:
        """Runs on a worker."""
        return year_of(self._desk.office.calendar, year), self._desk.office.today()

    def _on_read(self, year: int, read: tuple[tuple[DayFacts, ...], date]) -> None:
        """An answer for a year that is no longer shown is dropped."""
        if year != self.year:
            return
        days, today = read
        counts = working_days(days)
        quarters = [f"{_(name)}: {count}" for name, count in zip(QUARTERS, counts, strict=True)]
        words = _("{quarters} · setahun: {sum} hari kerja")
        self._title.setText(_("Kalender {year}").format(year=year))
        self.counts.setText(words.format(quarters=" · ".join(quarters), sum=sum(counts)))
        shown = self.view.current
        again = shown if shown is not None and shown.year == year else today
        self.view.show_year(days, again)
