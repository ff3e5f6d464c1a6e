"""Cases, complaints and mails found by what the officer types, or a case by a number that another page names."""

from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from lockdesk.desk.desk import Desk
from lockdesk.errors import LockdeskError
from lockdesk.ui.running.background import Background
from lockdesk.ui.shell.command_list import CommandList, Found


class CaseFinder(QObject):
    """Searches in the background; what was typed is answered in the command list."""

    found = Signal(int)
    complaint_found = Signal(int)
    missing = Signal(str)
    """The number under which there is neither."""

    def __init__(self, parent: QObject, desk: Desk, background: Background, commands: CommandList) -> None:
        super().__init__(parent)
        self._desk, self._background, self._commands = desk, background, commands
        commands.search_wanted.connect(self.search)

    @Slot(str)
    def search(self, text: str) -> None:
        told, failed = partial(self._commands.show_found, text), partial(self._on_failed, text)
        self._background.run(partial(self._found, text), told, failed, by_itself=not self._commands.awaits_answer)

    def _on_failed(self, text: str, error: LockdeskError) -> None:
        awaited = self._commands.awaits_answer
        self._commands.search_failed(text)
        if awaited:  # Enter was pressed since it began: it is no longer what came by itself
            QTimer.singleShot(0, self, partial(self._background.failed.emit, error))
        else:
            self._background.failed.emit(error)

    def _found(self, text: str) -> Found:
        """Runs on a worker."""
        reading = self._desk.reading
        return reading.search(text), reading.search_complaints(text), self._desk.search_mail(text)

    @Slot(str)
    def open_number(self, number: str) -> None:
        """A case's or a complaint's."""
        self._background.run(partial(self._found, number), partial(self._on_read, number))

    def _on_read(self, number: str, found: Found) -> None:
        cases, complaints, _mails = found
        case = next((row for row in cases if row.number == number), None)
        complaint = next((row for row in complaints if row.number == number), None)
        if case is not None:
            self.found.emit(case.id)
        elif complaint is not None:
            self.complaint_found.emit(complaint.id)
        else:
            self.missing.emit(number)
