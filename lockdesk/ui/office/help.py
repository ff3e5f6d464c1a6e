"""Help inside the window: the pages of resources/help and the keys, found by their words."""

from collections.abc import Callable

from PySide6.QtCore import QRect, QRegularExpression, QSize, Qt, Slot
from PySide6.QtGui import (
    QColor,
    QFont,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QTextTable,
)
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QTextBrowser, QWidget

from lockdesk.resource import resource
from lockdesk.ui.look.actions import CASE_ACTIONS, WINDOW_ACTIONS
from lockdesk.ui.look.theme import theme
from lockdesk.ui.widgets.forms import text_field
from lockdesk.ui.widgets.parts import column, line
from lockdesk.ui.widgets.sheet import Sheet
from lockdesk.words import N_, _, language

KEYS = "keys"
PAGES = ("officer", KEYS, "head", "administrator", "portal", "ejbca", "cmp", "django_ca", "threats")
"""In the order of the list; the keys are written from the actions themselves."""
_WIDTH, _LIST_WIDTH, _LIST_PADDING, _HEIGHT, _MARGIN = 940, 230, 12, 560, 16
_ANY_CASE = QRegularExpression.PatternOption.CaseInsensitiveOption


def help_text(name: str) -> str:
    """A page as Markdown, in the chosen language."""
    if name == KEYS:
        return _keys_text()
    return resource(f"help/{name}.{language.code}.md").read_text(encoding="utf-8")


EVERYWHERE: tuple[tuple[str, str], ...] = (
    ("Enter", N_("Langkah berikutnya, atau tombol utama sebuah dialog")),
    ("Ctrl+Enter", N_("Memastikan yang tidak dapat ditarik kembali, dan menyimpan dari isian beberapa baris")),
    (
        "Esc",
        N_("Meninggalkan dialog atau tampilan tanpa mengubah apa pun; pada daftar: daftar seperti biasa"),
    ),
    ("Tab", N_("Bagian atau isian berikutnya; Shift+Tab yang sebelumnya")),
    ("1, 2, 3", N_("Memilih salah satu jawaban yang bernomor")),
    ("Home, End", N_("Baris pertama atau terakhir daftar; huruf memilih nama yang diawali huruf itu")),
    ("F4", N_("Pada isian tanggal: kalender; panah menggeser sehari, Page Up dan Page Down sebulan")),
    ("Alt+1, Alt+2, Alt+3", N_("Mengisi alasan yang lazim, atau memilih pada kartu Perlu dipilih")),
    ("Space", N_("Pada temuan atau perbandingan: menunjukkan tempatnya dalam surat; Esc kembali")),
    ("F3, Shift+F3", N_("Pada surat: kata yang dicari berikutnya atau sebelumnya")),
    ("Ctrl++, Ctrl+-, Ctrl+0", N_("Pada surat: memperbesar, memperkecil, selebar tempatnya")),
    ("Ctrl+R", N_("Pada surat: memutar halaman")),
    ("Page Up, Page Down", N_("Pada surat: halaman sebelumnya atau berikutnya")),
    ("Ctrl+C", N_("Menyalin baris, isian, atau teks yang dipilih")),
    ("Ctrl+S", N_("Pada laporan: menyimpan bagian yang ditulis kantor")),
    ("←, →, ↑, ↓", N_("Pada kalender: sehari atau sepekan; Page Up dan Page Down sebulan, Home dan End ujung tahun")),
    ("Backspace", N_("Pada survei: kembali ke pertanyaan sebelumnya; 1 sampai 4 menjawab")),
)
"""Keys that mean the same in the whole window."""


def _keys_text() -> str:
    rows = [(keys, _(words)) for keys, words in EVERYWHERE]
    rows += [(spec.shortcut, _(spec.words)) for spec in (*WINDOW_ACTIONS, *CASE_ACTIONS) if spec.shortcut]
    head = f"# {_('Tombol pintas')}\n\n| {_('Tombol')} | {_('Kegunaan')} |\n|---|---|\n"
    return head + "\n".join(f"| {keys} | {words} |" for keys, words in rows)


def title_of(text: str) -> str:
    """The first heading of a page."""
    return next(line.lstrip("# ").strip() for line in text.splitlines() if line.startswith("# "))


def _bold_words(block: QTextBlock) -> list[tuple[int, int]]:
    """Where Markdown's bold words begin and end: a weight that the typeface is not shipped in."""
    found, at = [], block.begin()
    while not at.atEnd():
        part = at.fragment()
        if part.charFormat().fontWeight() > QFont.Weight.DemiBold:
            found.append((part.position(), part.position() + part.length()))
        at += 1
    return found


