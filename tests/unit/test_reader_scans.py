"""Twelve letters and their scanned twins: what is found is right, what is not found is said to be unknown."""

from collections.abc import Iterator

import pytest

from lockdesk.core.findings import Verdict
from lockdesk.core.identity import digits
from lockdesk.desk.checks.statement import field_differs
from lockdesk.desk.ports import NamedBytes
from lockdesk.desk.values.facts import StatementFacts, StatementFields, StatementProblem
from lockdesk.desk.values.marks import same_picture
from lockdesk.reader.ocr import turned_back, words_from_table
from lockdesk.reader.pdf import read_statement
from lockdesk.reader.scans import repaired
from lockdesk.reader.sealed import SealedReader
from tests.evidence_material import evidence, verdict
from tests.letter_layouts import LAYOUTS, SCANNERS, Scanner, draw, scan, writer_of

WANTED = ("name", "nik", "nip", "serial")


@pytest.fixture(scope="module")
def reader() -> Iterator[SealedReader]:
    with SealedReader() as sealed:
        yield sealed


@pytest.fixture(scope="module")
def twins(reader: SealedReader) -> dict[str, StatementFacts]:
    return {name: reader.read_scan(scan(draw(name), SCANNERS[name])) for name in LAYOUTS}


def missed(layout: str, fields: StatementFields) -> list[str]:
    who = writer_of(layout)
    return [
        field
        for field in WANTED
        if not getattr(fields, field) or field_differs(field, getattr(fields, field), getattr(who, field))
    ]


@pytest.mark.parametrize("layout", sorted(LAYOUTS))
def test_name_numbers_and_serial_are_found_in_every_born_digital_letter(layout: str) -> None:
    facts = read_statement(draw(layout))
    assert missed(layout, facts.fields) == [] and not facts.ocr and facts.picture == ""


def test_they_are_found_in_at_least_ten_of_twelve_scans(twins: dict[str, StatementFacts]) -> None:
    wrong = {name: left for name, facts in twins.items() if (left := missed(name, facts.fields))}
    assert len(wrong) <= 2, wrong
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
    assert turned_back(box, 0.0, 1.414) == pytest.approx(box)
    left, top, _right, _bottom = turned_back((0.8, 0.5, 0.8, 0.5), 5.0, 1.414)
    assert left < 0.8 and top > 0.5  # it was turned counter-clockwise, so it goes back down


def test_a_number_that_cannot_be_is_not_found_rather_than_guessed() -> None:
    fields = StatementFields(
        name="1 Sekar Contohwati", nik="1 3375 9955 O29O OO01", nip="199002152019032999x",
        serial="1 4A: 7F :OO:ll", phone="#62 812-0000-0013", email="a @b.example",
    )  # fmt: skip
    found = repaired(fields)
    assert (found.name, found.serial) == ("Sekar Contohwati", "4A:7F:00:11")
    assert digits(found.nik) == "3375995502900001" or found.nik == ""
    assert (found.phone, found.email) == ("+62 812-0000-0013", "a@b.example")
    for wrong in ("3375995502900", "33759955029000011", "3375997702900001", "abc"):
        assert repaired(StatementFields(nik=wrong, nip=wrong)).nik == ""


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
