"""Periksa cetakan: a print's code, scanned or typed, and what it says of the print."""

from functools import partial

from PySide6.QtWidgets import QWidget

from lockdesk.desk.desk import Desk
from lockdesk.desk.prints.documents import DOCUMENTS
from lockdesk.desk.values.sheets import CheckedPrint, CodePart, PrintEntry
from lockdesk.errors import LockdeskError
from lockdesk.ui.look.theme import Tone
from lockdesk.ui.look.times import OfficeTime
from lockdesk.ui.running.background import Background
from lockdesk.ui.widgets.forms import Field, text_field
from lockdesk.ui.widgets.parts import label, set_tone
from lockdesk.ui.widgets.sheet import Sheet
from lockdesk.words import N_, _, number_words

_CHANGED = {
    CodePart.NUMBER: N_("Nomor pada kode diubah: catatan itu milik cetakan {number}."),
    CodePart.ENTRY: N_("Nomor catatan pada kode diubah: cetakan ini tercatat pada nomor {entry}."),
    CodePart.DIGITS: N_("Sidik catatan tidak sama dengan sidik cetakan itu."),
}
_NOWHERE = N_("Lebih dari satu bagian kode tidak cocok. Periksa sekali lagi dari kertas sebelum menganggapnya palsu.")
_AHEAD = N_(
    "Rekam jejak belum sampai ke nomor catatan itu: cetakan ini palsu, atau data pernah dikembalikan ke keadaan lama. "
    "Hubungi Kepala Bidang."
)
_KIND_OF_RECOVERY = N_("Kode pemulihan")


class CheckPrintSheet(Sheet):
    """Enter checks, as a scanner's own Enter does; the next code is then typed over the last."""

    def __init__(self, parent: QWidget, desk: Desk, background: Background, times: OfficeTime) -> None:
        words = _("Pindai kode QR, atau ketik kode di sampingnya. Isi cetakan sendiri tetap dibandingkan dengan mata.")
        super().__init__(parent, _("Periksa cetakan"), words, width=620)
        self._desk, self._background, self._times = desk, background, times
        self.code, self.digits = text_field(mono=True), text_field(mono=True)
        self._code_field = Field(_("Kode cetakan"), self.code, _("Misalnya LD1-0042-120-9F3A"))
        self._digits_field = Field(_("Sidik catatan"), self.digits, _("16 angka dan huruf; boleh kosong"))
        self.verdict, self.told = label(bold=True, wrap=True), label(tone=Tone.QUIET, wrap=True)
        for widget in (self._code_field, self._digits_field, self.verdict, self.told):
            self.body.addWidget(widget)
        self._show("", "", Tone.QUIET)
        self.add_buttons(_("Periksa"), cancel=_("Tutup"), hint="Enter")

    def act(self) -> None:
        job = partial(self._desk.print_check.check, self.code.text(), self.digits.text())
        self.verb.setEnabled(False)
        self._background.run(job, self._on_checked, self._on_refused)

    def _on_checked(self, checked: CheckedPrint) -> None:
        self._again()
        entry = checked.entry
        if entry is None:
            more = _AHEAD if CodePart.ENTRY in checked.changed else _NOWHERE
            self._show(_("Tidak ada cetakan dengan kode ini"), _(more), Tone.BAD)
        elif checked.genuine:
            self._show(_("Kode ini milik cetakan kantor"), self._about(entry), Tone.OK)
        else:
            changed = [
                _(_CHANGED[part]).format(number=entry.number or _("kantor"), entry=number_words(entry.sequence))
                for part in checked.changed
            ]
            self._show(_("Ada yang diubah pada cetakan ini"), "\n".join((*changed, self._about(entry))), Tone.BAD)

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

    def _show(self, verdict: str, told: str, tone: Tone) -> None:
        for widget, words in ((self.verdict, verdict), (self.told, told)):
            widget.setText(words)
            widget.setVisible(bool(words))
        set_tone(self.verdict, tone)

    def _about(self, entry: PrintEntry) -> str:
        """Which print it is, and where it is found again."""
        title = _(DOCUMENTS[entry.kind].title) if entry.kind in DOCUMENTS else _(_KIND_OF_RECOVERY)
        named = f"{title} {entry.number}" if entry.number else title
        made = _("{print}, dicetak {moment} oleh {officer}, catatan {entry}.").format(
            print=named,
            moment=self._times.moment(entry.made_at, self._desk.clock.now()),
            officer=entry.officer,
            entry=number_words(entry.sequence),
        )
        again = _("Ini salinan cetakan.") if entry.again else ""
        kept = _("Halamannya tersimpan dan dapat ditampilkan dari Cetak.") if entry.kept else ""
        return " ".join(filter(None, (made, again, kept)))
