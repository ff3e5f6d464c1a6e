"""What is read of complaints: concealed where the complainant asked for it. All of it runs on the reader thread."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from peewee import fn

from lockdesk.core.complaints import Channel, ComplaintState, LimitKind, Satisfaction
from lockdesk.desk.values.cases import ComplaintMention, Waiting
from lockdesk.desk.values.complaints import (
    ComplaintForm,
    ComplaintNote,
    ComplaintPage,
    ComplaintRow,
    ComplaintView,
    EvidenceFile,
)
from lockdesk.desk.values.facts import AttachmentKind
from lockdesk.desk.values.listing import EVER, PLAIN, Key, ListOrder, ListView, Span
from lockdesk.desk.values.privacy import told
from lockdesk.errors import Declined
from lockdesk.store import tables as t
from lockdesk.store.codec import decode
from lockdesk.store.finding import complaint_numbers
from lockdesk.store.journal_reads import history
from lockdesk.store.outbox import messages
from lockdesk.store.paging import in_order, page_of, within
from lockdesk.store.prepared import first, found_by, rows
from lockdesk.words import _

ESCALATED = (ComplaintState.ESCALATED, ComplaintState.HANDLED_BY_OFFICIAL)


_ORDERS: dict[ListOrder, tuple[Any, ...]] = {
    ListOrder.URGENCY: (t.Complaint.next_on,),
    ListOrder.DUE: (t.Complaint.due_on,),
    ListOrder.RECEIVED: (t.Complaint.received_at,),
    ListOrder.NAME: (t.Complaint.name.collate("NOCASE"),),
    ListOrder.ORIGIN: (t.Complaint.channel,),
    ListOrder.STATE: (in_order(t.Complaint.state, ComplaintState),),
}
"""The name of who wants it kept secret is no part of the row, so no order betrays it."""


def complaint_page(
    which: str, after: Key | None, limit: int, view: ListView = PLAIN, received: Span = EVER
) -> ComplaintPage:
    """One page by key, never by offset: resolved complaints are kept for ever."""
    states = {
        "open": [state.value for state in ComplaintState if state is not ComplaintState.RESOLVED],
        "escalated": [state.value for state in ESCALATED],
        "resolved": [ComplaintState.RESOLVED.value],
    }
    table = t.Complaint
    query = within(table.select().where(table.state.in_(states[which])), table.received_at, received)
    if view.origin:
        query = query.where(table.channel == view.origin)
    if view.state:
        query = query.where(table.state == view.state)
    found, key = page_of(query, _ORDERS[view.order], view.backwards, after, limit)
    return ComplaintPage(tuple(_row(item) for item in found), key)


def escalated_since() -> Waiting:
    """Complaints that wait for the official, since their last escalation."""
    escalated = t.Complaint.state.in_([state.value for state in ESCALATED])
    numbers = [item.number for item in t.Complaint.select(t.Complaint.number).where(escalated)]
    entry = t.Journal
    its = entry.subject.in_(numbers) & (entry.kind == "complaint.escalated")
    last: Any = entry.select(fn.MAX(entry.at)).where(its).group_by(entry.subject).tuples()
    return Waiting(len(numbers), min((moment for (moment,) in last), default=None))


def _row(item: t.Complaint) -> ComplaintRow:
    return ComplaintRow(
        item.id,
        item.number,
        told(item.name),
        item.confidential,
        Channel(item.channel),
        ComplaintState(item.state),
        item.due_on,
        item.received_at,
        item.resolved_at,
        item.on_time,
        item.next_on,
        told(item.matter),
        _next_limit(item),
    )


def _next_limit(item: t.Complaint) -> LimitKind:
    if item.verified_at is None and item.verify_on == item.next_on:
        return LimitKind.VERIFY
    if item.responded_at is None and item.respond_on == item.next_on:
        return LimitKind.RESPOND
    return LimitKind.RESOLVE


def complaint(complaint_id: int) -> ComplaintView:
    found = _stored(complaint_id)
    events = t.ComplaintEvent.select().where(t.ComplaintEvent.complaint == complaint_id)
    view = replace(
        _view(found),
        notes=tuple(
            ComplaintNote(item.at, item.actor, item.step, item.text, item.addressee)
            for item in events.order_by(t.ComplaintEvent.id)
        ),
        history=history(found.number),
        messages=messages(rows(t.Outbox.complaint, complaint_id)),
        files=tuple(map(_file, rows(t.ComplaintFile.complaint, complaint_id))),
    )
    return _shown(found, view)


def complaint_form(complaint_id: int) -> ComplaintForm:
    """What was written down, whole."""
    return decode(ComplaintForm, _stored(complaint_id).form)


def complaint_thread(complaint_id: int) -> tuple[str, ...]:
    """The Message-IDs that an answer names; none where the complaint did not come by mail."""
    return tuple(_stored(complaint_id).thread.split())


def complaint_of_mail(mail_id: str) -> int:
    """The complaint in whose thread a Message-ID stands whole; 0 for none."""
    holding = t.Complaint.select(t.Complaint.id, t.Complaint.thread).where(t.Complaint.thread.contains(mail_id))
    return next((item.id for item in holding if mail_id in item.thread.split()), 0)


def _stored(complaint_id: int) -> t.Complaint:
    found = t.Complaint.get_or_none(t.Complaint.id == complaint_id)
    if found is None:
        raise Declined(_("Pengaduan ini tidak ada."), code="complaint.unknown")
    return found


def view_of(found: t.Complaint) -> ComplaintView:
    """What stands in a complaint's own row, without what happened to it."""
    return _shown(found, _view(found))


