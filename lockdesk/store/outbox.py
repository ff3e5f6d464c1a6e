"""The outbox: what is written of messages and read of them."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from peewee import fn

from lockdesk.core.messages import PENDING, RECALLABLE, MessageEvent, MessageState, after
from lockdesk.desk import changes as c
from lockdesk.desk.office.office import SETTING_MAIL
from lockdesk.desk.values.cases import Message
from lockdesk.errors import Declined
from lockdesk.store import tables as t
from lockdesk.store.prepared import Prepared, first, insert, rows, update
from lockdesk.words import _

_MAIL_SETTING = Prepared(
    lambda: t.Setting.select(t.Setting.value).where(t.Setting.name == "").order_by(t.Setting.id.desc()).limit(1)
)


# ── writing, inside a unit ──
def add_message(case_id: int | None, complaint_id: int | None, message: Message) -> int:
    return insert(
        t.Outbox,
        case=case_id,
        complaint=complaint_id,
        notice=message.notice,
        recipient=message.to,
        subject=message.subject,
        body=message.body,
        state=message.state.value,
        at=message.at,
        changed_at=message.at,
    )


def posts() -> bool:
    """Whether the office has a mail account: only then a step owes a message that is sent by itself."""
    found = _MAIL_SETTING.run(SETTING_MAIL, 1).fetchone()
    return bool(found and found[0])


def write_message(case_id: int | None, write: c.WriteMessage, change: c.Change) -> None:
    _move(case_id, write.message_id, write.event, change, next_at=write.next_at)
    texts = {"notice": write.notice, "recipient": write.to, "subject": write.subject, "body": write.body}
    update(t.Outbox.id, write.message_id, **texts, mail_id=write.mail_id, sha256=write.sha256)
    insert(t.MailContent, message=write.message_id, content=write.content)


def move_message(case_id: int | None, write: c.MoveMessage, change: c.Change) -> None:
    _move(case_id, write.message_id, write.event, change, words=write.words, next_at=write.next_at)


def withdraw_asked(case_id: int, notices: Collection[str], change: c.Change) -> list[str]:
    """Takes back what asks for what nobody wants any more and nobody was told yet; returns the notices. What is carried
    by hand may have been handed over."""
    if not notices:
        return []
    asking = (item for item in messages(rows(t.Outbox.case, case_id)) if item.notice in notices)
    carried = (MessageState.QUEUED, "")
    void = [item for item in asking if item.state in RECALLABLE and (item.state, item.mail_id) != carried]
    for item in void:
        _move(case_id, item.id, MessageEvent.WITHDRAWN, change)
    return [item.notice for item in void]


def _move(case_id: int | None, message_id: int, event: MessageEvent, change: c.Change, **values: object) -> None:
    row = first(t.Outbox.id, message_id)
    if row is None or (row.case_id, row.complaint_id) != (case_id, change.complaint_id):
        raise unknown_message()
    state = after(MessageState(row.state), event)
    tries = row.tries + (event is MessageEvent.SENDING)
    # The transaction is IMMEDIATE: nobody else moves the row between the reading and the writing.
    update(t.Outbox.id, row.id, state=state.value, tries=tries, changed_at=change.at, **values)


# ── reading ──
def unknown_message() -> Declined:
    return Declined(_("Pesan ini tidak ada."), code="message.unknown")


def messages(found: Iterable[Any]) -> tuple[Message, ...]:
    return tuple(
        Message(
            id=item.id,
            case_id=item.case_id or 0,
            complaint_id=item.complaint_id or 0,
            notice=item.notice,
            to=item.recipient,
            subject=item.subject,
            body=item.body,
            state=MessageState(item.state),
            at=item.at,
            mail_id=item.mail_id,
            sha256=item.sha256,
            words=item.words,
            tries=item.tries,
            next_at=item.next_at,
            changed_at=item.changed_at,
        )
        for item in found
    )


def message(message_id: int) -> Message:
    found = messages(rows(t.Outbox.id, message_id))
    if not found:
        raise unknown_message()
    return found[0]


def messages_in(states: Collection[MessageState]) -> tuple[Message, ...]:
    wanted = t.Outbox.state.in_(sorted(state.value for state in states))
    return messages(t.Outbox.select().where(wanted).order_by(t.Outbox.id))


def message_named(mail_id: str) -> Message | None:
    return next(iter(messages(rows(t.Outbox.mail_id, mail_id))), None) if mail_id else None


def content_of(message_id: int) -> bytes:
    """The bytes as they are sent. Raises Declined where the message was never written for the post."""
    found = first(t.MailContent.message, message_id)
    if found is None:
        raise unknown_message()
    return bytes(found.content)


def outbox_counts() -> Mapping[MessageState, int]:
    """How many messages are in each of the states in which something is still to come, by hand apart."""
    states = t.Outbox.state
    by_hand = (states == MessageState.QUEUED.value) & (t.Outbox.mail_id == "")
    wanted = states.in_(sorted(state.value for state in PENDING)) & ~by_hand
    found: Any = t.Outbox.select(states, fn.COUNT(t.Outbox.id)).where(wanted).group_by(states).tuples()
    return {MessageState(state): count for state, count in found}
