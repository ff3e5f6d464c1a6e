"""Which printer and how many copies; and the sheet that asks only for that."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from lockdesk.desk.values.sheets import Printed
from lockdesk.ui.widgets.forms import Field, choice
from lockdesk.ui.widgets.parts import line
from lockdesk.ui.widgets.sheet import Sheet
from lockdesk.words import _

MOST_COPIES = 20


class PrinterChoice:
    """Two fields in one line."""

    def __init__(self, printers: Sequence[str], remembered: str) -> None:
        """`printers`: the queues there are, the default one first; `remembered`: where the last print went."""
        self._printer = choice([(name, name) for name in printers] or [("", _("tidak ada printer"))], remembered)
        self._copies = choice([(str(count), str(count)) for count in range(1, MOST_COPIES + 1)])

    def fields(self) -> QHBoxLayout:
        arranged = line((Field(_("Printer"), self._printer), Field(_("Rangkap"), self._copies)), 12)
        arranged.setStretch(0, 1)
        return arranged

    @property
    def printer(self) -> str:
        """ "" where there is none."""
        return str(self._printer.currentData())

    @property
    def copies(self) -> int:
        return int(self._copies.currentData())


class SendSheet(Sheet):
    """Asks where a finished print is to go."""

    chosen = Signal(object, str, int)
    """Printed, printer, copies."""

    def __init__(self, parent: QWidget, printed: Printed, printers: Sequence[str], remembered: str) -> None:
        super().__init__(parent, _("Kirim ke printer"), width=460)
        self._printed = printed
        self._choice = PrinterChoice(printers, remembered)
        self.body.addLayout(self._choice.fields())
        self.add_buttons(_("Cetak"))

    def act(self) -> None:
        self.chosen.emit(self._printed, self._choice.printer, self._choice.copies)
        self.accept()
