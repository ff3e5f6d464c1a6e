"""A window with nothing to do in it: while a profile is being opened, or behind what is to be told."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from lockdesk.ui.look.theme import Tone
from lockdesk.ui.widgets.parts import column, label
from lockdesk.ui.widgets.room import fit_screen


class BlankScreen(QWidget):
    """As large as the other screens of the start."""

    def __init__(self, words: str = "") -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle("LockDesk")
        fit_screen(self)
        told = label(words, tone=Tone.QUIET)
        told.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column(self).addWidget(told)
