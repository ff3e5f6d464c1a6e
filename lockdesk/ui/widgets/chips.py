"""Small painted parts: a state as dot and word, a key's name in a box, the mark, the procedure as a line of steps."""

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from lockdesk.ui.look.icons import pixmap
from lockdesk.ui.look.theme import CHIP, SMALL, Tone, theme
from lockdesk.words import _


def paint_badge(painter: QPainter, rect: QRect, text: str, ink: QColor, filled: bool) -> None:
    """A key's name in a small box."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if filled:
        ground = QColor(ink)
        ground.setAlpha(46)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
    else:
        painter.setPen(QPen(QColor(theme.tokens.line), 1))
        painter.setBrush(QColor(theme.tokens.surface))
        ink = QColor(theme.tokens.muted)
    painter.drawRoundedRect(rect.adjusted(0, 0, -1, -1), 4, 4)
    painter.setPen(ink)
    painter.setFont(theme.font(11, mono=True))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)
    painter.restore()


class KeyHint(QWidget):
    """A key's name in a small box, beside words."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = text
        width = theme.advance(text, 11, mono=True) + theme.px(12)
        self.setFixedSize(width, theme.px(18))
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_badge(painter, self.rect(), self._text, QColor(theme.tokens.muted), False)
        painter.end()


def chip_width(text: str) -> int:
    return theme.advance(text, CHIP) + theme.px(28)


def paint_ground(painter: QPainter, place: QRect, colour: str) -> None:
    """A plain ground, for what a start paints: `fillRect` would have the names of 170 gradients loaded first."""
    painter.save()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    painter.drawRect(place)
    painter.restore()


