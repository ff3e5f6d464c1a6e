"""A window begins as the last one was left: the open case, its arrangement, moved bars, the letter's window."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QApplication, QHeaderView, QLineEdit, QSplitterHandle, QWidget
from pytestqt.qtbot import QtBot

from lockdesk.core.roles import Role
from lockdesk.ui.cases import casework
from lockdesk.ui.cases.arranging import Arrangement
from lockdesk.ui.look.appearance import apply_appearance
from lockdesk.ui.register.page import RegisterPage
from lockdesk.ui.shell.application import MainWindow, PreferenceFile, Preferences
from lockdesk.ui.shell.blank import BlankScreen
from lockdesk.ui.shell.first_start import FirstStartWizard
from lockdesk.ui.shell.passphrase import PassphraseScreen
from lockdesk.ui.verification import papers_window
from lockdesk.ui.verification.papers_window import PapersWindow
from lockdesk.ui.widgets import room as rooms
from lockdesk.ui.widgets.kept_widths import kept
from tests.ui.conftest import StrayWindows, started
from tests.ui.fake_desk import UNDECIDED, FakeDesk


def look_at(qtbot: QtBot, window: MainWindow, case_id: int) -> None:
    with qtbot.waitSignal(window.case_shown, timeout=5000):
        window.show_case(case_id)
    window.work._on_dwelt()
    qtbot.waitUntil(lambda: window.background.idle, timeout=5000)


def test_case_and_arrangement_are_there_again(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    desk, file = FakeDesk(), tmp_path / "jendela.json"
    with started(qtbot, desk, file, case=False) as window:
        assert window.work.case_id == 0
        look_at(qtbot, window, UNDECIDED)
        window.begin("side_by_side")
    with started(qtbot, desk, file) as window:
        assert window.work.case_id == UNDECIDED
        assert window.cases.arranging.arrangement is Arrangement.SIDE_BY_SIDE and not window.cases.list.isVisible()
        window.begin("side_by_side")
        window.begin("papers_window")
    with started(qtbot, desk, file) as window:
        assert window.cases.arranging.papers is not None
        assert window.isActiveWindow(), "the keyboard is the case's"
        window.begin("papers_window")
    with started(qtbot, desk, file) as window:
        assert window.cases.arranging.papers is None
        assert window.cases.arranging.arrangement is Arrangement.ORDINARY


def test_a_case_that_is_gone_or_another_s_is_not_opened(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    desk = FakeDesk()
    for kept_text in ("", "77777", "sekar"):
        desk.drafts.keep(f"window.case.{desk.office.role}", kept_text)
        desk.drafts.keep(f"window.case.{Role.HEAD}", str(UNDECIDED))
        with started(qtbot, desk, tmp_path / "jendela.json", case=False) as window:
            assert window.work.case_id == 0
    assert casework.last_case(desk) == 0 if kept_text == "sekar" else True


def test_moved_bars_and_columns_stay(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    desk, file = FakeDesk(), tmp_path / "jendela.json"
    with started(qtbot, desk, file, case=False) as window:
        look_at(qtbot, window, UNDECIDED)
        panel = window.cases.panel
        before = panel.verification.width()
        panel._splitter.moveSplitter(panel.verification.width() - 70, 1)
        assert panel.verification.width() == before - 70
        window.show_page("register")
        qtbot.waitUntil(lambda: window.background.idle, timeout=5000)
        header = window.findChildren(RegisterPage)[0]._table.horizontalHeader()
        edge = QPoint(header.sectionViewportPosition(1) - 1, header.height() // 2)
        widened = header.sectionSize(0) + 33
        qtbot.mousePress(header.viewport(), Qt.MouseButton.LeftButton, pos=edge)
        qtbot.mouseMove(header.viewport(), edge + QPoint(20, 0))
        qtbot.mouseMove(header.viewport(), edge + QPoint(33, 0))
        qtbot.mouseRelease(header.viewport(), Qt.MouseButton.LeftButton, pos=edge + QPoint(33, 0))
        assert abs(header.sectionSize(0) - widened) <= 2
        widened = header.sectionSize(0)
    kept.known = {}
    with started(qtbot, desk, file) as window:
        assert abs(window.cases.panel.verification.width() - (before - 70)) <= 2
        window.begin("enlarge")
        window.begin("enlarge")
        assert abs(window.cases.panel.verification.width() - (before - 70)) <= 2, "also after another arrangement"
        window.show_page("register")
        assert window.findChildren(RegisterPage)[0]._table.columnWidth(0) == widened


def test_each_book_has_its_own_columns(qtbot: QtBot, window: MainWindow) -> None:
    header = QHeaderView(Qt.Orientation.Horizontal)
    header.setModel(QStandardItemModel(1, 3, header))
    kept.known = {"book.cases": [111, 122, 133]}
    kept.columns("book", header)
    kept.fit("book.cases", header)
    assert [header.sectionSize(place) for place in range(3)] == [111, 122, 133]
    header.resizeSection(0, 99)
    assert kept.known == {"book.cases": [111, 122, 133]}, "only what is moved by hand"
    kept.known = {"book.cases": [1, 2]}
    kept.fit("book.cases", header)
    assert header.sectionSize(1) == 122, "those of another version"
    header.deleteLater()
    kept.known = {}


@pytest.mark.parametrize(("screen", "fits"), [((1366, 768), (1350, 728)), ((1366, 728), (1350, 688)),
                                              ((1920, 1040), (1366, 768))])  # fmt: skip
def test_at_first_the_window_fits_the_screen_with_its_frame(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, screen: tuple[int, int], fits: tuple[int, int]
) -> None:
    room = QRect(0, 0, *screen)
    monkeypatch.setattr(rooms, "room_of", lambda _window: room)
    window = MainWindow(FakeDesk(), PreferenceFile())
    assert (window.width(), window.height()) == fits
    window.close()
    window.deleteLater()


BEGINNINGS: dict[str, Callable[[QWidget], QWidget]] = {
    "first start": lambda _beside: FirstStartWizard(Path("tidak-ada")),
    "passphrase": lambda _beside: PassphraseScreen(),
    "blank": lambda _beside: BlankScreen(),
    "letter": lambda beside: PapersWindow(QWidget(), "", [], beside),
}


@pytest.mark.parametrize("percent", [100, 150])
@pytest.mark.parametrize("screen", [(1366, 720), (1280, 680)])
@pytest.mark.parametrize("name", BEGINNINGS)
def test_every_window_fits_the_screen_it_opens_on(
    qtbot: QtBot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch, name: str, screen: tuple[int, int], percent: int
) -> None:
    """With the frame that a desktop lays around it."""
    apply_appearance(qapp, Preferences(percent=percent))
    room = QRect(0, 40, *screen)
    monkeypatch.setattr(rooms, "room_of", lambda _window: room)
    monkeypatch.setattr(papers_window, "room_of", lambda _window: room)
    beside = QWidget()
    window = BEGINNINGS[name](beside)
    assert room.contains(QRect(window.pos(), window.size() + QSize(16, 40)))
    window.deleteLater()
    beside.deleteLater()


@pytest.mark.parametrize("percent", [100, 150])
def test_who_serves_is_written_without_scrolling(
    qtbot: QtBot, qapp: QApplication, strays: StrayWindows, monkeypatch: pytest.MonkeyPatch, percent: int
) -> None:
    apply_appearance(qapp, Preferences(percent=percent))
    monkeypatch.setattr(rooms, "room_of", lambda _window: QRect(0, 0, 1366, 728))
    strays.allowed = (FirstStartWizard,)
    wizard = FirstStartWizard(Path("tidak-ada"))
    wizard.show()
    qtbot.waitExposed(wizard)
    name = next(edit for edit in wizard.findChildren(QLineEdit) if edit.accessibleName() == "Nama")
    assert name.visibleRegion().boundingRect() == name.rect()
    wizard.deleteLater()
    wizard.close()


def test_a_key_is_answered_before_all_that_stands_behind_the_list_is_made(qtbot: QtBot, desk: FakeDesk) -> None:
    """The first key of a day, right as the list is seen, waits for neither panels nor pages."""
    window, order = MainWindow(desk, PreferenceFile()), list[str]()

    def press() -> None:
        qtbot.keyClick(window.cases.list.view, Qt.Key.Key_End)
        order.append("key" if window._services is None else "key behind the pages")

    window.cases.first_rows_shown.connect(lambda: QTimer.singleShot(0, press))
    window.cases.handling_made.connect(lambda: order.append("panel"))
    with qtbot.waitSignal(window.ready, timeout=5000):
        window.show()
    assert order == ["key", "panel"]
    qtbot.waitUntil(lambda: window.background.idle, timeout=5000)
    window.close()
    window.deleteLater()


def test_the_list_is_as_wide_as_it_was_made_on_every_page(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    """Longer names are read whole; the letter beside the case keeps its share of what is left."""
    desk, file = FakeDesk(), tmp_path / "jendela.json"
    with started(qtbot, desk, file, case=False) as window:
        look_at(qtbot, window, UNDECIDED)
        listed = window.cases.list
        usual = listed.width()
        bar = next(b for b in window.cases.findChildren(QSplitterHandle) if b.isVisible() and abs(b.x() - usual) < 4)
        qtbot.mousePress(bar, Qt.MouseButton.LeftButton, pos=QPoint(2, 5))
        qtbot.mouseMove(bar, QPoint(62, 5))
        qtbot.mouseRelease(bar, Qt.MouseButton.LeftButton, pos=QPoint(2, 5))
        widened = listed.width()
        assert usual + 50 < widened
        window.begin("enlarge")
        assert not listed.isVisible()
        window.begin("enlarge")
        assert listed.width() == widened
    kept.known = {}
    with started(qtbot, desk, file) as window:
        assert abs(window.cases.list.width() - widened) <= 2
        window.show_page("complaints")
        assert abs(window.services.pages.complaints().list.width() - widened) <= 2
    wider = PreferenceFile(file)
    wider.change(widths={"list": [900, 400]})
    with started(qtbot, desk, file) as window:
        assert window.cases.list.width() <= 0.4 * window.width() + 1, "the case keeps its room"
