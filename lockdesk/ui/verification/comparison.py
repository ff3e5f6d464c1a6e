"""The identity comparison: letter, mail, CSR and register side by side, differences on a warm ground."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, QRect, Qt, Signal, Slot
from PySide6.QtGui import QBrush, QColor, QFocusEvent, QFontMetrics, QKeyEvent, QPainter, QResizeEvent
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
from lockdesk.desk.checks.spec import DIFFERING
from lockdesk.desk.values.cases import CaseView, ComparisonRow
from lockdesk.desk.values.person_fields import BY_NAME
from lockdesk.records import dataclass
from lockdesk.ui.look.elide import breakable, pieces, tool_tip, unbroken
from lockdesk.ui.look.theme import SMALL, Tone, theme
from lockdesk.ui.widgets.cards import Card, Row, WideRow
from lockdesk.ui.widgets.facts import TALLEST
from lockdesk.ui.widgets.parts import STACKED_PERCENT, HintButton, icon_button, label
from lockdesk.words import N_, _, date_words

Index = QModelIndex | QPersistentModelIndex
COLUMNS = ("statement", "mail", "csr", "register")
COLUMN_LABELS = (N_("Surat"), "E-mail", "CSR", N_("Kepegawaian"))
_LEAST_ROOM = 290
"""Narrower than this (at 100 %) four columns would cut numbers."""
_BREAKABLE = frozenset({"email", "serial"})
"""Long, and never shortened: look-alikes hide in what is left out."""
_MOST_LINES = 3
"""A cell with more goes across the columns, where each source has a line."""
_PADDING = 18
"""What a cell's words leave free at both sides together, at 100 %."""


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


def stacked_words(row: ComparisonRow) -> tuple[str, ...]:
    """A row that goes across: a line for every source that says something, "≠" before one that differs."""
    named = [(column, _(words)) for column, words in zip(COLUMNS, COLUMN_LABELS, strict=True) if getattr(row, column)]
    return tuple(
        f"{'≠ ' if column in row.differing else ''}{words}: {breakable(cell_words(row, column))}"
        for column, words in named
    )


def _widths(words: str, metrics: QFontMetrics) -> tuple[int, int]:
    """Of the whole text and of its longest piece."""
    whole, cut = metrics.horizontalAdvance(words), pieces(words)
    return whole, max(map(metrics.horizontalAdvance, cut), default=0) if len(cut) > 1 else whole


