"""Complaints as the window works on them: every call to the desk about a complaint starts here."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from lockdesk.core.complaints import ComplaintStep, Satisfaction
from lockdesk.desk.desk import Desk
from lockdesk.desk.values.cases import CaseRow, Message
from lockdesk.desk.values.complaints import ComplaintForm, ComplaintView, EvidenceFile, ExplainedLimit
from lockdesk.desk.values.drafts import NEW_COMPLAINT, answer_to, of_complaint
from lockdesk.desk.values.facts import PagePixels
from lockdesk.errors import LockdeskError
from lockdesk.ui.running.after_step import AfterStep
from lockdesk.ui.running.background import Background, Lane, Ticket, deed_of
from lockdesk.ui.running.files import read_whole
from lockdesk.ui.running.listing import ArrangedListing
from lockdesk.ui.running.troubles import About, Kind, Troubles
from lockdesk.ui.widgets.messages import MessageWork
from lockdesk.ui.widgets.sheet import Sheet

Result = TypeVar("Result")
_Read = tuple[ComplaintView, str]
"""A complaint and what is kept of the answer being written."""


class ComplaintWork(QObject):
    """Reads the list and the held complaint, takes steps, keeps the half-typed form and answers."""

    complaint_read = Signal(object, str)
    """A complaint and the draft of its answer."""
    limits_explained = Signal(object, object)
    """A complaint and its ExplainedLimits."""
    related_found = Signal(str, object)
    """A number as it was typed, and the CaseRow that it names or None."""
    identity_read = Signal(object)
    """The form of the held complaint, whole."""
    correction_ready = Signal(object, object)
    """A complaint and its form, whole."""
    escalated = Signal(int)
    received = Signal(int)
    stepped = Signal(int)
    """A step succeeded: what was typed for it can go."""
    draft_read = Signal(str)
    changed = Signal()

    def __init__(self, desk: Desk, background: Background, troubles: Troubles, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._background = background
        self._troubles = troubles
        self.complaint_id = 0
        filters = ("open", "escalated", "resolved")
        self.listing = ArrangedListing(
            background, desk.reading.complaint_page, desk.drafts, "list.complaints", filters, "open", self
        )
        self._reading: Ticket | None = None
        self._looking: Ticket | None = None
        self._sending = False
        self._stepping: set[int] = set()
        """Complaints whose step is on its way: what was written for it is recorded once."""
        self._after_step = AfterStep()
        self._numbers: dict[int, str] = {}
        """Of the complaints that were shown."""
        self._answers: dict[int, str] = {}
        """Drafts as they were last typed: what is read meanwhile may be older."""

    @Slot(int)
    def show(self, complaint_id: int) -> None:
        self.complaint_id = complaint_id
        self.read()

    @Slot()
    def read(self) -> None:
        if not self.complaint_id:
            return
        if self._reading is not None:
            self._reading.cancel()
        self._reading = self._background.run(partial(self._read, self.complaint_id), self._on_complaint)

    def _read(self, complaint_id: int) -> _Read:
        """Runs on a worker."""
        return self._desk.reading.complaint(complaint_id), self._desk.drafts.load(answer_to(complaint_id))

    def _on_complaint(self, found: _Read) -> None:
        view, kept = found
        self._numbers[view.id] = view.number
        if view.id == self.complaint_id:
            self.complaint_read.emit(view, self._answers.get(view.id, kept))
            self._troubles.look()

    def _run(
        self,
        complaint_id: int,
        job: Callable[[], Result],
        answered: Callable[[Result], None],
        lane: Lane = Lane.DESK,
        refused: Callable[[], None] = lambda: None,
    ) -> None:
        """What was asked for about one complaint: what it comes to is said with that one's number. `refused` comes
        before."""
        deed, about = deed_of(job), About(Kind.COMPLAINT, complaint_id)

        def done(result: Result) -> None:
            self._troubles.end(deed, about)
            answered(result)

        def failed(error: LockdeskError) -> None:
            refused()
            self._troubles.hear_of(about, self._numbers.get(complaint_id, ""), deed, error)

        self._troubles.begin(about)
        self._background.run(job, done, failed, lane)

    @Slot()
    def explain_limits(self) -> None:
        """Which days count until each of the held complaint's limits."""
        self._run(self.complaint_id, partial(self._explained, self.complaint_id), self._on_explained)

    def _explained(self, complaint_id: int) -> tuple[ComplaintView, tuple[ExplainedLimit, ...]]:
        """Runs on a worker."""
        return self._desk.reading.complaint(complaint_id), self._desk.reading.explain_limits(complaint_id)

    def _on_explained(self, found: tuple[ComplaintView, tuple[ExplainedLimit, ...]]) -> None:
        if found[0].id == self.complaint_id:
            self.limits_explained.emit(*found)

    @Slot(str)
    def look_up(self, typed: str) -> None:
        """Which case a number names; only the last one that was typed is answered."""
        if self._looking is not None:
            self._looking.cancel()
        job = partial(self._desk.complaints.related, typed)
        self._looking = self._background.run(job, partial(self._on_looked_up, typed), by_itself=True)

    def _on_looked_up(self, typed: str, case: CaseRow | None) -> None:
        self.related_found.emit(typed, case)

    @Slot(int)
    def ask_identity(self, complaint_id: int) -> None:
        """Who complains; the journal keeps that it was shown."""
        job = partial(self._desk.complaints.identity, complaint_id)
        self._run(complaint_id, job, partial(self._on_identity, complaint_id))

    def _on_identity(self, complaint_id: int, form: ComplaintForm) -> None:
        if complaint_id == self.complaint_id:
            self.identity_read.emit(form)

    @Slot(object)
    def prepare_correction(self, view: ComplaintView) -> None:
        """What was written down, to be corrected."""
        job = partial(self._desk.complaints.identity, view.id)
        self._run(view.id, job, partial(self.correction_ready.emit, view))

    def on_ended(self) -> None:
        """Complaints ended by themselves."""
        self.changed.emit()
        self.listing.read()
        self.read()

    # ── evidence ──

    @Slot(int, object)
    def add_files(self, complaint_id: int, paths: Sequence[Path]) -> None:
        job = partial(self._add_files, complaint_id, tuple(paths))
        self._run(complaint_id, job, partial(self._on_changed, complaint_id), Lane.INTAKE)

    def _add_files(self, complaint_id: int, paths: Sequence[Path]) -> None:
        """Runs on a worker."""
        self._desk.complaints.add_files(complaint_id, read_whole(paths))

    def draw(self, file: EvidenceFile, page: int, width: int, drawn: Callable[[PagePixels | None], None]) -> None:
        """A page of a file that was handed in."""
        self._background.run(partial(self._drawn, file.id, page, width), drawn, lane=Lane.PAGES)

    def _drawn(self, file_id: int, page: int, width: int) -> PagePixels | None:
        """Runs on a worker."""
        return self._desk.pages.render_bytes(self._desk.reading.evidence_file(file_id), page, width)

    # ── steps ──

    def step(self, complaint_id: int, step: ComplaintStep, text: str) -> None:
        """One of the officer's steps that needs nothing but words; pressed again on its way, it is the same one."""
        if complaint_id in self._stepping:
            return
        complaints, answered = self._desk.complaints, step is not ComplaintStep.VERIFY
        jobs: dict[ComplaintStep, Callable[[], None]] = {
            ComplaintStep.VERIFY: partial(complaints.verify, complaint_id),
            ComplaintStep.RESPOND: partial(complaints.respond, complaint_id, text),
            ComplaintStep.ASK: partial(complaints.ask, complaint_id, text),
            ComplaintStep.OFFICIAL_RESPONDS: partial(complaints.official_responds, complaint_id, text),
            ComplaintStep.RESOLVE: partial(complaints.resolve, complaint_id, text),
        }
        self._stepping.add(complaint_id)
        taken = partial(self._on_taken, complaint_id, answered)
        self._run(complaint_id, jobs[step], taken, refused=partial(self._stepping.discard, complaint_id))

    def _on_taken(self, complaint_id: int, answered: bool, result: object) -> None:
        self._stepping.discard(complaint_id)
        self._end(complaint_id, answered, result)

    @Slot(int, str, str)
    def escalate(self, complaint_id: int, text: str, addressee: str) -> None:
        job = partial(self._desk.complaints.escalate, complaint_id, text, addressee)
        self._run(complaint_id, job, partial(self._on_escalated, complaint_id, self._after_step.begin()))

    def _on_escalated(self, complaint_id: int, taken: Callable[[], None], result: object) -> None:
        taken()
        self._end(complaint_id, True, result)
        self.escalated.emit(complaint_id)

    @Slot(int, str, str)
    def complainant_replies(self, complaint_id: int, _key: str, text: str) -> None:
        job = partial(self._desk.complaints.complainant_replies, complaint_id, text)
        self._step(complaint_id, job)

    @Slot(int, str, str)
    def take_back(self, complaint_id: int, _key: str, text: str) -> None:
        self._step(complaint_id, partial(self._desk.complaints.take_back, complaint_id, text))

    @Slot(int, str, str)
    def reopen(self, complaint_id: int, _key: str, text: str) -> None:
        self._step(complaint_id, partial(self._desk.complaints.reopen, complaint_id, text))

    @Slot(int, object, str)
    def correct(self, complaint_id: int, form: ComplaintForm, reason: str) -> None:
        job = partial(self._desk.complaints.correct, complaint_id, form, reason)
        self._step(complaint_id, job)

    @Slot(int, str)
    def record_satisfaction(self, complaint_id: int, satisfaction: str) -> None:
        job = partial(self._desk.complaints.record_satisfaction, complaint_id, Satisfaction(satisfaction))
        self._step(complaint_id, job)

    def message_work(self, page: QWidget) -> MessageWork:
        """What is done about the messages of complaints, with its dialogs over `page`."""
        return MessageWork(self._desk, self._step_message, self._keep_message_texts, page)

    def _step_message(self, message: Message, job: Callable[[], object], lane: Lane) -> None:
        self._step(message.complaint_id, job, lane)

    def _keep_message_texts(self, sheet: Sheet, message: Message, name: str) -> None:
        self.keep_texts(sheet, message.complaint_id, f"message:{message.id}:{name}")

    def _step(self, complaint_id: int, job: Callable[[], object], lane: Lane = Lane.DESK) -> None:
        """What a dialog asked for: an answer that is half written besides stays."""
        self._run(complaint_id, job, partial(self._on_stepped, complaint_id, self._after_step.begin()), lane)

    def keep_texts(self, sheet: Sheet, complaint_id: int, name: str) -> None:
        """What is half written in a dialog of the complaint is there again when it is opened anew."""
        from lockdesk.ui.widgets.kept_texts import KeptTexts  # late: the list is seen without any field

        KeptTexts(sheet, of_complaint(complaint_id, name), self._background, self._desk.drafts, self._after_step)

    def _on_stepped(self, complaint_id: int, taken: Callable[[], None], result: object) -> None:
        taken()
        self._end(complaint_id, False, result)

    def _end(self, complaint_id: int, answered: bool, result: object) -> None:
        """`answered`: what was written has become part of the record."""
        if answered:
            self.stepped.emit(complaint_id)
            self.keep_answer(complaint_id, "")
        self._on_changed(complaint_id, result)

    def _on_changed(self, complaint_id: int, _result: object) -> None:
        self.changed.emit()
        self.listing.read()
        if complaint_id == self.complaint_id:
            self.read()

    # ── a new complaint, and drafts ──

    def receive(self, form: ComplaintForm, paths: Sequence[Path] = ()) -> None:
        """Records a complaint with its evidence once, however often the button is pressed."""
        if self._sending:
            return
        job = partial(self._receive, form, tuple(paths))
        lane = Lane.INTAKE if paths else Lane.DESK
        self._background.run(job, self._on_received, self._on_unreceived, lane=lane)
        self._sending = True

    def _receive(self, form: ComplaintForm, paths: Sequence[Path]) -> int:
        """Runs on a worker."""
        return self._desk.complaints.receive(form, files=read_whole(paths))

    def _on_received(self, complaint_id: int) -> None:
        self._sending = False
        self.drop_draft()
        self.changed.emit()
        self.received.emit(complaint_id)

    def _on_unreceived(self, error: LockdeskError) -> None:
        self._sending = False
        self._background.failed.emit(error)

    @Slot(int, str)
    def keep_answer(self, complaint_id: int, text: str) -> None:
        """What is being written for a complaint, until it is recorded; "" for nothing."""
        self._answers[complaint_id] = text
        self._background.keep(partial(self._desk.drafts.keep, answer_to(complaint_id), text))

    @Slot(str)
    def keep_draft(self, text: str) -> None:
        self._background.keep(partial(self._desk.drafts.keep, NEW_COMPLAINT, text))

    @Slot()
    def drop_draft(self) -> None:
        self._background.keep(partial(self._desk.drafts.drop, NEW_COMPLAINT))

    def load_draft(self) -> None:
        self._background.run(partial(self._desk.drafts.load, NEW_COMPLAINT), self._on_draft)

    def _on_draft(self, text: str) -> None:
        self.draft_read.emit(text)
