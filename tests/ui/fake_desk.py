"""A desk of plain classes: realistic values, every call recorded, answers that can be held back."""

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, cast

from lockdesk.app import notice_texts, portal_steps
from lockdesk.core.cases import CaseState, Route
from lockdesk.core.complaints import Channel, ComplaintClass, ComplaintKind, ComplaintState, Satisfaction
from lockdesk.core.findings import Verdict
from lockdesk.core.journal import JournalHead, JournalNote
from lockdesk.core.messages import MessageState
from lockdesk.core.operations import OperationKind, RevocationReason
from lockdesk.core.quarters import Bounds, Quarter
from lockdesk.core.roles import Role
from lockdesk.core.service_hours import Calendar, Interval
from lockdesk.demands import CsrAnswer, Demands
from lockdesk.desk.changes import Change, SetReportPart
from lockdesk.desk.complaints.log import Complaints
from lockdesk.desk.desk import Desk, Drafts, Guard, Pages
from lockdesk.desk.office.asking import Asked, Asking
from lockdesk.desk.office.backups import Backups
from lockdesk.desk.office.dated import DatedOffice
from lockdesk.desk.office.notice_texts import NoticeText, NoticeTexts
from lockdesk.desk.office.reader_risk import ReaderRisk
from lockdesk.desk.office.rules import Rules
from lockdesk.desk.office.setup import Setup
from lockdesk.desk.office.trust_store import TrustItem, TrustStore
from lockdesk.desk.operations.acting import Operations
from lockdesk.desk.operations.guide import RESET, CaWork, guide_steps
from lockdesk.desk.operations.handwork import Handwork, HolderForm
from lockdesk.desk.operations.polling import Plan, Polling
from lockdesk.desk.operations.practice import Practice
from lockdesk.desk.operations.resetting import Resetting
from lockdesk.desk.ports import NamedBytes
from lockdesk.desk.prints.documents import DOCUMENTS, DocumentSpec
from lockdesk.desk.prints.earlier import EarlierPrints
from lockdesk.desk.prints.making import Prints, PrintSubject
from lockdesk.desk.prints.queueing import Queueing
from lockdesk.desk.privacy.requests import DataRequests
from lockdesk.desk.reading import Reading
from lockdesk.desk.register.heads import Heads, people_in
from lockdesk.desk.register.planning import Follow, ImportPlan, plan, read_people, unfollowed
from lockdesk.desk.register.register import OpenedSheet, Register, Terms
from lockdesk.desk.reports.books import Books
from lockdesk.desk.reports.evaluation import Evaluation
from lockdesk.desk.reports.lists import Lists
from lockdesk.desk.requests.arrivals import Arrival
from lockdesk.desk.requests.choosing import Choosing
from lockdesk.desk.requests.intake import Intake
from lockdesk.desk.requests.notices import Notices
from lockdesk.desk.requests.review import Review
from lockdesk.desk.values.authority import CheckItem
from lockdesk.desk.values.backups import BackupPlan, BackupState
from lockdesk.desk.values.cases import (
    Board,
    CallForm,
    CaseFilter,
    CaseRow,
    CaseView,
    ComparisonRow,
    Decision,
    DocumentRef,
    HistoryLine,
    IntakeChannel,
    ListPage,
    Message,
    OperationView,
    Preflight,
    Received,
    Waiting,
)
from lockdesk.desk.values.complaints import ComplaintForm, ComplaintNote, ComplaintPage, ComplaintRow, ComplaintView
from lockdesk.desk.values.emergency import EmergencyEntry
from lockdesk.desk.values.facts import Line, PagePixels, SheetTable
from lockdesk.desk.values.listing import PLAIN, Key, ListOrder, ListView
from lockdesk.desk.values.mail import ByMail
from lockdesk.desk.values.office import ClosedDay, DayEnd, DeskStatus
from lockdesk.desk.values.people import Applicant, RegisterEntry, SourcedText
from lockdesk.desk.values.privacy import DataRequest
from lockdesk.desk.values.register import Origin, PastText, RegisterPage, RegisterPerson, RegisterView
from lockdesk.desk.values.reports import BookCase, BookClosing, CaseFact, ComplaintFact
from lockdesk.desk.values.sheets import (
    EarlierPrint,
    JobState,
    JobStatus,
    PagesTold,
    PaperSize,
    Printed,
    PrintJob,
    untold,
)
from lockdesk.desk.values.tray import TrayMail
from lockdesk.machine_risk import Machine
from lockdesk.office_file import read_office_file
from lockdesk.reader.files.sheet import read_sheet, unpacked
from lockdesk.resource import resource
from lockdesk.settings import DeskSettings, Officer, load_office
from tests.helpers.window import people, quarters
from tests.helpers.window.people import NOW

UNDECIDED = 2
"""The case with an open warning."""


OFFICE = load_office(resource("offices/pekalongan.toml"))


class FakeClock:
    def now(self) -> datetime:
        return NOW


