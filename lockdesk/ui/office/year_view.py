"""A year in twelve small months: what a day is shows by its form, not by colour alone; keys and mouse tell why."""

from collections.abc import Mapping
from datetime import date, timedelta

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QFont, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from lockdesk.core.almanac import DayFacts, DayKind
from lockdesk.ui.look.theme import theme
from lockdesk.ui.widgets.parts import reveal
from lockdesk.words import DAYS, MONTHS, _, date_words, time_words

COLUMNS, MONTH_ROWS = 4, 3
_WEEKS, _HEAD = 6, 2
"""Rows of a month: its weeks, beneath its name and the days of the week."""
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7}


def day_words(facts: DayFacts) -> str:
    """ "Senin, 8 Maret 2027: tutup, Hari Suci Nyepi"."""
    when = date_words(facts.day, weekday=True)
    if facts.kind is DayKind.CLOSED:
        return _("{day}: tutup, {reason}").format(day=when, reason=facts.reason)
    if facts.kind is DayKind.REST:
        return _("{day}: bukan hari kerja").format(day=when) + (f", {facts.reason}" if facts.reason else "")
    spans = ", ".join(f"{time_words(opens)}–{time_words(closes)}" for opens, closes in facts.spans)
    words = _("{day}: buka {hours}").format(day=when, hours=spans)
    return f"{words}, {facts.reason}" if facts.reason else words


def paint_day(painter: QPainter, box: QRectF, kind: DayKind, text: str) -> None:
    """Closed: a filled box; hours of its own: a frame; no working day: grey and slanted; else plain."""
    colours, font = theme.tokens, QFont(painter.font())
    ink = QColor(colours.text)
    inner = box.adjusted(1.5, 1.5, -1.5, -1.5)
    if kind is DayKind.CLOSED:
        painter.fillRect(inner, QColor(colours.text))
        ink = QColor(colours.surface)
        font.setWeight(QFont.Weight.DemiBold)
    elif kind is DayKind.SPECIAL:
        painter.setPen(QPen(QColor(colours.accent), 1.5))
        painter.drawRect(inner)
    elif kind is DayKind.REST:
        ink = QColor(colours.muted)
        font.setItalic(True)
    painter.save()
    painter.setFont(font)
    painter.setPen(ink)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
    painter.restore()


class YearView(QWidget):
    """One stop for Tab; the day that the keyboard is on is told by `day_pointed` and to screen readers."""

    day_pointed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAccessibleName(_("Kalender setahun"))
        self._days: Mapping[date, DayFacts] = {}
        self._year = 0
        self.current: date | None = None

    def show_year(self, days: tuple[DayFacts, ...], current: date) -> None:
        self._days = {facts.day: facts for facts in days}
        self._year = days[0].day.year
        self.point_at(current if current in self._days else days[0].day)

    def point_at(self, day: date) -> None:
        if day in self._days:
            self.current = day
            words = day_words(self._days[day])
            self.setAccessibleDescription(words)
            self.day_pointed.emit(words)
            self.update()
            self._reveal()

    def sizeHint(self) -> QSize:
        cell = theme.px(25)
        return QSize(int(COLUMNS * 7.8 * cell), int(MONTH_ROWS * (_WEEKS + _HEAD + 0.5) * theme.px(19)))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _cell(self) -> tuple[float, float]:
        """Width of a day and height of a row."""
        return self.width() / (COLUMNS * 7.8), self.height() / (MONTH_ROWS * (_WEEKS + _HEAD + 0.5))

    def _corner(self, month: int) -> tuple[float, float]:
        wide, high = self._cell()
        return (month % COLUMNS) * 7.8 * wide, (month // COLUMNS) * (_WEEKS + _HEAD + 0.5) * high

    def box_of(self, day: date) -> QRectF:
        wide, high = self._cell()
        left, top = self._corner(day.month - 1)
        place = day.day - 1 + day.replace(day=1).weekday()
        return QRectF(left + place % 7 * wide, top + (place // 7 + _HEAD) * high, wide, high)

    def day_at(self, point: QPoint) -> date | None:
        return next((day for day in self._days if self.box_of(day).contains(point)), None)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        wide, high = self._cell()
        name = QFont(painter.font())
        name.setWeight(QFont.Weight.DemiBold)
        small = QFont(painter.font())
        small.setPixelSize(round(theme.px(11)))
        for month in range(12 if self._days else 0):
            left, top = self._corner(month)
            painter.save()
            painter.setFont(name)
            painter.setPen(QColor(theme.tokens.text))
            painter.drawText(QRectF(left, top, 7 * wide, high), Qt.AlignmentFlag.AlignVCenter, _(MONTHS[month]))
            painter.restore()
            painter.setPen(QColor(theme.tokens.muted))
            painter.setFont(small)
            for weekday, words in enumerate(DAYS):
                box = QRectF(left + weekday * wide, top + high, wide, high)
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, _(words)[:3])
        painter.setFont(self.font())
        for day, facts in self._days.items():
            paint_day(painter, self.box_of(day), facts.kind, str(day.day))
        if self.current is not None:
            box = self.box_of(self.current)
            painter.setPen(QPen(QColor(theme.tokens.accent), 2.5))
            if self.hasFocus():
                painter.drawRect(box)
            else:  # the day that the line above tells of
                painter.drawLine(box.bottomLeft(), box.bottomRight())
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrow keys by days and weeks, Page Up and Down by months, Home and End to the year's edges."""
        if self.current is None:
            return
        key = Qt.Key(event.key())
        if key in _STEPS:
            self.point_at(self.current + timedelta(days=_STEPS[key]))
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            month = self.current.month + (1 if key == Qt.Key.Key_PageDown else -1)
            if 1 <= month <= 12:
                self.point_at(date(self._year, month, 1))
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.point_at(date(self._year, 1, 1) if key == Qt.Key.Key_Home else date(self._year, 12, 31))
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        day = self.day_at(event.position().toPoint())
        if day is not None:
            self.point_at(day)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        day = self.day_at(event.position().toPoint())
        self.setToolTip(day_words(self._days[day]) if day is not None else "")

    def _reveal(self) -> None:
        """A year is higher than a small screen: the day that the keys are at is seen."""
        if self.hasFocus() and self.current is not None:
            reveal(self, self.box_of(self.current).toAlignedRect())

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()
        self._reveal()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()


class LegendMark(QWidget):
    """A day of one kind, as in the months."""

    def __init__(self, kind: DayKind, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind = kind
        self.setFixedSize(theme.px(24), theme.px(22))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_day(painter, QRectF(self.rect()), self._kind, "8")
        painter.end()
