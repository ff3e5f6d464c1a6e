"""The dialogs of the route on which the certificate stays: the reset link, and the signature that succeeded."""

from collections.abc import Sequence
from datetime import datetime, tzinfo

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from lockdesk.core.identity import normal_phone
from lockdesk.core.secrets import looks_like_passphrase
from lockdesk.desk.operations.guide import GuideStep, known_phone
from lockdesk.desk.values.cases import CaseView
from lockdesk.ui.dialogs.guide_list import GuideList
from lockdesk.ui.look import help_places
from lockdesk.ui.look.theme import Tone
from lockdesk.ui.widgets.cards import Notice
from lockdesk.ui.widgets.days import MomentBox
from lockdesk.ui.widgets.forms import MEND_FIRST, PASSPHRASE_WARNING, CheckLine, Field, text_area, text_field, too_short
from lockdesk.ui.widgets.sheet import Sheet
from lockdesk.words import _


class ResetSheet(Sheet):
    """Minta tautan reset: what the verifikator does in the portal, and the phone number that is registered there."""

    help_at = help_places.RESET

    sent = Signal(int, str)

    def __init__(
        self, parent: QWidget, case: CaseView, steps: Sequence[GuideStep], ca_name: str, again: bool = False
    ) -> None:
        """`again`: a link was sent already."""
        words = _(
            "Sertifikat tidak dicabut. Verifikator yang bekerja di portal; program mencatat dan menunggu pemohon."
        )
        if again:
            words = _("Tautan sudah pernah dikirim. Minta lagi bila tautannya tidak sampai atau kedaluwarsa.")
        title = _("Minta tautan reset untuk {name}").format(name=case.applicant.name)
        super().__init__(parent, title, words, width=700)
        self._case_id, self.known = case.id, known_phone(case)
        self.guide = GuideList(steps)
        self.scrolled(self.guide, self.guide.height_in(640, 330))
        self.phone = text_field(mono=True)
        # Nothing is filled in: a number that nobody looked up would pass for the portal's.
        hint = _("Tulis seperti yang tampil di portal; dicocokkan dengan data kepegawaian.")
        self._field = Field(_("Nomor HP yang terdaftar di {ca}").format(ca=ca_name), self.phone, hint)
        self.body.addWidget(self._field)
        self.add_buttons(_("Catat tautan terkirim"))
        self.phone.textChanged.connect(self._on_phone)
        self._on_phone("")

    @Slot(str)
    def _on_phone(self, text: str) -> None:
        number = normal_phone(text)
        other = bool(number) and number != self.known
        fault = _("Bukan nomor pemohon. Pemohon harus mengubahnya di CA sebelum tautan dikirim.") if other else ""
        self._field.show_typed_fault(fault)
        self.verb.setEnabled(bool(number) and not other)

    def act(self) -> None:
        self.sent.emit(self._case_id, self.phone.text().strip())
        self.accept()


class SignatureSheet(Sheet):
    """Catat tanda tangan berhasil: when and how the applicant said so; the CA is asked whether the certificate is in
    force, the officer where it gives no answer."""

    help_at = help_places.RESET

    told = Signal(int, object, str, bool)

    def __init__(self, parent: QWidget, case: CaseView, ca_name: str, zone: tzinfo, now: datetime) -> None:
        title = _("Tanda tangan {name} sudah berhasil?").format(name=case.applicant.name)
        words = _("Kasus dapat diselesaikan setelah pemohon berhasil menandatangani dengan passphrase barunya.")
        super().__init__(parent, title, words, width=600)
        self._case_id, self._zone = case.id, zone
        self._moment = MomentBox(now, zone)
        self._how = text_area("", 3)
        self._how_field = Field(_("Bagaimana pemohon menyampaikannya"), self._how, _("Misalnya: membalas e-mail."))
        self._valid = CheckLine("valid", _("Di portal {ca} sertifikat ini tampil masih berlaku").format(ca=ca_name))
        self.body.addWidget(Field(_("Kapan disampaikan"), self._moment))
        self.body.addWidget(self._how_field)
        self.body.addWidget(Notice(_("CA ditanya lebih dahulu apakah sertifikat masih berlaku."), Tone.INFO))
        self.body.addWidget(self._valid)
        self.add_buttons(_("Catat tanda tangan berhasil"))
        self._how.textChanged.connect(self._on_text)
        self._on_text()

    @Slot()
    def _on_text(self) -> None:
        text = self._how.toPlainText().strip()
        leak = looks_like_passphrase(text)
        self._how_field.show_fault(_(PASSPHRASE_WARNING) if leak else "")
        self.rest_verb(_(MEND_FIRST) if leak else too_short(text))

    def act(self) -> None:
        how, told_at = self._how.toPlainText().strip(), self._moment.moment
        self.told.emit(self._case_id, told_at, how, self._valid.ticked)
        self.accept()
