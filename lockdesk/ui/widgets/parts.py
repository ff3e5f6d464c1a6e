"""The parts from which every page is built: words, buttons with their keys, chips, cards and rows."""

from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import QCoreApplication, QEvent, QRect, QSize, Qt, Slot
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QSplitter,
    QStackedWidget,
    QStyle,
    QStyleOptionButton,
    QVBoxLayout,
    QWidget,
)

from lockdesk.ui.look.elide import breakable, elide_end, elide_mailbox, hyphened, pieces, tool_tip, unbroken
from lockdesk.ui.look.icons import icon, pixmap
from lockdesk.ui.look.theme import MONO, Tone, theme
from lockdesk.ui.widgets.chips import paint_badge
from lockdesk.ui.widgets.kept_widths import kept

LONGEST_WORD = 180
"""Pixels at 100 %, of the words in this program's titles."""
STACKED_PERCENT = 150
"""From this text size on a value stands under its label, a button under its words, and long words may break."""
ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
SELECTABLE = Qt.TextInteractionFlag.TextSelectableByMouse


class WrappedLabel(QLabel):
    """Words that wrap between themselves, and, where letters are large, within a long one. Whoever reads its text, a
    screen reader too, gets it without the places where it may."""

    narrow = False
    """Whether it has little room at every text size."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWordWrap(True)

    def setText(self, text: str) -> None:
        shown = breakable(text) if self.narrow or theme.percent >= STACKED_PERCENT else hyphened(text)
        super().setText(shown)
        if shown != text or self.accessibleName():
            self.setAccessibleName(text)

    def text(self) -> str:
        return unbroken(super().text())


def set_tip(widget: QWidget, text: str) -> None:
    """Text from outside as a widget's tool tip; a screen reader is told the words, and no mark-up."""
    widget.setToolTip(tool_tip(text))
    widget.setAccessibleDescription(text)


def label(
    text: str = "",
    tone: Tone | None = None,
    scale: str = "",
    bold: bool = False,
    mono: bool = False,
    wrap: bool = False,
    parent: QWidget | None = None,
) -> QLabel:
    """Words, always plain text: what comes from outside is never read as mark-up."""
    made = WrappedLabel(parent) if wrap else QLabel(parent)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setText(text)
    for name, value in (("tone", tone), ("scale", scale), ("bold", bold), ("mono", mono)):
        if value:
            made.setProperty(name, "true" if value is True else str(value))
    if wrap:
        # A long word must not widen its card beyond the view: only this label gives way.
        made.setMinimumWidth(1)
    return made


def mono_span(text: str) -> str:
    """Escaped text in the fixed-width face, for a rich label."""
    from html import escape  # late: its table of entities is not needed by a start

    return f"<span style=\"font-family:'{MONO}'\">{escape(text)}</span>"


def rich_label(parts: str, parent: QWidget | None = None) -> QLabel:
    """Words with mark-up made by this program; whatever came from outside is escaped by the caller."""
    made = QLabel(parent)
    made.setTextFormat(Qt.TextFormat.RichText)
    made.setText(parts)
    made.setWordWrap(True)
    made.setMinimumWidth(1)
    made.setTextInteractionFlags(SELECTABLE)
    return made


def set_tone(widget: QWidget, tone: Tone | None, name: str = "tone") -> None:
    """Changes a tone."""
    set_property(widget, name, str(tone) if tone is not None else "")


def set_property(widget: QWidget, name: str, value: str) -> None:
    """Changes a styled property and has the style sheet look again."""
    if (widget.property(name) or "") != value:
        widget.setProperty(name, value)
        repolish(widget)


def repolish(widget: QWidget) -> None:
    widget.style().unpolish(widget)
    widget.style().polish(widget)


