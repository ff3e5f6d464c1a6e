"""Half-typed forms survive a power cut: what was typed is kept every two seconds while it changes."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QWidget

from lockdesk.ui.widgets.forms import leaking, tell_leak
from lockdesk.ui.widgets.parts import HintButton
from lockdesk.words import _

EVERY_MS = 2000


class DraftTimer(QObject):
    """Says when a form that has changed is to be kept: while it is written in, and at once when it is left, for another
    page, the lock or at a dialog's end. Never while a passphrase seems to stand in one of its fields, which is told
    there."""

    due = Signal()

    def __init__(self, form: QWidget, owner: QObject | None = None) -> None:
        """`owner`: with whom it goes, where that is not the form."""
        super().__init__(owner or form)
        self._form = form
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self._on_time)
        form.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Hide:
            self.keep()
        return super().eventFilter(watched, event)

    @Slot()
    def touch(self) -> None:
        """The form has changed; it is kept two seconds after the first change, not after the last."""
        if not self._timer.isActive():
            self._timer.start()

    def keep(self) -> None:
        """Keeps at once what is not kept yet."""
        if self._timer.isActive():
            self._timer.stop()
            self._on_time()

    def rest(self) -> None:
        """What has changed needs no keeping."""
        self._timer.stop()

    @Slot()
    def _on_time(self) -> None:
        leaks = leaking(self._form)
        for edit in leaks:
            tell_leak(edit)
        if not leaks:
            self.due.emit()


class AnewLink(HintButton):
    """Empties a form for the next visitor; as long as the form is seen and nothing else is written there, it brings
    back what it took. Left for another page, for the lock or for good, the form holds nothing of the last visitor."""

    emptied = Signal()

    def __init__(
        self,
        form: QWidget,
        timer: DraftTimer,
        explained: str,
        written: Callable[[], str],
        bring_back: Callable[[str], None],
    ) -> None:
        """`timer` keeps the form. `written`: what stands in it now, as a draft; "" nothing. What seems to be a
        passphrase is not held. `bring_back` shows such a draft."""
        super().__init__(role="link")
        self._form, self._timer, self._written, self._bring_back = form, timer, written, bring_back
        self._taken, self._explained = "", explained
        self.clicked.connect(self._on_clicked)
        self.forget()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not event.spontaneous():  # a window that is made small is not left
            self.forget()

    def forget(self) -> None:
        """What was taken is gone for good."""
        self._hold("")

    def _hold(self, text: str) -> None:
        self._taken = text
        self.setText(_("Kembalikan isian") if text else _("Kosongkan"))
        self.setAccessibleName(self.text())
        self.setToolTip("" if text else self._explained)

    @Slot()
    def _on_clicked(self) -> None:
        if self._taken:
            self._bring_back(self._taken)
            self.forget()
            self._timer.touch()
            self._timer.keep()
        else:
            written = "" if leaking(self._form) else self._written()
            self.emptied.emit()
            self._hold(written)


def keep_drafts(within: QWidget) -> None:
    """Keeps at once whatever is half written in it."""
    for timer in within.findChildren(DraftTimer):
        timer.keep()
