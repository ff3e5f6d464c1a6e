"""The files of a mail in the tray: what each is taken as, changed in one step, and which of them is seen."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QComboBox, QWidget

from lockdesk.desk.checks.attachments import KIND_WORDS
from lockdesk.desk.values.facts import KEY_KINDS, AttachmentKind
from lockdesk.desk.values.tray import TrayFile
from lockdesk.ui.look.theme import Tone, theme
from lockdesk.ui.widgets.cards import Card, WideRow
from lockdesk.ui.widgets.forms import choice
from lockdesk.ui.widgets.parts import ElidedLabel, HintButton, column, line
from lockdesk.words import N_, _, size_words

_FILE = "sha256"
_NEVER = {AttachmentKind.PDF: "csr", AttachmentKind.IMAGE: "csr", AttachmentKind.CSR: "statement"}
"""What a file cannot be: the arrow keys pass it by, on their way to what was meant."""
ROLES = {"statement": N_("Surat"), "csr": N_("CSR"), "other": N_("Lainnya")}


class MailFiles(Card):
    """A row for each file."""

    role_chosen = Signal(str, str)
    """A file by its SHA-256, and what it is to be."""
    file_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Lampiran"), parent)
        self._seen: dict[str, HintButton] = {}

    def show_files(self, files: tuple[TrayFile, ...], changeable: bool) -> None:
        focused = self.focusWidget()
        held = focused.objectName() if focused is not None and focused.hasFocus() else ""
        self.clear()
        self._seen = {}
        for item in files:
            self.add_row(self._row(item, changeable))
        for box in self.findChildren(QComboBox, held) if held else ():
            box.setFocus()
        self.setVisible(bool(files))

    def mark_seen(self, sha256: str) -> None:
        """Which of them is seen beside."""
        for known, button in self._seen.items():
            button.setHidden(known == sha256)

    def _row(self, item: TrayFile, changeable: bool) -> QWidget:
        role = choice([(value, _(words)) for value, words in ROLES.items()], item.role)
        never, offered = role.findData(_NEVER.get(item.kind)), role.model()
        if never >= 0 and never != role.currentIndex() and isinstance(offered, QStandardItemModel):
            offered.item(never).setEnabled(False)
        role.setObjectName(f"role-{item.name}")
        role.setAccessibleName(_("Peran {name}").format(name=item.name))
        role.setEnabled(changeable)
        role.setFixedWidth(theme.px(104))
        role.setProperty(_FILE, item.sha256)
        role.activated.connect(self._on_role)
        name = ElidedLabel()
        name.set_whole(item.name)
        seen = HintButton(_("Lihat"), role="link")
        seen.setObjectName(f"see-{item.name}")
        seen.setAccessibleName(_("Lihat {name}").format(name=item.name))
        seen.setProperty(_FILE, item.sha256)
        seen.clicked.connect(self._on_seen)
        if item.drawable:
            self._seen[item.sha256] = seen
        inside = QWidget()
        facts = ElidedLabel()
        facts.set_whole(f"{_(KIND_WORDS[item.kind])}, {size_words(item.size)}")
        facts.setProperty("tone", str(Tone.BAD if item.kind in KEY_KINDS else Tone.QUIET))  # seen before it is taken
        words = column(None, 0, 0)
        words.addWidget(name)
        words.addWidget(facts)
        laid = line((role, seen), 10)
        laid.insertLayout(1, words, 1)
        inside.setLayout(laid)
        seen.setHidden(not item.drawable)  # not before it has its place: it would be a window of its own
        return WideRow(inside, 5)

    @Slot(int)
    def _on_role(self, place: int) -> None:
        box = self.sender()
        if isinstance(box, QComboBox):
            self.role_chosen.emit(box.property(_FILE), box.itemData(place))

    @Slot()
    def _on_seen(self) -> None:
        self.file_chosen.emit(self.sender().property(_FILE))
