"""A substitute's own passphrase: typed twice by the substitute, ended by the officer."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from lockdesk.errors import LockdeskError
from lockdesk.settings import Officer
from lockdesk.ui.look.theme import Tone
from lockdesk.ui.widgets.cards import Notice
from lockdesk.ui.widgets.forms import Field
from lockdesk.ui.widgets.parts import HintButton
from lockdesk.ui.widgets.passphrases import fault_in_new
from lockdesk.ui.widgets.sheet import Sheet
from lockdesk.words import _


class OwnWaySheet(Sheet):
    """Stays open until it is kept."""

    given = Signal(str)
    ended = Signal()

    def __init__(self, parent: QWidget, officer: Officer, has_one: bool) -> None:
        words = _(
            "Diketik sendiri oleh petugas pengganti. Berlaku hanya pada masa surat tugas; rekam jejak mencatat namanya."
        )
        super().__init__(parent, _("Frasa sandi {name}").format(name=officer.name), words)
        self.first, self.second = QLineEdit(), QLineEdit()
        for edit in (self.first, self.second):
            edit.setEchoMode(QLineEdit.EchoMode.Password)
        self._second_field = Field(_("Ulangi frasa sandi"), self.second)
        self.body.addWidget(Field(_("Frasa sandi baru") if has_one else _("Frasa sandi"), self.first))
        self.body.addWidget(self._second_field)
        self.end = HintButton(_("Cabut frasa sandi ini"), role="link")
        self.end.setVisible(has_one)
        self.end.clicked.connect(self.ended)
        self.body.addWidget(self.end)
        self._trouble = Notice("", Tone.BAD)
        self._trouble.hide()
        self.body.addWidget(self._trouble)
        self.add_buttons(_("Simpan"))

    def act(self) -> None:
        fault = fault_in_new(self.first.text(), self.second.text())
        self._second_field.show_fault(fault)
        if not fault:
            self.given.emit(self.first.text())

    @Slot(object)
    def refuse(self, error: LockdeskError) -> None:
        if not self.left:
            self._trouble.say(f"{error.message} {error.remedy}", Tone.BAD)
            self._trouble.show()
