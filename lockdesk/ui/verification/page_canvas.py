"""One rendered page as paper on a desk, with marked places, upright or turned."""

from PySide6.QtCore import QRect, QRectF, QSize, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen, QTransform
from PySide6.QtWidgets import QWidget

from lockdesk.desk.facts import PagePixels
from lockdesk.ui.theme import theme
from lockdesk.words import _

Box = tuple[float, float, float, float]
Boxes = tuple[Box, ...]
MARGIN = 10


class PageCanvas(QWidget):
    """Paints one page and the marked places on it."""

    painted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image = QImage()
        self._page = -1
        self._boxes: Boxes = ()
        self._fresh = False
        self._turns = 0
        self._wanted_width = 0
        self.setAccessibleName(_("Halaman surat"))

    def show_pixels(self, pixels: PagePixels) -> None:
        view = QImage(pixels.pixels, pixels.width, pixels.height, pixels.stride, QImage.Format.Format_RGB32)
        self._image = turned(view.copy(), self._turns)
        self._page = pixels.page
        self._fresh = True
        self._fit()

    def show_boxes(self, boxes: Boxes) -> None:
        self._boxes = boxes
        self.update()

    def turn_to(self, turns: int) -> None:
        """Turns the paper to `turns` quarters clockwise from upright."""
        self._image = turned(self._image, turns - self._turns)
        self._turns = turns % 4
        self._fit()

    @property
    def turns(self) -> int:
        return self._turns

    def forget(self) -> None:
        self._image, self._page, self._boxes = QImage(), -1, ()
        self.update()

    def set_width(self, width: int) -> None:
        """The width of the paper in device-independent pixels."""
        self._wanted_width = width
        self._fit()

    @property
    def paper(self) -> QRect:
        """Where the paper lies in this widget."""
        edge = theme.px(MARGIN)
        return QRect(edge, edge, self._wanted_width, self._paper_height())

    def place_of(self, box: tuple[float, float, float, float]) -> QRectF:
        paper = self.paper
        left, top, right, bottom = turned_box(box, self._turns)
        return QRectF(
            paper.left() + left * paper.width(),
            paper.top() + top * paper.height(),
            (right - left) * paper.width(),
            (bottom - top) * paper.height(),
        )

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
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
        for box in self._boxes:
            painter.fillRect(self.place_of(box).adjusted(-2, -1, 2, 1), QColor("#FFE08A"))
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
        painter.setPen(QPen(QColor("#C98A00"), 1))
        for box in self._boxes:
            painter.drawRect(self.place_of(box).adjusted(-2, -1, 2, 1))
        painter.end()
        if self._fresh:
            self._fresh = False
            self.painted.emit(self._page)


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
