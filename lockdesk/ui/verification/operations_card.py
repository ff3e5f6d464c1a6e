"""What was asked of the CA, what is known of it, and what can be done about it."""

from datetime import datetime
from enum import StrEnum

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from lockdesk.core.operations import OPERATION_LABELS, OperationKind, OperationState
from lockdesk.desk.operations.guide import CaWork
from lockdesk.desk.values.cases import CaseView, OperationView
from lockdesk.ui.look.theme import Tone
from lockdesk.ui.look.times import OfficeTime
from lockdesk.ui.widgets.cards import Card
from lockdesk.ui.widgets.facts import Fact, FactList
from lockdesk.ui.widgets.parts import HintButton, glyph
from lockdesk.words import N_, _, again


class CaAsk(StrEnum):
    """What a card about the CA may ask for."""

    SETTLE = "settle"
    STEPS = "steps"
    BRING_NEW = "bring_new"
    BRING_OLD = "bring_old"
    RECORD_HOLDER = "record_holder"
    NOT_DONE = "not_done"
    ACCEPT_RECORD = "accept_record"
    STOP_ASKING = "stop_asking"
    ASK_AGAIN = "ask_again"
    GIVE = "give"
    """Practice: the training CA gives an unknown serial a certificate."""
    APPROVE = "approve"
    DECLINE = "decline"


OPERATION_KINDS = {OperationKind.REVOKE: N_("Pencabutan"), OperationKind.REISSUE: N_("Penerbitan ulang")}
OPERATION_TONES: dict[OperationState, Tone] = {
    OperationState.UNSETTLED: Tone.BAD,
    OperationState.AWAITING: Tone.WARN,
    OperationState.CONFIRMED: Tone.WARN,
}
ASK_WORDS = {
    CaAsk.SETTLE: N_("Periksa status ke {ca}"),
    CaAsk.STEPS: N_("Langkah di portal…"),
    CaAsk.BRING_NEW: N_("Masukkan sertifikat baru…"),
    CaAsk.NOT_DONE: N_("Tidak dilaksanakan…"),
    CaAsk.ACCEPT_RECORD: N_("Terima catatan CA…"),
    CaAsk.STOP_ASKING: N_("Hentikan"),
    CaAsk.ASK_AGAIN: N_("Tanyakan lagi otomatis"),
    CaAsk.APPROVE: N_("Setujui di CA pelatihan"),
    CaAsk.DECLINE: N_("Tolak di CA pelatihan…"),
}