def paint_chip(painter: QPainter, rect: QRect, text: str, tone: Tone) -> None:
    """A dot and a word on a soft ground."""
    ink, ground = (QColor(value) for value in theme.tokens.pair(tone))
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(rect, rect.height() / 2, rect.height() / 2)
    dot = theme.px(6)
    painter.setBrush(ink)
    painter.drawEllipse(rect.left() + theme.px(8), rect.center().y() - dot // 2 + 1, dot, dot)
    painter.setPen(ink)
    painter.setFont(theme.font(CHIP))
    words = rect.adjusted(theme.px(19), 0, -theme.px(6), 0)
    painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
    painter.restore()


class Chip(QWidget):
    """A state as dot and word."""

    def __init__(self, text: str = "", tone: Tone = Tone.QUIET, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text, self._tone = text, tone
        self.show_state(text, tone)

    def show_state(self, text: str, tone: Tone) -> None:
        self._text, self._tone = text, tone
        self.setAccessibleName(text)
        self.setFixedSize(chip_width(text), theme.px(20))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_chip(painter, self.rect(), self._text, self._tone)
        painter.end()


class Brand(QWidget):
    """The mark and the name."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedSize(QSize(theme.px(20), theme.px(20)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.tokens.accent))
        painter.drawRoundedRect(QRectF(self.rect()), 5, 5)
        size = theme.px(12)
        mark = pixmap("lock", theme.tokens.on_accent, size, 2.0)
        painter.drawPixmap(QPointF((self.width() - size) / 2, (self.height() - size) / 2 - 0.5), mark)
        painter.end()


class ProcedureLine(QWidget):
    """The steps: done ones ticked, the present one marked, coming ones empty. Speaks "Diperiksa, langkah 2 dari 6"."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._labels: tuple[str, ...] = ()
        self._place = 0
        self._done = False
        self._tone = Tone.ACCENT
        self._fonts: list[QFont] = []
        self._widths: list[int] = []
        self._cramped = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(theme.px(240))

    def show_steps(self, labels: tuple[str, ...], place: int, done: bool, tone: Tone = Tone.ACCENT) -> None:
        """`place` is where one stands, from 0; `done` whether that step is finished."""
        self._labels, self._place, self._done, self._tone = labels, place, done, tone
        if labels:
            words = _("{step}, langkah {n} dari {all}")
            self.setAccessibleName(words.format(step=labels[place], n=place + 1, all=len(labels)))
        self._measure()
        self.updateGeometry()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._measure()

    def _measure(self) -> None:
        """How wide every step's words are, and whether there is room for them."""
        size = SMALL if self.width() > theme.px(560) else CHIP - 0.5
        self._fonts = [theme.font(size, bold=position == self._place) for position in range(len(self._labels))]
        self._widths = [theme.advance(text, size, place == self._place) for place, text in enumerate(self._labels)]
        whole = sum(self._widths) + theme.px(25) * len(self._labels)
        self._cramped = whole + theme.px(16) * (len(self._labels) - 1) > self.width()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(120) * max(len(self._labels), 1), theme.px(24))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ring, gap = theme.px(16), theme.px(8)
        connector = self._connector(ring, gap)
        left = 0
        for position, text in enumerate(self._labels):
            left = self._paint_step(painter, left, position, text)
            if position + 1 < len(self._labels):
                done = position < self._place
                painter.setPen(QPen(QColor(theme.tokens.accent if done else theme.tokens.line), 1.4))
                middle = self.height() / 2
                painter.drawLine(QPointF(left + gap, middle), QPointF(left + gap + connector, middle))
                left += connector + 2 * gap
        painter.end()

    def _connector(self, ring: int, gap: int) -> int:
        """Connectors share what room is left, within reason; without room for all words only the present step's
        are shown."""
        words = sum(self._step_width(position, ring) for position in range(len(self._labels)))
        joints = max(len(self._labels) - 1, 1)
        return max(min((self.width() - words - joints * 2 * gap) // joints, theme.px(44)), theme.px(3))

    def _step_width(self, position: int, ring: int) -> int:
        if self._cramped and position != self._place:
            return ring
        return self._widths[position] + ring + theme.px(6)

    def _paint_step(self, painter: QPainter, left: int, position: int, text: str) -> int:
        tokens, size = theme.tokens, theme.px(16)
        here = position == self._place
        done = position < self._place or (here and self._done)
        tone = QColor(tokens.ink(self._tone) if here else tokens.accent)
        circle = QRectF(left + 1, (self.height() - size) / 2 + 1, size - 2, size - 2)
        if done:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tone)
            painter.drawEllipse(circle)
            self._paint_mark(painter, circle, crossed=here and self._tone is Tone.BAD)
        else:
            painter.setBrush(QColor(tokens.surface))
            painter.setPen(QPen(tone if here else QColor(tokens.line), 4 if here else 1.2))
            painter.drawEllipse(circle.adjusted(1.5, 1.5, -1.5, -1.5) if here else circle)
        if self._cramped and not here:
            return left + size
        painter.setFont(self._fonts[position])
        painter.setPen(QColor(tokens.text if here else tokens.muted))
        start = left + size + theme.px(6)
        width = self._widths[position]
        painter.drawText(QRect(start, 0, width + 4, self.height()), Qt.AlignmentFlag.AlignVCenter, text)
        return start + width

    def _paint_mark(self, painter: QPainter, circle: QRectF, crossed: bool) -> None:
        painter.setPen(QPen(QColor(theme.tokens.on_accent), 1.6))
        x, y, unit = circle.center().x(), circle.center().y(), circle.width() / 14
        if crossed:
            painter.drawLine(QPointF(x - 3 * unit, y - 3 * unit), QPointF(x + 3 * unit, y + 3 * unit))
            painter.drawLine(QPointF(x - 3 * unit, y + 3 * unit), QPointF(x + 3 * unit, y - 3 * unit))
            return
        corner = QPointF(x - 0.8 * unit, y + 2.6 * unit)
        painter.drawLine(QPointF(x - 3.4 * unit, y + 0.2 * unit), corner)
        painter.drawLine(corner, QPointF(x + 3.6 * unit, y - 2.6 * unit))
