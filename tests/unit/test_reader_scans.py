"""Letters in twelve layouts, some scanned too: what is found is right, what is not found is said to be unknown."""

import pytest
from PIL import Image, ImageDraw

from lockdesk.core.findings import Verdict
from lockdesk.core.identity import digits
from lockdesk.desk.ports import NamedBytes
from lockdesk.desk.values.facts import StatementFacts, StatementFields, StatementProblem
from lockdesk.desk.values.marks import same_picture
from lockdesk.desk.values.person_fields import BY_NAME
from lockdesk.reader.documents.pdf import read_statement
from lockdesk.reader.documents.scans import read_scanned, repaired
from lockdesk.reader.drawing.straightening import IDENTITY, level, shown, shown_box, through, turned
from lockdesk.reader.ocr.recognition import words_from_table
from lockdesk.reader.sealed import SealedReader
from tests.helpers.desk.evidence_material import evidence, verdict
from tests.helpers.papers.letter_layouts import LAYOUTS, SCANNERS, Scanner, draw, scan, writer_of
from tests.helpers.papers.photos import photographed
from tests.helpers.papers.typed_letters import written

SCANNED = ("framed_letterhead", "lettered", "serial_bare", "small_print", "table", "two_pages")
"""One of every kind of harm: colour and turning, five degrees, a telephone, noise, fine print, several pages."""
WANTED = ("name", "nik", "nip", "serial")


@pytest.fixture(scope="module")
def twins(reader: SealedReader) -> dict[str, StatementFacts]:
    return {name: reader.read_scan(scan(draw(name), SCANNERS[name])) for name in SCANNED}


def missed(layout: str, fields: StatementFields) -> list[str]:
    who = writer_of(layout)
    return [
        field
        for field in WANTED
        if not getattr(fields, field) or BY_NAME[field].differs(getattr(fields, field), getattr(who, field))
    ]


@pytest.mark.parametrize("layout", sorted(LAYOUTS))
def test_name_numbers_and_serial_are_found_in_every_born_digital_letter(layout: str) -> None:
    facts = read_statement(draw(layout))
    assert missed(layout, facts.fields) == [] and not facts.ocr and facts.picture == ""


def test_they_are_found_in_the_scans_but_one(twins: dict[str, StatementFacts]) -> None:
    wrong = {name: left for name, facts in twins.items() if (left := missed(name, facts.fields))}
    assert len(wrong) <= 1, wrong
    assert all(facts.ocr and facts.problem is StatementProblem.NONE for facts in twins.values())


def test_what_a_scan_does_not_yield_is_unknown_and_never_passes(twins: dict[str, StatementFacts]) -> None:
    for facts in twins.values():
        without_entry = evidence(statement=facts, register=())
        assert verdict(without_entry, "statement.identity") is Verdict.UNKNOWN
        assert verdict(without_entry, "statement.fingerprint") is Verdict.UNKNOWN
        assert verdict(without_entry, "statement.readable") is Verdict.WARN
    empty = StatementFacts(StatementProblem.NONE, 1, "buram", ocr=True)
    for check in ("statement.identity", "statement.age", "statement.fingerprint", "identity.nik"):
        assert verdict(evidence(statement=empty), check) is Verdict.UNKNOWN


def test_places_lie_on_the_turned_page(twins: dict[str, StatementFacts]) -> None:
    places = dict(twins["lettered"].places)  # turned by five degrees
    left, top, right, bottom = places["name"].boxes[0]
    assert 0.3 < left < right < 0.75 and 0.1 < top < bottom < 0.25
    pages = {field: place.page for field, place in twins["two_pages"].places}
    assert (pages["name"], pages["serial"]) == (0, 1)