class OperationsCard(Card):
    """One row an operation, the newest first; beneath an open one what can be done."""

    asked = Signal(str)
    """A CaAsk."""

    def __init__(self, times: OfficeTime, ca_name: str, training: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(_("Operasi ke CA"), parent)
        self._times = times
        self._ca = ca_name
        self._training = training

    def show_case(self, case: CaseView, ca_work: CaWork, now: datetime) -> None:
        self.setVisible(bool(case.operations))
        self.clear()
        for operation in reversed(case.operations):
            self._add(operation, ca_work, now)

    def _add(self, operation: OperationView, ca_work: CaWork, now: datetime) -> None:
        facts = operation_facts(operation, self._times.moment(operation.changed_at, now))
        self.add_row(FactList(facts, facts[0].value))
        offers = {
            OperationState.UNSETTLED: self._offer_unsettled,
            OperationState.AWAITING: self._offer_waiting,
            OperationState.CONFIRMED: self._offer_unproved,
        }
        offer = offers.get(operation.state)
        if offer is not None:
            offer(operation, ca_work)
            self._show_asking(ca_work, now)

    def _offer(self, icon: str, tone: Tone, words: str, *asks: CaAsk) -> None:
        """A line with its buttons; the last one stands out, on a quiet line none does."""
        quiet = tone is Tone.QUIET
        roles = ["link" if quiet else "accent" if ask is asks[-1] else "" for ask in asks]
        buttons = [self._button(ask, role) for ask, role in zip(asks, roles, strict=True)]
        self.add_offer(glyph(icon, tone), words, *buttons)

    def _button(self, ask: CaAsk, role: str) -> HintButton:
        button = HintButton(_(ASK_WORDS[ask]).format(ca=self._ca), role=role)
        button.setObjectName(f"ca-{ask}")
        button.clicked.connect(self._on_asked)
        return button

    def _offer_unsettled(self, operation: OperationView, ca_work: CaWork) -> None:
        words = _("Jangan diulang. Tanyakan dahulu kepada CA apakah permintaan sudah dilaksanakan.")
        self._offer("circle-alert", Tone.BAD, words, CaAsk.SETTLE)
        if not ca_work.searches:
            self._offer_by_hand(operation)

    def _offer_waiting(self, operation: OperationView, ca_work: CaWork) -> None:
        """Waiting for an approval or for a person in the portal; in practice one may play the CA."""
        if ca_work.by_hand:
            revoking = operation.kind is OperationKind.REVOKE
            words = _("Dibuktikan dari daftar pencabutan {ca}.").format(ca=self._ca)
            brought = _("Sertifikat yang dimasukkan diperiksa.")
            following = CaAsk.SETTLE if revoking else CaAsk.BRING_NEW
            self._offer("clock", Tone.WARN, words if revoking else brought, CaAsk.STEPS, following)
            self._offer("circle-x", Tone.QUIET, _("Tidak jadi, atau ditolak di portal?"), CaAsk.NOT_DONE)
            return
        self._offer("clock", Tone.WARN, _("Permintaan menunggu persetujuan CA."), CaAsk.SETTLE)
        if not ca_work.searches:
            self._offer_by_hand(operation)
        if self._training:
            self._offer("user", Tone.QUIET, _("Pelatihan: jawab sebagai CA."), CaAsk.DECLINE, CaAsk.APPROVE)

    def _offer_by_hand(self, operation: OperationView) -> None:
        """Where the CA cannot be searched a person brings what it says."""
        asks = (CaAsk.NOT_DONE,) if operation.kind is OperationKind.REVOKE else (CaAsk.NOT_DONE, CaAsk.BRING_NEW)
        self._offer("user", Tone.QUIET, _("Jawaban CA diketahui dengan cara lain?"), *asks)

    def _offer_unproved(self, operation: OperationView, _ca_work: CaWork) -> None:
        words = _("Belum terbukti")
        revoking = operation.kind is OperationKind.REVOKE
        asks = (CaAsk.ACCEPT_RECORD, CaAsk.SETTLE) if revoking else (CaAsk.SETTLE,)
        self._offer("circle-alert", Tone.WARN, words, *asks)

    def _show_asking(self, ca_work: CaWork, now: datetime) -> None:
        """When the program asks by itself, and how to stop that."""
        if not ca_work.asked_by_itself:
            return
        if ca_work.asks_at is None:
            self._offer("clock", Tone.QUIET, _("Tidak ditanyakan otomatis."), CaAsk.ASK_AGAIN)
            return
        when = self._times.moment(ca_work.asks_at, now)
        words = _("Ditanyakan lagi otomatis {when}.").format(when=when)
        if ca_work.trouble:
            self.add_offer(glyph("circle-alert", Tone.WARN), again(ca_work.trouble))
        self._offer("clock", Tone.QUIET, words, CaAsk.STOP_ASKING)

    @Slot()
    def _on_asked(self) -> None:
        self.asked.emit(self.sender().objectName().removeprefix("ca-"))


def operation_facts(operation: OperationView, when: str) -> list[Fact]:
    """What was asked, how it stands since `when`, and what the CA's own service said of the holder (shown, never
    a proof)."""
    proved = Tone.OK if operation.state is OperationState.PROVED else Tone.QUIET
    chip = (_(OPERATION_LABELS[operation.state]), OPERATION_TONES.get(operation.state) or proved)
    shown = [Fact("", _(OPERATION_KINDS[operation.kind]), bold=True, note=when, chip=chip)]
    if operation.words:
        shown.append(Fact("", again(operation.words), Tone.QUIET))
    before, after = operation.holder_before, operation.holder_after
    told = ((_("Status sebelumnya"), before), (_("Status sesudahnya"), after))
    return shown + [Fact(name, words) for name, words in told if words]
