"""What the letter leaves open and the officer chooses: the person, the letter, a doubted value; or leaves open.

The register, the CSR and the sender choose nothing; the officer does, from what the letter says, and the journal keeps
what was chosen.
"""

from dataclasses import replace

from lockdesk.core.journal import JournalNote
from lockdesk.desk import changes as c
from lockdesk.desk.casebook import Casebook
from lockdesk.desk.checks.all import run_checks
from lockdesk.desk.office.office import Office
from lockdesk.desk.ports import NamedBytes, Reader
from lockdesk.desk.reasons import required
from lockdesk.desk.requests.gathering import Gathering, applicant_from
from lockdesk.desk.requests.intake import old_certificate_writes, without_bytes
from lockdesk.desk.requests.persons import PASSED_OVER, as_person, as_settled
from lockdesk.desk.requests.review import Review
from lockdesk.desk.requests.scanning import other_papers, with_letter
from lockdesk.desk.requests.steps import CHECKABLE, open_question
from lockdesk.desk.values.cases import CaseView
from lockdesk.desk.values.facts import RequestFacts
from lockdesk.desk.values.people import APPLICANT_FIELDS, Applicant
from lockdesk.errors import Declined
from lockdesk.words import _


class Choosing:
    """Every choice is checked anew and journalled. Called on worker threads."""

    def __init__(
        self, casebook: Casebook, office: Office, reader: Reader, gathering: Gathering, review: Review
    ) -> None:
        self._casebook = casebook
        self._office = office
        self._reader = reader
        self._gathering = gathering
        self._review = review

    def person(self, case_id: int, index: int) -> None:
        """Whose letter it is. Raises Declined for nobody whom the letter names."""
        case = self._review.open_for(case_id, CHECKABLE)
        if not 0 <= index < len(case.facts.statement.people):
            raise Declined(_("Surat tidak menyebut orang itu."), _("Muat ulang kasus."), code="letter.person")
        statement = as_person(case.facts.statement, index, PASSED_OVER)
        self._keep(case, replace(case.facts, statement=statement), JournalNote("case.person_chosen", {"index": index}))

    def settled(self, case_id: int, field: str, text: str) -> None:
        """What a doubted field of the letter says, as the officer reads it there."""
        case = self._review.open_for(case_id, CHECKABLE)
        said = " ".join(text.split())
        if field not in dict(case.facts.statement.doubted) or not said:
            raise Declined(_("Isian itu tidak diragukan."), _("Muat ulang kasus."), code="letter.field")
        statement = as_settled(case.facts.statement, field, said)
        corrected = said != dict(case.facts.statement.doubted)[field]
        note = JournalNote("case.doubt_settled", {"field": field, "corrected": corrected}, {field: said})
        self._keep(case, replace(case.facts, statement=statement), note)

    def letter(self, case_id: int, document_id: int) -> None:
        """Another of the files is the letter; the one so far becomes one of the others. Seconds for a scan."""
        case = self._review.open_for(case_id, CHECKABLE)
        wanted = next((item for item in other_papers(case) if item.id == document_id), None)
        if wanted is None:
            raise Declined(_("Berkas itu bukan surat yang dapat dibuka."), _("Muat ulang kasus."), code="letter.file")
        content = self._casebook.document(wanted.id)
        read = self._reader.read_request([NamedBytes(wanted.name, content)]).statement
        read = read if read.has_text else self._reader.read_scan(content)
        file = next((item for item in case.facts.others if item.sha256 == wanted.sha256), None)
        facts = with_letter(case.facts, file, read) if file is not None else replace(case.facts, statement=read)
        former = [item for item in case.documents if item.role == "statement"][-1:]
        roles = [c.SetRole(wanted.id, "statement"), *(c.SetRole(item.id, "other") for item in former)]
        self._keep(case, facts, JournalNote("case.letter_chosen", {"document": wanted.id}), *roles)

    def left_open(self, case_id: int, question: str) -> None:
        """Belum yakin: what is to be asked of the applicant or the head of the division; nothing is chosen."""
        self._review.open_for(case_id, CHECKABLE)
        self._commit(case_id, JournalNote("case.left_open", {"question": required(question)[:300]}))

    def answered(self, case_id: int, answer: str) -> None:
        """What was said to the question that was left open; both stay with the case, and nothing is chosen by it."""
        question = open_question(self._review.open_for(case_id, CHECKABLE))
        if not question:
            raise Declined(_("Tidak ada pertanyaan yang terbuka."), _("Muat ulang kasus."), code="letter.no_question")
        facts = {"question": question, "answer": required(answer)[:300]}
        self._commit(case_id, JournalNote("case.open_answered", facts))

    def _keep(self, case: CaseView, facts: RequestFacts, note: JournalNote, *writes: c.Write) -> None:
        applicant = _applicant(case, facts)
        evidence = self._gathering.proposed(self._gathering.evidence(facts, applicant, case.received_at, case.id))
        findings = c.SetFindings(run_checks(evidence))
        kept = (
            c.SetFacts(without_bytes(facts)),
            c.SetApplicant(evidence.applicant),
            findings,
            *old_certificate_writes(evidence),
        )
        self._commit(case.id, note, *writes, *kept)

    def _commit(self, case_id: int, note: JournalNote, *writes: c.Write) -> None:
        self._casebook.commit(c.Change(self._office.now(), self._office.actor(), note, writes, case_id=case_id))


def _applicant(case: CaseView, facts: RequestFacts) -> Applicant:
    """The applicant as the letter now names him or her; what somebody typed stays."""
    before, named = applicant_from(case.facts), applicant_from(facts)
    known = {name: getattr(case.applicant, name) for name in APPLICANT_FIELDS}
    typed = {name: text for name, text in known.items() if text != getattr(before, name)}
    return Applicant(**{name: typed.get(name) or getattr(named, name) for name in APPLICANT_FIELDS})
