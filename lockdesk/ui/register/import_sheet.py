"""Which sheet and which column of a file is what, of which day the file is and where it comes from."""

from datetime import date

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QGridLayout, QTableWidget, QTableWidgetItem, QWidget

from lockdesk.desk.register.heads import Heads, find_heads
from lockdesk.desk.register.numbers import written
from lockdesk.desk.register.register import OpenedSheet, Terms
from lockdesk.desk.values.facts import SheetTable
from lockdesk.desk.values.person_fields import PERSON_FIELDS, masked
from lockdesk.ui.look import help_places
from lockdesk.ui.look.theme import theme
from lockdesk.ui.widgets.days import DayBox
from lockdesk.ui.widgets.forms import CheckLine, Field, choice, text_field
from lockdesk.ui.widgets.parts import column, discard, line
from lockdesk.ui.widgets.sheet import Sheet
from lockdesk.words import _, number_words

_NONE = "-1"
_SHOWN_ROWS = 3
_COLUMNS = 4


class ImportSheet(Sheet):
    """Column mapping with the sheet's first rows as a help; date and source have no default."""

    help_at = help_places.REGISTER
    plan_asked = Signal(object, object, object, object)
    """The table, its heads, the mapping and the terms."""

    def __init__(self, parent: QWidget, opened: OpenedSheet, today: date, terms: Terms | None = None) -> None:
        words = _("Tentukan kolom untuk setiap isian. Sumber dan tanggal dicatat pada setiap data.")
        super().__init__(parent, _("Impor {name}").format(name=opened.name), words, width=860)
        self._opened = opened
        self._boxes: dict[str, QComboBox] = {}
        inside = QWidget()
        self._inner = column(inside, 0, 10)
        if len(opened.tables) > 1:
            self._inner.addWidget(Field(_("Lembar"), self._tables()))
        self._mapping = QWidget()
        self._inner.addWidget(self._mapping)
        self._source = text_field(terms.source if terms else "", placeholder=_("misalnya: BKPSDM, daftar pegawai"))
        self._source.textChanged.connect(self._on_changed)
        self._day = DayBox(terms.as_of if terms else None, optional=True, latest=today)
        self._day.textChanged.connect(self._on_changed)
        hint = _("Tanggal yang tercantum pada data, bukan hari impor.")
        self._day_field = Field(_("Tanggal data menurut sumbernya"), self._day, hint)
        source = Field(_("Sumber"), self._source, _("Siapa yang memberikannya, dan daftar yang mana."))
        origin = line((source, self._day_field), 12)
        origin.setStretch(0, 1)
        origin.setStretch(1, 1)
        self._inner.addLayout(origin)
        self._whole = CheckLine(
            "whole_office",
            _(
                "Ini daftar seluruh pegawai, diterima langsung dari sumber itu. Nomor teleponnya berlaku untuk "
                "konfirmasi menurut tanggal data, juga bagi permohonan yang sudah masuk."
            ),
        )
        self._whole.box.setChecked(terms is not None and terms.whole_office)
        self._inner.addWidget(self._whole)
        self._inner.addStretch(1)
        self._show_table(opened.proposed)
        self.scrolled(inside)
        self.add_buttons(_("Periksa isi"))
        self._on_changed()

    def _tables(self) -> QComboBox:
        options = [
            (str(place), _("{name} ({count} baris)").format(name=table.name, count=number_words(len(table.rows))))
            for place, table in enumerate(self._opened.tables)
        ]
        box = choice(options, str(self._opened.proposed))
        box.currentIndexChanged.connect(self._show_table)
        return box

    @Slot(int)
    def _show_table(self, place: int) -> None:
        self._table = self._opened.tables[place]
        self._heads = find_heads(self._table.rows)
        names = self._heads.names
        options = [
            (_NONE, _("tidak diimpor")),
            *((str(n), head or _("kolom {n}").format(n=n + 1)) for n, head in enumerate(names)),
        ]
        made = QWidget()
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(12))
        for position, field in enumerate(PERSON_FIELDS):
            box = choice(options, str(self._heads.mapping.get(field.name, -1)))
            box.currentIndexChanged.connect(self._on_changed)
            self._boxes[field.name] = box
            grid.addWidget(Field(_(field.label), box), position // _COLUMNS, position % _COLUMNS)
        for place_of_column in range(_COLUMNS):
            grid.setColumnStretch(place_of_column, 1)
        inner = column(made, 0, 10)
        inner.addLayout(grid)
        inner.addWidget(_first_rows(self._table, self._heads))
        self._inner.replaceWidget(self._mapping, made)
        discard(self._mapping)
        self._mapping = made
        if hasattr(self, "_whole"):
            self._on_changed()

    @property
    def mapping(self) -> dict[str, int]:
        chosen = {name: int(box.currentData()) for name, box in self._boxes.items()}
        return {name: place for name, place in chosen.items() if place >= 0}

    @Slot()
    def _on_changed(self) -> None:
        self.rest_verb(self._lacking())

    def _lacking(self) -> str:
        if "name" not in self.mapping or {"nip", "nik"}.isdisjoint(self.mapping):
            return _("Pilih kolom nama, dan kolom NIP atau NIK.")
        told = self._source.text().strip() and self._day.day is not None and not self._day.fault
        return "" if told else _("Tulis sumber dan tanggal datanya.")

    def act(self) -> None:
        day = self._day.day
        assert day is not None
        terms = Terms(self._source.text().strip(), day, self._whole.ticked)
        self.plan_asked.emit(self._table, self._heads, self.mapping, terms)
        self.accept()


def _first_rows(sheet: SheetTable, heads: Heads) -> QTableWidget:
    rows = sheet.rows[heads.rows : heads.rows + _SHOWN_ROWS]
    fields = {place: name for name, place in heads.mapping.items()}
    table = QTableWidget(len(rows), len(heads.names))
    table.setHorizontalHeaderLabels(list(heads.names))
    table.setVerticalHeaderLabels([str(row.number) for row in rows])
    table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
    table.setAccessibleName(_("Baris pertama berkas"))
    table.setTabKeyNavigation(False)
    for position, row in enumerate(rows):
        for place, cell in enumerate(row.cells[: len(heads.names)]):
            table.setItem(position, place, QTableWidgetItem(masked(fields.get(place, ""), written(cell))))
    table.resizeColumnsToContents()
    table.verticalHeader().setDefaultSectionSize(theme.px(30))
    table.setFixedHeight(theme.px(30 * (_SHOWN_ROWS + 1) + 16))
    return table
