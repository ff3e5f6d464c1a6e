"""The staff register: search, one person's fields with their sources, import from a sheet."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, QTimer, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QHeaderView,
    QStackedLayout,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from lockdesk.desk.desk import Desk
from lockdesk.desk.office.register import SheetPreview
from lockdesk.desk.ports import NamedBytes
from lockdesk.desk.values.people import RegisterEntry
from lockdesk.desk.values.person_fields import PERSON_FIELDS, masked
from lockdesk.ui.look.elide import elide_mailbox, tool_tip
from lockdesk.ui.look.theme import SMALL, Tone, theme
from lockdesk.ui.register.import_sheet import ImportSheet
from lockdesk.ui.running.background import Background, Ticket
from lockdesk.ui.widgets.cards import EmptyState
from lockdesk.ui.widgets.forms import text_field
from lockdesk.ui.widgets.parts import HintButton, column, label, line
from lockdesk.words import _, date_words, number_words

Index = QModelIndex | QPersistentModelIndex
COLUMNS = tuple(field for field in PERSON_FIELDS if field.name != "serial")
"""Serials are a list of their own, shown in the case."""
_WIDTHS = {"name": 190, "nip": 176, "nik": 150, "position": 180, "agency": 190, "email": 300}
_WIDTH = 120
"""Of a column that has no width of its own."""
COLUMN_NAMES = tuple(field.name for field in COLUMNS)


class MailboxDelegate(QStyledItemDelegate):
    """Shortens an address in its local part only."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        room = option.rect.width() - theme.px(18)
        option.text = elide_mailbox(str(index.data()), option.fontMetrics, room)


class RegisterModel(QAbstractTableModel):
    """The entries found; the NIK masked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entries: tuple[RegisterEntry, ...] = ()

    def show(self, entries: Sequence[RegisterEntry]) -> None:
        self.beginResetModel()
        self._entries = tuple(entries)
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._entries)

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
            return field.shown(text)
        if role == Qt.ItemDataRole.FontRole and field.mono:
            return theme.font(SMALL, mono=True)
        if role == Qt.ItemDataRole.ToolTipRole:
            sourced = entry.fields.get(field.name)
            if sourced is not None:
                shown = masked(field.name, text)
                return tool_tip(f"{shown}\n{sourced.source}, {date_words(sourced.recorded_on)}")
        return None


class RegisterPage(QWidget):
    """Reads and imports through the desk."""

    def __init__(self, desk: Desk, background: Background, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._desk = desk
        self._background = background
        self._reading: Ticket | None = None
        self._model = RegisterModel(self)
        self._search = text_field(placeholder=_("Cari nama, NIP, atau unit kerja"))
        self._search.setAccessibleName(_("Cari data kepegawaian"))
        self._search.setFixedWidth(theme.px(360))
        self._count = label(tone=Tone.QUIET)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(150)
        self._settle.timeout.connect(self.read)
        self._search.textEdited.connect(self._on_edited)
        self._arrange()
        self.read()

    def _arrange(self) -> None:
        table = QTableView()
        table.setModel(self._model)
        table.setAccessibleName(_("Data kepegawaian"))
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.verticalHeader().hide()
        table.setWordWrap(False)
        table.setItemDelegateForColumn(COLUMN_NAMES.index("email"), MailboxDelegate(table))
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.verticalHeader().setDefaultSectionSize(theme.px(36))
        header = table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        for place, name in enumerate(COLUMN_NAMES):
            table.setColumnWidth(place, theme.px(_WIDTHS.get(name, _WIDTH)))
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(True)
        words = _("Impor berkas XLSX atau CSV dari bagian kepegawaian.")
        empty = EmptyState("users", _("Tidak ada data yang cocok"), words)
        self._stack = QStackedLayout()
        importer = HintButton(_("Impor XLSX atau CSV…"), role="accent")
        importer.clicked.connect(self._on_import)
        note = _("Pembanding identitas dan sumber nomor telepon; tidak pernah diisi dari permohonan.")
        outer = column(self)
        outer.setContentsMargins(theme.px(20), theme.px(14), theme.px(20), theme.px(16))
        outer.setSpacing(theme.px(8))
        outer.addWidget(label(_("Data kepegawaian"), scale="title", bold=True))
        outer.addWidget(label(note, tone=Tone.QUIET))
        outer.addLayout(line((self._search, self._count, 1, importer), 12))
        outer.addSpacing(theme.px(4))
        outer.addLayout(self._stack, 1)
        self._stack.addWidget(table)
        self._stack.addWidget(empty)

    @Slot()
    def read(self) -> None:
        text = self._search.text().strip()
        if self._reading is not None:
            self._reading.cancel()
        job = partial(self._desk.reading.register_entries, text)
        self._reading = self._background.run(job, partial(self._on_entries, text))

    def _on_entries(self, text: str, entries: tuple[RegisterEntry, ...]) -> None:
        if text != self._search.text().strip():
            return
        self._model.show(entries)
        self._stack.setCurrentIndex(0 if entries else 1)
        self._count.setText(_("{count} orang").format(count=number_words(len(entries))))

    @Slot(str)
    def _on_edited(self, _text: str) -> None:
        self._settle.start()

    @Slot()
    def _on_import(self) -> None:
        dialog = QFileDialog(self, _("Impor data kepegawaian"), "", _("Lembar data (*.xlsx *.csv)"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.begin_import)
        dialog.open()

    @Slot(str)
    def begin_import(self, path: str) -> None:
        """Reads the sheet's head and asks which column is what."""
        self._background.run(partial(_preview, self._desk, path), self._on_preview)

    def _on_preview(self, found: tuple[NamedBytes, SheetPreview]) -> None:
        sheet = ImportSheet(self, *found)
        sheet.import_asked.connect(self._on_mapped)
        sheet.open()

    @Slot(object, object, str)
    def _on_mapped(self, file: NamedBytes, mapping: dict[str, int], source: str) -> None:
        job = partial(self._desk.register.import_sheet, file.content, file.name, mapping, source)
        self._background.run(job, self._on_imported)

    def _on_imported(self, count: int) -> None:
        self.read()
        self._count.setText(_("{count} orang diimpor").format(count=number_words(count)))

    def refresh(self) -> None:
        self.read()


def _preview(desk: Desk, path: str) -> tuple[NamedBytes, SheetPreview]:
    """Runs on a worker."""
    file = NamedBytes(Path(path).name, Path(path).read_bytes())
    return file, desk.register.preview(file.content, file.name)
