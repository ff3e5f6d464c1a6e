"""How a case is to be handled: revoked and reissued, revoked only, or reset, with the reason for the journal."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QRadioButton, QWidget

from lockdesk.core.cases import CHOOSABLE_ROUTES, ROUTE_LABELS, Route
from lockdesk.core.secrets import looks_like_passphrase
from lockdesk.desk.requests.steps import NO_RESET_OF_LEAKED, leak_suspected
from lockdesk.desk.values.cases import CaseView
from lockdesk.ui.look import help_places
from lockdesk.ui.look.theme import Tone, theme
from lockdesk.ui.widgets.forms import MEND_FIRST, PASSPHRASE_WARNING, Field, keep_choice, text_area, too_short
from lockdesk.ui.widgets.parts import column, label
from lockdesk.ui.widgets.sheet import Sheet
from lockdesk.words import N_, _

_CONSEQUENCES = {
    Route.REVOKE_AND_REISSUE: N_("Sertifikat lama dicabut, sertifikat baru diterbitkan."),
    Route.REVOKE_ONLY: N_("Pemohon tidak mempunyai sertifikat setelah yang lama dicabut."),
    Route.VERIFIER_RESET: N_(
        "Sertifikat tetap berlaku. Verifikator meminta tautan reset di portal; pemohon membuat passphrase baru."
    ),
}


class RouteSheet(Sheet):
    """Ubah cara penanganan."""

    help_at = help_places.RESET

    chosen = Signal(int, str, str)

    def __init__(self, parent: QWidget, case: CaseView) -> None:
        title = _("Bagaimana permohonan {name} ditangani?").format(name=case.applicant.name)
        super().__init__(parent, title)
        self._case_id = case.id
        self._present = case.route
        self._options: list[tuple[Route, QRadioButton]] = []
        leaked = leak_suspected(case)
        for route in CHOOSABLE_ROUTES:
            option = QRadioButton(_(ROUTE_LABELS[route]))
            option.setChecked(route is case.route)
            option.toggled.connect(self._on_changed)
            keep_choice(option)
            self._options.append((route, option))
            words = _CONSEQUENCES[route]
            if route is Route.VERIFIER_RESET and leaked:
                option.setEnabled(False)
                words = NO_RESET_OF_LEAKED
            told = label(_(words), tone=Tone.QUIET, scale="small", wrap=True)
            told.setContentsMargins(theme.px(24), 0, 0, theme.px(2))
            option.setAccessibleDescription(_(words))
            both = column(spacing=0)
            both.addWidget(option)
            both.addWidget(told)
            self.body.addLayout(both)
        self._reason = text_area("", 3)
        self._reason.textChanged.connect(self._on_changed)
        self._field = Field(_("Alasan"), self._reason, _("Alasan dicatat dalam rekam jejak."))
        self.body.addWidget(self._field)
        self.add_buttons(_("Ubah cara penanganan"))
        self._on_changed()

    def _route(self) -> Route:
        return next((route for route, option in self._options if option.isChecked()), self._present)

    @Slot()
    def _on_changed(self) -> None:
        text = self._reason.toPlainText().strip()
        leak = looks_like_passphrase(text)
        self._field.show_fault(_(PASSPHRASE_WARNING) if leak else "")
        other = "" if self._route() is not self._present else _("Pilih cara penanganan yang lain.")
        self.rest_verb(_(MEND_FIRST) if leak else other or too_short(text))

    def act(self) -> None:
        self.chosen.emit(self._case_id, str(self._route()), self._reason.toPlainText().strip())
        self.accept()
