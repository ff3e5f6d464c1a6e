"""New passphrases: the office's, behind the one so far; a substitute's or the head's own, typed by the owner, ended by
the officer."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from lockdesk.errors import LockdeskError
from lockdesk.settings import Head, Officer
from lockdesk.ui.look import help_places
from lockdesk.ui.look.theme import Tone
from lockdesk.ui.widgets.cards import Notice
from lockdesk.ui.widgets.forms import Field
from lockdesk.ui.widgets.parts import HintButton
from lockdesk.ui.widgets.passphrases import fault_in_new
from lockdesk.ui.widgets.sheet import Sheet
from lockdesk.words import N_, _


class _NewPassphraseSheet(Sheet):
    """Typed twice; stays open until it is kept."""

    wide = 560.0

    def __init__(self, parent: QWidget, title: str, words: str, name: str, verb: str = "") -> None:
        super().__init__(parent, title, words, width=self.wide)
        self.first, self.second = QLineEdit(), QLineEdit()
        for edit in (self.first, self.second):
            edit.setEchoMode(QLineEdit.EchoMode.Password)
        self._second_field = Field(_("Ulangi frasa sandi"), self.second)
        self.body.addWidget(Field(name, self.first))
        self.body.addWidget(self._second_field)
        self._trouble = Notice("", Tone.BAD)
        self._trouble.hide()
        self.body.addWidget(self._trouble)
        self.add_buttons(verb or _("Simpan"))

    def act(self) -> None:
        fault = fault_in_new(self.first.text(), self.second.text())
        self._second_field.show_fault(fault)
        if not fault:
            self.keep(self.first.text())

    def keep(self, passphrase: str) -> None:
        """What is done with one that can be used."""
        raise NotImplementedError

    @Slot(object)
    def refuse(self, error: LockdeskError) -> None:
        if not self.left:
            self._trouble.say(f"{error.message} {error.remedy}", Tone.BAD)
            self._trouble.show()


class OwnWaySheet(_NewPassphraseSheet):
    """Of a substitute, or of the head of section."""

    help_at = help_places.OFFICERS
    given = Signal(str, str)
    """The passphrase, and the recovery code where it is asked for."""
    ended = Signal()

    def __init__(self, parent: QWidget, person: Officer, has_one: bool, asks_code: bool) -> None:
        words = _("Diketik sendiri oleh pemiliknya. Berlaku hanya pada masa tugasnya; rekam jejak mencatat namanya.")
        if isinstance(person, Head):
            words += " " + _("Dengan frasa sandi ini Kepala Bidang masuk sebagai pengawas, tanpa langkah petugas.")
        title = _("Frasa sandi {name}").format(name=person.name)
        super().__init__(parent, title, words, _("Frasa sandi baru") if has_one else _("Frasa sandi"))
        self.end = HintButton(_("Cabut frasa sandi ini"), role="link")
        self.end.setVisible(has_one)
        self.end.clicked.connect(self.ended)
        self.body.insertWidget(self.body.indexOf(self._second_field) + 1, self.end)
        self.code = QLineEdit()
        self.code.setEchoMode(QLineEdit.EchoMode.Password)
        hint = _("Dibawa Kepala Bidang dari brankas, agar tidak dapat dibuat petugas sendirian.")
        field = Field(_("Kode pemulihan"), self.code, hint)
        field.setVisible(asks_code)
        self.body.insertWidget(self.body.indexOf(self.end), field)

    def keep(self, passphrase: str) -> None:
        self.given.emit(passphrase, self.code.text())


class ChangePassphraseSheet(_NewPassphraseSheet):
    """Of the office."""

    given = Signal(str, str)
    """The one so far and the new one."""
    title, kept = N_("Ganti frasa sandi program"), N_("Simpan")
    words: tuple[str, ...] = (
        N_("Frasa sandi lama tidak berlaku lagi setelah ini. Kode pemulihan dan frasa sandi perorangan tetap."),
    )

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, _(self.title), "\n\n".join(map(_, self.words)), _("Frasa sandi baru"), _(self.kept))
        self.known = QLineEdit()
        self.known.setEchoMode(QLineEdit.EchoMode.Password)
        self.body.insertWidget(0, Field(_("Frasa sandi sekarang, atau kode pemulihan"), self.known))

    def keep(self, passphrase: str) -> None:
        self.given.emit(self.known.text(), passphrase)


class ChangeKeySheet(ChangePassphraseSheet):
    """Of the office, and with it the key under which everything lies: says when that is done, and what it ends."""

    title, kept, wide = N_("Ganti kunci data"), N_("Ganti kunci data"), 760.0
    words = (
        N_(
            "Dilakukan bila petugas yang mengetahui frasa sandi berhenti, atau bila komputer, stik, atau frasa sandi "
            "mungkin jatuh ke tangan orang lain. Seluruh data dienkripsi ulang; tidak ada kasus yang hilang."
        ),
        N_(
            "Setelah ini kode pemulihan dan frasa sandi perorangan tidak berlaku: kode dicetak lagi dan frasa sandi "
            "perorangan dibuat lagi. Cadangan lama, dan salinan “sebelum-pembaruan” atau “diganti-…” dalam folder "
            "data, tetap terbuka dengan frasa sandi dan kode yang lama: musnahkan setelah membuat cadangan baru, dan "
            "simpan kode lama selama cadangan itu masih disimpan."
        ),
    )
