"""An officer at the window: every key, click, drop and typed field is counted as one action."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from lockdesk.core.cases import CaseState
from lockdesk.desk.requests.steps import CaseAction
from lockdesk.desk.values.cases import CaseView
from lockdesk.ui.cases.action_bar import ActionButton
from lockdesk.ui.shell.application import MainWindow
from lockdesk.ui.widgets.sheet import Sheet, open_sheets
from tests.helpers.window.real_window import PATIENCE_MS

S = TypeVar("S", bound=Sheet)
_NO, _CTRL, _ALT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
)


class Officer:
    """Acts where the keyboard is, as a person does, and waits for what the window shows."""

    def __init__(self, qtbot: QtBot, window: MainWindow) -> None:
        self._qtbot, self.window = qtbot, window
        self.actions: list[str] = []

    @property
    def focused(self) -> QWidget:
        widget = QApplication.focusWidget()
        assert widget is not None, "the keyboard is nowhere"
        return widget

    @property
    def case(self) -> CaseView:
        case = self.window.cases.panel.case
        assert case is not None
        return case

    def drop(self, path: Path) -> None:
        """A mail from the mail program."""
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path))])
        event = QDropEvent(
            QPoint(500, 300), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        )
        self.actions.append("drop")
        with self._qtbot.waitSignal(self.window.case_shown, timeout=PATIENCE_MS):
            self.window.dropEvent(event)
        self.rest()

    def key(self, key: Qt.Key, control: bool = False, alt: bool = False) -> None:
        """One key, where the keyboard is."""
        held = "Ctrl+" * control + "Alt+" * alt
        self.actions.append(held + key.name.removeprefix("Key_").replace("Return", "Enter"))
        self._qtbot.keyClick(self.focused, key, _CTRL if control else _ALT if alt else _NO)
        self.rest()

    def enter(self) -> None:
        self.key(Qt.Key.Key_Return)

    def confirm(self) -> None:
        """Ctrl+Enter, once the sheet was seen."""
        sheet = self.sheet(Sheet)
        self.until(lambda: sheet.calm)
        self.key(Qt.Key.Key_Return, control=True)

    def shortcut(self, key: Qt.Key, words: str, control: bool = True, shift: bool = False) -> None:
        """A key of the window, wherever the keyboard is in it."""
        self.actions.append(words)
        held = (_CTRL if control else _NO) | (Qt.KeyboardModifier.ShiftModifier if shift else _NO)
        self._qtbot.keyClick(self.window, key, held)
        self.rest()

    def begin(self, action: CaseAction) -> None:
        """By its button, or from the menu behind the dots: that one costs two clicks."""
        bar = self.window.cases.panel.bar
        button = next((b for b in bar.findChildren(ActionButton) if b.action is action and b.isVisible()), None)
        if button is not None:
            self.click(button, f"click {button.text()}")
            return
        self.actions += ["click …", f"click {action}"]
        bar.action_asked.emit(str(action))
        self.rest()

    def show(self, case_id: int) -> None:
        """A case that is there already, with the keyboard on its next step: not counted."""
        with self._qtbot.waitSignal(self.window.case_shown, timeout=PATIENCE_MS):
            self.window.show_case(case_id)
        self.rest()
        self.window.cases.take_focus()

    def write(self, text: str) -> None:
        """One field; the keyboard stands in it already."""
        self.actions.append(f"“{text}”")
        self._qtbot.keyClicks(self.focused, text)
        self.rest()

    def click(self, widget: QWidget, words: str) -> None:
        assert widget.isVisible() and widget.isEnabled(), words
        self.actions.append(words)
        self._qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)
        self.rest()

    # ── what is seen ──

    def rest(self) -> None:
        """Until nothing is on its way."""
        self._qtbot.wait(0)
        self.until(lambda: self.window.background.idle)

    def until(self, reached: Callable[[], bool]) -> None:
        self._qtbot.waitUntil(reached, timeout=PATIENCE_MS)

    def sheet(self, kind: type[S]) -> S:
        """The dialog on top, which must be of that kind."""
        self.until(lambda: any(isinstance(sheet, kind) for sheet in open_sheets(self.window)))
        top = open_sheets(self.window)[-1]
        assert isinstance(top, kind), type(top).__name__
        return top

    def reaches(self, state: CaseState) -> None:
        self.until(lambda: self.window.cases.panel.case is not None and self.case.state is state)
        self.rest()


def unlock(qtbot: QtBot, window: MainWindow, passphrase: str = "pelatihan") -> None:
    """Types the passphrase over a locked window."""
    overlay = window.locking.overlay
    assert overlay is not None
    edit = overlay.findChild(QLineEdit)
    assert edit is not None and edit.isEnabled()
    edit.setText(passphrase)
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.background.idle)
