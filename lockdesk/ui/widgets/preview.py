"""All pages of a print below each other, as paper on a desk; each is drawn when it comes into view."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from lockdesk.desk.values.facts import PagePixels
from lockdesk.ui.look.theme import theme
from lockdesk.ui.widgets.page_canvas import PageCanvas
from lockdesk.ui.widgets.parts import column
from lockdesk.words import _


class Preview(QScrollArea):
    """Asks for a page by `page_wanted(page, width in pixels)`; Page Up and Page Down turn the pages."""

    page_wanted = Signal(int, int)
    turned = Signal(int, int)
    """The page in view, from 1, and how many there are."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sunk")
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("Pratinjau"))
        self._pages: list[PageCanvas] = []
        self._asked: set[int] = set()
        self._width = 0
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)

    @property
    def count(self) -> int:
        return len(self._pages)

    def begin(self, width: float) -> None:
        """A new document, its pages `width` design pixels wide; how many there are comes with the first."""
        self._width = theme.px(width)
        self._asked.clear()
        self._show_pages(1)
        self.verticalScrollBar().setValue(0)
        self._ask()

    def refit(self, width: int) -> None:
        """The pages at another width, as they were drawn."""
        self._width = width
        for canvas in self._pages:
            canvas.set_width(width)

    def show_pixels(self, pixels: PagePixels) -> None:
        if pixels.pages > len(self._pages):
            self._show_pages(pixels.pages)
        if pixels.page < len(self._pages):
            self._pages[pixels.page].show_pixels(pixels)
        self._on_scrolled()

    def _show_pages(self, count: int) -> None:
        """As many empty pages; what was drawn of the first stays until it is drawn anew."""
        inside = QWidget()
        inside.setObjectName("sunk")
        inner = column(inside)
        self._pages = []
        for number in range(1, count + 1):
            canvas = PageCanvas()
            canvas.setAccessibleName(_("Halaman {n} dari {total}").format(n=number, total=count))
            canvas.set_width(self._width)
            self._pages.append(canvas)
            inner.addWidget(canvas)
        self.setWidget(inside)

    @Slot()
    def _on_scrolled(self) -> None:
        self._ask()
        self.turned.emit(self._in_view()[0] + 1, len(self._pages))

    def _in_view(self) -> list[int]:
        """The pages that are seen, the one at the top first."""
        inside, top = self.widget(), self.verticalScrollBar().value()
        if inside is None or not self._pages:
            return [0]
        inside.adjustSize()
        bottom = top + self.viewport().height()
        seen = [n for n, canvas in enumerate(self._pages) if canvas.y() < bottom and canvas.y() + canvas.height() > top]
        return seen or [0]

    def _ask(self) -> None:
        for page in self._in_view():
            if page not in self._asked:
                self._asked.add(page)
                self.page_wanted.emit(page, round(self._width * self.devicePixelRatioF()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._pages:
            self._on_scrolled()
