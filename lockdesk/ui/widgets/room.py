"""How large a window may be: what its screen has beside the desktop's bars, and the window's own frame."""

from PySide6.QtCore import QRect, QSize
from PySide6.QtWidgets import QWidget

from lockdesk.ui.look.theme import theme

_FRAME = QSize(16, 40)
"""What a desktop's frame takes at most; Qt knows it only when the window is seen."""


def room_of(window: QWidget) -> QRect:
    """What the window's screen has beside the desktop's bars."""
    return window.screen().availableGeometry()


def fit(window: QWidget, wanted: QSize, room: QRect | None = None) -> None:
    """As large as wanted where there is room, and in its middle: no desktop lays it over the screen's edge."""
    room = room or room_of(window)
    size = wanted.boundedTo(room.size() - _FRAME)
    frame = QRect(room.topLeft(), size + _FRAME)
    frame.moveCenter(room.center())
    window.resize(size)
    window.move(frame.topLeft())


def fit_screen(window: QWidget) -> None:
    """One of the screens before the first window: all of them are as large."""
    fit(window, QSize(theme.px(920), theme.px(720)))
