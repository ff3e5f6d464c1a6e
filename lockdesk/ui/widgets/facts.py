"""Facts as painted rows of a list: label and words, focused with the arrow keys, copied, pointed at by evidence.

A label widget whose text can be selected costs a text document; a case has some eighty facts. Painted from a model
they cost a tenth, and Qt's list gives keyboard, tool tips and screen readers for nothing.
"""

from collections.abc import Collection, Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import (
    QAction,
    QColor,
    QFontMetrics,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from lockdesk.records import dataclass
from lockdesk.ui.look.elide import breakable, tool_tip
from lockdesk.ui.look.icons import pixmap
from lockdesk.ui.look.theme import BODY, SMALL, Tone, theme
from lockdesk.ui.running.clipboard import copies
from lockdesk.ui.widgets.chips import chip_width, paint_chip
from lockdesk.ui.widgets.parts import STACKED_PERCENT, reveal
from lockdesk.words import _

Index = QModelIndex | QPersistentModelIndex
LABEL_WIDTH = 92
TALLEST = (1 << 24) - 1
"""Higher than any text."""
_SIDE, _EDGE, _GAP = 12, 5, 10
_PAGING = frozenset({Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Home, Qt.Key.Key_End})


@dataclass(frozen=True, slots=True)
class Words:
    """Words that wrap in the width they are given; addresses and names in certificates after their signs, too."""

    text: str
    tone: Tone | None = None
    size: float = BODY
    bold: bool = False
    mono: bool = False

    def bounds(self, width: int) -> QRect:
        """The room they take when they are `width` pixels wide."""
        metrics = QFontMetrics(theme.font(self.size, self.bold, self.mono))
        return metrics.boundingRect(QRect(0, 0, width, TALLEST), Qt.TextFlag.TextWordWrap, breakable(self.text))

    def paint(self, painter: QPainter, room: QRect) -> QRect:
        """Gives the room they took."""
        painter.setFont(theme.font(self.size, self.bold, self.mono))
        painter.setPen(QColor(theme.tokens.ink(self.tone) if self.tone is not None else theme.tokens.text))
        return painter.drawText(room, Qt.TextFlag.TextWordWrap, breakable(self.text))


def words_height(words: Sequence[Words], width: int) -> int:
    """Of several, one beneath the other."""
    return sum(part.bounds(width).height() for part in words)


def paint_words(painter: QPainter, room: QRect, words: Sequence[Words]) -> None:
    """The same painted into `room`, from its top."""
    top = room.top()
    for part in words:
        top += part.paint(painter, QRect(room.left(), top, room.width(), room.height())).height()


def _flowing() -> QSizePolicy:
    """As wide as there is room, as high as the words in it need."""
    policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    return policy


class Paragraphs(QWidget):
    """Words one beneath the other in a row that has other things beside them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words: tuple[Words, ...] = ()
        self._heights: dict[int, int] = {}
        self.setSizePolicy(_flowing())

    def show_words(self, *words: Words) -> None:
        """Those without text are left out."""
        self.words, self._heights = tuple(part for part in words if part.text), {}
        self.setAccessibleName(self.text)
        self.updateGeometry()
        self.update()

    @property
    def text(self) -> str:
        return "\n".join(part.text for part in self.words)

    def heightForWidth(self, width: int) -> int:
        if width not in self._heights:
            self._heights[width] = words_height(self.words, width)
        return self._heights[width]

    def sizeHint(self) -> QSize:
        return QSize(1, 1)

    def minimumSizeHint(self) -> QSize:
        return QSize(1, 1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        spare = max(self.height() - self.heightForWidth(self.width()), 0)
        paint_words(painter, self.rect().adjusted(0, spare // 2, 0, 0), self.words)
        painter.end()


@dataclass(frozen=True, slots=True)
class Fact:
    """A row: its label and its words, a dash where there are none. Without a label the words go across."""

    name: str
    value: str
    tone: Tone | None = None
    mono: bool = False
    bold: bool = False
    below: Words | None = None
    """What is said beneath, smaller or in another face."""
    anchors: tuple[str, ...] = ()
    """By what names evidence points at the row."""
    tip: str = ""
    warm: bool = False
    """On the ground of a warning."""
    note: str = ""
    """At the right, quiet."""
    mark: tuple[str, Tone] | None = None
    """An icon before the words."""
    chip: tuple[str, Tone] | None = None
    """A state at the right."""

    @property
    def words(self) -> tuple[Words, ...]:
        first = Words(self.value or "–", self.tone, BODY, self.bold, self.mono)
        return (first,) if self.below is None else (first, self.below)

    @property
    def text(self) -> str:
        """What is copied."""
        return "\n".join(part.text for part in self.words)

    @property
    def spoken(self) -> str:
        """What a screen reader says."""
        parts = (self.name, self.text, self.chip[0] if self.chip else "", self.note)
        return ": ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Places:
    """Where the parts of a fact stand in a row that begins at (0, 0)."""

    label: QRect
    words: QRect
    aside: QRect
    """Of the state and the note at the right."""
    height: int


def places_in(fact: Fact, width: int) -> Places:
    """The parts of a fact in a row of `width` pixels. Large text has the label above the words; what stands at
    the right goes beneath them where it would leave them less than half."""
    side, edge, gap, line_height = theme.px(_SIDE), theme.px(_EDGE), theme.px(_GAP), theme.px(20)
    left, top = side + (theme.px(16) + gap if fact.mark is not None else 0), edge + 1
    room, label = width - side - left, QRect()
    if fact.name:
        stacked = theme.percent >= STACKED_PERCENT
        wide = room if stacked else min(theme.px(LABEL_WIDTH), round(LABEL_WIDTH * 1.25))
        label = QRect(left, top, wide, Words(fact.name).bounds(wide).height())
        if stacked:
            top = label.bottom() + 1
        else:
            left, room = left + wide + gap, room - wide - gap
    taken = (chip_width(fact.chip[0]) + gap if fact.chip else 0) + (_advance(fact.note) + gap if fact.note else 0)
    beneath = taken > room // 2
    words = QRect(left, top, max(room if beneath else room - taken, 1), 0)
    words.setHeight(words_height(fact.words, words.width()))
    aside_top = words.bottom() + 1 if beneath else top - theme.px(2)  # its middle beside the middle of the first line
    aside = QRect(left, aside_top, room, line_height if taken else 0)
    return Places(label, words, aside, max(part.bottom() + 1 for part in (label, words, aside)) + edge)


def _advance(note: str) -> int:
    return theme.advance(note, SMALL)


class FactModel(QAbstractListModel):
    """The facts, one a row; what is seen is painted from the fact itself."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.facts: tuple[Fact, ...] = ()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.facts)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        fact = self.facts[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return fact.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return fact.spoken
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            return fact.tip
        return tool_tip(fact.tip) if role == Qt.ItemDataRole.ToolTipRole else None

    def set_facts(self, facts: Sequence[Fact]) -> None:
        self.beginResetModel()
        self.facts = tuple(facts)
        self.endResetModel()


class FactDelegate(QStyledItemDelegate):
    """Paints a fact."""

    def __init__(self, view: "FactList") -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        width = self._view.viewport().width()
        return QSize(width, self._view.places(width)[index.row()].height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        fact, room = self._view.facts[index.row()], option.rect
        places = self._view.places(room.width())[index.row()]
        painter.save()
        painter.translate(room.topLeft())
        self._paint_ground(painter, QRect(0, 0, room.width(), room.height()), fact, option.state)
        self._paint_aside(painter, places.aside, fact)
        if fact.mark is not None:
            name, tone = fact.mark
            icon = pixmap(name, theme.tokens.ink(tone), theme.px(16), 2.0)
            painter.drawPixmap(theme.px(_SIDE), places.words.top(), icon)
        if fact.name:
            Words(fact.name, Tone.QUIET).paint(painter, places.label)
        paint_words(painter, places.words, fact.words)
        painter.restore()

    def _paint_ground(self, painter: QPainter, room: QRect, fact: Fact, state: QStyle.StateFlag) -> None:
        tokens, flag = theme.tokens, QStyle.StateFlag
        pointed = bool(state & flag.State_Selected)
        if pointed or fact.warm:
            painter.fillRect(room, QColor(tokens.warn_soft if fact.warm else tokens.accent_soft))
        painter.fillRect(0, 0, room.width(), 1, QColor(tokens.line))
        if pointed:
            painter.fillRect(0, 0, 3, room.height(), QColor(tokens.accent))
        if state & flag.State_HasFocus:
            painter.setPen(QPen(QColor(tokens.accent), 2))
            painter.drawRect(room.adjusted(1, 1, -1, -1))

    def _paint_aside(self, painter: QPainter, room: QRect, fact: Fact) -> None:
        right = room.right() + 1
        if fact.chip is not None:
            wide = chip_width(fact.chip[0])
            paint_chip(painter, QRect(right - wide, room.top(), wide, room.height()), *fact.chip)
            right -= wide + theme.px(_GAP)
        if fact.note:
            wide = _advance(fact.note) + 2  # a text in exactly its own width may wrap
            Words(fact.note, Tone.QUIET, SMALL).paint(
                painter, room.adjusted(right - wide - room.left(), theme.px(2), 0, 0)
            )


class FactList(QListView):
    """As high as its facts; never scrolls by itself. What evidence points at is selected."""

    chosen = Signal(int)
    """A row was clicked, or Space pressed on it."""

    def __init__(self, facts: Sequence[Fact], name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("facts")
        self.setAccessibleName(name)
        self._places: dict[int, tuple[Places, ...]] = {}
        self._model = FactModel(self)
        self.setModel(self._model)
        self.setItemDelegate(FactDelegate(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(_flowing())
        copy = QAction(_("Salin"), self)
        copy.triggered.connect(self.copy)
        self.addAction(copy)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.clicked.connect(self._on_clicked)
        self.show_facts(facts)

    def show_facts(self, facts: Sequence[Fact]) -> None:
        """Other facts; the same ones keep what is focused and pointed at."""
        if tuple(facts) == self._model.facts:
            return
        self._places = {}
        self._model.set_facts(facts)
        self.updateGeometry()

    @property
    def facts(self) -> tuple[Fact, ...]:
        return self._model.facts

    @property
    def pointed(self) -> tuple[Fact, ...]:
        """What evidence points at."""
        return tuple(self.facts[index.row()] for index in self.selectionModel().selectedRows())

    def point_at(self, anchors: Collection[str]) -> QRect | None:
        """Marks the rows that evidence points at, no others, and gives the place of the first."""
        found = [row for row, fact in enumerate(self.facts) if not set(anchors).isdisjoint(fact.anchors)]
        chosen = QItemSelection()
        for row in found:
            chosen.select(self._model.index(row), self._model.index(row))
        self.selectionModel().select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        return self.visualRect(self._model.index(found[0])) if found else None

    def places(self, width: int) -> tuple[Places, ...]:
        """Where everything stands in rows of `width` pixels; reckoned once for the same facts."""
        if width not in self._places:
            self._places[width] = tuple(places_in(fact, width) for fact in self.facts)
        return self._places[width]

    def heightForWidth(self, width: int) -> int:
        return sum(place.height for place in self.places(width))

    def sizeHint(self) -> QSize:
        return QSize(1, 1)

    def minimumSizeHint(self) -> QSize:
        return QSize(1, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.doItemsLayout()

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if self.hasFocus():
            reveal(self, self.visualRect(current))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+C copies the focused fact; what leafs through pages is the column's."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() in _PAGING:
            event.ignore()
        elif event.key() == Qt.Key.Key_Space and self.currentIndex().isValid() and not event.isAutoRepeat():
            self.chosen.emit(self.currentIndex().row())
        else:
            super().keyPressEvent(event)

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        self.chosen.emit(index.row())

    @Slot()
    def copy(self) -> None:
        """The words of the focused fact."""
        if self.currentIndex().isValid():
            copies.put(self.facts[self.currentIndex().row()].text)
