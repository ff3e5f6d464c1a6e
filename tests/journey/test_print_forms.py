"""What every print has, on whatever paper: its number and title on each page, its time, the office's own facts."""

import base64
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import BytesIO

import pypdfium2
import pytest
from PIL import Image, ImageDraw

from lockdesk.app import OpenProfile
from lockdesk.core.cases import CaseState
from lockdesk.dated_rules import Rule
from lockdesk.desk.desk import Desk
from lockdesk.desk.values.sheets import Box, Footer, Grid, GridColumn, PaperSize, Section, Sheet, SheetRow, Signature
from lockdesk.errors import Declined
from lockdesk.office_file import ArmsTable
from lockdesk.paper.press import Press
from tests.helpers.desk.counter import form, text_of
from tests.helpers.desk.steps import accept, completed, receive

SENTENCE = "Pemberitahuan tidak pernah diterima walaupun sudah ditanyakan. "


def pages_of(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    pages = [" ".join(page.get_textpage().get_text_range().split()) for page in document]
    document.close()
    return pages


def bodies_of(pdf: bytes) -> list[str]:
    """The same between head and footer."""
    document = pypdfium2.PdfDocument(pdf)
    height = document[0].get_height()
    found = [page.get_textpage().get_text_bounded(bottom=125, top=height - 60) for page in document]
    document.close()
    return [" ".join(body.split()) for body in found]


def sheet_of(rows: int, lines: int) -> Sheet:
    """So much of it that its signatures, or a row, come to stand anywhere on a page."""
    told = Section("Yang lain", ("\n".join(f"Baris {number}" for number in range(lines)),))
    return Sheet(
        "LOCK-2026-0001",
        tuple(SheetRow(f"Pukul {number}", "Kasus dibuka", "Contoh Petugas") for number in range(rows)),
        Footer("LD1|LOCK-2026-0001", "LD1-0001-12-9F9F", 12, "9f9f 9f9f", "SP4N-LAPOR!", "Dicetak hari ini."),
        title="Berita acara",
        sections=(told, Section("Yang terakhir", ("Kata terakhir.",))) if lines else (),
        signatures=(Signature(("Pekalongan, hari ini", "Petugas,"), "Contoh Petugas"),),
        size=PaperSize.A4,
    )


def test_signatures_stand_beneath_the_last_words_wherever_a_page_ends() -> None:
    for lines in range(26, 46):
        *_before, last = bodies_of(Press().render(sheet_of(1, lines)))
        assert "Kata terakhir." in last and "Petugas" in last, lines


def test_a_place_to_write_in_stands_beneath_the_last_words_where_there_is_room() -> None:
    written, box = Section("Yang terakhir", ("Kata terakhir.",)), Box("Penilaian pimpinan", "", 6)
    for lines in range(1, 60):
        sheet = sheet_of(1, lines)
        end = replace(written, blocks=(*written.blocks, box))
        bodies = bodies_of(Press().render(replace(sheet, sections=(*sheet.sections[:-1], end))))
        assert "Penilaian pimpinan" in bodies[-1] and "Petugas" in bodies[-1], lines
        assert len(bodies) == 1 if lines < 15 else len(bodies) <= 2, lines


def test_signatures_stand_beneath_a_tables_last_rows_wherever_a_page_ends() -> None:
    pages = set()
    for count in range(1, 90):
        rows = tuple((f"Kasus {number}", "selesai") for number in range(1, count + 1))
        table = Grid((GridColumn("Nomor", 1), GridColumn("Status", 1)), rows, counted=True)
        sheet = replace(sheet_of(1, 1), sections=(Section("", (table,)),))
        bodies = bodies_of(Press().render(sheet))
        assert "Petugas" in bodies[-1] and f"Kasus {count} " in bodies[-1], count
        whole = " ".join(bodies)
        assert [whole.count(f"Kasus {number} selesai") for number in range(1, count + 1)] == [1] * count
        pages.add(len(bodies))
    assert pages == {1, 2, 3}


@pytest.mark.parametrize("count", [1, 2, 3, 12])
@pytest.mark.parametrize("signed", [True, False])
def test_a_table_stands_under_its_heading_wherever_a_page_ends(count: int, signed: bool) -> None:
    rows = tuple((f"Kasus {number}", "selesai") for number in range(1, count + 1))
    table = Grid((GridColumn("Nomor", 1), GridColumn("Status", 1)), rows, "Menurut status")
    for lines in range(1, 46):
        sheet = sheet_of(1, lines)
        sections = (*sheet.sections[:-1], Section("II. Hasil pelayanan", (table,)))
        bodies = bodies_of(
            Press().render(replace(sheet, sections=sections, signatures=sheet.signatures if signed else ()))
        )
        (page,) = [body for body in bodies if "II. Hasil pelayanan" in body]
        assert "Menurut status" in page and "Kasus 1 " in page, lines
        assert all(bodies), "no page is left empty"


@pytest.mark.parametrize("words", range(200, 1400, 100))
@pytest.mark.parametrize("count", [1, 2, 3])
def test_rows_of_any_height_are_printed_whole(words: int, count: int) -> None:
    long = " ".join(f"kata{number}" for number in range(words))
    table = Grid((GridColumn("Nomor", 1), GridColumn("Uraian", 2)), ((("Kasus", long),) * count))
    bodies = bodies_of(Press().render(replace(sheet_of(1, 1), sections=(Section("", (table,)),))))
    whole = " ".join(bodies)
    assert all(len(re.findall(rf"\bkata{number}\b", whole)) == count for number in range(words))
    assert "Petugas" in bodies[-1]


def test_a_row_of_two_lines_is_on_one_page() -> None:
    for points in range(1, 12):
        sheet = replace(sheet_of(40, 0), title="Berita acara " * points)
        first, *_others = bodies_of(Press().render(sheet))
        assert not first.endswith("Kasus dibuka"), points


def change_office(profile: OpenProfile, *changes: tuple[str, str]) -> None:
    text = profile.desk.setup.office_text()
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    profile.desk.setup.save_office(text)


def test_signatures_never_stand_alone_on_a_page(profile: OpenProfile) -> None:
    """Whatever length sends them over the page's end, the last rows go with them."""
    turned = set()
    for sentences in range(1, 16):
        number = profile.desk.complaints.receive(form(description=SENTENCE * sentences))
        pages = pages_of(profile.desk.prints.make("complaint_receipt", number, PaperSize.A5).pdf)
        signed = next(page for page in pages if "Pranata Komputer," in page)
        assert "Biaya Gratis" in signed and "Diselesaikan paling lambat" in signed, sentences
        turned.add(len(pages))
    assert turned == {1, 2}, "the lengths tried lie on both sides of the page's end"


@pytest.mark.parametrize(("size", "sentences"), [(PaperSize.A4, 100), (PaperSize.A5, 100), (PaperSize.ROLL80, 1800)])
def test_a_page_that_continues_says_what_it_belongs_to(profile: OpenProfile, size: PaperSize, sentences: int) -> None:
    number = profile.desk.complaints.receive(form(description=SENTENCE * sentences))
    pages = pages_of(profile.desk.prints.make("complaint_receipt", number, size).pdf)
    assert len(pages) > 1
    for page in pages:
        assert "Tanda terima pengaduan" in page and "0001/LATIH-ADU/XI/2026" in page


@pytest.mark.parametrize("size", list(PaperSize))
def test_every_print_says_when_and_by_whom_it_was_printed(profile: OpenProfile, size: PaperSize) -> None:
    case_id = receive(profile.desk, "01")
    number = profile.desk.complaints.receive(form())
    for kind, subject in (("receipt", case_id), ("complaint_receipt", number), ("standard", 0)):
        words = text_of(profile.desk.prints.make(kind, subject, size).pdf).replace("\xa0", " ")
        printed = "Dicetak Senin, 23 November 2026 pukul 08.05 WIB oleh Contoh Petugas, NIP 19850101 201001 1 001."
        assert printed in words, kind


def arms_picture(kind: str = "PNG") -> bytes:
    picture = Image.new("RGB", (120, 160), "white")
    ImageDraw.Draw(picture).rectangle((20, 20, 100, 140), fill=(200, 0, 0))
    file = BytesIO()
    picture.save(file, kind)
    return file.getvalue()


def left_of(pdf: bytes, word: str) -> float:
    """Where a word begins on the first page, in points."""
    document = pypdfium2.PdfDocument(pdf)
    page = document[0].get_textpage()
    found = page.search(word).get_next()
    assert found is not None
    left = page.get_charbox(found[0])[0]
    document.close()
    return float(left)


def red_share(pdf: bytes) -> float:
    document = pypdfium2.PdfDocument(pdf)
    head = document[0].render(scale=1).to_pil().convert("RGB").crop((0, 0, 400, 110))
    document.close()
    colours = head.getcolors(1 << 20)
    assert colours is not None
    return float(sum(count for count, (red, green, _blue) in colours if red > 150 and green < 60) / (400 * 110))


def set_arms(desk: Desk, content: bytes) -> None:
    desk.rules.save(Rule.ARMS, date(2026, 11, 23), ArmsTable(base64.b64encode(content).decode("ascii")))


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_the_arms_stand_in_the_letterhead_and_without_them_it_begins_at_the_margin(
    profile: OpenProfile, kind: str
) -> None:
    desk, margin = profile.desk, 20 / 25.4 * 72
    bare = desk.prints.make("standard", 0, PaperSize.A4).pdf
    assert "lambang" not in text_of(bare)
    assert left_of(bare, "PEMERINTAH") == pytest.approx(margin, abs=2)
    set_arms(desk, arms_picture(kind))
    for size in PaperSize:
        assert red_share(desk.prints.make("standard", 0, size).pdf) > 0.005
    with_arms = desk.prints.make("standard", 0, PaperSize.A4).pdf
    assert left_of(with_arms, "PEMERINTAH") > margin + 30
    desk.rules.save(Rule.ARMS, date(2026, 11, 23), ArmsTable())
    assert red_share(desk.prints.make("standard", 0, PaperSize.A4).pdf) == 0


@pytest.mark.parametrize("content", [
    b"%PDF-1.7", arms_picture("GIF"), arms_picture() + b"\0" * 600_000,
])  # fmt: skip
def test_what_is_no_small_picture_never_becomes_the_arms(profile: OpenProfile, content: bytes) -> None:
    with pytest.raises(Declined, match="lambang"):
        set_arms(profile.desk, content)
    assert not profile.desk.settings().office.arms


@pytest.mark.parametrize("written", ["bukan base64!", "JVBERi0xLjc="])
def test_an_office_profile_with_a_broken_picture_is_not_stored(profile: OpenProfile, written: str) -> None:
    with pytest.raises(Declined, match="lambang"):
        change_office(profile, ('gambar = ""', f'gambar = "{written}"'))


def test_a_picture_that_cannot_be_opened_spoils_no_print(profile: OpenProfile) -> None:
    """It may have come with a profile that was edited as a file."""
    change_office(profile, ('gambar = ""', 'gambar = "iVBORw0KGgoAAAANSUhEUg=="'))
    assert "Standar pelayanan" in text_of(profile.desk.prints.make("standard", 0, PaperSize.A4).pdf)


def test_what_nobody_has_confirmed_is_never_printed_as_a_fact(profile: OpenProfile) -> None:
    case_id = receive(profile.desk, "01")
    prints = profile.desk.prints
    address, doubt = "diskominfo@gafe.pekalongankota", "(belum dikonfirmasi)"

    def texts() -> list[str]:
        made = [prints.make("receipt", case_id, size) for size in PaperSize]
        return [text_of(printed.pdf) for printed in (*made, prints.make("standard", 0, PaperSize.A4))]

    for words in texts():
        assert words.count(address) == words.count(f"{address} {doubt}") > 0
    change_office(
        profile,
        ("email_perlu_konfirmasi = true", "email_perlu_konfirmasi = false"),
        ("perlu_konfirmasi = true\n", "\n"),
    )
    for words in texts():
        assert address in words and doubt not in words


def compromised(profile: OpenProfile) -> int:
    desk = profile.desk
    case_id = receive(desk, "01")
    desk.review.start(case_id)
    desk.review.set_compromised(case_id, True, "Pemohon menyebut passphrase diketahui orang lain.")
    accept(desk, case_id)
    return completed(desk, case_id)


@pytest.mark.parametrize(("make", "forgotten"), [(compromised, False), (lambda p: completed(p.desk), True)])
def test_a_compromise_is_not_called_a_lost_passphrase(
    profile: OpenProfile, make: Callable[[OpenProfile], int], forgotten: bool
) -> None:
    case_id = make(profile)
    assert profile.desk.reading.case(case_id).state is CaseState.COMPLETED
    for kind in ("receipt", "completion"):
        words = text_of(profile.desk.prints.make(kind, case_id, PaperSize.A4).pdf)
        assert ("lupa passphrase" in words) is forgotten
    assert ("passphrase mungkin diketahui orang lain" in words) is not forgotten
    assert not {"keyCompromise", "superseded"} & set(re.findall(r"\w+", words)), "no word for the CA on a layman's slip"
    told = profile.desk.reading.case(case_id).messages[-1].body
    assert ("lupa passphrase" in told, "diketahui orang lain" in told) == (forgotten, not forgotten)


def test_whoever_has_no_mailbox_is_told_at_the_counter(profile: OpenProfile) -> None:
    desk = profile.desk
    case_id = receive(desk, "01")
    assert "Pemberitahuan ke se•••@contoh.pekalongankota.go.id" in text_of(
        desk.prints.make("receipt", case_id, PaperSize.A5).pdf
    )
    desk.review.set_told_in_person(case_id, True, "Pemohon tidak dapat membuka kotak suratnya.")
    words = text_of(desk.prints.make("receipt", case_id, PaperSize.A5).pdf)
    assert "Pemberitahuan disampaikan di loket" in words and "•••@" not in words
    view = desk.reading.case(case_id)
    nobody = replace(view, told_in_person=False, applicant=replace(view.applicant, email=""))
    desk.prints._view = lambda _id: nobody
    assert "Pemberitahuan disampaikan di loket" in text_of(desk.prints.make("receipt", case_id, PaperSize.A5).pdf)


def height_of(pdf: bytes, word: str) -> float:
    """How high a word stands on the last page, in points from its foot."""
    document = pypdfium2.PdfDocument(pdf)
    page = document[len(document) - 1].get_textpage()
    found = page.search(word).get_next()
    assert found is not None, word
    height = page.get_charbox(found[0])[1]
    document.close()
    return float(height)


@pytest.mark.parametrize("name", ["Tri Umpamakan", "Raden Ajeng Tri Umpamakan Contohwati Permisalan, S.H., M.Kn."])
def test_names_and_titles_of_who_signs_stand_on_one_height(name: str) -> None:
    signatures = (Signature(("Pengadu,",), name), Signature(("Pekalongan, hari ini", "Petugas,"), "Pengganti"))
    pdf = Press().render(replace(sheet_of(1, 0), signatures=signatures))
    assert height_of(pdf, "Pengadu,") == pytest.approx(height_of(pdf, "Petugas,"), abs=1)
    assert height_of(pdf, name[:3]) == pytest.approx(height_of(pdf, "Pengganti"), abs=1)


def test_a_deadline_of_the_day_is_read_in_one_line(profile: OpenProfile) -> None:
    receive(profile.desk, "02")
    pdf = profile.desk.prints.make("day", 0, PaperSize.A4).pdf
    assert height_of(pdf, "24 November 2026") == pytest.approx(height_of(pdf, "15.45"), abs=1)
