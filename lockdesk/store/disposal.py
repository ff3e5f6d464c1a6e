"""Destroying personal data: what is due, what is taken out of which table, and what stays.

Numbers, states, moments, digests, certificates' serials, the CA's signed lists and the journal's chain stay. The
journal's tags lose their meaning with the person's key, which goes with the last case that holds it, and what officers
wrote for it goes with what it is about.
"""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, cast

from peewee import JOIN, fn

from lockdesk.core.cases import FINAL_STATES
from lockdesk.core.complaints import ComplaintState
from lockdesk.core.journal import DISPOSED_TEXTS
from lockdesk.core.messages import PENDING
from lockdesk.core.numbering import PRACTICE_PREFIX
from lockdesk.desk import changes as c
from lockdesk.desk.values.complaints import ComplaintForm
from lockdesk.desk.values.drafts import OF_NOBODY, SETTINGS, answer_to, merging, of_case, of_complaint, of_person
from lockdesk.desk.values.facts import RequestFacts, StatementFacts, StatementProblem
from lockdesk.desk.values.people import APPLICANT_FIELDS
from lockdesk.desk.values.privacy import DESTROYED, DataKind, DataRequest, Disposal, DueItem, Ended, Way
from lockdesk.errors import Declined
from lockdesk.pki.values import CsrProblem, CsrReading
from lockdesk.store import tables as t
from lockdesk.store.codec import decode, encode
from lockdesk.store.drafts import forget_drafts
from lockdesk.store.finding import indexed
from lockdesk.store.journal_texts import destroy_texts
from lockdesk.store.unit import Unit, changed_meanwhile
from lockdesk.words import _

_NOTHING_READ = RequestFacts(None, StatementFacts(StatementProblem.MISSING), CsrReading(CsrProblem.MISSING))
_SERIES = "MUSNAH"
_KEPT_FIELDS = frozenset({"agency"})
"""Units are counted for years and name nobody."""
_KEPT_EVIDENCE = ("crl", "delta_crl", "ocsp")
"""What the CA signed: serials and moments."""
_OF_THE_DAY = ("day", "handover")
"""Prints that name the cases which are open when they are made."""
_TRAIL = "data_trail"
"""It tells of all cases of a person, whichever it was printed for."""
_BOOK, _BOOK_YEAR = "register_book", re.compile(r"\b(20\d\d)\b")
_INDICES = (t.CaseSearch, t.ComplaintSearch, t.RegisterSearch)


# ── what is due ──
def due(ended: Ended) -> tuple[DueItem, ...]:
    """What ended before, and is not held by anything that is still open."""
    return (
        *_due_cases(ended.cases),
        *_due_complaints(ended.complaints),
        *_due_people(ended.people),
        *_due_drafts(ended.drafts),
    )


def _due_cases(before: datetime) -> Iterable[DueItem]:
    case, final = t.Case, [state.value for state in FINAL_STATES]
    ended = case.state.in_(final) & case.destroyed_at.is_null() & (case.closed_at < before)
    files = t.Document.select(fn.COUNT(t.Document.id)).where((t.Document.case == case.id) & t.Document.stored)
    query = case.select(case.id, case.number, case.closed_at, files).where(ended & ~_held(case.id))
    rows: Any = query.order_by(case.closed_at, case.id).tuples()
    return (DueItem(DataKind.CASE, key, number, at, count) for key, number, at, count in rows)


def _held(case_id: Any) -> Any:
    """A message that may still be sent, an open complaint, an unanswered request for the data."""
    waiting = t.Outbox.state.in_([state.value for state in PENDING]) & (t.Outbox.case == case_id)
    complained = (t.Complaint.case == case_id) & (t.Complaint.state != ComplaintState.RESOLVED.value)
    row, asks = t.RegisterRow, t.DataRequest
    same = ((row.nip != "") & (row.nip == t.Case.nip)) | ((row.nik != "") & (row.nik == t.Case.nik))
    entries = row.select(row.id).where(same)
    asked = asks.answered_at.is_null() & ((asks.case == case_id) | asks.entry_id.in_(entries))
    return (
        fn.EXISTS(t.Outbox.select(t.Outbox.id).where(waiting))
        | fn.EXISTS(t.Complaint.select(t.Complaint.id).where(complained))
        | fn.EXISTS(t.DataRequest.select(t.DataRequest.id).where(asked))
    )


