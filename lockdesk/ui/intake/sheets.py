"""The dialogs of intake: which way it comes in, and the form for a walk-in."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from lockdesk.desk.values.people import APPLICANT_FIELDS, Applicant
from lockdesk.ui.look.theme import Tone
from lockdesk.ui.running.drafts import DraftTimer
from lockdesk.ui.widgets.cards import Notice
from lockdesk.ui.widgets.forms import ApplicantFields, CheckLine
from lockdesk.ui.widgets.parts import HintButton, clear, column, glyph, label, line
from lockdesk.ui.widgets.sheet import Sheet
from lockdesk.words import _

DRAFT = "walk_in"


class ReceiveSheet(Sheet):
    """Terima permohonan: open files, or fill in the form at the counter."""

    files_asked = Signal()
    walk_in_asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        words = _("Berkas juga dapat dijatuhkan di mana saja pada jendela ini.")
        super().__init__(parent, _("Terima permohonan"), words, width=520)
        mail = HintButton(_("Buka berkas…"), role="primary")
        counter = HintButton(_("Isi formulir di loket…"))
        for icon_name, title, text, button, slot in (
            (
                "mail",
                _("E-mail permohonan"),
                _("Satu e-mail (.eml, .msg), atau surat PDF bersama berkas CSR."),
                mail,
                self._on_files,
            ),
            (
                "user",
                _("Pemohon datang ke loket"),
                _("Data pemohon diisi petugas, berkas dilampirkan."),
                counter,
                self._on_walk_in,
            ),
        ):
            texts = column(spacing=0)
            texts.addWidget(label(title, bold=True))
            texts.addWidget(label(text, tone=Tone.QUIET, wrap=True))
            row = line((glyph(icon_name, Tone.ACCENT, 20),), 12)
            row.addLayout(texts, 1)
            row.addWidget(button)
            button.clicked.connect(slot)
            self.body.addLayout(row)
        leave = HintButton(_("Batal"), "Esc")
        leave.clicked.connect(self.reject)
        self.add_side_button(leave)

    @Slot()
    def _on_files(self) -> None:
        self.accept()
        self.files_asked.emit()

    @Slot()
    def _on_walk_in(self) -> None:
        self.accept()
        self.walk_in_asked.emit()


def applicant_of(text: str) -> Applicant | None:
    """The applicant of a draft; None when there is none or it cannot be read."""
    try:
        raw = json.loads(text)
        return Applicant(**{name: str(raw.get(name, "")) for name in APPLICANT_FIELDS})
    except (ValueError, TypeError, AttributeError):
        return None


class WalkInSheet(Sheet):
    """Permohonan di loket: the applicant's data and the files brought along; drafts are kept."""

    received = Signal(object, object, bool)
    files_asked = Signal()
    draft_due = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        words = _("Minta pemohon memperlihatkan surat pernyataan dan menyerahkan berkas CSR.")
        super().__init__(parent, _("Permohonan di loket"), words, width=700)
        self._form = ApplicantFields(Applicant())
        self._paths: list[Path] = []
        self._timer = DraftTimer(self)
        inside = QWidget()
        inner = column(inside, 0, 10)
        inner.addWidget(self._form)
        inner.addLayout(self._make_files())
        words = _("Pemohon tidak dapat membuka kotak surat dinasnya: diberi tahu di loket dengan tanda tangan")
        self._in_person = CheckLine("told_in_person", words)
        inner.addWidget(self._in_person)
        inner.addWidget(Notice(_("Jangan mencatat passphrase di isian mana pun."), Tone.INFO))
        inner.addStretch(1)
        self.scrolled(inside, 440)
        self.add_buttons(_("Simpan permohonan"))
        self._form.changed.connect(self._on_changed)
        self._timer.due.connect(self._on_due)
        self._enable()

    def _make_files(self) -> QVBoxLayout:
        self._files = column(spacing=4)
        add = HintButton(_("Tambah berkas…"))
        add.clicked.connect(self.files_asked)
        box = column(spacing=6)
        box.addLayout(line((label(_("Berkas"), tone=Tone.QUIET, scale="small"), 1, add)))
        box.addLayout(self._files)
        self._show_files()
        return box

    def show_draft(self, text: str) -> None:
        """What was typed before, unless something is being typed already."""
        applicant = applicant_of(text) if text else None
        if applicant is not None and self._form.applicant == Applicant():
            self._form.fill(applicant)

    @Slot(object)
    def add_files(self, paths: Sequence[Path]) -> None:
        self._paths += [path for path in paths if path not in self._paths]
        self._show_files()
        self._enable()

    def _show_files(self) -> None:
        clear(self._files)
        for path in self._paths:
            self._files.addLayout(line((glyph("file-text"), label(path.name), 1)))
        if not self._paths:
            self._files.addWidget(label(_("Belum ada berkas. Surat PDF dan CSR dapat menyusul."), tone=Tone.QUIET))

    def _enable(self) -> None:
        self.verb.setEnabled(self._form.complete)

    @Slot()
    def _on_changed(self) -> None:
        self._enable()
        self._timer.touch()

    @Slot()
    def _on_due(self) -> None:
        self.draft_due.emit(json.dumps(asdict(self._form.applicant)))

    def act(self) -> None:
        self._timer.rest()
        self.received.emit(self._form.applicant, tuple(self._paths), self._in_person.ticked)
        self.accept()
