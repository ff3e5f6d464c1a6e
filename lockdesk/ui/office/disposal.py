"""Masa simpan dan pemusnahan: what is due, what goes and what stays, and the confirmation of the head of section."""

from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QWidget

from lockdesk.core.identity import print_nip
from lockdesk.desk.desk import Desk
from lockdesk.desk.prints.disposal_texts import counted_words, gone_words
from lockdesk.desk.privacy.disposal import Proposal, ways_words
from lockdesk.desk.values.privacy import DataKind, Disposal, DueItem, Way
from lockdesk.errors import LockdeskError
from lockdesk.ui.look import help_places
from lockdesk.ui.look.theme import Tone
from lockdesk.ui.look.times import OfficeTime
from lockdesk.ui.office.confirmation import ConfirmationFields
from lockdesk.ui.running.background import Background
from lockdesk.ui.widgets.cards import Notice
from lockdesk.ui.widgets.parts import HintButton, column, label, line, settle
from lockdesk.ui.widgets.sheet import Sheet
from lockdesk.words import N_, _, date_words, number_words

_KIND_WORDS = {
    DataKind.CASE: N_("{n} kasus ditutup lebih dari {years} tahun lalu"),
    DataKind.COMPLAINT: N_("{n} pengaduan selesai lebih dari {years} tahun lalu"),
    DataKind.PERSON: N_("{n} data kepegawaian tidak bertugas lebih dari {years} tahun"),
    DataKind.DRAFT: N_("{n} isian yang tidak disimpan lebih dari {years} tahun"),
}


