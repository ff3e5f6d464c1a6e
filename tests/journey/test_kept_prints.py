"""A print is shown again as it was handed out, and printed again as what it is: a duplicate."""

from dataclasses import replace

import pypdfium2
import pytest
import zxingcpp

from lockdesk.app import OpenProfile
from lockdesk.core.journal import GENESIS
from lockdesk.core.quarters import Quarter
from lockdesk.desk.prints.making import report_number
from lockdesk.desk.values.sheets import EarlierPrint, PaperSize
from lockdesk.errors import Damaged, Declined
from lockdesk.store import tables as t
from lockdesk.store.threads import writing
from tests.helpers.desk.counter import form, text_of
from tests.helpers.desk.office import SetClock
from tests.helpers.desk.print_codes import read_codes
from tests.helpers.desk.steps import receive


def kept_receipt(profile: OpenProfile, size: PaperSize = PaperSize.A5) -> tuple[int, bytes, EarlierPrint]:
    desk = profile.desk
    case_id = receive(desk, "01")
    printed = desk.prints.make("receipt", case_id, size)
    (kept,) = desk.earlier_prints.of_case(case_id)
    assert (kept.sequence, kept.kind, kept.size) == (printed.sequence, "receipt", size)
    return case_id, printed.pdf, kept


def test_a_kept_print_is_shown_byte_for_byte_whatever_became_of_the_case(profile: OpenProfile, clock: SetClock) -> None:
    desk = profile.desk
    case_id, pdf, kept = kept_receipt(profile)
    desk.review.start(case_id)
    clock.forward(days=40)
    assert desk.earlier_prints.show(case_id, kept) == pdf
    shown = desk.reading.case(case_id).history[0]
    assert (shown.kind, shown.facts["entry"]) == ("print.viewed", kept.sequence)


def assert_apart(page: pypdfium2.PdfPage, one: str, other: str) -> None:
    """Two texts do not stand on each other, and both can be read."""
    boxes = []
    for words in (one, other):
        text = page.get_textpage()
        found = text.search(words).get_next()
        assert found is not None, words
        chars = [text.get_charbox(found[0] + n) for n in range(len(words)) if words[n] != " "]
        left, bottom = min(box[0] for box in chars), min(box[1] for box in chars)
        right, top = max(box[2] for box in chars), max(box[3] for box in chars)
        assert top - bottom >= 3.5, "not smaller than what one reads"
        boxes.append((left, bottom, right, top))
    (left, bottom, right, top), (left_2, bottom_2, right_2, top_2) = boxes
    assert right < left_2 or right_2 < left or top < bottom_2 or top_2 < bottom


@pytest.mark.parametrize("size", list(PaperSize))
def test_a_duplicate_says_so_on_every_page_and_proves_the_first(
    profile: OpenProfile, clock: SetClock, size: PaperSize
) -> None:
    desk = profile.desk
    number = desk.complaints.receive(form(description="Pemberitahuan tidak pernah diterima. " * 80))
    desk.prints.make("complaint_receipt", number, size)
    (kept,) = desk.earlier_prints.of_complaint(number)
    pdf = desk.earlier_prints.show(number, kept)
    clock.forward(days=1)
    copy = desk.earlier_prints.duplicate(number, kept)
    document, codes = pypdfium2.PdfDocument(copy.pdf), list[zxingcpp.Barcode]()
    for page in document:
        words = " ".join(page.get_textpage().get_text_range().split())
        assert "SALINAN" in words and "dicetak lagi Selasa, 24 November 2026 pukul 08.05 WIB" in words
        assert f"catatan {copy.sequence}" in words
        assert_apart(page, "SALINAN", "PELATIHAN")
        assert_apart(page, "dicetak lagi", "halaman")
        codes += read_codes(page.render(scale=300 / 72).to_pil())
    document.close()
    assert {code.text.split(":")[4] for code in codes} == {str(kept.sequence)}, "the QR proves the print itself"
    assert set(text_of(pdf).split()) <= set(text_of(copy.pdf).split())
    facts = next(line.facts for line in desk.reading.complaint(number).history if line.kind == "print.copied")
    assert facts == {"print": "complaint_receipt", "size": size.value, "of": kept.sequence}
    assert desk.earlier_prints.of_complaint(number) == (kept,), "a duplicate is no print to be duplicated"
    assert desk.casebook.verify_journal().whole


def test_a_report_that_was_printed_is_shown_again_as_it_was(profile: OpenProfile) -> None:
    desk, quarter = profile.desk, Quarter(2026, 4)
    receive(desk, "01")
    printed = desk.prints.make("quarterly_report", quarter, PaperSize.A4)
    receive(desk, "06")
    (kept,) = desk.earlier_prints.of_office(printed.number)
    assert desk.earlier_prints.show(quarter, kept) == printed.pdf
    assert desk.earlier_prints.of_office(report_number(Quarter(2026, 3))) == ()
    copy = desk.earlier_prints.duplicate(quarter, kept)
    assert "SALINAN" in text_of(copy.pdf) and desk.earlier_prints.of_office(printed.number) == (kept,)


def test_a_preview_is_no_print(profile: OpenProfile) -> None:
    desk = profile.desk
    case_id = receive(desk, "01")
    head = desk.casebook.head()
    for size in PaperSize:
        words = text_of(desk.prints.preview("receipt", case_id, size))
        assert "PRATINJAU" in words and "Sekar Contohwati" in words
        assert f"sidik catatan {GENESIS.hex()[:4]}" in words, "its code is that of no entry"
    assert desk.casebook.head() == head and desk.earlier_prints.of_case(case_id) == ()
    assert "PRATINJAU" not in text_of(desk.prints.make("receipt", case_id, PaperSize.A5).pdf)


def test_a_print_is_only_shown_where_it_belongs(profile: OpenProfile) -> None:
    desk = profile.desk
    _case_id, _pdf, kept = kept_receipt(profile)
    other = receive(desk, "06")
    for forged in (kept, replace(kept, print_id=kept.print_id + 1)):
        with pytest.raises(Declined):
            desk.earlier_prints.show(other, forged)


def test_who_asks_for_confidentiality_later_stands_on_no_duplicate(profile: OpenProfile) -> None:
    desk = profile.desk
    number = desk.complaints.receive(form())
    desk.prints.make("complaint_receipt", number, PaperSize.A5)
    (kept,) = desk.earlier_prints.of_complaint(number)
    desk.complaints.correct(number, form(confidential=True), "Diminta pengadu.")
    assert desk.earlier_prints.of_complaint(number) == ()
    with pytest.raises(Declined):
        desk.earlier_prints.duplicate(number, kept)
    desk.prints.make("complaint_receipt", number, PaperSize.A5)
    assert len(desk.earlier_prints.of_complaint(number)) == 1


def test_other_bytes_are_never_shown_as_a_print(profile: OpenProfile) -> None:
    desk = profile.desk
    case_id, _pdf, kept = kept_receipt(profile)

    def alter() -> None:
        with writing():
            t.PrintContent.update(content=b"%PDF forged").execute()

    profile.casebook._writer.run(alter)
    with pytest.raises(Damaged):
        desk.earlier_prints.show(case_id, kept)
