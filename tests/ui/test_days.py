"""A field for a day: typed in any spelling, told where it is none, stepped by keys, never turned by the wheel."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QCalendarWidget, QComboBox, QSpinBox, QTableView, QWidget
from pytestqt.qtbot import QtBot

from lockdesk.ui.look.times import here
from lockdesk.ui.shell.application import MainWindow
from lockdesk.ui.widgets.days import DayBox, MomentBox, date_field, days_are_whole
from lockdesk.ui.widgets.forms import Field, NumberBox, choice
from lockdesk.ui.widgets.sheet import Sheet

JAKARTA = ZoneInfo("Asia/Jakarta")


def put(window: MainWindow, box: QWidget) -> Field:
    """The field on the page of the window."""
    field = Field("Tanggal", box, parent=window.centralWidget())
    field.resize(300, 90)
    field.show()
    return field


def retype(qtbot: QtBot, box: DayBox, text: str) -> None:
    box.selectAll()
    qtbot.keyClick(box, Qt.Key.Key_Backspace)
    qtbot.keyClicks(box, text)


def test_a_day_begins_today_and_takes_what_is_typed(qtbot: QtBot, window: MainWindow) -> None:
    box = date_field()
    assert box.day == here.today()
    put(window, box)
    retype(qtbot, box, "25/11/26")
    assert box.day == date(2026, 11, 25)
    box.editingFinished.emit()
    assert box.text() == "25 November 2026" and not box.fault


def test_what_is_no_day_is_told_and_stops_the_dialog(qtbot: QtBot, window: MainWindow) -> None:
    sheet = Sheet(window, "Uji")
    box = DayBox(date(2026, 11, 23), latest=date(2026, 11, 24))
    field = Field("Tanggal", box)
    sheet.body.addWidget(field)
    sheet.add_buttons("Simpan")
    sheet.open()
    for text, words in (("31-02-2026", "Contoh: 25-11-2026"), ("25-11-2026", "masa depan"), ("", "Isi tanggalnya")):
        retype(qtbot, box, text)
        qtbot.keyClick(box, Qt.Key.Key_Return)
        assert not sheet.left and box.hasFocus()
        assert words in field._below.text() and box.property("invalid") == "true"
    retype(qtbot, box, "24 nov 2026")
    assert field._below.isHidden()
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert sheet.left and box.day == date(2026, 11, 24)


def test_keys_step_and_the_calendar_chooses(qtbot: QtBot, window: MainWindow) -> None:
    box = DayBox(date(2026, 12, 31))
    put(window, box)
    box.show()
    qtbot.keyClick(box, Qt.Key.Key_Up)
    assert box.day == date(2027, 1, 1)
    qtbot.keyClick(box, Qt.Key.Key_PageDown)
    assert box.day == date(2026, 12, 1)
    qtbot.keyClick(box, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    calendar = box.findChildren(QCalendarWidget)[0]
    assert calendar.isVisible() and calendar.selectedDate().toPython() == date(2026, 12, 1)
    days = calendar.findChildren(QTableView)[0]
    qtbot.keyClick(days, Qt.Key.Key_Right)
    qtbot.keyClick(days, Qt.Key.Key_Return)
    assert box.day == date(2026, 12, 2) and not calendar.isVisible()


def test_an_optional_day_may_be_empty(qtbot: QtBot, window: MainWindow) -> None:
    box = DayBox(None, optional=True)
    put(window, box)
    assert box.day is None and days_are_whole(window)
    retype(qtbot, box, "25-11-2026")
    assert box.day == date(2026, 11, 25)
    box.clear()
    assert box.day is None and not box.fault


def test_a_moment_is_typed_with_its_time(qtbot: QtBot, window: MainWindow) -> None:
    at = datetime(2026, 11, 23, 1, 5, tzinfo=UTC)
    box = MomentBox(at, JAKARTA)
    put(window, box)
    assert box.text() == "23 November 2026 08.05" and box.moment == at
    retype(qtbot, box, "24-11-2026 8:15")
    assert box.moment == datetime(2026, 11, 24, 1, 15, tzinfo=UTC)
    retype(qtbot, box, "24-11-2026")
    assert "08.15" in box.fault
    box.set_moment(at + timedelta(hours=1))
    qtbot.keyClick(box, Qt.Key.Key_Up)
    assert box.moment == at + timedelta(days=1, hours=1)


def wheel(widget: QWidget) -> bool:
    """Turns the wheel over a widget that has the focus; whether it took that for itself."""
    widget.setFocus()
    middle = QPointF(widget.rect().center())
    event = QWheelEvent(
        middle, widget.mapToGlobal(middle), QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(widget, event)
    return event.isAccepted()


def test_no_field_turns_with_the_wheel(window: MainWindow) -> None:
    day, moment = date_field(), MomentBox(datetime(2026, 11, 23, tzinfo=UTC), JAKARTA)
    number, box = NumberBox(), choice([("1", "satu"), ("2", "dua")])
    for field in (day, moment, number, box):
        before = (day.text(), moment.text(), number.value(), box.currentIndex())
        put(window, field)
        assert not wheel(field), "the page scrolls instead"
        assert (day.text(), moment.text(), number.value(), box.currentIndex()) == before


def test_every_field_of_every_page_is_one_of_these(qtbot: QtBot, window: MainWindow) -> None:
    """What Qt brings turns with the wheel: nobody uses it bare."""
    for name in window.page_names:
        window.show_page(name)
    qtbot.waitUntil(lambda: window.background.idle, timeout=5000)
    for kind in (QAbstractSpinBox, QComboBox):
        for found in window.findChildren(kind):
            inside = found.parent() is not None and found.window().inherits("QCalendarWidget")
            in_calendar = any(isinstance(up, QCalendarWidget) for up in _above(found))
            assert inside or in_calendar or type(found).__module__.startswith("lockdesk."), type(found)
    assert not isinstance(QSpinBox(), NumberBox)


def _above(widget: QWidget) -> list[QWidget]:
    found = []
    up = widget.parentWidget()
    while up is not None:
        found.append(up)
        up = up.parentWidget()
    return found
