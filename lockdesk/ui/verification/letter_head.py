"""The letter's tool row, the search field that takes its place, and the strip that says how far OCR is."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLayout, QProgressBar, QStackedLayout, QWidget

from lockdesk.desk.values.facts import ScanProgress
from lockdesk.ui.look.theme import Tone, theme
from lockdesk.ui.widgets.forms import LineField
from lockdesk.ui.widgets.letter_text import Search
from lockdesk.ui.widgets.parts import ENTER, ElidedLabel, HintButton, column, glyph, icon_button, label, line, set_tone
from lockdesk.words import _, number_words

ZOOMS = (1.0, 1.25, 1.5, 2.0, 3.0)
_NAME_WIDTH, _NAME_WISH = 40, 150
"""What the name takes at least, and how much of it goes before the tools that have least to do with reading."""
_NARROW_SEARCH = 300
_FIELD_WIDTH = 92
"""A word can be read in it; what is said beside it is shortened before."""
_GAP, _EDGE = 2, 12


class SearchField(LineField):
    """Keeps its keys: behind it Enter would take the case's next step."""

    next_asked = Signal()
    back_asked = Signal()
    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER:
            back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            (self.back_asked if back else self.next_asked).emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class SearchBar(QWidget):
    """What is sought in the letter, which place of how many is shown, and the way to the others."""

    sought = Signal(str)
    next_asked = Signal()
    back_asked = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = SearchField()
        self.field.setProperty("slim", "true")
        self.field.setPlaceholderText(_("Cari dalam surat"))
        self.field.setAccessibleName(_("Cari dalam surat"))
        self.field.setMinimumWidth(theme.px(_FIELD_WIDTH))
        self.count = ElidedLabel()
        self.count.setProperty("scale", "small")
        self._back = icon_button("chevron-up", _("Hasil sebelumnya"))
        self._forth = icon_button("chevron-down", _("Hasil berikutnya"))
        leave = icon_button("x", _("Tutup pencarian"))
        self.field.textChanged.connect(self.sought)
        self.field.next_asked.connect(self.next_asked)
        self.field.back_asked.connect(self.back_asked)
        self.field.left.connect(self.closed)
        self._back.clicked.connect(self.back_asked)
        self._forth.clicked.connect(self.next_asked)
        leave.clicked.connect(self.closed)
        inner = line((glyph("search"), self.field, self.count, self._back, self._forth, leave), 6)
        inner.setStretch(1, 1)
        inner.setContentsMargins(theme.px(12), theme.px(3), theme.px(8), theme.px(3))
        self.setLayout(inner)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for way in (self._back, self._forth):  # Enter and F3 go there, too
            way.setVisible(self.width() >= theme.px(_NARROW_SEARCH))

    def begin(self) -> None:
        """Takes the focus, with what was sought last ready to be replaced."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def show_count(self, search: Search, has_text: bool, being_read: bool) -> None:
        """Says what came of the search in a document that has text, or may yet have more of it."""
        count, tone = len(search.found), Tone.WARN
        if count:
            words, tone = _("{number} dari {all}"), Tone.QUIET
            words = words.format(number=number_words(search.number), all=number_words(count))
        elif being_read:
            words, tone = _("Teks surat masih dibaca…"), Tone.INFO
        elif not has_text:
            words = _("Tidak ada teks yang dapat dicari")
        else:
            words = _("Tidak ditemukan") if self.field.text().strip() else ""
        self.count.set_whole(words)
        set_tone(self.count, tone)
        for way in (self._back, self._forth):
            way.setEnabled(count > 1)


class ReadingStrip(QWidget):
    """Says that OCR is reading the letter, and how far it is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("letterhead")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._words = label(tone=Tone.INFO, scale="small")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(_("Pembacaan surat"))
        outer = column(self)
        inner = line((glyph("eye", Tone.INFO, 14), self._words, 1), 8)
        inner.setContentsMargins(theme.px(12), theme.px(5), theme.px(12), theme.px(5))
        outer.addLayout(inner)
        outer.addWidget(self._bar)
        self.hide()

    def show_progress(self, progress: ScanProgress) -> None:
        self._words.setText(reading_words(progress))
        self._bar.setRange(0, 2 * progress.pages)
        self._bar.setValue(2 * progress.page - 1)  # a page that is being read counts for half
        self.show()


def reading_words(progress: ScanProgress) -> str:
    """ "Surat pindaian sedang dibaca, halaman 1 dari 2"."""
    words = _("Surat pindaian sedang dibaca, halaman {page} dari {pages}…")
    return words.format(page=progress.page, pages=progress.pages)


