"""The dialogs of the verification: rejecting, asking the applicant, calls, corrections, other endings."""

from collections.abc import Collection, Mapping, Sequence
from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QPlainTextEdit, QRadioButton, QWidget

from lockdesk.core.cases import ROUTE_LABELS, Route
from lockdesk.core.findings import Finding, Verdict
from lockdesk.desk.checks.all import rejection_reasons, unmet_reason, what_is_missing
from lockdesk.desk.values.cases import CaseView
from lockdesk.settings import ChecklistItem
from lockdesk.ui.look import help_places
from lockdesk.ui.look.theme import Tone
from lockdesk.ui.widgets.forms import (
    ApplicantFields,
    CheckLine,
    Field,
    correction_lacks,
    keep_choice,
    text_area,
    text_field,
    too_short,
)
from lockdesk.ui.widgets.parts import column, label
from lockdesk.ui.widgets.sheet import Sheet
from lockdesk.words import _


class ChecklistLines(QWidget):
    """What of the checklist is wanting, and the words that go out: a tick writes its line there, where it can be
    edited, and takes it back."""

    changed = Signal()

    def __init__(
        self, texts: Mapping[ChecklistItem, str], ticked: Collection[ChecklistItem], area: QPlainTextEdit, name: str
    ) -> None:
        """`texts`: the line of each. Of those `ticked` at first `area`, called `name`, speaks already."""
        super().__init__()
        self._area = area
        self._boxes: list[CheckLine] = []
        inner = column(self, 0, 10)
        for item, text in texts.items():
            box = CheckLine(item.identifier, item.words)
            box.box.setChecked(item in ticked)
            box.toggled.connect(partial(self._on_ticked, text))
            keep_choice(box.box)
            self._boxes.append(box)
            inner.addWidget(box)
        inner.addWidget(Field(name, area, _("Satu baris untuk setiap hal, dengan kata yang dipahami pemohon.")))
        area.textChanged.connect(self.changed)

    @property
    def lines(self) -> tuple[str, ...]:
        return tuple(text.strip() for text in self._area.toPlainText().splitlines() if text.strip())

    @property
    def any_ticked(self) -> bool:
        return any(box.ticked for box in self._boxes)

    def _on_ticked(self, text: str, ticked: bool) -> None:
        others = [line for line in self.lines if line != text]
        self._area.setPlainText("\n".join([*others, text] if ticked else others))
        self.changed.emit()


class RejectSheet(Sheet):
    """Tidak sesuai: the reasons come from the findings, others can be chosen, and all be edited."""

    help_at = help_places.CHECKING
    rejection = Signal(int, object)

    def __init__(self, parent: QWidget, case: CaseView) -> None:
        title = _("Nyatakan permohonan {name} tidak sesuai?").format(name=case.applicant.name)
        words = _("Kasus ditutup. Pemohon menerima surat pengembalian dengan alasan ini dan dapat mengajukan lagi.")
        super().__init__(parent, title, words + " " + _("Centang yang tidak terpenuhi."), width=640)
        self._case_id = case.id
        failed = {item.check for item in case.findings if item.verdict is Verdict.FAIL}
        self._area = text_area("\n".join(rejection_reasons(case.findings)), 5)
        ticked = [item for item in case.asked if failed.intersection(item.checks)]
        texts = {item: unmet_reason(item) for item in case.asked}
        self._lines = ChecklistLines(texts, ticked, self._area, _("Alasan"))
        self._lines.changed.connect(self._on_changed)
        self.scrolled(self._lines)
        self.add_buttons(_("Nyatakan tidak sesuai"), "destructive")
        self._on_changed()

    @property
    def reasons(self) -> tuple[str, ...]:
        return self._lines.lines

    def _first_field(self) -> QWidget:
        """What is proposed is read and sent, or written on."""
        return self._area

    @Slot()
    def _on_changed(self) -> None:
        self.rest_verb("" if self.reasons else _("Tulis sedikitnya satu alasan."))

    def act(self) -> None:
        self.rejection.emit(self._case_id, self.reasons)
        self.accept()


