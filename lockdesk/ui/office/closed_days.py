"""Holidays and joint leave: seen per year, added and taken out by hand."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QDate, Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from lockdesk.desk.values.office import ClosedDay
from lockdesk.ui.look.theme import Tone
from lockdesk.ui.widgets.cards import Card, Row, WideRow
from lockdesk.ui.widgets.forms import Field, date_field, text_field
from lockdesk.ui.widgets.parts import HintButton, label, line
from lockdesk.words import _, date_words


class ClosedDaysCard(Card):
    """The closed days of one year."""

    year_chosen = Signal(int)
    added = Signal(object, str)
    removed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Hari tutup"), parent)
        self.year = QDate.currentDate().year()
        before, after = HintButton("‹", role="quiet"), HintButton("›", role="quiet")
        before.setAccessibleName(_("Tahun sebelumnya"))
        after.setAccessibleName(_("Tahun berikutnya"))
        before.clicked.connect(self._on_before)
        after.clicked.connect(self._on_after)
        self.add_to_head(before)
        self.add_to_head(after)

    def show_days(self, year: int, days: Sequence[ClosedDay]) -> None:
        """An answer for a year that is no longer shown is dropped."""
        if year != self.year:
            return
        self.clear()
        self.set_note(f"{year} · {_('{count} hari').format(count=len(days))}")
        for closed in days:
            self.add_row(self._row(closed))
        self.add_row(WideRow(self._new(), 10))

    def _row(self, closed: ClosedDay) -> Row:
        when = label(date_words(closed.day, weekday=True))
        source = label(_("diisi petugas") if closed.manual else _("kalender"), tone=Tone.QUIET, scale="small")
        remove = HintButton(_("Hapus"), role="link")
        remove.setObjectName(closed.day.isoformat())
        remove.setAccessibleName(_("Hapus {day}").format(day=date_words(closed.day)))
        remove.clicked.connect(self._on_remove)
        return Row((when, label(closed.reason, tone=Tone.QUIET, wrap=True), source, remove), 1)

    def _new(self) -> QWidget:
        inside = QWidget()
        self._day = date_field()
        self._reason = text_field()
        add = HintButton(_("Tambah"))
        add.clicked.connect(self._on_add)
        row = line((Field(_("Tanggal"), self._day), Field(_("Sebab"), self._reason), add), 12)
        row.setAlignment(add, Qt.AlignmentFlag.AlignBottom)
        row.setStretch(1, 1)
        inside.setLayout(row)
        return inside

    @Slot()
    def _on_add(self) -> None:
        chosen = self._day.date()
        reason = self._reason.text().strip()
        if reason:
            self.added.emit(date(chosen.year(), chosen.month(), chosen.day()), reason)

    @Slot()
    def _on_remove(self) -> None:
        self.removed.emit(date.fromisoformat(self.sender().objectName()))

    @Slot()
    def _on_before(self) -> None:
        self._turn(-1)

    @Slot()
    def _on_after(self) -> None:
        self._turn(1)

    def _turn(self, by: int) -> None:
        self.year += by
        self.year_chosen.emit(self.year)
