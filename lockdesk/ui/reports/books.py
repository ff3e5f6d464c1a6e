"""The register books on the page: chosen by period and state, shown as they print, printed and exported."""

from functools import partial
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal, Slot
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStackedLayout, QTableView, QWidget

from lockdesk.core.quarters import QUARTERS
from lockdesk.desk.desk import Desk
from lockdesk.desk.reports.books import BOOK_STATES
from lockdesk.desk.values.reports import Book, BookFilter, BookFormat, BookKind, Subject
from lockdesk.ui.look.elide import tool_tip
from lockdesk.ui.look.theme import Tone, theme
from lockdesk.ui.running.background import Background, Ticket
from lockdesk.ui.widgets.cards import EmptyState
from lockdesk.ui.widgets.forms import Segments, choice
from lockdesk.ui.widgets.kept_widths import kept
from lockdesk.ui.widgets.parts import HintButton, column, label, line
from lockdesk.words import MONTHS, N_, _, number_words

Index = QModelIndex | QPersistentModelIndex
SUBJECTS = {
    BookKind.CASES: Subject.CASE,
    BookKind.COMPLAINTS: Subject.COMPLAINT,
    BookKind.SAMPLES: Subject.CASE,
}
KIND_WORDS = (
    (BookKind.CASES, N_("Permohonan")),
    (BookKind.COMPLAINTS, N_("Pengaduan")),
    (BookKind.SAMPLES, N_("Uji petik")),
)
_FILE_WORDS = {BookKind.CASES: "permohonan", BookKind.COMPLAINTS: "pengaduan", BookKind.SAMPLES: "uji-petik"}
WIDEST = 240
"""Pixels of the widest column."""