class LetterHead(QWidget):
    """Name, page keys and tools of a document; while something is sought, the search in their place."""

    back_asked = Signal()
    forth_asked = Signal()
    smaller_asked = Signal()
    larger_asked = Signal()
    turn_asked = Signal()
    fit_asked = Signal()
    search_asked = Signal()
    compare_asked = Signal()
    enlarge_asked = Signal()
    window_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("letterhead")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(theme.px(36))
        self.search = SearchBar()
        self._name = ElidedLabel()
        self._name.setProperty("bold", "true")
        self._count = label(tone=Tone.QUIET)
        self._count.setContentsMargins(theme.px(6), 0, 0, 0)
        self._back = icon_button("chevron-left", _("Halaman sebelumnya"))
        self._forth = icon_button("chevron-right", _("Halaman berikutnya"))
        self._search = icon_button("search", _("Cari dalam surat (Ctrl+F)"))
        self._smaller = icon_button("zoom-out", _("Perkecil"))
        self._larger = icon_button("zoom-in", _("Perbesar"))
        self._turner = icon_button("rotate-cw", _("Putar (Ctrl+R)"))
        self._compare = icon_button("columns-3", _("Bandingkan berdampingan (F9)"))
        self._window = icon_button("picture-in-picture-2", "")
        self.show_out(False)
        self._fitter = HintButton("100 %", role="quiet")
        self._fitter.setToolTip(_("Sesuaikan dengan lebar"))
        self._fitter.setAccessibleName(_("Sesuaikan dengan lebar"))
        self._wide = icon_button("maximize", _("Lebar penuh (F11)"))
        for button, asked in (
            (self._back, self.back_asked),
            (self._forth, self.forth_asked),
            (self._search, self.search_asked),
            (self._smaller, self.smaller_asked),
            (self._larger, self.larger_asked),
            (self._turner, self.turn_asked),
            (self._compare, self.compare_asked),
            (self._fitter, self.fit_asked),
            (self._wide, self.enlarge_asked),
            (self._window, self.window_asked),
        ):
            button.clicked.connect(asked)
        self._stack = QStackedLayout(self)
        self._stack.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)  # the tools must not widen the window
        self._stack.addWidget(self._tools())
        self._stack.addWidget(self.search)

    def _tools(self) -> QWidget:
        pages = (self._name, self._back, self._count, self._forth)
        sizes = (self._smaller, self._fitter, self._larger, self._turner)
        self._always = (self._back, self._count, self._forth, self._fitter)
        self._where_room_is: tuple[tuple[QWidget, ...], ...] = (
            (self._wide,),
            (self._search,),
            (self._smaller, self._larger),
            (self._name,),
            (self._turner, self._compare),
            (self._window,),
        )
        inner = line((*pages, self._search, *sizes, self._compare, self._window, self._wide), _GAP)
        inner.setContentsMargins(theme.px(_EDGE), theme.px(4), theme.px(_EDGE), theme.px(4))
        inner.setStretch(0, 1)
        box = QWidget()
        box.setLayout(inner)
        return box

    def show_out(self, out: bool) -> None:
        """Whether the letter is in a window of its own."""
        words = _("Kembalikan surat ke jendela utama (Shift+F11)") if out else _("Surat di jendela sendiri (Shift+F11)")
        self._window.setToolTip(words)
        self._window.setAccessibleName(words)

    def show_name(self, name: str) -> None:
        self._name.set_whole(name)
        self._fit()

    def show_state(self, page: int, pages: int, zoom: float) -> None:
        """Which page (from 0) of how many is shown, and how large; no pages: there is no document."""
        self._count.setText(f"{page + 1} / {pages}" if pages else "")
        for button, enabled in ((self._back, page > 0), (self._forth, page + 1 < pages)):
            button.setVisible(pages > 1)
            button.setEnabled(enabled)
        for always in (self._turner, self._wide, self._search, self._compare, self._window):
            always.setEnabled(bool(pages))
        self._fitter.setVisible(zoom != 1.0)
        self._fitter.setText(f"{round(zoom * 100)} %")
        self._smaller.setEnabled(bool(pages) and zoom > ZOOMS[0])
        self._larger.setEnabled(bool(pages) and zoom < ZOOMS[-1])
        self._fit()

    def _fit(self) -> None:
        """Where the row is short, what is at the end of the list gives way first; nothing in it is ever cut."""

        def width(*shown: QWidget) -> int:
            return sum(max(item.sizeHint().width(), item.minimumWidth()) + theme.px(_GAP) for item in shown)

        room = self.width() - theme.px(2 * _EDGE + _NAME_WIDTH)
        room -= width(*(widget for widget in self._always if not widget.isHidden()))
        for group in self._where_room_is:
            if group == (self._name,):
                room -= max(min(self._name.sizeHint().width(), theme.px(_NAME_WISH)) - theme.px(_NAME_WIDTH), 0)
                continue
            needed = width(*group)
            fits = needed <= room
            room -= needed if fits else 0
            for widget in group:
                widget.setVisible(fits)

    @property
    def searching(self) -> bool:
        return self._stack.currentWidget() is self.search

    @Slot(bool)
    def show_search(self, shown: bool) -> None:
        self._stack.setCurrentIndex(1 if shown else 0)
        if shown:
            self.search.begin()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
