"""The two-line rows of the lists and the lazy model beneath them."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from lockdesk.records import dataclass
from lockdesk.ui.look.elide import tool_tip
from lockdesk.ui.look.theme import SMALL, Tone, theme
from lockdesk.ui.widgets.chips import chip_width, paint_chip, paint_ground

ROW_HEIGHT = 59
_FEW = 12
"""So many rows may come and go one by one; the view answers each of them."""
Index = QModelIndex | QPersistentModelIndex
ROW_ROLE = Qt.ItemDataRole.UserRole + 1
ID_ROLE = Qt.ItemDataRole.UserRole + 2


@dataclass(frozen=True, slots=True)
class RowText:
    """What one row shows: name and time left, then number, agency and state."""

    title: str
    right: str
    right_tone: Tone
    code: str
    detail: str
    chip: str
    chip_tone: Tone
    tip: str = ""
    code_last: bool = False

    @property
    def spoken(self) -> str:
        return ", ".join(part for part in (self.title, self.right, self.code, self.detail, self.chip) if part)


class RowModel(QAbstractListModel):
    """Rows that arrive page by page; changes are made in place, so the chosen row stays chosen.

    The values have an `id`; `describe` turns one into its words.
    """

    more_wanted = Signal(object)
    """The key after which the next page begins."""
    far_wanted = Signal(object)
    """The same, of all that follows it."""
    appended = Signal()
    """The next page is there, if only to say that nothing follows."""

    def __init__(self, describe: Callable[[Any], RowText], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._describe = describe
        self._rows: list[Any] = []
        self._places: dict[int, int] = {}
        """Where each row stands, by its id; empty until somebody asks."""
        self._words: dict[int, RowText] = {}
        self._next_key: object | None = None
        self._loading = False

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or not 0 <= index.row() < len(self._rows):
            return None
        row = self._rows[index.row()]
        if role == ID_ROLE:
            return row.id
        words = self._text(row)
        if role == ROW_ROLE:
            return words
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return words.spoken
        return tool_tip(words.tip) if role == Qt.ItemDataRole.ToolTipRole else None

    def _text(self, row: Any) -> RowText:
        words = self._words.get(row.id)
        if words is None:
            words = self._words[row.id] = self._describe(row)
        return words

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and self._next_key is not None and not self._loading

    def fetchMore(self, parent: Index) -> None:
        if self.canFetchMore(parent):
            self._loading = True
            self.more_wanted.emit(self._next_key)

    @property
    def unread(self) -> bool:
        """Whether something follows the rows that were read."""
        return self._next_key is not None

    def fetch_far(self) -> bool:
        """Asks for all that follows; False while a page is on its way."""
        if not self.canFetchMore(QModelIndex()):
            return False
        self._loading = True
        self.far_wanted.emit(self._next_key)
        return True

    def index_of(self, row_id: int) -> QModelIndex:
        """Where the row stands; an invalid index when it is not loaded."""
        return self.index(self._place(row_id), 0)

    def _place(self, row_id: int) -> int:
        """-1 when it is not loaded."""
        if not self._places:
            self._places = {row.id: place for place, row in enumerate(self._rows)}
        return self._places.get(row_id, -1)

    def title(self, place: int) -> str:
        """What a row begins with."""
        return self._text(self._rows[place]).title

    @property
    def loaded(self) -> int:
        return len(self._rows)

    def append(self, rows: Sequence[Any], next_key: object | None) -> None:
        """The next page."""
        self._loading = False
        self._next_key = next_key
        fresh = [row for row in rows if self._place(row.id) < 0]
        if fresh:
            first = len(self._rows)
            self.beginInsertRows(QModelIndex(), first, first + len(fresh) - 1)
            self._rows.extend(fresh)
            self._places = {}
            self.endInsertRows()
        self.appended.emit()

    def merge(self, rows: Sequence[Any], next_key: object | None) -> None:
        """The same stretch read again: rows are changed, moved, put in and taken out one by one, unless there are
        many of these."""
        self._loading = False
        self._next_key = next_key
        wanted = {row.id: place for place, row in enumerate(rows)}
        gone = [place for place, row in enumerate(self._rows) if row.id not in wanted]
        moves = 0
        if len(gone) <= _FEW:
            for place in reversed(gone):
                self._remove(place)
            place = 0
            while place < len(rows) and moves <= _FEW:
                if place < len(self._rows) and self._rows[place].id == rows[place].id:
                    self._change(place, rows[place])
                    place += 1
                else:
                    self._bring(place, rows[place], wanted)
                    moves += 1
        if max(len(gone), moves) > _FEW:
            self.beginResetModel()
            self._rows, self._words, self._places = list(rows), {}, {}
            self.endResetModel()

    def _bring(self, place: int, row: Any, wanted: Mapping[int, int]) -> None:
        """One step towards `row` standing at `place`: it is put in or moved up, or the row there is moved down to
        where it is wanted, whichever is the longer way."""
        found = self._place(row.id)
        if found < 0:
            self.beginInsertRows(QModelIndex(), place, place)
            self._rows.insert(place, row)
            self._places = {}
            self.endInsertRows()
            return
        down = min(wanted[self._rows[place].id], len(self._rows) - 1)
        start, end = (place, down) if down - place > found - place else (found, place)
        self.beginMoveRows(QModelIndex(), start, start, QModelIndex(), end + (end > start))
        self._rows.insert(end, self._rows.pop(start))
        self._places = {}
        self.endMoveRows()

    def update_row(self, row: Any) -> None:
        """One row's new values, if it is loaded."""
        index = self.index_of(row.id)
        if index.isValid():
            self._change(index.row(), row)

    def update_words(self) -> None:
        """The words again (a minute has passed)."""
        self._words.clear()
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, 0))

    def _change(self, position: int, row: Any) -> None:
        if self._rows[position] != row:
            self._rows[position] = row
            self._words.pop(row.id, None)
            index = self.index(position, 0)
            self.dataChanged.emit(index, index)

    def _remove(self, position: int) -> None:
        self.beginRemoveRows(QModelIndex(), position, position)
        self._words.pop(self._rows.pop(position).id, None)
        self._places = {}
        self.endRemoveRows()


