"""Operations at the certificate authority: what cannot be taken back, as its own table.

intended → awaiting | unsettled | refused | confirmed → proved. *Intended* is stored before anything is sent, so
from then on the request may have reached the CA. The case moves only when its
operation is proved, by the CA's signed CRL or OCSP answer or by the certificate itself.
"""

from enum import IntEnum, StrEnum

from lockdesk.errors import Declined
from lockdesk.words import N_, _


class OperationKind(StrEnum):
    REVOKE = "revoke"
    REISSUE = "reissue"


class OperationState(StrEnum):
    INTENDED = "intended"
    AWAITING = "awaiting"
    UNSETTLED = "unsettled"
    REFUSED = "refused"
    CONFIRMED = "confirmed"
    PROVED = "proved"


class OperationEvent(StrEnum):
    """What is learnt about an operation."""

    ANSWERED_DONE = "answered_done"
    ANSWERED_WAITING = "answered_waiting"
    ANSWERED_NO = "answered_no"
    NEVER_LEFT = "never_left"
    ANSWER_LOST = "answer_lost"
    FOUND_DONE = "found_done"
    FOUND_NOT_DONE = "found_not_done"
    PROOF = "proof"


class RevocationReason(IntEnum):
    """RFC 5280 section 5.3.1 CRLReason values that this service may send."""

    UNSPECIFIED = 0
    KEY_COMPROMISE = 1
    SUPERSEDED = 4
    CESSATION_OF_OPERATION = 5


REASON_NAMES = {
    RevocationReason.UNSPECIFIED: "unspecified",
    RevocationReason.KEY_COMPROMISE: "keyCompromise",
    RevocationReason.SUPERSEDED: "superseded",
    RevocationReason.CESSATION_OF_OPERATION: "cessationOfOperation",
}
REASON_CODES = {name: reason for reason, name in REASON_NAMES.items()}

_S, _E = OperationState, OperationEvent

TRANSITIONS: dict[tuple[OperationState, OperationEvent], OperationState] = {
    (_S.INTENDED, _E.ANSWERED_DONE): _S.CONFIRMED,
    (_S.INTENDED, _E.ANSWERED_WAITING): _S.AWAITING,
    (_S.INTENDED, _E.ANSWERED_NO): _S.REFUSED,
    (_S.INTENDED, _E.NEVER_LEFT): _S.REFUSED,
    (_S.INTENDED, _E.ANSWER_LOST): _S.UNSETTLED,
    (_S.AWAITING, _E.FOUND_DONE): _S.CONFIRMED,
    (_S.AWAITING, _E.ANSWERED_NO): _S.REFUSED,
    (_S.UNSETTLED, _E.FOUND_DONE): _S.CONFIRMED,
    (_S.UNSETTLED, _E.FOUND_NOT_DONE): _S.REFUSED,
    (_S.UNSETTLED, _E.ANSWERED_WAITING): _S.AWAITING,
    (_S.CONFIRMED, _E.PROOF): _S.PROVED,
    # The CA answered with something else than was asked for; asked again, it has the right one, or has none.
    (_S.CONFIRMED, _E.FOUND_DONE): _S.CONFIRMED,
    (_S.CONFIRMED, _E.FOUND_NOT_DONE): _S.REFUSED,
}

OPEN_STATES = frozenset({_S.INTENDED, _S.AWAITING, _S.UNSETTLED, _S.CONFIRMED})

POLLED_STATES = frozenset({_S.AWAITING, _S.CONFIRMED})
"""What the program asks after by itself: an approval, a person in a portal, a proof that is not there yet."""

OPERATION_LABELS: dict[OperationState, str] = {
    _S.INTENDED: N_("Dikirim ke CA"),
    _S.AWAITING: N_("Menunggu CA"),
    _S.UNSETTLED: N_("Hasil belum pasti"),
    _S.REFUSED: N_("Tidak dilakukan CA"),
    _S.CONFIRMED: N_("Dijawab CA, belum terbukti"),
    _S.PROVED: N_("Terbukti"),
}


def after(state: OperationState, event: OperationEvent) -> OperationState:
    """The state after `event`; raises Declined when the table has no such row."""
    following = TRANSITIONS.get((state, event))
    if following is None:
        raise Declined(
            _("Operasi ke CA berstatus {state} dan tidak dapat dilanjutkan dengan cara ini.").format(
                state=_(OPERATION_LABELS[state])
            ),
            _("Periksa status ke CA."),
            detail=f"{state} + {event}",
            code="operation.step_not_allowed",
        )
    return following
