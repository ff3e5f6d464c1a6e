"""Cards and their rows: a title with a note at its right, then facts divided by hairlines."""

from collections import deque
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar, cast

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Slot
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QBoxLayout, QFrame, QLabel, QWidget
from shiboken6 import isValid

from lockdesk.ui.look.elide import breakable, unbroken
from lockdesk.ui.look.theme import Tone, theme
from lockdesk.ui.running.clipboard import copies
from lockdesk.ui.widgets.parts import (
    SELECTABLE,
    STACKED_PERCENT,
    ElidedLabel,
    FlowingLabel,
    clear,
    column,
    discard,
    draw,
    flowing,
    glyph,
    label,
    line,
    set_property,
    set_tone,
    wrappable,
)
from lockdesk.words import _

LABEL_WIDTH = 92
QWIDGETSIZE_MAX = (1 << 24) - 1
_RowT = TypeVar("_RowT", bound=QWidget)


class Card(QFrame):
    """A titled surface with rows."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.setAccessibleName(title)
        self._outer = column(self)
        self._outer.setContentsMargins(1, 1, 1, 1)
        self._title = label(title, bold=True)
        self._note = ElidedLabel()
        self._note.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._note.setProperty("tone", str(Tone.QUIET))
        self._head = line((self._title, 1, self._note), 12)
        self._head.setContentsMargins(theme.px(12), theme.px(9), theme.px(12), theme.px(9))
        self._outer.addLayout(self._head)
        self._rows = column()
        self._outer.addLayout(self._rows)
        self._anchored: dict[str, list[QWidget]] = {}
        self._shown: list[tuple[Callable[[], QWidget] | None, QWidget]] = []
        self._spare: dict[Callable[[], QWidget], deque[QWidget]] = {}

    def set_note(self, text: str, tone: Tone = Tone.QUIET) -> None:
        """The words at the right of the title."""
        self._note.set_whole(text)
        set_tone(self._note, tone)

    def add_to_head(self, widget: QWidget) -> None:
        self._head.addWidget(widget)

    def clear(self) -> None:
        """Takes every row out."""
        self._anchored = {}
        self._shown, self._spare = [], {}
        clear(self._rows)

    @contextmanager
    def refilling(self) -> Iterator[None]:
        """Fills the card anew. Rows that `take` made are used again: to make and style one costs ten times what
        other words in it cost. What is not used again is hidden."""
        shown, spare = self._shown, self._spare
        self._anchored, self._shown, self._spare = {}, [], {}
        with self.still():
            for make, row in shown:
                if make is None:
                    self._rows.removeWidget(row)
                    discard(row)
                else:
                    self._spare.setdefault(make, deque()).append(row)
            for make, rows in spare.items():
                self._spare.setdefault(make, deque()).extend(rows)
            yield
            for row in (row for rows in self._spare.values() for row in rows):
                row.hide()

    @contextmanager
    def still(self) -> Iterator[None]:
        """Rows come and go without laying out the card each time: a layout that is enabled answers every one."""
        self._outer.setEnabled(False)
        try:
            yield
        finally:
            if isValid(self._outer):  # else the window was closed over unfinished work
                self._outer.setEnabled(True)

    def take(self, make: Callable[[], _RowT], anchors: Sequence[str] = ()) -> _RowT:
        """The next row of this kind, one of the last filling where there is one; the caller says everything in it."""
        spare = self._spare.get(make)
        row = cast("_RowT", spare.popleft()) if spare else make()
        self._place(make, row, anchors)
        return row

    def add_row(self, widget: QWidget, anchors: Sequence[str] = ()) -> None:
        """`anchors`: by what names evidence points at this row."""
        self._place(None, widget, anchors)

    def _place(self, make: Callable[[], QWidget] | None, row: QWidget, anchors: Sequence[str]) -> None:
        for anchor in anchors:
            self._anchored.setdefault(anchor, []).append(row)
        position = len(self._shown)
        self._shown.append((make, row))
        here = self._rows.itemAt(position)
        if here is not None and here.widget() is row and not row.isHidden():
            return
        if row.parent() is self:
            self._rows.removeWidget(row)
        self._rows.insertWidget(position, row)
        row.show()  # else it counts for the layout only a turn of the event loop later

    def add_fact(
        self,
        name: str,
        value: str,
        mono: bool = False,
        tone: Tone | None = None,
        anchors: Sequence[str] = (),
        tip: str = "",
    ) -> None:
        """A line of label and text; empty text is shown as a dash."""
        self.take(TextRow, anchors).say(name, value, tone, mono, tip)

    def add_long_fact(
        self,
        name: str,
        value: str,
        mono: bool = False,
        tone: Tone | None = None,
        anchors: Sequence[str] = (),
        tip: str = "",
        ground: str = "",
    ) -> None:
        """A line whose text is never cut, however narrow the card: serials, addresses, names in certificates."""
        row = self.take(LongTextRow, anchors)
        row.say(name, value, tone, mono, tip)
        set_property(row, "ground", ground)

    def point_at(self, anchors: Collection[str]) -> QWidget | None:
        """Marks the rows that evidence points at, no others, and gives the first; the card itself for "" or
        for what has no row here, None when nothing points here."""
        pointed = [row for anchor in anchors for row in self._anchored.get(anchor, ())]
        for row in {id(row): row for rows in self._anchored.values() for row in rows}.values():
            set_pointed(row, row in pointed)
        if pointed:
            return pointed[0]
        return self if anchors else None

    def add_offer(self, mark: QWidget, text: str, *buttons: QWidget) -> None:
        """A sentence and what can be done about it; large text gets a line for each."""
        words = label(text, wrap=True)
        if theme.percent < STACKED_PERCENT:
            self.add_row(Row((mark, words, *buttons), 1))
            return
        self.add_row(Row((mark, words), 1))
        for button in buttons:
            self.add_row(Row((1, button)))

    def add_words(self, text: str, tone: Tone = Tone.QUIET) -> None:
        """A line of words across the card."""
        self.take(WordsRow).say(text, tone)


def set_pointed(row: QWidget, pointed: bool) -> None:
    """Marks a row as the place of the chosen finding's evidence."""
    if (row.property("pointed") == "true") is not pointed:
        set_property(row, "pointed", "true" if pointed else "")
        QCoreApplication.sendEvent(row, QEvent(QEvent.Type.StyleChange))  # else the border's room is not given back


