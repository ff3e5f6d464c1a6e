"""Cards and their rows (a title with a note at its right, then facts and rows), and the column in which they scroll."""

from collections.abc import Callable, Collection, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, QRect, QSize, Qt
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFormLayout, QFrame, QHBoxLayout, QScrollArea, QScrollBar, QVBoxLayout, QWidget

from lockdesk.ui.look.theme import FITS, Tone, theme
from lockdesk.ui.widgets.facts import LABEL_WIDTH, Fact, FactList
from lockdesk.ui.widgets.parts import (
    LONGEST_WORD,
    STACKED_PERCENT,
    WholeLabel,
    clear,
    column,
    draw,
    glyph,
    label,
    line,
    set_property,
    set_tone,
    settle,
)
from lockdesk.words import _

BAR_WIDTH = 10
"""Of a scroll bar, in pixels at every text size; the style sheet says the same."""
_RowT = TypeVar("_RowT", bound=QWidget)


class Card(QFrame):
    """A titled surface: facts, and beneath them rows of widgets."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        outer = column(self)
        outer.setContentsMargins(1, 1, 1, 1)
        self._note = WholeLabel()
        self._note.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._note.setProperty("tone", str(Tone.QUIET))
        self._title = label(bold=True, wrap=True)
        self._head = line((self._title, self._note), 12)
        self._head.setStretch(0, 1)
        self._head.setContentsMargins(theme.px(12), theme.px(9), theme.px(12), theme.px(9))
        outer.addLayout(self._head)
        self.facts = FactList((), title)
        self.facts.hide()
        outer.addWidget(self.facts)
        self._rows = column()
        outer.addLayout(self._rows)
        self.set_title(title)

    def set_title(self, title: str) -> None:
        self._title.setText(title)
        # The note beside it is wrapped before a word of the title is cut; a longer one is somebody else's.
        widest = max((theme.advance(word, bold=True) for word in title.split()), default=1)
        self._title.setMinimumWidth(min(widest, theme.px(LONGEST_WORD)))
        self.setAccessibleName(title)
        self.facts.setAccessibleName(title)

    def set_note(self, text: str, tone: Tone = Tone.QUIET) -> None:
        """The words at the right of the title."""
        self._note.setText(text)
        set_tone(self._note, tone)

    def add_to_head(self, widget: QWidget) -> None:
        self._head.addWidget(widget)

    def show_facts(self, facts: Sequence[Fact]) -> None:
        self.facts.show_facts(facts)
        self.facts.setVisible(bool(facts))

    def add_row(self, widget: QWidget) -> None:
        self._rows.addWidget(widget)
        widget.show()  # else it counts for the layout only a turn of the event loop later

    def clear(self) -> None:
        """Takes the rows of widgets out."""
        clear(self._rows)

    def point_at(self, anchors: Collection[str]) -> QRect | None:
        """Marks the facts that evidence points at, no others, and gives the place of the first; the card's own for
        "" or for what has no row here, None when nothing points here."""
        place = self.facts.point_at(anchors)
        if place is not None:
            return place.translated(self.facts.pos())
        return self.rect() if anchors else None

    def add_offer(self, mark: QWidget, text: str, *buttons: QWidget) -> None:
        """A sentence and what can be done about it; large text gets a line for each."""
        words = label(text, wrap=True)
        if theme.percent < STACKED_PERCENT:
            self.add_row(Row((mark, words, *buttons), 1))
            return
        self.add_row(Row((mark, words), 1))
        for button in buttons:
            self.add_row(Row((1, button)))

    def add_words(self, text: str) -> None:
        """A line of words across the card."""
        self.add_row(WideRow(label(text, Tone.QUIET, wrap=True)))


def set_pointed(row: QWidget, pointed: bool) -> None:
    """Marks a row as the chosen one."""
    if (row.property("pointed") == "true") is not pointed:
        set_property(row, "pointed", "true" if pointed else "")
        QCoreApplication.sendEvent(row, QEvent(QEvent.Type.StyleChange))  # else the border's room is not given back


class Rows(QWidget, Generic[_RowT]):
    """Rows of one kind, as many as there are values. To make and style a row costs ten times what other words in
    it cost: what is there is used again, what is too many is hidden, and `ready` are made before the first is
    needed."""

    def __init__(self, make: Callable[[], _RowT], ready: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._make = make
        self._all: list[_RowT] = []
        self._column = column(self)
        self._add_up_to(ready)

    def show_count(self, count: int) -> Sequence[_RowT]:
        """The rows to be filled."""
        self._add_up_to(count)
        for position, row in enumerate(self._all):
            row.setVisible(position < count)
        self.setVisible(count > 0)
        return self._all[:count]

    def _add_up_to(self, count: int) -> None:
        while len(self._all) < count:
            self._all.append(self._make())
            self._column.addWidget(self._all[-1])


class FactRow(QFrame):
    """A muted label and a control."""

    def __init__(self, name: str, control: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("row", "true")
        control.setAccessibleDescription(name)
        stacked = theme.percent >= STACKED_PERCENT
        shown = label(name, Tone.QUIET, wrap=not stacked)
        shown.setMinimumWidth(min(theme.px(LABEL_WIDTH), round(LABEL_WIDTH * 1.25)))
        shown.setMinimumHeight(0 if stacked else control.sizeHint().height())
        inner = QFormLayout(self)
        policy = QFormLayout.RowWrapPolicy
        inner.setRowWrapPolicy(policy.WrapAllRows if stacked else policy.DontWrapRows)
        inner.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        inner.setHorizontalSpacing(theme.px(10))
        inner.setVerticalSpacing(0)
        inner.setContentsMargins(theme.px(12), theme.px(5), theme.px(12), theme.px(5))
        inner.addRow(shown, control)


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


_AROUND = 12
"""Between the words of an empty page and the ring that shows the focus there (pixels at 100 %)."""


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
        self.said = QWidget()
        """Where it stands; what has the focus on a page that has nothing else to give it to."""
        said = column(self.said, _AROUND, 8)
        said.addWidget(glyph(icon, size=32), 0, Qt.AlignmentFlag.AlignHCenter)
        self._title = label(bold=True, wrap=True)
        self._words = label(tone=Tone.QUIET, wrap=True)
        self.set_words(title, words)
        for shown in (self._title, self._words):
            shown.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            said.addWidget(shown)
        inner = column(self, 24 - _AROUND, 8)
        inner.addStretch(2)
        inner.addWidget(self.said)
        if buttons:
            inner.addSpacing(theme.px(8))
            inner.addLayout(line((1, *buttons, 1)))
        inner.addStretch(3)

    def set_words(self, title: str, words: str = "") -> None:
        self._title.setText(title)
        self._words.setText(words)
        self.said.setAccessibleName(" ".join((title, words)).strip())


class QuietBar(QScrollBar):
    """A bar that keeps its room and shows nothing where there is nothing to scroll."""

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.maximum() > self.minimum():
            super().paintEvent(event)


class Flow(QScrollArea):
    """A scrolling column of cards, as wide as its view, with a measure that is comfortable to read."""

    def __init__(self, measure: float = 0, centred: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._centred = centred
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        if theme.percent <= FITS:
            self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # A bar that came and went would change the width, and with it the height of every text.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setVerticalScrollBar(QuietBar())
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName(_("Isi halaman"))
        self._measure = theme.px(measure)
        self._inside = QWidget()
        self._inside.setObjectName("flow")
        self._column = QVBoxLayout(self._inside)
        self._column.setSpacing(theme.px(12))
        self._set_margins(0)
        self._column.addStretch(1)
        self.setWidget(self._inside)

    def add(self, widget: QWidget) -> None:
        self._column.insertWidget(self._column.count() - 1, widget)

    def put(self, place: int, widget: QWidget) -> None:
        """At a place among the others, counted from the top."""
        self._column.insertWidget(place, widget)

    def add_layout(self, layout: QHBoxLayout) -> None:
        self._column.insertLayout(self._column.count() - 1, layout)

    def clear(self) -> None:
        clear(self._column)
        self._column.addStretch(1)

    def go_to_top(self) -> None:
        self.verticalScrollBar().setValue(0)

    def settle(self) -> None:
        """Gives every text its whole height; for when the cards were filled."""
        settle(self._inside)
        QCoreApplication.sendEvent(self, QEvent(QEvent.Type.LayoutRequest))  # and the scroll bar its range

    def resizeEvent(self, event: QResizeEvent) -> None:
        width = event.size().width()
        self._set_margins(max(width - self._measure - theme.px(40), 0) if self._measure else 0)
        super().resizeEvent(event)
        if width not in {0, event.oldSize().width()}:  # 0: a splitter is about to share its room
            self.settle()

    def _set_margins(self, spare: int) -> None:
        side, edge = 20, theme.px(12)
        left = spare // 2 if self._centred else 0
        self._column.setContentsMargins(side + left, edge, side - BAR_WIDTH + spare - left, theme.px(20))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(260), theme.px(160))
