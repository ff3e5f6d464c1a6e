"""The code on every print is read back in black and white, by a decoder that is not ours, from the coarsest printer."""

from collections.abc import Callable

import pypdfium2
import pytest
from PIL import Image

from lockdesk.app import OpenProfile
from lockdesk.core.quarters import Quarter
from lockdesk.desk.prints.documents import DOCUMENTS
from lockdesk.desk.prints.making import PrintSubject
from lockdesk.desk.values.emergency import EmergencyOrder
from lockdesk.desk.values.privacy import Breach, Confirmation, Disposal
from lockdesk.desk.values.reports import BookFilter, BookKind
from lockdesk.desk.values.sheets import PaperSize, Printed
from tests.helpers.desk.counter import form, text_of
from tests.helpers.desk.office import MONDAY, SetClock
from tests.helpers.desk.print_codes import read_codes
from tests.helpers.desk.steps import completed, receive, waiting

THERMAL_DPI = 203
"""Of the usual receipt printers: eight dots to the millimetre, each black or white."""


def a_rejection(profile: OpenProfile) -> int:
    case_id = receive(profile.desk, "06")
    profile.desk.review.start(case_id)
    profile.desk.review.reject(case_id, ("Tanda tangan CSR tidak sah.",))
    return case_id


def an_escalation(profile: OpenProfile) -> int:
    number = profile.desk.complaints.receive(form())
    profile.desk.complaints.escalate(number, "Perlu keputusan pejabat.")
    return number


def a_disposal(profile: OpenProfile) -> Disposal:
    completed(profile.desk)
    clock = profile.desk.clock
    assert isinstance(clock, SetClock)
    clock.forward(days=5 * 366)
    head = Confirmation("Kepala Rekaan", "197001011995011001", "Kepala Bidang", "pelatihan")
    return profile.desk.disposals.destroy(profile.desk.disposals.propose(), head)


SUBJECTS: dict[str, Callable[[OpenProfile], PrintSubject]] = {
    "receipt": lambda profile: receive(profile.desk, "01"),
    "completion": lambda profile: completed(profile.desk),
    "rejection": a_rejection,
    "notice_receipt": lambda profile: waiting(profile.desk).id,
    "statement": lambda profile: receive(profile.desk, "01"),
    "data_trail": lambda profile: receive(profile.desk, "01"),
    "complaint_receipt": lambda profile: profile.desk.complaints.receive(form()),
    "escalation": an_escalation,
    "standard": lambda _profile: 0,
    "how_to_apply": lambda _profile: 0,
    "blank_statement": lambda _profile: 0,
    "quarterly_report": lambda _profile: Quarter(2026, 4),
    "day": lambda _profile: 0,
    "handover": lambda _profile: 0,
    "emergency_form": lambda _profile: EmergencyOrder(2),
    "disposal": a_disposal,
    "breach": lambda profile: profile.desk.breaches.record(Breach("", MONDAY, "data", "cara", "tindakan", "kontak")),
    "person_data": lambda profile: profile.desk.reading.register_page("Sekar").rows[0].id,
    "register_book": lambda _profile: BookFilter(BookKind.CASES, 2026),
}


def codes_on(printed: Printed, dpi: int) -> list[str]:
    """What a decoder reads on each page of a print of pure black and white."""
    document = pypdfium2.PdfDocument(printed.pdf)
    found = []
    for page in document:
        grey = page.render(scale=dpi / 72).to_pil().convert("L")
        found += [code.text for code in read_codes(_black_and_white(grey))]
    document.close()
    return found


def _black_and_white(grey: Image.Image) -> Image.Image:
    return grey.point([0] * 128 + [255] * 128)


def test_no_document_is_left_out() -> None:
    assert set(SUBJECTS) == set(DOCUMENTS)


@pytest.mark.parametrize("kind", list(SUBJECTS))
def test_the_code_of_every_document_is_read_on_every_paper(profile: OpenProfile, kind: str) -> None:
    subject = SUBJECTS[kind](profile)
    for size in DOCUMENTS[kind].papers:
        printed = profile.desk.prints.make(kind, subject, size)
        codes = codes_on(printed, THERMAL_DPI if size is PaperSize.ROLL80 else 300)
        document = pypdfium2.PdfDocument(printed.pdf)
        pages = 1 if size is PaperSize.ROLL80 else len(document)
        document.close()
        assert len(codes) == pages and len(set(codes)) == 1, size
        checked = profile.desk.print_check.check(codes[0])
        assert checked.genuine and checked.signed and checked.entry is not None, size
        assert (checked.entry.kind, checked.entry.sequence) == (kind, printed.sequence)
        typed = f"LD1-{printed.number.rsplit('-', 1)[-1] if '-' in printed.number else '0000'}"
        assert f"{typed}-{printed.sequence}-{printed.head[:4].upper()}" in text_of(printed.pdf), size


LEAST_MODULE_MM = 0.4
"""A cheap camera, or a head that smears by a dot, still tells two modules apart."""


@pytest.mark.parametrize("size", list(PaperSize))
def test_a_module_of_the_code_is_wide_enough_for_a_cheap_printer(profile: OpenProfile, size: PaperSize) -> None:
    printed = profile.desk.prints.make("receipt", receive(profile.desk, "01"), size)
    dpi = 600
    document = pypdfium2.PdfDocument(printed.pdf)
    picture = document[0].render(scale=dpi / 72).to_pil().convert("L")
    document.close()
    (code,) = read_codes(picture)
    corner = code.position.top_left
    line = picture.crop((corner.x - 2, corner.y + 3, corner.x + 400, corner.y + 4)).tobytes()
    begin = next(n for n, value in enumerate(line) if value < 128)
    finder = next(n for n, value in enumerate(line[begin:]) if value >= 128)
    module = finder / 7 / dpi * 25.4
    assert module >= LEAST_MODULE_MM
    assert size is not PaperSize.ROLL80 or module / 25.4 * THERMAL_DPI >= 4, "four dots of a receipt printer"
