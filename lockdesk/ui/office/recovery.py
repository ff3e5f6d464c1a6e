"""The card of the ways in: the passphrase and the data key, which are changed here, and the recovery code, which is
made anew."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from lockdesk.desk.prints.recovery import Recovery
from lockdesk.ui.look.theme import Tone
from lockdesk.ui.running.background import Background
from lockdesk.ui.widgets.cards import Card, Row
from lockdesk.ui.widgets.parts import HintButton, label, set_tone
from lockdesk.words import _


class RecoveryCard(Card):
    """The code itself is never shown here: it is shown once, when it is made."""

    new_code_asked = Signal()
    passphrase_asked = Signal()
    key_asked = Signal()

    def __init__(self, recovery: Recovery, background: Background, parent: QWidget | None = None) -> None:
        super().__init__(_("Frasa sandi dan kode pemulihan"), parent)
        self._recovery = recovery
        self._background = background
        self.set_note(_("kode disimpan di brankas Kepala Bidang"))
        self._state = label("", wrap=True)
        button = HintButton(_("Buat kode baru…"))
        button.clicked.connect(self.new_code_asked)
        change = HintButton(_("Ganti frasa sandi…"))
        change.clicked.connect(self.passphrase_asked)
        opens = label(
            _("Frasa sandi program membuka jendela yang terkunci, dan data bila penyimpan kata sandi tidak ada."),
            wrap=True,
        )
        self.add_row(Row((opens, change), 0))
        self.add_row(Row((self._state, button), 0))
        key = HintButton(_("Ganti kunci data…"))
        key.clicked.connect(self.key_asked)
        lost = label(_("Kunci data diganti bila petugas berhenti, atau komputer atau stik hilang."), wrap=True)
        self.add_row(Row((lost, key), 0))
        self.read()

    def read(self) -> None:
        """Asks anew whether the newest code is on paper."""
        self._background.run(self._recovery.kept, self._on_read)

    def _on_read(self, kept: bool) -> None:
        self._state.setText(
            _("Kode pemulihan sudah di atas kertas.")
            if kept
            else _("Belum ada kode pemulihan di atas kertas: bila frasa sandi dan kunci hilang, data ikut hilang.")
        )
        set_tone(self._state, None if kept else Tone.WARN)
