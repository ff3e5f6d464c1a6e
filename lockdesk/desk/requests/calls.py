"""Which telephone call confirms a request, why another one does not, and what is kept of a call."""

from dataclasses import replace
from datetime import datetime, tzinfo
from enum import StrEnum

from lockdesk.core.confirmation import CallResult
from lockdesk.core.identity import normal_phone
from lockdesk.core.journal import Fact, JournalNote
from lockdesk.desk.values.cases import CallForm, CallRecord, CaseView
from lockdesk.desk.values.people import Applicant, SourcedText
from lockdesk.words import N_


class CallFault(StrEnum):
    """Why a call confirms nothing; the first of these that holds."""

    NONE = ""
    INCOMING = "incoming"
    NO_NUMBER_KNOWN = "no_number_known"
    OTHER_NUMBER = "other_number"
    TOO_NEW = "too_new"
    NOBODY_REACHED = "nobody_reached"
    NOTHING_NAMED = "nothing_named"
    DENIED = "denied"
    UNANSWERED = "unanswered"


CALL_FAULTS: dict[CallFault, str] = {
    CallFault.INCOMING: N_("Panggilan masuk hanya dicatat. Siapa pun dapat mengaku sebagai pemohon."),
    CallFault.NO_NUMBER_KNOWN: N_("Data kepegawaian belum memuat nomor telepon pemohon."),
    CallFault.OTHER_NUMBER: N_("Nomor ini bukan nomor pada data kepegawaian."),
    CallFault.TOO_NEW: N_(
        "Nomor ini baru dicatat setelah permohonan diterima. Daftar seluruh pegawai yang bertanggal lebih awal "
        "dapat diimpor untuk memastikannya."
    ),
    CallFault.DENIED: N_("Permohonan disangkal: diduga ada yang menyamar. Kasus tidak dapat dinyatakan sesuai."),
    CallFault.UNANSWERED: N_("Panggilan tidak diangkat; dicatat sebagai percobaan."),
    CallFault.NOBODY_REACHED: N_("Belum disebutkan siapa yang diajak bicara."),
    CallFault.NOTHING_NAMED: N_("Pemohon mempunyai beberapa sertifikat dan belum menyebut salah satunya."),
}


_UNCONFIRMED = {CallResult.DENIED: CallFault.DENIED, CallResult.UNANSWERED: CallFault.UNANSWERED}


def call_fault(case: CaseView, form: CallForm, zone: tzinfo) -> CallFault:
    """Only an outgoing call to a register number that predates the request, in which it was confirmed, counts."""
    if form.result is not CallResult.CONFIRMED:
        return _UNCONFIRMED[form.result]
    if not form.outgoing:
        return CallFault.INCOMING
    known = case.register.fields.get("phone") if case.register is not None else None
    if known is None or not normal_phone(known.text):
        return CallFault.NO_NUMBER_KNOWN
    if normal_phone(known.text) != normal_phone(form.number):
        return CallFault.OTHER_NUMBER
    return _unsaid(case, form) if _is_older(known, case.received_at, zone) else CallFault.TOO_NEW


def _is_older(number: SourcedText, received_at: datetime, zone: tzinfo) -> bool:
    """Whether a number cannot have come with the request: it could be the impostor's.

    Either it was in this program before the request came, or a list of the whole office has it, whose own day (in the
    office's `zone`) is earlier, whenever that list was imported: nobody makes such a list for one number. A single
    number entered later is never older, whatever day its source bears.
    """
    day = received_at.astimezone(zone).date()
    if number.listed_on is not None and number.listed_on < day:
        return True
    return number.recorded_on < day if number.entered_at is None else number.entered_at <= received_at


def _unsaid(case: CaseView, form: CallForm) -> CallFault:
    """What a call to the right number still must have brought."""
    if not form.reached.strip():
        return CallFault.NOBODY_REACHED
    choices = {item.serial for item in case.to_be_named()}
    return CallFault.NOTHING_NAMED if choices and form.certificate not in choices else CallFault.NONE


def as_named(case: CaseView, form: CallForm) -> Applicant:
    """The applicant with the certificate that he or she named in the call."""
    named = form.certificate in {item.serial for item in case.to_be_named()}
    return replace(case.applicant, serial=form.certificate) if named else case.applicant


def call_record(case: CaseView, form: CallForm, counts: bool, at: datetime) -> CallRecord:
    """The call as it is kept, about what `case` is now; who confirms nothing names nothing."""
    confirmed = form.result is CallResult.CONFIRMED
    return CallRecord(
        form.outgoing,
        form.number,
        form.reached,
        at,
        form.note,
        form.result,
        counts,
        case.basis,
        csr=case.csr_to_name() if confirmed and form.csr_confirmed else None,
        certificate=form.certificate if confirmed else "",
    )


def call_note(call: CallRecord) -> JournalNote:
    """What the journal keeps of it: file names and numbers are a person's."""
    facts: dict[str, Fact] = {"outgoing": call.outgoing, "result": call.result.value, "counts": call.counts}
    personal = {"phone": call.number, "reached": call.reached}
    if call.certificate:
        facts["serial"] = call.certificate
    if call.csr is not None:
        facts |= {"csr_sha256": call.csr.sha256, "csr": call.csr.tail}
        personal["file"] = call.csr.file
    return JournalNote("case.call_recorded", facts, personal)
