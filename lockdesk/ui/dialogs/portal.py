"""The dialogs of the portal route: the steps with what to copy, the holder seen there, the certificates brought."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QTimer, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from lockdesk.desk.operations.guide import CaWork
from lockdesk.desk.ports import Clock
from lockdesk.desk.values.cases import CaseView, OperationView
from lockdesk.desk.values.person_fields import fault_in
from lockdesk.ui.dialogs.guide_list import GuideList
from lockdesk.ui.look import help_places
from lockdesk.ui.look.theme import Tone, theme
from lockdesk.ui.look.times import OfficeTime
from lockdesk.ui.running.files import dropped_paths
from lockdesk.ui.widgets.cards import Notice
from lockdesk.ui.widgets.days import DayBox, day_of
from lockdesk.ui.widgets.file_dialogs import Place, open_dialog
from lockdesk.ui.widgets.forms import MEND_FIRST, Field, text_area, text_field
from lockdesk.ui.widgets.parts import HintButton, glyph, label, line
from lockdesk.ui.widgets.sheet import Sheet
from lockdesk.words import _

TICK_MS = 20_000


class PortalSheet(Sheet):
    """What is done in the CA's portal, step by step."""

    help_at = help_places.PORTAL

    csr_asked = Signal(int)
    message_asked = Signal(int)
    brought = Signal(int, object, str)
    """As of a CertificateSheet."""

    def __init__(
        self,
        parent: QWidget,
        case: CaseView,
        operation: OperationView,
        ca_work: CaWork,
        times: OfficeTime,
        clock: Clock,
    ) -> None:
        applicant = ca_work.actor == "applicant"
        who = _("Dilakukan oleh pemohon.") if applicant else _("Dilakukan oleh petugas.")
        super().__init__(parent, _("Langkah di portal untuk {name}").format(name=case.applicant.name), who, width=700)
        self._case_id, self._operation, self._clock, self._times = case.id, operation, clock, times
        self._portal_url = ca_work.portal_url
        self.takes_files = ca_work.awaits_certificate
        self.guide = GuideList(ca_work.steps)
        self.guide.csr_asked.connect(self._on_csr)
        self.scrolled(self.guide, self.guide.height_in(640, 470))
        self._running = label(tone=Tone.QUIET, scale="small")
        self.add_side_button(self._running)
        if applicant:
            message = HintButton(_("Susun pesan petunjuk…"))
            message.clicked.connect(self._on_message)
            self.add_side_button(message)
        if self._portal_url:
            portal = HintButton(_("Buka portal"))
            portal.setToolTip(self._portal_url)
            portal.clicked.connect(self._on_portal)
            self.add_side_button(portal)
        self.add_close()
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._on_tick)
        self._timer.start()
        self._on_tick()

    def take(self, paths: Sequence[Path]) -> None:
        """The new certificate, dropped while its steps are shown."""
        self.accept()
        self.brought.emit(self._case_id, tuple(paths), "")

    @Slot()
    def _on_tick(self) -> None:
        since, now = self._operation.started_at, self._clock.now()
        words = _("Dimulai {time} · {span}")
        self._running.setText(words.format(time=self._times.moment(since, now), span=self._times.span(since, now)))

    @Slot()
    def _on_csr(self) -> None:
        self.csr_asked.emit(self._case_id)

    @Slot()
    def _on_message(self) -> None:
        self.accept()
        self.message_asked.emit(self._case_id)

    @Slot()
    def _on_portal(self) -> None:
        QDesktopServices.openUrl(QUrl(self._portal_url))


