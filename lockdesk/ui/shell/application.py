"""The entry points: the application with its look, and a hook for what nobody caught."""

import os
import sys
from collections.abc import Sequence

from PySide6.QtCore import (
    QCoreApplication,
    QMessageLogContext,
    QTimer,
    QtMsgType,
    qInstallMessageHandler,
)
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from lockdesk.resource import resource
from lockdesk.ui.look.appearance import QtWords, apply_appearance
from lockdesk.ui.look.preferences import PreferenceFile, Preferences
from lockdesk.ui.look.theme import load_fonts, theme
from lockdesk.ui.running.mishaps import mishaps
from lockdesk.ui.shell.main_window import MainWindow
from lockdesk.words import _

__all__ = ["MainWindow", "PreferenceFile", "Preferences", "create_application"]

DESKTOP_NAME = "id.go.pekalongan.lockdesk"
USER_MODEL = "Pekalongan.LockDesk"
OFFSCREEN_NOISE = "This plugin does not support propagateSizeHints()"


def on_qt_message(kind: QtMsgType, _context: QMessageLogContext | None, message: str) -> None:
    """Qt's words on the error stream, but for one that the offscreen platform repeats with every window."""
    if message != OFFSCREEN_NOISE:
        print(message, file=sys.stderr)
    if kind is QtMsgType.QtFatalMsg:
        sys.stderr.flush()


def _while_starting(kind: QtMsgType, _context: QMessageLogContext | None, _message: str) -> None:
    """Of all that Qt says about its plugins before it aborts the process, one sentence is left: ours."""
    if kind is not QtMsgType.QtFatalMsg:
        return
    print(_("Jendela tidak dapat dibuka: layar tidak ditemukan."), file=sys.stderr)
    print(_("Jalankan dari desktop, atau periksa variabel DISPLAY dan paket libxcb-cursor0."), file=sys.stderr)
    sys.stderr.flush()
    os._exit(2)


def _introduce(application: QApplication) -> None:
    """How the desktop knows the program: its icon, its entry in the menu, its place in Windows' task bar."""
    application.setWindowIcon(QIcon(str(resource("icons/lockdesk.png"))))
    application.setDesktopFileName(DESKTOP_NAME)
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.shell32.SetCurrentProcessExplicitAppUserModelID(USER_MODEL)


def _keep_font() -> None:
    """When the desktop turns dark Qt asks it for its fonts again; ours come after that."""
    QTimer.singleShot(0, lambda: QApplication.setFont(theme.font()))


def create_application(argv: Sequence[str], preferences: Preferences | None = None) -> QApplication:
    """The one application object, with fonts, palette, style sheet, Qt's words and the exception hook."""
    QCoreApplication.setApplicationName("LockDesk")
    QCoreApplication.setOrganizationName("LockDesk")
    qInstallMessageHandler(_while_starting)
    found = QApplication.instance()
    application = found if isinstance(found, QApplication) else QApplication(list(argv))
    qInstallMessageHandler(on_qt_message)
    _introduce(application)
    application.setStyle("Fusion")
    load_fonts()
    words = QtWords(application)
    application.installTranslator(words)
    apply_appearance(application, preferences or Preferences())
    application.styleHints().colorSchemeChanged.connect(_keep_font)
    mishaps.watch()
    return application
