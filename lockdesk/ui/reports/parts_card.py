"""The office's own words in a report: written here, kept with the quarter."""

import json
from collections.abc import Mapping

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from lockdesk.core.quarters import Quarter
from lockdesk.desk.reports.definitions import PART_LABELS, ReportPart
from lockdesk.desk.values.reports import QuarterReport
from lockdesk.ui.widgets.cards import Card, WideRow
from lockdesk.ui.widgets.drafts import DraftTimer
from lockdesk.ui.widgets.forms import Field, hold_no_passphrase, text_area, text_field
from lockdesk.ui.widgets.parts import HintButton, column, label, line
from lockdesk.words import N_, _

SHORT = frozenset({ReportPart.LEADER, ReportPart.LEADER_NIP})
HINTS: dict[ReportPart, str] = {
    ReportPart.INTRODUCTION: N_("Terisi dari standar pelayanan; dapat diubah."),
    ReportPart.FOLLOW_UP: N_("Terisi dengan rekomendasi triwulan sebelumnya; tulis apa yang sudah dilakukan."),
    ReportPart.ASSESSMENT: N_("Bila kosong, tempatnya tercetak untuk diisi tangan."),
}


class PartsCard(Card):
    """Fields for every part; what was typed survives a power cut until it is saved."""

    saved = Signal(object, object)
    """The quarter, and its texts by their names."""
    draft_due = Signal(object, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Bagian laporan yang ditulis kantor"), parent)
        self._fields: dict[ReportPart, QLineEdit | QPlainTextEdit] = {}
        self._kept: dict[str, str] = {}
        self.quarter: Quarter | None = None
        self.draft = DraftTimer(self)
        self.draft.due.connect(self._on_due)
        inside = QWidget()
        inner = column(inside, 0, 10)
        for part, words in PART_LABELS.items():
            made = text_field() if part in SHORT else text_area(lines=6 if part is ReportPart.INTRODUCTION else 4)
            made.setObjectName(part)
            made.textChanged.connect(self._on_text)
            self._fields[part] = made
            inner.addWidget(Field(_(words), made, _(HINTS[part]) if part in HINTS else ""))
        self._save = HintButton(_("Simpan bagian laporan"), "Ctrl+S", "accent")
        self._save.setShortcut("Ctrl+S")
        self._save.clicked.connect(self.save)
        inner.addLayout(line((label(), 1, self._save), 8))
        self.add_row(WideRow(inside, 10))
        self._on_text()
        self.draft.rest()

    def show_report(self, report: QuarterReport) -> None:
        """Another quarter's texts; of the same one only what nobody is changing."""
        unsaved = self.quarter == report.now.quarter and self.changed
        self.quarter = report.now.quarter
        self._kept = {part: report.parts.get(part, "") for part in ReportPart}
        if not unsaved:
            self._fill(self._kept)
        self.set_note("" if not report.written else _("tersimpan"))

    def show_draft(self, quarter: Quarter, text: str) -> None:
        """What was typed before and not saved."""
        if text and quarter == self.quarter and not self.changed:
            self._fill(self._kept | json.loads(text))

    def _fill(self, texts: Mapping[str, str]) -> None:
        for part, field in self._fields.items():
            if isinstance(field, QLineEdit):
                field.setText(texts.get(part, ""))
            else:
                field.setPlainText(texts.get(part, ""))
        self._on_text()
        self.draft.rest()

    @property
    def texts(self) -> dict[str, str]:
        return {
            str(part): field.text() if isinstance(field, QLineEdit) else field.toPlainText()
            for part, field in self._fields.items()
        }

    @property
    def changed(self) -> bool:
        return any(text.strip() != self._kept.get(name, "").strip() for name, text in self.texts.items())

    @Slot()
    def _on_text(self) -> None:
        self._save.setEnabled(self.changed)
        self.draft.touch()  # what was deleted does not return either

    @Slot()
    def _on_due(self) -> None:
        self.draft_due.emit(self.quarter, json.dumps(self.texts) if self.changed else "")

    @Slot()
    def save(self) -> None:
        if self.changed and hold_no_passphrase(self):
            self.draft.rest()
            self.saved.emit(self.quarter, self.texts)
