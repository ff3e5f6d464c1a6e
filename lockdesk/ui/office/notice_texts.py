"""Teks pemberitahuan: the words of every message, with placeholders, a preview, and the shipped text to go back to."""

import json
from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from lockdesk.desk.desk import Drafts
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
from lockdesk.ui.widgets.drafts import DraftTimer
from lockdesk.ui.widgets.forms import Field, choice, leaking, tell_leak, text_area, text_field
from lockdesk.ui.widgets.parts import HintButton, column, label, line, set_tone
from lockdesk.ui.widgets.past_sheet import PastSheet, PastVersion, recorded_words, since_words
from lockdesk.words import _, date_words

DRAFT = "notice_text:"


class NoticeTextsSection(QWidget):
    """The card with its calls to the desk."""

    def __init__(
        self,
        texts: NoticeTexts,
        background: Background,
        office: Office,
        drafts: Drafts,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._texts, self._background, self._zone, self._today = texts, background, office.zone, office.today()
        self._drafts = drafts
        self._read: Mapping[str, NoticeText] = {}
        self._kept: dict[str, str] = {}
        """What is half written of each notice, as it is kept: what it was written over, and the text."""
        self._shown = ""
        """Which notice's text stands in the fields."""
        self._timer = DraftTimer(self)
        self._timer.due.connect(self._on_due)
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
        self._background.run(self._all, partial(self._on_read, words))

    def _all(self) -> tuple[Mapping[str, NoticeText], dict[str, str]]:
        return self._texts.all(), {notice: self._drafts.load(DRAFT + notice) for notice in NOTICE_LABELS}

    def _on_read(self, words: str, read: tuple[Mapping[str, NoticeText], dict[str, str]]) -> None:
        self._read, self._kept = read
        self._show(words)

    @Slot()
    def _on_due(self) -> None:
        kept = self._written if self._written[0] != self._written[1] else ()
        self._kept[self._shown] = json.dumps(kept) if kept else ""
        self._background.keep(partial(self._drafts.keep, DRAFT + self._shown, self._kept[self._shown]))

    @property
    def _written(self) -> tuple[list[str], list[str]]:
        """What holds, and what stands in the fields."""
        return _as_shown(self._read[self._shown]), [self.subject.text(), self.text.toPlainText()]

    @property
    def _chosen(self) -> str:
        return str(self.notice.currentData())

    def _show(self, words: str) -> None:
        text, known = self._read[self._chosen], placeholders_of(self._chosen)
        listed = ", ".join(f"{{{name}}} {_(words)}" for name, words in known.items())
        self._known.setText(_("Diisi oleh program: {known}.").format(known=listed))
        first = _as_shown(text)
        over, written = json.loads(self._kept[self._chosen] or "[[], []]")
        self._shown = self._chosen
        subject, body = written if over == first else first
        self.subject.setText(subject)
        self.text.setPlainText(body)
        self._on_edited()  # what is wrong with it, or nothing
        self._timer.rest()
        self._reset.setVisible(text.own)
        if words:
            self._say(words, Tone.OK)
        elif over == first and self._save.isEnabled():
            self._say(_("Belum disimpan."), Tone.WARN)

    def _say(self, words: str, tone: Tone) -> None:
        self._words.setText(words)
        self._words.setVisible(bool(words))
        set_tone(self._words, tone)

    @Slot()
    def _on_chosen(self) -> None:
        """The one before is kept; one that seems to hold a passphrase is not, and is not left either."""
        if leaks := leaking(self):
            self.notice.setCurrentIndex(self.notice.findData(self._shown))
            tell_leak(leaks[0])
        elif self._read:
            self._timer.keep()
            self._show("")

    @Slot()
    def _on_edited(self) -> None:
        """Pure and quick: the preview follows every letter."""
        if self._shown:
            self._timer.touch()
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
        self._store(partial(self._texts.save, self._chosen, self.subject.text(), self.text.toPlainText(), since))

    def _store(self, job: Callable[[], None]) -> None:
        """What is half written is not kept beyond it."""
        notice = self._shown

        def store() -> None:
            job()
            self._drafts.drop(DRAFT + notice)

        self._timer.rest()
        self._background.run(store, partial(self._on_saved, notice), self._on_refused)

    @Slot()
    def _on_reset(self) -> None:
        if not days_are_whole(self):
            return
        self._store(partial(self._texts.reset, self._chosen, day_of(self.since)))

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

    def _on_saved(self, notice: str, _result: object) -> None:
        """What is written in another one meanwhile stays as it is."""
        since = day_of(self.since)
        later = _("Tersimpan; berlaku sejak {day}.").format(day=date_words(since))
        words = later if since > self._today else _("Tersimpan.")
        self._kept[notice] = ""
        if notice == self._shown:
            self._timer.rest()
            self._ask(words)
        else:
            self._say(words, Tone.OK)
            self._background.run(self._texts.all, self._on_texts)

    def _on_texts(self, texts: Mapping[str, NoticeText]) -> None:
        self._read = texts

    def _on_refused(self, error: LockdeskError) -> None:
        self._timer.touch()
        self._say(str(error), Tone.BAD)


def _as_shown(text: NoticeText) -> list[str]:
    """What its two fields hold."""
    return [text.subject, text.body.strip()]
