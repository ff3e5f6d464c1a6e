"""Sambungan CA: which CA the working profile uses, tried before it is saved."""

import base64
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QFileDialog, QGridLayout, QLineEdit, QWidget

from lockdesk.desk.office.connecting import Connecting
from lockdesk.desk.office.gateway_fields import FieldKind, GatewayChoice, GatewayField, GatewaySpec
from lockdesk.desk.values.authority import CheckItem
from lockdesk.errors import LockdeskError
from lockdesk.ui.look.theme import Tone, theme
from lockdesk.ui.office.help import HelpSheet
from lockdesk.ui.running.background import Background, Lane
from lockdesk.ui.running.files import read_chosen
from lockdesk.ui.widgets.cards import Card, Notice, WideRow
from lockdesk.ui.widgets.forms import Field, choice, text_field
from lockdesk.ui.widgets.parts import HintButton, clear, column, glyph, label, line
from lockdesk.words import N_, _

MOST_FILE = 1024 * 1024
KEPT = "••••••••"
"""Stands for a secret that is kept: its value is never shown again."""
CSR_ALL_THE_SAME = N_(
    "Profil kantor tidak mewajibkan CSR. Hal itu hanya berlaku dengan portal web CA; dengan sambungan ini CSR tetap "
    "diwajibkan."
)


def read_field_file(path: Path) -> str:
    """A file as a field keeps it: PEM as its text, anything else as base64. Runs on a worker."""
    content = read_chosen(path, MOST_FILE)
    if b"-----BEGIN CERTIFICATE-----" in content:
        return content.decode("ascii", "replace")
    return base64.b64encode(content).decode()


