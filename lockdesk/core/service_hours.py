"""The service clock: when the desk is open, when a case is due, and why.

Source: standard of service, component 3; the reading of "1 hari" is in DOMAIN section 4:
rule A (default) due at closing time of the next working day; rule B 405 service minutes;
rule C the same day if complete before a cut-off. All calculations run in the office's zone.
"""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from lockdesk.records import dataclass

Span = tuple[time, time]
SERVICE_MINUTES = 405
_SEARCH_DAYS = 730


class DeadlineRule(StrEnum):
    NEXT_WORKING_DAY = "A"
    SERVICE_MINUTES = "B"
    SAME_DAY = "C"


@dataclass(frozen=True, slots=True)
class HoursOverride:
    """Other hours between two dates, both included (Ramadan)."""

    first: date
    last: date
    weekly: Mapping[int, tuple[Span, ...]]
    reason: str


@dataclass(frozen=True, slots=True)
class Interval:
    """One stretch of the explanation of a deadline.

    `reason` is "open" where time was counted, else "break", "outside_hours", "weekend" or a closed day's own words;
    `hours` names the dated hours that held then (Ramadan), "" on an ordinary day.
    """

    start: datetime
    end: datetime
    minutes: int
    reason: str
    hours: str = ""


@dataclass(frozen=True, slots=True)
class DayRun:
    """Days one after the other of which all were counted, or none for the same reason ("open", as in `Interval`)."""

    first: date
    last: date
    reason: str


@dataclass(frozen=True, slots=True)
class Pause:
    """The clock stood still from `start` until `end` (None: it still does). Aware UTC."""

    start: datetime
    end: datetime | None
    reason: str


@dataclass(frozen=True, slots=True)
class HoursVersion:
    """The hours that hold from the day `since` on, until the next version's."""

    since: date
    weekly: Mapping[int, tuple[Span, ...]]
    overrides: Sequence[HoursOverride] = ()