class LineText(FlowingLabel):
    """Words of which nothing may be cut: they wrap after their signs, and are copied as they are."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setMinimumWidth(1)
        self.setTextInteractionFlags(SELECTABLE | Qt.TextInteractionFlag.TextSelectableByKeyboard)
        copy = QAction(_("Salin"), self)
        copy.triggered.connect(self.copy)
        self.addAction(copy)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

    def set_whole(self, text: str) -> None:
        self.setText(breakable(text))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            super().keyPressEvent(event)

    @Slot()
    def copy(self) -> None:
        """The selected words without the places where they may wrap."""
        if self.hasSelectedText():
            copies.put(unbroken(self.selectedText()))


class FactRow(QFrame):
    """A muted label and its value, aligned with the other rows of a card."""

    def __init__(self, name: str, value: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("row", "true")
        self._name, self._value = flowing(Tone.QUIET), value
        self._name.setFixedWidth(min(theme.px(LABEL_WIDTH), round(LABEL_WIDTH * 1.25)))
        text = isinstance(value, QLabel)
        upright = Qt.AlignmentFlag.AlignTop if text else Qt.AlignmentFlag.AlignVCenter
        self._name.setAlignment(upright | Qt.AlignmentFlag.AlignLeft)
        inner: QBoxLayout = line((self._name, value), 10)
        inner.setStretch(1, 1)
        if theme.percent >= STACKED_PERCENT:
            inner.setDirection(QBoxLayout.Direction.TopToBottom)
            inner.setSpacing(0)
            self._name.setMaximumWidth(QWIDGETSIZE_MAX)
        inner.setContentsMargins(theme.px(12), theme.px(5), theme.px(12), theme.px(5))
        self.setLayout(inner)
        self.name(name)

    def name(self, name: str) -> None:
        self._name.setText(wrappable(name))
        self._value.setAccessibleDescription(name)


class TextRow(FactRow):
    """A fact in words; no text is shown as a dash."""

    def __init__(self, words: QLabel | None = None, parent: QWidget | None = None) -> None:
        self._words = words or flowing()
        if words is None:
            self._words.setTextInteractionFlags(SELECTABLE)
        super().__init__("", self._words, parent)

    def say(self, name: str, value: str, tone: Tone | None = None, mono: bool = False, tip: str = "") -> None:
        """`tip` is shown over the row."""
        self.name(name)
        self._write(value or "–")
        set_property(self._words, "tone", str(tone or ""))
        set_property(self._words, "mono", "true" if mono else "")
        self.setToolTip(tip)

    def _write(self, text: str) -> None:
        self._words.setText(wrappable(text))


class LongTextRow(TextRow):
    """A fact of which nothing may be cut."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self._line = LineText()
        super().__init__(self._line, parent)

    def say(self, name: str, value: str, tone: Tone | None = None, mono: bool = False, tip: str = "") -> None:
        super().say(name, value, tone, mono, tip)
        self._line.setAccessibleName(f"{name}: {value}")

    def _write(self, text: str) -> None:
        self._line.set_whole(text)


