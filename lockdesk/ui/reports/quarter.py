"""The evaluation of a quarter: chosen, shown beside the one before, opened figure by figure, written, printed."""

from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from lockdesk.core.quarters import QUARTERS, Quarter
from lockdesk.desk.desk import Desk
from lockdesk.desk.reports.definitions import CAUSE
from lockdesk.desk.values.drafts import of_case
from lockdesk.desk.values.reports import LateCase, QuarterReport, Subject
from lockdesk.ui.look.theme import Tone
from lockdesk.ui.look.times import OfficeTime
from lockdesk.ui.reports.figure_row import FigureRow
from lockdesk.ui.reports.members import MembersSheet
from lockdesk.ui.reports.parts_card import PartsCard
from lockdesk.ui.reports.quarter_cards import Cards
from lockdesk.ui.running.background import Background, Ticket
from lockdesk.ui.running.clipboard import copies
from lockdesk.ui.widgets.cards import Flow, Notice
from lockdesk.ui.widgets.forms import Segments, choice
from lockdesk.ui.widgets.kept_texts import KeptTexts
from lockdesk.ui.widgets.parts import HintButton, column, discard, label, line
from lockdesk.ui.widgets.questions import ReasonSheet
from lockdesk.words import _, date_words

BREAKDOWNS_OF_CASES = ("agency", "channel", "route", "reasons")
BREAKDOWNS_OF_COMPLAINTS = ("complaint_kind", "complaint_channel", "complaint_state", "complaint_satisfaction")


