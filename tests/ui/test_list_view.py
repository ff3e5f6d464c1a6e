"""A list sorted, narrowed and exported from the window, remembered in the profile, and brought back by one key."""

from datetime import date
from functools import partial
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from lockdesk.desk.values.cases import CaseFilter
from lockdesk.desk.values.listing import PLAIN, ListChoice, ListOrder, ListView, choice_text
from lockdesk.desk.values.reports import BookFormat
from lockdesk.ui.shell.application import MainWindow, PreferenceFile
from lockdesk.ui.widgets.list_view import ExportSheet, ViewSheet
from lockdesk.ui.widgets.sheet import open_sheets
from tests.ui.conftest import MakeWindow
from tests.ui.fake_desk import FakeDesk

SheetType = TypeVar("SheetType", bound=QWidget)


def shown(window: MainWindow, kind: type[SheetType]) -> SheetType:
    return next(sheet for sheet in open_sheets(window) if isinstance(sheet, kind))


def names(window: MainWindow) -> list[str]:
    model = window.cases.list.model
    return [str(model.index(place, 0).data()).partition(",")[0] for place in range(model.rowCount())]


def settle(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: window.background.idle, timeout=5000)


def band(window: MainWindow) -> str:
    return " ".join(part.text() for part in window.cases.list.band.findChildren(QLabel) if part.text())


