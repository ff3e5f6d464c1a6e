"""A new complaint, written down at the counter: drafts are kept, Esc leaves without losing it."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from lockdesk.core.complaints import Channel, ComplaintClass, ComplaintKind
from lockdesk.desk.values.complaints import ComplaintForm
from lockdesk.ui.complaints.cards import ask_for_files
from lockdesk.ui.complaints.form import ComplaintFields
from lockdesk.ui.look.theme import Tone
from lockdesk.ui.widgets.cards import Card, Flow, WideRow
from lockdesk.ui.widgets.drafts import AnewLink, DraftTimer
from lockdesk.ui.widgets.parts import ENTER, ElidedLabel, HintButton, clear, column, label, line, set_tone, told_bar
from lockdesk.words import _

EMPTY = ComplaintForm(Channel.COUNTER, ComplaintKind.COMPLAINT, ComplaintClass.ORDINARY, "", "", False, "", "")


def form_text(form: ComplaintForm, paths: Sequence[Path]) -> str:
    """A form and the files chosen for it as the text of a draft."""
    return json.dumps({**asdict(form), "files": [str(path) for path in paths]})


def form_of(text: str) -> tuple[ComplaintForm | None, tuple[Path, ...]]:
    """What a draft holds; None when there is none or it cannot be read."""
    try:
        raw = json.loads(text)
        paths = tuple(Path(path) for path in raw.pop("files", ()))
        raw["channel"] = Channel(raw["channel"])
        raw["kind"] = ComplaintKind(raw["kind"])
        raw["complaint_class"] = ComplaintClass(raw["complaint_class"])
        return ComplaintForm(**raw), paths
    except (ValueError, TypeError, KeyError, AttributeError):
        return None, ()


class ChosenFiles(QWidget):
    """The files to be handed in with a new complaint: read when it is stored, and not before."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.paths: tuple[Path, ...] = ()
        add = HintButton(_("Tambah berkas…"))
        add.clicked.connect(self._on_add)
        self._rows = column(spacing=4)
        outer = column(self, 0, 6)
        outer.addLayout(line((label(_("Berkas bukti"), tone=Tone.QUIET, scale="small"), 1, add)))
        outer.addLayout(self._rows)
        self.show_paths(())

    def show_paths(self, paths: Sequence[Path]) -> None:
        self.paths = tuple(dict.fromkeys(paths))
        clear(self._rows)
        for place, path in enumerate(self.paths):
            out = HintButton(_("Keluarkan"), role="link")
            out.setObjectName(str(place))
            out.setAccessibleName(_("Keluarkan {name}").format(name=path.name))
            out.clicked.connect(self._on_out)
            row = line((label(path.name, wrap=True), out), 8)
            row.setStretch(0, 1)
            self._rows.addLayout(row)
        if not self.paths:
            words = _("Pilih berkas, atau jatuhkan di halaman ini.")
            self._rows.addWidget(label(words, tone=Tone.QUIET, scale="small"))
        self.changed.emit()

    @Slot()
    def _on_add(self) -> None:
        ask_for_files(self, self._on_selected)

    @Slot(object)
    def _on_selected(self, paths: list[str]) -> None:
        self.show_paths((*self.paths, *map(Path, paths)))

    @Slot()
    def _on_out(self) -> None:
        place = int(self.sender().objectName())
        self.show_paths([path for number, path in enumerate(self.paths) if number != place])


class NewComplaint(QWidget):
    """The form as a page of its own with its two buttons."""

    received = Signal(object, object, bool)
    """The form, the paths of its files, and whether its receipt is to be printed at once."""
    left = Signal()
    draft_due = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.fields = ComplaintFields()
        self.files = ChosenFiles()
        self._timer = DraftTimer(self)
        inside = QWidget()
        inner = column(inside, 0, 10)
        inner.addWidget(self.fields)
        inner.addWidget(self.files)
        explained = _("Untuk pengadu berikutnya: semua isian dihapus.")
        self._anew = AnewLink(self, self._timer, explained, self._text, self.show_draft)
        self._anew.emptied.connect(self._on_anew)
        card = Card(_("Pengaduan baru"))
        card.set_note(_("Tidak dapat dihapus setelah disimpan; dapat dikoreksi."))
        card.add_to_head(self._anew)  # seen by whoever finds the last visitor's words in it
        card.add_row(WideRow(inside, 12))
        self._flow = Flow(measure=860)
        self._flow.add(card)
        outer = column(self)
        outer.addWidget(self._flow, 1)
        outer.addWidget(self._make_bar())
        self.fields.changed.connect(self._on_changed)
        self.files.changed.connect(self._on_changed)
        self._timer.due.connect(self._on_due)
        self._on_changed()
        self._timer.rest()

    def _make_bar(self) -> QWidget:
        leave = HintButton(_("Kembali"), "Esc")
        leave.clicked.connect(self.left)
        self._told = ElidedLabel()
        set_tone(self._told, Tone.QUIET)
        self._told.setProperty("scale", "small")
        self._save = HintButton(_("Simpan"))
        self._print = HintButton(_("Simpan dan cetak tanda terima"), "Ctrl+Enter", "primary")
        self._save.clicked.connect(self._on_save)
        self._print.clicked.connect(self._on_print)
        return told_bar((leave,), self._told, (self._save, self._print))

    def begin(self, related: str) -> None:
        """For a complaint that may be about the `related` case; `show_draft` follows."""
        self.fields.propose_case(related)
        self._begin()

    def _begin(self) -> None:
        """Where it begins is seen, however far down it was scrolled."""
        self.fields.focus_first()
        self._flow.go_to_top()

    def show_draft(self, text: str) -> None:
        """What was typed before, unless something is being typed already."""
        form, paths = form_of(text) if text else (None, ())
        if not self.empty:
            return
        if form is not None:
            self.fields.fill(form)
            self.files.show_paths(paths)
        self._timer.rest()

    @property
    def empty(self) -> bool:
        """Nothing is typed or chosen."""
        return self.fields.form == EMPTY and not self.files.paths

    def clear(self) -> None:
        self.fields.fill(EMPTY)
        self.files.show_paths(())
        self._timer.rest()

    @Slot()
    def _on_changed(self) -> None:
        lacking = self.fields.lacking
        self._told.set_whole(lacking or _("Isian disimpan sementara dan dapat dilanjutkan nanti."))
        for button in (self._save, self._print):
            button.setEnabled(not lacking)
            button.setAccessibleDescription(lacking)
        self._anew.forget()
        self._timer.touch()

    @Slot()
    def _on_due(self) -> None:
        self.draft_due.emit(self._text())

    def _text(self) -> str:
        """What is written, as it is kept."""
        return "" if self.empty else form_text(self.fields.form, self.files.paths)

    @Slot()
    def _on_anew(self) -> None:
        """For the next visitor: what was kept of the form goes as well."""
        self.clear()
        self.fields.propose_case("")
        self._on_due()
        self._begin()

    @Slot()
    def _on_save(self) -> None:
        self._receive(printed=False)

    @Slot()
    def _on_print(self) -> None:
        self._receive(printed=True)

    def _receive(self, printed: bool) -> None:
        if not self.fields.lacking:
            self._timer.rest()
            self.received.emit(self.fields.form, self.files.paths, printed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in ENTER and control and not event.isAutoRepeat():
            self._receive(printed=True)
        else:
            super().keyPressEvent(event)
