"""The service clock for many cases at once: the same minutes as `Calendar.minutes_between`, looked up in a table."""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate

from lockdesk.core.service_hours import Calendar, Pause, minutes_of


class OpenTime:
    """The open stretches of the days from `first` to `last`, both included; what lies outside of them counts nothing.

    Made once for thousands of cases: to walk the calendar for each of them takes a hundred times as long.
    """

    def __init__(self, calendar: Calendar, first: date, last: date) -> None:
        days = (first + timedelta(days=n) for n in range((last - first).days + 1))
        stretches = [
            (datetime.combine(day, opens, calendar.zone), datetime.combine(day, closes, calendar.zone))
            for day in days
            for opens, closes in calendar.spans(day)
        ]
        self._opens = [opens.astimezone(UTC) for opens, _closes in stretches]
        self._closes = [closes.astimezone(UTC) for _opens, closes in stretches]
        whole = [minutes_of(opens, closes) for opens, closes in stretches]
        self._before = [0, *accumulate(whole)]
        """Open minutes before each stretch."""

    def minutes(self, start: datetime, end: datetime) -> int:
        """Whole minutes of open time between two moments; 0 when `end` is not after `start`. Each stretch counts
        its minute marks, as in the explanation of a deadline."""
        if end <= start:
            return 0
        first, last = bisect_right(self._closes, start), bisect_right(self._opens, end) - 1
        if first > last:
            return 0
        begins, ends = max(self._opens[first], start), min(self._closes[last], end)
        if first == last:
            return max(minutes_of(begins, ends), 0)
        between = self._before[last] - self._before[first + 1]
        return minutes_of(begins, self._closes[first]) + between + minutes_of(self._opens[last], ends)

    def net(self, start: datetime, end: datetime, pauses: Sequence[Pause]) -> int:
        """Open minutes between two moments without the pauses, as `net_minutes`."""
        if not pauses:
            return self.minutes(start, end)
        paused = sum(self.minutes(max(pause.start, start), min(pause.end or end, end)) for pause in pauses)
        return max(self.minutes(start, end) - paused, 0)