class FileField(QWidget):
    """A file whose content was taken in: chosen by a button, its presence said in words."""

    chosen = Signal(object)
    """The Path to be read."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self.value = ""
        self._words = label(tone=Tone.QUIET)
        pick = HintButton(_("Pilih berkas…"))
        pick.setAccessibleName(_("Pilih berkas: {name}").format(name=name))
        pick.clicked.connect(self._on_pick)
        row = line((pick, self._words), 10)
        row.setStretch(1, 1)
        self.setLayout(row)
        self.setFocusProxy(pick)
        self.show_value("")

    def show_value(self, value: str) -> None:
        self.value = value
        count = value.count("-----BEGIN CERTIFICATE-----")
        certificates = _("{n} sertifikat terpasang").format(n=count)
        self._words.setText((certificates if count else _("terpasang")) if value else _("belum dipilih"))

    @Slot()
    def _on_pick(self) -> None:
        dialog = QFileDialog(self, self._name)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self._on_selected)
        dialog.open()

    @Slot(str)
    def _on_selected(self, path: str) -> None:
        self.chosen.emit(Path(path))


class GatewayCard(Card):
    """The form of one gateway; asks by signals."""

    test_asked = Signal(object)
    save_asked = Signal(object)
    file_chosen = Signal(str, object)
    help_asked = Signal(str)

    def __init__(self, specs: tuple[GatewaySpec, ...], parent: QWidget | None = None) -> None:
        super().__init__(_("Sambungan CA"), parent)
        self._specs = {spec.identifier: spec for spec in specs}
        self._kept: Mapping[str, frozenset[str]] = {}
        self._saved = GatewayChoice(specs[0].identifier, {})
        self._values: dict[str, Callable[[], str]] = {}
        self.files: dict[str, FileField] = {}
        self._kind = choice([(spec.identifier, _(spec.label)) for spec in specs])
        self._kind.setAccessibleName(_("Sambungan CA"))
        self._kind.activated.connect(self._on_kind)
        self._csr_demanded = True
        self._csr_words = Notice(_(CSR_ALL_THE_SAME), Tone.INFO)
        self._form = QGridLayout()
        self._form.setHorizontalSpacing(theme.px(16))
        self._form.setVerticalSpacing(theme.px(10))
        self._results = column(spacing=4)
        self._test = HintButton(_("Uji sambungan"))
        self._save = HintButton(_("Simpan"), role="primary")
        self._save.setAccessibleName(_("Simpan sambungan CA"))
        guide = HintButton(_("Petunjuk"), role="link")
        guide.setAccessibleName(_("Petunjuk sambungan CA"))
        self._test.clicked.connect(self._on_test)
        self._save.clicked.connect(self._on_save)
        guide.clicked.connect(self._on_guide)
        self.add_to_head(guide)
        inside = QWidget()
        inner = column(inside, 0, 12)
        inner.addWidget(Field(_("Cara menghubungi CA"), self._kind))
        inner.addWidget(self._csr_words)
        inner.addLayout(self._form)
        inner.addLayout(self._results)
        inner.addLayout(line((1, self._test, self._save), 8))
        self.add_row(WideRow(inside, 12))

    def show_choice(self, saved: GatewayChoice, kept: Mapping[str, frozenset[str]], csr_demanded: bool) -> None:
        """Fills the form with what is saved; `kept` names the secrets that are kept per gateway."""
        self._saved, self._kept, self._csr_demanded = saved, kept, csr_demanded
        self._kind.setCurrentIndex(max(self._kind.findData(saved.identifier), 0))
        self._fill()

    @property
    def spec(self) -> GatewaySpec:
        return self._specs[str(self._kind.currentData())]

    def _fill(self) -> None:
        clear(self._form)
        clear(self._results)
        self._values.clear()
        self.files.clear()
        self._csr_words.setVisible(not self._csr_demanded and not self.spec.by_hand)
        saved = self._saved.values if self._saved.identifier == self.spec.identifier else {}
        place = 0
        for item in self.spec.fields:
            whole = item.kind in {FieldKind.FILE, FieldKind.CHOICE} or (item.required and item.kind is FieldKind.URL)
            place += place % 2 if whole else 0  # a wide field begins a line of its own
            field = self._field(item, saved.get(item.name, item.default))
            self._form.addWidget(field, place // 2, place % 2, 1, 2 if whole else 1, Qt.AlignmentFlag.AlignTop)
            place += 2 if whole else 1

    def _field(self, item: GatewayField, value: str) -> Field:
        needed = item.required or bool(item.default)
        name = _(item.label) if needed else _("{name} (bila ada)").format(name=_(item.label))
        help_words = _(item.help) if item.help else ""
        if item.kind is FieldKind.FILE:
            file = FileField(_(item.label))
            file.show_value(value)
            file.setObjectName(item.name)
            file.chosen.connect(partial(self.file_chosen.emit, item.name))
            self.files[item.name] = file
            self._values[item.name] = lambda: file.value
            return Field(name, file, help_words)
        if item.kind is FieldKind.CHOICE:
            box = choice([(key, _(words)) for key, words in item.choices], value)
            self._values[item.name] = lambda: str(box.currentData())
            return Field(_(item.label), box, help_words)
        return Field(name, self._edit(item, value), help_words)

    def _edit(self, item: GatewayField, value: str) -> QLineEdit:
        edit = text_field(value, mono=item.kind is FieldKind.URL)
        if item.kind is FieldKind.SECRET:
            edit.setEchoMode(QLineEdit.EchoMode.Password)
            if item.name in self._kept.get(self.spec.identifier, frozenset()):
                edit.setPlaceholderText(KEPT)
        if item.kind is FieldKind.NUMBER:
            edit.setFixedWidth(theme.px(120))
        self._values[item.name] = lambda: edit.text().strip()
        return edit

    @property
    def form_choice(self) -> GatewayChoice:
        """What the form holds; an empty secret stands for the kept one."""
        values = {name: read() for name, read in self._values.items()}
        return GatewayChoice(self.spec.identifier, {name: value for name, value in values.items() if value})

    def show_results(self, items: tuple[CheckItem, ...]) -> None:
        """The lines of a test, each with what is wrong."""
        self.set_busy(False)
        clear(self._results)
        for item in items:
            mark = glyph("check", Tone.OK) if item.ok else glyph("circle-x", Tone.BAD)
            row = line((mark, label(item.words, tone=None if item.ok else Tone.BAD, wrap=True)), 8)
            row.setAlignment(mark, Qt.AlignmentFlag.AlignTop)
            row.setStretch(1, 1)
            self._results.addLayout(row)

    def show_words(self, words: str, tone: Tone) -> None:
        self.set_busy(False)
        clear(self._results)
        self._results.addWidget(Notice(words, tone))

    def set_busy(self, busy: bool) -> None:
        for button in (self._test, self._save):
            button.setEnabled(not busy)

    @Slot()
    def _on_kind(self) -> None:
        self._fill()

    @Slot()
    def _on_test(self) -> None:
        self.set_busy(True)
        self.test_asked.emit(self.form_choice)

    @Slot()
    def _on_save(self) -> None:
        self.set_busy(True)
        self.save_asked.emit(self.form_choice)

    @Slot()
    def _on_guide(self) -> None:
        self.help_asked.emit(self.spec.identifier)

    @property
    def kind(self) -> QComboBox:
        return self._kind


_Saved = tuple[GatewayChoice, dict[str, frozenset[str]], bool]


class GatewaySection(QWidget):
    """The card with its calls to the desk."""

    saved = Signal()

    def __init__(self, connecting: Connecting, background: Background, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._connecting = connecting
        self._background = background
        self.card = GatewayCard(connecting.specs)
        self.card.test_asked.connect(self._on_test)
        self.card.save_asked.connect(self._on_save)
        self.card.file_chosen.connect(self._on_file)
        self.card.help_asked.connect(self._on_help)
        column(self).addWidget(self.card)
        self.read()

    def read(self) -> None:
        """Shows what is saved; again after the office profile changed."""
        self._background.run(self._read_saved, self._on_read)

    def _read_saved(self) -> _Saved:
        specs = self._connecting.specs
        kept = {spec.identifier: self._connecting.kept_secrets(spec.identifier) for spec in specs}
        return self._connecting.choice(), kept, self._connecting.csr_demanded()

    def _on_read(self, found: _Saved) -> None:
        self.card.show_choice(*found)

    @Slot(object)
    def _on_test(self, wanted: GatewayChoice) -> None:
        self._background.run(partial(self._connecting.test, wanted), self.card.show_results, self._on_refused, Lane.CA)

    @Slot(object)
    def _on_save(self, wanted: GatewayChoice) -> None:
        self._background.run(partial(self._connecting.save, wanted), self._on_saved, self._on_refused, Lane.CA)

    def _on_saved(self, _result: object) -> None:
        self._background.run(self._read_saved, self._on_read_again)
        self.saved.emit()

    def _on_read_again(self, found: _Saved) -> None:
        self.card.show_choice(*found)
        self.card.show_words(_("Tersimpan. Kasus berikutnya memakai sambungan ini."), Tone.OK)

    def _on_refused(self, error: LockdeskError) -> None:
        self.card.show_words(str(error), Tone.BAD)

    @Slot(str, object)
    def _on_file(self, name: str, path: Path) -> None:
        self._background.run(partial(read_field_file, path), partial(self._on_file_read, name), self._on_refused)

    def _on_file_read(self, name: str, value: str) -> None:
        if name in self.card.files:
            self.card.files[name].show_value(value)

    @Slot(str)
    def _on_help(self, guide: str) -> None:
        HelpSheet(self, guide).open()