@dataclass
class State:
    """What the fake services share."""

    cases: dict[int, CaseView]
    complaints: dict[int, ComplaintView]
    """Whole, as they were written down."""
    by_hand: bool = False
    """A person acts in the CA's portal."""
    actor: str = "applicant"
    """Who that is."""
    calls: list[tuple[Any, ...]] = field(default_factory=list)
    gates: dict[str, threading.Event] = field(default_factory=dict)
    failures: dict[str, Exception] = field(default_factory=dict)
    many: int = 0
    practice: bool = False
    printers: tuple[str, ...] = ("Loket", "Ruang belakang")
    earlier: tuple[EarlierPrint, ...] = ()
    job_status: JobStatus = field(default_factory=lambda: JobStatus(JobState.PRINTED))

    def enter(self, name: str, *values: Any) -> None:
        """Records a call, waits at its gate, fails if told to."""
        self.calls.append((name, *values))
        gate = self.gates.get(f"{name}:{values[0]}" if values else name)
        if gate is not None:
            gate.wait(20)
        if name in self.failures:
            raise self.failures[name]

    def change(self, case_id: int, **changes: Any) -> None:
        self.cases[case_id] = replace(self.cases[case_id], **changes)

    def called(self, name: str) -> list[tuple[Any, ...]]:
        return [call for call in self.calls if call[0] == name]


_MORE = 1000
"""From this number on cases only fill the list."""


class Part:
    def __init__(self, state: State) -> None:
        self.state = state


class FakeReading(Part, Reading):
    def page(self, case_filter: CaseFilter, after: Key | None, limit: int, view: ListView = PLAIN) -> ListPage:
        self.state.enter("page", after, limit)
        rows = [people.row_of(case) for case in self.state.cases.values()]
        if case_filter is CaseFilter.WAITING:
            rows = [row for row in rows if row.waiting_since is not None]
        rows += [self._more(number) for number in range(self.state.many)]
        rows = [row for row in rows if view.origin.casefold() in row.agency.casefold()]
        rows = [row for row in rows if view.state in {"", row.state}]
        if view.order is ListOrder.NAME:
            rows.sort(key=lambda row: row.name, reverse=view.backwards)
        start = int(after[2]) if after is not None else 0
        shown = tuple(rows[start : start + limit])
        following = (0, 0, start + limit) if len(shown) == limit else None  # as the store: nothing may follow it
        return ListPage(shown, following)

    def _more(self, number: int) -> CaseRow:
        closed = NOW - timedelta(days=3 + number)
        state = CaseState.COMPLETED
        name = f"Contoh Pemohon {number}"
        number_words = f"LOCK-2025-{number:04d}"
        return CaseRow(_MORE + number, number_words, name, "Dinas Contoh", state, None, closed, None, closed, True)

    def search(self, text: str) -> tuple[CaseRow, ...]:
        self.state.enter("search", text)
        rows = [people.row_of(view) for view in self.state.cases.values()]
        return tuple(row for row in rows if text.casefold() in f"{row.name} {row.number}".casefold())

    def row(self, case_id: int) -> CaseRow:
        return self._more(case_id - _MORE) if self._fills(case_id) else people.row_of(self.state.cases[case_id])

    def case(self, case_id: int) -> CaseView:
        """Of the many that only fill a list all are alike."""
        self.state.enter("case", case_id)
        known = next(iter(self.state.cases.values())) if self._fills(case_id) else self.state.cases[case_id]
        return replace(known, id=case_id, asked=OFFICE.checklist)

    def _fills(self, case_id: int) -> bool:
        return 0 <= case_id - _MORE < self.state.many

    def document(self, document_id: int) -> bytes:
        return b"isi"

    def explain_deadline(self, case_id: int) -> tuple[Interval, ...]:
        self.state.enter("explain_deadline", case_id)
        case = self.state.cases[case_id]
        office = load_office(resource("offices/pekalongan.toml"))
        calendar = Calendar(office.zone, office.weekly, {})
        return calendar.explain(case.received_at, case.due_at) if case.due_at is not None else ()

    def complaint_page(
        self, which: str, after: Key | None = None, limit: int = 500, view: ListView = PLAIN
    ) -> ComplaintPage:
        self.state.enter("complaint_page", which, after)
        rows = [complaint_row(view) for view in self.state.complaints.values()]
        rows += [replace(rows[0], id=1000 + number) for number in range(self.state.many)]
        start = int(after[1]) if after is not None else 0
        following = ("", start + limit) if start + limit < len(rows) else None
        return ComplaintPage(tuple(rows[start : start + limit]), following)

    def complaint(self, complaint_id: int) -> ComplaintView:
        self.state.enter("complaint", complaint_id)
        view = self.state.complaints[complaint_id]
        return view.concealed(view.form.secrets()) if view.form.confidential else view

    def search_complaints(self, text: str) -> tuple[ComplaintRow, ...]:
        rows = map(complaint_row, self.state.complaints.values())
        return tuple(row for row in rows if text.casefold() in f"{row.number} {row.name} {row.matter}".casefold())

    def evidence_file(self, file_id: int) -> bytes:
        return b"isi"

    def register_page(self, text: str = "", after: tuple[str, int] | None = None, limit: int = 60) -> RegisterPage:
        found = tuple(entry for entry in register_entries() if text.casefold() in entry.text("name").casefold())
        return RegisterPage(found, None, len(found))

    def closed_days(self, year: int) -> tuple[ClosedDay, ...]:
        return ()

    def day_end(self) -> DayEnd:
        views = list(self.state.cases.values())
        sorts = (CaseFilter.UNSETTLED, CaseFilter.LATE, CaseFilter.CALL_OWED, CaseFilter.WAITING_APPLICANT)
        rows = {sort: (people.row_of(view),) for sort, view in zip(sorts, views, strict=False)}
        return DayEnd(rows, {MessageState.QUEUED: 2}, 1)

    def status(self) -> DeskStatus:
        counts = {"needs_action": 4, "waiting": 2, "all": 12, "complaints_open": 3, "complaints_escalated": 1}
        label = "CA pelatihan" if self.state.practice else "portal BSrE"
        return DeskStatus(
            people.TODAY_CLOSING,
            NOW,
            label,
            self.state.practice,
            1204,
            True,
            0,
            "Contoh Petugas",
            True,
            counts,
            board=Board(
                1, 2, 1, Waiting(2, NOW - timedelta(days=3)), Waiting(1, NOW - timedelta(hours=5)), complaints_near=1
            ),
        )