def _shown(found: t.Complaint, view: ComplaintView) -> ComplaintView:
    """Concealed where the complainant asked for it, earlier words too."""
    return view.concealed(secrets_of(view.form, found.case_id)) if view.form.confidential else view


def secrets_of(form: ComplaintForm, case_id: int | None) -> tuple[str, ...]:
    """What must stand nowhere: the related case's applicant would tell as much as the complainant's own name."""
    related = first(t.Case.id, case_id) if case_id is not None else None
    return form.secrets() if related is None else form.secrets(related.name)


def _view(found: t.Complaint) -> ComplaintView:
    related = first(t.Case.id, found.case_id) if found.case_id is not None else None
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
        verify_on=found.verify_on,
        respond_on=found.respond_on,
        verified_at=found.verified_at,
        responded_at=found.responded_at,
        asked_at=found.asked_at,
        satisfaction=Satisfaction(found.satisfaction),
        related="" if related is None else related.name,
        destroyed_at=found.destroyed_at,
    )


def _file(item: Any) -> EvidenceFile:
    return EvidenceFile(
        item.id, item.name, AttachmentKind(item.kind), item.size, item.sha256, item.stored, item.withheld, item.added_at
    )


def evidence_file(file_id: int) -> bytes:
    """The bytes of a file that was handed in. Raises Declined where they are not kept."""
    found = first(t.ComplaintFileContent.file, file_id)
    if found is None:
        raise Declined(_("Isi berkas ini tidak disimpan."), code="complaint.file")
    return bytes(found.content)


def search_complaints(text: str, limit: int) -> tuple[ComplaintRow, ...]:
    """Complaints in whose number, complainant, contact or matter all that is given stands: of the newest, the open ones
    first; by its whole number, that one alone."""
    index, keys = t.ComplaintSearch, []
    if numbers := complaint_numbers(text):
        keys = [item.id for item in t.Complaint.select(t.Complaint.id).where(t.Complaint.number.in_(numbers))]
    keys = keys or found_by(index, (index.number, index.name, index.words), text, limit)
    found = t.Complaint.select().where(t.Complaint.id.in_(keys))
    return tuple(map(_row, found.order_by(t.Complaint.resolved_at.is_null(False), t.Complaint.next_on, t.Complaint.id)))


def complaints_about(case_id: int) -> tuple[ComplaintMention, ...]:
    """Those about a case, the newest first; a confidential one would be betrayed by it."""
    found = rows(t.Complaint.case, case_id)
    return tuple(
        ComplaintMention(item.id, item.number, ComplaintState(item.state), item.received_at)
        for item in reversed(found)
        if not item.confidential
    )


def awaiting_complainant() -> tuple[int, ...]:
    """The ids of those that wait for the complainant's answer."""
    waiting = t.Complaint.state == ComplaintState.AWAITING_COMPLAINANT.value
    found: Any = t.Complaint.select(t.Complaint.id).where(waiting).tuples()
    return tuple(key for (key,) in found)


def complaint_rows(ids: Sequence[int]) -> tuple[ComplaintRow, ...]:
    """The rows of a list in the order in which they are named."""
    found = {item.id: item for item in t.Complaint.select().where(t.Complaint.id.in_(ids))}
    return tuple(_row(found[key]) for key in ids if key in found)
