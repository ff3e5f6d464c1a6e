"""Complaints, suggestions and questions: channels, classes, life cycle, limits.

Source: standard of service, component 6; the limits in working days are data (DOMAIN section 5).
A complaint is never deleted; a resolved one can be reopened.
"""

from datetime import date, datetime
from enum import StrEnum

from lockdesk.errors import Declined
from lockdesk.records import dataclass
from lockdesk.words import N_, _


class ComplaintState(StrEnum):
    RECEIVED = "received"
    HANDLED_BY_OFFICER = "handled_by_officer"
    AWAITING_COMPLAINANT = "awaiting_complainant"
    """A reply was given that the complainant has to answer."""
    ESCALATED = "escalated"
    HANDLED_BY_OFFICIAL = "handled_by_official"
    RESOLVED = "resolved"


class ComplaintStep(StrEnum):
    VERIFY = "verify"
    """It is complete and ours to handle."""
    RESPOND = "respond"
    ASK = "ask"
    """A reply that waits for the complainant's."""
    COMPLAINANT_REPLIES = "complainant_replies"
    CLOSE_UNANSWERED = "close_unanswered"
    """Taken by the program alone."""
    ESCALATE = "escalate"
    TAKE_BACK = "take_back"
    """The official was not needed after all; the officer goes on."""
    OFFICIAL_RESPONDS = "official_responds"
    RESOLVE = "resolve"
    REOPEN = "reopen"


class Channel(StrEnum):
    COUNTER = "counter"
    TELEPHONE = "telephone"
    EMAIL = "email"
    WEBSITE = "website"
    TWITTER = "twitter"
    INSTAGRAM = "instagram"
    COMPLAINTS_OFFICER = "complaints_officer"
    SP4N_LAPOR = "sp4n_lapor"


class ComplaintKind(StrEnum):
    COMPLAINT = "complaint"
    SUGGESTION = "suggestion"
    FEEDBACK = "feedback"
    INFORMATION = "information"


class ComplaintClass(StrEnum):
    """The class sets the limit."""

    INFORMATION = "information"
    ORDINARY = "ordinary"
    SUPERVISORY = "supervisory"


class LimitKind(StrEnum):
    """What has to be done by when."""

    VERIFY = "verify"
    RESPOND = "respond"
    RESOLVE = "resolve"
    CLOSE = "close"
    """No promise of the office's: until then the complainant may answer."""


@dataclass(frozen=True, slots=True)
class ComplaintLimit:
    """A limit: the last day, and when it was met (None: not yet)."""

    kind: LimitKind
    on: date
    met_at: datetime | None = None


class Satisfaction(StrEnum):
    """What the person who complained says of the resolution."""

    UNKNOWN = "unknown"
    SATISFIED = "satisfied"
    DISSATISFIED = "dissatisfied"


LIMIT_KEYS = {
    ComplaintClass.INFORMATION: "informasi",
    ComplaintClass.ORDINARY: "biasa",
    ComplaintClass.SUPERVISORY: "pengawasan",
}
"""What the office profile calls the limit of a class, in working days."""
ANSWERS = frozenset({
    ComplaintStep.RESPOND, ComplaintStep.ASK, ComplaintStep.OFFICIAL_RESPONDS, ComplaintStep.RESOLVE,
})  # fmt: skip
"""Steps of which the person who complained is told, with their text."""

_S, _T = ComplaintState, ComplaintStep

