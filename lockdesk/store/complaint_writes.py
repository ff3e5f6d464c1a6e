"""What the writes about a complaint do."""

from typing import Any

from lockdesk.core.complaints import ComplaintState, Satisfaction
from lockdesk.core.numbering import Series
from lockdesk.desk import changes as c
from lockdesk.desk.values.complaints import ComplaintForm, LimitDays
from lockdesk.store import tables as t
from lockdesk.store.codec import encode
from lockdesk.store.complaint_reads import secrets_of
from lockdesk.store.finding import contact_text, indexed
from lockdesk.store.unit import Unit, next_complaint_limit, next_number

_MATTER = 120
"""Letters of the description that a list of what was found shows."""


def new_complaint(unit: Unit, write: c.NewComplaint) -> None:
    number = str(next_number(Series.COMPLAINT, write))
    row = t.Complaint.create(
        number=number,
        state=ComplaintState.RECEIVED.value,
        received_at=write.received_at,
        officer=write.officer,
        next_on=write.limits.due_on,
        **_limits(write.limits),
        **_form(write.form),
    )
    searched = _searched(number, write.form, row.case_id)
    t.ComplaintSearch.insert(rowid=row.id, **indexed(searched)).execute()
    _set(row.id, matter=searched["words"][:_MATTER])
    unit.complaint_id = row.id
    set_limits(unit, c.SetComplaintLimits(write.limits))


def set_form(unit: Unit, write: c.SetComplaintForm) -> None:
    key = unit.complaint()
    values = _form(write.form)
    searched = _searched(unit.number, write.form, values["case"])
    _set(key, matter=searched["words"][:_MATTER], **values)
    t.ComplaintSearch.update(indexed(searched)).where(t.ComplaintSearch.rowid == key).execute()


def _form(form: ComplaintForm) -> dict[str, Any]:
    """The columns that follow from the form; the list's own never hold a name that is to be hidden."""
    related = t.Case.get_or_none(t.Case.number == form.case_number) if form.case_number else None
    return {
        "form": encode(ComplaintForm, form),
        "name": "" if form.confidential else form.name,
        "confidential": form.confidential,
        "channel": form.channel.value,
        "case": None if related is None else related.id,
    }


def _searched(number: str, form: ComplaintForm, case_id: int | None) -> dict[str, str]:
    shown = form.concealed(secrets_of(form, case_id)) if form.confidential else form
    words = f"{shown.description} {shown.wanted}".strip()
    return {"number": number, "name": shown.name, "words": words, "contact": contact_text(shown.contact)}


def _limits(limits: LimitDays) -> dict[str, Any]:
    return {"verify_on": limits.verify_on, "respond_on": limits.respond_on, "due_on": limits.due_on}


def set_limits(unit: Unit, write: c.SetComplaintLimits) -> None:
    _set(unit.complaint(), **_limits(write.limits))
    _set(unit.complaint(), next_on=next_complaint_limit(t.Complaint.get_by_id(unit.complaint())))


def set_satisfaction(unit: Unit, write: c.SetSatisfaction) -> None:
    _set(unit.complaint(), satisfaction=write.satisfaction.value)


def set_thread(unit: Unit, write: c.SetComplaintThread) -> None:
    _set(unit.complaint(), thread=" ".join(write.message_ids))


def add_note(unit: Unit, write: c.AddComplaintNote) -> None:
    t.ComplaintEvent.create(
        complaint=unit.complaint(),
        at=unit.change.at,
        actor=unit.change.actor,
        step=write.step,
        text=write.text,
        addressee=write.addressee,
    )
    if write.resolved_on_time is not None:
        _set(unit.complaint(), on_time=write.resolved_on_time, satisfaction=Satisfaction.UNKNOWN.value)


def store_evidence(unit: Unit, write: c.StoreEvidence) -> None:
    row = t.ComplaintFile.create(
        complaint=unit.complaint(),
        name=write.name,
        kind=write.kind.value,
        size=write.size,
        sha256=write.sha256,
        stored=write.content is not None,
        withheld=write.withheld,
        added_at=unit.change.at,
    )
    if write.content is not None:
        t.ComplaintFileContent.create(file=row.id, content=write.content)


def _set(complaint_id: int, **values: object) -> None:
    t.Complaint.update(**values).where(t.Complaint.id == complaint_id).execute()
