"""Prints: each leaves its own journal entry, carries that entry's head, and is digested when finished. All of them are
in Indonesian: they are handed out, or are records of the office."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import field, replace
from datetime import datetime

from lockdesk.core.journal import GENESIS, Fact, JournalHead, JournalNote
from lockdesk.core.quarters import Quarter
from lockdesk.desk import changes as c
from lockdesk.desk.casebook import Casebook
from lockdesk.desk.office.office import Office
from lockdesk.desk.ports import Paper, Signer
from lockdesk.desk.prints.codes import OFFICE_NUMBER, PrintClaim, Sign, unsigned
from lockdesk.desk.prints.documents import DOCUMENTS, DocumentSpec, Subject, available_prints
from lockdesk.desk.prints.sheet_parts import SheetParts
from lockdesk.desk.prints.trail_texts import EntryTrail, PersonTrail
from lockdesk.desk.values.cases import CaseView
from lockdesk.desk.values.complaints import ComplaintView
from lockdesk.desk.values.emergency import MOST_FORMS, EmergencyForms, EmergencyOrder
from lockdesk.desk.values.facts import PagePixels
from lockdesk.desk.values.office import DayEnd
from lockdesk.desk.values.privacy import Breach, Disposal
from lockdesk.desk.values.reports import Book, BookFilter, QuarterReport
from lockdesk.desk.values.sheets import Footer, PagesTold, PaperSize, Printed, Sheet, join_words, untold
from lockdesk.errors import Declined
from lockdesk.records import dataclass
from lockdesk.words import _, in_indonesian

PrintSubject = int | Quarter | BookFilter | EmergencyOrder | Disposal | Breach
STAND_IN = JournalHead(10**9, GENESIS)
"""Takes as much room as any head will."""
NO_ENTRY = JournalHead(0, GENESIS)
"""What a preview carries: no print has it."""


def file_name_of(kind: str, number: str, size: PaperSize, more: str = "") -> str:
    """What a print is called as a file and in the print queue: by its title, which is Indonesian as it is itself, and
    no name of a person."""
    title = DOCUMENTS[kind].title.lower().replace(" ", "-")
    return f"{join_words((title, number, size.value, more), '-')}.pdf".replace(" ", "").replace("/", "-")


@dataclass(frozen=True, slots=True)
class _Subject:
    """What a print is about: its number, and the values that its text is made of."""

    number: str
    values: (
        CaseView
        | PersonTrail
        | EntryTrail
        | ComplaintView
        | QuarterReport
        | Book
        | DayEnd
        | EmergencyForms
        | Disposal
        | Breach
        | None
    ) = None
    facts: Mapping[str, Fact] = field(default_factory=dict)
    """What the journal says of it where it is no case and no complaint."""
    kept_as: str = ""
    """Where it is no case and no complaint, and names nobody who may ask for confidentiality later."""
    case_id: int | None = None
    complaint_id: int | None = None


def footer_of(parts: SheetParts, claim: PrintClaim, sign: Sign) -> Footer:
    """The signed QR, its typed form, the entry, where to complain, and when it was printed."""
    return Footer(
        qr=claim.qr_text(sign),
        code=claim.typed_code(),
        sequence=claim.head.count,
        head_words=claim.head.short,
        complaints=parts.complaint_channels(),
        printed=parts.printed(),
    )


def of_the_office(sheet: Sheet, parts: SheetParts, title: str, size: PaperSize) -> Sheet:
    """With what every print of the office has."""
    return replace(
        sheet,
        title=sheet.title or title,
        letterhead=parts.letterhead(),
        practice=parts.settings.practice,
        size=size,
    )


def report_number(quarter: Quarter) -> str:
    """What stands for a number on a quarter's report."""
    return f"{OFFICE_NUMBER}-{quarter.year}-TW{quarter.number}"


def book_number(chosen: BookFilter) -> str:
    """What stands for a number on a part of a register book."""
    return f"{OFFICE_NUMBER}-{chosen.year}-REG"