def _due_complaints(before: datetime) -> Iterable[DueItem]:
    table, file = t.Complaint, t.ComplaintFile
    resolved = (table.state == ComplaintState.RESOLVED.value) & (table.resolved_at < before)
    waiting = t.Outbox.state.in_([state.value for state in PENDING]) & (t.Outbox.complaint == table.id)
    free = table.destroyed_at.is_null() & ~fn.EXISTS(t.Outbox.select(t.Outbox.id).where(waiting))
    files = file.select(fn.COUNT(file.id)).where((file.complaint == table.id) & file.stored)
    query = table.select(table.id, table.number, table.resolved_at, files).where(resolved & free)
    rows: Any = query.order_by(table.resolved_at, table.id).tuples()
    return (DueItem(DataKind.COMPLAINT, key, number, at, count) for key, number, at, count in rows)


def _due_people(before: datetime) -> Iterable[DueItem]:
    """Who has an open case is still compared with it."""
    row, case = t.RegisterRow, t.Case
    same = ((row.nip != "") & (case.nip == row.nip)) | ((row.nik != "") & (case.nik == row.nik))
    running = case.select(case.id).where(same & case.closed_at.is_null())
    asked = t.DataRequest.select(t.DataRequest.id).where(
        (t.DataRequest.entry_id == row.id) & t.DataRequest.answered_at.is_null()
    )
    gone = (row.retired_at < before) & ~fn.EXISTS(running) & ~fn.EXISTS(asked)
    query: Any = row.select(row.id, row.retired_at).where(gone).order_by(row.retired_at, row.id).tuples()
    return (DueItem(DataKind.PERSON, key, "", at) for key, at in query)


def _due_drafts(before: datetime) -> Iterable[DueItem]:
    """Nobody goes on with them; what was written of somebody whom the books know goes with that one's data."""
    row = t.Draft
    begun = (row.form.in_(OF_NOBODY) | row.form.startswith(SETTINGS)) & (row.kept_at < before)
    query: Any = row.select(row.id, row.kept_at).where(begun).order_by(row.kept_at, row.id).tuples()
    return (DueItem(DataKind.DRAFT, key, "", at) for key, at in query)


# ── destroying, inside a unit ──
def destroy_data(unit: Unit, write: c.DestroyData) -> None:
    known = set(due(write.ended))
    if not write.items or not known.issuperset(write.items):
        raise changed_meanwhile()
    by_kind = {kind: [item for item in write.items if item.kind is kind] for kind in DataKind}
    _forget_prints(by_kind)
    for item in by_kind[DataKind.CASE]:
        _destroy_case(item, unit.change.at)
    for item in by_kind[DataKind.COMPLAINT]:
        _destroy_complaint(item.id, unit.change.at)
    for item in by_kind[DataKind.PERSON]:
        _destroy_person(item.id)
    t.Draft.delete().where(t.Draft.id.in_([item.id for item in by_kind[DataKind.DRAFT]])).execute()
    _forget_keys()
    _forget_texts(unit, by_kind)
    for index in _INDICES:
        index.optimize()  # else the words stay in the index's older parts
    unit.number = _next_number(write)
    t.Disposal.create(
        number=unit.number,
        at=unit.change.at,
        head=write.confirmed.name,
        head_nip=write.confirmed.nip,
        head_position=write.confirmed.position,
        way=write.confirmed.way.value,
        officer=write.confirmed.officer,
        cases=json.dumps([item.number for item in by_kind[DataKind.CASE]]),
        complaints=json.dumps([item.number for item in by_kind[DataKind.COMPLAINT]]),
        people=len(by_kind[DataKind.PERSON]),
        drafts=len(by_kind[DataKind.DRAFT]),
    )


_TEXTS_OF: dict[DataKind, Any] = {
    DataKind.CASE: t.JournalText.case,
    DataKind.COMPLAINT: t.JournalText.complaint,
    DataKind.PERSON: t.JournalText.entry_id,
}


def _forget_texts(unit: Unit, by_kind: "dict[DataKind, list[DueItem]]") -> None:
    """What officers wrote about them for the journal; the entry of the disposal says which entries are without."""
    gone = set[int]()
    for kind, field in _TEXTS_OF.items():
        gone |= destroy_texts(field, [item.id for item in by_kind[kind]])
    unit.learnt[DISPOSED_TEXTS] = " ".join(map(str, sorted(gone)))


def _next_number(write: c.DestroyData) -> str:
    """Gap-free per year: no row of this table is ever deleted."""
    prefix = f"{PRACTICE_PREFIX}-{_SERIES}" if write.practice else _SERIES
    year = f"{prefix}-{write.given_on.year}-"
    return f"{year}{t.Disposal.select().where(t.Disposal.number.startswith(year)).count() + 1:04d}"


