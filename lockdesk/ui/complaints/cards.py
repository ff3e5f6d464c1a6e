"""What stands beside a complaint's answer: its facts, the evidence, what the complainant says of the resolution."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from lockdesk.core.complaints import (
    CHANNEL_LABELS,
    CLASS_LABELS,
    KIND_LABELS,
    SATISFACTION_LABELS,
    Channel,
    ComplaintState,
    Satisfaction,
)
from lockdesk.desk.checks.attachments import KIND_WORDS
from lockdesk.desk.values.complaints import ComplaintForm, ComplaintView, EvidenceFile
from lockdesk.ui.complaints.words import person_words
from lockdesk.ui.look.theme import Tone
from lockdesk.ui.widgets.cards import Card, WideRow
from lockdesk.ui.widgets.facts import Fact
from lockdesk.ui.widgets.file_dialogs import Place, open_dialog
from lockdesk.ui.widgets.forms import Segments
from lockdesk.ui.widgets.parts import HintButton
from lockdesk.words import N_, _, size_words

WITHHELD_WORDS = {
    "key": N_("memuat kunci privat, tidak disimpan"),
    "secret": N_("memuat passphrase, tidak disimpan"),
}
"""Why a file's bytes are not kept; any other reason is that nobody could look into it."""


class FactsCard(Card):
    """Isi pengaduan. A confidential complainant is named only after it was asked for, until something else is shown."""

    correction_asked = Signal()
    identity_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Isi pengaduan"), parent)
        self._identity = HintButton(_("Tampilkan identitas"), role="link")
        self._identity.clicked.connect(self.identity_asked)
        correct = HintButton(_("Koreksi"), role="link")
        correct.clicked.connect(self.correction_asked)
        self.add_to_head(self._identity)
        self.add_to_head(correct)

    def show_complaint(self, view: ComplaintView, identity: ComplaintForm | None = None) -> None:
        """`identity`: what was written down, where the officer has asked to see it."""
        form = identity or view.form
        self._identity.setVisible(form.confidential and identity is None)
        direct = _("langsung") if form.channel is Channel.COUNTER else _("tidak langsung")
        name = form.name if identity is not None and form.name else person_words(form.name, form.confidential)
        told = _("identitas dirahasiakan") if form.confidential else _("identitas terbuka")
        related = " · ".join(part for part in (form.case_number, view.related) if part)
        facts = [
            Fact(_("Kanal"), f"{_(CHANNEL_LABELS[form.channel])}, {direct}"),
            Fact(_("Pengadu"), f"{name} · {form.contact}" if form.contact else name),
            Fact(_("Jenis"), f"{_(KIND_LABELS[form.kind])}, {told}"),
            Fact(_("Golongan"), _(CLASS_LABELS[form.complaint_class])),
            Fact(_("Uraian"), form.description),
            Fact(_("Yang diminta"), form.wanted),
        ]
        others = ((_("Kasus terkait"), related), (_("Tempat"), form.place), (_("Bukti"), form.evidence))
        self.show_facts([*facts, *(Fact(name, text) for name, text in others if text)])


class EvidenceCard(Card):
    """The files that were handed in; a click or Space shows one, more can be added at any time."""

    added = Signal(object)
    """Paths."""
    file_asked = Signal(object)
    """An EvidenceFile."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Berkas bukti"), parent)
        self._files: tuple[EvidenceFile, ...] = ()
        add = HintButton(_("Tambah berkas…"), role="link")
        add.clicked.connect(self._on_add)
        self.add_to_head(add)
        self.facts.chosen.connect(self._on_chosen)

    def show_files(self, files: tuple[EvidenceFile, ...]) -> None:
        self._files = files
        self.set_note("" if files else _("belum ada"))
        self.show_facts([_file_fact(file) for file in files])

    @Slot()
    def _on_add(self) -> None:
        ask_for_files(self, self._on_selected)

    @Slot(object)
    def _on_selected(self, paths: list[str]) -> None:
        self.added.emit(tuple(map(Path, paths)))

    @Slot(int)
    def _on_chosen(self, row: int) -> None:
        if self._files[row].stored:
            self.file_asked.emit(self._files[row])


def _file_fact(file: EvidenceFile) -> Fact:
    note = f"{_(KIND_WORDS[file.kind])}, {size_words(file.size)}"
    if file.stored:
        return Fact("", file.name, note=note, tip=f"SHA-256 {file.sha256}")
    words = _(WITHHELD_WORDS.get(file.withheld, N_("tidak dapat diperiksa, tidak disimpan")))
    return Fact("", f"{file.name}: {words}", tone=Tone.WARN, note=note, tip=f"SHA-256 {file.sha256}")


def ask_for_files(over: QWidget, taken: Callable[[list[str]], None]) -> None:
    """The system's dialog for files that are handed in."""
    dialog = open_dialog(over, _("Berkas bukti"), Place.EVIDENCE, several=True)
    dialog.filesSelected.connect(taken)
    dialog.open()


class SatisfactionCard(Card):
    """What the complainant says of the resolution, once there is one."""

    told = Signal(str)
    """A Satisfaction."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Kepuasan pengadu"), parent)
        options = [(str(value), _(words)) for value, words in SATISFACTION_LABELS.items()]
        self._said = Segments(options, _("Kepuasan pengadu"), preset=False)
        self._said.chosen.connect(self.told)
        self.add_row(WideRow(self._said, 10))

    def show_complaint(self, state: ComplaintState, satisfaction: Satisfaction) -> None:
        self.setVisible(state is ComplaintState.RESOLVED)
        self._said.choose(str(satisfaction))
