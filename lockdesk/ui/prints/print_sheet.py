"""Print preview: which document, on which paper; print it or save it as PDF."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QProgressBar, QScrollArea, QStackedWidget, QWidget

from lockdesk.core.journal import short_head
from lockdesk.desk.prints.documents import DocumentSpec
from lockdesk.desk.prints.making import PrintSubject
from lockdesk.desk.values.facts import PagePixels
from lockdesk.desk.values.sheets import PaperSize, Printed
from lockdesk.ui.look.theme import Tone, theme
from lockdesk.ui.widgets.cards import EmptyState
from lockdesk.ui.widgets.forms import Field, choice
from lockdesk.ui.widgets.page_canvas import PageCanvas
from lockdesk.ui.widgets.parts import HintButton, label, line
from lockdesk.ui.widgets.sheet import Sheet
from lockdesk.words import N_, _, number_words

RECORDED = N_("Setiap cetakan dicatat dalam rekam jejak.")
PAPER_LABELS = {PaperSize.A5: "A5", PaperSize.A4: "A4", PaperSize.ROLL80: N_("Rol 80 mm")}


class PrintSheet(Sheet):
    """Every print is an entry in the journal, so it is made only when asked for."""

    make_asked = Signal(str, object, str)
    """Kind, what it is about, paper."""
    page_wanted = Signal(object, int, int)
    """Printed, page, width."""
    send_asked = Signal(object)
    save_asked = Signal(object)

    def __init__(
        self, parent: QWidget, subject_id: PrintSubject, documents: Sequence[DocumentSpec], title: str
    ) -> None:
        super().__init__(parent, title, width=720)
        self._subject = subject_id
        self._printed: Printed | None = None
        self._kind = choice([(spec.kind, _(spec.title)) for spec in documents])
        self._paper = choice(
            [(str(size), _(PAPER_LABELS[size])) for size in PAPER_LABELS if size in documents[0].papers]
        )
        self._paper.setCurrentIndex(self._paper.findData(str(documents[0].paper)))
        self._make = HintButton(_("Buat pratinjau"), role="accent")
        self._make.clicked.connect(self._on_make)
        self._add_choices()
        self._canvas = PageCanvas()
        self._area = QScrollArea()
        self._area.setObjectName("sunk")
        self._area.setWidget(self._canvas)
        self._area.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        room = parent.window().height() - theme.px(330)
        height = max(min(theme.px(420), room), theme.px(180))
        words = _("Pilih dokumen dan kertas, lalu buat pratinjau.")
        self._stack = QStackedWidget()
        self._stack.setFixedHeight(height)
        self._stack.addWidget(EmptyState("printer", _("Belum ada pratinjau"), words))
        self._stack.addWidget(self._area)
        self.body.addWidget(self._stack)
        self._words = label(_(RECORDED), tone=Tone.QUIET, scale="small")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setRange(0, 0)
        self._bar.hide()
        self.body.addWidget(self._bar)
        self.body.addWidget(self._words)
        self.add_buttons(_("Cetak"), cancel=_("Tutup"))
        self._save = HintButton(_("Simpan sebagai PDF…"))
        self._save.clicked.connect(self._on_save)
        self.add_side_button(self._save)
        for box in (self._kind, self._paper):
            box.currentIndexChanged.connect(self._on_choice)
        self._on_choice()

    def _add_choices(self) -> None:
        top = line((Field(_("Dokumen"), self._kind), Field(_("Kertas"), self._paper), self._make), 12)
        top.setStretch(0, 1)
        top.setAlignment(self._make, Qt.AlignmentFlag.AlignBottom)
        self.body.addLayout(top)

    @property
    def boxes(self) -> tuple[QComboBox, QComboBox]:
        return self._kind, self._paper

    @Slot()
    def _on_choice(self) -> None:
        """Another document or paper: what was made is no longer what would be printed."""
        self._printed = None
        self._canvas.forget()
        self._stack.setCurrentIndex(0)
        self._make.setEnabled(True)
        self._enable()

    @Slot()
    def _on_make(self) -> None:
        self._make.setEnabled(False)
        self._bar.show()
        self._words.setText(_("Dokumen sedang dibuat…"))
        self.make_asked.emit(self._kind.currentData(), self._subject, self._paper.currentData())

    def show_printed(self, printed: Printed) -> None:
        """The PDF is made; a late one of another kind is dropped."""
        if printed.kind != self._kind.currentData():
            return
        self._bar.hide()
        self._printed = printed
        words = _("{number} · catatan {sequence} · sidik catatan {head}")
        sequence = number_words(printed.sequence)
        self._words.setText(words.format(number=printed.number, sequence=sequence, head=short_head(printed.head)))
        roll = self._paper.currentData() == str(PaperSize.ROLL80)
        width = theme.px(300 if roll else 560)
        self._canvas.set_width(width)
        self._enable()
        self.page_wanted.emit(printed, 0, round(width * self.devicePixelRatioF()))

    def show_pixels(self, printed: Printed, pixels: PagePixels | None) -> None:
        if printed is self._printed and pixels is not None:
            self._stack.setCurrentIndex(1)
            self._canvas.show_pixels(pixels)

    def show_failure(self) -> None:
        """Making failed: it may be tried again."""
        self._bar.hide()
        self._words.setText(_(RECORDED))
        self._make.setEnabled(True)

    def _enable(self) -> None:
        made = self._printed is not None
        self.verb.setEnabled(made)
        self._save.setEnabled(made)

    @Slot()
    def _on_save(self) -> None:
        if self._printed is not None:
            self.save_asked.emit(self._printed)

    def act(self) -> None:
        if self._printed is not None:
            self.send_asked.emit(self._printed)
