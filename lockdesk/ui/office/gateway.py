"""Sambungan CA: which CA the working profile uses, tried before it is saved."""

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QWidget

from lockdesk.desk.desk import Drafts
from lockdesk.desk.office.connecting import Connecting
from lockdesk.desk.office.gateway_fields import GatewayChoice, GatewaySpec
from lockdesk.desk.values.authority import CheckItem
from lockdesk.errors import LockdeskError
from lockdesk.ui.look.theme import Tone
from lockdesk.ui.office.fields_form import FieldsForm, Results, read_field_file
from lockdesk.ui.office.help import HelpSheet
from lockdesk.ui.office.kept_form import KeptForm, keepable
from lockdesk.ui.running.background import Background, Lane
from lockdesk.ui.widgets.cards import Card, Notice, WideRow
from lockdesk.ui.widgets.forms import Field, choice
from lockdesk.ui.widgets.parts import HintButton, column, line
from lockdesk.words import N_, _

CSR_ALL_THE_SAME = N_(
    "Profil kantor tidak mewajibkan CSR. Hal itu hanya berlaku dengan portal web CA; dengan sambungan ini CSR tetap "
    "diwajibkan."
)


HalfFilled = tuple[str, Mapping[str, Mapping[str, str]]]
"""The gateway that is shown, and by gateway what was written and not saved."""


class GatewayCard(Card):
    """The form of one gateway; asks by signals."""

    test_asked = Signal(object)
    save_asked = Signal(object)
    file_chosen = Signal(str, object)
    written = Signal()
    help_asked = Signal(str)
    read_asked = Signal()

    def __init__(self, specs: tuple[GatewaySpec, ...], zone: ZoneInfo, parent: QWidget | None = None) -> None:
        super().__init__(_("Sambungan CA"), parent)
        self._specs = {spec.identifier: spec for spec in specs}
        self._kept: Mapping[str, frozenset[str]] = {}
        self._saved = GatewayChoice(specs[0].identifier, {})
        self._kind = choice([(spec.identifier, _(spec.label)) for spec in specs])
        self._kind.setAccessibleName(_("Sambungan CA"))
        self._kind.activated.connect(self._on_kind)
        self._csr_demanded = True
        self._csr_words = Notice(_(CSR_ALL_THE_SAME), Tone.INFO)
        self.form = FieldsForm(zone)
        self.form.file_chosen.connect(self.file_chosen)
        self.form.changed.connect(self._on_changed)
        self._written: dict[str, Mapping[str, str]] = {}
        """By gateway, what was written and not saved; `to_keep` is what of it outlives the window."""
        self._tested: GatewayChoice | None = None
        self._results = Results()
        self._results.again_asked.connect(self.read_asked)
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
        inner.addWidget(self.form)
        inner.addWidget(self._results)
        inner.addLayout(line((1, self._test, self._save), 8))
        self.add_row(WideRow(inside, 12))

    def show_choice(self, saved: GatewayChoice, kept: Mapping[str, frozenset[str]], csr_demanded: bool) -> None:
        """Fills the form with what is saved, but for what was written since; `kept` names the secrets that are kept
        per gateway."""
        self._saved, self._kept, self._csr_demanded = saved, kept, csr_demanded
        if not self._written:
            self._kind.setCurrentIndex(max(self._kind.findData(saved.identifier), 0))
        self.set_busy(False)
        self._fill()

    @property
    def half_filled(self) -> HalfFilled:
        """The gateway that is shown, and what was written and not saved."""
        return self.spec.identifier, self._written

    def fill_again(self, kept: HalfFilled) -> None:
        """What another card held half filled."""
        identifier, written = kept
        self._written = dict(written)
        if written:
            self._kind.setCurrentIndex(max(self._kind.findData(identifier), 0))
            self._fill()

    def forget_written(self) -> None:
        self._written.clear()

    @property
    def to_keep(self) -> tuple[list[Any], list[Any] | None]:
        """What is saved, and what is shown and written; of both what may be kept. None where nothing was written."""
        saved = {self._saved.identifier: self._saved.values}
        before = {name: self._keepable(name, saved.get(name, {})) for name in self._specs}
        now = {name: self._keepable(name, values) for name, values in self._written.items()}
        written = {name: values for name, values in now.items() if values != before[name]}
        over = [self._saved.identifier, before[self._saved.identifier]]
        return over, [self.spec.identifier, written] if written else None

    def _keepable(self, identifier: str, values: Mapping[str, str]) -> dict[str, str]:
        return keepable(self._specs[identifier].fields, values)

    def recall(self, kept: Sequence[Any]) -> None:
        """What was written before the program ended; what is never kept stands as it is saved."""
        shown, written = kept
        saved = {self._saved.identifier: self._saved.values}
        again = {name: {**saved.get(name, {}), **values} for name, values in written.items() if name in self._specs}
        if again and shown in self._specs:
            self.fill_again((shown, again))
            self.show_words(_("Belum disimpan."), Tone.WARN)

    def show_waiting(self) -> None:
        """The keyring may ask a person first."""
        self.set_busy(True)
        self._results.show_words(_("Membaca pengaturan dan penyimpan kata sandi komputer…"), Tone.INFO)

    def show_unread(self, error: LockdeskError) -> None:
        """Nothing is tried or saved over what could not be read."""
        self.set_busy(True)
        self._results.show_unread(error)

    @property
    def spec(self) -> GatewaySpec:
        return self._specs[str(self._kind.currentData())]

    def _fill(self) -> None:
        self._results.clear()
        self._csr_words.setVisible(not self._csr_demanded and not self.spec.by_hand)
        saved = self._saved.values if self._saved.identifier == self.spec.identifier else {}
        saved = self._written.get(self.spec.identifier, saved)
        self.form.show_fields(self.spec.fields, saved, self._kept.get(self.spec.identifier, frozenset()))

    @property
    def form_choice(self) -> GatewayChoice:
        """What the form holds; an empty secret stands for the kept one."""
        return GatewayChoice(self.spec.identifier, self.form.values)

    def show_results(self, items: tuple[CheckItem, ...]) -> None:
        """The lines of a test, each with what is wrong."""
        self.set_busy(False)
        self._results.show_items(items, self._tested, self.form_choice)

    def show_words(self, words: str, tone: Tone) -> None:
        self.set_busy(False)
        self._results.show_words(words, tone)

    def set_busy(self, busy: bool) -> None:
        for button in (self._test, self._save):
            button.setEnabled(not busy)

    @Slot()
    def _on_kind(self) -> None:
        self._fill()

    @Slot()
    def _on_changed(self) -> None:
        wanted = self.form_choice
        self._written[wanted.identifier] = wanted.values
        self._results.compare(wanted)
        self.written.emit()

    @Slot()
    def _on_test(self) -> None:
        self.set_busy(True)
        self._tested = self.form_choice
        self.test_asked.emit(self._tested)

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
_Read = tuple[_Saved, str]


