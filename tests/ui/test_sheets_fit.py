"""Every dialog stands whole in the counter's window: none must be scrolled to reach its verb."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QScrollArea
from pytestqt.qtbot import QtBot

from lockdesk.ui.widgets.sheet import Dim
from tests.ui.shots import Camera, every_shot


class Surveyor(Camera):
    """Looks whether what covers the window must be scrolled."""

    def __init__(self, folder: Path, language: str, percent: int) -> None:
        self.seen = 0
        self.too_high: list[str] = []
        super().__init__(folder, "light", language, (1366, 768), percent)

    def rest(self, milliseconds: int = 0) -> None:
        super().rest(min(milliseconds, 20))

    def shoot(self, name: str) -> None:
        self.rest(20)
        for dim in self.window.findChildren(Dim):
            if dim.isVisible():
                self.seen += 1
                if dim.findChildren(QScrollArea)[0].verticalScrollBar().maximum():
                    self.too_high.append(name)


@pytest.mark.parametrize(("language", "percent"), [("id", 150), ("en", 150), ("id", 125)])
def test_no_dialog_is_higher_than_the_counters_window(
    tmp_path: Path, qtbot: QtBot, language: str, percent: int
) -> None:
    surveyor = Surveyor(tmp_path, language, percent)
    every_shot(surveyor)
    surveyor.close()
    assert surveyor.seen > 20 and not surveyor.too_high
