"""Small painted parts: a state as dot and word, a key's name in a box."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from lockdesk.ui.look.theme import CHIP, Tone, theme


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
