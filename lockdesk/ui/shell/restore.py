"""Pulihkan dari cadangan: a file and what opens it, then what it holds and what it takes the place of, then the verb.

Nothing is read or written here: what is asked goes out as signals, what is found comes back as values.
"""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QLineEdit, QProgressBar, QWidget

from lockdesk.desk.values.backups import FoundBackup
from lockdesk.errors import LockdeskError
from lockdesk.ui.look import help_places
from lockdesk.ui.look.theme import Tone, theme
from lockdesk.ui.look.times import here
from lockdesk.ui.shell.help_key import give_help
from lockdesk.ui.widgets.cards import Card, Flow, Notice, WideRow
from lockdesk.ui.widgets.chips import Brand
from lockdesk.ui.widgets.facts import Fact
from lockdesk.ui.widgets.file_dialogs import Place, open_dialog
from lockdesk.ui.widgets.forms import Field, beside, text_field
from lockdesk.ui.widgets.parts import HintButton, column, label, line
from lockdesk.ui.widgets.room import fit_screen
from lockdesk.words import _, date_words, number_words, time_words


class RestoreScreen(QWidget):
    """Two cards: what is to be restored, and what was found in it."""

    look_asked = Signal(str, str)
    """The file, and the passphrase or recovery code; "" where none was typed."""
    restore_asked = Signal()
    back_asked = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle("LockDesk")
        fit_screen(self)
        self.file, self.secret = text_field(), QLineEdit()
        self.secret.setEchoMode(QLineEdit.EchoMode.Password)
        self._trouble = Notice("", Tone.BAD)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setRange(0, 100)
        self._replaces = Notice("", Tone.WARN)
        self._found = Card(_("Isi cadangan"))
        self.verb = HintButton(_("Periksa cadangan"), role="primary")
        self.back = HintButton(_("Kembali"))
        self._looked = False
        self._arrange()
        self.file.textChanged.connect(self._on_changed)
        self.secret.textChanged.connect(self._on_changed)
        self.secret.returnPressed.connect(self._on_verb)
        self.verb.clicked.connect(self._on_verb)
        self.back.clicked.connect(self.back_asked)
        give_help(self, help_places.BACKUPS)
        self._on_changed()

    def _arrange(self) -> None:
        flow = Flow(measure=760, centred=True)
        flow.add_layout(line((Brand(), label(_("Pulihkan dari cadangan"), scale="title", bold=True), 1), 10))
        card = Card(_("Yang dipulihkan"))
        browse = HintButton(_("Pilih…"))
        browse.setAccessibleName(_("Pilih berkas cadangan"))
        browse.clicked.connect(self._on_browse)
        row = beside(browse, Field(_("Berkas cadangan"), self.file))
        inside = QWidget()
        inner = column(inside, 0, 8)
        inner.addLayout(row)
        hint = _("Kosongkan untuk profil pelatihan, atau bila kunci ada di penyimpan kata sandi komputer ini.")
        inner.addWidget(Field(_("Frasa sandi atau kode pemulihan"), self.secret, hint))
        inner.addWidget(self._bar)
        inner.addWidget(self._trouble)
        card.add_row(WideRow(inside, 10))
        flow.add(card)
        flow.add(self._found)
        self._flow = flow
        bar = QWidget()
        bar.setObjectName("actionbar")
        bar.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        buttons = line((self.back, 1, self.verb), 10)
        buttons.setContentsMargins(theme.px(20), theme.px(12), theme.px(20), theme.px(12))
        bar.setLayout(buttons)
        outer = column(self)
        # Beside the verb, in sight whatever the size of the text: what the verb takes away.
        self._beside = WideRow(self._replaces, 10, 20)
        outer.addWidget(flow, 1)
        outer.addWidget(self._beside)
        outer.addWidget(bar)

    # ── what was found ──
    def show_found(self, found: FoundBackup) -> None:
        """What the backup holds and what it replaces: only now the verb restores."""
        self._rest(False)
        self._looked = True
        at = found.made_at.astimezone(here.zone)
        when = f"{date_words(at.date())} {time_words(at.time())}"
        self._found.show_facts(
            (
                Fact(_("Dibuat"), when),
                Fact(_("Catatan"), number_words(found.entries)),
                Fact(_("Sidik catatan"), found.head, mono=True),
                Fact(_("Folder data"), found.folder),
            )
        )
        replaces = found.replaces
        self._replaces.say(replaces or _("Tidak ada yang diganti."), Tone.WARN if replaces else Tone.OK)
        for shown in (self._found, self._beside):
            shown.show()
        self.verb.setText(_("Ganti dan pulihkan") if found.replaces else _("Pulihkan"))
        self._flow.settle()
        self.verb.setFocus()

    def show_error(self, error: LockdeskError) -> None:
        self._rest(False)
        self._trouble.say(str(error), Tone.BAD)
        self._trouble.show()

    @Slot(int)
    def show_progress(self, percent: int) -> None:
        self._bar.setValue(percent)

    def _rest(self, busy: bool) -> None:
        for widget in (self.file, self.secret, self.verb, self.back):
            widget.setEnabled(not busy)
        self._bar.setValue(0)
        self._bar.setVisible(busy)
        self._trouble.hide()

    # ── what is asked ──
    @Slot()
    def _on_changed(self) -> None:
        """Another file or passphrase: what was found before says nothing about it."""
        self._looked = False
        for shown in (self._found, self._beside):
            shown.hide()
        self._rest(False)
        self.verb.setText(_("Periksa cadangan"))
        self.verb.setEnabled(bool(self.file.text().strip()))

    @Slot()
    def _on_verb(self) -> None:
        if not self.verb.isEnabled():
            return
        looked = self._looked
        self._rest(True)
        if looked:
            self.restore_asked.emit()
        else:
            self.look_asked.emit(self.file.text().strip(), self.secret.text())

    @Slot()
    def _on_browse(self) -> None:
        types = _("Cadangan LockDesk (*.cadangan);;Semua berkas (*)")
        dialog = open_dialog(self, _("Berkas cadangan"), Place.BACKUPS, types)
        dialog.fileSelected.connect(self.file.setText)
        dialog.open()
