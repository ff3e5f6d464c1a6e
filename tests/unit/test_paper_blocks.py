"""Tables and lists on paper: no number or date is broken, a list's words hang beneath each other."""

import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Paragraph

from lockdesk.desk.values.sheets import Grid, GridColumn
from lockdesk.paper.blocks import _cell, _needs, _widths
from lockdesk.paper.fonts import SANS, register_fonts
from lockdesk.paper.texts import paragraph, style, text

register_fonts()
PAGE, POINTS = 500.0, 7.0
NUMBER, NIP = "LATIH-LOCK-2026-0001", "19900215 201903 2 001"


def widths(*shares: float) -> list[float]:
    columns = tuple(GridColumn(label, share) for label, share in zip(("Nomor", "NIP", "Uraian"), shares, strict=True))
    grid = Grid(columns, ((NUMBER, NIP, "Waktu layanan melebihi yang dijanjikan."),))
    return _widths([PAGE * share / sum(shares) for share in shares], _needs(grid, POINTS, 7))


@pytest.mark.parametrize("shares", [(1, 1, 8), (1, 4, 4), (4, 1, 4)])
def test_a_number_gets_the_room_that_words_can_spare(shares: tuple[float, ...]) -> None:
    given = widths(*shares)
    assert sum(given) == pytest.approx(PAGE)
    for room, shown in zip(given, (NUMBER, NIP), strict=False):
        assert stringWidth(shown, SANS, POINTS) + 6 <= room, shown


def test_columns_that_need_nothing_keep_their_shares() -> None:
    assert widths(3, 3, 4) == pytest.approx([150, 150, 200])


def test_the_words_of_a_list_hang_beneath_each_other() -> None:
    numbered, plain = paragraph("12. Peraturan", SANS, 8.4), paragraph("Peraturan 12. lama", SANS, 8.4)
    assert numbered.style.leftIndent == -numbered.style.firstLineIndent == stringWidth("12. ", SANS, 8.4)
    assert plain.style.leftIndent == 0
    assert paragraph("– Bila sesuai", SANS, 8.4, indent=10).style.leftIndent > 10


ADDRESS = "https://layanan.contoh.pekalongankota.go.id/pengaduan/formulir-pencabutan-sertifikat/lampiran?nomor=12345"
MAILBOX = "panjangsekalinamapengirimtanpajeda@contoh.pekalongankota.go.id"


def lines_of(made: Paragraph, room: float) -> list[str]:
    made.wrap(room, 1000)
    words = (line[1] if isinstance(line, tuple) else [word.text for word in line.words] for line in made.blPara.lines)
    return [" ".join(line).strip() for line in words]


@pytest.mark.parametrize("room", [190, 240])
@pytest.mark.parametrize("word", [ADDRESS, MAILBOX])
def test_an_address_longer_than_a_line_goes_on_behind_a_sign(word: str, room: float) -> None:
    lines = lines_of(text(f"Mohon lihat {word} & jawab.", SANS, 8.4), room)
    assert "".join(lines).replace(" ", "") == f"Mohonlihat{word}&jawab.".replace(" ", ""), "nothing is lost"
    inside = [line for line in lines if line and line in word and not word.endswith(line)]
    assert inside and all(line[-1] in "@=./:_?&-" for line in inside)
    assert all(stringWidth(line, SANS, 8.4) <= room for line in lines)


def test_a_cell_of_a_table_breaks_an_address_alike_and_is_not_bold() -> None:
    cell = _cell(MAILBOX, style(SANS, POINTS), 150)
    assert isinstance(cell, Paragraph)
    assert {frag.fontName for frag in cell.frags} == {SANS}
    assert all(line[-1] in "@.-" for line in lines_of(cell, 150)[:-1])


def test_a_word_longer_than_a_line_is_filled_up_and_goes_on_with_what_follows() -> None:
    lines = lines_of(text(f"{'panjang' * 9}@contoh.go.id", SANS, 8.4), 190)
    assert "".join(lines) == f"{'panjang' * 9}@contoh.go.id" and "@" not in {line[0] for line in lines}
    assert len(lines) == 2
