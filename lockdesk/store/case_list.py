"""The list of the cases: its filters, orders and pages, and what presses today. All of it runs on the reader thread."""

from collections.abc import Iterator
from datetime import datetime
from functools import reduce
from operator import and_
from typing import Any

from peewee import SQL, fn

from lockdesk.core.cases import CaseState
from lockdesk.core.complaints import ComplaintState
from lockdesk.core.messages import MessageState
from lockdesk.core.operations import OperationState
from lockdesk.desk.values.cases import Board, CaseFilter, CaseRow, ListPage, Waiting, WorkingDay
from lockdesk.desk.values.listing import EVER, PLAIN, Key, ListOrder, ListView, Span
from lockdesk.desk.values.privacy import told
from lockdesk.desk.values.sheets import LEFT
from lockdesk.store import tables as t
from lockdesk.store.complaint_reads import escalated_since
from lockdesk.store.finding import ODD, SHORTEST, all_in, folded
from lockdesk.store.paging import between, in_order, page_of, within

NEVER = 1 << 62
"""Microseconds: behind every deadline."""
_FEW = 2_000
"""So many are sorted in no time."""
_MOST_AGENCIES = 2_000
"""So many names are looked through in some milliseconds."""
_NEXT_AGENCY = 'SELECT "agency" FROM "case" {} ORDER BY "agency" COLLATE NOCASE LIMIT 1'
_AGENCIES = f"""
WITH RECURSIVE known (one) AS (
    SELECT * FROM ({_NEXT_AGENCY.format("")})
    UNION ALL
    SELECT ({_NEXT_AGENCY.format('WHERE "agency" > one COLLATE NOCASE')}) FROM known WHERE one IS NOT NULL
)
SELECT one FROM known WHERE one IS NOT NULL LIMIT ?"""  # noqa: S608
"""From one name in the index to the next: no row between them is read."""
_GROUPS = {CaseFilter.NEEDS_ACTION: 0, CaseFilter.WAITING: 1}
_CLOSED = 2
ROW_COLUMNS = (
    t.Case.id,
    t.Case.number,
    t.Case.name,
    t.Case.agency,
    t.Case.state,
    t.Case.due_at,
    t.Case.received_at,
    t.Case.waiting_since,
    t.Case.closed_at,
    t.Case.on_time,
    t.Case.operation_state,
    t.Case.list_group,
    t.Case.list_at,
)


def row_of(found: Any) -> CaseRow:
    return CaseRow(
        id=found.id,
        number=found.number,
        name=told(found.name),
        agency=found.agency,
        state=CaseState(found.state),
        due_at=found.due_at,
        received_at=found.received_at,
        waiting_since=found.waiting_since,
        closed_at=found.closed_at,
        on_time=found.on_time,
        operation=OperationState(found.operation_state) if found.operation_state else None,
    )


_ORDERS: dict[ListOrder, tuple[Any, ...]] = {  # each of them has an index
    ListOrder.URGENCY: (t.Case.list_group, t.Case.list_at),
    ListOrder.DUE: (fn.COALESCE(t.Case.due_at, SQL(str(NEVER))),),
    ListOrder.RECEIVED: (t.Case.received_at,),
    ListOrder.NAME: (t.Case.name.collate("NOCASE"),),
    ListOrder.ORIGIN: (t.Case.agency.collate("NOCASE"),),
    ListOrder.STATE: (in_order(t.Case.state, CaseState),),
}


def page(
    case_filter: CaseFilter,
    after: Key | None,
    limit: int,
    day: WorkingDay | None = None,
    view: ListView = PLAIN,
    received: Span = EVER,
) -> ListPage:
    """One page by key, never by offset: in the usual order and in that of reception the thousandth costs what the
    first does."""
    query = within(t.Case.select(*ROW_COLUMNS), t.Case.received_at, received)
    if case_filter in _GROUPS:
        query = query.where(t.Case.list_group == _GROUPS[case_filter])
    elif day is not None and case_filter in (pressing := _pressing(day)):
        query = query.where(pressing[case_filter], *_stretch(case_filter, day))
    if view.origin:
        query = query.where(*_of_agency(view.origin, view.order))
    if view.state:
        query = query.where(_in_state(view.state, view.order))
    found, key = page_of(query, _ORDERS[view.order], view.backwards, after, limit)
    return ListPage(tuple(row_of(item) for item in found), key)


def _in_state(state: str, order: ListOrder) -> Any:
    """The usual order within a state has its index, and so has the states' own order. In the other ones few are found
    by that, and many in the rows as they are read."""
    if order is ListOrder.URGENCY:
        return t.Case.state == state
    place = next((number for number, known in enumerate(CaseState) if known == state), -1)
    placed = in_order(t.Case.state, CaseState)
    if order is ListOrder.STATE:
        return placed.between(place, place)  # a stretch of the index; equal ones SQLite would sort once more
    found = t.Case.select(t.Case.id).where(placed == place)
    if found.limit(_FEW + 1).count() <= _FEW:
        return t.Case.id.in_(found)
    return t.Case.state.concat("") == state  # not by its index, which would have all of them sorted


