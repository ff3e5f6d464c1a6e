"""A case found by what is typed: its number, a name or a NIP."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QItemSelection, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from lockdesk.core.cases import STATE_LABELS
from lockdesk.desk.desk import Desk
from lockdesk.desk.values.cases import CaseRow
from lockdesk.ui.look.theme import Tone, theme
from lockdesk.ui.running.background import Background
from lockdesk.ui.widgets.forms import text_field
from lockdesk.ui.widgets.list_panel import RowList
from lockdesk.ui.widgets.parts import column, label
from lockdesk.ui.widgets.rows import ID_ROLE, ROW_HEIGHT, RowModel, RowText
from lockdesk.words import _

_ROWS = 4


class CaseSearch(QWidget):
    """The arrow keys choose among what was found, also while typing."""

    changed = Signal()
    """Another case is chosen, or none."""
    opened = Signal()
    """The chosen one was opened with the mouse or with Enter in the list."""

    def __init__(self, desk: Desk, background: Background, text: str, parent: QWidget | None = None) -> None:
        """Searches for `text` at once."""
        super().__init__(parent)
        self._desk, self._background = desk, background
        self.field = text_field(text)
        self.field.setAccessibleName(_("Cari kasus"))
        self.field.textChanged.connect(self._on_typed)
        self._model = RowModel(_row_text, self)
        self._rows = RowList(self._model, _("Kasus yang ditemukan"))
        self._rows.setFixedHeight(theme.px(ROW_HEIGHT))
        self._none = label(_("Tidak ada yang cocok"), Tone.QUIET)
        self._none.setFixedHeight(theme.px(ROW_HEIGHT))
        self._none.hide()
        self._rows.opened.connect(self._on_opened)
        self._rows.selectionModel().selectionChanged.connect(self._on_selected)
        body = column(self, spacing=10)
        body.addWidget(self.field)
        body.addWidget(self._rows)
        body.addWidget(self._none)
        self.setFocusProxy(self.field)
        self._search(text)

    @property
    def case_id(self) -> int:
        """The chosen case; 0 for none."""
        selected = self._rows.selectionModel().selectedRows()
        return int(selected[0].data(ID_ROLE)) if selected else 0

    def _search(self, text: str) -> None:
        found = partial(self.show_rows, text)
        self._background.run(partial(self._desk.reading.search, text), found, by_itself=True)

    @Slot(str)
    def _on_typed(self, text: str) -> None:
        self._rows.clearSelection()  # Enter must not take a row of what was sought before
        self._search(text)

    def show_rows(self, sought: str, rows: Sequence[CaseRow]) -> None:
        """What a search found, unless something else is sought by now."""
        if sought != self.field.text():
            return
        self._rows.clearSelection()
        self._model.merge(rows, None)
        self._rows.setFixedHeight(theme.px(ROW_HEIGHT * min(max(len(rows), 1), _ROWS)))
        in_vain = bool(sought.strip()) and not rows
        self._rows.setHidden(in_vain)
        self._none.setVisible(in_vain)
        if rows:
            self._rows.selectRow(0)
        self.changed.emit()

    @Slot(QItemSelection, QItemSelection)
    def _on_selected(self, *_changed: QItemSelection) -> None:
        self.changed.emit()

    @Slot(int)
    def _on_opened(self, _case_id: int) -> None:
        if self.case_id:
            self.opened.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        moves = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        if event.key() in moves and self._model.loaded:
            row = self._rows.currentIndex().row() + moves[Qt.Key(event.key())]
            self._rows.selectRow(min(max(row, 0), self._model.loaded - 1))
            event.accept()
        else:
            super().keyPressEvent(event)


def _row_text(row: Any) -> RowText:
    return RowText(row.name, "", Tone.QUIET, row.number, row.agency, _(STATE_LABELS[row.state]), Tone.QUIET)