@dataclass(frozen=True, slots=True)
class Calendar:
    """The office's week, its closed days with their reasons, and dated overrides of its hours.

    `weekly` maps Monday = 0 … to open spans in wall time of `zone`; it and `overrides` hold until the first of
    `later`, which is in the order of its days.
    """

    zone: ZoneInfo
    weekly: Mapping[int, tuple[Span, ...]]
    closed: Mapping[date, str] = field(default_factory=dict)
    overrides: Sequence[HoursOverride] = ()
    later: Sequence[HoursVersion] = ()

    def hours_on(self, day: date) -> HoursVersion:
        """The version of the hours that holds on `day`."""
        place = bisect_right(self.later, day, key=lambda version: version.since)
        return self.later[place - 1] if place else HoursVersion(date.min, self.weekly, self.overrides)

    def override_on(self, day: date) -> HoursOverride | None:
        """The dated hours that replace the week's on `day`."""
        found = self.hours_on(day).overrides
        return next((override for override in found if override.first <= day <= override.last), None)

    def spans(self, day: date) -> tuple[Span, ...]:
        """The open spans of `day`, in order; none when the office is closed."""
        return () if day in self.closed else self.hours_of(day)

    def hours_of(self, day: date) -> tuple[Span, ...]:
        """The open spans of `day` if nothing closed it."""
        weekly = (self.override_on(day) or self.hours_on(day)).weekly
        return weekly.get(day.weekday(), ())

    def working_days(self, first: date, last: date) -> int:
        """How many days between two, both included, have hours."""
        return sum(bool(self.spans(first + timedelta(days=n))) for n in range((last - first).days + 1))

    def _open_stretches(self, start: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Open stretches from `start` on, cut at `start`, for at most two years."""
        local = start.astimezone(self.zone)
        for offset in range(_SEARCH_DAYS):
            day = local.date() + timedelta(days=offset)
            for opens, closes in self.spans(day):
                first = datetime.combine(day, opens, self.zone)
                last = datetime.combine(day, closes, self.zone)
                if last > local:
                    yield max(first, local), last

    def next_open(self, at: datetime) -> datetime:
        """`at` itself while the desk is open, else the next opening. At closing time it is closed.

        Raises ValueError when the calendar has no open day within two years.
        """
        for first, _last in self._open_stretches(at):
            return first.astimezone(UTC)
        raise ValueError("the service calendar has no open day within two years")

    def closing(self, day: date) -> datetime | None:
        """The last closing time of `day`, None when closed."""
        spans = self.spans(day)
        return datetime.combine(day, spans[-1][1], self.zone).astimezone(UTC) if spans else None

    def working_day_after(self, day: date, count: int = 1) -> date:
        """The `count`-th working day after `day`."""
        current = day
        for _attempt in range(_SEARCH_DAYS):
            current += timedelta(days=1)
            if self.spans(current):
                count -= 1
                if count == 0:
                    return current
        raise ValueError("the service calendar has no open day within two years")

    def add_minutes(self, at: datetime, minutes: int) -> datetime:
        """The moment when `minutes` of open time have passed since `at`."""
        left = timedelta(minutes=minutes)
        for first, last in self._open_stretches(at):
            if first + left <= last:
                return (first + left).astimezone(UTC)
            left -= last - first
        raise ValueError("the service calendar has no open day within two years")

    def minutes_between(self, start: datetime, end: datetime) -> int:
        """Whole minutes of open time between two moments; 0 when `end` is not after `start`."""
        return sum(part.minutes for part in self.explain(start, end))

    def explain(self, start: datetime, end: datetime) -> tuple[Interval, ...]:
        """What was counted between two moments and what was skipped, and why."""
        if end <= start:
            return ()
        parts: list[Interval] = []
        local_end, position = end.astimezone(self.zone), start.astimezone(self.zone)
        for first, last in self._open_stretches(start):
            if first >= local_end:
                break
            if first > position:
                parts.extend(self._skipped(position, first))
            stop = min(last, local_end)
            parts.append(Interval(first, stop, minutes_of(first, stop), "open", self._hours_name(first.date())))
            position = stop
        if position < local_end:
            parts.extend(self._skipped(position, local_end))
        return tuple(parts)

    def explain_days(self, received: date, due: date) -> tuple[DayRun, ...]:
        """Which days count until a limit in working days: none of them is the day of reception."""
        runs: list[DayRun] = []
        for offset in range(1, (due - received).days + 1):
            day = received + timedelta(days=offset)
            reason = "open" if self.spans(day) else self.closed.get(day, "weekend")
            if runs and runs[-1].reason == reason:
                runs[-1] = replace(runs[-1], last=day)
            else:
                runs.append(DayRun(day, day, reason))
        return tuple(runs)

    def _skipped(self, start: datetime, end: datetime) -> Iterator[Interval]:
        """Cut at midnight, where another reason may begin."""
        position = start
        while position < end:
            midnight = datetime.combine(position.date() + timedelta(days=1), time(), self.zone)
            stop = min(midnight, end)
            yield Interval(position, stop, 0, self._reason(position), self._hours_name(position.date()))
            position = stop

    def _reason(self, at: datetime) -> str:
        """Why a moment outside the open stretches does not count."""
        spans = self.spans(at.date())
        if not spans:
            return self.closed.get(at.date(), "weekend")
        return "break" if spans[0][0] <= at.time() < spans[-1][1] else "outside_hours"

    def _hours_name(self, day: date) -> str:
        override = None if day in self.closed else self.override_on(day)
        return override.reason if override is not None else ""


def minutes_of(start: datetime, end: datetime) -> int:
    """Minute marks passed: a moment's seconds are lost once, so that adjoining stretches add up."""
    return int(end.timestamp() // 60 - start.timestamp() // 60)


@dataclass(frozen=True, slots=True)
class Promise:
    """The deadline rule in force, with the cut-off of rule C in wall time."""

    rule: DeadlineRule = DeadlineRule.NEXT_WORKING_DAY
    cut_off: time = time(10, 0)


def due_at(complete_at: datetime, calendar: Calendar, promise: Promise) -> datetime:
    """When a file that was complete at `complete_at` must be done. Aware UTC in and out."""
    counted_from = calendar.next_open(complete_at)
    if promise.rule is DeadlineRule.SERVICE_MINUTES:
        return calendar.add_minutes(counted_from, SERVICE_MINUTES)
    local = counted_from.astimezone(calendar.zone)
    same_day = promise.rule is DeadlineRule.SAME_DAY and local.time() < promise.cut_off
    day = local.date() if same_day else calendar.working_day_after(local.date())
    closing = calendar.closing(day)
    assert closing is not None
    return closing


def due_with_pauses(complete_at: datetime, pauses: Sequence[Pause], calendar: Calendar, promise: Promise) -> datetime:
    """The deadline after pauses.

    The promise counts from the moment the file is complete, so the last answer of the applicant
    starts it anew; time spent waiting for the CA is added in open minutes.
    """
    start = complete_at
    for pause in pauses:
        if pause.reason == "applicant" and pause.end is not None:
            start = max(start, pause.end)
    due = due_at(start, calendar, promise)
    waited = sum(
        calendar.minutes_between(max(pause.start, start), pause.end)
        for pause in pauses
        if pause.reason == "ca" and pause.end is not None and pause.end > start
    )
    return calendar.add_minutes(due, waited) if waited else due


def net_minutes(start: datetime, end: datetime, pauses: Sequence[Pause], calendar: Calendar) -> int:
    """Open minutes between two moments without the pauses (net time)."""
    total = calendar.minutes_between(start, end)
    for pause in pauses:
        total -= calendar.minutes_between(max(pause.start, start), min(pause.end or end, end))
    return max(total, 0)
