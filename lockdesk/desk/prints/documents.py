"""Every document that is printed, one row each: what it is called, what it is about, when, and what it says.

A new document is a row here and its text in a module of texts; dialog, journal's words and demo read the row.
"""

from collections.abc import Callable
from enum import StrEnum
from typing import Any

from lockdesk.core.cases import CaseState
from lockdesk.core.complaints import ComplaintState
from lockdesk.desk.prints import applicant_texts, complaint_texts, trail_texts
from lockdesk.desk.prints import sheet_texts as texts
from lockdesk.desk.prints.breach_texts import breach_notice
from lockdesk.desk.prints.day_texts import day_sheet
from lockdesk.desk.prints.disposal_texts import disposal_minutes
from lockdesk.desk.prints.emergency_texts import emergency_forms
from lockdesk.desk.prints.handover_texts import handover
from lockdesk.desk.prints.report_texts import book_sheet, report_sheet
from lockdesk.desk.prints.sheet_parts import SheetParts
from lockdesk.desk.values.cases import CaseView
from lockdesk.desk.values.complaints import ComplaintView
from lockdesk.desk.values.emergency import EMERGENCY_KIND
from lockdesk.desk.values.sheets import SLIP, Footer, PaperSize, Sheet
from lockdesk.records import dataclass
from lockdesk.words import N_


class Subject(StrEnum):
    """What a document is about, and so what asks for it: an id, a Quarter, a BookFilter, a Disposal, a Breach, or
    nothing; a day is today."""

    CASE = "case"
    PERSON = "person"
    """A case's applicant: named by the case, told of all others too."""
    COMPLAINT = "complaint"
    OFFICE = "office"
    QUARTER = "quarter"
    BOOK = "book"
    DAY = "day"
    EMERGENCY = "emergency"
    DISPOSAL = "disposal"
    BREACH = "breach"
    ENTRY = "entry"
    """A person of the staff register, with the cases."""


Build = Callable[[SheetParts, Any, Footer], Sheet]
"""The sheet from what it is about: CaseView, PersonTrail, ComplaintView, QuarterReport, Book, DayEnd, EmergencyForms,
or nothing for the office's own."""


@dataclass(frozen=True, slots=True)
class DocumentSpec:
    """`kind` stands in the journal and never changes. `states`: those of a case or complaint in which it can be
    printed; none means all. `paper` is proposed; without `resizable` it is the only one. `proposed`: before others,
    wherever it can be printed. `by_applicant`: no letter of the office. `kept`: its pages can be shown again."""

    kind: str
    title: str
    subject: Subject
    build: Build
    states: frozenset[CaseState] | frozenset[ComplaintState] = frozenset()
    paper: PaperSize = PaperSize.A5
    resizable: bool = True
    proposed: bool = False
    by_applicant: bool = False
    kept: bool = True

    @property
    def papers(self) -> tuple[PaperSize, ...]:
        return tuple(PaperSize) if self.resizable else (self.paper,)

    def fits(self, view: CaseView | ComplaintView) -> bool:
        """Whether it can be printed for a case or a complaint now."""
        about = _ABOUT_COMPLAINT if isinstance(view, ComplaintView) else _ABOUT_CASE
        return self.subject in about and (not self.states or view.state in self.states)


