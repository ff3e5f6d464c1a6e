"""A form grown from a table of fields: texts, secrets that are never shown again, choices, files."""

import base64
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from lockdesk.desk.office.certificate_lines import certificate_lines
from lockdesk.desk.office.gateway_fields import FieldKind, GatewayField
from lockdesk.desk.values.authority import CheckItem
from lockdesk.errors import LockdeskError
from lockdesk.pki.pem import certificates_pem
from lockdesk.ui.look.theme import Tone, theme
from lockdesk.ui.running.files import read_chosen
from lockdesk.ui.widgets.cards import Notice
from lockdesk.ui.widgets.file_dialogs import Place, open_dialog
from lockdesk.ui.widgets.forms import Field, choice, text_field
from lockdesk.ui.widgets.parts import SELECTABLE, HintButton, clear, column, glyph, label, line
from lockdesk.words import _, day_words

MOST_FILE = 1024 * 1024
_FAILED_ICONS = {Tone.BAD: "circle-x", Tone.WARN: "circle-alert"}
KEPT = "••••••••"
"""Stands for a secret that is kept: its value is never shown again."""


def read_field_file(path: Path) -> str:
    """A file as a field keeps it: certificates as PEM without what stands around them, anything else as base64. Runs
    on a worker."""
    content = read_chosen(path, MOST_FILE)
    return certificates_pem(content) or base64.b64encode(content).decode()


