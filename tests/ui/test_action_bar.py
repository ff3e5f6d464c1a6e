"""The action bar at every width: it settles at once, and what does not fit is never there, not even for a moment."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from lockdesk.desk.requests.steps import Availability, CaseAction
from lockdesk.ui.cases.action_bar import ActionBar
from lockdesk.ui.look.actions import PROCEDURE, SIDE_ROADS
from lockdesk.ui.look.appearance import apply_appearance
from lockdesk.ui.look.preferences import Preferences
from lockdesk.words import language
from tests.ui.conftest import StrayWindows

WIDTHS = range(300, 2001)
ALL = frozenset(CaseAction)
SETS = [
    Availability(primary, enabled, {}, {})
    for primary in (*PROCEDURE, CaseAction.ANSWER, CaseAction.REJECT, None)
    for enabled in (ALL, frozenset({primary or CaseAction.PRINT, CaseAction.PRINT}))
]


class Watched(ActionBar):
    """Counts how deep its arranging stands within itself."""

    def __init__(self) -> None:
        self.nested = self.deepest = 0
        super().__init__()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.nested += 1
        self.deepest = max(self.deepest, self.nested)
        if self.nested < 20:  # an endless one is broken off
            super().resizeEvent(event)
        self.nested -= 1


class Appeared(QObject):
    """Whatever shows in the bar."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[QObject] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show:
            self.seen.append(watched)
        return False


@pytest.fixture(autouse=True)
def own_windows(strays: StrayWindows) -> None:
    strays.allowed = (QWidget,)


@pytest.fixture(params=[(percent, tongue) for percent in (100, 125, 150, 200) for tongue in ("id", "en")], ids=str)
def look(qapp: QApplication, request: pytest.FixtureRequest) -> Iterator[None]:
    percent, tongue = request.param
    language.choose(tongue)
    apply_appearance(qapp, Preferences(percent=percent, language=tongue))
    yield
    language.choose("id")
    apply_appearance(qapp, Preferences())


def beside(bar: ActionBar, across: bool) -> QWidget:
    """A window with the bar, which `across` is as wide as it wants to be, and otherwise as the window."""
    window = QWidget()
    around = QHBoxLayout(window) if across else QVBoxLayout(window)
    around.setContentsMargins(0, 0, 0, 0)
    rest = QLabel()
    rest.setSizePolicy(QSizePolicy.Policy.MinimumExpanding, QSizePolicy.Policy.MinimumExpanding)
    around.addWidget(rest)
    around.addWidget(bar)
    return window


@pytest.mark.usefixtures("look")
@pytest.mark.parametrize("across", [False, True])
def test_it_never_arranges_itself_within_its_own_arranging(qapp: QApplication, across: bool) -> None:
    bar = Watched()
    window = beside(bar, across)
    window.resize(1366, 200)
    window.show()
    for number, available in enumerate(SETS):
        bar.show_available(None)
        bar.show_available(available, {CaseAction.SETTLE: "Periksa status permohonan penerbitan"})
        for width in WIDTHS[number * 7 :: 211]:
            bar.set_busy(width % 2 == 0, "Menunggu jawaban CA…" if width % 2 == 0 else "")
            window.resize(width, 200 + width % 3)
            qapp.processEvents()
    window.close()
    assert bar.deepest == 1


@pytest.mark.usefixtures("look")
def test_what_does_not_fit_is_never_shown(qapp: QApplication) -> None:
    bar, appeared = ActionBar(), Appeared()
    window = beside(bar, across=False)
    window.show()
    for button in bar.findChildren(QWidget):
        button.installEventFilter(appeared)
    flashed: list[tuple[int, str]] = []

    def note() -> None:
        flashed.extend(
            (window.width(), shown.objectName())
            for shown in appeared.seen
            if isinstance(shown, QWidget) and shown.isHidden()
        )
        appeared.seen.clear()

    for number, available in enumerate(SETS):
        for width in (*WIDTHS[number * 7 :: 307], *reversed(WIDTHS[number * 5 :: 293])):
            window.resize(width, 200)
            note()
            bar.show_available(available)
            note()
            primary = bar.primary
            assert primary is None or not primary.isHidden()
    window.close()
    assert flashed == []


def test_all_that_is_possible_shows_where_there_is_room(qapp: QApplication) -> None:
    bar = ActionBar()
    window = beside(bar, across=False)
    window.resize(4000, 200)
    window.show()
    bar.show_available(Availability(CaseAction.ACCEPT, ALL, {}, {}))
    shown = [action for action in SIDE_ROADS if not bar._left[action].isHidden()]
    window.close()
    assert shown == list(SIDE_ROADS)
    assert [step for step, button in bar._right.items() if not button.isHidden()] == list(bar.procedure())
