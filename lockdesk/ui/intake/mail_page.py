"""Surat masuk: the intake tray, a list of mails and the chosen one."""

from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from lockdesk.desk.ports import Clock
from lockdesk.desk.values.tray import MailState, TrayMail, TrayPage
from lockdesk.ui.intake.certificate_sheet import CertificateCaseSheet
from lockdesk.ui.intake.join_sheet import JoinSheet
from lockdesk.ui.intake.mail_panel import MailPanel
from lockdesk.ui.intake.mail_words import FILTERS, SIMULATED, row_text
from lockdesk.ui.intake.mail_work import MailWork
from lockdesk.ui.look.theme import Tone
from lockdesk.ui.look.times import OfficeTime
from lockdesk.ui.widgets.list_panel import BesideList, ListPanel
from lockdesk.ui.widgets.parts import HintButton, column, label, line
from lockdesk.ui.widgets.rows import RowText
from lockdesk.words import _, date_words


class MailPage(QWidget):
    """Arrow keys choose a mail, Enter takes the proposal, Esc goes back to the cases."""

    receive_asked = Signal()
    complaint_asked = Signal()
    left = Signal()

    def __init__(self, work: MailWork, times: OfficeTime, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.work, self._times, self._clock = work, times, clock
        empty = (
            _("Tidak ada surat di sini"),
            _("Surat yang bukan untuk layanan ini tetap di kotak surat, tidak ditandai terbaca, dan tidak dicatat."),
        )
        self.list = ListPanel([(value, _(words)) for value, words in FILTERS], self._describe, _("Surat masuk"), empty)
        if work.desk.settings().practice:
            self._add_simulated()
        self._limit = label(tone=Tone.QUIET)
        self._limit.setWordWrap(True)
        self._limit.hide()
        self.list.add_filters(self._limit, {})
        self.list.read_from(work.listing)
        self.panel = MailPanel(times)
        self._wanted = 0
        """The mail that is to be shown once the rows are read; 0: whichever is there."""
        column(self).addWidget(BesideList(self.list, self.panel))
        self._connect()
        work.tell_limit()
        work.listing.read()

    def _connect(self) -> None:
        work, panel, rows = self.work, self.panel, self.list
        rows.receive_asked.connect(self.receive_asked)
        rows.complaint_asked.connect(self.complaint_asked)
        rows.chosen.connect(work.show)
        rows.opened.connect(panel.take_proposal)
        rows.filter_chosen.connect(work.choose)
        work.listing.rows_read.connect(self._on_rows)
        work.limited.connect(self._on_limit)
        work.mail_read.connect(self._on_mail)
        work.page_read.connect(panel.show_page)
        work.busy_changed.connect(self._on_busy)
        panel.page_wanted.connect(work.draw)
        panel.role_chosen.connect(work.assign)
        panel.accept_asked.connect(work.accept)
        panel.joined.connect(work.join)
        panel.complain_asked.connect(work.complain)
        panel.complaint_joined.connect(work.join_complaint)
        panel.bring_asked.connect(self._on_bring)
        panel.refuse_asked.connect(work.refuse)
        panel.undo_asked.connect(work.undo)
        panel.join_asked.connect(self._on_join)

    def _add_simulated(self) -> None:
        """Practice: what the outbox brought to the simulated mailbox is a filter of its own."""
        value, words = SIMULATED
        chip = HintButton(_(words), role="filter")
        chip.setCheckable(True)
        chip.setObjectName(value)
        strip = QWidget()
        strip.setLayout(line((chip, 1), 6))
        self.list.add_filters(strip, {value: chip})

    def _describe(self, mail: Any) -> RowText:
        return row_text(mail, self._times, self._times.day(self._clock.now()))

    @Slot(object, bool)
    def _on_rows(self, page: TrayPage, _continued: bool) -> None:
        """A mail that was decided on is followed by the one that takes its place."""
        held, wanted, self._wanted = self.panel.mail, self._wanted, 0
        ids = [mail.id for mail in page.rows]
        if wanted not in ids and held is not None and held.id in ids:
            return
        self.panel.forget()
        if ids:
            shown = wanted if wanted in ids else ids[0]
            self.list.choose(shown)
            self.work.show(shown)

    @Slot(object)
    def _on_limit(self, since: date | None) -> None:
        words = _("E-mail sebelum {day} tidak diambil dan tidak ditandai; ubah di Pengaturan.")
        self._limit.setText(words.format(day=date_words(since)) if since is not None else "")
        self._limit.setHidden(since is None)

    @Slot(object)
    def _on_mail(self, mail: TrayMail) -> None:
        self.list.choose(mail.id)
        self.panel.show_mail(mail, self._clock.now())

    @Slot(bool)
    def _on_busy(self, busy: bool) -> None:
        """The list has the focus before the pressed button rests: Qt would hand it on to whatever stands next."""
        if busy and self.panel.isAncestorOf(self.window().focusWidget()):
            self.take_focus()
        self.panel.set_busy(busy)

    @Slot(object)
    def _on_join(self, mail: TrayMail) -> None:
        sheet = JoinSheet(self, self.work.desk, self.work.background, mail)
        sheet.chosen.connect(self.work.join)
        sheet.open()

    @Slot(object)
    def _on_bring(self, mail: TrayMail) -> None:
        """Where several cases wait for such a certificate the officer chooses."""
        awaited = mail.match.awaited
        if len(awaited) == 1:
            self.work.bring(awaited[0], mail.id)
            return
        sheet = CertificateCaseSheet(self, awaited, mail.id)
        sheet.chosen.connect(self.work.bring)
        sheet.open()

    def show_mail(self, mail_id: int) -> None:
        """One that waits for its decision, whichever filter is shown."""
        self._wanted = mail_id
        self.list.press(MailState.WAITING.value)
        self.take_focus()

    def take_focus(self) -> None:
        self.list.take_focus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
