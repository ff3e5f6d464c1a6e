"""Whatever a record holds, it can be printed: long texts go on, unknown characters are replaced where one sees it."""

from collections.abc import Callable
from dataclasses import replace

import pypdfium2
import pytest

from lockdesk.app import OpenProfile
from lockdesk.core.cases import CaseState
from lockdesk.core.quarters import Quarter
from lockdesk.desk.prints.documents import DOCUMENTS, DocumentSpec, Subject
from lockdesk.desk.prints.making import PrintSubject
from lockdesk.desk.values.cases import CaseFilter
from lockdesk.desk.values.emergency import EmergencyOrder
from lockdesk.desk.values.office import DayEnd
from lockdesk.desk.values.people import Applicant
from lockdesk.desk.values.privacy import Breach, Disposal, Way
from lockdesk.desk.values.register import RegisterView
from lockdesk.desk.values.reports import Book, BookFilter, BookKind, BreakdownRow, Figure, LateCase, QuarterReport
from lockdesk.desk.values.sheets import LayoutStopped, PagesTold, PaperSize, Sheet, untold
from lockdesk.errors import LockdeskError
from tests.helpers.desk.counter import form, text_of
from tests.helpers.desk.steps import receive
from tests.helpers.window.quarters import BEGUN

LONG = "Pemberitahuan tidak pernah diterima walaupun sudah ditanyakan. " * 150
WORD = "x" * 3000
ODD = {
    "long": (LONG, 0),
    "one long word": (WORD, 0),
    "emoji": ("Terima kasih 🙏🏽 keluarga 👨‍👩‍👧 selesai ✔️.", 7),
    "CJK": ("Nama 李小龍 dan カタカナ\u3000한국", 9),
    "right to left": ("Nama \u202eאבג\u202c dan سعيد", 7),
    "control": ("satu\x00dua\x07tiga\x1b[31m\ud800empat\uffff\r\nlima\x0benam\u2028tujuh\ttab", 5),
    "mark-up": ("<b>tebal</b> & <img src='file:///etc/hostname'/> <para>", 0),
}


def journal_kinds(profile: OpenProfile, case_id: int) -> list[str]:
    return [line.kind for line in profile.desk.reading.case(case_id).history]


def _case(profile: OpenProfile, spec: DocumentSpec, text: str) -> PrintSubject:
    """Every text that a person or an officer gives is `text`; nothing else of the case is touched."""
    desk, wanted = profile.desk, sorted(spec.states)
    case_id = receive(desk, "01")
    applicant = Applicant(name=text, position=text, agency=text, email=f"{text}@contoh.go.id" if text else "")
    entry = desk.reading.case(case_id).register
    assert entry is not None
    fields = {name: replace(entry.fields[name], text=text) for name in ("name", "position", "agency")}
    odd_entry = replace(entry, fields={**entry.fields, **fields})
    view = replace(desk.reading.case(case_id), applicant=applicant, register=odd_entry, closing_reasons=(text, text))
    odd = replace(view, state=CaseState(wanted[0]) if wanted else view.state)
    desk.prints._view = lambda _id: odd
    return case_id


def _complaint(profile: OpenProfile, spec: DocumentSpec, text: str) -> PrintSubject:
    told = text.encode(errors="replace").decode()  # a text that cannot be stored never becomes a complaint
    filled = form(name=told or "–", contact=told, description=f"a b {told}", wanted=told)
    number = profile.desk.complaints.receive(filled)
    if spec.states:
        profile.desk.complaints.escalate(number, told or "Perlu keputusan.", told)
    return number


def _quarter(profile: OpenProfile, _spec: DocumentSpec, text: str) -> PrintSubject:
    read = profile.desk.prints._report
    late = LateCase(1, "LOCK-2026-0001", text, BEGUN, None, 30, 0, 0)

    def odd(quarter: Quarter) -> QuarterReport:
        report = read(quarter)
        groups = {
            name: replace(group, rows=(BreakdownRow(text, tuple(Figure(None) for _column in group.columns)),))
            for name, group in report.now.breakdowns.items()
        }
        now = replace(report.now, late=(late,), breakdowns=groups)
        return replace(report, now=now, parts=dict.fromkeys(report.parts, text))

    profile.desk.prints._report = odd
    return Quarter(2026, 4)