class RowDelegate(QStyledItemDelegate):
    """Paints one two-line row."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(theme.px(280), theme.px(ROW_HEIGHT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        words: RowText = index.data(ROW_ROLE)
        rect: QRect = option.rect
        state = option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        self._ground(painter, rect, chosen, bool(state & QStyle.StateFlag.State_HasFocus))
        inner = rect.adjusted(theme.px(16), theme.px(9), -theme.px(13), -theme.px(9))
        self._first_line(painter, inner, words)
        self._second_line(painter, inner, words)
        painter.restore()

    def _ground(self, painter: QPainter, rect: QRect, chosen: bool, focused: bool) -> None:
        tokens = theme.tokens
        if chosen:
            paint_ground(painter, rect, tokens.accent_soft)
            paint_ground(painter, QRect(rect.left(), rect.top(), 3, rect.height()), tokens.accent)
        paint_ground(painter, QRect(rect.left(), rect.bottom(), rect.width(), 1), tokens.line)
        if focused:
            painter.setPen(QPen(QColor(tokens.accent), 2))
            painter.drawRect(rect.adjusted(1, 1, -2, -2))

    def _first_line(self, painter: QPainter, rect: QRect, words: RowText) -> None:
        late = words.right_tone is Tone.BAD
        right_font = theme.font(SMALL, bold=late)
        right_width = theme.advance(words.right, SMALL, bold=late)
        height = theme.px(18)
        top = QRect(rect.left(), rect.top() - 1, rect.width(), height)
        painter.setFont(right_font)
        painter.setPen(theme.colour(words.right_tone))
        align = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(top, align | Qt.AlignmentFlag.AlignRight, words.right)
        room = rect.width() - right_width - theme.px(10)
        painter.setFont(theme.font(bold=True))
        painter.setPen(QColor(theme.tokens.text))
        painter.drawText(top, align, theme.fitted(words.title, room, bold=True))

    def _second_line(self, painter: QPainter, rect: QRect, words: RowText) -> None:
        height = theme.px(20)
        base = QRect(rect.left(), rect.bottom() - height + theme.px(2), rect.width(), height)
        width = chip_width(words.chip)
        chip = QRect(base.right() - width + 1, base.top(), width, height)
        paint_chip(painter, chip, words.chip, words.chip_tone)
        plain, mono = theme.font(SMALL), theme.font(SMALL, mono=True)
        separator = " · " if words.detail and words.code else ""
        code_width = theme.advance(words.code, SMALL, mono=True)
        room = base.width() - width - theme.px(8) - code_width
        detail = words.detail + separator if words.code_last else separator + words.detail
        detail = theme.fitted(detail, room, SMALL)
        detail_width = theme.advance(detail, SMALL)
        code_left = base.left() + (detail_width if words.code_last else 0)
        detail_left = base.left() + (0 if words.code_last else code_width)
        painter.setPen(QColor(theme.tokens.muted))
        for text, font, left in ((words.code, mono, code_left), (detail, plain, detail_left)):
            painter.setFont(font)
            painter.drawText(QRect(left, base.top(), base.width(), height), Qt.AlignmentFlag.AlignVCenter, text)
