"""Which case a certificate is for, where several wait for one like it."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QRadioButton, QWidget

from lockdesk.desk.operations.arriving import AwaitedCertificate
from lockdesk.ui.widgets.sheet import Sheet
from lockdesk.words import _


class CertificateCaseSheet(Sheet):
    """Enter takes the chosen case, Esc leaves everything as it is."""

    chosen = Signal(object, object)
    """The AwaitedCertificate and the paths."""

    def __init__(self, parent: QWidget, awaited: Sequence[AwaitedCertificate], paths: Sequence[Path]) -> None:
        words = _("Beberapa kasus menunggu sertifikat dari pemegang ini. Sertifikat diperiksa sebelum disimpan.")
        super().__init__(parent, _("Untuk kasus mana sertifikat ini?"), words)
        self._paths = tuple(paths)
        self._options = [(item, QRadioButton(_line(item))) for item in awaited]
        for _item, button in self._options:
            self.body.addWidget(button)
        self._options[0][1].setChecked(True)
        self.add_buttons(_("Periksa dan masukkan"))

    def act(self) -> None:
        self.chosen.emit(next(item for item, button in self._options if button.isChecked()), self._paths)
        self.accept()


def _line(item: AwaitedCertificate) -> str:
    words = _("{number}, {name}: sertifikat lama") if item.old else _("{number}, {name}: sertifikat baru")
    return words.format(number=item.row.number, name=item.row.name)
