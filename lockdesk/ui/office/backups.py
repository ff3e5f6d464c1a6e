"""Cadangan: whether the data lies in a second place, where and when it goes there, back from there, and away."""

from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QProgressBar, QWidget

from lockdesk.core.rotation import ROTATION
from lockdesk.desk.desk import Desk
from lockdesk.desk.prints.day_texts import Weight, backup_note
from lockdesk.desk.values.backups import BackupPlan, MadeBackup, Occasion
from lockdesk.ui.look import help_places
from lockdesk.ui.look.theme import Tone
from lockdesk.ui.office.backup_work import BackupWork
from lockdesk.ui.running.background import Background
from lockdesk.ui.widgets.cards import Card, Flow, Notice, Row, WideRow
from lockdesk.ui.widgets.file_dialogs import folder_dialog
from lockdesk.ui.widgets.forms import CheckLine, Field, beside, text_field
from lockdesk.ui.widgets.parts import HintButton, column, glyph, label, line, set_property, set_tone
from lockdesk.ui.widgets.sheet import Sheet
from lockdesk.words import _, number_words

_TONES = {Weight.DONE: Tone.OK, Weight.OPEN: Tone.WARN, Weight.BAD: Tone.BAD}
_MEGABYTE = 1_000_000


class BackupsPage(QWidget):
    """What stands first is the answer: is there a backup of today."""

    restore_asked = Signal()

    def __init__(self, desk: Desk, background: Background, work: BackupWork, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._desk, self._background, self._work = desk, background, work
        flow = Flow(measure=760, centred=True)
        flow.add(label(_("Cadangan"), scale="title", bold=True))
        for card in (self._state_card(), self._plan_card(), self._restore_card(), self._move_card()):
            flow.add(card)
        column(self).addWidget(flow)
        work.changed.connect(self._show)
        work.told.connect(self._on_told)
        self._show()

    def take_focus(self) -> None:
        (self.now if self.now.isEnabled() else self.choose).setFocus()

    # ── the cards ──
    def _state_card(self) -> Card:
        card = Card(_("Cadangan terakhir"))
        card.set_note(_("terenkripsi; dibuka dengan frasa sandi atau kode pemulihan"))
        self._words, self._file = label(wrap=True), label(tone=Tone.QUIET, scale="small", wrap=True)
        self._trouble = Notice("", Tone.BAD)
        self.now = HintButton(_("Cadangkan sekarang"), role="primary")
        self.now.clicked.connect(self._on_now)
        self.stop = HintButton(_("Hentikan"))
        self.stop.clicked.connect(self._work.stop)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setRange(0, 100)
        self._percent = label(tone=Tone.QUIET)
        inside = QWidget()
        inner = column(inside, 0, 8)
        for shown in (self._words, self._file, self._trouble, self._bar):
            inner.addWidget(shown)
        inner.addLayout(line((self._percent, 1, self.stop, self.now), 8))
        card.add_row(WideRow(inside, 12))
        return card

    def _plan_card(self) -> Card:
        card = Card(_("Tempat dan jadwal"))
        self._folder = label(mono=True, wrap=True)
        self.choose = HintButton(_("Pilih…"))
        self.choose.setAccessibleName(_("Pilih folder cadangan"))
        self.choose.clicked.connect(self._on_choose)
        card.add_row(Row((self._folder, self.choose), 0))
        self._daily = CheckLine("daily", _("Setiap hari sekali, tanpa diminta"))
        self._exit = CheckLine("at_exit", _("Setiap kali program ditutup"))
        for check in (self._daily, self._exit):
            check.clicked.connect(self._on_ticked)
            card.add_row(WideRow(check, 4))
        newest, days, weeks, months = (number_words(rule.count) for rule in ROTATION)
        words = _(
            "Yang disimpan: {newest} cadangan terbaru, dan yang terakhir dari setiap {days} hari, {weeks} minggu, dan "
            "{months} bulan. Yang lebih lama dihapus hanya setelah yang baru dibaca kembali dan cocok. Pilih disk lain "
            "atau stik USB: cadangan pada disk yang sama hilang bersamanya."
        )
        card.add_words(words.format(newest=newest, days=days, weeks=weeks, months=months))
        return card

    def _restore_card(self) -> Card:
        card = Card(_("Pulihkan"))
        restore = HintButton(_("Pulihkan dari cadangan…"))
        restore.clicked.connect(self.restore_asked)
        words = _(
            "Sebelum ada yang diganti ditampilkan isi cadangan dan apa yang digantikannya. Profil yang sekarang "
            "dipindahkan ke samping, tidak dihapus; pemulihan dicatat dalam rekam jejak."
        )
        card.add_row(Row((label(words, tone=Tone.QUIET, wrap=True), restore), 0))
        return card

    def _move_card(self) -> Card:
        card = Card(_("Pindah komputer"))
        self.move_away = HintButton(_("Pindah komputer…"))
        self.move_away.clicked.connect(self._on_move)
        words = _(
            "Membuat cadangan terakhir untuk komputer baru, menyebut rahasia yang harus diisi lagi di sana, dan "
            "mengakhiri pemakaian profil di komputer ini, agar tidak ada nomor yang diberikan dua kali."
        )
        card.add_row(Row((label(words, tone=Tone.QUIET, wrap=True), self.move_away), 0))
        return card

    # ── what is shown ──
    @Slot()
    def _show(self) -> None:
        state, running, error = self._work.state, self._work.running, self._work.trouble
        words, weight = backup_note(state, self._desk.office.zone, chosen_here=True)
        self._words.setText(words)
        set_tone(self._words, _TONES[weight])
        self._file.setText(_described(state.last) if state.last is not None else "")
        self._file.setVisible(state.last is not None)
        self._trouble.say(str(error) if error is not None else "", Tone.BAD)
        self._trouble.setVisible(error is not None)
        for shown in (self._bar, self.stop, self._percent):
            shown.setVisible(running)
        if running:
            self._on_told(0)
        # only the next step is filled
        self.now.set_role("primary" if state.plan.folder else "")
        self.choose.set_role("" if state.plan.folder else "primary")
        self.now.setEnabled(bool(state.plan.folder) and not running)
        self.move_away.setEnabled(not running)
        self._folder.setText(state.plan.folder or _("Belum dipilih"))
        set_property(self._folder, "mono", "true" if state.plan.folder else "")
        self._daily.box.setChecked(state.plan.daily)
        self._exit.box.setChecked(state.plan.at_exit)

    @Slot(int)
    def _on_told(self, percent: int) -> None:
        self._bar.setValue(percent)
        doing = _("Menyalin… {n} %") if percent < 50 else _("Membaca kembali… {n} %")
        self._percent.setText(doing.format(n=percent))

    # ── what is asked ──
    @Slot()
    def _on_now(self) -> None:
        self._work.make(Occasion.ASKED)

    @Slot()
    def _on_choose(self) -> None:
        dialog = folder_dialog(self, _("Folder cadangan"), self._work.state.plan.folder)
        dialog.fileSelected.connect(self.take_folder)
        dialog.open()

    @Slot(str)
    def take_folder(self, folder: str) -> None:
        """From now on backups go there."""
        self._save(folder)

    @Slot()
    def _on_ticked(self) -> None:
        self._save(self._work.state.plan.folder)

    def _save(self, folder: str) -> None:
        self._work.save(BackupPlan(folder, self._daily.ticked, self._exit.ticked))

    @Slot()
    def _on_move(self) -> None:
        self._background.run(self._secrets, self._on_secrets)

    def _secrets(self) -> tuple[str, ...]:
        return self._desk.backups.secrets_to_enter()

    def _on_secrets(self, names: tuple[str, ...]) -> None:
        sheet = MoveSheet(self, self._work.state.plan.folder, names)
        sheet.move_asked.connect(self._on_move_asked)
        sheet.open()

    @Slot(str)
    def _on_move_asked(self, folder: str) -> None:
        self._work.move(Path(folder))


def _described(made: MadeBackup) -> str:
    words = _("{file} · {size} MB · {n} catatan")
    size = number_words(max(round(made.size / _MEGABYTE), 1))
    return words.format(file=made.path.name, size=size, n=number_words(made.entries))


class MoveSheet(Sheet):
    """Says what ends here and what must be typed again there."""

    help_at = help_places.BACKUPS

    move_asked = Signal(str)

    def __init__(self, parent: QWidget, folder: str, secrets: tuple[str, ...]) -> None:
        words = _(
            "Cadangan terakhir dibuat dan dibaca kembali; setelah itu profil di komputer ini tidak dapat dibuka lagi. "
            "Di komputer baru pilih “Pulihkan dari cadangan” pada awal program."
        )
        super().__init__(parent, _("Pindahkan profil ini ke komputer lain?"), words, width=560)
        self._folder = text_field(folder)
        browse = HintButton(_("Pilih…"))
        browse.clicked.connect(self._on_browse)
        row = beside(browse, Field(_("Folder atau stik USB untuk cadangan terakhir"), self._folder))
        self.body.addLayout(row)
        self.body.addWidget(label(_("Diisi lagi di komputer baru:"), bold=True))
        if not secrets:
            self.body.addWidget(label(_("Tidak ada rahasia yang tersimpan."), tone=Tone.QUIET))
        for name in secrets:
            item = line((glyph("lock", Tone.QUIET), label(name, wrap=True)), 8)
            item.setStretch(1, 1)
            self.body.addLayout(item)
        self.add_buttons(_("Cadangkan dan pindahkan"), role="destructive")
        self._folder.textChanged.connect(self._on_typed)
        self._on_typed(folder)

    @Slot(str)
    def _on_typed(self, folder: str) -> None:
        self.rest_verb("" if folder.strip() else _("Pilih foldernya."))

    @Slot()
    def _on_browse(self) -> None:
        dialog = folder_dialog(self, _("Folder cadangan"), self._folder.text())
        dialog.fileSelected.connect(self._folder.setText)
        dialog.open()

    def act(self) -> None:
        self.move_asked.emit(self._folder.text().strip())
        self.accept()
