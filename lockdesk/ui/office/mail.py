"""E-mail kantor: the account that requests come to and notices go out from."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from lockdesk.desk.desk import Drafts
from lockdesk.desk.office.mail_fields import MAIL_FIELDS
from lockdesk.desk.office.mailing import Mailing
from lockdesk.desk.values.authority import CheckItem
from lockdesk.errors import LockdeskError
from lockdesk.ui.look.theme import Tone
from lockdesk.ui.office.fields_form import FieldsForm, Results, read_field_file
from lockdesk.ui.office.kept_form import KeptForm, keepable
from lockdesk.ui.running.background import Background, Lane
from lockdesk.ui.widgets.cards import Card, WideRow
from lockdesk.ui.widgets.parts import HintButton, column, line
from lockdesk.ui.widgets.questions import ConfirmSheet
from lockdesk.words import _

_Saved = tuple[Mapping[str, str], bool, str]


class MailSection(QWidget):
    """The card with its calls to the desk."""

    saved = Signal()

    def __init__(
        self,
        mailing: Mailing,
        background: Background,
        drafts: Drafts,
        zone: ZoneInfo,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._mailing, self._background = mailing, background
        self._saved_values: Mapping[str, str] = {}
        card = Card(_("E-mail kantor"))
        card.set_note(_("pemberitahuan dikirim dari akun ini; tanpa akun dibawa sendiri sebagai berkas"))
        self._form, self._results = FieldsForm(zone), Results()
        self._form.file_chosen.connect(self._on_file)
        self._form.changed.connect(self._on_changed)
        self._results.again_asked.connect(self._on_again)
        self._remove = HintButton(_("Berhenti memakai akun ini"), role="link")
        self._test = HintButton(_("Periksa sambungan"))
        self._save = HintButton(_("Simpan"), role="primary")
        self._save.setAccessibleName(_("Simpan akun e-mail"))
        for button, slot in ((self._remove, self._on_remove), (self._test, self._on_test), (self._save, self._on_save)):
            button.clicked.connect(slot)
        inside = QWidget()
        inner = column(inside, 0, 12)
        inner.addWidget(self._form)
        inner.addWidget(self._results)
        inner.addLayout(line((self._remove, 1, self._test, self._save), 8))
        card.add_row(WideRow(inside, 12))
        column(self).addWidget(card)
        self._kept = KeptForm(card, "mail", background, drafts, self._to_keep)
        self._read("")

    def _read(self, words: str) -> None:
        """Shows what is saved, and what was just done."""
        self._background.run(self._read_saved, partial(self._on_read, words), self._on_unread)

    def _on_unread(self, error: LockdeskError) -> None:
        """Nothing is tried or saved over what could not be read."""
        self._set_busy(True)
        self._results.show_unread(error)

    @Slot()
    def _on_again(self) -> None:
        self._results.clear()
        self._read("")

    @Slot()
    def _on_changed(self) -> None:
        self._results.compare(self._form.values)
        self._kept.touch()

    def _to_keep(self) -> tuple[dict[str, str], dict[str, str] | None]:
        saved, written = keepable(MAIL_FIELDS, self._saved_values), keepable(MAIL_FIELDS, self._form.values)
        return saved, written if written != saved else None

    def _read_saved(self) -> _Saved:
        return self._mailing.values(), self._mailing.has_secret(), self._kept.load()

    def _on_read(self, words: str, found: _Saved) -> None:
        values, has_secret, kept = found
        self._saved_values = values
        written = self._kept.written_over(keepable(MAIL_FIELDS, values), kept)
        self._form.show_fields(MAIL_FIELDS, {**values, **(written or {})}, {"secret"} if has_secret else ())
        self._remove.setVisible(bool(values))
        self._set_busy(False)
        if written is not None:
            self._results.show_words(_("Belum disimpan."), Tone.WARN)
        if words:
            self._results.show_words(words, Tone.OK)

    def _set_busy(self, busy: bool) -> None:
        for button in (self._remove, self._test, self._save):
            button.setEnabled(not busy)

    @Slot()
    def _on_test(self) -> None:
        self._set_busy(True)
        tested = self._form.values
        told = partial(self._on_tested, tested)
        self._background.run(partial(self._mailing.test, tested), told, self._on_refused, Lane.CA)

    def _on_tested(self, tested: dict[str, str], items: tuple[CheckItem, ...]) -> None:
        self._set_busy(False)
        self._results.show_items(items, tested, self._form.values)

    @Slot()
    def _on_save(self) -> None:
        self._set_busy(True)
        words = _("Tersimpan. Pemberitahuan berikutnya dikirim dari akun ini.")
        job = partial(self._mailing.save, self._form.values)
        self._background.run(job, partial(self._on_saved, words), self._on_refused, Lane.CA)

    @Slot()
    def _on_remove(self) -> None:
        words = _("Surat tidak diambil lagi dan pesan dibawa sendiri sebagai berkas, sampai sebuah akun diatur lagi.")
        sheet = ConfirmSheet(self, 0, _("Berhenti memakai akun e-mail ini?"), words, _("Berhenti memakai"))
        sheet.confirmed.connect(self._on_removal)
        sheet.open()

    @Slot(int)
    def _on_removal(self, _subject: int) -> None:
        self._set_busy(True)
        words = _("Akun tidak dipakai lagi. Pemberitahuan berikutnya dibawa sendiri sebagai berkas.")
        self._background.run(self._mailing.remove, partial(self._on_saved, words), self._on_refused)

    def _on_saved(self, words: str, _result: object) -> None:
        self._kept.drop()
        self._read(words)
        self.saved.emit()

    def _on_refused(self, error: LockdeskError) -> None:
        self._set_busy(False)
        self._results.show_words(str(error), Tone.BAD)

    @Slot(str, object)
    def _on_file(self, name: str, path: Path) -> None:
        self._background.run(partial(read_field_file, path), partial(self._on_file_read, name), self._on_refused)

    def _on_file_read(self, name: str, value: str) -> None:
        self._form.take_file(name, value)
