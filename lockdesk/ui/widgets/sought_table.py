"""A search field over the table of what it finds."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QTableView

from lockdesk.ui.running.listing import Listing
from lockdesk.ui.widgets.parts import ENTER

_SETTLE_MS = 150
_INTO = frozenset({Qt.Key.Key_Down, *ENTER})


class SoughtTable(QObject):
    """Searches once typing rests. Down and Enter lead from the field to the first row of what is found, as soon as that
    is read."""

    settled = Signal()
    """What stands in the field is to be looked for."""

    def __init__(self, field: QLineEdit, table: QTableView, listing: Listing) -> None:
        super().__init__(table)
        self._field, self._table, self._listing = field, table, listing
        self._into = False
        """The rows are waited for."""
        self._more = False
        """Others come by themselves."""
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLE_MS)
        self._settle.timeout.connect(self.settled)
        field.textEdited.connect(self.touch)
        listing.unread.connect(self._on_unread)
        field.installEventFilter(self)

    def touch(self, _changed: object = None) -> None:
        """Something else is wanted: who types on is not led away."""
        self._into = False
        self._settle.start()

    def show(self, more: bool = False) -> None:
        """The rows of the table are those that were read just now. `more`: others may come by themselves."""
        if self._into and self._field.hasFocus():
            self._lead()
        self._more = more
        self._into = self._into and more

    @Slot()
    def _on_unread(self) -> None:
        """There is nothing to lead to: rows that come some time later were not waited for."""
        self._into = self._more = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            if plain and event.key() in _INTO and not event.isAutoRepeat():
                self._into = self._settle.isActive() or self._listing.reading or self._more
                if not self._settle.isActive() and not self._listing.reading:
                    self._lead()
                return True
        return super().eventFilter(watched, event)

    def _lead(self) -> None:
        if not self._table.model().rowCount():
            return
        if not self._table.selectionModel().hasSelection():
            self._table.selectRow(0)
        self._into = False
        self._table.setFocus(Qt.FocusReason.OtherFocusReason)
