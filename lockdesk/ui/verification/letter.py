"""The letter: one rendered page, fit to width, with the chosen finding's place marked, its text to take and to seek."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QScrollArea, QScrollBar, QStackedLayout, QWidget

from lockdesk.core.findings import Place
from lockdesk.desk.values.facts import Line, PagePixels, ScanProgress
from lockdesk.ui.look.theme import theme
from lockdesk.ui.verification.letter_head import ZOOMS, LetterHead, ReadingStrip
from lockdesk.ui.widgets.cards import EmptyState
from lockdesk.ui.widgets.letter_text import Box, Boxes, LetterText, Search
from lockdesk.ui.widgets.page_canvas import MARGIN, Layer, PageCanvas, Turns
from lockdesk.ui.widgets.parts import column
from lockdesk.words import _


class LetterView(QWidget):
    """A document's pages. Asks for a page by `page_wanted(document, page, width in pixels)`."""

    page_wanted = Signal(int, int, int)
    lines_wanted = Signal(int)
    """The text of a document is wanted; `show_lines` brings it."""
    page_shown = Signal(int)
    enlarge_asked = Signal()
    window_asked = Signal()
    compare_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = 0
        self._page = 0
        self._pages = 0
        self._zoom = 1.0
        self._marks: dict[int, Boxes] = {}
        self._turns = Turns()
        self._asked = (0, 0, 0)
        self._text: LetterText | None = None
        self._search = Search()
        self._reading = False
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
        self.head = LetterHead()
        self.head.back_asked.connect(self._on_back)
        self.head.forth_asked.connect(self._on_forth)
        self.head.smaller_asked.connect(self._on_smaller)
        self.head.larger_asked.connect(self._on_larger)
        self.head.turn_asked.connect(self._on_turn)
        self.head.fit_asked.connect(self._on_fit)
        self.head.search_asked.connect(self.begin_search)
        self.head.compare_asked.connect(self.compare_asked)
        self.head.enlarge_asked.connect(self.enlarge_asked)
        self.head.window_asked.connect(self.window_asked)
        self.head.search.sought.connect(self._on_sought)
        self.head.search.next_asked.connect(self._on_next)
        self.head.search.back_asked.connect(self._on_previous)
        self.head.search.closed.connect(self.end_search)
        self.canvas.touched.connect(self._on_touched)
        self.canvas.dragged.connect(self._on_dragged)
        self.strip = ReadingStrip()
        outer = column(self)
        outer.addWidget(self.head)
        self._stack = QStackedLayout()
        outer.addLayout(self._stack, 1)
        outer.addWidget(self.strip)  # below, so that the page stands still when it comes and goes
        self._stack.addWidget(self.area)
        self._stack.addWidget(self._empty)
        self.setMinimumWidth(240)
        self._add_keys()
        self.area.addActions(self.canvas.make_text_actions())
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
            (("F3",), self._on_next),
            (("Shift+F3",), self._on_previous),
            (("Shift+Right",), self._on_one_more),
            (("Shift+Left",), self._on_one_less),
        ):
            shortcut = QShortcut(self)
            shortcut.setKeys([QKeySequence(key) for key in keys])
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)

    def show_document(
        self,
        document: int,
        name: str,
        pages: int,
        marks: dict[int, Boxes] | None = None,
        lines: Sequence[Line] = (),
        turns: Sequence[int] = (),
    ) -> None:
        """Shows the first page of a document; `marks` are the places per page, `lines` what is known of its text,
        `turns` the quarters by which each page is turned to stand upright."""
        self.end_search()
        self._document, self._page, self._pages = document, 0, max(pages, 1)
        self._marks = marks or {}
        self._zoom = 1.0
        self._turns = Turns(turns)
        self._turn_page()
        self.head.show_name(name)
        self.canvas.forget()
        self._text = LetterText(lines) if lines else None
        self.canvas.show_text(self.text, 0)
        self._asked = (0, 0, 0)
        self._stack.setCurrentIndex(0)
        self._show_words()
        self._fit()
        QTimer.singleShot(
            0, self, self._ask
        )  # when the case is painted: a busy thread would take the interpreter from it

    def show_nothing(self, title: str, words: str = "") -> None:
        """No letter, and why."""
        self.end_search()
        self._document = 0
        self._text = None
        self.canvas.forget()
        self.head.show_name(_("Surat"))
        self._pages = 0
        self._empty.set_words(title, words)
        self._stack.setCurrentIndex(1)
        self._show_words()

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
        if pixels.pages > self._pages:
            self._pages = pixels.pages
            self._show_words()
        if pixels.page == self._page:
            self.canvas.show_pixels(pixels)
            self._mark_page()
            if self._text is None:
                self._text = LetterText()
                self.lines_wanted.emit(document)

    def show_lines(self, document: int, lines: Sequence[Line]) -> None:
        """A document's text has been read; page, zoom and place stay, and what is sought is sought in it."""
        if document == self._document and lines:
            self._text = LetterText(lines)
            self.canvas.show_text(self._text, self._page)
            if self.head.searching:
                self._on_sought(self.head.search.field.text())

    def show_reading(self, progress: ScanProgress | None) -> None:
        """How far OCR is with the letter; None when it is not at work."""
        self._reading = progress is not None
        if progress is None:
            self.strip.hide()
        else:
            self.strip.show_progress(progress)
        self._show_search()

    def set_turns(self, turns: Sequence[int]) -> None:
        """How each page stands upright, known only now."""
        self._turns.learn(turns, self._page)
        self._turn_page()

    def _turn_page(self) -> None:
        turns = self._turns.of(self._page)
        if turns != self.canvas.turns:
            self.canvas.turn_to(turns)
            self._asked = (0, 0, 0)
            self._settle.start()

    def set_marks(self, marks: dict[int, Boxes]) -> None:
        """Other places than before, for example after OCR; the view stays where it is."""
        self._marks = marks
        self._mark_page()

    def mark(self, places: Sequence[Place]) -> None:
        """Marks a finding's places and brings the first into view."""
        self._marks = {}
        for place in places:
            self._marks[place.page] = self._marks.get(place.page, ()) + place.boxes
        self._go_to(places[0].page)
        self._mark_page()
        self._bring_into_view(places[0].boxes)

    def _go_to(self, page: int) -> None:
        if page != self._page and 0 <= page < self._pages:
            self._page = page
            self._turn_page()
            self.canvas.show_text(self.text, page)
            self._show_words()
            self._ask()

    def _mark_page(self) -> None:
        """What is marked on the page that is shown: evidence, places of the sought text."""
        self.canvas.show_boxes(self._marks.get(self._page, ()))
        self.canvas.show_boxes(self._search.others_on(self._page), Layer.FOUND)
        self.canvas.show_boxes(self._search.current_on(self._page), Layer.CURRENT)

    def _bring_into_view(self, boxes: Sequence[Box]) -> None:
        if boxes:
            place = self.canvas.place_of(boxes[0]).center().toPoint()
            self.area.ensureVisible(place.x(), place.y(), 40, theme.px(120))

    @property
    def text(self) -> LetterText:
        """What is known of the document's text by now."""
        return self._text or LetterText()

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

    def _show_words(self) -> None:
        self.head.show_state(self._page, self._pages, self._zoom)

    def _turn(self, by: int) -> None:
        page = min(max(self._page + by, 0), self._pages - 1)
        if page != self._page:
            self._go_to(page)
            self._mark_page()
            self.area.verticalScrollBar().setValue(0)

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
        self._show_words()
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
        self._turns.by_hand += 1
        self._turn_page()

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

    # ── the text: selecting, copying, seeking ──

    @Slot()
    def _on_touched(self) -> None:
        """A click on the page brings its keys: the canvas itself takes no focus."""
        self.area.setFocus(Qt.FocusReason.MouseFocusReason)

    @Slot(QPoint)
    def _on_dragged(self, point: QPoint) -> None:
        self.area.ensureVisible(point.x(), point.y(), 12, 12)

    @Slot()
    def _on_one_more(self) -> None:
        self.canvas.extend_selection(1)

    @Slot()
    def _on_one_less(self) -> None:
        self.canvas.extend_selection(-1)

    @Slot()
    def begin_search(self) -> None:
        """Ctrl+F: the search field, or its words again if it is there."""
        if self._document:
            self.head.show_search(True)
            self._on_sought(self.head.search.field.text())

    @Slot()
    def end_search(self) -> None:
        if self.head.searching:
            if self.head.search.field.hasFocus():
                self.area.setFocus(Qt.FocusReason.OtherFocusReason)
            self.head.show_search(False)
            self._search = Search()
            self._mark_page()

    @Slot(str)
    def _on_sought(self, sought: str) -> None:
        self._search.begin(self.text.find(sought), self._page)
        self._show_found()

    @Slot()
    def _on_next(self) -> None:
        self._search.step(1)
        self._show_found()

    @Slot()
    def _on_previous(self) -> None:
        self._search.step(-1)
        self._show_found()

    def _show_found(self) -> None:
        current = self._search.current
        if current is not None:
            self._go_to(current.page)
        self._mark_page()
        if current is not None:
            self._bring_into_view(current.boxes)
        self._show_search()

    def _show_search(self) -> None:
        self.head.search.show_count(self._search, bool(self._text), self._reading)
