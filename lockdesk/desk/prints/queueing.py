"""What happens to a print after it was made: sent to a queue, followed there, taken out of it again, or saved."""

from lockdesk.core.journal import Fact, JournalNote
from lockdesk.desk import changes as c
from lockdesk.desk.casebook import Casebook
from lockdesk.desk.office.office import Office
from lockdesk.desk.ports import PrintQueue
from lockdesk.desk.values.sheets import SAVED, SENT, JobStatus, Printed, PrintJob


class Queueing:
    """Called on worker threads."""

    def __init__(self, casebook: Casebook, office: Office, queue: PrintQueue) -> None:
        self._casebook = casebook
        self._office = office
        self._queue = queue

    def printers(self) -> tuple[str, ...]:
        """The queues there are, the default one first. Raises Unreachable where the print system does not answer."""
        return self._queue.printers()

    def send(self, printed: Printed, printer: str, copies: int = 1) -> PrintJob:
        """Hands the print to a queue and journals that. Raises Unreachable when there is no printer."""
        job = self._queue.send(printed.pdf, printer, printed.file_name, printed.size, copies)
        facts: dict[str, Fact] = {"entry": printed.sequence, "printer": printer, "copies": copies}
        self._note(printed, SENT, facts)
        return PrintJob(job, printer, printed)

    def saved(self, printed: Printed) -> None:
        """Journals that the print was written to a file, which is as good as paper."""
        self._note(printed, SAVED, {"entry": printed.sequence})

    def status(self, job: PrintJob) -> JobStatus:
        """What became of it. Raises Unreachable when the print system does not answer."""
        return self._queue.status(job.identifier, job.printer)

    def cancel(self, job: PrintJob) -> None:
        """Takes it out of the queue and journals that. Raises Unreachable when it is not there any more."""
        self._queue.cancel(job.identifier)
        self._note(job.printed, "print.cancelled", {"entry": job.printed.sequence, "printer": job.printer})

    def _note(self, printed: Printed, kind: str, facts: dict[str, Fact]) -> None:
        self._casebook.commit(
            c.Change(
                self._office.now(),
                self._office.actor(),
                JournalNote(kind, facts),
                case_id=printed.case_id,
                complaint_id=printed.complaint_id,
            )
        )
