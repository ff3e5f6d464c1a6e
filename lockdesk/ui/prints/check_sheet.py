"""Periksa cetakan: a print's code, scanned or typed, and what it says of the print beside what is stored."""

from functools import partial

from PySide6.QtWidgets import QGridLayout, QWidget

from lockdesk.desk.desk import Desk
from lockdesk.desk.prints.checking import VERDICTS, reasons, verdict
from lockdesk.desk.values.sheets import CheckedPrint, Compared
from lockdesk.errors import LockdeskError
from lockdesk.ui.look import help_places
from lockdesk.ui.look.theme import Tone, theme
from lockdesk.ui.running.background import Background
from lockdesk.ui.widgets.forms import Field, text_field
from lockdesk.ui.widgets.parts import clear, label, line, set_tone
from lockdesk.ui.widgets.sheet import Sheet
from lockdesk.words import _


class CheckPrintSheet(Sheet):
    """Enter checks, as a scanner's own Enter does; the next code is then typed over the last."""

    help_at = help_places.WHOLE

    def __init__(self, parent: QWidget, desk: Desk, background: Background) -> None:
        words = _("Pindai kode QR, atau ketik kode di sampingnya. Isi cetakan sendiri tetap dibandingkan dengan mata.")
        super().__init__(parent, _("Periksa cetakan"), words, width=680)
        self._desk, self._background = desk, background
        self.code, self.digits = text_field(mono=True), text_field(mono=True)
        self._code_field = Field(_("Kode cetakan"), self.code, _("Misalnya LD1-0042-120-9F3A"))
        self._digits_field = Field(_("Sidik catatan"), self.digits, _("16 angka dan huruf; boleh kosong"))
        self.verdict, self.told = label(bold=True, wrap=True), label(tone=Tone.QUIET, wrap=True)
        self.beside = BesideTable()
        fields = line((self._code_field, self._digits_field), 12)
        for place, share in enumerate((3, 2)):
            fields.setStretch(place, share)
        self.body.addLayout(fields)
        for widget in (self.verdict, self.told, self.beside):
            self.body.addWidget(widget)
        self._show("", "", Tone.QUIET)
        self.add_buttons(_("Periksa"), cancel=_("Tutup"))

    def act(self) -> None:
        job = partial(self._desk.print_check.check, self.code.text(), self.digits.text())
        self.verb.setEnabled(False)
        self._background.run(job, self._on_checked, self._on_refused)

    def _on_checked(self, checked: CheckedPrint) -> None:
        self._again()
        told = [*reasons(checked), self._about(checked)]
        tone = Tone.OK if checked.genuine else Tone.BAD
        self._show(_(VERDICTS[verdict(checked)]), "\n".join(filter(None, told)), tone, checked.beside)

    def _on_refused(self, error: LockdeskError) -> None:
        self._again()
        beside = error.code == "print.digits"
        self._show("", "", Tone.QUIET)
        (self._digits_field if beside else self._code_field).show_fault(f"{error.message} {error.remedy}")

    def _again(self) -> None:
        self.verb.setEnabled(True)
        self._code_field.show_fault("")
        self._digits_field.show_fault("")
        self.code.selectAll()
        self.code.setFocus()

    def _show(self, verdict_words: str, told: str, tone: Tone, beside: tuple[Compared, ...] = ()) -> None:
        for widget, words in ((self.verdict, verdict_words), (self.told, told)):
            widget.setText(words)
            widget.setVisible(bool(words))
        set_tone(self.verdict, tone)
        self.beside.show_values(beside)

    @staticmethod
    def _about(checked: CheckedPrint) -> str:
        """Where the print is found again."""
        entry = checked.entry
        if entry is None:
            return ""
        again = _("Ini salinan cetakan.") if entry.again else ""
        kept = _("Halamannya tersimpan dan dapat ditampilkan dari Cetak.") if entry.kept else ""
        return " ".join(filter(None, (again, kept)))


class BesideTable(QWidget):
    """What the code says and what is stored, value by value; what differs is named by a word, not by colour alone."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, theme.px(4), 0, 0)
        self._grid.setHorizontalSpacing(theme.px(16))
        self._grid.setVerticalSpacing(theme.px(6))
        for place, share in ((1, 1), (2, 1)):
            self._grid.setColumnStretch(place, share)

    def show_values(self, values: tuple[Compared, ...]) -> None:
        clear(self._grid)
        self.setVisible(bool(values))
        if not values:
            return
        heads = ("", _("Pada kode"), _("Tersimpan"))
        for place, head in enumerate(heads):
            self._grid.addWidget(label(head, tone=Tone.QUIET, scale="small"), 0, place)
        for row, value in enumerate(values, 1):
            stored = f"{value.stored or '–'} ({_('berbeda')})" if value.differs else value.stored or "–"
            cells = (
                label(value.label, tone=Tone.QUIET),
                label(value.said or "–", mono=value.digits, wrap=True),
                label(stored, Tone.BAD if value.differs else None, bold=value.differs, mono=value.digits, wrap=True),
            )
            for place, cell in enumerate(cells):
                self._grid.addWidget(cell, row, place)