class FakePages(Part, Pages):
    def __init__(self, state: State) -> None:
        super().__init__(state)
        self.picture: PagePixels | None = None
        self.text: tuple[Line, ...] = ()

    def render(self, document_id: int, page: int, width: int) -> PagePixels | None:
        self.state.enter("render", document_id, page, width)
        return self._page(page, width)

    def render_bytes(self, pdf: bytes, page: int, width: int) -> PagePixels | None:
        return self._page(page, width)

    def _page(self, page: int, width: int) -> PagePixels | None:
        if self.picture is not None:
            return replace(self.picture, page=page)
        width, height = 60, 85
        return PagePixels(page, width, height, width * 4, bytes([250]) * (width * height * 4))

    def lines(self, document_id: int) -> tuple[Line, ...]:
        self.state.enter("lines", document_id)
        return self.text

    def count(self, pdf: bytes) -> int:
        return 1


class FakeIntake(Part, Intake):
    arrival: Arrival | None = None
    """What the next files are taken for; a plain request unless said."""

    def look(self, files: Sequence[NamedBytes], channel: IntakeChannel) -> Arrival | Received:
        self.state.enter("receive", tuple(file.name for file in files), channel)
        return self.arrival or Received(UNDECIDED, "LOCK-2026-0042", False)

    def take(
        self, arrival: Arrival, apart: bool = False, received_at: datetime | None = None, unsure: bool = False
    ) -> tuple[Received, ...]:
        self.state.enter("take", apart)
        return (Received(UNDECIDED, "LOCK-2026-0042", False),)

    def receive_walk_in(
        self,
        applicant: Applicant,
        files: Sequence[NamedBytes],
        told_in_person: bool = False,
        emergency: EmergencyEntry | None = None,
    ) -> Received:
        self.state.enter("receive_walk_in", applicant)
        return Received(UNDECIDED, "LOCK-2026-0042", False)


class FakeReview(Part, Review):
    @staticmethod
    def scanned_letter(_case: CaseView) -> DocumentRef | None:
        return None

    def viewed(self, case_id: int) -> None:
        self.state.enter("viewed", case_id)

    def start(self, case_id: int) -> None:
        self.state.enter("start", case_id)
        self.state.change(case_id, state=CaseState.UNDER_REVIEW)

    def decide(self, case_id: int, check: str, reason: str) -> None:
        self.state.enter("decide", case_id, check, reason)
        view = self.state.cases[case_id]
        finding = next(found for found in view.findings if found.check == check)
        decision = Decision(check, reason, NOW, "Contoh Petugas", finding.evidence, view.basis)
        self.state.change(case_id, decisions=(*view.decisions, decision))

    def record_call(self, case_id: int, form: CallForm) -> None:
        self.state.enter("record_call", case_id, form)
        self.state.change(case_id, calls=(people.call(self.state.cases[case_id].basis),))

    def accept(self, case_id: int) -> None:
        self.state.enter("accept", case_id)
        self.state.change(case_id, state=CaseState.VERIFIED)

    def tick(self, case_id: int, item: str, ticked: bool) -> None:
        self.state.enter("tick", case_id, item, ticked)

    def ask_applicant(self, case_id: int, words: str) -> None:
        self.state.enter("ask_applicant", case_id, words)
        self.state.change(case_id, state=CaseState.AWAITING_APPLICANT)

    def answer(self, case_id: int, files: Sequence[NamedBytes], arrived_at: datetime | None = None) -> None:
        self.state.enter("answer", case_id)

    def correct(self, case_id: int, applicant: Applicant, reason: str) -> None:
        self.state.enter("correct", case_id, applicant, reason)
        self.state.change(case_id, applicant=applicant)

    def set_told_in_person(self, case_id: int, value: bool, reason: str) -> None:
        self.state.enter("set_told_in_person", case_id, value, reason)

    def set_compromised(self, case_id: int, value: bool, reason: str) -> None:
        self.state.enter("set_compromised", case_id, value, reason)
        self.state.change(case_id, compromised=value)

    def export_document(self, case_id: int, document_id: int) -> bytes:
        self.state.enter("export_document", case_id, document_id)
        return b"isi dokumen"

    def set_route(self, case_id: int, route: Route, reason: str) -> None:
        self.state.enter("set_route", case_id, route, reason)
        self.state.change(case_id, route=route)

    def recheck_findings(self, case_id: int) -> None:
        self.state.enter("recheck_findings", case_id)

    def recheck(self, case_id: int, reason: str) -> None:
        self.state.enter("recheck", case_id, reason)

    def reject(self, case_id: int, reasons: tuple[str, ...]) -> None:
        self.state.enter("reject", case_id, reasons)

    def resolve_otherwise(self, case_id: int, route: Route, note: str) -> None:
        self.state.enter("resolve_otherwise", case_id, route, note)

    def withdraw(self, case_id: int, reason: str) -> None:
        self.state.enter("withdraw", case_id, reason)

    def reopen(self, case_id: int, reason: str) -> None:
        self.state.enter("reopen", case_id, reason)
        self.state.change(case_id, state=CaseState.UNDER_REVIEW)

    def number_shown(self, case_id: int) -> None: ...

    def unmask_nik(self, case_id: int, reason: str) -> str:
        self.state.enter("unmask_nik", case_id, reason)
        return self.state.cases[case_id].applicant.nik

    @staticmethod
    def comparison(case: CaseView) -> tuple[ComparisonRow, ...]:
        person, letter = case.applicant, case.facts.statement.fields
        position = ("statement",) if letter.position != person.position else ()
        verdict = Verdict.WARN if position else Verdict.PASS
        masked = "3375••••••••" + person.nik[-4:]
        return (
            ComparisonRow("name", person.name, person.name, person.name, person.name),
            ComparisonRow("nip", person.nip, "", person.nip, person.nip),
            ComparisonRow("nik", masked, "", "", masked),
            ComparisonRow("position", letter.position, "", "", person.position, position, verdict),
            ComparisonRow("agency", person.agency, "", person.agency, person.agency),
            ComparisonRow("email", person.email, person.email, "", person.email),
            ComparisonRow("phone", "", "", "", person.phone),
        )