class Prints:
    """Previews and makes prints. Called on worker threads."""

    def __init__(
        self,
        casebook: Casebook,
        office: Office,
        paper: Paper,
        view: Callable[[int], CaseView],
        report: Callable[[Quarter], QuarterReport],
        book: Callable[[BookFilter], Book],
        day: Callable[[], DayEnd],
        arms: Callable[[], PagePixels | None],
        signer: Signer,
    ) -> None:
        self._arms = arms
        self._signer = signer
        self._casebook = casebook
        self._view = view
        self._report = report
        self._book = book
        self._day = day
        self._office = office
        self._paper = paper

    def make(self, kind: str, subject_id: PrintSubject, size: PaperSize, told: PagesTold = untold) -> Printed:
        """Journals the print, lays it out, and journals the finished PDF's digest.

        It is laid out once before, with a stand-in for the head of its own entry: what cannot be laid out was never
        printed. `kind` is one of DOCUMENTS, `subject_id` a case's or a complaint's id (0 for the office's own and for
        today), a quarter, the part of a register book, or an order of emergency forms.
        """
        parts = SheetParts(self._office.settings, self._office.officer(), self._office.now(), self._arms(), whole=True)
        spec = DOCUMENTS[kind]
        subject = self._subject(spec, subject_id)
        if size not in spec.papers:
            raise Declined(
                _("Dokumen ini hanya dicetak pada kertas {size}.").format(size=spec.paper), code="print.paper"
            )
        self._render(spec, subject, parts, size, self._claim(spec, subject, parts.at, STAND_IN), told=told)
        note = JournalNote("print.made", {"print": kind, "size": size.value, **subject.facts})
        at = self._office.now()
        made = self._commit(subject, note, c.AddPrint(kind, size.value, subject.kept_as), at=at)
        number, head = subject.number, made.head
        try:
            claim = self._claim(spec, subject, at, head)
            pdf = self._render(spec, subject, parts, size, claim, self._signer.sign, told=told)
        except Exception:
            self._commit(subject, JournalNote("print.failed", {"entry": head.count}))
            raise
        assert made.created_id is not None
        digest = hashlib.sha256(pdf).hexdigest()
        finished = JournalNote("print.finished", {"entry": head.count, "sha256": digest})
        self._commit(subject, finished, c.SetPrintDigest(made.created_id, digest, pdf if spec.kept else None))
        return Printed(
            kind, number, file_name_of(kind, number, size), pdf, head.count, head.digest.hex(), made.created_id, size,
            subject.case_id, subject.complaint_id,
        )  # fmt: skip

    def preview(self, kind: str, subject_id: PrintSubject, size: PaperSize, told: PagesTold = untold) -> bytes:
        """How the print would look now, marked as a preview: nothing is printed, so nothing is journalled, and its code
        is that of no entry. Raises as `make`, and LayoutStopped."""
        parts = SheetParts(self._office.settings, self._office.officer(), self._office.now(), self._arms())
        spec = DOCUMENTS[kind]
        subject = self._subject(spec, subject_id)
        claim = self._claim(spec, subject, parts.at, NO_ENTRY)
        return self._render(spec, subject, parts, size, claim, mark="PRATINJAU", told=told)

    @staticmethod
    def _claim(spec: DocumentSpec, subject: _Subject, at: datetime, head: JournalHead) -> PrintClaim:
        return PrintClaim(subject.number, spec.kind, at, head)

    @in_indonesian()
    def _render(
        self,
        spec: DocumentSpec,
        subject: _Subject,
        parts: SheetParts,
        size: PaperSize,
        claim: PrintClaim,
        sign: Sign = unsigned,
        mark: str = "",
        told: PagesTold = untold,
    ) -> bytes:
        sheet = spec.build(parts, subject.values, footer_of(parts, claim, sign))
        whole, *following = (
            replace(of_the_office(item, parts, _(spec.title), size), mark=mark) for item in (sheet, *sheet.following)
        )
        whole = replace(whole, following=tuple(following))
        return self._paper.render(replace(whole, letterhead=None) if spec.by_applicant else whole, told)

    def _subject(self, spec: DocumentSpec, subject_id: PrintSubject) -> _Subject:
        with in_indonesian():  # what it is about holds words, too: a book's, those for what is confidential
            subject = self._filed(spec, subject_id) if isinstance(subject_id, int) else self._of_many(subject_id)
        if isinstance(subject.values, CaseView | ComplaintView) and not spec.fits(subject.values):
            raise Declined(_("Cetakan ini belum tersedia sekarang."), code="print.too_early")
        return subject

    def _of_many(self, subject_id: Quarter | BookFilter | EmergencyOrder | Disposal | Breach) -> _Subject:
        """What is about no case and no complaint alone."""
        if isinstance(subject_id, Quarter):
            number = report_number(subject_id)
            return _Subject(number, self._report(subject_id), {"quarter": str(subject_id)}, kept_as=number)
        if isinstance(subject_id, BookFilter):
            book = self._book(subject_id)
            facts: dict[str, Fact] = {"book": subject_id.kind.value, "period": book.period, "rows": len(book.rows)}
            return _Subject(book_number(subject_id), book, facts)
        if isinstance(subject_id, Disposal):
            number = subject_id.number
            return _Subject(number, self._casebook.disposal(number), {"disposal": number}, kept_as=number)
        if isinstance(subject_id, Breach):
            number = subject_id.number
            return _Subject(number, subject_id, {"breach": number}, kept_as=number)
        forms = self._next_forms(subject_id.count)
        return _Subject(forms.kept_as, forms, {"forms": forms.kept_as}, kept_as=forms.kept_as)

    def _filed(self, spec: DocumentSpec, subject_id: int) -> _Subject:
        if spec.subject is Subject.DAY:
            return _Subject(OFFICE_NUMBER, self._day())
        if spec.subject is Subject.OFFICE:
            return _Subject(OFFICE_NUMBER)
        if spec.subject is Subject.ENTRY:
            return _Subject(OFFICE_NUMBER, self._entry_trail(subject_id), {"entry": subject_id})
        if spec.subject is Subject.COMPLAINT:
            complaint = self._casebook.complaint(subject_id)
            return _Subject(complaint.number, complaint, complaint_id=subject_id)
        case = self._view(subject_id)
        values = self._trail(case) if spec.subject is Subject.PERSON else case
        return _Subject(case.number, values, case_id=subject_id)

    def _next_forms(self, count: int) -> EmergencyForms:
        year = self._office.today().year
        last = max((item.forms.first + item.forms.count for item in self._casebook.emergency_prints(year)), default=1)
        return EmergencyForms(year, last, min(max(count, 1), MOST_FORMS))

    def _trail(self, case: CaseView) -> PersonTrail:
        """All cases of the person; of somebody without NIP and NIK only this one is known."""
        rows = self._casebook.cases_of_person(case.applicant.nik, case.applicant.nip)
        known = {row.id for row in rows} | {case.id}
        return PersonTrail(case, tuple(case if id_ == case.id else self._view(id_) for id_ in sorted(known)))

    def _entry_trail(self, entry_id: int) -> EntryTrail:
        found = self._casebook.register_view(entry_id)
        rows = self._casebook.cases_of_person(found.entry.text("nik"), found.entry.text("nip"))
        return EntryTrail(found, tuple(self._view(row.id) for row in reversed(rows)))

    def _commit(
        self, subject: _Subject, note: JournalNote, *writes: c.Write, at: datetime | None = None
    ) -> c.Committed:
        return self._casebook.commit(
            c.Change(
                at or self._office.now(),
                self._office.actor(),
                note,
                writes,
                case_id=subject.case_id,
                complaint_id=subject.complaint_id,
            )
        )

    @staticmethod
    def available_prints(case: CaseView) -> tuple[DocumentSpec, ...]:
        """What can be printed for a case now, what is proposed first; pure."""
        return available_prints(case)
