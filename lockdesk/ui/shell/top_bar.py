"""The top bar: brand, pages, and the one box for searching and commands."""

from collections.abc import Mapping

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFocusEvent, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from lockdesk.ui.look.theme import CHIP, theme
from lockdesk.ui.widgets.chips import Brand, KeyHint, paint_ground
from lockdesk.ui.widgets.forms import FOR_A_MOMENT, LineField
from lockdesk.ui.widgets.parts import ENTER, STACKED_PERCENT, label, line
from lockdesk.words import _, number_words

HEIGHT = 48


def _edge() -> int:
    """Pixels beside a page's name: large text needs the room for the names."""
    return 12 if theme.percent < STACKED_PERCENT else 5


class Tab(QPushButton):
    """A page's name with a count; the chosen one is underlined."""

    def __init__(self, name: str, words: str, parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self.setObjectName(name)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFlat(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self._count = ""
        self.show_count(0)

    def show_count(self, count: int) -> None:
        self._count = number_words(count) if count else ""
        self.setAccessibleName(f"{self.text()} {self._count}".strip())
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        words = QFontMetrics(theme.font(bold=True)).horizontalAdvance(self.text())
        return QSize(words + self._badge() + 2 * _edge(), theme.px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _badge(self) -> int:
        if not self._count:
            return 0
        width = QFontMetrics(theme.font(CHIP, mono=True)).horizontalAdvance(self._count)
        return width + theme.px(13) + theme.px(6)

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens, chosen = theme.tokens, self.isChecked()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = theme.font(bold=chosen)
        words = QFontMetrics(font).horizontalAdvance(self.text())
        left = _edge()
        painter.setFont(font)
        painter.setPen(QColor(tokens.text if chosen or self.underMouse() else tokens.muted))
        area = self.rect().adjusted(left, 0, 0, -theme.px(3))
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, self.text())
        if self._count:
            height = theme.px(18)
            top = (self.height() - theme.px(3) - height) / 2 + 1
            badge = QRectF(left + words + theme.px(6), top, self._badge() - theme.px(6), height)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.sunk))
            painter.drawRoundedRect(badge, height / 2, height / 2)
            painter.setPen(QColor(tokens.muted))
            painter.setFont(theme.font(CHIP, mono=True))
            painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, self._count)
        if chosen:
            paint_ground(painter, QRect(0, self.height() - 2, self.width(), 2), tokens.accent)
        if self.hasFocus():
            painter.setPen(QColor(tokens.accent))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            for inset in (1, 2):
                painter.drawRoundedRect(self.rect().adjusted(inset, inset + 4, -inset - 1, -inset - 6), 5, 5)
        painter.end()


class SearchBox(LineField):
    """Search as one types; the arrows move in the results beneath."""

    moved = Signal(int)
    taken = Signal()
    left = Signal()
    quitted = Signal()
    """The keyboard went elsewhere; what was typed stays."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("search", "true")
        self.setPlaceholderText(_("Cari atau beri perintah…"))
        self.setAccessibleName(_("Cari atau beri perintah"))
        self.setMaxLength(120)
        self._hint = KeyHint("Ctrl+K", self)
        self.setMinimumWidth(100)
        self.setMaximumWidth(theme.px(270))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._hint.move(self.width() - self._hint.width() - theme.px(10), (self.height() - self._hint.height()) // 2)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        moves = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 5, Qt.Key.Key_PageUp: -5}
        key = Qt.Key(event.key())
        if key in moves:
            self.moved.emit(moves[key])
        elif key in ENTER:
            if not event.isAutoRepeat():
                self.taken.emit()
        elif key == Qt.Key.Key_Escape:
            self.clear()
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in FOR_A_MOMENT:
            self.quitted.emit()


class TopBar(QWidget):
    """Emits the name of the page that was chosen."""

    page_chosen = Signal(str)

    def __init__(self, pages: Mapping[str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("topbar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(theme.px(HEIGHT))
        self.search = SearchBox()
        self._tabs = {name: Tab(name, words) for name, words in pages.items()}
        inner = line((Brand(),), 7)
        if theme.percent < STACKED_PERCENT:
            inner.addWidget(label("LockDesk", scale="brand", bold=True))
        inner.setContentsMargins(16, 0, 16, 1)
        inner.addSpacing(16)
        for tab in self._tabs.values():
            tab.clicked.connect(self._on_tab)
            inner.addWidget(tab)
        inner.addStretch(1)
        inner.addWidget(self.search, 1000)
        self.setLayout(inner)

    def show_page(self, name: str) -> None:
        self._tabs[name].setChecked(True)

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """Numbers beside pages, by the page's name."""
        for name, count in counts.items():
            self._tabs[name].show_count(count)

    @Slot()
    def _on_tab(self) -> None:
        self.page_chosen.emit(self.sender().objectName())
