"""The life cycle of a case, as one table.

Source: standard of service, component 2 (procedure) and 3 (duration); DOMAIN "routes".
Every button's enabled state is `step in steps_from(state)`; nothing else decides it.
"""

from enum import StrEnum

from lockdesk.errors import Declined
from lockdesk.records import dataclass
from lockdesk.words import N_, _


class CaseState(StrEnum):
    """Where a case stands. The value is what the database and the journal hold."""

    DRAFT = "draft"
    RECEIVED = "received"
    UNDER_REVIEW = "under_review"
    AWAITING_APPLICANT = "awaiting_applicant"
    VERIFIED = "verified"
    REJECTED = "rejected"
    RESOLVED_OTHERWISE = "resolved_otherwise"
    WITHDRAWN = "withdrawn"
    REVOKED = "revoked"
    AWAITING_NEW_CSR = "awaiting_new_csr"
    REVIEWING_NEW_CSR = "reviewing_new_csr"
    ISSUED = "issued"
    AWAITING_SIGNATURE = "awaiting_signature"
    NOTIFIED = "notified"
    COMPLETED = "completed"


class CaseStep(StrEnum):
    """What may happen to a case."""

    REGISTER = "register"
    START_REVIEW = "start_review"
    ASK_APPLICANT = "ask_applicant"
    APPLICANT_ANSWERED = "applicant_answered"
    ACCEPT = "accept"
    RECHECK = "recheck"
    REOPEN = "reopen"
    REJECT = "reject"
    RESOLVE_OTHERWISE = "resolve_otherwise"
    WITHDRAW = "withdraw"
    PROVE_REVOKED = "prove_revoked"
    CSR_REFUSED = "csr_refused"
    NEW_CSR = "new_csr"
    ACCEPT_NEW_CSR = "accept_new_csr"
    PROVE_ISSUED = "prove_issued"
    SEND_RESET = "send_reset"
    PROVE_RESET = "prove_reset"
    NOTIFY = "notify"
    NOTIFY_REVOKED_ONLY = "notify_revoked_only"
    COMPLETE = "complete"
    BOUNCE = "bounce"
    BOUNCE_REVOKED_ONLY = "bounce_revoked_only"


class Actor(StrEnum):
    """Who performs a step."""

    APPLICANT = "applicant"
    OFFICER = "officer"
    CA = "ca"


class ClockEffect(StrEnum):
    """What entering the new state does to the service clock."""

    RUN = "run"
    PAUSE = "pause"
    STOP = "stop"


