"""When an ended case may be taken up again: as long as nobody outside of the office was told that it ended."""

from lockdesk.core.cases import CaseState
from lockdesk.core.messages import RECALLABLE, MessageEvent, MessageState
from lockdesk.desk import changes as c
from lockdesk.desk.values.cases import CaseView, Message
from lockdesk.errors import Declined
from lockdesk.words import N_, _

REOPENABLE = frozenset({CaseState.REJECTED, CaseState.RESOLVED_OTHERWISE, CaseState.WITHDRAWN})
_VERDICTS = frozenset({"rejected", "resolved_otherwise"})
"""The notices that tell the applicant how a case ended."""
_TOLD = N_("Pemohon sudah diberi tahu hasilnya: terima sebagai permohonan baru.")


def _verdicts(case: CaseView) -> tuple[Message, ...]:
    known = (message for message in case.messages if message.notice in _VERDICTS)
    return tuple(message for message in known if message.state is not MessageState.WITHDRAWN)


def barred(case: CaseView) -> str:
    """Why an ended case stays ended, for the officer; "" where it can be taken up again."""
    if case.destroyed_at is not None:
        return _("Datanya sudah dimusnahkan.")
    untold = RECALLABLE | {MessageState.EXPORTED}
    return _(_TOLD) if any(message.state not in untold for message in _verdicts(case)) else ""


def recalled(case: CaseView) -> tuple[c.Write, ...]:
    """Takes back what was to be told of the end; what was taken out to be carried cannot be."""
    recallable = (message for message in _verdicts(case) if message.state in RECALLABLE)
    return tuple(c.MoveMessage(message.id, MessageEvent.WITHDRAWN) for message in recallable)


def require_recheckable(case: CaseView) -> None:
    """Raises Declined for a revoked case whose CSR the officer did not accept by itself, or that is being certified."""
    if not new_csr_accepted(case) or case.open_operation() is not None:
        raise Declined(
            _("CSR kasus ini tidak dapat diperiksa kembali sekarang."), _("Muat ulang kasus."), code="case.no_recheck"
        )


def new_csr_accepted(case: CaseView) -> bool:
    """Whether the CSR to be certified is one that came after revocation and was accepted by the officer alone."""
    return any(line.kind == "case.new_csr_accepted" for line in case.history)
