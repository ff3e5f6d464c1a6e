"""Print preview: which document, on which paper, at which printer; print it, save it, print it once more."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QComboBox, QStackedWidget, QWidget

from lockdesk.core.journal import short_head
from lockdesk.desk.prints.documents import DOCUMENTS
from lockdesk.desk.values.facts import PagePixels
from lockdesk.desk.values.sheets import EarlierPrint, JobState, JobStatus, PaperSize, Printed, PrintJob
from lockdesk.ui.look import help_places
from lockdesk.ui.look.theme import Tone, theme
from lockdesk.ui.prints.following import status_words
from lockdesk.ui.prints.offers import Offer, Wanted
from lockdesk.ui.prints.printer_choice import PrinterChoice
from lockdesk.ui.widgets.cards import EmptyState
from lockdesk.ui.widgets.forms import Field, choice
from lockdesk.ui.widgets.parts import ENTER, HintButton, label, line, set_tone
from lockdesk.ui.widgets.preview import Preview
from lockdesk.ui.widgets.sheet import Sheet
from lockdesk.words import N_, _, clock_words, date_words, number_words

PAPER_LABELS = {PaperSize.A5: "A5", PaperSize.A4: "A4", PaperSize.ROLL80: N_("Rol 80 mm")}
PAGE_WIDTHS = {PaperSize.A5: 480.0, PaperSize.A4: 560.0, PaperSize.ROLL80: 300.0}
_PREVIEW = 680
"""How high the preview is at most, where the window has the room: most of an A4 page."""
RECORDED = N_("Cetakan dicatat dalam rekam jejak saat dicetak atau disimpan; pratinjau tidak.")
STORED = N_("Tersimpan seperti saat dicetak. Bila dicetak lagi, setiap halaman ditandai SALINAN.")
TONES = {JobState.WAITING: Tone.WARN, JobState.DROPPED: Tone.BAD, JobState.PRINTED: Tone.OK}


class PrintSheet(Sheet):
    """The preview is there at once and costs no entry in the journal; a print is made when it is printed or saved."""

    help_at = help_places.FAILING
    preview_asked = Signal(object)
    """Wanted."""
    page_wanted = Signal(object, int, int)
    """The PDF, page, width."""
    print_asked = Signal(object, str, int)
    """Wanted, printer, copies."""
    save_asked = Signal(object)
    """Wanted."""
    cancel_asked = Signal(object)
    """PrintJob."""

    def __init__(self, parent: QWidget, offer: Offer) -> None:
        super().__init__(parent, offer.title, width=720)
        self._offer = offer
        self._pdf = b""
        self._job: PrintJob | None = None
        self._free = True
        self._sent = False
        self._asked: Wanted | None = None
        self.made: Printed | None = None
        """The print that was made of what is chosen now."""
        options = [(spec.kind, _(spec.title)) for spec in offer.documents]
        options += [(str(item.print_id), _earlier_words(item, offer.zone)) for item in offer.earlier]
        self._kind = choice(options)
        offered = {size for spec in offer.documents for size in spec.papers} | {item.size for item in offer.earlier}
        self._paper = choice([(str(size), _(words)) for size, words in PAPER_LABELS.items() if size in offered])
        self._printer = PrinterChoice()
        top = line((Field(_("Jenis dokumen"), self._kind), Field(_("Kertas"), self._paper)), 12)
        top.setStretch(0, 1)
        self.body.addLayout(top)
        self.body.addLayout(self._printer.fields())
        self._add_preview()
        self._words = label(tone=Tone.QUIET, scale="small", wrap=True)
        self.body.addWidget(self._words)
        self.add_buttons(_("Cetak"), cancel=_("Tutup"))
        self._save = HintButton(_("Simpan sebagai PDF…"))
        self._save.clicked.connect(self._on_save)
        self._cancel_job = HintButton(_("Batalkan di antrean"), role="link")
        self._cancel_job.clicked.connect(self._on_cancel_job)
        self._cancel_job.hide()
        self.add_side_button(self._cancel_job)
        self.add_side_button(self._save)
        self._kind.currentIndexChanged.connect(self._on_kind)
        self._paper.currentIndexChanged.connect(self._on_choice)
        self._printer.box.currentIndexChanged.connect(self._on_printer)

    def _add_preview(self) -> None:
        self._preview = Preview()
        self._preview.page_wanted.connect(self._on_page_wanted)
        self._preview.turned.connect(self._on_turned)
        self._turned = label(tone=Tone.QUIET, scale="small")
        self._turned.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._stack = QStackedWidget()
        self._stack.setFixedHeight(theme.px(_PREVIEW))
        self._empty = EmptyState("printer", _("Pratinjau sedang disiapkan"))
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._preview)
        self.give_way(self._stack, 110)
        self.body.addWidget(self._stack)
        self.body.addWidget(self._turned)

    def begin(self) -> None:
        """Shows the proposed document."""
        self._on_kind()

    @property
    def boxes(self) -> tuple[QComboBox, QComboBox]:
        return self._kind, self._paper

    @property
    def preview(self) -> Preview:
        return self._preview

    @property
    def wanted(self) -> Wanted:
        chosen = str(self._kind.currentData())
        earlier = next((item for item in self._offer.earlier if str(item.print_id) == chosen), None)
        paper = PaperSize(self._paper.currentData())
        kind = earlier.kind if earlier is not None else chosen
        return Wanted(kind, self._offer.subject, self._offer.number, paper, earlier)

    @Slot()
    def _on_kind(self) -> None:
        """Another document: its paper is the one it was printed on last; a stored print has its own."""
        wanted = self.wanted
        paper = wanted.earlier.size if wanted.earlier else self._offer.memory.paper(DOCUMENTS[wanted.kind])
        self._paper.blockSignals(True)
        self._paper.setCurrentIndex(self._paper.findData(str(paper)))
        self._paper.setEnabled(wanted.earlier is None)
        self._paper.blockSignals(False)
        self._on_choice()

    @Slot()
    def _on_choice(self) -> None:
        """What was made before is no longer what would be printed."""
        self.made = None
        self._lead_on(sent=False)
        self.show_words(_(STORED if self.wanted.earlier else RECORDED))
        self._show_pdf(b"")
        self._asked = self.wanted
        self.preview_asked.emit(self._asked)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._sent and event.key() in ENTER:
            if not event.isAutoRepeat():
                self.reject()
            event.accept()
        else:
            super().keyPressEvent(event)

    def awaits(self, wanted: Wanted) -> bool:
        """Whether its preview is still wanted; asked on working threads."""
        return not self.left and self._asked == wanted

    @Slot(object)
    def show_pages(self, told: tuple[Wanted, int]) -> None:
        """How many pages are laid out so far."""
        wanted, pages = told
        if not self.awaits(wanted):
            return
        words = _("Menyusun halaman {n}").format(n=number_words(pages))
        if self._pdf:
            self.show_words(words)
        else:
            self._empty.set_words(_("Pratinjau sedang disiapkan"), words)

    def show_preview(self, wanted: Wanted, pdf: bytes) -> None:
        """A late one of another choice is dropped."""
        if wanted == self.wanted and self.made is None:
            self._show_pdf(pdf)

    def show_failure(self) -> None:
        """It could not be made: another choice may do."""
        self._empty.set_words(_("Pratinjau tidak dapat dibuat"), "")
        self._enable()

    def show_made(self, wanted: Wanted, printed: Printed) -> None:
        """It is a print now, with its entry in the journal."""
        if wanted != self.wanted:
            return
        self.made = printed
        words = _("{number} · catatan {sequence} · sidik catatan {head}")
        sequence = number_words(printed.sequence)
        self.show_words(words.format(number=printed.number, sequence=sequence, head=short_head(printed.head)))
        self._show_pdf(printed.pdf)

    def show_status(self, job: PrintJob, status: JobStatus) -> None:
        """What became of it in the queue, and the way on."""
        self._job = job if status.state is JobState.WAITING else None
        self._cancel_job.setVisible(self._job is not None)
        words = status_words(job, status)
        if self._job is not None:  # elsewhere there is no button for it
            words = f"{words} {_('Atau batalkan, lalu pilih printer lain.')}"
        self.show_words(words, TONES.get(status.state, Tone.QUIET))
        self._enable()
        self._lead_on(sent=status.state is not JobState.DROPPED)

    def _lead_on(self, sent: bool) -> None:
        """Once it was sent Enter leaves: one more stroke is no second copy, which is asked for by hand."""
        if sent == self._sent:
            return
        self._sent = sent
        words = _("Cetak lagi") if sent else _("Cetak")
        self.verb.setText(words)
        self.verb.setAccessibleName(words)
        self.verb.set_hint("" if sent else _("Enter"))
        self.cancel.set_hint(_("Enter") if sent else "Esc")
        focused = QApplication.focusWidget()
        if sent and focused is not None and self.isAncestorOf(focused):
            self.cancel.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_words(self, words: str, tone: Tone = Tone.QUIET) -> None:
        """What became of the print, or what it will be."""
        self._words.setText(words)
        set_tone(self._words, tone)

    def _show_pdf(self, pdf: bytes) -> None:
        self._pdf = pdf
        self._stack.setCurrentIndex(1 if pdf else 0)
        self._turned.clear()
        if pdf:
            self._preview.begin(PAGE_WIDTHS[self.wanted.paper])
        else:
            self._empty.set_words(_("Pratinjau sedang disiapkan"), "")
        self._enable()

    @Slot(int, int)
    def _on_page_wanted(self, page: int, width: int) -> None:
        self.page_wanted.emit(self._pdf, page, width)

    def show_pixels(self, pdf: bytes, pixels: PagePixels | None) -> None:
        if pdf is self._pdf and pixels is not None:
            self._preview.show_pixels(pixels)

    @Slot(int, int)
    def _on_turned(self, page: int, total: int) -> None:
        self._turned.setText(_("Halaman {n} dari {total}").format(n=page, total=total))

    def set_busy(self, busy: bool) -> None:
        """While a print is made or sent nothing else is begun."""
        self._enable(not busy)

    def _enable(self, free: bool = True) -> None:
        self._free = free
        ready, lacking = free and bool(self._pdf), self._printer.lacking
        self.rest_verb(lacking)
        self.verb.setEnabled(ready and not lacking)
        self._save.setEnabled(ready)

    def show_printers(self, printers: Sequence[str]) -> None:
        """They are known by now."""
        self._printer.show(printers, self._offer.memory)
        self._on_printer()

    @Slot()
    def _on_printer(self) -> None:
        self._enable(self._free)

    @Slot()
    def _on_save(self) -> None:
        self.save_asked.emit(self.wanted)

    @Slot()
    def _on_cancel_job(self) -> None:
        if self._job is not None:
            self._cancel_job.hide()
            self.cancel_asked.emit(self._job)

    def act(self) -> None:
        self.print_asked.emit(self.wanted, self._printer.printer, self._printer.copies)


def _earlier_words(item: EarlierPrint, zone: ZoneInfo) -> str:
    day = date_words(item.made_at.astimezone(zone).date())
    title, moment = _(DOCUMENTS[item.kind].title), f"{day} {clock_words(item.made_at, zone)}"
    return _("Tersimpan: {title}, {moment}").format(title=title, moment=moment)
