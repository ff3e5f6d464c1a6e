"""The letter in a window of its own, for a second screen; there is one letter view, which moves there and back."""

from PySide6.QtCore import QByteArray, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QCloseEvent, QGuiApplication, QKeyEvent, QMoveEvent, QResizeEvent, QScreen
from PySide6.QtWidgets import QWidget

from lockdesk.ui.look.theme import theme
from lockdesk.ui.widgets.parts import ENTER, column
from lockdesk.ui.widgets.room import fit, room_of
from lockdesk.ui.widgets.sheet import SideWindow
from lockdesk.words import _


class PapersWindow(SideWindow):
    """Holds the letter view while it is out. Keys that the letter does not take are the case's."""

    left = Signal()
    """It was closed, or its screen is gone."""
    key_pressed = Signal(QKeyEvent)

    def __init__(self, letter: QWidget, place: str, actions: list[QAction], parent: QWidget) -> None:
        """`place`: where it was last, as Qt keeps it; `actions`: the keys of the main window, which work here, too."""
        super().__init__(parent)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.addActions(actions)
        self._letter = letter
        column(self).addWidget(letter)
        letter.show()
        self._closing = False
        self._place = place
        application = QGuiApplication.instance()
        assert isinstance(application, QGuiApplication)
        application.screenRemoved.connect(self._on_screen_removed)
        if not (place and self.restoreGeometry(QByteArray.fromBase64(place.encode()))):
            self._begin_beside(parent)

    def _begin_beside(self, parent: QWidget) -> None:
        """On the second screen, if there is one; else as large as a page, where the officer puts it."""
        screens = [screen for screen in QGuiApplication.screens() if screen is not parent.screen()]
        fit(self, QSize(theme.px(760), theme.px(980)), screens[0].availableGeometry() if screens else room_of(parent))

    def show_title(self, name: str, number: str) -> None:
        self.setWindowTitle(_("Surat {name} · {number}").format(name=name, number=number))

    @property
    def place(self) -> str:
        """Where it is, or was as long as its screen was there: of another place Qt knows no way back."""
        return self._place

    def _note_place(self) -> None:
        if self.isVisible() and self.screen() in QGuiApplication.screens():
            self._place = bytes(self.saveGeometry().toBase64().data()).decode()

    def moveEvent(self, event: QMoveEvent) -> None:
        super().moveEvent(event)
        self._note_place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._note_place()

    def let_go(self) -> QWidget:
        """Gives the letter back and is gone."""
        self._closing = True
        self._letter.setParent(None)
        self.close()
        self.deleteLater()
        return self._letter

    @Slot()
    def toggle_full(self) -> None:
        """F11: the whole screen, or a window again."""
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    @Slot(QScreen)
    def _on_screen_removed(self, screen: QScreen) -> None:
        """Where only one screen is left the letter belongs to the case again, also if the system has moved it."""
        if not self._closing and (self.screen() is screen or len(QGuiApplication.screens()) < 2):
            self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.isFullScreen():
            self.toggle_full()
        elif event.key() in {*ENTER, Qt.Key.Key_Escape}:
            self.key_pressed.emit(event)
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._closing:
            super().closeEvent(event)
        else:
            event.ignore()
            self.left.emit()
