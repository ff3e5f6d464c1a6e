"""In which tone a case's state is told, in the list, in its head and where its end is told."""

from lockdesk.core.cases import CaseState
from lockdesk.ui.look.theme import Tone

STATE_TONES: dict[CaseState, Tone] = {
    CaseState.DRAFT: Tone.QUIET,
    CaseState.RECEIVED: Tone.QUIET,
    CaseState.UNDER_REVIEW: Tone.INFO,
    CaseState.AWAITING_APPLICANT: Tone.WARN,
    CaseState.VERIFIED: Tone.INFO,
    CaseState.REJECTED: Tone.BAD,
    CaseState.RESOLVED_OTHERWISE: Tone.OK,
    CaseState.WITHDRAWN: Tone.QUIET,
    CaseState.REVOKED: Tone.INFO,
    CaseState.AWAITING_NEW_CSR: Tone.WARN,
    CaseState.REVIEWING_NEW_CSR: Tone.INFO,
    CaseState.ISSUED: Tone.INFO,
    CaseState.AWAITING_SIGNATURE: Tone.WARN,
    CaseState.NOTIFIED: Tone.INFO,
    CaseState.COMPLETED: Tone.OK,
}