class FakeOperations(Part, Operations):
    ready = True

    def preflight(self, case_id: int) -> Preflight:
        self.state.enter("preflight", case_id)
        holder = self.state.cases[case_id].old_certificate
        words = "CA terhubung dan siap menerbitkan ulang dari CSR ini" if self.ready else "CA tidak terhubung"
        item = CheckItem("ca", self.ready, words)
        return Preflight(case_id, (item,), self.ready, holder, RevocationReason.SUPERSEDED)

    def revoke(self, case_id: int, retyped: str) -> None:
        self.state.enter("revoke", case_id, retyped)
        self.state.change(case_id, state=CaseState.REVOKED)

    def reissue(self, case_id: int) -> None:
        self.state.enter("reissue", case_id)
        self.state.change(case_id, state=CaseState.ISSUED)

    def remark(self, case_id: int) -> None:
        self.state.enter("remark", case_id)

    def settle(self, case_id: int) -> None:
        self.state.enter("settle", case_id)
        self.state.change(case_id, state=CaseState.REVOKED, operations=())

    def not_done(self, case_id: int, reason: str) -> None:
        self.state.enter("not_done", case_id, reason)
        self.state.change(case_id, operations=())

    def reconcile(self) -> tuple[OperationView, ...]:
        self.state.enter("reconcile")
        return ()


class FakeNoticeTexts(NoticeTexts):
    def __init__(self) -> None:
        self.texts = {notice: NoticeText(*text) for notice, text in notice_texts().items()}

    def of(self, notice: str) -> NoticeText:
        return self.texts[notice]


class FakeNotices(Part, Notices):
    def draft(self, case_id: int) -> Message:
        body = "Yth. Sekar Contohwati,\n\nSertifikat lama telah dicabut dan yang baru diterbitkan."
        to = self.state.cases[case_id].applicant.email
        subject = "Sertifikat elektronik baru telah diterbitkan"
        return Message(0, case_id, "issued", to, subject, body, MessageState.DRAFT, NOW)

    def deliver(self, case_id: int, message: Message, completes: bool = False, prints: bool = False) -> None:
        self.state.enter("deliver", case_id, message)
        self.state.change(case_id, state=CaseState.COMPLETED if completes else CaseState.NOTIFIED)

    def told(self, case_id: int, how: str, completes: bool = False, prints: bool = False) -> None:
        self.state.enter("told", case_id, how)

    def handed_over(self, case_id: int, name: str, on: date) -> None:
        self.state.enter("handed_over", case_id, name, on)

    def export(self, message_id: int) -> bytes:
        return b"From: x"

    def complete(self, case_id: int) -> None:
        self.state.enter("complete", case_id)
        self.state.change(case_id, state=CaseState.COMPLETED, closed_at=NOW)


