"""What stands where a case will be: in a working profile that lacks something, the list of what is to be prepared."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from lockdesk.desk.office.first_day import FirstDay, Preparation, Prepared
from lockdesk.records import dataclass
from lockdesk.ui.look.theme import Tone
from lockdesk.ui.running.background import Background
from lockdesk.ui.widgets.cards import Card, EmptyState, Flow, Row, WideRow
from lockdesk.ui.widgets.parts import HintButton, clear, column, glyph, label, line
from lockdesk.words import N_, _


@dataclass(frozen=True, slots=True)
class _Words:
    """What is to be prepared, what for, and what its button says ("" where nothing in this program does it)."""

    title: str
    why: str
    verb: str = N_("Atur")


_P = Preparation
_WORDS: dict[Preparation, _Words] = {
    _P.CODE: _Words(
        N_("Kode pemulihan di atas kertas"),
        N_("Tanpa kode ini data tidak dapat dibuka lagi bila frasa sandi atau komputer hilang."),
        N_("Cetak kode"),
    ),
    _P.REGISTER: _Words(
        N_("Data kepegawaian"),
        N_("Nomor telepon untuk konfirmasi hanya diambil dari sini, bukan dari surat pemohon."),
        N_("Impor data"),
    ),
    _P.CA: _Words(
        N_("Cara menghubungi CA"),
        N_("Sebelum dipilih, pencabutan dan penerbitan dikerjakan di portal dan dibuktikan di sini."),
    ),
    _P.CSR: _Words(
        N_("Siapa yang membuat CSR"),
        N_("Sementara CSR diwajibkan menurut standar pelayanan."),
    ),
    _P.MAIL: _Words(
        N_("Akun e-mail kantor"),
        N_("Tanpa akun, surat dibuka dari berkas dan pemberitahuan dikirim sendiri oleh petugas."),
    ),
    _P.HEAD: _Words(
        N_("Kepala Bidang"),
        N_("Menandatangani laporan dan menyetujui pemusnahan serta masa simpan."),
    ),
    _P.COMPLAINTS: _Words(
        N_("Pejabat pengaduan"),
        N_("Nama dan nomornya dicantumkan pada tanda terima pengaduan."),
    ),
    _P.PRINTER: _Words(
        N_("Printer"),
        N_("Pasang lewat pengaturan sistem komputer ini; sampai saat itu cetakan disimpan sebagai PDF."),
        "",
    ),
    _P.BACKUP: _Words(
        N_("Cadangan pertama"),
        N_("Disk dapat rusak kapan saja; tentukan tempat cadangan dan buat yang pertama."),
        N_("Buka cadangan"),
    ),
}


class FirstDayPage(QStackedWidget):
    """Nothing where a case will be, or what is still to be prepared."""

    asked = Signal(str)
    """A Preparation that is to be done now."""
    put_off = Signal()

    def __init__(self, service: FirstDay | None, background: Background, parent: QWidget) -> None:
        """`service`: None where nothing is to be prepared."""
        super().__init__(parent)
        self._service, self._background = service, background
        self.hidden = False
        """The officer wants no list."""
        words = _("Pilih kasus pada daftar, atau terima permohonan baru. F1 membuka petunjuk.")
        self.addWidget(EmptyState("inbox", _("Belum ada kasus yang dipilih"), words))
        self._list: tuple[Card, QVBoxLayout] | None = None
        self._begins: dict[Preparation, HintButton] = {}

    @property
    def preparing(self) -> bool:
        """Whether the list is what is seen."""
        return self.isVisible() and self.currentIndex() == 1

    def _make_list(self) -> tuple[Card, QVBoxLayout]:
        flow = Flow(measure=640, centred=True)
        self.addWidget(flow)
        card, rows, inside = Card(_("Sebelum permohonan pertama")), column(spacing=0), QWidget()
        inside.setLayout(rows)
        flow.add(card)
        card.add_row(WideRow(inside, 0, 0))
        later = HintButton(_("Jangan tampilkan lagi"), role="link")
        later.setToolTip(_("Daftar ini tetap ada sebagai perintah Persiapan kerja (Ctrl+K)."))
        later.clicked.connect(self._on_later)
        flow.add_layout(line((1, later)))
        return card, rows

    def read(self) -> None:
        """Looks again at what is done."""
        if self._service is not None and not self.hidden:
            self._background.run(self._service.standing, self._show)

    def _show(self, standing: Sequence[Prepared]) -> None:
        done = sum(item.done for item in standing)
        if self.hidden or done == len(standing):
            self.setCurrentIndex(0)
            return
        card, rows = self._list = self._list or self._make_list()
        self.setCurrentIndex(1)
        card.set_note(_("{n} dari {total} siap").format(n=done, total=len(standing)))
        held = next((what for what, begin in self._begins.items() if begin.hasFocus()), None)
        clear(rows)
        self._begins.clear()
        for item in standing:
            rows.addWidget(self._row(item))
        if held is not None and self._begins:  # else the link that hides the list would have the keyboard
            first = next(iter(self._begins.values()))
            self._begins.get(held, first).setFocus(Qt.FocusReason.OtherFocusReason)

    def _row(self, item: Prepared) -> Row:
        words = _WORDS[item.what]
        sign = glyph("check", Tone.OK) if item.done else glyph("circle-alert", Tone.WARN)
        sign.setAccessibleName(_("Siap") if item.done else _("Belum siap"))
        told = QWidget()
        lines = column(told, 0, 2)
        lines.addWidget(label(_(words.title), bold=not item.done, tone=Tone.QUIET if item.done else None))
        if not item.done:
            lines.addWidget(label(_(words.why), tone=Tone.QUIET, scale="small", wrap=True))
        row: list[QWidget | int] = [sign, told]
        if not item.done and words.verb:
            begin = HintButton(_(words.verb))
            begin.setObjectName(f"prepare-{item.what}")
            begin.setAccessibleName(f"{_(words.verb)}: {_(words.title)}")
            begin.clicked.connect(partial(self._on_asked, str(item.what)))
            self._begins[item.what] = begin
            row.append(begin)
        return Row(row, stretch=1)

    def _on_asked(self, what: str, _checked: bool = False) -> None:
        self.asked.emit(what)

    def _on_later(self) -> None:
        self.hidden = True
        self.setCurrentIndex(0)
        self.put_off.emit()
