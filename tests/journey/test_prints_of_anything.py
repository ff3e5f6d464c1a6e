"""Whatever a record holds, it can be printed: long texts go on, unknown characters are replaced where one sees it."""

from dataclasses import replace
from functools import partial

import pypdfium2
import pytest

from lockdesk.app import OpenProfile
from lockdesk.core.cases import CaseState
from lockdesk.desk.values.cases import CaseView
from lockdesk.desk.values.sheets import LayoutStopped, PagesTold, PaperSize, Sheet, untold
from lockdesk.errors import LockdeskError
from tests.helpers.desk.counter import form, text_of
from tests.helpers.desk.steps import receive

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

STATES = {
    "receipt": CaseState.RECEIVED,
    "completion": CaseState.COMPLETED,
    "rejection": CaseState.REJECTED,
}


def journal_kinds(profile: OpenProfile, case_id: int) -> list[str]:
    return [line.kind for line in profile.desk.reading.case(case_id).history]


def odd_case(view: CaseView, text: str, state: CaseState) -> CaseView:
    applicant = replace(view.applicant, name=text, position=text, agency=text, email=f"{text}@contoh.go.id")
    return replace(view, applicant=applicant, state=state, closing_reasons=(text, text))


def _odd(view: CaseView, text: str, state: CaseState, _case_id: int) -> CaseView:
    return odd_case(view, text, state)


@pytest.mark.parametrize("name", list(ODD))
def test_every_document_of_a_case_prints_on_every_paper(profile: OpenProfile, name: str) -> None:
    text, missing = ODD[name]
    case_id = receive(profile.desk, "01")
    view = profile.desk.reading.case(case_id)
    prints = profile.desk.prints
    for kind, state in STATES.items():
        prints._view = partial(_odd, view, text, state)
        for size in PaperSize:
            words = text_of(prints.make(kind, case_id, size).pdf)
            assert ("aksara tidak ada dalam huruf cetak" in words) is bool(missing)
            if kind == "rejection" and name == "long":
                assert words.count("ditanyakan") == 5 * 150, "no word is lost where a page ends"
    assert "print.failed" not in journal_kinds(profile, case_id)


@pytest.mark.parametrize("name", list(ODD))
def test_every_complaint_prints_on_every_paper(profile: OpenProfile, name: str) -> None:
    text, missing = ODD[name]
    text = text.encode(errors="replace").decode()  # a text that cannot be stored never becomes a complaint
    number = profile.desk.complaints.receive(form(name=text, contact=text, description=f"a b {text}", wanted=text))
    for size in PaperSize:
        words = text_of(profile.desk.prints.make("complaint_receipt", number, size).pdf)
        assert ("aksara tidak ada dalam huruf cetak" in words) is bool(missing)
        if name == "long":
            whole = words.count("ditanyakan") - 4 * 150
            assert 0 <= whole <= 3, "every text is whole in its row, the name shortened where it is signed"


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
