"""Aturan kantor: what holds now and from when, a form for each rule, and every version of it."""

from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from lockdesk.dated_rules import EVER, KINDS, Rule, RuleVersion
from lockdesk.desk.desk import Desk
from lockdesk.desk.values.drafts import of_settings
from lockdesk.desk.values.facts import PagePixels
from lockdesk.errors import LockdeskError
from lockdesk.ui.look.theme import Tone
from lockdesk.ui.office.rule_forms import ARMS_PIXELS, FORMS, ArmsForm
from lockdesk.ui.office.rule_words import summary
from lockdesk.ui.running.background import Background
from lockdesk.ui.running.files import read_chosen
from lockdesk.ui.widgets.cards import Card, Notice, Row
from lockdesk.ui.widgets.days import date_field, day_of
from lockdesk.ui.widgets.forms import Field
from lockdesk.ui.widgets.kept_texts import KeptTexts
from lockdesk.ui.widgets.parts import HintButton, column, label, line
from lockdesk.ui.widgets.past_sheet import PastSheet, PastVersion, recorded_words, since_words
from lockdesk.ui.widgets.sheet import Sheet
from lockdesk.words import _, date_words

MOST_PICTURE = 2 * 1024 * 1024
Found = dict[Rule, tuple[RuleVersion, ...]]


class RulesSection(QWidget):
    """The card with its calls to the desk."""

    saved = Signal()

    def __init__(self, desk: Desk, background: Background, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._background = desk, background
        self._found: Found = {}
        self.card = Card(_("Aturan kantor"))
        self.card.set_note(_("kasus dinilai menurut aturan yang berlaku saat diterima"))
        column(self).addWidget(self.card)
        self.read()

    @Slot()
    def read(self) -> None:
        self._background.run(self._read_all, self._on_read)

    def _read_all(self) -> tuple[Found, dict[Rule, Any], date]:
        rules, today = self._desk.rules, self._desk.office.today()
        return {rule: rules.versions(rule) for rule in Rule}, {rule: rules.on(rule, today) for rule in Rule}, today

    def _on_read(self, read: tuple[Found, dict[Rule, Any], date]) -> None:
        self._found, holding, today = read
        self._holding = holding
        self.card.clear()
        for rule in Rule:
            self.card.add_row(self._row(rule, today))

    def _row(self, rule: Rule, today: date) -> Row:
        name = _(KINDS[rule].words)
        change, past = HintButton(_("Ubah…"), role="link"), HintButton(_("Riwayat"), role="link")
        change.setAccessibleName(_("Ubah {rule}").format(rule=name))
        past.setAccessibleName(_("Riwayat {rule}").format(rule=name))
        for button, slot in ((change, self._on_change), (past, self._on_past)):
            button.setObjectName(rule.value)
            button.clicked.connect(slot)
        inside = QWidget()
        words = column(inside, 0, 2)
        words.addWidget(label(name))
        words.addWidget(label(summary(rule, self._holding[rule]), tone=Tone.QUIET, scale="small", wrap=True))
        coming = min((version.since for version in self._found[rule] if version.since > today), default=None)
        if coming is not None:
            said = _("Berubah mulai {day}").format(day=date_words(coming))
            words.addWidget(label(said, tone=Tone.WARN, scale="small"))
        return Row((inside, past, change), 0)

    @Slot()
    def _on_past(self) -> None:
        rule = Rule(self.sender().objectName())
        zone = self._desk.office.zone
        past = (
            PastVersion(
                since_words(item.since),
                (summary(rule, item.value),),
                recorded_words(item.recorded_at if item.since != EVER else None, item.actor, zone),
            )
            for item in self._found[rule]
        )
        PastSheet(self, _(KINDS[rule].words), past).open()

    @Slot()
    def _on_change(self) -> None:
        rule = Rule(self.sender().objectName())
        sheet = RuleSheet(self, rule, self._holding[rule], self._desk.office.today())
        kept = KeptTexts(sheet, of_settings(rule.value), self._background, self._desk.drafts)
        sheet.saved.connect(partial(self._on_given, sheet, kept))
        if isinstance(sheet.form, ArmsForm):
            sheet.form.picture_chosen.connect(partial(self._on_picture, sheet, sheet.form))
        sheet.open()

    def _on_given(self, sheet: "RuleSheet", kept: KeptTexts, since: date, value: Any) -> None:
        job = partial(self._desk.rules.save, sheet.rule, since, value)
        self._background.run(job, partial(self._on_saved, sheet, kept), sheet.refuse)

    def _on_saved(self, sheet: "RuleSheet", kept: KeptTexts, _result: object) -> None:
        kept.drop()  # before the sheet is left, which keeps what is not kept yet
        sheet.accept()
        self.read()
        self.saved.emit()

    def _on_picture(self, sheet: "RuleSheet", form: ArmsForm, path: str) -> None:
        def show(pixels: PagePixels | None) -> None:
            if not sheet.left:
                form.show_pixels(pixels)

        self._background.run(partial(self._pixels, Path(path)), show, sheet.refuse)

    def _pixels(self, path: Path) -> PagePixels | None:
        """Runs on a worker."""
        return self._desk.pages.render_bytes(read_chosen(path, MOST_PICTURE), 0, ARMS_PIXELS)


class RuleSheet(Sheet):
    """A form, and the day from which it holds."""

    saved = Signal(object, object)

    def __init__(self, parent: QWidget, rule: Rule, value: Any, today: date) -> None:
        words = _("Versi sebelumnya tetap tersimpan. Batas waktu kasus yang masih berjalan dihitung ulang.")
        super().__init__(parent, _(KINDS[rule].words), words, width=640)
        self.rule = rule
        self.form = FORMS[rule]()
        self.form.fill(value)
        self.since = date_field(today)
        self._trouble = Notice("", Tone.BAD)
        self._trouble.hide()
        inside = QWidget()
        inner = column(inside, 0, 12)
        inner.addWidget(self.form)
        inner.addLayout(line((Field(_("Berlaku sejak"), self.since), 1)))
        inner.addWidget(self._trouble)
        inner.addStretch(1)
        self.scrolled(inside)
        self.add_buttons(_("Simpan"))

    def act(self) -> None:
        """Stays open until it is stored."""
        value = self.form.value()
        if value is not None:
            self.saved.emit(day_of(self.since), value)

    def refuse(self, error: LockdeskError) -> None:
        if not self.left:
            self._trouble.say(f"{error.message} {error.remedy}", Tone.BAD)
            self._trouble.show()
