"""A full mailbox in the real window: its tray stands open while the mail comes in."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from PySide6.QtCore import QCoreApplication, QEvent

from lockdesk.desk.desk import Desk
from lockdesk.desk.values.cases import Received
from lockdesk.desk.values.tray import TrayMail
from lockdesk.ui.intake.mail_page import MailPage
from lockdesk.ui.shell.application import MainWindow, PreferenceFile
from lockdesk.ui.widgets.questions import ErrorSheet
from lockdesk.ui.widgets.rows import ID_ROLE
from lockdesk.ui.widgets.sheet import open_sheets
from tests.helpers.window.heart import Heart, loop_until
from tests.hostile.hands import Hands


class WindowHands:
    """Asks nothing of the desk: what the window's own work looks for, accepts and lists."""

    def __init__(self, window: MainWindow) -> None:
        self._window, self._work = window, window.mail_work
        self._page = window.findChildren(MailPage)[0]
        self._heart = Heart()
        self._received: Sequence[Received] = ()
        self._work.received.connect(self._on_received)

    def _on_received(self, received: Sequence[Received]) -> None:
        self._received = received

    @property
    def stall(self) -> float:
        return max(self._heart.gaps, default=0.0)

    def look(self) -> None:
        self._window.show_page("mail")
        self._work.look()
        self._heart.beat_until(self._is_idle)

    def accept(self, mail: TrayMail) -> Sequence[Received]:
        self._received = ()
        self._work.accept(mail.id)
        loop_until(self._is_idle)
        for sheet in open_sheets(self._window):
            sheet.reject()
            if isinstance(sheet, ErrorSheet):
                raise sheet.error
        return self._received

    def _is_idle(self) -> bool:
        return self._window.background.idle

    def listed(self) -> list[int]:
        model = self._page.list.model
        return [model.index(row, 0).data(ID_ROLE) for row in range(model.loaded)]


@contextmanager
def at_window(desk: Desk) -> Iterator[Hands]:
    """At the end nothing of the window is left."""
    window = MainWindow(desk, PreferenceFile())
    window.resize(1366, 768)
    window.show()
    window.show_page("mail")
    loop_until(lambda: window.background.idle)
    try:
        yield WindowHands(window)
    finally:
        window.close()
        window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
