"""Windows gives tables, menus, tool tips and messages a font of its own, whatever the application's is."""

import os
import subprocess
import sys

import pytest

PROGRAM = """
from PySide6.QtWidgets import QMenu, QMessageBox, QTableView
from lockdesk.ui.shell.application import create_application
application = create_application(["lockdesk"])
shown = QTableView()
shown.show()
application.processEvents()
for widget in (shown, shown.horizontalHeader(), QMenu(), QMessageBox()):
    widget.ensurePolished()
    print(widget.font().family())
print(application.font("QTipLabel").family())
"""


@pytest.mark.windows  # Windows' own fonts
def test_every_class_has_the_program_s_font() -> None:
    on_screen = {name: value for name, value in os.environ.items() if name != "QT_QPA_PLATFORM"}
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, env=on_screen, timeout=120, check=True)
    assert done.stdout.decode().split("\r\n")[:-1] == ["IBM Plex Sans"] * 5