def _space(document: QTextDocument) -> None:
    """Headings in our own sizes, with room before them: Markdown's are those of a web page."""
    cursor, demi = QTextCursor(document), QTextCharFormat()
    demi.setFontWeight(QFont.Weight.DemiBold)
    cursor.beginEditBlock()  # laid out once, not after each line
    block = document.begin()
    while block.isValid():
        level = block.blockFormat().headingLevel()
        cursor.setPosition(block.position())
        spaced = block.blockFormat()
        spaced.setTopMargin(theme.px(14 if level > 1 else 2))
        spaced.setBottomMargin(theme.px(4))
        cursor.setBlockFormat(spaced)
        if level:
            cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
            letters = QTextCharFormat()
            letters.setProperty(QTextCharFormat.Property.FontSizeAdjustment, 1 if level == 1 else 0)
            letters.setFontWeight(QFont.Weight.DemiBold)
            cursor.mergeCharFormat(letters)
        for begin, end in _bold_words(block):
            cursor.setPosition(begin)
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            cursor.mergeCharFormat(demi)
        block = block.next()
    for frame in document.rootFrame().childFrames():
        if isinstance(frame, QTextTable):
            ruled = frame.format().toTableFormat()
            ruled.setBorderBrush(QColor(theme.tokens.line))
            ruled.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)  # one raised is white on white
            ruled.setBorderCollapse(True)
            ruled.setBorder(1)
            ruled.setCellPadding(theme.px(4))
            frame.setFormat(ruled)
    cursor.endEditBlock()


class HelpSheet(Sheet):
    """All pages, one of them open; what is typed leaves those in which it stands."""

    is_help = True

    def __init__(self, parent: QWidget, name: str, section: str = "") -> None:
        """`section`: the heading at which it opens, in Indonesian; "" for the top."""
        super().__init__(parent, _("Petunjuk"), width=_WIDTH)
        self._texts = {page: help_text(page) for page in PAGES}
        self._shown = name
        self.search = text_field(placeholder=_("Cari dalam petunjuk"))
        self.search.setAccessibleName(_("Cari dalam petunjuk"))
        self.list = QListWidget()
        self.list.setAccessibleName(_("Halaman petunjuk"))
        self.list.setObjectName("pages")
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setFixedWidth(theme.px(_LIST_WIDTH))
        self.page = QTextBrowser()
        self.page.setAccessibleName(_("Petunjuk"))
        self.page.setOpenLinks(False)
        left = column(spacing=8)
        left.addWidget(self.search)
        left.addWidget(self.list, 1)
        inside = QWidget()
        row = line((), 16)
        row.addLayout(left)
        row.addWidget(self.page, 1)
        inside.setLayout(row)
        inside.setFixedHeight(min(theme.px(_HEIGHT), max(parent.window().height() - theme.px(220), theme.px(240))))
        self.body.addWidget(inside)
        self.add_close()
        self.search.textChanged.connect(self._on_sought)
        self.list.currentItemChanged.connect(self._on_chosen)
        self._sought = QRegularExpression()
        self._fill(lambda _text: True, name)
        self._section = section

    def open(self) -> None:
        super().open()
        if self._section:
            heading = self.page.document().begin()
            while heading.isValid() and heading.text() != _(self._section):
                heading = heading.next()
            self.page.setTextCursor(QTextCursor(heading))
            self._lift()

    def _fill(self, wanted: Callable[[str], bool], shown: str) -> None:
        self.list.clear()
        self.page.setPlainText(_("Tidak ada halaman yang memuat semua kata ini."))
        for name, text in self._texts.items():
            if wanted(text):
                item = QListWidgetItem(title_of(text), self.list)
                item.setData(Qt.ItemDataRole.UserRole, name)
                item.setToolTip(title_of(text))
                item.setSizeHint(self._room_of(title_of(text)))
                if name == shown or self.list.currentItem() is None:
                    self.list.setCurrentItem(item)

    def _room_of(self, title: str) -> QSize:
        """Of a wrapped title. Qt's own answer leaves out what the style sheet pads, and a title that just fits without
        would be shortened."""
        room = QRect(0, 0, theme.px(_LIST_WIDTH) - 2 * theme.px(_LIST_PADDING), 0)
        wrapped = self.list.fontMetrics().boundingRect(room, Qt.TextFlag.TextWordWrap, title)
        return QSize(0, wrapped.height() + 2 * theme.px(7))

    @Slot(str)
    def _on_sought(self, text: str) -> None:
        words = text.casefold().split()
        self._sought = QRegularExpression("|".join(map(QRegularExpression.escape, words)), _ANY_CASE)
        self._fill(lambda page: all(word in page.replace("*", "").casefold() for word in words), self._shown)

    @Slot(object)
    def _on_chosen(self, item: QListWidgetItem | None) -> None:
        if item is None:
            return
        self._shown = str(item.data(Qt.ItemDataRole.UserRole))
        self.page.setMarkdown(self._texts[self._shown])
        _space(self.page.document())
        if self._sought.pattern():
            self._show_next()

    def act(self) -> None:
        """Enter goes on to the next place of what is sought; else it closes, as in every dialog."""
        if self._sought.pattern():
            self._show_next()
        else:
            super().act()

    def _show_next(self) -> None:
        """After the last place comes the first one."""
        if not self.page.find(self._sought):
            self.page.moveCursor(QTextCursor.MoveOperation.Start)
            self.page.find(self._sought)
        self._lift()

    def _lift(self) -> None:
        """What was found stands where its lines are read, not at the edge."""
        bar = self.page.verticalScrollBar()
        bar.setValue(bar.value() + self.page.cursorRect().top() - theme.px(_MARGIN))
