"""The window's shortcuts and what drags bring: small helpers of the main window."""

from typing import ClassVar

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer, Signal, Slot
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QLineEdit, QMainWindow, QPlainTextEdit, QWidget

from lockdesk.ui.look.actions import CASE_ACTIONS, WINDOW_ACTIONS, ActionSpec
from lockdesk.ui.widgets.parts import ENTER

_INPUT = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
    }
)


_WRITTEN_IN = (QLineEdit, QPlainTextEdit, QAbstractSpinBox)


class Shortcuts(QObject):
    """One QAction per declared action that has a shortcut. They go before the keys that a text field has of its own
    on some systems: on Linux Ctrl+E is the end of the line there."""

    asked = Signal(str)

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.actions: dict[str, QAction] = {}
        for spec in (*WINDOW_ACTIONS, *CASE_ACTIONS):
            if spec.shortcut:
                self._add(window, spec)
        self._keys = {action.shortcut().toString() for action in self.actions.values()}
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus)

    @Slot(QWidget, QWidget)
    def _on_focus(self, before: QWidget | None, focused: QWidget | None) -> None:
        """Only the field that is written in is watched."""
        if isinstance(before, _WRITTEN_IN):
            before.removeEventFilter(self)
        if isinstance(focused, _WRITTEN_IN) and focused.window() is self._window:
            focused.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.ShortcutOverride:
            return False
        if QKeySequence(event.keyCombination()).toString() not in self._keys:
            return False
        event.ignore()
        return True

    def _add(self, window: QMainWindow, spec: ActionSpec) -> None:
        action = QAction(spec.label, window)
        action.setObjectName(spec.id)
        action.setShortcut(QKeySequence(spec.shortcut))
        action.setAutoRepeat(False)
        action.triggered.connect(self._on_triggered)
        window.addAction(action)
        self.actions[spec.id] = action

    def _on_triggered(self) -> None:
        self.asked.emit(self.sender().objectName())

    def set_enabled(self, enabled: bool) -> None:
        for action in self.actions.values():
            action.setEnabled(enabled)


class IdleWatch(QObject):
    """Says when nobody has touched keyboard or mouse for a while. Watches the native window only."""

    idle = Signal()

    def __init__(self, minutes: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.idle)
        self.set_minutes(minutes)

    def set_minutes(self, minutes: int) -> None:
        self._timer.start(minutes * 60_000)

    def watch(self, window: QObject | None) -> None:
        if window is not None:
            window.removeEventFilter(self)
            window.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() in _INPUT:
            self._timer.start()
        return False


class HeldKeys(QObject):
    """Tells the repetitions of a held key as such. From an X server each comes as a release and a press of the same
    moment, and Qt takes most of them for strokes: it only looks whether the press is there when it meets the release.

    The release may come to one window and the press to the one that took its place.
    """

    _released: ClassVar[tuple[int, int]] = (0, 0)

    def watch(self, window: QObject | None) -> None:
        if window is not None:
            window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent):
            return False
        if event.isAutoRepeat():
            # Buttons and sheets see for themselves that a key is held; a field of one line does not.
            return event.key() in ENTER and isinstance(QApplication.focusWidget(), QLineEdit)
        if not event.timestamp():
            return False
        stroke = event.key(), event.timestamp()
        if event.type() == QEvent.Type.KeyRelease:
            HeldKeys._released = stroke
        elif event.type() == QEvent.Type.KeyPress and stroke == HeldKeys._released:
            repeated = QKeyEvent(event.type(), event.key(), event.modifiers(), event.text(), True, event.count())
            QCoreApplication.sendEvent(watched, repeated)
            return True
        return False
