"""The action bar: side roads at the left, the procedure at the right, only the next step filled."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPoint, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAction, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QLayout,
    QMenu,
    QProxyStyle,
    QStyle,
    QStyleHintReturn,
    QStyleOption,
    QWidget,
)

from lockdesk.desk.requests.steps import Availability, CaseAction
from lockdesk.ui.look.actions import CASE_SPEC, MORE, PROCEDURE, SIDE_ROADS
from lockdesk.ui.look.elide import tool_tip
from lockdesk.ui.look.icons import icon
from lockdesk.ui.look.theme import Tone, theme
from lockdesk.ui.widgets.parts import HintButton, label, line, set_tip
from lockdesk.ui.widgets.sheet import is_typing, open_sheets
from lockdesk.words import _

_SHOWN = 4
NO_WORDS: Mapping[CaseAction, str] = {}


class ActionButton(HintButton):
    """A button that knows its action."""

    def __init__(self, action: CaseAction, parent: QWidget | None = None) -> None:
        super().__init__(CASE_SPEC[action].label, parent=parent)
        self.action = action
        self.setObjectName(f"action-{action}")


class RestingReached(QProxyStyle):
    """A menu in which the keys stop at what rests, too: how else is it told why?"""

    def styleHint(
        self,
        hint: QStyle.StyleHint,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
        returned: QStyleHintReturn | None = None,
    ) -> int:
        if hint is QStyle.StyleHint.SH_Menu_AllowActiveAndDisabled:
            return 1
        return super().styleHint(hint, option, widget, returned)


class ActionBar(QWidget):
    """Shows what `availability` allows; asks for an action by its name."""

    action_asked = Signal(str)
    rest_told = Signal(str)
    """Why an action rests that was asked for by a key, or that one is at in the menu."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("actionbar")
        self.setAccessibleName(_("Tindakan"))
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._available: Availability | None = None
        self._busy = False
        self._focused = self._fallen = False
        self._left = {action: ActionButton(action) for action in SIDE_ROADS}
        self._right = {action: ActionButton(action) for action in (*PROCEDURE, CaseAction.ANSWER)}
        self._menu = QMenu(self)
        self._menu.setToolTipsVisible(True)
        self._style = RestingReached("Fusion")
        self._menu.setStyle(self._style)
        self._menu.hovered.connect(self._on_hovered)
        self._entries = self._make_menu()
        self._more = HintButton("")
        self._more.setIcon(icon("ellipsis"))
        self._more.setAccessibleName(_("Tindakan lain"))
        self._more.setToolTip(_("Tindakan lain"))
        self._more.clicked.connect(self._on_more)
        self._words = label(tone=Tone.QUIET, scale="small")
        for button in (*self._left.values(), *self._right.values()):
            button.clicked.connect(self._on_button)
        inner = line((*self._left.values(), self._more, self._words, 1, *self._right.values()), 8)
        inner.setContentsMargins(theme.px(20), theme.px(12), theme.px(20), theme.px(11))
        inner.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self.setLayout(inner)
        self.setMinimumWidth(theme.px(300))
        self.show_available(None)

    def _make_menu(self) -> dict[CaseAction, QAction]:
        entries: dict[CaseAction, QAction] = {}
        for action in (*SIDE_ROADS, *MORE):
            spec = CASE_SPEC[action]
            entry = QAction(icon(spec.icon), spec.label, self._menu)
            entry.setData(str(action))
            self._menu.addAction(entry)
            entries[action] = entry
        self._menu.triggered.connect(self._on_entry)
        return entries

    def show_available(self, available: Availability | None, words: Mapping[CaseAction, str] = NO_WORDS) -> None:
        """What can be done now; None hides everything (no case is shown). `words` of steps say more than their name:
        of whom is asked when an operation is open, what a warning waits for."""
        self._available = available
        for action, text in words.items():
            self._right[action].setText(text)
            self._right[action].setAccessibleName(text.rstrip("…"))
        self._show()

    def set_busy(self, busy: bool, words: str = "") -> None:
        """While a step is being taken nothing else can be started."""
        if (busy, words) != (self._busy, self._words.text()):
            self._busy = busy
            self._words.setText(words)
            self._show()

    @property
    def available(self) -> Availability | None:
        """What may be begun now; None while a step is being taken or no case is shown."""
        return None if self._busy else self._available

    @property
    def primary(self) -> ActionButton | None:
        """The filled button, if there is one."""
        if self._available is None or self._available.primary is None:
            return None
        action = self._available.primary
        return self._right.get(action) or self._left.get(action)

    def procedure(self) -> tuple[CaseAction, ...]:
        """The steps at the right: from the next one on, as the procedure goes."""
        if self._available is None:
            return ()
        primary, enabled = self._available.primary, self._available.enabled
        if primary is CaseAction.ANSWER:
            return (CaseAction.ANSWER,)
        if primary is None or primary not in PROCEDURE:
            return tuple(action for action in (CaseAction.ACCEPT, CaseAction.REVOKE) if action in enabled)
        coming = tuple(step for step in PROCEDURE if step not in self._available.off_route)
        coming = coming[coming.index(primary) :]
        optional = {CaseAction.DECIDE_WARNING, CaseAction.RECORD_CALL, CaseAction.START_REVIEW}
        coming = tuple(step for step in coming if step is primary or step not in optional)
        if CaseAction.ACCEPT in coming and CaseAction.ACCEPT not in enabled:
            held = CaseAction.ACCEPT in self._available.reasons or primary is CaseAction.START_REVIEW
            coming = coming if held else tuple(step for step in coming if step is not CaseAction.ACCEPT)
        return (coming[:1] if primary is CaseAction.SETTLE else coming)[:_SHOWN]

    def take_focus(self) -> None:
        """Gives the focus to the next step's button; while a step is being taken, when that is done."""
        self._focused = True
        self._hand_on()

    def keep_focus_out(self) -> None:
        """What was to get the focus when its step is taken is another case's."""
        self._focused = self._fallen = False

    def _show(self) -> None:
        """Shows what can be done; a focus that stood on a button goes on to the next step's."""
        before = self._focus_here()
        self._focused = self._focused or before is not None
        self._show_buttons()
        # Qt moves the focus from a button that hides or rests to whatever stands next, in the bar or not: nobody
        # chose that.
        if before is not None and self._focus_here() is None:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._fallen = self._fallen or before is self or self._focus_here() is not before
        self._hand_on()

    def _hand_on(self) -> None:
        """Not away from what is being typed; a dialog gives it when it is left."""
        primary, fallen = self.primary, self._fallen
        ready = primary is not None and primary.isEnabled() and not self._busy
        here = self._focus_here() is not None
        if here and fallen and not ready:
            self.setFocus(Qt.FocusReason.OtherFocusReason)  # where Enter presses nothing by chance
        if not self._focused or self._busy or self._available is None:
            return
        self._focused = self._fallen = False
        if primary is None or not ready or (here and not fallen):
            return
        if sheets := open_sheets(self.window()):
            sheets[0].return_to(primary)
        elif not is_typing():
            primary.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def holds_focus(self) -> bool:
        """Whether the keyboard waits here for the next step."""
        return self._focus_here() is not None

    def _focus_here(self) -> QWidget | None:
        """What has the focus in the bar, or the bar itself, which keeps it while there is nothing to press."""
        focused = QApplication.focusWidget()
        return focused if focused is not None and (focused is self or self.isAncestorOf(focused)) else None

    def _show_buttons(self) -> None:
        available = self._available
        for action, entry in self._entries.items():
            entry.setEnabled(available is not None and action in available.enabled and not self._busy)
            entry.setToolTip(tool_tip(self._why_resting(action)))
        for button in (*self._left.values(), *self._right.values()):
            self._update_button(button)
        fitting = self._fitting()
        for widget in self._all():
            widget.setVisible(widget in fitting)

    def _update_button(self, button: ActionButton) -> None:
        available = self._available
        enabled = available is not None and button.action in available.enabled and not self._busy
        primary = available is not None and available.primary is button.action
        button.setEnabled(enabled)
        button.set_role("primary" if primary else "")
        button.set_hint(_("Enter") if primary and enabled else "")
        set_tip(button, self._why_resting(button.action))

    def _why_resting(self, action: CaseAction) -> str:
        if self._busy:
            return self._words.text() or _("Tunggu sampai langkah sebelumnya selesai.")
        return self._available.rests.get(action, "") if self._available is not None else ""

    def _all(self) -> tuple[QWidget, ...]:
        return (*self._left.values(), *self._right.values(), self._more, self._words)

    def _fitting(self) -> list[QWidget]:
        """What is to be seen at this width, reckoned before any of it is shown: a button that shows lays out all
        around it, so that what would go again must not be there even for a moment. What does not fit goes: first
        the far steps, then side roads (they stay in the menu)."""
        room = self.width() - theme.px(44)
        available, shown = self._available, self.procedure()
        told = available.enabled | set(available.reasons) if available is not None else frozenset()
        left = {action: button for action, button in self._left.items() if action in told and action not in shown}
        fitting: list[QWidget] = [*left.values(), *(self._right[step] for step in shown if step in self._right)]
        fitting += [self._more] if available is not None else []
        fitting += [self._words] if self._words.text() else []
        for widget in self._first_to_go(shown):
            if _needed(fitting) <= room:
                break
            if widget in fitting:
                fitting.remove(widget)
        return fitting

    def _first_to_go(self, shown: tuple[CaseAction, ...]) -> list[QWidget]:
        primary = self._available.primary if self._available is not None else None
        right = [self._right[step] for step in reversed(shown) if step is not primary and step in self._right]
        left = [button for action, button in reversed(self._left.items()) if action is not primary]
        call = self._left[CaseAction.RECORD_CALL]
        return [call, *right[:-2], *(button for button in left if button is not call), *right[-2:]]

    def sizeHint(self) -> QSize:
        """The width decides what is shown, and never the other way round: the two would chase each other."""
        return QSize(self.minimumWidth(), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._show()

    @Slot()
    def _on_button(self) -> None:
        button = self.sender()
        if isinstance(button, ActionButton):
            self.action_asked.emit(str(button.action))

    @Slot(QAction)
    def _on_entry(self, entry: QAction) -> None:
        self.action_asked.emit(str(entry.data()))

    @Slot(QAction)
    def _on_hovered(self, entry: QAction) -> None:
        """By mouse the tool tip says why; whoever is there by key, or listens, is told too."""
        if not entry.isEnabled():
            self.tell_why_resting(CaseAction(str(entry.data())))

    def tell_why_resting(self, action: CaseAction) -> None:
        """For whoever asked for it by its key."""
        if why := self._why_resting(action):
            self.rest_told.emit(why)
            QAccessible.updateAccessibility(
                QAccessibleAnnouncementEvent(self._menu if self._menu.isVisible() else self, why)
            )

    @Slot()
    def _on_more(self) -> None:
        top = self._more.mapToGlobal(QPoint(0, -self._menu.sizeHint().height() - 4))
        self._menu.popup(top)


def _needed(shown: Sequence[QWidget]) -> int:
    return sum(widget.sizeHint().width() for widget in shown) + theme.px(8) * (len(shown) + 1)
