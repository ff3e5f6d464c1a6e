"""Tutup hari: what is still open on one page; Enter on a case opens it, the verb ends the day."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from lockdesk.desk.desk import Desk
from lockdesk.desk.prints.day_texts import OPEN_WORDS, Weight, day_notes
from lockdesk.desk.values.cases import CaseFilter, CaseRow
from lockdesk.desk.values.office import DayEnd
from lockdesk.records import dataclass
from lockdesk.ui.look import help_places
from lockdesk.ui.look.theme import Tone, theme
from lockdesk.ui.look.times import OfficeTime
from lockdesk.ui.running.background import Background
from lockdesk.ui.widgets.list_panel import RowList
from lockdesk.ui.widgets.parts import HintButton, label
from lockdesk.ui.widgets.rows import ROW_HEIGHT, RowModel, RowText
from lockdesk.ui.widgets.sheet import Sheet
from lockdesk.words import N_, _

_TONES: dict[CaseFilter, Tone] = {
    CaseFilter.UNSETTLED: Tone.BAD,
    CaseFilter.LATE: Tone.BAD,
    CaseFilter.DUE_TODAY: Tone.WARN,
    CaseFilter.CALL_OWED: Tone.WARN,
}
_WAITED_FOR = {CaseFilter.WAITING_APPLICANT: N_("pemohon"), CaseFilter.WAITING_CA: N_("CA")}
_WEIGHTS = {Weight.DONE: Tone.OK, Weight.OPEN: Tone.WARN, Weight.BAD: Tone.BAD}


@dataclass(frozen=True, slots=True)
class _Line:
    id: int
    row: CaseRow
    sort: CaseFilter


class DayEndSheet(Sheet):
    """Reads on a worker; the day is ended only by the verb."""

    help_at = help_places.DAY

    case_asked = Signal(int)
    print_asked = Signal()
    ended = Signal(object)
    """With the DayEnd that was in sight."""

    def __init__(
        self,
        parent: QWidget,
        desk: Desk,
        background: Background,
        describe: Callable[[CaseRow], RowText],
        times: OfficeTime,
    ) -> None:
        """`describe`: a case's line as the list of the cases has it."""
        super().__init__(parent, _("Tutup hari"), _("Yang masih terbuka sebelum layanan ditutup."), width=640)
        self._case_words = describe
        self._zone, self._times, self._clock = desk.office.zone, times, desk.clock
        self._day: DayEnd | None = None
        self._model = RowModel(self._describe, self)
        self.view = RowList(self._model, _("Yang masih terbuka"))
        room = max(min(theme.px(580), parent.window().height() - theme.px(320)), theme.px(150))
        self._most = room // theme.px(ROW_HEIGHT)
        self.view.opened.connect(self._on_opened)
        self.body.addWidget(self.view)
        printing = HintButton(_("Cetak…"))
        printing.clicked.connect(self._on_print)
        self.add_side_button(printing)
        self.add_buttons(_("Tutup hari"), cancel=_("Belum"), final=True)  # Enter opens a case
        self.verb.setEnabled(False)
        background.run(desk.reading.day_end, self._on_read)

    def _on_read(self, day: DayEnd) -> None:
        if self.left:
            return
        self._day = day
        rows = [_Line(row.id, row, sort) for sort, found in day.rows.items() for row in found]
        self._model.merge(rows, None)
        self.view.setFixedHeight(min(len(rows), self._most) * theme.px(ROW_HEIGHT) + 2)  # no row is cut
        self.view.setVisible(bool(rows))
        for words, tone in self._notes(day, bool(rows)):
            self.body.addWidget(label(words, tone=tone, wrap=True))
        self.verb.setEnabled(True)
        if rows:
            self.view.setCurrentIndex(self._model.index(0, 0))
        self.focus_first()

    def _notes(self, day: DayEnd, some: bool) -> list[tuple[str, Tone]]:
        none: list[tuple[str, Tone]] = [] if some else [(_("Tidak ada kasus yang terbuka."), Tone.OK)]
        return none + [(words, _WEIGHTS[weight]) for words, weight in day_notes(day, self._zone)]

    def _describe(self, line: Any) -> RowText:
        text, words = self._case_words(line.row), _(OPEN_WORDS[line.sort])
        who, since = _WAITED_FOR.get(line.sort, ""), line.row.waiting_since
        if who and since is not None:
            words = self._times.waiting(since, self._clock.now(), _(who))
        return replace(text, right=words, right_tone=_TONES.get(line.sort, Tone.QUIET))

    @Slot(int)
    def _on_opened(self, case_id: int) -> None:
        self.reject()
        self.case_asked.emit(case_id)

    @Slot()
    def _on_print(self) -> None:
        self.reject()
        self.print_asked.emit()

    def act(self) -> None:
        self.ended.emit(self._day)
        self.accept()
