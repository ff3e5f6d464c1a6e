"""Which printer and how many copies; and the sheet that asks only for that."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from lockdesk.desk.values.sheets import Printed
from lockdesk.ui.look import help_places
from lockdesk.ui.prints.offers import PrintMemory
from lockdesk.ui.widgets.forms import Field, choice
from lockdesk.ui.widgets.parts import line
from lockdesk.ui.widgets.sheet import Sheet
from lockdesk.words import _

MOST_COPIES = 20


class PrinterChoice:
    """Two fields in one line. Which queues there are is asked of their server, which may be slow: until that is known
    none is chosen, and the focus waits where one will be, not among the copies."""

    def __init__(self) -> None:
        self.box = choice([("", _("sedang dicari"))])
        self._known = False
        self._copies = choice([(str(count), str(count)) for count in range(1, MOST_COPIES + 1)])

    def show(self, printers: Sequence[str], memory: PrintMemory) -> None:
        """`printers`: the queues there are, the default one first. Where the one that was used last is not among them,
        the officer chooses: another one may stand among strangers."""
        proposed = memory.among(printers)
        self._known = True
        self.box.clear()
        if not proposed:
            self.box.addItem(_("belum dipilih") if printers else _("tidak ada printer"), "")
        for name in printers:
            self.box.addItem(name, name)
        self.box.setCurrentIndex(self.box.findData(proposed))

    @property
    def lacking(self) -> str:
        """Why nothing can be printed yet; "" also where there is no printer, which is told with its remedy."""
        if not self._known:
            return _("Printer sedang dicari.")
        return _("Pilih printer.") if self.box.count() > 1 and not self.printer else ""

    def fields(self) -> QHBoxLayout:
        arranged = line((Field(_("Printer"), self.box), Field(_("Rangkap"), self._copies)), 12)
        arranged.setStretch(0, 1)
        return arranged

    @property
    def printer(self) -> str:
        """ "" where there is none."""
        return str(self.box.currentData())

    @property
    def copies(self) -> int:
        return int(self._copies.currentData())


class SendSheet(Sheet):
    """Asks where a finished print is to go."""

    help_at = help_places.FAILING
    chosen = Signal(object, str, int)
    """Printed, printer, copies."""

    def __init__(self, parent: QWidget, printed: Printed) -> None:
        super().__init__(parent, _("Kirim ke printer"), width=460)
        self._printed = printed
        self._choice = PrinterChoice()
        self.body.addLayout(self._choice.fields())
        self.add_buttons(_("Cetak"))
        self._choice.box.currentIndexChanged.connect(self._on_printer)
        self._on_printer()

    def show_printers(self, printers: Sequence[str], memory: PrintMemory) -> None:
        """They are known by now."""
        self._choice.show(printers, memory)
        self._on_printer()

    @Slot()
    def _on_printer(self) -> None:
        self.rest_verb(self._choice.lacking)

    def act(self) -> None:
        self.chosen.emit(self._printed, self._choice.printer, self._choice.copies)
        self.accept()
