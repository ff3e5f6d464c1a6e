"""Prints and exports: made by the desk, previewed, sent to a chosen printer or saved."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget
from shiboken6 import isValid

from lockdesk.core.quarters import Quarter
from lockdesk.desk.desk import Desk
from lockdesk.desk.prints.documents import DOCUMENTS, DocumentSpec
from lockdesk.desk.prints.making import PrintSubject
from lockdesk.desk.values.cases import CaseView
from lockdesk.desk.values.facts import PagePixels
from lockdesk.desk.values.reports import BookFilter
from lockdesk.desk.values.sheets import PaperSize, Printed
from lockdesk.errors import LockdeskError
from lockdesk.ownfile import write_own
from lockdesk.ui.prints.print_sheet import PrintSheet
from lockdesk.ui.running.background import Background, Lane
from lockdesk.words import _


def _same(content: bytes) -> bytes:
    return content


def _write(path: Path, fetch: Callable[[], bytes]) -> str:
    write_own(path, fetch())
    return path.name


class Printing(QObject):
    """Opens the preview and carries out what is chosen there."""

    said = Signal(str)
    """A short sentence for the status line."""
    printed = Signal()
    """Something was printed or exported: the case has a new entry in its history."""

    def __init__(self, desk: Desk, background: Background, page: QWidget) -> None:
        super().__init__(page)
        self._desk = desk
        self._background = background
        self._page = page
        self._sheet: PrintSheet | None = None
        self._to_send: Printed | None = None
        self._printer: QPrinter | None = None
        self._fetch: Callable[[], bytes] | None = None

    @Slot(object)
    def print_case(self, case: CaseView) -> None:
        kinds = self._desk.prints.available_prints(case)
        self.open(case.id, kinds, _("Cetak dokumen {name}").format(name=case.applicant.name))

    @Slot(int)
    def print_complaint(self, complaint_id: int) -> None:
        self.open(complaint_id, (DOCUMENTS["complaint_receipt"],), _("Cetak tanda terima pengaduan"))

    @Slot()
    def print_standard(self) -> None:
        self.open(0, (DOCUMENTS["standard"],), _("Cetak standar pelayanan"))

    @Slot(object)
    def print_report(self, quarter: Quarter) -> None:
        self.open(quarter, (DOCUMENTS["quarterly_report"],), _("Cetak laporan {quarter}").format(quarter=quarter))

    @Slot(object)
    def print_book(self, chosen: BookFilter) -> None:
        self.open(chosen, (DOCUMENTS["register_book"],), _("Cetak buku register"))

    def open(self, subject_id: PrintSubject, kinds: Sequence[DocumentSpec], title: str) -> None:
        """Opens the preview; nothing is made yet, since every print is journalled."""
        if not kinds:
            self._background.failed.emit(_nothing_to_print())
            return
        sheet = PrintSheet(self._page, subject_id, kinds, title)
        sheet.make_asked.connect(self._on_make)
        sheet.page_wanted.connect(self._on_page_wanted)
        sheet.send_asked.connect(self.send)
        sheet.save_asked.connect(self._on_save)
        self._sheet = sheet
        sheet.open()

    @Slot(str, object, str)
    def _on_make(self, kind: str, subject_id: PrintSubject, size: str) -> None:
        sheet = self._sheet
        if sheet is None:
            return
        job = partial(self._desk.prints.make, kind, subject_id, PaperSize(size))
        self._background.run(job, partial(self._on_made, sheet), partial(self._on_unmade, sheet))

    def _on_made(self, sheet: PrintSheet, printed: Printed) -> None:
        self.printed.emit()
        if sheet is self._sheet:
            sheet.show_printed(printed)

    def _on_unmade(self, sheet: PrintSheet, error: LockdeskError) -> None:
        if sheet is self._sheet:
            sheet.show_failure()
        self._background.failed.emit(error)

    @Slot(object, int, int)
    def _on_page_wanted(self, printed: Printed, page: int, width: int) -> None:
        job = partial(self._desk.pages.render_bytes, printed.pdf, page, width)
        self._background.run(job, partial(self._on_pixels, self._sheet, printed), lane=Lane.PAGES)

    def _on_pixels(self, sheet: PrintSheet | None, printed: Printed, pixels: PagePixels | None) -> None:
        if sheet is not None and sheet is self._sheet and isValid(sheet):
            sheet.show_pixels(printed, pixels)

    @Slot(object)
    def send(self, printed: Printed) -> None:
        """Asks for the printer, then hands a finished print to it."""
        if not QPrinterInfo.availablePrinterNames():
            self._background.failed.emit(_no_printer())
            return
        self._to_send = printed
        self._printer = QPrinter()
        dialog = QPrintDialog(self._printer, self._page)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(self._on_printer)
        QDialog.open(dialog)  # QPrintDialog hides the plain form behind one with a receiver

    @Slot()
    def _on_printer(self) -> None:
        if self._to_send is None or self._printer is None:
            return
        job = partial(self._desk.prints.send, self._to_send, self._printer.printerName())
        self._background.run(job, self._on_sent)

    def _on_sent(self, _result: object) -> None:
        self.said.emit(_("Dokumen dikirim ke printer."))

    @Slot(object)
    def _on_save(self, printed: Printed) -> None:
        self.save(printed.file_name, partial(_same, printed.pdf), _("Dokumen PDF (*.pdf)"))

    @Slot(str, object, str)
    def save(self, name: str, fetch: Callable[[], bytes], types: str) -> None:
        """Asks where to; then a worker fetches the bytes (which the journal may record) and writes them."""
        self._fetch = fetch
        dialog = QFileDialog(self._page, _("Simpan"), name, types)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.fileSelected.connect(self._on_save_chosen)
        dialog.open()

    @Slot(str)
    def _on_save_chosen(self, path: str) -> None:
        if self._fetch is not None:
            self._background.run(partial(_write, Path(path), self._fetch), self._on_saved)

    def _on_saved(self, name: str) -> None:
        self.said.emit(_("Disimpan: {name}").format(name=name))
        self.printed.emit()

    @Slot(int)
    def export_message(self, message_id: int) -> None:
        """A message to the applicant as .eml; the desk journals the export."""
        self.save("pemberitahuan.eml", partial(self._desk.notices.export, message_id), _("E-mail (*.eml)"))

    @Slot(int, int, str)
    def export_document(self, case_id: int, document_id: int, name: str) -> None:
        """A stored document of a case; the desk journals the export."""
        fetch = partial(self._desk.review.export_document, case_id, document_id)
        self.save(name, fetch, _("Semua berkas (*)"))

    @Slot(int)
    def save_csr(self, case_id: int) -> None:
        """The checked CSR as PEM, for the CA's portal; the desk journals the export."""
        fetch = partial(self._desk.handwork.csr_file, case_id)
        self.save("permohonan.csr", fetch, _("Berkas CSR (*.csr)"))


def _no_printer() -> LockdeskError:
    return LockdeskError(_("Printer tidak tersedia."), _("Simpan sebagai PDF, lalu cetak dari komputer lain."))


def _nothing_to_print() -> LockdeskError:
    return LockdeskError(
        _("Belum ada dokumen yang dapat dicetak untuk kasus ini."), _("Lanjutkan prosedur terlebih dahulu.")
    )
