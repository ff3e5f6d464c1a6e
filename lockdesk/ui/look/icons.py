"""The shipped icons (Lucide), tinted with the theme's colours."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from lockdesk.resource import resource
from lockdesk.ui.look.theme import theme


@lru_cache(maxsize=512)
def pixmap(name: str, colour: str, size: int, ratio: float = 1.0) -> QPixmap:
    """The icon `name` in `colour`, `size` device-independent pixels wide."""
    text = resource(f"icons/{name}.svg").read_text(encoding="utf-8").replace("currentColor", colour)
    pixels = round(size * ratio)
    image = QImage(QSize(pixels, pixels), QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(QByteArray(text.encode())).render(painter, QRectF(0, 0, pixels, pixels))
    painter.end()
    made = QPixmap.fromImage(image)
    made.setDevicePixelRatio(ratio)
    return made


def icon(name: str, colour: str = "", size: float = 16) -> QIcon:
    """An icon for buttons and menus; `colour` is a token's value, the text colour where empty."""
    chosen = colour or theme.tokens.text
    made = QIcon(pixmap(name, chosen, theme.px(size)))
    made.addPixmap(pixmap(name, chosen, theme.px(size), 2.0))
    made.addPixmap(pixmap(name, theme.tokens.muted, theme.px(size)), QIcon.Mode.Disabled)
    return made