class QuarterView(QWidget):
    """Asks for one report at a time; a late answer for another quarter is dropped."""

    chosen = Signal(object, int)
    """A case or a complaint to be opened: its Subject and its id."""
    print_asked = Signal(object)
    said = Signal(str)
    shown = Signal()

    def __init__(self, desk: Desk, background: Background, times: OfficeTime, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._background, self._times = desk, background, times
        self._reading: Ticket | None = None
        self._report: QuarterReport | None = None
        self.quarter = desk.evaluation.this_quarter()
        self._years = choice([(str(self.quarter.year), str(self.quarter.year))])
        self._years.setAccessibleName(_("Tahun"))
        self._quarters = Segments(
            [(str(n), _(name)) for n, name in enumerate(QUARTERS, 1)], _("Triwulan"), preset=False
        )
        self._quarters.choose(str(self.quarter.number))
        self._copy = HintButton(_("Salin ringkasan"))
        self._print = HintButton(_("Cetak laporan…"), "Ctrl+P", "accent")
        self._state = label(tone=Tone.QUIET)
        self._flow = Flow(measure=1040, centred=True)
        self._cards: list[QWidget] = []
        self.parts = PartsCard()
        self._flow.add(self.parts)
        self._arrange()
        self._connect()
        background.run(desk.evaluation.years, self._on_years)
        self.read()

    def _arrange(self) -> None:
        outer = column(self)
        top = line((self._years, self._quarters, self._state, 1, self._copy, self._print), 10)
        top.setContentsMargins(20, 0, 20, 0)
        outer.addLayout(top)
        outer.addWidget(self._flow, 1)

    def _connect(self) -> None:
        self._years.currentIndexChanged.connect(self._on_choice)
        self._quarters.chosen.connect(self._on_choice)
        self._copy.clicked.connect(self.copy_summary)
        self._print.clicked.connect(self.begin_print)
        self.parts.saved.connect(self._on_save)
        self.parts.draft_due.connect(self._on_draft_due)

    def _on_years(self, years: tuple[int, ...]) -> None:
        self._years.blockSignals(True)
        self._years.clear()
        for year in years:
            self._years.addItem(str(year), str(year))
        self._years.setCurrentIndex(max(self._years.findData(str(self.quarter.year)), 0))
        self._years.blockSignals(False)

    @Slot()
    def _on_choice(self, _value: object = None) -> None:
        self.show_quarter(Quarter(int(self._years.currentData()), int(self._quarters.value)))

    def show_quarter(self, quarter: Quarter) -> None:
        self.parts.draft.keep()
        self.quarter = quarter
        self.read()

    @Slot()
    def read(self) -> None:
        if self._reading is not None:
            self._reading.cancel()
        self._reading = self._background.run(
            partial(self._desk.evaluation.report, self.quarter), partial(self._on_report, self.quarter)
        )

    def _on_report(self, quarter: Quarter, report: QuarterReport) -> None:
        if quarter != self.quarter:
            return
        other = self.parts.quarter != quarter
        if report != self._report:  # the same is not built anew: the row that has the focus keeps it
            self._report = report
            self._fill(report)
        self.parts.show_report(report)
        if other:
            self._background.run(
                partial(self._desk.drafts.load, _draft_of(quarter)), partial(self.parts.show_draft, quarter)
            )
        self.shown.emit()

    def _fill(self, report: QuarterReport) -> None:
        place = self._flow.verticalScrollBar().value()
        for card in self._cards:
            discard(card)
        made = Cards(report, self._on_opened)
        self._cards = [
            *self._notices(report),
            made.results(),
            *(made.breakdown(name) for name in BREAKDOWNS_OF_CASES),
            made.complaints(),
            *(made.breakdown(name) for name in BREAKDOWNS_OF_COMPLAINTS),
            made.survey(),
            made.late(self._late_words, self._on_cause),
        ]
        for n, card in enumerate(self._cards):
            self._flow.put(n, card)
        self._flow.settle()
        self._flow.verticalScrollBar().setValue(place)
        day = date_words(self._times.day(report.now.until))
        self._state.setText("" if report.now.over else _("sampai {day}").format(day=day))

    def _notices(self, report: QuarterReport) -> list[QWidget]:
        empty = not report.now.figures["received"].members and not report.now.figures["completed"].members
        words = _("Belum ada kasus pada triwulan ini; laporannya tetap dapat ditulis dan dicetak.")
        return [Notice(words, Tone.INFO)] if empty else []

    def _late_words(self, case: LateCase) -> str:
        due = self._times.day_words(case.due_at, year=True)
        if case.closed_at is None:
            return _("batas {due}, masih berjalan").format(due=due)
        return _("batas {due}, selesai {done}").format(due=due, done=self._times.day_words(case.closed_at, year=True))

    # ── what is asked for ──

    def _on_opened(self, row: FigureRow) -> None:
        self._open(row.words.name, row.subject, row.members)

    def _open(self, title: str, subject: Subject, members: tuple[int, ...]) -> None:
        sheet = MembersSheet(self, self._desk, self._background, self._times, title, subject, members)
        sheet.chosen.connect(self.chosen)
        sheet.open()

    @Slot()
    def copy_summary(self) -> None:
        """Three lines for a chat, without anybody's name."""
        self._background.run(partial(self._desk.evaluation.summary, self.quarter), self._on_summary)

    def _on_summary(self, text: str) -> None:
        copies.put(text)
        self.said.emit(_("Ringkasan {quarter} disalin.").format(quarter=self.quarter.words))

    @Slot()
    def begin_print(self) -> None:
        self.print_asked.emit(self.quarter)

    @Slot()
    def _on_cause(self) -> None:
        report, asked = self._report, int(self.sender().objectName())
        assert report is not None
        number = next(case.number for case in report.now.late if case.case_id == asked)
        title = _("Mengapa {number} terlambat?").format(number=number)
        words = _("Sebabnya tercetak dalam laporan triwulan.")
        sheet = ReasonSheet(self, asked, CAUSE + number, title, "", _("Simpan"), _("Sebab"), hint=words)
        sheet.given.connect(self._on_cause_given)
        KeptTexts(sheet, _cause_of(asked), self._background, self._desk.drafts)
        sheet.open()

    @Slot(int, str, str)
    def _on_cause_given(self, case_id: int, key: str, text: str) -> None:
        job = partial(self._desk.evaluation.save, self.quarter, {key: text})
        self._background.run(job, partial(self._on_written, _cause_of(case_id)))

    @Slot(object, object)
    def _on_save(self, quarter: Quarter, texts: dict[str, str]) -> None:
        job = partial(self._desk.evaluation.save, quarter, texts)
        self._background.run(job, partial(self._on_written, _draft_of(quarter)))

    def _on_written(self, form: str, _result: object) -> None:
        """`form`: where what was half written of it is kept."""
        self._background.keep(partial(self._desk.drafts.drop, form))
        self.said.emit(_("Bagian laporan disimpan."))
        self.read()

    @Slot(object, str)
    def _on_draft_due(self, quarter: Quarter, text: str) -> None:
        self._background.keep(partial(self._desk.drafts.keep, _draft_of(quarter), text))

    def take_focus(self) -> None:
        rows = self._flow.findChildren(FigureRow)
        (rows[0] if rows else self._copy).setFocus()


def _draft_of(quarter: Quarter) -> str:
    return f"report-{quarter.year}-{quarter.number}"


def _cause_of(case_id: int) -> str:
    return of_case(case_id, "late")
