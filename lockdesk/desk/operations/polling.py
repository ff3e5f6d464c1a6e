"""Asks the CA again, politely, about what waits for approval or for a person in its portal.

Ever longer pauses, in service hours only, and a stop for each case. The plan lives as long as the program: a start
begins it anew.
"""

import logging
import threading
from datetime import datetime, timedelta

from lockdesk.core.operations import POLLED_STATES
from lockdesk.core.service_hours import Calendar
from lockdesk.desk.casebook import Casebook
from lockdesk.desk.office.office import Office
from lockdesk.desk.operations.acting import Operations
from lockdesk.errors import LockdeskError, Unsettled
from lockdesk.records import dataclass

log = logging.getLogger("lockdesk")
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 2, 5, 10, 15, 30))
"""After the first, second, … question; the last one repeats."""


@dataclass(frozen=True, slots=True)
class Plan:
    """When the CA is asked next about an operation; None once the officer, or a conflict, stopped it. `trouble`: why
    the last question got no answer, "" where it did."""

    asked: int
    next_at: datetime | None
    trouble: str = ""


def next_poll(asked: int, at: datetime, calendar: Calendar) -> datetime:
    """The moment of the next question after `asked` of them, the last one at `at`."""
    pause = PAUSES[min(asked, len(PAUSES) - 1)]
    return calendar.next_open(at + pause)


class Polling:
    """Thread-safe. `ask` runs on a worker thread, the rest anywhere."""

    def __init__(self, casebook: Casebook, office: Office, operations: Operations) -> None:
        self._casebook = casebook
        self._office = office
        self._operations = operations
        self._plans: dict[int, Plan] = {}
        """By operation."""
        self._lock = threading.Lock()

    def plan(self, operation_id: int) -> Plan:
        """When the CA is asked next about this operation."""
        with self._lock:
            if operation_id not in self._plans:
                self._plans[operation_id] = Plan(0, next_poll(0, self._office.now(), self._office.calendar))
            return self._plans[operation_id]

    def stop(self, operation_id: int) -> None:
        """Asks about it no more until `resume`."""
        with self._lock:
            self._plans[operation_id] = Plan(0, None)

    def resume(self, operation_id: int) -> None:
        with self._lock:
            self._plans.pop(operation_id, None)

    def ask(self) -> tuple[int, ...]:
        """Asks about everything that is due. Returns the cases that moved, or of which the CA could not be asked, or
        can be asked again."""
        moved, now = [], self._office.now()
        for operation in self._casebook.open_operations():
            plan = self.plan(operation.id)
            if operation.state not in POLLED_STATES or plan.next_at is None or plan.next_at > now:
                continue
            following: datetime | None = next_poll(plan.asked + 1, now, self._office.calendar)
            trouble = ""
            try:
                self._operations.settle(operation.case_id)
            except LockdeskError as error:
                if error.code == "proof.conflict":
                    following = None  # the officer decides; asking again changes nothing
                # Unsettled is an answer: not done yet.
                trouble = "" if isinstance(error, Unsettled) else error.message
            except Exception:  # a bug: it must not keep the others from being asked after
                log.exception("an open operation could not be asked after")
            with self._lock:
                if self._plans.get(operation.id) is plan:  # else the officer stopped it meanwhile
                    self._plans[operation.id] = Plan(plan.asked + 1, following, trouble)
            left = {item.id: item.state for item in self._casebook.open_operations()}
            if left.get(operation.id) is not operation.state or trouble or plan.trouble:
                moved.append(operation.case_id)
        return tuple(moved)