COMPLAINT_RULES: dict[tuple[ComplaintState, ComplaintStep], tuple[ComplaintState, str]] = {
    (_S.RECEIVED, _T.VERIFY): (_S.HANDLED_BY_OFFICER, "complaint.verified"),
    (_S.RECEIVED, _T.ASK): (_S.AWAITING_COMPLAINANT, "complaint.asked"),
    (_S.RECEIVED, _T.RESPOND): (_S.HANDLED_BY_OFFICER, "complaint.responded"),
    (_S.RECEIVED, _T.ESCALATE): (_S.ESCALATED, "complaint.escalated"),
    (_S.RECEIVED, _T.RESOLVE): (_S.RESOLVED, "complaint.resolved"),
    (_S.HANDLED_BY_OFFICER, _T.RESPOND): (_S.HANDLED_BY_OFFICER, "complaint.responded"),
    (_S.HANDLED_BY_OFFICER, _T.ASK): (_S.AWAITING_COMPLAINANT, "complaint.asked"),
    (_S.HANDLED_BY_OFFICER, _T.ESCALATE): (_S.ESCALATED, "complaint.escalated"),
    (_S.HANDLED_BY_OFFICER, _T.RESOLVE): (_S.RESOLVED, "complaint.resolved"),
    (_S.AWAITING_COMPLAINANT, _T.COMPLAINANT_REPLIES): (_S.HANDLED_BY_OFFICER, "complaint.replied"),
    (_S.AWAITING_COMPLAINANT, _T.ASK): (_S.AWAITING_COMPLAINANT, "complaint.asked"),
    (_S.AWAITING_COMPLAINANT, _T.ESCALATE): (_S.ESCALATED, "complaint.escalated"),
    (_S.AWAITING_COMPLAINANT, _T.RESOLVE): (_S.RESOLVED, "complaint.resolved"),
    (_S.AWAITING_COMPLAINANT, _T.CLOSE_UNANSWERED): (_S.RESOLVED, "complaint.closed_unanswered"),
    (_S.ESCALATED, _T.OFFICIAL_RESPONDS): (_S.HANDLED_BY_OFFICIAL, "complaint.official_responded"),
    (_S.ESCALATED, _T.TAKE_BACK): (_S.HANDLED_BY_OFFICER, "complaint.taken_back"),
    (_S.HANDLED_BY_OFFICIAL, _T.OFFICIAL_RESPONDS): (
        _S.HANDLED_BY_OFFICIAL,
        "complaint.official_responded",
    ),
    (_S.HANDLED_BY_OFFICIAL, _T.ASK): (_S.AWAITING_COMPLAINANT, "complaint.asked"),
    (_S.HANDLED_BY_OFFICIAL, _T.RESOLVE): (_S.RESOLVED, "complaint.resolved"),
    (_S.RESOLVED, _T.REOPEN): (_S.HANDLED_BY_OFFICER, "complaint.reopened"),
}

COMPLAINT_STATE_LABELS: dict[ComplaintState, str] = {
    _S.RECEIVED: N_("Diterima"),
    _S.HANDLED_BY_OFFICER: N_("Ditangani petugas"),
    _S.AWAITING_COMPLAINANT: N_("Menunggu pengadu"),
    _S.ESCALATED: N_("Diteruskan ke pejabat"),
    _S.HANDLED_BY_OFFICIAL: N_("Ditangani pejabat"),
    _S.RESOLVED: N_("Selesai"),
}
CHANNEL_LABELS: dict[Channel, str] = {
    Channel.COUNTER: N_("Loket"),
    Channel.TELEPHONE: N_("Telepon"),
    Channel.EMAIL: N_("E-mail"),
    Channel.WEBSITE: N_("Situs web"),
    Channel.TWITTER: "Twitter/X",
    Channel.INSTAGRAM: "Instagram",
    Channel.COMPLAINTS_OFFICER: N_("Pejabat pengaduan"),
    Channel.SP4N_LAPOR: "SP4N-LAPOR!",
}
KIND_LABELS: dict[ComplaintKind, str] = {
    ComplaintKind.COMPLAINT: N_("jenis\x04Pengaduan"),
    ComplaintKind.SUGGESTION: N_("Saran"),
    ComplaintKind.FEEDBACK: N_("Masukan"),
    ComplaintKind.INFORMATION: N_("Permintaan informasi"),
}
CLASS_LABELS: dict[ComplaintClass, str] = {
    ComplaintClass.INFORMATION: N_("Informasi atau aspirasi"),
    ComplaintClass.ORDINARY: N_("Tidak berkadar pengawasan"),
    ComplaintClass.SUPERVISORY: N_("Berkadar pengawasan"),
}
LIMIT_LABELS: dict[LimitKind, str] = {
    LimitKind.VERIFY: N_("Batas verifikasi"),
    LimitKind.RESPOND: N_("Batas tanggapan pertama"),
    LimitKind.RESOLVE: N_("Batas penyelesaian"),
    LimitKind.CLOSE: N_("Ditutup bila tidak dibalas sampai"),
}
SATISFACTION_LABELS: dict[Satisfaction, str] = {
    Satisfaction.SATISFIED: N_("Puas"),
    Satisfaction.DISSATISFIED: N_("Tidak puas"),
    Satisfaction.UNKNOWN: N_("Belum diketahui"),
}


def complaint_steps_from(state: ComplaintState) -> frozenset[ComplaintStep]:
    """Every step allowed in `state`."""
    return frozenset(step for origin, step in COMPLAINT_RULES if origin is state)


def complaint_rule(state: ComplaintState, step: ComplaintStep) -> tuple[ComplaintState, str]:
    """Where `step` leads and what the journal calls it; raises Declined when there is no such row."""
    rule = COMPLAINT_RULES.get((state, step))
    if rule is None:
        raise Declined(
            _("Langkah ini tidak dapat dilakukan pada pengaduan berstatus {state}.").format(
                state=_(COMPLAINT_STATE_LABELS[state])
            ),
            _("Muat ulang pengaduan dan ikuti urutan penanganan."),
            detail=f"{state} + {step}",
            code="complaint.step_not_allowed",
        )
    return rule
