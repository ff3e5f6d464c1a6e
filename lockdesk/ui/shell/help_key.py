"""F1 on the screens that come before the window, or instead of it."""

from functools import partial

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from lockdesk.ui.look.actions import WINDOW_SPEC, WindowAction
from lockdesk.ui.look.help_places import HelpPlace
from lockdesk.ui.widgets.parts import HintButton
from lockdesk.ui.widgets.sheet import open_sheets

_HELP = WINDOW_SPEC[WindowAction.HELP]


def give_help(screen: QWidget, place: HelpPlace) -> None:
    """F1 opens the help over `screen`, not over itself."""
    key = QShortcut(QKeySequence(_HELP.shortcut), screen)
    key.setAutoRepeat(False)
    key.activated.connect(partial(show_help, screen, place))


def help_button(screen: QWidget, place: HelpPlace) -> HintButton:
    """The same for the mouse, and for whoever does not know the key."""
    button = HintButton(_HELP.label, _HELP.shortcut)
    button.clicked.connect(partial(show_help, screen, place))
    give_help(screen, place)
    return button


def show_help(screen: QWidget, place: HelpPlace, _checked: bool = False) -> None:
    """Opens the help over `screen`, once."""
    from lockdesk.ui.office.help import HelpSheet  # late: who needs none waits for none

    if not any(sheet.is_help for sheet in open_sheets(screen.window())):
        HelpSheet(screen, *place).open()
