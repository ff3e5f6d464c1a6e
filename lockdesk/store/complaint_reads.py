"""What is read of complaints. Everything here runs on the reader thread."""

from lockdesk.core.complaints import Channel, ComplaintState
from lockdesk.desk.values.complaints import ComplaintForm, ComplaintNote, ComplaintRow, ComplaintView
from lockdesk.errors import Declined
from lockdesk.store import tables as t
from lockdesk.store.codec import decode
from lockdesk.store.journal_reads import history
from lockdesk.words import _

ESCALATED = (ComplaintState.ESCALATED, ComplaintState.HANDLED_BY_OFFICIAL)


def complaint_rows(which: str) -> tuple[ComplaintRow, ...]:
    escalated = [state.value for state in ESCALATED]
    resolved = ComplaintState.RESOLVED.value
    conditions = {
        "open": t.Complaint.state.not_in([*escalated, resolved]),
        "escalated": t.Complaint.state.in_(escalated),
        "resolved": t.Complaint.state == resolved,
    }
    found = t.Complaint.select().where(conditions[which]).order_by(t.Complaint.due_on, t.Complaint.id)
    return tuple(
        ComplaintRow(
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
        for item in found
    )


def complaint(complaint_id: int) -> ComplaintView:
    found = t.Complaint.get_or_none(t.Complaint.id == complaint_id)
    if found is None:
        raise Declined(_("Pengaduan ini tidak ada."), code="complaint.unknown")
    events = t.ComplaintEvent.select().where(t.ComplaintEvent.complaint == complaint_id)
    return ComplaintView(
        id=found.id,
        number=found.number,
        state=ComplaintState(found.state),
        form=decode(ComplaintForm, found.form),
        received_at=found.received_at,
        due_on=found.due_on,
        resolved_at=found.resolved_at,
        officer=found.officer,
        notes=tuple(
            ComplaintNote(item.at, item.actor, item.step, item.text) for item in events.order_by(t.ComplaintEvent.id)
        ),
        history=history(found.number),
    )
