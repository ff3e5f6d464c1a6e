"""Every document that is printed, one row each: what it is called, what it is about, when, and what it says.

A new document is a row here and its text in `sheet_texts`; the dialog, the journal's words and the demo read the row.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from lockdesk.core.cases import CaseState
from lockdesk.desk.prints import sheet_texts as texts
from lockdesk.desk.prints.report_texts import book_sheet, report_sheet
from lockdesk.desk.prints.sheet_parts import SheetParts
from lockdesk.desk.values.cases import CaseView
from lockdesk.desk.values.sheets import Footer, PaperSize, Sheet
from lockdesk.words import N_


class Subject(StrEnum):
    """What a document is about, and so what asks for it: an id, a Quarter, a BookFilter, or nothing."""

    CASE = "case"
    COMPLAINT = "complaint"
    OFFICE = "office"
    QUARTER = "quarter"
    BOOK = "book"


Build = Callable[[SheetParts, Any, Footer], Sheet]
"""The sheet from what it is about: CaseView, ComplaintView, QuarterReport, Book, or nothing for the office's own."""


@dataclass(frozen=True, slots=True)
class DocumentSpec:
    """`kind` stands in the journal and never changes. `states`: those of a case in which it can be printed; none
    means all. `paper` is proposed; without `resizable` it is the only one."""

    kind: str
    title: str
    subject: Subject
    build: Build
    states: frozenset[CaseState] = frozenset()
    paper: PaperSize = PaperSize.A5
    resizable: bool = True

    @property
    def papers(self) -> tuple[PaperSize, ...]:
        return tuple(PaperSize) if self.resizable else (self.paper,)

    def fits(self, case: CaseView) -> bool:
        """Whether it can be printed for a case now."""
        return self.subject is Subject.CASE and (not self.states or case.state in self.states)


_S = CaseState
DOCUMENTS: dict[str, DocumentSpec] = {
    spec.kind: spec
    for spec in (
        DocumentSpec("receipt", N_("Tanda terima permohonan"), Subject.CASE, texts.receipt),
        DocumentSpec(
            "completion",
            N_("Bukti penyelesaian layanan"),
            Subject.CASE,
            texts.completion,
            frozenset({_S.NOTIFIED, _S.COMPLETED}),
            PaperSize.A4,
        ),
        DocumentSpec(
            "rejection",
            N_("Surat pengembalian permohonan"),
            Subject.CASE,
            texts.rejection,
            frozenset({_S.REJECTED}),
            PaperSize.A4,
        ),
        DocumentSpec("complaint_receipt", N_("Tanda terima pengaduan"), Subject.COMPLAINT, texts.complaint_receipt),
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
    )
}


def available_prints(case: CaseView) -> tuple[DocumentSpec, ...]:
    """What can be printed for a case now; pure."""
    return tuple(spec for spec in DOCUMENTS.values() if spec.fits(case))
