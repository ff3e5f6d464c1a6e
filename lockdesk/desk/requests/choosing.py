"""What the letter leaves open and the officer chooses: the person, the letter, a doubted value; or leaves open.

The register, the CSR and the sender choose nothing; the officer does, from what the letter says, and the journal keeps
what was chosen.
"""

from dataclasses import replace

from lockdesk.core.identity import digits
from lockdesk.core.journal import JournalNote, Words
from lockdesk.desk import changes as c
from lockdesk.desk.casebook import Casebook
from lockdesk.desk.checks.all import run_checks
from lockdesk.desk.checks.holders import known_person, names_another
from lockdesk.desk.office.office import Office
from lockdesk.desk.ports import NamedBytes, Reader
from lockdesk.desk.reasons import required
from lockdesk.desk.requests.gathering import Gathering, applicant_from
from lockdesk.desk.requests.intake import Intake, document_writes, key_writes, old_certificate_writes, without_bytes
from lockdesk.desk.requests.persons import PASSED_OVER, as_person, as_settled, table_rows
from lockdesk.desk.requests.review import Review
from lockdesk.desk.requests.scanning import offered_csrs, other_papers, with_csr, with_letter
from lockdesk.desk.requests.steps import CHECKABLE, open_questions
from lockdesk.desk.values.cases import CaseView
from lockdesk.desk.values.facts import RequestFacts, StatementFields
from lockdesk.desk.values.marks import marks_of
from lockdesk.desk.values.people import APPLICANT_FIELDS, Applicant
from lockdesk.errors import Declined
from lockdesk.pki.values import CsrProblem, CsrReading
from lockdesk.words import _


class Choosing:
    """Every choice is checked anew and journalled. Called on worker threads."""

    def __init__(
        self,
        casebook: Casebook,
        office: Office,
        reader: Reader,
        gathering: Gathering,
        review: Review,
        intake: Intake,
    ) -> None:
        self._casebook = casebook
        self._office = office
        self._reader = reader
        self._gathering = gathering
        self._review = review
        self._intake = intake

    def person(self, case_id: int, index: int) -> None:
        """Whose letter it is. Raises Declined for nobody whom the letter names."""
        case = self._review.open_for(case_id, CHECKABLE)
        if not 0 <= index < len(case.facts.statement.people):
            raise Declined(_("Surat tidak menyebut orang itu."), _("Muat ulang kasus."), code="letter.person")
        statement = as_person(case.facts.statement, index, PASSED_OVER)
        self._keep(case, replace(case.facts, statement=statement), JournalNote("case.person_chosen", {"index": index}))

    def each(self, case_id: int) -> None:
        """A case for each of the people in the rows of the letter's table: this one is the first one's, the others
        have the same papers, but no CSR that names somebody else. Raises Declined where there are not several."""
        case = self._review.open_for(case_id, CHECKABLE)
        rows = table_rows(case.facts.statement)
        if len(rows) < 2:
            raise Declined(_("Surat tidak memuat beberapa pemohon."), _("Muat ulang kasus."), code="letter.person")
        files = self._papers(case)
        read = self._reader.read_request(files)
        for index in rows[1:]:
            statement = as_person(case.facts.statement, index)
            if not self._has_case(case, statement.fields):  # a step between them failed before
                self._intake.receive_beside(case, files, _own(replace(read, statement=statement)))
        self.person(case_id, rows[0])

    def _papers(self, case: CaseView) -> list[NamedBytes]:
        """What came in: the mail, or where there is none the files."""
        kept = [item for item in case.documents if item.stored and item.role != "csr_der"]
        mail = [item for item in kept if item.role == "mail"]
        return [NamedBytes(item.name, self._casebook.document(item.id)) for item in mail or kept]

    def _has_case(self, case: CaseView, fields: StatementFields) -> bool:
        """Whether somebody has a case already by the same letter."""
        known = self._casebook.cases_of_person(digits(fields.nik), digits(fields.nip))
        letter = case.facts.statement_file
        others = (self._casebook.case(row.id).facts.statement_file for row in known if row.id != case.id)
        return letter is not None and any(item is not None and item.sha256 == letter.sha256 for item in others)

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

    def csr(self, case_id: int, document_id: int) -> None:
        """Which of the files is the CSR; the one so far becomes one of the others."""
        case = self._review.open_for(case_id, CHECKABLE)
        wanted = next((item for item in offered_csrs(case) if item.id == document_id), None)
        if wanted is None:
            raise Declined(_("Berkas itu bukan CSR yang dapat dibaca."), _("Muat ulang kasus."), code="csr.file")
        named = NamedBytes(wanted.name, self._casebook.document(wanted.id))
        read = self._reader.read_request([named])
        if read.csr_file is None:
            raise Declined(_("Berkas itu bukan CSR yang dapat dibaca."), _("Pilih berkas yang lain."), code="csr.file")
        known = (item for item in case.facts.attachments if item.sha256 == wanted.sha256)
        facts = with_csr(case.facts, next(known, read.csr_file), read.csr)
        former = [item for item in case.documents if item.role == "csr" and item.id != wanted.id][-1:]
        roles = [c.SetRole(wanted.id, "csr"), *(c.SetRole(item.id, "other") for item in former)]
        stored = (write for write in document_writes(read, [named]) if isinstance(write, c.StoreDocument))
        der = [write for write in stored if write.role == "csr_der"]
        kept = (*roles, *der, *key_writes(read, case.applicant), c.AddMarks(marks_of(read)))
        self._keep(case, facts, JournalNote("case.csr_chosen", {"document": wanted.id}), *kept)

    def left_open(self, case_id: int, question: str) -> None:
        """Belum yakin: what is to be asked of the applicant or the head of the division; nothing is chosen."""
        self._review.open_for(case_id, CHECKABLE)
        self._commit(case_id, JournalNote("case.left_open", {"question": Words(required(question)[:300])}))

    def answered(self, case_id: int, question: str, answer: str) -> None:
        """What was said to a question that was left open; both stay with the case, and nothing is chosen by it."""
        if question not in open_questions(self._review.open_for(case_id, CHECKABLE)):
            raise Declined(_("Tidak ada pertanyaan yang terbuka."), _("Muat ulang kasus."), code="letter.no_question")
        facts = {"question": Words(question), "answer": Words(required(answer)[:300])}
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


def _own(facts: RequestFacts) -> RequestFacts:
    """The request without a CSR that is positively another person's."""
    who = known_person(facts.statement.fields, None)
    if facts.csr.facts is None or not names_another(facts.csr.facts.subject, who):
        return facts
    return replace(facts, csr=CsrReading(CsrProblem.MISSING), csr_file=None, csr_count=0)


def _applicant(case: CaseView, facts: RequestFacts) -> Applicant:
    """The applicant as the letter now names him or her; what somebody typed stays."""
    before, named = applicant_from(case.facts), applicant_from(facts)
    known = {name: getattr(case.applicant, name) for name in APPLICANT_FIELDS}
    typed = {name: text for name, text in known.items() if text != getattr(before, name)}
    return Applicant(**{name: typed.get(name) or getattr(named, name) for name in APPLICANT_FIELDS})
