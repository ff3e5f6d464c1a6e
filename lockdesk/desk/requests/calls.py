"""Which telephone call confirms a request, why another one does not, and what is kept of a call."""

from dataclasses import replace
from datetime import datetime, tzinfo
from enum import StrEnum

from lockdesk.core.confirmation import CallResult, SightedDocument, StandIn
from lockdesk.core.identity import normal_phone
from lockdesk.core.journal import Fact, JournalNote
from lockdesk.desk.values.cases import CallForm, CallRecord, CaseView
from lockdesk.desk.values.people import Applicant, RegisterEntry, SourcedText
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
    NOBODY_CHOSEN = "nobody_chosen"
    NO_POSITION = "no_position"
    NO_REASON = "no_reason"
    NOT_IN_PERSON = "not_in_person"
    UNKNOWN_PERSON = "unknown_person"
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
    CallFault.NOBODY_CHOSEN: N_("Pilih atasan atau pejabat kepegawaian dari data kepegawaian."),
    CallFault.NO_POSITION: N_("Jabatan orang yang dihubungi belum tercatat dalam data kepegawaian."),
    CallFault.NO_REASON: N_("Catatan belum menyebut mengapa nomor pemohon sendiri tidak dipakai."),
    CallFault.NOT_IN_PERSON: N_("Profil kantor tidak mengizinkan pengenalan langsung sebagai ganti telepon."),
    CallFault.UNKNOWN_PERSON: N_("Pemohon belum ada dalam data kepegawaian, sehingga tidak ada yang dapat dicocokkan."),
    CallFault.NOTHING_NAMED: N_("Pemohon mempunyai beberapa sertifikat dan belum menyebut salah satunya."),
}


_UNCONFIRMED = {CallResult.DENIED: CallFault.DENIED, CallResult.UNANSWERED: CallFault.UNANSWERED}


STAND_INS: dict[StandIn, str] = {
    StandIn.SUPERIOR: N_("atasan langsung"),
    StandIn.PERSONNEL: N_("pejabat kepegawaian"),
}


DOCUMENTS: dict[SightedDocument, str] = {
    SightedDocument.ID_CARD: N_("KTP"),
    SightedDocument.STAFF_CARD: N_("kartu pegawai"),
    SightedDocument.LICENCE: N_("SIM"),
    SightedDocument.PASSPORT: N_("paspor"),
}


def call_fault(
    case: CaseView, form: CallForm, zone: tzinfo, other: RegisterEntry | None = None, in_person: bool = False
) -> CallFault:
    """Only an outgoing call to a register number that predates the request, in which it was confirmed, counts: the
    applicant's, or with a reason that of `other`, a superior or personnel officer with a known position. Where the
    office allows it (`in_person`), an applicant whom the register knows and who is present is identified instead."""
    if form.result is not CallResult.CONFIRMED:
        return _UNCONFIRMED[form.result]
    fault = _call_fault(case, form, zone, other) if form.sighted is None else _present_fault(case, in_person)
    return fault if fault is not CallFault.NONE else _unsaid(case, form)


def _present_fault(case: CaseView, in_person: bool) -> CallFault:
    """Why somebody who is present is not identified."""
    if not in_person:
        return CallFault.NOT_IN_PERSON
    return CallFault.UNKNOWN_PERSON if case.register is None else CallFault.NONE


def _call_fault(case: CaseView, form: CallForm, zone: tzinfo, other: RegisterEntry | None) -> CallFault:
    """Why a call was not one to an older number of the register."""
    if not form.outgoing:
        return CallFault.INCOMING
    fault = CallFault.NONE if form.through is None else _stand_in_fault(case, form, other)
    if fault is not CallFault.NONE:
        return fault
    called = case.register if form.through is None else other
    known = called.fields.get("phone") if called is not None else None
    if known is None or not normal_phone(known.text):
        return CallFault.NO_NUMBER_KNOWN
    if normal_phone(known.text) != normal_phone(form.number):
        return CallFault.OTHER_NUMBER
    return CallFault.NONE if _is_older(known, case.received_at, zone) else CallFault.TOO_NEW


def _stand_in_fault(case: CaseView, form: CallForm, other: RegisterEntry | None) -> CallFault:
    """Why somebody cannot confirm for the applicant; the applicant is not his or her own superior."""
    own = case.register.id if case.register is not None else 0
    if other is None or other.id in {0, own} or other.retired_at is not None:
        return CallFault.NOBODY_CHOSEN
    if not other.text("position"):
        return CallFault.NO_POSITION
    return CallFault.NONE if form.note.strip() else CallFault.NO_REASON


def stand_in_words(entry: RegisterEntry) -> str:
    """Whom one spoke with: name and position, as the register has them."""
    return ", ".join(part for part in (entry.text("name"), entry.text("position")) if part)


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
        # Nobody else recognises an applicant's own request.
        csr=case.csr_to_name() if confirmed and form.csr_confirmed and form.through is None else None,
        certificate=form.certificate if confirmed else "",
        through=form.through,
        sighted=form.sighted,
    )


def call_note(call: CallRecord) -> JournalNote:
    """What the journal keeps of it: file names and numbers are a person's."""
    facts: dict[str, Fact] = {"outgoing": call.outgoing, "result": call.result.value, "counts": call.counts}
    personal = {"phone": call.number, "reached": call.reached}
    if call.sighted is not None:
        facts["sighted"] = call.sighted.value
    if call.through is not None:
        facts |= {"through": call.through.value, "sample": call.counts}
    if call.certificate:
        facts["serial"] = call.certificate
    if call.csr is not None:
        facts |= {"csr_sha256": call.csr.sha256, "csr": call.csr.tail}
        personal["file"] = call.csr.file
    return JournalNote("case.call_recorded", facts, personal)