_ABOUT_CASE, _ABOUT_COMPLAINT = frozenset({Subject.CASE, Subject.PERSON}), frozenset({Subject.COMPLAINT})
_S, _C = CaseState, ComplaintState
_TOLD = frozenset(
    {
        _S.AWAITING_APPLICANT, _S.AWAITING_NEW_CSR, _S.AWAITING_SIGNATURE, _S.REVOKED, _S.ISSUED, _S.NOTIFIED,
        _S.COMPLETED, _S.REJECTED, _S.RESOLVED_OTHERWISE,
    }
)  # fmt: skip
"""States in which there is something to be told."""
DOCUMENTS: dict[str, DocumentSpec] = {
    spec.kind: spec
    for spec in (
        DocumentSpec("receipt", N_("Tanda terima permohonan"), Subject.CASE, texts.receipt),
        DocumentSpec(
            SLIP,
            N_("Bukti penyelesaian layanan"),
            Subject.CASE,
            texts.completion,
            frozenset({_S.NOTIFIED, _S.COMPLETED}),
            PaperSize.A4,
            proposed=True,
        ),
        DocumentSpec(
            "rejection",
            N_("Surat pengembalian permohonan"),
            Subject.CASE,
            texts.rejection,
            frozenset({_S.REJECTED}),
            PaperSize.A4,
            proposed=True,
        ),
        DocumentSpec(
            "notice_receipt",
            N_("Tanda terima pemberitahuan di loket"),
            Subject.CASE,
            applicant_texts.notice_receipt,
            _TOLD,
        ),
        DocumentSpec(
            "statement",
            N_("Surat pernyataan lupa passphrase sertifikat elektronik"),
            Subject.CASE,
            applicant_texts.statement,
            frozenset({_S.RECEIVED, _S.UNDER_REVIEW, _S.AWAITING_APPLICANT}),
            PaperSize.A4,
            by_applicant=True,
        ),
        DocumentSpec(
            "data_trail", N_("Rekam jejak data pemohon"), Subject.PERSON, trail_texts.trail, paper=PaperSize.A4
        ),
        DocumentSpec(
            "complaint_receipt", N_("Tanda terima pengaduan"), Subject.COMPLAINT, complaint_texts.complaint_receipt
        ),
        DocumentSpec(
            "escalation",
            N_("Lembar penerusan pengaduan"),
            Subject.COMPLAINT,
            complaint_texts.escalation,
            frozenset({_C.ESCALATED, _C.HANDLED_BY_OFFICIAL}),
            PaperSize.A4,
            proposed=True,
        ),
        DocumentSpec("standard", N_("Standar pelayanan"), Subject.OFFICE, texts.standard, paper=PaperSize.A4),
        DocumentSpec(
            "quarterly_report",
            N_("Laporan evaluasi triwulan"),
            Subject.QUARTER,
            report_sheet,
            paper=PaperSize.A4,
            resizable=False,
        ),
        DocumentSpec(
            "register_book", N_("Buku register"), Subject.BOOK, book_sheet, paper=PaperSize.A4, resizable=False
        ),
        DocumentSpec(
            "day", N_("Keadaan layanan hari ini"), Subject.DAY, day_sheet, paper=PaperSize.A4, resizable=False
        ),
        DocumentSpec(
            "handover", N_("Berita acara serah terima"), Subject.DAY, handover, paper=PaperSize.A4, resizable=False
        ),
        DocumentSpec(
            EMERGENCY_KIND,
            N_("Formulir darurat permohonan"),
            Subject.EMERGENCY,
            emergency_forms,
            paper=PaperSize.A4,
            resizable=False,
        ),
        DocumentSpec(
            "disposal",
            N_("Berita acara pemusnahan data pribadi"),
            Subject.DISPOSAL,
            disposal_minutes,
            paper=PaperSize.A4,
            resizable=False,
        ),
        DocumentSpec(
            "breach",
            N_("Pemberitahuan kegagalan pelindungan data pribadi"),
            Subject.BREACH,
            breach_notice,
            paper=PaperSize.A4,
            resizable=False,
        ),
        DocumentSpec(
            "person_data",
            N_("Data pribadi dan rekam jejaknya"),
            Subject.ENTRY,
            trail_texts.person_data,
            paper=PaperSize.A4,
            resizable=False,
            kept=False,
        ),
        DocumentSpec(
            "how_to_apply",
            N_("Cara mengajukan permohonan"),
            Subject.OFFICE,
            applicant_texts.how_to_apply,
            paper=PaperSize.ROLL80,
        ),
        DocumentSpec(
            "blank_statement",
            N_("Surat pernyataan lupa passphrase sertifikat elektronik"),
            Subject.OFFICE,
            applicant_texts.statement,
            paper=PaperSize.A4,
            by_applicant=True,
        ),
    )
}


def available_prints(view: CaseView | ComplaintView) -> tuple[DocumentSpec, ...]:
    """What can be printed for a case or a complaint now, what is proposed first; pure."""
    fitting = [spec for spec in DOCUMENTS.values() if spec.fits(view)]
    return tuple(sorted(fitting, key=lambda spec: not spec.proposed))


def office_prints() -> tuple[DocumentSpec, ...]:
    """What the office prints of itself."""
    return tuple(spec for spec in DOCUMENTS.values() if spec.subject is Subject.OFFICE)
