"""Dialogs that ask for a reason or only for a yes, and the box that says what went wrong."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QTextCursor
from PySide6.QtWidgets import QLabel, QWidget

from lockdesk.core.secrets import looks_like_passphrase
from lockdesk.errors import Damaged, LockdeskError, Refused, Unreachable, Unsettled
from lockdesk.ui.look import help_places
from lockdesk.ui.look.theme import Tone, theme
from lockdesk.ui.running.clipboard import copies
from lockdesk.ui.widgets.cards import Notice
from lockdesk.ui.widgets.forms import PASSPHRASE_WARNING, Field, text_area, too_short
from lockdesk.ui.widgets.parts import SELECTABLE, HintButton, glyph, label, line
from lockdesk.ui.widgets.sheet import Sheet
from lockdesk.words import N_, _


class ConfirmSheet(Sheet):
    """Says what will happen and asks for a yes."""

    confirmed = Signal(int)

    def __init__(
        self,
        parent: QWidget,
        subject_id: int,
        title: str,
        words: str,
        verb: str,
        lines: Sequence[str] = (),
        final: bool = False,
    ) -> None:
        super().__init__(parent, title, words)
        self._subject = subject_id
        for text in lines:
            row = line((glyph("check", Tone.OK), label(text, wrap=True)), 8)
            row.setStretch(1, 1)
            self.body.addLayout(row)
        self.add_buttons(verb, final=final)

    def unconfirm(self) -> None:
        self.reject()

    def act(self) -> None:
        self.confirmed.emit(self._subject)
        self.accept()


class LeaveSheet(ConfirmSheet):
    """Before what was typed is thrown away."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, 0, _("Tinggalkan isian ini?"), _("Yang sudah diisi belum disimpan."), _("Tinggalkan"))


class ReasonSheet(Sheet):
    """Asks for a reason in words, or to choose a usual one and edit it: offered in the officer's language, written down
    in Indonesian, as it is kept. `given(subject, key, text)`; `key` is what the caller wants back."""

    given = Signal(int, str, str)

    def __init__(
        self,
        parent: QWidget,
        subject_id: int,
        key: str,
        title: str,
        words: str,
        verb: str,
        name: str = "",
        evidence: str = "",
        shortest: int = 5,
        hint: str = "",
        usual: Sequence[str] = (),
        final: bool = False,
    ) -> None:
        super().__init__(parent, title, words)
        self._subject, self._key, self._shortest = subject_id, key, shortest
        if evidence:
            self.body.addWidget(Notice(evidence, Tone.WARN))
        self._area = text_area()
        self._field = Field(name or _("Alasan"), self._area, hint or _("Alasan dicatat dalam rekam jejak."))
        self._area.textChanged.connect(self._on_text)
        self._offers: dict[str, str] = {}
        for place, text in enumerate(usual, 1):
            offer = HintButton(_(text), f"Alt+{place}")
            offer.clicked.connect(partial(self._choose, text))
            self.body.addWidget(offer, 0, Qt.AlignmentFlag.AlignLeft)
            self._offers[f"Alt+{place}"] = text
        self.body.addWidget(self._field)
        self.add_buttons(verb, final=final)
        self._on_text()

    def event(self, event: QEvent) -> bool:
        """The keys of the usual reasons are the dialog's, whatever the page behind it offers under the same."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and self._offered(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if text := self._offered(event):
            self._choose(text)
        else:
            super().keyPressEvent(event)

    def _offered(self, event: QKeyEvent) -> str:
        return self._offers.get(QKeySequence(event.keyCombination()).toString(), "")

    def _choose(self, text: str) -> None:
        """To be sent as it is, or written on."""
        self._area.setPlainText(text)
        self._area.moveCursor(QTextCursor.MoveOperation.End)
        self._area.setFocus()

    @Slot()
    def _on_text(self) -> None:
        text = self._area.toPlainText().strip()
        self._field.show_fault(_(PASSPHRASE_WARNING) if looks_like_passphrase(text) else "")
        self.rest_verb(too_short(text, self._shortest))

    def act(self) -> None:
        self.given.emit(self._subject, self._key, self._area.toPlainText().strip())
        self.accept()


HEADLINES: tuple[tuple[type[LockdeskError], str, Tone], ...] = (
    (Unsettled, N_("Hasil belum pasti"), Tone.BAD),
    (Damaged, N_("Data perlu diperiksa"), Tone.BAD),
    (Refused, N_("Permintaan ditolak"), Tone.BAD),
    (Unreachable, N_("Tidak terhubung"), Tone.WARN),
    (LockdeskError, N_("Belum dapat dilanjutkan"), Tone.WARN),
)
HEADLINES_BY_CODE = {"reader.no_cage": N_("Dokumen tidak dibuka")}
"""Of single errors, whose kind says something else."""


class ErrorSheet(Sheet):
    """Cause, remedy, and a detail for the administrator that can be copied."""

    help_at = help_places.FAILING
    unasked = True

    def __init__(self, parent: QWidget, error: LockdeskError, number: str = "") -> None:
        """`number`: of the case or complaint that it belongs to."""
        words, tone = next((words, tone) for kind, words, tone in HEADLINES if isinstance(error, kind))
        super().__init__(parent, _(HEADLINES_BY_CODE.get(error.code, words)), number, width=500)
        self.error = error
        message = label(error.message, wrap=True)
        message.setTextInteractionFlags(SELECTABLE)
        top = line((glyph("circle-alert", tone, 20), message), 12)
        top.setStretch(1, 1)
        self.body.addLayout(top)
        if error.remedy:
            self.body.addWidget(Notice(error.remedy, Tone.INFO))
        self._detail: QLabel | None = None
        if error.detail:
            self._detail = label(error.detail, tone=Tone.QUIET, scale="small", mono=True, wrap=True)
            self._detail.setTextInteractionFlags(SELECTABLE)
            self._detail.setMaximumHeight(theme.px(110))
            self.body.addWidget(self._detail)
        self.add_close()
        copy = HintButton(_("Salin rincian"), role="link")
        copy.clicked.connect(self._on_copy)
        self.add_side_button(copy)

    def offer_way(self, words: str, show: Callable[[], None]) -> None:
        """The way to the case or complaint that it belongs to."""
        way = HintButton(words, role="link")
        way.clicked.connect(self.reject)
        way.clicked.connect(show)
        self.add_side_button(way)

    @Slot()
    def _on_copy(self) -> None:
        error = self.error
        parts = (error.code, error.message, error.remedy, error.detail)
        copies.put("\n".join(part for part in parts if part))
