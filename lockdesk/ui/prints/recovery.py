"""Asks for the recovery code to be put away: after the first start, and whenever a new one is wanted."""

from functools import partial

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from lockdesk.desk.desk import Desk
from lockdesk.desk.prints.recovery import Recovery, RecoveryCode
from lockdesk.ui.prints.printing import Printing
from lockdesk.ui.prints.recovery_sheet import RecoverySheet
from lockdesk.ui.running.background import FREE, Background


class RecoveryWork(QObject):
    """Makes a code on a worker, shows it, and records that it is on paper. Nothing in the practice profile."""

    changed = Signal()
    """Whether the code is on paper may be another answer now."""

    def __init__(self, desk: Desk, background: Background, printing: Printing, page: QWidget) -> None:
        super().__init__(page)
        self._desk = desk
        self._background = background
        self._printing = printing
        self._page = page

    def remind(self) -> None:
        """Makes and shows a code where none was ever put away."""
        self._background.run(self._wanted, self._on_wanted, by_itself=True)

    def _recovery(self) -> Recovery:
        recovery = self._desk.recovery
        assert recovery is not None
        return recovery

    def _wanted(self) -> bool:
        wanted = self._desk.office.works and self._desk.recovery is not None
        return wanted and not self._recovery().kept()

    def _on_wanted(self, wanted: bool) -> None:
        """Over nothing that the officer does already; it is reminded of again at the next start."""
        if wanted and self._background.where() == FREE:
            self.begin()

    @Slot()
    def begin(self) -> None:
        """Buat kode pemulihan baru."""
        self._background.run(self._make, self._on_made)

    def _make(self) -> RecoveryCode:
        return self._recovery().make()

    def _on_made(self, made: RecoveryCode) -> None:
        sheet = RecoverySheet(self._page, made)
        sheet.print_asked.connect(self._printing.send)
        sheet.kept.connect(self._on_kept)
        sheet.open()
        self.changed.emit()

    @Slot(object, str)
    def _on_kept(self, made: RecoveryCode, retyped: str) -> None:
        self._background.run(partial(self._confirm, made, retyped), self._on_confirmed)

    def _confirm(self, made: RecoveryCode, retyped: str) -> None:
        self._recovery().confirm(made, retyped)

    def _on_confirmed(self, _result: object) -> None:
        self.changed.emit()