class Row(QFrame):
    """A line of widgets in a card."""

    def __init__(self, widgets: Sequence[QWidget | int], stretch: int = -1, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("row", "true")
        inner = line(widgets, 10)
        inner.setContentsMargins(theme.px(12), theme.px(5), theme.px(12), theme.px(5))
        if stretch >= 0:
            inner.setStretch(stretch, 1)
        self.setLayout(inner)


class WideRow(QFrame):
    """One widget across a card."""

    def __init__(self, widget: QWidget, margin: float = 8, side: float = 12, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("row", "true")
        inner = column(self)
        inner.setContentsMargins(theme.px(side), theme.px(margin), theme.px(side), theme.px(margin))
        inner.addWidget(widget)


class WordsRow(WideRow):
    """Words across a card."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self._words = flowing()
        super().__init__(self._words, parent=parent)

    def say(self, text: str, tone: Tone = Tone.QUIET, selectable: bool = False) -> None:
        self._words.setText(wrappable(text))
        set_tone(self._words, tone)
        self._words.setTextInteractionFlags(SELECTABLE if selectable else Qt.TextInteractionFlag.NoTextInteraction)


_NOTICE_ICONS = {Tone.OK: "check", Tone.BAD: "circle-x"}


class Notice(QFrame):
    """A quiet strip with a glyph and a sentence."""

    def __init__(self, text: str, tone: Tone = Tone.WARN, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        self.setProperty("tone", str(tone))
        self._words = label(text, wrap=True)
        self._mark = glyph(_NOTICE_ICONS.get(tone, "circle-alert"), tone)
        inner = line((self._mark, self._words), 10)
        inner.setStretch(1, 1)
        inner.setContentsMargins(theme.px(12), theme.px(8), theme.px(12), theme.px(8))
        self.setLayout(inner)

    def set_words(self, text: str) -> None:
        self._words.setText(text)

    def say(self, text: str, tone: Tone) -> None:
        """Other words, in another tone."""
        self.set_words(text)
        draw(self._mark, _NOTICE_ICONS.get(tone, "circle-alert"), tone)
        set_tone(self, tone)


class EmptyState(QWidget):
    """What a page says when there is nothing to show: a glyph, a sentence, what can be done."""

    def __init__(
        self,
        icon: str,
        title: str,
        words: str = "",
        buttons: Sequence[QWidget] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        inner = column(self, 24, 8)
        inner.addStretch(2)
        inner.addWidget(glyph(icon, size=32), 0, Qt.AlignmentFlag.AlignHCenter)
        self._title = label(title, bold=True, wrap=True)
        self._words = label(words, tone=Tone.QUIET, wrap=True)
        for shown in (self._title, self._words):
            shown.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            inner.addWidget(shown)
        if buttons:
            inner.addSpacing(theme.px(8))
            inner.addLayout(line((1, *buttons, 1)))
        inner.addStretch(3)

    def set_words(self, title: str, words: str = "") -> None:
        self._title.setText(title)
        self._words.setText(words)
