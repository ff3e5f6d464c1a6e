"""One rendered page as paper on a desk, upright or turned: marked places, found text, words to select."""

from collections.abc import Sequence
from enum import StrEnum

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QColor, QImage, QKeySequence, QMouseEvent, QPainter, QPaintEvent, QPen, QTransform
from PySide6.QtWidgets import QWidget

from lockdesk.desk.values.facts import PagePixels
from lockdesk.ui.look.theme import theme
from lockdesk.ui.running.clipboard import copies
from lockdesk.ui.widgets.letter_text import Box, Boxes, LetterText, Span
from lockdesk.words import _

MARGIN = 10


class Layer(StrEnum):
    """What is marked on a page, painted in this order."""

    EVIDENCE = "evidence"
    FOUND = "found"
    CURRENT = "current"
    SELECTED = "selected"


_INKS = {
    Layer.EVIDENCE: ("#FFE08A", "#C98A00", 1),
    Layer.FOUND: ("#CDEBED", "#7FBFC4", 1),
    Layer.CURRENT: ("#7FD3D9", "#0B6A72", 2),
    Layer.SELECTED: ("#BCD3F7", "", 0),
}
"""Ground, frame and its width. Paper is white in both themes, so these colours are, too, the same."""


class PageCanvas(QWidget):
    """Paints one page and what is marked on it; words are selected with the mouse."""

    painted = Signal(int)
    touched = Signal()
    """The mouse went down on the page."""
    dragged = Signal(QPoint)
    """The selection's end was drawn to here."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image = QImage()
        self._page = -1
        self._boxes: dict[Layer, Boxes] = {}
        self._fresh = False
        self._turns = 0
        self._wanted_width = 0
        self._text = LetterText()
        self._text_page = 0
        self._anchor: int | None = None
        self._end: int | None = None
        self._drawing = False
        self.setMouseTracking(True)
        self.setAccessibleName(_("Halaman surat"))

    def show_pixels(self, pixels: PagePixels) -> None:
        view = QImage(pixels.pixels, pixels.width, pixels.height, pixels.stride, QImage.Format.Format_RGB32)
        self._image = turned(view.copy(), self._turns)
        self._page = pixels.page
        self._fresh = True
        self._fit()

    def show_boxes(self, boxes: Boxes, layer: Layer = Layer.EVIDENCE) -> None:
        self._boxes[layer] = boxes
        self.update()

    def boxes(self, layer: Layer) -> Boxes:
        """What is marked on a layer, on the upright page."""
        return self._boxes.get(layer, ())

    def show_text(self, text: LetterText, page: int) -> None:
        """The words that can be selected on the page; what was selected is let go."""
        self._text, self._text_page = text, page
        self._select(None)

    def turn_to(self, turns: int) -> None:
        """Turns the paper to `turns` quarters clockwise from upright."""
        self._image = turned(self._image, turns - self._turns)
        self._turns = turns % 4
        self._fit()

    @property
    def turns(self) -> int:
        return self._turns

    def forget(self) -> None:
        self._image, self._page, self._boxes = QImage(), -1, {}
        self.show_text(LetterText(), 0)

    def set_width(self, width: int) -> None:
        """The width of the paper in device-independent pixels."""
        self._wanted_width = width
        self._fit()

    @property
    def paper(self) -> QRect:
        """Where the paper lies in this widget."""
        edge = theme.px(MARGIN)
        return QRect(edge, edge, self._wanted_width, self._paper_height())

    def place_of(self, box: Box) -> QRectF:
        """Where a place on the upright page lies in this widget."""
        paper = self.paper
        left, top, right, bottom = turned_box(box, self._turns)
        return QRectF(
            paper.left() + left * paper.width(),
            paper.top() + top * paper.height(),
            (right - left) * paper.width(),
            (bottom - top) * paper.height(),
        )

    def point_on_page(self, position: QPointF) -> tuple[float, float]:
        """A point of this widget on the upright page, as parts of its sides."""
        paper = self.paper
        x = (position.x() - paper.left()) / max(paper.width(), 1)
        y = (position.y() - paper.top()) / max(paper.height(), 1)
        left, top, _right, _bottom = turned_box((x, y, x, y), -self._turns)
        return left, top

    # ── selecting words ──

    @property
    def selection(self) -> Span | None:
        """The selected words."""
        if self._anchor is None or self._end is None:
            return None
        return min(self._anchor, self._end), max(self._anchor, self._end)

    def selected_text(self) -> str:
        span = self.selection
        return self._text.copied(span) if span is not None else ""

    def make_text_actions(self) -> list[QAction]:
        """Copying and selecting: keys while the focus is on the page or what scrolls it, and the page's own menu."""
        for words, keys, slot in (
            (_("Salin"), QKeySequence.StandardKey.Copy, self._on_copy),
            (_("Pilih seluruh teks halaman"), QKeySequence.StandardKey.SelectAll, self.select_page),
        ):
            action = QAction(words, self)
            action.setShortcut(QKeySequence(keys))
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            action.triggered.connect(slot)
            self.addAction(action)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        return self.actions()

    @Slot()
    def _on_copy(self) -> None:
        text = self.selected_text()
        if text:
            copies.put(text)

    @Slot()
    def select_page(self) -> None:
        self._select(self._text.page_span(self._text_page))

    def extend_selection(self, by: int) -> None:
        """Moves the selection's end by words; without one it begins with the page's first word."""
        span = self._text.page_span(self._text_page)
        if span is None:
            return
        if self._anchor is None or self._end is None:
            self._select((span[0], span[0]))
        else:
            self._select((self._anchor, min(max(self._end + by, span[0]), span[1])))

    def _select(self, ends: Span | None) -> None:
        self._anchor, self._end = ends if ends is not None else (None, None)
        span = self.selection
        self.show_boxes(self._text.boxes(span, self._text_page) if span is not None else (), Layer.SELECTED)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self.touched.emit()
            self._select(None)
            self._anchor = self._text.nearest(self._text_page, *self.point_on_page(event.position()))
            self._drawing = self._anchor is not None
            return
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = self.point_on_page(event.position())
        if self._drawing and self._anchor is not None:
            end = self._text.nearest(self._text_page, *place)
            if end is not None:
                self._select((self._anchor, end))
            self.dragged.emit(event.position().toPoint())
            return
        over = self._text.word_at(self._text_page, *place) is not None
        self.setCursor(Qt.CursorShape.IBeamCursor if over else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._drawing = False
        super().mouseReleaseEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        number = self._text.word_at(self._text_page, *self.point_on_page(event.position()))
        self._select((number, number) if number is not None else None)

    # ── painting ──

    def _paper_height(self) -> int:
        if self._image.isNull():
            return round(self._wanted_width * (1 / 1.4142 if self._turns % 2 else 1.4142))
        return round(self._wanted_width * self._image.height() / self._image.width())

    def _fit(self) -> None:
        edge = 2 * theme.px(MARGIN)
        self.setFixedSize(QSize(self._wanted_width + edge, self._paper_height() + edge))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(theme.tokens.sunk))
        paper = self.paper
        for spread, alpha in ((3, 10), (2, 16), (1, 22)):
            painter.fillRect(paper.adjusted(-spread, 0, spread, spread + 1), QColor(0, 0, 0, alpha))
        painter.fillRect(paper, QColor("#FFFFFF"))
        if not self._image.isNull():
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(paper, self._image)
        for layer in Layer:
            self._paint_layer(painter, layer)
        painter.end()
        if self._fresh:
            self._fresh = False
            self.painted.emit(self._page)

    def _paint_layer(self, painter: QPainter, layer: Layer) -> None:
        ground, frame, width = _INKS[layer]
        places = [self.place_of(box).adjusted(-2, -1, 2, 1) for box in self.boxes(layer)]
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
        for place in places:
            painter.fillRect(place, QColor(ground))
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
        if width:
            painter.setPen(QPen(QColor(frame), width))
            for place in places:
                painter.drawRect(place)


class Turns:
    """By how many quarters, clockwise, the pages of a document are turned: what makes each of them stand upright, and
    beyond that what the officer did by hand."""

    def __init__(self, upright: Sequence[int] = ()) -> None:
        self._upright = tuple(upright)
        self.by_hand = 0

    def of(self, page: int) -> int:
        return ((self._upright[page] if page < len(self._upright) else 0) + self.by_hand) % 4

    def learn(self, upright: Sequence[int], page: int) -> None:
        """What stands upright is known only now; a page that was turned by hand stays as it is shown."""
        shown, by_hand = self.of(page), self.by_hand
        self._upright, self.by_hand = tuple(upright), 0
        if by_hand:
            self.by_hand = (shown - self.of(page)) % 4


def turned(image: QImage, turns: int) -> QImage:
    """The picture turned clockwise by quarters."""
    if image.isNull() or not turns % 4:
        return image
    return image.transformed(QTransform().rotate(90 * (turns % 4)))


def turned_box(box: Box, turns: int) -> Box:
    """A place on the upright page (parts of its size), where it lies on the turned one."""
    left, top, right, bottom = box
    for _turn in range(turns % 4):
        left, top, right, bottom = 1 - bottom, left, 1 - top, right
    return left, top, right, bottom
