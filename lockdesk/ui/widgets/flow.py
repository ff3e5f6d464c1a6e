"""The scrolling column of cards that every page is made of."""

from collections.abc import Generator, Iterator

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QScrollBar, QVBoxLayout, QWidget

from lockdesk.ui.look.theme import theme
from lockdesk.ui.widgets.parts import clear, settling

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
        self._settling = self._held = False
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

    def hold_width(self, held: bool) -> None:
        """What is inside keeps its width while the column itself goes through several, each of which would lay
        out every card."""
        self._held = held
        self.setWidgetResizable(not held)

    def settling(self) -> Iterator[None]:
        """Gives every text its whole height, in pieces; for when the cards were filled.

        Asked again before it is done (the window was resized between two pieces), it leaves the column to the one
        under way: its last piece lays out by whatever width there is then.
        """
        if not self._settling:
            self._settling = True
            try:
                yield from settling(self._inside)
                bottom = yield from self._placing()
                self._column.setEnabled(True)  # and its new height first: in the old one cards are squeezed
                self._inside.resize(self._inside.width(), max(bottom, self.viewport().height()))
                yield
                self.setWidgetResizable(not self._held)
                self._column.activate()
            finally:
                self._settling = False

    def _placing(self) -> Generator[None, None, int]:
        """Puts every card where the column will find it to be, and so lays it out, in a piece of its own; gives
        the height of all."""
        room = self._inside.rect().marginsRemoved(self._column.contentsMargins())
        top = room.top()
        for item in filter(None, map(self._column.itemAt, range(self._column.count()))):
            if not item.isEmpty():
                height = item.heightForWidth(room.width()) if item.hasHeightForWidth() else item.sizeHint().height()
                item.setGeometry(QRect(room.left(), top, room.width(), height))
                top += height + self._column.spacing()
                yield
        return top - self._column.spacing() + self._column.contentsMargins().bottom()

    def wait(self) -> None:
        """Until it is settled the column is not laid out, however many cards change meanwhile."""
        self._column.setEnabled(False)
        self.setWidgetResizable(False)

    def settle(self) -> None:
        """The same at once."""
        for _piece in self.settling():
            pass

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._set_margins(max(event.size().width() - self._measure - theme.px(40), 0) if self._measure else 0)
        super().resizeEvent(event)
        if self.updatesEnabled():  # else it is still being filled or moved, and settled once at the end
            self.settle()

    def _set_margins(self, spare: int) -> None:
        side, edge = 20, theme.px(12)
        left = spare // 2 if self._centred else 0
        self._column.setContentsMargins(side + left, edge, side - BAR_WIDTH + spare - left, theme.px(20))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(260), theme.px(160))
