"""The fields of a complaint: few, each saying what is wrong with it."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QLineEdit, QPlainTextEdit, QWidget

from lockdesk.core.complaints import (
    CHANNEL_LABELS,
    CLASS_LABELS,
    KIND_LABELS,
    Channel,
    ComplaintClass,
    ComplaintKind,
)
from lockdesk.desk.values.cases import CaseRow
from lockdesk.desk.values.complaints import ComplaintForm
from lockdesk.ui.look.theme import theme
from lockdesk.ui.widgets.forms import (
    MEND_FIRST,
    PASSPHRASE_WARNING,
    Field,
    choice,
    keep_choice,
    leaking,
    text_area,
    text_field,
    write_anew,
)
from lockdesk.ui.widgets.parts import HintButton, column
from lockdesk.words import _

SHORTEST = 10
_SHORTEST_CHOICE = 8
"""Letters that a box of choices has room for even where text is large."""


class ComplaintFields(QWidget):
    """The fields of a complaint; used for a new one and for a correction."""

    changed = Signal()
    case_typed = Signal(str)
    """The number of the related case, or what there is of it."""

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
        for chooser in (self._channel, self._kind, self._class, self._confidential):
            keep_choice(chooser)
        self._fields = {
            "name": Field(_("Nama pengadu"), self._name),
            "contact": Field(_("Kontak"), self._contact),
            "case": Field(_("Kasus terkait"), self._case),
            "description": Field(_("Uraian"), self._description, _("Apa yang terjadi, kapan, dan di mana.")),
            "wanted": Field(_("Yang diminta"), self._wanted),
            "place": Field(_("Tempat kejadian"), self._place),
            "evidence": Field(_("Bukti yang diserahkan"), self._evidence),
        }
        self._proposal = HintButton("", role="link")
        self._proposed = ""
        self._proposal.clicked.connect(self._on_proposal)
        self.propose_case("")
        self._case_missing = False
        self._masked: dict[QLineEdit, str] = {}
        self._arrange()
        self._watch()

    def _arrange(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.px(12))
        grid.setVerticalSpacing(theme.px(9))
        for place, stretch in enumerate((3, 3, 4)):  # the classes have the longest names
            grid.setColumnStretch(place, stretch)
        for box in (self._channel, self._kind, self._class):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(_SHORTEST_CHOICE)
        grid.addWidget(Field(_("Kanal"), self._channel), 0, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(Field(_("Jenis"), self._kind), 0, 1, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(Field(_("Golongan"), self._class, _("Menentukan batas waktu.")), 0, 2)
        grid.addWidget(self._fields["name"], 1, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self._fields["contact"], 1, 1, Qt.AlignmentFlag.AlignTop)
        beneath = column(spacing=2)
        beneath.addWidget(self._fields["case"])
        beneath.addWidget(self._proposal, 0, Qt.AlignmentFlag.AlignLeft)
        beneath.addStretch(1)
        grid.addLayout(beneath, 1, 2)
        grid.addWidget(self._confidential, 2, 0, 1, 3)
        grid.addWidget(self._fields["description"], 3, 0, 1, 3)
        grid.addWidget(self._fields["wanted"], 4, 0, 1, 3)
        grid.addWidget(self._fields["place"], 5, 0)
        grid.addWidget(self._fields["evidence"], 5, 1, 1, 2)

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
        self._case.textChanged.connect(self._on_case)

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
            case_number=self._written(self._case).upper(),
        )

    def _written(self, edit: QLineEdit) -> str:
        """What stands in a field; an empty field that hides its value leaves it as it is."""
        return edit.text().strip() or self._masked.get(edit, "")

    def mask_identity(self) -> None:
        """Hides who complains: the recorded name and contact stay unless something is typed over them."""
        for edit in (self._name, self._contact, self._case):
            self._masked[edit] = edit.text()
            edit.setPlaceholderText(_("dirahasiakan, isi hanya untuk mengganti"))
            edit.clear()
            write_anew(edit)

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

    @Slot()
    def _on_case(self) -> None:
        """Nothing is known of a number before the answer comes; the desk looks again when it is stored."""
        self._case_missing = False
        self._fields["case"].show_hint("")
        self._show_proposal()
        self.case_typed.emit(self._case.text().strip())

    def show_related(self, typed: str, case: CaseRow | None) -> None:
        """What a number names; an answer for another one is dropped."""
        if typed != self._case.text().strip():
            return
        self._case_missing = bool(typed) and case is None
        self._fields["case"].show_hint(f"{case.name} · {case.agency}" if case is not None else "")
        if self._case_missing:
            self._fields["case"].show_typed_fault(_("Kasus {number} tidak ada.").format(number=typed))
        self.changed.emit()

    def propose_case(self, number: str) -> None:
        """Offers a case as the related one. Whether the visitor has to do with it is theirs to say: filled in unasked,
        it would show one person's name to another and stay with the complaint unnoticed. "": none is offered."""
        self._proposed = number
        self._proposal.setText(_("Kaitkan dengan {number}").format(number=number))
        self._proposal.setAccessibleName(self._proposal.text())
        self._show_proposal()

    def _show_proposal(self) -> None:
        self._proposal.setVisible(bool(self._proposed) and not self._case.text())

    @Slot()
    def _on_proposal(self) -> None:
        self._case.setText(self._proposed)
        self._case.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def lacking(self) -> str:
        """What is missing before it can be kept; "" where nothing is."""
        form = self.form
        if not (form.name or form.confidential):
            return _("Tulis nama pengadu, atau centang Identitas dirahasiakan.")
        if len(form.description) < SHORTEST:
            return _("Tulis uraian sedikitnya {n} huruf.").format(n=SHORTEST)
        return _(MEND_FIRST) if self._case_missing or leaking(self) else ""

    def focus_first(self) -> None:
        self._name.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot()
    def _on_changed(self) -> None:
        leaks = leaking(self)
        for name, field in self._fields.items():
            if name != "case":  # of which something else is told
                field.show_fault(_(PASSPHRASE_WARNING) if field.widget in leaks else "")
        self.changed.emit()