class FakeComplaints(Part, Complaints):
    def receive(self, form: ComplaintForm, files: Sequence[NamedBytes] = (), mail: ByMail | None = None) -> int:
        self.state.enter("complaint_receive", form, files)
        number = max(self.state.complaints) + 1
        self.state.complaints[number] = complaint(number, form, ComplaintState.RECEIVED)
        return number

    def respond(self, complaint_id: int, text: str) -> None:
        self._step("respond", complaint_id, text, ComplaintState.HANDLED_BY_OFFICER)

    def verify(self, complaint_id: int) -> None:
        self._step("verify", complaint_id, "", ComplaintState.HANDLED_BY_OFFICER)

    def ask(self, complaint_id: int, text: str) -> None:
        self._step("ask", complaint_id, text, ComplaintState.AWAITING_COMPLAINANT)

    def complainant_replies(self, complaint_id: int, text: str) -> None:
        self._step("complainant_replies", complaint_id, text, ComplaintState.HANDLED_BY_OFFICER)

    def escalate(self, complaint_id: int, text: str, addressee: str = "") -> None:
        self.state.enter("addressee", addressee)
        self._step("escalate", complaint_id, text, ComplaintState.ESCALATED)

    def take_back(self, complaint_id: int, text: str) -> None:
        self._step("take_back", complaint_id, text, ComplaintState.HANDLED_BY_OFFICER)

    def related(self, written: str) -> CaseRow | None:
        rows = [people.row_of(view) for view in self.state.cases.values()]
        return next((row for row in rows if row.number == written.strip().upper()), None)

    def identity(self, complaint_id: int) -> ComplaintForm:
        self.state.enter("identity", complaint_id)
        return self.state.complaints[complaint_id].form

    def add_files(self, complaint_id: int, files: Sequence[NamedBytes]) -> None:
        self.state.enter("add_files", complaint_id, files)

    def record_satisfaction(self, complaint_id: int, satisfaction: Satisfaction) -> None:
        self.state.enter("satisfaction", complaint_id, satisfaction)
        self.state.complaints[complaint_id] = replace(self.state.complaints[complaint_id], satisfaction=satisfaction)

    def official_responds(self, complaint_id: int, text: str) -> None:
        self._step("official_responds", complaint_id, text, ComplaintState.HANDLED_BY_OFFICIAL)

    def resolve(self, complaint_id: int, text: str) -> None:
        self._step("resolve", complaint_id, text, ComplaintState.RESOLVED)

    def reopen(self, complaint_id: int, text: str) -> None:
        self._step("reopen", complaint_id, text, ComplaintState.HANDLED_BY_OFFICER)

    def correct(self, complaint_id: int, form: ComplaintForm, reason: str) -> None:
        self.state.enter("complaint_correct", complaint_id, form, reason)

    def _step(self, step: str, complaint_id: int, text: str, to: ComplaintState) -> None:
        self.state.enter(step, complaint_id, text)
        view = self.state.complaints[complaint_id]
        note = ComplaintNote(NOW, "Contoh Petugas", step, text)
        resolved = NOW if to is ComplaintState.RESOLVED else None
        self.state.complaints[complaint_id] = replace(view, state=to, notes=(*view.notes, note), resolved_at=resolved)


class FakePrints(Part, Prints):
    def make(self, kind: str, subject_id: PrintSubject, size: PaperSize, told: PagesTold = untold) -> Printed:
        self.state.enter("print", kind, subject_id, size)
        return Printed(kind, "0042/LOCK/XI/2026", "tanda-terima.pdf", b"%PDF", 1187, "9f3c 71aa 02de 5c44")

    @staticmethod
    def available_prints(_case: CaseView) -> tuple[DocumentSpec, ...]:
        return (DOCUMENTS["receipt"],)

    def preview(self, kind: str, subject_id: PrintSubject, size: PaperSize, told: PagesTold = untold) -> bytes:
        self.state.enter("preview", kind, subject_id, size)
        return b"%PDF"


class FakeQueueing(Part, Queueing):
    def printers(self) -> tuple[str, ...]:
        self.state.enter("printers")
        return self.state.printers

    def send(self, printed: Printed, printer: str, copies: int = 1) -> PrintJob:
        self.state.enter("send", printer, copies)
        return PrintJob(f"{printer}-1", printer, printed)

    def saved(self, printed: Printed) -> None:
        self.state.enter("print_saved", printed.number)

    def status(self, job: PrintJob) -> JobStatus:
        return self.state.job_status

    def cancel(self, job: PrintJob) -> None:
        self.state.enter("cancel", job.identifier)


class FakeEarlierPrints(Part, EarlierPrints):
    def of_case(self, case_id: int) -> tuple[EarlierPrint, ...]:
        return self.state.earlier

    def of_complaint(self, complaint_id: int) -> tuple[EarlierPrint, ...]:
        return ()

    def of_office(self, number: str = "") -> tuple[EarlierPrint, ...]:
        return ()

    def show(self, subject_id: PrintSubject, earlier: EarlierPrint) -> bytes:
        self.state.enter("show_print", earlier.print_id)
        return b"%PDF"

    def duplicate(self, subject_id: PrintSubject, earlier: EarlierPrint) -> Printed:
        self.state.enter("duplicate", earlier.print_id)
        return Printed(earlier.kind, earlier.number, "salinan.pdf", b"%PDF", 1190, "9f3c 71aa 02de 5c44")


def register_entries() -> tuple[RegisterEntry, ...]:
    return tuple(
        replace(people.register_entry(people.applicant_of(place)), id=place + 1) for place in range(len(people.PEOPLE))
    )


class FakeRegister(Part, Register):
    def open_sheet(self, content: bytes, name: str) -> OpenedSheet:
        tables = unpacked(read_sheet(content)).tables
        return OpenedSheet(name, "ab" * 32, tables, people_in(tables))

    def plan(
        self, table: SheetTable, heads: Heads, mapping: Mapping[str, int], terms: Terms, follow: Follow = unfollowed
    ) -> ImportPlan:
        self.state.enter("plan", mapping, terms)
        origin = Origin(terms.source, terms.as_of, NOW, terms.whole_office)
        made = plan(*read_people(table, heads, mapping), origin, lambda *_keys: register_entries(), follow)
        return replace(made, known=len(register_entries()))

    def import_people(
        self,
        people: Sequence[RegisterPerson],
        terms: Terms,
        sha256: str = "",
        follow: Follow = unfollowed,
        actor: str = "",
    ) -> int:
        self.state.enter("import_people", people, terms)
        return len(people)

    def view(self, entry_id: int) -> RegisterView:
        entry = register_entries()[entry_id - 1]
        before = SourcedText("+6281200000088", "BKPSDM Contoh", date(2025, 3, 3), None, None, "Contoh Petugas")
        position = replace(before, text="Pranata Komputer Ahli Pertama", reason="Kenaikan jabatan")
        return RegisterView(entry, (PastText("phone", before, NOW), PastText("position", position, NOW)))

    def put(
        self, entry_id: int | None, fields: Mapping[str, str], source: str, reason: str, case_id: int | None = None
    ) -> int:
        self.state.enter("put_person", entry_id, fields, source, reason, case_id)
        return entry_id or 1

    def retire(self, entry_id: int, reason: str, retired: bool = True) -> None:
        self.state.enter("retire_person", entry_id, reason, retired)

    def merge(self, kept_id: int, merged_id: int, reason: str) -> None:
        self.state.enter("merge_people", kept_id, merged_id, reason)