def _of_agency(text: str, order: ListOrder) -> Iterator[Any]:
    """Cases in whose agency's name all words of `text` stand. Few are found by the index; many, and what is too short
    for it, in the rows as they are read in their order: to find and sort all of them takes long. Where that is the
    agencies' own order, only the rows of those that are meant are read."""
    words, index = folded(text).split(), t.CaseSearch
    if terms := all_in("agency", words):
        found = index.select(index.rowid).where(index.match(terms))
        if found.limit(_FEW + 1).count() <= _FEW:
            yield t.Case.id.in_(found)
            words = [word for word in words if len(word) < SHORTEST]
    if words and order is ListOrder.ORIGIN and len(names := _agencies()) <= _MOST_AGENCIES:
        yield t.Case.agency.collate("NOCASE").in_([name for name in names if all(_stands_in(w, name) for w in words)])
        return
    agency = t.Case.agency
    for word in words:
        # Only what may be spelt otherwise is folded row by row.
        yield agency.contains(word) | (fn.glob(f"*{ODD}*", agency) & fn.folded(agency).contains(word))


def _agencies() -> list[str]:
    """The names of agencies, each in one spelling of its letters' case; more than a few are not all told."""
    return [name for (name,) in t.database.execute_sql(_AGENCIES, (_MOST_AGENCIES + 1,))]


def _stands_in(word: str, name: str) -> bool:
    """As LIKE compares: no matter in which case, of the letters A to Z."""
    return any(word.encode().lower() in form.encode().lower() for form in (name, folded(name)))


def _pressing(day: WorkingDay) -> dict[CaseFilter, Any]:
    """What the filters about today ask for, among open cases alone: their group comes first in the list's index."""
    due, acting = t.Case.due_at, t.Case.list_group == _GROUPS[CaseFilter.NEEDS_ACTION]
    called = t.Call.select(t.Call.id).where((t.Call.case == t.Case.id) & t.Call.counts)
    return {
        CaseFilter.WAITING_APPLICANT: _waits_for("applicant"),
        CaseFilter.WAITING_CA: _waits_for("ca"),
        CaseFilter.CALL_OWED: acting & (t.Case.state == CaseState.UNDER_REVIEW.value) & ~fn.EXISTS(called),
        **{name: reduce(and_, between(due, span), acting) for name, span in _deadlines(day).items()},
        # added to nought, so that the few are found by their operation and not by the group
        CaseFilter.UNSETTLED: (t.Case.list_group + 0).in_(list(_GROUPS.values()))
        & (t.Case.operation_state == OperationState.UNSETTLED.value),
    }


def _stretch(case_filter: CaseFilter, day: WorkingDay) -> tuple[Any, ...]:
    """Where cases with such a deadline stand in the usual order, whose key is the same moment in whole seconds: only
    there are they looked for."""
    since, before = _deadlines(day).get(case_filter, EVER)
    seconds = since and int(since.timestamp()), before and int(before.timestamp()) + 1
    return tuple(between(t.Case.list_at, seconds))


def _deadlines(day: WorkingDay) -> dict[CaseFilter, Span]:
    """Between which moments the deadline of a case lies that a filter asks for."""
    return {
        CaseFilter.LATE: (None, day.now),
        CaseFilter.DUE_TODAY: (day.now, day.ends),
        CaseFilter.DUE_NEXT: (day.ends, day.next_ends),
    }


def completed_without(kind: str, since: datetime) -> tuple[CaseRow, ...]:
    """Cases completed since then of which no print of this kind left the program after, the newest first."""
    about = fn.json_extract(t.Journal.body.cast("TEXT"), "$.facts.entry")
    left = (
        t.Journal.select(t.Journal.id)
        .join(t.Printed, on=t.Printed.sequence == about)
        .where(
            t.Journal.subject == t.Case.number,
            t.Journal.kind.in_(LEFT),
            t.Journal.at >= t.Case.closed_at,
            t.Printed.subject == t.Case.number,
            t.Printed.kind == kind,
        )
    )
    # By the state's own index: the newest completed ones come first there, whatever else is closed.
    newest = (t.Case.list_group == _CLOSED) & (t.Case.list_at <= -int(since.timestamp()))
    query = t.Case.select(*ROW_COLUMNS).where(t.Case.state == CaseState.COMPLETED.value, newest, ~fn.EXISTS(left))
    return tuple(row_of(item) for item in query.order_by(t.Case.list_at))


def _waits_for(reason: str) -> Any:
    """Whose word the clock stands still for."""
    pause = t.ClockPause
    running = (pause.case == t.Case.id) & pause.end.is_null() & (pause.reason == reason)
    return (t.Case.list_group == _GROUPS[CaseFilter.WAITING]) & fn.EXISTS(pause.select(pause.id).where(running))


def _waiting(count: Any, since: Any, where: Any) -> Waiting:
    return Waiting(*count.model.select(fn.COUNT(count), fn.MIN(since)).where(where).scalar(as_tuple=True))


def board(day: WorkingDay) -> Board:
    """What presses today."""
    pressing = _pressing(day)
    figures = {
        name.value: t.Case.select().where(pressing[name]).count()
        for name in (CaseFilter.LATE, CaseFilter.DUE_TODAY, CaseFilter.UNSETTLED)
    }
    unknown = t.Outbox.state == MessageState.UNSETTLED.value
    open_ones = [state.value for state in ComplaintState if state is not ComplaintState.RESOLVED]
    near = t.Complaint.select().where(t.Complaint.state.in_(open_ones) & (t.Complaint.next_on <= day.complaints_until))
    return Board(
        **figures,
        applicant=_waiting(t.Case.id, t.Case.waiting_since, pressing[CaseFilter.WAITING_APPLICANT]),
        ca=_waiting(t.Case.id, t.Case.waiting_since, pressing[CaseFilter.WAITING_CA]),
        official=escalated_since(),
        data_requests=_waiting(t.DataRequest.id, t.DataRequest.received_at, t.DataRequest.answered_at.is_null()),
        messages=_waiting(t.Outbox.id, t.Outbox.changed_at, unknown),
        complaints_near=near.count(),
    )
