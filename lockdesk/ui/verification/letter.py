"""The letter at the right: one rendered page, fit to width, with the chosen finding's place marked."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QScrollArea, QScrollBar, QStackedLayout, QWidget

from lockdesk.desk.facts import PagePixels
from lockdesk.ui.cards import EmptyState
from lockdesk.ui.icons import icon
from lockdesk.ui.parts import ElidedLabel, HintButton, KeyHint, column, label, line
from lockdesk.ui.theme import Tone, theme
from lockdesk.ui.verification.page_canvas import MARGIN, Box, Boxes, PageCanvas
from lockdesk.words import _

ZOOMS = (1.0, 1.25, 1.5, 2.0, 3.0)


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
        self.canvas = PageCanvas()
        self.canvas.painted.connect(self.page_shown)
        self.area = QScrollArea()
        self.area.setObjectName("sunk")
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setWidget(self.canvas)
        self.area.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.area.viewport().installEventFilter(self)
        self.area.setAccessibleName(_("Surat"))
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
        self._stack.addWidget(self.area)
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
        self.canvas.turn_to(0)
        self._name.set_whole(name)
        self.canvas.forget()
        self._asked = (0, 0, 0)
        self._stack.setCurrentIndex(0)
        self._tell()
        self._fit()
        self._ask()

    def show_nothing(self, title: str, words: str = "") -> None:
        """No letter, and why."""
        self._document = 0
        self.canvas.forget()
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
            self.canvas.show_pixels(pixels)
            self.canvas.show_boxes(self._marks.get(self._page, ()))

    def mark(self, page: int, boxes: Sequence[Box]) -> None:
        """Marks a finding's place and brings it into view."""
        self._marks = {page: tuple(boxes)}
        if page != self._page and 0 <= page < self._pages:
            self._page = page
            self._tell()
            self._ask()
        self.canvas.show_boxes(self._marks.get(self._page, ()))
        if boxes:
            place = self.canvas.place_of(boxes[0]).center().toPoint()
            self.area.ensureVisible(place.x(), place.y(), 40, theme.px(120))

    @property
    def document(self) -> int:
        return self._document

    @property
    def page(self) -> int:
        return self._page

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self.area.viewport():
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
        room = self.area.viewport().width() - 2 * theme.px(MARGIN)
        self.canvas.set_width(max(round(min(room, theme.px(900)) * self._zoom), theme.px(120)))

    @Slot()
    def _ask(self) -> None:
        if not self._document:
            return
        paper = self.canvas.paper
        upright = paper.height() if self.canvas.turns % 2 else paper.width()
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
            self.canvas.show_boxes(())
            self._tell()
            self.area.verticalScrollBar().setValue(0)
            self._ask()

    def _zoom_by(self, by: int) -> None:
        self._zoom_to(ZOOMS[min(max(ZOOMS.index(self._zoom) + by, 0), len(ZOOMS) - 1)])

    def _zoom_to(self, zoom: float) -> None:
        """Another size; what was in the middle stays there."""
        if zoom == self._zoom:
            return
        bars = (self.area.horizontalScrollBar(), self.area.verticalScrollBar())
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
        self.canvas.turn_to(self.canvas.turns + 1)
        self._asked = (0, 0, 0)
        self._settle.start()

    @Slot()
    def _on_page_up(self) -> None:
        bar = self.area.verticalScrollBar()
        if bar.value() > bar.minimum():
            bar.triggerAction(QScrollBar.SliderAction.SliderPageStepSub)
        else:
            self._turn(-1)
            bar.setValue(bar.maximum())

    @Slot()
    def _on_page_down(self) -> None:
        bar = self.area.verticalScrollBar()
        if bar.value() < bar.maximum():
            bar.triggerAction(QScrollBar.SliderAction.SliderPageStepAdd)
        else:
            self._turn(1)
