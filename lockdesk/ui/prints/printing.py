"""Prints and exports: previewed, made by the desk when they are printed or saved, followed in the print queue."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from lockdesk.core.quarters import Quarter
from lockdesk.desk.desk import Desk
from lockdesk.desk.prints.codes import OFFICE_NUMBER
from lockdesk.desk.prints.documents import DOCUMENTS, DocumentSpec, available_prints, office_prints
from lockdesk.desk.prints.making import book_number, file_name_of, report_number
from lockdesk.desk.values.cases import CaseRow, CaseView
from lockdesk.desk.values.emergency import EMERGENCY_KIND, EmergencyOrder
from lockdesk.desk.values.facts import PagePixels
from lockdesk.desk.values.privacy import Breach, Disposal
from lockdesk.desk.values.reports import BookFilter, BookFormat
from lockdesk.desk.values.sheets import (
    SLIP,
    EarlierPrint,
    JobStatus,
    LayoutStopped,
    PagesTold,
    Printed,
    PrintJob,
    untold,
)
from lockdesk.errors import LockdeskError, Unreachable
from lockdesk.ownfile import write_own
from lockdesk.ui.prints.following import Following, status_words
from lockdesk.ui.prints.offers import MEMORY, Offer, PrintMemory, Wanted, memory_of
from lockdesk.ui.prints.print_sheet import PrintSheet
from lockdesk.ui.prints.printer_choice import SendSheet
from lockdesk.ui.running.background import FREE, Background, Lane
from lockdesk.ui.widgets.file_dialogs import Place, save_dialog
from lockdesk.words import N_, _

TABLE_TYPES = {BookFormat.XLSX: N_("Lembar data (*.xlsx)"), BookFormat.CSV: N_("Lembar data (*.csv)")}

_About = tuple[str, tuple[DocumentSpec, ...], tuple[EarlierPrint, ...]]
"""The number of what is printed about, what can be made, and what is kept."""


def _write(fetch: Callable[[], bytes], path: Path) -> str:
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
        self._memory = PrintMemory()
        self._write: Callable[[Path], str] | None = None
        self._saved: Callable[[], None] | None = None
        self._following = Following(desk, background, self)
        self._following.told.connect(self._on_told)

    @Slot(object)
    def print_case(self, case: CaseView) -> None:
        def about() -> _About:
            kinds = self._desk.prints.available_prints(case)
            return case.number, kinds, self._desk.earlier_prints.of_case(case.id)

        self._offer(case.id, _("Cetak dokumen {name}").format(name=case.applicant.name), about)

    @Slot(int)
    def print_complaint(self, complaint_id: int) -> None:
        def about() -> _About:
            view = self._desk.reading.complaint(complaint_id)
            return view.number, available_prints(view), self._desk.earlier_prints.of_complaint(complaint_id)

        self._offer(complaint_id, _("Cetak dokumen pengaduan"), about)

    @Slot(str, int)
    def print_at_once(self, kind: str, complaint_id: int) -> None:
        """A document of a complaint on the paper and the printer used last, without a preview in the way; where there
        is none, or that one is gone, the preview asks."""
        self._at_once(
            kind,
            complaint_id,
            lambda: self._desk.reading.complaint(complaint_id).number,
            partial(self.print_complaint, complaint_id),
        )

    @Slot(int)
    def print_receipt(self, case_id: int) -> None:
        """The receipt of a request whose visitor waits for it, as `print_at_once`; over what the officer writes by then
        no preview opens."""

        def unprinted() -> None:
            if self._background.where() == FREE:
                self._background.run(partial(self._desk.reading.case, case_id), self.print_case)
            else:
                words = _("Tanda terima {number} belum dicetak: printer tidak tersedia. Cetak dari kasusnya.")
                self._say(words, case_id)

        self._at_once("receipt", case_id, lambda: self._desk.reading.row(case_id).number, unprinted)

    @Slot(int)
    def print_slip(self, case_id: int) -> None:
        """The proof of a case that was completed just now, as `print_at_once`: nobody waits for it, so that no dialog
        opens where there is none."""
        words = _("Bukti penyelesaian {number} belum dicetak: printer tidak tersedia.")
        unprinted = partial(self._say, words, case_id)
        self._at_once(SLIP, case_id, lambda: self._desk.reading.row(case_id).number, unprinted)

    def _say(self, words: str, case_id: int) -> None:
        """`words` about a case that may not be the one that is shown."""

        def read(row: CaseRow) -> None:
            self.said.emit(words.format(number=row.number))

        self._background.run(partial(self._desk.reading.row, case_id), read, by_itself=True)

    def _at_once(self, kind: str, subject: int, number: Callable[[], str], unprinted: Callable[[], object]) -> None:
        def read() -> tuple[str, Wanted]:
            memory, printers = memory_of(self._desk.drafts.load(MEMORY)), self._desk.queueing.printers()
            return memory.among(printers), Wanted(kind, subject, number(), memory.paper(DOCUMENTS[kind]))

        def found(answer: tuple[str, Wanted]) -> None:
            printer, wanted = answer
            if printer:
                self._background.run(partial(self._make, wanted), partial(self._on_made_at_once, printer))
            else:
                unprinted()

        def unknown(error: LockdeskError) -> None:
            """Only a print system that does not answer is as none at all."""
            if isinstance(error, Unreachable):
                unprinted()
            else:
                self._background.failed.emit(error)

        self._background.run(read, found, unknown, Lane.PRINT)

    def _on_made_at_once(self, printer: str, printed: Printed) -> None:
        self.printed.emit()
        self._send(printed, printer, 1)

    @Slot()
    def print_standard(self) -> None:
        self.open(0, office_prints(), _("Cetak standar pelayanan dan formulir"))

    @Slot(int)
    def print_emergency_forms(self, count: int) -> None:
        spec = DOCUMENTS[EMERGENCY_KIND]
        self.open(EmergencyOrder(count), (spec,), _("Cetak formulir darurat"))

    @Slot()
    def print_day(self) -> None:
        spec = DOCUMENTS["day"]
        self.open(0, (spec,), _(spec.title))

    def print_handover(self) -> None:
        spec = DOCUMENTS["handover"]
        self.open(0, (spec,), _(spec.title))

    @Slot(object)
    def print_disposal(self, done: Disposal) -> None:
        spec = DOCUMENTS["disposal"]
        self.open(done, (spec,), _(spec.title), done.number)

    @Slot(object)
    def print_breach(self, breach: Breach) -> None:
        spec = DOCUMENTS["breach"]
        self.open(breach, (spec,), _(spec.title), breach.number)

    @Slot(int)
    def print_person(self, entry_id: int) -> None:
        """What is known of a person of the register, for that person."""
        spec = DOCUMENTS["person_data"]
        self.open(entry_id, (spec,), _(spec.title))

    @Slot(int)
    def print_trail(self, case_id: int) -> None:
        """The same of an applicant whom the register does not know."""

        def about() -> _About:
            spec, case = DOCUMENTS["data_trail"], self._desk.reading.case(case_id)
            kept = self._desk.earlier_prints.of_case(case_id)
            return case.number, (spec,), tuple(item for item in kept if item.kind == spec.kind)

        self._offer(case_id, _(DOCUMENTS["data_trail"].title), about)

    @Slot(object)
    def print_report(self, quarter: Quarter) -> None:
        title = _("Cetak laporan {quarter}").format(quarter=quarter.words)
        self.open(quarter, (DOCUMENTS["quarterly_report"],), title, report_number(quarter))

    @Slot(object)
    def print_book(self, chosen: BookFilter) -> None:
        self.open(chosen, (DOCUMENTS["register_book"],), _("Cetak buku register"), book_number(chosen))

    def open(self, subject: Any, kinds: Sequence[DocumentSpec], title: str, number: str = OFFICE_NUMBER) -> None:
        """Opens the preview of what is about no case and no complaint."""

        def about() -> _About:
            wanted = {spec.kind for spec in kinds}
            earlier = self._desk.earlier_prints.of_office(number)
            return number, tuple(kinds), tuple(item for item in earlier if item.kind in wanted)

        self._offer(subject, title, about)

    def _offer(self, subject: Any, title: str, about: Callable[[], _About]) -> None:
        """Reads what there is, then opens the sheet; nothing is journalled by it."""

        def read() -> Offer:
            number, kinds, kept = about()
            zone, memory = self._desk.settings().office.zone, memory_of(self._desk.drafts.load(MEMORY))
            return Offer(subject, number, title, kinds, kept, memory, zone)

        self._background.run(read, self._on_offer)

    def _on_offer(self, offer: Offer) -> None:
        if not offer.documents:
            self._background.failed.emit(_nothing_to_print())
            return
        self._memory = offer.memory
        sheet = PrintSheet(self._page, offer)
        sheet.preview_asked.connect(self._on_preview_asked)
        sheet.page_wanted.connect(self._on_page_wanted)
        sheet.print_asked.connect(self._on_print)
        sheet.save_asked.connect(self._on_save)
        sheet.cancel_asked.connect(self._on_cancel)
        self._sheet = sheet
        sheet.open()
        sheet.begin()
        found, unknown = partial(self._on_printers, sheet), partial(self._on_no_printers, sheet)
        self._background.run(self._desk.queueing.printers, found, unknown, Lane.PRINT)

    def _on_no_printers(self, sheet: PrintSheet, error: LockdeskError) -> None:
        """It can still be saved."""
        self._on_printers(sheet, ())
        self._background.failed.emit(error)

    def _on_printers(self, sheet: PrintSheet, printers: tuple[str, ...]) -> None:
        if self._shown(sheet):
            sheet.show_printers(printers)

    def _shown(self, sheet: PrintSheet | None) -> bool:
        """Whether the sheet that something was begun for is still there."""
        return sheet is not None and sheet is self._sheet and isValid(sheet) and not sheet.left

    # ── the preview ──

    @Slot(object)
    def _on_preview_asked(self, wanted: Wanted) -> None:
        sheet = self._sheet
        if sheet is None:
            return
        job = partial(self._preview, wanted, self._following_pages(sheet, wanted))
        self._background.run(job, partial(self._on_preview, sheet, wanted), partial(self._on_unmade, sheet))

    def _following_pages(self, sheet: PrintSheet, wanted: Wanted) -> PagesTold:
        report = self._background.on_gui_thread(sheet.show_pages)

        def told(pages: int) -> bool:
            report((wanted, pages))
            return sheet.awaits(wanted)

        return told

    def _preview(self, wanted: Wanted, told: PagesTold) -> bytes:
        """b"" where it was not wanted any more before it was laid out."""
        if wanted.earlier is not None:
            return self._desk.earlier_prints.show(wanted.subject, wanted.earlier)
        try:
            return self._desk.prints.preview(wanted.kind, wanted.subject, wanted.paper, told)
        except LayoutStopped:
            return b""

    def _on_preview(self, sheet: PrintSheet | None, wanted: Wanted, pdf: bytes) -> None:
        if pdf and sheet is not None and self._shown(sheet):
            sheet.show_preview(wanted, pdf)

    def _on_unmade(self, sheet: PrintSheet | None, error: LockdeskError) -> None:
        if sheet is not None and self._shown(sheet):
            sheet.show_failure()
        self._background.failed.emit(error)

    @Slot(object, int, int)
    def _on_page_wanted(self, pdf: bytes, page: int, width: int) -> None:
        job = partial(self._desk.pages.render_bytes, pdf, page, width)
        self._background.run(job, partial(self._on_pixels, self._sheet, pdf), lane=Lane.PAGES)

    def _on_pixels(self, sheet: PrintSheet | None, pdf: bytes, pixels: PagePixels | None) -> None:
        if sheet is not None and self._shown(sheet):
            sheet.show_pixels(pdf, pixels)

    # ── making and sending ──

    def _make(self, wanted: Wanted, told: PagesTold = untold) -> Printed:
        if wanted.earlier is not None:
            return self._desk.earlier_prints.duplicate(wanted.subject, wanted.earlier)
        return self._desk.prints.make(wanted.kind, wanted.subject, wanted.paper, told)

    @Slot(object, str, int)
    def _on_print(self, wanted: Wanted, printer: str, copies: int) -> None:
        """What was made already goes out again as it is: the same print, at another printer."""
        sheet = self._sheet
        if sheet is None:
            return
        if not printer:
            self._background.failed.emit(_no_printer(_("Simpan sebagai PDF, lalu cetak dari komputer lain.")))
            return
        self._remember(self._memory.after(printer, wanted.kind, wanted.paper))
        sheet.set_busy(True)
        if sheet.made is not None:
            self._send(sheet.made, printer, copies)
            return
        made = partial(self._on_made, sheet, wanted, printer, copies)
        follow = self._following_pages(sheet, wanted)

        def told(pages: int) -> bool:
            """A print that was asked for is made, whether or not its sheet is still there."""
            follow(pages)
            return True

        self._background.run(partial(self._make, wanted, told), made, partial(self._on_unmade, sheet))

    def _on_made(self, sheet: PrintSheet, wanted: Wanted, printer: str, copies: int, printed: Printed) -> None:
        if self._shown(sheet):
            sheet.show_made(wanted, printed)
            sheet.set_busy(True)
        self.printed.emit()
        self._send(printed, printer, copies)

    def _send(self, printed: Printed, printer: str, copies: int) -> None:
        job = partial(self._desk.queueing.send, printed, printer, copies)
        self._background.run(job, self._on_sent, self._on_unsent, lane=Lane.PRINT)

    def _on_sent(self, job: PrintJob) -> None:
        self.printed.emit()
        self._following.follow(job)

    def _on_unsent(self, error: LockdeskError) -> None:
        if self._sheet is not None and self._shown(self._sheet):
            self._sheet.set_busy(False)
        self._background.failed.emit(error)

    @Slot(object, object)
    def _on_told(self, job: PrintJob, status: JobStatus) -> None:
        sheet = self._sheet
        if sheet is not None and self._shown(sheet) and sheet.made is job.printed:
            sheet.show_status(job, status)
        self.said.emit(status_words(job, status))

    @Slot(object)
    def _on_cancel(self, job: PrintJob) -> None:
        self._following.forget(job)
        self._background.run(
            partial(self._desk.queueing.cancel, job), partial(self._on_cancelled, job), lane=Lane.PRINT
        )

    def _on_cancelled(self, job: PrintJob, _result: object) -> None:
        words, sheet = _("Cetakan dibatalkan di antrean."), self._sheet
        if sheet is not None and self._shown(sheet) and sheet.made is job.printed:
            sheet.show_words(words)
        self.said.emit(words)
        self.printed.emit()

    def _remember(self, memory: PrintMemory) -> None:
        self._memory = memory
        self._background.keep(partial(self._desk.drafts.keep, MEMORY, memory.text()))

    @Slot(object)
    def send(self, printed: Printed) -> None:
        """Asks where a print is to go that is made already and may be kept in no file."""
        sheet = SendSheet(self._page, printed)
        sheet.chosen.connect(self._send)
        sheet.open()

        def read() -> tuple[PrintMemory, tuple[str, ...]]:
            return memory_of(self._desk.drafts.load(MEMORY)), self._desk.queueing.printers()

        found, unknown = partial(self._on_printers_to_send, sheet), partial(self._on_none_to_send, sheet)
        self._background.run(read, found, unknown, Lane.PRINT)

    def _on_none_to_send(self, sheet: SendSheet, error: LockdeskError) -> None:
        if isValid(sheet) and not sheet.left:
            sheet.reject()
        self._background.failed.emit(error)

    def _on_printers_to_send(self, sheet: SendSheet, found: tuple[PrintMemory, tuple[str, ...]]) -> None:
        memory, printers = found
        if not isValid(sheet) or sheet.left:
            return
        if printers:
            sheet.show_printers(printers, memory)
        else:
            sheet.reject()
            self._background.failed.emit(_no_printer(_("Nyalakan printer lalu cetak lagi, atau salin ke kertas.")))

    # ── saving ──

    @Slot(object)
    def _on_save(self, wanted: Wanted) -> None:
        sheet = self._sheet
        if sheet is None:
            return
        made = [sheet.made] if sheet.made is not None else []

        def fetch() -> bytes:
            if not made:
                made.append(self._make(wanted))
            return made[0].pdf

        def write(path: Path) -> str:
            name = _write(fetch, path)
            self._desk.queueing.saved(made[0])
            return name

        def saved() -> None:
            if self._shown(sheet):
                sheet.show_made(wanted, made[0])

        self._remember(self._memory.after("", wanted.kind, wanted.paper))
        name = file_name_of(wanted.kind, wanted.number, wanted.paper)
        self.save_by(name, write, _("Dokumen PDF (*.pdf)"), Place.PRINTS, saved)

    def save(self, name: str, fetch: Callable[[], bytes], types: str, place: Place = Place.FILES) -> None:
        """Asks where to; then a worker fetches the bytes (which the journal may record) and writes them."""
        self.save_by(name, partial(_write, fetch), types, place)

    def save_table(self, name: str, form: BookFormat, export: Callable[[BookFormat], bytes]) -> None:
        """A list or a book. The ending that is typed says what is written: by that a program opens it."""

        def write(path: Path) -> str:
            typed = next((known for known in BookFormat if path.suffix.lower() == f".{known}"), form)
            return _write(partial(export, typed), path)

        self.save_by(name, write, _(TABLE_TYPES[form]), Place.TABLES)

    def save_by(
        self,
        name: str,
        write: Callable[[Path], str],
        types: str,
        place: Place,
        saved: Callable[[], None] | None = None,
    ) -> None:
        """The same where the worker writes the file itself and gives its name: it may be too long to be held whole, or
        that it was written is to be journalled. `saved` is called on the GUI thread afterwards."""
        self._write, self._saved = write, saved
        dialog = save_dialog(self._page, name, place, types)
        dialog.fileSelected.connect(self._on_save_chosen)
        dialog.open()

    @Slot(str)
    def _on_save_chosen(self, path: str) -> None:
        if self._write is not None:
            self._background.run(partial(self._write, Path(path)), partial(self._on_saved, self._saved))

    def _on_saved(self, saved: Callable[[], None] | None, name: str) -> None:
        if saved is not None:
            saved()
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

    @Slot(int, int, str)
    def export_evidence(self, complaint_id: int, file_id: int, name: str) -> None:
        """A file that was handed in with a complaint; the desk journals the export."""
        fetch = partial(self._desk.complaints.export_file, complaint_id, file_id)
        self.save(name, fetch, _("Semua berkas (*)"))

    @Slot(int)
    def save_csr(self, case_id: int) -> None:
        """The checked CSR as PEM, for the CA's portal; the desk journals the export."""
        fetch = partial(self._desk.handwork.csr_file, case_id)
        self.save("permohonan.csr", fetch, _("Berkas CSR (*.csr)"))


def _no_printer(remedy: str) -> LockdeskError:
    return LockdeskError(_("Printer tidak tersedia."), remedy)


def _nothing_to_print() -> LockdeskError:
    return LockdeskError(
        _("Belum ada dokumen yang dapat dicetak untuk kasus ini."), _("Lanjutkan prosedur terlebih dahulu.")
    )
