"""Messages of which nobody knows whether they went; Enter on one opens its case or complaint, where it is settled."""

from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from lockdesk.desk.desk import Desk
from lockdesk.desk.values.cases import Message
from lockdesk.desk.values.reports import Subject
from lockdesk.ui.look import help_places
from lockdesk.ui.look.theme import Tone, theme
from lockdesk.ui.look.times import OfficeTime
from lockdesk.ui.running.background import Background
from lockdesk.ui.widgets.list_panel import RowList
from lockdesk.ui.widgets.parts import label
from lockdesk.ui.widgets.rows import ROW_HEIGHT, RowModel, RowText
from lockdesk.ui.widgets.sheet import Sheet
from lockdesk.words import _


class UnsettledMailSheet(Sheet):
    """Reads on a worker; the verb opens what the chosen message is about."""

    help_at = help_places.FAILING
    chosen = Signal(object, int)
    """A Subject and its id."""

    def __init__(self, parent: QWidget, desk: Desk, background: Background, times: OfficeTime) -> None:
        hint = _(
            "Pastikan dahulu apakah pesan ini sampai; pesan yang belum pasti tidak dikirim ulang dengan sendirinya."
        )
        super().__init__(parent, _("Pesan yang belum pasti terkirim"), hint, width=640)
        self._times, self._now = times, desk.clock.now()
        self._messages: dict[int, Message] = {}
        self._model = RowModel(self._describe, self)
        self.view = RowList(self._model, _("Pesan yang belum pasti terkirim"))
        self.view.opened.connect(self._on_opened)
        self.body.addWidget(self.view)
        self._none = label(_("Tidak ada pesan yang belum pasti terkirim."), tone=Tone.OK)
        self.body.addWidget(self._none)
        self._none.hide()
        self.add_buttons(_("Buka"), cancel=_("Tutup"))
        self.verb.setEnabled(False)
        background.run(desk.reading.unsettled_messages, self._on_read)

    def _on_read(self, messages: tuple[Message, ...]) -> None:
        if self.left:
            return
        self._messages = {message.id: message for message in messages}
        self._model.merge(list(messages), None)
        self.view.setFixedHeight(min(len(messages), 6) * theme.px(ROW_HEIGHT) + 2)
        self.view.setVisible(bool(messages))
        self._none.setVisible(not messages)
        self.verb.setEnabled(bool(messages))
        if messages:
            self.view.setCurrentIndex(self._model.index(0, 0))
            self.view.setFocus()

    def _describe(self, message: Any) -> RowText:
        """The address of whoever complained would say who it is."""
        since = self._times.span(message.changed_at, self._now)
        to = message.to if message.case_id else ""
        return RowText(message.subject, since, Tone.WARN, "", to, _("belum pasti"), Tone.WARN, message.subject)

    @Slot(int)
    def _on_opened(self, message_id: int) -> None:
        message = self._messages[message_id]
        self.accept()
        subject = Subject.CASE if message.case_id else Subject.COMPLAINT
        self.chosen.emit(subject, message.case_id or message.complaint_id)

    def act(self) -> None:
        self._on_opened(list(self._messages)[self.view.currentIndex().row()])
