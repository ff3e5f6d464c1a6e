"""Holidays and joint leave of a year: each with its source, added and taken out by hand, imported from a decree."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from lockdesk.desk.desk import Desk
from lockdesk.desk.office.decree import Decree, knows_leave
from lockdesk.desk.values.office import ClosedDay
from lockdesk.errors import LockdeskError
from lockdesk.ui.look.theme import Tone
from lockdesk.ui.running.background import Background
from lockdesk.ui.running.files import read_chosen
from lockdesk.ui.widgets.cards import Card, Notice, Row, WideRow
from lockdesk.ui.widgets.days import date_field, day_of, days_are_whole
from lockdesk.ui.widgets.file_dialogs import Place, open_dialog
from lockdesk.ui.widgets.forms import Field, beside, enter_presses, text_field
from lockdesk.ui.widgets.parts import HintButton, column, label, reveal
from lockdesk.ui.widgets.questions import ConfirmSheet
from lockdesk.words import _, date_words

MOST_SHEET = 2 * 1024 * 1024


class ClosedDaysSection(QWidget):
    """The card with its calls to the desk."""

    changed = Signal()

    def __init__(self, desk: Desk, background: Background, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._background = desk, background
        self.year = 0
        self._said, self._tone = "", Tone.OK
        self._removed: date | None = None
        self._changed = False
        """Something was done, and the row that had the keyboard goes with the old list."""
        self._done: QWidget = self
        self._following: QWidget = self
        self._days: tuple[ClosedDay, ...] = ()
        self.card = Card(_("Hari tutup"))
        take = HintButton(_("Impor SKB…"), role="link")
        take.setToolTip(_("CSV atau XLSX berisi tanggal dan nama hari libur"))
        take.clicked.connect(self._on_browse)
        self.card.add_to_head(take)
        column(self).addWidget(self.card)

    def show_year(self, year: int) -> None:
        self.year = year
        self._say("")
        self.read()

    def read(self) -> None:
        self._background.run(partial(self._desk.setup.closed_days, self.year), partial(self._on_read, self.year))

    def _on_read(self, year: int, days: Sequence[ClosedDay]) -> None:
        """An answer for a year that is no longer shown is dropped."""
        if year != self.year:
            return
        self._days = tuple(days)
        self.card.clear()
        self.card.set_note(f"{year} · {_('{count} hari').format(count=len(days))}")
        if not knows_leave(days):
            words = _("Cuti bersama {year} belum diketahui. Impor SKB setelah ditetapkan, atau isi sendiri.")
            self.card.add_row(WideRow(Notice(words.format(year=year), Tone.WARN)))
        if self._said and self._tone is Tone.BAD:
            self.card.add_row(self._told())
        metrics = self.fontMetrics()
        width = max((metrics.horizontalAdvance(_weekday(closed.day)) for closed in days), default=0)
        for closed in days:
            self.card.add_row(self._row(closed, width))
        if self._said and self._tone is Tone.OK:
            self.card.add_row(self._told())
        self.card.add_row(WideRow(self._new(), 10))
        if self._changed:
            self._changed = False
            self._following = self._undo if self._removed is not None else self.day
            self._following.setFocus(Qt.FocusReason.OtherFocusReason)
            QTimer.singleShot(0, self, self._show_following)

    @Slot()
    def _show_following(self) -> None:
        """When the page is as long as its new rows make it: what was done, and where one goes on."""
        for shown in (self._done, self._following):
            if isValid(shown):
                reveal(shown, shown.rect())

    def _told(self) -> QWidget:
        """What was done last, and how it is taken back: where the keyboard goes on, and a refusal where it was asked
        for."""
        words = self._done = Notice(self._said, self._tone)
        if self._removed is None:
            return WideRow(words)
        self._undo = HintButton(_("Urungkan"))
        self._undo.clicked.connect(self._on_undo)
        return Row((words, self._undo), 0)

    def _row(self, closed: ClosedDay, width: int) -> Row:
        when = label(_weekday(closed.day))
        when.setMinimumWidth(width + 2)
        source = closed.source or _("kalender")
        shown = label(_("diisi petugas") if closed.manual else source, tone=Tone.QUIET, scale="small")
        remove = HintButton(_("Hapus…"), role="link")
        remove.setObjectName(closed.day.isoformat())
        remove.setAccessibleName(_("Hapus {day}").format(day=date_words(closed.day)))
        remove.clicked.connect(self._on_remove)
        return Row((when, label(closed.reason, tone=Tone.QUIET, wrap=True), shown, remove), 1)

    def _new(self) -> QWidget:
        inside = QWidget()
        self.day, self.reason = date_field(), text_field()
        self._reason_field = Field(_("Sebab"), self.reason)
        add = HintButton(_("Tambah"))
        add.clicked.connect(self._on_add)
        enter_presses(add, self.day, self.reason)
        row = beside(add, Field(_("Tanggal"), self.day), self._reason_field)
        row.setStretch(0, 0)
        row.setStretch(1, 1)
        inside.setLayout(row)
        return inside

    def _say(self, words: str, tone: Tone = Tone.OK, removed: date | None = None) -> None:
        self._said, self._tone, self._removed = words, tone, removed

    @Slot()
    def _on_add(self) -> None:
        if not days_are_whole(self):
            return
        day, reason = day_of(self.day), self.reason.text().strip()
        self._reason_field.show_fault("" if reason else _("Isi sebab kantor tutup."))
        if reason:
            words = _("{day} ditambahkan.").format(day=date_words(day))
            self._do(partial(self._desk.setup.add_closed_day, day, reason), words)

    @Slot()
    def _on_remove(self) -> None:
        day = date.fromisoformat(self.sender().objectName())
        reason = next(closed.reason for closed in self._days if closed.day == day)
        title = _("Hapus {day} dari hari tutup?").format(day=date_words(day))
        words = _(
            "{reason}. Jam layanan yang biasa berlaku lagi pada hari itu, dan batas waktu kasus yang berjalan dihitung "
            "ulang."
        )
        sheet = ConfirmSheet(self, day.toordinal(), title, words.format(reason=reason), _("Hapus"))
        sheet.confirmed.connect(self._on_confirmed)
        sheet.open()

    @Slot(int)
    def _on_confirmed(self, ordinal: int) -> None:
        day = date.fromordinal(ordinal)
        words = _("{day} dihapus dari hari tutup.").format(day=date_words(day))
        self._do(partial(self._desk.setup.remove_closed_day, day), words, day)

    @Slot()
    def _on_undo(self) -> None:
        if self._removed is not None:
            words = _("{day} kembali menjadi hari tutup.").format(day=date_words(self._removed))
            self._do(partial(self._desk.setup.restore_closed_day, self._removed), words)

    def _do(self, job: "partial[None]", words: str, removed: date | None = None) -> None:
        self._background.run(job, partial(self._on_done, words, removed))

    def _on_done(self, words: str, removed: date | None, _result: object) -> None:
        self._say(words, Tone.OK, removed)
        self._changed = self.isVisible()
        self.read()
        self.changed.emit()

    # ── the joint decree ──

    @Slot()
    def _on_browse(self) -> None:
        dialog = open_dialog(self, _("Impor SKB"), Place.OFFICE, "CSV, XLSX (*.csv *.xlsx)")
        dialog.fileSelected.connect(self.open_decree)
        dialog.open()

    @Slot(str)
    def open_decree(self, path: str) -> None:
        """Reads a sheet and asks before anything is put in."""
        self._background.run(partial(self._read_decree, Path(path)), self._on_decree, self._on_refused)

    def _read_decree(self, path: Path) -> Decree:
        """Runs on a worker."""
        return self._desk.read_decree(read_chosen(path, MOST_SHEET), path.name)

    def _on_decree(self, decree: Decree) -> None:
        title = _("Impor {count} hari tutup dari {name}?").format(count=len(decree.days), name=decree.name)
        words = _("Yang diisi atau dihapus petugas tetap seperti adanya.")
        if decree.unread:
            rows = ", ".join(str(number) for number in decree.unread[:12])
            words = f"{words} {_('Baris yang tanggalnya tidak terbaca: {rows}.').format(rows=rows)}"
        lines = [f"{date_words(day, weekday=True)}: {reason}" for day, reason in decree.days[:12]]
        if len(decree.days) > len(lines):
            lines.append(_("dan {n} hari lagi").format(n=len(decree.days) - len(lines)))
        sheet = ConfirmSheet(self, 0, title, words, _("Impor"), lines)
        sheet.confirmed.connect(partial(self._on_import, decree))
        sheet.open()

    def _on_import(self, decree: Decree, _subject: int) -> None:
        words = _("{count} hari dari {name} dicatat.").format(count=len(decree.days), name=decree.name)
        self._do(partial(self._desk.setup.import_decree, decree), words)

    def _on_refused(self, error: LockdeskError) -> None:
        self._say(f"{error.message} {error.remedy}", Tone.BAD)
        self.read()


def _weekday(day: date) -> str:
    """ "Selasa, 16 Juni 2026"."""
    return date_words(day, weekday=True)