class AskApplicantSheet(Sheet):
    """Minta kelengkapan: what is missing, and the words of the message."""

    help_at = help_places.CHECKING
    asked = Signal(int, str)

    def __init__(self, parent: QWidget, case: CaseView, items: Sequence[ChecklistItem]) -> None:
        title = _("Minta kelengkapan dari {name}").format(name=case.applicant.name)
        words = _("Centang yang belum lengkap. Batas waktu berhenti sampai pemohon menjawab.")
        super().__init__(parent, title, words, width=620)
        self._case_id = case.id
        texts = {item: item.asked or item.words for item in items}
        found = {item: [f for f in case.findings if f.check in item.checks and _is_open(f)] for item in items}
        ticked = [item for item, findings in found.items() if findings]
        unsaid = [texts[item] for item in ticked if not what_is_missing(found[item])]
        area = text_area("\n".join([*what_is_missing(case.findings), *unsaid]), 5)
        self._lines = ChecklistLines(texts, ticked, area, _("Pesan kepada pemohon"))
        self._lines.changed.connect(self._on_changed)
        self.scrolled(self._lines)  # else large letters leave the buttons no room
        self.add_buttons(_("Minta kelengkapan"), final=True)
        self._on_changed()

    @Slot()
    def _on_changed(self) -> None:
        self.rest_verb(self._why_resting())

    def _why_resting(self) -> str:
        """What is missing before it can be asked; "" where nothing is."""
        if not self._lines.any_ticked:
            return _("Centang yang belum lengkap.")
        return "" if self._lines.lines else _("Tulis pesan kepada pemohon.")

    def act(self) -> None:
        self.asked.emit(self._case_id, "\n".join(self._lines.lines))
        self.accept()


def _is_open(finding: Finding) -> bool:
    return finding.verdict is not Verdict.PASS and not finding.absent


class CorrectSheet(Sheet):
    """Koreksi data pemohon, with a reason for the journal."""

    help_at = help_places.CHECKING
    corrected = Signal(int, object, str)

    def __init__(self, parent: QWidget, case: CaseView) -> None:
        words = _("Data yang lama tetap tersimpan dalam rekam jejak. Pemeriksaan dijalankan lagi.")
        super().__init__(parent, _("Koreksi data pemohon"), words, width=680)
        self._case_id = case.id
        self._recorded = case.applicant
        self._form = ApplicantFields(case.applicant)
        self._reason = text_field()
        inside = QWidget()
        inner = column(inside)
        inner.addWidget(self._form)
        inner.addStretch(1)
        self.scrolled(inside, beneath=Field(_("Alasan koreksi"), self._reason))
        self.add_buttons(_("Simpan koreksi"))
        self._form.changed.connect(self._on_changed)
        self._reason.textChanged.connect(self._on_changed)
        self._on_changed()

    @Slot()
    def _on_changed(self) -> None:
        changed = self._form.applicant != self._recorded
        self.rest_verb(self._form.lacking or correction_lacks(changed, self._reason.text()))

    def act(self) -> None:
        self.corrected.emit(self._case_id, self._form.applicant, self._reason.text().strip())
        self.accept()


class ResolveOtherwiseSheet(Sheet):
    """Selesaikan tanpa pencabutan: which route, and what was done."""

    help_at = help_places.CHECKING
    resolved = Signal(int, str, str)

    def __init__(self, parent: QWidget, case: CaseView) -> None:
        title = _("Selesaikan kasus {name} tanpa pencabutan?").format(name=case.applicant.name)
        super().__init__(parent, title, _("Sertifikat lama tidak dicabut. Kasus ditutup."))
        self._case_id = case.id
        self._options: list[tuple[Route, QRadioButton]] = []
        for route in (Route.SELF_SERVICE_RESET, Route.NOT_A_LOST_PASSPHRASE):
            option = QRadioButton(_(ROUTE_LABELS[route]))
            option.setChecked(not self._options)
            keep_choice(option)
            self._options.append((route, option))
            self.body.addWidget(option)
        self._note = text_area("", 3)
        self._note.textChanged.connect(self._on_text)
        self.body.addWidget(Field(_("Penjelasan untuk pemohon"), self._note))
        self.body.addWidget(label(_("Penjelasan ini dicantumkan dalam pemberitahuan."), tone=Tone.QUIET, scale="small"))
        self.add_buttons(_("Selesaikan"), final=True)
        self._on_text()

    @Slot()
    def _on_text(self) -> None:
        self.rest_verb(too_short(self._note.toPlainText()))

    def act(self) -> None:
        route = next(route for route, option in self._options if option.isChecked())
        self.resolved.emit(self._case_id, str(route), self._note.toPlainText().strip())
        self.accept()
