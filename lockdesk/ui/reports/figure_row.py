"""One figure: what it is called and means, its value beside the quarter before, both as bars; Enter opens its list."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from lockdesk.desk.values.reports import Subject
from lockdesk.records import dataclass
from lockdesk.ui.look.theme import SMALL, theme
from lockdesk.ui.widgets.parts import ENTER
from lockdesk.words import _

EDGE, GAP, BARS, VALUE = 14, 12, 150, 128
"""In pixels at 100 %: margins, between columns, the bars' room, a value's room."""
ROOMY = 640
"""From this width on there is room for bars."""
_WRAP = Qt.TextFlag.TextWordWrap


@dataclass(frozen=True, slots=True)
class RowWords:
    """What a row shows; the bars' lengths are shares of the longest one."""

    label: str
    definition: str
    value: str
    below: str
    before: str
    now_share: float = 0.0
    before_share: float = 0.0
    name: str = ""
    """Under which a list that is opened says what it lists."""


class FigureRow(QAbstractButton):
    """A row that is a button where it has something to list."""

    opened = Signal(object)

    def __init__(
        self,
        words: RowWords,
        members: tuple[int, ...] = (),
        subject: Subject = Subject.CASE,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.words, self.members, self.subject = words, members, subject
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(self._height(theme.px(ROOMY)))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if members else Qt.FocusPolicy.NoFocus)
        if members:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
            self.setToolTip(_("Enter menampilkan daftarnya."))
        spoken = (
            words.label,
            words.value,
            words.below,
            words.definition,
            _("sebelumnya {value}").format(value=words.before),
        )
        self.setAccessibleName(", ".join(part for part in spoken if part))
        self.clicked.connect(self._on_clicked)

    def _on_clicked(self) -> None:
        if self.members:
            self.opened.emit(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, the arrows go on to the next row."""
        key = Qt.Key(event.key())
        if key in ENTER:
            if not event.isAutoRepeat():
                self.click()
        elif key in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
            self.focusNextPrevChild(key == Qt.Key.Key_Down)
        else:
            super().keyPressEvent(event)

    # ── measure ──

    def _room(self, width: int) -> int:
        """For the words at the left."""
        columns = 2 * theme.px(VALUE) + 2 * theme.px(GAP) + 2 * theme.px(EDGE)
        bars = theme.px(BARS) + theme.px(GAP) if width >= theme.px(ROOMY) else 0
        return max(width - columns - bars, theme.px(120))

    def _height_of(self, text: str, size: float, room: int) -> int:
        if not text:
            return 0
        box = QFontMetrics(theme.font(size)).boundingRect(QRect(0, 0, room, 1000), _WRAP, text)
        return box.height()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setFixedHeight(self._height(event.size().width()))

    def _height(self, width: int) -> int:
        """A scroll area asks no widget for its height at a width: the row keeps the one that its words need."""
        room = self._room(width)
        words = self._height_of(self.words.label, 13, room) + self._height_of(self.words.definition, SMALL, room)
        values = theme.px(20) + (theme.px(17) if self.words.below else 0)
        return max(words, values) + theme.px(15)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(320), self.height())

    # ── paint ──

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens, painter = theme.tokens, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(0, 0, self.width(), 1, QColor(tokens.line))
        if self.members and (self.underMouse() or self.isDown()):
            painter.fillRect(self.rect().adjusted(1, 1, -1, 0), QColor(tokens.accent_soft))
        top, room = theme.px(7), self._room(self.width())
        left = QRect(theme.px(EDGE), top, room, self.height())
        painter.setFont(theme.font())
        painter.setPen(QColor(tokens.text))
        painter.drawText(left, _WRAP, self.words.label)
        left.translate(QPoint(0, self._height_of(self.words.label, 13, room)))
        painter.setFont(theme.font(SMALL))
        painter.setPen(QColor(tokens.muted))
        painter.drawText(left, _WRAP, self.words.definition)
        x = theme.px(EDGE) + room + theme.px(GAP)
        if self.width() >= theme.px(ROOMY):
            self._paint_bars(painter, x, top)
            x += theme.px(BARS) + theme.px(GAP)
        self._paint_values(painter, x, top)
        if self.hasFocus():
            painter.setPen(QPen(QColor(tokens.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        painter.end()

    def _paint_bars(self, painter: QPainter, x: int, top: int) -> None:
        """The quarter filled, the one before outlined: told apart without their colours."""
        tokens, height = theme.tokens, theme.px(7)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.accent))
        width = round(theme.px(BARS) * self.words.now_share)
        if width:
            painter.drawRect(x, top + theme.px(2), max(width, 2), height)
        width = round(theme.px(BARS) * self.words.before_share)
        if width:
            painter.setPen(QPen(QColor(tokens.muted), 1))
            painter.setBrush(QColor(tokens.sunk))
            painter.drawRect(x, top + theme.px(2) + height + theme.px(2), max(width, 2) - 1, height - 1)

    def _paint_values(self, painter: QPainter, x: int, top: int) -> None:
        tokens, width = theme.tokens, theme.px(VALUE)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop
        painter.setFont(theme.font(bold=True))
        painter.setPen(QColor(tokens.accent if self.members else tokens.text))
        painter.drawText(QRect(x, top, width, theme.px(20)), right, self.words.value)
        painter.setFont(theme.font(SMALL))
        painter.setPen(QColor(tokens.muted))
        painter.drawText(QRect(x, top + theme.px(19), width, theme.px(17)), right, self.words.below)
        painter.setFont(theme.font())
        painter.drawText(QRect(x + width + theme.px(GAP), top, width, theme.px(20)), right, self.words.before)


class HeadRow(QWidget):
    """The names of the two quarters over their values."""

    def __init__(self, now: str, before: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._now, self._before = now, before
        self.setFixedSize(2 * theme.px(VALUE) + theme.px(GAP), theme.px(18))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, width = QPainter(self), theme.px(VALUE)
        painter.setFont(theme.font(SMALL))
        painter.setPen(QColor(theme.tokens.muted))
        right = self.width()
        align = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRect(right - width, 0, width, self.height()), align, self._before)
        painter.drawText(QRect(right - 2 * width - theme.px(GAP), 0, width, self.height()), align, self._now)
        painter.end()
