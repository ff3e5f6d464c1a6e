"""What the window shows, read from the casebook and completed with the office's calendar."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from lockdesk.core.complaints import LimitKind
from lockdesk.core.messages import MessageState
from lockdesk.core.service_hours import Interval, net_minutes
from lockdesk.desk.casebook import Casebook
from lockdesk.desk.office.backups import backup_state
from lockdesk.desk.office.decree import knows_leave
from lockdesk.desk.office.office import Office
from lockdesk.desk.values.cases import CaseFilter, CaseRow, CaseView, ListPage, Message, WorkingDay
from lockdesk.desk.values.complaints import ComplaintPage, ComplaintRow, ComplaintView, ExplainedLimit
from lockdesk.desk.values.listing import PLAIN, Key, ListView, Span
from lockdesk.desk.values.office import ClosedDay, DayEnd, DeskStatus
from lockdesk.desk.values.register import RegisterPage
from lockdesk.machine_risk import AcceptedRisk

SEARCH_LIMIT, REGISTER_LIMIT = 100, 500
DAY_END = (
    CaseFilter.UNSETTLED,
    CaseFilter.LATE,
    CaseFilter.DUE_TODAY,
    CaseFilter.CALL_OWED,
    CaseFilter.DUE_NEXT,
    CaseFilter.WAITING_APPLICANT,
    CaseFilter.WAITING_CA,
)
"""What the end of a day asks after."""
MOST_OF_DAY = 100
"""Cases of one sort that it lists."""
NEAR_WORKING_DAYS = 3
"""A complaint's limit is near when it is at most so many working days away."""


class Reading:
    """Reads only; safe from any worker thread."""

    def __init__(
        self, casebook: Casebook, office: Office, gateway_label: Callable[[], str], training: bool,
        risk: Callable[[], AcceptedRisk | None],
    ) -> None:  # fmt: skip
        self._risk = risk
        self._casebook = casebook
        self._office = office
        self._gateway_label = gateway_label
        self._training = training

    def page(self, case_filter: CaseFilter, after: Key | None, limit: int, view: ListView = PLAIN) -> ListPage:
        return self._casebook.page(case_filter, after, limit, self._day(), view, self._received(view))

    def _received(self, view: ListView) -> Span:
        """The days of a view as they begin and end in the office."""
        begun = self._end_of(view.first - timedelta(days=1)) if view.first is not None else None
        return begun, self._end_of(view.last) if view.last is not None else None

    def search(self, text: str) -> tuple[CaseRow, ...]:
        return self._casebook.search(text, SEARCH_LIMIT)

    def row(self, case_id: int) -> CaseRow:
        return self._casebook.row(case_id)

    def case(self, case_id: int) -> CaseView:
        """The whole case with its net service time."""
        case = self._casebook.case(case_id)
        start, end = case.complete_at or case.received_at, case.closed_at or self._office.now()
        net, asked = net_minutes(start, end, case.pauses, self._office.calendar), self._office.at(case.received_at)
        return replace(case, net_minutes=net, asked=asked.checklist)

    def explain_deadline(self, case_id: int) -> tuple[Interval, ...]:
        """Which time counts until the deadline, which is skipped, and why; none without a deadline."""
        case = self._casebook.case(case_id)
        if case.due_at is None:
            return ()
        return self._office.calendar.explain(case.complete_at or case.received_at, case.due_at)

    def document(self, document_id: int) -> bytes:
        return self._casebook.document(document_id)

    def complaint_page(
        self, which: str, after: Key | None = None, limit: int = 500, view: ListView = PLAIN
    ) -> ComplaintPage:
        """`which` is "open", "escalated" or "resolved"."""
        return self._casebook.complaint_page(which, after, limit, view, self._received(view))

    def complaint(self, complaint_id: int) -> ComplaintView:
        """With the day until which a reply waits for the complainant's."""
        found = self._casebook.complaint(complaint_id)
        return found if found.asked_at is None else replace(found, close_on=self._office.closes_on(found.asked_at))

    def search_complaints(self, text: str) -> tuple[ComplaintRow, ...]:
        return self._casebook.search_complaints(text, SEARCH_LIMIT)

    def evidence_file(self, file_id: int) -> bytes:
        return self._casebook.evidence_file(file_id)

    def register_page(
        self, text: str = "", after: tuple[str, int] | None = None, limit: int = REGISTER_LIMIT
    ) -> RegisterPage:
        """People of the staff register in the order of their names; `text`: what their names, numbers, unit or
        address begin with."""
        return self._casebook.register_page(text, after, limit)

    def explain_limits(self, complaint_id: int) -> tuple[ExplainedLimit, ...]:
        """Which days count until each of a complaint's limits, which are skipped, and why."""
        complaint, found = self.complaint(complaint_id), []
        for limit in complaint.limits:
            begun = complaint.asked_at if limit.kind is LimitKind.CLOSE else None
            since = (begun or complaint.received_at).astimezone(self._office.zone).date()
            found.append(ExplainedLimit(limit, since, self._office.calendar.explain_days(since, limit.on)))
        return tuple(found)

    def _day(self) -> WorkingDay:
        today = self._office.today()
        calendar = self._office.calendar
        near = calendar.working_day_after(today, NEAR_WORKING_DAYS)
        return WorkingDay(
            self._office.now(), self._end_of(today), self._end_of(calendar.working_day_after(today)), near
        )

    def _end_of(self, day: date) -> datetime:
        return datetime.combine(day + timedelta(days=1), time(), self._office.zone).astimezone(UTC)

    def day_end(self) -> DayEnd:
        """What is still open today, and what the next working day brings; each case once, where it weighs most."""
        day, seen, found = self._day(), set[int](), {}
        for name in DAY_END:
            rows = [row for row in self._casebook.page(name, None, MOST_OF_DAY, day).rows if row.id not in seen]
            seen |= {row.id for row in rows}
            found[name] = tuple(rows)
        board = self._casebook.board(day)
        backup = backup_state(self._casebook, self._office)
        return DayEnd(found, self._casebook.outbox_counts(), board.complaints_near, board.official, backup)

    def unsettled_messages(self) -> tuple[Message, ...]:
        """Messages of which nobody knows whether they reached the mail server, the oldest first."""
        return self._casebook.messages_in({MessageState.UNSETTLED})

    def closed_days(self, year: int) -> tuple[ClosedDay, ...]:
        return self._casebook.closed_days(year)

    def _leave_unknown(self, today: date) -> int:
        """The joint decree for a year is signed in the autumn before it."""
        year = today.year + 1
        return year if today.month >= 10 and not knows_leave(self._casebook.closed_days(year)) else 0

    def status(self) -> DeskStatus:
        """The status bar: hours, gateway, journal, officer, counts."""
        now, calendar = self._office.now(), self._office.calendar
        opening = calendar.next_open(now)
        today = now.astimezone(self._office.zone).date()
        return DeskStatus(
            open_until=calendar.closing(today) if opening == now else None,
            next_open=opening,
            gateway=self._gateway_label(),
            training=self._training,
            journal_count=self._casebook.head().count,
            journal_whole=self._casebook.journal_whole(),
            mark_behind=self._casebook.mark_behind(),
            officer=self._office.actor(),
            csr_to_confirm=self._office.settings.office.csr_to_confirm,
            leave_unknown=self._leave_unknown(today),
            outbox=self._casebook.outbox_counts(),
            counts=self._casebook.counts(),
            board=self._casebook.board(self._day()),
            role=self._office.role,
            risk=self._risk(),
        )
