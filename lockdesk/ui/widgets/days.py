"""Fields for a day, or a day and a time: typed in any usual spelling or chosen in a calendar; no wheel changes them.

A text that is no date is told at the field, and no dialog goes on with it; the value is the last one that was whole.
"""

from datetime import UTC, date, datetime, time, tzinfo

from PySide6.QtCore import QDate, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QCalendarWidget, QFrame, QLineEdit, QWidget

from lockdesk.core.typed_dates import day_in, moment_in
from lockdesk.ui.look.icons import icon
from lockdesk.ui.look.theme import theme
from lockdesk.ui.look.times import here
from lockdesk.ui.widgets.parts import column, set_property
from lockdesk.words import _, date_words, time_words

_STEPS = {
    Qt.Key.Key_Up: (1, 0),
    Qt.Key.Key_Down: (-1, 0),
    Qt.Key.Key_PageUp: (0, 1),
    Qt.Key.Key_PageDown: (0, -1),
}
"""Keys, and by how many days and months they move the day."""


class DayBox(QLineEdit):
    """A day, not after `latest`. `optional`: it may be left empty, and `day` is None then."""

    day_changed = Signal()
    told = Signal(str)
    """What is wrong with what was typed; "" when nothing is."""

    def __init__(
        self, day: date | None, optional: bool = False, latest: date | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._optional, self._latest = optional, latest
        self._day = day
        self._popup: Calendar | None = None
        self._opener = QAction(icon("calendar"), _("Pilih pada kalender"), self)
        self.addAction(self._opener, QLineEdit.ActionPosition.TrailingPosition)
        self._opener.setToolTip(_("Pilih pada kalender (F4)"))
        self._opener.triggered.connect(self.open_calendar)
        self.setPlaceholderText(_("misalnya 25-11-2026"))
        self.setMaxLength(60)
        self.setMinimumWidth(theme.px(172))
        self.write()
        self.textChanged.connect(self._on_typed)
        self.editingFinished.connect(self.settle)

    @property
    def day(self) -> date | None:
        """The day; while something is typed that is none, the one before."""
        return self._day

    @property
    def fault(self) -> str:
        """What is wrong with what stands there; "" when nothing is."""
        text = self.text().strip()
        if not text:
            return "" if self._optional else _("Isi tanggalnya.")
        read = self.read(text)
        if read is None:
            return self.example()
        return _("Tanggal ini di masa depan.") if self._latest is not None and read > self._latest else ""

    def read(self, text: str) -> date | None:
        """The day that a text means; None for none."""
        return day_in(text, here.today())

    def example(self) -> str:
        return _("Bukan tanggal. Contoh: 25-11-2026 atau 25 Nov 2026.")

    def write(self) -> None:
        """Puts the value there in words."""
        self.setText(date_words(self._day) if self._day is not None else "")

    def set_day(self, day: date | None) -> None:
        self._take(day)
        self.write()
        self._say("")

    def _say(self, fault: str) -> None:
        set_property(self, "invalid", "true" if fault else "false")
        self.setToolTip(fault)
        self.told.emit(fault)

    def _take(self, day: date | None) -> None:
        if day != self._day:
            self._day = day
            self.day_changed.emit()

    @Slot(str)
    def _on_typed(self, text: str) -> None:
        if not self.fault:
            self._take(self.read(text))
            self._say("")

    @Slot()
    def settle(self) -> bool:
        """Says what is wrong, or writes the day in full. True when there is nothing wrong."""
        fault = self.fault
        self._say(fault)
        if not fault:
            self.write()
        return not fault

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, alt = Qt.Key(event.key()), bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if key is Qt.Key.Key_F4 or (key is Qt.Key.Key_Down and alt):
            self.open_calendar()
        elif key in _STEPS and not self.fault:
            days, months = _STEPS[key]
            before = self._day or here.today()
            moved = QDate(before.year, before.month, before.day).addDays(days).addMonths(months)
            self.choose(moved)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in {Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason}:
            self.selectAll()

    @Slot()
    def open_calendar(self) -> None:
        if self._popup is None:
            self._popup = Calendar(self)
            self._popup.chosen.connect(self._on_chosen)
        self._popup.show_at(self, self._day or here.today())

    @Slot(QDate)
    def _on_chosen(self, chosen: QDate) -> None:
        self.choose(chosen)
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    def choose(self, chosen: QDate) -> None:
        """A day of the calendar."""
        self.set_day(_date_of(chosen))
        self.selectAll()


class MomentBox(DayBox):
    """A day and a time in the office's zone."""

    def __init__(self, at: datetime, zone: tzinfo, parent: QWidget | None = None) -> None:
        self._zone = zone
        super().__init__(at.astimezone(zone).replace(tzinfo=None, second=0, microsecond=0), parent=parent)
        self.setPlaceholderText(_("tanggal dan jam, misalnya {example}").format(example=_example()))
        self.setMinimumWidth(theme.px(220))

    @property
    def moment(self) -> datetime:
        """Aware UTC."""
        assert isinstance(self._day, datetime)
        return self._day.replace(tzinfo=self._zone).astimezone(UTC)

    def set_moment(self, at: datetime) -> None:
        self.set_day(at.astimezone(self._zone).replace(tzinfo=None, second=0, microsecond=0))

    def read(self, text: str) -> datetime | None:
        return moment_in(text, here.today())

    def example(self) -> str:
        return _("Bukan tanggal dan jam. Contoh: {example}.").format(example=_example())

    def write(self) -> None:
        if isinstance(self._day, datetime):
            self.setText(f"{date_words(self._day)} {time_words(self._day.time())}")

    def choose(self, chosen: QDate) -> None:
        assert isinstance(self._day, datetime)
        self.set_day(datetime.combine(_date_of(chosen), self._day.time()))


def _example() -> str:
    """How a moment may be typed."""
    return f"25-11-2026 {time_words(time(8, 15))}"


class Calendar(QFrame):
    """A month under a field, from Monday on; Esc leaves it."""

    chosen = Signal(QDate)

    def __init__(self, field: QWidget) -> None:
        super().__init__(field, Qt.WindowType.Popup)
        self.setObjectName("calendarpopup")
        self.sheet = QCalendarWidget()
        self.sheet.setMinimumSize(theme.px(290), theme.px(230))
        self.sheet.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self.sheet.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.sheet.clicked.connect(self._on_chosen)
        self.sheet.activated.connect(self._on_chosen)
        column(self, 1).addWidget(self.sheet)

    def show_at(self, field: QWidget, day: date) -> None:
        """Under the field, or above it where the screen ends."""
        self.sheet.setSelectedDate(QDate(day.year, day.month, day.day))
        size, screen = self.sizeHint(), field.screen().availableGeometry()
        corner = field.mapToGlobal(QPoint(0, field.height()))
        if corner.y() + size.height() > screen.bottom():
            corner = field.mapToGlobal(QPoint(0, -size.height()))
        corner.setX(min(corner.x(), screen.right() - size.width()))
        self.move(corner)
        self.show()
        self.sheet.setFocus(Qt.FocusReason.PopupFocusReason)

    @Slot(QDate)
    def _on_chosen(self, day: QDate) -> None:
        if self.isVisible():
            self.hide()
            self.chosen.emit(day)


def _date_of(day: QDate) -> date:
    return date(day.year(), day.month(), day.day())


def date_field(day: date | None = None) -> DayBox:
    """A day; today unless said otherwise."""
    return DayBox(day or here.today())


def day_of(field: DayBox) -> date:
    """The day of a field that is not optional."""
    assert field.day is not None
    return field.day


def days_are_whole(inside: QWidget) -> bool:
    """Whether every day that is seen in a form is one; the first that is none says so and gets the keyboard."""
    wrong = [box for box in inside.findChildren(DayBox) if box.isVisible() and box.isEnabled() and not box.settle()]
    if wrong:
        wrong[0].setFocus(Qt.FocusReason.OtherFocusReason)
        wrong[0].selectAll()
    return not wrong
