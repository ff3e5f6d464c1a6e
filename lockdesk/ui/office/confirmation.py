"""The fields in which the head of section confirms: who it is, and what only the head has."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from lockdesk.desk.values.privacy import Confirmation
from lockdesk.ui.widgets.forms import Field, text_field
from lockdesk.ui.widgets.parts import column, line
from lockdesk.words import _


class ConfirmationFields(QWidget):
    """Name, NIP and position of the official, and a secret that is shown to nobody."""

    changed = Signal()

    def __init__(
        self, name: str, nip: str, position: str, secret: str, hint: str = "", parent: QWidget | None = None
    ) -> None:
        """`secret`: what the secret is called; `hint` stands beneath it."""
        super().__init__(parent)
        self.name, self.nip, self.position = text_field(name), text_field(nip, mono=True), text_field(position)
        self.secret = QLineEdit()
        self.secret.setEchoMode(QLineEdit.EchoMode.Password)
        who = line((Field(_("Nama pejabat"), self.name), Field("NIP", self.nip)), 12)
        who.setStretch(0, 3)
        who.setStretch(1, 2)
        inner = column(self, 0, 10)
        inner.addLayout(who)
        inner.addWidget(Field(_("Jabatan"), self.position, _("Dengan Plt. atau Plh. di depan bila menggantikan.")))
        inner.addWidget(Field(secret, self.secret, hint))
        for edit in self._edits:
            edit.textChanged.connect(self.changed)

    @property
    def _edits(self) -> tuple[QLineEdit, ...]:
        return self.name, self.nip, self.position, self.secret

    @property
    def complete(self) -> bool:
        return all(edit.text().strip() for edit in self._edits)

    @property
    def told(self) -> Confirmation:
        return Confirmation(*(edit.text() for edit in self._edits))
