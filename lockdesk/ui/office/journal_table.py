"""The journal's entries as a table that grows as one scrolls."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from lockdesk.desk.prints.history_words import entry_words
from lockdesk.desk.values.journal import JournalLine
from lockdesk.ui.look.theme import SMALL, theme
from lockdesk.ui.look.times import OfficeTime
from lockdesk.ui.running.listing import Index, PagedModel
from lockdesk.ui.widgets.kept_widths import kept
from lockdesk.words import N_, _, clock_words, number_words

COLUMNS = (
    (N_("nomor\x04Catatan"), 76),
    (N_("Waktu"), 176),
    (N_("Kejadian"), 300),
    (N_("Nomor"), 168),
    (N_("Oleh"), 150),
)
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_NUMBER, _TIME, _WHAT, _SUBJECT, _WHO = range(len(COLUMNS))


class JournalModel(PagedModel):
    """The entries read so far, the newest first."""

    def __init__(self, times: OfficeTime, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._times = times
        self._entries: list[JournalLine] = []

    def entry_at(self, row: int) -> JournalLine | None:
        return self._entries[row] if 0 <= row < len(self._entries) else None

    def columnCount(self, _parent: Index | None = None) -> int:
        return len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return _(COLUMNS[section][0])
        if role == Qt.ItemDataRole.TextAlignmentRole and section == _NUMBER:
            return _RIGHT
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        entry = self._entries[index.row()]
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return self._cells(entry)[index.column()]
        if role == Qt.ItemDataRole.FontRole and index.column() in {_NUMBER, _SUBJECT}:
            return theme.font(SMALL, mono=True)
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() == _NUMBER:
            return _RIGHT
        return None

    def _cells(self, entry: JournalLine) -> tuple[str, ...]:
        line, zone = entry.line, self._times.zone
        when = f"{self._times.day_words(line.at, year=True)} {clock_words(line.at, zone)}"
        return number_words(line.sequence), when, entry_words(line), entry.subject, line.actor


class JournalTable(QTableView):
    """Arrows choose, Enter opens what an entry is about."""

    def __init__(self, model: JournalModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("whole")
        self.setModel(model)
        self.setAccessibleName(_("Rekam jejak"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(theme.px(34))
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        for place, (_words, width) in enumerate(COLUMNS):
            self.setColumnWidth(place, theme.px(width))
        header.setSectionResizeMode(_WHAT, QHeaderView.ResizeMode.Stretch)
        kept.columns("journal", header)
