"""The lines of a letter with their places, from its own text and from OCR."""

import io
from collections import Counter

import pikepdf
import pytest
from reportlab.pdfgen.canvas import Canvas

from lockdesk.desk.values.facts import Line, StatementFacts, Word
from lockdesk.reader.documents.pdf import read_lines
from lockdesk.reader.sealed import SealedReader
from lockdesk.store.codec import decode, encode
from tests.helpers.papers.letter_layouts import SCANNERS, draw, scan, writer_of


def words_in(lines: tuple[Line, ...]) -> str:
    return "\n".join(line.text for line in lines)


def once(lines: tuple[Line, ...]) -> dict[str, Word]:
    """The words that stand once in a letter, so that there is no doubt which one is meant."""
    words = [word for line in lines for word in line.words]
    counted = Counter(word.text for word in words)
    return {word.text: word for word in words if counted[word.text] == 1}


def turned_by_its_file(pdf: bytes) -> bytes:
    """The same letter, whose page is to be shown a quarter clockwise."""
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        document.pages[0].rotate(90, relative=True)
        document.save(made)
    return made.getvalue()


def test_a_letter_gives_its_lines_from_top_to_bottom(reader: SealedReader) -> None:
    lines = reader.lines(draw("two_pages"))
    assert writer_of("two_pages").name in words_in(lines)
    assert {line.page for line in lines} == {0, 1}
    tops = [line.top for line in lines if line.page == 0]
    assert tops == sorted(tops)


def test_on_a_page_that_its_file_turns_the_words_stand_where_they_are_shown() -> None:
    upright, shown = once(read_lines(draw("colons"))), once(read_lines(turned_by_its_file(draw("colons"))))
    assert len(upright) > 30 and upright.keys() == shown.keys()
    for text, there in upright.items():
        here = shown[text]
        assert here.left == pytest.approx(1 - there.bottom, abs=0.002)
        assert here.top == pytest.approx(there.left, abs=0.002)


def test_what_cannot_be_read_or_holds_a_key_gives_nothing(reader: SealedReader) -> None:
    assert reader.lines(b"%PDF-1.4 rusak") == ()
    assert reader.lines(scan(draw("colons"), SCANNERS["colons"])) == ()
    made = io.BytesIO()
    page = Canvas(made)
    page.drawString(60, 700, "-----BEGIN PRIVATE KEY-----")
    page.drawString(60, 680, "MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v")
    page.drawString(60, 660, "-----END PRIVATE KEY-----")
    page.save()
    assert reader.lines(made.getvalue()) == ()


def test_ocr_keeps_its_words(reader: SealedReader) -> None:
    facts = reader.read_scan(scan(draw("two_pages"), SCANNERS["two_pages"]))
    assert {line.page for line in facts.lines} == {0, 1}
    left, top, right, bottom = dict(facts.places)["name"].boxes[0]
    inside = [
        word
        for line in facts.lines
        for word in line.words
        if word.page == 0 and left - 0.01 < word.left and word.right < right + 0.01 and abs(word.top - top) < 0.02
    ]
    assert inside and bottom > top, "the words of the name lie where the name was found"
    assert decode(StatementFacts, encode(StatementFacts, facts)) == facts


@pytest.mark.parametrize("face", ["Courier", "Helvetica", "Times-Roman", "LiberationMono", "Arial"])
def test_a_face_that_is_not_in_the_letter_is_read_in_the_cage_whatever_is_installed(
    reader: SealedReader, face: str
) -> None:
    """pdfium takes an installed face for it, whose file nobody can open in the cage."""
    made = io.BytesIO()
    page = Canvas(made, pagesize=(595, 842))
    page.setFont("Courier", 11)
    page.drawString(70, 700, "NAMA : Sekar Contohwati")
    page.save()
    pdf = made.getvalue().replace(b"/BaseFont /Courier", b"/BaseFont /" + face.encode())
    (line,) = reader.lines(pdf)
    assert line.text == "NAMA : Sekar Contohwati" and min(word.height for word in line.words) > 0.005