def _destroy_case(item: DueItem, at: datetime) -> None:
    key = item.id
    fields = dict.fromkeys((name for name in APPLICANT_FIELDS if name not in _KEPT_FIELDS), "")
    _set(t.Case.id, key, **{**fields, "name": DESTROYED}, person=None, closing_reasons="[]", destroyed_at=at)
    t.ApplicantPast.delete().where(t.ApplicantPast.case == key).execute()
    facts = encode(RequestFacts, _NOTHING_READ)
    _set(t.Detail.case, key, facts=facts, findings="[]", old_certificate="", usable="[]", new_certificate="")
    documents = t.Document.select(t.Document.id).where(t.Document.case == key)
    t.Blob.delete().where(t.Blob.document.in_(documents)).execute()
    t.MailFrame.delete().where(t.MailFrame.document.in_(documents)).execute()
    _set(t.Document.case, key, name=DESTROYED, stored=False)
    _set(t.Decided.case, key, reason="", evidence="", basis="")
    _set(t.Call.case, key, number="", reached="", note="", basis="", csr="", certificate="")
    operations = t.Operation.select(t.Operation.id).where(t.Operation.case == key)
    named = t.Evidence.operation.in_(operations) & t.Evidence.kind.not_in(_KEPT_EVIDENCE)
    t.Evidence.delete().where(named).execute()
    _set(t.Operation.case, key, words="")
    _forget_names_of_keys(key)
    _forget_messages(t.Outbox.case, key)
    forget_drafts(of_case(key))
    t.CaseSearch.delete().where(t.CaseSearch.rowid == key).execute()
    t.CaseSearch.insert(rowid=key, **indexed({"number": item.number})).execute()


def _forget_names_of_keys(case_id: int) -> None:
    """A key that was used once is refused for ever, whosever it was."""
    used = t.KeyUsed
    found: Iterable[Any] = used.select(used.key_sha256, used.use).where(used.case == case_id).tuples()
    kept = set(found)
    used.delete().where(used.case == case_id).execute()
    for key_sha256, use in kept:
        used.insert(key_sha256=key_sha256, case=case_id, use=use).execute()


def _forget_messages(field: Any, key: int) -> None:
    messages = t.Outbox.select(t.Outbox.id).where(field == key)
    t.MailContent.delete().where(t.MailContent.message.in_(messages)).execute()
    _set(field, key, recipient="", subject="", body="", words="")


def _destroy_complaint(key: int, at: datetime) -> None:
    """That somebody asked for confidentiality stays: it is told as it was, by nobody."""
    row = t.Complaint.get_by_id(key)
    form = decode(ComplaintForm, row.form)
    emptied = replace(form, name="" if form.confidential else DESTROYED, contact="", description=DESTROYED, wanted="",
                      place="", evidence="", case_number="")  # fmt: skip
    _set(
        t.Complaint.id, key, form=encode(ComplaintForm, emptied), name=emptied.name, matter=DESTROYED, thread="",
        destroyed_at=at,
    )  # fmt: skip
    _set(t.ComplaintEvent.complaint, key, text="", addressee="")
    files = t.ComplaintFile.select(t.ComplaintFile.id).where(t.ComplaintFile.complaint == key)
    t.ComplaintFileContent.delete().where(t.ComplaintFileContent.file.in_(files)).execute()
    _set(t.ComplaintFile.complaint, key, name=DESTROYED, stored=False)
    _forget_messages(t.Outbox.complaint, key)
    t.Draft.delete().where(t.Draft.form == answer_to(key)).execute()
    forget_drafts(of_complaint(key))
    t.ComplaintSearch.delete().where(t.ComplaintSearch.rowid == key).execute()
    t.ComplaintSearch.insert(rowid=key, **indexed({"number": row.number})).execute()


def _destroy_person(key: int) -> None:
    t.RegisterPast.delete().where(t.RegisterPast.entry == key).execute()
    t.RegisterRow.delete().where(t.RegisterRow.id == key).execute()
    t.RegisterSearch.delete().where(t.RegisterSearch.rowid == key).execute()
    forget_drafts(of_person(key))
    of_both = t.Draft.form.startswith("person:") & t.Draft.form.endswith(f":{merging(key)}")
    t.Draft.delete().where(of_both).execute()


def _forget_keys() -> None:
    """The tags in the journal mean nothing any more where no case holds the person."""
    held = t.Case.select(t.Case.person).where(t.Case.person.is_null(False))
    t.Person.delete().where(t.Person.id.not_in(held)).execute()