class ElidedLabel(QLabel):
    """One line that shortens when there is no room; the whole stands in the tool tip."""

    def __init__(self, text: str = "", mailbox: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self._whole = self._told = ""
        self._hint = QSize()
        self._mailbox = mailbox
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.setMinimumWidth(theme.px(40))
        self.set_whole(text)

    def set_whole(self, text: str) -> None:
        if text != self._whole:
            self._whole = text
            self.setAccessibleName(text)
            self._hint = QSize()
            self.updateGeometry()
            self._shorten()

    def explain(self, words: str) -> None:
        """What the tool tip tells of it, however much of it is seen."""
        self._told = words
        self._shorten()

    @property
    def whole(self) -> str:
        return self._whole

    def sizeHint(self) -> QSize:
        """Reckoned once: layouts ask often."""
        if not self._hint.isValid():
            width = self.fontMetrics().horizontalAdvance(self._whole) + 2
            self._hint = QSize(width, super().sizeHint().height())
        return self._hint

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._shorten()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._hint = QSize()
            self._shorten()

    def _shorten(self) -> None:
        cut = elide_mailbox if self._mailbox else elide_end
        shown = cut(self._whole, self.fontMetrics(), self.width())
        if shown != self.text():
            self.setText(shown)
        set_tip(self, "\n".join(filter(None, (self._whole if shown != self._whole else "", self._told))))


class WholeLabel(WrappedLabel):
    """Words beside others: on one line where there is room, else on as many as they need. Only a single word that is
    wider than any of this program's own is cut."""

    narrow = True

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self.text()) + 2, metrics.lineSpacing())

    def minimumSizeHint(self) -> QSize:
        parts = pieces(breakable(self.text()))
        widest = max((self.fontMetrics().horizontalAdvance(part) for part in parts), default=0)
        return QSize(min(widest + 2, theme.px(LONGEST_WORD)), self.fontMetrics().lineSpacing())


_INKS = {
    "primary": "on_accent",
    "destructive": "on_bad",
    "accent": "accent",
    "link": "accent",
    "quiet": "muted",
    "segment": "muted",
    "filter": "muted",
}
"""The token that the words of a role are written in, as the style sheet has it."""
_CHOSEN = frozenset({"segment", "filter"})
_FILLED = frozenset({"primary", "destructive"})


