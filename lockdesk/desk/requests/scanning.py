"""A scanned letter while OCR reads it: after every page the case as far as it is known by then.

Such a case is only looked at. It is never stored, and nothing is decided on it: the review that counts is made
once, of all pages together.
"""

from collections.abc import Callable
from dataclasses import replace

from lockdesk.core.findings import Verdict
from lockdesk.desk.checks.all import run_checks
from lockdesk.desk.checks.evidence import Evidence
from lockdesk.desk.checks.letter.purpose import check_purpose
from lockdesk.desk.checks.unread import while_reading
from lockdesk.desk.requests.gathering import Gathering, applicant_from
from lockdesk.desk.requests.steps import CHECKABLE
from lockdesk.desk.values.cases import CaseView, DocumentRef
from lockdesk.desk.values.facts import (
    Attachment,
    AttachmentKind,
    RequestFacts,
    ScanProgress,
    StatementFacts,
    StatementProblem,
)
from lockdesk.desk.values.people import APPLICANT_FIELDS, Applicant
from lockdesk.pki.values import CsrReading

ReportCase = Callable[[CaseView], None]
"""Told on the working thread, between two pages, of the case as far as its letter is read."""


def scanned_letter(case: CaseView) -> DocumentRef | None:
    """The stored letter that is still only a picture, while its findings may still change; else None."""
    statement = case.facts.statement
    readable = statement.problem is StatementProblem.NONE and not statement.has_text and not statement.ocr
    if not readable or case.state not in CHECKABLE:
        return None
    letters = [item for item in case.documents if item.role == "statement"]
    return letters[-1] if letters and letters[-1].stored else None


def begun(case: CaseView) -> CaseView:
    """A case whose letter OCR begins to read."""
    progress = ScanProgress(1, case.facts.statement.scanned_pages)
    return replace(case, findings=while_reading(case.findings), scan=progress)


def as_read(case: CaseView, read: StatementFacts) -> tuple[RequestFacts, Applicant]:
    """The facts with the letter as OCR read it, and the applicant as it names him or her: what the case went by
    before that (the sender) gives way, what somebody typed stays."""
    facts = replace(case.facts, statement=replace(read, picture=case.facts.statement.picture))
    before, named, known = applicant_from(case.facts), applicant_from(facts), case.applicant
    typed = {name: getattr(known, name) for name in APPLICANT_FIELDS if getattr(known, name) != getattr(before, name)}
    filled = {name: typed.get(name) or getattr(named, name) for name in APPLICANT_FIELDS}
    return facts, Applicant(**filled)


PAPERS = frozenset({AttachmentKind.PDF, AttachmentKind.IMAGE})
"""Kinds of files that may be the letter."""


def other_papers(case: CaseView) -> tuple[DocumentRef, ...]:
    """The stored files of a case that could be its letter instead."""
    return tuple(item for item in case.documents if item.role == "other" and item.stored and item.kind in PAPERS)


def says_so(read: StatementFacts) -> bool:
    """Whether a paper is recognised as a letter for this service, or for any other: then it is the letter."""
    return check_purpose(read).verdict in {Verdict.PASS, Verdict.UNKNOWN} and read.has_text


def more_of_a_letter(one: StatementFacts, other: StatementFacts) -> bool:
    """Whether `one` is the letter rather than `other`, which was proposed first."""
    return says_so(one) and not says_so(other)


def with_letter(facts: RequestFacts, file: Attachment, read: StatementFacts) -> RequestFacts:
    """The request with another of its files as the letter."""
    if facts.statement_file is None:
        others = tuple(item for item in facts.others if item != file)
    else:
        others = tuple(facts.statement_file if item == file else item for item in facts.others)
    return replace(facts, statement=read, statement_file=file, others=others)


def offered_csrs(case: CaseView) -> tuple[DocumentRef, ...]:
    """The stored files of a case that could be its CSR: all where none is chosen among several, else the others."""
    now = case.facts.csr_file if case.facts.csr_count == 1 else None
    held = [item for item in case.documents if item.kind is AttachmentKind.CSR and item.role in {"csr", "other"}]
    return tuple(item for item in held if item.stored and (now is None or item.sha256 != now.sha256))


def with_csr(facts: RequestFacts, file: Attachment, read: CsrReading) -> RequestFacts:
    """The request with another of its files as the CSR."""
    several = facts.csr_chosen or facts.csr_count > 1 or (facts.csr_file is not None and facts.csr_file != file)
    others = tuple(item for item in (facts.csr_file, *facts.others) if item is not None and item != file)
    return replace(facts, csr=read, csr_file=file, csr_count=1, csr_chosen=several, others=others)


class ScanReview:
    """Tells of one case after every page. What others know of the applicant is asked for anew only when a page
    said more of him or her: the CA may be slow, and OCR waits meanwhile."""

    def __init__(self, case: CaseView, gathering: Gathering, report: ReportCase) -> None:
        self._case = case
        self._gathering = gathering
        self._report = report
        self._known: Evidence | None = None

    def page_read(self, progress: ScanProgress, read: StatementFacts) -> None:
        """The pages before `progress.page` say what is in `read`."""
        case, (facts, applicant) = self._case, as_read(self._case, read)
        if self._known is None or self._known.applicant != applicant:
            self._known = self._gathering.evidence(facts, applicant, case.received_at, case.id)
        known = replace(self._known, facts=facts)
        records = known.old_certificates
        self._report(
            replace(
                case,
                facts=facts,
                applicant=applicant,
                findings=while_reading(run_checks(known)),
                register=known.register_entry,
                old_certificate=records[0] if records else None,
                scan=progress,
            )
        )
