"""What holds documents on this computer, and the head's acceptance where nothing does. Shown on Windows alone."""

from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from lockdesk.desk.office.reader_risk import ReaderRisk, ReaderStanding
from lockdesk.errors import LockdeskError
from lockdesk.machine_risk import AcceptedRisk
from lockdesk.ui.look import help_places
from lockdesk.ui.look.theme import Tone
from lockdesk.ui.office.confirmation import ConfirmationFields
from lockdesk.ui.running.background import Background
from lockdesk.ui.widgets.cards import Card, Notice, Row
from lockdesk.ui.widgets.parts import HintButton, label, set_tone
from lockdesk.ui.widgets.sheet import Sheet
from lockdesk.words import _, date_words


class ReaderRiskCard(Card):
    """The state is asked of a child that tries its walls: it takes a moment."""

    changed = Signal()

    def __init__(self, risk: ReaderRisk, background: Background, position: str, parent: QWidget | None = None) -> None:
        """`position`: the head's, as the office profile has it."""
        super().__init__(_("Ruang baca dokumen"), parent)
        self._risk, self._background, self._position = risk, background, position
        self.set_note(_("dokumen dari luar dibuka dalam proses terpisah yang tertutup"))
        self.state = label(_("Memeriksa…"), wrap=True)
        self.accept_button = HintButton(_("Terima risiko…"))
        self.accept_button.clicked.connect(self._on_accept)
        self.withdraw_button = HintButton(_("Cabut penerimaan"))
        self.withdraw_button.clicked.connect(self._on_withdraw)
        for button in (self.accept_button, self.withdraw_button):
            button.hide()
        self.add_row(Row((self.state, self.accept_button, self.withdraw_button), 0))
        self.read()

    def read(self) -> None:
        self._background.run(self._risk.standing, self._on_read)

    def _on_read(self, standing: ReaderStanding) -> None:
        risk = standing.risk
        if standing.walls:
            words, tone = (
                _("Tertutup: proses itu tidak dapat membuka berkas pengguna, jaringan, atau program lain."),
                Tone.OK,
            )
        elif risk is None:
            words, tone = (
                _("Tidak tertutup, maka dokumen tidak dibuka ({cause}).").format(cause=standing.trouble),
                Tone.BAD,
            )
        else:
            day = date_words(self._risk.day_of(risk))
            words = _("Tidak tertutup. Risikonya diterima {name}, {position}, pada {day}.")
            words, tone = words.format(name=risk.name, position=risk.position, day=day), Tone.WARN
        self.state.setText(words)
        set_tone(self.state, tone)
        here = self._risk.acceptable_here
        self.accept_button.setVisible(here and not standing.walls and risk is None)
        self.withdraw_button.setVisible(here and risk is not None)

    @Slot()
    def _on_accept(self) -> None:
        sheet = ReaderRiskSheet(self, self._risk, self._background, self._position)
        sheet.accepted_risk.connect(self._on_changed)
        sheet.open()

    @Slot()
    def _on_withdraw(self) -> None:
        self._background.run(self._risk.withdraw, self._on_changed)

    @Slot(object)
    def _on_changed(self, _risk: AcceptedRisk | None) -> None:
        self.changed.emit()
        self.read()


class ReaderRiskSheet(Sheet):
    """Nothing is accepted before the head has typed what only the head has."""

    help_at = help_places.COMPUTER
    accepted_risk = Signal(object)

    def __init__(self, parent: QWidget, risk: ReaderRisk, background: Background, position: str) -> None:
        words = _(
            "Surat dan lampiran dari luar dapat berisi kode jahat. Tanpa ruang tertutup, kode itu dapat membaca berkas "
            "di komputer ini dan mengirimkannya. Penerimaan berlaku untuk komputer ini saja, tercatat dengan tanggal, "
            "dan terlihat di baris status sampai dicabut."
        )
        super().__init__(parent, _("Terima risiko membaca dokumen tanpa ruang tertutup"), words, width=640)
        self._risk, self._background = risk, background
        secret = _("Frasa sandi Kepala Bidang, atau kode pemulihan dari brankas")
        self.head = ConfirmationFields("", "", position, secret)
        self.body.addWidget(self.head)
        self._trouble = Notice("", Tone.BAD)
        self._trouble.hide()
        self.body.addWidget(self._trouble)
        self.add_buttons(_("Terima risiko"), role="destructive")
        self.verb.setEnabled(False)
        self.head.changed.connect(self._on_typed)

    def unconfirm(self) -> None:
        self.head.secret.clear()

    @Slot()
    def _on_typed(self) -> None:
        self.verb.setEnabled(self.head.complete)

    def act(self) -> None:
        self.verb.setEnabled(False)
        self._trouble.hide()
        self._background.run(partial(self._risk.accept, self.head.told), self._on_accepted, self._on_refused)

    def _on_accepted(self, risk: AcceptedRisk) -> None:
        self.accepted_risk.emit(risk)
        if not self.left:
            self.accept()

    def _on_refused(self, error: LockdeskError) -> None:
        if not self.left:
            self._trouble.say(f"{error.message} {error.remedy}", Tone.BAD)
            self._trouble.show()
            self.head.secret.clear()
