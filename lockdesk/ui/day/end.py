"""Tutup hari: what is still open on one page; Enter on a case opens it, the verb ends the day."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from lockdesk.core.messages import MessageState
from lockdesk.desk.desk import Desk
from lockdesk.desk.values.cases import CaseFilter, CaseRow
from lockdesk.desk.values.office import DayEnd
from lockdesk.ui.look.theme import Tone, theme
from lockdesk.ui.running.background import Background
from lockdesk.ui.widgets.list_panel import RowList
from lockdesk.ui.widgets.parts import label
from lockdesk.ui.widgets.rows import ROW_HEIGHT, RowModel, RowText
from lockdesk.ui.widgets.sheet import Sheet
from lockdesk.words import N_, _, number_words

_SORTS: dict[CaseFilter, tuple[str, Tone]] = {
    CaseFilter.UNSETTLED: (N_("hasil belum pasti"), Tone.BAD),
    CaseFilter.LATE: (N_("terlambat"), Tone.BAD),
    CaseFilter.DUE_TODAY: (N_("jatuh tempo hari ini"), Tone.WARN),
    CaseFilter.CALL_OWED: (N_("belum ditelepon"), Tone.WARN),
    CaseFilter.DUE_NEXT: (N_("jatuh tempo hari kerja berikutnya"), Tone.QUIET),
    CaseFilter.WAITING: (N_("menunggu"), Tone.QUIET),
}
_MESSAGES = (
    ((MessageState.QUEUED, MessageState.SENDING, MessageState.OWED), N_("{n} pemberitahuan belum terkirim"), Tone.WARN),
    ((MessageState.FAILED,), N_("{n} pemberitahuan gagal dikirim"), Tone.BAD),
    ((MessageState.HANDED, MessageState.UNSETTLED), N_("{n} pemberitahuan belum pasti terkirim"), Tone.BAD),
)


@dataclass(frozen=True, slots=True)
class _Line:
    id: int
    row: CaseRow
    sort: CaseFilter


class DayEndSheet(Sheet):
    """Reads on a worker; the day is ended only by the verb."""

    case_asked = Signal(int)
    ended = Signal(object)
    """With the DayEnd that was in sight."""

    def __init__(
        self, parent: QWidget, desk: Desk, background: Background, describe: Callable[[CaseRow], RowText]
    ) -> None:
        """`describe`: a case's line as the list of the cases has it."""
        super().__init__(parent, _("Tutup hari"), _("Yang masih terbuka sebelum layanan ditutup."), width=640)
        self._case_words = describe
        self._day: DayEnd | None = None
        self._model = RowModel(self._describe, self)
        self.view = RowList(self._model, _("Yang masih terbuka"))
        self._most = max(min(theme.px(360), parent.window().height() - theme.px(320)), theme.px(150))
        self.view.opened.connect(self._on_opened)
        self.body.addWidget(self.view)
        self.add_buttons(_("Tutup hari"), cancel=_("Belum"))
        self.verb.setEnabled(False)
        background.run(desk.reading.day_end, self._on_read)

    def _on_read(self, day: DayEnd) -> None:
        if self.left:
            return
        self._day = day
        rows = [_Line(row.id, row, sort) for sort, found in day.rows.items() for row in found]
        self._model.merge(rows, None)
        self.view.setFixedHeight(min(len(rows) * theme.px(ROW_HEIGHT) + 2, self._most))
        self.view.setVisible(bool(rows))
        for words, tone in self._notes(day, bool(rows)):
            self.body.addWidget(label(words, tone=tone, wrap=True))
        self.verb.setEnabled(True)
        if rows:
            self.view.setCurrentIndex(self._model.index(0, 0))
            self.view.setFocus()

    @staticmethod
    def _notes(day: DayEnd, some: bool) -> list[tuple[str, Tone]]:
        found: list[tuple[str, Tone]] = [] if some else [(_("Tidak ada kasus yang terbuka."), Tone.OK)]
        for states, words, tone in _MESSAGES:
            count = sum(day.outbox.get(state, 0) for state in states)
            found += [(_(words).format(n=number_words(count)), tone)] if count else []
        if day.complaints_near:
            words = _("{n} pengaduan dekat batas").format(n=number_words(day.complaints_near))
            found.append((words, Tone.WARN))
        found.append((_("Belum ada cadangan: program ini belum membuatnya."), Tone.WARN))
        return found

    def _describe(self, line: Any) -> RowText:
        words, tone = _SORTS[line.sort]
        text = self._case_words(line.row)
        waits = line.sort is CaseFilter.WAITING
        return text if waits else replace(text, right=_(words), right_tone=tone)

    @Slot(int)
    def _on_opened(self, case_id: int) -> None:
        self.reject()
        self.case_asked.emit(case_id)

    def act(self) -> None:
        self.ended.emit(self._day)
        self.accept()
