"""A document is one row: whatever prints, names or records documents reads it from there."""

import pypdfium2
import pytest

from lockdesk.app import OpenProfile
from lockdesk.core.cases import CaseState
from lockdesk.desk.prints.documents import DOCUMENTS, DocumentSpec, Subject
from lockdesk.desk.prints.history_words import fact_words
from lockdesk.desk.prints.sheet_parts import SheetParts
from lockdesk.desk.values.cases import CaseView
from lockdesk.desk.values.sheets import Footer, PaperSize, Sheet, SheetRow
from lockdesk.words import N_
from tests.helpers.desk.steps import receive


def text(_parts: SheetParts, case: CaseView, footer: Footer) -> Sheet:
    return Sheet(case.number, (SheetRow("Pemohon", case.applicant.name),), footer)


@pytest.fixture
def specimen(monkeypatch: pytest.MonkeyPatch) -> DocumentSpec:
    """Registered for one test as a newcomer would register it for good."""
    spec = DocumentSpec(
        "specimen", N_("Lembar contoh"), Subject.CASE, text, frozenset({CaseState.RECEIVED}), PaperSize.A4
    )
    monkeypatch.setitem(DOCUMENTS, spec.kind, spec)
    return spec


def test_a_document_appears_everywhere_it_must(profile: OpenProfile, specimen: DocumentSpec) -> None:
    desk = profile.desk
    case_id = receive(desk, "01")
    assert specimen in desk.prints.available_prints(desk.reading.case(case_id))
    printed = desk.prints.make("specimen", case_id, specimen.paper)
    page = pypdfium2.PdfDocument(printed.pdf)[0].get_textpage().get_text_range()
    assert all(words in page for words in ("Lembar contoh", "Sekar", "PEMERINTAH", "BUKAN DOKUMEN RESMI"))
    entry = next(line for line in desk.reading.case(case_id).history if line.kind == "print.made")
    assert "Lembar contoh" in fact_words(entry)
    desk.review.start(case_id)
    assert specimen not in desk.prints.available_prints(desk.reading.case(case_id))