class WarmGround(QStyledItemDelegate):
    """Paints a cell's own ground beneath it; the style sheet would leave it out."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        ground = index.data(Qt.ItemDataRole.BackgroundRole)
        if isinstance(ground, QBrush):
            painter.fillRect(option.rect.adjusted(0, 0, 0, -1), ground)
        super().paint(painter, option, index)


@dataclass(frozen=True, slots=True)
class Cell:
    """The words of a cell as they stand there, in which face, and the room that they and their longest piece need."""

    words: str
    mono: bool
    width: int
    longest: int


class ComparisonTable(QTableWidget):
    """As high as its rows; never scrolls by itself. A row that is chosen shows where its words come from."""

    field_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(0, len(COLUMNS), parent)
        self.setObjectName("plain")
        self.setAccessibleName(_("Perbandingan identitas"))
        self.setHorizontalHeaderLabels([_(text) for text in COLUMN_LABELS])
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setShowGrid(False)
        self._warm = WarmGround(self)
        self.setTabKeyNavigation(False)
        self.setWordWrap(True)
        self._rows: tuple[ComparisonRow, ...] = ()
        self._cells: list[tuple[Cell, ...]] = []
        self._across: frozenset[int] | None = None
        """The rows that go across the columns; None before they were filled."""
        self._measured = 0
        """The width of the last measuring."""
        self.cellClicked.connect(self._on_cell)
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        self.horizontalHeader().setDefaultAlignment(left)
        self.horizontalHeader().setHighlightSections(False)
        self.verticalHeader().setDefaultAlignment(left)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def show_rows(self, rows: Sequence[ComparisonRow]) -> None:
        self.clearSelection()
        cells = [tuple(self._cell(row, column) for column in COLUMNS) for row in rows]
        self._rows, self._cells, self._across = tuple(rows), cells, None
        self.setRowCount(len(rows))
        self.setVerticalHeaderLabels([_(BY_NAME[row.field].label) for row in rows])
        self._measure()

    def point_at(self, anchors: Collection[str]) -> bool:
        """Selects the rows of these fields (or all that differ), no others; True when there is one."""
        self.clearSelection()
        every = DIFFERING in anchors
        found = [n for n, row in enumerate(self._rows) if row.field in anchors or (every and row.differing)]
        add = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
        for number in found:
            self.selectionModel().select(self.model().index(number, 0), add)
        return bool(found)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Whoever comes by Tab sees which row the arrow keys and Space begin at."""
        super().focusInEvent(event)
        if event.reason() in {Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason} and self._rows:
            self.selectRow(max(self.currentRow(), 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space shows the row's places, as it does in the findings; Enter stays the case's next step."""
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self._on_cell(self.currentRow(), 0)
            return
        super().keyPressEvent(event)

    @Slot(int, int)
    def _on_cell(self, row: int, _column: int) -> None:
        if 0 <= row < len(self._rows):
            self.field_chosen.emit(self._rows[row].field)

    def _cell(self, row: ComparisonRow, column: str) -> Cell:
        words = cell_words(row, column)
        shown = breakable(words, everywhere=row.field in _BREAKABLE)
        if column in row.differing:
            shown = f"≠ {shown}"
        mono = BY_NAME[row.field].mono and words not in {"–", _("sama")}
        return Cell(shown, mono, *_widths(shown, self._metrics(mono)))

    def _metrics(self, mono: bool) -> QFontMetrics:
        return QFontMetrics(theme.font(SMALL, mono=True)) if mono else self.fontMetrics()

    def _item(self, row: ComparisonRow, column: str, cell: Cell) -> QTableWidgetItem:
        item = QTableWidgetItem(cell.words)
        whole = str(getattr(row, column))
        item.setToolTip(tool_tip(whole))
        if cell.mono:
            item.setFont(theme.font(SMALL, mono=True))
        tokens = theme.tokens
        if column in row.differing:
            item.setBackground(QBrush(QColor(tokens.warn_soft)))
            item.setForeground(QBrush(QColor(tokens.warn)))
        elif cell.words == "–":
            item.setForeground(QBrush(QColor(tokens.muted)))
        spoken = _("{value}, berbeda").format(value=whole) if column in row.differing else unbroken(cell.words)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken)
        return item

    def _measure(self) -> None:
        """Four columns; a row whose words do not fit, or every row of a narrow table, goes across them."""
        self._measured = self.width()
        room = max(self.width() - self.verticalHeader().sizeHint().width(), theme.px(120))
        narrow = room < theme.px(_LEAST_ROOM)
        self.horizontalHeader().setVisible(not narrow)
        widths, across = self._arrangement(room, narrow)
        for place, width in enumerate(widths):
            self.setColumnWidth(place, width)
        self._fill(across)
        least = self.verticalHeader().sectionSizeHint(0)
        for position in range(len(self._rows)):
            self.setRowHeight(position, max(self._height(position, widths), least))
        head = 0 if narrow else self.horizontalHeader().sizeHint().height()
        self.setFixedHeight(max(head + self.verticalHeader().length() - 1, 0))

    def _arrangement(self, room: int, narrow: bool) -> tuple[list[int], frozenset[int]]:
        """The columns' widths, and the rows that go across them; what is in those asks for no width."""
        every = range(len(self._rows))
        if narrow:
            return [room // len(COLUMNS)] * len(COLUMNS), frozenset(every)
        widths = self._share(room, self._cells)
        across = {n for n in every if not self._fits(n, widths)}
        if across:
            widths = self._share(room, [cells for n, cells in enumerate(self._cells) if n not in across])
            across |= {n for n in every if not self._fits(n, widths)}
        return widths, frozenset(across)

    def _fits(self, position: int, widths: Sequence[int]) -> bool:
        """Whether every word finds room in its column: a number or a domain is never cut, and no cell is as high as
        the row would be across the columns."""
        cells = list(zip(self._cells[position], widths, strict=True))
        whole = all(cell.longest <= width - theme.px(_PADDING) for cell, width in cells)
        return whole and all(
            self._words_height(cell.words, cell.mono, width) <= _MOST_LINES * self._metrics(cell.mono).lineSpacing()
            for cell, width in cells
            if cell.width > width - theme.px(_PADDING)
        )

    def _fill(self, across: frozenset[int]) -> None:
        """`across`: the rows that go across the columns."""
        if across == self._across:
            return
        self._across = across
        self.clearSpans()
        for position, row in enumerate(self._rows):
            self.setItemDelegateForRow(position, self._warm if row.differing else self.itemDelegate())
            if position in across:
                self._stack(position)
                continue
            for place, column in enumerate(COLUMNS):
                self.setItem(position, place, self._item(row, column, self._cells[position][place]))

    def _stack(self, position: int) -> None:
        row = self._rows[position]
        for place in range(len(COLUMNS)):
            self.takeItem(position, place)
        words = "\n".join(stacked_words(row))
        item = QTableWidgetItem(words)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, unbroken(words))
        if row.differing:
            item.setBackground(QBrush(QColor(theme.tokens.warn_soft)))
        self.setItem(position, 0, item)
        self.setSpan(position, 0, 1, len(COLUMNS))

    def _height(self, position: int, widths: Sequence[int]) -> int:
        """Of a row with all its words wrapped; the style sheet's padding is not counted by Qt's own answer."""
        if self._across is not None and position in self._across:
            written = [("\n".join(stacked_words(self._rows[position])), False, sum(widths))]
        else:
            cells = list(zip(self._cells[position], widths, strict=True))
            wrapped = [item for item in cells if item[0].width > item[1] - theme.px(_PADDING)]
            written = [(cell.words, cell.mono, width) for cell, width in wrapped or cells[:1]]
        return max(self._words_height(*item) for item in written) + 2 * theme.px(3) + 1

    def _words_height(self, words: str, mono: bool, width: int) -> int:
        room = QRect(0, 0, width - theme.px(_PADDING), TALLEST)
        return self._metrics(mono).boundingRect(room, Qt.TextFlag.TextWordWrap, words).height()

    def _share(self, room: int, rows: Sequence[tuple[Cell, ...]]) -> list[int]:
        """The columns' widths for what stands in `rows`; the letter's gets what the others leave."""
        wanted = [max((cells[place].width for cells in rows), default=0) for place in range(len(COLUMNS))]
        first, *hints = (width + theme.px(_PADDING) for width in wanted)
        titles = [self.horizontalHeader().sectionSizeHint(place) for place in range(1, len(COLUMNS))]
        floors = [max(floor, min(hint, theme.px(64))) for hint, floor in zip(hints, titles, strict=True)]
        pairs = zip(hints, floors, strict=True)
        widths = [max(min(hint + theme.px(6), theme.px(190)), floor) for hint, floor in pairs]
        letter = min(max(first + theme.px(6), theme.px(120)), room // 2)
        spare = room - sum(widths) - letter
        if spare < 0:
            whole, pairs = sum(widths), zip(widths, floors, strict=True)
            widths = [max(width + spare * width // whole, floor) for width, floor in pairs]
        return [room - sum(widths), *widths]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != self._measured:
            self._measure()


class ComparisonCard(Card):
    """The comparison with where the register's data come from, and the way to another arrangement."""

    field_chosen = Signal(str)
    other_view_asked = Signal()
    register_asked = Signal()

    def __init__(self, words: str, key: str = "", tip: str = "", parent: QWidget | None = None) -> None:
        """`words`, `key` and `tip` are those of the button that asks for the other arrangement."""
        super().__init__(_("Perbandingan identitas"), parent)
        self._table = ComparisonTable()
        self._table.field_chosen.connect(self.field_chosen)
        self.add_row(WideRow(self._table, 0, 0))
        self._source = label(tone=Tone.QUIET, wrap=True)
        self._register = HintButton(_("Tambah ke data kepegawaian…"), role="link")
        self._register.clicked.connect(self.register_asked)
        self.add_row(Row((self._source, self._register), 0))
        large = theme.percent >= STACKED_PERCENT
        other = icon_button("columns-3", words) if large else HintButton(words, key, role="link")
        other.setToolTip(tip or words)
        other.clicked.connect(self.other_view_asked)
        self.add_to_head(other)

    def show_case(self, case: CaseView, rows: Sequence[ComparisonRow]) -> None:
        """The rows, where the register's data come from and of which day, and the way there."""
        self._table.show_rows(rows)
        name = case.register.fields.get("name") if case.register is not None else None
        source = f"{name.source}, {date_words(name.recorded_on)}" if name is not None else ""
        known = _("Data kepegawaian: {source}").format(source=source)
        self._source.setText(known if case.register else _("Pemohon belum ada di data kepegawaian."))
        words = _("Lihat atau ubah…") if case.register else _("Tambah ke data kepegawaian…")
        self._register.setText(words)
        self._register.setAccessibleName(words.rstrip("…"))

    def point_at(self, anchors: Collection[str]) -> QRect | None:
        return self.rect() if self._table.point_at(anchors) else None