class Route(StrEnum):
    """How a case is to be handled."""

    REVOKE_AND_REISSUE = "revoke_and_reissue"
    REVOKE_ONLY = "revoke_only"
    VERIFIER_RESET = "verifier_reset"
    """The office's verifikator has the CA's portal mail a reset link to the applicant; the certificate stays."""
    SELF_SERVICE_RESET = "self_service_reset"
    NOT_A_LOST_PASSPHRASE = "not_a_lost_passphrase"


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the life cycle: where a step leads, who takes it, what it does and records."""

    to: CaseState
    actor: Actor
    clock: ClockEffect
    journal: str
    notice: str = ""


_S, _T, _A, _C = CaseState, CaseStep, Actor, ClockEffect

RULES: dict[tuple[CaseState, CaseStep], Rule] = (
    {
        (_S.DRAFT, _T.REGISTER): Rule(_S.RECEIVED, _A.APPLICANT, _C.RUN, "case.received", "received"),
        (_S.RECEIVED, _T.START_REVIEW): Rule(_S.UNDER_REVIEW, _A.OFFICER, _C.RUN, "case.review_started"),
        (_S.UNDER_REVIEW, _T.ASK_APPLICANT): Rule(
            _S.AWAITING_APPLICANT, _A.OFFICER, _C.PAUSE, "case.applicant_asked", "incomplete"
        ),
        (_S.AWAITING_APPLICANT, _T.APPLICANT_ANSWERED): Rule(
            _S.UNDER_REVIEW, _A.APPLICANT, _C.RUN, "case.applicant_answered"
        ),
        (_S.UNDER_REVIEW, _T.ACCEPT): Rule(_S.VERIFIED, _A.OFFICER, _C.RUN, "case.accepted"),
        (_S.UNDER_REVIEW, _T.REJECT): Rule(_S.REJECTED, _A.OFFICER, _C.STOP, "case.rejected", "rejected"),
        (_S.UNDER_REVIEW, _T.RESOLVE_OTHERWISE): Rule(
            _S.RESOLVED_OTHERWISE, _A.OFFICER, _C.STOP, "case.resolved_otherwise", "resolved_otherwise"
        ),
        (_S.VERIFIED, _T.RECHECK): Rule(_S.UNDER_REVIEW, _A.OFFICER, _C.RUN, "case.recheck"),
        (_S.VERIFIED, _T.SEND_RESET): Rule(
            _S.AWAITING_SIGNATURE, _A.OFFICER, _C.PAUSE, "case.reset_sent", "reset_sent"
        ),
        (_S.AWAITING_SIGNATURE, _T.SEND_RESET): Rule(
            _S.AWAITING_SIGNATURE, _A.OFFICER, _C.PAUSE, "case.reset_sent", "reset_sent"
        ),
        (_S.AWAITING_SIGNATURE, _T.RECHECK): Rule(_S.UNDER_REVIEW, _A.OFFICER, _C.RUN, "case.recheck"),
        (_S.AWAITING_SIGNATURE, _T.PROVE_RESET): Rule(_S.NOTIFIED, _A.APPLICANT, _C.RUN, "case.reset_proved"),
        (_S.VERIFIED, _T.PROVE_REVOKED): Rule(_S.REVOKED, _A.CA, _C.RUN, "case.revoked", "revoked"),
        (_S.REVOKED, _T.CSR_REFUSED): Rule(_S.AWAITING_NEW_CSR, _A.CA, _C.PAUSE, "case.csr_refused", "new_csr_needed"),
        (_S.AWAITING_NEW_CSR, _T.NEW_CSR): Rule(_S.REVIEWING_NEW_CSR, _A.APPLICANT, _C.RUN, "case.new_csr"),
        (_S.REVIEWING_NEW_CSR, _T.ACCEPT_NEW_CSR): Rule(_S.REVOKED, _A.OFFICER, _C.RUN, "case.new_csr_accepted"),
        (_S.REVIEWING_NEW_CSR, _T.CSR_REFUSED): Rule(
            _S.AWAITING_NEW_CSR, _A.OFFICER, _C.PAUSE, "case.csr_refused", "new_csr_needed"
        ),
        (_S.REVOKED, _T.RECHECK): Rule(_S.REVIEWING_NEW_CSR, _A.OFFICER, _C.RUN, "case.recheck"),
        (_S.REVOKED, _T.PROVE_ISSUED): Rule(_S.ISSUED, _A.CA, _C.RUN, "case.issued", "issued"),
        (_S.REVOKED, _T.NOTIFY_REVOKED_ONLY): Rule(_S.NOTIFIED, _A.OFFICER, _C.RUN, "case.notified"),
        (_S.ISSUED, _T.NOTIFY): Rule(_S.NOTIFIED, _A.OFFICER, _C.RUN, "case.notified"),
        (_S.NOTIFIED, _T.COMPLETE): Rule(_S.COMPLETED, _A.OFFICER, _C.STOP, "case.completed", "completed"),
    }
    | {
        (state, _T.WITHDRAW): Rule(_S.WITHDRAWN, _A.APPLICANT, _C.STOP, "case.withdrawn")
        for state in (_S.RECEIVED, _S.UNDER_REVIEW, _S.AWAITING_APPLICANT, _S.VERIFIED, _S.AWAITING_SIGNATURE)
    }
    | {
        (state, _T.REOPEN): Rule(_S.UNDER_REVIEW, _A.OFFICER, _C.RUN, "case.reopened")
        for state in (_S.REJECTED, _S.RESOLVED_OTHERWISE, _S.WITHDRAWN)
    }
    | {
        (state, step): Rule(to, _A.APPLICANT, _C.RUN, "case.notice_bounced")
        for state in (_S.NOTIFIED, _S.COMPLETED)
        for step, to in ((_T.BOUNCE, _S.ISSUED), (_T.BOUNCE_REVOKED_ONLY, _S.REVOKED))
    }
)
ASKED_IN: dict[CaseState, frozenset[str]] = {
    _S.AWAITING_APPLICANT: frozenset({"incomplete"}),
    _S.AWAITING_NEW_CSR: frozenset({"new_csr_needed"}),
    _S.AWAITING_SIGNATURE: frozenset({"reset_sent"}),
    _S.VERIFIED: frozenset({"portal_revoke"}),
    _S.REVOKED: frozenset({"portal_reissue", "portal_reissue_without_csr"}),
}
"""The notices that ask for something while a case is in a state; with the next step there is no asking any more."""
BOUNCES = frozenset({_T.BOUNCE, _T.BOUNCE_REVOKED_ONLY})
"""What takes *notified* back: the message of which the server's acceptance was the proof never arrived."""

