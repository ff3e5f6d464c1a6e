"""The identity comparison: letter, mail, CSR and register side by side, differences on a warm ground."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from lockdesk.core.identity import print_nip
from lockdesk.desk.views import ComparisonRow
from lockdesk.ui.cards import Card, WideRow
from lockdesk.ui.elide import breakable, tool_tip
from lockdesk.ui.theme import SMALL, theme
from lockdesk.words import N_, _

Index = QModelIndex | QPersistentModelIndex
FIELD_LABELS = {
    "name": N_("Nama"),
    "nik": "NIK",
    "nip": "NIP",
    "position": N_("Jabatan"),
    "agency": N_("Unit kerja"),
    "email": "E-mail",
    "phone": N_("Telepon"),
    "serial": N_("Nomor seri"),
}
COLUMNS = ("statement", "mail", "csr", "register")
COLUMN_LABELS = (N_("Surat"), "E-mail", "CSR", N_("Kepegawaian"))
_MONO = frozenset({"nik", "nip", "phone", "serial"})


def cell_words(row: ComparisonRow, column: str) -> str:
    """A cell's words: the value itself, "sama" where it repeats the first one, "–" where nothing is."""
    text = str(getattr(row, column))
    if not text:
        return "–"
    shown = print_nip(text) if row.field == "nip" else text
    first = next((name for name in COLUMNS if getattr(row, name)), column)
    if column == first or column in row.differing:
        return shown
    if column == "register" and row.differing:
        return shown
    compared = first not in row.differing or getattr(row, first) == text
    return _("sama") if compared else shown


class WarmGround(QStyledItemDelegate):
    """Paints a cell's own ground beneath it; the style sheet would leave it out."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        ground = index.data(Qt.ItemDataRole.BackgroundRole)
        if isinstance(ground, QBrush):
            painter.fillRect(option.rect.adjusted(0, 0, 0, -1), ground)
        super().paint(painter, option, index)


class ComparisonTable(QTableWidget):
    """As high as its rows; never scrolls by itself."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(0, len(COLUMNS), parent)
        self.setObjectName("plain")
        self.setAccessibleName(_("Perbandingan identitas"))
        self.setHorizontalHeaderLabels([_(text) for text in COLUMN_LABELS])
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setShowGrid(False)
        self.setItemDelegate(WarmGround(self))
        self.setTabKeyNavigation(False)
        self.setWordWrap(True)
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        self.horizontalHeader().setDefaultAlignment(left)
        self.horizontalHeader().setHighlightSections(False)
        self.verticalHeader().setDefaultAlignment(left)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def show_rows(self, rows: Sequence[ComparisonRow]) -> None:
        self.setRowCount(len(rows))
        self.setVerticalHeaderLabels([_(FIELD_LABELS[row.field]) for row in rows])
        for position, row in enumerate(rows):
            for place, column in enumerate(COLUMNS):
                self.setItem(position, place, self._item(row, column))
        self._measure()

    def _item(self, row: ComparisonRow, column: str) -> QTableWidgetItem:
        words = cell_words(row, column)
        item = QTableWidgetItem(breakable(words, everywhere=True) if row.field == "email" else words)
        whole = str(getattr(row, column))
        item.setToolTip(tool_tip(whole))
        if row.field in _MONO and words not in {"–", _("sama")}:
            item.setFont(theme.font(SMALL, mono=True))
        tokens = theme.tokens
        if column in row.differing:
            item.setBackground(QBrush(QColor(tokens.warn_soft)))
            item.setForeground(QBrush(QColor(tokens.warn)))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, _("{value}, berbeda").format(value=whole))
        elif words == "–":
            item.setForeground(QBrush(QColor(tokens.muted)))
        return item

    def _measure(self) -> None:
        heads = self.verticalHeader().sizeHint().width()
        room = max(self.width() - heads, theme.px(200))
        narrow = [self.sizeHintForColumn(place) for place in range(1, len(COLUMNS))]
        titles = [self.horizontalHeader().sectionSizeHint(place) for place in range(1, len(COLUMNS))]
        floors = [max(floor, min(hint, theme.px(64))) for hint, floor in zip(narrow, titles, strict=True)]
        pairs = zip(narrow, floors, strict=True)
        widths = [max(min(hint + theme.px(6), theme.px(190)), floor) for hint, floor in pairs]
        letter = min(max(self.sizeHintForColumn(0) + theme.px(6), theme.px(120)), room // 2)
        spare = room - sum(widths) - letter
        if spare < 0:
            whole, pairs = sum(widths), zip(widths, floors, strict=True)
            widths = [max(width + spare * width // whole, floor) for width, floor in pairs]
        self.setColumnWidth(0, room - sum(widths))
        for place, width in enumerate(widths, 1):
            self.setColumnWidth(place, width)
        self.resizeRowsToContents()
        height = self.horizontalHeader().sizeHint().height() + self.verticalHeader().length()
        self.setFixedHeight(height - 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._measure()


class ComparisonCard(Card):
    """The comparison with where the register's data come from."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Perbandingan identitas"), parent)
        self._table = ComparisonTable()
        self.add_row(WideRow(self._table, 0, 0))

    def show_rows(self, rows: Sequence[ComparisonRow], source: str) -> None:
        self._table.show_rows(rows)
        self.set_note(source)
