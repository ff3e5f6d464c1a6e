"""Which telephone call confirms a request, and why another one does not."""

from datetime import tzinfo
from enum import StrEnum

from lockdesk.core.confirmation import CallResult
from lockdesk.core.identity import normal_phone
from lockdesk.desk.values.cases import CallForm, CaseView
from lockdesk.words import N_


class CallFault(StrEnum):
    """Why a call confirms nothing; the first of these that holds."""

    NONE = ""
    INCOMING = "incoming"
    NO_NUMBER_KNOWN = "no_number_known"
    OTHER_NUMBER = "other_number"
    TOO_NEW = "too_new"
    NOBODY_REACHED = "nobody_reached"
    DENIED = "denied"
    UNANSWERED = "unanswered"


CALL_FAULTS: dict[CallFault, str] = {
    CallFault.INCOMING: N_("Panggilan masuk hanya dicatat. Siapa pun dapat mengaku sebagai pemohon."),
    CallFault.NO_NUMBER_KNOWN: N_("Data kepegawaian belum memuat nomor telepon pemohon."),
    CallFault.OTHER_NUMBER: N_("Nomor ini bukan nomor pada data kepegawaian."),
    CallFault.TOO_NEW: N_("Nomor ini baru dicatat setelah permohonan diterima."),
    CallFault.DENIED: N_("Permohonan disangkal: diduga ada yang menyamar. Kasus tidak dapat dinyatakan sesuai."),
    CallFault.UNANSWERED: N_("Panggilan tidak diangkat; dicatat sebagai percobaan."),
    CallFault.NOBODY_REACHED: N_("Belum disebutkan siapa yang diajak bicara."),
}


_UNCONFIRMED = {CallResult.DENIED: CallFault.DENIED, CallResult.UNANSWERED: CallFault.UNANSWERED}


def call_fault(case: CaseView, form: CallForm, zone: tzinfo) -> CallFault:
    """Only an outgoing call to a register number that predates the request, in which it was confirmed, counts.

    A number counts as older when its source bears an earlier day (in the office's `zone`) than the request and it
    was entered before the request came: a number that came with the request could be the impostor's.
    """
    if form.result is not CallResult.CONFIRMED:
        return _UNCONFIRMED[form.result]
    if not form.outgoing:
        return CallFault.INCOMING
    known = case.register.fields.get("phone") if case.register is not None else None
    if known is None or not normal_phone(known.text):
        return CallFault.NO_NUMBER_KNOWN
    if normal_phone(known.text) != normal_phone(form.number):
        return CallFault.OTHER_NUMBER
    entered_later = known.entered_at is not None and known.entered_at > case.received_at
    if entered_later or known.recorded_on >= case.received_at.astimezone(zone).date():
        return CallFault.TOO_NEW
    return CallFault.NONE if form.reached.strip() else CallFault.NOBODY_REACHED
