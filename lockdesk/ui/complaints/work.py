"""Complaints as the window works on them: every call to the desk about a complaint starts here."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from lockdesk.core.service_hours import DayRun
from lockdesk.desk.desk import Desk
from lockdesk.desk.values.cases import Message
from lockdesk.desk.values.complaints import ComplaintForm, ComplaintView
from lockdesk.errors import LockdeskError
from lockdesk.ui.running.background import Background, Lane, Ticket
from lockdesk.ui.running.listing import Listing
from lockdesk.ui.widgets.messages import MessageWork

DRAFT = "complaint"


class ComplaintWork(QObject):
    """Reads the list and the held complaint, takes steps, keeps the half-typed form."""

    complaint_read = Signal(object)
    limit_explained = Signal(object, object)
    """A complaint and its DayRuns."""
    received = Signal(int)
    stepped = Signal(int)
    """A step succeeded: what was typed for it can go."""
    draft_read = Signal(str)
    changed = Signal()

    def __init__(self, desk: Desk, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._background = background
        self.complaint_id = 0
        self.listing = Listing(background, desk.reading.complaint_page, "open", self)
        self._reading: Ticket | None = None
        self._sending = False

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
        self._reading = self._background.run(
            partial(self._desk.reading.complaint, self.complaint_id), self._on_complaint
        )

    def _on_complaint(self, view: ComplaintView) -> None:
        if view.id == self.complaint_id:
            self.complaint_read.emit(view)

    @Slot()
    def explain_limit(self) -> None:
        """Which days count until the held complaint's limit."""
        self._background.run(partial(self._explained, self.complaint_id), self._on_explained)

    def _explained(self, complaint_id: int) -> tuple[ComplaintView, tuple[DayRun, ...]]:
        """Runs on a worker."""
        return self._desk.reading.complaint(complaint_id), self._desk.reading.explain_limit(complaint_id)

    def _on_explained(self, found: tuple[ComplaintView, tuple[DayRun, ...]]) -> None:
        if found[0].id == self.complaint_id:
            self.limit_explained.emit(*found)

    # ── steps ──

    @Slot(int, str)
    def respond(self, complaint_id: int, text: str) -> None:
        self._step(complaint_id, partial(self._desk.complaints.respond, complaint_id, text))

    @Slot(int, str)
    def escalate(self, complaint_id: int, text: str) -> None:
        self._step(complaint_id, partial(self._desk.complaints.escalate, complaint_id, text))

    @Slot(int, str)
    def official_responds(self, complaint_id: int, text: str) -> None:
        self._step(complaint_id, partial(self._desk.complaints.official_responds, complaint_id, text))

    @Slot(int, str)
    def resolve(self, complaint_id: int, text: str) -> None:
        self._step(complaint_id, partial(self._desk.complaints.resolve, complaint_id, text))

    @Slot(int, str, str)
    def reopen(self, complaint_id: int, _key: str, text: str) -> None:
        self._step(complaint_id, partial(self._desk.complaints.reopen, complaint_id, text))

    @Slot(int, object, str)
    def correct(self, complaint_id: int, form: ComplaintForm, reason: str) -> None:
        self._step(complaint_id, partial(self._desk.complaints.correct, complaint_id, form, reason))

    def message_work(self, page: QWidget) -> MessageWork:
        """What is done about the messages of complaints, with its dialogs over `page`."""
        return MessageWork(self._desk, self._step_message, page)

    def _step_message(self, _message: Message, job: Callable[[], object], lane: Lane) -> None:
        self._background.run(job, self._on_message, lane=lane)

    def _on_message(self, _result: object) -> None:
        self.changed.emit()
        self.read()

    def _step(self, complaint_id: int, job: Callable[[], object]) -> None:
        self._background.run(job, partial(self._on_stepped, complaint_id))

    def _on_stepped(self, complaint_id: int, _result: object) -> None:
        self.stepped.emit(complaint_id)
        self.changed.emit()
        self.listing.read()
        if complaint_id == self.complaint_id:
            self.read()

    # ── a new complaint and its draft ──

    @Slot(object)
    def receive(self, form: ComplaintForm) -> None:
        """Records a complaint once, however often the button is pressed."""
        if self._sending:
            return
        self._background.run(partial(self._desk.complaints.receive, form), self._on_received, self._on_unreceived)
        self._sending = True

    def _on_received(self, complaint_id: int) -> None:
        self._sending = False
        self.drop_draft()
        self.changed.emit()
        self.received.emit(complaint_id)

    def _on_unreceived(self, error: LockdeskError) -> None:
        self._sending = False
        self._background.failed.emit(error)

    @Slot(str)
    def keep_draft(self, text: str) -> None:
        self._background.run(partial(self._desk.drafts.keep, DRAFT, text))

    @Slot()
    def drop_draft(self) -> None:
        self._background.run(partial(self._desk.drafts.drop, DRAFT))

    def load_draft(self) -> None:
        self._background.run(partial(self._desk.drafts.load, DRAFT), self._on_draft)

    def _on_draft(self, text: str) -> None:
        self.draft_read.emit(text)
