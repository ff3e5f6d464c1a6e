"""Whose electronic signatures on letters count, and the office's own mail server."""

from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from lockdesk.desk.desk import Drafts
from lockdesk.desk.office.trust_store import TrustItem, TrustStore
from lockdesk.desk.values.drafts import of_settings
from lockdesk.errors import LockdeskError
from lockdesk.ui.look.theme import Tone
from lockdesk.ui.running.background import Background
from lockdesk.ui.running.files import read_chosen
from lockdesk.ui.widgets.cards import Card, Notice, Row, WideRow
from lockdesk.ui.widgets.drafts import keep_drafts
from lockdesk.ui.widgets.file_dialogs import Place, open_dialog
from lockdesk.ui.widgets.forms import Field, enter_presses, text_field
from lockdesk.ui.widgets.kept_texts import KeptTexts
from lockdesk.ui.widgets.parts import HintButton, column, glyph, label, line
from lockdesk.ui.widgets.questions import ConfirmSheet
from lockdesk.words import _, day_words

MOST_FILE = 16 * 1024 * 1024


class TrustSection(QWidget):
    """The card with its calls to the desk."""

    saved = Signal()

    def __init__(
        self,
        store: TrustStore,
        background: Background,
        drafts: Drafts,
        zone: ZoneInfo,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._store, self._background, self._drafts, self._zone = store, background, drafts, zone
        self._kept: KeptTexts | None = None
        self.card = Card(_("Surat dan e-mail"))
        add = HintButton(_("Tambah sertifikat CA atau CRL…"), role="link")
        add.clicked.connect(self._on_add)
        self.card.add_to_head(add)
        self._trouble = ""
        self._server = text_field(mono=True)
        column(self).addWidget(self.card)
        self._read()

    def _read(self) -> None:
        self._background.run(self._read_all, self._on_read)

    def _read_all(self) -> tuple[tuple[TrustItem, ...], str]:
        return self._store.items(), self._store.mail_server()

    def _on_read(self, found: tuple[tuple[TrustItem, ...], str]) -> None:
        items, server = found
        self.card.clear()
        for item in items:
            self.card.add_row(self._row(item))
        if not any(not item.is_list for item in items):
            words = _(
                "Belum ada CA yang dipercaya: tanda tangan elektronik pada surat selalu “belum dapat dipastikan”."
            )
            self.card.add_words(words)
        inside = QWidget()
        inner = column(inside, 0, 8)
        if self._trouble:
            inner.addWidget(Notice(self._trouble, Tone.BAD))
        self._server = text_field(server, mono=True)
        self._server.setPlaceholderText("mx.contoh.go.id")
        save = HintButton(_("Simpan"))
        save.setAccessibleName(_("Simpan server e-mail"))
        save.clicked.connect(self._on_server)
        enter_presses(save, self._server)
        hint = _("Hasil SPF, DKIM, dan DMARC dipercaya dari server ini saja; kosong: server mana pun di domain kantor.")
        row = line((Field(_("Server penerima e-mail kantor"), self._server, hint), save), 12)
        row.setStretch(0, 1)
        row.setAlignment(save, Qt.AlignmentFlag.AlignVCenter)
        inner.addLayout(row)
        self.card.add_row(WideRow(inside, 10))
        self._kept = KeptTexts(inside, of_settings("mail_server"), self._background, self._drafts)

    def _row(self, item: TrustItem) -> Row:
        kind = _("daftar pencabutan") if item.is_list else _("CA dipercaya")
        until = _("{kind} · sampai {day}").format(kind=kind, day=day_words(item.valid_until, self._zone))
        remove = HintButton(_("Hapus…"), role="link")
        remove.setObjectName(item.identifier)
        remove.setAccessibleName(_("Hapus {name}").format(name=item.name))
        remove.clicked.connect(partial(self._ask_removal, item))
        name = label(item.name, wrap=True)
        name.setToolTip(f"SHA-256 {item.identifier}")
        return Row((glyph("file-key"), name, label(until, tone=Tone.QUIET, scale="small"), remove), 1)

    @Slot()
    def _on_add(self) -> None:
        types = _("Sertifikat atau CRL (*.pem *.crt *.cer *.der *.crl);;Semua berkas (*)")
        dialog = open_dialog(self, _("Tambah sertifikat CA atau CRL"), Place.CERTIFICATES, types)
        dialog.fileSelected.connect(self.add_file)
        dialog.open()

    @Slot(str)
    def add_file(self, name: str) -> None:
        """Takes in a chosen file."""
        self._background.run(partial(self._add, Path(name)), self._on_saved, self._on_refused)

    def _add(self, path: Path) -> int:
        return self._store.add(read_chosen(path, MOST_FILE))

    def _ask_removal(self, item: TrustItem, _checked: bool = False) -> None:
        title = _("Hapus {name} dari yang dipercaya?").format(name=item.name)
        words = _("Tanda tangan dan bukti pencabutan yang bersandar padanya tidak dapat diperiksa lagi.")
        sheet = ConfirmSheet(self, 0, title, words, _("Hapus"))
        sheet.confirmed.connect(partial(self._remove, item.identifier))
        sheet.open()

    def _remove(self, identifier: str, _subject: int) -> None:
        self._background.run(partial(self._store.remove, identifier), self._on_saved, self._on_refused)

    @Slot()
    def _on_server(self) -> None:
        job = partial(self._store.set_mail_server, self._server.text())
        self._background.run(job, self._on_server_saved, self._on_refused)

    def _on_server_saved(self, result: object) -> None:
        if self._kept is not None:
            self._kept.drop()
        self._on_saved(result)

    def _on_saved(self, _result: object) -> None:
        self._trouble = ""
        self._read()
        self.saved.emit()

    def _on_refused(self, error: LockdeskError) -> None:
        self._trouble = str(error)
        keep_drafts(self)
        self._read()