def _book(profile: OpenProfile, _spec: DocumentSpec, text: str) -> PrintSubject:
    read = profile.desk.prints._book

    def odd(chosen: BookFilter) -> Book:
        book = read(chosen)
        return replace(book, rows=(tuple(text for _column in book.columns),) * 2)

    profile.desk.prints._book = odd
    return BookFilter(BookKind.COMPLAINTS, 2026)


def _day(profile: OpenProfile, _spec: DocumentSpec, text: str) -> PrintSubject:
    row = replace(profile.desk.reading.row(receive(profile.desk, "01")), name=text, agency=text)
    profile.desk.prints._day = lambda: DayEnd({CaseFilter.LATE: (row,)}, {}, 0)
    return 0


def _disposal(profile: OpenProfile, _spec: DocumentSpec, text: str) -> PrintSubject:
    nip = "197001011995011001"
    done = Disposal("MUSNAH-2031-0001", BEGUN, text, nip, text, Way.CODE, text, ("LOCK-2026-0001",) * 300, (), 0, 0)

    def read(number: str) -> Disposal:
        return replace(done, number=number)

    profile.casebook.disposal = read  # type: ignore[method-assign]
    return done


def _breach(_profile: OpenProfile, _spec: DocumentSpec, text: str) -> PrintSubject:
    return Breach("BOCOR-2026-0001", BEGUN, text, text, text, text)


def _entry(profile: OpenProfile, _spec: DocumentSpec, text: str) -> PrintSubject:
    entry = profile.desk.reading.register_page("Sekar").rows[0]
    known = {name: value for name, value in entry.fields.items() if name not in {"nik", "nip"}}
    fields = {**entry.fields, **{name: replace(value, text=text, source=text) for name, value in known.items()}}
    odd = RegisterView(replace(entry, fields=fields), ())

    def read(entry_id: int) -> RegisterView:
        return odd if entry_id == entry.id else RegisterView(entry, ())

    profile.casebook.register_view = read  # type: ignore[method-assign]
    return entry.id


ABOUT: dict[Subject, Callable[[OpenProfile, DocumentSpec, str], PrintSubject]] = {
    Subject.CASE: _case,
    Subject.PERSON: _case,
    Subject.COMPLAINT: _complaint,
    Subject.QUARTER: _quarter,
    Subject.BOOK: _book,
    Subject.DAY: _day,
    Subject.OFFICE: lambda _profile, _spec, _text: 0,
    Subject.EMERGENCY: lambda _profile, _spec, _text: EmergencyOrder(3),
    Subject.DISPOSAL: _disposal,
    Subject.BREACH: _breach,
    Subject.ENTRY: _entry,
}
TELLS_NOTHING = {Subject.OFFICE, Subject.EMERGENCY}
"""What is printed about these says nothing that an applicant or an officer has written."""


WALKED = [
    (kind, name)
    for kind in DOCUMENTS
    for name in [*ODD, "nothing"]
    if kind == "rejection" or name in {"long", "control", "nothing"}
]
"""Every document with what strains it most; one of them with everything."""