class HolderSheet(Sheet):
    """The old certificate's holder as the CA's portal shows it; compared with the applicant, never copied from it."""

    help_at = help_places.PORTAL

    recorded = Signal(int, str, str, str, str, object)
    """Case, serial, name, number, e-mail, last day of validity."""

    def __init__(self, parent: QWidget, case: CaseView, ca_name: str) -> None:
        words = _(
            "Cari nomor seri {serial} di portal {ca}. Tulis apa yang tampil di sana, bukan apa yang ada di surat."
        )
        if not case.applicant.serial:
            words = _(
                "Cari pemohon di portal {ca} menurut e-mail dinas, NIP, atau NIK. Tulis apa yang tampil di sana; "
                "bila sertifikatnya beberapa, catat satu per satu."
            )
        super().__init__(
            parent,
            _("Catat pemegang sertifikat lama"),
            words.format(serial=case.applicant.serial, ca=ca_name),
            width=600,
        )
        self._case_id = case.id
        self._serial, self._name = text_field(mono=True), text_field()
        self._number, self._email = text_field(mono=True), text_field()
        # No day is proposed: one left as it stood would be taken for the portal's.
        self._until = DayBox(None, optional=True)
        self._serial_field = Field(_("Nomor seri menurut portal"), self._serial)
        hint = _("Kosongkan bila portal tidak menampilkannya.")
        grid = QGridLayout()  # in pairs: large letters fit a small screen, too
        grid.setHorizontalSpacing(theme.px(16))
        grid.setVerticalSpacing(theme.px(10))
        grid.addWidget(self._serial_field, 0, 0, 1, 2)
        grid.addWidget(Field(_("Nama pemegang menurut portal"), self._name), 1, 0)
        grid.addWidget(Field(_("Berlaku sampai"), self._until), 1, 1)
        grid.addWidget(Field(_("NIK atau NIP menurut portal"), self._number, hint), 2, 0)
        grid.addWidget(Field(_("E-mail menurut portal"), self._email, hint), 2, 1)
        self.body.addLayout(grid)
        self.add_buttons(_("Catat pemegang"))
        for edit in (self._serial, self._name):
            edit.textChanged.connect(self._on_text)
        self._until.day_changed.connect(self._enable)
        self._enable()

    @Slot(str)
    def _on_text(self, _text: str) -> None:
        self._serial_field.show_typed_fault(fault_in("serial", self._serial.text()))
        self._enable()

    @Slot()
    def _enable(self) -> None:
        serial = self._serial.text().strip()
        if not (serial and self._name.text().strip()):
            lacking = _("Tulis nomor seri dan nama pemegangnya.")
        elif self._until.day is None:
            lacking = _("Isi sampai kapan sertifikatnya berlaku.")
        else:
            lacking = _(MEND_FIRST) if fault_in("serial", serial) else ""
        self.rest_verb(lacking)

    def act(self) -> None:
        texts = (edit.text().strip() for edit in (self._serial, self._name, self._number, self._email))
        self.recorded.emit(self._case_id, *texts, day_of(self._until))
        self.accept()


class CertificateSheet(Sheet):
    """Brings a certificate: by drop, by choosing a file, or pasted as text."""

    help_at = help_places.PORTAL

    brought = Signal(int, object, str)
    """Case, paths, pasted text."""
    takes_files = True

    def __init__(self, parent: QWidget, case_id: int, title: str, words: str) -> None:
        super().__init__(parent, title, words, width=600)
        self._case_id = case_id
        self._paths: tuple[Path, ...] = ()
        self.setAcceptDrops(True)
        pick = HintButton(_("Pilih berkas…"))
        pick.clicked.connect(self._on_pick)
        self._chosen = label(_("Jatuhkan berkas atau e-mail di sini."), tone=Tone.QUIET, wrap=True)
        row = line((glyph("file-key", Tone.ACCENT, 20), self._chosen, pick), 10)
        row.setStretch(1, 1)
        self.body.addLayout(row)
        self._text = text_area("", 5, "-----BEGIN CERTIFICATE-----")
        self._text.setProperty("mono", "true")
        self._text.textChanged.connect(self._on_text)
        self.body.addWidget(Field(_("Atau tempel isi sertifikat (PEM)"), self._text))
        self.body.addWidget(Notice(_("Berkas dibuka di ruang tertutup dan diperiksa sebelum disimpan."), Tone.INFO))
        self.add_buttons(_("Periksa dan masukkan"))
        self._on_text()

    def take(self, paths: Sequence[Path]) -> None:
        """Files chosen or dropped."""
        self._paths = tuple(paths)
        if self._paths:
            self._chosen.setText(", ".join(path.name for path in self._paths))
        self._on_text()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_paths(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.take(dropped_paths(event.mimeData()))
        event.acceptProposedAction()

    @Slot()
    def _on_pick(self) -> None:
        types = _("Sertifikat atau e-mail (*.cer *.crt *.pem *.der *.p7b *.p7c *.eml *.msg);;Semua berkas (*)")
        dialog = open_dialog(self, _("Pilih sertifikat"), Place.CERTIFICATES, types)
        dialog.filesSelected.connect(self._on_selected)
        dialog.open()

    @Slot(list)
    def _on_selected(self, names: list[str]) -> None:
        self.take([Path(name) for name in names])

    @Slot()
    def _on_text(self) -> None:
        there = bool(self._paths) or "BEGIN" in self._text.toPlainText()
        self.rest_verb("" if there else _("Pilih atau tempel sertifikatnya."))

    def act(self) -> None:
        self.brought.emit(self._case_id, self._paths, self._text.toPlainText().strip())
        self.accept()
