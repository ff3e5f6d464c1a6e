"""The scrolling column of cards that every page is made of."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QScrollBar, QVBoxLayout, QWidget

from lockdesk.ui.look.theme import theme
from lockdesk.ui.widgets.parts import clear, settle

BAR_WIDTH = 10
"""Of a scroll bar, in pixels at every text size; the style sheet says the same."""


class QuietBar(QScrollBar):
    """A bar that keeps its room and shows nothing where there is nothing to scroll."""

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.maximum() > self.minimum():
            super().paintEvent(event)


class Flow(QScrollArea):
    """A scrolling column of cards, as wide as its view, with a measure that is comfortable to read."""

    def __init__(self, measure: float = 0, centred: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._centred = centred
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # A bar that came and went would change the width, and with it the height of every text.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setVerticalScrollBar(QuietBar())
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._measure = theme.px(measure)
        self._inside = QWidget()
        self._inside.setObjectName("flow")
        self._column = QVBoxLayout(self._inside)
        self._column.setSpacing(theme.px(12))
        self._set_margins(0)
        self._column.addStretch(1)
        self.setWidget(self._inside)

    def add(self, widget: QWidget) -> None:
        self._column.insertWidget(self._column.count() - 1, widget)

    def add_layout(self, layout: QHBoxLayout) -> None:
        self._column.insertLayout(self._column.count() - 1, layout)

    def clear(self) -> None:
        clear(self._column)
        self._column.addStretch(1)

    def settle(self) -> None:
        """Gives every text its whole height; for when the cards were filled."""
        settle(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._set_margins(max(event.size().width() - self._measure - theme.px(40), 0) if self._measure else 0)
        super().resizeEvent(event)
        self.settle()

    def _set_margins(self, spare: int) -> None:
        side, edge = 20, theme.px(12)
        left = spare // 2 if self._centred else 0
        self._column.setContentsMargins(side + left, edge, side - BAR_WIDTH + spare - left, theme.px(20))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(260), theme.px(160))