@pytest.mark.parametrize(("kind", "name"), WALKED)
def test_every_document_prints_whatever_it_tells_on_every_paper(profile: OpenProfile, kind: str, name: str) -> None:
    text, missing = ODD.get(name, ("", 0))
    spec = DOCUMENTS[kind]
    about = ABOUT[spec.subject](profile, spec, text)
    most = 0
    for size in spec.papers:
        pdf = profile.desk.prints.preview(kind, about, size)
        words = text_of(pdf)
        told = spec.subject not in TELLS_NOTHING
        assert ("aksara tidak ada dalam huruf cetak" in words) is (bool(missing) and told)
        last = 1 if spec.subject is Subject.EMERGENCY else pages_of(pdf)  # each form is a paper of its own
        assert f"halaman {last}/{last}" in words
        most = max(most, pages_of(pdf))
    if kind == "rejection" and name == "long":
        assert words.count("ditanyakan") == 5 * 150 and most >= 3, "no word is lost where a page ends"
    if kind == "complaint_receipt" and name == "long":
        whole = words.count("ditanyakan") - 4 * 150
        assert 0 <= whole <= 3, "every text is whole in its row, the name shortened where it is signed"


def pages_of(pdf: bytes) -> int:
    document = pypdfium2.PdfDocument(pdf)
    count = len(document)
    document.close()
    return count


def test_what_was_replaced_is_counted_and_seen(profile: OpenProfile) -> None:
    number = profile.desk.complaints.receive(form(description="Balasan hanya 🙏 dan 李小龍."))
    words = text_of(profile.desk.prints.make("complaint_receipt", number, PaperSize.A5).pdf)
    assert "Balasan hanya � dan ���." in words
    assert "4 aksara tidak ada dalam huruf cetak dan diganti tanda �" in words


def test_a_strip_longer_than_any_page_goes_on(profile: OpenProfile) -> None:
    number = profile.desk.complaints.receive(form(description=LONG * 12))
    document = pypdfium2.PdfDocument(profile.desk.prints.make("complaint_receipt", number, PaperSize.ROLL80).pdf)
    heights = [page.get_height() for page in document]
    words = " ".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    assert len(heights) >= 2 and max(heights) < 14_400, "the longest page that PDF readers show"
    assert " ".join(words.split()).count("ditanyakan") == 150 * 12
    assert f"halaman {len(heights)}/{len(heights)}" in words


class Jam(Exception):
    """The layout gives up."""


def test_nothing_is_journalled_as_printed_that_cannot_be_laid_out(profile: OpenProfile) -> None:
    case_id = receive(profile.desk, "01")
    prints = profile.desk.prints
    before = journal_kinds(profile, case_id)

    class Broken:
        def render(self, _sheet: Sheet, _told: PagesTold = untold) -> bytes:
            raise Jam

        def duplicate(self, _pdf: bytes, _words: str) -> bytes:
            raise AssertionError

    prints._paper = Broken()
    with pytest.raises(Jam):
        prints.make("receipt", case_id, PaperSize.A5)
    assert journal_kinds(profile, case_id) == before


def test_a_print_that_fails_after_its_entry_says_so_in_the_journal(profile: OpenProfile) -> None:
    case_id = receive(profile.desk, "01")
    prints = profile.desk.prints
    press, turns = prints._paper, iter((True, False))

    class OnlyOnce:
        def render(self, sheet: Sheet, told: PagesTold = untold) -> bytes:
            if next(turns):
                return press.render(sheet, told)
            raise LockdeskError("Ruang habis.")

        def duplicate(self, _pdf: bytes, _words: str) -> bytes:
            raise AssertionError

    prints._paper = OnlyOnce()
    with pytest.raises(LockdeskError, match="Ruang habis"):
        prints.make("receipt", case_id, PaperSize.A5)
    assert journal_kinds(profile, case_id)[:2] == ["print.failed", "print.made"]


def test_a_long_print_tells_its_pages_and_can_be_stopped_before_it_is_one(profile: OpenProfile) -> None:
    number, pages = profile.desk.complaints.receive(form(description=LONG * 3)), list[int]()

    def to_the_second(page: int) -> bool:
        pages.append(page)
        return page < 2

    with pytest.raises(LayoutStopped):
        profile.desk.prints.make("complaint_receipt", number, PaperSize.A4, to_the_second)
    assert pages[-1] == 2
    kinds = [line.kind for line in profile.desk.reading.complaint(number).history]
    assert "print.made" not in kinds