class FakeAsking(Part, Asking):
    def asked(self) -> Asked:
        return Asked(Demands(), CsrAnswer.UNKNOWN, overruled=False)


class FakeSetup(Part, Setup):
    def keep_calendar(self, actor: str = "") -> None:
        self.state.enter("keep_calendar")

    def save(self, settings: DeskSettings, actor: str = "") -> None:
        self.state.enter("save_settings", settings)

    def office_text(self) -> str:
        return resource("offices/pekalongan.toml").read_text(encoding="utf-8")

    def save_office(self, text: str, actor: str = "") -> None:
        self.state.enter("save_office", text)

    def closed_days(self, year: int) -> tuple[ClosedDay, ...]:
        manual = ClosedDay(date(year, 12, 28), "Rapat kerja", True)
        return (ClosedDay(date(year, 12, 24), "Cuti bersama Natal", False),
                ClosedDay(date(year, 12, 25), "Hari Raya Natal", False), manual)  # fmt: skip

    def add_closed_day(self, day: date, reason: str) -> None:
        self.state.enter("add_closed_day", day, reason)

    def remove_closed_day(self, day: date) -> None:
        self.state.enter("remove_closed_day", day)

    def behaviour(self) -> Mapping[str, str]:
        return {"mode": "slow"}

    def set_behaviour(self, behaviour: Mapping[str, str]) -> None:
        self.state.enter("set_behaviour", dict(behaviour))


class FakeDrafts(Part, Drafts):
    def __init__(self, state: State) -> None:
        super().__init__(state)
        self.kept: dict[str, str] = {}

    def keep(self, form: str, text: str) -> None:
        self.state.enter("draft_keep", form)
        self.kept[form] = text

    def load(self, form: str) -> str:
        self.state.enter("draft_load", form)
        return self.kept.get(form, "")

    def drop(self, form: str) -> None:
        self.state.enter("draft_drop", form)
        self.kept.pop(form, None)


class FakeGuard(Part, Guard):
    def lock(self) -> None:
        self.state.enter("lock")

    def unlock(self, passphrase: str) -> bool:
        self.state.enter("unlock")
        return passphrase == "pelatihan"

    @property
    def asks_who(self) -> bool:
        return False


class FakeResetting(Part, Resetting):
    def sent(self, case_id: int, phone: str) -> None:
        self.state.enter("sent", case_id, phone)
        self.state.change(case_id, state=CaseState.AWAITING_SIGNATURE)

    def proved(self, case_id: int, told_at: datetime, how: str, valid_in_portal: bool) -> None:
        self.state.enter("proved", case_id, told_at, how, valid_in_portal)
        self.state.change(case_id, state=CaseState.NOTIFIED)


class FakeHandwork(Part, Handwork):
    def ca_work(self, case: CaseView) -> CaWork:
        operation = case.open_operation()
        if case.route is Route.VERIFIER_RESET:
            return CaWork(by_hand=True, steps=guide_steps(portal_steps(), case, RESET, "officer", "BSrE"))
        if not self.state.by_hand or operation is None:
            return replace(CaWork(), searches=not self.state.by_hand, by_hand=self.state.by_hand)
        steps = guide_steps(portal_steps(), case, operation.kind.value, self.state.actor, "BSrE", operation)
        issuing = operation.kind is OperationKind.REISSUE
        return CaWork(False, True, self.state.actor, "https://portal.contoh.example", steps, issuing)

    def record_holder(self, case_id: int, form: HolderForm) -> None:
        self.state.enter("record_holder", case_id, form)

    def bring_certificate(self, case_id: int, files: Sequence[NamedBytes]) -> None:
        self.state.enter("bring_certificate", case_id, tuple(files))

    def bring_old_certificate(self, case_id: int, files: Sequence[NamedBytes]) -> None:
        self.state.enter("bring_old_certificate", case_id, files)

    def csr_file(self, case_id: int) -> bytes:
        self.state.enter("csr_file", case_id)
        return b"-----BEGIN CERTIFICATE REQUEST-----"


class FakePolling(Part, Polling):
    def plan(self, operation_id: int) -> Plan:
        del operation_id
        return Plan(1, NOW + timedelta(minutes=5))

    def stop(self, operation_id: int) -> None:
        self.state.enter("stop", operation_id)

    def ask(self) -> tuple[int, ...]:
        return ()


class FakeTrustStore(Part, TrustStore):
    def items(self) -> tuple[TrustItem, ...]:
        return ()

    def mail_server(self) -> str:
        return ""


