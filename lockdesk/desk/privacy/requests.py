"""What people ask of their own data, answered within 72 calendar hours (UU 27/2022 art. 30 to 32)."""

from datetime import datetime

from lockdesk.core.journal import Fact, JournalNote
from lockdesk.desk import changes as c
from lockdesk.desk.casebook import Casebook
from lockdesk.desk.office.office import Office
from lockdesk.desk.values.privacy import ANSWER_WITHIN, DataRequest


class DataRequests:
    """Called on worker threads."""

    def __init__(self, casebook: Casebook, office: Office) -> None:
        self._casebook = casebook
        self._office = office

    def open(self) -> tuple[DataRequest, ...]:
        """Those that are not answered yet, the oldest first."""
        return self._casebook.open_data_requests()

    def of_entry(self, entry_id: int) -> DataRequest | None:
        """The open one of a person of the register."""
        return next((item for item in self.open() if item.entry_id == entry_id), None)

    def ask(self, entry_id: int) -> None:
        """A person of the register asks for the own data; nothing where the same request is open already."""
        if self.of_entry(entry_id) is None:
            at = self._office.now()
            self._commit("data.requested", {"entry": entry_id, **_due(at)}, c.AskForData(entry_id, None, at))

    def ask_by_case(self, case_id: int) -> None:
        """The same of an applicant whom the register does not know."""
        if not any(item.case_id == case_id for item in self.open()):
            at = self._office.now()
            self._commit("data.requested", _due(at), c.AskForData(None, case_id, at), case_id=case_id)

    def answer(self, request: DataRequest) -> None:
        """The data was handed over. Raises Declined ("case.changed") where that is recorded already."""
        late = self._office.now() > request.due_at
        facts: dict[str, Fact] = (
            {"late": late} if request.entry_id is None else {"entry": request.entry_id, "late": late}
        )
        self._commit("data.answered", facts, c.AnswerDataRequest(request.id), case_id=request.case_id)

    def _commit(self, kind: str, facts: dict[str, Fact], write: c.Write, case_id: int | None = None) -> None:
        note = JournalNote(kind, facts)
        self._casebook.commit(c.Change(self._office.now(), self._office.actor(), note, (write,), case_id=case_id))


def _due(at: datetime) -> dict[str, Fact]:
    return {"due": (at + ANSWER_WITHIN).isoformat(timespec="minutes")}
