"""What is read of complaints. Everything here runs on the reader thread."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from peewee import Tuple

from lockdesk.core.complaints import Channel, ComplaintState
from lockdesk.desk.values.complaints import ComplaintForm, ComplaintNote, ComplaintPage, ComplaintRow, ComplaintView
from lockdesk.errors import Declined
from lockdesk.store import tables as t
from lockdesk.store.codec import decode
from lockdesk.store.journal_reads import history
from lockdesk.store.outbox import messages
from lockdesk.store.prepared import rows
from lockdesk.words import _

ESCALATED = (ComplaintState.ESCALATED, ComplaintState.HANDLED_BY_OFFICIAL)


def complaint_page(which: str, after: tuple[date, int] | None, limit: int) -> ComplaintPage:
    """One page by key, never by offset: resolved complaints are kept for ever."""
    states = {
        "open": [state.value for state in ComplaintState if state not in {*ESCALATED, ComplaintState.RESOLVED}],
        "escalated": [state.value for state in ESCALATED],
        "resolved": [ComplaintState.RESOLVED.value],
    }
    table = t.Complaint
    query = table.select().where(table.state.in_(states[which])).order_by(table.due_on, table.id).limit(limit)
    if after is not None:
        query = query.where(Tuple(table.due_on, table.id) > (table.due_on.db_value(after[0]), after[1]))
    found = list(query)
    key = (found[-1].due_on, found[-1].id) if len(found) == limit else None
    return ComplaintPage(tuple(_row(item) for item in found), key)


def _row(item: t.Complaint) -> ComplaintRow:
    return ComplaintRow(
        item.id,
        item.number,
        item.name,
        item.confidential,
        Channel(item.channel),
        ComplaintState(item.state),
        item.due_on,
        item.received_at,
        item.resolved_at,
        item.on_time,
    )


def complaint(complaint_id: int) -> ComplaintView:
    found = t.Complaint.get_or_none(t.Complaint.id == complaint_id)
    if found is None:
        raise Declined(_("Pengaduan ini tidak ada."), code="complaint.unknown")
    events = t.ComplaintEvent.select().where(t.ComplaintEvent.complaint == complaint_id)
    return replace(
        view_of(found),
        notes=tuple(
            ComplaintNote(item.at, item.actor, item.step, item.text) for item in events.order_by(t.ComplaintEvent.id)
        ),
        history=history(found.number),
        messages=messages(rows(t.Outbox.complaint, complaint_id)),
    )


def view_of(found: t.Complaint) -> ComplaintView:
    """What stands in a complaint's own row, without what happened to it."""
    return ComplaintView(
        id=found.id,
        number=found.number,
        state=ComplaintState(found.state),
        form=decode(ComplaintForm, found.form),
        received_at=found.received_at,
        due_on=found.due_on,
        resolved_at=found.resolved_at,
        officer=found.officer,
        notes=(),
        history=(),
    )


def complaint_rows(ids: Sequence[int]) -> tuple[ComplaintRow, ...]:
    """The rows of a list in the order in which they are named."""
    found = {item.id: item for item in t.Complaint.select().where(t.Complaint.id.in_(ids))}
    return tuple(_row(found[key]) for key in ids if key in found)