def test_the_list_is_sorted_and_narrowed_and_says_so_until_escape(qtbot: QtBot, window: MainWindow) -> None:
    usual = names(window)
    window.begin("arrange_list")
    sheet = shown(window, ViewSheet)
    sheet.order.setCurrentIndex(sheet.order.findData("name:1"))
    qtbot.keyClick(sheet.verb, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert names(window) == sorted(usual, reverse=True) != usual
    assert window.cases.list.band.property("on") and "Urut nama, Z–A" in band(window)
    window.begin("arrange_list")
    sheet = shown(window, ViewSheet)
    qtbot.keyClicks(sheet.origin, "perpus")
    qtbot.keyClicks(sheet.first, "1/11/26")
    qtbot.keyClicks(sheet.last, "30 Nov 2026")
    qtbot.keyClick(sheet.last, Qt.Key.Key_Return)
    settle(qtbot, window)
    view = ListView(ListOrder.NAME, True, "perpus", date(2026, 11, 1), date(2026, 11, 30))
    assert window.work.listing.view == view
    for words in ("Unit kerja: perpus", "diterima 1 November 2026 – 30 November 2026", "urut nama, Z–A"):
        assert words in band(window)
    qtbot.keyClick(window.cases.list.view, Qt.Key.Key_Escape)
    settle(qtbot, window)
    assert window.work.listing.view == PLAIN and names(window) == usual
    assert not window.cases.list.band.property("on") and "Yang mendesak dahulu" in band(window)


@pytest.mark.parametrize("page", ["cases", "complaints"])
def test_no_state_to_choose_is_called_as_another_one(qtbot: QtBot, window: MainWindow, page: str) -> None:
    window.show_page(page)
    window.begin("arrange_list")
    state = shown(window, ViewSheet).state
    words = [state.itemText(place) for place in range(state.count())]
    assert len(set(words)) == len(words) > 5


def test_only_one_state_is_listed_and_said(qtbot: QtBot, window: MainWindow) -> None:
    window.begin("arrange_list")
    sheet = shown(window, ViewSheet)
    sheet.state.setCurrentIndex(sheet.state.findText("Diperiksa"))
    sheet.verb.click()
    settle(qtbot, window)
    model = window.cases.list.model
    rows = [model.index(place, 0).data() for place in range(model.rowCount())]
    assert rows and all("Diperiksa" in row for row in rows) and "Status: Diperiksa" in band(window)
    window.begin("arrange_list")
    assert shown(window, ViewSheet).state.currentText() == "Diperiksa"
    shown(window, ViewSheet).reject()


def test_days_the_wrong_way_round_are_told_at_the_field(qtbot: QtBot, window: MainWindow) -> None:
    window.begin("arrange_list")
    sheet = shown(window, ViewSheet)
    qtbot.keyClicks(sheet.first, "30-11-2026")
    qtbot.keyClicks(sheet.last, "1-11-2026")
    qtbot.keyClick(sheet.last, Qt.Key.Key_Return)
    assert not sheet.left and "mendahului" in sheet._last_field._below.text()
    sheet.reject()


def test_an_empty_result_says_how_to_go_on(qtbot: QtBot, window: MainWindow) -> None:
    window.work.listing.arrange(ListView(origin="tidak ada"))
    settle(qtbot, window)
    listed = window.cases.list
    assert not names(window) and listed._empty.isVisible()
    assert any("Esc" in part.text() for part in listed._empty.findChildren(QLabel))
    next(button for button in listed.band.findChildren(QWidget, "clearview")).click()  # type: ignore[attr-defined]
    settle(qtbot, window)
    assert names(window) and not listed._empty.isVisible()


def test_the_focus_of_an_empty_list_is_around_its_words_and_reached_by_keys(
    qtbot: QtBot, open_window: MakeWindow, desk: FakeDesk
) -> None:
    desk.state.cases.clear()
    window = open_window()
    qtbot.waitUntil(lambda: window.background.idle)
    stops = list[QWidget]()
    for _step in range(20):
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
        stops.append(window.focusWidget())
    (empty,) = {stop for stop in stops if stop.accessibleName().startswith("Daftar kosong")}
    assert empty.height() < window.cases.list.height() / 3, "not the whole of the empty room"


def press(qtbot: QtBot, window: MainWindow, key: Qt.Key) -> None:
    """A key where the keyboard is."""
    focused = QApplication.focusWidget()
    assert focused is not None, "the keyboard is nowhere"
    qtbot.keyClick(focused, key)
    settle(qtbot, window)


def test_the_key_that_an_empty_result_names_brings_the_list_back(
    qtbot: QtBot, open_window: MakeWindow, desk: FakeDesk
) -> None:
    window = open_window()
    usual = names(window)
    for again in range(2):
        window.begin("arrange_list")
        qtbot.keyClicks(shown(window, ViewSheet).origin, "tidak ada")
        qtbot.keyClick(shown(window, ViewSheet).origin, Qt.Key.Key_Return)
        settle(qtbot, window)
        assert not names(window)
        if again:  # as it is found after a restart
            window = open_window()
            window.cases.take_focus()
            assert not names(window) and not window.work.listing.view.plain
        press(qtbot, window, Qt.Key.Key_Escape)
        assert names(window) == usual
        press(qtbot, window, Qt.Key.Key_Down)
        assert window.cases.list.view.currentIndex().isValid(), "the keyboard is at the rows again"


def test_filter_and_order_are_as_they_were_left_in_this_profile(qtbot: QtBot, qapp: QApplication) -> None:
    desk = FakeDesk()
    wanted = ListView(ListOrder.RECEIVED, True, "dinas", date(2026, 11, 1))
    for start in range(2):
        window = MainWindow(desk, PreferenceFile())
        with qtbot.waitSignal(window.ready, timeout=5000):
            window.show()
        assert (window.work.listing.view == wanted) == bool(start)
        if not start:
            window.cases.list.press(str(CaseFilter.LATE))
            window.work.listing.arrange(wanted)
        else:
            assert window.work.listing.chosen == CaseFilter.LATE and window.cases.list.band.property("on")
            assert window.cases.list._buttons[CaseFilter.LATE].isChecked()
        qtbot.waitUntil(partial(getattr, window.background, "idle"), timeout=5000)
        window.close()
        window.deleteLater()


def test_what_is_chosen_while_the_list_is_recalled_counts(qtbot: QtBot, window: MainWindow, desk: FakeDesk) -> None:
    """A figure of the board opens the escalated complaints at once, whatever was looked at last."""
    desk.drafts.keep("list.complaints", choice_text(ListChoice("resolved")))
    window._on_figure("complaints", "escalated")
    settle(qtbot, window)
    assert window.complaint_work.listing.chosen == "escalated"


@pytest.mark.parametrize("page", ["cases", "complaints"])
def test_the_list_is_saved_as_it_is_shown(
    qtbot: QtBot, window: MainWindow, desk: FakeDesk, page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.show_page(page)
    settle(qtbot, window)
    saved: list[BookFormat] = []
    monkeypatch.setattr(window.services.printing, "save_table", lambda _name, form, _export: saved.append(form))
    window.begin("export_list")
    sheet = shown(window, ExportSheet)
    assert any("Tanpa NIK" in part.text() for part in sheet.findChildren(QLabel))
    qtbot.keyClick(sheet.verb, Qt.Key.Key_Return)
    assert saved == [BookFormat.CSV] == [sheet.form.value]
    assert not window.findChildren(QFileDialog)
    with pytest.raises(StopIteration):
        shown(window, ExportSheet)


def test_enter_saves_after_another_kind_of_file_was_chosen(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The keyboard stands on what was chosen then, and Enter is what the verb shows."""
    names: list[str] = []
    monkeypatch.setattr(window.services.printing, "save_table", lambda name, _form, _export: names.append(name))
    window.begin("export_list")
    sheet = shown(window, ExportSheet)
    kind = sheet.findChild(QPushButton, str(BookFormat.XLSX))
    qtbot.mouseClick(kind, Qt.MouseButton.LeftButton)
    qtbot.keyClick(kind, Qt.Key.Key_Return)
    assert [name.rpartition(".")[2] for name in names] == ["xlsx"]


def test_a_name_that_was_typed_without_its_ending_gets_it(
    qtbot: QtBot, window: MainWindow, desk: FakeDesk, tmp_path: Path
) -> None:
    window.services.printing.save("daftar-kasus.csv", lambda: b"isi", "Lembar data (*.csv)")
    dialog = next(found for found in window.findChildren(QFileDialog) if found.isVisible())
    typed = dialog.findChild(QLineEdit)
    typed.setText(str(tmp_path / "daftar"))
    qtbot.keyClick(typed, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert [path.name for path in tmp_path.iterdir()] == ["daftar.csv"], "else no program opens it"


@pytest.mark.parametrize(("typed", "said"), [("daftar.xlsx", "xlsx"), ("daftar.CSV", "csv"), ("daftar.v2", "csv")])
def test_a_list_is_written_as_its_typed_ending_says(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, typed: str, said: str
) -> None:
    window.services.printing.save_table("daftar.csv", BookFormat.CSV, lambda form: form.encode())
    dialog = next(found for found in window.findChildren(QFileDialog) if found.isVisible())
    name = dialog.findChild(QLineEdit)
    name.setText(str(tmp_path / typed))
    qtbot.keyClick(name, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert (tmp_path / typed).read_text() == said, "by its ending a program opens it"
