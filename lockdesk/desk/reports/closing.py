"""Closing the register books of the year before: what they held is kept as it was, and open cases go on under the
numbers that they have."""

import json
from collections.abc import Collection
from datetime import datetime
from typing import Any

from lockdesk.core.journal import Fact, JournalNote
from lockdesk.core.quarters import bounds
from lockdesk.desk import changes as c
from lockdesk.desk.casebook import Casebook
from lockdesk.desk.office.office import Office
from lockdesk.desk.reports.books import BOOK_STATES, period
from lockdesk.desk.values.reports import BookClosing, BookFilter, BookKind

_SETTING = "book."
_OPEN: dict[BookKind, str] = {BookKind.CASES: "running", BookKind.COMPLAINTS: "open"}


class Closing:
    """Called on worker threads."""

    def __init__(self, casebook: Casebook, office: Office) -> None:
        self._casebook = casebook
        self._office = office

    def close_old(self) -> tuple[BookClosing, ...]:
        """Closes the books of every year that is over and not closed yet, the oldest first, if anything stands in
        them."""
        present, first = self._office.today().year, self._casebook.first_year()
        years = range(present if first is None else first, present)
        return tuple(self._close(year, kind) for year in years for kind in _OPEN if self.of(year, kind) is None)

    def of(self, year: int, kind: BookKind) -> BookClosing | None:
        """How a year's book was closed; None while it is open."""
        kept = self._casebook.setting(f"{_SETTING}{year}.{kind}")
        return _closing(year, kind, json.loads(kept)) if kept else None

    def _close(self, year: int, kind: BookKind) -> BookClosing:
        span = bounds(*period(BookFilter(kind, year)), self._office.calendar)
        states: Collection[tuple[str, str]] = (
            [(item.fact.number, item.fact.state) for item in self._casebook.book_cases(span)]
            if kind is BookKind.CASES
            else [(item.number, item.state) for item in self._casebook.book_complaints(span)]
        )
        running = BOOK_STATES[kind][_OPEN[kind]][1]
        now = self._office.now()
        facts: dict[str, Fact] = {
            "at": now.isoformat(),
            "rows": len(states),
            "open": sum(state in running for _number, state in states),
            "last": max((number for number, _state in states), key=lambda number: (len(number), number), default=""),
        }
        note = JournalNote("book.closed", {"book": kind.value, "year": year, **facts})
        write = c.SetSetting(f"{_SETTING}{year}.{kind}", json.dumps(facts))
        self._casebook.commit(c.Change(now, self._office.actor(), note, (write,)))
        return _closing(year, kind, facts)


def _closing(year: int, kind: BookKind, facts: dict[str, Any]) -> BookClosing:
    at = datetime.fromisoformat(facts["at"])
    return BookClosing(kind, year, at, int(facts["rows"]), int(facts["open"]), str(facts["last"]))