def _forget_prints(by_kind: "dict[DataKind, list[DueItem]]") -> None:
    """The kept pages of prints about them, and of lists that named them; that they were made, and their digests, stay.
    Before the rows lose what they are found by."""
    cases, complaints = by_kind[DataKind.CASE], by_kind[DataKind.COMPLAINT]
    numbers = [item.number for item in (*cases, *complaints)]
    received = [(at, item.ended_at) for item, at in _received(t.Case, cases)]
    years = {at.year for at, _ended in received} | {at.year for _item, at in _received(t.Complaint, complaints)}
    years |= {ended.year for _at, ended in received}
    prints, moments = t.Printed, t.Journal
    people = t.Case.select(t.Case.person).where(t.Case.id.in_([item.id for item in cases]))
    trails: Any = t.Case.select(t.Case.number).where(t.Case.person.in_(people)).tuples()
    of_person = (t.Printed.kind == _TRAIL) & t.Printed.subject.in_([number for (number,) in trails])
    gone = [row.id for row in t.Printed.select(t.Printed.id).where(of_person)]
    gone += [row.id for number in numbers for row in prints.select(prints.id).where(prints.subject == number)]
    lists: Any = (
        prints.select(prints.id, prints.kind, moments.at, moments.body)
        .join(moments, JOIN.INNER, on=moments.sequence == prints.sequence)
        .where(prints.kind.in_([*_OF_THE_DAY, _BOOK]))
        .tuples()
    )
    moment = cast("Any", moments.at.python_value)
    for key, kind, stored, body in lists:
        at = stored if isinstance(stored, datetime) else moment(stored)
        if kind == _BOOK:
            period = str(json.loads(bytes(body))["facts"].get("period", ""))
            named = not years.isdisjoint(map(int, _BOOK_YEAR.findall(period)))
        else:
            named = any(since <= at <= until for since, until in received)
        if named:
            gone.append(key)
    for key in gone:
        t.PrintContent.delete().where(t.PrintContent.printed == key).execute()


def _received(table: Any, items: Sequence[DueItem]) -> Iterable[tuple[DueItem, datetime]]:
    return ((item, table.get_by_id(item.id).received_at) for item in items)


def _set(field: Any, value: object, **values: object) -> None:
    field.model.update(**values).where(field == value).execute()


def mark_swept(unit: Unit, write: c.MarkSwept) -> None:
    unit.number = write.number
    t.Disposal.update(swept_at=unit.change.at).where(t.Disposal.number == write.number).execute()


# ── requests of people ──
def ask_for_data(unit: Unit, write: c.AskForData) -> None:
    same = t.DataRequest.answered_at.is_null() & (
        t.DataRequest.entry_id == write.entry_id if write.entry_id is not None else t.DataRequest.case == write.case_id
    )
    open_one = t.DataRequest.get_or_none(same)
    if open_one is None:
        open_one = t.DataRequest.create(entry_id=write.entry_id, case=write.case_id, received_at=write.received_at)
    unit.created_id = open_one.id


def answer_data_request(unit: Unit, write: c.AnswerDataRequest) -> None:
    its = (t.DataRequest.id == write.request_id) & t.DataRequest.answered_at.is_null()
    if not t.DataRequest.update(answered_at=unit.change.at).where(its).execute():
        raise changed_meanwhile()


def open_data_requests() -> tuple[DataRequest, ...]:
    """The oldest first, with the names that the register or the case has."""
    asked = t.DataRequest
    found = asked.select().where(asked.answered_at.is_null()).order_by(asked.received_at, asked.id)
    return tuple(
        DataRequest(row.id, _name_of(row), row.received_at, row.entry_id, row.case_id, row.answered_at) for row in found
    )


def _name_of(row: Any) -> str:
    table, key = (t.RegisterRow, row.entry_id) if row.entry_id is not None else (t.Case, row.case_id)
    found = table.get_or_none(table.id == key)
    return "" if found is None else str(found.name)


# ── reading ──
def disposal(number: str) -> Disposal:
    found = t.Disposal.get_or_none(t.Disposal.number == number)
    if found is None:
        raise Declined(_("Pemusnahan ini tidak ada."), code="disposal.unknown")
    return _disposal(found)


def disposals() -> tuple[Disposal, ...]:
    """The newest first."""
    return tuple(map(_disposal, t.Disposal.select().order_by(t.Disposal.id.desc())))


def _disposal(row: Any) -> Disposal:
    return Disposal(
        row.number, row.at, row.head, row.head_nip, row.head_position, Way(row.way), row.officer,
        tuple(json.loads(row.cases)), tuple(json.loads(row.complaints)), row.people, row.drafts, row.swept_at,
    )  # fmt: skip
