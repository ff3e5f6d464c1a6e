"""The figures of a quarter from what the casebook holds: pure, each as `definitions` words it."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from fractions import Fraction
from statistics import median
from zoneinfo import ZoneInfo

from lockdesk.core.cases import ROUTE_LABELS, CaseState
from lockdesk.core.complaints import CHANNEL_LABELS, COMPLAINT_STATE_LABELS, KIND_LABELS, SATISFACTION_LABELS
from lockdesk.core.findings import Verdict
from lockdesk.core.open_time import OpenTime
from lockdesk.core.quarters import Bounds
from lockdesk.core.service_hours import Calendar
from lockdesk.desk.checks.catalogue import checks
from lockdesk.desk.reports.definitions import INTAKE_LABELS, NO_AGENCY, OTHER_REASON
from lockdesk.desk.values.reports import (
    Breakdown,
    BreakdownRow,
    CaseFact,
    ComplaintFact,
    Figure,
    LateCase,
    Subject,
)
from lockdesk.records import dataclass
from lockdesk.words import TONGUES, language

_COMPLETED = frozenset({CaseState.COMPLETED, CaseState.RESOLVED_OTHERWISE})
MOST_LATE = 60
"""Late cases that are listed with their causes; what is beyond is counted."""
CASE_COLUMNS = ("received", "completed", "rejected", "on_time")


@dataclass(frozen=True, slots=True)
class Sorted:
    """The cases of a span, each where it counts."""

    received: tuple[CaseFact, ...]
    completed: tuple[CaseFact, ...]
    rejected: tuple[CaseFact, ...]
    withdrawn: tuple[CaseFact, ...]
    running: tuple[CaseFact, ...]


def sort_cases(cases: Sequence[CaseFact], span: Bounds) -> Sorted:
    done = [case for case in cases if span.done(case.closed_at, case.received_at)]
    return Sorted(
        tuple(case for case in cases if span.received(case.received_at)),
        tuple(case for case in done if case.state in _COMPLETED),
        tuple(case for case in done if case.state is CaseState.REJECTED),
        tuple(case for case in done if case.state is CaseState.WITHDRAWN),
        tuple(case for case in cases if span.running(case.closed_at, case.received_at)),
    )


def open_time(cases: Sequence[CaseFact], until: datetime, calendar: Calendar) -> OpenTime:
    """The service clock over everything that is measured of these cases."""
    first = min((_begun(case) for case in cases), default=until)
    last = max((case.closed_at or until for case in cases), default=until)
    return OpenTime(calendar, _day(first, calendar.zone), _day(max(last, until), calendar.zone))


def _day(at: datetime, zone: ZoneInfo) -> date:
    return at.astimezone(zone).date()


def _begun(case: CaseFact) -> datetime:
    return case.complete_at or case.received_at


def net_time(case: CaseFact, until: datetime, clock: OpenTime) -> int:
    """Service minutes from the complete file to the end, or until now, without the pauses."""
    return clock.net(_begun(case), case.closed_at or until, case.pauses)


def count(cases: Iterable[CaseFact | ComplaintFact]) -> Figure:
    members = tuple(case.id for case in cases)
    return Figure(Fraction(len(members)), members)


def share(numerator: Iterable[CaseFact | ComplaintFact], of: Sequence[CaseFact | ComplaintFact]) -> Figure:
    """A part of `of`; None of nothing."""
    members = tuple(case.id for case in numerator)
    return Figure(Fraction(len(members), len(of)) if of else None, members, len(of))


def is_late(case: CaseFact, until: datetime) -> bool:
    """Past its limit at its end, or at `until` where it is still running then. One that waits has no limit to miss."""
    if case.due_at is None:
        return False
    if case.closed_at is not None and case.closed_at < until:
        return case.on_time is False
    waiting = any(pause.start <= until and (pause.end is None or pause.end > until) for pause in case.pauses)
    return case.due_at < until and not waiting


def case_figures(found: Sorted, until: datetime, clock: OpenTime) -> dict[str, Figure]:
    """Every figure about cases."""
    times = [net_time(case, until, clock) for case in found.completed]
    measured = tuple(case.id for case in found.completed)
    mean = Fraction(sum(times), len(times)) if times else None
    middle = Fraction(median(times)) if times else None
    return {
        "received": count(found.received),
        "completed": count(found.completed),
        "rejected": count(found.rejected),
        "withdrawn": count(found.withdrawn),
        "running": count(found.running),
        "net_mean": Figure(mean, measured, len(times)),
        "net_median": Figure(middle, measured, len(times)),
        "on_time": _on_time(found.completed),
        "first_time_right": share(
            (case for case in found.completed if _first_time_right(case)), (*found.completed, *found.rejected)
        ),
        "repeated": count(case for case in found.received if case.known),
        "late": count(case for case in (*found.completed, *found.running) if is_late(case, until)),
    }


def _on_time(completed: Sequence[CaseFact]) -> Figure:
    limited = [case for case in completed if case.on_time is not None]
    return share((case for case in limited if case.on_time), limited)


def _first_time_right(case: CaseFact) -> bool:
    return not case.again and all(pause.reason != "applicant" for pause in case.pauses)


def complaint_figures(complaints: Sequence[ComplaintFact], span: Bounds) -> dict[str, Figure]:
    """Every figure about complaints."""
    resolved = [item for item in complaints if _resolved_in(item, span)]
    return {
        "complaints_received": count(_received_in(complaints, span)),
        "complaints_resolved": count(resolved),
        "complaints_open": count(
            item for item in complaints if item.resolved_at is None or item.resolved_at >= span.done_until
        ),
        "complaints_within": share((item for item in resolved if item.on_time), resolved),
    }


def _received_in(complaints: Sequence[ComplaintFact], span: Bounds) -> list[ComplaintFact]:
    return [item for item in complaints if span.done_from <= item.received_at < span.done_until]


def _resolved_in(item: ComplaintFact, span: Bounds) -> bool:
    return item.resolved_at is not None and span.done_from <= item.resolved_at < span.done_until


# ── by group ──


def breakdowns(found: Sorted, complaints: Sequence[ComplaintFact], span: Bounds) -> dict[str, Breakdown]:
    received = _received_in(complaints, span)
    tables = (
        _of_cases("agency", found, _agency),
        _of_cases("channel", found, lambda case: INTAKE_LABELS[case.channel]),
        _of_cases("route", found, lambda case: ROUTE_LABELS[case.route]),
        _reasons(found.rejected),
        _of_complaints("complaint_kind", received, lambda item: KIND_LABELS[item.kind]),
        _of_complaints("complaint_channel", received, lambda item: CHANNEL_LABELS[item.channel]),
        _of_complaints("complaint_state", received, lambda item: COMPLAINT_STATE_LABELS[item.state]),
        _of_complaints(
            "complaint_satisfaction",
            [item for item in complaints if _resolved_in(item, span)],
            lambda item: SATISFACTION_LABELS[item.satisfaction],
            "complaints_resolved",
        ),
    )
    return {table.name: table for table in tables}


_Group = tuple[list[CaseFact], list[CaseFact], list[CaseFact]]
"""Received, completed, rejected."""


def _agency(case: CaseFact) -> str:
    return case.agency.strip() or NO_AGENCY


def _of_cases(name: str, found: Sorted, label: Callable[[CaseFact], str]) -> Breakdown:
    """Groups that differ in capitals alone are one, under the name that came first."""
    names: dict[str, str] = {}
    spelt: dict[str, _Group] = {}
    groups: dict[str, _Group] = defaultdict(lambda: ([], [], []))
    for place, cases in enumerate((found.received, found.completed, found.rejected)):
        for case in cases:
            words = label(case)
            group = spelt.get(words)
            if group is None:
                key = " ".join(words.split()).casefold()
                names.setdefault(key, " ".join(words.split()))
                group = spelt[words] = groups[key]
            group[place].append(case)
    rows = [
        BreakdownRow(names[key], (count(received), count(completed), count(rejected), _on_time(completed)))
        for key, (received, completed, rejected) in groups.items()
    ]
    return Breakdown(name, Subject.CASE, CASE_COLUMNS, _largest_first(rows))


def _reasons(rejected: Sequence[CaseFact]) -> Breakdown:
    """A case counts once for each of its reasons. Only what a check says is a reason of its own: what an officer wrote
    may name somebody. Earlier versions kept reasons in the language of the window."""
    refused = [title for spec in checks().values() if (title := spec.titles.get(Verdict.FAIL))]
    known = {language.read(code).gettext(title): title for title in refused for code in TONGUES}
    groups: dict[str, list[CaseFact]] = defaultdict(list)
    for case in rejected:
        for title in {
            known.get(reason.partition(". ")[0].rstrip("."), OTHER_REASON) for reason in case.reasons or ("",)
        }:
            groups[title].append(case)
    rows = [BreakdownRow(title, (count(cases),)) for title, cases in groups.items()]
    return Breakdown("reasons", Subject.CASE, ("rejected",), _largest_first(rows))


def _of_complaints(
    name: str,
    counted: Sequence[ComplaintFact],
    label: Callable[[ComplaintFact], str],
    figure: str = "complaints_received",
) -> Breakdown:
    """`counted`: what `figure` counts."""
    groups: dict[str, list[ComplaintFact]] = defaultdict(list)
    for item in counted:
        groups[label(item)].append(item)
    rows = [BreakdownRow(words, (count(items),)) for words, items in groups.items()]
    return Breakdown(name, Subject.COMPLAINT, (figure,), _largest_first(rows))


def _largest_first(rows: list[BreakdownRow]) -> tuple[BreakdownRow, ...]:
    return tuple(sorted(rows, key=lambda row: (-(row.figures[0].value or 0), row.label)))


# ── what was late ──


def late_cases(found: Sorted, until: datetime, clock: OpenTime) -> tuple[LateCase, ...]:
    """The cases of the figure `late`, the earliest limit first and no more than are ever listed, with where their time
    went."""
    late = [case for case in (*found.completed, *found.running) if is_late(case, until)]
    late.sort(key=lambda case: case.due_at or until)
    return tuple(
        LateCase(
            case.id,
            case.number,
            _agency(case),
            case.due_at,
            case.closed_at if case.closed_at is not None and case.closed_at < until else None,
            net_time(case, until, clock),
            _paused(case, "applicant", until, clock),
            _paused(case, "ca", until, clock),
        )
        for case in late[:MOST_LATE]
        if case.due_at is not None
    )


def _paused(case: CaseFact, reason: str, until: datetime, clock: OpenTime) -> int:
    begun, ended = _begun(case), case.closed_at or until
    stretches = (
        (max(pause.start, begun), min(pause.end or ended, ended)) for pause in case.pauses if pause.reason == reason
    )
    return sum(clock.minutes(start, end) for start, end in stretches)
