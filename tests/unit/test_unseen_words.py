"""Words that nobody sees on the paper are not read as if somebody did, however they are hidden."""

from io import BytesIO

import pytest
from pikepdf import Array, Dictionary, Name, Pdf, Stream

from lockdesk.reader.documents.pages import PageText, open_letter, page_text, pages_of

SEEN, UNSEEN = "198503122010012034", "199107072015031002"
LINE = "BT /F 11 Tf 72 700 Td (NIP {seen}) Tj ET\n"
AT = "BT {state} /F {size} Tf {x} {y} Td ({text}) Tj ET\n"


def at(text: str = UNSEEN, state: str = "", size: float = 11, x: float = 72, y: float = 640) -> str:
    return AT.format(text=text, state=state, size=size, x=x, y=y)


CREAM = "0.98 0.95 0.85 rg 0 0 595 842 re f 0 g\n"
LAYER = "/OC /L BDC\n{}EMC\n"
HIDDEN = {
    "in the paper's white": at(state="1 g"),
    "in the paper's cream": CREAM + at(state="0.98 0.95 0.85 rg") + "0 g\n" + LINE.format(seen=SEEN),
    "in the palest grey": at(state="0.95 g"),
    "under a white bar": at() + "1 g 60 630 300 30 re f 0 g\n",
    "on a bar of its own colour": "0 g 60 630 300 30 re f\n" + at(),
    "cut off": "q 0 0 10 10 re W n\n" + at() + "Q\n",
    "too small for any eye": at(size=0.3),
    "not painted": at(state="3 Tr") + "BT 0 Tr ET\n",
    "transparent": "q /Clear gs\n" + at() + "Q\n",
    "in a layer that is off": LAYER.format(at()),
    "in white over other words": at("------------------") + at(state="1 g"),
    "in white over a drawn line": "2 w 60 644 m 300 644 l S\n" + at(state="1 g"),
}
SHOWN = {
    "white on a dark bar": "0.1 0.2 0.5 rg 60 630 300 30 re f\n" + at(state="1 g") + "0 g\n",
    "grey small print": at(state="0.5 g", size=7) + "0 g\n",
    "with a stroke through a stamp's ring": at() + "0 0 1 RG 2 w 60 600 80 80 re S\n",
    "on a tinted row": "0.9 g 60 630 300 30 re f 0 g\n" + at(),
    "as an outline": at(state="1 Tr", size=14),
    "under a transparent stamp": at() + "q /Half gs 0 0 1 rg 60 630 300 30 re f Q\n",
    "spread out": at(state="4 Tc"),
    "under a stamp's faint letters": at() + "q /Half gs " + at("LUNAS", "1 0 0 rg", 30, 90, 632) + "Q\n",
}


def letter(content: str) -> bytes:
    document = Pdf.new()
    page = document.add_blank_page(page_size=(595, 842))
    layer = document.make_indirect(Dictionary(Type=Name.OCG, Name="Lapisan"))
    document.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(OFF=Array([layer])))
    page.obj.Resources = Dictionary(
        Font=Dictionary(F=Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)),
        ExtGState=Dictionary(Clear=Dictionary(ca=0), Half=Dictionary(ca=0.4)),
        Properties=Dictionary(L=layer),
    )
    page.obj.Contents = Stream(document, content.encode())
    made = BytesIO()
    document.save(made)
    return made.getvalue()


def read(content: str) -> PageText:
    document = open_letter(letter(LINE.format(seen=SEEN) + content))
    ((number, page),) = pages_of(document)
    return page_text(page, number)


@pytest.mark.parametrize("way", HIDDEN)
def test_a_hidden_number_is_told_from_the_seen_one(way: str) -> None:
    found = read(HIDDEN[way])
    seen = [word.text for word in found.words]
    assert SEEN in seen and UNSEEN not in seen
    assert UNSEEN in [word.text for word in found.hidden]


@pytest.mark.parametrize("x", [520, 700, -60])
def test_what_runs_over_the_page_s_edge_is_no_part_of_it(x: float) -> None:
    found = read(at(x=x))
    assert [word.text for word in found.words] == ["NIP", SEEN] and not found.hidden


@pytest.mark.parametrize("way", SHOWN)
def test_a_number_that_somebody_sees_is_read(way: str) -> None:
    found = read(SHOWN[way])
    assert [word.text for word in found.words if word.text != "LUNAS"] == ["NIP", SEEN, UNSEEN] and not found.hidden


@pytest.mark.parametrize("place", ["middle", "end"])
def test_digits_hidden_within_a_number_spoil_the_whole(place: str) -> None:
    parts = [("0 g", "19910707"), ("1 g", "2015"), ("0 g", "031002")]
    if place == "end":
        parts = [("0 g", "19910707"), ("0 g", "201503"), ("1 g", "1002")]
    inner = "".join(f"{paint} ({text}) Tj " for paint, text in parts)
    found = read(f"BT /F 11 Tf 72 640 Td {inner} ET\n0 g\n")
    assert [word.text for word in found.words] == ["NIP", SEEN]
    assert [word.text for word in found.hidden] == [UNSEEN]


def test_looking_leaves_the_page_as_it_was() -> None:
    document = open_letter(letter(LINE.format(seen=SEEN) + HIDDEN["not painted"]))
    ((number, page),) = pages_of(document)
    first, picture = page_text(page, number), page.render(scale=1).to_pil().tobytes()
    assert page_text(page, number) == first
    assert page.render(scale=1).to_pil().tobytes() == picture


@pytest.mark.parametrize("drawn", ["", "1 w 93 640 m 97 648 l S\n"])
@pytest.mark.parametrize("paint", ["1 g", "3 Tr"])
def test_one_digit_that_is_hidden_spoils_the_whole(paint: str, drawn: str) -> None:
    """Also where another one is drawn in its place."""
    inner = f"0 g (081) Tj {paint} (2) Tj 0 g 0 Tr (-0000-0077) Tj"
    found = read(f"BT /F 11 Tf 72 640 Td {inner} ET\n0 g\n{drawn}")
    assert [word.text for word in found.words] == ["NIP", SEEN]
    assert [word.text for word in found.hidden] == ["0812-0000-0077"]
