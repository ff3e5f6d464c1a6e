"""The entry points: the application with its look, and a hook for what nobody caught."""

import sys
from collections.abc import Sequence

from PySide6.QtCore import (
    QCoreApplication,
    QMessageLogContext,
    QtMsgType,
    qInstallMessageHandler,
)
from PySide6.QtWidgets import QApplication

from lockdesk.ui.appearance import QtWords, dress
from lockdesk.ui.main_window import MainWindow
from lockdesk.ui.mishaps import mishaps
from lockdesk.ui.preferences import PreferenceFile, Preferences
from lockdesk.ui.theme import load_fonts

__all__ = ["MainWindow", "PreferenceFile", "Preferences", "create_application"]

OFFSCREEN_NOISE = "This plugin does not support propagateSizeHints()"


def on_qt_message(kind: QtMsgType, _context: QMessageLogContext | None, message: str) -> None:
    """Qt's words on the error stream, but for one that the offscreen platform repeats with every window."""
    if message != OFFSCREEN_NOISE:
        print(message, file=sys.stderr)
    if kind is QtMsgType.QtFatalMsg:
        sys.stderr.flush()


def create_application(argv: Sequence[str], preferences: Preferences | None = None) -> QApplication:
    """The one application object, with fonts, palette, style sheet, Qt's words and the exception hook."""
    QCoreApplication.setApplicationName("LockDesk")
    QCoreApplication.setOrganizationName("LockDesk")
    qInstallMessageHandler(on_qt_message)
    found = QApplication.instance()
    application = found if isinstance(found, QApplication) else QApplication(list(argv))
    application.setStyle("Fusion")
    load_fonts()
    words = QtWords(application)
    application.installTranslator(words)
    dress(application, preferences or Preferences())
    mishaps.watch()
    return application