class FileField(QWidget):
    """A file whose content was taken in: chosen by a button, its presence said in words."""

    chosen = Signal(object)
    """The Path to be read."""

    def __init__(self, name: str, zone: ZoneInfo, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._zone = name, zone
        self.value = ""
        self._words = label(tone=Tone.QUIET)
        pick = HintButton(_("Pilih berkas…"))
        pick.setAccessibleName(_("Pilih berkas: {name}").format(name=name))
        pick.clicked.connect(self._on_pick)
        row = line((pick, self._words), 10)
        row.setStretch(1, 1)
        self._certificates = label(tone=Tone.QUIET, scale="small", mono=True, wrap=True)
        self._certificates.setTextInteractionFlags(SELECTABLE)
        self._certificates.setAccessibleName(_("Sidik jari sertifikat: {name}").format(name=name))
        inner = column(self, 0, 4)
        inner.addLayout(row)
        inner.addWidget(self._certificates)
        self.setFocusProxy(pick)
        self.show_value("")

    def show_value(self, value: str) -> None:
        self.value = value
        count = value.count("-----BEGIN CERTIFICATE-----")
        certificates = _("{n} sertifikat terpasang").format(n=count)
        self._words.setText((certificates if count else _("terpasang")) if value else _("belum dipilih"))
        lines = [
            _("{name}, berlaku sampai {day}").format(name=item.name, day=day_words(item.until, self._zone))
            + f"\nSHA-256 {item.fingerprint}"
            for item in certificate_lines(value)
        ]
        self._certificates.setText("\n".join(lines))
        self._certificates.setVisible(bool(lines))

    @Slot()
    def _on_pick(self) -> None:
        dialog = open_dialog(self, self._name, Place.CERTIFICATES)
        dialog.fileSelected.connect(self._on_selected)
        dialog.open()

    @Slot(str)
    def _on_selected(self, path: str) -> None:
        self.chosen.emit(Path(path))


class FieldsForm(QWidget):
    """The fields in two columns; what is wide has a line of its own."""

    file_chosen = Signal(str, object)
    changed = Signal()
    """Somebody wrote or chose something."""

    def __init__(self, zone: ZoneInfo, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._zone = zone
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.px(16))
        self._grid.setVerticalSpacing(theme.px(10))
        self._readers: dict[str, Callable[[], str]] = {}
        self.files: dict[str, FileField] = {}

    def show_fields(self, fields: Sequence[GatewayField], values: Mapping[str, str], kept: Collection[str]) -> None:
        """Fills the form; `kept` names the secrets that are kept."""
        clear(self._grid)
        self._readers.clear()
        self.files.clear()
        place = 0
        for item in fields:
            whole = item.kind in {FieldKind.FILE, FieldKind.CHOICE} or (item.required and item.kind is FieldKind.URL)
            place += place % 2 if whole else 0  # a wide field begins a line of its own
            field = self._field(item, values.get(item.name, item.default), item.name in kept)
            self._grid.addWidget(field, place // 2, place % 2, 1, 2 if whole else 1, Qt.AlignmentFlag.AlignTop)
            place += 2 if whole else 1

    def take_file(self, name: str, value: str) -> None:
        """What was read of a chosen file; nothing where the form asks for something else by now."""
        if name in self.files:
            self.files[name].show_value(value)
            self.changed.emit()

    @property
    def values(self) -> dict[str, str]:
        """What the form holds; an empty secret stands for the kept one."""
        found = {name: read() for name, read in self._readers.items()}
        return {name: value for name, value in found.items() if value}

    def _field(self, item: GatewayField, value: str, kept: bool) -> Field:
        needed = item.required or bool(item.default)
        name = _(item.label) if needed else _("{name} (bila ada)").format(name=_(item.label))
        help_words = _(item.help) if item.help else ""
        if item.kind is FieldKind.FILE:
            file = FileField(_(item.label), self._zone)
            file.show_value(value)
            file.setObjectName(item.name)
            file.chosen.connect(partial(self.file_chosen.emit, item.name))
            self.files[item.name] = file
            self._readers[item.name] = lambda: file.value
            return Field(name, file, help_words)
        if item.kind is FieldKind.CHOICE:
            box = choice([(key, _(words)) for key, words in item.choices], value)
            box.activated.connect(self.changed)
            self._readers[item.name] = lambda: str(box.currentData())
            return Field(_(item.label), box, help_words)
        return Field(name, self._edit(item, value, kept), help_words)

    def _edit(self, item: GatewayField, value: str, kept: bool) -> QLineEdit:
        edit = text_field(value, mono=item.kind is FieldKind.URL)
        edit.setObjectName(item.name)
        if item.kind is FieldKind.SECRET:
            edit.setEchoMode(QLineEdit.EchoMode.Password)
            if kept:
                edit.setPlaceholderText(KEPT)
        if item.kind is FieldKind.NUMBER:
            edit.setFixedWidth(theme.px(120))
        edit.textEdited.connect(self.changed)
        self._readers[item.name] = lambda: edit.text().strip()
        return edit


class Results(QWidget):
    """What came of a test or of saving. The lines of a test belong to the settings that were tested."""

    again_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = column(self, 0, 4)
        self._tested: object = None

    def clear(self) -> None:
        self._tested = None
        clear(self._lines)

    def compare(self, settings: object) -> None:
        """Takes the lines of a test away where the settings are others by now."""
        if self._tested is not None and settings != self._tested:
            self.show_words(_("Isian berubah setelah diuji. Uji sekali lagi."), Tone.INFO)

    def show_unread(self, error: LockdeskError) -> None:
        """What is kept could not be read, for the keyring is locked or slow: it is tried again when asked for."""
        self.show_words(str(error), Tone.BAD)
        again = HintButton(_("Coba lagi"))
        again.clicked.connect(self.again_asked)
        self._lines.addWidget(again, 0, Qt.AlignmentFlag.AlignLeft)

    def show_items(self, items: Sequence[CheckItem], tested: object, settings: object) -> None:
        """The lines of a test, each with what is wrong; `tested` may be others than the `settings` by now."""
        self.clear()
        self._tested = tested
        for item in items:
            failed = Tone.BAD if item.hinders else Tone.WARN
            mark = glyph("check", Tone.OK) if item.ok else glyph(_FAILED_ICONS[failed], failed)
            row = line((mark, label(item.words, tone=None if item.ok else failed, wrap=True)), 8)
            row.setAlignment(mark, Qt.AlignmentFlag.AlignTop)
            row.setStretch(1, 1)
            self._lines.addLayout(row)
        self.compare(settings)

    def show_words(self, words: str, tone: Tone) -> None:
        self.clear()
        self._lines.addWidget(Notice(words, tone))
