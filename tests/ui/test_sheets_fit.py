"""Every dialog stands whole in the counter's window: none must be scrolled to reach its verb."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from lockdesk.ui.look.theme import theme
from lockdesk.ui.widgets.forms import text_area
from lockdesk.ui.widgets.parts import column
from lockdesk.ui.widgets.sheet import Dim, Sheet
from tests.ui.conftest import MakeWindow
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


class TextSheet(Sheet):
    """A text of many lines among others, and one beneath."""

    def __init__(self, parent: QWidget, lines: int, beneath: int = 0) -> None:
        super().__init__(parent, "Judul", "Keterangan", width=600)
        inside = QWidget()
        inner = column(inside)
        self.within = text_area(lines=lines)
        inner.addWidget(self.within)
        self.area = self.scrolled(inside, 160)
        if beneath:
            self.beneath = text_area(lines=beneath)
            self.body.addWidget(self.beneath)
        self.add_buttons("Simpan")


def test_nothing_gives_way_where_there_is_room(open_window: MakeWindow) -> None:
    sheet = TextSheet(open_window(), 3, beneath=30)
    sheet.open()
    assert sheet.height() <= sheet.window().height() and sheet.area.height() >= theme.px(160)
    sheet.reject()


def test_only_what_makes_the_dialog_lower_gives_way(open_window: MakeWindow) -> None:
    sheet = TextSheet(open_window(size=(1100, 500), percent=150), 30, beneath=8)
    sheet.open()
    assert sheet.within.maximumHeight() == theme.px(20 * 30 + 18)
    sheet.reject()


def test_a_dialog_grows_with_its_window_again(open_window: MakeWindow, qtbot: QtBot) -> None:
    window = open_window(size=(1100, 700))
    sheet = TextSheet(window, 30, beneath=8)
    sheet.open()
    whole = sheet.area.height()
    window.setMinimumHeight(0)
    window.resize(1100, 380)
    qtbot.waitUntil(lambda: sheet.height() <= window.height() < 700)
    assert sheet.area.height() < whole and sheet.verb.visibleRegion().boundingRect() == sheet.verb.rect()
    window.resize(1100, 700)
    qtbot.waitUntil(lambda: sheet.area.height() == whole)
    sheet.reject()


@pytest.mark.parametrize(("language", "percent"), [("id", 150), ("en", 150), ("id", 125)])
def test_no_dialog_is_higher_than_the_counters_window(
    tmp_path: Path, qtbot: QtBot, language: str, percent: int
) -> None:
    surveyor = Surveyor(tmp_path, language, percent)
    every_shot(surveyor)
    surveyor.close()
    assert surveyor.seen > 20 and not surveyor.too_high
