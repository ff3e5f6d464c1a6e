"""Choosing the passphrase of a new working profile: it unlocks the window, and the data where no keyring is."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from lockdesk.ui.look import help_places
from lockdesk.ui.look.theme import Tone, theme
from lockdesk.ui.shell.help_key import give_help
from lockdesk.ui.shell.unsaved import UnsavedScreen
from lockdesk.ui.widgets.parts import HintButton, column, glyph, label, line, set_tone
from lockdesk.ui.widgets.passphrases import fault_in_new
from lockdesk.ui.widgets.room import fit_screen
from lockdesk.words import _


class PassphraseScreen(UnsavedScreen):
    """Two fields that must agree, and a sentence that says what is still missing."""

    chosen = Signal(str)
    back_asked = Signal()
    """To what was filled in before."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle("LockDesk")
        fit_screen(self)
        self._first = self._field(_("Frasa sandi program"))
        self._second = self._field(_("Ulangi frasa sandi"))
        self._button = HintButton(_("Pakai frasa sandi ini"), "Enter", "primary")
        self._button.clicked.connect(self._on_choose)
        back = HintButton(_("Kembali"), "Esc")
        back.clicked.connect(self.back_asked)
        self._words = label("", tone=Tone.QUIET, wrap=True)
        why = _(
            "Frasa sandi membuka jendela yang terkunci, dan membuka data bila penyimpan kata sandi komputer tidak ada "
            "atau terkunci. Setelah ini ditampilkan kode pemulihan untuk disimpan di brankas, bila frasa sandi terlupa."
        )
        self._words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        middle = Qt.AlignmentFlag.AlignHCenter
        inside = QWidget()
        inside.setFixedWidth(theme.px(440))
        inner = column(inside, 0, 12)
        inner.addStretch(2)
        inner.addWidget(glyph("lock", Tone.ACCENT, 36), 0, middle)
        inner.addWidget(label(_("Tetapkan frasa sandi program"), scale="title", bold=True), 0, middle)
        for widget in (label(why, tone=Tone.QUIET, wrap=True), self._first, self._second):
            inner.addWidget(widget)
        inner.addLayout(line((1, back, self._button, 1), 8))
        inner.addWidget(self._words)
        inner.addStretch(3)
        self.setLayout(line((1, inside, 1)))
        self._on_typed()
        give_help(self, help_places.ADMINISTRATOR)

    def _field(self, name: str) -> QLineEdit:
        edit = QLineEdit()
        edit.setEchoMode(QLineEdit.EchoMode.Password)
        edit.setAccessibleName(name)
        edit.setPlaceholderText(name)
        edit.textChanged.connect(self._on_typed)
        edit.returnPressed.connect(self._on_choose)
        return edit

    @property
    def fault(self) -> str:
        """What is still missing; "" when the passphrase can be used."""
        return fault_in_new(self._first.text(), self._second.text())

    @Slot()
    def _on_typed(self) -> None:
        fault = self.fault
        self._button.setEnabled(not fault)
        self._words.setText(fault or _("Kedua isian sama."))
        set_tone(self._words, Tone.QUIET if fault else Tone.OK)

    @Slot()
    def _on_choose(self) -> None:
        if not self.fault:
            self._done = True
            self.chosen.emit(self._first.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.back_asked.emit()
        else:
            super().keyPressEvent(event)
