"""Where Tab goes: as the eye reads. Qt goes on in the order in which widgets were made, and a card makes its rows when
there is something to show in them."""

from collections.abc import Iterable, Iterator
from functools import cmp_to_key

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QComboBox, QLineEdit, QWidget

from lockdesk.ui.widgets.parts import reveal


def takes_tab(widget: QWidget) -> bool:
    """Whether Tab may stop there now."""
    tabbed = bool(widget.focusPolicy().value & Qt.FocusPolicy.TabFocus.value)
    return tabbed and widget.isVisible() and widget.isEnabled()


def lines_of_boxes(widget: QWidget) -> set[QWidget]:
    """The lines of editable boxes in it. Each hands its focus back to its box: as a stop Tab would never leave it.

    `focusProxy` is never asked: PySide takes what it returns for a child of what was asked, and once that (the viewport
    of a page, say) is collected, all that the page holds counts as deleted.
    """
    boxes = (*widget.findChildren(QComboBox), *widget.findChildren(QAbstractSpinBox))
    return {line for box in boxes for line in box.findChildren(QLineEdit)}


def tab_stops(inside: QWidget) -> list[QWidget]:
    """Where Tab may stop in it now, as the eye reads."""
    return _stops(inside, _as_read(inside))


def _stops(inside: QWidget, read: Iterable[QWidget]) -> list[QWidget]:
    lines = lines_of_boxes(inside)
    return [widget for widget in read if takes_tab(widget) and widget not in lines]


def tab_on(inside: QWidget, forward: bool) -> bool:
    """Gives the focus to the next stop in it, round and round; False where there is none."""
    place = {widget: number for number, widget in enumerate(_as_read(inside))}
    stops = _stops(inside, place)
    if not stops:
        return False
    focused = QApplication.focusWidget()
    while focused is not None and focused not in place:  # hidden by now, or outside
        focused = focused.parentWidget()
    here = place[focused] if focused is not None else -1
    ahead = [stop for stop in stops if place[stop] > here]
    behind = [stop for stop in stops if place[stop] < here]
    following = (ahead or stops)[0] if forward else (behind or stops)[-1]
    following.setFocus(Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason)
    reveal(following, following.rect())
    return True


def _as_read(widget: QWidget) -> Iterator[QWidget]:
    """All that is shown in it, each before what it holds."""
    held = (child for child in widget.children() if isinstance(child, QWidget))
    for child in sorted((child for child in held if child.isVisible() and not child.isWindow()), key=_READING):
        yield child
        yield from _as_read(child)


def _compare(one: QWidget, other: QWidget) -> int:
    """What stands beside each other is read from the left, anything else from the top."""
    first, second = one.geometry(), other.geometry()
    shared = min(first.bottom(), second.bottom()) - max(first.top(), second.top())
    if 2 * shared > min(first.height(), second.height()):
        return first.left() - second.left()
    return first.top() - second.top()


_READING = cmp_to_key(_compare)