class GatewaySection(QWidget):
    """The card with its calls to the desk."""

    saved = Signal()

    def __init__(
        self,
        connecting: Connecting,
        background: Background,
        drafts: Drafts,
        zone: ZoneInfo,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._connecting = connecting
        self._background = background
        self.card = GatewayCard(connecting.specs, zone)
        self.card.test_asked.connect(self._on_test)
        self.card.save_asked.connect(self._on_save)
        self.card.file_chosen.connect(self._on_file)
        self.card.help_asked.connect(self._on_help)
        self.card.read_asked.connect(self.read)
        self._kept = KeptForm(self.card, "gateway", background, drafts, lambda: self.card.to_keep)
        self.card.written.connect(self._kept.touch)
        column(self).addWidget(self.card)
        self.read()

    @Slot()
    def read(self) -> None:
        """Shows what is saved; again after the office profile changed."""
        self.card.show_waiting()
        self._background.run(self._read_all, self._on_read, self.card.show_unread)

    def _read_all(self) -> _Read:
        return self._read_saved(), self._kept.load()

    def _read_saved(self) -> _Saved:
        specs = self._connecting.specs
        kept = {spec.identifier: self._connecting.kept_secrets(spec.identifier) for spec in specs}
        return self._connecting.choice(), kept, self._connecting.csr_demanded()

    def _on_read(self, found: _Read) -> None:
        saved, kept = found
        self.card.show_choice(*saved)
        written = self._kept.written_over(self.card.to_keep[0], kept)
        if written is not None and not self.card.half_filled[1]:
            self.card.recall(written)

    @Slot(object)
    def _on_test(self, wanted: GatewayChoice) -> None:
        self._background.run(partial(self._connecting.test, wanted), self.card.show_results, self._on_refused, Lane.CA)

    @Slot(object)
    def _on_save(self, wanted: GatewayChoice) -> None:
        self._background.run(partial(self._connecting.save, wanted), self._on_saved, self._on_refused, Lane.CA)

    def _on_saved(self, _result: object) -> None:
        self.card.forget_written()
        self._kept.drop()
        self._background.run(self._read_saved, self._on_read_again, self.card.show_unread)
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
        self.card.form.take_file(name, value)

    @Slot(str)
    def _on_help(self, guide: str) -> None:
        HelpSheet(self, guide).open()
