"""The staff register: list and search in pages, one person's fields with their sources, import, changes by hand."""

from collections.abc import Collection, Sequence
from typing import Any

from PySide6.QtCore import QItemSelectionModel, Qt, Signal, Slot
from PySide6.QtGui import QColor, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStackedLayout,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from lockdesk.desk.desk import Desk
from lockdesk.desk.values.people import RegisterEntry
from lockdesk.desk.values.person_fields import PERSON_FIELDS, discreet
from lockdesk.desk.values.register import RegisterPage as RegisterRows
from lockdesk.ui.look.elide import elide_mailbox, tool_tip
from lockdesk.ui.look.theme import SMALL, Tone, theme
from lockdesk.ui.register.importing import CERTIFICATES, Importing
from lockdesk.ui.register.people import People
from lockdesk.ui.running.background import Background
from lockdesk.ui.running.listing import Index, Listing, PagedModel
from lockdesk.ui.widgets.cards import EmptyState
from lockdesk.ui.widgets.file_dialogs import Place, open_dialog
from lockdesk.ui.widgets.forms import text_field
from lockdesk.ui.widgets.kept_widths import kept
from lockdesk.ui.widgets.parts import HintButton, column, label, line
from lockdesk.ui.widgets.sought_table import SoughtTable
from lockdesk.words import _, date_words, number_words

COLUMNS = tuple(field for field in PERSON_FIELDS if field.name != "serial")
"""Serials are a list of their own, shown with the person."""
_WIDTHS = {"name": 190, "nip": 176, "nik": 150, "position": 180, "agency": 190, "email": 300}
_GROWING = {"name": 2, "position": 3, "agency": 3, "email": 3}
"""What takes the room of a wide window, in which shares: words that would be shortened."""
_WIDTH = 120
"""Of a column that has no width of its own."""
COLUMN_NAMES = tuple(field.name for field in COLUMNS)
ID_ROLE = Qt.ItemDataRole.UserRole + 1


class MailboxDelegate(QStyledItemDelegate):
    """Shortens an address in its local part only."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        room = option.rect.width() - theme.px(18)
        option.text = elide_mailbox(str(index.data()), option.fontMetrics, room)


class RegisterModel(PagedModel):
    """The entries read so far, page by page; NIK and telephone number masked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entries: list[RegisterEntry] = []

    def entry(self, row: int) -> RegisterEntry:
        return self._entries[row]

    def columnCount(self, _parent: Index | None = None) -> int:
        return len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return _(COLUMNS[section].label)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        field = COLUMNS[index.column()]
        entry = self._entries[index.row()]
        text = entry.text(field.name)
        if role == Qt.ItemDataRole.DisplayRole:
            gone = field.name == "position" and entry.retired_at is not None
            return _("tidak lagi bertugas") if gone else discreet(field.name, text)
        if role == Qt.ItemDataRole.ForegroundRole and entry.retired_at is not None:
            return QColor(theme.tokens.muted)
        if role == Qt.ItemDataRole.FontRole and field.mono:
            return theme.font(SMALL, mono=True)
        if role == Qt.ItemDataRole.ToolTipRole:
            sourced = entry.fields.get(field.name)
            if sourced is not None:
                shown = discreet(field.name, text)
                return tool_tip(f"{shown}\n{sourced.source}, {date_words(sourced.recorded_on)}")
        return None


