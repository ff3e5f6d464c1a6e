"""Dialogs as sheets inside the window: the window behind is dimmed, Tab stays inside, Esc leaves."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Slot
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from lockdesk.ui.look.help_places import HelpPlace
from lockdesk.ui.look.theme import Tone, theme
from lockdesk.ui.widgets.days import days_are_whole
from lockdesk.ui.widgets.forms import hold_no_passphrase
from lockdesk.ui.widgets.parts import ENTER, HintButton, column, label, line, reveal, settle
from lockdesk.ui.widgets.tab_order import tab_on, tab_stops
from lockdesk.words import _

CALM_MS = 400
"""So long a sheet that came up just now takes no key for a step that cannot be taken back: whoever typed did not see
it yet."""
_SIDE = 28
"""Pixels at 100 % between a sheet's edges and what is in it."""
_WRITTEN = 58
"""So high is a text's field at least: two lines."""
LOCK_NAME = "locked"
"""The object name of what covers a locked window."""


@runtime_checkable
class FocusHome(Protocol):
    """A page that knows where the keyboard goes on: where Enter takes the next step."""

    def take_focus(self) -> None: ...


class SideWindow(QWidget):
    """A window beside the main one that shows what is the main one's: it hides while that is locked."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)


class Dim(QWidget):
    """The dimmed window behind a sheet; takes every click. A sheet that is higher than the window, as with the largest
    text, scrolls in it."""

    def __init__(self, window: QWidget, ground: QColor) -> None:
        super().__init__(window)
        self._window = window
        self._ground = ground
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setGeometry(window.rect())
        window.installEventFilter(self)
        inside = QWidget()
        inside.setObjectName("clear")
        area = QScrollArea()
        area.setObjectName("clear")
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidgetResizable(True)
        area.setWidget(inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area)
        self.arrangement = QVBoxLayout(inside)
        self._edge = theme.px(20)
        self.arrangement.setContentsMargins(self._edge, self._edge, self._edge, self._edge)

    @property
    def room(self) -> int:
        """How high a sheet can be without scrolling, in pixels."""
        return self.height() - 2 * self._edge

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._window and event.type() == QEvent.Type.Resize:
            self.cover()
            for sheet in self.findChildren(Sheet):
                if sheet.isVisible():
                    sheet.fit_again()
        return False

    def cover(self) -> None:
        self.setGeometry(self._window.rect())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._ground)
        painter.end()


class Sheet(QDialog):
    """A small dialog: the consequence as its title, its verb as its button.

    The caller connects the sheet's own signal and calls `open()`; the sheet deletes itself when closed.
    """

    takes_files = False
    """Whether files that are dropped beside it are meant for it."""
    unasked = False
    """Whether it comes up by itself, perhaps while somebody types: no key takes its verb before it was seen."""
    alone = False
    """Whether nothing of the window is seen around it: somebody else looks at the screen."""
    is_help = False
    """Whether it explains what is behind it."""
    help_at: HelpPlace | None = None
    """What tells of it in the help; None: what tells of the page behind it."""

    def __init__(self, parent: QWidget, title: str, words: str = "", width: float = 560) -> None:
        self._dim = Dim(parent.window(), QColor(theme.tokens.bg) if self.alone else QColor(15, 22, 26, 112))
        super().__init__(self._dim)
        self.setWindowFlags(Qt.WindowType.Widget)  # inside the window: no desktop can lay it elsewhere
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setObjectName("sheet")
        self.setAccessibleName(title)
        self._before = QApplication.focusWidget()
        self._asker = parent
        self._closed = self._away = self._final = False
        self._resting = ""
        self._calm = QTimer(self)
        self._calm.setSingleShot(True)
        self._calm.setInterval(CALM_MS)
        self._resumed: QWidget | None = None
        """Where the focus was when the window was locked."""
        self._giving: list[tuple[QWidget, int]] = []
        self._lowered: dict[QWidget, int] = {}
        """What gave way, and how high it was."""
        self.setFixedWidth(min(theme.px(width), max(parent.window().width() - theme.px(40), theme.px(320))))
        self._dim.arrangement.addWidget(self, 0, Qt.AlignmentFlag.AlignCenter)
        outer = column(self, 0, 12)
        side = theme.px(_SIDE)
        outer.setContentsMargins(side, theme.px(24), side, theme.px(22))
        head = label(title, scale="title", bold=True, wrap=True)
        outer.addWidget(head)
        outer.setSpacing(theme.px(12))
        self.explained = label(words, tone=Tone.QUIET, wrap=True)
        outer.addWidget(self.explained)
        self.explained.setVisible(bool(words))
        self.body = column(spacing=10)
        outer.addLayout(self.body, 1)
        self._beside, self._above = (label(tone=Tone.QUIET, scale="small", wrap=wraps) for wraps in (False, True))
        """Where it stands why the verb rests: on the verb's line, or in lines of its own where that is too short."""
        self._beside.hide()
        self._above.hide()
        self._buttons = line((self._beside, 1), 8)
        outer.addWidget(self._above)
        outer.addSpacing(theme.px(4))
        outer.addLayout(self._buttons)
        self.verb, self.cancel = HintButton(""), HintButton("")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Minimum)

    def take(self, paths: Sequence[Path]) -> None:
        """Files that were chosen or dropped; asked only of a sheet that takes them."""
        raise NotImplementedError

    def add_buttons(self, verb: str, role: str = "primary", cancel: str = "", final: bool = False) -> None:
        """Cancel and the verb, at the right. `final`: what it does cannot be taken back, so Ctrl+Enter confirms it and
        no single key does; what is destructive is final."""
        self._final = final or role == "destructive"
        self.cancel = HintButton(cancel or _("Batal"), "Esc")
        self.cancel.clicked.connect(self._on_leave)
        written = self._final or bool(self.findChildren(QPlainTextEdit) and not self.findChildren(QLineEdit))
        self.verb = HintButton(verb, _("Ctrl+Enter") if written else _("Enter"), role)
        self.verb.setProperty("final", self._final)
        self.verb.setProperty("unasked", self.unasked)
        self.verb.clicked.connect(self._on_verb)
        self._buttons.addWidget(self.cancel)
        self._buttons.addWidget(self.verb)

    def add_close(self) -> None:
        """One button only: the sheet tells and asks nothing."""
        self.verb = HintButton(_("Tutup"), "Esc")
        self.verb.setProperty("unasked", self.unasked)
        self.verb.clicked.connect(self._on_leave)
        self._buttons.addWidget(self.verb)

    def rest_verb(self, reason: str) -> None:
        """Says beside the verb, or above it, why it cannot be pressed; "": it can."""
        self._resting = reason
        self.verb.setEnabled(not reason)
        self.verb.setAccessibleDescription(reason)
        self._tell_why()

    def _tell_why(self) -> None:
        """Whole, whatever its length. What was said above the verb once goes on there, and the lines keep their room
        when there is nothing to say: the verb does not move under the hand that is on its way to it."""
        self._beside.setText(self._resting)
        self._beside.ensurePolished()
        items = (self._buttons.itemAt(place) for place in range(self._buttons.count()))
        shown = (item.widget() for item in items if item is not None and not item.isEmpty())
        others = (widget for widget in shown if widget is not None and widget is not self._beside)
        taken = sum(widget.sizeHint().width() + self._buttons.spacing() for widget in others)
        room = self.width() - 2 * theme.px(_SIDE)
        fits = taken + self._beside.sizeHint().width() <= room and not self._above.isVisible()
        self._beside.setVisible(bool(self._resting) and fits)
        self._above.setText(self._resting)
        if not fits and self._resting:
            self._above.setMinimumHeight(max(self._above.minimumHeight(), self._above.heightForWidth(room)))
        self._above.setVisible(not fits)

    def add_side_button(self, button: QWidget) -> None:
        """A quieter button at the left."""
        self._buttons.insertWidget(0, button)
        self._tell_why()

    def add_second(self, button: QWidget) -> None:
        """Another way to go on, beside the verb."""
        self._buttons.insertWidget(self._buttons.indexOf(self.verb), button)
        self._tell_why()

    def scrolled(self, inside: QWidget, height: float = 0, beneath: QWidget | None = None) -> QScrollArea:
        """Wraps a long body, so that the sheet fits the window; 0: as high as what is in it, as far as there is room.
        `beneath`: what must be filled in stands there, never below the fold."""
        whole = (
            inside.heightForWidth(self.width() - 2 * theme.px(_SIDE) - theme.px(12))
            if inside.hasHeightForWidth()
            else 0
        )
        wanted = theme.px(height) if height else max(whole, 0) or inside.sizeHint().height()
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setAccessibleName(_("Isi dialog"))
        area.setObjectName("surface")
        inside.setObjectName("surface")
        area.setWidget(inside)
        self.body.addWidget(area)
        if beneath is not None:
            self.body.addWidget(beneath)
        area.ensurePolished()
        area.setFixedHeight(wanted + 2 * area.frameWidth())  # of the focus; without it what just fits would scroll
        self.give_way(area, 110)
        return area

    def give_way(self, widget: QWidget, least: float) -> None:
        """It becomes lower where the sheet is higher than the window, as low as `least` (pixels at 100 %). All that is
        asked for and the verb are in sight then; what was named first gives first."""
        self._giving.append((widget, theme.px(least)))

    def sizeHint(self) -> QSize:
        """Of its own width: Qt reckons with a narrower one, in which more lines are wrapped."""
        width = self.minimumWidth()
        return QSize(width, self.heightForWidth(width)) if self.hasHeightForWidth() else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit(self.height())

    def fit_again(self) -> None:
        """The window has another size: what gave way is as high as there is room."""
        for widget, height in self._lowered.items():
            widget.setFixedHeight(height)
        self._lowered.clear()
        settle(self)
        self._fit(self.sizeHint().height())

    def _fit(self, height: int) -> None:
        over = height - self._dim.room
        if over <= 0:
            return
        within = [widget for widget, _least in self._giving]
        written = [area for area in self.findChildren(QPlainTextEdit) if not any(w.isAncestorOf(area) for w in within)]
        for widget, least in (*self._giving, *((area, theme.px(_WRITTEN)) for area in written)):
            given = min(over, widget.height() - least)
            if given > 0:
                self._lowered.setdefault(widget, widget.height())
                widget.setFixedHeight(widget.height() - given)
                over -= given
        settle(self)

    def act(self) -> None:
        """What the verb does; subclasses emit their signal and call `accept()`."""
        self.accept()

    @Slot()
    def _on_verb(self) -> None:
        self.attempt(self.act)

    def attempt(self, act: Callable[[], None]) -> None:
        """The verb, or another way to go on, if what is written may be taken."""
        if self.verb.isEnabled() and days_are_whole(self) and hold_no_passphrase(self):
            act()

    @Slot()
    def _on_leave(self) -> None:
        self.reject()

    def accept(self) -> None:
        """Closes the sheet after its verb; the keyboard goes on to the next step."""
        self._close(confirmed=True)

    @Slot()
    def reject(self) -> None:
        """Leaves the sheet without doing anything; the keyboard goes back."""
        self._close(confirmed=False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves. Enter takes the verb, Ctrl+Enter too, from a text of several lines as well; what cannot be taken
        back Ctrl+Enter alone, and not before the sheet was seen. Nothing goes further."""
        confirming = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier) and self.calm
        if event.key() == Qt.Key.Key_Escape:
            self.reject()
        elif self.unasked and not self.calm:
            self._calm.start()  # whoever still types has not seen it
        elif self.unasked and event.key() in {*ENTER, Qt.Key.Key_Space}:
            if not event.isAutoRepeat():
                self.verb.click()
        elif event.key() in ENTER and not event.isAutoRepeat() and (confirming or not self._final):
            self._on_verb()
        elif event.key() in ENTER and not self.calm:
            self._calm.start()  # one more stroke of a burst that began before the sheet was there
        event.accept()

    @property
    def calm(self) -> bool:
        """Whether it stands long enough to be confirmed by a key."""
        return not self._calm.isActive()

    @property
    def left(self) -> bool:
        """True once it was closed, by its verb or without."""
        return self._closed

    @property
    def away(self) -> bool:
        """True while it waits behind the lock."""
        return self._away and not self._closed

    def belongs_to(self, page: QWidget) -> bool:
        """Whether something that is seen there opened it, or a dialog of something there: its verb ends there."""
        widget: QWidget | None = self._asker if isValid(self._asker) else None
        while widget is not None and widget is not page:
            widget = widget._asker if isinstance(widget, Sheet) else widget.parentWidget()
        return widget is page

    def put_away(self) -> None:
        """The window is locked: the sheet keeps what was typed until `bring_back`, but what confirms is given anew."""
        if self._closed:
            return
        focused = QApplication.focusWidget()
        self._resumed = focused if focused is not None and self.isAncestorOf(focused) else None
        self._away = True
        self._dim.hide()
        self.unconfirm()

    def bring_back(self) -> None:
        if self._away and not self._closed:
            self._away = False
            self.open()

    def unconfirm(self) -> None:
        """Takes back what confirms a step: retyped digits; a sheet that asks for nothing but a yes closes."""

    def _close(self, confirmed: bool) -> None:
        if self._closed:
            return
        self._closed = True
        self._dim.hide()
        self._dim.deleteLater()
        self._give_focus(confirmed)
        self.finished.emit(int(QDialog.DialogCode.Accepted if confirmed else QDialog.DialogCode.Rejected))

    def return_to(self, widget: QWidget) -> None:
        """Where the keyboard goes when the sheet is left, instead of where it came from."""
        self._before = widget

    @property
    def came_from(self) -> QWidget | None:
        """Where the keyboard was, and is again when the sheet is left; None where that is gone."""
        return self._before if self._before is not None and isValid(self._before) else None

    def _give_focus(self, confirmed: bool) -> None:
        """What had the focus may be gone or resting by now, and what a confirmed step shows next comes later."""
        before = self.came_from
        usable = before is not None and before.isVisible() and before.isEnabled()
        under = [sheet for sheet in open_sheets(self.window()) if sheet is not self]
        if under:
            under[-1]._calm.start()  # the key that closed this one is not meant for that one
        home = self._home()
        if before is not None and usable and (not confirmed or home is None or under):
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        elif under:
            under[-1].focus_first()
        elif home is not None:
            home.take_focus()

    def _home(self) -> FocusHome | None:
        widget: QWidget | None = self._asker if isValid(self._asker) else None
        while widget is not None and not isinstance(widget, FocusHome):
            widget = widget.parentWidget()
        return widget

    def open(self) -> None:
        """Covers the window and takes the focus; over a locked window not before it is unlocked, unless
        the lock itself asked for it."""
        if is_locked(self.window()) and self._asker.objectName() != LOCK_NAME:
            self._away = True
            return
        self._tell_why()
        self._dim.cover()
        for inside in self.findChildren(QWidget):
            inside.ensurePolished()  # the style sheet has its say about heights
        self.fit_again()
        self._dim.show()
        self._dim.raise_()
        self.show()
        settle(self._dim)
        self._calm.start()
        self.focus_first()

    def focus_first(self) -> None:
        """Where one begins to type, or where one was when the window was locked."""
        first = self._resumed or self._first_field()
        if first is not None:
            first.setFocus(Qt.FocusReason.PopupFocusReason)
            if isinstance(first, QAbstractSpinBox):
                first.selectAll()  # as after Tab: another number is typed over the proposed one
            reveal(first, first.rect())

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Keeps Tab inside the sheet."""
        return tab_on(self, forward)

    def _first_field(self) -> QWidget | None:
        stops = tab_stops(self)
        fields = [stop for stop in stops if not isinstance(stop, HintButton) and not isinstance(stop, QScrollArea)]
        return fields[0] if fields else (self.verb if self.verb in stops else (stops[0] if stops else None))


def open_sheets(window: QWidget) -> list[Sheet]:
    """The dialogs that are shown, the one opened first at the beginning."""
    return [sheet for sheet in window.findChildren(Sheet) if sheet.isVisible()]


Written = tuple[QWidget | None, str]
NOTHING_WRITTEN: Written = (None, "")


def being_written() -> Written:
    """The field in which the keyboard is, and what stands there; None where nothing is being written. A number's box,
    and a box of choices in which something else can be written, hold the keyboard instead of the line within."""
    return _written_in(QApplication.focusWidget())


def written_beneath(window: QWidget) -> Written:
    """The same as far as no dialog is open; under dialogs what is being written when they are left."""
    sheets = open_sheets(window)
    return _written_in(sheets[0].came_from) if sheets else being_written()


def _written_in(focused: QWidget | None) -> Written:
    if isinstance(focused, QLineEdit | QAbstractSpinBox):
        return focused, focused.text()
    if isinstance(focused, QPlainTextEdit):
        return focused, focused.toPlainText()
    if isinstance(focused, QComboBox) and focused.isEditable():
        return focused, focused.currentText()
    return NOTHING_WRITTEN


def is_typing() -> bool:
    """Whether the keyboard is where something is being written."""
    return being_written()[0] is not None


def is_locked(window: QWidget) -> bool:
    """Whether what covers a locked window is there."""
    cover = window.findChild(QWidget, LOCK_NAME)
    return cover is not None and cover.isVisible()


def sheet_is_open(window: QWidget) -> bool:
    """True while a dialog covers the window: its shortcuts rest."""
    return any(dim.isVisible() for dim in window.findChildren(Dim))