class FakePractice(Part, Practice):
    def give_certificate(self, case_id: int) -> None:
        self.state.enter("give_certificate", case_id)
        view = self.state.cases[case_id]
        self.state.change(case_id, old_certificate=people.old_certificate(view.applicant))

    def approve(self, case_id: int) -> None:
        self.state.enter("approve", case_id)

    def decline(self, case_id: int, words: str) -> None:
        self.state.enter("decline", case_id, words)


class FakeBackups(Part, Backups):
    """No place for backups is chosen."""

    def standing(self) -> BackupState:
        return BackupState(BackupPlan())


class FakeChoosing(Part, Choosing):
    """Takes every choice."""

    def person(self, case_id: int, index: int) -> None: ...

    def settled(self, case_id: int, field: str, text: str) -> None: ...

    def letter(self, case_id: int, document_id: int) -> None: ...

    def left_open(self, case_id: int, question: str) -> None: ...

    def csr(self, case_id: int, document_id: int) -> None: ...

    def answered(self, case_id: int, question: str, answer: str) -> None: ...


class FakeQuarters:
    """The casebook as far as the reports read it, and the office that they ask."""

    def __init__(self, state: State, settings: DeskSettings) -> None:
        self.state, self.settings = state, settings
        self.parts: dict[Quarter, dict[str, str]] = {}
        self.counts: dict[tuple[int, int], int] = {}
        self.calendar = Calendar(settings.office.zone, settings.office.weekly, {})
        self.zone = settings.office.zone

    def now(self) -> datetime:
        return NOW

    def today(self) -> date:
        return NOW.date()

    def actor(self) -> str:
        return "Contoh Petugas"

    def head(self) -> JournalHead:
        return JournalHead(1204, bytes(32))

    def first_year(self) -> int:
        return 2025

    def closed_days(self, year: int | None) -> tuple[ClosedDay, ...]:
        return (ClosedDay(date(2026, 12, 24), "Cuti bersama Natal", False),)

    def quarter_cases(self, _bounds: Bounds) -> tuple[CaseFact, ...]:
        self.state.enter("quarter_cases")
        return quarters.facts()

    def quarter_complaints(self, _bounds: Bounds) -> tuple[ComplaintFact, ...]:
        return quarters.complaint_facts()

    def book_cases(self, bounds: Bounds) -> tuple[BookCase, ...]:
        return tuple(item for item in quarters.book_cases() if bounds.received(item.fact.received_at))

    def book_complaints(self, _bounds: Bounds) -> tuple[ComplaintView, ...]:
        return tuple(self.state.complaints.values())

    def report_parts(self, quarter: Quarter) -> dict[str, str]:
        return self.parts.get(quarter, {})

    def survey_counts(self, _first: date, _last: date) -> dict[tuple[int, int], int]:
        return self.counts

    def count_answers(self, day: date, scores: Sequence[int]) -> None:
        self.state.enter("count_answers", day, tuple(scores))
        for place in enumerate(scores):
            self.counts[place] = self.counts.get(place, 0) + 1

    def rows_of(self, ids: Sequence[int]) -> tuple[CaseRow, ...]:
        row = people.row_of(self.state.cases[2])
        return tuple(
            replace(row, id=item.id, number=item.number, name=f"Contoh Pemohon {item.id}", agency=item.agency,
                    state=item.state, received_at=item.received_at)
            for item in quarters.facts() if item.id in ids
        )  # fmt: skip

    def complaint_rows(self, ids: Sequence[int]) -> tuple[ComplaintRow, ...]:
        return tuple(complaint_row(view) for view in self.state.complaints.values() if view.id in ids)

    def commit(self, change: Change) -> None:
        self.state.enter("commit", change)
        for write in change.writes:
            assert isinstance(write, SetReportPart)
            self.parts.setdefault(write.quarter, {})[write.name] = write.text


class FakeOffice:
    """The office as far as the window asks for its hours and rules."""

    def __init__(self) -> None:
        text = resource("offices/pekalongan.toml").read_text(encoding="utf-8")
        self.dated = DatedOffice(read_office_file(text), ())
        self.zone = self.dated.zone
        self.role, self.works = Role.OFFICER, True

    def today(self) -> date:
        return NOW.astimezone(self.zone).date()

    def posts(self) -> bool:
        return True

    def require(self, _note: JournalNote) -> None: ...


class FakeDataRequests(Part, DataRequests):
    def open(self) -> tuple[DataRequest, ...]:
        return ()


