"""A message of which nobody knows whether the server took it: looked for, or decided with a reason."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from lockdesk.desk.values.cases import Message
from lockdesk.ui.look.theme import Tone
from lockdesk.ui.widgets.cards import Notice
from lockdesk.ui.widgets.forms import Field, Segments, text_area
from lockdesk.ui.widgets.parts import HintButton, label
from lockdesk.ui.widgets.sheet import Sheet
from lockdesk.words import _


class UnsettledSheet(Sheet):
    """Putuskan: nothing is sent again by itself."""

    looked_for = Signal(object)
    decided = Signal(object, bool, str)

    def __init__(self, parent: QWidget, message: Message) -> None:
        words = _("Pesan diserahkan, tetapi jawaban server e-mail tidak diterima. Program tidak mengirimnya lagi.")
        super().__init__(parent, _("Apakah pesan ini terkirim?"), words, width=600)
        self._message = message
        self.body.addWidget(label(message.subject, bold=True, wrap=True))
        self.body.addWidget(label(_("Kepada: {address}").format(address=message.to), tone=Tone.QUIET))
        self.body.addWidget(Notice(message.words, Tone.WARN))
        options = (("went", _("Sudah terkirim")), ("did_not_go", _("Tidak terkirim")))
        self._answer = Segments(options, _("Keputusan"), preset=False)
        self._answer.chosen.connect(self._on_changed)
        self.body.addWidget(self._answer)
        self._reason = text_area("", 3)
        self._reason.textChanged.connect(self._on_changed)
        self.body.addWidget(Field(_("Alasan"), self._reason, _("Alasan dicatat dalam rekam jejak.")))
        look = HintButton(_("Cari tembusannya"), role="link")
        look.clicked.connect(self._on_look)
        self.add_side_button(look)
        self.add_buttons(_("Catat keputusan"))
        self._on_changed()

    @Slot()
    def _on_changed(self) -> None:
        self.verb.setEnabled(bool(self._answer.value) and len(self._reason.toPlainText().strip()) >= 5)

    @Slot()
    def _on_look(self) -> None:
        self.looked_for.emit(self._message)
        self.accept()

    def act(self) -> None:
        self.decided.emit(self._message, self._answer.value == "went", self._reason.toPlainText().strip())
        self.accept()
