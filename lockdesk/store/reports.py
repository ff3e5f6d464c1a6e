"""What is read for the evaluation of a quarter and for the register books, and what is kept of both."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, cast

from peewee import SQL, fn

from lockdesk.core.cases import CaseState, Route
from lockdesk.core.complaints import Channel, ComplaintKind, ComplaintState, Satisfaction
from lockdesk.core.quarters import Bounds, Quarter
from lockdesk.core.service_hours import Pause
from lockdesk.desk import changes as c
from lockdesk.desk.values.cases import IntakeChannel
from lockdesk.desk.values.complaints import ComplaintView
from lockdesk.desk.values.privacy import told
from lockdesk.desk.values.reports import BookCall, BookCase, CaseFact, ComplaintFact
from lockdesk.store import tables as t
from lockdesk.store.calls import call_of
from lockdesk.store.prepared import Prepared
from lockdesk.store.unit import Unit

_C, _E, _K = t.Case, t.Case.alias(), t.Complaint
_FACT = (
    _C.id, _C.number, _C.state, _C.route, _C.channel, _C.agency, _C.received_at, _C.complete_at, _C.due_at,
    _C.closed_at, _C.on_time, _C.previous, _C.closing_reasons,
)  # fmt: skip
_KNOWN = fn.EXISTS(_E.select(SQL("1")).where((_E.person == _C.person) & (_E.id < _C.id)))
"""The person had a case before."""
_SOME, _OTHER = t._EPOCH, t._EPOCH
"""Stand for the moments that are given when a query is run."""
_FACTS = _C.select(*_FACT, _KNOWN)
_RECEIVED = Prepared(lambda: _FACTS.where((_C.received_at >= _SOME) & (_C.received_at < _OTHER)))
_BEFORE = (
    # What was received before and ended within, ended later, or has not ended.
    Prepared(lambda: _FACTS.where((_C.closed_at >= _SOME) & (_C.closed_at < _OTHER) & (_C.received_at < _OTHER))),
    Prepared(lambda: _FACTS.where((_C.closed_at >= _SOME) & (_C.received_at < _OTHER))),
    Prepared(lambda: _FACTS.where(_C.closed_at.is_null() & (_C.received_at < _OTHER))),
)
_PAUSES = Prepared(
    lambda: t.ClockPause.select(t.ClockPause.case, t.ClockPause.start, t.ClockPause.end, t.ClockPause.reason)
    .where(t.ClockPause.case.in_(SQL("(SELECT value FROM json_each(?))"))).order_by(t.ClockPause.id)
)  # fmt: skip
_PEOPLE = Prepared(
    lambda: _C.select(_C.id, _C.name, _C.nip, _C.nik)
    .where((_C.received_at >= _SOME) & (_C.received_at < _OTHER)).order_by(_C.received_at, _C.id)
)  # fmt: skip
_COMPLAINTS = Prepared(
    lambda: _K.select(
        _K.id, _K.number, fn.json_extract(_K.form, SQL("'$.kind'")), _K.channel, _K.state, _K.received_at,
        _K.resolved_at, _K.on_time, _K.satisfaction,
    )
    .where(_K.received_at < _SOME)
    .where((_K.received_at >= _OTHER) | _K.resolved_at.is_null() | (_K.resolved_at >= _OTHER))
    .order_by(_K.id)
)  # fmt: skip
_MOMENT = t.MomentField()
_STATES = {str(state): state for state in CaseState}
_ROUTES = {str(route): route for route in Route}
_CHANNELS = {str(channel): channel for channel in IntakeChannel}


def _moment(value: int | None) -> datetime | None:
    """As the field does it; written out, for it is done a hundred thousand times for one report."""
    return None if value is None else t._EPOCH + value * t._MICROSECOND


def _stored(at: datetime) -> int:
    return cast(int, _MOMENT.db_value(at))


def _pauses(case_ids: Iterable[int]) -> dict[int, list[Pause]]:
    of: dict[int, list[Pause]] = defaultdict(list)
    for case_id, start, end, reason in _PAUSES.run(json.dumps([*case_ids])):
        of[case_id].append(Pause(cast(datetime, _moment(start)), _moment(end), reason))
    return of


def _fact(row: Sequence[Any], pauses: Mapping[int, list[Pause]]) -> CaseFact:
    (number, name, state, route, channel, agency, received, complete, due, closed, on_time, previous, reasons,
     known) = row  # fmt: skip
    return CaseFact(
        number,
        name,
        _STATES[state],
        _ROUTES[route],
        _CHANNELS[channel],
        agency,
        t._EPOCH + received * t._MICROSECOND,
        _moment(complete),
        _moment(due),
        _moment(closed),
        None if on_time is None else bool(on_time),
        previous is not None,
        bool(known),
        tuple(json.loads(reasons)) if state == CaseState.REJECTED else (),
        tuple(pauses.get(number, ())),
    )


def quarter_cases(bounds: Bounds) -> tuple[CaseFact, ...]:
    """Every case that was received, ended, or was running in these bounds, in the order of their numbers."""
    since, until = _stored(bounds.received_from), _stored(bounds.received_until)
    done_from, done_until = _stored(bounds.done_from), _stored(bounds.done_until)
    within, later, still = _BEFORE
    found = {
        row[0]: row
        for rows in (
            _RECEIVED.run(since, until),
            within.run(done_from, done_until, since),
            later.run(done_until, since),
            still.run(since),
        )
        for row in rows
    }
    pauses = _pauses(found)
    return tuple(_fact(found[key], pauses) for key in sorted(found))


def book_cases(bounds: Bounds) -> tuple[BookCase, ...]:
    """The cases received in these bounds, in the order of their reception."""
    received = _stored(bounds.received_from), _stored(bounds.received_until)
    rows = {row[0]: row for row in _RECEIVED.run(*received)}
    pauses = _pauses(rows)
    people = _PEOPLE.run(*received).fetchall()
    return tuple(BookCase(_fact(rows[key], pauses), told(name), nip, nik) for key, name, nip, nik in people)


def quarter_complaints(bounds: Bounds) -> tuple[ComplaintFact, ...]:
    """Every complaint that was received, resolved, or was open in these bounds, in the order of their numbers."""
    until, since = _stored(bounds.done_until), _stored(bounds.done_from)
    return tuple(
        ComplaintFact(
            key,
            number,
            ComplaintKind(kind),
            Channel(channel),
            ComplaintState(state),
            cast(datetime, _moment(received)),
            _moment(resolved),
            None if on_time is None else bool(on_time),
            Satisfaction(said),
        )
        for key, number, kind, channel, state, received, resolved, on_time, said in _COMPLAINTS.run(until, since, since)
    )


def book_calls(bounds: Bounds) -> tuple[BookCall, ...]:
    """The calls in these bounds that count although somebody else was called, the oldest first."""
    call = t.Call
    found = call.select(call, _C.id, _C.number, _C.name, _C.agency).join(_C).where(call.counts & (call.through != ""))
    within = found.where((call.at >= bounds.done_from) & (call.at < bounds.done_until)).order_by(call.at, call.id)
    return tuple(
        BookCall(row.case.id, row.case.number, told(row.case.name), row.case.agency, call_of(row)) for row in within
    )


def book_complaints(bounds: Bounds) -> tuple[ComplaintView, ...]:
    """The complaints received in these bounds, in the order of their reception, without their history."""
    from lockdesk.store.complaint_reads import view_of

    found = t.Complaint.select().where(t.Complaint.received_at >= bounds.done_from)
    within = found.where(t.Complaint.received_at < bounds.done_until)
    return tuple(view_of(row) for row in within.order_by(t.Complaint.received_at, t.Complaint.id))


def first_year() -> int | None:
    """The year (UTC) in which the first case or complaint was received; None before there is one."""
    found = [table.select(fn.MIN(table.received_at)).scalar() for table in (t.Case, t.Complaint)]
    return min((at.year for at in found if at is not None), default=None)


def survey_counts(first: date, last: date) -> dict[tuple[int, int], int]:
    """How often each score was given to each question from `first` to `last`, both included."""
    table = t.SurveyCount
    query = table.select(table.question, table.score, fn.SUM(table.count)).where(table.day.between(first, last))
    found: Iterable[Any] = query.group_by(table.question, table.score).tuples()
    return {(question, score): count for question, score, count in found}


def count_answers(day: date, scores: Sequence[int]) -> None:
    """One more form of that day; runs inside a unit of writing."""
    table = t.SurveyCount
    for question, score in enumerate(scores):
        table.insert(day=day, question=question, score=score, count=1).on_conflict(
            conflict_target=[table.day, table.question, table.score], update={table.count: table.count + 1}
        ).execute()


def report_parts(quarter: Quarter) -> dict[str, str]:
    table = t.ReportPart
    found = table.select(table.name, table.text)
    its = found.where((table.year == quarter.year) & (table.quarter == quarter.number))
    rows: Iterable[Any] = its.tuples()
    return dict(rows)


def set_report_part(_unit: Unit, write: c.SetReportPart) -> None:
    quarter = write.quarter
    t.ReportPart.insert(
        year=quarter.year, quarter=quarter.number, name=write.name, text=write.text
    ).on_conflict_replace().execute()
