"""To which case a mail belongs, found by number, name or NIP."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QItemSelection, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from lockdesk.core.cases import STATE_LABELS
from lockdesk.desk.values.cases import CaseRow
from lockdesk.desk.values.tray import TrayMail
from lockdesk.ui.intake.mail_words import sender_of
from lockdesk.ui.look.theme import Tone, theme
from lockdesk.ui.widgets.forms import text_field
from lockdesk.ui.widgets.list_panel import RowList
from lockdesk.ui.widgets.rows import ID_ROLE, RowModel, RowText
from lockdesk.ui.widgets.sheet import Sheet
from lockdesk.words import _


class JoinSheet(Sheet):
    """The arrow keys choose among what was found, Enter joins, Esc leaves the mail undecided."""

    search_asked = Signal(str)
    chosen = Signal(int, int)
    """The mail and the case."""

    def __init__(self, parent: QWidget, mail: TrayMail) -> None:
        title = _("Gabungkan e-mail dari {name} ke kasus mana?").format(name=sender_of(mail))
        super().__init__(parent, title, _("Cari dengan nomor kasus, nama, atau NIP."), width=620)
        self._mail = mail
        self._search = text_field(mail.sender.name if mail.sender is not None else "")
        self._search.setAccessibleName(_("Cari kasus"))
        self._search.textChanged.connect(self._on_typed)
        self._model = RowModel(_row_text, self)
        self._rows = RowList(self._model, _("Kasus yang ditemukan"))
        self._rows.setFixedHeight(theme.px(59 * 4))
        self._rows.opened.connect(self._on_opened)
        self._rows.selectionModel().selectionChanged.connect(self._on_selected)
        self.body.addWidget(self._search)
        self.body.addWidget(self._rows)
        self.add_buttons(_("Gabungkan"), hint="Enter")
        self.verb.setEnabled(False)

    def open(self) -> None:
        super().open()
        self.search_asked.emit(self._search.text())

    @Slot(str)
    def _on_typed(self, text: str) -> None:
        self._rows.clearSelection()  # Enter must not take a row of what was sought before
        self.search_asked.emit(text)

    @Slot(str, object)
    def show_rows(self, sought: str, rows: Sequence[CaseRow]) -> None:
        """What a search found, unless something else is sought by now."""
        if sought != self._search.text():
            return
        self._rows.clearSelection()
        self._model.merge(rows, None)
        if rows:
            self._rows.selectRow(0)
        self._on_selected()

    @property
    def case_id(self) -> int:
        """The chosen case; 0 for none."""
        selected = self._rows.selectionModel().selectedRows()
        return int(selected[0].data(ID_ROLE)) if selected else 0

    @Slot()
    @Slot(QItemSelection, QItemSelection)
    def _on_selected(self, *_changed: QItemSelection) -> None:
        self.verb.setEnabled(bool(self.case_id))

    @Slot(int)
    def _on_opened(self, _case_id: int) -> None:
        if self.case_id:
            self.act()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        moves = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        if event.key() in moves and self._model.loaded:
            row = self._rows.currentIndex().row() + moves[Qt.Key(event.key())]
            self._rows.selectRow(min(max(row, 0), self._model.loaded - 1))
            event.accept()
        else:
            super().keyPressEvent(event)

    def act(self) -> None:
        self.chosen.emit(self._mail.id, self.case_id)
        self.accept()


def _row_text(row: Any) -> RowText:
    return RowText(row.name, "", Tone.QUIET, row.number, row.agency, _(STATE_LABELS[row.state]), Tone.QUIET)