class HintButton(QPushButton):
    """A button that shows its key beside its words."""

    def __init__(self, text: str = "", hint: str = "", role: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._hint = hint
        self._reckoned: tuple[tuple[object, ...], QSize] = ((), QSize())
        self.setAutoDefault(False)
        self.setIconSize(QSize(theme.px(16), theme.px(16)))
        self.setAccessibleName(text.rstrip("…"))
        if role:
            self.setProperty("role", role)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Space press the button that has the focus, but none whose deed cannot be taken back or that came up
        by itself, and Enter no answer that has a key of its own. Ctrl+Enter belongs to the sheet that it stands in."""
        enter = event.key() in ENTER
        confirming = enter and bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        keyed = enter and self.property("keyed")
        sheets = self.property("final") or self.property("unasked")
        if confirming or keyed or (sheets and (enter or event.key() == Qt.Key.Key_Space)):
            event.ignore()
        elif not enter:
            super().keyPressEvent(event)
        elif not event.isAutoRepeat():
            self.click()

    def set_hint(self, hint: str) -> None:
        if hint != self._hint:
            self._hint = hint
            self.updateGeometry()
            self.update()

    def set_role(self, role: str) -> None:
        if self.property("role") != role:
            self.setProperty("role", role)
            repolish(self)
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Reckoned once for the same words and looks: layouts ask often."""
        self.ensurePolished()
        looks = (self.text(), self._hint, self.property("role"), self.icon().cacheKey(), self.font().key())
        if looks != self._reckoned[0]:
            self._reckoned = (looks, self._size())
        return self._reckoned[1]

    def _size(self) -> QSize:
        size = super().sizeHint()
        frame = {"link": 12, "quiet": 14, "segment": 32, "deadline": 12}.get(str(self.property("role")), 24)
        inside = self._words_width() or self.iconSize().width()
        size.setWidth(inside + theme.px(frame) + self._hint_width())
        return size

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _words_width(self) -> int:
        bold = self.isCheckable() or self.property("role") in {"primary", "destructive", "accent"}
        metrics = QFontMetrics(theme.font(bold=True)) if bold else self.fontMetrics()
        return metrics.horizontalAdvance(self.text())

    def _hint_width(self) -> int:
        if not self._hint:
            return 0
        return theme.advance(self._hint, 11, mono=True) + theme.px(12) + theme.px(8)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._hint:
            super().paintEvent(event)
            return
        option = QStyleOptionButton()
        self.initStyleOption(option)
        words, option.text = option.text, ""
        painter = QPainter(self)
        self.style().drawControl(QStyle.ControlElement.CE_PushButton, option, painter, self)
        ink = self._ink()
        painter.setPen(ink)
        painter.setFont(self.font())
        total = self._words_width() + self._hint_width()
        left = (self.width() - total) // 2
        painter.drawText(QRect(left, 0, self._words_width() + 4, self.height()), Qt.AlignmentFlag.AlignVCenter, words)
        badge = QRect(left + self._words_width() + theme.px(8), 0, self._hint_width() - theme.px(8), theme.px(17))
        badge.moveTop((self.height() - badge.height()) // 2)
        paint_badge(painter, badge, self._hint, ink, str(self.property("role")) in _FILLED)
        painter.end()

    def _ink(self) -> QColor:
        """The style sheet's, which gives its own to no painter."""
        role = str(self.property("role"))
        chosen = self.isChecked() and role in _CHOSEN
        ink = "muted" if not self.isEnabled() else "accent" if chosen else _INKS.get(role, "text")
        return QColor(getattr(theme.tokens, ink))


def icon_button(name: str, words: str) -> HintButton:
    """A button that is only an icon; its words are said and shown as a tool tip."""
    button = HintButton("", role="quiet")
    button.setIcon(icon(name, theme.tokens.muted))
    button.setAccessibleName(words)
    button.setToolTip(words)
    return button


def glyph(name: str, tone: Tone | None = None, size: float = 16) -> QLabel:
    """An icon as a still picture."""
    made = QLabel()
    made.setFixedSize(theme.px(size), theme.px(size))
    made.setScaledContents(True)
    draw(made, name, tone)
    return made


def draw(shown: QLabel, name: str, tone: Tone | None = None) -> None:
    """Another icon where `glyph` has put one."""
    colour = theme.tokens.ink(tone) if tone is not None else theme.tokens.muted
    shown.setPixmap(pixmap(name, colour, shown.maximumWidth(), 2.0))


def hairline(vertical: bool = False) -> QFrame:
    made = QFrame()
    made.setObjectName("hairline")
    if vertical:
        made.setFixedWidth(1)
    else:
        made.setFixedHeight(1)
    return made


def beside(name: str, widths: Mapping[QWidget, int]) -> QSplitter:
    """Widgets side by side, with the share of the room that each gets; the bars between them can be moved, and stay
    so under that name."""
    made = QSplitter(Qt.Orientation.Horizontal)
    made.setHandleWidth(1)
    made.setChildrenCollapsible(False)
    for place, (widget, width) in enumerate(widths.items()):
        made.addWidget(widget)
        made.setStretchFactor(place, width)
    made.setSizes(list(widths.values()))
    kept.splitter(name, made)
    return made


def framed(head: QWidget, inside: QWidget, bar: QWidget) -> QWidget:
    """What is shown of one thing: its head, itself, and what can be done with it."""
    made = QWidget()
    outer = column(made)
    outer.addWidget(head)
    outer.addWidget(inside, 1)
    outer.addWidget(bar)
    return made


class PageStack(QStackedWidget):
    """Only the page that is seen asks for room: a page that was left in the middle of a change asks for the old one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.currentChanged.connect(self._on_changed)

    @Slot(int)
    def _on_changed(self, _place: int) -> None:
        self.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        shown = self.currentWidget()
        return shown.minimumSizeHint() if shown is not None else super().minimumSizeHint()


class _Held(QWidget):
    """Gives a page all its room, and asks for no more than the page's least: a scroll area would give a page with
    wrapped words the height that it likes best, and put what stands at its end out of sight."""

    def __init__(self, page: QWidget) -> None:
        super().__init__()
        page.setParent(self)
        self._page = page

    def minimumSizeHint(self) -> QSize:
        return self._page.minimumSizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._page.resize(event.size())

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().event(event)


def scrolling(page: QWidget) -> QScrollArea:
    """A page that fills its window, and scrolls where the window is smaller than what must be seen of it."""
    made = QScrollArea()
    made.setObjectName("page")
    made.setFrameShape(QFrame.Shape.NoFrame)
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    made.setWidgetResizable(True)
    made.setWidget(_Held(page))
    return made


def settle(widget: QWidget) -> None:
    """Lays out a widget and all in it, from within to without, so that no half-done arrangement is ever painted.

    Left to itself a change of a row climbs one level with every event, and a wrapped text is squeezed to one line
    meanwhile.
    """
    for layout in reversed(widget.findChildren(QLayout)):
        if isinstance(layout.parent(), QWidget):
            layout.activate()


def settle_around(widget: QWidget) -> None:
    """Lays out what a widget stands in, from within to without: one that needs more room than it has gets it before it
    is painted. Left to events, that comes too late for the first picture."""
    around = widget.parentWidget()
    while around is not None:
        QCoreApplication.sendEvent(around, QEvent(QEvent.Type.LayoutRequest))
        around = around.parentWidget()


def reveal(widget: QWidget, place: QRect) -> None:
    """Scrolls whatever a widget stands in until a place in the widget can be seen: of one that is larger than the room,
    where it begins."""
    around = widget.parentWidget()
    while around is not None:
        if isinstance(around, QScrollArea) and (inside := around.widget()) is not None:
            room = QRect(widget.mapTo(inside, place.topLeft()), place.size())
            around.ensureVisible(room.right(), room.bottom(), 0, theme.px(20))
            around.ensureVisible(room.left(), room.top(), 0, theme.px(60))
        around = around.parentWidget()


def hold(widget: QWidget, moved: int) -> bool:
    """Scrolls what a widget stands in by as much as that has moved, so that the eye finds it where it was. Whether
    anything was scrolled."""
    around = widget.parentWidget()
    while around is not None and not isinstance(around, QScrollArea):
        around = around.parentWidget()
    if around is None:
        return False
    bar = around.verticalScrollBar()
    before = bar.value()
    bar.setValue(before + moved)
    return bar.value() != before


def discard(widget: QWidget) -> None:
    """Deletes a widget that is out of its layout."""
    widget.hide()
    widget.deleteLater()


def clear(layout: QLayout) -> None:
    """Takes everything out of a layout and deletes it."""
    while layout.count():
        item = layout.takeAt(0)
        widget = item.widget() if item is not None else None
        inner = item.layout() if item is not None else None
        if widget is not None:
            discard(widget)
        elif inner is not None:
            clear(inner)


def is_enter(event: QKeyEvent) -> bool:
    """Enter alone. With Ctrl it confirms what a dialog asks, and nothing where there is none: one stroke too many
    must not take the step that comes next."""
    return event.key() in ENTER and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier


def line(widgets: Iterable[QWidget | int], spacing: float = 8) -> QHBoxLayout:
    """Widgets in a line; a number is a stretch."""
    made = QHBoxLayout()
    made.setContentsMargins(0, 0, 0, 0)
    made.setSpacing(theme.px(spacing))
    for widget in widgets:
        if isinstance(widget, int):
            made.addStretch(widget)
        else:
            made.addWidget(widget)
    return made


def told_bar(left: Sequence[QWidget], told: QWidget, right: Sequence[QWidget]) -> QWidget:
    """A bar of buttons, and between them what is told; beside large words there is no room for it."""
    bar = QWidget()
    bar.setObjectName("actionbar")
    bar.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    inner = column(spacing=6)
    if theme.percent < STACKED_PERCENT:
        row = line((*left, told, *right), 10)
        row.setStretch(len(left), 1)
    else:
        inner.addWidget(told)
        row = line((*left, 1, *right), 10)
    inner.addLayout(row)
    inner.setContentsMargins(theme.px(20), theme.px(12), theme.px(20), theme.px(11))
    bar.setLayout(inner)
    return bar


def column(parent: QWidget | None = None, margin: float = 0, spacing: float = 0) -> QVBoxLayout:
    """A vertical layout with the margins of the tokens."""
    made = QVBoxLayout(parent) if parent is not None else QVBoxLayout()
    edge = theme.px(margin)
    made.setContentsMargins(edge, edge, edge, edge)
    made.setSpacing(theme.px(spacing))
    return made
