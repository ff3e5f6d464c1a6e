"""Teks pemberitahuan: the words of every message, with placeholders, a preview, and the shipped text to go back to."""

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from lockdesk.desk.office.notice_texts import (
    NOTICE_LABELS,
    NoticeText,
    NoticeTexts,
    NoticeVersion,
    placeholders_of,
)
from lockdesk.desk.office.office import Office
from lockdesk.errors import Declined, LockdeskError
from lockdesk.ui.look.theme import Tone
from lockdesk.ui.running.background import Background
from lockdesk.ui.widgets.cards import Card, WideRow
from lockdesk.ui.widgets.days import date_field, day_of, days_are_whole
from lockdesk.ui.widgets.forms import Field, choice, text_area, text_field
from lockdesk.ui.widgets.parts import HintButton, column, label, line, set_tone
from lockdesk.ui.widgets.past_sheet import PastSheet, PastVersion, recorded_words, since_words
from lockdesk.words import _, date_words


class NoticeTextsSection(QWidget):
    """The card with its calls to the desk."""

    def __init__(
        self, texts: NoticeTexts, background: Background, office: Office, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._texts, self._background, self._zone, self._today = texts, background, office.zone, office.today()
        self._read: Mapping[str, NoticeText] = {}
        card = Card(_("Teks pemberitahuan"))
        self.notice = choice([(notice, _(words)) for notice, words in NOTICE_LABELS.items()])
        self.notice.activated.connect(self._on_chosen)
        self.subject, self.text = text_field(), text_area("", 11)
        self.subject.textChanged.connect(self._on_edited)
        self.text.textChanged.connect(self._on_edited)
        self._known = label(tone=Tone.QUIET, scale="small", wrap=True)
        self._preview, self._words = label(wrap=True), label(tone=Tone.QUIET, wrap=True)
        self._reset, self._save = HintButton(_("Kembalikan teks asal"), role="link"), HintButton(_("Simpan"))
        self._past = HintButton(_("Riwayat"), role="link")
        self._past.setAccessibleName(_("Riwayat {rule}").format(rule=_("Teks pemberitahuan")))
        self.since = date_field(self._today)
        self._past.clicked.connect(self._on_past)
        self._save.setAccessibleName(_("Simpan teks pemberitahuan"))
        self._reset.clicked.connect(self._on_reset)
        self._save.clicked.connect(self._on_save)
        inside = QWidget()
        inner = column(inside, 0, 10)
        inner.addWidget(Field(_("Pemberitahuan"), self.notice))
        inner.addWidget(Field(_("Perihal"), self.subject))
        inner.addWidget(Field(_("Isi"), self.text))
        inner.addWidget(self._known)
        inner.addWidget(label(_("Pratinjau dengan kasus rekaan"), tone=Tone.QUIET, scale="small"))
        inner.addWidget(self._preview)
        inner.addWidget(self._words)
        inner.addLayout(line((Field(_("Berlaku sejak"), self.since), 1)))
        inner.addLayout(line((self._past, self._reset, 1, self._save), 8))
        card.add_row(WideRow(inside, 12))
        column(self).addWidget(card)
        self._ask("")

    def _ask(self, words: str) -> None:
        self._background.run(self._texts.all, partial(self._on_read, words))

    def _on_read(self, words: str, texts: Mapping[str, NoticeText]) -> None:
        self._read = texts
        self._show(words)

    @property
    def _chosen(self) -> str:
        return str(self.notice.currentData())

    def _show(self, words: str) -> None:
        text, known = self._read[self._chosen], placeholders_of(self._chosen)
        listed = ", ".join(f"{{{name}}} {_(words)}" for name, words in known.items())
        self._known.setText(_("Diisi oleh program: {known}.").format(known=listed))
        self.subject.setText(text.subject)
        self.text.setPlainText(text.body.strip())
        self._reset.setVisible(text.own)
        self._say(words, Tone.OK)

    def _say(self, words: str, tone: Tone) -> None:
        self._words.setText(words)
        self._words.setVisible(bool(words))
        set_tone(self._words, tone)

    @Slot()
    def _on_chosen(self) -> None:
        if self._read:
            self._show("")

    @Slot()
    def _on_edited(self) -> None:
        """Pure and quick: the preview follows every letter."""
        try:
            subject, body = self._texts.preview(self._chosen, self.subject.text(), self.text.toPlainText())
        except Declined as error:
            self._say(str(error), Tone.BAD)
        else:
            self._preview.setText(f"{subject}\n\n{body}")
            self._say("", Tone.OK)
        self._save.setEnabled(self._words.isHidden())

    @Slot()
    def _on_save(self) -> None:
        if not days_are_whole(self):
            return
        since = day_of(self.since)
        job = partial(self._texts.save, self._chosen, self.subject.text(), self.text.toPlainText(), since)
        self._background.run(job, self._on_saved, self._on_refused)

    @Slot()
    def _on_reset(self) -> None:
        if not days_are_whole(self):
            return
        job = partial(self._texts.reset, self._chosen, day_of(self.since))
        self._background.run(job, self._on_saved, self._on_refused)

    @Slot()
    def _on_past(self) -> None:
        self._background.run(partial(self._texts.versions, self._chosen), self._on_versions)

    def _on_versions(self, versions: Sequence[NoticeVersion]) -> None:
        past = (
            PastVersion(
                since_words(item.since),
                (f"{item.text.subject}\n\n{item.text.body.strip()}",),
                recorded_words(item.recorded_at, item.actor, self._zone),
            )
            for item in versions
        )
        PastSheet(self, self.notice.currentText(), past).open()

    def _on_saved(self, _result: object) -> None:
        since = day_of(self.since)
        later = _("Tersimpan; berlaku sejak {day}.").format(day=date_words(since))
        self._ask(later if since > self._today else _("Tersimpan."))

    def _on_refused(self, error: LockdeskError) -> None:
        self._say(str(error), Tone.BAD)