class BookModel(QAbstractTableModel):
    """One book; read whole, since it prints whole."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.book = Book("", "", (), ())

    def show(self, book: Book) -> None:
        self.beginResetModel()
        self.book = book
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.book.rows)

    def columnCount(self, _parent: Index | None = None) -> int:
        return len(self.book.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return self.book.columns[section].label if orientation == Qt.Orientation.Horizontal else str(section + 1)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        text = self.book.rows[index.row()][index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return " ".join(text.split())
        return tool_tip(text) if role == Qt.ItemDataRole.ToolTipRole and text else None


class BookView(QWidget):
    """Asks for one book at a time; Enter on a row opens what it is about."""

    chosen = Signal(object, int)
    print_asked = Signal(object)
    export_asked = Signal(object, object)

    def __init__(self, desk: Desk, background: Background, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._background = desk, background
        self._reading: Ticket | None = None
        present = desk.evaluation.this_quarter()
        self._kind = Segments([(kind, _(words)) for kind, words in KIND_WORDS], _("Buku"))
        self._years = choice([(str(present.year), str(present.year))])
        self._part = choice(_parts(), f"q{present.number}")
        self._state = choice(())
        for box, name in ((self._years, _("Tahun")), (self._part, _("Periode")), (self._state, _("Status"))):
            box.setAccessibleName(name)
        self._count = label(tone=Tone.QUIET)
        self._closed = label(tone=Tone.QUIET, wrap=True)
        self._xlsx, self._csv = HintButton(_("Ekspor XLSX…")), HintButton(_("Ekspor CSV…"))
        self._print = HintButton(_("Cetak…"), "Ctrl+P", "accent")
        self._model = BookModel(self)
        self.table = QTableView()
        self.table.setObjectName("whole")
        self._arrange()
        self._fill_states()
        self._connect()
        background.run(desk.evaluation.years, self._on_years)
        self.read()

    def _arrange(self) -> None:
        table = self.table
        table.setModel(self._model)
        table.setAccessibleName(_("Buku register"))
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        table.verticalHeader().setDefaultSectionSize(theme.px(32))
        table.verticalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        table.horizontalHeader().setHighlightSections(False)
        kept.columns("book", table.horizontalHeader())
        table.horizontalHeader().setResizeContentsPrecision(30)  # else every row of a year's book is measured
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setTabKeyNavigation(False)
        self._stack = QStackedLayout()
        outer = column(self, 0, 8)
        outer.setContentsMargins(20, 0, 20, theme.px(16))
        outer.addLayout(line((self._kind, self._years, self._part, self._state, 1), 10))
        outer.addLayout(line((self._count, 1, self._xlsx, self._csv, self._print), 10))
        outer.addLayout(self._stack, 1)
        outer.addWidget(self._closed)
        self._stack.addWidget(table)
        words = _("Pilih periode atau status lain.")
        self._stack.addWidget(EmptyState("book-open", _("Tidak ada catatan pada periode ini."), words))

    def _connect(self) -> None:
        self._kind.chosen.connect(self._on_kind)
        for box in (self._years, self._part, self._state):
            box.currentIndexChanged.connect(self.read)
        self._print.clicked.connect(self.begin_print)
        self._xlsx.clicked.connect(partial(self._on_export, BookFormat.XLSX))
        self._csv.clicked.connect(partial(self._on_export, BookFormat.CSV))
        self.table.activated.connect(self._on_activated)

    def _on_years(self, years: tuple[int, ...]) -> None:
        chosen = self._years.currentData()
        self._years.blockSignals(True)
        self._years.clear()
        for year in years:
            self._years.addItem(str(year), str(year))
        self._years.setCurrentIndex(max(self._years.findData(chosen), 0))
        self._years.blockSignals(False)

    def _fill_states(self) -> None:
        self._state.blockSignals(True)
        self._state.clear()
        self._state.addItem(_("Semua status"), "")
        for state, (words, _states) in BOOK_STATES[BookKind(self._kind.value)].items():
            self._state.addItem(_(words), state)
        self._state.blockSignals(False)

    @property
    def filter(self) -> BookFilter:
        part = str(self._part.currentData())
        number = int(part[1:] or 0)
        return BookFilter(
            BookKind(self._kind.value),
            int(self._years.currentData()),
            quarter=number if part.startswith("q") else 0,
            month=number if part.startswith("m") else 0,
            state=str(self._state.currentData()),
        )

    def show_kind(self, kind: BookKind) -> None:
        self._kind.choose(kind)
        self._on_kind(kind)

    @Slot(str)
    def _on_kind(self, _kind: str) -> None:
        self._fill_states()
        self.read()

    @Slot()
    def read(self, _index: int = 0) -> None:
        if self._reading is not None:
            self._reading.cancel()
        wanted = self.filter
        self._reading = self._background.run(partial(self._desk.books.read, wanted), partial(self._on_book, wanted))

    def _on_book(self, wanted: BookFilter, book: Book) -> None:
        if wanted != self.filter:
            return
        self._model.show(book)
        self.table.resizeColumnsToContents()
        for place in range(len(book.columns)):
            self.table.setColumnWidth(place, min(self.table.columnWidth(place) + theme.px(12), theme.px(WIDEST)))
        kept.fit(f"book.{wanted.kind}", self.table.horizontalHeader())
        self.table.horizontalHeader().setStretchLastSection(True)
        if book.rows:
            self.table.setCurrentIndex(self._model.index(0, 0))
        self._stack.setCurrentIndex(0 if book.rows else 1)
        self._closed.setText(book.closed)
        self._closed.setVisible(bool(book.closed))
        self._count.setText(_("{title}, {period}: {count} baris").format(
            title=book.title, period=book.period, count=number_words(len(book.rows))
        ))  # fmt: skip

    @Slot()
    def begin_print(self) -> None:
        self.print_asked.emit(self.filter)

    def _on_export(self, form: BookFormat, _checked: bool = False) -> None:
        self.export_asked.emit(self.filter, form)

    @Slot(QModelIndex)
    def _on_activated(self, index: QModelIndex) -> None:
        book = self._model.book
        if index.isValid() and index.row() < len(book.ids):
            self.chosen.emit(SUBJECTS[BookKind(self._kind.value)], book.ids[index.row()])

    def take_focus(self) -> None:
        self.table.setFocus()


def _parts() -> list[tuple[str, str]]:
    """The year, its quarters, its months."""
    quarters = [(f"q{n}", _(name)) for n, name in enumerate(QUARTERS, 1)]
    return [("", _("Setahun penuh")), *quarters, *((f"m{n}", _(name)) for n, name in enumerate(MONTHS, 1))]


def file_name(chosen: BookFilter, form: BookFormat) -> str:
    """ "buku-register-permohonan-2026-tw4.xlsx"."""
    part = f"-tw{chosen.quarter}" if chosen.quarter else f"-{chosen.month:02}" if chosen.month else ""
    return f"buku-register-{_FILE_WORDS[chosen.kind]}-{chosen.year}{part}.{form}"
