"""The locked window: nothing readable behind, one field, one button."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from lockdesk.errors import LockdeskError
from lockdesk.ui.look.theme import Tone, theme
from lockdesk.ui.widgets.parts import HintButton, column, glyph, label, line, set_tone
from lockdesk.ui.widgets.sheet import LOCK_NAME, open_sheets
from lockdesk.words import _

_FREE_TRIES = 3
_LONGEST_PAUSE = 60
"""Seconds. Whoever stands at the keyboard is slowed down; an officer with a slip of the finger hardly is."""


class UnlockScreen(QWidget):
    """Asks for the profile's passphrase; used at start and over the locked window."""

    unlock_asked = Signal(str)
    retry_asked = Signal()
    """The keyring is to be asked once more."""
    back_asked = Signal()
    """Not this profile after all, but the one that was open before."""

    def __init__(self, practice: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAutoFillBackground(True)
        self._edit = QLineEdit()
        self._edit.setEchoMode(QLineEdit.EchoMode.Password)
        self._edit.setAccessibleName(_("Frasa sandi program"))
        self._edit.returnPressed.connect(self._on_open)
        self._button = HintButton(_("Buka kunci"), "Enter", "primary")
        self._button.clicked.connect(self._on_open)
        forgotten = _("Frasa sandi terlupa? F1 membuka petunjuk.")
        hint = _("Mode pelatihan memakai frasa sandi: pelatihan") if practice else forgotten
        self._retry = HintButton(_("Coba lagi"))
        self._retry.clicked.connect(self._on_retry)
        self._retry.hide()
        self._back = HintButton(_("Kembali"), role="link")
        self._back.clicked.connect(self.back_asked)
        self._back.hide()
        self._words = label(hint, tone=Tone.QUIET, wrap=True)
        self._hint = hint
        self._wrong = self._seconds = 0
        self._pause = QTimer(self)
        self._pause.setInterval(1000)
        self._pause.timeout.connect(self._on_second)
        middle = Qt.AlignmentFlag.AlignHCenter
        inside = QWidget()
        inside.setFixedWidth(theme.px(360))
        inner = column(inside, 0, 12)
        inner.addStretch(2)
        inner.addWidget(glyph("lock", Tone.ACCENT, 36), 0, middle)
        inner.addWidget(label(_("LockDesk terkunci"), scale="title", bold=True), 0, middle)
        inner.addWidget(label(_("Masukkan frasa sandi program untuk melanjutkan."), tone=Tone.QUIET), 0, middle)
        inner.addWidget(self._edit)
        inner.addWidget(self._button, 0, middle)
        self._words.setAlignment(middle)
        inner.addWidget(self._words)
        inner.addWidget(self._retry, 0, middle)
        inner.addWidget(self._back, 0, middle)
        inner.addStretch(3)
        self.setLayout(line((1, inside, 1)))

    def begin(self) -> None:
        """Ready for typing, unless wrong tries are being waited out."""
        self._edit.clear()
        if self._pause.isActive():
            return
        self._edit.setEnabled(True)
        self._button.setEnabled(True)
        self._words.setText(self._hint)
        set_tone(self._words, Tone.QUIET)
        if reading := open_sheets(self.window()):  # the help has the keyboard as long as it is read
            reading[-1].return_to(self._edit)
        else:
            self._edit.setFocus()

    def offer_back(self, words: str) -> None:
        """A way back for whoever came from another profile."""
        self._back.setText(words)
        self._back.setAccessibleName(words)
        self._back.show()

    def refuse(self) -> None:
        """The passphrase was wrong. From the fourth time on the next try waits, each time twice as long."""
        self._wrong += 1
        if self._wrong <= _FREE_TRIES:
            self._say(f"{_('Frasa sandi tidak cocok. Periksa huruf besar dan kecil, lalu coba lagi.')} {self._hint}")
            return
        self._seconds = min(2 ** (self._wrong - _FREE_TRIES), _LONGEST_PAUSE)
        self._pause.start()
        self._tell_pause()

    def _tell_pause(self) -> None:
        words = _("Frasa sandi {n} kali tidak cocok. Isian dibuka lagi dalam {seconds} detik.")
        self._words.setText(words.format(n=self._wrong, seconds=self._seconds))
        set_tone(self._words, Tone.BAD)

    @Slot()
    def _on_second(self) -> None:
        self._seconds -= 1
        if self._seconds > 0:
            self._tell_pause()
        else:
            self._pause.stop()
            self._say(f"{_('Periksa huruf besar dan kecil, lalu coba lagi.')} {self._hint}")

    def show_error(self, error: LockdeskError) -> None:
        """Whether the passphrase is right could not be found out, or the sign-in not be recorded: why, and what to
        do. Another try is possible at once."""
        self._say(str(error))

    def show_keyring_error(self, error: LockdeskError) -> None:
        """The keyring does not open the data: there is time to open it and try again, or to type what does."""
        way_on = _("Atau masukkan frasa sandi program atau kode pemulihan di atas.")
        self._say(f"{error} {way_on}")
        self._retry.show()

    @Slot()
    def _on_retry(self) -> None:
        self._retry.hide()
        self.retry_asked.emit()

    def _say(self, words: str) -> None:
        self.begin()
        self._words.setText(words)
        set_tone(self._words, Tone.BAD)

    @Slot()
    def _on_open(self) -> None:
        text = self._edit.text()
        if text and self._button.isEnabled():
            self._edit.setEnabled(False)
            self._button.setEnabled(False)
            self._edit.clear()
            self.unlock_asked.emit(text)


class LockOverlay(UnlockScreen):
    """The unlock screen over a window; hides everything, also from the clipboard of a passer-by's eye."""

    def __init__(self, window: QWidget, practice: bool) -> None:
        super().__init__(practice, window)
        self._window = window
        self.setObjectName(LOCK_NAME)
        window.installEventFilter(self)
        self.hide()

    def cover(self) -> None:
        self.setGeometry(self._window.rect())
        self.raise_()
        self.show()
        self.begin()

    def hideEvent(self, event: QHideEvent) -> None:
        if not event.spontaneous():  # unlocked; a minimised window stays locked, and its tries counted
            self._wrong = 0
        super().hideEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._window and event.type() == QEvent.Type.Resize and self.isVisible():
            self.setGeometry(self._window.rect())
        return False

    def focusNextPrevChild(self, _forward: bool) -> bool:
        """Tab goes between the field and the button only."""
        other = self._button if self._edit.hasFocus() else self._edit
        other.setFocus(Qt.FocusReason.TabFocusReason)
        return True
