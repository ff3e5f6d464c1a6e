"""To which case a mail belongs, found by number, name or NIP."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from lockdesk.desk.desk import Desk
from lockdesk.desk.values.tray import TrayMail
from lockdesk.ui.intake.mail_words import sender_of
from lockdesk.ui.look import help_places
from lockdesk.ui.running.background import Background
from lockdesk.ui.widgets.case_search import CaseSearch
from lockdesk.ui.widgets.sheet import Sheet
from lockdesk.words import _


class JoinSheet(Sheet):
    """The arrow keys choose among what was found, Enter joins, Esc leaves the mail undecided."""

    help_at = help_places.RECEIVING
    chosen = Signal(int, int)
    """The mail and the case."""

    def __init__(self, parent: QWidget, desk: Desk, background: Background, mail: TrayMail) -> None:
        title = _("Gabungkan e-mail dari {name} ke kasus mana?").format(name=sender_of(mail))
        super().__init__(parent, title, _("Cari dengan nomor kasus, nama, atau NIP."), width=620)
        self._mail = mail
        self.search = CaseSearch(desk, background, mail.sender.name if mail.sender is not None else "")
        self.search.changed.connect(self._on_changed)
        self.search.opened.connect(self.act)
        self.body.addWidget(self.search)
        self.add_buttons(_("Gabungkan"))
        self._on_changed()

    @Slot()
    def _on_changed(self) -> None:
        self.rest_verb("" if self.search.case_id else _("Pilih kasusnya."))

    def act(self) -> None:
        self.chosen.emit(self._mail.id, self.search.case_id)
        self.accept()
