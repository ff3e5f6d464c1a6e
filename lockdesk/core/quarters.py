"""Quarters (triwulan), in which the leader evaluates the service, and which moments belong to one.

Source: standard of service, component 14 (every three months); DOMAIN section 6 (TW I–IV).
"""

from datetime import UTC, date, datetime, time, timedelta

from lockdesk.core.service_hours import Calendar
from lockdesk.records import dataclass
from lockdesk.words import N_, _

QUARTERS = (N_("TW I"), N_("TW II"), N_("TW III"), N_("TW IV"))
_DAY = timedelta(days=1)
_LONGEST_CLOSED = 60
"""Days in a row that a calendar may have no service; then a quarter begins at its midnight."""


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """Three months of a year; `number` is 1 to 4."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> "Quarter":
        return cls(day.year, (day.month + 2) // 3)

    @property
    def first(self) -> date:
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def last(self) -> date:
        return self.next.first - _DAY

    @property
    def previous(self) -> "Quarter":
        return Quarter(self.year - 1, 4) if self.number == 1 else Quarter(self.year, self.number - 1)

    @property
    def next(self) -> "Quarter":
        return Quarter(self.year + 1, 1) if self.number == 4 else Quarter(self.year, self.number + 1)

    def __str__(self) -> str:
        """As it is recorded and printed, whatever language is in use: "TW IV 2026"."""
        return f"{QUARTERS[self.number - 1]} {self.year}"

    @property
    def words(self) -> str:
        """As it is called in the language in use: "TW IV 2026", "Q4 2026"."""
        return f"{_(QUARTERS[self.number - 1])} {self.year}"


@dataclass(frozen=True, slots=True)
class Bounds:
    """The moments between which something belongs to a span of days; the first counts, the last does not. Aware UTC.

    What arrives outside service hours is received at the next opening: receptions of a span begin at the last closing
    before it. What the office itself does has its own date.
    """

    received_from: datetime
    received_until: datetime
    done_from: datetime
    done_until: datetime

    def received(self, at: datetime) -> bool:
        return self.received_from <= at < self.received_until

    def done(self, at: datetime | None, received_at: datetime) -> bool:
        """Whether something received then ended in this span: by the date of its end, and never before the span to
        which its reception belongs. So every case is running, or has ended, exactly once."""
        if at is None or received_at >= self.received_until:
            return False
        return at < self.done_until and (at >= self.done_from or received_at >= self.received_from)

    def running(self, at: datetime | None, received_at: datetime) -> bool:
        """Whether something received then had not ended at the end of this span."""
        return received_at < self.received_until and (at is None or at >= self.done_until)


def bounds(first: date, last: date, calendar: Calendar) -> Bounds:
    """The bounds of the days from `first` to `last`, both included."""
    return Bounds(
        _receptions_from(first, calendar),
        _receptions_from(last + _DAY, calendar),
        _midnight(first, calendar),
        _midnight(last + _DAY, calendar),
    )


def _receptions_from(day: date, calendar: Calendar) -> datetime:
    """From when on what arrives is received on `day` or later."""
    for back in range(1, _LONGEST_CLOSED):
        closing = calendar.closing(day - back * _DAY)
        if closing is not None:
            return closing
    return _midnight(day, calendar)


def _midnight(day: date, calendar: Calendar) -> datetime:
    return datetime.combine(day, time(), calendar.zone).astimezone(UTC)
