"""Practice only: the trainer's side of the training CA, journalled like everything else."""

from collections.abc import Callable

from lockdesk.core.journal import JournalNote
from lockdesk.core.operations import OperationState
from lockdesk.desk import changes as c
from lockdesk.desk.casebook import Casebook
from lockdesk.desk.office.office import Office
from lockdesk.desk.ports import PracticeAuthority
from lockdesk.desk.requests.review import Review
from lockdesk.desk.values.cases import CaseView
from lockdesk.errors import Declined
from lockdesk.pki.values import parse_serial
from lockdesk.words import _


class Practice:
    """Called on worker threads. `authority` opens the training CA when it is first called."""

    def __init__(
        self, casebook: Casebook, office: Office, authority: Callable[[], PracticeAuthority], review: Review
    ) -> None:
        self._casebook = casebook
        self._office = office
        self._authority = authority
        self._review = review

    def give_certificate(self, case_id: int) -> None:
        """Gives the applicant's unknown serial a practice certificate, and checks the case again.

        A serial that belongs to somebody stays theirs: Declined.
        """
        case = self._casebook.case(case_id)
        readings = parse_serial(case.applicant.serial)
        if not readings:
            raise Declined(_("Nomor seri belum diisi."), _("Koreksi data pemohon."), code="practice.no_serial")
        applicant = case.applicant
        self._authority().issue_practice_certificate(
            applicant.name,
            applicant.agency,
            max(readings),
            email=applicant.email,
            serial_number=applicant.nip or applicant.nik,
        )
        self._note(case, "practice.certificate_given")
        self._review.recheck_findings(case_id)

    def approve(self, case_id: int) -> None:
        """Approves the enrolment that the training CA holds for this case."""
        case = self._casebook.case(case_id)
        self._authority().approve(self._held(case))
        self._note(case, "practice.approved")

    def decline(self, case_id: int, words: str) -> None:
        """Turns the held enrolment down with the CA's words."""
        case = self._casebook.case(case_id)
        self._authority().decline(self._held(case), words)
        self._note(case, "practice.declined")

    @staticmethod
    def _held(case: CaseView) -> str:
        operation = case.open_operation()
        if operation is None or operation.state is not OperationState.AWAITING:
            raise Declined(_("Tidak ada permintaan yang menunggu persetujuan."), code="practice.not_waiting")
        return operation.reference

    def _note(self, case: CaseView, kind: str) -> None:
        change = c.Change(self._office.now(), self._office.actor(), JournalNote(kind), case_id=case.id)
        self._casebook.commit(change)
