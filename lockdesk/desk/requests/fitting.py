"""Which notice fits a case now, and whether it waits to be sent; pure."""

from datetime import datetime

from lockdesk.core.cases import RULES, CaseState, Route
from lockdesk.core.messages import PENDING, UNSENT, MessageState
from lockdesk.core.operations import OperationKind, OperationState
from lockdesk.desk.values.cases import CaseView, Message

NOTICE_OF_STATE = {
    CaseState.RECEIVED: "received",
    CaseState.UNDER_REVIEW: "received",
    CaseState.AWAITING_APPLICANT: "incomplete",
    CaseState.AWAITING_NEW_CSR: "new_csr_needed",
    CaseState.REJECTED: "rejected",
    CaseState.RESOLVED_OTHERWISE: "resolved_otherwise",
    CaseState.REVOKED: "revoked_only",
    CaseState.ISSUED: "issued",
    CaseState.AWAITING_SIGNATURE: "reset_sent",
    CaseState.NOTIFIED: "issued",
    CaseState.COMPLETED: "issued",
}
PREPARED = frozenset({"message.owed", "message.kept", "message.completes", "message.confirmed"})
"""What the officer's confirmation of a notice leaves in the journal."""
_STEPS = frozenset(rule.journal for rule in RULES.values())
_PORTAL = "portal"
"""The identifier of the gateway in whose portal a person acts."""


def fitting_notice(case: CaseView) -> str:
    """The notice that fits the case now: while a person acts in the CA's portal, what is to be done there."""
    operation = case.open_operation()
    if operation is not None and operation.state is OperationState.AWAITING and operation.gateway == _PORTAL:
        bare = operation.kind is OperationKind.REISSUE and not operation.key_sha256
        return f"portal_{operation.kind.value}{'_without_csr' if bare else ''}"
    if case.state is CaseState.REVOKED and case.route is not Route.REVOKE_ONLY:
        return "revoked"
    return NOTICE_OF_STATE.get(case.state, "")


def waiting_notice(case: CaseView, posts: bool) -> Message | None:
    """The fitting message that the officer confirmed and that has not gone yet: by post, or by hand where the office
    has no mail account."""
    notice = fitting_notice(case)
    confirmed = any(line.kind in PREPARED and line.facts.get("notice") == notice for line in case.history)
    pending = (item for item in reversed(case.messages) if is_pending(item, notice, posts))
    return next(pending, None) if confirmed else None


def is_pending(message: Message, notice: str, posts: bool) -> bool:
    """Whether it is on the way that messages go now, or may have gone. `posts`: the office has a mail account, which
    never sends what was kept to be carried by hand; without one nothing that was written for the post goes."""
    if message.notice != notice:
        return False
    if is_carried(message):
        return not posts
    if posts:
        return message.state in PENDING and (bool(message.mail_id) or message.state is MessageState.OWED)
    return message.state in PENDING - UNSENT


def is_kept(message: Message) -> bool:
    """Whether it was kept to be carried by hand, and nobody took it out yet."""
    return message.state is MessageState.QUEUED and not message.mail_id


def is_carried(message: Message) -> bool:
    """Whether it goes by hand."""
    return is_kept(message) or message.state is MessageState.EXPORTED


def went_on_since(case: CaseView, at: datetime) -> bool:
    """Whether the case took a step since, or something else was asked of the CA."""
    operation = case.open_operation()
    began = operation is not None and operation.started_at > at
    return began or any(line.kind in _STEPS and line.at > at for line in case.history)