_R = Route
ROUTES_OF_STEP: dict[CaseStep, frozenset[Route]] = {
    _T.PROVE_REVOKED: frozenset({_R.REVOKE_AND_REISSUE, _R.REVOKE_ONLY}),
    _T.PROVE_ISSUED: frozenset({_R.REVOKE_AND_REISSUE}),
    _T.NOTIFY: frozenset({_R.REVOKE_AND_REISSUE}),
    _T.NOTIFY_REVOKED_ONLY: frozenset({_R.REVOKE_ONLY}),
    _T.SEND_RESET: frozenset({_R.VERIFIER_RESET}),
    _T.PROVE_RESET: frozenset({_R.VERIFIER_RESET}),
}
"""Steps that only some routes have; every other step belongs to all of them."""
CHOOSABLE_ROUTES = (_R.REVOKE_AND_REISSUE, _R.REVOKE_ONLY, _R.VERIFIER_RESET)
"""How a case may go on; the other routes end it."""

FINAL_STATES = frozenset({_S.REJECTED, _S.RESOLVED_OTHERWISE, _S.WITHDRAWN, _S.COMPLETED})

STATE_LABELS: dict[CaseState, str] = {
    _S.DRAFT: N_("Konsep"),
    _S.RECEIVED: N_("Diterima"),
    _S.UNDER_REVIEW: N_("Diperiksa"),
    _S.AWAITING_APPLICANT: N_("Menunggu pemohon"),
    _S.VERIFIED: N_("Sesuai"),
    _S.REJECTED: N_("Ditolak"),
    _S.RESOLVED_OTHERWISE: N_("Selesai tanpa pencabutan"),
    _S.WITHDRAWN: N_("Ditarik kembali"),
    _S.REVOKED: N_("Dicabut"),
    _S.AWAITING_NEW_CSR: N_("Menunggu pemohon"),
    _S.REVIEWING_NEW_CSR: N_("Diperiksa"),
    _S.ISSUED: N_("Diterbitkan"),
    _S.AWAITING_SIGNATURE: N_("Menunggu pemohon"),
    _S.NOTIFIED: N_("Diberitahukan"),
    _S.COMPLETED: N_("Selesai"),
}
STATE_NAMES: dict[CaseState, str] = {
    **STATE_LABELS,
    _S.AWAITING_NEW_CSR: N_("Menunggu CSR baru"),
    _S.REVIEWING_NEW_CSR: N_("CSR baru diperiksa"),
    _S.AWAITING_SIGNATURE: N_("Menunggu reset passphrase"),
}
"""Where states are chosen from, none is called as another one is."""

ROUTE_LABELS: dict[Route, str] = {
    Route.REVOKE_AND_REISSUE: N_("Pencabutan dan penerbitan ulang"),
    Route.REVOKE_ONLY: N_("Pencabutan saja"),
    Route.VERIFIER_RESET: N_("Reset passphrase oleh verifikator"),
    Route.SELF_SERVICE_RESET: N_("Diselesaikan sendiri di portal"),
    Route.NOT_A_LOST_PASSPHRASE: N_("Bukan lupa passphrase"),
}


def steps_from(state: CaseState, route: Route | None = None) -> frozenset[CaseStep]:
    """Every step the life cycle allows in `state`, on any route or on the one given."""
    return frozenset(step for origin, step in RULES if origin is state and (route is None or on_route(route, step)))


def on_route(route: Route, step: CaseStep) -> bool:
    """Whether a case that is handled so ever takes this step."""
    return step not in ROUTES_OF_STEP or route in ROUTES_OF_STEP[step]


def require_on_route(route: Route, step: CaseStep) -> None:
    """Raises Declined when a case that is handled so never takes this step."""
    if not on_route(route, step):
        raise Declined(
            _("Langkah ini tidak ada pada cara penanganan “{route}”.").format(route=_(ROUTE_LABELS[route])),
            _("Ubah cara penanganan selama kasus masih diperiksa."),
            detail=f"{route} + {step}",
            code="case.step_not_on_route",
        )


def rule_for(state: CaseState, step: CaseStep) -> Rule:
    """The rule for taking `step` in `state`.

    Raises Declined when the life cycle has no such row.
    """
    rule = RULES.get((state, step))
    if rule is None:
        raise Declined(
            _("Langkah ini tidak dapat dilakukan pada kasus berstatus {state}.").format(state=_(STATE_LABELS[state])),
            _("Muat ulang kasus dan ikuti urutan prosedur."),
            detail=f"{state} + {step}",
            code="case.step_not_allowed",
        )
    return rule
