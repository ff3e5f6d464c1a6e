"""Qt's own dialogs and calendars: every word is there, and in the language of the window."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QCalendarWidget,
    QComboBox,
    QDialog,
    QFileDialog,
    QGroupBox,
    QLabel,
    QLineEdit,
    QMessageBox,
    QTableView,
    QTabWidget,
    QWidget,
)
from pytestqt.qtbot import QtBot

from lockdesk.ui.look.appearance import apply_appearance
from lockdesk.ui.shell.application import Preferences
from lockdesk.ui.widgets.days import date_field
from tests.ui.conftest import StrayWindows

ENGLISH = re.compile(r"\b(the|file|name|cancel|save|open|page|print|look|of|type|back|show|already|new)\b", re.I)


@pytest.fixture(autouse=True)
def free(strays: StrayWindows) -> None:
    strays.allowed = (QDialog, QWidget)


def words_of(widget: QWidget) -> Iterator[str]:
    for child in widget.findChildren(QWidget):
        if isinstance(child, QLabel | QAbstractButton):
            yield child.text()
        if isinstance(child, QGroupBox):
            yield child.title()
        if isinstance(child, QTabWidget):
            yield from (child.tabText(place) for place in range(child.count()))
        if isinstance(child, QComboBox) and not child.isEditable():
            yield from (child.itemText(place) for place in range(child.count()))
        yield child.toolTip()
    for action in widget.findChildren(QAction):
        yield action.text()


def file_dialog(folder: Path) -> QFileDialog:
    dialog = QFileDialog(None, "Simpan", str(folder), "Dokumen PDF (*.pdf)")
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    return dialog


def test_the_file_and_print_dialogs_speak_indonesian(qtbot: QtBot, tmp_path: Path) -> None:
    printer = QPrinter()  # the dialog does not keep it
    for dialog in (file_dialog(tmp_path), QPrintDialog(printer)):
        qtbot.addWidget(dialog)
        dialog.show()
        words = [text for text in words_of(dialog) if text and not text.startswith(str(tmp_path.root))]
        assert len(words) > 10
        assert [text for text in words if ENGLISH.search(text)] == []
        buttons = [b for b in dialog.findChildren(QAbstractButton) if b.isVisible() and not b.icon().isNull()]
        assert all(button.text() or button.toolTip() for button in buttons), "no button is without a word"
        dialog.close()


def test_whoever_overwrites_a_file_is_asked_in_words(qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "ada.pdf").write_bytes(b"isi")
    dialog = file_dialog(tmp_path)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.selectFile(str(tmp_path / "ada.pdf"))
    asked: list[tuple[str, list[str]]] = []

    def answer() -> None:
        for box in QApplication.topLevelWidgets():
            if isinstance(box, QMessageBox) and box.isVisible():
                asked.append((box.text(), [button.text() for button in box.buttons()]))
                box.reject()

    QTimer.singleShot(0, answer)
    dialog.accept()
    assert asked == [("ada.pdf sudah ada.\nGanti berkas itu?", ["Ya", "Tidak"])]
    dialog.close()


def test_what_has_no_translation_keeps_its_own_word(qtbot: QtBot) -> None:
    assert QApplication.translate("QDialog", "A word of nobody") == "A word of nobody"
    edit = QLineEdit()
    qtbot.addWidget(edit)
    keys = [action.text().partition("\t")[2] for action in edit.createStandardContextMenu().actions()]
    assert "Ctrl+C" in keys


@pytest.mark.parametrize("percent", [100, 150])
def test_a_calendar_shows_its_days(qtbot: QtBot, qapp: QApplication, percent: int) -> None:
    apply_appearance(qapp, Preferences(percent=percent))
    page = QWidget()
    page.resize(600, 500)
    qtbot.addWidget(page)
    field = date_field()
    field.setParent(page)
    page.show()
    field.show()
    qtbot.keyClick(field, Qt.Key.Key_F4)
    calendar = field.findChildren(QCalendarWidget)[0]
    qtbot.waitUntil(calendar.isVisible)
    view = calendar.findChild(QTableView)
    assert isinstance(view, QAbstractItemView)
    model = view.model()
    assert [model.data(model.index(0, day)) for day in range(7)] == ["Sen", "Sel", "Rab", "Kam", "Jum", "Sab", "Min"]
    picture = calendar.grab().toImage()
    scale = picture.devicePixelRatio()
    for row in range(7):
        for column in range(7):
            cell = view.visualRect(model.index(row, column)).translated(view.mapTo(calendar, QPoint(0, 0)))
            assert calendar.rect().contains(cell.center()), "the whole month fits"
            inked = [
                y
                for y in range(cell.top() + 1, cell.bottom())
                if len(
                    {picture.pixel(round(x * scale), round(y * scale)) for x in range(cell.left() + 1, cell.right())}
                )
                > 1
            ]
            assert len(inked) >= 6, "three dots are not as high as letters"
    calendar.window().close()
