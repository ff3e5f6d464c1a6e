"""Tables and lists on paper: no number or date is broken, a list's words hang beneath each other."""

import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth

from lockdesk.desk.values.sheets import Grid, GridColumn
from lockdesk.paper.blocks import _needs, _widths
from lockdesk.paper.fonts import SANS, register_fonts
from lockdesk.paper.texts import paragraph

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
    for room, text in zip(given, (NUMBER, NIP), strict=False):
        assert stringWidth(text, SANS, POINTS) + 6 <= room, text


def test_columns_that_need_nothing_keep_their_shares() -> None:
    assert widths(3, 3, 4) == pytest.approx([150, 150, 200])


def test_the_words_of_a_list_hang_beneath_each_other() -> None:
    numbered, plain = paragraph("12. Peraturan", SANS, 8.4), paragraph("Peraturan 12. lama", SANS, 8.4)
    assert numbered.style.leftIndent == -numbered.style.firstLineIndent == stringWidth("12. ", SANS, 8.4)
    assert plain.style.leftIndent == 0
    assert paragraph("– Bila sesuai", SANS, 8.4, indent=10).style.leftIndent > 10