def test_a_box_comes_back_to_where_it_was() -> None:
    box = (0.2, 0.3, 0.4, 0.32)
    assert shown_box(box, IDENTITY) == box
    paper = Image.new("L", (700, 990), 255)
    ImageDraw.Draw(paper).rectangle((140, 297, 420, 307), fill=0)
    for quarter in (0, 90, 180, 270):
        lying, back = turned(paper.transpose(Image.Transpose.ROTATE_90), quarter)
        straight, way = level(lying.rotate(-3.0, fillcolor=255))
        ink = straight.point(lambda value: 255 if value < 128 else 0).getbbox()
        assert ink is not None
        middle = ((ink[0] + ink[2]) / 2 / straight.width, (ink[1] + ink[3]) / 2 / straight.height)
        x, y = shown(middle, back if way == IDENTITY else through(back, IDENTITY))
        assert 0 <= x <= 1 and 0 <= y <= 1
        assert way != IDENTITY or (x, y) == pytest.approx((302 / 990, 1 - 280 / 700), abs=0.06)


def test_what_only_looks_like_a_digit_is_one_and_no_more() -> None:
    fields = StatementFields(
        name="1 Sekar Contohwati", serial="1 4A: 7F :OO:ll", phone="#62 812-0000-0013", email="a @b.example"
    )
    found = repaired(fields)
    assert (found.name, found.serial) == ("Sekar Contohwati", "4A:7F:00:11")
    assert (found.phone, found.email) == ("+62 812-0000-0013", "a@b.example")


@pytest.mark.parametrize("wrong", ["33759955029000011", "3375997702900001", "3375995502900"])
def test_a_number_that_cannot_be_is_doubted_and_never_a_fact(wrong: str) -> None:
    letter = read_scanned((written("Nama  : Sekar Contohwati", f"NIK  : {wrong}"),))
    assert letter.fields.name == "Sekar Contohwati" and letter.fields.nik == ""
    assert dict(letter.doubted).get("nik", wrong) == wrong


def test_what_ocr_is_not_sure_of_is_doubted_unless_it_stands_there_twice() -> None:
    rows = ("Nama  : Sekar Contohwati", "NIP  : 199002152019032999")
    doubted = read_scanned((written(*rows, confidence=50.0),))
    assert doubted.fields.nip == "" and dict(doubted.doubted)["nip"] == "199002152019032999"
    signed = ("Yang menyatakan,", "Sekar Contohwati", "NIP 199002152019032999")
    assert read_scanned((written(*rows, "", "", *signed, confidence=50.0),)).fields.nip == "199002152019032999"


def test_a_table_of_words_with_broken_lines_is_read_where_it_can_be() -> None:
    good = "5\t1\t1\t1\t1\t1\t10\t20\t30\t40\t96.5\tNama"
    low = "5\t1\t1\t1\t1\t1\t10\t20\t30\t40\t3.0\tdebu"
    words = words_from_table(f"level\n{good}\n{low}\n4\tx\n\n5\t1", (100, 100), 2)
    assert [(word.text, word.page, word.left, word.bottom) for word in words] == [("Nama", 2, 0.1, 0.6)]


def test_the_same_scan_packed_anew_is_the_same_picture(reader: SealedReader) -> None:
    def picture(layout: str, how: Scanner, seed: int = 1) -> str:
        pdf = scan(draw(layout), how, seed)
        return reader.read_request([NamedBytes("s.pdf", pdf)]).statement.picture

    for layout in ("colons", "table"):
        first = picture(layout, Scanner(turn=0.7))
        assert len(first) == 384
        assert same_picture(first, picture(layout, Scanner(turn=0.7, quality=35)))
        assert not same_picture(first, picture("other_words", Scanner(turn=0.7)))
        assert not same_picture(first, picture(layout, Scanner(turn=2.2)))


@pytest.mark.parametrize(("turn", "specks"), [(0, 400), (90, 0), (180, 0), (270, 0)])
def test_a_photo_is_read_however_it_lies_and_dust_ends_no_child(reader: SealedReader, turn: int, specks: int) -> None:
    facts = reader.read_scan(photographed(turn, specks))
    assert facts.ocr and facts.unread == ()
    assert digits(facts.fields.nip or dict(facts.doubted)["nip"]) == "199002152019032999", facts.text
    left, top, right, bottom = dict(facts.places)["nip"].boxes[0]
    middle = {0: (0.2, 0.25), 90: (0.25, 0.8), 180: (0.8, 0.75), 270: (0.75, 0.2)}[turn]
    assert abs((left + right) / 2 - middle[0]) < 0.2 and abs((top + bottom) / 2 - middle[1]) < 0.2
