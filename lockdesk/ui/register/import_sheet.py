"""Which column of the sheet is which field, and where the sheet comes from."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QGridLayout, QTableWidget, QTableWidgetItem, QWidget

from lockdesk.desk.office.register import SheetPreview
from lockdesk.desk.ports import NamedBytes
from lockdesk.desk.values.person_fields import PERSON_FIELDS
from lockdesk.ui.look.theme import theme
from lockdesk.ui.widgets.forms import Field, choice, text_field
from lockdesk.ui.widgets.sheet import Sheet
from lockdesk.words import _

_NONE = "-1"
_SHOWN_ROWS = 4


class ImportSheet(Sheet):
    """Column mapping with the sheet's first rows as a help."""

    import_asked = Signal(object, object, str)

    def __init__(self, parent: QWidget, file: NamedBytes, preview: SheetPreview) -> None:
        words = _("Tentukan kolom untuk setiap isian. Sumber dan tanggal dicatat pada setiap data.")
        super().__init__(parent, _("Impor {name}").format(name=file.name), words, width=820)
        self._file = file
        options = [(_NONE, _("tidak diimpor")), *((str(n), head) for n, head in enumerate(preview.headers))]
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(12))
        self._boxes: dict[str, QComboBox] = {}
        for position, field in enumerate(PERSON_FIELDS):
            box = choice(options, str(preview.mapping.get(field.name, -1)))
            box.currentIndexChanged.connect(self._on_changed)
            self._boxes[field.name] = box
            grid.addWidget(Field(_(field.label), box), position // 4, position % 4)
        self.body.addLayout(grid)
        self.body.addWidget(self._table(preview))
        self._source = text_field(placeholder=_("misalnya: BKPSDM, daftar pegawai November 2026"))
        self._source.textChanged.connect(self._on_changed)
        self.body.addWidget(Field(_("Sumber"), self._source))
        self.add_buttons(_("Impor"))
        self._on_changed()

    def _table(self, preview: SheetPreview) -> QTableWidget:
        rows = preview.rows[:_SHOWN_ROWS]
        table = QTableWidget(len(rows), len(preview.headers))
        table.setHorizontalHeaderLabels(list(preview.headers))
        table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        table.setAccessibleName(_("Baris pertama berkas"))
        table.verticalHeader().hide()
        table.setTabKeyNavigation(False)
        for row, cells in enumerate(rows):
            for place, text in enumerate(cells):
                table.setItem(row, place, QTableWidgetItem(text))
        table.resizeColumnsToContents()
        table.setFixedHeight(theme.px(170))
        return table

    @property
    def mapping(self) -> dict[str, int]:
        chosen = {name: int(box.currentData()) for name, box in self._boxes.items()}
        return {name: place for name, place in chosen.items() if place >= 0}

    @Slot()
    def _on_changed(self) -> None:
        self.verb.setEnabled("name" in self.mapping and bool(self._source.text().strip()))

    def act(self) -> None:
        self.import_asked.emit(self._file, self.mapping, self._source.text().strip())
        self.accept()