class DisposalSheet(Sheet):
    """Nothing happens before the head has typed what only the head has."""

    help_at = help_places.HEADS_PART
    print_asked = Signal(object)
    """The minutes of a disposal."""
    carried_out = Signal()

    def __init__(self, parent: QWidget, desk: Desk, background: Background, times: OfficeTime) -> None:
        words = _("Program hanya mengusulkan. Pemusnahan dikonfirmasi oleh Kepala Bidang dan tidak dapat dikembalikan.")
        super().__init__(parent, _("Masa simpan dan pemusnahan data pribadi"), words, width=720)
        self._desk, self._background, self._times = desk, background, times
        self._proposal: Proposal | None = None
        self._inside = QFrame()
        self._inner = column(self._inside, 0, 8)
        self._trouble = Notice("", Tone.BAD)
        self._trouble.hide()
        self.add_buttons(_("Musnahkan"), role="destructive", cancel=_("Tutup"))
        self.verb.setEnabled(False)
        self._background.run(desk.disposals.propose, self._on_proposed)

    def _on_proposed(self, proposal: Proposal) -> None:
        if self.left:
            return
        self._proposal = proposal
        if proposal.rule.perlu_konfirmasi:
            words = _("Masa simpan ini usulan program dan belum dikonfirmasi. Kantor menetapkannya di Aturan kantor.")
            self._inner.addWidget(Notice(words, Tone.WARN))
        self._add_due(proposal)
        if proposal.items:
            self._add_confirmation(proposal)
        else:
            self._inner.addWidget(label(_("Tidak ada yang jatuh tempo."), tone=Tone.OK, wrap=True))
        self._add_done(proposal)
        self._inner.addStretch(1)
        self.scrolled(self._inside)
        self.body.addWidget(self._trouble)
        settle(self)

    def _add_due(self, proposal: Proposal) -> None:
        rule = proposal.rule
        years = {
            DataKind.CASE: rule.kasus,
            DataKind.COMPLAINT: rule.pengaduan,
            DataKind.PERSON: rule.kepegawaian,
            DataKind.DRAFT: rule.surat_ditolak,
        }
        for kind, words in _KIND_WORDS.items():
            count = proposal.count(kind)
            counted = _(words).format(n=number_words(count), years=years[kind])
            self._inner.addWidget(label(counted, bold=count > 0, wrap=True))
            listed = [self._item(item) for item in proposal.items if item.kind is kind and item.number]
            if listed:
                self._inner.addWidget(label("\n".join(listed), tone=Tone.QUIET, scale="small", wrap=True))
        if proposal.refused_mails:
            refused = _(
                "{n} e-mail yang ditolak lebih dari {years} tahun lalu masih ada di kotak surat kantor. Program tidak "
                "menghapusnya dan hanya menyimpan sidiknya: hapus di kotak surat."
            )
            words = refused.format(n=number_words(proposal.refused_mails), years=rule.surat_ditolak)
            self._inner.addWidget(label(words, tone=Tone.WARN, wrap=True))
        if proposal.more:
            more = _("{n} lagi diusulkan setelah pemusnahan ini.").format(n=number_words(proposal.more))
            self._inner.addWidget(label(more, tone=Tone.QUIET, wrap=True))

    def _item(self, item: DueItem) -> str:
        words = _("{number} · berakhir {day} · {files} berkas")
        day = date_words(self._times.day(item.ended_at))
        return words.format(number=item.number, day=day, files=number_words(item.files))

    def _add_confirmation(self, proposal: Proposal) -> None:
        goes = _("Dimusnahkan:") + "\n" + gone_words({item.kind for item in proposal.items})
        stays = _(
            "Tetap: nomor, status, tanggal, unit kerja, sidik berkas, nomor seri sertifikat, dan rekam jejak; alasan "
            "yang dicatat program versi lama tetap terbaca di dalamnya."
        )
        held = _(
            "Cadangan yang dibuat sebelumnya masih memuatnya sampai tergantikan, dan kotak surat kantor masih memuat "
            "e-mail aslinya sampai dihapus di sana."
        )
        for words in (goes, stays, held):
            self._inner.addWidget(label(words, wrap=True))
        head, position = proposal.head, self._desk.settings().office.supervisor_position
        secret = ways_words(proposal.ways)
        secret = secret[0].upper() + secret[1:]
        hint = _(
            "Belum ada frasa sandi Kepala Bidang dan kode pemulihan; yang terkuat yang ada adalah frasa sandi program."
        )
        hint = hint if Way.PASSPHRASE in proposal.ways else ""
        who = (head.name, head.nip, head.title) if head else ("", "", position)
        self.head = ConfirmationFields(*who, secret, hint)
        self.head.changed.connect(self._on_typed)
        self._inner.addWidget(self.head)

    def _add_done(self, proposal: Proposal) -> None:
        for done in proposal.done:
            words = _("{number}, {day}: {counted}; dikonfirmasi {head} (NIP {nip})").format(
                number=done.number,
                day=date_words(self._times.day(done.at)),
                counted=counted_words(done),
                head=done.head,
                nip=print_nip(done.head_nip),
            )
            printing = HintButton(_("Cetak berita acara…"), role="link")
            printing.clicked.connect(partial(self._on_print, done))
            row = line((label(words, wrap=True, tone=Tone.QUIET), printing), 8)
            row.setStretch(0, 1)
            self._inner.addLayout(row)

    @Slot()
    def _on_typed(self) -> None:
        self.verb.setEnabled(self.head.complete)

    def unconfirm(self) -> None:
        if self._proposal is not None and self._proposal.items:
            self.head.secret.clear()

    def act(self) -> None:
        proposal = self._proposal
        if proposal is None:
            return
        self.verb.setEnabled(False)
        self._trouble.hide()
        job = partial(self._desk.disposals.destroy, proposal, self.head.told)
        self._background.run(job, self._on_destroyed, self._on_refused)

    def _on_destroyed(self, done: Disposal) -> None:
        self.carried_out.emit()
        if not self.left:
            self.accept()
        self.print_asked.emit(done)

    def _on_refused(self, error: LockdeskError) -> None:
        if not self.left:
            self._trouble.say(f"{error.message} {error.remedy}", Tone.BAD)
            self._trouble.show()
            self.head.secret.clear()

    def _on_print(self, done: Disposal, _checked: bool = False) -> None:
        self.reject()
        self.print_asked.emit(done)
