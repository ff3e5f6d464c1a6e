"""What a lock does to the window: nothing of it is seen, reached or carried out until the passphrase is given."""

from functools import partial

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow, QWidget

from lockdesk.desk.desk import Guard
from lockdesk.ui.running.background import Background
from lockdesk.ui.running.clipboard import copies
from lockdesk.ui.shell.lock import LockOverlay
from lockdesk.ui.widgets.sheet import Sheet, SideWindow, open_sheets


class Lock(QObject):
    """Locks a window and, given the passphrase, brings everything back as it was."""

    unlocked = Signal()

    def __init__(self, window: QMainWindow, background: Background, guard: Guard) -> None:
        super().__init__(window)
        self._window, self._background, self._guard = window, background, guard
        self._focus: QWidget | None = None
        self.closed = self._practice = False
        self.overlay: LockOverlay | None = None
        """The cover, made with the first lock."""

    def renew_cover(self, practice: bool) -> None:
        """The cover is made anew, as everything that is seen."""
        self._practice = practice
        if self.overlay is not None:
            self.overlay.deleteLater()
            self.overlay = None

    def _cover(self) -> LockOverlay:
        made = LockOverlay(self._window, self._practice)
        made.unlock_asked.connect(self._on_unlock)
        return made

    @Slot()
    def close(self) -> None:
        """Menus and the system's dialogs are left, sheets keep what was typed, the page itself is hidden: a late
        answer can neither show anything on it nor give it the keyboard. The journal says so."""
        if self.closed:
            return
        overlay = self.overlay = self.overlay or self._cover()
        self.closed = True
        while (popup := QApplication.activePopupWidget()) is not None:
            popup.close()
        self._focus = QApplication.focusWidget()
        for dialog in QApplication.topLevelWidgets():
            if isinstance(dialog, QDialog) and dialog.isVisible():
                dialog.reject()
        for sheet in self._window.findChildren(Sheet):
            sheet.put_away()
        self._show_page(False)
        copies.take_back()
        overlay.cover()
        self._background.run(self._guard.lock, by_itself=True)

    def _show_page(self, shown: bool) -> None:
        page = self._window.centralWidget()
        if page is not None:
            page.setEnabled(shown)  # a hidden widget alone would still take the keyboard
            page.setVisible(shown)
        for beside in self._window.findChildren(SideWindow):
            beside.setVisible(shown)
            if shown:  # to whoever has just unlocked; what locks by itself leaves another program's keyboard alone
                self._window.activateWindow()

    @Slot(str)
    def _on_unlock(self, passphrase: str) -> None:
        assert self.overlay is not None
        self._background.run(partial(self._guard.unlock, passphrase), self._on_unlocked, self.overlay.show_error)

    def _on_unlocked(self, right: bool) -> None:
        assert self.overlay is not None
        if not right:
            self.overlay.refuse()
            return
        self.closed = False
        for sheet in open_sheets(
            self._window
        ):  # asked for over the lock: it would lie over the page, without the keyboard
            sheet.reject()
        self.overlay.hide()
        self._show_page(True)
        focus, self._focus = self._focus, None
        if focus is not None and shiboken6.isValid(focus):
            focus.setFocus(Qt.FocusReason.OtherFocusReason)
        for sheet in self._window.findChildren(Sheet):
            sheet.bring_back()
        self.unlocked.emit()