class FakeDesk(Desk):
    """The facade, over invented people: each service stands where the real one would be made."""

    pages: "FakePages"
    drafts: "FakeDrafts"

    def __init__(self, many: int = 0, practice: bool = False) -> None:
        cases = {view.id: view for view in (people.case_at(place) for place in range(len(people.PEOPLE)))}
        self.state = State(cases, complaints(), many=many, practice=practice)
        self.clock = FakeClock()
        self.reading, self.pages = FakeReading(self.state), FakePages(self.state)
        self.drafts, self.guard = FakeDrafts(self.state), FakeGuard(self.state)
        held_nothing: Any = None
        self.reader_risk = ReaderRisk(held_nothing, held_nothing, None, Machine("", Path()), lambda: held_nothing)
        self._locks = {}
        self._made = {
            "intake": FakeIntake(self.state),
            "review": FakeReview(self.state),
            "choosing": FakeChoosing(self.state),
            "operations": FakeOperations(self.state),
            "notices": FakeNotices(self.state),
            "notice_texts": FakeNoticeTexts(),
            "complaints": FakeComplaints(self.state),
            "prints": FakePrints(self.state),
            "queueing": FakeQueueing(self.state),
            "earlier": FakeEarlierPrints(self.state),
            "register": FakeRegister(self.state),
            "setup": FakeSetup(self.state),
            "handwork": FakeHandwork(self.state),
            "resetting": FakeResetting(self.state),
            "polling": FakePolling(self.state),
            "trust_store": FakeTrustStore(self.state),
            "asking": FakeAsking(self.state),
            "backups": FakeBackups(self.state),
            "data_requests": FakeDataRequests(self.state),
        }
        held_office: Any = FakeOffice()
        self.office = held_office
        self._made["rules"] = Rules(held_office, held_office, FakeSetup(self.state))
        office = self.office.dated.on(NOW.date())
        officer = Officer("Contoh Petugas", "198503032010011999", "Pranata Komputer", date(2025, 1, 2))
        self._settings = DeskSettings(office, (officer,), "Contoh Pejabat", "0812-0000-0001", practice)
        held: Any = FakeQuarters(self.state, self._settings)
        self.quarters: FakeQuarters = held
        self._made |= {
            "evaluation": Evaluation(held, held),
            "books": Books(held, held, lambda *_book: b"buku", lambda *_book: None),
            "lists": Lists(held, held, self.reading.page, self.reading.complaint_page, lambda *_book: b"daftar"),
        }

    def search_mail(self, text: str) -> tuple[TrayMail, ...]:
        """There is no mailbox."""
        return ()

    @property
    def operations(self) -> "FakeOperations":
        return cast(FakeOperations, self._made["operations"])

    @property
    def practice(self) -> Practice | None:
        return FakePractice(self.state) if self._settings.practice else None

    @property
    def connecting(self) -> None:
        return None

    @property
    def mailing(self) -> None:
        return None

    @property
    def has_mailbox(self) -> bool:
        return False

    def send_mail(self) -> bool:
        return False

    def slips_due(self) -> tuple[CaseRow, ...]:
        return ()

    def close_unanswered(self) -> tuple[str, ...]:
        return ()

    def finish_disposals(self) -> bool:
        return True

    def close_old_books(self) -> tuple[BookClosing, ...]:
        return ()

    @property
    def own_ways(self) -> None:
        return None

    @property
    def first_day(self) -> None:
        return None

    @property
    def recovery(self) -> None:
        return None

    def settings(self) -> DeskSettings:
        return self._settings

    def poll(self) -> tuple[int, ...]:
        return ()

    def leave(self) -> None:
        """Nothing of it takes long."""

    def close(self) -> None:
        """Nothing of it waits for anybody outside."""


def form(name: str, channel: Channel, confidential: bool = False) -> ComplaintForm:
    return ComplaintForm(
        channel,
        ComplaintKind.COMPLAINT,
        ComplaintClass.ORDINARY,
        name,
        "0812-0000-0077",
        confidential,
        "Sertifikat baru sudah terbit kemarin, tetapi pemberitahuan tidak pernah diterima di e-mail dinas.",
        "Pemberitahuan dikirim ulang",
        case_number="LOCK-2026-0042" if not confidential else "",
    )


def complaint(number: int, written: ComplaintForm, state: ComplaintState, due: date | None = None) -> ComplaintView:
    received = NOW - timedelta(hours=3)
    notes: tuple[ComplaintNote, ...] = ()
    if state is not ComplaintState.RECEIVED:
        text = "Pemberitahuan dikirim ulang, pengadu memeriksa kotak masuk."
        notes = (ComplaintNote(NOW - timedelta(minutes=20), "Contoh Petugas", "respond", text),)
    lines = (
        HistoryLine(1196, received, "Contoh Petugas", "complaint.received", {"channel": str(written.channel)}),
        HistoryLine(1198, received + timedelta(minutes=1), "Contoh Petugas", "print.made", {"size": "80 mm"}),
    )
    resolved = NOW - timedelta(days=1) if state is ComplaintState.RESOLVED else None
    due = due or date(2026, 12, 11)
    number_words = f"ADU-2026-{number:04d}"
    officer = "Contoh Petugas"
    return ComplaintView(number, number_words, state, written, received, due, resolved, officer, notes, lines)


def complaints() -> dict[int, ComplaintView]:
    made = (
        complaint(7, form("Tri Umpamakan", Channel.COUNTER), ComplaintState.HANDLED_BY_OFFICER),
        complaint(6, form("", Channel.TELEPHONE, True), ComplaintState.ESCALATED, date(2026, 11, 26)),
        complaint(5, form("Dewi Andaikata", Channel.EMAIL), ComplaintState.RECEIVED, date(2026, 12, 1)),
        complaint(4, form("Hendra Misalkan", Channel.INSTAGRAM), ComplaintState.RESOLVED),
        complaint(3, form("Sri Rekaan", Channel.COUNTER), ComplaintState.RESOLVED),
    )
    return {view.id: view for view in made}


def complaint_row(view: ComplaintView) -> ComplaintRow:
    written = view.form
    return ComplaintRow(
        view.id,
        view.number,
        written.name,
        written.confidential,
        written.channel,
        view.state,
        view.due_on,
        view.received_at,
        view.resolved_at,
        None if view.resolved_at is None else True,
        view.due_on,
        written.description,
    )
