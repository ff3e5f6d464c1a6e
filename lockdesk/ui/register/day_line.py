"""A day that is typed or chosen, and that is nobody's guess: empty until then."""

from datetime import date

from PySide6.QtCore import QDate, QPoint, Qt, Signal, Slot
from PySide6.QtWidgets import QCalendarWidget, QMenu, QWidget, QWidgetAction

from lockdesk.core.letter_dates import parse_letter_date
from lockdesk.ui.widgets.forms import text_field
from lockdesk.ui.widgets.parts import HintButton, line
from lockdesk.words import _, date_words


class DayLine(QWidget):
    """A line for a day up to `latest`, and a calendar beside it."""

    changed = Signal()

    def __init__(self, latest: date, day: date | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._latest = latest
        self.line = text_field(date_words(day) if day else "", placeholder=_("misalnya: 2 November 2026"))
        self.line.textChanged.connect(self.changed)
        choose = HintButton(_("Kalender"))
        choose.clicked.connect(self._on_choose)
        self._button = choose
        inner = line((self.line, choose), 6)
        inner.setStretch(0, 1)
        self.setLayout(inner)
        self.setFocusProxy(self.line)

    @property
    def day(self) -> date | None:
        """None while nothing, or nothing possible, is written."""
        day = parse_letter_date(self.line.text())
        return day if day is not None and day <= self._latest else None

    @property
    def fault(self) -> str:
        """What is wrong with what is written, in words; "" while nothing is."""
        if not self.line.text().strip() or self.day is not None:
            return ""
        late = parse_letter_date(self.line.text()) is not None
        return _("Tanggal data berada di masa depan.") if late else _("Tulis tanggal, misalnya 2 November 2026.")

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self.line.setAccessibleName(name)

    @Slot()
    def _on_choose(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        calendar = QCalendarWidget()
        calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        latest = QDate(self._latest.year, self._latest.month, self._latest.day)
        calendar.setMaximumDate(latest)
        day = self.day
        calendar.setSelectedDate(QDate(day.year, day.month, day.day) if day else latest)
        calendar.clicked.connect(self._on_chosen)
        calendar.clicked.connect(menu.close)
        action = QWidgetAction(menu)
        action.setDefaultWidget(calendar)
        menu.addAction(action)
        menu.popup(self._button.mapToGlobal(QPoint(0, self._button.height())))

    @Slot(QDate)
    def _on_chosen(self, day: QDate) -> None:
        self.line.setText(date_words(date(day.year(), day.month(), day.day())))
