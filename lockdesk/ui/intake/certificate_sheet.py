"""Which case a certificate is for, where several wait for one like it."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QRadioButton, QWidget

from lockdesk.desk.values.tray import AwaitedCertificate
from lockdesk.ui.look import help_places
from lockdesk.ui.widgets.sheet import Sheet
from lockdesk.words import _


class CertificateCaseSheet(Sheet):
    """Enter takes the chosen case, Esc leaves everything as it is."""

    help_at = help_places.PORTAL
    chosen = Signal(object, object)
    """The AwaitedCertificate, and where the certificate is."""

    def __init__(self, parent: QWidget, awaited: Sequence[AwaitedCertificate], source: object) -> None:
        words = _("Beberapa kasus menunggu sertifikat dari pemegang ini. Sertifikat diperiksa sebelum disimpan.")
        super().__init__(parent, _("Untuk kasus mana sertifikat ini?"), words)
        self._source = source
        self._options = [(item, QRadioButton(_line(item))) for item in awaited]
        for _item, button in self._options:
            self.body.addWidget(button)
        self._options[0][1].setChecked(True)
        self.add_buttons(_("Periksa dan masukkan"))

    def act(self) -> None:
        self.chosen.emit(next(item for item, button in self._options if button.isChecked()), self._source)
        self.accept()


def _line(item: AwaitedCertificate) -> str:
    words = _("{number}, {name}: sertifikat lama") if item.old else _("{number}, {name}: sertifikat baru")
    return words.format(number=item.row.number, name=item.row.name)
