"""A document's text by where it stands: selecting, copying, seeking. No Qt."""

import pytest

from lockdesk.desk.values.facts import Line, Word
from lockdesk.ui.widgets.letter_text import LetterText, Search


def line(page: int, top: float, *words: str) -> Line:
    """Words a tenth of the page wide, beside each other."""
    return Line(page, tuple(Word(page, text, n / 8, top, n / 8 + 0.1, top + 0.02) for n, text in enumerate(words)))


TEXT = LetterText(
    (
        line(0, 0.1, "SURAT", "PERNYATAAN"),
        line(0, 0.2, "Nama", ":", "Sékar", "Contohwati"),
        line(0, 0.3, "NIP", ":", "19900215", "201903", "2", "999"),
        line(1, 0.1, "lupa", "passphrase;", "pernyataan"),
    )
)


def test_the_word_under_a_point_and_the_nearest_one() -> None:
    assert TEXT.word_at(0, 0.3, 0.21) == 4
    assert TEXT.word_at(0, 0.3, 0.26) is None
    assert TEXT.nearest(0, 0.9, 0.2) == 5, "behind the end of a line it is the line's last word"
    assert TEXT.nearest(0, 0.0, 0.9) == 6, "below the last line it is a word of that line"
    assert TEXT.nearest(2, 0.5, 0.5) is None


def test_copied_words_keep_their_lines() -> None:
    assert TEXT.copied((4, 8)) == "Sékar Contohwati\nNIP : 19900215"
    assert TEXT.page_span(1) == (12, 14) and TEXT.page_span(2) is None
    assert len(TEXT.boxes((4, 8), 0)) == 2 and TEXT.boxes((4, 8), 1) == ()


@pytest.mark.parametrize(
    ("sought", "count"),
    [
        ("sekar contohwati", 1),
        ("SÉKAR", 1),
        ("contohwati nip", 1),
        ("pernyataan", 2),
        ("199002152019032999", 1),
        ("1990 0215", 0),
        ("passphrase", 1),
        ("(", 0),
        ("   ", 0),
        ("tidak ada", 0),
    ],
)
def test_seeking(sought: str, count: int) -> None:
    assert len(TEXT.find(sought)) == count


def test_a_match_over_two_lines_has_a_box_for_each() -> None:
    (match,) = TEXT.find("contohwati nip")
    assert match.page == 0 and len(match.boxes) == 2
    (number,) = TEXT.find("199002152019032999")
    assert number.boxes[0] == pytest.approx((0.25, 0.3, 0.725, 0.32)) and len(number.boxes) == 1


def test_the_search_goes_round_and_begins_where_one_is() -> None:
    search = Search()
    search.begin(TEXT.find("pernyataan"), 1)
    assert (search.number, len(search.found)) == (2, 2)
    assert search.current_on(1) and not search.current_on(0) and search.others_on(0) and not search.others_on(1)
    search.step(1)
    assert search.number == 1
    search.step(-1)
    assert search.number == 2
    search.begin((), 0)
    assert search.number == 0 and search.current is None
