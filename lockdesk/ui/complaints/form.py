"""A new complaint, written down at the counter: few fields, drafts kept, Esc leaves without losing it."""

import json
from dataclasses import asdict

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QLineEdit, QPlainTextEdit, QWidget

from lockdesk.core.complaints import (
    CHANNEL_LABELS,
    CLASS_LABELS,
    KIND_LABELS,
    Channel,
    ComplaintClass,
    ComplaintKind,
)
from lockdesk.desk.values.complaints import ComplaintForm
from lockdesk.ui.look.theme import Tone, theme
from lockdesk.ui.running.drafts import DraftTimer
from lockdesk.ui.widgets.cards import Card, Flow, WideRow
from lockdesk.ui.widgets.forms import PASSPHRASE_WARNING, Field, choice, looks_like_passphrase, text_area, text_field
from lockdesk.ui.widgets.parts import HintButton, column, label, line
from lockdesk.words import _

SHORTEST = 10


class ComplaintFields(QWidget):
    """The fields of a complaint; used for a new one and for a correction."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._channel = choice([(str(value), _(words)) for value, words in CHANNEL_LABELS.items()])
        self._kind = choice([(str(value), _(words)) for value, words in KIND_LABELS.items()])
        self._class = choice([(str(value), _(words)) for value, words in CLASS_LABELS.items()], "ordinary")
        self._name, self._contact = text_field(), text_field(mono=True)
        self._case, self._place = text_field(mono=True, placeholder="LOCK-2026-0042"), text_field()
        self._description, self._wanted = text_area("", 4), text_area("", 2)
        self._evidence = text_field()
        self._confidential = QCheckBox(_("Identitas dirahasiakan"))
        self._fields = {
            "description": Field(_("Uraian"), self._description, _("Apa yang terjadi, kapan, dan di mana.")),
            "name": Field(_("Nama pengadu"), self._name),
        }
        self._masked: dict[QLineEdit, str] = {}
        self._arrange()
        self._watch()

    def _arrange(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.px(12))
        grid.setVerticalSpacing(theme.px(9))
        grid.addWidget(Field(_("Kanal"), self._channel), 0, 0)
        grid.addWidget(Field(_("Jenis"), self._kind), 0, 1)
        grid.addWidget(Field(_("Golongan (menentukan batas waktu)"), self._class), 0, 2)
        grid.addWidget(self._fields["name"], 1, 0)
        grid.addWidget(Field(_("Kontak"), self._contact), 1, 1)
        grid.addWidget(Field(_("Kasus terkait"), self._case), 1, 2)
        grid.addWidget(self._confidential, 2, 0, 1, 3)
        grid.addWidget(self._fields["description"], 3, 0, 1, 3)
        grid.addWidget(Field(_("Yang diminta"), self._wanted), 4, 0, 1, 3)
        grid.addWidget(Field(_("Tempat kejadian"), self._place), 5, 0)
        grid.addWidget(Field(_("Bukti yang diserahkan"), self._evidence), 5, 1, 1, 2)

    def _watch(self) -> None:
        edits: tuple[QLineEdit, ...] = (self._name, self._contact, self._case, self._place, self._evidence)
        areas: tuple[QPlainTextEdit, ...] = (self._description, self._wanted)
        boxes: tuple[QComboBox, ...] = (self._channel, self._kind, self._class)
        for edit in edits:
            edit.textChanged.connect(self._on_changed)
        for area in areas:
            area.textChanged.connect(self._on_changed)
        for box in boxes:
            box.currentIndexChanged.connect(self._on_changed)
        self._confidential.toggled.connect(self._on_changed)

    @property
    def form(self) -> ComplaintForm:
        return ComplaintForm(
            channel=Channel(self._channel.currentData()),
            kind=ComplaintKind(self._kind.currentData()),
            complaint_class=ComplaintClass(self._class.currentData()),
            name=self._written(self._name),
            contact=self._written(self._contact),
            confidential=self._confidential.isChecked(),
            description=self._description.toPlainText().strip(),
            wanted=self._wanted.toPlainText().strip(),
            place=self._place.text().strip(),
            evidence=self._evidence.text().strip(),
            case_number=self._case.text().strip().upper(),
        )

    def _written(self, edit: QLineEdit) -> str:
        """What stands in a field; an empty field that hides its value leaves it as it is."""
        return edit.text().strip() or self._masked.get(edit, "")

    def mask_identity(self) -> None:
        """Hides who complains: the recorded name and contact stay unless something is typed over them."""
        for edit in (self._name, self._contact):
            self._masked[edit] = edit.text()
            edit.setPlaceholderText(_("dirahasiakan, isi hanya untuk mengganti"))
            edit.clear()

    def fill(self, form: ComplaintForm) -> None:
        for box, value in (
            (self._channel, form.channel),
            (self._kind, form.kind),
            (self._class, form.complaint_class),
        ):
            box.setCurrentIndex(max(box.findData(str(value)), 0))
        for edit, text in (
            (self._name, form.name),
            (self._contact, form.contact),
            (self._case, form.case_number),
            (self._place, form.place),
            (self._evidence, form.evidence),
        ):
            edit.setText(text)
        self._description.setPlainText(form.description)
        self._wanted.setPlainText(form.wanted)
        self._confidential.setChecked(form.confidential)

    def relate_to(self, case_number: str) -> None:
        self._case.setText(case_number)

    @property
    def complete(self) -> bool:
        form = self.form
        return len(form.description) >= SHORTEST and bool(form.name)

    @property
    def empty(self) -> bool:
        form = self.form
        return not any((form.name, form.contact, form.description, form.wanted, form.evidence))

    def focus_first(self) -> None:
        self._name.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot()
    def _on_changed(self) -> None:
        leak = looks_like_passphrase(self._description.toPlainText() + "\n" + self._wanted.toPlainText())
        self._fields["description"].show_fault(_(PASSPHRASE_WARNING) if leak else "")
        self.changed.emit()


def form_text(form: ComplaintForm) -> str:
    """A form as the text of a draft."""
    return json.dumps(asdict(form))


def form_of(text: str) -> ComplaintForm | None:
    """The form of a draft; None when there is none or it cannot be read."""
    try:
        raw = json.loads(text)
        raw["channel"] = Channel(raw["channel"])
        raw["kind"] = ComplaintKind(raw["kind"])
        raw["complaint_class"] = ComplaintClass(raw["complaint_class"])
        return ComplaintForm(**raw)
    except (ValueError, TypeError, KeyError):
        return None


class NewComplaint(QWidget):
    """The form as a page of its own with its two buttons."""

    received = Signal(object, bool)
    """The form, and whether its receipt is to be printed at once."""
    left = Signal()
    draft_due = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.fields = ComplaintFields()
        self._timer = DraftTimer(self)
        self._related = ""
        card = Card(_("Pengaduan baru"))
        card.set_note(_("Tidak dapat dihapus setelah disimpan; dapat dikoreksi."))
        card.add_row(WideRow(self.fields, 12))
        flow = Flow(measure=860)
        flow.add(card)
        outer = column(self)
        outer.addWidget(flow, 1)
        outer.addWidget(self._make_bar())
        self.fields.changed.connect(self._on_changed)
        self._timer.due.connect(self._on_due)
        self._on_changed()
        self._timer.rest()

    def _make_bar(self) -> QWidget:
        bar = QWidget()
        bar.setObjectName("actionbar")
        bar.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        leave = HintButton(_("Kembali"), "Esc")
        leave.clicked.connect(self.left)
        kept = label(_("Isian disimpan sementara dan dapat dilanjutkan nanti."), tone=Tone.QUIET, scale="small")
        self._save = HintButton(_("Simpan"))
        self._print = HintButton(_("Simpan dan cetak tanda terima"), "Ctrl+Enter", "primary")
        self._save.clicked.connect(self._on_save)
        self._print.clicked.connect(self._on_print)
        inner = line((leave, kept, 1, self._save, self._print), 10)
        inner.setContentsMargins(theme.px(20), theme.px(12), theme.px(20), theme.px(11))
        bar.setLayout(inner)
        return bar

    def begin(self, related: str) -> None:
        """For a complaint that may be about a case, as long as nothing is typed yet; `show_draft` follows."""
        self._related = related
        self.fields.focus_first()

    def show_draft(self, text: str) -> None:
        """What was typed before, unless something is being typed already."""
        form = form_of(text) if text else None
        if not self.fields.empty:
            return
        if form is not None:
            self.fields.fill(form)
        else:
            self.fields.relate_to(self._related)
        self._timer.rest()

    def clear(self) -> None:
        self.fields.fill(
            ComplaintForm(Channel.COUNTER, ComplaintKind.COMPLAINT, ComplaintClass.ORDINARY, "", "", False, "", "")
        )
        self._timer.rest()

    @Slot()
    def _on_changed(self) -> None:
        for button in (self._save, self._print):
            button.setEnabled(self.fields.complete)
        self._timer.touch()

    @Slot()
    def _on_due(self) -> None:
        self.draft_due.emit("" if self.fields.empty else form_text(self.fields.form))

    @Slot()
    def _on_save(self) -> None:
        self._receive(printed=False)

    @Slot()
    def _on_print(self) -> None:
        self._receive(printed=True)

    def _receive(self, printed: bool) -> None:
        if self.fields.complete:
            self._timer.rest()
            self.received.emit(self.fields.form, printed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() == Qt.Key.Key_Escape:
            self._on_due()
            self.left.emit()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and control and not event.isAutoRepeat():
            self._receive(printed=True)
        else:
            super().keyPressEvent(event)
