"""The letter at the right: one rendered page, fit to width, with the chosen finding's place marked."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QColor, QImage, QKeySequence, QPainter, QPaintEvent, QPen, QResizeEvent, QShortcut, QTransform
from PySide6.QtWidgets import QFrame, QScrollArea, QScrollBar, QStackedLayout, QWidget

from lockdesk.desk.facts import PagePixels
from lockdesk.ui.cards import EmptyState
from lockdesk.ui.icons import icon
from lockdesk.ui.parts import ElidedLabel, HintButton, KeyHint, column, label, line
from lockdesk.ui.theme import Tone, theme
from lockdesk.words import _

Box = tuple[float, float, float, float]
Boxes = tuple[Box, ...]
_MARGIN = 10
ZOOMS = (1.0, 1.25, 1.5, 2.0, 3.0)


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
        edge = theme.px(_MARGIN)
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
        edge = 2 * theme.px(_MARGIN)
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


class LetterView(QWidget):
    """A document's pages. Asks for a page by `page_wanted(document, page, width in pixels)`."""

    page_wanted = Signal(int, int, int)
    page_shown = Signal(int)
    enlarge_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = 0
        self._page = 0
        self._pages = 0
        self._zoom = 1.0
        self._marks: dict[int, Boxes] = {}
        self._asked = (0, 0, 0)
        self._canvas = PageCanvas()
        self._canvas.painted.connect(self.page_shown)
        self._area = QScrollArea()
        self._area.setObjectName("sunk")
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidget(self._canvas)
        self._area.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._area.viewport().installEventFilter(self)
        self._area.setAccessibleName(_("Surat"))
        self._empty = EmptyState("file-text", _("Tidak ada surat"))
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(120)
        self._settle.timeout.connect(self._ask)
        self._build()

    def _build(self) -> None:
        self._name = ElidedLabel()
        self._name.setProperty("bold", "true")
        self._count = label(tone=Tone.QUIET)
        self._back = self._tool("chevron-left", _("Halaman sebelumnya"))
        self._forth = self._tool("chevron-right", _("Halaman berikutnya"))
        self._smaller = self._tool("zoom-out", _("Perkecil"))
        self._larger = self._tool("zoom-in", _("Perbesar"))
        self._turner = self._tool("rotate-cw", _("Putar"))
        self._fitter = HintButton("100 %", role="quiet")
        self._fitter.setToolTip(_("Sesuaikan dengan lebar"))
        self._fitter.setAccessibleName(_("Sesuaikan dengan lebar"))
        self._wide = HintButton(_("lebar penuh"), role="quiet")
        self._back.clicked.connect(self._on_back)
        self._forth.clicked.connect(self._on_forth)
        self._smaller.clicked.connect(self._on_smaller)
        self._larger.clicked.connect(self._on_larger)
        self._turner.clicked.connect(self._on_turn)
        self._fitter.clicked.connect(self._on_fit)
        self._wide.clicked.connect(self.enlarge_asked)
        head = QWidget()
        head.setObjectName("letterhead")
        head.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        pages = (self._name, self._back, self._count, self._forth)
        tools = (self._smaller, self._fitter, self._larger, self._turner, self._wide)
        inner = line((*pages, *tools, KeyHint("F11")), 2)
        inner.setContentsMargins(theme.px(12), theme.px(4), theme.px(12), theme.px(4))
        inner.setStretch(0, 1)
        head.setLayout(inner)
        head.setFixedHeight(theme.px(36))
        outer = column(self)
        outer.addWidget(head)
        self._stack = QStackedLayout()
        outer.addLayout(self._stack, 1)
        self._stack.addWidget(self._area)
        self._stack.addWidget(self._empty)
        self.setMinimumWidth(240)
        self._add_keys()
        self.show_nothing(_("Tidak ada surat"))

    def _add_keys(self) -> None:
        """They work while the focus is in the letter."""
        for keys, slot in (
            (("Ctrl++", "Ctrl+="), self._on_larger),
            (("Ctrl+-",), self._on_smaller),
            (("Ctrl+0",), self._on_fit),
            (("Ctrl+R",), self._on_turn),
            (("PgUp",), self._on_page_up),
            (("PgDown",), self._on_page_down),
        ):
            shortcut = QShortcut(self)
            shortcut.setKeys([QKeySequence(key) for key in keys])
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)

    def _tool(self, name: str, words: str) -> HintButton:
        button = HintButton("", role="quiet")
        button.setIcon(icon(name, theme.tokens.muted))
        button.setAccessibleName(words)
        button.setToolTip(words)
        return button

    def show_document(self, document: int, name: str, pages: int, marks: dict[int, Boxes] | None = None) -> None:
        """Shows the first page of a document; `marks` are the places per page."""
        self._document, self._page, self._pages = document, 0, max(pages, 1)
        self._marks = marks or {}
        self._zoom = 1.0
        self._canvas.turn_to(0)
        self._name.set_whole(name)
        self._canvas.forget()
        self._asked = (0, 0, 0)
        self._stack.setCurrentIndex(0)
        self._tell()
        self._fit()
        self._ask()

    def show_nothing(self, title: str, words: str = "") -> None:
        """No letter, and why."""
        self._document = 0
        self._canvas.forget()
        self._name.set_whole(_("Surat"))
        self._pages = 0
        self._empty.set_words(title, words)
        self._stack.setCurrentIndex(1)
        self._tell()

    def show_pixels(self, document: int, pixels: PagePixels | None) -> None:
        """A page has been rendered; one of another document or page is dropped."""
        if document != self._document:
            return
        if pixels is None:
            self._empty.set_words(
                _("Halaman tidak dapat ditampilkan"), _("Surat disimpan utuh, tetapi tidak dapat digambar.")
            )
            self._stack.setCurrentIndex(1)
            return
        if pixels.page == self._page:
            self._canvas.show_pixels(pixels)
            self._canvas.show_boxes(self._marks.get(self._page, ()))

    def mark(self, page: int, boxes: Sequence[tuple[float, float, float, float]]) -> None:
        """Marks a finding's place and brings it into view."""
        self._marks = {page: tuple(boxes)}
        if page != self._page and 0 <= page < self._pages:
            self._page = page
            self._tell()
            self._ask()
        self._canvas.show_boxes(self._marks.get(self._page, ()))
        if boxes:
            place = self._canvas.place_of(boxes[0]).center().toPoint()
            self._area.ensureVisible(place.x(), place.y(), 40, theme.px(120))

    @property
    def document(self) -> int:
        return self._document

    @property
    def page(self) -> int:
        return self._page

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self._area.viewport():
            self._fit()
            self._settle.start()
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_tools()

    def _show_tools(self) -> None:
        narrow = self.width() < theme.px(400)
        for tool in (self._smaller, self._larger, self._turner):
            tool.setVisible(not narrow)
        self._fitter.setVisible(self._zoom != 1.0)
        self._fitter.setText(f"{round(self._zoom * 100)} %")
        self._smaller.setEnabled(bool(self._pages) and self._zoom > ZOOMS[0])
        self._larger.setEnabled(bool(self._pages) and self._zoom < ZOOMS[-1])

    def _fit(self) -> None:
        room = self._area.viewport().width() - 2 * theme.px(_MARGIN)
        self._canvas.set_width(max(round(min(room, theme.px(900)) * self._zoom), theme.px(120)))

    @Slot()
    def _ask(self) -> None:
        if not self._document:
            return
        paper = self._canvas.paper
        upright = paper.height() if self._canvas.turns % 2 else paper.width()
        width = round(upright * self.devicePixelRatioF())
        wanted = (self._document, self._page, width)
        if wanted != self._asked:
            self._asked = wanted
            self.page_wanted.emit(*wanted)

    def _tell(self) -> None:
        self._count.setText(f"{self._page + 1} / {self._pages}" if self._pages else "")
        several = self._pages > 1
        for button, enabled in ((self._back, self._page > 0), (self._forth, self._page + 1 < self._pages)):
            button.setVisible(several)
            button.setEnabled(enabled)
        for tool in (self._turner, self._wide):
            tool.setEnabled(bool(self._pages))
        self._show_tools()

    def _turn(self, by: int) -> None:
        page = min(max(self._page + by, 0), self._pages - 1)
        if page != self._page:
            self._page = page
            self._canvas.show_boxes(())
            self._tell()
            self._area.verticalScrollBar().setValue(0)
            self._ask()

    def _zoom_by(self, by: int) -> None:
        self._zoom_to(ZOOMS[min(max(ZOOMS.index(self._zoom) + by, 0), len(ZOOMS) - 1)])

    def _zoom_to(self, zoom: float) -> None:
        """Another size; what was in the middle stays there."""
        if zoom == self._zoom:
            return
        bars = (self._area.horizontalScrollBar(), self._area.verticalScrollBar())
        grown = zoom / self._zoom
        middles = [(bar.value() + bar.pageStep() / 2) * grown for bar in bars]
        self._zoom = zoom
        self._fit()
        for bar, middle in zip(bars, middles, strict=True):
            bar.setValue(round(middle - bar.pageStep() / 2))
        self._show_tools()
        self._settle.start()

    @Slot()
    def _on_back(self) -> None:
        self._turn(-1)

    @Slot()
    def _on_forth(self) -> None:
        self._turn(1)

    @Slot()
    def _on_smaller(self) -> None:
        self._zoom_by(-1)

    @Slot()
    def _on_larger(self) -> None:
        self._zoom_by(1)

    @Slot()
    def _on_fit(self) -> None:
        self._zoom_to(1.0)

    @Slot()
    def _on_turn(self) -> None:
        self._canvas.turn_to(self._canvas.turns + 1)
        self._asked = (0, 0, 0)
        self._settle.start()

    @Slot()
    def _on_page_up(self) -> None:
        bar = self._area.verticalScrollBar()
        if bar.value() > bar.minimum():
            bar.triggerAction(QScrollBar.SliderAction.SliderPageStepSub)
        else:
            self._turn(-1)

    @Slot()
    def _on_page_down(self) -> None:
        bar = self._area.verticalScrollBar()
        if bar.value() < bar.maximum():
            bar.triggerAction(QScrollBar.SliderAction.SliderPageStepAdd)
        else:
            self._turn(1)