class RegisterTable(QTableView):
    """Its columns take the room that there is, until they are moved by hand."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.horizontalHeader().objectName() in kept.known:
            return
        spare = self.viewport().width() - sum(theme.px(_WIDTHS.get(name, _WIDTH)) for name in COLUMN_NAMES)
        for place, name in enumerate(COLUMN_NAMES):
            share = max(spare, 0) * _GROWING.get(name, 0) // sum(_GROWING.values())
            self.setColumnWidth(place, theme.px(_WIDTHS.get(name, _WIDTH)) + share)


class RegisterPage(QWidget):
    """Reads and writes through the desk."""

    said = Signal(str)
    """For the status line."""

    def __init__(self, desk: Desk, background: Background, people: People, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._people = people
        people.changed.connect(self.read)
        self._importing = Importing(desk, background, self)
        self._importing.imported.connect(self._on_imported)
        self._model = RegisterModel(self)

        def fetch(text: str, after: Any, limit: int) -> RegisterRows:
            return desk.reading.register_page(text, after, limit)

        self._listing = Listing(background, fetch, "", self)
        self._listing.rows_read.connect(self._on_rows)
        self._model.more_wanted.connect(self._listing.read_more)
        self._search = text_field(placeholder=_("Cari nama, NIP, atau unit kerja"))
        self._search.setAccessibleName(_("Cari data kepegawaian"))
        self._search.setFixedWidth(theme.px(300))
        self._count = label(tone=Tone.QUIET)
        self._table = RegisterTable()
        self._table.setObjectName("whole")
        self._sought = SoughtTable(self._search, self._table, self._listing)
        self._sought.settled.connect(self._on_settled)
        self._show, self._merge = HintButton(_("Lihat…")), HintButton(_("Gabungkan…"))
        self._merge.setToolTip(_("Pilih dua baris dengan Ctrl untuk menggabungkannya."))
        self._arrange()
        self._on_selected()
        self.read()

    def _arrange(self) -> None:
        self._arrange_table()
        self._empty = EmptyState("users", "")
        self._stack = QStackedLayout()
        importer = HintButton(_("Impor…"), role="accent")
        importer.clicked.connect(self._on_import)
        add = HintButton(_("Tambah orang…"))
        add.clicked.connect(self._on_add)
        self._show.clicked.connect(self._on_show)
        self._merge.clicked.connect(self._on_merge)
        note = _("Pembanding identitas dan sumber nomor telepon; tidak pernah diisi dari permohonan.")
        outer = column(self)
        outer.setContentsMargins(theme.px(20), theme.px(14), theme.px(20), theme.px(16))
        outer.setSpacing(theme.px(8))
        outer.addWidget(label(_("Data kepegawaian"), scale="title", bold=True))
        outer.addWidget(label(note, tone=Tone.QUIET))
        outer.addLayout(line((self._search, self._count, 1, self._show, self._merge, add, importer), 8))
        outer.addSpacing(theme.px(4))
        outer.addLayout(self._stack, 1)
        self._stack.addWidget(self._table)
        self._stack.addWidget(self._empty)

    def _arrange_table(self) -> None:
        table = self._table
        table.setModel(self._model)
        table.setAccessibleName(_("Data kepegawaian"))
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        table.selectionModel().selectionChanged.connect(self._on_selected)
        self._model.modelReset.connect(self._on_selected)
        table.activated.connect(self._on_show)
        table.verticalHeader().hide()
        table.setWordWrap(False)
        table.setItemDelegateForColumn(COLUMN_NAMES.index("email"), MailboxDelegate(table))
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        table.verticalHeader().setDefaultSectionSize(theme.px(36))
        header = table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(True)
        kept.columns("register", header)

    @Slot()
    def read(self) -> None:
        self._listing.read()

    def _on_rows(self, page: RegisterRows, continued: bool) -> None:
        chosen = {entry.id for entry in self._selected()}
        self._model.show_page(page, continued)
        if not continued:
            self._choose(chosen)
        self._stack.setCurrentIndex(0 if self._model.rowCount() else 1)
        if self._search.text().strip():
            self._empty.set_words(_("Tidak ada data yang cocok"), _("Periksa ejaan nama, atau cari dengan NIP."))
        else:
            words = _("Impor berkas XLSX atau CSV dari bagian kepegawaian, atau sertifikat.")
            self._empty.set_words(_("Belum ada data kepegawaian"), words)
        self._count.setText(_("{count} orang").format(count=number_words(page.total)))
        self._sought.show()

    @Slot()
    def _on_settled(self) -> None:
        self._listing.choose(self._search.text().strip())

    def _selected(self) -> Sequence[RegisterEntry]:
        return [self._model.entry(index.row()) for index in self._table.selectionModel().selectedRows()]

    def _choose(self, chosen: Collection[int]) -> None:
        """Whoever was chosen stays so when the list is read again: what was written of him is seen there."""
        whole = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
        for row in range(self._model.rowCount()):
            if self._model.entry(row).id in chosen:
                self._table.selectionModel().setCurrentIndex(self._model.index(row, 0), whole)

    @Slot()
    def _on_selected(self) -> None:
        count = len(self._table.selectionModel().selectedRows())
        self._show.setEnabled(count == 1)
        self._merge.setEnabled(count == 2)

    @Slot()
    def _on_show(self) -> None:
        if len(chosen := self._selected()) == 1:
            self._people.show(chosen[0].id)

    @Slot()
    def _on_merge(self) -> None:
        if len(chosen := self._selected()) == 2:
            self._people.merge(*chosen)

    @Slot()
    def _on_add(self) -> None:
        self._people.add()

    @Slot()
    def _on_import(self) -> None:
        kinds = (_("Lembar data (*.xlsx *.csv)"), _("Sertifikat ({kinds})").format(kinds=_patterns(CERTIFICATES)))
        dialog = open_dialog(self, _("Impor data kepegawaian"), Place.STAFF, ";;".join(kinds), several=True)
        dialog.filesSelected.connect(self.begin_import)
        dialog.open()

    @Slot(list)
    def begin_import(self, paths: Sequence[str]) -> None:
        """Reads a sheet and asks which column is what, or takes the serial numbers out of certificates."""
        self._importing.begin(paths)

    @Slot(str)
    def _on_imported(self, words: str) -> None:
        self.said.emit(words)
        self.read()

    def refresh(self) -> None:
        self.read()


def _patterns(endings: Sequence[str]) -> str:
    return " ".join(f"*{ending}" for ending in endings)
